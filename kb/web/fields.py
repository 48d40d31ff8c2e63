"""From the fields of a page's form to answers.

A field's name is the path of its answer: ``population``, ``villages[2]``, ``agenda[0].decisions[1]``; a
multichoice sends one value for each choice, own words of one that takes them as ``local_issues[0]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kb.templates.model import Field, FieldType
from kb.web.bodies import Sent

#: Names of a form's own fields begin so; no field of an interview does.
OWN = "_"

_DIGITS = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(?:[ \u00a0][0-9]{3}){1,4}")
_SPLIT = re.compile(r"[,;\n]")
_NUMBERS = frozenset({FieldType.INTEGER, FieldType.PERCENT})
_SPLITTING = frozenset({FieldType.TOPONYM})
_MOST_ITEMS = 300


def read_fields(fields: Iterable[Field], sent: Sent, without: str = "") -> dict[str, object]:
    """Answers as a page's form sent them.

    Args:
        fields: the questions that the page asked.
        sent: what its form sent.
        without: path of an item that is to be removed, or empty.

    Returns:
        Answer by field, None for one that is empty; items of lists that are empty are left out.
    """
    given: dict[str, list[str]] = {}
    for name, value in sent.pairs:
        if not (without and (name == without or name.startswith(f"{without}."))):
            given.setdefault(name, []).append(value)
    return {field.name: _answer(field, field.name, given) for field in fields}


def _answer(field: Field, path: str, given: Mapping[str, list[str]]) -> object:
    match field.type:
        case FieldType.LIST:
            return _items(field, path, given) or None
        case FieldType.MULTICHOICE:
            own = [value for _index, name in _indexes(path, given) for value in _texts(name, given)]
            return list(dict.fromkeys((*_texts(path, given), *own))) or None
        case _:
            text = next(iter(_texts(path, given)[-1:]), None)
            number = text and field.type in _NUMBERS and _DIGITS.fullmatch(text)
            return int(re.sub(r"\D", "", text)) if text and number else text


def _texts(path: str, given: Mapping[str, list[str]]) -> list[str]:
    return [text for value in given.get(path, ()) if (text := value.replace("\r\n", "\n").strip())]


def _items(field: Field, path: str, given: Mapping[str, list[str]]) -> list[object]:
    found: list[object] = []
    single = field.item[0] if len(field.item) == 1 and not field.item[0].name else None
    for _index, name in _indexes(path, given):
        if single is None:
            record = {part.name: _answer(part, f"{name}.{part.name}", given) for part in field.item}
            if any(value is not None for value in record.values()):
                found.append({part: value for part, value in record.items() if value is not None})
            continue
        for text in _texts(name, given):
            pieces = _SPLIT.split(text) if single.type in _SPLITTING else [text]
            found += [piece.strip() for piece in pieces if piece.strip()]
    return found[:_MOST_ITEMS]


def _indexes(path: str, given: Mapping[str, list[str]]) -> list[tuple[int, str]]:
    """Index and path of each item below a list's path, in order."""
    pattern = re.compile(re.escape(path) + r"\[([0-9]{1,4})\]")
    found = {int(one[1]): one[0] for name in given if (one := pattern.match(name))}
    return sorted(found.items())
