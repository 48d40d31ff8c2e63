"""What a person says of a file: in its sidecar ``NAME.yaml`` or on the command line.

A sidecar lies beside its file and bears its name: ``law.docx`` has ``law.docx.yaml`` or ``law.yaml``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.documents import AUDIENCES, TOPICS, ActReference, Kind, Metadata, Status
from kb.errors import BadSidecar
from kb.language.model import Language

SIDECAR_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Hints:
    """What is said of a file from outside; None or empty says nothing, and then the text itself is asked.

    Attributes:
        act: URI of the act that the file is an edition of.
        titles: titles by language.
        Other fields: as in Metadata.
    """

    act: str | None = None
    kind: Kind | None = None
    titles: Mapping[Language, str] = field(default_factory=dict)
    lang: Language | None = None
    number: str | None = None
    date: dt.date | None = None
    date_passed: dt.date | None = None
    date_in_force: dt.date | None = None
    edition_date: dt.date | None = None
    place: str | None = None
    body: str | None = None
    body_slug: str | None = None
    status: Status | None = None
    status_by: ActReference | None = None
    official: bool | None = None
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    hours: float | None = None
    licence: str | None = None
    source: str | None = None
    retrieved: dt.date | None = None

    @property
    def fingerprint(self) -> str:
        """Short digest of all that is said; equal hints have equal fingerprints."""
        said = repr([(item.name, _stable(getattr(self, item.name))) for item in fields(self)])
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def over(self, other: Hints) -> Hints:
        """These hints, completed by ``other`` where they say nothing."""
        said = {
            item.name: value
            for item in fields(self)
            if (value := getattr(self, item.name)) is not None and value not in ((), {})
        }
        if self.titles:
            said["titles"] = {**other.titles, **self.titles}
        return replace(other, **said)

    def onto(self, metadata: Metadata, language: Language) -> Metadata:
        """The metadata of a text in ``language``, with what is said here in place of what was read."""
        said = {
            name: value
            for name in _METADATA_FIELDS
            if (value := getattr(self, name)) is not None and value not in ((), {})
        }
        titles = {**metadata.titles, **self.titles}
        title = titles.pop(language, metadata.title)
        return replace(metadata, **said, title=title, titles=titles)


_METADATA_FIELDS = tuple(item.name for item in fields(Hints) if item.name not in {"act", "titles", "lang"})


def _stable(value: object) -> object:
    return sorted(value.items()) if isinstance(value, Mapping) else value


class _Reference(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Kind | None = None
    date: dt.date | None = None
    number: str | None = None


_Text = Annotated[str, Field(min_length=1, max_length=2_000)]


class _Sidecar(BaseModel):
    """The one schema of all sidecars."""

    model_config = ConfigDict(extra="forbid")

    act: Annotated[str, Field(pattern=r"^/akn/kg/(act|doc)/[a-z_]+(/[0-9a-zа-яёөүң-]+){1,3}$")] | None = None
    kind: Kind | None = None
    title: _Text | dict[Literal["ky", "ru", "en"], _Text] | None = None
    lang: Literal["ky", "ru"] | None = None
    number: _Text | int | None = None
    date: dt.date | None = None
    date_passed: dt.date | None = None
    date_in_force: dt.date | None = None
    edition_date: dt.date | None = None
    place: _Text | None = None
    body: _Text | None = None
    body_slug: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,80}$")] | None = None
    status: Status | None = None
    status_by: _Reference | None = None
    official: bool | None = None
    topics: tuple[Literal[TOPICS], ...] = ()  # type: ignore[valid-type]
    audience: tuple[Literal[AUDIENCES], ...] = ()  # type: ignore[valid-type]
    hours: Annotated[float, Field(gt=0, le=1_000)] | None = None
    licence: _Text | None = None
    source: _Text | None = None
    retrieved: dt.date | None = None

    def hints(self) -> Hints:
        said = self.model_dump(exclude={"title", "lang", "number", "status_by"})
        language = Language(self.lang) if self.lang else None
        titles: dict[Language, str] = {}
        if isinstance(self.title, dict):
            titles = {Language(code): " ".join(text.split()) for code, text in self.title.items()}
        elif self.title and language:
            titles = {language: " ".join(self.title.split())}
        by = self.status_by
        return Hints(
            **said,
            lang=language,
            titles=titles,
            number=None if self.number is None else str(self.number),
            status_by=ActReference(by.kind, by.date, by.number) if by else None,
        )


def read_sidecar(text: str, name: str = "") -> Hints:
    """Hints of a sidecar's YAML text.

    Raises:
        BadSidecar: it is no YAML or does not fit the schema; parameters ``name``, ``field`` and ``problem``.
    """
    try:
        said = yaml.safe_load(text)
        sidecar = _Sidecar.model_validate(said if said is not None else {})
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _refusal(error, name) from None
    if isinstance(sidecar.title, str) and sidecar.lang is None:
        raise BadSidecar(name=name, field="title", problem="a title without its language needs lang")
    return sidecar.hints()


def _refusal(error: Exception, name: str) -> BadSidecar:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return BadSidecar(name=name, field=".".join(map(str, first["loc"])), problem=first["msg"])
    return BadSidecar(name=name, field="", problem=" ".join(str(error).split())[:200])


def sidecar_of(path: Path) -> Path | None:
    """Sidecar that lies beside the file ``path``, or None."""
    for candidate in (path.with_name(path.name + ".yaml"), path.with_suffix(".yaml")):
        if candidate != path and candidate.is_file():
            return candidate
    return None


def hints_beside(path: Path) -> Hints:
    """Hints of the sidecar beside the file ``path``; empty hints if there is none.

    Raises:
        BadSidecar: the sidecar cannot be read.
    """
    sidecar = sidecar_of(path)
    if sidecar is None:
        return Hints()
    try:
        with sidecar.open("rb") as file:
            content = file.read(SIDECAR_BYTES + 1)
        if len(content) > SIDECAR_BYTES:
            raise BadSidecar(name=sidecar.name, field="", problem=f"more than {SIDECAR_BYTES} bytes")
        return read_sidecar(content.decode("utf-8-sig"), sidecar.name)
    except (OSError, UnicodeDecodeError) as error:
        raise BadSidecar(name=sidecar.name, field="", problem=str(error)) from None
