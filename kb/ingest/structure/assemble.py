"""The way from blocks to units: head, contents, body, signatures, appendices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from kb.citations.dates import find_dates
from kb.documents import Coverage, Doubt, LeftOut, Level
from kb.ingest.blocks import SourceBlock
from kb.ingest.structure import contents, gaps, items, scopes
from kb.ingest.structure.eids import Addresses, unsure_repeals
from kb.ingest.structure.findings import Findings
from kb.ingest.structure.headings import as_heading
from kb.ingest.structure.looks import Looks, ends_anyhow, ends_sentence, is_enacting, opens_list
from kb.ingest.structure.marks import HEADINGS, MarkKind
from kb.ingest.structure.model import Node, Piece, Structure, solid, where
from kb.ingest.structure.numbers import value_of
from kb.ingest.structure.pieces import pieces_of
from kb.ingest.structure.tree import Builder

#: Blocks looked at first for where the body begins; a head is seldom longer.
_FIRST_LOOK = 400
#: Two articles of one number are copies if their headings are this much alike, of 100.
_ALIKE = 80
_SCOPE_RANK = -1.0
#: Marked headings that make a text one of sections.
_SECTIONS = 3
_NUMBERED = re.compile(r"(?:№|\bN)\s?\d")
_GENERAL = re.compile(
    r"(?:жалпы\s+(?:жоболор|эрежелер|бөлүк)|общие\s+положения|кириш\s+сөз|введение)\s*\.?", re.IGNORECASE
)


def find_body(blocks: Sequence[SourceBlock]) -> int:
    """Index of the first block of the body: its first heading or clause, a list of contents included.

    In a text without articles and clauses it is the first paragraph that is a sentence; the number of
    blocks if there is none.

    Args:
        blocks: all blocks of the source.
    """
    pieces = pieces_of(blocks, range(min(_FIRST_LOOK, len(blocks))))
    first = _first_mark(pieces)
    if first is None and len(blocks) > _FIRST_LOOK:
        pieces = pieces_of(blocks, range(len(blocks)))
        first = _first_mark(pieces)
    sentence = next((at for at, piece in enumerate(pieces[:first]) if _is_sentence(piece)), None)
    if first is None:
        outlined = next((at for at, piece in enumerate(pieces) if at and piece.look.outline is not None), None)
        return min((pieces[at].source for at in (sentence, outlined) if at is not None), default=len(blocks))
    looks = Looks(pieces)
    if sentence is not None:
        # Headings between sentences and the first number: a text of sections, in which a list stands.
        sectioned = any(
            looks.heading(piece, loose=False) and not is_enacting(piece.text) for piece in pieces[sentence:first]
        )
        if sectioned and not any(is_enacting(piece.text) for piece in pieces[sentence:first]):
            return pieces[sentence].source
    opened = _first_outlined(pieces, first)
    if opened is not None:
        return pieces[opened].source
    enacted = next((at for at, piece in enumerate(pieces[:first]) if is_enacting(piece.text)), None)
    if enacted is not None and scopes.find_appendices(pieces[: first + 1], enacted):
        return pieces[enacted + 1].source
    return pieces[first - _headings_before(pieces, first, looks)].source


def _first_outlined(pieces: Sequence[Piece], first: int) -> int | None:
    """Index of the heading that begins a text of slides or sections, in one of which the first number stands.

    Such a text has three headings at least that its format marks as such, behind the title, without numbers and each
    with text below it; an act's title may be marked so too, but its enacting words stand before its first number.
    """
    mark = pieces[first].mark
    if mark is not None and mark.kind in HEADINGS:
        return None
    found = [
        at
        for at, (piece, below) in enumerate(pairwise(pieces))
        if at and piece.look.outline is not None and piece.mark is None and below.look.outline is None
    ]
    if len(found) < _SECTIONS or found[0] > first:
        return None
    return None if any(is_enacting(piece.text) for piece in pieces[found[0] : first]) else found[0]


def _headings_before(pieces: Sequence[Piece], first: int, looks: Looks) -> int:
    """How many pieces before the first number are headings without number, not lines of the title.

    ``КҮН ТАРТИБИ:``, ``ЖАЛПЫ ЖОБОЛОР``, or a heading behind a text of the head.
    """
    if not first or is_enacting(pieces[first - 1].text) or not looks.heading(pieces[first - 1], loose=False):
        return 0
    text = pieces[first - 1].text
    return int(opens_list(text) or _GENERAL.fullmatch(text) is not None)


def _is_sentence(piece: Piece) -> bool:
    return not piece.is_table and piece.note is None and len(piece.text) >= 60 and ends_sentence(piece.text)


def _is_dated(piece: Piece) -> bool:
    """Whether a paragraph is the date and number of the head (``от 5 января 1998 года № 1``)."""
    return len(piece.text) < 80 and find_dates(piece.text[:80]) != [] and _NUMBERED.search(piece.text) is not None


def _first_mark(pieces: Sequence[Piece]) -> int | None:
    """Index of the first piece that begins the body by its mark or is the title of a list of contents."""
    ahead = items.Ahead(pieces)
    fallback: int | None = None
    for index, piece in enumerate(pieces):
        mark = piece.mark
        if contents.is_title(piece) or piece.look.contents:
            return index
        if mark is None:
            continue
        if mark.kind is MarkKind.PART and index + 1 < len(pieces) and _is_dated(pieces[index + 1]):
            continue  # «ЧАСТЬ II» above date and number is the second line of the title
        if mark.kind in HEADINGS and (mark.firm or not ends_sentence(piece.text)):
            return index
        starts = mark.value is not None and set(mark.value) == {1}
        if starts and mark.kind in {MarkKind.DECIMAL, MarkKind.ROMAN} and mark.firm:
            return index
        if fallback is None and mark.kind is MarkKind.DECIMAL and ahead.continues(index, mark):
            fallback = index
    return fallback


def build(blocks: Sequence[SourceBlock], *, body: int, requisites: frozenset[int]) -> Structure:
    """The units of a source.

    Args:
        blocks: all blocks of the source.
        body: index of the first block of the body, as ``find_body`` gives it.
        requisites: indexes of the blocks that are the head's requisites, which become metadata.

    Returns:
        Units with addresses, breaks in the numbering, doubts and how much of the text was placed.
    """
    head = pieces_of(blocks, (index for index in range(body) if index not in requisites))
    pieces = pieces_of(blocks, (index for index in range(body, len(blocks)) if index not in requisites))
    looks = Looks([*head, *pieces])
    findings = Findings()
    root = Node(None, _SCOPE_RANK)
    appendices = scopes.find_appendices(pieces, 0)
    main = pieces[: appendices[0].start] if appendices else pieces
    _main(root, head, main, looks, findings)
    _appendices(root, pieces, appendices, looks, findings)
    found = [one for scope in _scopes(root) for one in gaps.find_gaps(scope)]
    for scope in _scopes(root):
        _drop_copies(scope, findings)
    addresses = Addresses()
    units = tuple(addresses.units(root))
    findings.doubts += _doubts(root, found, addresses)
    left_out = tuple(findings.left_out)
    characters = sum(solid(source.block.text) for source in blocks)
    placed = characters - sum(solid(piece.text) for piece in left_out)
    return Structure(
        units, tuple(gap for gap, _ in found), tuple(findings.doubts), Coverage(characters, max(0, placed), left_out)
    )


def _main(root: Node, head: Sequence[Piece], pieces: Sequence[Piece], looks: Looks, findings: Findings) -> None:
    """The act itself: preamble, body and signatures; a text without articles and clauses has no preamble."""
    inner = _without_contents(pieces)
    if not Builder(root, inner, looks, findings).structured:
        end = scopes.find_conclusions(inner, structured=False)
        Builder(root, [*head, *inner[:end]], looks, findings).build()
        if not any(node.heading or node.number for node in root.children):
            for piece in (*head, *inner[:end]):
                findings.leave_out(piece, "no_structure")
    else:
        lead = _leading(inner) if len(inner) < len(pieces) else 0
        _preamble(root, [*head, *inner[:lead]])
        inner = inner[lead:]
        end = scopes.find_conclusions(inner, structured=True)
        Builder(root, inner[:end], looks, findings).build()
    _conclusions(root, inner[end:])


def _leading(pieces: Sequence[Piece]) -> int:
    """How many pieces between a list of contents and the first number are sentences: a preamble."""
    first = next((at for at, piece in enumerate(pieces) if piece.mark is not None), 0)
    return first if all(ends_anyhow(piece.text) or piece.note is not None for piece in pieces[:first]) else 0


def _preamble(root: Node, pieces: Sequence[Piece]) -> None:
    if not pieces:
        return
    node = root.add(Node(Level.PREAMBLE, 0, place=pieces[0].block.place))
    for piece in pieces:
        if piece.note is not None:
            node.notes.append(piece.note)
        else:
            node.body.append(piece.block)


def _conclusions(root: Node, pieces: Sequence[Piece]) -> None:
    if pieces:
        node = root.add(Node(Level.CONCLUSIONS, 0, place=pieces[0].block.place))
        node.body = [piece.block for piece in pieces]


def _without_contents(pieces: Sequence[Piece]) -> list[Piece]:
    listed = contents.find_contents(pieces)
    return [piece for index, piece in enumerate(pieces) if index not in listed]


def _appendices(
    root: Node, pieces: Sequence[Piece], appendices: Sequence[scopes.Appendix], looks: Looks, findings: Findings
) -> None:
    """Each appendix as a scope of its own: its stamp is its text, its title its heading."""
    outer: Node | None = None
    for index, appendix in enumerate(appendices):
        end = appendices[index + 1].start if index + 1 < len(appendices) else len(pieces)
        above = outer if appendix.inner and outer is not None else root
        value = value_of(appendix.number) if appendix.number else None
        node = Node(Level.APPENDIX, _SCOPE_RANK, appendix.number, value, place=pieces[appendix.start].block.place)
        above.add(node)
        if above is root:
            outer = node
        node.body = [piece.block for piece in pieces[appendix.start : appendix.title]]
        rest = pieces[appendix.title : end]
        titled = scopes.title_of(rest, looks)
        node.heading = " ".join(as_heading(piece.block) or "" for piece in rest[:titled]) or None
        inner = _without_contents(rest[titled:])
        builder = Builder(node, inner, looks, findings)
        stop = scopes.find_conclusions(inner, structured=builder.structured)
        Builder(node, inner[:stop], looks, findings).build()
        _conclusions(node, inner[stop:])


def _scopes(root: Node) -> Iterator[Node]:
    yield root
    for child in root.children:
        if child.level is Level.APPENDIX:
            yield from _scopes(child)


def _drop_copies(parent: Node, findings: Findings) -> None:
    """Of two copies of an article in a row the last one counts."""
    kept: list[Node] = []
    for child in parent.children:
        before = kept[-1] if kept else None
        if before is not None and _are_copies(before, child):
            kept.pop()
            text = "\n".join(_texts(before))
            findings.left_out.append(LeftOut(where(before.place), text, "earlier_copy"))
            findings.doubts.append(Doubt("article_twice", {"number": child.number or ""}, where(before.place)))
        kept.append(child)
        if child.level is not Level.APPENDIX:
            _drop_copies(child, findings)
    parent.children = kept


def _are_copies(first: Node, second: Node) -> bool:
    if not (first.level is second.level is Level.ARTICLE) or first.number != second.number:
        return False
    if first.heading and second.heading:
        return fuzz.ratio(first.heading.lower(), second.heading.lower()) >= _ALIKE
    return fuzz.ratio("\n".join(_texts(first)), "\n".join(_texts(second))) >= _ALIKE


def _texts(node: Node) -> Iterator[str]:
    if node.heading:
        yield node.heading
    yield from (block.text for block in node.body)
    yield from (note.text for note in node.notes)
    for child in node.children:
        yield from _texts(child)


def _doubts(root: Node, found: Sequence[gaps.Break], addresses: Addresses) -> Iterator[Doubt]:
    for eid, place in addresses.twice:
        yield Doubt("address_twice", {"eid": eid}, where(place))
    for node in unsure_repeals(root):
        yield Doubt("repeal_unsure", {"number": node.number or ""}, where(node.place))
    for gap, before in found:
        if gap.reason != "missing" or before is None or gap.level is Level.ARTICLE or not before.value:
            continue
        number = _following(gap.after or "")
        hidden = re.compile(rf"(?<=[.;:»)]\s){re.escape(number)}[.)]\s?[A-ZА-ЯЁӨҮҢ]")
        if any(hidden.search(text) for text in _texts(before)):
            yield Doubt("number_hidden", {"number": number}, where(before.place))


def _following(number: str) -> str:
    """The number after ``17.5`` or ``3``: its last part one higher."""
    start, dot, last = number.rpartition(".")
    whole = last.partition("-")[0]
    return f"{start}{dot}{int(whole) + 1}" if whole.isdigit() else number
