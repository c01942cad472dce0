"""What templates, style sheets and scripts may contain (most of it the content security policy), and what mail may."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.source import ROOT, files

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/", re.DOTALL)
REFUSED = {
    "templates": {
        "|safe": r"\|\s*safe\b",
        "autoescape switched off": r"autoescape\s+false",
        "a style attribute": r"<[^>]*\sstyle\s*=",
        "a style element": r"<style\b",
        "an event attribute": r"<[^>{}]*\son[a-z]+\s*=",
        "a javascript: address": r"javascript:",
        "a script without a file": r"<script\b(?![^>]*(?:\bsrc=|application/json))",
        "something from another site": r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//",
        "a limit that cuts off what is pasted": r"maxlength",
    },
    "mails": {
        "|safe": r"\|\s*safe\b",
        "autoescape switched off": r"autoescape\s+false",
        "a script": r"<script\b|javascript:|\son[a-z]+\s*=",
        "something that is fetched": r"<(?:link|img|iframe|object|form)\b|\bsrc=|url\(|@import",
    },
    "styles": {
        "!important": r"!\s*important",
        "something from another site": r"(?:url\(|@import\s*)[\"']?(?:https?:)?//",
    },
    "scripts": {
        "markup past the policy": r"\b(?:outerHTML|insertAdjacentHTML|document\.write)\b",
        "eval": r"\beval\(|new Function\(",
        "another site": r"[\"'`]https?://(?!www\.w3\.org/)",
    },
}
MAILS = ROOT / "templates/mail"
TEMPLATES = [path for path in files(".html", ".svg", ".txt") if path.is_relative_to(ROOT / "templates")]
FILES = {
    "templates": [path for path in TEMPLATES if not path.is_relative_to(MAILS)],
    "mails": [path for path in TEMPLATES if path.is_relative_to(MAILS)],
    "styles": [path for path in files(".css") if path.is_relative_to(ROOT / "static")],
    "scripts": [path for path in files(".js", ".mjs") if path.is_relative_to(ROOT / "static")],
}
POST_FORM = re.compile(r"<form\b[^>]*method=[\"']?post\b.*?</form>", re.IGNORECASE | re.DOTALL)


def text_of(path: Path) -> str:
    """A file's text without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def found_in(kind: str, text: str) -> list[str]:
    """What stands in this text that files of its kind may not contain."""
    return [what for what, pattern in REFUSED[kind].items() if re.search(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("templates", "{{ body | safe }}"),
        ("templates", '<p class="a" style="color: red">'),
        ("templates", "<script>go()</script>"),
        ("templates", '<button onclick="go()">'),
        ("templates", '<link rel="stylesheet" href="https://elsewhere.example/a.css">'),
        ("templates", '<input name="name" maxlength="60">'),
        ("mails", '<img src="https://elsewhere.example/open.gif">'),
        ("mails", "body { background: url(cid:1) }"),
        ("styles", "a { color: red !important }"),
        ("scripts", "node.insertAdjacentHTML('x')"),
    ],
)
def test_the_rules_find_what_they_refuse(kind: str, text: str) -> None:
    assert found_in(kind, text)


@pytest.mark.parametrize("kind", FILES)
def test_files_contain_nothing_that_is_refused(kind: str) -> None:
    wrong = [f"{path.relative_to(ROOT)}: {what}" for path in FILES[kind] for what in found_in(kind, text_of(path))]
    assert not wrong, "\n".join(wrong)


def test_every_form_that_posts_carries_the_token() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {form[:100]}"
        for path in FILES["templates"]
        for form in POST_FORM.findall(text_of(path))
        if "csrf" not in form and "hidden_tag" not in form
    ]
    assert not wrong, "\n".join(wrong)
