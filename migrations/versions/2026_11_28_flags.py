"""flags on posts and notes

Revision: 0016, after 0015, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('comment_flags',
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('rude', 'private', 'off_topic', 'other')", name=op.f('ck_comment_flags_kind')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_flags_comment_id_comments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_comment_flags_enrollment_id_enrollments'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('comment_id', 'enrollment_id', name=op.f('pk_comment_flags'))
    )
    op.create_index('ix_comment_flags_enrollment_id', 'comment_flags', ['enrollment_id'], unique=False)
    op.create_index('ix_comment_flags_open', 'comment_flags', ['comment_id'], unique=False, sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))


def downgrade() -> None:
    op.drop_index('ix_comment_flags_open', table_name='comment_flags', sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))
    op.drop_index('ix_comment_flags_enrollment_id', table_name='comment_flags')
    op.drop_table('comment_flags')
