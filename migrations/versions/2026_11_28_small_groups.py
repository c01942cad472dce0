"""threads that are split into groups

Revision: 0022, after 0021, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

# With its rules in the column: SQLite would copy the whole table for ones that stand by themselves.
REFERENCE = 'CONSTRAINT fk_comments_group_id REFERENCES thread_groups (id)'
RULE = 'CONSTRAINT ck_comments_group CHECK (group_id IS NULL OR delivery_id IS NOT NULL)'


def upgrade() -> None:
    op.create_table('thread_groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delivery_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=True),
    sa.CheckConstraint('number BETWEEN 1 AND 100', name=op.f('ck_thread_groups_number')),
    sa.ForeignKeyConstraint(['delivery_id'], ['prompt_deliveries.id'], name=op.f('fk_thread_groups_delivery_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_thread_groups')),
    sa.UniqueConstraint('delivery_id', 'number', name=op.f('uq_thread_groups_delivery_id_number')),
    sa.UniqueConstraint('id', 'delivery_id', name=op.f('uq_thread_groups_id_delivery_id'))
    )
    op.create_table('thread_group_members',
    sa.Column('delivery_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_thread_group_members_enrollment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id', 'delivery_id'], ['thread_groups.id', 'thread_groups.delivery_id'], name=op.f('fk_thread_group_members_group_id_delivery_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('delivery_id', 'enrollment_id', name=op.f('pk_thread_group_members'))
    )
    op.create_index('ix_thread_group_members_enrollment_id', 'thread_group_members', ['enrollment_id'], unique=False)
    op.create_index('ix_thread_group_members_group_id', 'thread_group_members', ['group_id'], unique=False)
    op.execute(f'ALTER TABLE comments ADD COLUMN group_id INTEGER {REFERENCE} {RULE}')


def downgrade() -> None:
    # SQLite drops a column together with its own rules.
    op.execute('ALTER TABLE comments DROP COLUMN group_id')
    op.drop_table('thread_group_members')
    op.drop_table('thread_groups')
