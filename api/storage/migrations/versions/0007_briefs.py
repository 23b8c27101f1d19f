"""what lists show of a draft, and its open claims, are kept beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the newer schema; of drafts that are there already both are worked out when asked for."""
    with op.batch_alter_table("drafts") as table:
        table.add_column(sa.Column("brief", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("claims", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Back to the older one."""
    with op.batch_alter_table("drafts") as table:
        table.drop_column("claims")
        table.drop_column("brief")
