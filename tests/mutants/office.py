"""DOCX, PPTX and ODT spoilt inside: the XML of their parts, the parts themselves."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from functools import lru_cache

from lxml import etree

from tests.mutants.words import spoil_number, spoil_text

#: Parts that hold the text are spoilt more often than the rest.
_HEAVY = ("document.xml", "content.xml", "slide1.xml", "numbering.xml", "styles.xml")
_XML = (".xml", ".rels")


@lru_cache(maxsize=8)
def _members(content: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return tuple((info.filename, package.read(info)) for info in package.infolist() if not info.is_dir())


def mutate_package(content: bytes, chance: random.Random) -> bytes:
    """One part or two spoilt: elements, attributes, text, nesting, bytes; or a part lost, doubled, given to another."""
    members = list(_members(content))
    for _ in range(chance.choice((1, 1, 1, 2))):
        at = _choose(members, chance)
        name, part = members[at]
        match chance.randrange(30):
            case 0:
                del members[at]
            case 1:
                members.append(members[at])
            case 2:
                members[at] = (name, chance.choice(members)[1])
            case 3:
                members[at] = (name, _spoil_bytes(part, chance))
            case 4:
                members[at] = (chance.choice(("../../etc/passwd", "/abs", "word\\document.xml", name.upper())), part)
            case _:
                members[at] = (name, _spoil_xml(part, chance))
        if not members:
            break
    return _packed(members, chance)


def _choose(members: list[tuple[str, bytes]], chance: random.Random) -> int:
    weights = [30 if name.endswith(_HEAVY) else 3 if name.endswith(_XML) else 1 for name, _ in members]
    return chance.choices(range(len(members)), weights)[0]


def _packed(members: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    out = io.BytesIO()
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(out, "w", method) as package:
        for name, part in members:
            # A name that stands twice is written all the same: readers must choose.
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            package.NameToInfo.pop(name, None)
            package.writestr(info, part)
    return out.getvalue()


def _spoil_bytes(part: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(part) + 1)
    junk = (b"", b"<", b"&#0;", b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\xff\xfe", b"</w:p>", b"<w:t>")
    return part[:at] + chance.choice(junk) + part[at + chance.choice((0, 1, 40)) :]


def _spoil_xml(part: bytes, chance: random.Random) -> bytes:
    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return _spoil_bytes(part, chance)
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    for _ in range(chance.choice((1, 1, 2, 5))):
        _spoil_element(elements[chance.randrange(len(elements))], elements, chance)
    return bytes(etree.tostring(root, xml_declaration=True, encoding=chance.choice(("UTF-8", "UTF-8", "UTF-16"))))


def _spoil_element(element: etree._Element, elements: list[etree._Element], chance: random.Random) -> None:
    parent = element.getparent()
    match chance.randrange(9):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if parent is not None:
            parent.insert(parent.index(element), copy.deepcopy(element))
        case 2:
            element[:] = reversed(element)
        case 3:
            _move(element, elements[chance.randrange(len(elements))])
        case 4 | 5 if element.attrib:
            name = chance.choice(sorted(element.attrib))
            element.set(name, _plain(spoil_number(element.get(name) or "", chance)))
        case 6:
            element.tag = elements[chance.randrange(len(elements))].tag
        case 7:
            inner = element
            for _ in range(chance.choice((3, 60, 300))):
                inner = etree.SubElement(inner, elements[chance.randrange(len(elements))].tag)
            inner.text = "Статья 5. Имя"
        case _:
            element.text = _plain(spoil_text(element.text or "", chance))


def _move(element: etree._Element, under: etree._Element) -> None:
    around = {under, *under.iterancestors()}
    if element not in around and element.getparent() is not None:
        under.append(element)


def _plain(text: str) -> str:
    """Only what XML can hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n")
