"""how an attempt ended, and what a decision about scoring makes of a second try

Of attempts handed in before, the end is inferred from the moment, as the pages did.

Revision: 0005, after 0004, 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

CLOSES = """(SELECT coalesce(own.closes_at, a.closes_at) FROM quiz_deliveries AS d
    JOIN assignments AS a ON a.id = d.assignment_id
    LEFT JOIN own_dates AS own ON own.assignment_id = a.id AND own.enrollment_id = attempts.enrollment_id
    WHERE d.id = attempts.delivery_id)"""
ENDED = f"""UPDATE attempts SET ended_by = CASE WHEN submitted_at = limit_ends_at THEN 'time_limit'
    WHEN submitted_at = {CLOSES} THEN 'close' ELSE 'student' END WHERE submitted_at IS NOT NULL"""
PERCENT = """UPDATE second_tries SET percent = coalesce((SELECT d.second_try_percent FROM responses AS r
    JOIN quiz_deliveries AS d ON d.id = r.delivery_id WHERE r.id = second_tries.response_id), 100)"""
OF_SECOND = ('second_before', 'second_after', 'second_before_fraction', 'second_after_fraction')


def upgrade() -> None:
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ended_by', sa.String(length=10), nullable=True))
    op.execute(ENDED)
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.create_check_constraint('ended_by', "ended_by IN ('student', 'time_limit', 'close', 'dates')")
    with op.batch_alter_table('second_tries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('percent', sa.Integer(), nullable=True))
    op.execute(PERCENT)
    with op.batch_alter_table('second_tries', schema=None) as batch_op:
        batch_op.alter_column('percent', existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table('score_changes', schema=None) as batch_op:
        for name in OF_SECOND:
            batch_op.add_column(sa.Column(name, sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('score_changes', schema=None) as batch_op:
        for name in reversed(OF_SECOND):
            batch_op.drop_column(name)
    with op.batch_alter_table('second_tries', schema=None) as batch_op:
        batch_op.drop_column('percent')
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_constraint('ended_by', type_='check')
        batch_op.drop_column('ended_by')
