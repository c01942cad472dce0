"""Redis wakes where an installation names one; the database goes on without it when it is away."""

import time

import pytest

from core.database import after_commit, commit, db, give_up
from core.live import bells, publish
from core.settings import SettingsError, load
from tests.support.databases import SETTINGS
from tests.support.redis import redis_server

PATIENCE = 60.0  # seconds


@pytest.fixture
def redis():
    with redis_server() as server:
        yield server


@pytest.fixture
def redis_app(database, redis):
    app = database.make_app(COLLOQUY_REDIS_URL=redis.url)
    yield app
    app.extensions["live"].end_all()
    app.extensions["live"].bell.close()


def say(app, topic):
    with app.app_context():
        publish(topic, "comment", 1)
        commit()


def test_redis_wakes_and_not_the_database(redis_app, monkeypatch):
    monkeypatch.setattr(bells, "DOUBT", 10_000.0)  # nothing is found by looking
    line = redis_app.extensions["live"].open(["thread:1"])
    time.sleep(1)  # the look at the start is over
    say(redis_app, "thread:1")
    assert [event.topic for event in line.wait(PATIENCE)] == ["thread:1"]


def test_when_redis_is_away_writing_goes_on_and_pages_hear_a_little_later(redis_app, redis):
    line = redis_app.extensions["live"].open(["thread:1"])
    say(redis_app, "thread:1")
    assert line.wait(PATIENCE)
    redis.kill()
    for _twice in range(2):
        say(redis_app, "thread:1")
        assert line.wait(PATIENCE)


def test_nothing_rings_for_what_is_undone(redis_app, monkeypatch):
    rung = []
    bell = redis_app.extensions["live"].bell
    monkeypatch.setattr(bell, "ring", lambda: rung.append(1))
    with redis_app.test_request_context(method="POST"):
        publish("thread:1", "comment", 1)
        give_up()
        commit()
    assert rung == []
    with redis_app.test_request_context(method="POST"):
        publish("thread:1", "comment", 1)
        publish("thread:1", "comment", 2)
        assert rung == []
        commit()
    assert rung == [1]


@pytest.mark.sqlite_only
def test_what_is_to_be_done_after_a_commit_is_done_once(app):
    done = []
    act = lambda: done.append(1)  # noqa: E731
    with app.app_context():
        after_commit(act)
        after_commit(act)
        commit()
        commit()
        db.session.rollback()
    assert done == [1]


@pytest.mark.parametrize("url", ["http://localhost", "localhost:6379"])
def test_what_is_no_address_of_redis_refuses_to_start(url):
    with pytest.raises(SettingsError, match="COLLOQUY_REDIS_URL"):
        load({**SETTINGS, "COLLOQUY_REDIS_URL": url})


def test_the_package_is_wanted_only_where_redis_is_named(monkeypatch):
    monkeypatch.setattr(bells, "redis", None)
    with pytest.raises(SettingsError, match="pip install redis"):
        bells.Bell("redis://localhost")
