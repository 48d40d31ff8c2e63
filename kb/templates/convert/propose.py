"""What a blank seems to ask: proposals from its own words, and what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from kb.language.model import Language
from kb.templates.convert.kinds import AIMAK, CITY, Alternative, alternatives, words_of
from kb.templates.convert.names import Name, name_for, signature
from kb.templates.convert.overlay import Edit, ParEdits
from kb.templates.convert.words import BLANK, Hint, Par, around, following, place_of, preceding

KIND, IS_CITY = "municipality_kind", "city"
_BRACKETS = re.compile(r"\([^()]{0,900}(?:\([^()]{0,80}\)[^()]{0,900}){0,6}\)[;.]?")
_INSTRUCTS = re.compile(
    r"мисалы|ыктыяр|белгилен|көрсөтүлс|көрсөтүң|жазылсын|толтур|толукталышы|өзгөртүлүшү мүмкүн|тандап|керексиз"
    r"|заполн|указать|указыва|вписать|например|нужное|ненужное|подчеркн|выбрать|зачеркн",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[^;]+;?")
_ONE_KIND = re.compile(r"[\s\-–—•·“\"«]*$")
_LISTED = {"villages": AIMAK, "microdistricts": CITY, "settlements": CITY}
_MOST_FIELDS = 1000
_SEPARATOR = "';'"


@dataclass(frozen=True, slots=True)
class Unsure:
    """Something that a person should look at.

    Attributes:
        where: where it stands.
        text: the words there.
        reason: why.
        ordinal: ordinal of its paragraph in the document's main part, 0 for none.
        start: where in the paragraph's text it begins, -1 for nowhere.
    """

    where: str
    text: str
    reason: str
    ordinal: int = 0
    start: int = -1


@dataclass(slots=True)
class Proposal:
    """What is proposed for a document.

    Attributes:
        fields: fields as ``form.yaml`` has them, in the order of their blanks.
        edits: what becomes of paragraphs, by their ordinal.
        units: conditions on which units stand.
        blanks: how many blanks there are.
        filled: how many of them answers fill.
        named: how many of those have a name that the words around leave no doubt about.
        alternatives: how many places offer words for both kinds.
        unsure: what a person should look at.
    """

    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    edits: dict[int, ParEdits] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    blanks: int = 0
    filled: int = 0
    named: int = 0
    alternatives: int = 0
    unsure: list[Unsure] = field(default_factory=list)


def propose(pars: Sequence[Par], language: Language) -> Proposal:
    """Proposals for a blank document.

    Args:
        pars: its paragraphs.
        language: its language.
    """
    work = _Work(pars, language)
    for par in pars:
        if not par.copy and par.text.strip() and par.ordinal not in work.made.edits:
            work.paragraph(par)
    work.kinds()
    return work.made


class _Work:
    def __init__(self, pars: Sequence[Par], language: Language) -> None:
        self.pars = pars
        self.language = language
        self.made = Proposal()
        self.lists: dict[str, Par] = {}

    def doubt(self, par: Par, span: tuple[int, int], reason: str) -> None:
        """Note something to be looked at."""
        self.made.unsure.append(Unsure(place_of(par), around(par, *span), reason, par.ordinal, span[0]))

    def paragraph(self, par: Par) -> None:
        """Propose what becomes of a paragraph."""
        blanks = par.blanks()
        self.made.blanks += len(blanks)
        if blanks and self._listed(par, blanks):
            return
        edits = [edit for one in alternatives(par.text) for edit in self._alternative(par, one)]
        edits += self._notes(par)
        dropped = [par.span(edit.first, edit.last) for edit in edits if edit.verb == "drop"]
        signs = signature(par.text) or self._above_signs(par)
        for number, (start, end) in enumerate(blanks):
            if any(low <= start < high for low, high in dropped):
                self.made.filled += 1
            elif signs and start not in par.hints:
                self.doubt(par, (start, end), "signature")
            elif edit := self._blank(par, blanks, number):
                edits.append(edit)
        if edits:
            self._keep(par, edits)

    def _keep(self, par: Par, edits: list[Edit], **more: Any) -> None:
        self.made.edits[par.ordinal] = ParEdits(par.unit, par.hash, tuple(edits), **more)

    def _above_signs(self, par: Par) -> bool:
        """Whether the heading above says that people sign here."""
        above = preceding(self.pars, par)
        return above is not None and signature(above.text) and not above.blanks()

    def _alternative(self, par: Par, one: Alternative) -> Iterator[Edit]:
        self.made.alternatives += 1
        first, second = par.covering(*one.first), par.covering(*one.second)
        yield Edit(*first, "if", IS_CITY if one.city_first else AIMAK, second)
        if one.closing:
            yield Edit(*par.covering(one.closing - 1, one.closing), "drop")
        if one.ending:
            yield Edit(*first, "=", f"'шаар'|{one.ending}")
        if not one.sure:
            self.doubt(par, (one.first[0], one.second[1]), "alternative_case")

    def _notes(self, par: Par) -> Iterator[Edit]:
        for found in _BRACKETS.finditer(par.text):
            if len(found[0]) > 14 and _INSTRUCTS.search(found[0]):
                ended = par.text[: found.start()].rstrip()[-1:] in {"", ".", ";", ":"}
                end = found.end() - (found[0][-1] in ";." and not ended)
                yield Edit(*par.covering(found.start(), end), "drop")
                self.doubt(par, found.span(), "note")

    def _blank(self, par: Par, blanks: list[tuple[int, int]], number: int) -> Edit | None:
        start, end = blanks[number]
        before = par.text[blanks[number - 1][1] if number else 0 : start]
        after = par.text[end : blanks[number + 1][0] if number + 1 < len(blanks) else len(par.text)]
        below = following(self.pars, par) if number + 1 == len(blanks) and not par.cell else None
        if not before.strip("0123456789.) \t\u00a0") and not after.strip() and not par.hints.get(start):
            before = self._beside(par)
        hint = par.hints.get(start)
        if par.text[start] in "☐□":
            before, hint = "", Hint("", "check")
        found = name_for(before, after, hint, below.text if below else "", self.language)
        name = self._field(found)
        if not name:
            self.doubt(par, (start, end), "too_many")
            return None
        self.made.filled += 1
        self.made.named += found.sure
        if not found.sure:
            self.doubt(par, (start, end), "name")
        first, last = par.covering(start, end)
        return Edit(*self._dated(par, found, first, last), "=", _shown(name, found))

    def _dated(self, par: Par, found: Name, first: int, last: int) -> tuple[int, int]:
        """Words that a date takes the place of (``__.12.2022``)."""
        behind = re.match(r"\.?[0-9]{2}\.[0-9]{4}", par.text[par.words[last - 1][1] :])
        if found.type != "date" or not behind:
            return first, last
        return first, par.covering(par.words[last - 1][1], par.words[last - 1][1] + behind.end())[1]

    def _beside(self, par: Par) -> str:
        """Words of the cell before, or of the line above, that an empty line belongs to."""
        for one in reversed(self.pars[max(0, par.ordinal - 9) : par.ordinal - 1]):
            text = BLANK.sub("", one.text).strip("0123456789.) \t\u00a0")
            if text and (one.blanks() or one.cell != par.cell):
                return ""
            if text:
                return text + ("" if text.endswith(":") else ":")
        return ""

    def _field(self, found: Name) -> str:
        known = self.made.fields
        name = found.name
        if name in known and not found.again:
            number = 2
            while f"{name}_{number}" in known:
                number += 1
            name = f"{name}_{number}"
        if name not in known and len(known) < _MOST_FIELDS:
            known[name] = _described(found)
        return name if name in known else ""

    def _listed(self, par: Par, blanks: list[tuple[int, int]]) -> bool:
        """Take rows of the same item again and again as a list (``- ____ айылы; - ____ айылы;``)."""
        items = [one.span() for one in _ITEM.finditer(par.text) if BLANK.search(one[0])]
        shapes = {_shape(par.text[slice(*one)]) for one in items}
        if len(shapes) != 1 or len(items) != len(blanks) or not re.search(r"[^\W_]", next(iter(shapes))):
            return False
        shape = next(iter(shapes))
        if shape in self.lists and self._joins(self.lists[shape], par):
            self._keep(par, [], drop=True)
            self._ending(self.lists[shape], par.text.rstrip()[-1:])
            self.made.filled += len(blanks)
            self.made.named += len(blanks)
            return True
        if len(items) < 2:
            return False
        self._first_row(par, blanks, items[0], shape)
        return True

    def _joins(self, first: Par, par: Par) -> bool:
        between = (self.pars[at] for at in range(par.ordinal - 2, first.ordinal - 1, -1))
        return all(not one.text.strip() or one.ordinal in self.made.edits for one in between)

    def _first_row(self, par: Par, blanks: list[tuple[int, int]], item: tuple[int, int], shape: str) -> None:
        start, end = blanks[0]
        found = name_for(par.text[:start], par.text[end : item[1]], par.hints.get(start), "", self.language)
        name = self._field(Name(found.name, found.ky, found.ru, "list:" + found.type, found.sure))
        self.lists[shape] = par
        self.made.filled += len(blanks)
        self.made.named += len(blanks) if found.sure else 0
        if not found.sure:
            self.doubt(par, (start, end), "list")
        variable = "item_" + re.sub(r"[^a-z]+", "_", name).strip("_")
        edits = [Edit(*par.covering(start, end), "=", variable)]
        last = par.covering(*item)[1]
        if par.word(last) == ";":
            last -= 1
            edits.append(Edit(last + 1, last + 1, "=", _SEPARATOR))
            last += 1
        if last < len(par.words):
            edits.append(Edit(last + 1, len(par.words), "drop"))
        self._keep(par, edits, each=f"{variable} in {name}", when=_LISTED.get(name, ""))
        self._ending(par, par.text.rstrip()[-1:])

    def _ending(self, par: Par, sign: str) -> None:
        """Let the last item of a list end as the last one in its rows does."""
        given = self.made.edits[par.ordinal]
        told = f"';' if not loop.last else '{sign if sign in '.;' else ''}'"
        edits = [replace(one, what=told) if one.what.startswith("';'") else one for one in given.edits]
        self.made.edits[par.ordinal] = replace(given, edits=tuple(edits))

    def kinds(self) -> None:
        """Propose units and items of one kind only; note words of one kind that nothing stands beside."""
        if not self.made.alternatives:
            # Lists of one kind alone make a form for that kind.
            self.made.fields = {
                name: {key: value for key, value in given.items() if key != "when"}
                for name, given in self.made.fields.items()
            }
            self.made.edits = {at: replace(one, when="") for at, one in self.made.edits.items()}
            return
        self.made.fields = {KIND: {}, IS_CITY: {}, **self.made.fields}
        self._units()
        group: list[tuple[Par, str]] = []
        for par in self.pars:
            kind = None if par.copy else self._only(par)
            if kind:
                group.append((par, kind))
            elif par.text.strip():
                self._items(group)
                group = []
        self._items(group)

    def _items(self, group: list[tuple[Par, str]]) -> None:
        """Take items side by side that are about one kind each as standing for that kind only."""
        if len({kind for _, kind in group}) == 2:
            for par, kind in group:
                self._add(par, kind)
                self.doubt(par, (0, len(par.text)), "one_kind")

    def _units(self) -> None:
        """Units side by side that open with one kind's words each (``3.2. Шаардын …``, ``3.3. Айылдык аймактын …``)."""
        units = [par for par in self.pars if "." in par.number and not par.copy]
        for one, two in pairwise(units):
            kinds = (self._opening(one), self._opening(two))
            if None not in kinds and kinds[0] != kinds[1]:
                for par, kind in zip((one, two), kinds, strict=True):
                    self.made.units[par.number] = str(kind)
                    self.doubt(par, (0, len(par.text)), "one_kind")

    def _opening(self, par: Par) -> str | None:
        """Kind of a unit's first words where it has no words of the other."""
        rest = par.text.strip().removeprefix(par.number).lstrip(". ")
        at = par.text.find(rest)
        found = {kind: list(words_of(par.text, kind)) for kind in (CITY, AIMAK)}
        only = [kind for kind, spans in found.items() if spans]
        return only[0] if len(only) == 1 and found[only[0]][0][0] == at else None

    def _only(self, par: Par) -> str | None:
        """Kind of an item of a list that is about one kind alone (``- шаардын мэри;``)."""
        found = {kind: list(words_of(par.text, kind)) for kind in (CITY, AIMAK)}
        only = [kind for kind, spans in found.items() if spans]
        if len(only) != 1 or len(par.words) > 12 or not re.match(r"\s*[-–—•]", par.text) or par.blanks():
            return None
        return only[0] if _ONE_KIND.fullmatch(par.text[: found[only[0]][0][0]]) else None

    def _add(self, par: Par, when: str) -> None:
        before = self.made.edits.get(par.ordinal)
        self._keep(par, list(before.edits) if before else [], when=when)


def _shape(text: str) -> str:
    return re.sub(r"[\s;.,]+", " ", BLANK.sub("_", text)).strip()


def _shown(name: str, found: Name) -> str:
    if found.choices == ("yes", "no"):
        return f"'☒' if {name} == 'yes' else '☐'"
    if found.type == "date":
        return f"{name}|day"
    return f"{name}|{found.case}" if found.case else name


def _described(found: Name) -> dict[str, Any]:
    listed = found.type.removeprefix("list:")
    told: dict[str, Any] = {"type": listed, "label": [found.ky, found.ru], "required": True}
    if found.type.startswith("list:"):
        told |= {"type": "list", "item": {"type": listed}, "unique": True, "bounds": {"fewest": 1}}
        if found.name in _LISTED:
            told["when"] = _LISTED[found.name]
    if found.choices == ("yes", "no"):
        told["choices"] = [
            {"value": "yes", "label": ["Ооба", "Да"]},
            {"value": "no", "label": ["Жок", "Нет"]},
        ]
    elif found.choices:
        told["choices"] = [{"value": one, "label": [one, one]} for one in found.choices]
    if found.case:
        told["case"] = found.case
    return told
