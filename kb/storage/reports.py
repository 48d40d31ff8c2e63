"""What intake said of the files that editions were read from, and which editions a person should look at."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from kb.storage.codec import load, load_report
from kb.storage.model import SourceFile, SourcePage
from kb.storage.reading import Found
from kb.storage.tables import AnySelect, ContentRow, ExpressionRow, ManifestationRow

#: Share of a source's characters below which an edition is listed.
ENOUGH = 0.99
# Databases bound the number of parameters of one statement.
_AT_ONCE = 500


def _sources() -> AnySelect:
    """The file that each live expression was last read from."""
    newest = (
        sa.select(ManifestationRow.expression_id, sa.func.max(ManifestationRow.sequence).label("sequence"))
        .group_by(ManifestationRow.expression_id)
        .subquery()
    )
    return (
        sa.select(
            ExpressionRow.uri,
            ExpressionRow.title,
            ManifestationRow.name,
            ManifestationRow.media_type,
            ManifestationRow.sha256,
            ContentRow.size,
            ManifestationRow.read,
            ManifestationRow.version,
            ManifestationRow.report,
        )
        .join(ManifestationRow, ManifestationRow.expression_id == ExpressionRow.id)
        .join(
            newest,
            sa.and_(
                newest.c.expression_id == ManifestationRow.expression_id,
                newest.c.sequence == ManifestationRow.sequence,
            ),
        )
        .join(ContentRow, ContentRow.sha256 == ManifestationRow.sha256)
        .where(ExpressionRow.removed.is_(None))
    )


def _source(row: sa.Row[tuple[object, ...]]) -> SourceFile:
    fields = dict(row._mapping)
    report = load_report(fields.pop("report"))
    return SourceFile(edition=fields.pop("uri"), report=report, **fields)


def read_source(connection: sa.Connection, found: Found) -> SourceFile:
    """The file that an edition was last read from."""
    return _source(connection.execute(_sources().where(ExpressionRow.id == found.id)).one())


def list_doubtful(connection: sa.Connection, limit: int, offset: int) -> SourcePage:
    """Editions with doubts, gaps or text left out; see ``Library.doubtful``."""
    ranked = []
    held = 0
    for id_, uri, report in connection.execute(
        _sources().with_only_columns(ExpressionRow.id, ExpressionRow.uri, ManifestationRow.report)
    ):
        held += 1
        told = load(report)
        characters, placed = told["coverage"]
        out = 1 - placed / characters if characters else 0.0
        marks = len(told["warnings"]) + len(told["gaps"])
        if marks or 1 - out < ENOUGH:
            ranked.append((-out, -marks, uri, id_))
    ranked.sort()
    shown = [id_ for *_order, id_ in ranked[offset : offset + limit]]
    rows = {row.uri: row for row in connection.execute(_sources().where(ExpressionRow.id.in_(shown)))}
    sources = (_source(rows[uri]) for *_order, uri, _id in ranked[offset : offset + limit])
    return SourcePage(tuple(sources), len(ranked), held)


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
