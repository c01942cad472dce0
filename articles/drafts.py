"""An article on its way in: read, cleaned, split and numbered, and not saved yet. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from articles import languages
from articles.importing import refusal
from articles.importing.canonical import to_html
from articles.importing.document import Document, Dropped
from articles.importing.formats import Source, read_source, without_first_block
from articles.sentences import SplitBlock, SplitSentence, split_document
from core.text import clean_inline

LONGEST_TITLE = 300
# Scripts written without spaces between words, and about how many of their letters make one.
LETTERS_A_WORD = ((re.compile("[\u3040-\u30ff\u3400-\u9fff]"), 2), (re.compile("[\u0e00-\u0e7f]"), 5))


@dataclass(frozen=True)
class Draft:
    """Everything an article is made of. The HTML of its sentences is clean; `title` may be empty still."""

    title: str
    language: str
    source: Source
    blocks: tuple[SplitBlock, ...]
    dropped: tuple[Dropped, ...]
    word_count: int

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return languages.direction(self.language)

    def titled(self, title: str) -> Draft:
        """Return the same text under this title."""
        return replace(self, title=title)

    @property
    def sentence_count(self) -> int:
        """How many sentences the blocks hold."""
        return sum(len(block.sentences) for block in self.blocks)

    @property
    def image_digests(self) -> set[str]:
        """Return the images that the text holds."""
        return {part.block.image.digest for part in self.blocks if part.block.image}

    @property
    def paragraph_count(self) -> int:
        """How many blocks bear a ¶ number."""
        return sum(1 for block in self.blocks if block.number is not None)


def prepare(source: Source, title: str = "", language: str = "") -> Draft:
    """Return the draft of an article; an empty title or language is taken from the text where it tells.

    A first block that says the same as the title is left out of the text. Slow for long
    texts: call it before the write transaction. Raises ImportRefused, and changes nothing.
    """
    document = read_source(source)
    if source.format == "html":
        # Of a page only the article is kept; it is also what is shown for editing.
        source = replace(source, text=to_html(document.blocks))
    title = (title or document.title)[:LONGEST_TITLE].strip()
    language = languages.known(language or document.language) or languages.guess(_sample(document))
    if _is_title(document, title):
        source, document = without_first_block(source, document)
    blocks = tuple(_cleaned(block) for block in split_document(document, language))
    count = sum(len(block.sentences) for block in blocks)
    if count > refusal.MAX_SENTENCES:
        raise refusal.too_many_sentences(count)
    words = sum(count_words(block.block.text) for block in blocks)
    return Draft(title, language, source, blocks, document.dropped, words)


def _sample(document: Document) -> str:
    return " ".join(block.text for block in document.blocks[:50])


def _is_title(document: Document, title: str) -> bool:
    return len(document.blocks) > 1 and _folded(document.blocks[0].text) == _folded(title)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _cleaned(block: SplitBlock) -> SplitBlock:
    """Return the block with its sentences' HTML cleaned once more, by the one place that makes markup."""
    return replace(block, sentences=tuple(_clean(sentence) for sentence in block.sentences))


def _clean(sentence: SplitSentence) -> SplitSentence:
    return replace(sentence, html=clean_inline(sentence.html))


def count_words(text: str) -> int:
    """Return about how many words a text has, whether its script sets spaces between them or not."""
    words = 0
    for letters, per_word in LETTERS_A_WORD:
        text, found = letters.subn(" ", text)
        words += -(-found // per_word)
    return words + sum(1 for word in text.split() if any(c.isalnum() for c in word))
