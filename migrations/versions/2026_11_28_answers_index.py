"""an index on answers that saving one does not touch

Revision: 0020, after 0019, 2026-11-28
"""

from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

NAME = 'ix_responses_delivery_id_item_id'


def upgrade() -> None:
    op.drop_index(NAME, table_name='responses')
    op.create_index(NAME, 'responses', ['delivery_id', 'item_id', 'attempt_id'], unique=False)


def downgrade() -> None:
    op.drop_index(NAME, table_name='responses')
    op.create_index(NAME, 'responses', ['delivery_id', 'item_id', 'attempt_id', 'answer_key', 'points'], unique=False)
