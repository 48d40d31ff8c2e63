"""Case forms of Kyrgyz names, phrases, numbers, times and dates, by rule."""

from __future__ import annotations

import re

from kb.language.kyrgyz.grammar import FINAL_OF, VOWEL_OF, realise
from kb.language.kyrgyz.numerals import is_month, last_word, spoken_date

_FREE = {"gen": "NYн", "dat": "GA", "acc": "NY", "loc": "DA", "abl": "DAн", "attr": "DAгY"}
#: After a possessive of the third person.
_OWNED = {"gen": "нYн", "dat": "нA", "acc": "н", "loc": "нDA", "abl": "нAн", "attr": "нDAгY"}

#: Heads that stand with a possessive behind a name or a noun (Нарын шаары, айылдык кеңештин төрагасы).
_HEADS = frozenset(
    [
        *("айылы", "аймагы", "шаары", "шаарчасы", "району", "облусу", "кыштагы", "конушу", "кварталы", "көчөсү"),
        *("кеңеши", "өкмөтү", "мэриясы", "башчысы", "мэри", "төрагасы", "басары", "катчысы", "депутаты", "мүчөсү"),
        *("жамааты", "башкармалыгы", "министрлиги", "агенттиги", "мекемеси", "ишканасы", "мектеби", "комитети"),
        *("комиссиясы", "кызматы", "кызматкери", "бөлүмү", "борбору", "уюму", "бирикмеси", "коому", "тобу", "фонду"),
        *("жыйыны", "курултайы", "токтому", "буйругу", "чечими", "уставы", "мыйзамы", "кодекси", "беренеси"),
        *("бөлүгү", "пункту", "кабинети", "республикасы", "долбоору", "пайызы", "жарымы", "бири", "адиси", "жетекчиси"),
        *("директору", "башкаруучусу", "уулу", "кызы", "акими", "өкүлү", "сессиясы", "регламенти", "бюджети"),
    ]
)
_OWNED_END = re.compile(r"(?:[лдт][аеоө]р[ыиуү]|[аыоуеиөүяюё]с[ыиуү])$")
#: Genitives that no first name looks like (Насирдин): Республикасынын, Президенттин.
_SURE_GENITIVE_END = re.compile(r"(?:[ыиуү]н|[кпстфхцчш]т)[ыиуү]н$")
_NUMBERED = re.compile(r"^\d+-")
#: Ends of stems, not of owned nouns: -чы of a doer, -нды of a product, -гы of a tool (аймак has аймагы: a vowel
#: before г), к and п that would have become г and б.
_STEM_END = re.compile(r"(?:ч|[аеоө]нд|[^аыоуеиөүяюё]г|[^рн]к|п)[ыиуү]$")
#: Plain nouns and numerals on a narrow vowel that look owned (жакшы киши).
_PLAIN = frozenset(
    ["киши", "кары", "ары", "дары", "сары", "казы", "ажы", "тери", "пери", "бөрү", "ини", "жети", "алты", "леди"]
)
#: Nouns of the land whose possessive has become part of a name (Ат-Башы): usage decides between two declensions.
_FOSSILS = re.compile(
    r"(?:баш|ооз|сай|көл|таш|бел|жол|кол|өзөн|коргон|жар|көз|арал|чат|үст|аст|бой|булаг|арыг|кыштаг|баг|етег)[ыиуү]"
    r"|(?:суу|тоо|дөбө|талаа|короо|төбө|кыя)с[ыиуү]|ортосу"
)
#: Names of the consonants in abbreviations.
_LETTER_NAMES = {
    **{letter: letter + "э" for letter in "бвгджзпстцч"},
    **{letter: "э" + letter for letter in "лмнрсф"},
    **{letter: letter + "а" for letter in "кхшщ"},
}
_WORD = re.compile(r"[^\W\d_]+")
_CLOSING = re.compile(r"[\"»”“’')\].,;:!?\s]+$")
_INITIALS = re.compile(r"\s+(?:[А-ЯЁӨҮҢ]\.\s?){1,2}$")
_INITIAL_FIRST = re.compile(r"(?:^|\s)[А-ЯЁӨҮҢ]\.")
_RUSSIAN_END = re.compile(r"(?:[сц]к|[ьъ]|[оеы]е|ая|яя|ий|ый|ое)$")


def decline(phrase: str, case: str) -> str:
    """Case form of a phrase whose last word takes the ending (``Нарын шаары``, ``dat`` → ``Нарын шаарына``).

    Args:
        phrase: a name, noun phrase, number (``6000`` → ``6000ге``), time (``23.00`` → ``23.00дөн``) or date
            (``2022-12-12``, ``attr`` → ``2022-жылдын 12-декабрындагы``) in the nominative.
        case: ``nom``, ``gen``, ``dat``, ``acc``, ``loc``, ``abl``, or ``attr`` (what is at it: -дагы).

    Raises:
        ValueError: no such case.
    """
    if case == "nom":
        return phrase
    if case not in _FREE:
        raise ValueError(case)
    text = spoken_date(phrase.strip()) or phrase.strip()
    initials = _INITIALS.search(text)
    if initials:
        return decline(text[: initials.start()], case) + initials[0]
    closing = _CLOSING.search(text)
    bare = text[: closing.start()] if closing else text
    spoken = last_word(bare)
    stem = spoken or _spelled(bare) or _last(bare)
    if not stem:
        return text
    if spoken is None and bare[-1] in "ьъЬЪ" and not closing:
        text = text[:-1]
    owned = spoken is None and _is_owned(bare)
    return text + _ending((_OWNED if owned else _FREE)[case], stem, capitals=spoken is None and _shouts(bare))


def doubtful(phrase: str) -> bool:
    """Whether a person should confirm the case forms of a phrase (``Пржевальск``, ``Ат-Башы``, ``Асанов А.``).

    True for Russian ends (-ск, -ь, -ое), possessives that have become names, abbreviations, initials, words
    without a vowel or not in Cyrillic, and for what ends in a quotation mark or a bracket.
    """
    text = phrase.strip()
    if spoken_date(text) or last_word(text):
        return False
    words = _WORD.findall(text)
    if not words or _CLOSING.search(text) or _INITIALS.search(text) or _INITIAL_FIRST.search(text):
        return True
    last = words[-1]
    lower = last.lower()
    if not all(letter in FINAL_OF or letter in "ьъ" for letter in lower) or not set(lower) & set(VOWEL_OF):
        return True
    if len(words) > 1 and lower in _HEADS and last[0].islower():
        return False
    abbreviation = last[-2:].isupper() and (not phrase.isupper() or len(last) < 6)
    return abbreviation or _odd_name(last)


def _odd_name(last: str) -> bool:
    lower = last.lower()
    return last[0].isupper() and (_RUSSIAN_END.search(lower) is not None or _FOSSILS.fullmatch(lower) is not None)


def _last(text: str) -> str:
    words = _WORD.findall(text)
    return words[-1].lower().rstrip("ьъ") if words else ""


def _spelled(text: str) -> str:
    """Name of the last letter where an abbreviation is read letter by letter (``АКШ`` → ``ша``), else empty."""
    words = _WORD.findall(text)
    if not words or not words[-1].isupper() or (text.isupper() and len(text) > 6):
        return ""
    last = words[-1].lower()[-2:]
    return "" if set(last) & set(VOWEL_OF) else _LETTER_NAMES.get(last[-1], "")


def _shouts(text: str) -> bool:
    """Whether the whole text is in capitals; an abbreviation (``АКШ``) takes small endings."""
    letters = "".join(_WORD.findall(text))
    return letters.isupper() and len(letters) > 6


def _is_owned(text: str) -> bool:
    words = text.split()
    last = words[-1].lower()
    if _NUMBERED.sub("", last) in _HEADS or is_month(last.rpartition("-")[2]):
        return True
    name = words[-1][0].isupper()
    if any(_is_genitive(word, name=name) for word in words[:-1]):
        return _looks_owned(last) and last not in _PLAIN
    return len(words) > 1 and words[-1][0].islower() and _looks_owned(last) and not _is_plain(last)


def _is_genitive(text: str, *, name: bool) -> bool:
    """Whether a word ends in a genitive that fits its stem (``айылдын``, but not ``алтын`` or ``Аламүдүн``).

    Before a name a word with a capital may itself be a name (Насирдин Касымалы): its end has to be sure.
    """
    word = text.lower()
    if name and text[0].isupper() and not _SURE_GENITIVE_END.search(word):
        return False
    stem = word[:-3]
    return len(stem) > 2 and word[-3:] in _fitting("NYн", stem)


def _looks_owned(word: str) -> bool:
    """Whether a word may end in a possessive of the third person: a narrow vowel that fits, or -сы."""
    return _OWNED_END.search(word) is not None or word[-1] in _fitting("C|Y", word[:-1])


def _is_plain(word: str) -> bool:
    return _OWNED_END.search(word) is None and (word in _PLAIN or _STEM_END.search(word) is not None)


def _fitting(signs: str, stem: str) -> list[str]:
    vowel = next((VOWEL_OF[letter] for letter in reversed(stem) if letter in VOWEL_OF), None)
    return list(realise(signs, vowel, FINAL_OF[stem[-1]])) if vowel and stem[-1] in FINAL_OF else []


def _ending(signs: str, stem: str, *, capitals: bool) -> str:
    vowel = next((VOWEL_OF[letter] for letter in reversed(stem) if letter in VOWEL_OF), "а")
    form = next(realise(signs, vowel, FINAL_OF.get(stem[-1], "S")))
    return form.upper() if capitals else form
