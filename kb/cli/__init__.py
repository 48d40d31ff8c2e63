"""The ``kb`` command: people read its words, scripts its ``--json``."""

from __future__ import annotations

import logging

from kb.cli import bench, forms, intake, reading, running, terminal

__all__ = ["app", "intake", "main", "reading", "running"]

app = terminal.app
forms.add_commands(app, terminal.terminal)
bench.add_commands(app, terminal.terminal)


def main() -> None:
    """Entry point of the ``kb`` command."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    app()
