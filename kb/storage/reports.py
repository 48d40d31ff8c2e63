"""What intake said of the files that editions were read from, and which editions a person should look at."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from kb.storage.codec import load, load_report
from kb.storage.model import DoubtfulFile, EditionFile, SourceFile, SourcePage
from kb.storage.reading import Found
from kb.storage.standing import present, standing_file
from kb.storage.tables import AnySelect, ContentRow, ExpressionRow, ManifestationRow

#: Per cent of a source's characters below which an edition is listed.
ENOUGH = 99
# Databases bound the number of parameters of one statement.
_AT_ONCE = 500


def _standing(*columns: Any) -> AnySelect:
    """Columns of each live expression and of the file that it was last read from."""
    newest = (
        sa.select(ManifestationRow.expression_id, sa.func.max(ManifestationRow.sequence).label("sequence"))
        .group_by(ManifestationRow.expression_id)
        .subquery()
    )
    return (
        sa.select(*columns)
        .select_from(ExpressionRow)
        .join(ManifestationRow, ManifestationRow.expression_id == ExpressionRow.id)
        .join(
            newest,
            sa.and_(
                newest.c.expression_id == ManifestationRow.expression_id,
                newest.c.sequence == ManifestationRow.sequence,
            ),
        )
        .where(ExpressionRow.removed.is_(None))
    )


def _source(row: sa.Row[tuple[object, ...]]) -> SourceFile:
    fields = dict(row._mapping)
    report = load_report(fields.pop("report"))
    return SourceFile(edition=fields.pop("uri"), report=report, **fields)


def read_source(connection: sa.Connection, found: Found) -> SourceFile:
    """The file that an edition was last read from."""
    file = ManifestationRow
    columns = (
        ExpressionRow.uri,
        ExpressionRow.title,
        file.name,
        file.media_type,
        file.sha256,
        ContentRow.size,
        file.read,
        file.version,
        file.report,
    )
    query = _standing(*columns).join(ContentRow, ContentRow.sha256 == file.sha256)
    return _source(connection.execute(query.where(ExpressionRow.id == found.id)).one())


def list_files(connection: sa.Connection, found: Found) -> tuple[EditionFile, ...]:
    """Files of an edition; see ``Library.files``."""
    stands = standing_file(connection, found.id)
    beside = (
        present(ManifestationRow.sha256, ManifestationRow.name)
        .where(ManifestationRow.expression_id == found.id, ManifestationRow.sha256 != stands.sha256)
        .order_by(ManifestationRow.name, ManifestationRow.id)
    )
    files = {row.sha256: EditionFile(row.name, row.sha256, False) for row in connection.execute(beside)}
    return (EditionFile(stands.name, stands.sha256, True), *files.values())


def list_doubtful(connection: sa.Connection, limit: int, offset: int) -> SourcePage:
    """Editions with doubts, gaps or text left out; see ``Library.doubtful``."""
    file = ManifestationRow
    marks = file.warnings + file.gaps
    placed = sa.cast(file.placed, sa.Float) / file.characters
    out = sa.case((file.characters > 0, 1.0 - placed), else_=0.0)
    doubtful = sa.or_(marks > 0, file.placed * 100 < file.characters * ENOUGH)
    counts = sa.func.count(), sa.func.coalesce(sa.func.sum(sa.case((doubtful, 1), else_=0)), 0)
    held, total = connection.execute(_standing(*counts)).one()
    order = (out.desc(), marks.desc(), ExpressionRow.id)
    page = _standing(file.id).where(doubtful).order_by(*order).limit(limit).offset(offset)
    shown = (
        sa.select(
            ExpressionRow.uri.label("edition"),
            ExpressionRow.title,
            file.name,
            file.characters,
            file.placed,
            file.pieces,
            file.gaps,
            file.warnings,
        )
        .join(file, file.expression_id == ExpressionRow.id)
        .where(file.id.in_(connection.scalars(page).all()))
        .order_by(*order)
    )
    return SourcePage(tuple(DoubtfulFile(**row._mapping) for row in connection.execute(shown)), total, held)


def read_recognised(connection: sa.Connection, editions: Collection[str]) -> dict[str, float]:
    """Mean confidence of the editions whose text was recognised from pictures; the others are left out."""
    found: dict[str, float] = {}
    wanted = list(editions)
    for start in range(0, len(wanted), _AT_ONCE):
        query = sa.select(ExpressionRow.uri, ExpressionRow.details).where(
            ExpressionRow.uri.in_(wanted[start : start + _AT_ONCE]), ExpressionRow.details.contains('"recognised":')
        )
        for uri, details in connection.execute(query):
            sure = load(details).get("recognised")
            if sure is not None:
                found[uri] = sure
    return found
