"""The head of a document: the blocks before its body."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.citations.acts import find_acts
from kb.citations.dates import find_dates, read_date
from kb.citations.fold import fold
from kb.documents import ActReference, Doubt, Kind, Note, NoteKind, Status
from kb.ingest.blocks import SourceBlock
from kb.ingest.metadata.bodies import Body, find_body
from kb.ingest.metadata.kinds import KY_NAME_END, KindLine, close_up, read_kind
from kb.ingest.metadata.lines import (
    Line,
    Role,
    language_of,
    mark_notes,
    mark_other_language,
    mark_requisites,
    mark_stamps,
    split_lines,
)
from kb.ingest.metadata.model import Head
from kb.ingest.metadata.nameless import guess_name
from kb.ingest.metadata.names import LABELS, find_name, is_preamble, strip_kind
from kb.ingest.metadata.requisites import Requisites
from kb.ingest.notes import scope
from kb.language.model import Language

#: Lines among which the kind stands: behind letterhead, stamp and banner there is text.
_KIND_WITHIN = 40
#: Lines over which a kind phrase can be spread (body, session, kind, number).
_JOINED = 5
#: Kinds whose stamp says when a council adopted them.
_ADOPTED = frozenset({Kind.CHARTER, Kind.REGULATIONS, Kind.STATUTE})


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the kind stands: lines ``start`` to ``end`` (exclusive), and what they say."""

    start: int
    end: int
    line: KindLine


def read_head(blocks: Sequence[SourceBlock], *, properties: Mapping[str, str] | None = None) -> Head:
    """What the blocks before a document's body say of it.

    ``КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ`` / ``2016-жылдын 31-марты № 3`` / ``… тартиби жөнүндө`` → a law of
    31 March 2016, number 3.

    Args:
        blocks: the blocks before the body; may be none.
        properties: what the file says of itself; its ``title`` only helps to choose among the head's lines.

    Returns:
        The head; ``requisites`` are indices into ``blocks``.
    """
    lines = split_lines(blocks)
    language = language_of(line.text for line in lines if line.column is None) or language_of(x.text for x in lines)
    mark_other_language(lines, language)
    notes = mark_notes(lines)
    stamps = mark_stamps(lines)
    mark_requisites(lines)
    found = _find_kind(lines)
    if found is None:
        name, used = guess_name(lines, (properties or {}).get("title", ""))
        head = Head(kind=_passed_kind(lines, name), title=name, language=language)
        if head.kind is not None:
            head = replace(head, date_passed=_passed(lines, ()))
        start = min(used, default=0)
    else:
        head, used = _with_kind(lines, stamps, found, language)
        start = found.start
    return _with_rest(head, lines, notes, stamps, start, used)


_LETTERHEAD_ENDS = re.compile(
    r"(?:республикасы|облусу|району|кенеши|министрлиги|агенттиги|окмоту|комитети|комиссиясы|мэриясы|кабинети|президенти"
    r"|кыргызская республика|область|район|кенеш|министерство|агентство|комитет|мэрия|администрация)$"
)


def _find_kind(lines: Sequence[Line]) -> _Found | None:
    """The first lines that together say the kind."""
    for start, line in enumerate(lines[:_KIND_WITHIN]):
        if line.role is not Role.TEXT:
            continue
        found = _kind_at(lines, start)
        if found is not None:
            return _fuller(lines, found) or _repeated(lines, found)
        if is_preamble(line):
            return None
    return None


def _fuller(lines: Sequence[Line], found: _Found) -> _Found | None:
    """A kind word that stands alone is said again below with the name that leads to it.

    A Kyrgyz one stands above the stamp, and ``Форма № 1`` above the name of the form.
    """
    form = found.line.kind is Kind.FORM
    if not found.line.named_by_kind or found.end - found.start > 1 or (found.line.language is Language.RU and not form):
        return None
    if len((found.line.name or "").split()) > 1 or (found.start and lines[found.start - 1].role is Role.TEXT):
        return None
    for start in range(found.end, min(len(lines), found.end + _KIND_WITHIN)):
        if lines[start].role is not Role.TEXT:
            continue
        again = _kind_at(lines, start)
        if again is not None:
            return again if again.line.kind is found.line.kind and again.line.named_by_kind else None
        if is_preamble(lines[start]):
            return None
    return None


def _repeated(lines: Sequence[Line], found: _Found) -> _Found:
    """Where the kind is said last: a site's page says body, kind and number in its heading and in the text below."""
    if found.line.named_by_kind or found.line.name is not None:
        return found
    for start in range(found.end, min(len(lines), found.end + _JOINED)):
        if lines[start].role is not Role.TEXT:
            continue
        again = _kind_at(lines, start)
        if again is None or again.line.named_by_kind or again.line.kind is not found.line.kind or again.line.name:
            if is_preamble(lines[start]):
                break
            continue
        body, requisites = again.line.body or found.line.body, again.line.requisites or found.line.requisites
        return replace(again, line=replace(again.line, body=body, requisites=requisites))
    return found


def _kind_at(lines: Sequence[Line], start: int) -> _Found | None:
    if _LETTERHEAD_ENDS.search(lines[start].folded):
        return None
    found: _Found | None = None
    for end in range(start + 1, min(len(lines), start + _JOINED) + 1):
        last = lines[end - 1]
        if last.role not in {Role.TEXT, Role.REQUISITES} or last.column != lines[start].column:
            break
        kind = read_kind("  ".join(part.text for part in lines[start:end]))
        if found is None:
            found = _Found(start, end, kind) if kind else None
            if is_preamble(last):
                break
        elif kind and kind.kind is found.line.kind and _widens(last, kind):
            found = _Found(start, end, kind)
        else:
            break
    return found


_GENITIVE = re.compile(
    r"(?:кыргызской|республики|кр|президента|правительства|кабинета|жогорку|министерства|агентства|[а-я-]{3,30}(?:ого|ской))"
    r"(?![а-я])"
)


def _widens(last: Line, kind: KindLine) -> bool:
    """Whether a line goes on with the body of a Russian kind line (``ЗАКОН`` / ``КЫРГЫЗСКОЙ РЕСПУБЛИКИ``)."""
    return kind.language is not Language.KY and kind.name in {None, *_code(kind)} and bool(_GENITIVE.match(last.folded))


def _code(kind: KindLine) -> tuple[str | None, ...]:
    return (kind.name,) if kind.kind in {Kind.CODE, Kind.CONSTITUTION} else ()


def _with_kind(
    lines: Sequence[Line], stamps: Sequence[str], found: _Found, language: Language | None
) -> tuple[Head, frozenset[int]]:
    kind = found.line.kind
    language = found.line.language or language
    found, (name, used) = _named(lines, found)
    body = _issuer(lines, stamps, found, language)
    head = Head(
        kind=kind,
        title=strip_kind(name, kind, language) if name else None,
        body=body.name if body else None,
        body_slug=body.slug if body else None,
        language=language,
        date_passed=_passed(lines, stamps if kind in _ADOPTED else ()),
    )
    used |= frozenset(range(found.start, found.end)) | _said_again(lines, found, name or "")
    if kind is Kind.CODE and found.end < len(lines) and _PART.fullmatch(lines[found.end].folded):
        used |= {found.end}
    return _with_requisites(head, lines, found.line.requisites, found.start), used


#: The line below a code's name that says which part of it this is; it has a date and number of its own.
_PART = re.compile(
    r"часть\s(?:[ivxl]{1,4}|перв|втор|трет)[а-я]{0,3}\.?|(?:[ivxl]{1,4}|биринчи|экинчи|учунчу)\sболук\.?"
)


def _named(lines: Sequence[Line], found: _Found) -> tuple[_Found, tuple[str | None, frozenset[int]]]:
    """The name; that of a training material stands above the words «окуу материалы», which are no part of it."""
    if found.line.kind not in LABELS:
        return found, find_name(lines, found.start, found.end, found.line)
    last = read_kind(lines[found.end - 1].text)
    if last is not None and last.kind is found.line.kind:
        found = _Found(found.end - 1, found.end, last)
    name, used = guess_name(lines[: found.start], "") if found.start else (None, frozenset())
    if name is None and any(line.role is Role.TEXT for line in lines[: found.start]):
        used = frozenset(at for at, line in enumerate(lines[: found.start]) if line.role is Role.TEXT)
        name = " ".join(lines[at].text for at in sorted(used))
    return found, (name, used) if name else find_name(lines, found.start, found.end, found.line)


def _said_again(lines: Sequence[Line], found: _Found, name: str) -> frozenset[int]:
    """Lines below that say kind and name once more, as pages of a site do under their heading."""
    again: set[int] = set()
    for at in range(found.end, min(len(lines), found.end + _KIND_WITHIN)):
        if lines[at].role is not Role.TEXT:
            continue
        kind = read_kind(lines[at].text)
        same_kind = kind is not None and kind.kind is found.line.kind and not kind.named_by_kind
        if same_kind or (name and fold(" ".join(lines[at].text.split())) == fold(name)):
            again.add(at)
        elif is_preamble(lines[at]):
            break
    return frozenset(again)


def _with_requisites(head: Head, lines: Sequence[Line], own: Requisites | None, start: int) -> Head:
    """``head`` with the act's own date, number and place.

    Those in the kind's line come first, then those below it, then those above it.
    """
    below = [line.requisites for line in _before_preamble(lines[start:]) if line.requisites]
    above = [line.requisites for line in reversed(lines[:start]) if line.requisites]
    said = [part for part in (own, *below, *above) if part is not None]
    blank = any(part.blank for part in said)
    whole = next((part for part in said if part.date and part.number), None)
    dates = list(dict.fromkeys(part.date for part in said if part.date))
    date = whole.date if whole else next(iter(dates), None)
    number = whole.number if whole else next((part.number for part in said if part.number), None)
    doubts = list(head.doubts)
    if len(dates) > 1:
        doubts.append(Doubt("several_dates", {"taken": str(date), "other": str(next(d for d in dates if d != date))}))
    if any(part.impossible_date for part in said):
        doubts.append(Doubt("impossible_date"))
    if blank and not (date and number):
        doubts.append(Doubt("blank_requisites"))
    place = next((part.place for part in said if part.place), None)
    return replace(head, date=date, number=number, place=place, doubts=tuple(doubts))


def _before_preamble(lines: Sequence[Line]) -> list[Line]:
    for at, line in enumerate(lines):
        if line.role is Role.TEXT and is_preamble(line):
            return list(lines[:at])
    return list(lines)


_DECIDES = re.compile(
    r"(?:токтом ?кылат|чечим ?кылат|буйрук ?кылам|постановля[а-я]{1,4}|решил|решает|приказываю)\s*[:.]?$"
)


def _issuer(lines: Sequence[Line], stamps: Sequence[str], found: _Found, language: Language | None) -> Body | None:
    """The body: of the kind's line, the letterhead, the stamp, the formula «… токтом кылат», in this order."""
    if found.line.body and (body := find_body(found.line.body, language)):
        return body
    above = [line.text for line in lines[: found.start] if line.role is Role.TEXT and read_kind(line.text) is None]
    # A name may be spread over lines, but is more surely found in one.
    for text in (*reversed(above), " ".join(above)):
        if body := find_body(" ".join(text.split()), language):
            return body
    for stamp in stamps:
        if body := find_body(" ".join(stamp.split()), language):
            return body
    if found.line.named_by_kind:
        return find_body(found.line.name or "", language) if found.line.kind is Kind.REGULATIONS else None
    return _who_decides(lines[found.end :], language)


def _who_decides(lines: Sequence[Line], language: Language | None) -> Body | None:
    """The body before «токтом кылат» or «постановляет», which may stand in a line of its own."""
    for at, line in enumerate(lines):
        match = _DECIDES.search(line.folded) if line.role is Role.TEXT else None
        if match is not None:
            text = close_up(line.text)[: match.start()] or (lines[at - 1].text if at else "")
            return find_body(" ".join(re.split(r"[,;]", text)[-1].split()), language)
    return None


def _passed_kind(lines: Sequence[Line], name: str | None) -> Kind | None:
    """A name «… жөнүндө» or «О …» above the line that says when parliament passed it is a law's."""
    at = next((at for at, line in enumerate(lines) if line.role is Role.PASSED), None)
    if at is None or name is None or "жогорку кенеш" not in lines[at].folded:
        return None
    return Kind.LAW if KY_NAME_END.search(fold(name)) or re.match(r"обо?\s|о\s", fold(name)) else None


def _passed(lines: Sequence[Line], stamps: Sequence[str]) -> dt.date | None:
    for at, line in enumerate(lines):
        if line.role is Role.PASSED:
            text = " ".join(part.text for part in lines[at : at + 3])
            return read_date(text)
    for stamp in stamps:
        dated = read_date(stamp) if re.search(r"кенеш", fold(stamp)) else None
        if dated:
            return dated
    return None


def _with_rest(
    head: Head, lines: Sequence[Line], notes: Sequence[Note], stamps: Sequence[str], start: int, used: frozenset[int]
) -> Head:
    """``head`` with what notes and stamps say, and with the blocks that it is made of."""
    if head.kind is None:
        head = _with_requisites(head, lines, None, start)
    own = [note for note in notes if scope(note).level is None and not scope(note).piece]
    repealed = next((note for note in own if note.kind is NoteKind.REPEALED), None)
    status = Status.DRAFT if any(line.role is Role.DRAFT for line in lines) else Status.UNKNOWN
    return replace(
        head,
        amended_by=tuple(act for note in own if note.kind is NoteKind.AMENDED for act in note.acts),
        status=Status.REPEALED if repealed else status,
        status_by=repealed.acts[0] if repealed and repealed.acts else None,
        date_in_force=next((day for note in own if (day := in_force(note))), None),
        approved_by=_approval(stamps),
        requisites=_blocks(lines, start, used, named=head.kind is not None),
    )


_SINCE = re.compile(r"(?:введен[аоы]? в действие|вступа[а-я]{1,4} в силу|вступил[аои]? в силу)\s{1,3}с\s{1,3}$")
_KY_SINCE = re.compile(r"\s{0,3}(?:тартып|баштап)\s{1,3}(?:колдонууга|кучуно|кучундо)")


def in_force(note: Note) -> dt.date | None:
    """The day from which an editorial note says that the act is in force, or None if it names no day.

    ``(Введен в действие с 1 января 2004 года Законом …)`` → 1 January 2004; an act that put it in force is no day.
    """
    return since(note.text) if note.kind is NoteKind.EDITORIAL and len(note.acts) <= 1 else None


def since(text: str) -> dt.date | None:
    """The day behind «вступает в силу с …» or before «…нан тартып күчүнө кирет», if ``text`` names one day so."""
    folded = fold(text)
    days = [
        found.date
        for found in find_dates(text)
        if _SINCE.search(folded[max(0, found.start - 60) : found.start]) or _KY_SINCE.match(folded, found.end)
    ]
    return days[0] if len(days) == 1 else None


def _approval(stamps: Sequence[str]) -> ActReference | None:
    return next((found.reference for stamp in stamps for found in find_acts(stamp)), None)


def _blocks(lines: Sequence[Line], start: int, used: frozenset[int], *, named: bool) -> frozenset[int]:
    """Blocks all of whose lines belong to the head; above the kind that is all but sentences."""
    head: set[int] = set()
    other: set[int] = set()
    for at, line in enumerate(lines):
        letterhead = named and at < start and (line.column is not None or not is_preamble(line))
        belongs = at in used or line.role is not Role.TEXT or letterhead
        (head if belongs else other).add(line.block)
    return frozenset(head - other)
