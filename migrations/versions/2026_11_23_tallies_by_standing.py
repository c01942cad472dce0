"""tallies by standing

Every closed attempt is counted once, under whether it is its student's first (1), last (2) and best (4).
The counts are made anew from the responses.

Revision: 0004, after 0003, 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

OTHER = """EXISTS (SELECT 1 FROM attempts AS other WHERE other.delivery_id = attempts.delivery_id
    AND other.enrollment_id = attempts.enrollment_id AND other.submitted_at IS NOT NULL AND ({which}))"""
# Ranges of numbers keep SQLite to the index of one student's attempts.
EARLIER = OTHER.format(which="other.number < attempts.number AND other.points >= attempts.points")
LATER = OTHER.format(which="other.number > attempts.number AND other.points > attempts.points")
STANDINGS = f"""UPDATE attempts SET standing =
    (CASE WHEN {OTHER.format(which="other.number < attempts.number")} THEN 0 ELSE 1 END)
    + (CASE WHEN {OTHER.format(which="other.number > attempts.number")} THEN 0 ELSE 2 END)
    + (CASE WHEN {EARLIER} OR {LATER} THEN 0 ELSE 4 END)
WHERE submitted_at IS NOT NULL"""

ANSWERS = """INSERT INTO answer_tallies (delivery_id, item_id, standing, answer_key, evidence,
    responses, graded, points, "full", partial)
SELECT delivery_id, item_id, standing, answer_key, evidence,
    count(*), count(points), coalesce(sum(points), 0),
    sum(CASE WHEN fraction = 10000000000 THEN 1 ELSE 0 END),
    sum(CASE WHEN fraction > 0 AND fraction < 10000000000 THEN 1 ELSE 0 END)
FROM (SELECT r.delivery_id, r.item_id, a.standing, coalesce(r.answer_key, '') AS answer_key, r.points, r.fraction,
        CASE WHEN r.evidence_fraction IS NULL THEN -1 WHEN r.evidence_fraction = 10000000000 THEN 2
            WHEN r.evidence_fraction > 0 THEN 1 ELSE 0 END AS evidence
    FROM responses AS r JOIN attempts AS a ON a.id = r.attempt_id
    WHERE a.submitted_at IS NOT NULL AND NOT r.dropped) AS counted
GROUP BY delivery_id, item_id, standing, answer_key, evidence"""

SCORES = """INSERT INTO score_tallies (delivery_id, standing, points, max_points, waiting, attempts)
SELECT delivery_id, standing, points, max_points, ungraded > 0, count(*)
FROM attempts WHERE submitted_at IS NOT NULL
GROUP BY delivery_id, standing, points, max_points, ungraded > 0"""

FIRST_ITEMS = """INSERT INTO item_tallies (delivery_id, item_id, responses, graded, points, "full", partial)
SELECT delivery_id, item_id, sum(responses), sum(graded), sum(points), sum("full"), sum(partial)
FROM first_answers GROUP BY delivery_id, item_id"""

FIRST_ANSWERS = """INSERT INTO answer_tallies (delivery_id, item_id, answer_key, responses)
SELECT delivery_id, item_id, answer_key, sum(responses) FROM first_answers
GROUP BY delivery_id, item_id, answer_key"""

FIRST_SCORES = """INSERT INTO score_tallies (delivery_id, points, waiting, attempts)
SELECT delivery_id, points, ungraded > 0, count(*) FROM attempts
WHERE submitted_at IS NOT NULL AND number = 1 GROUP BY delivery_id, points, ungraded > 0"""


def of_delivery() -> sa.Column[int]:
    return sa.Column('delivery_id', sa.Integer(), sa.ForeignKey('quiz_deliveries.id'), primary_key=True)


def of_item() -> sa.Column[int]:
    return sa.Column('item_id', sa.Integer(), sa.ForeignKey('items.id'), primary_key=True)


def key(name: str, type_: sa.types.TypeEngine) -> sa.Column:
    return sa.Column(name, type_, primary_key=True, autoincrement=False, nullable=False)


def counts(*names: str) -> list[sa.Column]:
    return [sa.Column(n, sa.BigInteger() if n == 'points' else sa.Integer(), nullable=False) for n in names]


def upgrade() -> None:
    for table in ('item_tallies', 'answer_tallies', 'score_tallies'):
        op.drop_table(table)
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('standing', sa.SmallInteger(), server_default='0', nullable=False))
    op.create_table(
        'answer_tallies', of_delivery(), of_item(), key('standing', sa.SmallInteger()),
        key('answer_key', sa.String(length=200)), key('evidence', sa.SmallInteger()),
        *counts('responses', 'graded', 'points', 'full', 'partial'),
    )
    op.create_table(
        'score_tallies', of_delivery(), key('standing', sa.SmallInteger()), key('points', sa.BigInteger()),
        key('max_points', sa.BigInteger()), key('waiting', sa.Boolean()), *counts('attempts'),
    )
    for statement in (STANDINGS, ANSWERS, SCORES):
        op.execute(statement)


def downgrade() -> None:
    op.rename_table('answer_tallies', 'first_answers')
    op.execute("DELETE FROM first_answers WHERE standing IN (0, 2, 4, 6)")
    op.drop_table('score_tallies')
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_column('standing')
    op.create_table(
        'item_tallies', of_delivery(), of_item(), *counts('responses', 'graded', 'points', 'full', 'partial'),
    )
    op.execute(FIRST_ITEMS)
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("ALTER TABLE first_answers RENAME CONSTRAINT pk_answer_tallies TO pk_first_answers")
        for name in ('delivery_id', 'item_id'):
            op.execute(f"ALTER TABLE first_answers DROP CONSTRAINT fk_answer_tallies_{name}")
    op.create_table(
        'answer_tallies', of_delivery(), of_item(), key('answer_key', sa.String(length=200)), *counts('responses'),
    )
    op.execute(FIRST_ANSWERS)
    op.drop_table('first_answers')
    op.create_table(
        'score_tallies', of_delivery(), key('points', sa.BigInteger()), key('waiting', sa.Boolean()),
        *counts('attempts'),
    )
    op.execute(FIRST_SCORES)
