"""full-text search over the sentences of articles and over comments

Revision: 0013, after 0012, 2026-11-28
"""

from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

# Where a sentence stands in SQLite's index: by version and position, which say the same after every copy of the table.
SENTENCE = '{row}.version_id * 1048576 + {row}.position'
INDEXES = (
    ('version_sentences', 'text', SENTENCE),
    ('comments', 'body', '{row}.id'),
)

# One form for each letter, without case, accents and the marks between words. Alike on every server: no extension.
WORDS_OF = r"""
CREATE FUNCTION words_of(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(normalize(regexp_replace(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g'), NFKC))
$$
"""
# Words one after the other, of which the last may only be begun. Of nothing: what finds nothing.
WORDS_BEGUN = """
CREATE FUNCTION words_begun(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN numnode(whole) = 0 THEN whole ELSE (whole::text || ':*')::tsquery END
  FROM (SELECT phraseto_tsquery('simple', words_of(words)) AS whole) AS asked
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for table, column, rowid in INDEXES:
            _index_on_sqlite(table, column, rowid)
        return
    op.execute(WORDS_OF)
    op.execute(WORDS_BEGUN)
    for table, column, _rowid in INDEXES:
        op.execute(f"CREATE INDEX {table}_fts ON {table} USING gin (to_tsvector('simple', words_of({column})))")


def _index_on_sqlite(table: str, column: str, rowid: str) -> None:
    new, old, row = (rowid.format(row=name) for name in ('new', 'old', table))
    fts = f'{table}_fts'
    add = f'INSERT INTO {fts} (rowid, words) VALUES ({new}, new.{column});'
    drop = f'DELETE FROM {fts} WHERE rowid = {old};'
    op.execute(f"CREATE VIRTUAL TABLE {fts} USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')")
    op.execute(f'INSERT INTO {fts} (rowid, words) SELECT {row}, {column} FROM {table}')
    op.execute(f'CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} BEGIN {add} END')
    op.execute(f'CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} BEGIN {drop} END')
    op.execute(f'CREATE TRIGGER {fts}_update AFTER UPDATE OF {column} ON {table} BEGIN {drop} {add} END')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for table, _column, _rowid in INDEXES:
            for act in ('insert', 'delete', 'update'):
                op.execute(f'DROP TRIGGER IF EXISTS {table}_fts_{act}')
            op.execute(f'DROP TABLE {table}_fts')
        return
    for table, _column, _rowid in INDEXES:
        op.execute(f'DROP INDEX {table}_fts')
    op.execute('DROP FUNCTION words_begun(text)')
    op.execute('DROP FUNCTION words_of(text)')
