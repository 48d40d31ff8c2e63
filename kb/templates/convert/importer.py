"""Importing a blank: read, recognise or propose, put tags in, write the folder of a form."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from lxml import etree

from kb.docx.package import Element, parse_xml
from kb.errors import BadParameter, NotADocument
from kb.language.detect import detect
from kb.language.model import Language
from kb.templates.catalog import load_form
from kb.templates.convert.build import build, described, matched
from kb.templates.convert.controls import make_blanks
from kb.templates.convert.guard import read_parts, write_parts
from kb.templates.convert.overlay import Overlay, ParEdits, overlay_for, read_overlay, write_overlay
from kb.templates.convert.propose import KIND, Proposal, Unsure, propose
from kb.templates.convert.words import Par, around, place_of, read_paragraphs
from kb.templates.model import Form

_DOCUMENT = "word/document.xml"
#: What an overlay that was written for a form takes over of its ``form.yaml``.
_KEPT = (
    *("title", "summary", "follows", "official", "note", "sections", "fields", "rules", "acts", "bases"),
    *("origin", "like"),
)
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes)[0-9]*\.xml")


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing a blank gave.

    Attributes:
        form: the form, loaded from its folder.
        overlay: id of the overlay that was used, or empty.
        blanks: how many blanks the document has.
        found: how many of them the form fills.
        named: how many of those have a name that is not to be looked at.
        alternatives: how many places offer words for both kinds of community.
        unsure: what a person should look at.
        warnings: place and code of what was taken out.
    """

    form: Form
    overlay: str
    blanks: int
    found: int
    named: int
    alternatives: int
    unsure: tuple[Unsure, ...]
    warnings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank Word file that was read.

    Attributes:
        parts: its parts by name.
        warnings: place and code of what was taken out.
        root: root of its main part; controls are blanks now.
        pars: paragraphs of the main part.
    """

    parts: dict[str, bytes]
    warnings: tuple[tuple[str, str], ...]
    root: Element
    pars: Sequence[Par]

    @property
    def hashes(self) -> list[str]:
        """Hashes of the paragraphs that have text."""
        return [par.hash for par in self.pars if par.hash]


def read_blank(content: bytes, unpacked_bytes: int) -> Blank:
    """Read a blank Word file.

    Args:
        content: bytes of the file.
        unpacked_bytes: what its parts together may unpack to.

    Raises:
        InputRefused: it is no Word file, damaged or too large, or would run code.
    """
    try:
        parts, warnings = read_parts(content, unpacked_bytes)
    except NotADocument as problem:
        raise NotADocument(**{**problem.params, "reason": "blank"}) from None
    root = parse_xml(parts[_DOCUMENT], _DOCUMENT)
    return Blank(parts, warnings, root, read_paragraphs(root, make_blanks(root)))


def import_form(
    content: bytes,
    title: str,
    folder: Path,
    *,
    overlay: bytes | None,
    recognise: bool,
    unpacked_bytes: int,
    origin: str = "",
) -> Imported:
    """Make a form of a blank Word file and write it into a folder.

    The folder gets ``form.yaml``, ``template.LANG.docx`` and ``overlay.yaml``: what was proposed, to be named by a
    person and given back.

    Args:
        content: bytes of the Word file.
        title: title of the form where no overlay gives one.
        folder: where the form goes; made where it is not there, its old form overwritten.
        overlay: bytes of an overlay, or None.
        recognise: look for a shipped overlay where none is given.
        unpacked_bytes: what the parts of the file together may unpack to.
        origin: name of the file, which the form keeps.

    Raises:
        InputRefused: the file is no Word file, damaged or too large, would run code, or the overlay does not fit.
        BadParameter: the folder cannot be written.
    """
    blank = read_blank(content, unpacked_bytes)
    parts, pars, hashes = blank.parts, blank.pars, blank.hashes
    given = read_overlay(overlay, "overlay") if overlay is not None else None
    known = given or (overlay_for(hashes) if recognise else None)
    language = known.language if known else _language(pars)
    proposal = propose(pars, language)
    used = _laid(pars, proposal, known) if known else proposal
    whole = known or Overlay("", language, _blank_form(title))
    edits, units = dict(used.edits), {**used.units, **(known.units if known else {})}
    built = build(pars, edits, units, kinds=_has_kinds(edits, whole, used))
    told = described(whole, used, built)
    told |= {key: one for key, one in (("origin", origin), ("like", whole.like or whole.form.get("like"))) if one}
    differing = len(known.known.symmetric_difference(hashes)) if known and known.known else 0
    differs = (Unsure("", str(differing), "differs"),) if differing and told.get("official") else ()
    if differs:
        # Other words than those of the official text are not its words.
        told["official"] = False
    parts[_DOCUMENT] = etree.tostring(blank.root, xml_declaration=True, encoding="UTF-8", standalone=True)
    proposed = Overlay(
        known.id if known else "own",
        language,
        {key: told[key] for key in _KEPT if key in told},
        known=frozenset(hashes),
        units=units,
        paragraphs=aligned(pars, edits),
    )
    form = _write(folder, told, write_parts(parts), language, write_overlay(proposed))
    unsure = (*used.unsure, *built.unsure, *differs)
    elsewhere = tuple(_elsewhere(parts))
    unsure = (*unsure, *elsewhere)
    if not used.blanks and not elsewhere and not told["fields"]:
        unsure = (*unsure, Unsure("", title, "no_blanks"))
    return Imported(
        form,
        known.id if known else "",
        used.blanks + len(elsewhere),
        used.filled,
        used.named,
        used.alternatives,
        unsure,
        blank.warnings,
    )


def aligned(pars: Sequence[Par], edits: Mapping[int, ParEdits]) -> tuple[ParEdits, ...]:
    """Edits as an overlay lists them; of paragraphs that are alike those before an edited one have empty ones."""
    later: set[str] = set()
    told: list[ParEdits] = []
    for par in reversed(pars):
        given = edits.get(par.ordinal)
        if given is not None:
            later.add(par.hash)
            told.append(given)
        elif par.hash in later and not par.copy:
            told.append(ParEdits(par.unit, par.hash))
    return tuple(reversed(told))


def _elsewhere(parts: Mapping[str, bytes]) -> Iterator[Unsure]:
    """Blanks of headers, footers and notes, which are left to a person."""
    for name, content in parts.items():
        if _BESIDE.fullmatch(name):
            for par in read_paragraphs(parse_xml(content, name), {}):
                for start, end in par.blanks():
                    yield Unsure(name.removeprefix("word/"), around(par, start, end), "part")


def _language(pars: Sequence[Par]) -> Language:
    text = "\n".join(par.text for par in pars)[:50_000]
    return Language.RU if detect(text) is Language.RU else Language.KY


def _blank_form(title: str) -> dict[str, Any]:
    return {"title": [title, title], "official": False}


def _has_kinds(edits: Mapping[int, ParEdits], overlay: Overlay, used: Proposal) -> bool:
    return bool(overlay.like) or KIND in used.fields or KIND in str(overlay.form.get("sections"))


def _laid(pars: Sequence[Par], proposal: Proposal, overlay: Overlay) -> Proposal:
    """What an overlay says, and what is proposed for paragraphs that it does not know."""
    edits, missing = matched(pars, overlay)
    made = Proposal(blanks=proposal.blanks)
    by_ordinal = {par.ordinal: par for par in pars}
    strange = {par.ordinal for par in pars if par.hash and par.hash not in overlay.known}
    made.edits = edits | {at: one for at, one in proposal.edits.items() if at in strange}
    sources = " ".join(
        f"{edit.what} {one.each} {one.when}" for at, one in made.edits.items() if at in strange for edit in one.edits
    )
    made.fields = {name: given for name, given in proposal.fields.items() if name in sources}
    made.alternatives = sum(edit.other is not None for one in made.edits.values() for edit in one.edits)
    for at, one in edits.items():
        if one == ParEdits(one.clause, one.hash):
            continue
        count, left = _filled(by_ordinal[at], one)
        made.filled += count
        made.named += count
        made.unsure += left
    own = {by_ordinal[at].unit for at in strange}
    made.unsure += [one for one in proposal.unsure if int(one.where.rpartition("¶")[2]) in strange]
    made.unsure += [Unsure(one.clause, one.hash, "overlay_paragraph") for one in missing]
    made.unsure += [Unsure(unit, "", "overlay_unknown") for unit in sorted(own) if unit and not made.unsure]
    for at in strange:
        count = len(by_ordinal[at].blanks())
        made.filled += count if at in proposal.edits else 0
    return made


def _filled(par: Par, given: ParEdits) -> tuple[int, list[Unsure]]:
    """How many blanks of a paragraph its edits fill or drop, and those that they do not."""
    if given.drop:
        return len(par.blanks()), []
    spans = [par.span(edit.first, edit.last) for edit in given.edits if edit.verb in {"=", "drop"}]
    left = [one for one in par.blanks() if not any(low <= one[0] < high for low, high in spans)]
    return len(par.blanks()) - len(left), [
        Unsure(place_of(par), around(par, *one), "name", par.ordinal, one[0]) for one in left
    ]


def _write(folder: Path, told: Mapping[str, Any], template: bytes, language: Language, overlay: str) -> Form:
    """Write the files of a form where they load; a folder keeps its old form where they do not."""
    files = {
        f"template.{language.value}.docx": template,
        "overlay.yaml": overlay.encode(),
        "form.yaml": yaml.safe_dump(dict(told), allow_unicode=True, sort_keys=False, width=110).encode(),
    }
    with tempfile.TemporaryDirectory() as aside:
        for name, content in files.items():
            (Path(aside) / name).write_bytes(content)
        load_form(aside)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "form.yaml").is_file():
            for old in folder.glob("template.??.docx"):
                old.unlink()
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as problem:
        raise BadParameter(name="--output", value=str(folder), problem=problem.strerror or "") from None
    return load_form(folder)
