"""From a blank and what is known or proposed about it to the files of a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from kb.docx.package import Element, W
from kb.errors import BadForm
from kb.templates.catalog import FORMS, IDS, SHARED
from kb.templates.convert.edit import ALWAYS, Plan, apply, controls, further, plan
from kb.templates.convert.kinds import AIMAK, CITY, words_of
from kb.templates.convert.numbers import numbered, put_numbers, put_references
from kb.templates.convert.overlay import Overlay, ParEdits
from kb.templates.convert.propose import Proposal, Unsure
from kb.templates.convert.words import Par
from kb.templates.sandbox import names_of

_GENERAL = ("municipality_kind", "city")
_SILENT = frozenset({"derived", "fixed"})


@dataclass(slots=True)
class Built:
    """What was made of a document's paragraphs.

    Attributes:
        remarks: what a person who fills the form is told about the model's own words, as ``form.yaml`` has it.
        used: expressions and conditions of the template.
        unsure: what could not be carried out as the overlay says.
    """

    remarks: list[dict[str, Any]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    unsure: list[Unsure] = field(default_factory=list)


def matched(pars: Sequence[Par], overlay: Overlay) -> tuple[dict[int, ParEdits], list[ParEdits]]:
    """Edits of an overlay by the ordinal of the paragraph that they are for, and those whose paragraph is not there.

    Paragraphs that are alike take the edits for them in turn.

    Raises:
        BadForm: an edit names words that its paragraph does not have.
    """
    waiting: dict[str, list[Par]] = {}
    for par in pars:
        if par.hash and not par.copy:
            waiting.setdefault(par.hash, []).append(par)
    found: dict[int, ParEdits] = {}
    missing = []
    for edits in overlay.paragraphs:
        here = waiting.get(edits.hash)
        if here:
            par = here.pop(0)
            _refuse_beyond(par, edits)
            found[par.ordinal] = edits
        else:
            missing.append(edits)
    return found, missing


def _refuse_beyond(par: Par, edits: ParEdits) -> None:
    """Refuse edits of words that a paragraph does not have."""
    for edit in edits.edits:
        if max(edit.last, edit.other[1] if edit.other else 0) > len(par.words):
            raise BadForm(reason="overlay", where=f"{edits.clause} {edits.hash}: {edit}")


def build(pars: Sequence[Par], edits: Mapping[int, ParEdits], units: Mapping[str, str], *, kinds: bool) -> Built:
    """Put tags into a document.

    Args:
        pars: its paragraphs; their elements are changed.
        edits: what becomes of paragraphs, by ordinal.
        units: conditions on which units stand, by number.
        kinds: mark words of one kind of community that stand for both.
    """
    made = Built()
    counted = numbered(pars)
    plans = {par.ordinal: _planned(par, edits, made) for par in pars}
    put_numbers(pars, plans, counted)
    conditions = {par.ordinal: _units_of(par.unit, units) for par in pars}
    standing = {par.unit: conditions[par.ordinal] for par in pars}
    for par in pars:
        for number, when in put_references(par, plans[par.ordinal], counted.values(), standing):
            made.remarks.append(_remark(par, "model_stale_reference", when, number))
            made.used.add(when)
    if kinds:
        for par in pars:
            _mark_leftovers(par, plans[par.ordinal], edits.get(par.ordinal), conditions[par.ordinal], made)
    _close_lists(pars, plans, edits)
    for par in pars:
        if not plans[par.ordinal].empty:
            apply(par, plans[par.ordinal])
    _stand(pars, edits, units, made)
    return made


def _planned(par: Par, edits: Mapping[int, ParEdits], made: Built) -> Plan:
    given = edits.get(par.ordinal)
    if given is None:
        return Plan.of(par)
    for edit in given.edits:
        if edit.verb in {"=", "if", "model"} and edit.what:
            made.used.add(edit.what)
        if edit.verb == "stale":
            made.remarks.append(_remark(par, "model_stale_reference", "", edit.what))
        elif edit.verb == "model":
            made.remarks.append(
                _remark(par, "model_words", edit.what, par.text[slice(*par.span(edit.first, edit.last))])
            )
    return plan(par, given.edits)


def _remark(par: Par, code: str, when: str, words: str) -> dict[str, Any]:
    told = {"clause": par.unit, "code": code, "words": words[:200]}
    return told | {"when": when} if when else told


def _units_of(unit: str, units: Mapping[str, str]) -> tuple[str, ...]:
    """Conditions on which a unit and those that it is in stand."""
    parts = unit.split(".")
    return tuple(units[number] for end in range(1, len(parts) + 1) if (number := ".".join(parts[:end])) in units)


def _mark_leftovers(par: Par, made: Plan, given: ParEdits | None, around_it: tuple[str, ...], built: Built) -> None:
    kept = [par.span(edit.first, edit.last) for edit in given.edits if edit.verb == "keep"] if given else []
    if given and (given.drop or given.each):
        return
    whole = (*around_it, *((given.when,) if given and given.when else ()))
    for kind, wrong in ((CITY, AIMAK), (AIMAK, CITY)):
        for start, end in words_of(par.text, wrong):
            here = (*whole, *made.when[start])
            shown = not any(_implies(one, wrong) for one in here) and not made.gone[start] and not made.marked[start]
            if shown and not any(low <= start < high for low, high in kept):
                made.mark(start, end, kind)
                built.remarks.append(_remark(par, "model_words", kind, par.text[start:end]))


def _implies(condition: str, kind: str) -> bool:
    """Whether a condition holds for one kind only (``not city and 'citizen' in awards``)."""
    parts = condition.split(" and ")
    return any(part.strip(" ()") == kind for part in parts) and " or " not in condition.partition("(")[0]


def _close_lists(pars: Sequence[Par], plans: Mapping[int, Plan], edits: Mapping[int, ParEdits]) -> None:
    """Let the last item of a list that stands end in a full stop, whichever of those after it are left out."""
    for group in _groups(pars, edits):
        ends = [par.text.rstrip() for par in group]
        if len(group) < 2 or not all(end.endswith(";") for end in ends[:-1]) or not ends[-1].endswith("."):
            continue
        last_given = edits.get(group[-1].ordinal)
        more = [last_given.more] if last_given and last_given.more else []
        for at, par in enumerate(group if more else group[:-1]):
            later = [_stands(edits.get(one.ordinal)) for one in group[at + 1 :]] + more
            if "" in later:
                continue
            last = len(ends[at]) - 1
            condition = " or ".join(f"({one})" for one in dict.fromkeys(later))
            plans[par.ordinal].put(last, last + 1, "{{ ';' if " + condition + " else '.' }}")


def _stands(given: ParEdits | None) -> str:
    if given is None:
        return ""
    return given.each.partition(" in ")[2] or given.when


def _groups(pars: Sequence[Par], edits: Mapping[int, ParEdits]) -> Iterator[list[Par]]:
    """Paragraphs of lists that hold an item which can be left out: those that end in ``;`` and the one after."""
    group: list[Par] = []
    for par in pars:
        if not par.text.strip() or (edits.get(par.ordinal) and edits[par.ordinal].drop):
            continue
        if edits.get(par.ordinal) and edits[par.ordinal].each:
            continue
        group.append(par)
        if not par.text.rstrip().endswith(";"):
            if any(_stands(edits.get(one.ordinal)) for one in group):
                yield group
            group = []


def _stand(pars: Sequence[Par], edits: Mapping[int, ParEdits], units: Mapping[str, str], made: Built) -> None:
    """Put conditions and loops around paragraphs and units."""
    for par in pars:
        given = edits.get(par.ordinal)
        if given is None:
            continue
        if given.drop:
            _remove(par.element)
            continue
        if given.more:
            further(par.element, given.more)
            made.used.add(given.more)
        if given.each:
            controls(par.element, par.element, given.each, loop=True)
            made.used.add(given.each.partition(" in ")[2])
        if given.when:
            first: Any = par.element
            last: Any = par.element
            if given.each:
                first, last = first.getprevious(), last.getnext()
            controls(first, last, given.when)
            made.used.add(given.when)
    for number, condition in units.items():
        block = _block(pars, number)
        if block is None:
            made.unsure.append(Unsure(number, condition, "unit"))
            continue
        controls(*block, condition)
        made.used.add(condition)


def _remove(element: Element) -> None:
    """Take a paragraph out; a cell keeps its last one."""
    parent = element.getparent()
    if parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) == 1:
        for child in list(element):
            if child.tag != f"{W}pPr":
                element.remove(child)
        return
    parent.remove(element)


def _block(pars: Sequence[Par], number: str) -> tuple[Element, Element] | None:
    """First and last block of a unit with all below it, where they stand side by side."""
    inside = [par for par in pars if par.unit == number or par.unit.startswith(number + ".")]
    starts = [par for par in inside if par.number == number]
    if not starts:
        return None
    first = starts[0].element
    held = [par.element for par in inside if par.ordinal >= starts[0].ordinal]
    # The empty line behind a unit goes with it where one stands before it too.
    if starts[0].ordinal > 1 and pars[starts[0].ordinal - 2].text.strip():
        while len(held) > 1 and not "".join(piece.text or "" for piece in held[-1].iter(f"{W}t")).strip():
            held.pop()
    tops = [_top(one, first.getparent()) for one in held if one.getparent() is not None]
    if any(top is None for top in tops):
        return None
    low: Any = tops[0]
    high: Any = tops[-1]
    before, after = low.getprevious(), high.getnext()
    while before is not None and _is_control(before, opening=True):
        low, before = before, before.getprevious()
    while after is not None and _is_control(after, opening=False):
        high, after = after, after.getnext()
    return low, high


def _top(element: Element, parent: Element) -> Element | None:
    while element is not None and element.getparent() is not parent:
        element = element.getparent()
    return element


def _is_control(element: Element, *, opening: bool) -> bool:
    text = "".join(piece.text or "" for piece in element.iter(f"{W}t"))
    return text.startswith(("{%p if", "{%p for") if opening else "{%p end")


def described(overlay: Overlay, proposal: Proposal | None, built: Built) -> dict[str, Any]:
    """Contents of ``form.yaml``: what the overlay and the proposal ask, as far as the template uses it."""
    raw = dict(overlay.form)
    if overlay.like:
        raw = {**_shipped(overlay.like), **raw}
    fields = {**_shared(), **(raw.get("fields") or {})}
    sections = [dict(one) for one in raw.get("sections") or []]
    if proposal and proposal.fields:
        fields = {name: given or fields[name] for name, given in {**fields, **proposal.fields}.items()}
        listed = {_field_name(one) for section in sections for one in section.get("fields") or []}
        own = [name for name in proposal.fields if name not in listed]
        if own:
            sections.append({"id": "blanks", "title": ["Бош орундар", "Пропуски"], "fields": own})
    for remark in built.remarks:
        built.used.add(remark.get("when") or ALWAYS)
    order = [_field_name(one) for section in sections for one in section.get("fields") or []]
    kept = _closure(built.used, fields, overlay.language.value)
    rules = [rule for rule in raw.get("rules") or [] if {rule["field"], *names_of(rule["holds"])} <= kept]
    made: dict[str, Any] = {key: raw[key] for key in ("title", "summary", "follows", "official", "note") if key in raw}
    made["sections"] = _sections(sections, kept)
    made["fields"] = {name: _plain(fields[name], overlay.language.value) for name in order if name in kept}
    made["rules"], made["acts"], made["bases"] = rules, raw.get("acts") or {}, raw.get("bases") or {}
    made["remarks"] = built.remarks
    if unknown := kept - set(order):
        raise BadForm(reason="field", where=", ".join(sorted(unknown))[:200])
    return made


def _shipped(name: str) -> dict[str, Any]:
    if name not in IDS:
        raise BadForm(reason="overlay", where=f"like: {name}")
    found = yaml.safe_load((FORMS / name / "form.yaml").read_bytes())
    return {key: found[key] for key in ("sections", "fields", "rules", "acts") if key in found}


def _shared() -> dict[str, Any]:
    return dict(yaml.safe_load(SHARED.read_bytes()))


def _field_name(one: object) -> str:
    return str(one["name"]) if isinstance(one, dict) else str(one)


def _closure(used: set[str], fields: Mapping[str, Any], language: str) -> set[str]:
    """Names that the template reads, and those that these depend on."""
    names = {name for source in used if source != ALWAYS for name in names_of(source)}
    names -= {name for name in names if name.startswith("item_") or name == "loop"}
    if unknown := names - set(fields):
        raise BadForm(reason="unknown_name", where=", ".join(sorted(unknown))[:200])
    waiting, kept = list(names), set()
    while waiting:
        name = waiting.pop()
        if name in kept:
            continue
        kept.add(name)
        given = _plain(fields[name], language)
        value = given.get("value")
        sources = [given.get("when", ""), *(value.values() if isinstance(value, dict) else [value or ""])]
        sources += [choice.get("when", "") for choice in given.get("choices") or []]
        waiting += [found for source in sources if source for found in names_of(source)]
    return kept


def _plain(given: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A field as it is asked for a document in one language."""
    told = dict(given)
    value = told.get("value")
    if isinstance(value, dict):
        told["value"] = {language: value[language]} if language in value else value
    return told


def _sections(sections: Sequence[Mapping[str, Any]], kept: set[str]) -> list[dict[str, Any]]:
    found = [
        {**one, "fields": [name for name in one.get("fields") or [] if _field_name(name) in kept]} for one in sections
    ]
    return [one for one in found if one["fields"]]
