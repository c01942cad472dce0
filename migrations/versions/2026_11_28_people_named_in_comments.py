"""people who are named in comments

Revision: 0017, after 0016, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('comment_mentions',
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_mentions_comment_id_comments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_comment_mentions_enrollment_id_enrollments'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('comment_id', 'enrollment_id', name=op.f('pk_comment_mentions'))
    )
    op.create_index('ix_comment_mentions_enrollment_id', 'comment_mentions', ['enrollment_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_comment_mentions_enrollment_id', table_name='comment_mentions')
    op.drop_table('comment_mentions')
