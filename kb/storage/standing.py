"""Which of several files of one edition its text is taken from.

A file's place in this is its bytes at its path: what was read last at a path is what lies there. A file that comes to
an edition for the first time brings the edition's text; from then on only other bytes can bring it back, so that
reading the same files again changes nothing, in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from kb.documents import Doubt, Original, Report, Unit
from kb.storage.codec import UNIT_COLUMNS, Json, UnitValues, load, read_unit
from kb.storage.identity import path_key
from kb.storage.tables import AnyRow, AnySelect, ExpressionRow, ManifestationRow, UnitRow

#: Code of the doubt that another file is of the same edition, which had its text from there before.
OTHER_FILE = "other_file"

# What is said of a file, not of its text.
_OF_A_FILE = ("retrieved", "source")


def standing_file(connection: sa.Connection, expression: int) -> AnyRow:
    """The row of the file that an expression's text is taken from."""
    rows = sa.select(ManifestationRow.__table__).where(ManifestationRow.expression_id == expression)
    return connection.execute(rows.order_by(ManifestationRow.sequence.desc()).limit(1)).one()


def last_read(connection: sa.Connection, path: str) -> AnyRow | None:
    """The row of what was last read at a path, None where nothing was."""
    rows = sa.select(ManifestationRow.__table__).where(ManifestationRow.path_key == path_key(path))
    newest = ManifestationRow.read.desc(), ManifestationRow.id.desc()
    return connection.execute(rows.order_by(*newest).limit(1)).first()


def home_of_file(connection: sa.Connection, original: Original) -> int | None:
    """Row id of the expression that a file was read as, None where other bytes, or none, were last at its path."""
    row = last_read(connection, original.path)
    return row.expression_id if row is not None and row.sha256 == original.sha256 else None


def is_of_another_file(row: AnyRow, original: Original) -> bool:
    """Whether a row is of other bytes at another path."""
    return bool(row.path_key != path_key(original.path) and row.sha256 != original.sha256)


def same_text(connection: sa.Connection, expression: int, details: str, units: Iterable[UnitValues]) -> bool:
    """Whether a document says what an expression says; where in a file it stands and whence that came do not count."""
    held = connection.scalars(sa.select(ExpressionRow.details).where(ExpressionRow.id == expression)).one()
    if _told(load(held)) != _told(load(details)):
        return False
    columns = [getattr(UnitRow, name) for name in UNIT_COLUMNS]
    rows = sa.select(*columns).where(UnitRow.expression_id == expression).order_by(UnitRow.position)
    here = [_text(row) for row in connection.execute(rows)]
    return here == [_text([unit[name] for name in UNIT_COLUMNS]) for unit in units]


def _text(row: Sequence[Any]) -> Unit:
    unit = read_unit(row)
    return replace(unit, place=None, body=tuple(replace(block, place=None) for block in unit.body))


def _told(details: Json) -> Json:
    return {name: value for name, value in details.items() if name not in _OF_A_FILE}


def other_files(connection: sa.Connection, expression: int, original: Original) -> tuple[Doubt, ...]:
    """The doubt about the other file of an expression that last gave it its text, if there is one."""
    query = (
        present(ManifestationRow.path)
        .where(
            ManifestationRow.expression_id == expression,
            ManifestationRow.sequence >= 0,
            ManifestationRow.path_key != path_key(original.path),
            ManifestationRow.sha256 != original.sha256,
        )
        .order_by(ManifestationRow.sequence.desc())
    )
    path = connection.scalar(query.limit(1))
    return () if path is None else (Doubt(OTHER_FILE, {"file": told_apart(path, original.path)}),)


def present(*columns: Any) -> AnySelect:
    """Columns of the files that were last read at their paths."""
    later = aliased(ManifestationRow)
    replaced = sa.exists().where(
        later.path_key == ManifestationRow.path_key,
        sa.tuple_(later.read, later.id) > sa.tuple_(ManifestationRow.read, ManifestationRow.id),
    )
    return sa.select(*columns).where(~replaced)


def told_apart(path: str, from_path: str) -> str:
    """The shortest end of a path that another one does not have (``a/law.pdf`` beside ``b/law.pdf``): a report may be
    read by people whom the folders of the machine do not concern.
    """
    parts, others = PurePath(path).parts, PurePath(from_path).parts
    alike = 0
    while alike < min(len(parts), len(others)) and parts[-1 - alike] == others[-1 - alike]:
        alike += 1
    return str(PurePath(*parts[-1 - alike :]))


def without_other_files(report: Report) -> Report:
    """A report of a file from which its edition has not its text any more."""
    return replace(report, warnings=tuple(doubt for doubt in report.warnings if doubt.code != OTHER_FILE))
