"""Content controls, form fields and merge fields of Word, each made into a blank that knows what Word says about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.docx.package import Element, W, value
from kb.templates.convert.words import Hint

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: What stands for a control in the text; read back as a blank.
SIGN = "____"
CHECKED, UNCHECKED = "☒", "☐"
_MERGED = ("MERGEFIELD", "FORMTEXT", "FORMDROPDOWN", "FORMCHECKBOX", "DOCPROPERTY")
_MOST_CHOICES = 200


def make_blanks(root: Element) -> dict[Any, Hint]:
    """Turn controls that wait for an answer into blanks.

    Returns:
        What Word says about each, by the ``w:t`` that now holds the blank.
    """
    hints: dict[Any, Hint] = {}
    for control in list(root.iter(f"{W}sdt")):
        _control(control, hints)
    for simple in list(root.iter(f"{W}fldSimple")):
        _simple(simple, hints)
    for paragraph in list(root.iter(f"{W}p")):
        _fields(paragraph, hints)
    return hints


def _control(control: Element, hints: dict[Any, Hint]) -> None:
    properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    if properties is None or content is None:
        return
    hint = _hint(properties)
    if properties.find(f"{W}showingPlcHdr") is None and hint.type != "check":
        return
    if properties.find(f"{W}docPartObj") is not None:
        return
    texts = list(content.iter(f"{W}t"))
    if not texts:
        return
    _into_blank(texts, hints, hint)
    for gone in (*properties.findall(f"{W}showingPlcHdr"), *properties.findall(f"{W}placeholder")):
        properties.remove(gone)
    # A control bound to data shows the data, not what is written into it.
    for bound in (*properties.findall(f"{W}dataBinding"), *properties.findall(f"{_W15}dataBinding")):
        properties.remove(bound)
    for run in content.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        if style is not None and "placeholder" in (value(style) or "").lower():
            style.getparent().remove(style)


def _hint(properties: Element) -> Hint:
    label = value(properties.find(f"{W}alias")) or value(properties.find(f"{W}tag")) or ""
    for name in ("dropDownList", "comboBox"):
        choices = properties.find(f"{W}{name}")
        if choices is not None:
            shown = [item.get(f"{W}displayText") or item.get(f"{W}value") or "" for item in choices]
            offered = tuple(dict.fromkeys(one for one in shown if one))[:_MOST_CHOICES]
            return Hint(label, "choice" if offered else "text", offered)
    if properties.find(f"{W}date") is not None:
        return Hint(label, "date")
    return Hint(label, "check" if properties.find(f"{_W14}checkbox") is not None else "text")


def _into_blank(texts: list[Element], hints: dict[Any, Hint], hint: Hint) -> None:
    first, *others = texts
    first.text = SIGN
    first.set(_SPACE, "preserve")
    for other in others:
        other.text = ""
    hints[first] = hint


def _simple(field: Element, hints: dict[Any, Hint]) -> None:
    words = field.get(f"{W}instr", "").split()
    texts = list(field.iter(f"{W}t"))
    if not words or words[0].upper() not in _MERGED or not texts:
        return
    _into_blank(texts, hints, Hint(words[1].strip('"') if len(words) > 1 else ""))
    parent, at = field.getparent(), field.getparent().index(field)
    for child in reversed(list(field)):
        parent.insert(at, child)
    parent.remove(field)


def _fields(paragraph: Element, hints: dict[Any, Hint]) -> None:
    for runs, code, begin in list(_complex(paragraph)):
        words = code.split()
        kind = words[0].upper() if words else ""
        if kind not in _MERGED:
            continue
        data = begin.find(f"{W}ffData")
        name = value(data.find(f"{W}name")) if data is not None else None
        label = name or (words[1].strip('"') if len(words) > 1 and not words[1].startswith("\\") else "")
        hint = _data_hint(data, kind, label)
        shown = [text for run in runs for text in run.findall(f"{W}t")]
        if not shown:
            text = runs[0].makeelement(f"{W}t", {})
            runs[0].append(text)
            shown = [text]
        _into_blank(shown, hints, hint)
        for run in runs:
            for child in list(run):
                if child.tag in {f"{W}fldChar", f"{W}instrText"}:
                    run.remove(child)


def _data_hint(data: Element | None, kind: str, label: str) -> Hint:
    if kind == "FORMCHECKBOX":
        return Hint(label, "check")
    listed = data.find(f"{W}ddList") if data is not None else None
    if listed is not None:
        offered = tuple(dict.fromkeys(value(one) or "" for one in listed.findall(f"{W}listEntry")))
        return Hint(label, "choice", tuple(one for one in offered if one)[:_MOST_CHOICES])
    return Hint(label)


def _complex(paragraph: Element) -> Iterator[tuple[list[Element], str, Element]]:
    """Fields that begin and end in a paragraph and have none inside: their runs, code and beginning."""
    runs: list[Element] = []
    code, begin = "", None
    for run in paragraph.iter(f"{W}r"):
        marks = run.findall(f"{W}fldChar")
        kinds = [value(mark, "fldCharType") for mark in marks]
        if "begin" in kinds:
            runs, code, begin = [], "", marks[kinds.index("begin")]
        if begin is None:
            continue
        runs.append(run)
        code += "".join(piece.text or "" for piece in run.findall(f"{W}instrText"))
        if "end" in kinds:
            yield runs, code, begin
            runs, code, begin = [], "", None
