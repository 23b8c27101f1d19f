"""proposals of jobs, and the stages of a draft."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the newer schema."""
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("draft_id", sa.String(40), sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("section_id", sa.String(40), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.String(200), nullable=False),
        sa.Column("decided_at", sa.DateTime()),
    )
    op.create_index("ix_proposals_draft_id", "proposals", ["draft_id"])
    op.create_table(
        "stages",
        sa.Column("draft_id", sa.String(40), sa.ForeignKey("drafts.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    with op.batch_alter_table("drafts") as table:
        table.add_column(sa.Column("stage", sa.String(20), nullable=False, server_default="一稿"))
        table.add_column(
            sa.Column("signature_ended", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Back to the older one."""
    with op.batch_alter_table("drafts") as table:
        table.drop_column("signature_ended")
        table.drop_column("stage")
    op.drop_table("stages")
    op.drop_table("proposals")
