"""What tests of articles share: reading a page's form back, and adding an article through it."""

from __future__ import annotations

from html.parser import HTMLParser

from sqlalchemy import func, select
from werkzeug.test import encode_multipart

from articles.models import ArticleVersion, VersionSentence
from articles.operations import ensure_span
from core.database import commit, db

TEXT = "The first sentence. Dr. Lund spoke for 4.5 hours.\n\nA second paragraph."
NEW = {"title": "A bridge", "body": TEXT, "language": "", "format": ""}


class Fields(HTMLParser):
    """The fields of a page as they would be sent: name to value."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._area = ""
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and given.get("type") not in ("checkbox", "radio", "file"):
            self.values[name] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # As a browser does: a line end right after the start tag is not part of the text.
            self.values[self._area] = self.values[self._area].removeprefix("\r\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


def multipart(form: dict[str, object]) -> dict[str, object]:
    """A form with files in it, as keywords of a POST. The test client leaves larger files open."""
    boundary, body = encode_multipart(form)
    return {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}


def fields_of(answer) -> dict[str, str]:
    fields = Fields(answer.text).values
    return {name: fields[name] for name in ("title", "body", "language", "format", "edited_number") if name in fields}


def add(client, **changes: str) -> int:
    answer = client.post("/articles", data={**NEW, **changes})
    assert answer.status_code == 303, answer.text
    return int(answer.location.rsplit("/", 1)[1])


def count(app, model) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def point_at(app, article_id: int) -> None:
    with app.app_context():
        version = db.session.scalars(
            select(ArticleVersion.id).where(ArticleVersion.article_id == article_id).order_by(ArticleVersion.number)
        ).all()[-1]
        first = db.session.scalars(
            select(VersionSentence.sentence_id).where(VersionSentence.version_id == version)
        ).first()
        ensure_span(version, first, first)
        commit()
