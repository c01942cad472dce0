"""attempts that wait for a person to read their answers are found without going through all

Revision: 0029, after 0028, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

WAITS = sa.text('ungraded > 0')


def upgrade() -> None:
    op.create_index('ix_attempts_ungraded', 'attempts', ['delivery_id'], sqlite_where=WAITS, postgresql_where=WAITS)


def downgrade() -> None:
    op.drop_index('ix_attempts_ungraded', 'attempts')
