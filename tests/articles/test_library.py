"""The library: adding, reading, editing and putting away articles, through the door."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from articles.models import Article, ArticleVersion, Sentence, Span, VersionSentence
from core.database import db
from tests.articles.adding import NEW, TEXT, add, count, fields_of, multipart, point_at


def file_of(data: bytes, name: str, title: str = "") -> dict[str, object]:
    """The new-article form with a file in it, as keywords of a POST."""
    form = {"file": FileStorage(io.BytesIO(data), name), "title": title, "body": "", "language": "", "format": ""}
    return multipart(form)


@pytest.fixture
def author(people, sign_in):
    return sign_in(people.instructor)


def test_an_empty_library_says_what_to_do(author):
    page = author.get("/articles")
    assert page.status_code == 200
    assert "Nothing here yet" in page.text
    assert 'href="/articles/new"' in page.text


def test_a_pasted_text_is_shown_numbered_before_anything_is_saved(app, author):
    page = author.post("/articles/preview", data={**NEW, "title": ""})
    assert page.status_code == 200
    assert "Nothing is saved yet" in page.text
    assert 'id="p2" aria-label="Paragraph 2"' in page.text
    assert "Dr. Lund spoke for 4.5 hours.</span>" in page.text
    assert count(app, Article) == 0


def test_what_the_preview_carries_on_is_what_is_saved(app, author):
    page = author.post("/articles/preview", **file_of(b"# My title\n\nOne. Two.\n\n- item", "text.md"))
    fields = fields_of(page)
    assert fields == {"title": "My title", "body": "One. Two.\n\n- item", "language": "en", "format": "markdown"}
    article = int(author.post("/articles", data={**fields, "title": "Another"}).location.rsplit("/", 1)[1])
    with app.app_context():
        texts = db.session.scalars(select(VersionSentence.text).order_by(VersionSentence.position)).all()
        assert texts == ["One.", "Two.", "item"]
        assert db.session.get_one(Article, article).title == "Another"


def test_a_saved_article_is_shown_with_its_numbers_and_sentences(app, author):
    article = add(author)
    page = author.get(f"/articles/{article}")
    assert page.status_code == 200
    assert "A bridge" in page.text
    with app.app_context():
        ids = db.session.scalars(select(VersionSentence.sentence_id).order_by(VersionSentence.position)).all()
    assert len(ids) == 3
    for sentence_id in ids:
        assert f'id="s{sentence_id}"' in page.text
    assert "A bridge" in author.get("/articles").text


def test_a_title_is_needed_and_the_text_comes_back(author, app):
    page = author.post("/articles", data={**NEW, "title": "  "})
    assert page.status_code == 422
    assert "Give the reading a title." in page.text
    assert fields_of(page)["body"] == TEXT
    assert "The first sentence.</span>" in page.text
    assert count(app, Article) == 0


def test_a_title_that_is_too_long_comes_back(author):
    page = author.post("/articles", data={**NEW, "title": "x" * 301})
    assert page.status_code == 422
    assert "A title can have 300 characters" in page.text
    assert fields_of(page)["body"] == TEXT


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "empty.txt", "There is no text in it"),
        (b" \n\t ", "blank.txt", "There is no text in it"),
        (b"\x00\x01\x02\xff" * 100, "binary.txt", "This file is not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture.txt", "This file is not text"),
        (b"%PDF-1.7 ...", "paper.pdf", "This PDF file is damaged"),
        (b"%PDF-1.7 ...", "paper.txt", "This PDF file is damaged"),
        (b"PK\x03\x04....", "paper.docx", "This DOCX file is damaged"),
        (
            b"ok \xc3\x28 \xa0\xa1 \xe2\x28\xa1 \xf0\x90\x28\xbc" * 20,
            "broken.txt",
            "characters of this file are broken",
        ),
        (b"<meta charset=utf-8><p>caf\xe9</p>", "page.html", "not readable as UTF-8"),
        (b"<meta charset=nonsense-9><p>caf\xe9</p>", "page.html", "not readable as nonsense-9"),
        (b"<script>alert(1)</script>", "script.html", "There is no text in it"),
        (b"<p>" + b"<div>" * 5000 + b"x", "deep.html", "too tangled"),
        (b"Ein Satz. " * 11_000, "long.txt", "a reading can have 10,000"),
        (b"word " * 250_000, "longer.txt", "a reading can have 1,000,000"),
        (b"a" * (10 * 1024 * 1024 + 1), "large.txt", "larger than 10 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(app, author, data, name, words):
    page = author.post("/articles/preview", **file_of(data, name, "My title"))
    assert page.status_code == 422
    assert words in page.text
    assert fields_of(page)["title"] == "My title"
    assert count(app, Article) == 0


def test_twenty_megabytes_are_refused(app, author):
    page = author.post("/articles/preview", **file_of(b"a" * 20_000_000, "huge.txt"))
    assert page.status_code == 413
    assert "too large" in page.text
    assert count(app, Article) == 0


def test_an_empty_paste_is_refused_at_its_field(author):
    page = author.post("/articles/preview", data={**NEW, "body": "   "})
    assert page.status_code == 422
    assert 'href="#body"' in page.text


def test_pictures_and_scripts_are_told_of_and_descriptions_stay(author):
    html = b"<p>One. <img src=x onerror=alert(1) alt='A map'> Two.</p><script>alert(2)</script><img src=y>"
    page = author.post("/articles/preview", **file_of(html, "page.html", "T"))
    assert page.status_code == 200
    assert "2 pictures are kept elsewhere and were left out: nothing is ever fetched." in page.text
    assert "1 script was left out." in page.text
    assert "[Image: A map]" in page.text
    assert "onerror" not in page.text
    assert "alert(2)" not in page.text


def test_a_guessed_encoding_is_told(author):
    page = author.post("/articles/preview", **file_of("Le café est fermé. Où est-il allé ?".encode("cp1252"), "a.txt"))
    assert page.status_code == 200
    assert "read as windows-1252" in page.text
    assert "Le café est fermé." in page.text


def test_a_right_to_left_text_is_laid_out_so(author):
    article = add(author, body="هذا نص عربي قصير. وهذه جملة ثانية.")
    assert '<article class="text split" lang="ar" dir="rtl"' in author.get(f"/articles/{article}").text


def test_an_article_is_put_away_and_taken_back(author):
    article = add(author)
    assert author.post(f"/articles/{article}/archive").status_code == 303
    assert "Put away" in author.get("/articles").text
    assert author.post(f"/articles/{article}/restoration").status_code == 303
    assert "Classes and dates" in author.get("/articles").text


def test_an_unused_article_is_deleted_after_a_question(app, author):
    article = add(author)
    assert "cannot be brought back" in author.get(f"/articles/{article}/deletion").text
    assert count(app, Article) == 1
    assert author.post(f"/articles/{article}/deletion").status_code == 303
    assert author.get(f"/articles/{article}").status_code == 404
    for model in (Article, ArticleVersion, Sentence, VersionSentence):
        assert count(app, model) == 0


def test_an_article_in_use_is_not_deleted(app, author, people):
    article = add(author)
    given = author.post(f"/articles/{article}/assignments/{people.section}", data={})
    assert given.status_code == 303
    assert "This article is in use" in author.get(f"/articles/{article}/deletion").text
    assert author.post(f"/articles/{article}/deletion").status_code == 409
    assert count(app, Article) == 1


def test_an_article_with_a_span_is_not_deleted(app, author):
    article = add(author)
    point_at(app, article)
    assert author.post(f"/articles/{article}/deletion").status_code == 409
    assert count(app, Span) == 1
    assert count(app, Article) == 1


@pytest.mark.parametrize("path", ["", "/edit", "/deletion", "/assignments"])
def test_an_article_is_there_for_its_owner_alone(author, sign_in, people, path):
    article = add(author)
    for person in (people.other_instructor, people.assistant, people.student, people.stranger):
        assert sign_in(person).get(f"/articles/{article}{path}").status_code == 404


def test_students_have_no_library(sign_in, people):
    student = sign_in(people.student)
    assert student.get("/articles").status_code == 403
    assert student.get("/articles/new").status_code == 403
    assert student.post("/articles", data=NEW).status_code == 403
    assert student.post("/articles/preview", data=NEW).status_code == 403


def test_the_pages_of_a_long_text_cost_few_statements(author, count_statements):
    small = add(author)
    large = add(author, body="\n\n".join(f"Paragraph {n}. It has two sentences." for n in range(400)))
    seen = []
    for article in (small, large):
        with count_statements() as statements:
            assert author.get(f"/articles/{article}").status_code == 200
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 7
    with count_statements() as statements:
        assert author.get("/articles").status_code == 200
    assert len(statements) <= 4


def test_a_text_is_saved_in_few_statements_and_one_commit(author, count_statements):
    with count_statements() as statements:
        add(author, body="\n\n".join(f"Paragraph {n}. It has two sentences." for n in range(40)))
    assert len(statements) <= 12
    assert statements.commits == 1
