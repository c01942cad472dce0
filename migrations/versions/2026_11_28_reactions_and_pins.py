"""reactions to posts, and pinned posts

Revision: 0014, after 0013, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('comment_reactions',
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('agree', 'evidence', 'more')", name=op.f('ck_comment_reactions_kind')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_reactions_comment_id_comments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_comment_reactions_enrollment_id_enrollments'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('comment_id', 'kind', 'enrollment_id', name=op.f('pk_comment_reactions'))
    )
    op.create_index('ix_comment_reactions_enrollment_id', 'comment_reactions', ['enrollment_id'], unique=False)
    op.add_column('comments', sa.Column('pinned_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('comments', 'pinned_at')
    op.drop_index('ix_comment_reactions_enrollment_id', table_name='comment_reactions')
    op.drop_table('comment_reactions')
