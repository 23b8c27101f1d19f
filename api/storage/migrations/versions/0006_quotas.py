"""what tokens use up by day and by minute, and what single tokens may."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the newer schema."""
    op.create_table(
        "quota_uses",
        sa.Column("token", sa.String(40), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("used", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "request_counts",
        sa.Column("token", sa.String(40), primary_key=True),
        sa.Column("minute", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Written at every request, worth nothing after a crash.
        op.execute("ALTER TABLE request_counts SET UNLOGGED")
    with op.batch_alter_table("tokens") as table:
        table.add_column(sa.Column("drafts_a_day", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("upload_bytes_a_day", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Back to the older one."""
    with op.batch_alter_table("tokens") as table:
        table.drop_column("upload_bytes_a_day")
        table.drop_column("drafts_a_day")
    op.drop_table("request_counts")
    op.drop_table("quota_uses")
