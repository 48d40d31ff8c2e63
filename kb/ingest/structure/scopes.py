"""Scopes of a file: the act itself, each appendix with its own numbering, and the signatures that close one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.ingest.structure import numbers
from kb.ingest.structure.looks import Looks, ends_anyhow, is_capitals, is_dash
from kb.ingest.structure.marks import MarkKind
from kb.ingest.structure.model import Piece

_ACT_RU = (
    r"(?:приказ|постановлени|решени|закон|указ|распоряжени|положени|правил|регламент|порядк|инструкци|методик|устав|договор|"
    r"соглашени|стратеги|программ|концепци|протокол|кодекс|план)\w*"
)
_APPENDIX = re.compile(
    rf"(?P<head>приложение|тиркеме)(?:\s*№?\s*(?P<number>\d{{1,3}}(?:\s?[-–]\s?\d{{1,2}})?|[IVX]{{1,5}}|[А-Я](?=\s|$)))?"
    rf"(?P<rest>\s*[.:]?\s*$|\s+к\s+(?:настоящ\w+\s+)?(?:\w+\s+){{0,3}}{_ACT_RU}.{{0,300}}$|\s*\n.{{0,300}}$)",
    re.IGNORECASE | re.DOTALL,
)
_APPENDIX_KY = re.compile(
    r"(?P<before>.{0,200}?)(?:(?P<number>\d{1,3}(?:[-–]\d{1,2})?)\s?[-–]?\s?)?тиркеме(?:си)?\s*[.:]?$",
    re.IGNORECASE | re.DOTALL,
)
_STAMP_KY = re.compile(
    r"(?:токтом|буйруг|чечим|мыйзам|жарлы|кеңеш|кенеш|министр|агентти|кабинет|өкмөт|республика|жобо|регламент|устав|бекит)\w*|№|\d{4}-?\s?ж",
    re.IGNORECASE,
)
_ACT_KY = re.compile(
    r"(?:токтом|буйруг|чечим|мыйзам|жарлы|жобо|регламент|устав|тартип|эреже|программа|келишим)\w*", re.IGNORECASE
)
_INNER = re.compile(
    r"\bк\s+(?:настоящ\w+\s+)?(?:положени|правил|регламент|порядк|инструкц|методик|устав|договор)", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:изложить|исключить|признать|дополнить|утвердить|считать|явля\w{3,5}|содерж\w{2,4}|примен\w{3,6}|прилага\w{3,5}|"
    r"сун\w{2,5}|берилет|каралат)\b",
    re.IGNORECASE,
)
_APPROVED = re.compile(r"(?:утвержд[её]н[оаы]?|бекитилген|бекитилди|бекитем)\b.{0,200}$", re.IGNORECASE | re.DOTALL)
_STAMP_LINE = re.compile(
    r"(?:к\s+(?:\w+\s+){0,4}"
    + _ACT_RU
    + r"|от\s+[«\"\d_]|№|(?:утвержд|бекит)\w+|"
    + _ACT_RU
    + r"\s|правительств\w*|кабинет\w*|"
    r"министерств\w*|кыргызской\s+республики|кыргыз\s+республикасынын|\d{4}-?\s?ж|[«\"]?\d{1,2}[»\"]?\s+\w+\s+\d{4})",
    re.IGNORECASE,
)
_DUTIES = (
    r"президент|премьер-министр|министр|председатель|торага|төрага|спикер|директор|статс-секретарь|начальник|руководитель|"
    r"заместитель|глава\s+(?:айыл|мэрии|администрации|города)|мэр|башчы|айыл\s+өкмөтүнүн\s+башчы|депутат|секретарь|катчы|жетекчи|"
    r"подпись|колу|м\.\s?[пo]\.|орун\s?басар"
)
_DUTY = re.compile(rf"(?:[\w«»\"“”,()-]{{1,40}}\s+){{0,10}}(?:{_DUTIES})\w{{0,8}}(?!\w)", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[А-ЯЁӨҮҢ]\.\s?){1,2}\s?[А-ЯЁӨҮҢ][а-яёөүң]{2,}|[А-ЯЁӨҮҢ][а-яёөүң]{2,}\s+(?:[А-ЯЁӨҮҢ]\.\s?){1,2}(?:\s|$)|_{4,}|аты-жөнү|\(подпись\)|Ф\.?И\.?О"
)
_PASSED = re.compile(
    r"(?:принят[оаы]?\s+(?:жогорку|законодательн|собрани|кенеш)|(?:кыргыз\s+республикасынын\s+)?жогорку\s+кеңеши\s+тарабынан)",
    re.IGNORECASE,
)
_AGREED = re.compile(r"(?:макулдашылды|макулдашылган|согласовано|согласован[оы]?)\s*:?", re.IGNORECASE)
_PRESIDENT = re.compile(
    r"(?:президент|кыргыз\s+республикасынын\s+(?:президенти|премьер-министри|министрлер)|премьер-министр|торага|төрага|председатель\s+кабинета)",
    re.IGNORECASE,
)

_SIGNATURE_LINE = 60
_SIGNATURE_LINES = 6
_SIGNATURE_ROWS = 2


@dataclass(frozen=True, slots=True)
class Appendix:
    """Where an appendix begins among the pieces.

    Attributes:
        start: first piece of its stamp.
        title: first piece behind the stamp.
        number: normalised number, or None.
        inner: its stamp names a document that is itself an appendix (``к Положению``).
    """

    start: int
    title: int
    number: str | None
    inner: bool


def find_appendices(pieces: Sequence[Piece], first: int) -> list[Appendix]:
    """Appendices in order; one before ``first``, where the body begins, is the document itself.

    ``Приложение 1 к приказу …``, ``… буйругуна 1-тиркеме`` with the stamp's lines before it, ``УТВЕРЖДЕНО …``.
    """
    found: list[Appendix] = []
    at = first + 1
    closed = False
    while at < len(pieces):
        piece = pieces[at]
        closed = closed or is_signature(piece)
        appendix = _appendix(pieces, at, found[-1].title if found else first + 1, closed=closed)
        if appendix is None:
            at += 1
        else:
            found.append(appendix)
            closed = False
            at = max(appendix.title, at + 1)
    return found


def _appendix(pieces: Sequence[Piece], at: int, low: int, *, closed: bool) -> Appendix | None:
    piece = pieces[at]
    text = piece.text
    if (
        piece.is_table
        or len(text) > 400
        or piece.note
        or (piece.mark and piece.mark.kind not in {MarkKind.SECTION, MarkKind.DECIMAL})
    ):
        return None
    lower = text.lower()
    if "приложение" in lower[:12] or lower.startswith("тиркеме"):
        match = _APPENDIX.match(text)
        if match is None or text[0].islower() or _VERB.search(text):
            return None
        number = _number(match["number"])
        title = _title(pieces, at + 1)
        stamp = " ".join(one.text for one in pieces[at:title])
        return Appendix(at, title, number, _INNER.search(stamp) is not None)
    if "тиркеме" in lower[-14:]:
        match = _APPENDIX_KY.fullmatch(text)
        if match is None or _VERB.search(text):
            return None
        start = _stamp_start(pieces, at, low)
        if match["before"].strip() and not _ACT_KY.search(match["before"]):
            return None
        return Appendix(start, _title(pieces, at + 1), _number(match["number"]), False)
    if closed and _APPROVED.match(text) and not ends_anyhow(text) and piece.mark is None:
        title = _title(pieces, at + 1)
        stamp = " ".join(one.text for one in pieces[at:title])
        return (
            Appendix(at, title, None, False)
            if re.search(_ACT_RU + "|" + _ACT_KY.pattern, stamp, re.IGNORECASE)
            else None
        )
    return None


def _number(printed: str | None) -> str | None:
    return numbers.arabic(printed) if printed and printed[0].isdigit() else printed or None


def _stamp_start(pieces: Sequence[Piece], at: int, low: int) -> int:
    """First line of a Kyrgyz stamp, whose last line names the appendix."""
    start = at
    while start > low and at - start < 6:
        before = pieces[start - 1]
        if before.mark or before.note or before.is_table or len(before.text) > 150 or ends_anyhow(before.text):
            break
        if is_signature(before) or is_dash(before.text) or not _STAMP_KY.search(before.text):
            break
        start -= 1
    return start


def _title(pieces: Sequence[Piece], at: int) -> int:
    """First piece behind the lines of a stamp."""
    end = at
    while end < len(pieces) and end - at < 6:
        piece = pieces[end]
        if piece.mark or piece.is_table or len(piece.text) > 200 or not _STAMP_LINE.match(piece.text):
            break
        if is_capitals(piece.text) and not _APPROVED.match(piece.text):
            break
        end += 1
    return end


def is_signature(piece: Piece) -> bool:
    """Whether a paragraph signs or passes an act: ``Президент … С. Үлгүлүев``, ``Принят Жогорку Кенешем``."""
    text = piece.text
    if piece.is_table:
        # Duty and name are often set as the cells of one row.
        if len(piece.block.rows) > _SIGNATURE_ROWS:
            return False
        text = " ".join(text.split())
    if not text or piece.note or len(text) > 220 or text[-1] in ";," or is_dash(text):
        return False
    if _PASSED.match(text) or _AGREED.fullmatch(text):
        return True
    if _PRESIDENT.match(text) and len(text) < 80 and not ends_anyhow(text):
        return True
    duty = _DUTY.match(text)
    name = _NAME.search(text, duty.end()) if duty is not None else None
    # A clause may name an official too: «… жүктөлсүн», «… возложить на …» go on behind the name.
    return name is not None and len(text) - name.end() <= 30 and text[-1] != "."


def find_conclusions(pieces: Sequence[Piece], *, structured: bool) -> int:
    """Index of the first piece of the signatures that close a scope; the number of pieces if there are none.

    Args:
        pieces: pieces of the scope.
        structured: whether it has articles or clauses; else only the last lines are looked at, and what an outlined
            heading stands over is that heading's.
    """
    low = 0 if structured else max(0, len(pieces) - 15)
    for index in range(len(pieces) - 1, -1, -1):
        heads = not structured and pieces[index].look.outline is not None
        if pieces[index].mark is not None or heads:
            low = max(low, index + 1)
            break
    for index in range(low, len(pieces)):
        if not is_signature(pieces[index]) and not _begins_signature(pieces, index):
            continue
        # «Үлгү айылдык» above «кеңешинин төрагасы У. Үлгүлүев» is the signature's first line.
        first = index
        while first > low and _leads_to_signature(pieces[first - 1]):
            first -= 1
        return first
    return len(pieces)


def _begins_signature(pieces: Sequence[Piece], start: int) -> bool:
    """Whether short paragraphs from here on sign together: ``Председатель`` / ``Кабинета Министров`` / ``У. Үлгүлүев``.

    The first must be or begin with a duty, the last must end with a name.
    """
    lines: list[str] = []
    for piece in pieces[start : start + _SIGNATURE_LINES]:
        if not _leads_to_signature(piece):
            return False
        lines.append(piece.text)
        text = " ".join(lines)
        if len(lines) == 1 and _DUTY.match(text) is None:
            return False
        name = _NAME.search(text)
        if name is not None:
            return _DUTY.match(text) is not None and len(text) - name.end() <= 30
    return False


def _leads_to_signature(piece: Piece) -> bool:
    text = piece.text
    short = len(text) <= _SIGNATURE_LINE and not (piece.is_table or piece.note or piece.mark)
    return short and not ends_anyhow(text) and text[-1] != "," and not is_dash(text) and text[0].isupper()


def title_of(pieces: Sequence[Piece], looks: Looks) -> int:
    """How many of an appendix's first pieces are its title."""
    count = 0
    for piece in pieces[:6]:
        text = piece.text
        if piece.mark or piece.is_table or piece.note or len(text) > 250 or ends_anyhow(text) or is_dash(text):
            break
        if (
            looks.known
            and count
            and not looks.emphasised(piece.look)
            and not is_capitals(text)
            and looks.emphasised(pieces[0].look)
        ):
            break
        count += 1
    return count
