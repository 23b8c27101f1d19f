"""jobs, workers and answers of models, for several processes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the newer schema; drafts that wait for their writer get the job that they had in DBOS."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("draft_id", sa.String(40), sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("executor", sa.String(60), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime()),
        sa.Column("finished_at", sa.DateTime()),
    )
    op.create_index("ix_jobs_draft_id", "jobs", ["draft_id"])
    op.create_index("ix_jobs_state", "jobs", ["state"])
    op.create_table(
        "executors",
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("host", sa.String(200), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "model_answers",
        sa.Column("job_id", sa.String(40), sa.ForeignKey("jobs.id"), primary_key=True),
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    op.execute(
        "INSERT INTO jobs (id, draft_id, kind, asked, state, error, result, author, executor,"
        " attempt, created_at)"
        " SELECT id, id, 'draft', inputs, 'queued', '', '{}', created_by, '', 0, created_at"
        " FROM drafts WHERE state IN ('queued', 'running')"
    )


def downgrade() -> None:
    """Back to the older one."""
    op.drop_table("model_answers")
    op.drop_table("executors")
    op.drop_table("jobs")
