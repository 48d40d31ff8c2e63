"""Numbers of reports in columns, so that lists need not read the reports."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COLUMNS = ("characters", "placed", "pieces", "gaps", "warnings")
_INDEX = "ix_manifestation_standing"


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("manifestation", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    table = sa.table("manifestation", sa.column("id"), sa.column("report"), *map(sa.column, _COLUMNS))
    connection = op.get_bind()
    # Reports can be long: one at a time.
    for row in connection.scalars(sa.select(table.c.id)).all():
        told = json.loads(connection.execute(sa.select(table.c.report).where(table.c.id == row)).scalar_one())
        characters, placed = told["coverage"]
        connection.execute(
            sa.update(table)
            .where(table.c.id == row)
            .values(
                characters=characters,
                placed=placed,
                pieces=len(told["left_out"]),
                gaps=len(told["gaps"]),
                warnings=len(told["warnings"]),
            )
        )
    op.create_index(_INDEX, "manifestation", ["expression_id", "sequence", "characters", "placed", "gaps", "warnings"])


def downgrade() -> None:
    op.drop_index(_INDEX, table_name="manifestation")
    for name in _COLUMNS:
        op.drop_column("manifestation", name)
