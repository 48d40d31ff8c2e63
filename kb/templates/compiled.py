"""Word files with tags as compiled templates: what is filled anew for each document, and what stays as it is."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Template
from lxml import etree

from kb.errors import BadForm
from kb.language.model import Language
from kb.templates.marks import FILLED, FILLED_END, FILLED_NAME, LEVELS, POINT
from kb.templates.model import FieldType, Form
from kb.templates.sandbox import environment, names_of, parse

DOCUMENT = "word/document.xml"
#: Largest part of a template, unpacked.
MOST_BYTES = 30_000_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FILLED_PARTS = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*|footnotes|endnotes)\.xml")
_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}")
_CONTROL = re.compile(r"\{%(p|tr) ([^{}%]*)%\}")
_SHOWN = re.compile(r"\{\{([^{}]*)\}\}")
_LOOP = re.compile(r"\{%-? *for +([a-z_]+) +in +([a-z_.]+) *-?%\}")
_FIRST_NAME = re.compile(r"\b([a-z][a-z0-9_]*)\b")
_QUOTES = str.maketrans("“”„‘’", '"""\'\'')
_PARAGRAPH = re.compile(r"<w:p[ >]")
_NUMBERERS = frozenset({*LEVELS, POINT, "ref"})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template ready to be filled.

    Attributes:
        fixed: parts that stay as they are, in the order of the archive with empty bytes for those that are filled.
        filled: parts that are filled.
    """

    fixed: tuple[tuple[str, bytes], ...]
    filled: Mapping[str, Template]


def compiled(form: Form, language: Language) -> Compiled:
    """The form's template in a language, compiled once for each version of the form.

    Raises:
        BadForm: the template cannot be read, or a tag in it is not allowed.
    """
    return _compiled(FormKey(form, language))


@dataclass(frozen=True, slots=True, eq=False)
class FormKey:
    """A form's version and language, by which what was found out of it is kept."""

    form: Form
    language: Language

    def __hash__(self) -> int:
        return hash((self.form.version, self.language))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FormKey) and (self.form.version, self.language) == (
            other.form.version,
            other.language,
        )


@lru_cache(maxsize=32)
def _compiled(key: FormKey) -> Compiled:
    sources = source_fields(key.form, key.language)
    fixed: list[tuple[str, bytes]] = []
    filled: dict[str, Template] = {}
    for name, content in _parts(key.form.templates[key.language]):
        if _FILLED_PARTS.fullmatch(name):
            filled[name] = _template(content, name, key.form.fields, sources)
        fixed.append((name, b"" if name in filled else content))
    if DOCUMENT not in filled:
        raise BadForm(reason="no_document", where=DOCUMENT)
    return Compiled(tuple(fixed), filled)


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if entry.file_size > MOST_BYTES:
                    raise BadForm(reason="too_large", where=entry.filename)
                yield entry.filename, archive.read(entry)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        raise BadForm(reason="not_a_document", where="template") from None


def source_fields(form: Form, language: Language) -> Mapping[str, str]:
    """For each field the one that a person answers to change it; empty where only choices stand behind it."""
    found: dict[str, str] = {}
    for name, field in form.fields.items():
        if field.type in {FieldType.CHOICE, FieldType.MULTICHOICE}:
            found[name] = ""
        elif field.type in {FieldType.DERIVED, FieldType.FIXED}:
            rule = field.value.get(language) or field.value.get(None) or ""
            names = sorted(names_of(rule), key=rule.index) if rule else []
            found[name] = next((found[one] for one in names if found.get(one)), "")
        else:
            found[name] = name
    return found


def _template(content: bytes, part: str, fields: Iterable[str], sources: Mapping[str, str]) -> Template:
    try:
        tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        raise BadForm(reason="not_a_document", where=part) from None
    if tree.getroottree().docinfo.doctype:
        raise BadForm(reason="doctype", where=part)
    controls = _mended(tree)
    source = etree.tostring(tree, encoding="unicode")
    for number, control in enumerate(controls):
        source = source.replace(f"<?kb {number}?>", control)
    source = _PARAGRAPH.sub(lambda found: "\n" + found[0], source)
    source = _TAG.sub(lambda found: html.unescape(found[0]).translate(_QUOTES), source)
    place = _place(source, part)
    parse(source, fields, place)
    loops = _loops(source, place)
    return environment().from_string(_SHOWN.sub(_marking(loops, sources), source))


def _place(source: str, part: str) -> Callable[[int], str]:
    def where(line: int) -> str:
        above = "\n".join(source.split("\n")[:line])
        return f"{part.removeprefix('word/')}, paragraph {len(_PARAGRAPH.findall(above))}"

    return where


def _loops(source: str, where: Callable[[int], str]) -> Mapping[str, str]:
    """For each loop's variable the field that it goes through; the same variable of two fields is refused."""
    found: dict[str, str] = {}
    for loop in _LOOP.finditer(source):
        through = loop[2].partition(".")[0]
        through = found.get(through, through)
        if found.setdefault(loop[1], through) != through:
            raise BadForm(reason="loop", where=where(source.count("\n", 0, loop.start()) + 1), problem=loop[1])
    return found


def _marking(loops: Mapping[str, str], sources: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def marked(found: re.Match[str]) -> str:
        first = _FIRST_NAME.search(re.sub(r"'[^']*'|\"[^\"]*\"", "", found[1]))
        name = first[1] if first else ""
        if name in _NUMBERERS:
            return found[0]
        source = sources.get(loops.get(name, name), "")
        return f"{FILLED}{source}{FILLED_NAME}{found[0]}{FILLED_END}" if source else found[0]

    return marked


def _mended(tree: Any) -> list[str]:
    """Put tags that Word has split over runs together, and controls of whole paragraphs and rows in their place.

    Returns:
        The controls, each of which a processing instruction ``<?kb N?>`` stands for.
    """
    controls: list[str] = []
    for par in list(tree.iter(_W + "p")):
        _join_tags(par)
        text = "".join(piece.text or "" for piece in par.iter(_W + "t"))
        found = _CONTROL.fullmatch(text.strip())
        if found:
            _stand_in(par, found, controls)
    return controls


def _stand_in(par: Any, found: re.Match[str], controls: list[str]) -> None:
    gone = par if found[1] == "p" else next(par.iterancestors(_W + "tr"), None)
    if gone is None:
        raise BadForm(reason="row", where=found[0][:80])
    if gone.getparent() is None:
        return
    instruction = etree.ProcessingInstruction("kb", str(len(controls)))
    instruction.tail = gone.tail
    gone.getparent().replace(gone, instruction)
    controls.append("{% " + found[2].strip() + " %}")


def _join_tags(par: Any) -> None:
    texts = list(par.iter(_W + "t"))
    whole = "".join(text.text or "" for text in texts)
    if "{{" not in whole and "{%" not in whole:
        return
    start = 0
    spans = []
    for text in texts:
        spans.append((start, start + len(text.text or ""), text))
        start = spans[-1][1]
    for found in reversed(list(_TAG.finditer(whole))):
        touched = [span for span in spans if span[0] < found.end() and span[1] > found.start()]
        for low, high, text in touched[1:]:
            text.text = (text.text or "")[max(0, min(found.end(), high) - low) :]
        if len(touched) > 1:
            low, _high, text = touched[0]
            text.text = (text.text or "")[: found.start() - low] + found[0]
            for _low, _high, one in touched:
                one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
