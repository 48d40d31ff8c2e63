"""Addresses of units, and the units themselves, from the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.documents import EID_PREFIX, HIGHER_LEVELS, ActReference, Level, NoteKind, Place, Status, Unit
from kb.ingest import notes
from kb.ingest.structure.model import Node

#: Levels whose address begins anew: their numbers run through the whole scope.
_PLAIN = frozenset({Level.ARTICLE, Level.CLAUSE})
#: Levels of which a scope has one.
_SINGLE = frozenset({Level.PREAMBLE, Level.CONCLUSIONS})
_MASCULINE = re.compile(r"\W*(?:утратил|исключен|исключён|отменен|отменён)(?!\w)", re.IGNORECASE)


class Addresses:
    """Gives each unit its eId; of two that would be the same the first keeps it."""

    def __init__(self) -> None:
        """Begin with no address taken."""
        self._taken: set[str] = set()
        self._repeats: dict[str, int] = {}
        #: eIds of the units that had to take another address than their number's, and where these begin.
        self.twice: list[tuple[str, Place | None]] = []

    def units(self, root: Node) -> Iterator[Unit]:
        """Units below ``root`` in document order, each before its children."""
        yield from self._below(root, None, "")

    def _below(self, node: Node, parent: str | None, scope: str) -> Iterator[Unit]:
        unnumbered: dict[Level, int] = {}
        alineas = len(node.body)
        for child in node.children:
            if child.level is None:
                continue
            if child.level is Level.ALINEA:
                alineas += 1
                name = f"{EID_PREFIX[child.level]}_{alineas}"
            else:
                name = _name(child, unnumbered)
            eid = self._address(child, name, parent, scope)
            yield _unit(child, eid, parent)
            inner = f"{eid}__" if child.level is Level.APPENDIX else scope
            yield from self._below(child, eid, inner)

    def _address(self, node: Node, name: str, parent: str | None, scope: str) -> str:
        """An eId that is not taken: the number alone where that names the unit, the path to it where it does not."""
        nested = f"{parent}__{name}" if parent else name
        plain = node.level in _PLAIN or node.level in _SINGLE or _is_loose(node)
        options = (scope + name, nested) if plain else (nested,)
        for option in options:
            if option not in self._taken:
                self._taken.add(option)
                if option != options[0]:
                    self.twice.append((option, node.place))
                return option
        return self._repeated(node, nested)

    def _repeated(self, node: Node, eid: str) -> str:
        count = self._repeats.get(eid, 1) + 1
        while f"{eid}_{count}" in self._taken:
            count += 1
        self._repeats[eid] = count
        self._taken.add(f"{eid}_{count}")
        self.twice.append((f"{eid}_{count}", node.place))
        return f"{eid}_{count}"


def _is_loose(node: Node) -> bool:
    """Whether a subclause stands under a heading and so is addressed as a clause is."""
    return (
        node.level is Level.SUBCLAUSE
        and node.parent is not None
        and (node.parent.level is None or node.parent.level in HIGHER_LEVELS or node.parent.level is Level.APPENDIX)
    )


def _name(node: Node, unnumbered: dict[Level, int]) -> str:
    level = node.level or Level.SECTION
    if level in _SINGLE:
        return EID_PREFIX[level]
    if node.number is None:
        unnumbered[level] = unnumbered.get(level, 0) + 1
        return f"{EID_PREFIX[level]}_nn_{unnumbered[level]}"
    return f"{EID_PREFIX[level]}_{node.number.replace('.', '-')}"


def _unit(node: Node, eid: str, parent: str | None) -> Unit:
    status, by = _status(node)
    return Unit(
        eid=eid,
        wid=eid,
        level=node.level or Level.SECTION,
        number=node.number,
        heading=node.heading and (node.heading.rstrip(" –—-") or None),
        body=tuple(node.body),
        notes=tuple(node.notes),
        parent=parent,
        status=status,
        status_by=by,
        place=node.place,
    )


def _status(node: Node) -> tuple[Status | None, ActReference | None]:
    """A unit's own status: repealed where its note is about the whole of it.

    Text may be kept above the note that repeals it; then a note counts that names the unit's level, or that says
    nothing else and agrees with an article (``Утратила``, not ``Утратил``, which is said of an alinea or point).
    """
    for note in node.notes:
        if note.kind is not NoteKind.REPEALED or node.level is None:
            continue
        scope = notes.scope(note)
        if not scope.covers(node.level, node.number):
            continue
        whole = not node.children and node.level is Level.ARTICLE and not _MASCULINE.match(note.text)
        if not (node.body or node.children) or scope.level is not None or whole:
            return Status.REPEALED, note.acts[0] if note.acts else None
    return None, None


def unsure_repeals(root: Node) -> Iterator[Node]:
    """Units that have text and a note that repeals something without saying what."""
    for child in root.children:
        if (child.body or child.children) and any(
            note.kind is NoteKind.REPEALED and notes.scope(note) == notes.NoteScope() for note in child.notes
        ):
            yield child
        yield from unsure_repeals(child)
