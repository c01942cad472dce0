"""indexes on what is hidden, on what was written for a group and, for SQLite, on what waits

Revision: 0023, after 0022, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

HIDDEN, OF_GROUP = sa.text('hidden_at IS NOT NULL'), sa.text('group_id IS NOT NULL')
WAITING, WAITS = 'ix_comments_waiting', sa.text('waits')


def _find_what_waits(in_sqlite: sa.TextClause) -> None:
    op.drop_index(WAITING, table_name='comments')
    op.create_index(WAITING, 'comments', ['assignment_id', 'id'], unique=False, sqlite_where=in_sqlite, postgresql_where=WAITS)


def upgrade() -> None:
    _find_what_waits(sa.text('waits = 1'))
    op.create_index('ix_comments_hidden', 'comments', ['assignment_id', 'id'], unique=False, sqlite_where=HIDDEN, postgresql_where=HIDDEN)
    op.create_index('ix_comments_group_id', 'comments', ['group_id'], unique=False, sqlite_where=OF_GROUP, postgresql_where=OF_GROUP)


def downgrade() -> None:
    op.drop_index('ix_comments_group_id', table_name='comments', sqlite_where=OF_GROUP, postgresql_where=OF_GROUP)
    op.drop_index('ix_comments_hidden', table_name='comments', sqlite_where=HIDDEN, postgresql_where=HIDDEN)
    _find_what_waits(WAITS)
