"""what a prompt asks of each student, and what staff decide about it

Revision: 0019, after 0018, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('participation_requirements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delivery_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('post', 'cited', 'reply')", name=op.f('ck_participation_requirements_kind')),
    sa.CheckConstraint('count BETWEEN 1 AND 20', name=op.f('ck_participation_requirements_count')),
    sa.CheckConstraint('points BETWEEN 0 AND 100000000', name=op.f('ck_participation_requirements_points')),
    sa.ForeignKeyConstraint(['delivery_id'], ['prompt_deliveries.id'], name=op.f('fk_participation_requirements_delivery_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participation_requirements'))
    )
    op.create_index('ix_participation_requirements_delivery_id', 'participation_requirements', ['delivery_id'], unique=False)
    op.create_table('participation_rulings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.Column('enrollment_id', sa.Integer(), nullable=False),
    sa.Column('box', sa.Integer(), nullable=True),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('ruled_by_id', sa.Integer(), nullable=False),
    sa.Column('ruled_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(box IS NULL) <> (comment_id IS NULL)', name=op.f('ck_participation_rulings_grants_or_voids')),
    sa.CheckConstraint('box BETWEEN 1 AND 20', name=op.f('ck_participation_rulings_box')),
    sa.CheckConstraint("note <> ''", name=op.f('ck_participation_rulings_says_why')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_participation_rulings_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_participation_rulings_enrollment_id')),
    sa.ForeignKeyConstraint(['requirement_id'], ['participation_requirements.id'], name=op.f('fk_participation_rulings_requirement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ruled_by_id'], ['users.id'], name=op.f('fk_participation_rulings_ruled_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participation_rulings')),
    sa.UniqueConstraint('requirement_id', 'comment_id', name=op.f('uq_participation_rulings_requirement_id_comment_id')),
    sa.UniqueConstraint('requirement_id', 'enrollment_id', 'box', name=op.f('uq_participation_rulings_requirement_id_enrollment_id_box'))
    )
    op.create_index('ix_participation_rulings_comment_id', 'participation_rulings', ['comment_id'], unique=False)
    op.create_index('ix_participation_rulings_enrollment_id', 'participation_rulings', ['enrollment_id'], unique=False)


def downgrade() -> None:
    op.drop_table('participation_rulings')
    op.drop_table('participation_requirements')
