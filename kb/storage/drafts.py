"""Drafts of forms: what somebody answered, revision by revision, behind the digests of two keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kb.errors import ExpiredDraft, TooManyDrafts, UnknownDraft
from kb.storage.codec import dump, load
from kb.storage.database import reading, writing
from kb.storage.tables import AnyRow, DraftRevisionRow, DraftRow, FormVersionRow

#: Part of what a draft holds that names the version of each form that it needs.
VERSIONS = "versions"
#: How long it stays known that an expired draft was there.
TOLD = dt.timedelta(days=365)
#: How old a draft is at least that is empty still and makes room for another.
IDLE = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Keeping:
    """How much is kept.

    Attributes:
        drafts: drafts that have not expired.
        revisions: revisions of one draft; older ones are forgotten.
        draft_bytes: size of all revisions of one draft, in bytes; older ones are forgotten, the newest never.
    """

    drafts: int = 5_000
    revisions: int = 300
    draft_bytes: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Revision:
    """What a draft held once it was saved.

    Attributes:
        number: counted from 1.
        content: JSON object.
        time: when it was saved.
    """

    number: int
    content: Mapping[str, Any]
    time: dt.datetime


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft with its newest revision.

    Attributes:
        id: its name in the database, which opens nothing.
        form: id of its form.
        form_version: version of that form when the draft began.
        may_edit: the key that opened it was the one for editing.
        created: when it was begun.
        expires: until when it is kept.
        newest: its newest revision.
    """

    id: str
    form: str
    form_version: str
    may_edit: bool
    created: dt.datetime
    expires: dt.datetime
    newest: Revision


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A draft that is about to begin.

    Attributes:
        id: its name in the database, unused so far.
        form: id of its form.
        form_version: version of that form.
        versions: content of this and other form versions that the draft needs, by (form, version).
        read_digest: SHA-256 of the key for reading, hexadecimal.
        edit_digest: SHA-256 of the key for editing, hexadecimal.
        content: what it begins with, a JSON object.
    """

    id: str
    form: str
    form_version: str
    versions: Mapping[tuple[str, str], bytes]
    read_digest: str
    edit_digest: str
    content: Mapping[str, Any]


class DraftStore:
    """Drafts of one database; threads and processes may use one at the same time."""

    def __init__(self, engine: sa.Engine, keeping: Keeping = Keeping()) -> None:
        """Use a database that ``upgrade`` has brought up to the code's schema."""
        self._engine = engine
        self._keeping = keeping

    def create(self, draft: NewDraft, now: dt.datetime, expires: dt.datetime) -> None:
        """Begin a draft, its first revision numbered 1, and keep the versions of forms that it needs.

        Where there are as many as may be, those that are empty still make room, the oldest first.

        Raises:
            TooManyDrafts: there are as many as may be, and something was saved in all of them.
        """
        with writing(self._engine) as connection:
            _make_room(connection, self._keeping.drafts, now)
            _keep_versions(connection, draft.versions)
            connection.execute(
                sa.insert(DraftRow).values(
                    id=draft.id,
                    form=draft.form,
                    form_version=draft.form_version,
                    read_key=draft.read_digest,
                    edit_key=draft.edit_digest,
                    created=now,
                    expires=expires,
                )
            )
            _add(connection, draft.id, 1, draft.content, now)

    def open(self, digest: str, now: dt.datetime) -> StoredDraft:
        """The draft that a key opens.

        Args:
            digest: SHA-256 of the key, hexadecimal.
            now: the time; a draft that expired before it is not opened.

        Raises:
            UnknownDraft: no draft has this key.
            ExpiredDraft: it was kept until the parameter ``day``.
        """
        with reading(self._engine) as connection:
            row = _find(connection, digest)
            newest = None if row.expires <= now else _newest(connection, row.id)
            if newest is None:
                raise ExpiredDraft(day=row.expires.date().isoformat())
        may_edit = bool(row.edit_key == digest)
        return StoredDraft(row.id, row.form, row.form_version, may_edit, row.created, row.expires, newest)

    def save(
        self,
        draft: str,
        after: int,
        content: Mapping[str, Any],
        now: dt.datetime,
        expires: dt.datetime,
        versions: Mapping[tuple[str, str], bytes] | None = None,
    ) -> Revision | None:
        """Add a revision.

        Args:
            draft: id of the draft.
            after: number of the revision that the new one follows.
            content: what the draft holds now, a JSON object.
            now: the time.
            expires: until when the draft is kept from now on.
            versions: versions of forms that it needs from now on, by (form, version).

        Returns:
            The new revision; None if ``after`` is not the newest any more, and nothing was saved.
        """
        with writing(self._engine) as connection:
            newest = _newest(connection, draft)
            if newest is None or newest.number != after:
                return None
            _keep_versions(connection, versions or {})
            _add(connection, draft, after + 1, content, now)
            connection.execute(sa.update(DraftRow).where(DraftRow.id == draft).values(expires=expires))
            _forget_oldest(connection, draft, self._keeping)
        return Revision(after + 1, content, now)

    def revision(self, draft: str, number: int) -> Revision | None:
        """A revision of a draft, None where there is none of this number, or no longer."""
        query = _revisions(draft).where(DraftRevisionRow.number == number)
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        return None if row is None else _revision(row)

    def revisions(self, draft: str) -> tuple[Revision, ...]:
        """All revisions of a draft that are kept, newest first."""
        query = _revisions(draft).order_by(DraftRevisionRow.number.desc())
        with reading(self._engine) as connection:
            return tuple(_revision(row) for row in connection.execute(query))

    def form_version(self, version: str) -> bytes | None:
        """Content of a version of a form, None where no draft keeps it."""
        query = sa.select(FormVersionRow.content).where(FormVersionRow.version == version)
        with reading(self._engine) as connection:
            content: bytes | None = connection.scalar(query)
        return None if content is None else bytes(content)

    def forget_expired(self, now: dt.datetime) -> int:
        """Delete what expired drafts held, and say how many they were; that they were there is known for a year.

        Versions of forms that no other draft needs, not even to go back to, go as well.
        """
        expired = sa.select(DraftRow.id).where(DraftRow.expires <= now)
        held = sa.select(sa.func.count(sa.distinct(DraftRevisionRow.draft_id))).where(
            DraftRevisionRow.draft_id.in_(expired)
        )
        with writing(self._engine) as connection:
            count = connection.scalar(held) or 0
            if count:
                connection.execute(sa.delete(DraftRevisionRow).where(DraftRevisionRow.draft_id.in_(expired)))
                _forget_versions(connection, now)
            connection.execute(sa.delete(DraftRow).where(DraftRow.expires <= now - TOLD))
        return int(count)


def _keep_versions(connection: sa.Connection, versions: Mapping[tuple[str, str], bytes]) -> None:
    known = _known(connection, [version for _form, version in versions])
    for (form, version), content in versions.items():
        if version not in known:
            connection.execute(sa.insert(FormVersionRow).values(version=version, form=form, content=content))


def _known(connection: sa.Connection, versions: Collection[str]) -> frozenset[str]:
    query = sa.select(FormVersionRow.version).where(FormVersionRow.version.in_(versions))
    return frozenset(connection.scalars(query))


def _make_room(connection: sa.Connection, most: int, now: dt.datetime) -> None:
    alive = sa.select(sa.func.count()).select_from(DraftRow).where(DraftRow.expires > now)
    over = (connection.scalar(alive) or 0) - most + 1
    if over <= 0:
        return
    saved = sa.select(DraftRevisionRow.draft_id).where(DraftRevisionRow.number > 1)
    idle = (
        sa.select(DraftRow.id)
        .where(DraftRow.expires > now, DraftRow.created <= now - IDLE, DraftRow.id.not_in(saved))
        .order_by(DraftRow.created)
        .limit(over)
    )
    names = list(connection.scalars(idle))
    if len(names) < over:
        raise TooManyDrafts(limit=most)
    connection.execute(sa.delete(DraftRevisionRow).where(DraftRevisionRow.draft_id.in_(names)))
    connection.execute(sa.delete(DraftRow).where(DraftRow.id.in_(names)))


def _forget_versions(connection: sa.Connection, now: dt.datetime) -> None:
    answers = DraftRevisionRow.answers
    if connection.dialect.name == "sqlite":
        named: sa.ColumnElement[str] = sa.func.json_extract(answers, f"$.{VERSIONS}")
    else:
        named = sa.func.json_extract_path_text(sa.cast(answers, sa.JSON), VERSIONS)
    needed = set(connection.scalars(sa.select(DraftRow.form_version).where(DraftRow.expires > now)))
    for told in connection.scalars(sa.select(named).distinct().where(named.is_not(None))):
        needed |= set(load(told).values())
    kept = connection.scalars(sa.select(FormVersionRow.version))
    gone = [version for version in kept if version not in needed]
    connection.execute(sa.delete(FormVersionRow).where(FormVersionRow.version.in_(gone)))


def _forget_oldest(connection: sa.Connection, draft: str, keeping: Keeping) -> None:
    """Forget the revisions of a draft that are beyond what is kept, the oldest first."""
    answers = DraftRevisionRow.answers
    if connection.dialect.name == "sqlite":
        size = sa.func.length(sa.cast(answers, sa.LargeBinary))
    else:
        size = sa.func.octet_length(answers)
    query = sa.select(DraftRevisionRow.number, size).where(DraftRevisionRow.draft_id == draft)
    together = 0
    for at, (number, many) in enumerate(connection.execute(query.order_by(DraftRevisionRow.number.desc()))):
        together += many
        if at and (at >= keeping.revisions or together > keeping.draft_bytes):
            older = (DraftRevisionRow.draft_id == draft) & (DraftRevisionRow.number <= number)
            connection.execute(sa.delete(DraftRevisionRow).where(older))
            return


def _find(connection: sa.Connection, digest: str) -> AnyRow:
    query = sa.select(*DraftRow.__table__.columns).where(
        sa.or_(DraftRow.edit_key == digest, DraftRow.read_key == digest)
    )
    row = connection.execute(query).first()
    if row is None:
        raise UnknownDraft
    return row


def _revisions(draft: str) -> sa.Select[Any]:
    return sa.select(*DraftRevisionRow.__table__.columns).where(DraftRevisionRow.draft_id == draft)


def _newest(connection: sa.Connection, draft: str) -> Revision | None:
    row = connection.execute(_revisions(draft).order_by(DraftRevisionRow.number.desc()).limit(1)).first()
    return None if row is None else _revision(row)


def _revision(row: AnyRow) -> Revision:
    return Revision(row.number, load(row.answers), row.time)


def _add(connection: sa.Connection, draft: str, number: int, content: Mapping[str, Any], now: dt.datetime) -> None:
    connection.execute(
        sa.insert(DraftRevisionRow).values(draft_id=draft, number=number, answers=dump(content), time=now)
    )
