"""``form.yaml`` as frozen values; what does not fit the schema is refused with its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from kb.documents import ActId, Kind
from kb.errors import BadForm
from kb.language.model import Language
from kb.templates.model import Bounds, Choice, Field, FieldType, LegalBasis, Remark, Rule, Section, Words
from kb.templates.sandbox import expression, names_of
from kb.templates.values import PATTERNS

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_FIELD_KEYS = frozenset(
    [
        *("type", "label", "help", "required", "when", "languages", "choices", "free", "item", "unique", "bounds"),
        *("case", "default", "value", "proposed", "multiline"),
    ]
)
_BOUNDS = frozenset({"least", "most", "shortest", "longest", "fewest", "pattern"})


def words(found: object, where: str) -> Words:
    """Words in both languages, written ``[ky, ru]``, ``[ky, ru, en]`` or as one string for all.

    Raises:
        BadForm: neither.
    """
    if found is None:
        return Words("", "")
    if isinstance(found, str):
        return Words(found, found, found)
    if isinstance(found, list) and 2 <= len(found) <= 3 and all(isinstance(one, str) for one in found):
        return Words(*found)
    raise BadForm(reason="words", where=where)


def mapping(found: object, where: str) -> Mapping[str, Any]:
    """A mapping with names as keys; None is an empty one.

    Raises:
        BadForm: something else.
    """
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise BadForm(reason="mapping", where=where)
    return found


def sequence(found: object, where: str) -> list[Any]:
    """A list; None is an empty one.

    Raises:
        BadForm: something else.
    """
    if found is None:
        return []
    if not isinstance(found, list):
        raise BadForm(reason="list", where=where)
    return found


def field(name: str, found: object, *, required: bool | None = None) -> Field:
    """A field of ``form.yaml``.

    Args:
        name: its name; empty for the item of a list of plain values.
        found: what the file says.
        required: overrides what the file says.

    Raises:
        BadForm: it does not fit.
    """
    given = mapping(found, name)
    if (name and not _NAME.fullmatch(name)) or not set(given) <= _FIELD_KEYS:
        raise BadForm(reason="field", where=name or ", ".join(sorted(set(given) - _FIELD_KEYS)))
    try:
        kind = FieldType(given.get("type", ""))
    except ValueError:
        raise BadForm(reason="type", where=name) from None
    return Field(
        name=name,
        type=kind,
        label=words(given.get("label"), name),
        help=words(given.get("help"), name),
        required=bool(given.get("required", False)) if required is None else required,
        when=_expression(given.get("when", ""), name),
        languages=_languages(given.get("languages"), name),
        choices=tuple(_choice(one, name) for one in sequence(given.get("choices"), name)),
        free=bool(given.get("free", False)),
        item=_item(given.get("item"), kind, name),
        unique=bool(given.get("unique", False)),
        bounds=_bounds(given.get("bounds"), name),
        case=str(given.get("case", "")),
        default=given.get("default"),
        value=_value(given.get("value"), name),
        proposed=str(given.get("proposed", "")),
        multiline=bool(given.get("multiline", False)),
    )


def _languages(found: object, where: str) -> tuple[Language, ...]:
    names = sequence(found, where) or [Language.KY, Language.RU]
    if not all(name in {Language.KY, Language.RU} for name in names):
        raise BadForm(reason="languages", where=where)
    return tuple(Language(name) for name in names)


def _bounds(found: object, where: str) -> Bounds:
    given = mapping(found, where)
    pattern = given.get("pattern", "")
    numbers = [value for name, value in given.items() if name != "pattern"]
    if (
        not set(given) <= _BOUNDS
        or (pattern and pattern not in PATTERNS)
        or not all(type(one) is int for one in numbers)
    ):
        raise BadForm(reason="bounds", where=where)
    return Bounds(**given)


def _expression(source: object, where: str) -> str:
    if not isinstance(source, str):
        raise BadForm(reason="expression", where=where)
    if source:
        expression(source, names_of_safely(source, where))
    return source


def names_of_safely(source: str, where: str) -> frozenset[str]:
    """Names that an expression reads.

    Raises:
        BadForm: it cannot be read.
    """
    try:
        return names_of(source)
    except Exception:
        raise BadForm(reason="expression", where=where, problem=source[:200]) from None


def _value(found: object, where: str) -> Mapping[Language | None, str]:
    if isinstance(found, dict):
        return {Language(language): _expression(source, where) for language, source in found.items()}
    return {None: _expression(found, where)} if found is not None else {}


def _choice(found: object, where: str) -> Choice:
    given = mapping(found, where)
    if not isinstance(given.get("value"), str):
        raise BadForm(reason="choice", where=where)
    return Choice(given["value"], words(given.get("label"), where), _expression(given.get("when", ""), where))


def _item(found: object, kind: FieldType, where: str) -> tuple[Field, ...]:
    if kind is not FieldType.LIST:
        return ()
    given = mapping(found, where)
    if "type" in given:
        return (field("", given),)
    if not given:
        raise BadForm(reason="item", where=where)
    return tuple(field(name, one) for name, one in given.items())


def section(found: object) -> Section:
    """A section of ``form.yaml``; its fields may be names or ``{name, required}``.

    Raises:
        BadForm: it does not fit.
    """
    given = mapping(found, "sections")
    name = str(given.get("id", ""))
    names = [one["name"] if isinstance(one, dict) else one for one in sequence(given.get("fields"), name)]
    if not _NAME.fullmatch(name.replace("-", "_")) or not all(isinstance(one, str) for one in names):
        raise BadForm(reason="section", where=name)
    return Section(name, words(given.get("title"), name), tuple(names))


def rule(found: object, known: Iterable[str]) -> Rule:
    """A rule of ``form.yaml``.

    Raises:
        BadForm: it does not fit.
    """
    given = mapping(found, "rules")
    name = str(given.get("field", ""))
    holds = _expression(given.get("holds"), name)
    names = names_of_safely(holds, name)
    if not {name, *names} <= set(known):
        raise BadForm(reason="rule", where=name or holds)
    return Rule(name, holds, str(given.get("code", "rule")), bool(given.get("grave", True)), tuple(sorted(names)))


def remark(found: object, known: Iterable[str]) -> Remark:
    """A remark of ``form.yaml`` on the official text.

    Raises:
        BadForm: it does not fit.
    """
    given = mapping(found, "remarks")
    clause, when = str(given.get("clause", "")), _expression(given.get("when", ""), "remarks")
    if when and not names_of_safely(when, clause) <= set(known):
        raise BadForm(reason="unknown_name", where=clause)
    return Remark(clause, str(given.get("code", "model_words")), str(given.get("words", "")), when)


def bases(found: object, acts: object) -> tuple[LegalBasis, ...]:
    """Legal bases of ``form.yaml``: by clause, each naming one of ``acts``.

    Raises:
        BadForm: they do not fit.
    """
    known = {name: mapping(act, name) for name, act in mapping(acts, "acts").items()}
    made = []
    for clause, given in mapping(found, "bases").items():
        for one in sequence(given, clause):
            basis = mapping(one, clause)
            if basis.get("act") not in known:
                raise BadForm(reason="act", where=clause)
            made.append(_basis(clause, basis, known[basis["act"]]))
    return tuple(made)


def _basis(clause: str, given: Mapping[str, Any], act: Mapping[str, Any]) -> LegalBasis:
    try:
        identity = ActId(
            Kind(act["kind"]),
            number=str(act["number"]) if "number" in act else None,
            date=act.get("date"),
            body=act.get("body"),
            slug=str(act.get("slug", "")),
        )
    except (KeyError, ValueError, TypeError):
        raise BadForm(reason="act", where=clause) from None
    provision = str(given["provision"]) if "provision" in given else None
    within = tuple(str(one) for one in sequence(given.get("within"), clause))
    if within and provision is None:
        raise BadForm(reason="act", where=clause)
    edition = given.get("edition", act.get("edition"))
    return LegalBasis(
        clause=clause,
        act=identity,
        title=words(act.get("title"), clause),
        provision=provision,
        edition=edition if isinstance(edition, dt.date) else None,
        to_be_confirmed=bool(given.get("to_be_confirmed", provision is None)),
        within=within,
    )
