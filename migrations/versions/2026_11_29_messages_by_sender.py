"""an index on what somebody of the staff wrote, by when

Revision: 0031, after 0030, 2026-11-29
"""

from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_staff_messages_by_id_sent_at', 'staff_messages', ['by_id', 'sent_at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_staff_messages_by_id_sent_at', table_name='staff_messages')
