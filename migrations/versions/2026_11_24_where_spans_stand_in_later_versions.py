"""where spans stand in later versions

Revision: 0006, after 0005, 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('span_placements',
    sa.Column('span_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('first_sentence_id', sa.Integer(), nullable=True),
    sa.Column('last_sentence_id', sa.Integer(), nullable=True),
    sa.Column('start_offset', sa.Integer(), nullable=True),
    sa.Column('end_offset', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.CheckConstraint("(state = 'orphan') = (first_sentence_id IS NULL)", name=op.f('ck_span_placements_first')),
    sa.CheckConstraint("(state = 'orphan') = (last_sentence_id IS NULL)", name=op.f('ck_span_placements_last')),
    sa.CheckConstraint("state IN ('id', 'quote', 'likeness', 'hand', 'orphan')", name=op.f('ck_span_placements_state')),
    sa.ForeignKeyConstraint(['first_sentence_id'], ['sentences.id'], name=op.f('fk_span_placements_first_sentence_id')),
    sa.ForeignKeyConstraint(['last_sentence_id'], ['sentences.id'], name=op.f('fk_span_placements_last_sentence_id')),
    sa.ForeignKeyConstraint(['span_id'], ['spans.id'], name=op.f('fk_span_placements_span_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['article_versions.id'], name=op.f('fk_span_placements_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('span_id', 'version_id', name=op.f('pk_span_placements'))
    )
    with op.batch_alter_table('span_placements', schema=None) as batch_op:
        batch_op.create_index('ix_span_placements_version_id', ['version_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('span_placements', schema=None) as batch_op:
        batch_op.drop_index('ix_span_placements_version_id')

    op.drop_table('span_placements')
