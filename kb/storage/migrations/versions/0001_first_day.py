"""The schema of the first day."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SORT_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _acts()
    _expressions()
    _outbox_and_drafts()


def downgrade() -> None:
    for table in (
        "draft_revision",
        "draft",
        "outbox",
        "unit",
        "manifestation",
        "content",
        "expression",
        "act_audience",
        "act_topic",
        "alias",
        "act",
    ):
        op.drop_table(table)


def _acts() -> None:
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("body_slug", sa.Text(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_by", sa.Text(), nullable=True),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("sort_ky", _SORT_KEY, nullable=False),
        sa.Column("sort_ru", _SORT_KEY, nullable=False),
        sa.Column("sort_en", _SORT_KEY, nullable=False),
        sa.Column("sort_number", _SORT_KEY, nullable=False),
        sa.Column("removed", _MOMENT, nullable=True),
        sa.Column("replaced_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        sa.UniqueConstraint("uri", name=op.f("uq_act_uri")),
    )
    op.create_index(op.f("ix_act_date"), "act", ["date"], unique=False)
    op.create_index(op.f("ix_act_kind"), "act", ["kind"], unique=False)
    op.create_index(op.f("ix_act_status"), "act", ["status"], unique=False)
    op.create_index(op.f("ix_act_year"), "act", ["year"], unique=False)
    op.create_table(
        "alias",
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_alias_act_id_act"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uri", name=op.f("pk_alias")),
    )
    op.create_index(op.f("ix_alias_act_id"), "alias", ["act_id"], unique=False)
    op.create_table(
        "act_topic",
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_act_topic_act_id_act"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("act_id", "topic", name=op.f("pk_act_topic")),
    )
    op.create_index(op.f("ix_act_topic_topic"), "act_topic", ["topic"], unique=False)
    op.create_table(
        "act_audience",
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_act_audience_act_id_act"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("act_id", "audience", name=op.f("pk_act_audience")),
    )
    op.create_index(op.f("ix_act_audience_audience"), "act_audience", ["audience"], unique=False)


def _expressions() -> None:
    op.create_table(
        "expression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("removed", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_expression_act_id_act"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expression")),
        sa.UniqueConstraint("uri", name=op.f("uq_expression_uri")),
    )
    op.create_index(
        op.f("ix_expression_act_id_language_date"), "expression", ["act_id", "language", "date"], unique=False
    )
    op.create_table(
        "content",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_content")),
    )
    op.create_table(
        "manifestation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expression_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("path_key", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("retrieved", sa.Date(), nullable=True),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("read", _MOMENT, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["expression_id"],
            ["expression.id"],
            name=op.f("fk_manifestation_expression_id_expression"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["sha256"], ["content.sha256"], name=op.f("fk_manifestation_sha256_content")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manifestation")),
        sa.UniqueConstraint(
            "expression_id", "sha256", "path_key", name=op.f("uq_manifestation_expression_id_sha256_path_key")
        ),
    )
    op.create_index(op.f("ix_manifestation_path_key"), "manifestation", ["path_key"], unique=False)
    op.create_index(op.f("ix_manifestation_sha256"), "manifestation", ["sha256"], unique=False)
    op.create_table(
        "unit",
        sa.Column("expression_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("eid", sa.Text(), nullable=False),
        sa.Column("wid", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("effective", sa.Text(), nullable=True),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("heading", sa.Text(), nullable=True),
        sa.Column("status_by", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["expression_id"], ["expression.id"], name=op.f("fk_unit_expression_id_expression"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("expression_id", "position", name=op.f("pk_unit")),
        sa.UniqueConstraint("expression_id", "eid", name=op.f("uq_unit_expression_id_eid")),
    )


def _outbox_and_drafts() -> None:
    op.create_table(
        "outbox",
        sa.Column("sequence", _SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("time", _MOMENT, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_act"), "outbox", ["act"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("read_key", sa.Text(), nullable=False),
        sa.Column("edit_key", sa.Text(), nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("edit_key", name=op.f("uq_draft_edit_key")),
        sa.UniqueConstraint("read_key", name=op.f("uq_draft_read_key")),
    )
    op.create_index(op.f("ix_draft_expires"), "draft", ["expires"], unique=False)
    op.create_table(
        "draft_revision",
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("time", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_revision_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "number", name=op.f("pk_draft_revision")),
    )
