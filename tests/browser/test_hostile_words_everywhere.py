"""Every text that somebody typed tries to run, and every page is opened as everybody who may: nothing happens."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Dialog, Error, Page
from sqlalchemy import JSON, String, Table, Update, bindparam, case, select, update

from core.database import Base, db
from core.text import render_markdown
from tests.browser.demonstration import Demonstration, demonstration_in
from tests.browser.test_hostile_text import FOUND, NAME, OWN
from tests.browser.visits import NO_PAGES, visits_of

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]
# Typed by people, and kept as it was typed.
TYPED = {
    "sections": {"name", "term"},
    "users": {"name"},
    "articles": {"title"},
    "labels": {"name"},
    "mutes": {"reason"},
    "prompts": {"title", "body"},
    "question_tags": {"tag"},
    "question_versions": {"stem", "general_feedback", "hint"},
    "quizzes": {"title"},
    "spans": {"quote"},
    "block_images": {"alt"},
    "regrades": {"why"},
    "staff_messages": {"body"},
    "comments": {"body", "hidden_reason", "endorsement_reason"},
    "responses": {"grader_comment"},
    "comment_flags": {"words"},
    "grade_categories": {"name"},
    "grade_decisions": {"why"},
    "comment_revisions": {"body"},
    "grade_drafts": {"comment", "why"},
    "participation_rulings": {"note"},
    "score_changes": {"why"},
    "sign_ins": {"device"},
}
# Markup that the application makes of what was typed, when it is saved.
RENDERED = {
    "prompts": {"body_html"},
    "question_versions": {"stem_html", "general_feedback_html"},
    "comments": {"body_html"},
}
# Parts of a question, of an answer and of what the log says, by their names.
IN_JSON = {
    "question_versions": ("content", {"text", "feedback", "feedback_true", "feedback_false", "prompt", "guidance"}),
    "audit_entries": ("detail", {"reason", "note", "words", "name"}),
}
# Words of ours, keys and digests, what a form checks letter by letter, and the sentences of an article with their
# offsets, which have tests of their own.
OURS = {
    "audit_entries": {"action", "object_kind"},
    "live_events": {"topic", "kind"},
    "sections": {"time_zone", "join_code"},
    "throttle_hits": {"key"},
    "users": {
        "username", "username_key", "email", "email_key", "password_hash", "role", "time_zone", "locale", "theme",
    },
    "articles": {"language", "direction"},
    "images": {"digest", "media_type"},
    "labels": {"name_key"},
    "dismissed_needs": {"facts"},
    "notifications": {"kind"},
    "password_resets": {"token_hash"},
    "sign_ins": {"token_hash"},
    "article_versions": {"source_format", "source"},
    "question_tags": {"tag_key"},
    "question_versions": {"type"},
    "blocks": {"kind"},
    "spans": {"prefix", "suffix"},
    "quiz_deliveries": {"access_code"},
    "version_sentences": {"text", "html"},
    "answer_tallies": {"answer_key"},
    "attempts": {"receipt_code"},
    "responses": {"answer_key", "evidence_key", "writer"},
    "second_tries": {"answer_key"},
}  # fmt: skip
PAGES_AT_LEAST = 60
"""On so many pages the words are seen, or they did not get into the database."""


def choices_of(table: Table) -> set[str]:
    """The columns that hold one of a few words, as a constraint says."""
    rules = " ".join(str(getattr(rule, "sqltext", "")) for rule in table.constraints)
    return {column.name for column in table.columns if f"{column.name} IN (" in rules}


def test_each_column_with_words_is_known() -> None:
    for table in Base.metadata.sorted_tables:
        words = {column.name for column in table.columns if isinstance(column.type, String)}
        known = [TYPED.get(table.name, set()), RENDERED.get(table.name, set()), OURS.get(table.name, set())]
        unknown = words - choices_of(table) - set().union(*known)
        assert not unknown, f"{table.name}: {sorted(unknown)}: in which of TYPED, RENDERED and OURS does it belong?"


def spoil(app: Flask) -> None:
    """Put what tries to run behind every text in the database."""
    markup = render_markdown("\n\n".join(OWN))
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            more = dict.fromkeys(TYPED.get(table.name, ()), NAME)
            more |= dict.fromkeys(RENDERED.get(table.name, ()), markup)
            if more:
                db.session.execute(_longer(table, more))
            if table.name in IN_JSON:
                _spoil_json(table, *IN_JSON[table.name])
        db.session.commit()
    app.extensions["memory"].forget()


def _longer(table: Table, more: dict[str, str]) -> Update:
    return update(table).values(
        {name: case((table.c[name] != "", table.c[name] + words), else_="") for name, words in more.items()}
    )


def _spoil_json(table: Table, name: str, keys: set[str]) -> None:
    rows = db.session.execute(select(table.c.id, table.c[name])).all()
    changed = [{"of": row_id, "new": _spoiled(value, keys)} for row_id, value in rows]
    db.session.connection().execute(
        update(table).where(table.c.id == bindparam("of")).values({name: bindparam("new", type_=JSON)}), changed
    )


def _spoiled(value: Any, keys: set[str]) -> Any:
    if isinstance(value, dict):
        return {
            key: part + NAME if key in keys and isinstance(part, str) and part else _spoiled(part, keys)
            for key, part in value.items()
        }
    return [_spoiled(part, keys) for part in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A demonstration of its own in which every text tries to run."""
    with demonstration_in(tmp_path_factory.mktemp("spoilt")) as demo:
        spoil(demo.app)
        yield demo


def test_on_every_page_nothing_that_was_typed_runs(spoilt: Demonstration, browser: Browser) -> None:
    faults: list[str] = []
    seen = 0

    def hear(dialog: Dialog) -> None:
        faults.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def fail(error: Error) -> None:
        faults.append(f"an error in a script: {error}")

    visits = sorted(
        (visit for visit in visits_of(spoilt) if visit.endpoint not in NO_PAGES), key=lambda visit: visit.person
    )
    for person, own in groupby(visits, key=lambda visit: visit.person):
        context = browser.new_context(base_url=spoilt.url)
        if person:
            context.add_cookies([{"name": "session", "value": spoilt.session_cookie(person), "url": spoilt.url}])
        page = context.new_page()
        page.on("dialog", hear)
        page.on("pageerror", fail)
        for visit in own:
            seen += look_at(page, visit.path, visit.status, faults)
        context.close()
    assert not faults, "\n".join(faults)
    assert seen >= PAGES_AT_LEAST


def look_at(page: Page, path: str, status: int, faults: list[str]) -> bool:
    """Open a page, note what is wrong, and tell whether it shows the words."""
    answer = page.goto(path)
    if answer is None or answer.status != status:
        faults.append(f"{path}: answered {answer and answer.status}")
        return False
    if acting := page.evaluate(FOUND):
        faults.append(f"{path} as it stands: {acting}")
    return "onerror=alert(1)" in page.inner_text("body")
