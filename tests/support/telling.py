"""What a person is told: the worker's round, the page, the dot."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask

from app import TASKS
from classroom.jobs import announce_news
from core.jobs import run_task
from tests.support.browsing import Client

SENTENCE = re.compile(r'<li( class="new")?>\s*<span class="sign.*?<a [^>]*>(.*?)</a>', re.DOTALL)


def announce(app: Flask) -> None:
    """Do what the worker does every few seconds."""
    assert run_task(app, announce_news)


def work(app: Flask) -> None:
    """Do everything that the worker does, once."""
    went_well = [run_task(app, task) for task in TASKS]
    assert all(went_well)


def sentences(client: Client) -> list[str]:
    """The sentences on the person's page, newest first."""
    return [unescape(words) for _new, words in _found(client)]


def new_sentences(client: Client) -> list[str]:
    """Those that are marked as new."""
    return [unescape(words) for new, words in _found(client) if new]


def _found(client: Client) -> list[tuple[str, str]]:
    answer = client.get("/notifications")
    assert answer.status_code == 200
    found: list[tuple[str, str]] = SENTENCE.findall(answer.text)
    return found


def has_dot(client: Client) -> bool:
    """Whether the bar of the home page says that there is something new."""
    return 'class="bar-news"' in client.get("/").text
