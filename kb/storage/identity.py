"""Which act and which expression a file belongs to, and how acts get new addresses.

Everything here runs inside a write transaction.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from kb.documents import ActId, Document, Edition, Kind, Original
from kb.language.model import Language
from kb.storage.codec import clean
from kb.storage.collation import sort_key
from kb.storage.tables import COPY, ActRow, AliasRow, AnyRow, AnySelect, ExpressionRow, ManifestationRow

_NUMBERED = "/akn/kg/act/"


def path_key(path: str) -> str:
    """Key of a path, of one length: its SHA-256, hexadecimal."""
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Held:
    """An act held already: row id and what it is known by."""

    id: int
    uri: str
    act_id: ActId

    @property
    def numbered(self) -> bool:
        """Whether its address is made of kind, date and number."""
        return self.uri.startswith(_NUMBERED)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier reading of the same bytes or of the same path.

    Attributes:
        act: the act that it was of.
        expression: row id of the expression.
        path: path of the file that was read.
        same_file: whether bytes and path are both the same.
        stands: whether its expression was last read from it.
    """

    act: Held
    expression: int
    path: str
    same_file: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class Traces:
    """What is held of a file already: readings of the same bytes and of the same path, None where there are none."""

    content: Earlier | None
    path: Earlier | None

    @property
    def acts(self) -> set[int]:
        """Row ids of the acts that these are of."""
        return {one.act.id for one in (self.content, self.path) if one}

    @property
    def copy_of(self) -> str | None:
        """Path of another file with the same bytes on which an expression stands, None where there is none."""
        return self.content.path if self.content and self.content.stands and not self.content.same_file else None


def traces(connection: sa.Connection, original: Original) -> Traces:
    """Look for earlier readings of a file, removed acts included; the newest one counts, of one path before others."""
    key = path_key(original.path)
    here = ManifestationRow.path_key == key
    newest, last = ManifestationRow.sequence.desc(), ManifestationRow.read.desc()
    readings = sa.select(ManifestationRow).where(ManifestationRow.sequence != COPY)
    by_content = readings.where(ManifestationRow.sha256 == original.sha256)
    by_path = readings.where(here)
    return Traces(
        content=_earlier(connection, by_content.order_by(sa.case((here, 0), else_=1), newest), original, key),
        path=_earlier(connection, by_path.order_by(last, ManifestationRow.id.desc()), original, key),
    )


def _earlier(connection: sa.Connection, found: AnySelect, original: Original, key: str) -> Earlier | None:
    columns = (
        ManifestationRow.expression_id,
        ManifestationRow.sha256,
        ManifestationRow.path,
        ManifestationRow.path_key,
        ManifestationRow.sequence,
        ExpressionRow.act_id,
    )
    joined = found.with_only_columns(*columns).join(ExpressionRow, ExpressionRow.id == ManifestationRow.expression_id)
    row = connection.execute(joined.limit(1)).first()
    if row is None:
        return None
    newest = connection.scalar(
        sa.select(sa.func.max(ManifestationRow.sequence)).where(ManifestationRow.expression_id == row.expression_id)
    )
    return Earlier(
        act=held(connection, ActRow.id == row.act_id),
        expression=row.expression_id,
        path=row.path,
        same_file=(row.sha256, row.path_key) == (original.sha256, key),
        stands=row.sequence == newest,
    )


def held(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Held:
    """The act that fits ``condition``; there must be one."""
    found = find_held(connection, condition)
    if found is None:
        raise LookupError(str(condition))
    return found


def find_held(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Held | None:
    """The act that fits ``condition``, removed or not, None where there is none."""
    query = sa.select(
        ActRow.id, ActRow.uri, ActRow.kind, ActRow.number, ActRow.date, ActRow.body_slug, ActRow.slug
    ).where(condition)
    row = connection.execute(query).first()
    if row is None:
        return None
    return Held(row.id, row.uri, act_id(row.uri, row.kind, row.number, row.date, row.body_slug, row.slug))


def act_id(uri: str, kind: str, number: str | None, date: dt.date | None, body_slug: str | None, slug: str) -> ActId:
    """What the act at ``uri`` is known by; parts that would give it another address are left out."""
    known = ActId(Kind(kind), number, date, body_slug, slug)
    return known if known.uri == uri else ActId(Kind(kind), slug=slug)


def at_address(connection: sa.Connection, uri: str) -> Held | None:
    """The act at an address that it has or once had."""
    alias = sa.select(AliasRow.act_id).where(AliasRow.uri == uri).scalar_subquery()
    return find_held(connection, ActRow.uri == uri) or find_held(connection, ActRow.id == alias)


def home(connection: sa.Connection, document: Document, found: Traces, *, given: bool) -> Held:
    """The act that a document belongs to, made or given a new address where needed.

    Args:
        connection: a write transaction.
        document: the document.
        found: what is held of its file.
        given: whether a person named the act, so that nothing is left to be found out.
    """
    if given:
        return at_address(connection, document.act_id.uri) or _make(connection, document.act_id)
    if document.act_id.numbered:
        return _numbered_home(connection, document.act_id, found)
    return _unnumbered_home(connection, document, found)


def _numbered_home(connection: sa.Connection, known: ActId, found: Traces) -> Held:
    target = at_address(connection, known.uri)
    for earlier in (found.content, found.path):
        if earlier is None or (target and earlier.act.id == target.id):
            continue
        act = find_held(connection, ActRow.id == earlier.act.id)
        if act is None or not (_gains_number(act) or (earlier.same_file and _same_number(act.act_id, known))):
            continue
        if target is None:
            target = _rename(connection, act, replace(known, slug=act.act_id.slug or known.slug))
        else:
            _merge(connection, act, target)
    return target or _make(connection, known)


def _gains_number(act: Held) -> bool:
    return not act.numbered


def _same_number(one: ActId, other: ActId) -> bool:
    """Whether only kind or body differ: the address was wrong in these, no other act can be meant by it."""
    return (one.number, one.date) == (other.number, other.date)


def _unnumbered_home(connection: sa.Connection, document: Document, found: Traces) -> Held:
    known = document.act_id
    if found.content:
        act = found.content.act
    elif found.path and _goes_on(found.path.act, document):
        act = found.path.act
    else:
        return _make(connection, _free_slug(connection, known))
    if act.numbered or act.act_id.kind is known.kind:
        return act
    return _rename(connection, act, _free_slug(connection, ActId(known.kind, slug=act.act_id.slug)))


def _goes_on(act: Held, document: Document) -> bool:
    """Whether an unnumbered document may be the act that its path held: nothing of it speaks against."""
    if not act.numbered:
        return True
    told = document.metadata
    return (
        told.kind is act.act_id.kind
        and told.number in (None, act.act_id.number)
        and told.date in (None, act.act_id.date)
    )


def _free_slug(connection: sa.Connection, known: ActId) -> ActId:
    """``known`` with a slug that no other act has or had: ``-2``, ``-3`` … behind it where it is taken."""
    slug = known.slug or "document"
    wanted = replace(known, slug=slug)
    count = 1
    while _taken(connection, wanted.uri):
        count += 1
        wanted = replace(known, slug=f"{slug}-{count}")
    return wanted


def _taken(connection: sa.Connection, uri: str) -> bool:
    acts = sa.select(ActRow.id).where(ActRow.uri == uri)
    aliases = sa.select(AliasRow.act_id).where(AliasRow.uri == uri)
    return connection.execute(sa.union_all(acts, aliases)).first() is not None


def _columns(known: ActId) -> dict[str, object]:
    return {
        "uri": known.uri,
        "kind": known.kind.value,
        "number": known.number and clean(known.number),
        "date": known.date,
        "year": known.date.year if known.date else None,
        "body_slug": known.body,
        "slug": known.slug,
        "sort_number": sort_key(known.number or ""),
    }


def _make(connection: sa.Connection, known: ActId) -> Held:
    empty = {"status": "unknown", "official": False, "titles": "{}", "opening": "", "languages": ""}
    keys = {"sort_ky": "", "sort_ru": "", "sort_en": ""}
    made = sa.insert(ActRow).values(**_columns(known), **empty, **keys).returning(ActRow.id)
    return Held(connection.execute(made).scalar_one(), known.uri, known)


def _rename(connection: sa.Connection, act: Held, known: ActId) -> Held:
    """Give an act and its editions a new address; the old one leads there."""
    connection.execute(sa.update(ActRow).where(ActRow.id == act.id).values(**_columns(known)))
    connection.execute(sa.delete(AliasRow).where(AliasRow.uri == known.uri))
    connection.execute(sa.insert(AliasRow).values(uri=act.uri, act_id=act.id))
    for row in _expressions(connection, act.id):
        _place(connection, row.id, act.id, Edition(known.uri, Language(row.language), row.date))
    return Held(act.id, known.uri, known)


def _merge(connection: sa.Connection, act: Held, target: Held) -> None:
    """Bring all that an act has to another one; its address leads there."""
    for row in _expressions(connection, act.id):
        move_expression(connection, row.id, target, Language(row.language), row.date)
    connection.execute(sa.update(AliasRow).where(AliasRow.act_id == act.id).values(act_id=target.id))
    connection.execute(sa.delete(ActRow).where(ActRow.id == act.id))
    connection.execute(sa.insert(AliasRow).values(uri=act.uri, act_id=target.id))


def _expressions(connection: sa.Connection, act: int) -> Sequence[AnyRow]:
    query = sa.select(ExpressionRow.id, ExpressionRow.language, ExpressionRow.date).where(ExpressionRow.act_id == act)
    return connection.execute(query.order_by(ExpressionRow.id)).all()


def _place(connection: sa.Connection, expression: int, act: int, edition: Edition) -> None:
    values = {"act_id": act, "uri": edition.uri, "language": edition.language.value, "date": edition.date}
    connection.execute(sa.update(ExpressionRow).where(ExpressionRow.id == expression).values(**values))


def find_expression(connection: sa.Connection, edition: Edition) -> int | None:
    """Row id of an edition's expression, removed or not, None where there is none."""
    return connection.scalar(sa.select(ExpressionRow.id).where(ExpressionRow.uri == edition.uri))


def move_expression(
    connection: sa.Connection, expression: int, act: Held, language: Language, date: dt.date | None
) -> int:
    """Make an expression that of another act, language or date.

    Where the act has such an expression already, that one stands (unless it was removed) and takes over the files
    of the other as older readings.

    Returns:
        Row id of the expression that stands.
    """
    edition = Edition(act.uri, language, date)
    other = find_expression(connection, edition)
    if other is None or other == expression:
        _place(connection, expression, act.id, edition)
        return expression
    if _removed(connection, other) and not _removed(connection, expression):
        _absorb(connection, expression, other)
        _place(connection, expression, act.id, edition)
        return expression
    _absorb(connection, other, expression)
    return other


def _removed(connection: sa.Connection, expression: int) -> bool:
    query = sa.select(ExpressionRow.removed).where(ExpressionRow.id == expression)
    return connection.scalar(query) is not None


def _absorb(connection: sa.Connection, stands: int, goes: int) -> None:
    """Hand the files of the expression that goes to the one that stands, as older readings, and delete it."""
    of = ManifestationRow.expression_id
    file = (ManifestationRow.sha256, ManifestationRow.path_key)
    known = {tuple(row) for row in connection.execute(sa.select(*file).where(of == stands))}
    moved = [
        row.id
        for row in connection.execute(sa.select(ManifestationRow.id, *file).where(of == goes)).all()
        if (row.sha256, row.path_key) not in known
    ]
    # What never stood does not begin to.
    older = sa.case((ManifestationRow.sequence < 0, ManifestationRow.sequence), else_=0)
    values = {"expression_id": stands, "sequence": older}
    connection.execute(sa.update(ManifestationRow).where(ManifestationRow.id.in_(moved)).values(**values))
    connection.execute(sa.delete(ExpressionRow).where(ExpressionRow.id == goes))
