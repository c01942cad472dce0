"""posts that wait for approval

Revision: 0021, after 0020, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('prompt_deliveries', sa.Column('approves_first', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('comments', sa.Column('waits', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index('ix_comments_waiting', 'comments', ['assignment_id', 'id'], unique=False, sqlite_where=sa.text('waits'), postgresql_where=sa.text('waits'))


def downgrade() -> None:
    op.drop_index('ix_comments_waiting', table_name='comments', sqlite_where=sa.text('waits'), postgresql_where=sa.text('waits'))
    op.drop_column('comments', 'waits')
    op.drop_column('prompt_deliveries', 'approves_first')
