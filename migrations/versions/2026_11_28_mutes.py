"""students who are muted in a class

Revision: 0018, after 0017, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mutes',
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('muted_by_id', sa.Integer(), nullable=False),
    sa.Column('muted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_mutes_enrollment_id_enrollments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['muted_by_id'], ['users.id'], name=op.f('fk_mutes_muted_by_id_users')),
    sa.PrimaryKeyConstraint('enrollment_id', name=op.f('pk_mutes'))
    )


def downgrade() -> None:
    op.drop_table('mutes')
