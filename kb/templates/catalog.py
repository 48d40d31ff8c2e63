"""The forms that there are: those that come with the product, and folders made by ``kb form import``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kb.errors import BadForm, UnknownForm
from kb.language.model import Language
from kb.templates import schema
from kb.templates.compiled import compiled
from kb.templates.compose import BASE, compose
from kb.templates.model import Field, Form, LegalBasis, Section

FORMS = Path(__file__).parent / "forms"
SHARED = FORMS / "fields.yaml"
ACTS = FORMS / "acts.yaml"
IDS = ("charter", "charter-resolution", "working-group-order", "assembly-protocol")

_LARGEST = 20_000_000
_KEYS = frozenset(
    [
        *("title", "summary", "follows", "official", "sections", "fields", "rules", "acts", "bases", "id", "note"),
        *("remarks", "origin", "like"),
    ]
)


def list_forms() -> tuple[Form, ...]:
    """The forms that come with the product, in the order of their use."""
    return tuple(load_form(name) for name in IDS)


def load_form(id_or_dir: str | Path) -> Form:
    """A form by its id (``charter``) or by the folder that holds it.

    Raises:
        UnknownForm: there is no such form.
        BadForm: its files do not fit, or its template would run code.
    """
    if str(id_or_dir) in IDS:
        return _shipped(str(id_or_dir))
    folder = Path(id_or_dir)
    try:
        there = (folder / "form.yaml").is_file()
    except (OSError, ValueError):
        there = False
    if not there:
        raise UnknownForm(form=str(id_or_dir)[:200])
    return load_folder(folder, str(id_or_dir))


@cache
def _shipped(name: str) -> Form:
    return load_folder(FORMS / name, name)


def load_folder(folder: Path, name: str) -> Form:
    """The form of a folder, under an id.

    Raises:
        BadForm: its files do not fit, or its template would run code.
    """
    described = _read(folder / "form.yaml")
    found = schema.mapping(_yaml(described, "form.yaml"), "form.yaml")
    if not set(found) <= _KEYS:
        raise BadForm(reason="key", where=", ".join(sorted(set(found) - _KEYS))[:200])
    title = schema.words(found.get("title"), "title")
    if not (title.ky or title.ru):
        raise BadForm(reason="words", where="title")
    sections = tuple(schema.section(one) for one in schema.sequence(found.get("sections"), "sections"))
    fields = _fields(found, sections)
    templates = _templates(folder, Language.KY, title.ky) | _templates(folder, Language.RU, title.ru)
    if not templates:
        raise BadForm(reason="no_template", where=name)
    made = Form(
        id=name,
        title=title,
        summary=schema.words(found.get("summary"), "summary"),
        follows=schema.words(found.get("follows"), "follows"),
        official=bool(found.get("official", False)),
        langs=tuple(templates),
        sections=sections,
        fields=fields,
        rules=tuple(schema.rule(one, fields) for one in schema.sequence(found.get("rules"), "rules")),
        bases=_bases(found),
        templates=templates,
        remarks=tuple(schema.remark(one, fields) for one in schema.sequence(found.get("remarks"), "remarks")),
        origin=str(found.get("origin", ""))[:200],
        like=str(found.get("like", "")) if found.get("like") in IDS else "",
        version=_version([described, SHARED.read_bytes(), ACTS.read_bytes(), *templates.values()]),
    )
    for language in made.langs:
        compiled(made, language)
    return made


def _bases(found: Mapping[str, Any]) -> tuple[LegalBasis, ...]:
    """Legal bases of a form, which name its own acts, else the shared ones."""
    acts = schema.mapping(_yaml(ACTS.read_bytes(), ACTS.name), ACTS.name)
    return schema.bases(found.get("bases"), {**acts, **schema.mapping(found.get("acts"), "acts")})


def _fields(found: Mapping[str, Any], sections: Iterable[Section]) -> Mapping[str, Field]:
    """Fields of a form in the order of its sections: its own, else the shared ones."""
    own = schema.mapping(found.get("fields"), "fields")
    shared = schema.mapping(_yaml(SHARED.read_bytes(), SHARED.name), SHARED.name)
    required = _required(found)
    fields: dict[str, Field] = {}
    for name in (name for section in sections for name in section.fields):
        if name in fields:
            raise BadForm(reason="field_twice", where=name)
        if name not in own and name not in shared:
            raise BadForm(reason="field", where=name)
        fields[name] = schema.field(name, own.get(name, shared.get(name)), required=required.get(name))
    for field in fields.values():
        conditions = [field.when, *field.value.values(), *(choice.when for choice in field.choices)]
        read = {name for source in conditions if source for name in schema.names_of_safely(source, field.name)}
        if unknown := read - set(fields):
            raise BadForm(reason="unknown_name", where=field.name, problem=", ".join(sorted(unknown)))
    return fields


def _required(found: Mapping[str, Any]) -> Mapping[str, bool]:
    return {
        one["name"]: bool(one.get("required", True))
        for section in schema.sequence(found.get("sections"), "sections")
        for one in section.get("fields") or []
        if isinstance(one, dict)
    }


def _templates(folder: Path, language: Language, title: str) -> dict[Language, bytes]:
    text, word = folder / f"text.{language}.txt", folder / f"template.{language}.docx"
    if text.is_file():
        return {language: compose(_read(text).decode(), title, language)}
    return {language: _read(word)} if word.is_file() else {}


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise BadForm(reason="no_file", where=path.name)
    if path.stat().st_size > _LARGEST:
        raise BadForm(reason="too_large", where=path.name)
    return path.read_bytes()


def _yaml(content: bytes, name: str) -> object:
    try:
        return yaml.safe_load(content)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        raise BadForm(reason="yaml", where=name, problem=str(problem)[:200]) from None


def _version(contents: Iterable[bytes]) -> str:
    told = hashlib.sha256()
    for content in [BASE.read_bytes(), *contents]:
        told.update(hashlib.sha256(content).digest())
    return told.hexdigest()[:16]
