"""the decision in force on each answer, and the reason on a draft of a grade

Revision: 0003, after 0002, 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('grade_drafts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('why', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('responses', schema=None) as batch_op:
        batch_op.add_column(sa.Column('regrade_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_responses_regrade_id'), 'regrades', ['regrade_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('responses', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_responses_regrade_id'), type_='foreignkey')
        batch_op.drop_column('regrade_id')

    with op.batch_alter_table('grade_drafts', schema=None) as batch_op:
        batch_op.drop_column('why')
