"""Indexes by which citations find acts and units."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_act_sort_ky", "act", ["sort_ky"]),
    ("ix_act_sort_ru", "act", ["sort_ru"]),
    ("ix_act_sort_number", "act", ["sort_number"]),
    ("ix_unit_number_level", "unit", ["number", "level"]),
)


def upgrade() -> None:
    for name, table, columns in _INDEXES:
        op.create_index(op.f(name), table, columns, unique=False)


def downgrade() -> None:
    for name, table, _ in _INDEXES:
        op.drop_index(op.f(name), table_name=table)
