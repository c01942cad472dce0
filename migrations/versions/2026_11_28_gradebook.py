"""the gradebook: categories, which column is in which, and what staff decided about single cells

Revision: 0025, after 0024, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

ONE_DELIVERY = '(quiz_delivery_id IS NULL) <> (prompt_delivery_id IS NULL)'


def _deliveries(ondelete: str, table: str) -> list:
    return [
        sa.Column('quiz_delivery_id', sa.Integer(), nullable=True),
        sa.Column('prompt_delivery_id', sa.Integer(), nullable=True),
        sa.CheckConstraint(ONE_DELIVERY, name=op.f(f'ck_{table}_one_delivery')),
        sa.ForeignKeyConstraint(['quiz_delivery_id'], ['quiz_deliveries.id'], name=op.f(f'fk_{table}_quiz_delivery_id'), ondelete=ondelete),
        sa.ForeignKeyConstraint(['prompt_delivery_id'], ['prompt_deliveries.id'], name=op.f(f'fk_{table}_prompt_delivery_id'), ondelete=ondelete),
    ]


def upgrade() -> None:
    op.create_table(
        'gradebooks',
        sa.Column('section_id', sa.Integer(), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('totals_released_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['section_id'], ['sections.id'], name=op.f('fk_gradebooks_section_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('section_id', name=op.f('pk_gradebooks')),
    )
    op.create_table(
        'grade_categories',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('section_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=60), nullable=False),
        sa.Column('weight', sa.BigInteger(), nullable=False),
        sa.Column('drop_lowest', sa.Integer(), nullable=False),
        sa.CheckConstraint('weight BETWEEN 0 AND 10000000', name=op.f('ck_grade_categories_weight')),
        sa.CheckConstraint('drop_lowest BETWEEN 0 AND 20', name=op.f('ck_grade_categories_drop_lowest')),
        sa.ForeignKeyConstraint(['section_id'], ['gradebooks.section_id'], name=op.f('fk_grade_categories_section_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_grade_categories')),
    )
    op.create_index('ix_grade_categories_section_id', 'grade_categories', ['section_id'], unique=False)
    op.create_table(
        'grade_columns',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('category_id', sa.Integer(), nullable=False),
        *_deliveries('CASCADE', 'grade_columns'),
        sa.ForeignKeyConstraint(['category_id'], ['grade_categories.id'], name=op.f('fk_grade_columns_category_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_grade_columns')),
        sa.UniqueConstraint('quiz_delivery_id', name=op.f('uq_grade_columns_quiz_delivery_id')),
        sa.UniqueConstraint('prompt_delivery_id', name=op.f('uq_grade_columns_prompt_delivery_id')),
    )
    op.create_index('ix_grade_columns_category_id', 'grade_columns', ['category_id'], unique=False)
    op.create_table(
        'grade_decisions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('enrollment_id', sa.Integer(), nullable=False),
        *_deliveries('CASCADE', 'grade_decisions'),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=10), nullable=False),
        sa.Column('before', sa.BigInteger(), nullable=True),
        sa.Column('after', sa.BigInteger(), nullable=True),
        sa.Column('why', sa.Text(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('override', 'excuse', 'back')", name=op.f('ck_grade_decisions_kind')),
        sa.CheckConstraint('after IS NULL OR after BETWEEN 0 AND 200000000', name=op.f('ck_grade_decisions_after')),
        sa.CheckConstraint("kind <> 'override' OR after IS NOT NULL", name=op.f('ck_grade_decisions_override_has_points')),
        sa.CheckConstraint("why <> ''", name=op.f('ck_grade_decisions_says_why')),
        sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_grade_decisions_enrollment_id')),
        sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_grade_decisions_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_grade_decisions')),
        sa.UniqueConstraint('enrollment_id', 'quiz_delivery_id', 'number', name=op.f('uq_grade_decisions_enrollment_id_quiz_delivery_id_number')),
        sa.UniqueConstraint('enrollment_id', 'prompt_delivery_id', 'number', name=op.f('uq_grade_decisions_enrollment_id_prompt_delivery_id_number')),
    )
    op.create_index('ix_grade_decisions_quiz_delivery_id', 'grade_decisions', ['quiz_delivery_id'], unique=False)
    op.create_index('ix_grade_decisions_prompt_delivery_id', 'grade_decisions', ['prompt_delivery_id'], unique=False)


def downgrade() -> None:
    op.drop_table('grade_decisions')
    op.drop_table('grade_columns')
    op.drop_table('grade_categories')
    op.drop_table('gradebooks')
