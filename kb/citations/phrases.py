"""Words for levels joined to the numbers beside them: ``статьями 15 и 16, 20–24``, ``102-117-беренелерине``.

In Russian numbers stand behind the word; in Kyrgyz before it, joined by a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.citations.levels import LEVEL, LevelWord, read_level
from kb.citations.model import Step
from kb.citations.numbers import DIGITS, ORDINAL, ROMAN, parts, read_digits, read_ordinal, read_roman
from kb.documents import Level
from kb.language.model import Language

_THIS = r"настоящ(?:ей|его|ем|им|ему|ая|ий|ие|их|ими|ую)|ушул"
#: Words that point at a unit named before, which only a reader can follow.
_THAT = (
    r"указанн(?:ой|ого|ом|ым|ому|ых|ая|ый)|данн(?:ой|ого|ом|ым|ому|ых|ая|ый)|этой|этого|этом|этому|этим"
    r"|той же|того же|аталган|бул|ошол|корсотулгон"
)
_TOKEN = re.compile(
    r"(?<![а-яa-z0-9_])(?:"
    rf"(?P<this>{_THIS})(?![а-яa-z])"
    rf"|(?P<that>{_THAT})(?![а-яa-z])"
    rf"|(?P<ordinal>{ORDINAL})(?![а-яa-z])"
    rf"|(?P<level>{LEVEL})"
    r"|[«\"“„](?P<quoted>[а-яё])[»\"”“]"
    r"|(?P<letter>[а-яё])\)"
    rf"|(?P<roman>{ROMAN})(?![а-яa-z0-9])"
    r"|(?P<bare>[абгдежз])(?=\s)"
    r")"
    rf"|(?<![а-яa-z0-9_№/])(?P<digits>{DIGITS})(?![0-9/%]|\.[0-9]|[а-яa-z])"
)
_NUMBERS = frozenset({"ordinal", "quoted", "letter", "roman", "digits", "bare"})
_AND = r"(?:и|или|либо|жана|же|а также|ошондой эле|да)"
_SEPARATOR = re.compile(
    rf"\)?\s{{0,3}}-?\s?,\s{{0,3}}(?:{_AND}\s{{1,3}})?|\)?\s{{0,2}}-?\s{{1,3}}{_AND}\s{{1,3}}|\)?;\s{{0,3}}"
)
_DASH = re.compile(r"\s{0,3}\.?\s{0,3}-\s{0,3}")
_FROM_TO = re.compile(r"\s{1,3}(?:по|до)\s{1,3}")
_AFTER_LEVEL = re.compile(r"[.\s]{0,3}(?:№\s{0,2})?")
_BEFORE_LEVEL = re.compile(r"\s?\.?\s?-\s?|\.?\s{1,2}")
_SPACED_DASH = re.compile(r"\s{1,3}-\s{1,3}")
#: What makes a number a measure or a date and no number of a unit.
_MEASURE = re.compile(
    r"\s{0,3}-?\s{0,2}(?:дн|день|рабоч|календарн|лет|год|г\.|месяц|мес\.|недел|час(?:а|ов|ы|у)?(?![а-я])|минут|сом|тыс|млн|процент|%|раз[а\s]|человек"
    r"|экземпляр|кв\.|га(?![а-я])|метр|км|январ|феврал|март|апрел|ма[йя](?![а-я])|июн|июл|август|сентябр|октябр|ноябр|декабр"
    r"|жыл|ж\.|кун|ай(?![а-я])|саат|мунот|пайыз|киши|адам|жаш)"
)
_NUMBER_SIGN = re.compile(r"(?:№|(?<![а-яa-z])n[oо°]?\.?)\s{0,3}$")
#: Numbers in one list.
_MOST = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A level word, a number, or a word that points; ``start`` and ``end`` are offsets into the text."""

    kind: str
    start: int
    end: int
    word: str
    level: LevelWord | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a list, or a range of numbers."""

    start: int
    end: int
    number: str
    until: str | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A level word with its numbers; without numbers where it points (``настоящей статьи``).

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        word: the level word.
        numbers: its numbers in order.
        pointing: ``this``, ``that`` or empty.
        before: whether the numbers stand before the word, as in Kyrgyz.
        hyphen: whether a hyphen joins them.
    """

    start: int
    end: int
    word: LevelWord
    numbers: tuple[Number, ...] = ()
    pointing: str = ""
    before: bool = False
    hyphen: bool = False

    @property
    def level(self) -> Level:
        """Its level; часть with a Roman number is a part of the act."""
        return self.word.level

    def steps(self) -> tuple[tuple[Number | None, Step], ...]:
        """Its numbers as steps, one that points without a number."""
        if self.pointing:
            return ((None, Step(self.level, None, this=self.pointing == "this")),)
        return tuple((one, Step(self.level, one.number, one.until, one.doubtful)) for one in self.numbers)


def tokenize(text: str, folded: str) -> list[Token]:
    """Level words, numbers and pointing words in their order; ``folded`` is the text folded."""
    tokens = []
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup or ""
        word = match[kind]
        start, end = match.start(), match.end()
        number = ""
        level = None
        if kind == "level":
            level = read_level(word)
        elif kind == "digits":
            number = read_digits(word)
        elif kind == "ordinal":
            number = read_ordinal(word)
        elif kind == "roman":
            # A single Cyrillic letter in lower case is a preposition (``с``).
            shown = text[start:end]
            number = (read_roman(word) or "") if shown.isupper() or shown.isascii() else ""
            kind = "roman" if number else "bare" if word in "абгдежз" else "other"
        if kind in ("quoted", "letter", "bare"):
            number = word
        tokens.append(Token(kind, start, end, word, level, number))
    return tokens


def find_phrases(text: str, folded: str, *, loose: bool = False) -> list[Phrase]:
    """Level words with their numbers, in order.

    Args:
        text: the text.
        folded: the same, folded.
        loose: whether a number may stand before any level word without a hyphen, as people type queries
            (``12 берене``, ``12 статья``).
    """
    reader = _Reader(text, folded, tokenize(text, folded), loose)
    phrases: list[Phrase] = []
    at = 0
    while at < len(reader.tokens):
        phrase, after = reader.phrase(at)
        if phrase is not None:
            phrases.append(phrase)
        at = max(after, at + 1)
    return phrases


class _Reader:
    """Reads phrases off the tokens of one text."""

    def __init__(self, text: str, folded: str, tokens: Sequence[Token], loose: bool) -> None:  # noqa: FBT001
        self.text = text
        self.folded = folded
        self.tokens = tokens
        self.loose = loose
        #: Where the last phrase ended if a number before its word was its own.
        self.chained = -1

    def gap(self, at: int) -> str:
        """What stands between the token and the next one; None-like where there is no next."""
        if at + 1 >= len(self.tokens):
            return "\0"
        return self.folded[self.tokens[at].end : self.tokens[at + 1].start]

    def phrase(self, at: int) -> tuple[Phrase | None, int]:
        token = self.tokens[at]
        if token.kind in ("this", "that"):
            return self._pointing(at)
        if token.kind in _NUMBERS:
            return self._before(at)
        if token.level is not None:
            return self._behind(at)
        return None, at + 1

    def _pointing(self, at: int) -> tuple[Phrase | None, int]:
        token = self.tokens[at]
        if at + 1 < len(self.tokens) and re.fullmatch(r"\s{1,3}", self.gap(at)):
            after = self.tokens[at + 1]
            if after.level is not None and not after.level.short:
                return Phrase(token.start, after.end, after.level, pointing=token.kind), at + 2
        return None, at + 1

    def _behind(self, at: int) -> tuple[Phrase | None, int]:
        """Level word, then numbers: ``статьями 15 и 16``."""
        token = self.tokens[at]
        word = token.level
        if word is None or at + 1 >= len(self.tokens) or not _AFTER_LEVEL.fullmatch(self.gap(at)):
            return None, at + 1
        if self.tokens[at + 1].kind not in _NUMBERS or (word.language is Language.KY and not self.loose):
            return None, at + 1
        numbers, after = self._numbers(at + 1, word)
        if not numbers:
            return None, at + 1
        return Phrase(token.start, numbers[-1].end, word, tuple(numbers)), after

    def _before(self, at: int) -> tuple[Phrase | None, int]:
        """Numbers, then the level word: ``20 жана 68-беренелерине``, ``биринчи абзацында``, ``«а» пунктчасы``."""
        if _NUMBER_SIGN.search(self.folded[max(self.tokens[at].start - 8, 0) : self.tokens[at].start]):
            return None, at + 1
        last = self._last_of_list(at)
        word = self.tokens[last + 1].level if last + 1 < len(self.tokens) else None
        if word is None:
            # No later start of the same list fares better; of one that is too long the rest is read.
            return None, last + 1 if last - at < _MOST else last
        gap = self.gap(last)
        if word is None or not _BEFORE_LEVEL.fullmatch(gap) or not self._precedes(last, word, gap):
            return None, at + 1
        numbers, after = self._numbers(at, word, last=last)
        if not numbers or after != last + 1:
            return None, at + 1
        end = self.tokens[last + 1].end
        self.chained = end
        return Phrase(numbers[0].start, end, word, tuple(numbers), before=True, hyphen="-" in gap), last + 2

    def _precedes(self, last: int, word: LevelWord, gap: str) -> bool:
        """Whether the number before a level word belongs to it."""
        token = self.tokens[last]
        if word.short and not ("-" in gap or self.loose):
            return False
        if word.language is Language.RU and not (self.loose and not self._has_number_behind(last + 1)):
            # «второй абзац» is said in Russian too, «пунктами 4 и 6 пункта 1» is not of this kind.
            return token.kind == "ordinal" and word.level in (Level.ALINEA, Level.PARAGRAPH) and word.language is None
        if token.kind in ("ordinal", "quoted", "letter", "roman"):
            return word.language is Language.KY or "-" in gap or token.kind == "ordinal"
        if token.kind == "bare":
            return word.level is Level.SUBPOINT and word.language is Language.KY
        chained = self.folded[self.chained : token.start] if self.chained >= 0 else "\0"
        if "-" in gap or (chained.isspace() and word.language is not Language.RU and not word.short):
            return True
        decimal = "." in token.number and word.language is None and "." in gap
        if word.language is Language.KY:
            return word.level is Level.ARTICLE or self.loose or "." in gap
        return decimal or (self.loose and not self._has_number_behind(last + 1))

    def _has_number_behind(self, at: int) -> bool:
        return (
            at + 1 < len(self.tokens)
            and self.tokens[at + 1].kind in _NUMBERS
            and _AFTER_LEVEL.fullmatch(self.gap(at)) is not None
        )

    def _last_of_list(self, at: int) -> int:
        last = at
        while (
            last + 1 < len(self.tokens)
            and last - at < _MOST
            and self.tokens[last + 1].kind in _NUMBERS
            and (self._joins(self.gap(last)) or _DASH.fullmatch(self.gap(last)))
        ):
            last += 1
        return last

    @staticmethod
    def _joins(gap: str) -> bool:
        return _SEPARATOR.fullmatch(gap) is not None

    def _numbers(self, at: int, word: LevelWord, *, last: int | None = None) -> tuple[list[Number], int]:
        """Numbers from a token on, up to ``last`` where that is given, and the token behind them."""
        found: list[Number] = []
        while at < len(self.tokens) and self.tokens[at].kind in _NUMBERS and len(found) < _MOST:
            number, after = self._number(at, word, last)
            if number is None:
                break
            found.append(number)
            at = after
            if last is not None and at > last:
                break
            if at >= len(self.tokens) or not self._joins(self.gap(at - 1)) or self.tokens[at].kind not in _NUMBERS:
                break
        return found, at

    def _number(self, at: int, word: LevelWord, last: int | None) -> tuple[Number | None, int]:
        """A number or range; numbers that a hyphen joins are one (``193-1``) where the second is no greater."""
        token = self.tokens[at]
        if not self._fits(token, word) or (last is None and _MEASURE.match(self.folded, token.end)):
            return None, at
        first, end, at = self._inserted(at, last)
        number = Number(token.start, end, first)
        if (last is not None and at > last) or at >= len(self.tokens):
            return number, at
        gap = self.gap(at - 1)
        after = self.tokens[at]
        if after.kind != token.kind or not (_DASH.fullmatch(gap) or _FROM_TO.fullmatch(gap)):
            return number, at
        if last is None and _MEASURE.match(self.folded, after.end):
            return number, at
        raw = self.text[number.end : after.start]
        until, end, at = self._inserted(at, last)
        tight = token.kind == "digits" and not _SPACED_DASH.fullmatch(gap) and "-" in gap
        long_dash = any(dash in raw for dash in "–—")
        if not tight or word.plural or (word.plural is None and long_dash):
            return replace(number, until=until, end=end), at
        if word.plural is None or long_dash:
            return replace(number, until=until, end=end, doubtful=True), at
        return replace(number, number=f"{first}-{until}", end=end), at

    def _inserted(self, at: int, last: int | None) -> tuple[str, int, int]:
        """A number with those joined to it by a hyphen that make it one of inserted ones: ``233-17``, ``738 -58``."""
        token = self.tokens[at]
        number, end = token.number, token.end
        at += 1
        while (
            token.kind == "digits"
            and at < len(self.tokens)
            and (last is None or at <= last)
            and self.tokens[at].kind == "digits"
            and _DASH.fullmatch(self.gap(at - 1))
            and not _SPACED_DASH.fullmatch(self.gap(at - 1))
            and _is_inserted(number, self.tokens[at].number)
        ):
            number, end = f"{number}-{self.tokens[at].number}", self.tokens[at].end
            at += 1
        return number, end, at

    @staticmethod
    def _fits(token: Token, word: LevelWord) -> bool:
        """Whether a level is numbered in this way."""
        match token.kind:
            case "ordinal":
                return word.level not in (Level.ARTICLE, Level.APPENDIX, Level.SUBPOINT)
            case "roman":
                return word.level in (
                    Level.SECTION, Level.CHAPTER, Level.PARAGRAPH, Level.SUBCHAPTER, Level.APPENDIX, Level.POINT,
                )  # fmt: skip
            case "quoted" | "letter":
                return word.level in (Level.SUBPOINT, Level.POINT, Level.PARAGRAPH)
            case "bare":
                return word.level is Level.SUBPOINT
        return True


def _is_inserted(number: str, after: str) -> bool:
    """Whether ``after`` behind a hyphen makes an inserted number: no greater than what stands before (``193-1``)."""
    here, there = parts(number), parts(after)
    if not here or not there or len(there) > 1:
        return False
    return len(re.split("[-]", number)) == 1 and there[0] <= here[-1] and "." not in after
