"""What is published reaches whoever follows it in this process: once, after the commit, and nothing else does."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from core import clock
from core.database import commit, db
from core.jobs import run_task
from core.live import Cursor, Hub, hub, is_forgotten, list_events, publish
from core.live.cursors import MOST_NAMED
from core.live.events import KEPT, Event, LiveEvent
from core.live.jobs import forget_old_events
from core.live.news import News

AT = datetime(2026, 11, 18, 9, 0, 0, 123_000, UTC)
PATIENCE = 60.0  # seconds


def say(app, topic, object_id=1):
    with app.app_context():
        publish(topic, "comment", object_id)
        commit()


def events_of(app):
    """What the table holds."""
    with app.app_context():
        return [tuple(row) for row in db.session.execute(select(LiveEvent.id, LiveEvent.topic).order_by(LiveEvent.id))]


def heard(line):
    """The topics of what comes next."""
    return [event and event.topic for event in line.wait(PATIENCE)]


@pytest.fixture
def own_hub(app):
    made = Hub(app)
    yield made
    made.end_all()


@pytest.mark.parametrize(
    ("cursor", "words"),
    [
        (Cursor(AT), "1794992400123"),
        (Cursor(AT, frozenset({12, 3})), "1794992400123.3.12"),
    ],
)
def test_a_cursor_is_written_and_read(cursor, words):
    assert str(cursor) == words
    assert Cursor.read(words) == cursor


@pytest.mark.parametrize(
    "words", ["", "x", "1.", ".1", "1..2", "-1", "9" * 16, "999999999999999", "1.12345678901", "١"]
)
def test_what_is_no_cursor_is_refused(words):
    assert Cursor.read(words) is None


def test_a_cursor_never_grows_past_an_address():
    words = str(Cursor(AT, frozenset(range(1, 1000))))
    assert Cursor.read(words).heard == frozenset(range(1000 - MOST_NAMED, 1000))


def test_a_cursor_keeps_what_may_still_be_found_again():
    young, old = Event(2, "a", "k", 1, AT - timedelta(seconds=3)), Event(1, "a", "k", 1, AT - timedelta(seconds=11))
    moved = Cursor(AT - timedelta(minutes=1), frozenset({7})).moved(AT, [old, young])
    assert moved == Cursor(AT, frozenset({2}))


def test_only_who_follows_hears_and_only_what_was_committed(app, own_hub):
    mine, others = own_hub.open(["thread:1", "place:1"]), own_hub.open(["thread:2"])
    with app.app_context():
        publish("thread:1", "comment", 1)
        db.session.rollback()
    say(app, "thread:2")
    say(app, "thread:1")
    assert heard(others) == ["thread:2"]
    assert heard(mine) == ["thread:1"]
    assert mine.wait(0.5) == []


def test_what_was_said_before_is_not_heard_again(app, own_hub):
    say(app, "thread:1", 1)
    line = own_hub.open(["thread:1"])
    say(app, "thread:1", 2)
    assert [event.object_id for event in line.wait(PATIENCE)] == [2]


def test_there_are_only_so_many_streams(own_hub):
    own_hub.most = 2
    first, second = own_hub.open(["a"]), own_hub.open(["a"])
    assert first is not None
    assert second is not None
    assert own_hub.open(["a"]) is None
    own_hub.close(first)
    own_hub.close(first)
    assert own_hub.open(["a"])


def test_all_streams_end_together_and_others_may_come(app, own_hub):
    line = own_hub.open(["thread:1"])
    own_hub.end_all()
    assert line.wait(PATIENCE) == [None]
    assert own_hub.count() == 0
    again = own_hub.open(["thread:1"])
    say(app, "thread:1")
    assert heard(again) == ["thread:1"]


def test_streams_end_when_the_process_is_to_end(own_hub):
    line = own_hub.open(["thread:1"])
    own_hub.goes_on = lambda: False
    assert line.wait(PATIENCE) == [None]
    assert own_hub.open(["thread:1"]).wait(PATIENCE) == [None]


def test_nothing_runs_where_nobody_listens(own_hub, monkeypatch):
    monkeypatch.setattr(hub, "LINGER", 0.1)
    before = set(threading.enumerate())
    line = own_hub.open(["thread:1"])
    (watcher,) = [thread for thread in set(threading.enumerate()) - before if thread.name == "live"]
    own_hub.close(line)
    watcher.join(PATIENCE)
    assert not watcher.is_alive()


def test_a_database_that_was_away_loses_nothing(app, own_hub, monkeypatch):
    read, failures = News.read, iter([OSError("away"), OSError("still away")])

    def now_and_then(news):
        for failure in failures:
            raise failure
        return read(news)

    line = own_hub.open(["thread:1"])
    monkeypatch.setattr(News, "read", now_and_then)
    say(app, "thread:1")
    assert heard(line) == ["thread:1"]


def test_what_is_committed_late_is_heard_as_well(app, database):
    """PostgreSQL gives out numbers before it commits; SQLite lets one write at a time."""
    if database.kind == "sqlite":
        pytest.skip("there is no late commit")
    with app.app_context():
        news = News(db.engine)
        row = {"topic": "thread:1", "kind": "comment", "at": clock.now()}
        with db.engine.connect() as slow, db.engine.connect() as fast:
            slow.execute(insert(LiveEvent), {**row, "object_id": 1})
            fast.execute(insert(LiveEvent), {**row, "object_id": 2})
            fast.commit()
            first = news.read()
            cursor = Cursor(clock.now()).moved(clock.now(), list_events(["thread:1"], Cursor(clock.now())))
            slow.commit()
        second = news.read()
        found = [event for event in list_events(["thread:1"], cursor) if event.id not in cursor.heard]
    assert [event.object_id for event in first] == [2]
    assert [event.object_id for event in second] == [1]
    assert [event.object_id for event in found] == [1]


def test_news_are_read_once_however_long_ago(app, clock):
    with app.app_context():
        news = News(db.engine)
        publish("thread:1", "comment", 1)
        commit()
        assert len(news.read()) == 1
        for _look in range(3):
            clock.forward(seconds=6)
            assert news.read() == []
        publish("thread:1", "comment", 2)
        commit()
        assert [event.object_id for event in news.read()] == [2]


def test_only_the_topics_asked_for_are_listed(app, clock):
    with app.app_context():
        for topic in ("thread:1", "thread:12", "place:1"):
            publish(topic, "comment", 1)
        commit()
        events = list_events(["thread:1", "place:1"], Cursor(AT))
    assert [event.topic for event in events] == ["thread:1", "place:1"]


def test_after_a_day_events_are_forgotten_and_their_numbers_stay_used(app, clock):
    say(app, "thread:1")
    start = Cursor(AT)
    clock.forward(seconds=KEPT.total_seconds() - 60)
    assert not is_forgotten(Cursor(AT + timedelta(seconds=10)))
    say(app, "thread:2")
    assert run_task(app, forget_old_events)
    clock.forward(seconds=61)
    assert run_task(app, forget_old_events)
    assert is_forgotten(start)
    assert events_of(app) == [(2, "thread:2")]
    clock.forward(days=2)
    assert run_task(app, forget_old_events)
    say(app, "thread:3")
    assert events_of(app) == [(3, "thread:3")]
