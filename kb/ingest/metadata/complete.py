"""Metadata of a document from its head, its notes and what stands under it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from kb.citations.dates import read_date
from kb.citations.fold import fold, hide_quotations
from kb.documents import STATE_KINDS, ActReference, Kind, Level, Metadata, NoteKind, Unit
from kb.ingest.metadata.bodies import find_body
from kb.ingest.metadata.case import is_shouted, proper_words, to_sentence
from kb.ingest.metadata.head import since
from kb.ingest.metadata.model import Head
from kb.ingest.metadata.requisites import Requisites, read_requisites
from kb.language.model import Language

_PASSED = re.compile(
    r"(?:принят[аоы]?|одобрен[аоы]?)\s{1,3}[а-я ]{0,80}(?:кенешем|собранием|референдум|голосованием|палатой|советом)"
    r"|(?:кыргыз республикасынын )?жогорку\s{1,3}кенеши\s{1,3}тарабынан|кабыл\s{1,3}алын(?:ган|ды)(?![а-я])"
)
_SELF = re.compile(
    r"настоящ[а-я]{2,3} (?:закон|кодекс|указ|постановлени|приказ|конституци)"
    r"|ушул (?:мыйзам|кодекс|жарлык|токтом|буйрук)"
)
#: Units from the end among which the closing lines stand where no unit of conclusions was made.
_LAST = 6
#: Kinds whose number and date stand under the signature where the head has none.
_SIGNED = STATE_KINDS | {Kind.RESOLUTION}
_TEXTS = 200


def complete(head: Head, units: Sequence[Unit], *, language: Language, name: str) -> Metadata:
    """Metadata of a document.

    Args:
        head: what its head says.
        units: its units in document order.
        language: language of most of its text.
        name: name of its file, the title where nothing better is known.

    Returns:
        What is known; what is nowhere said is None, and the status unknown.
    """
    kind = head.kind or Kind.OTHER
    closing = list(_closing_lines(units))
    number, date, place = _requisites(head, closing, kind)
    passed, by = _passed(closing)
    amended = head.amended_by or _amended_in_text(units, ActReference(kind, date, number))
    body = find_body(head.body, language) if head.body else None
    council = find_body(by, language) if by and kind in STATE_KINDS and not head.body else None
    issuer = body or council
    shouted = head.title is not None and is_shouted(head.title)
    proper = proper_words(unit.text for unit in units[:_TEXTS]) if shouted else frozenset()
    return Metadata(
        kind=kind,
        title=to_sentence(head.title, proper) if head.title else PurePath(name).stem,
        number=number,
        date=date,
        date_passed=head.date_passed or passed,
        date_in_force=head.date_in_force or _in_force(units),
        edition_date=max((act.date for act in amended if act.date), default=date),
        place=place,
        body=issuer.name if issuer else head.body,
        body_slug=issuer.slug if issuer else head.body_slug,
        status=head.status,
        status_by=head.status_by,
        amended_by=amended,
    )


def _closing_lines(units: Sequence[Unit]) -> Iterator[str]:
    """Lines of signatures and of what stands around them; appendices have signatures of their own."""
    own = [unit for unit in units if not unit.eid.startswith("att_")]
    closing = [unit for unit in own if unit.level is Level.CONCLUSIONS] or own[-_LAST:]
    for unit in closing:
        for block in unit.body:
            yield from block.text.split("\n")


def _requisites(head: Head, closing: Sequence[str], kind: Kind) -> tuple[str | None, dt.date | None, str | None]:
    """Number, date and place of the head; of a state's act without them those under the signature."""
    if head.number or head.date or kind not in _SIGNED:
        return head.number, head.date, head.place
    said = [found for line in closing if (found := read_requisites(line)) is not None]
    whole = next((part for part in said if part.number and part.date), None) or _paired(said)
    if whole is None:
        return None, None, head.place
    place = head.place or next((part.place for part in said if part.place), None)
    return whole.number, whole.date, place


def _paired(said: Sequence[Requisites]) -> Requisites | None:
    """Date and number in two lines, if there is one of each."""
    dates = {part.date for part in said if part.date}
    numbers = {part.number for part in said if part.number}
    return Requisites(dates.pop(), numbers.pop()) if len(dates) == 1 and len(numbers) == 1 else None


def _passed(closing: Sequence[str]) -> tuple[dt.date | None, str]:
    """The day on which parliament passed the act, and the words for who did.

    ``Принят Жогорку Кенешем Кыргызской Республики 26 декабря 2008 года``
    """
    for at, line in enumerate(closing):
        near = " ".join(closing[at : at + 3])
        if _PASSED.search(fold(line)) and len(line) < 300:
            before = closing[at - 1] if at else ""
            date = read_date(line) or read_date(near) or read_date(f"{before} {line}")
            if date:
                return date, " ".join(f"{line if read_date(line) else near}".split())
    return None, ""


def _amended_in_text(units: Iterable[Unit], own: ActReference) -> tuple[ActReference, ...]:
    """Amending acts that the notes under units name, in the order of their dates."""
    found = {
        act: None
        for unit in units
        for note in unit.notes
        if note.kind in {NoteKind.AMENDED, NoteKind.REPEALED}
        for act in note.acts
        if act.date and act.number and (act.date, act.number) != (own.date, own.number)
    }
    return tuple(sorted(found, key=lambda act: (act.date or dt.date.min, act.number or "")))


def _in_force(units: Sequence[Unit]) -> dt.date | None:
    """The day that the act's own closing provision names (``Настоящий Закон вступает в силу с 1 января 2017 года``)."""
    for unit in reversed(units[-3 * _LAST :]):
        for block in unit.body:
            plain = hide_quotations(block.text)
            if _SELF.match(fold(plain).lstrip()) and (day := since(plain)):
                return day
    return None
