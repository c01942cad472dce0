"""Finding words with the database's own full-text search: what was asked for, and the conditions that it makes.

An index is named `<table>_fts` and made by a migration: on SQLite a table of FTS5 kept in step by triggers, on
PostgreSQL a GIN index on an expression (docs/decisions/0021-search.md).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Boolean, ColumnElement, SQLColumnExpression, Text, and_, false, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from core.folding import fold, holds
from core.text import excerpt

MOST_CHARACTERS = 200
MOST_TERMS = 8
TOO_LONG, TOO_MANY, NO_WORD = "too_long", "too_many", "no_word"
# Scripts that put no space between words: Thai, Lao, Tibetan, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_UNSPACED_LANGUAGES = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo"})
_PART = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """One thing that must be there: the beginning of a word or, `is_whole`, words one after the other; or,
    `is_part`, these characters anywhere, as there is no telling where a word begins.
    """

    words: str
    is_whole: bool = False
    is_part: bool = False


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. `problem`: why nothing can be looked for ("" if all is well)."""

    typed: str
    terms: tuple[Term, ...] = ()
    problem: str = ""


class Window(NamedTuple):
    """Which of the rows that are found: `most` from `start`."""

    most: int
    start: int = 0


def read_query(typed: str, language: str) -> Wanted:
    """Return what is asked for in a text in this language: every word, and what stands in quotes as it stands.

    Signs that a database would take for an order (*, -, NEAR, brackets) are signs between words here.
    """
    shown = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in typed).strip()
    if len(shown) > MOST_CHARACTERS:
        return Wanted(shown[:MOST_CHARACTERS], problem=TOO_LONG)
    unspaced = language.partition("-")[0].lower() in _UNSPACED_LANGUAGES
    terms = []
    for quoted, plain in _PART.findall(shown):
        words = " ".join((quoted or plain).replace('"', " ").split())
        if _WORD.search(words):
            is_part = unspaced or bool(_UNSPACED.search(words))
            terms.append(Term(words.strip(".,;:!?()[]{}*。、，！？") if is_part else words, bool(quoted), is_part))
    if len(terms) > MOST_TERMS:
        return Wanted(shown, problem=TOO_MANY)
    return Wanted(shown, tuple(dict.fromkeys(terms)), NO_WORD if shown and not terms else "")


class _HasWords(FunctionElement[bool]):
    """Whether an index has the words in this row: at its rowid on SQLite, in its text on PostgreSQL."""

    inherit_cache = False  # the index's name is in the statement, not among its values
    type = Boolean()

    def __init__(self, index: Index, term: Term) -> None:
        quoted = '"' + term.words.replace('"', " ") + ('"' if term.is_whole else '"*')
        super().__init__(index.rowid, index.text, literal(quoted, Text), literal(term.words, Text))
        self.index_name = index.name
        self.is_whole = term.is_whole


@compiles(_HasWords)
def _by_postgresql(element: _HasWords, compiler: SQLCompiler, **options: Any) -> str:
    _rowid, text, _quoted, words = element.clauses
    column, asked = compiler.process(text, **options), compiler.process(words, **options)
    asks = f"phraseto_tsquery('simple', words_of({asked}))" if element.is_whole else f"words_begun({asked})"
    return f"(to_tsvector('simple', words_of({column})) @@ {asks})"


@compiles(_HasWords, "sqlite")
def _by_sqlite(element: _HasWords, compiler: SQLCompiler, **options: Any) -> str:
    rowid, _text, quoted, _words = element.clauses
    at, asked, name = compiler.process(rowid, **options), compiler.process(quoted, **options), element.index_name
    return f"({at} IN (SELECT rowid FROM {name} WHERE {name} MATCH {asked}))"  # noqa: S608 - a name of ours


@dataclass(frozen=True)
class Index:
    """A full-text index of a table: its name, the text it is made of, and where a row stands in it on SQLite."""

    name: str
    text: SQLColumnExpression[str]
    rowid: SQLColumnExpression[int]

    def has(self, wanted: Wanted) -> ColumnElement[bool]:
        """Whether a row has everything that is asked for. Characters of a script without spaces are looked for in
        the text itself: narrow the SELECT to few rows by other conditions.
        """
        if not wanted.terms:
            return false()
        each = [holds(self.text, term.words) if term.is_part else _HasWords(self, term) for term in wanted.terms]
        return and_(*each)


def is_index(name: str | None) -> bool:
    """Tell whether a table or an index of the database belongs to full-text search, which no model describes."""
    return bool(re.search(r"_fts(_[a-z]+)?$", name or ""))


def _plain(word: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not "\u0300" <= sign <= "\u036f")
    return fold(bare)


def hits(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """Return where in a text the words are that were asked for, in order, as offsets in code points."""
    begun = [word for term in wanted.terms if not (term.is_part or term.is_whole) for word in _words(term)]
    whole = {word for term in wanted.terms if term.is_whole and not term.is_part for word in _words(term)}
    found = [
        match.span()
        for match in _WORD.finditer(text)
        if (plain := _plain(match[0])) in whole or any(plain.startswith(word) for word in begun)
    ]
    for term in wanted.terms:
        if term.is_part:
            found += [match.span() for match in re.finditer(re.escape(term.words), text, re.IGNORECASE)]
    return _apart(found)


def _words(term: Term) -> list[str]:
    return [_plain(word) for word in _WORD.findall(term.words)]


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def around(text: str, wanted: Wanted, length: int = 240) -> str:
    """Return a piece of a text on one line, with the first of the words asked for in it; "…" where it is cut."""
    line = " ".join(text.split())
    found = hits(line, wanted)
    if len(line) <= length or not found or found[0][1] <= length - 20:
        return excerpt(line, length)
    start = line.rfind(" ", 0, max(found[0][0] - length // 3, 1)) + 1 or found[0][0] - length // 3
    return "…" + excerpt(line[start:], length)
