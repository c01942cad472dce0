"""what somebody has put aside of who needs them

Revision: 0026, after 0025, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

KINDS = "kind IN ('stuck', 'flagged', 'not_started', 'silent', 'question', 'ungraded', 'low')"


def upgrade() -> None:
    op.create_table(
        'dismissed_needs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('section_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=12), nullable=False),
        sa.Column('object_id', sa.Integer(), nullable=False),
        sa.Column('student_id', sa.Integer(), nullable=False),
        sa.Column('facts', sa.String(length=80), nullable=False),
        sa.Column('dismissed_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f('ck_dismissed_needs_kind')),
        sa.ForeignKeyConstraint(['section_id'], ['sections.id'], name=op.f('fk_dismissed_needs_section_id_sections'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_dismissed_needs_user_id_users'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_dismissed_needs')),
        sa.UniqueConstraint('user_id', 'kind', 'object_id', 'student_id', name=op.f('uq_dismissed_needs_user_id_kind_object_id_student_id')),
    )
    op.create_index('ix_dismissed_needs_section_id', 'dismissed_needs', ['section_id'])


def downgrade() -> None:
    op.drop_table('dismissed_needs')
