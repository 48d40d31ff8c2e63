"""Putting tags into the runs of a paragraph, and leaving all others as they are."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from kb.docx.package import Element, W
from kb.templates.convert.overlay import Edit
from kb.templates.convert.words import Par

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: What follows ``w:highlight`` in the properties of a run.
_AFTER_HIGHLIGHT = frozenset(
    W + name
    for name in (
        *("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"),
        *("specVanish", "oMath", "rPrChange"),
    )
)
ALWAYS = "true"
_ANSWER = re.compile(r"\{\{[^{}]*\}\}")


@dataclass(slots=True)
class Plan:
    """What becomes of each character of a paragraph.

    Attributes:
        tag: what stands before the character.
        gone: the character goes.
        when: conditions on which it stands.
        marked: condition on which it is marked as the model's, or empty.
    """

    tag: list[str]
    gone: list[bool]
    when: list[tuple[str, ...]]
    marked: list[str]
    capital: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, par: Par) -> Plan:
        """Nothing becomes of it."""
        size = len(par.text)
        return cls([""] * (size + 1), [False] * size, [()] * size, [""] * size)

    def put(self, start: int, end: int, tag: str) -> None:
        """Let a tag stand in place of characters."""
        self.tag[start] += tag
        self.drop(start, end)

    def drop(self, start: int, end: int) -> None:
        """Let characters go."""
        for at in range(start, end):
            self.gone[at] = True

    def show(self, start: int, end: int, condition: str) -> None:
        """Let characters stand on a condition only."""
        for at in range(start, end):
            self.when[at] = (*self.when[at], condition)

    def mark(self, start: int, end: int, condition: str) -> None:
        """Mark characters as the model's."""
        for at in range(start, end):
            self.marked[at] = condition

    @property
    def empty(self) -> bool:
        """Whether nothing becomes of the paragraph."""
        return not (any(self.tag) or any(self.gone) or any(self.when) or any(self.marked) or self.capital)


def plan(par: Par, edits: Iterable[Edit]) -> Plan:
    """What edits make of a paragraph."""
    made = Plan.of(par)
    for edit in edits:
        start, end = par.span(edit.first, edit.last)
        match edit.verb:
            case "=":
                made.put(start, end, "{{ " + edit.what + " }}")
            case "ref":
                made.put(start, end, "{{ ref('" + edit.what + "') }}")
            case "drop":
                made.drop(*_with_space(par.text, start, end))
            case "if" if edit.other:
                _either(par, made, edit, (start, end))
            case "if":
                made.show(*_with_space(par.text, start, end), edit.what)
            case "model" | "stale":
                made.mark(start, end, edit.what if edit.verb == "model" and edit.what else ALWAYS)
    return made


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with the space before it, at a paragraph's start with the space behind it."""
    before = start
    while before and text[before - 1] in " \u00a0":
        before -= 1
    if before:
        return before, end
    while end < len(text) and text[end] in " \u00a0":
        end += 1
    return start, end


def _either(par: Par, made: Plan, edit: Edit, span: tuple[int, int]) -> None:
    other = par.span(*edit.other) if edit.other else span
    pairs = [(span, edit.what), (other, negated(edit.what))]
    (first, first_when), (second, second_when) = sorted(pairs)
    made.drop(first[1], second[0])
    made.show(*first, first_when)
    made.show(*second, second_when)
    if par.text[first[0]].isupper() and par.text[second[0]].islower() and opens(par.text, first[0]):
        made.capital.add(second[0])


def negated(condition: str) -> str:
    """The condition that holds where another does not (``not city`` → ``city``)."""
    if condition.startswith("not ") and condition[4:].isidentifier():
        return condition[4:]
    return f"not {condition}" if condition.isidentifier() else f"not ({condition})"


def opens(text: str, at: int) -> bool:
    """Whether a word at ``at`` opens a sentence or a paragraph."""
    before = text[:at].rstrip()
    return not before or before[-1] in ".:!?" or before.strip("0123456789. -") == ""


def apply(par: Par, made: Plan) -> None:
    """Carry out a plan on the paragraph's runs."""
    texts: dict[Element, list[int]] = {}
    for at, place in enumerate(par.places):
        if place is not None:
            texts.setdefault(place[0], []).append(at)
        elif made.when[at] or made.gone[at]:
            _without_break(made, at)
    touched = {text: marks for text, marks in texts.items() if any(_touched(made, at) for at in marks)}
    if made.tag[len(par.text)] and texts:
        touched.setdefault(last := list(texts)[-1], texts[last])
    for run, of_run in groupby(touched, key=lambda text: text.getparent()):
        pieces = {text: list(_pieces(par, made, touched[text])) for text in of_run}
        if any(mark for told in pieces.values() for _, mark in told):
            _split(run, pieces)
        else:
            for text, told in pieces.items():
                _write(text, "".join(words for words, _ in told))


def _touched(made: Plan, at: int) -> bool:
    return bool(made.tag[at] or made.gone[at] or made.when[at] or made.marked[at] or at in made.capital)


def _without_break(made: Plan, at: int) -> None:
    """Tabs and breaks amid words that go have no character of their own to carry a condition; they stay."""
    made.when[at], made.gone[at] = (), False


def _pieces(par: Par, made: Plan, marks: list[int]) -> Iterator[tuple[str, str]]:
    """Words with tags, and the condition on which they are marked."""
    ends = marks[-1] + 1 == len(par.text)
    for (when, marked), group in groupby(marks, key=lambda at: (made.when[at], made.marked[at])):
        told = "".join(_character(par, made, at) for at in group)
        if told:
            condition = " and ".join(f"({one})" for one in dict.fromkeys(when))
            yield (f"{{% if {condition} %}}{told}{{% endif %}}" if when else told), marked
    if ends and made.tag[-1]:
        yield made.tag[-1], ""


def _character(par: Par, made: Plan, at: int) -> str:
    letter = "" if made.gone[at] else par.text[at]
    return made.tag[at] + (letter.upper() if at in made.capital else letter)


def _write(text: Element, words: str) -> None:
    """Write words; spaces at their ends are told to be kept where there are some, or a condition may bare them."""
    text.text = words
    plain = _ANSWER.sub("", words)
    if "{%" in words or plain != plain.strip():
        text.set(_SPACE, "preserve")


def _split(run: Element, pieces: dict[Element, list[tuple[str, str]]]) -> None:
    """Part a run so that marked words stand in runs of their own."""
    made: list[Element] = []
    current = _like(run)
    for child in list(run):
        if child.tag == f"{W}rPr":
            continue
        if child not in pieces:
            current.append(child)
            continue
        for words, mark in pieces[child]:
            if not mark:
                current.append(_text(words))
                continue
            made.append(current)
            made += _marked(run, words, mark)
            current = _like(run)
    made.append(current)
    parent, at = run.getparent(), run.getparent().index(run)
    parent.remove(run)
    for offset, one in enumerate(one for one in made if len(one) > (one.find(f"{W}rPr") is not None)):
        parent.insert(at + offset, one)


def _marked(run: Element, words: str, condition: str) -> Iterator[Element]:
    shown = _like(run)
    properties = shown.find(f"{W}rPr")
    if properties is None:
        properties = shown.makeelement(f"{W}rPr", {})
        shown.insert(0, properties)
    for old in properties.findall(f"{W}highlight"):
        properties.remove(old)
    behind = next((at for at, one in enumerate(properties) if one.tag in _AFTER_HIGHLIGHT), len(properties))
    properties.insert(behind, properties.makeelement(f"{W}highlight", {f"{W}val": "yellow"}))
    if condition == ALWAYS:
        shown.append(_text(words))
        yield shown
        return
    shown.append(_text(f"{{% if {condition} %}}{words}{{% endif %}}"))
    plain = _like(run)
    plain.append(_text(f"{{% if not ({condition}) %}}{words}{{% endif %}}"))
    yield from (shown, plain)


def _like(run: Element) -> Element:
    made = run.makeelement(run.tag, dict(run.attrib))
    properties = run.find(f"{W}rPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    return made


def _text(words: str) -> Element:
    made = etree.Element(f"{W}t")
    _write(made, words)
    return made


def controls(first: Element, last: Element, condition: str, *, loop: bool = False) -> None:
    """Let the blocks from ``first`` to ``last``, which are siblings, stand on a condition, or once for each item."""
    opening, closing = (f"for {condition}", "endfor") if loop else (f"if {condition}", "endif")
    first.addprevious(_control(first, opening))
    last.addnext(_control(first, closing))


def further(par: Element, items: str) -> None:
    """Let the items of a list follow a paragraph, each in a paragraph like it."""
    made = par.makeelement(par.tag, {})
    properties, run = par.find(f"{W}pPr"), next(par.iter(f"{W}r"), None)
    if properties is not None:
        made.append(copy.deepcopy(properties))
    words = _like(run) if run is not None else par.makeelement(f"{W}r", {})
    words.append(_text("{{ item_more }}{{ ';' if not loop.last else '.' }}"))
    made.append(words)
    par.addnext(made)
    controls(made, made, f"item_more in {items}", loop=True)


def _control(beside: Element, words: str) -> Element:
    made = beside.makeelement(f"{W}p", {})
    run = beside.makeelement(f"{W}r", {})
    run.append(_text(f"{{%p {words} %}}"))
    made.append(run)
    return made
