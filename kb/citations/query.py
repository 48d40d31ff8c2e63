"""A query that is a citation, as people type it: ``ст 12 закона 127``, ``27-берене``, ``17.5``, ``гк 671``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.citations.codes import find_abbreviations
from kb.citations.dates import find_dates
from kb.citations.fold import fold
from kb.citations.model import ActName, Citation, Step, UnitCitation
from kb.citations.names import NameFinder, Noun
from kb.citations.numbers import DIGITS, read_digits
from kb.citations.units import UnitGroup, find_units
from kb.documents import Kind, Level
from kb.language.model import Language

#: Longest query that is looked at.
LONGEST = 300
#: Words that may stand beside a citation: a person's other hints.
_SPARE = 3
#: Words that say nothing of what is asked for.
_NOISE_WORDS = """
кр кырнын крнын кыргызской республики кыргызская республика кыргызстана кыргыз республикасы республикасынын от
за года год г году жыл жылы жылдын ж и жана в из о по текст номер номери no n деген
"""
_NOISE = frozenset(_NOISE_WORDS.split())
#: Words of citations, in the forms that are typed most, for typing errors of one letter.
_KEYWORD_FORMS = """
статья статьи статье статью статьей пункт пункта подпункт часть части абзац закон закона законе кодекс кодекса
указ указа постановление постановления приказ приказа конституция конституции положение положения устав устава
берене беренеси беренесинин берененин бөлүк бөлүгү бөлүгүнүн пунктча мыйзам мыйзамы мыйзамынын мыйзамдын
кодекси кодексинин токтом токтому токтомунун буйрук буйругу жарлык жарлыгы
"""
_KEYWORDS = tuple(_KEYWORD_FORMS.split())
_FOLDED_KEYWORDS = frozenset(map(fold, _KEYWORDS))
_SHORTEST = 5
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = r"[0-9]{1,5}(?:[-/][0-9]{1,5}){0,3}(?:-?[а-я](?![а-я]))?"
_SIGN = r"(?:№|n[oо°]?\.?(?![а-яa-z])|номер)"
_SIGNED = re.compile(rf"(?<![а-яa-z0-9]){_SIGN}\s{{0,3}}(?P<number>{_NUMBER})(?![0-9/а-яa-z.])")
_SLASHED = re.compile(r"(?<![0-9/.])(?P<number>[0-9]{1,4}(?:-[0-9]{1,4})?/[0-9]{1,5})(?![0-9/])")
_YEAR = re.compile(
    r"(?<![0-9./-])(?P<year>(?:19|20)[0-9]{2})(?![0-9./])(?:\s?-?\s?(?:жыл[а-я]{0,6}|года?|г\.?|ж\.?)(?![а-я]))?"
)
#: A level word that takes the number before it, having none behind.
_OWN = r"\s?-?\s?(?:берене|статья|пункт|болу[кг]|ст(?![а-я]))[а-я.]{0,10}(?!\s{0,2}[0-9])"
_BEHIND = re.compile(rf"\s{{1,3}}(?:кр\s{{1,3}})?(?P<number>{_NUMBER})(?![0-9/а-яa-z.]|{_OWN})")
_BEFORE = re.compile(rf"(?<![0-9./№-])(?P<number>{_NUMBER})\s?-?\s{{0,2}}(?:кр\s{{1,3}})?$")
_LEVEL_BEFORE = re.compile(r"(?:стат[а-я]{1,4}|ст\.?|пункт[а-я]{0,3}|п\.?|част[а-я]{1,3}|ч\.?|глав[а-я]{1,2})\s{0,2}$")
_ALONE = re.compile(r"\s*(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3}){1,3})\.?\s*")
#: Words beside an abbreviation that show it to be a Russian one.
_RUSSIAN = re.compile(r"(?<![а-я])(?:стать|ст(?![а-я])|част|ч\.|[а-я]{2,3}\s{1,3}кр(?![а-я]))")
#: ``ст12``.
_GLUED = re.compile(r"(?<![^\W_])([^\W\d_]{1,6}\.?)(?=[0-9])")


@dataclass(frozen=True, slots=True)
class QueryCitation:
    """A query read as a citation.

    Attributes:
        citation: the citation.
        spare: words of the query beside it, as typed.
        language: language of its words, None where they may be of either.
    """

    citation: Citation
    spare: tuple[str, ...]
    language: Language | None


def read_query(text: str) -> QueryCitation | None:
    """Read a query as a citation.

    ``ст. 12 закона № 127``, ``123 мыйзам 12 берене``, ``статья 193-1 гк``, ``№ 123 2021``, ``17.5``.

    Args:
        text: the query as typed.

    Returns:
        The citation, its offsets into the query with its slips put right, or None where the words ask for something
        else (``30 дней``, ``2021 бюджет``).
    """
    if not text.strip() or len(text) > LONGEST or "\n" in text.strip():
        return None
    mended = _mend(_GLUED.sub(r"\1 ", text))
    return _decimal(mended) or _Reading(mended).read()


def _mend(text: str) -> str:
    """The text with keywords that miss by one letter put right where that keeps its length, else as it is."""
    return _WORD.sub(lambda match: _mend_word(match.group()), text)


def _mend_word(word: str) -> str:
    folded = fold(word)
    if len(word) < _SHORTEST or folded in _FOLDED_KEYWORDS:
        return word
    for keyword in _KEYWORDS:
        if len(keyword) >= _SHORTEST and abs(len(keyword) - len(word)) <= 1 and _one_off(folded, fold(keyword)):
            return keyword
    return word


def _one_off(one: str, other: str) -> bool:
    """Whether one letter changed, left out, put in or two beside each other swapped make ``one`` of ``other``."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[1:] == shorter


def _decimal(text: str) -> QueryCitation | None:
    """``17.5`` alone is a clause; ``12.05.2021`` is a date."""
    match = _ALONE.fullmatch(text)
    if match is None or find_dates(text) or not re.fullmatch(DIGITS, match["number"]):
        return None
    step = Step(Level.POINT, read_digits(match["number"]))
    unit = UnitCitation(match.start("number"), match.end("number"), (step,))
    return QueryCitation(Citation(unit.start, unit.end, None, (unit,)), (), None)


class _Reading:
    """Reads one query: first the act, then units in what is left."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.used: list[tuple[int, int]] = []
        self.name: ActName | None = None
        self.language: Language | None = None

    def read(self) -> QueryCitation | None:
        self._dated()
        left = self._left()
        groups = find_units(left, fold(left), loose=True)
        units = self._units(groups)
        if self.name is not None and not units and not self.name.number:
            units = self._number_of_unit(self.name)
        spare = self._spare()
        if not self._is_citation(units, spare):
            return None
        start = min(start for start, _ in self.used)
        end = max(end for _, end in self.used)
        language = self.language or next((group.language for group in groups if group.language), None)
        return QueryCitation(Citation(start, end, self.name, tuple(units), language), tuple(spare), language)

    # --- the act

    def _dated(self) -> None:
        finder = NameFinder(self.text)
        for mention in finder.mentions():
            if not mention.name.telling:
                continue
            if self.name is None:
                self._take(mention.start, mention.end)
                # «Ушул мыйзам» of a query is no text's own act.
                self.name = replace(mention.name, this=False)
                self.language = mention.language
        self._named_short()
        noun = self._noun(finder.nouns)
        name = self.name or ActName()
        if name.kind is None and noun is not None:
            name = replace(name, kind=noun.kind)
            self.language = self.language or noun.language
        name = self._numbered(name, noun)
        if _RUSSIAN.search(self.folded):
            name = replace(name, codes=name.codes[:1])
        self.name = name if name != ActName() else None

    def _named_short(self) -> None:
        """An abbreviation in any case: ``гк 671``."""
        if self.name is not None:
            return
        for code in find_abbreviations(self.text, any_case=True):
            self._take(code.start, code.end)
            self.name = ActName(Kind.CODE, codes=code.keys)
            return

    def _noun(self, nouns: Sequence[Noun]) -> Noun | None:
        for noun in nouns:
            if not any(start < noun.end and noun.start < end for start, end in self.used):
                self._take(noun.start, noun.end)
                return noun
        return None

    def _numbered(self, name: ActName, noun: Noun | None) -> ActName:
        """Number, date and year of the act, wherever they stand."""
        if name.date is None:
            for date in find_dates(self.text):
                if date.date is not None and self._is_free(date.start, date.end):
                    name = replace(name, date=date.date)
                    self._take(date.start, date.end)
                    break
        if name.number is None:
            number = self._number(noun)
            if number is not None:
                name = replace(name, number=number)
        year = next((match for match in _YEAR.finditer(self.folded) if self._is_free(*match.span())), None)
        if year is not None and name.date is None and (name.number or name.kind is Kind.CONSTITUTION or name.codes):
            name = replace(name, year=int(year["year"]))
            self._take(*year.span())
        return name

    def _number(self, noun: Noun | None) -> str | None:
        for pattern in (_SIGNED, _SLASHED):
            for match in pattern.finditer(self.folded):
                if self._is_free(*match.span()):
                    self._take(*match.span())
                    return match["number"]
        if noun is None:
            return None
        before = _BEFORE.search(self.folded[: noun.start])
        if before and _LEVEL_BEFORE.search(self.folded[: before.start("number")]):
            before = None
        behind = _BEHIND.match(self.folded, noun.end)
        kyrgyz = noun.language is not Language.RU
        beside = before or behind if kyrgyz else behind or before
        if beside is None or not self._is_free(*beside.span("number")) or _YEAR.fullmatch(beside["number"]):
            return None
        self._take(*beside.span("number"))
        return beside["number"]

    # --- units

    def _units(self, groups: Sequence[UnitGroup]) -> list[UnitCitation]:
        units: list[UnitCitation] = []
        for group in groups:
            self._take(group.start, group.end)
            units += group.units
        if len(groups) == 1:
            return units
        return _joined(groups)

    def _number_of_unit(self, name: ActName) -> list[UnitCitation]:
        """``гк 671``: a number beside a code is an article; ``устав 17.5``: one with parts elsewhere is a clause."""
        if name.date or name.year or not (name.codes or name.kind):
            return []
        article = bool(name.codes) or name.kind is Kind.CONSTITUTION
        left = self._left()
        found = list(re.finditer(rf"(?<![0-9./№-]){DIGITS}(?:-[0-9]{{1,3}})?(?![0-9/а-яa-z])", fold(left)))
        if len(found) != 1:
            return []
        match = found[0]
        head, _, tail = match.group().partition("-")
        number = read_digits(head) + (f"-{tail}" if tail else "")
        if not article and "." not in number:
            return []
        self._take(*match.span())
        level = Level.ARTICLE if article else Level.POINT
        return [UnitCitation(match.start(), match.end(), (Step(level, number),))]

    # --- what is left

    def _take(self, start: int, end: int) -> None:
        self.used.append((start, end))

    def _is_free(self, start: int, end: int) -> bool:
        return not any(one < end and start < other for one, other in self.used)

    def _left(self) -> str:
        """The text with what was read blanked out by something that joins nothing."""
        left = self.text
        for start, end in self.used:
            left = left[:start] + "|" * (end - start) + left[end:]
        return left

    def _spare(self) -> list[str]:
        return [word for word in re.findall(r"\w[\w-]*", self._left()) if fold(word) not in _NOISE]

    def _is_citation(self, units: Sequence[UnitCitation], spare: Sequence[str]) -> bool:
        """Whether the query asks for a place and nothing else."""
        name = self.name
        sure = name is not None and bool(name.number or name.date or name.codes or name.title)
        if any(word[0].isdigit() for word in spare) or not self.used:
            return False
        if units:
            bounded = any(map(_is_bound, (step for unit in units for step in unit.path)))
            pointing = any(step.number is None for unit in units for step in unit.path)
            named = sure or (name is not None and name.kind is not None)
            return not pointing and (bounded or named) and len(spare) <= (_SPARE if sure else 0)
        if name is None:
            return False
        if name.codes or name.kind is Kind.CONSTITUTION or name.title:
            return not spare and not name.title
        return sure and len(spare) <= (_SPARE if name.kind and name.number else 0)


def _is_bound(step: Step) -> bool:
    """Whether a step alone asks for a place: an article, a point, a decimal number."""
    return step.level in (Level.ARTICLE, Level.POINT) or (step.level is Level.SUBPOINT and "." in (step.number or ""))


def _joined(groups: Sequence[UnitGroup]) -> list[UnitCitation]:
    """Steps that the act's name parts: ``п. 2 закона 127 ст. 12``."""
    steps: list[Step] = []
    for group in groups:
        if len(group.units) != 1:
            return [unit for one in groups for unit in one.units]
        steps += group.units[0].path
    ranks = [_RANKS.index(step.level) if step.level in _RANKS else -1 for step in steps]
    if len(set(ranks)) != len(ranks) or -1 in ranks:
        return [unit for one in groups for unit in one.units]
    ordered = tuple(step for _, step in sorted(zip(ranks, steps, strict=True), key=lambda pair: pair[0]))
    return [UnitCitation(groups[0].start, groups[-1].end, ordered)] if ordered else []


_RANKS = (Level.ARTICLE, Level.PARAGRAPH, Level.POINT, Level.SUBPOINT, Level.ALINEA)
