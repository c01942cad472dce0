"""which item of a quiz a discussion was made of

Revision: 0028, after 0027, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'seeded_threads',
        sa.Column('prompt_delivery_id', sa.Integer(), nullable=False),
        sa.Column('quiz_delivery_id', sa.Integer(), nullable=False),
        sa.Column('item_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_seeded_threads_item_id_items'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['prompt_delivery_id'], ['prompt_deliveries.id'], name=op.f('fk_seeded_threads_prompt_delivery_id_prompt_deliveries'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['quiz_delivery_id'], ['quiz_deliveries.id'], name=op.f('fk_seeded_threads_quiz_delivery_id_quiz_deliveries'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('prompt_delivery_id', name=op.f('pk_seeded_threads')),
        sa.UniqueConstraint('quiz_delivery_id', 'item_id', name=op.f('uq_seeded_threads_quiz_delivery_id_item_id')),
    )
    op.create_index('ix_seeded_threads_item_id', 'seeded_threads', ['item_id'])


def downgrade() -> None:
    op.drop_table('seeded_threads')
