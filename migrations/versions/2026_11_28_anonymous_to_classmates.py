"""posts that are anonymous to classmates

Revision: 0015, after 0014, 2026-11-28
"""

from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

# With its rule in the column: SQLite would copy the whole table for one that stands by itself.
RULE = "CONSTRAINT ck_prompt_deliveries_anonymity CHECK (anonymity IN ('forbidden', 'allowed', 'forced'))"
ALIAS = 'CONSTRAINT ck_comments_alias CHECK (alias IS NULL OR delivery_id IS NOT NULL)'


def upgrade() -> None:
    op.execute(f"ALTER TABLE prompt_deliveries ADD COLUMN anonymity VARCHAR(9) DEFAULT 'forbidden' NOT NULL {RULE}")
    op.execute(f'ALTER TABLE comments ADD COLUMN alias INTEGER {ALIAS}')


def downgrade() -> None:
    # SQLite drops a column together with its own rule.
    op.execute('ALTER TABLE comments DROP COLUMN alias')
    op.execute('ALTER TABLE prompt_deliveries DROP COLUMN anonymity')
