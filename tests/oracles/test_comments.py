"""Hostile text in comments: of everything in the folder nothing that can act is left."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from discussion.comment_text import LONGEST, compose
from discussion.references import Chip, fill, preview, unmark

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data")
SANITISE = DATA / "sanitise"
TEXT_KEYS = ("payload", "input", "markdown")
TAGS = {"p", "br", "em", "strong", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "span"}
ATTRIBUTES = {("a", "href"), ("a", "title"), ("a", "rel"), ("a", "class"), ("ol", "start"), ("span", "class")}
VOID = {"br", "hr"}
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")

pytestmark = pytest.mark.skipif(not SANITISE.is_dir(), reason=f"the test data is not at {DATA}")


def texts_of(file: Path) -> Iterator[str]:
    """Every text of a file: lines of a list, strings or cases of a JSON file."""
    if file.suffix == ".txt":
        yield from file.read_text(encoding="utf-8", errors="replace").splitlines()
        return
    found = json.loads(file.read_text(encoding="utf-8"))
    for case in found["cases"] if isinstance(found, dict) else found:
        if isinstance(case, str):
            yield case
        else:
            yield from (case[key] for key in TEXT_KEYS if isinstance(case.get(key), str))


def cases() -> list[Any]:
    files = sorted(file for file in SANITISE.rglob("*") if file.suffix in {".json", ".txt"})
    return [
        pytest.param(text, id=f"{file.relative_to(SANITISE)}:{number}")
        for file in files
        for number, text in enumerate(texts_of(file), start=1)
    ]


class Elements(HTMLParser):
    """Refuses anything that a comment may not contain, and anything left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert (tag, name) in ATTRIBUTES, f"{tag} {name}"
            if name == "href":
                scheme = SCHEME.match(re.sub(r"[\x00-\x20]", "", value or ""))
                assert scheme is None or scheme.group().lower() in {"http:", "https:", "mailto:"}, value
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def shapes(text: str) -> Iterator[str]:
    """The text as it is, and where Markdown could give it another meaning."""
    yield text[:LONGEST]
    text = text[:1000]
    yield f"[see]({text}) and [see](<{text}>) ¶ 1.1\n\n> ¶ 2 {text} ¶ 3\n\n- `{text}`"


@pytest.mark.parametrize("text", cases())
def test_nothing_that_can_act_is_left_of_a_comment(text: str) -> None:
    for shape in shapes(text):
        comment = compose(shape)
        chips = {number: Chip(words, 1) for number, words in enumerate(comment.references)}
        Elements(fill(comment.html, chips, "/readings/1"))
        Elements(fill(comment.html, {}, "/readings/1"))
        Elements(preview(comment.html, comment.references))
        Elements(unmark(comment.html, dict(enumerate(comment.references))))
