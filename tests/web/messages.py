"""Message ids as pages and code name them."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir

WEB = Path(__file__).resolve().parents[2] / "kb" / "web"


def message_ids() -> dict[str, str]:
    """Every message id of the interface with the file that it stands in."""
    methods = [("**.py", "python"), ("html/**.html", "jinja2")]
    options = {"**.py": {}, "html/**.html": {"trimmed": "false"}}
    found: dict[str, str] = {}
    for name, _line, message, _comments, _context in extract_from_dir(
        WEB, methods, options, keywords={"_": None, "tell": None, "pgettext": ((1, "c"), 2)}
    ):
        found.setdefault(message if isinstance(message, str) else message[0], name)
    return found
