"""The lines of a head, and what those are that carry no name and no kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum, auto

from kb.citations.dates import find_dates
from kb.citations.fold import fold
from kb.documents import BlockKind, Note, NoteKind
from kb.ingest.blocks import Look, SourceBlock
from kb.ingest.metadata.kinds import KY_NAME_END, close_up, read_kind
from kb.ingest.metadata.requisites import Requisites, read_requisites
from kb.ingest.notes import NOTE_LENGTH, whole_note
from kb.language.model import Language


class Role(StrEnum):
    """What a line of a head is."""

    TEXT = auto()
    NOTE = auto()
    STAMP = auto()
    REQUISITES = auto()
    DRAFT = auto()
    PASSED = auto()
    OTHER_LANGUAGE = auto()


@dataclass(slots=True)
class Line:
    """A line of a head while it is being read.

    Attributes:
        text: the line, white space as it stands.
        block: index of its block.
        look: how its block is set.
        column: ordinal of the table column that it stands in, None outside tables.
        role: what it is, as far as found out.
        requisites: date, number and place, of a line of that role.
    """

    text: str
    block: int
    look: Look
    column: int | None = None
    role: Role = Role.TEXT
    requisites: Requisites | None = None
    folded: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.folded = fold(close_up(self.text))


#: A head is no longer than this; a text without any body must not be read as one whole head.
HEAD_LINES = 160
_KYRGYZ = re.compile(
    r"[өүңӉӊӨҮҢ]|(?i:республикасы|облусу|району|айылдык|шаардык|айыл |жана |менен |боюнча|жылдын|мыйзам|токтом|буйр"
    r"|уставы|кабинети|мамлекет|президенти)"
)
_RUSSIAN = re.compile(
    r"(?i:республик[аи]\b|область|\bрайон\b|айылный|айылного|городск|министерств|агентств|\bпри\b|\bпо\b|\bобу?\b|\bи\b|\bв\b"
    r"|закон|постановлен|приказ|кабинета|президента|ский\b|ская\b|ской\b|ого\b|ого аймака)"
)


def language_of(texts: Iterable[str]) -> Language | None:
    """Language of a few words in capitals, such as a letterhead; None if neither shows.

    ``КЫРГЫЗ РЕСПУБЛИКАСЫ`` → Kyrgyz, ``КЫРГЫЗСКАЯ РЕСПУБЛИКА`` → Russian
    """
    kyrgyz = russian = 0
    for text in texts:
        kyrgyz += len(_KYRGYZ.findall(text))
        russian += len(_RUSSIAN.findall(text))
    if kyrgyz == russian:
        return None
    return Language.KY if kyrgyz > russian else Language.RU


def split_lines(blocks: Sequence[SourceBlock]) -> list[Line]:
    """The lines of ``blocks`` in reading order; a table's cells column by column."""
    lines: list[Line] = []
    for index, source in enumerate(blocks):
        for text, column in _pieces(source):
            if text.strip():
                lines.append(Line(text.strip(), index, source.look, column))
        if len(lines) >= HEAD_LINES:
            break
    return lines


def _pieces(source: SourceBlock) -> Iterator[tuple[str, int | None]]:
    if source.block.kind is not BlockKind.TABLE:
        for text in source.block.text.split("\n"):
            yield from ((part, None) for part in _columns(text))
        return
    rows = source.block.rows or tuple(tuple(row.split("\t")) for row in source.block.text.split("\n"))
    whole = [" ".join(" ".join(cell.split()) for cell in row) for row in rows]
    if any(read_requisites(row) for row in whole):
        # Date, number and place in cells side by side are one line.
        yield from ((row, None) for row in whole)
        return
    for column in range(max((len(row) for row in rows), default=0)):
        seen = ""
        for row in rows:
            cell = row[column] if column < len(row) else ""
            if cell != seen:
                yield from ((text, column) for text in cell.split("\n"))
            seen = cell


def _columns(text: str) -> list[str]:
    """Two columns set with tabs or runs of spaces, unless they are one line of requisites."""
    parts = [part for part in re.split(r"\t+| {5,}", text) if part.strip()]
    if len(parts) < 2 or read_requisites(text) is not None:
        return [text]
    return parts


def mark_notes(lines: Sequence[Line]) -> list[Note]:
    """Mark the lines of notes and banners, and return the notes in order; a note may run over many lines."""
    notes: list[Note] = []
    at = 0
    while at < len(lines):
        found = _note_at(lines, at)
        if found is None:
            at += 1
            continue
        end, note = found
        for line in lines[at:end]:
            line.role = Role.NOTE
        notes.append(note)
        at = end
    return notes


def _note_at(lines: Sequence[Line], start: int) -> tuple[int, Note] | None:
    text = lines[start].text
    end = start + 1
    if text.startswith(("(", "[")):
        while _open(text) and end < len(lines) and len(text) < NOTE_LENGTH:
            text = f"{text}\n{lines[end].text}"
            end += 1
        note = whole_note(text)
        return (end, note) if note else None
    return None if read_requisites(text) else _bare_note_at(lines, start)


def _bare_note_at(lines: Sequence[Line], start: int) -> tuple[int, Note] | None:
    """A note without brackets: of one line, or of a few that only together are one."""
    found: tuple[int, Note] | None = None
    for end in range(start + 1, min(len(lines), start + _NOTE_LINES) + 1):
        if end > start + 1 and not _same_sentence(lines[end - 2], lines[end - 1]):
            return found
        note = whole_note("\n".join(line.text for line in lines[start:end]))
        if note is not None and note.kind is NoteKind.EDITORIAL:
            last = _end_of_banner(lines, start, end)
            return last, replace(note, text="\n".join(line.text for line in lines[start:last]))
        if note is not None and (note.acts or found):
            return _longest(lines, start, end, note)
        # «Утратил силу в соответствии с Законом КР» is whole by itself, but its act follows.
        found = (end, note) if note else found
    return found


def _longest(lines: Sequence[Line], start: int, end: int, note: Note) -> tuple[int, Note]:
    """The note with the lines below that name more acts («Внесены изменения: …; …»)."""
    while note.kind is NoteKind.AMENDED and end < min(len(lines), start + HEAD_LINES):
        longer = whole_note("\n".join(line.text for line in lines[start : end + 1]))
        if longer is None or len(longer.acts) <= len(note.acts) or not lines[end].text[0].islower():
            break
        note, end = longer, end + 1
    return end, note


_LEADS_ON = re.compile(
    r"(?:(?<![а-я])кр|республики|республикасынын|закон(?:ом|а|ов)|указ(?:ом|а)|правительства|от|года|№)$"
)


def _same_sentence(line: Line, below: Line) -> bool:
    """Whether a note may go on from ``line`` to the line below it."""
    if _LEADS_ON.search(line.folded):
        return True
    return not below.text.startswith("(") and read_requisites(below.text) is None


_NOTE_LINES = 6


def _open(text: str) -> bool:
    return text.count("(") + text.count("[") > text.count(")") + text.count("]")


_BANNER_GOES_ON = re.compile(r"[а-яөүң\"«“(]|закон|мыйзам|кр\b|вступа|порядк", re.IGNORECASE)
_BANNER_BEGINS = re.compile(r"внимание|конул|изменения, внесенные")


def _end_of_banner(lines: Sequence[Line], start: int, end: int) -> int:
    """A banner ends before a line of capitals, a date line or a kind: its own lines are a sentence in small letters."""
    if _BANNER_BEGINS.match(lines[start].folded) is None:
        return end
    while end < len(lines) and end < start + 12:
        text = lines[end].text
        if text.isupper() or read_requisites(text) or text.startswith("("):
            break
        small = text[:1].islower() or text[:1] in '"«“' or lines[end - 1].text[-1:] not in ".:!"
        first = end == start + 1 and lines[start].text[-1:] in "!:"
        if not (small or first):
            break
        end += 1
    return end


_STAMP_BEGINS = re.compile(
    r"утвержд(?:ен[аоы]?|аю)(?![а-я])|приложени[ея](?![а-я])|одобрен[аоы]?(?![а-я])|согласован[оаы]?(?![а-я])"
    r"|зарегистрирован[аоы]?(?![а-я])|принят[аоы]?\s(?:постановлением|решением)|бекитил(?:ген|ди)(?![а-я])|бекитемин"
    r"|макулдашыл(?:ган|ды)|кабыл\sалынган(?![а-я])|(?:№\s?)?\d{0,2}-?\s?тиркеме(?:си)?(?![а-я])|катталган(?![а-я])"
)
_KY_STAMP_ENDS = re.compile(
    r"(?:(?:№\s?)?\d{0,2}\s?-?\s?тиркеме(?:си)?|(?:менен|тарабынан)\s(?:бекитил(?:ген|ди)|кабыл\sалын(?:ган|ды))|бекитилген"
    r"|бекитилди)\s*\.?$"
)
_STAMP_GOES_ON = re.compile(
    r"(?:к\s)?(?:постановлени[юем]{1,2}|решени[юем]{1,2}|приказ[ау]|приказом|распоряжени[юем]{1,2}|указ[ау]|указом|закон[ау]|законом)"
    r"|кыргызской|республики|правительств|кабинет|министр|президент|кенеш|айыл|местного|городск|район|област|государственн"
    r"|агентств|директор|мэр|глав|председател|протокол|сесси|созыва|от\s|№|n\s?\d|\d|_|«|республикасынын|окмоту|кабинетинин"
    r"|токтому|буйругу|чечими|мыйзамы|жарлыгы|шаар|торага|жергиликтуу|мамлекеттик|чакырыл|кезек(?:теги|сиз)|карата|боюнча|депутаттар"
)
_STAMP_LINES = 14
_COUNTED = re.compile(r"приложени[ея] (?:№ ?|n ?)?[0-9]{1,3}|(?:№ ?|n ?)?[0-9]{1,3} ?-? ?тиркеме")


def mark_stamps(lines: Sequence[Line]) -> list[str]:
    """Mark the stamps «УТВЕРЖДЕНО постановлением …», «… буйругуна 1-тиркеме»; return their texts."""
    stamps: list[str] = []
    at = 0
    while at < len(lines):
        end = _stamp_end(lines, at) if lines[at].role is Role.TEXT else at
        if end == at:
            at += 1
            continue
        for line in lines[at:end]:
            line.role = Role.STAMP
        stamps.append("\n".join(line.text for line in lines[at:end]))
        at = end
    return stamps


def _stamp_end(lines: Sequence[Line], start: int) -> int:
    """End of the stamp that begins at ``start``; ``start`` if none does."""
    first = lines[start]
    if _STAMP_BEGINS.match(first.folded) and len(first.text) < 300:
        end = start + 1
        # «Приложение № 2» counts the appendices; the number of the act that it belongs to follows.
        dated = _has_number(first) and _COUNTED.fullmatch(first.folded) is None
        while end < min(len(lines), start + _STAMP_LINES) and not dated and _goes_on(lines[end]):
            dated = _has_number(lines[end])
            end += 1
        return end
    if read_kind(first.text) is not None:
        return start
    # In Kyrgyz the word that makes it a stamp stands last.
    for end in range(start + 1, min(len(lines), start + 8) + 1):
        line = lines[end - 1]
        if line.role is not Role.TEXT or len(line.text) > 300 or line.column != first.column:
            return start
        if KY_NAME_END.search(line.folded) or "жогорку кенеши тарабынан" in line.folded:
            return start  # a name, or the line that says when parliament passed a law
        if _KY_STAMP_ENDS.search(line.folded):
            return end
        if not _goes_on(line) and not _has_number(line) and end > start + 1:
            return start
    return start


def _has_number(line: Line) -> bool:
    return re.search(r"(?:№|\bn\s?)\s{0,5}[0-9_]", line.folded) is not None


def _goes_on(line: Line) -> bool:
    if line.role is not Role.TEXT or len(line.text) > 200:
        return False
    small = line.text[:1].islower() or not line.text.isupper()
    return small and _STAMP_GOES_ON.search(line.folded) is not None


_DRAFT = re.compile(r"[(«\"]?(?:проект|долбоор)[)»\"]?")
_PASSED = re.compile(
    r"(?:принят[аоы]?|одобрен[аоы]?)\s[а-я ]{0,80}(?:кенешем|собранием|референдум|голосованием|палатой|советом)"
    r"|(?:кыргыз республикасынын )?жогорку кенеши тарабынан|[12][0-9]{3}[^.]{0,120}кабыл алын(?:ган|ды)$"
)


def mark_requisites(lines: Sequence[Line]) -> None:
    """Mark date lines, the word «Проект», and «Принят Жогорку Кенешем …»."""
    for at, line in enumerate(lines):
        if line.role is not Role.TEXT:
            continue
        if _DRAFT.fullmatch(line.folded):
            line.role = Role.DRAFT
        elif _PASSED.match(line.folded) and len(line.text) < 300:
            line.role = Role.PASSED
            below = lines[at + 1] if at + 1 < len(lines) else None
            if below is not None and not find_dates(line.text) and len(find_dates(below.text)) == 1:
                below.role = Role.PASSED
        else:
            line.requisites = read_requisites(line.text)
            if line.requisites is not None:
                line.role = Role.REQUISITES


def mark_other_language(lines: Sequence[Line], language: Language | None) -> None:
    """Mark the lines of table columns that are set in the other language than the document."""
    if language is None:
        return
    for block in {line.block for line in lines if line.column is not None}:
        for column in {line.column for line in lines if line.block == block}:
            members = [line for line in lines if line.block == block and line.column == column]
            said = language_of(line.text for line in members)
            if said is not None and said is not language:
                for line in members:
                    line.role = Role.OTHER_LANGUAGE if line.role is Role.TEXT else line.role
