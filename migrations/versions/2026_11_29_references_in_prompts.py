"""references in the words of prompts

Revision: 0032, after 0031, 2026-11-29
"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('prompt_spans', sa.Column('mark', sa.Integer(), nullable=True))
    op.create_index('ix_prompt_spans_prompt_id_mark', 'prompt_spans', ['prompt_id', 'mark'], unique=True)
    op.drop_index('ix_prompt_spans_prompt_id', table_name='prompt_spans')


def downgrade() -> None:
    op.execute('DELETE FROM prompt_spans WHERE mark IS NOT NULL')
    op.create_index('ix_prompt_spans_prompt_id', 'prompt_spans', ['prompt_id'], unique=False)
    op.drop_index('ix_prompt_spans_prompt_id_mark', table_name='prompt_spans')
    op.drop_column('prompt_spans', 'mark')
