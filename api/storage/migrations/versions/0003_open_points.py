"""what stands against a clean copy is kept with the draft."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the newer schema."""
    with op.batch_alter_table("drafts") as table:
        table.add_column(sa.Column("open_points", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Back to the older one."""
    with op.batch_alter_table("drafts") as table:
        table.drop_column("open_points")
