"""A name in capitals turned to a sentence, proper names kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kb.citations.fold import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ROMAN = re.compile(r"[IVXLCDM]+")
#: Acronyms of the field; other short words without a vowel are taken for acronyms too.
_ACRONYMS = frozenset(
    [
        "КР",
        "ЖК",
        "МСУ",
        "ЖӨБ",
        "НПО",
        "БӨУ",
        "ЖММ",
        "ФМ",
        "ЖМБА",
        "БМЖБ",
        "БАМИ",
        "СССР",
        "США",
        "АКШ",
        "ЕАЭС",
        "ЕАЭБ",
        "СНГ",
        "КМШ",
        "ООН",
        "БУУ",
        "ЧС",
        "ГК",
        "УК",
        "БК",
    ]
)
_VOWELS = re.compile(r"[аеёиоуыэюяөүАЕЁИОУЫЭЮЯӨҮ]")
#: Names of the state, its highest bodies and its places, folded, with the words that are written with a capital.
_PROPER = (
    (re.compile(r"кыргызск[а-я]{2,3} республик[а-я]{1,3}"), "11"),
    (re.compile(r"кыргыз республика[а-я]{0,9}"), "11"),
    (re.compile(r"жогорку (?:кенеш|сот)[а-я]{0,9}"), "11"),
    (re.compile(r"верховн[а-я]{2,3} (?:суд[а-я]{0,2}|совет[а-я]{0,2})"), "10"),
    (re.compile(r"кабинет[а-я]{0,2} министров"), "11"),
    (re.compile(r"министрлер кабинет[а-я]{0,9}"), "11"),
    (re.compile(r"президент(?:а|у|ом|е)?(?= кыргызской|$)|(?<=республикасынын )президент[а-я]{1,9}"), "1"),
    (re.compile(r"правительств[а-я]{1,2}(?= кыргызской|$)|(?<=республикасынын )окмот[а-я]{1,9}"), "1"),
    (re.compile(r"конституци[а-я]{1,3}|конституция[а-я]{1,9}(?= )"), "1"),
    (re.compile(r"закон[а-я]{0,3}(?= кыргызской республики|$)|(?<=республикасынын )мыйзам[а-я]{0,12}"), "1"),
    (
        re.compile(
            r"(?:бишкек|нарын|талас|баткен|токмок|жалал-абад|ыссык-куль|иссык-куль|ысык-кол|чуй)(?:[а-я]{0,4})?"
        ),
        "1",
    ),
    (re.compile(r"(?<![а-я])ош(?:[ау]|ско[а-я]{1,2}| шаар[а-я]{0,6}| облус[а-я]{0,6})?"), "10"),
    (re.compile(r"[а-я-]{2,30}ск(?:ого|ий|ая|ой|ом|ую)(?= (?:айыл|город|район|област|аильн))"), "1"),
    (
        re.compile(
            r"(?<![а-я-])(?!(?:типтуу|жергиликтуу|тиешелуу|бир|ар|жана|же|айыл|кыргыз) )[а-я-]{2,30}"
            r"(?= (?:айыл аймаг|айылдык кенеш|шаардык кенеш|районун|облусун|айыл окмот|шаарынын))"
        ),
        "1",
    ),
    (re.compile(r"(?<=республикасынын )[а-я-]{3,30}(?= (?:[а-я-]{3,30} )?кодекс)"), "1"),
    (re.compile(r"[а-я-]{3,30}(?:ый|ий|ой|ого|ому|ом)(?= кодекс)"), "1"),
)
#: Words that an act writes with a capital where it speaks of itself, folded; in its name they have none.
_KIND_WORD = re.compile(
    r"закон|кодекс|указ|постановлени|приказ|положени|регламент|устав|договор|соглашени|методик|мыйзам|жарлы|токтом|буйру"
    r"|жобо|келишим|агентств|агентти|комисси|совет|статья|глава|раздел|сторон|стат|берене"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s+|[«“„\"(]\s*|\n)$")
_MID_SENTENCE = re.compile(
    r"(?<=[а-яёөүң,] )[А-ЯЁӨҮҢӉ][а-яёөүңӊ]{1,30}(?:-[А-Яа-яЁёӨҮҢөүңӊ]{1,30}){0,2}(?![А-Яа-яЁёӨҮҢөүңӊ-])"
)


def is_shouted(name: str) -> bool:
    """Whether a name is set in capitals throughout, roman numerals and numbers aside."""
    letters = [char for char in name if char.isalpha()]
    return len(letters) > 3 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)


def proper_words(texts: Iterable[str]) -> frozenset[str]:
    """Lower-case words that ``texts`` write with a capital inside sentences more often than without.

    Args:
        texts: texts of the same document, in sentences.
    """
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        for match in _MID_SENTENCE.finditer(text):
            capital[match.group().lower()] += 1
        for word in re.findall(r"(?<![\w-])[а-яёөүңӊ-]{3,31}", text):
            small[word] += 1
    return frozenset(
        word for word, times in capital.items() if times > small[word] and _KIND_WORD.match(fold(word)) is None
    )


def to_sentence(name: str, proper: frozenset[str] = frozenset()) -> str:
    """A name in capitals as a sentence has it; any other name with its first letter made a capital.

    ``ГРАЖДАНСКИЙ КОДЕКС КЫРГЫЗСКОЙ РЕСПУБЛИКИ`` → ``Гражданский кодекс Кыргызской Республики``

    Args:
        name: the name.
        proper: lower-case words that the document writes with a capital.
    """
    if not is_shouted(name):
        small = _runs(name, proper)
        return small[:1].upper() + small[1:]
    return _sentence(name, proper)


def _runs(name: str, proper: frozenset[str]) -> str:
    """A name of which one part is set in capitals (``ПОЛОЖЕНИЕ о комиссиях``)."""
    words = [word for word in _WORD.findall(name) if len(word) > 3]
    shouted = [word for word in words if word.isupper() and word not in _ACRONYMS and not _ROMAN.fullmatch(word)]
    if not shouted or len(shouted) == len(words):
        return name
    return _WORD.sub(lambda match: _small(match.group(), shouted, proper, first=match.start() == 0), name)


def _small(word: str, shouted: list[str], proper: frozenset[str], *, first: bool) -> str:
    if word not in shouted or not _VOWELS.search(word):
        return word
    low = word.lower()
    return low.capitalize() if first or low in proper else low


def _sentence(name: str, proper: frozenset[str]) -> str:
    marks = _proper_marks(fold(name))
    parts: list[str] = []
    end = 0
    for match in _WORD.finditer(name):
        parts.append(name[end : match.start()])
        starts = _SENTENCE_START.search(name[max(0, match.start() - 4) : match.start()]) or match.start() == 0
        parts.append(_cased(match.group(), capital=bool(starts) or match.start() in marks, proper=proper))
        end = match.end()
    return "".join(parts) + name[end:]


def _cased(word: str, *, capital: bool, proper: frozenset[str]) -> str:
    if word in _ACRONYMS or (_ROMAN.fullmatch(word) and word.isascii()):
        return word
    if 2 <= len(word) <= 4 and _VOWELS.search(word) is None:
        return word
    low = word.lower()
    if low in proper or capital:
        return (
            "-".join(part[:1].upper() + part[1:] for part in low.split("-"))
            if low in proper
            else low[:1].upper() + low[1:]
        )
    return low


def _proper_marks(folded: str) -> frozenset[int]:
    """Offsets of the words that the table of names writes with a capital."""
    marks: set[int] = set()
    for pattern, flags in _PROPER:
        for match in pattern.finditer(folded):
            words = [match.start() + word.start() for word in _WORD.finditer(match.group())]
            marks.update(at for at, flag in zip(words, flags, strict=False) if flag == "1")
    return frozenset(marks)
