"""Acts that a text names by kind, date and number, Russian and Kyrgyz."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kb.citations.dates import find_dates
from kb.citations.fold import fold, hide_quotations
from kb.citations.model import ActCitation, DateCitation, KindCitation, NumberCitation
from kb.documents import ActReference, Kind
from kb.language.model import Language

_RU_MASC = "(?:а|у|ом|е|ы|ов|ам|ами|ах)?"
_RU_NEUT = "(?:е|я|ю|ем|и|й|ям|ями|ях)"
#: Kind words, folded; their order matters where one begins like another.
_KINDS: tuple[tuple[str, Kind, Language | None], ...] = (
    (rf"кодекс{_RU_MASC}", Kind.CODE, None),
    (r"кодекс(?:т[еи]р|тин|ти|ке|те|тен|и)[а-я]{0,9}", Kind.CODE, Language.KY),
    (r"конституци(?:я|и|ю|ей|ям|ями)", Kind.CONSTITUTION, None),
    (r"конституция(?:сы|нын|ны|га|да)[а-я]{0,8}", Kind.CONSTITUTION, Language.KY),
    (rf"закон{_RU_MASC}", Kind.LAW, Language.RU),
    (r"мыйзам(?:дар)?(?:ы|ын|ынын|ына|ында|ындагы|ынан|дын|га|да|дагы|дан|ды|нын)?", Kind.LAW, Language.KY),
    (rf"указ{_RU_MASC}", Kind.DECREE, Language.RU),
    (r"жарлы(?:к|г|кт)[а-я]{0,12}", Kind.DECREE, Language.KY),
    (rf"постановлени{_RU_NEUT}", Kind.RESOLUTION, Language.RU),
    (r"токтом(?:дор)?(?:у|ун|унун|уна|унда|ундагы|унан|дун|го|до|догу|дон|ду)?", Kind.RESOLUTION, Language.KY),
    (rf"приказ{_RU_MASC}", Kind.ORDER, Language.RU),
    (r"буйру(?:к|г|кт)[а-я]{0,12}", Kind.ORDER, Language.KY),
    (rf"распоряжени{_RU_NEUT}", Kind.ORDER, Language.RU),
    (r"тескеме(?:лер)?(?:си|син|синин|сине|нин|ге)?", Kind.ORDER, Language.KY),
    # Courts decide too, and their decisions are no resolutions of a council or cabinet.
    (rf"решени{_RU_NEUT}(?=.{{0,60}}(?:суд|палат))", Kind.OTHER, Language.RU),
    (rf"решени{_RU_NEUT}", Kind.RESOLUTION, Language.RU),
    (r"чечим(?:дер)?(?:и|ин|инин|ине|инде|индеги|дин|ге)?", Kind.RESOLUTION, Language.KY),
)
_KIND = re.compile(
    "(?<![а-яa-z])(?:" + "|".join(f"(?P<k{at}>{words})" for at, (words, _, _) in enumerate(_KINDS)) + ")(?![а-яa-z])"
)
_PIECE = r"(?:[0-9][0-9оОзЗO]{0,8})"
_NUMBER = re.compile(
    r"(?:№{1,2}|(?<![A-Za-zА-Яа-я])N[oо°]?\.?)\s{0,6}"
    r"(?P<number>(?:[А-ЯA-Z]{1,5}-?)?(?:" + _PIECE + r"|З[0-9][0-9оО]{0,7})"
    r"(?:(?:[-‑–]| ?/ ?|\.)(?:" + _PIECE + r"|[А-ЯA-Z]{1,4}(?=[-‑–][0-9])|[IVXLХ]{1,7}(?![А-Яа-яA-Za-z])))*"
    r"(?:[-‑–/]?[а-яөүң](?![А-Яа-яөүңA-Za-z])|[-‑–/]\(?[А-ЯӨҮҢA-Z]{1,6}(?![А-Яа-яөүңA-Za-z])\)?)?)"
)
#: What may stand between a date and the number of the same act, and the other way round.
_JOINT = re.compile(r"[\s,]{0,60}(?:(?:года?|г\.?|ж\.?|за|уп|пп|пж|ук)[\s,]{0,8})?")
_REVERSE = re.compile(r"[\s,(]{0,60}(?:от\s{0,5})?")
#: What may stand between the acts of one list.
_LIST = re.compile(r"\s{0,8}[,;]?\s{0,8}(?:(?:и|жана|а также|ошондой эле)\s{1,8})?(?:от\s{1,8})?")
_FROM = re.compile(r"(?:от|за)\s{0,6}$")
#: A sentence ends between two parts of a text: they belong to different acts.
#: The date and number behind the name of a paper are those of its issue.
_BREAK = re.compile(r"(?<=[а-я)]{3})[.;]\s+[а-яa-z]|\n\s*\n|(?<![а-я])(?:газет|ведомост|бюллетен|жарчы)")
#: How far a kind word may stand from its date and number: titles are hidden but keep their length.
_REACH = 1_500


class _Pair:
    """Date and number of one act, as tokens of the text."""

    __slots__ = ("date", "end", "number", "start")

    def __init__(self, date: DateCitation | None, number: NumberCitation | None) -> None:
        parts = [part for part in (date, number) if part is not None]
        self.date = date
        self.number = number
        self.start = min(part.start for part in parts)
        self.end = max(part.end for part in parts)


def find_numbers(text: str) -> list[NumberCitation]:
    """Numbers of acts in ``text`` in their order: ``№ 01-18/48``, ``N 57``, ``№ 279-б``, also over a line feed."""
    return [
        NumberCitation(match.start(), match.end(), _tidy_number(match["number"])) for match in _NUMBER.finditer(text)
    ]


def _tidy_number(number: str) -> str:
    plain = re.sub(r"[‑–]", "-", re.sub(r"\s", "", number))
    plain = re.sub(r"(?<=[0-9])[ОоO]|[ОоO](?=[0-9])", "0", plain)
    return re.sub(r"[Зз](?=[0-9])", "3", plain)


def find_kinds(text: str) -> list[KindCitation]:
    """Words for kinds of acts in ``text`` in any case form, in their order (``мыйзамдарынын`` → law)."""
    return _kinds(fold(text))


def _kinds(folded: str) -> list[KindCitation]:
    found = []
    for match in _KIND.finditer(folded):
        _, kind, language = _KINDS[int((match.lastgroup or "k0")[1:])]
        found.append(KindCitation(match.start(), match.end(), kind, language))
    return found


def find_acts(text: str) -> list[ActCitation]:
    """Acts that ``text`` names by at least two of kind, date and number, in their order.

    ``(В редакции Законов КР от 29 апреля 1997 года № 29, 15 октября 1997 года № 76)`` names two, as does
    ``КР 2013-жылдын 9-июлундагы N 127, 2019-жылдын 8-июлундагы N 83 мыйзамдары``.

    Args:
        text: any text, line feeds included; names in quotation marks are passed over.

    Returns:
        Each act once for each time it is named.
    """
    plain = hide_quotations(text)
    folded = fold(plain)
    kinds = _kinds(folded)
    pairs = _pairs(find_dates(plain), find_numbers(plain), folded)
    found = []
    for group in _groups(pairs, folded):
        kind = _kind_of(group, kinds, folded)
        found += _citations(group, kind)
    return found


def _pairs(dates: Sequence[DateCitation], numbers: Sequence[NumberCitation], folded: str) -> list[_Pair]:
    """Dates joined to the numbers beside them; a number alone stays alone."""
    tokens: list[DateCitation | NumberCitation] = sorted([*dates, *numbers], key=lambda token: token.start)
    pairs: list[_Pair] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        between = folded[token.end : after.start] if after else ""
        match token, after:
            case DateCitation(), NumberCitation() if _JOINT.fullmatch(between):
                pairs.append(_Pair(token, after))
                at += 1
            case NumberCitation(), DateCitation() if _REVERSE.fullmatch(between) and "от" in between:
                pairs.append(_Pair(after, token))
                at += 1
            case DateCitation(), _:
                pairs.append(_Pair(token, None))
            case NumberCitation(), _:
                pairs.append(_number_alone(token, pairs, folded))
        at += 1
    return pairs


def _number_alone(number: NumberCitation, before: Sequence[_Pair], folded: str) -> _Pair:
    """``от 17 февраля 2003 года № 38, № 39``: the second number has the date of the first."""
    if before and before[-1].number and before[-1].date and _LIST.fullmatch(folded[before[-1].end : number.start]):
        pair = _Pair(None, number)
        pair.date = before[-1].date
        return pair
    return _Pair(None, number)


def _groups(pairs: Sequence[_Pair], folded: str) -> list[list[_Pair]]:
    """Pairs that form a list under one kind word."""
    groups: list[list[_Pair]] = []
    for pair in pairs:
        if groups and _LIST.fullmatch(folded[groups[-1][-1].end : pair.start]):
            groups[-1].append(pair)
        else:
            groups.append([pair])
    return groups


def _kind_of(group: Sequence[_Pair], kinds: Sequence[KindCitation], folded: str) -> KindCitation | None:
    """The kind word that a list of dates and numbers belongs to: in Russian before it, in Kyrgyz behind it."""
    first, last = group[0], group[-1]
    at = bisect_right(kinds, first.start, key=lambda kind: kind.end)
    before = kinds[at - 1] if at else None
    at = bisect_left(kinds, last.end, key=lambda kind: kind.start)
    after = kinds[at] if at < len(kinds) else None
    language = first.date.language if first.date else None
    russian = language is Language.RU or _FROM.search(folded[max(first.start - 10, 0) : first.start]) is not None
    if not russian and after and after.language is not Language.RU and _reaches(folded, last.end, after.start):
        return after
    if before is None or not _reaches(folded, before.end, first.start):
        return None
    if before.language is Language.KY or (language is Language.KY or first.date is None):
        near = folded[before.end : first.start]
        return before if re.fullmatch(r"[\s,(]{0,6}", near) or _bodies_only(near, before) else None
    return before


def _bodies_only(between: str, kind: KindCitation) -> bool:
    """Whether nothing but the state's name stands between a Russian kind word and a number (``Законом КР № 3``)."""
    return kind.language is not Language.KY and re.fullmatch(r"\s*(?:кр|кыргызской республики)\s*", between) is not None


def _reaches(folded: str, start: int, end: int) -> bool:
    return end - start <= _REACH and _BREAK.search(folded, start, end) is None


def _citations(group: Sequence[_Pair], kind: KindCitation | None) -> list[ActCitation]:
    found = []
    for at, pair in enumerate(group):
        known = sum(part is not None for part in (kind, pair.date, pair.number))
        if known < 2:
            continue
        start, end = pair.start, pair.end
        if kind and at == 0:
            start = min(start, kind.start)
        if kind and at == len(group) - 1:
            end = max(end, kind.end)
        date = pair.date.date if pair.date else None
        reference = ActReference(kind.kind if kind else None, date, pair.number.number if pair.number else None)
        found.append(ActCitation(start, end, reference, pair.date is not None and date is None))
    return found
