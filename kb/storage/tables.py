"""The schema: acts, their expressions, manifestations and units, the outbox, drafts of forms.

Columns of type Text that hold JSON say so; their shape is that of ``kb.storage.codec``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

#: A row and a query of any columns.
AnyRow = sa.Row[*tuple[Any, ...]]
AnySelect = sa.Select[*tuple[Any, ...]]


#: Newest migration; the schema below is the one that it leaves.
SCHEMA_VERSION = "0004"


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """A time in UTC, aware in Python on every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        """Turn an aware time to UTC."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        """Say that a time without zone, as SQLite gives it, is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


#: Text that compares by code point on every database.
SortKey = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """Base of the models; constraints are named, so that migrations can name them too."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {str: sa.Text(), dt.datetime: Moment(), dt.date: sa.Date(), bytes: sa.LargeBinary()}


class ActRow(Base):
    """An act (FRBR work): what it is known by, and what its live expressions together say of it.

    An act without an expression is known by name only.
    """

    __tablename__ = "act"

    id: Mapped[int] = mapped_column(primary_key=True)
    uri: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    number: Mapped[str | None]
    date: Mapped[dt.date | None] = mapped_column(index=True)
    year: Mapped[int | None] = mapped_column(index=True)
    body: Mapped[str | None]
    body_slug: Mapped[str | None]
    slug: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    status_by: Mapped[str | None]  # JSON
    official: Mapped[bool]
    hours: Mapped[float | None]
    titles: Mapped[str]  # JSON
    opening: Mapped[str]
    languages: Mapped[str]  # codes of the live expressions' languages, a space between; empty without text
    sort_ky: Mapped[str] = mapped_column(SortKey, index=True)
    sort_ru: Mapped[str] = mapped_column(SortKey, index=True)
    sort_en: Mapped[str] = mapped_column(SortKey)
    sort_number: Mapped[str] = mapped_column(SortKey, index=True)
    removed: Mapped[dt.datetime | None]
    replaced_by: Mapped[str | None]


class AliasRow(Base):
    """An address that an act once had."""

    __tablename__ = "alias"

    uri: Mapped[str] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(sa.ForeignKey("act.id", ondelete="CASCADE"), index=True)


class ExpressionRow(Base):
    """An act as of a date in a language; ``date`` is None for an undated edition."""

    __tablename__ = "expression"
    __table_args__ = (sa.Index(None, "act_id", "language", "date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(sa.ForeignKey("act.id", ondelete="CASCADE"))
    uri: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    date: Mapped[dt.date | None]
    title: Mapped[str]
    official: Mapped[bool]
    opening: Mapped[str]
    digest: Mapped[str]  # SHA-256 of what was read: equal digests, equal documents
    details: Mapped[str]  # JSON of the metadata
    removed: Mapped[dt.datetime | None]


class ContentRow(Base):
    """Bytes of a file, once for all manifestations that are these bytes."""

    __tablename__ = "content"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    content: Mapped[bytes]


#: ``sequence`` of a manifestation that is a copy of one that stands: it never stands itself, nor tells what a path is.
COPY = -1
#: The same of one that has other bytes and says what the one that stands says; it tells what its path is.
BESIDE = -2


class ManifestationRow(Base):
    """A file that an expression was read from; the one with the greatest ``sequence`` is the one that stands.

    ``sequence`` is that of the outbox row of the reading; ``COPY`` and ``BESIDE`` mark a file at another path, of which
    nothing was stored but that it reads as this very document. Of the files at one path the one with the latest
    ``read`` is what lies there. ``path_key`` is the SHA-256 of ``path``, which may be longer than an index can hold.
    """

    __tablename__ = "manifestation"
    __table_args__ = (
        sa.UniqueConstraint("expression_id", "sha256", "path_key"),
        # All that ranking reports needs: behind a long report a database reaches other columns slowly.
        sa.Index("ix_manifestation_standing", "expression_id", "sequence", "characters", "placed", "gaps", "warnings"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    expression_id: Mapped[int] = mapped_column(sa.ForeignKey("expression.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("content.sha256"), index=True)
    name: Mapped[str]
    path: Mapped[str]
    path_key: Mapped[str] = mapped_column(index=True)
    media_type: Mapped[str]
    source: Mapped[str | None]
    retrieved: Mapped[dt.date | None]
    official: Mapped[bool]
    version: Mapped[str]
    fingerprint: Mapped[str]
    report: Mapped[str]  # JSON
    characters: Mapped[int] = mapped_column(server_default="0")  # of the report, as are the four below
    placed: Mapped[int] = mapped_column(server_default="0")
    pieces: Mapped[int] = mapped_column(server_default="0")  # left out
    gaps: Mapped[int] = mapped_column(server_default="0")
    warnings: Mapped[int] = mapped_column(server_default="0")
    read: Mapped[dt.datetime]
    sequence: Mapped[int] = mapped_column(sa.BigInteger)


class UnitRow(Base):
    """A unit of an expression.

    ``last`` is the greatest position of what is below the unit, its own where nothing is. ``effective`` is the
    status that it or a unit around it gives, None where only the act's status holds.
    """

    __tablename__ = "unit"
    __table_args__ = (sa.UniqueConstraint("expression_id", "eid"), sa.Index(None, "number", "level"))

    expression_id: Mapped[int] = mapped_column(sa.ForeignKey("expression.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
    eid: Mapped[str]
    wid: Mapped[str | None]  # None where it is the eId
    level: Mapped[str]
    number: Mapped[str | None]
    parent: Mapped[str | None]
    status: Mapped[str | None]
    effective: Mapped[str | None]
    paragraph: Mapped[int | None]
    page: Mapped[int | None]
    heading: Mapped[str | None]
    status_by: Mapped[str | None]  # JSON
    notes: Mapped[str | None]  # JSON
    body: Mapped[str | None]  # JSON


class TopicRow(Base):
    """A topic that an act is filed under."""

    __tablename__ = "act_topic"

    act_id: Mapped[int] = mapped_column(sa.ForeignKey("act.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True, index=True)
    rank: Mapped[int]


class AudienceRow(Base):
    """An audience that a training material is for."""

    __tablename__ = "act_audience"

    act_id: Mapped[int] = mapped_column(sa.ForeignKey("act.id", ondelete="CASCADE"), primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True, index=True)
    rank: Mapped[int]


class OutboxRow(Base):
    """A change of the library: never altered, never deleted, numbered in the order of commits without a gap."""

    __tablename__ = "outbox"

    sequence: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    time: Mapped[dt.datetime]
    who: Mapped[str]
    event: Mapped[str]
    act: Mapped[str] = mapped_column(index=True)
    edition: Mapped[str | None]


class FormVersionRow(Base):
    """A form as it was when a draft of it began, for the drafts that keep this version."""

    __tablename__ = "form_version"

    version: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str]
    content: Mapped[bytes]


class DraftRow(Base):
    """A form that somebody is filling in; whoever has a key may read or edit it until it expires.

    ``read_key`` and ``edit_key`` are SHA-256 of the keys: who sees the database cannot open a draft by them.
    """

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str]
    form_version: Mapped[str]
    read_key: Mapped[str] = mapped_column(unique=True)
    edit_key: Mapped[str] = mapped_column(unique=True)
    created: Mapped[dt.datetime]
    expires: Mapped[dt.datetime] = mapped_column(index=True)


class DraftRevisionRow(Base):
    """What a draft held as it was saved once, numbered from 1: answers, dates of stages, languages."""

    __tablename__ = "draft_revision"

    draft_id: Mapped[str] = mapped_column(sa.ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answers: Mapped[str]  # JSON
    time: Mapped[dt.datetime]
