"""posts that staff have chosen for the projector

Revision: 0030, after 0029, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('projected_comments',
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('slot', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('slot BETWEEN 1 AND 2', name=op.f('ck_projected_comments_slot')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_projected_comments_assignment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_projected_comments_comment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('assignment_id', 'slot', name=op.f('pk_projected_comments')),
    sa.UniqueConstraint('comment_id', name=op.f('uq_projected_comments_comment_id'))
    )


def downgrade() -> None:
    op.drop_table('projected_comments')
