"""The text as other rooms get it: rows of a version, and the macro that shows them."""

from __future__ import annotations

import re

import pytest
from flask import render_template_string
from sqlalchemy import select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import Span
from articles.operations import create_article, ensure_span
from articles.queries import list_blocks, list_sentences, rows_of_preview
from articles.spans import UnknownSentence
from core.database import commit, db

TEXT = """## Part

One *two. Three*.

1. a
   - b
2. c

> q
"""


@pytest.fixture
def version(app, people) -> int:
    draft = prepare(Source(TEXT, "markdown"), "T")
    with app.app_context():
        article = create_article(people.instructor.id, draft)
        found = db.session.scalars(select(db.metadata.tables["article_versions"].c.id)).one()
        assert article.id
        commit()
        return found


def shown(app, source: str, **context) -> str:
    with app.test_request_context():
        html = render_template_string('{% from "articles/_text.html" import text %}' + source, **context)
    return re.sub(r">\s+<", "><", html)


def without_ids(html: str) -> str:
    return re.sub(r'id="s\d+"', "", html)


def test_a_version_is_read_in_one_statement(app, version, count_statements):
    with app.app_context(), count_statements() as statements:
        blocks = list_blocks(version)
    assert len(statements) == 1
    assert [(b.kind, b.level, b.number, b.ordinal, b.opens, b.closes) for b in blocks] == [
        ("heading", 2, None, 0, "", ""),
        ("paragraph", 0, 1, 0, "", ""),
        ("numbered_item", 1, 2, 1, "ol", "ol"),
        ("list_item", 2, 3, 0, "ul", "ul"),
        ("numbered_item", 1, 4, 2, "ol", "ol"),
        ("quote", 0, 5, 0, "blockquote", "blockquote"),
    ]


def test_sentences_know_their_place_and_how_they_are_cited(app, version):
    with app.app_context():
        sentences = list_sentences(version)
    assert [(s.label, s.text, s.html, s.gap) for s in sentences[:3]] == [
        ("", "Part", "Part", False),
        ("1.1", "One two.", "One <em>two.</em>", True),
        ("1.2", "Three.", "<em>Three</em>.", False),
    ]
    assert [s.position for s in sentences] == list(range(1, 8))


def test_the_preview_shows_what_is_saved(app, version):
    with app.app_context():
        saved = shown(app, "{{ text(blocks) }}", blocks=list_blocks(version))
    preview = rows_of_preview(prepare(Source(TEXT, "markdown"), "T").blocks)
    assert without_ids(shown(app, "{{ text(blocks) }}", blocks=preview)) == without_ids(saved)


def test_sentences_can_be_marked_chosen_and_annotated(app):
    blocks = rows_of_preview(prepare(Source("# T\n\n## H\n\nOne. Two.\n\nThree.", "markdown")).blocks)
    marked = shown(app, '{{ text(blocks, {3: "picked"}) }}', blocks=blocks)
    assert '<span class="sentence picked" id="s3" tabindex="-1">Two.</span>' in marked
    choice = {"name": "evidence", "type": "checkbox", "chosen": [3]}
    chosen = shown(app, '{{ text(blocks, choice=choice, prefix="q1-") }}', blocks=blocks, choice=choice)
    assert chosen.count('type="checkbox"') == 3
    assert (
        '<label class="sent" id="q1-s3" data-n="2"><input type="checkbox" name="evidence" value="3" checked>' in chosen
    )
    assert '<h2 class="heading"><span class="sentence" id="q1-s1"' in chosen
    noted = shown(
        app, "{% call(block) text(blocks, links=false) %}<i>{{ block.number }}</i>{% endcall %}", blocks=blocks
    )
    assert re.findall(r"<i>(\d)</i>", noted) == ["1", "2"]
    assert '<a class="n"' not in noted


def test_a_span_is_made_once_and_quotes_its_sentences(app, version):
    with app.app_context():
        ids = [sentence.id for sentence in list_sentences(version)]
        span = ensure_span(version, ids[2], ids[1])
        again = ensure_span(version, ids[1], ids[2])
        other = ensure_span(version, ids[3], ids[3])
        assert span.id == again.id != other.id
        assert (span.quote, span.prefix, span.suffix) == ("One two. Three.", "Part", "a b c q")
        assert (span.start_offset, span.end_offset) == (None, None)
        commit()
        assert len(db.session.scalars(select(Span)).all()) == 2


@pytest.mark.parametrize("ends", [(0, 1), (1, 0), (0, 0)])
def test_a_span_needs_sentences_of_the_version(app, version, ends):
    with app.app_context():
        known = [999_999, list_sentences(version)[0].id]
        with pytest.raises(UnknownSentence):
            ensure_span(version, known[ends[0]], known[ends[1]])
