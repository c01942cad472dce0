"""Real articles and hostile markup: every file of the folder is taken in, safely and the same way twice."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from articles.drafts import Draft, prepare
from articles.importing.formats import Source, read_source, source_of_file, unified
from articles.importing.refusal import ImportRefused

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data")
ARTICLES = DATA / "articles"
SANITISE = DATA / "sanitise"
SAFE_TAGS = {"em", "strong", "a", "code", "sub", "sup", "s", "u", "br"}

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"the test data is not at {DATA}")


def files(pattern: str) -> list[Any]:
    return [pytest.param(file, id=str(file.relative_to(DATA))) for file in sorted(ARTICLES.glob(pattern))]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def text_of(html: str) -> str:
    """All text of an HTML file, read without our own reader."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


class Elements(HTMLParser):
    """The tags and addresses of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def is_safe(html: str) -> bool:
    found = Elements(html)
    addresses = [value for name, value in found.attributes if name == "href"]
    return (
        found.tags <= SAFE_TAGS
        and not found.open
        and {name for name, _value in found.attributes} <= {"href", "rel"}
        and all(re.match(r"(https?://|mailto:)[^\s]", address) for address in addresses)
    )


def assert_is_sound(draft: Draft) -> None:
    """Every sentence is safe and balanced, together they hold the block's text, and it reads the same again."""
    for part in draft.blocks:
        assert bool(part.sentences) != bool(part.block.image)
        for sentence in part.sentences:
            assert sentence.text.strip()
            assert is_safe(sentence.html), sentence.html
        joined = "".join(sentence.text for sentence in part.sentences)
        assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", part.block.text)
    again = prepare(draft.source, draft.title or "A title", draft.language)
    assert [part.block for part in again.blocks] == [part.block for part in draft.blocks]


@pytest.mark.parametrize("file", [*files("*.txt"), *files("udhr/*.html"), *files("public_domain/*.html")])
def test_an_article_comes_in_whole(file):
    data = file.read_bytes()
    source = source_of_file(data, file.name)
    if not text_of(data.decode()).strip():
        with pytest.raises(ImportRefused):
            prepare(source)
        return
    read = " ".join(block.text for block in read_source(source).blocks)
    assert letters(read) == letters(text_of(source.text))
    assert_is_sound(prepare(source))


@pytest.mark.parametrize("folder", files("readability/*"))
def test_of_a_web_page_the_article_is_found(folder):
    source = source_of_file((folder / "source.html").read_bytes(), "source.html")
    draft = prepare(source)
    read = " ".join(part.block.text for part in draft.blocks)
    got = words(re.sub(r"\[Image: [^\]]*\]", "", f"{draft.title} {read}"))
    page = Source((folder / "expected.html").read_text(encoding="utf-8"), "html")
    wanted = words(re.sub(r"\[Image: [^\]]*\]", "", " ".join(block.text for block in read_source(page).blocks)))
    common = sum((got & wanted).values())
    assert common >= 0.9 * sum(wanted.values())
    assert common >= 0.8 * sum(got.values())
    assert_is_sound(draft)


@pytest.mark.parametrize("code", ["ara", "deu", "eng", "hin", "jpn", "rus", "tha", "vie"])
def test_the_language_of_a_declaration_is_known(code):
    file = next(ARTICLES.glob(f"udhr/udhr_{code[:2]}*.html"))
    draft = prepare(source_of_file(file.read_bytes(), file.name))
    languages = {"ara": "ar", "deu": "de", "eng": "en", "hin": "hi", "jpn": "ja", "rus": "ru", "tha": "th", "vie": "vi"}
    assert draft.language == languages[code]
    assert draft.direction == ("rtl" if code == "ara" else "ltr")


def test_the_first_article_of_the_class_falls_into_its_sentences():
    file = ARTICLES / "north-korea-joins-russia.txt"
    draft = prepare(source_of_file(file.read_bytes(), file.name))
    assert [len(part.sentences) for part in draft.blocks] == [5, 3, 6, 5, 5, 5, 2, 5, 3, 5, 1, 1, 1]
    eighth = [sentence.text for sentence in draft.blocks[7].sentences]
    assert eighth[1].startswith("Ryabkov also stated that Moscow and Washington D.C. have been")
    tenth = [sentence.text for sentence in draft.blocks[9].sentences]
    assert "Department Dr. Roger Baumann offered" in tenth[0]
    assert tenth[1].endswith("much more attention.”")
    assert tenth[2].endswith("since World War II.”")
    assert tenth[3].startswith("He also mentioned")
    assert draft.blocks[-1].sentences[0].text == "Be the first to comment this post!"


def hostile() -> list[Any]:
    """Every hostile or odd string of the folder, with where it stands."""
    found = []
    for name in ("dompurify.expected.json", "bleach_regressions.expected.json"):
        cases = json.loads((SANITISE / name).read_text(encoding="utf-8"))["cases"]
        found += [(f"{name}-{n}", case.get("payload", case.get("input"))) for n, case in enumerate(cases)]
    blns = json.loads((SANITISE / "blns.json").read_text(encoding="utf-8"))
    found += [(f"blns-{n}", text) for n, text in enumerate(blns)]
    for file in sorted((SANITISE / "lists").glob("*.txt")):
        lines = file.read_text(encoding="utf-8").splitlines()
        found += [(f"{file.name}-{n}", line) for n, line in enumerate(lines)]
    return [pytest.param(text, id=name) for name, text in found]


@pytest.mark.parametrize("payload", hostile() if SANITISE.is_dir() else [])
def test_no_script_survives(payload):
    for given in ("plain", "markdown", "html"):
        for text in (payload, f"Before. {payload} After."):
            try:
                draft = prepare(Source(unified(text), given))
            except ImportRefused:
                continue
            assert_is_sound(draft)
