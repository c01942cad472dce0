"""what staff write to single students

Revision: 0027, after 0026, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'staff_messages',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        sa.Column('assignment_id', sa.Integer(), nullable=True),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f('ck_staff_messages_says_something')),
        sa.ForeignKeyConstraint(['assignment_id'], ['assignments.id'], name=op.f('fk_staff_messages_assignment_id_assignments'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_staff_messages_by_id_users')),
        sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_staff_messages_enrollment_id_enrollments'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_messages')),
    )
    op.create_index('ix_staff_messages_enrollment_id', 'staff_messages', ['enrollment_id'])
    op.create_index('ix_staff_messages_assignment_id', 'staff_messages', ['assignment_id'])


def downgrade() -> None:
    op.drop_table('staff_messages')
