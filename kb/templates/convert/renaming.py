"""What a person named in an imported form, written into its overlay."""

from __future__ import annotations

import copy
import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kb.templates.convert.naming import CASES, Spot, Survey
from kb.templates.convert.overlay import Edit, Overlay, ParEdits
from kb.templates.convert.words import Par
from kb.templates.model import SILENT, FieldType

#: Types that a person can choose for a blank.
TYPES = (
    *(FieldType.TEXT, FieldType.TOPONYM, FieldType.PERSON, FieldType.INTEGER, FieldType.RANGE, FieldType.PERCENT),
    *(FieldType.DATE, FieldType.TIME, FieldType.DOCNUM, FieldType.CHOICE),
)
LONGEST_LABEL, LONGEST_HELP, MOST_CHOICES = 200, 1_000, 200

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|[.|]\s*[A-Za-z_]\w*|[A-Za-z_]\w*")
#: Words of expressions, and names that forms use for their own.
_RESERVED = frozenset({*keyword.kwlist, "true", "false", "none", "defined", "loop", "case_forms", "ref", "point"})
_OPEN = frozenset(one.value for one in TYPES)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person wrote beside a blank.

    Attributes:
        name: name of the field; empty to leave the blank as it is.
        case: case that the answer stands in, empty for the nominative.
        details: the page asked for what follows too.
        label: label in Kyrgyz and in Russian; one may be empty.
        help: help, likewise.
        type: kind of answer; of a list that of its items.
        required: it must be answered.
        choices: what a choice offers.
    """

    name: str
    case: str = ""
    details: bool = False
    label: tuple[str, str] = ("", "")
    help: tuple[str, str] = ("", "")
    type: str = "text"
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renamed:
    """A form under the names that a person gave.

    Attributes:
        edits: what becomes of paragraphs, by ordinal.
        overlay: the overlay; its paragraphs as before.
        names: new name of each field that has another one.
        errors: what is wrong: codes by key of the blank and name of the input; then the rest is as before.
    """

    edits: Mapping[int, ParEdits]
    overlay: Overlay
    names: Mapping[str, str]
    errors: Mapping[tuple[str, str], str]


@dataclass(slots=True)
class _Work:
    """Naming under way.

    Attributes:
        found: what there is to be named.
        given: what was written, by key of the blank.
        errors: what is wrong, by key of the blank and name of its input.
        renamed: new name of each field that has another one.
        fields: fields under their new names.
        required: whether those must be answered of which it was changed.
    """

    found: Survey
    given: Mapping[str, Given]
    errors: dict[tuple[str, str], str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    required: dict[str, bool] = field(default_factory=dict)


def name_spots(
    pars: Sequence[Par],
    edits: Mapping[int, ParEdits],
    overlay: Overlay,
    found: Survey,
    given: Mapping[str, Given],
) -> Renamed:
    """Names as a person gave them.

    The name beside the first blank of a field renames the field; another name beside a later one gives that blank to
    another field. Two fields that get one name become one.

    Args:
        pars: paragraphs of the blank.
        edits: what becomes of them, by ordinal.
        overlay: the overlay that these edits are of.
        found: what there is to be named.
        given: what was written, by key of the blank; blanks that are not in it stay as they are.
    """
    work = _Work(found, given)
    work.fields = {name: copy.deepcopy(dict(one)) for name, one in found.fields.items()}
    _check(work)
    if work.errors:
        return Renamed(edits, overlay, {}, work.errors)
    _rename(work)
    names = {spot.key: _name_at(work, spot) for spot in found.spots}
    for spot in found.spots:
        _detail(work, spot, names[spot.key])
    changed = _edits(work, pars, edits, names)
    form = _form(work, overlay, [name for name in names.values() if name])
    units = {number: _renamed(when, work.renamed) for number, when in overlay.units.items()}
    return Renamed(changed, replace(overlay, form=form, units=units), work.renamed, {})


def _check(work: _Work) -> None:
    listed: dict[str, bool] = {}
    for spot in work.found.spots:
        one = work.given.get(spot.key)
        name = one.name if one else spot.field
        if one is not None:
            _check_name(work, spot, one)
            if one.details and one.name:
                _check_details(work, spot, one)
        if name and listed.setdefault(name, spot.rows > 0) != (spot.rows > 0):
            work.errors.setdefault((spot.key, "name"), "list_mix")
        if name in work.found.others and name != spot.field:
            work.errors.setdefault((spot.key, "name"), "taken")


def _check_name(work: _Work, spot: Spot, one: Given) -> None:
    if not one.name:
        if spot.field and (spot.fixed or spot.rows):
            work.errors[spot.key, "name"] = "needed"
    elif one.name != spot.field and (not _NAME.fullmatch(one.name) or one.name.startswith("item_")):
        work.errors[spot.key, "name"] = "bad_name"
    elif one.name in _RESERVED:
        work.errors[spot.key, "name"] = "reserved"
    if one.case and one.case not in CASES[work.found.language]:
        work.errors[spot.key, "case"] = "unknown"


def _check_details(work: _Work, spot: Spot, one: Given) -> None:
    if not any(words.strip() for words in one.label):
        work.errors[spot.key, "label"] = "needed"
    elif max(map(len, one.label)) > LONGEST_LABEL:
        work.errors[spot.key, "label"] = "too_long"
    if max(map(len, one.help)) > LONGEST_HELP:
        work.errors[spot.key, "help"] = "too_long"
    if can_change_type(work.found, spot):
        if one.type not in _OPEN or (spot.rows and one.type == FieldType.CHOICE):
            work.errors[spot.key, "type"] = "unknown"
        elif one.type == FieldType.CHOICE and not 2 <= len(one.choices) <= MOST_CHOICES:
            work.errors[spot.key, "choices"] = "too_few" if len(one.choices) < 2 else "too_many"


def can_change_type(found: Survey, spot: Spot) -> bool:
    """Whether a person can say what kind of answer a blank takes."""
    if not spot.field:
        return True
    given = found.fields.get(spot.field, {})
    kind = _kind(given)
    if spot.rows:
        return kind in _OPEN
    return kind in _OPEN and not any(one.fixed for one in found.spots if one.field == spot.field)


def _kind(given: Mapping[str, Any]) -> str:
    """Type of a field, of a list that of its items; empty for items that are objects."""
    kind = str(given.get("type", ""))
    if kind != FieldType.LIST:
        return kind
    item = given.get("item")
    return str(item.get("type", "")) if isinstance(item, Mapping) else ""


def kind_of(found: Survey, spot: Spot) -> str:
    """Kind of answer that a blank takes; of a list that of its items, as far as they have one."""
    return _kind(found.fields.get(spot.field, {})) or FieldType.TEXT.value


def _rename(work: _Work) -> None:
    """Carry out what the first blanks of fields say."""
    for spot in work.found.spots:
        one = work.given.get(spot.key)
        if one is not None and one.name and spot.field and spot.first and one.name != spot.field:
            work.renamed[spot.field] = one.name
    taken: dict[str, dict[str, Any]] = {}
    staying = [name for name in work.fields if name not in work.renamed]
    for name in (*staying, *work.renamed):
        taken.setdefault(work.renamed.get(name, name), work.fields[name])
    work.fields = taken


def _name_at(work: _Work, spot: Spot) -> str:
    """Name of the field that a blank has from now on, empty for none."""
    one = work.given.get(spot.key)
    follows = work.renamed.get(spot.field, spot.field)
    if one is None or spot.fixed:
        return follows
    return follows if one.name == spot.field else one.name


def _detail(work: _Work, spot: Spot, name: str) -> None:
    """Write down what was said of a field beside a blank."""
    one = work.given.get(spot.key)
    if not name or one is None:
        return
    if name not in work.fields:
        old = work.fields.get(work.renamed.get(spot.field, spot.field), {"type": "text", "required": True})
        work.fields[name] = copy.deepcopy(old)
        if not one.details:
            return
    elif not one.details or _details_elsewhere(work, spot, name):
        return
    told = work.fields[name]
    told["label"] = reworded(told.get("label"), one.label)
    was = work.found.required
    if told.get("type") not in SILENT and one.required != (spot.field in was if spot.field else told.get("required")):
        told["required"] = work.required[name] = one.required
    if any(one.help):
        told["help"] = reworded(told.get("help"), one.help)
    else:
        told.pop("help", None)
    if can_change_type(work.found, spot):
        _retype(told, one, listed=spot.rows > 0)


def reworded(words: object, given: tuple[str, str]) -> list[str]:
    """Words in Kyrgyz and Russian in place of others; those in further languages stay where nothing is new."""
    return list(words) if isinstance(words, list) and tuple(words[:2]) == given else list(given)


def _details_elsewhere(work: _Work, spot: Spot, name: str) -> bool:
    """Whether a field has its details from an earlier blank: two became one."""
    for earlier in work.found.spots:
        if earlier.key == spot.key:
            return False
        one = work.given.get(earlier.key)
        if _name_at(work, earlier) == name and (one is None or one.details):
            return True
    return False


def _retype(told: dict[str, Any], one: Given, *, listed: bool) -> None:
    if listed:
        if isinstance(told.get("item"), dict) and told["item"].get("type") != one.type:
            told["item"] = {"type": one.type}
        return
    if told.get("type") != one.type:
        for key in ("bounds", "default", "choices", "free", "case", "multiline", "proposed"):
            told.pop(key, None)
        told["type"] = one.type
    if one.type == FieldType.CHOICE:
        known = {choice["value"]: choice for choice in told.get("choices") or []}
        told["choices"] = [known.get(value, {"value": value, "label": [value, value]}) for value in one.choices]


def _edits(
    work: _Work, pars: Sequence[Par], edits: Mapping[int, ParEdits], names: Mapping[str, str]
) -> Mapping[int, ParEdits]:
    changed = {at: _renamed_par(one, work.renamed) for at, one in edits.items()}
    by_par: dict[int, list[Spot]] = {}
    for spot in work.found.spots:
        by_par.setdefault(int(spot.key.partition("-")[0]), []).append(spot)
    for par in pars:
        for spot in by_par.get(par.ordinal, ()):
            if spot.fixed or (spot.key not in work.given and not spot.field):
                continue
            before = changed.get(par.ordinal, ParEdits(par.unit, par.hash))
            after = _spot_edits(work, par, before, spot, names[spot.key])
            if after or par.ordinal in changed:
                changed[par.ordinal] = replace(before, edits=after)
    return changed


def _spot_edits(work: _Work, par: Par, before: ParEdits, spot: Spot, name: str) -> tuple[Edit, ...]:
    first = int(spot.key.partition("-")[2])
    at = next((at for at, one in enumerate(before.edits) if one.first == first and one.verb == "="), None)
    told = list(before.edits)
    if not name:
        return tuple(told[:at] + told[at + 1 :]) if at is not None else before.edits
    one = work.given.get(spot.key)
    case = one.case if one else spot.case
    kind = work.fields.get(name, {}).get("type")
    is_date = kind == FieldType.DATE
    same = name == work.renamed.get(spot.field, spot.field) and case == spot.case
    if at is not None and same and (kind not in _OPEN or is_date == told[at].what.endswith("|day")):
        return before.edits
    shown = f"{name}|day" if is_date else f"{name}|{case}" if case else name
    if at is None:
        return tuple(sorted([*told, Edit(first, first, "=", shown)], key=lambda edit: edit.first))
    told[at] = replace(told[at], what=shown)
    return tuple(told)


def _renamed_par(one: ParEdits, renamed: Mapping[str, str]) -> ParEdits:
    told = tuple(
        replace(edit, what=_renamed(edit.what, renamed)) if edit.verb in {"=", "if", "model"} else edit
        for edit in one.edits
    )
    variable, is_in, items = one.each.partition(" in ")
    return replace(
        one,
        edits=told,
        when=_renamed(one.when, renamed),
        each=f"{variable}{is_in}{_renamed(items, renamed)}",
        more=_renamed(one.more, renamed),
    )


def _renamed(source: str, renamed: Mapping[str, str]) -> str:
    """An expression with other names of fields; texts, attributes and filters stay."""
    return _TOKEN.sub(lambda found: renamed.get(found[0], found[0]), source) if renamed else source


def _form(work: _Work, overlay: Overlay, names: Sequence[str]) -> dict[str, Any]:
    """Contents of ``form.yaml`` under the new names."""
    form = copy.deepcopy(dict(overlay.form))
    form["fields"] = {name: _renamed_field(one, work.renamed) for name, one in work.fields.items()}
    listed: set[str] = set()
    for section in form.get("sections") or []:
        section["fields"] = [
            told for one in section.get("fields") or [] if (told := _listed(work, one, listed)) is not None
        ]
    more = [name for name in dict.fromkeys(names) if name not in listed]
    if more:
        _blanks_section(form)["fields"] += more
    form["rules"] = [
        {
            **rule,
            "field": work.renamed.get(rule["field"], rule["field"]),
            "holds": _renamed(rule["holds"], work.renamed),
        }
        for rule in form.get("rules") or []
    ]
    return form


def _listed(work: _Work, one: Any, listed: set[str]) -> Any:
    """An entry of a section under its new name; None where that stands there already."""
    old = str(one["name"]) if isinstance(one, dict) else str(one)
    name = work.renamed.get(old, old)
    if name in listed:
        return None
    listed.add(name)
    if isinstance(one, dict):
        return {**one, "name": name} | ({"required": work.required[name]} if name in work.required else {})
    return name


def _blanks_section(form: dict[str, Any]) -> dict[str, Any]:
    sections = form.setdefault("sections", [])
    found = next((one for one in sections if one.get("id") == "blanks"), None)
    if found is None:
        found = {"id": "blanks", "title": ["Бош орундар", "Пропуски"], "fields": []}
        sections.append(found)
    return found


def _renamed_field(given: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    told = dict(given)
    for key in ("when", "proposed"):
        if told.get(key):
            told[key] = _renamed(str(told[key]), renamed)
    value = told.get("value")
    if isinstance(value, dict):
        told["value"] = {language: _renamed(str(one), renamed) for language, one in value.items()}
    elif isinstance(value, str):
        told["value"] = _renamed(value, renamed)
    if told.get("choices"):
        told["choices"] = [
            {**one, "when": _renamed(str(one["when"]), renamed)} if one.get("when") else one for one in told["choices"]
        ]
    return told
