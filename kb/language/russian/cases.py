"""Case forms of Russian names and noun phrases, by pymorphy3 and by rule where its dictionary lacks the word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kb.language.normalize import fold_yo
from kb.language.russian.lemmas import analyzer

#: pymorphy3's names of the cases.
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
#: Kyrgyz terms that Russian texts do not decline.
_FIXED = re.compile(r"айыл\s+(?:окмоту|өкмөтү|аймагы)\b", re.IGNORECASE)
_LETTERS = "А-Яа-яЁёӨөҮүҢң"
_WORD = re.compile(rf"[{_LETTERS}]+(?:-[{_LETTERS}]+)*(?![{_LETTERS}.])|[{_LETTERS}]{{2,}}(?:-[{_LETTERS}]+)*")
_ADJECTIVE = re.compile(r"(?:[ыио]й|[ая]я|[ое]е|[ыи]е)$")
#: What an adjective that no dictionary has ends in: adjectives of places mostly (Баш-Кайындынский).
_NEW_ADJECTIVE = re.compile(r"(?:[нвлм](?:ый|ая|ое|ые)|[сц]к(?:ий|ая|ое|ие))$")
_SURNAME = re.compile(r"[а-яёөүң]{2,}(?:ов|ев|ёв|ин|ын)а?$")
_INITIAL = re.compile(r"(?<![А-Яа-яЁё])[А-ЯЁ]\.")
#: A person's name with initials that ends a phrase, behind what the person is (``депутат Асанов Б. К.``).
_NAMED_LAST = re.compile(
    rf"(?<=\s)(?:[А-ЯЁ][{_LETTERS}]{{1,60}}(?:-[{_LETTERS}]{{1,60}})?(?:\s*[А-ЯЁ]\.){{1,2}}"
    rf"|(?:[А-ЯЁ]\.\s*){{1,2}}[А-ЯЁ][{_LETTERS}]{{1,60}}(?:-[{_LETTERS}]{{1,60}})?)\s*\Z"
)
_PERSON = frozenset({"Surn", "Name", "Patr"})
_SIBILANT = "жшчщц"
_VOWELS = frozenset("аеёиоуыэюяөү")

#: Endings by case, in the order of CASES without the nominative.
_BY_RULE = {
    "hard": ("а", "у", "", "ом", "е"),
    "surname": ("а", "у", "а", "ым", "е"),
    "surname_f": ("ой", "ой", "у", "ой", "ой"),
    "а": ("ы", "е", "у", "ой", "е"),
    "я": ("и", "е", "ю", "ей", "е"),
}


@dataclass(frozen=True, slots=True)
class _Noun:
    """What adjectives agree with, and whether it names a person."""

    gender: str
    plural: bool
    animate: bool
    person: bool


def decline(phrase: str, case: str) -> str:
    """Case form of a Russian noun phrase in the nominative (``айылный кенеш``, ``gent`` → ``айылного кенеша``).

    The adjectives before the first noun, that noun and the further parts of a person's name are declined;
    what depends on the noun stays (``глава айыл окмоту`` → ``главы айыл окмоту``, ``город Нарын`` → ``города Нарын``).

    Args:
        phrase: the phrase in the nominative.
        case: one of CASES, pymorphy3's names.

    Raises:
        ValueError: no such case.
    """
    if case not in CASES:
        raise ValueError(case)
    if case == "nomn":
        return phrase
    if (at := _name_at(phrase)) is not None:
        return decline(phrase[:at], case) + decline(phrase[at:], case)
    fixed = _FIXED.search(phrase)
    found = list(_WORD.finditer(phrase, 0, fixed.start() if fixed else len(phrase)))
    forms = _forms([match[0] for match in found], case, named=_INITIAL.search(phrase) is not None)
    if "ё" not in phrase.lower():
        forms = [fold_yo(form) for form in forms]
    told: list[str] = []
    at = 0
    for match, form in zip(found, forms, strict=False):
        told += [phrase[at : match.start()], form]
        at = match.end()
    return "".join([*told, phrase[at:]])


def doubtful(phrase: str) -> bool:
    """Whether a person should confirm the case forms of a phrase.

    True where a name is in no dictionary (``Кара-Балта``) and where no noun tells what its adjectives stand for
    (``управляющий делами``).
    """
    if (at := _name_at(phrase)) is not None:
        return doubtful(phrase[:at]) or doubtful(phrase[at:])
    words = [match[0] for match in _WORD.finditer(_FIXED.sub("", phrase))]
    named = _INITIAL.search(phrase) is not None
    declined = words[: len(_forms(words, "gent", named=named))]
    if not declined or all(_adjective(word) is not None for word in declined):
        return bool(words)
    return any(_unsure(word, named=named or len(declined) > 1) for word in declined)


def _name_at(phrase: str) -> int | None:
    """Where the name begins of the person whose office a phrase tells before it, None where it tells none.

    Places bear names too, which stand in the genitive and stay (``айылный аймак имени Т. Кулатова``).
    """
    name = _NAMED_LAST.search(phrase)
    if name is None:
        return None
    office = next((word[0] for word in _WORD.finditer(phrase, 0, name.start()) if _adjective(word[0]) is None), "")
    parses = analyzer().parse(office) if office else []
    return name.start() if any(one.is_known and one.tag.animacy == "anim" for one in parses) else None


def _unsure(word: str, *, named: bool) -> bool:
    if _adjective(word) is not None or _noun(word) is not None:
        return False
    if _SURNAME.search(word.lower()):
        return not named
    return word[0].isupper() or word[-1] in _VOWELS


def _forms(words: Sequence[str], case: str, *, named: bool) -> list[str]:
    """Forms of the first words, as many as are declined; ``named`` by initials beside them."""
    adjectives = []
    for word in words:
        adjective = _adjective(word)
        if adjective is None:
            break
        adjectives.append((word, adjective))
    rest = words[len(adjectives) :]
    if rest and adjectives and _dependent(rest[0]):
        rest = ()
    noun = _described(rest, named=named) if rest else _by_adjective(adjectives[-1][1] if adjectives else None)
    forms = [_agreeing(word, adjective, noun, case) for word, adjective in adjectives]
    for number, word in enumerate(rest):
        if number and not (noun.person and word[0].isupper()):
            break
        abbreviation = word.isupper() and (len(words) == 1 or not all(map(str.isupper, words))) and len(word) < 6
        forms.append(word if abbreviation else _declined(word, noun, case))
    return forms


def _adjective(word: str) -> Any:
    lower = word.lower()
    if not _ADJECTIVE.search(lower):
        return None
    last = word.rpartition("-")[2] if word[0].isupper() else word
    parses = [parse for parse in analyzer().parse(last) if "nomn" in parse.tag and parse.tag.POS in {"ADJF", "PRTF"}]
    known = [parse for parse in parses if parse.is_known]
    return max(known or (parses if _NEW_ADJECTIVE.search(lower) else []), key=_rank, default=None)


def _dependent(word: str) -> bool:
    """Whether a word is known, but in no nominative: it depends on what stands before it."""
    parses = [parse for parse in analyzer().parse(word) if parse.is_known]
    return bool(parses) and not any("nomn" in parse.tag for parse in parses)


def _noun(word: str) -> Any:
    """Reading of a noun that the dictionary has, or None."""
    parses = [parse for parse in analyzer().parse(word) if parse.is_known and "nomn" in parse.tag]
    return max((parse for parse in parses if parse.tag.POS == "NOUN"), key=_rank, default=None)


def _rank(parse: Any) -> tuple[bool, float, str]:
    return parse.normal_form == parse.word, round(parse.score, 4), str(parse.tag)


def _described(words: Sequence[str], *, named: bool) -> _Noun:
    head = words[0]
    lower = head.lower()
    reading = _noun(head)
    surname = _SURNAME.search(lower) is not None and head[0].isupper() and (named or len(words) > 1)
    names = [_noun(word) for word in words[1:]]
    if reading is None or (surname and "Surn" not in reading.tag):
        return _Noun("femn" if lower[-1] in "ая" else "masc", plural=False, animate=surname, person=surname)
    person = bool(_PERSON & set(reading.tag.grammemes)) or surname
    gender = str(reading.tag.gender or "masc")
    for name in names:
        if person and name is not None and _PERSON & set(name.tag.grammemes) and name.tag.gender in {"masc", "femn"}:
            gender = str(name.tag.gender)
    return _Noun(gender, reading.tag.number == "plur", reading.tag.animacy == "anim", person)


def _by_adjective(adjective: Any) -> _Noun:
    if adjective is None:
        return _Noun("masc", plural=False, animate=False, person=False)
    return _Noun(str(adjective.tag.gender or "masc"), adjective.tag.number == "plur", animate=False, person=False)


def _agreeing(word: str, adjective: Any, noun: _Noun, case: str) -> str:
    grammemes = {case, "plur"} if noun.plural else {case, "sing", noun.gender}
    if case == "accs" and (noun.plural or noun.gender == "masc"):
        grammemes.add("anim" if noun.animate else "inan")
    head = word[: len(word) - len(adjective.word)]
    inflected = adjective.inflect(grammemes)
    return word if inflected is None else head + _as_written(word[len(head) :], str(inflected.word))


def _declined(word: str, noun: _Noun, case: str) -> str:
    lower = word.lower()
    reading = None if "-" in word and word[0].isupper() else _noun(word)
    if noun.person and _SURNAME.search(lower):
        rule = "surname_f" if lower[-1] == "а" else "surname"
        return word if rule == "surname" and noun.gender == "femn" else _by_rule(word, rule, case)
    if reading is None:
        return _unknown(word, noun, case)
    inflected = reading.inflect({case, "plur" if noun.plural else "sing"})
    return word if inflected is None else _as_written(word, str(inflected.word))


def _unknown(word: str, noun: _Noun, case: str) -> str:
    last = word[-1].lower()
    if last in "ая":
        return _by_rule(word, last, case)
    if last in _VOWELS or last in "ьъ" or (noun.person and noun.gender == "femn"):
        return word
    return _by_rule(word, "hard", case, animate=noun.person)


def _by_rule(word: str, rule: str, case: str, *, animate: bool = False) -> str:
    stem = word if rule in {"hard", "surname"} else word[:-1]
    ending = _BY_RULE[rule][CASES.index(case) - 1]
    soft = stem[-1].lower() in _SIBILANT and sum(letter in _VOWELS for letter in stem.lower()) > 1
    if rule == "hard" and animate and case == "accs":
        ending = "а"
    if rule in {"hard", "а"} and soft and ending in {"ом", "ой"}:
        ending = "е" + ending[1]
    if rule == "а" and ending == "ы" and stem[-1].lower() in "гкхжшчщ":
        ending = "и"
    return stem + (ending.upper() if word.isupper() else ending)


def _as_written(word: str, form: str) -> str:
    if word.isupper():
        return form.upper()
    parts = form.split("-")
    capitals = [part[:1].isupper() for part in word.split("-")]
    if len(parts) != len(capitals):
        return form[:1].upper() + form[1:] if capitals[0] else form
    return "-".join(part[:1].upper() + part[1:] if big else part for part, big in zip(parts, capitals, strict=True))
