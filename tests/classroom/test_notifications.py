"""The page of notifications, the dot, and marking as read; kinds of a test's own, whose words it chooses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from classroom.jobs import forget_old_news
from classroom.models import Notification, User
from classroom.news import by_day
from classroom.notifications import Kind, Line, Reader, Told, Words, init_notifications, next_look, put_into_words
from core import clock as core_clock
from core.database import commit, db
from core.jobs import run_task
from tests.support.telling import announce, has_dot, new_sentences, sentences

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


class Sayable:
    """Renders what it is told to, and counts how often it is asked."""

    def __init__(self) -> None:
        self.may_be_said, self.asked = set(), 0

    def render(self, reader, rows):
        self.asked += 1
        return {
            row.id: Words(f"Thing {row.object_id}", "home.index") for row in rows if row.object_id in self.may_be_said
        }


@pytest.fixture
def said(app):
    """Two kinds with one renderer; those of the application come back after the test."""
    before = app.extensions["notification kinds"]
    sayable = Sayable()
    init_notifications(app, (Kind("one", "info", sayable.render), Kind("other", "info", sayable.render)))
    yield sayable
    app.extensions["notification kinds"] = before


@pytest.fixture
def tell(app, people):
    """Write a row for somebody: `tell(7)`."""

    def told(object_id, person=None, kind="one", section=None):
        now = core_clock.now()
        with app.app_context():
            row = Notification(
                user_id=(person or people.student).id,
                section_id=section or people.section,
                kind=kind,
                object_id=object_id,
                created_at=now,
                look_at=now,
            )
            db.session.add(row)
            commit()
            return row.id

    return told


def row_of(app, row_id):
    with app.app_context():
        return db.session.get_one(Notification, row_id)


def test_kinds_that_share_a_renderer_are_rendered_together(app, people, said, tell, sign_in):
    tell(1)
    tell(2, kind="other")
    said.may_be_said = {1, 2}
    assert sorted(sentences(sign_in(people.student))) == ["Thing 1", "Thing 2"]
    assert said.asked == 1


def test_a_kind_that_nobody_knows_is_not_shown_and_hurts_nobody(app, people, said, tell, sign_in):
    tell(1, kind="gone")
    announce(app)
    assert sentences(sign_in(people.student)) == []


def test_what_may_not_be_said_is_looked_at_again_ever_later(app, people, said, tell, clock, sign_in):
    row = tell(1)
    me = sign_in(people.student)
    announce(app)
    assert row_of(app, row).look_at == clock.now() + timedelta(minutes=1)
    announce(app)
    assert said.asked == 1
    clock.forward(minutes=10)
    announce(app)
    assert row_of(app, row).look_at == clock.now() + timedelta(minutes=10)
    said.may_be_said = {1}
    clock.forward(minutes=10)
    announce(app)
    assert (has_dot(me), row_of(app, row).look_at) == (True, None)


@pytest.mark.parametrize(
    ("age", "pause"),
    [
        (timedelta(0), timedelta(minutes=1)),
        (timedelta(minutes=5), timedelta(minutes=5)),
        (timedelta(days=2), timedelta(hours=1)),
        (timedelta(days=30), timedelta(hours=1)),
        (timedelta(days=31), None),
    ],
)
def test_pauses_grow_with_age_and_end(age, pause):
    found = next_look(NOON - age, timedelta(days=30), NOON)
    assert found == (NOON + pause if pause else None)


def test_only_what_the_page_showed_is_marked_as_read(app, people, said, tell, sign_in, clock):
    me = sign_in(people.student)
    said.may_be_said = {1, 2}
    tell(1)
    until = clock.now().isoformat()
    clock.forward(seconds=1)
    tell(2)
    announce(app)
    me.post("/notifications/read-marks", data={"until": until})
    assert (new_sentences(me), has_dot(me)) == (["Thing 2"], True)
    me.post("/notifications/read-marks", data={"until": "no date"})
    assert (new_sentences(me), has_dot(me)) == ([], False)


def test_what_could_not_be_said_yet_is_not_marked_as_read(app, people, said, tell, sign_in, clock):
    me = sign_in(people.student)
    tell(1)
    announce(app)
    me.post("/notifications/read-marks", data={})
    said.may_be_said = {1}
    clock.forward(minutes=2)
    announce(app)
    assert (new_sentences(me), has_dot(me)) == (["Thing 1"], True)


def test_a_dot_for_what_may_not_be_said_any_more_can_be_put_out(app, people, said, tell, sign_in):
    me = sign_in(people.student)
    tell(1)
    said.may_be_said = {1}
    announce(app)
    said.may_be_said = set()
    assert "Mark all as read" in me.get("/notifications").text
    me.post("/notifications/read-marks", data={})
    assert not has_dot(me)
    assert "Mark all as read" not in me.get("/notifications").text


def test_one_that_is_followed_is_read_and_only_an_own_one(app, people, said, tell, sign_in):
    said.may_be_said = {1, 2}
    first = tell(1)
    tell(2)
    announce(app)
    me = sign_in(people.student)
    assert sign_in(people.classmate).post(f"/notifications/{first}/read-mark").status_code == 404
    assert me.post(f"/notifications/{first}/read-mark", headers={"X-Fragment": "1"}).status_code == 204
    assert (new_sentences(me), has_dot(me)) == (["Thing 2"], True)


def test_the_dot_costs_no_statement(app, people, said, tell, sign_in, count_statements):
    me = sign_in(people.student)
    with count_statements() as without:
        me.get(f"/classes/{people.section}")
    tell(1)
    said.may_be_said = {1}
    announce(app)
    with count_statements() as with_dot:
        assert 'class="bar-news"' in me.get(f"/classes/{people.section}").text
    assert len(with_dot) == len(without)


def test_looking_for_nothing_is_one_statement_and_writes_nothing(app, people, said, count_statements):
    with count_statements() as seen:
        announce(app)
    assert len(seen) == 1
    assert not seen.writes()


def test_rows_are_taken_away_after_half_a_year(app, people, said, tell, clock):
    old = tell(1)
    clock.forward(days=100)
    young = tell(2)
    clock.forward(days=81)
    assert run_task(app, forget_old_news)
    with app.app_context():
        assert list(db.session.scalars(select(Notification.id))) == [young] != [old]


def test_a_page_without_news_says_so(people, sign_in):
    page = sign_in(people.student).get("/notifications").text
    assert "Nothing yet." in page
    assert "Mark all as read" not in page


def _line(row_id, created_at, section=(1, "Reading the News")):
    told = Told(row_id, "one", *section, 5, created_at, None, None, None)
    return Line(told, Words("Thing", "home.index"), Kind("one", "info", lambda _reader, _rows: {}))


def test_days_are_those_of_the_readers_own_calendar():
    lines = [_line(3, NOON), _line(2, NOON - timedelta(hours=11, minutes=30)), _line(1, NOON - timedelta(hours=13))]
    assert [len(day.classes[0].lines) for day in by_day(lines, "UTC")] == [2, 1]
    assert [len(day.classes[0].lines) for day in by_day(lines, "Europe/Berlin")] == [3]
    assert [len(day.classes[0].lines) for day in by_day(lines, "America/New_York")] == [1, 2]


def test_within_a_day_classes_stand_together():
    other = (2, "World Politics")
    lines = [_line(3, NOON), _line(2, NOON, other), _line(1, NOON)]
    (day,) = by_day(lines, "UTC")
    assert [(each.name, [line.told.id for line in each.lines]) for each in day.classes] == [
        ("Reading the News", [3, 1]),
        ("World Politics", [2]),
    ]


def test_words_come_in_the_order_of_the_rows(app, said):
    said.may_be_said = {5}
    reader = Reader(1, "UTC", NOON)
    rows = [_line(n, NOON).told for n in (3, 1, 2)]
    with app.app_context():
        assert [line.told.id for line in put_into_words(reader, rows)] == [3, 1, 2]
        assert db.session.scalar(select(User.id)) is None
