"""Language of a paragraph and of a document, also where Kyrgyz is typed without ө ү ң."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb.language import russian
from kb.language.model import Language
from kb.language.normalize import fold_kyrgyz, normal

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u00ad][^\W\d_]*){0,8}")
_KYRGYZ_LETTER = re.compile("[өүңӨҮҢӊӉҥҤɵѳ]")
_CYRILLIC = re.compile("[а-яёөүң]")
_CYRILLIC_LETTER = re.compile("[а-яёөүңА-ЯЁӨҮҢ]")
#: Of so many letters one is ө, ү or ң in a text that may be Kyrgyz; a Kyrgyz text has one in ten.
_RARE_LETTERS = 30
#: Letters below which a passage does not tell its language, and characters that are looked at.
_TOO_SHORT, _TELLING = 120, 2_000
#: Evidence for the other language is so many times that for the document's.
_PLAINLY = 3
#: Words beyond these say nothing new about a paragraph.
_MOST_WORDS = 400

_KYRGYZ_TEXT = (
    "жана менен үчүн боюнча деп деген эмес жок ушул бул анын аны алар ошол болуп болот болгон болсо болушу "
    "керек тууралуу жөнүндө катары аркылуу чейин кийин караганда ылайык карата башка бардык өзү өздүк гана дагы "
    "эгер эгерде кандай ким эмне качан кайсы тийиш мүмкүн зарыл тарабынан тартып айрым анда мындай тиешелүү "
    "жалпы берене беренеси мыйзам айыл шаар кеңеш өкмөт өкмөтү жобо жоболор токтом буйрук жергиликтүү айылдык "
    "өз алдынча башкаруу күнү жыл жылдын пункт бөлүк тиркеме төмөнкү ошондой эле же болбосо кыргыз республикасы "
    "анткени бирок себеби канча кантип кайда эмнеге үстүндө ичинде алдында кезинде убакта бойдон эки үч төрт беш"
)
_RUSSIAN_TEXT = (
    "и в на не с по к о об от из за у для при или что как его её ее их это этот эта эти если также без между "
    "через под над со ко во был была были быть является являются может могут должен должна должны настоящего "
    "настоящий настоящим который которая которые которых года году местного местное местных лица лиц порядок "
    "порядке кыргызской республики республика статьи статье статьей закона законом законодательством право "
    "права прав нет только либо кто где когда почему сколько какой какие чем том тем так же иные иных иной "
    "утвердить утверждён утвержден общие положения глава раздел приложение постановление приказ решение"
)
#: Words of both languages.
_SHARED = frozenset(["же", "да", "бар", "ал", "ар", "эле", "бир", "глава", "пункт", "раздел", "приложение"])
_RUSSIAN_WORDS = frozenset(_RUSSIAN_TEXT.split())
_KYRGYZ_WORDS = frozenset((_KYRGYZ_TEXT + " " + fold_kyrgyz(_KYRGYZ_TEXT)).split()) - _RUSSIAN_WORDS
_KYRGYZ_END = re.compile(
    r"(?:[лдт][аеоө]р(?:[ыиуү](?:н[ыиуү]н|н|на|не|но|нө|нда|нде|ндо|ндө)?|д[ыиуү]н|г[аеоө]|д[ыиуү]|д[аеоө]н?)?"
    r"|[ыиуү]н[ыиуү]н|[ыиуү]н[дт][аеоө](?:г[ыиуү])?|[лдт](?:уу|үү)|[^аеоө](?:уу|үү)(?:н[ыиуү](?:н)?|г[аөе]|су|сү|ч[уү])?"
    r"|(?:оо|өө)(?:н[ыиуү]н?|г[аоө]|су|сү|ч[уү])?|[гк][аеоө]н(?:д[ыиуү]к)?|[лдт][ыиуү]к(?:т[ыиуү]н?)?|[бп][аеоө]с[ыа]?"
    r"|[ыиуү]л[аеоө]т|с[ыиуү]з|д[аеоө]г[ыиуү]|[аеоө]йт|ып|[нд][ыиуү]н|т[ыиуү]н|с[ыиуү]н[аеоө]?)$"
)
_RUSSIAN_END = re.compile(
    r"(?:[ое]го|[ое]му|[ыи]ми|[аяое]я|[ыо]е|[нктщшв]ие|[ыи]х|ую|юю|[нвлтм]ый|ский|цкий|[ое]сть(?:ю|и)?|ости|ени[еяюй]|ани[еяюй]|ени[ия]х"
    r"|[ая]ми|[ая]х|ться|тся|[аеиоя]ть|[ия]ется|[аея]ют|ии|ию|ией|ция|цией|[ао]в?шие|[еи]шь|ство[мв]?|ства|ству|ский|ской|ски)$"
)
_RUSSIAN_LETTER = re.compile("[щъ]|[^аеоуиыэюяө]ь[^еюя]|^(?:вс|вз|гл|пр|ст|сл|св|сп|вн|вп|пл)")


@dataclass(frozen=True, slots=True)
class Languages:
    """Languages of a document.

    Attributes:
        main: the language that most of its characters are in.
        paragraphs: number of paragraphs by language, most first; one that tells nothing by itself counts to ``main``.
    """

    main: Language
    paragraphs: Mapping[Language, int]


def detect(text: str, fallback: Language | None = None) -> Language | None:
    """Language of one paragraph (``Айыл өкмөтүнүн башчысы`` → ky, ``Глава айыл окмоту`` → ru).

    Args:
        text: the paragraph.
        fallback: the answer where the paragraph tells nothing, such as ``majority`` of its document.

    Returns:
        KY, RU, EN for Latin text of two words or more, else ``fallback``.
    """
    sure = _sure(text)
    if sure.language is not None:
        return sure.language
    if fallback is not None or not sure.words:
        return fallback
    return _by_dictionary(sure.words)


@dataclass(frozen=True, slots=True)
class _Sure:
    """What a paragraph's words and letters say, None where they are undecided; its Cyrillic words."""

    language: Language | None
    words: list[str]


def _sure(text: str) -> _Sure:
    kyrgyz, russian_, latin, words = _evidence(text)
    if kyrgyz > russian_:
        return _Sure(Language.KY, words)
    if russian_ > kyrgyz:
        return _Sure(Language.RU, words)
    return _Sure(Language.EN if latin >= 2 and not words else None, words)


def _evidence(text: str) -> tuple[float, float, int, list[str]]:
    """Points for Kyrgyz and for Russian, number of Latin words, Cyrillic words."""
    kyrgyz = russian_ = 0.0
    latin = 0
    words: list[str] = []
    for number, match in enumerate(_WORD.finditer(text)):
        if number >= _MOST_WORDS:
            break
        word, for_kyrgyz, for_russian = _points(match[0])
        if not _CYRILLIC.search(word):
            latin += len(word) > 2
            continue
        listed = len(word) == 1 and text[match.end() : match.end() + 1] in {")", "."}
        if listed or word in _SHARED:
            continue
        if len(word) > 2:
            words.append(word)
        kyrgyz += for_kyrgyz
        russian_ += for_russian
    return kyrgyz, russian_, latin, words


@lru_cache(maxsize=32_768)
def _points(printed: str) -> tuple[str, float, float]:
    """A word made plain, and its points for Kyrgyz and for Russian."""
    word = normal(printed)
    return word, _kyrgyz(word), _russian(word)


def _kyrgyz(word: str) -> float:
    if _KYRGYZ_LETTER.search(word):
        return 3.0
    if word in _KYRGYZ_WORDS:
        return 2.0
    return 1.0 if len(word) > 4 and _KYRGYZ_END.search(word) else 0.0


def _russian(word: str) -> float:
    if _KYRGYZ_LETTER.search(word):
        return 0.0
    if word in _RUSSIAN_WORDS:
        return 2.0
    points = 1.5 if len(word) > 4 and _RUSSIAN_END.search(word) else 0.0
    return points + (0.5 if _RUSSIAN_LETTER.search(word) else 0.0)


def passage_language(lines: Iterable[str], usual: Language) -> Language:
    """Language of a passage, ky or ru: that of its document unless the passage is plainly in the other.

    Args:
        lines: its paragraphs; the first 2,000 characters are looked at.
        usual: the language of the document, ky or ru.
    """
    text = " ".join(lines)[:_TELLING]
    letters = len(_CYRILLIC_LETTER.findall(text))
    special = len(_KYRGYZ_LETTER.findall(text))
    # words are looked at only where ө ү ң are many in a Russian document, or lacking in a Kyrgyz one
    odd = special * _RARE_LETTERS > letters if usual is Language.RU else not special
    if letters < _TOO_SHORT or not odd:
        return usual
    kyrgyz, russian_, _, _ = _evidence(text)
    if usual is Language.RU:
        return Language.KY if kyrgyz > _PLAINLY * russian_ else Language.RU
    return Language.RU if russian_ > _PLAINLY * kyrgyz else Language.KY


def _by_dictionary(words: list[str]) -> Language:
    known = sum(russian.known(word) for word in words[:20])
    return Language.RU if known * 2 > len(words[:20]) else Language.KY


def majority(paragraphs: Iterable[str]) -> Language:
    """The language, ky or ru, that most characters of a document's paragraphs are in; ky if none tells."""
    return languages(paragraphs).main


def languages(paragraphs: Iterable[str], main: Language | None = None) -> Languages:
    """Languages of a document's paragraphs.

    Args:
        paragraphs: all paragraphs.
        main: the document's language where it is known, else the one of ky and ru that most characters are in; ky if
            none tells.
    """
    lengths = {Language.KY: 0, Language.RU: 0}
    counts: dict[Language, int] = {}
    silent = 0
    for paragraph in paragraphs:
        sure = _sure(paragraph)
        language = sure.language or (_by_dictionary(sure.words) if sure.words else None)
        if language in lengths:
            lengths[language] += len(paragraph)
        if sure.language is None:
            silent += 1
        else:
            counts[sure.language] = counts.get(sure.language, 0) + 1
    found = main or max(lengths, key=lambda language: (lengths[language], language is Language.KY))
    if silent:
        counts[found] = counts.get(found, 0) + silent
    return Languages(found, dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))))
