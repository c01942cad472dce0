"""Finding words in the database whatever their case, also "É" by "é": what SQLite does for A to Z alone.

On SQLite the folding is a Python function that every connection knows; PostgreSQL folds by itself. Weighed against
a folded copy of each text beside it (docs/decisions/0014-folding-words.md).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, Text, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


def fold(text: str | None) -> str:
    """Return a text as it is compared: one form for each letter, without case."""
    return unicodedata.normalize("NFKC", text or "").casefold()


class Folded(FunctionElement[str]):
    """A text without case."""

    inherit_cache = True
    type = Text()


class WordsAt(FunctionElement[str]):
    """What a JSON column says at keys of some names, however deep: one text."""

    inherit_cache = True
    type = Text()

    def __init__(self, column: SQLColumnExpression[Any], *names: str) -> None:
        super().__init__(column, literal(",".join(names)))


@compiles(Folded)
def _folded(element: Folded, compiler: SQLCompiler, **options: Any) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"


@compiles(Folded, "sqlite")
def _folded_by_sqlite(element: Folded, compiler: SQLCompiler, **options: Any) -> str:
    return f"folded({compiler.process(element.clauses, **options)})"


@compiles(WordsAt)
def _words_at(element: WordsAt, compiler: SQLCompiler, **options: Any) -> str:
    column, names = (compiler.process(clause, **options) for clause in element.clauses)
    values = "SELECT string_agg(CAST(found.value AS text), ' ')"
    objects = """jsonb_path_query(CAST(%s AS jsonb), '$.** ? (@.type() == "object")') AS part"""
    members = "jsonb_each(part) AS found"
    return f"({values} FROM {objects % column}, {members} WHERE found.key = ANY(string_to_array({names}, ',')))"


@compiles(WordsAt, "sqlite")
def _words_at_by_sqlite(element: WordsAt, compiler: SQLCompiler, **options: Any) -> str:
    return f"words_at({compiler.process(element.clauses, **options)})"


def holds(text: SQLColumnExpression[str], word: str) -> ColumnElement[bool]:
    """Whether a text has a word in it, whatever the case."""
    escaped = word.replace("/", "//").replace("%", "/%").replace("_", "/_")
    return Folded(text).like(Folded(literal(f"%{escaped}%")), escape="/")


def teach_sqlite(connection: Any) -> None:
    """Let one connection of the driver fold words and read them out of JSON."""
    connection.create_function("folded", 1, fold, deterministic=True)
    connection.create_function("words_at", 2, _read_words, deterministic=True)


def _read_words(stored: str | None, names: str) -> str:
    return " ".join(_words_in(json.loads(stored or "null"), frozenset(names.split(","))))


def _words_in(part: Any, names: frozenset[str]) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name in names:
                yield value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield from _words_in(value, names)
    elif isinstance(part, list):
        for each in part:
            yield from _words_in(each, names)
