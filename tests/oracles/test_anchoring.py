"""Finding quotes again, held against known edits and against another library's selectors.

The tolerance is the data's own: an end may be off by 3 code points, by 12 where words were put into the quote.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from articles.importing.formats import read_source, source_of_file
from articles.importing.refusal import ImportRefused
from articles.spans import Quote, Selector, describe_quote, find_quotes, locate
from articles.spans.describing import LONGEST_WORD, Wordiness
from tests.support.edited_texts import SHORTEST_TEXT, edited

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data") / "anchoring"
EDITED = DATA / "edited"
ARTICLES = DATA.parent / "articles"
SELECTORS = DATA / "apache_annotator.expected.json"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no test data at {DATA}")

TEXT_NODE = re.compile(r"//(\w+)/text\(\)(?:\[(\d+)\])?")


def selectors(group: str) -> list[Any]:
    found = json.loads(SELECTORS.read_text(encoding="utf-8"))[group] if SELECTORS.is_file() else []
    return [pytest.param(case, id=case["id"]) for case in found]


class TextNodes(HTMLParser):
    """The text nodes of a page with the element that each stands in, and their text in one piece."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._open: list[str] = []
        self.nodes: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        self.text = "".join(words for _element, words in self.nodes)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.nodes.append((self._open[-1] if self._open else "", data))

    def place(self, path: str, units: int) -> int:
        """The code point of the whole text at `units` UTF-16 units into the text node that `path` names."""
        found = TEXT_NODE.fullmatch(path)
        assert found, path
        left, before = int(found[2] or 1), 0
        for element, words in self.nodes:
            left -= element == found[1]
            if not left:
                return before + len(words.encode("utf-16-le")[: 2 * units].decode("utf-16-le"))
            before += len(words)
        raise AssertionError(path)

    def range(self, given: dict[str, Any]) -> tuple[int, int]:
        start = self.place(given["startContainerXPath"], given["startOffset"])
        return start, self.place(given["endContainerXPath"], given["endOffset"])


@pytest.mark.parametrize("case", selectors("text_quote_match"))
def test_a_quote_is_found_wherever_it_stands(case: dict[str, Any]) -> None:
    page, wanted = TextNodes(case["html"]), case["selector"]
    quote = Quote(wanted["exact"], wanted.get("prefix", ""), wanted.get("suffix", ""))
    assert list(find_quotes(page.text, quote)) == [page.range(place) for place in case["expected"]]


@pytest.mark.parametrize("case", selectors("text_quote_describe"))
def test_a_quote_is_described_so_that_it_stands_nowhere_else(case: dict[str, Any]) -> None:
    page, options, expected = TextNodes(case["html"]), case["options"], case["expected"]
    wordiness = Wordiness(
        minimal=options.get("minimalContext", False),
        shortest=options.get("minimumQuoteLength", 0),
        longest_word=options.get("maxWordLength", LONGEST_WORD),
    )
    found = describe_quote(page.text, *page.range(case["range"]), wordiness)
    assert found == Quote(expected["exact"], expected["prefix"], expected["suffix"])


@pytest.mark.parametrize("case", selectors("text_position_match"))
def test_positions_count_code_points(case: dict[str, Any]) -> None:
    page, wanted = TextNodes(case["html"]), case["selector"]
    expected = [page.range(place) for place in case["expected"]]
    assert [(wanted["start"], wanted["end"])] == expected


def test_passages_are_found_again_after_an_edit_and_deleted_ones_reported() -> None:
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for file in sorted(EDITED.glob("*.cases.json")):
        text = file.with_name(file.name.replace(".cases.json", ".txt")).read_text(encoding="utf-8")
        for case in json.loads(file.read_text(encoding="utf-8")):
            every[case["kind"]] += 1
            right[case["kind"]] += _is_right(text, case)
    assert every, EDITED
    kept = every.total() - every["deleted"]
    figures = ", ".join(f"{kind} {right[kind]} of {n}" for kind, n in sorted(every.items()))
    assert right.total() - right["deleted"] >= 0.98 * kept, figures
    assert right["deleted"] >= 0.95 * every["deleted"], figures


def texts() -> Iterator[tuple[str, str]]:
    """The folder's articles that the edited texts were not made from, by name, as they read."""
    known = {re.sub(r"^udhr_(\w\w)\w*", r"udhr_\1", file.name.split(".")[0]) for file in EDITED.glob("*.original.txt")}
    for file in sorted(
        [*ARTICLES.glob("*.txt"), *ARTICLES.glob("public_domain/*.html"), *ARTICLES.glob("udhr/*.html")]
    ):
        stem = re.sub(r"^udhr_(\w\w)\w*", r"udhr_\1", file.stem)
        source = source_of_file(file.read_bytes(), file.name)
        try:
            blocks = read_source(source).blocks
        except ImportRefused:
            continue
        text = "\n\n".join(block.text.replace("\n", " ") for block in blocks)
        if stem not in known and "_whole" not in stem and len(text) >= SHORTEST_TEXT:
            yield stem, text


@pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"no articles at {ARTICLES}")
def test_the_same_holds_for_texts_that_nothing_was_tried_on() -> None:
    """The limits of `locate` were set on the edited texts: here other texts are edited by chance, in the same ways."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for name, text in texts():
        new, cases = edited(text, seed=name, most=16)
        for case in cases:
            every[case.kind] += 1
            right[case.kind] += case.is_right(locate(new, case.selector))
    assert every, ARTICLES
    kept = every.total() - every["deleted"]
    figures = ", ".join(f"{kind} {right[kind]} of {n}" for kind, n in sorted(every.items()))
    assert right.total() - right["deleted"] >= 0.98 * kept, figures
    assert right["deleted"] >= 0.95 * every["deleted"], figures


def _is_right(text: str, case: dict[str, Any]) -> bool:
    found = locate(text, Selector(case["exact"], case["prefix"], case["suffix"], case["start"]))
    if case["expect"] is None or found is None:
        return case["expect"] == found
    off = 12 if case["kind"] == "split_insert" else 3
    return abs(found[0] - case["expect"]["start"]) <= off and abs(found[1] - case["expect"]["end"]) <= off
