"""what was written for a group stands in the group's thread, a decision about boxes is of one thread and student,
and an earlier version of a post says whether it cited a sentence

Revision: 0024, after 0023, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

# Of each table: its rules until now and from now on, as (kind, name, the rest).
KEYS = {
    'comments': (
        [('fk', 'fk_comments_group_id', 'group_id', 'thread_groups (id)', '')],
        [
            ('fk', 'fk_comments_group_id_delivery_id', 'group_id, delivery_id', 'thread_groups (id, delivery_id)', ''),
            ('uq', 'uq_comments_id_delivery_id_enrollment_id', 'id, delivery_id, enrollment_id', '', ''),
        ],
    ),
    'participation_requirements': (
        [],
        [('uq', 'uq_participation_requirements_id_delivery_id', 'id, delivery_id', '', '')],
    ),
    'participation_rulings': (
        [
            ('fk', 'fk_participation_rulings_comment_id', 'comment_id', 'comments (id)', ' ON DELETE CASCADE'),
            ('fk', 'fk_participation_rulings_requirement_id', 'requirement_id', 'participation_requirements (id)', ' ON DELETE CASCADE'),
        ],
        [
            ('fk', 'fk_participation_rulings_comment_id_delivery_id_enrollment_id', 'comment_id, delivery_id, enrollment_id', 'comments (id, delivery_id, enrollment_id)', ' ON DELETE CASCADE'),
            ('fk', 'fk_participation_rulings_requirement_id_delivery_id', 'requirement_id, delivery_id', 'participation_requirements (id, delivery_id)', ' ON DELETE CASCADE'),
        ],
    ),
}
THREAD = '(SELECT delivery_id FROM participation_requirements WHERE participation_requirements.id = requirement_id)'


def _rule(key: tuple[str, str, str, str, str]) -> str:
    kind, name, columns, others, then = key
    what = f'FOREIGN KEY({columns}) REFERENCES {others}{then}' if kind == 'fk' else f'UNIQUE ({columns})'
    return f'CONSTRAINT {name} {what}'


def _change(table: str, gone: list, made: list, required: str = '') -> None:
    if op.get_bind().dialect.name == 'sqlite':
        return _copy(table, gone, made, required)
    for key in gone:
        op.execute(f'ALTER TABLE {table} DROP CONSTRAINT {key[1]}')
    if required:
        op.alter_column(table, required, nullable=False)
    for key in made:
        op.execute(f'ALTER TABLE {table} ADD {_rule(key)}')


def _copy(table: str, gone: list, made: list, required: str) -> None:
    """As SQLite says how: a table with other rules, filled from this one, in its stead; with the same indexes.

    Alembic's own copy would leave out checks, and indexes with a condition.
    """
    bind = op.get_bind()
    described = bind.exec_driver_sql('SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL', (table,)).all()
    (sql,) = [text for kind, text in described if kind == 'table']
    for key in gone:
        for rule in (f', \n\t{_rule(key)}', f', {_rule(key)}', f' CONSTRAINT {key[1]} REFERENCES {key[3]}'):
            sql = sql.replace(rule, '')
        if key[1] in sql.replace(f'{key[1]}_', ''):
            raise ValueError(f'{key[1]} stands otherwise in {sql}')
    for _kind, name, column, others, then in [key for key in made if key[0] == 'fk' and ',' not in key[2]]:
        sql = sql.replace(f'{column} INTEGER', f'{column} INTEGER CONSTRAINT {name} REFERENCES {others}{then}', 1)
    if required:
        sql = sql.replace(f'{required} INTEGER', f'{required} INTEGER NOT NULL')
    head, _paren, rest = sql.partition('(')
    body = rest.rstrip().removesuffix(')').rstrip()
    rules = ''.join(f', {_rule(key)}' for key in made if ',' in key[2])
    bind.exec_driver_sql(f'CREATE TABLE {table}_new ({body}{rules})')
    bind.exec_driver_sql(f'INSERT INTO {table}_new SELECT * FROM {table}')
    bind.exec_driver_sql(f'DROP TABLE {table}')
    bind.exec_driver_sql(f'ALTER TABLE {table}_new RENAME TO {table}')
    for kind, text in described:
        if kind == 'index':
            bind.exec_driver_sql(text)


def upgrade() -> None:
    op.add_column('comment_revisions', sa.Column('cites', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.execute("UPDATE comment_revisions SET cites = true WHERE body LIKE '%¶%'")
    op.add_column('participation_rulings', sa.Column('delivery_id', sa.Integer(), nullable=True))
    op.execute(f'UPDATE participation_rulings SET delivery_id = {THREAD}')
    for table in KEYS:
        gone, made = KEYS[table]
        if table == 'participation_rulings':
            _change(table, gone, made, required='delivery_id')
        else:
            _change(table, gone, made)


def downgrade() -> None:
    for table in reversed(KEYS):
        made, gone = KEYS[table]
        _change(table, gone, made)
    op.drop_column('participation_rulings', 'delivery_id')
    op.drop_column('comment_revisions', 'cites')
