"""The thesaurus of the field: terms that mean the same in Kyrgyz and Russian, and everyday words for them.

The format is described in ``docs/thesaurus.md``. The shipped file lies beside this module; a file of the
installation is laid over it.
"""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from kb.language.model import Language
from kb.language.normalize import one_space

#: Columns of the file: legal terms, then everyday words for them.
COLUMNS = ("ky", "ru", "ky_everyday", "ru_everyday")
_LANGUAGES = (Language.KY, Language.RU, Language.KY, Language.RU)
_LEGAL = 2
_MOST_LINES = 20_000
_MOST_TERMS = 40
_LONGEST = 120
#: Before a legal term: it is no name of the thing, but what everyday words of its line may mean as well.
_RELATED = "~"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

ProblemCode = Literal["encoding", "unreadable", "columns", "no_letters", "too_long", "one_term", "too_many"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase in one language."""

    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Concept:
    """What one line says.

    Attributes:
        terms: legal terms; each also finds the others.
        everyday: words of everyday speech; each also finds the terms, but is not found by them.
        related: legal terms that the everyday words find, and nothing else of the line does.
    """

    terms: tuple[Term, ...]
    everyday: tuple[Term, ...] = ()
    related: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that is passed over.

    Attributes:
        line: its number from 1, 0 for the whole file.
        code: why.
        text: the beginning of what is wrong.
    """

    line: int
    code: ProblemCode
    text: str


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Concepts, and the lines of the installation's file that say none."""

    concepts: tuple[Concept, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_thesaurus(content: bytes) -> Thesaurus:
    """Read a file of concepts; a bad line costs that line alone.

    Args:
        content: tab-separated text in UTF-8, or UTF-16 with a byte order mark, as spreadsheets write it.
    """
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        return Thesaurus(problems=(Problem(0, "encoding", str(error.reason)),))
    concepts: list[Concept] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if number > _MOST_LINES:
            problems.append(Problem(number, "too_many", ""))
            break
        found = _read_line(number, line)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            concepts.append(found)
    return Thesaurus(tuple(concepts), tuple(problems))


def _read_line(number: int, line: str) -> Concept | Problem | None:
    """The concept of a line, what is wrong with it, or None where it says nothing."""
    if not line.strip() or line.lstrip().startswith("#"):
        return None
    cells = [cell.strip() for cell in next(csv.reader([line], delimiter="\t"))]
    if [cell.casefold() for cell in cells[: len(COLUMNS)]] == list(COLUMNS):
        return None
    if len(cells) > len(COLUMNS) and any(cells[len(COLUMNS) :]):
        return Problem(number, "columns", line[:_LONGEST])
    terms: list[Term] = []
    everyday: list[Term] = []
    related: list[Term] = []
    for place, cell in enumerate(cells[: len(COLUMNS)]):
        for term, is_related in _terms(cell, _LANGUAGES[place]):
            if not any(map(str.isalpha, term.text)):
                return Problem(number, "no_letters", term.text[:_LONGEST])
            if len(term.text) > _LONGEST or len(terms) + len(everyday) + len(related) >= _MOST_TERMS:
                return Problem(number, "too_long", term.text[:_LONGEST])
            (everyday if place >= _LEGAL else related if is_related else terms).append(term)
    if not terms:
        return Problem(number, "one_term", line[:_LONGEST])
    return Concept(tuple(terms), tuple(everyday), tuple(related))


def _terms(cell: str, language: Language) -> Iterator[tuple[Term, bool]]:
    """Terms of a cell, and whether each is marked as related."""
    for part in cell.split(";"):
        text = one_space(part)
        bare = one_space(text.removeprefix(_RELATED))
        if bare:
            yield Term(language, bare), bare != text


def lay_over(shipped: Thesaurus, local: Thesaurus) -> Thesaurus:
    """Concepts of both; one of ``local`` stands in the place of those of ``shipped`` that begin with its first term.

    That is the first legal term of either language; a local concept of one term alone takes the other one out. Each
    related term becomes a concept of its own, which the everyday words find.
    """
    replaced = {_name(term) for concept in local.concepts for term in _firsts(concept)}
    kept = [one for one in shipped.concepts if not replaced.intersection(map(_name, _firsts(one)))]
    whole = [part for concept in (*kept, *local.concepts) for part in _spread(concept)]
    return Thesaurus(tuple(whole), local.problems)


def _spread(concept: Concept) -> Iterator[Concept]:
    yield Concept(concept.terms, concept.everyday)
    for term in concept.related:
        yield Concept((term,), concept.everyday)


def _firsts(concept: Concept) -> Iterator[Term]:
    for language in (Language.KY, Language.RU):
        yield from [term for term in concept.terms if term.language is language][:1]


def _name(term: Term) -> tuple[Language, str]:
    return term.language, term.text.casefold()


class ThesaurusFile:
    """The shipped thesaurus with an installation's file over it, which may change at any time."""

    def __init__(self, path: Path | None = None) -> None:
        """Lay ``path`` over what is shipped; the file need not exist."""
        self._path = path
        self._turn = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._current: Thesaurus | None = None

    def current(self) -> Thesaurus:
        """What holds now; the same object until the file changes. A file that cannot be read is told as a problem."""
        with self._turn:
            stamp = self._look()
            if self._current is None or stamp != self._stamp:
                self._stamp = stamp
                self._current = lay_over(_shipped(), self._local())
            return self._current

    def _look(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat() if self._path else None
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size) if found else None

    def _local(self) -> Thesaurus:
        if self._stamp is None or self._path is None:
            return Thesaurus()
        try:
            return read_thesaurus(self._path.read_bytes())
        except OSError as error:
            return Thesaurus(problems=(Problem(0, "unreadable", error.strerror or ""),))


def _shipped() -> Thesaurus:
    return read_thesaurus((files("kb.language") / "thesaurus.tsv").read_bytes())
