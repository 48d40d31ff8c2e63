"""What all commands share: the terminal, its language, how failures are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from kb.errors import BadParameter, BadRequest, KbError
from kb.language.model import Language
from kb.web import wording
from kb.web.responses import Answer, ErrorAnswer, ErrorItem

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False)

#: Seconds that a command waits for the process that holds the index.
INDEX_WAIT = 30.0

Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Lang = Annotated[str | None, typer.Option("--lang", help="ky or ru.")]


def reader_language() -> Language:
    """Language of messages: that of ``LC_ALL``, ``LC_MESSAGES`` or ``LANG`` if it is ours, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if code in {language.value for language in Language}:
            return Language(code)
    return Language.EN


@contextmanager
def told(as_json: bool) -> Iterator[None]:
    """Word what goes wrong: exit 2 for wrong use, 1 for the rest."""
    try:
        yield
    except KbError as problem:
        fail(problem, as_json)


def fail(problem: KbError, as_json: bool) -> NoReturn:
    """Say what went wrong and leave."""
    message = wording.error(problem, reader_language())
    if as_json:
        show(ErrorAnswer(error=ErrorItem(code=problem.code, message=message)))
    err.print(Text(message, style="red"))
    raise typer.Exit(2 if isinstance(problem, BadRequest) else 1)


def show(answer: Answer) -> None:
    """Print an answer as JSON, in UTF-8 whatever the terminal's encoding."""
    sys.stdout.buffer.write(answer.model_dump_json(indent=2).encode() + b"\n")
    sys.stdout.buffer.flush()


def one_of(name: str, value: str | None, allowed: Iterable[str]) -> str | None:
    """``value`` if it is allowed; BadParameter if not."""
    if value is not None and value not in set(allowed):
        raise BadParameter(name=name, value=value)
    return value


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the commands share with the others.

    Attributes:
        out: console for what was asked.
        err: console for what went wrong.
        show: prints an answer as JSON.
        told: words what goes wrong; takes whether JSON was asked for.
        language: language of messages.
    """

    out: Console
    err: Console
    show: Callable[[Answer], None]
    told: Callable[[bool], AbstractContextManager[None]]
    language: Callable[[], Language]


terminal = Terminal(out, err, show, told, reader_language)
