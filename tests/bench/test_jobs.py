"""The bench does its jobs: each once, in this process and without a clock."""

import importlib
import os
from collections.abc import Iterator

import pytest
from flask import Flask

from bench import cpu
from bench.colloquy import visits
from bench.colloquy.seed import TEACHER, application, fill
from bench.colloquy.statements import InProcess, counted
from bench.jobs import TEACHER as BY_TEACHER
from bench.jobs import jobs
from bench.yardstick.seed import seed
from core.database import db

SIZES = (3,)
MOST_STATEMENTS = 15
PAGES = ("G2", "G3", "G4", "G5-3", "G6")  # one request each


@pytest.fixture
def colloquy(tmp_path) -> Iterator[Flask]:
    app = application(f"sqlite:///{tmp_path}/colloquy.sqlite3", str(tmp_path))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def yardstick(tmp_path, monkeypatch) -> Iterator[tuple[InProcess, dict[int, int]]]:
    url = f"sqlite:///{tmp_path}/yardstick.sqlite3"
    monkeypatch.setenv("YARDSTICK_DATABASE", url)
    quizzes = seed(url, SIZES)
    module = importlib.import_module("bench.yardstick.app")
    yield InProcess(module.app), quizzes
    module.engine.dispose()


def test_every_job_is_done_on_both_sides_and_no_page_asks_more_than_15_statements(colloquy, yardstick):
    least, quizzes = yardstick
    filled = fill(colloquy, SIZES)
    everything = jobs(filled, quizzes, quick=True)
    assert {job.name for job in everything} >= {"G1", *PAGES}
    for job in everything:
        name = TEACHER if job.who == BY_TEACHER else filled.writers[-1]
        member = visits.sign_in(InProcess(colloquy), name, filled.password)
        job.does(member)
        with counted(colloquy) as seen:
            assert job.does(member) > 0, job.name
        if job.name in PAGES:
            assert 0 < len(seen) <= MOST_STATEMENTS, job.name
        job.yardstick(least)


@pytest.mark.skipif(not cpu.PROC.exists(), reason="/proc is Linux's")
def test_the_cpu_time_of_this_process_grows_as_it_works():
    family = cpu.family([os.getpid()])
    before = cpu.milliseconds(family)
    assert sum(number * number for number in range(300_000)) > 0
    assert cpu.milliseconds(family) > before
