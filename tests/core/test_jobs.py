"""The worker's own rules, with tasks that need no table."""

import os
import threading
from itertools import pairwise

import pytest

from core.jobs import Task, run_task, work, worker_command

pytestmark = pytest.mark.sqlite_only


def task(find, do, words="done {n}", every=0.0):
    return Task(words, every, find, do)


def test_one_thing_that_goes_wrong_keeps_none_of_the_others_from_being_done(app, capsys):
    done = []

    def do(one):
        if one == 2:
            raise RuntimeError("no")
        done.append(one)
        return one != 3

    assert not run_task(app, task(lambda: [1, 2, 3, 4], do))
    assert done == [1, 3, 4]
    assert "done 2" in capsys.readouterr().out


def test_a_search_that_goes_wrong_is_no_end(app, capsys):
    def find():
        raise RuntimeError("the database is away")

    assert not run_task(app, task(find, lambda _one: True))
    assert capsys.readouterr().out == ""


def test_nothing_to_do_says_nothing(app, capsys):
    assert run_task(app, task(list, lambda _one: True))
    assert capsys.readouterr().out == ""


def test_the_worker_ends_when_it_is_told_to(app):
    stop = threading.Event()

    def find():
        stop.set()
        return []

    work(app, [task(find, lambda _one: True)], stop)
    assert stop.is_set()


def test_the_worker_ends_when_its_parent_has_ended(app):
    looked = []
    work(app, [task(lambda: looked.append(1) or [], bool)], threading.Event(), beside=os.getppid() + 1)
    assert not looked


def test_a_task_that_fails_is_tried_again_later_and_later(app, monkeypatch):
    moments, now = [], [0.0]
    monkeypatch.setattr("core.jobs.time.monotonic", lambda: now[0])
    stop = threading.Event()
    monkeypatch.setattr(stop, "wait", lambda seconds: now.__setitem__(0, now[0] + seconds))

    def find():
        moments.append(now[0])
        if len(moments) == 9:
            stop.set()
        if len(moments) < 8:
            raise RuntimeError("away")
        return []

    work(app, [task(find, bool, every=5.0)], stop)
    gaps = [after - before for before, after in pairwise(moments)]
    assert gaps == [10, 20, 40, 60, 60, 60, 60, 5]


def test_once_does_everything_once_and_tells_whether_all_went_well(app):
    runner = app.test_cli_runner()
    seen = []
    well = worker_command([task(lambda: [7], lambda one: seen.append(one) or True)])
    assert runner.invoke(well, ["--once"]).exit_code == 0
    assert seen == [7]

    def find():
        raise RuntimeError("no")

    assert runner.invoke(worker_command([task(find, bool)]), ["--once"]).exit_code == 1
