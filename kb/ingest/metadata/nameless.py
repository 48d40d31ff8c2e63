"""The name of a document whose head says no kind: a heading by its look."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kb.citations.fold import fold
from kb.ingest.metadata.kinds import KY_NAME_END, close_up, unquote
from kb.ingest.metadata.lines import Line, Role
from kb.ingest.metadata.names import is_preamble, run_on

_LINES = 40
_LENGTH = 400
_WORDS = 4
_ABOUT = re.compile(r"(?:обо?|о)\s")
#: Words of letterheads and imprints, which are set like names.
_BODY = re.compile(
    r"(?:институт|министерств|министрлиг|агентств|агенттиг|посольств|элчилиг|республика|область|облусу|район|кенеш|университет"
    r"|академи|фонд|издательств|www|http)[а-я]{0,5}"
)


def guess_name(lines: Sequence[Line], title: str) -> tuple[str | None, frozenset[int]]:
    """The heading of a text without a kind.

    Args:
        lines: lines of the head.
        title: what the file says its title is; trusted only where a line says the same.

    Returns:
        The name and the lines that hold it; None and no lines if nothing is set like a name.
    """
    near = [at for at, line in enumerate(lines[:_LINES]) if line.role is Role.TEXT]
    wanted = _words(title)
    if wanted:
        same = next((at for at in near if _words(lines[at].text) == wanted), None)
        if same is not None:
            return _named(lines, (same,))
    outlined = [at for at in near if lines[at].look.outline == 1]
    if outlined:
        return _grown(lines, outlined[0], lambda line: line.look.outline == 1)
    about = next((at for at in near if _about(lines[at])), None)
    sizes = {lines[at].look.size for at in near} - {None}
    largest = max((size for size in sizes if size is not None), default=None)
    if largest is not None and len(sizes) > 1:
        first = next(at for at in near if lines[at].look.size == largest)
        if _nameable(lines[first]):
            return _grown(lines, first, lambda line: line.look.size == largest)
    if about is not None:
        return _named(lines, _around(lines, about))
    set_apart = next((at for at in near if _set_apart(lines[at])), None)
    if set_apart is not None:
        return _grown(lines, set_apart, lambda line: line.look == lines[set_apart].look)
    return _capitals(lines, near)


def _about(line: Line) -> bool:
    return _nameable(line) and (_ABOUT.match(line.folded) is not None or KY_NAME_END.search(line.folded) is not None)


def _around(lines: Sequence[Line], about: int) -> tuple[int, ...]:
    """A name around its line that begins with «О» or ends in «жөнүндө»."""
    first = about
    while first > 0 and lines[first - 1].role is Role.TEXT and _leads(lines[first - 1], lines[first]):
        first -= 1
    text = " ".join(line.text for line in lines[first : about + 1])
    return (*range(first, about + 1), *run_on(lines, about + 1, text, lines[about]))


def _leads(line: Line, below: Line) -> bool:
    if is_preamble(line) or len(line.text) > _LENGTH:
        return False
    return line.block == below.block or below.text[:1].islower()


def _set_apart(line: Line) -> bool:
    return _nameable(line) and line.look.centred and line.look.bold and _BODY.search(line.folded) is None


def _nameable(line: Line) -> bool:
    return 3 <= len(line.text) <= _LENGTH and not is_preamble(line) and not line.text.endswith((".", ","))


def _capitals(lines: Sequence[Line], near: Sequence[int]) -> tuple[str | None, frozenset[int]]:
    """The first line of capitals that is long enough for a name, before any sentence."""
    for at in near:
        line = lines[at]
        if is_preamble(line):
            break
        long = len(line.text.split()) >= _WORDS and line.text.isupper()
        if long and _nameable(line) and _BODY.search(line.folded) is None:
            return _named(lines, (at,))
    return None, frozenset()


def _grown(lines: Sequence[Line], first: int, like: Callable[[Line], bool]) -> tuple[str | None, frozenset[int]]:
    used = [first]
    while used[-1] + 1 < len(lines) and len(used) < 6:
        line = lines[used[-1] + 1]
        if line.role is not Role.TEXT or not like(line) or not _nameable(line):
            break
        used.append(used[-1] + 1)
    return _named(lines, tuple(used))


def _named(lines: Sequence[Line], used: tuple[int, ...]) -> tuple[str | None, frozenset[int]]:
    name = unquote(close_up("\n".join(lines[at].text for at in used)))
    return (name, frozenset(used)) if name else (None, frozenset())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))
