"""A query's text: words, phrases, what must not be there, and fields such as ``kind:law``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb.documents import TOPICS, Kind, Status
from kb.errors import BadQuery
from kb.language.detect import detect
from kb.language.model import Analyser, Language, Token
from kb.search.model import Filters
from kb.search.stopwords import asks, is_auxiliary, is_stop_word, names_level

_LANGUAGES = (Language.KY, Language.RU)
_PIECE = re.compile(r"""(-?)(?:"([^"]*)"|“([^”]*)”|(\w+):(?:"([^"]*)"|([^\s"]+))|([^\s"“”]+))""")
_NUMBER = re.compile(r"\d+(?:[./-]\d+)*")
#: What stands before an act's number (``№``, ``номер``, and ``N`` where a keyboard has no sign), with its space.
_SIGN = re.compile(r"(?:№|(?<!\w)(?:номери?|n[oо°]?\.?))\s{0,3}$", re.IGNORECASE)
#: Characters before a number that are looked at for it.
_SIGN_LENGTH = 12
_YES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_DEFINITION = re.compile(r"\b(?:что такое|кто такой|деген эмне|деген ким|эмне деген|эмнеге айтылат)\b", re.IGNORECASE)
_MOST_WORDS = 32
#: Words that a question has at least.
_SENTENCE = 4
#: Characters of a wrong value that an error repeats.
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of a query.

    Attributes:
        typed: as typed.
        surface: normal form.
        keys: key by language.
        number: the number that it is, or None.
        numbered: whether the number is named as a unit's (``статья 12``) or can be nothing else (``17.5``).
        signed: whether ``№`` stands before the number, which is an act's then and no unit's.
        required: whether a hit must have it: no function word, no name of a level beside a number.
        last: whether more of it might follow, for it ends the text.
    """

    typed: str
    surface: str
    keys: Mapping[Language, str]
    number: str | None = None
    numbered: bool = False
    signed: bool = False
    required: bool = True
    last: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as it was read.

    Attributes:
        words: its words in order, doubles left out.
        phrases: surface forms of each phrase.
        excluded: words that no hit may have.
        excluded_phrases: phrases that no hit may have.
        filters: those of the request together with the text's fields.
        numbers: values of ``number:``.
        question: whether it is a question in a whole sentence, whose words no text need hold all.
        definition: whether it asks what a thing is.
    """

    words: tuple[QueryWord, ...]
    phrases: tuple[tuple[str, ...], ...]
    excluded: tuple[QueryWord, ...]
    excluded_phrases: tuple[tuple[str, ...], ...]
    filters: Filters
    numbers: tuple[str, ...]
    question: bool = False
    definition: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for by words."""
        return not (self.words or self.phrases or self.excluded or self.excluded_phrases)


def parse_query(text: str, filters: Filters, analyser: Analyser) -> Parsed:
    """Read a query's text.

    Args:
        text: as typed: ``"айыл өкмөтү" бюджет -салык kind:law year:2013``.
        filters: those chosen beside the text; a field narrows them.
        analyser: gives the words.

    Raises:
        BadQuery: a field has a value that it cannot have (``field``, ``value``).
    """
    phrases: list[tuple[str, ...]] = []
    excluded: list[QueryWord] = []
    excluded_phrases: list[tuple[str, ...]] = []
    fields: dict[str, list[str]] = {}
    free: list[str] = []
    for piece in _PIECE.finditer(text):
        minus, quoted, curly, field, quoted_value, value, word = piece.groups()
        phrase = quoted if quoted is not None else curly
        if phrase is not None:
            surfaces = tuple(token.surface for token in analyser.analyze(phrase, Language.RU))
            if surfaces:
                (excluded_phrases if minus else phrases).append(surfaces)
        elif field in _FIELDS and not minus:
            fields.setdefault(field, []).append(value if quoted_value is None else quoted_value)
        elif minus and (word or field):
            excluded += _words(piece.group()[1:], analyser)
        else:
            free.append(piece.group())
    ends = bool(free) and text.endswith(free[-1])
    words = list(_distinct(_mark_last(_join_numbers(_words(" ".join(free), analyser)), ends=ends)))
    numbers = tuple(str(_as_it_is("number", value.strip())) for value in fields.pop("number", []))
    return Parsed(
        words=tuple(words[:_MOST_WORDS]),
        phrases=tuple(phrases[:_MOST_WORDS]),
        excluded=tuple(excluded[:_MOST_WORDS]),
        excluded_phrases=tuple(excluded_phrases[:_MOST_WORDS]),
        filters=_narrow(filters, fields),
        numbers=numbers,
        question=len(words) >= _SENTENCE and (text.rstrip().endswith("?") or any(asks(word.surface) for word in words)),
        definition=_DEFINITION.search(text) is not None,
    )


def _words(text: str, analyser: Analyser) -> list[QueryWord]:
    by_language = {language: analyser.analyze(text, language) for language in _LANGUAGES}
    kyrgyz = detect(text, Language.RU) is Language.KY
    first = by_language[_LANGUAGES[0]]
    others = {
        language: {(token.start, token.end): token.key for token in tokens} for language, tokens in by_language.items()
    }
    found = []
    for token in first:
        place = (token.start, token.end)
        keys = {language: others[language].get(place, token.key) for language in _LANGUAGES}
        number = _NUMBER.fullmatch(token.key)
        signed = bool(number) and _SIGN.search(text[: token.start][-_SIGN_LENGTH:]) is not None
        found.append(
            QueryWord(
                typed=text[token.start : token.end],
                surface=token.surface,
                keys=keys,
                number=token.key if number else None,
                numbered=bool(number) and not (signed and "." not in token.key) and _is_composite(token),
                signed=signed,
                required=not is_stop_word(token.surface, kyrgyz=kyrgyz),
            )
        )
    return _without_auxiliaries(found)


def _without_auxiliaries(words: Sequence[QueryWord]) -> list[QueryWord]:
    """The words; verbs that only say how something happens are not required."""
    found = list(words)
    for place in range(1, len(words)):
        word = words[place]
        if is_auxiliary(words[place - 1].surface, word.surface, word.keys[Language.KY]):
            found[place] = replace(word, required=False)
    return found


def _is_composite(token: Token) -> bool:
    """Whether a number has parts, as only numbers of units and acts have: ``17.5``, ``193-1``, but not a date."""
    parts = re.split(r"[./-]", token.key)
    return len(parts) > 1 and not (len(parts) == 3 and max(map(len, parts)) == 4)


def _join_numbers(words: Sequence[QueryWord]) -> list[QueryWord]:
    """Names of levels beside numbers are not required, and tell what the numbers are."""
    joined = list(words)
    for place, word in enumerate(words):
        if word.number is None:
            continue
        first = place - 1
        if word.signed and first >= 0 and _SIGN.fullmatch(words[first].surface):
            joined[first] = replace(joined[first], required=False)
            first -= 1
        for beside in (first, place + 1):
            if 0 <= beside < len(words) and names_level(words[beside].surface):
                joined[beside] = replace(joined[beside], required=False)
                joined[place] = replace(joined[place], numbered=True)
    if len(joined) == 1 or all(word.number or not word.required for word in joined):
        joined = [replace(word, numbered=True) if word.number and not word.signed else word for word in joined]
    if not any(word.required for word in joined):
        joined = [replace(word, required=True) for word in joined]
    return joined


def _mark_last(words: list[QueryWord], *, ends: bool) -> list[QueryWord]:
    if ends and words and words[-1].number is None:
        words[-1] = replace(words[-1], last=True)
    return words


def _distinct(words: Sequence[QueryWord]) -> Iterator[QueryWord]:
    seen: set[tuple[str, ...]] = set()
    for word in words:
        keys = tuple(word.keys[language] for language in _LANGUAGES)
        if keys not in seen:
            seen.add(keys)
            yield word


def _narrow(filters: Filters, fields: Mapping[str, Sequence[str]]) -> Filters:
    """Filters of the request and of the text's fields; what contradicts leaves no value that anything has."""
    for field, values in fields.items():
        read = tuple(_FIELDS[field](field, value.strip()) for value in values)
        chosen = getattr(filters, field)
        value: Any = read[-1]
        if isinstance(chosen, tuple):
            both = tuple(value for value in read if value in chosen) if chosen else read
            value = both or ((0,) if field == "year" else ("",))
        filters = replace(filters, **{field: value})
    return filters


def _one_of(values: Iterable[str]) -> _Reader:
    known = frozenset(values)

    def read(field: str, value: str) -> str:
        if value.lower() not in known:
            raise BadQuery(reason="field", field=field, value=value[:_SHOWN])
        return value.lower()

    return read


def _as_it_is(field: str, value: str) -> str:
    if not value:
        raise BadQuery(reason="field", field=field, value=value)
    return value


def _year(field: str, value: str) -> int:
    if not re.fullmatch("[0-9]{4}", value):
        raise BadQuery(reason="field", field=field, value=value[:_SHOWN])
    return int(value)


def _official(field: str, value: str) -> bool:
    if value.lower() not in _YES:
        raise BadQuery(reason="field", field=field, value=value[:_SHOWN])
    return _YES[value.lower()]


_Reader = Callable[[str, str], str | int | bool]
_FIELDS: Mapping[str, _Reader] = {
    "number": _as_it_is,
    "kind": _one_of(kind.value for kind in Kind),
    "status": _one_of(status.value for status in Status),
    "lang": _one_of(language.value for language in _LANGUAGES),
    "topic": _one_of(TOPICS),
    "year": _year,
    "body": _as_it_is,
    "official": _official,
    "act": _as_it_is,
}
