"""What a message holds that nobody could open, and whether the mailbox was told its outcome."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of the messages there are, nobody knows of anything untold."""
    op.add_column("messages", sa.Column("unopened", sa.Text()))
    op.add_column("messages", sa.Column("unopened_dismissed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("messages", sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index("ix_messages_told", "messages", ["told"])
