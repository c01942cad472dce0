"""Images of articles through the door: added and described on the pages, served to those who may read the article."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from werkzeug.datastructures import FileStorage

from articles.images import check_image
from articles.jobs import forget_unused_images
from articles.models import Article, ArticleVersion, Assignment, Block, BlockImage, Image
from articles.operations.assignments import Dates, assign_article, change_dates
from core import clock
from core.database import commit, db
from core.jobs import run_task
from tests.articles.adding import Fields, add, count, multipart
from tests.support.documents import Picture, docx
from tests.support.pictures import GIF, JPEG, SVG, data_uri, png

RED, BLUE = png(colour=(200, 0, 0)), png(colour=(0, 0, 200))
RED_PATH, BLUE_PATH, JPEG_PATH = (f"/images/{check_image(data).facts.digest}" for data in (RED, BLUE, JPEG))
HTML = f'<p>One.</p><figure><img src="{data_uri(RED)}" alt="A red door"><figcaption>The door.</figcaption></figure>'


@pytest.fixture
def author(people, sign_in):
    return sign_in(people.instructor)


def chosen(data: bytes, name: str = "a.png") -> FileStorage:
    return FileStorage(io.BytesIO(data), name)


def preview(client, body: str = HTML, **more):
    return client.post("/articles/preview", data={"title": "T", "body": body, "language": "", "format": "", **more})


def fields(answer) -> dict[str, str]:
    return {name: value for name, value in Fields(answer.text).values.items() if name != "csrf_token"}


def give_to_class(app, people, article: int, dates: Dates | None = None) -> int:
    with app.app_context():
        version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article)).one()
        assignment = assign_article(people.section, article, version, dates or Dates()).id
        commit()
    return assignment


def descriptions(app) -> list[str | None]:
    with app.app_context():
        return list(db.session.scalars(select(BlockImage.alt).join(Block).order_by(Block.version_id, Block.position)))


def test_an_image_is_shown_before_and_after_it_is_saved(app, author):
    page = preview(author)
    assert f'src="{RED_PATH}" width="16" height="12" alt="A red door"' in page.text
    assert "data:image" not in page.text
    assert count(app, Article) == 0
    saved = author.post("/articles", data=fields(page))
    shown = author.get(saved.location)
    assert "<figure" in shown.text
    assert shown.text.index(RED_PATH) < shown.text.index("<figcaption>") < shown.text.index("The door.")
    image = author.get(RED_PATH)
    assert (image.status_code, image.mimetype, image.data) == (200, "image/png", RED)


def test_an_image_is_no_paragraph_and_no_sentence(app, author, people, sign_in):
    article = add(author, body=HTML, format="html")
    page = sign_in(people.student).get(f"/readings/{give_to_class(app, people, article)}")
    assert 'id="p2"' in page.text
    assert 'id="p3"' not in page.text
    assert page.text.count('class="sentence"') == 2


def test_an_image_is_sent_with_safe_headers_and_once(author):
    add(author, body=HTML, format="html")
    answer = author.get(RED_PATH)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'; sandbox" in answer.headers.getlist("Content-Security-Policy")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    assert "private" in answer.headers["Cache-Control"]
    assert "Cookie" in answer.headers["Vary"]
    again = author.get(RED_PATH, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "private" in again.headers["Cache-Control"]


def seen_by(sign_in, people) -> set[str]:
    names = ("instructor", "assistant", "student", "classmate", "stranger", "other_instructor", "other_student")
    return {name for name in names if sign_in(getattr(people, name)).get(RED_PATH).status_code == 200}


def test_only_who_may_read_the_article_sees_its_images(app, author, people, sign_in, client):
    article = add(author, body=HTML, format="html")
    assert seen_by(sign_in, people) == {"instructor"}
    give_to_class(app, people, article)
    assert seen_by(sign_in, people) == {"instructor", "assistant", "student", "classmate"}
    assert client.get(RED_PATH).status_code == 303
    people_page = sign_in(people.instructor)
    with app.app_context():
        place = db.session.execute(
            select(db.metadata.tables["enrollments"].c.id).where(
                db.metadata.tables["enrollments"].c.user_id == people.classmate.id
            )
        ).scalar_one()
    people_page.post(f"/classes/{people.section}/people/{place}/removal")
    assert "classmate" not in seen_by(sign_in, people)


def test_an_image_opens_with_its_reading(app, author, people, sign_in):
    article = add(author, body=HTML, format="html")
    later = clock.now() + timedelta(days=1)
    assignment = give_to_class(app, people, article, Dates(opens_at=later))
    assert seen_by(sign_in, people) == {"instructor", "assistant"}
    with app.app_context():
        change_dates(assignment, Dates())
        commit()
    assert "student" in seen_by(sign_in, people)


def test_a_class_sees_the_images_of_its_own_version_only(app, author, people, sign_in):
    article = add(author, body="One.")
    give_to_class(app, people, article)
    edited = {"title": "T", "body": HTML, "format": "html", "language": "en", "edited_number": "1"}
    assert author.post(f"/articles/{article}/versions", data=edited).status_code == 303
    assert seen_by(sign_in, people) == {"instructor", "assistant"}


def test_an_attempt_keeps_the_images_of_the_text_it_saw(app, author, people, reading, sign_in):
    text = {"title": "T", "language": "en"}
    with_image = {**text, "body": HTML, "format": "html", "edited_number": "1", "move": str(reading.assignment)}
    author.post(f"/articles/{reading.article}/versions", data=with_image)
    with app.app_context():
        quiz = db.metadata.tables["attempts"]
        newest = db.session.scalars(select(Assignment.version_id).where(Assignment.id == reading.assignment)).one()
        db.session.execute(update(quiz).where(quiz.c.id == reading.attempt).values(article_version_id=newest))
        commit()
    without = {**text, "body": "One.", "format": "plain", "edited_number": "2", "move": str(reading.assignment)}
    author.post(f"/articles/{reading.article}/versions", data=without)
    assert seen_by(sign_in, people) == {"instructor", "assistant", "student"}


def test_the_same_image_in_somebody_elses_text_opens_nothing(author, people, sign_in):
    add(author, body=HTML, format="html")
    other = sign_in(people.other_instructor)
    page = preview(other, body=f'<p>One.</p><img src="{RED_PATH}" alt="A red door">')
    assert "1 picture is not among yours and was left out." in page.text
    assert other.get(RED_PATH).status_code == 404
    assert preview(other).status_code == 200
    assert other.get(RED_PATH).status_code == 200


def test_an_image_without_words_is_asked_for_and_not_saved(app, author):
    page = preview(author, body=f'<p>One.</p><img src="{data_uri(RED)}">')
    assert "1 picture has no words yet" in page.text
    refused = author.post("/articles", data=fields(page))
    assert refused.status_code == 422
    assert refused.text.count("Say what this picture shows, or tick that it only decorates.") == 2
    assert RED_PATH in refused.text
    assert count(app, Article) == 0
    assert author.post("/articles", data={**fields(refused), "images-0-alt": "A red door"}).status_code == 303
    assert descriptions(app) == ["A red door"]


def test_an_image_that_only_decorates_needs_no_words(app, author):
    page = preview(author, body=f"One.\n\n![]({data_uri(RED)})", format="markdown")
    sent = author.post("/articles", data={**fields(page), "images-0-decorative": "y"})
    assert sent.status_code == 303
    assert descriptions(app) == [""]
    edit = author.get(f"{sent.location}/edit")
    assert author.post(f"{sent.location}/versions", data=fields(edit)).status_code == 303


def test_images_are_added_changed_and_left_out(app, author):
    page = preview(author, body=HTML + f'<img src="{data_uri(GIF)}" alt="A dot">')
    page = author.post(
        "/articles/preview",
        data={
            **fields(page),
            "images-0-file": chosen(BLUE),
            "images-0-alt": "A blue door",
            "images-1-left_out": "y",
            "added-file": chosen(JPEG, "b.jpg"),
            "added-alt": "A gate",
            "added-after": "1",
        },
    )
    body = fields(page)["body"]
    assert body.index(JPEG_PATH) < body.index(BLUE_PATH) < body.index("The door.")
    assert RED_PATH not in body
    assert author.post("/articles", data=fields(page)).status_code == 303
    assert descriptions(app) == ["A gate", "A blue door"]


def test_a_description_changed_in_the_text_itself_stands(app, author):
    page = preview(author)
    sent = {**fields(page), "body": fields(page)["body"].replace("A red door", "A green door")}
    author.post("/articles", data=sent)
    assert descriptions(app) == ["A green door"]


@pytest.mark.parametrize(
    ("field", "data", "words"),
    [
        ("images-0-file", SVG, "This is no PNG, JPEG, GIF or WebP picture."),
        ("added-file", RED[:60], "This picture is damaged."),
        ("added-file", RED + bytes(5 * 1024 * 1024), "This picture is larger than 5 MB"),
        ("added-file", png(2, 2), "only a few pixels"),
    ],
)
def test_a_file_that_is_no_image_is_refused_at_its_field(author, field, data, words):
    page = preview(author)
    sent = {**fields(page), field: chosen(data), "images-0-alt": "My words"}
    answer = author.post("/articles/preview", **multipart(sent))
    assert answer.status_code == 422
    assert words in answer.text
    assert fields(answer)["images-0-alt"] == "My words"
    assert RED_PATH in fields(answer)["body"]


def test_a_place_that_is_not_in_the_text_is_refused(author):
    page = preview(author)
    answer = author.post("/articles/preview", data={**fields(page), "added-file": chosen(BLUE), "added-after": "9"})
    assert answer.status_code == 422
    assert "The last paragraph is ¶ 2." in answer.text


def test_the_images_of_a_docx_reach_the_class(app, author, people, sign_in):
    data = docx("One.", Picture("a.png", RED, "A red door"), "Two.")
    page = author.post(
        "/articles/preview", data={"title": "T", "language": "", "format": "", "file": chosen(data, "reading.docx")}
    )
    saved = author.post("/articles", data=fields(page))
    give_to_class(app, people, int(saved.location.rsplit("/", 1)[1]))
    assert sign_in(people.student).get(RED_PATH).data == RED


def test_an_image_is_kept_once_however_often_it_is_named(app, author):
    add(author, body=HTML, format="html")
    add(author, body=HTML, format="html")
    assert count(app, Image) == 1


def test_deleting_an_article_lets_its_images_go_after_a_while(app, clock, author):
    article = add(author, body=HTML, format="html")
    add(author, body=f'<p>Two.</p><img src="{data_uri(BLUE)}" alt="A blue door">', format="html")
    clock.forward(days=8)
    assert run_task(app, forget_unused_images)
    assert count(app, Image) == 2
    author.post(f"/articles/{article}/deletion")
    assert run_task(app, forget_unused_images)
    assert author.get(RED_PATH).status_code == 404
    assert author.get(BLUE_PATH).status_code == 200


def test_an_image_that_was_only_previewed_is_kept_for_a_week(app, clock, author):
    page = preview(author)
    clock.forward(days=6)
    run_task(app, forget_unused_images)
    page = author.post("/articles/preview", data=fields(page))
    assert RED_PATH in fields(page)["body"]
    clock.forward(days=8)
    run_task(app, forget_unused_images)
    page = author.post("/articles/preview", data=fields(page))
    assert "1 picture is not among yours and was left out." in page.text


def test_reading_an_image_takes_few_statements(author, count_statements):
    add(author, body=HTML, format="html")
    author.get(RED_PATH)
    with count_statements() as seen:
        author.get(RED_PATH)
    assert len(seen) <= 3
    assert seen.writes() == []
