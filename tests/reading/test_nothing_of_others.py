"""Nothing of what others wrote reaches whom it does not exist for: neither words nor names nor numbers, on any path.

Every address that answers GET is asked, as a page and as a fragment, by a student behind the gate and by a student
of another class that reads the same article; with ids of their own and of what is kept from them. Then more is
written that they may not know of, and everything that comes back must be what it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from difflib import unified_diff
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from articles.operations import Dates, assign_article
from articles.spans import Ends
from classroom.jobs import announce_news
from classroom.mail_times import Preferences
from classroom.mailing import send_letters
from classroom.models import Enrollment
from core.database import commit, db
from core.jobs import run_task
from discussion.comment_text import compose
from discussion.margins import Margin, meant
from discussion.models import AGREE
from discussion.operations import (
    Actor,
    DeliverySettings,
    DiscussionRef,
    NewNote,
    Split,
    add_comment,
    add_note,
    deliver_prompt,
    pin_comment,
    place_of_answer,
    react,
    split_thread,
)
from discussion.queries import get_comment_for, get_margin_for
from tests.classroom.planned import want
from tests.quizzes.test_key_nowhere import without_chance, words_of
from tests.support.people import Person
from tests.support.post import FROM, PUBLIC, post_office

WORD = "plover"  # what all of it says, to look for
BEHIND_THE_GATE, FOR_STAFF, FOR_ONESELF, FOR_THE_CLASS = "qzgated", "qzstaffed", "qzprivate", "qzshared"
ANYTHING = "qz"
BEHIND_FIVE = DeliverySettings(5)
WAITING = (DeliverySettings(approves_first=True), DeliverySettings(1, approves_first=True))
QUERIES = {
    "search.index": (f"?q={WORD}", f"?q={WORD}&in=posts", f"?q={WORD}&in=posts&page=2"),
    "live.changes": ("?after=1", "?after=99999999999999"),
    "comments.thread": ("?show=new", "?sort=newest", "?before=9999"),
    "annotations.download": ("?of=mine", "?of=class", "?of=material"),
}


class Class:
    """The first class, with others who write what is kept from the student; ids of it by the name in addresses."""

    def __init__(self, app, people, reading, writer: Person, noter: Person, rules=BEHIND_FIVE):
        self.app, self.people, self.reading, self.rules = app, people, reading, rules
        self.writer, self.noter = writer, noter
        with app.app_context():
            deliver_prompt(people.instructor.id, reading.prompt, reading.assignment, rules)
            self.other = assign_article(people.other_section, reading.article, reading.version, Dates()).id
            self.other_thread = deliver_prompt(
                people.instructor.id, reading.prompt, self.other, DeliverySettings(posts_before_seeing=1)
            )
            mine = select(Enrollment.id).where(Enrollment.user_id == writer.id)
            self.enrollment = db.session.scalars(mine).one()
            commit()
        self.own_note = self.note(people.student, "My own.", "comment")
        self.kept = [self.post(), *self.notes()]

    def post(self) -> int:
        """A post that answers the student's own, behind the gate or waiting, with a reaction and staff's pin."""
        with self.app.app_context():
            margin = get_margin_for(self.writer.id, self.reading.assignment)
            place = DiscussionRef(self.reading.assignment, self.reading.prompt_delivery, self.reading.version)
            place = replace(place, waits=self.rules.approves_first)
            words = compose(f"{BEHIND_THE_GATE} {WORD}", self.reading.comment)
            made = add_comment(margin.enrollment_id, place, words)
            react(margin.enrollment_id, self.reading.prompt_delivery, made, AGREE)
            pin_comment(Actor(self.people.instructor.id, self.people.section), made)
            if self.rules.approves_first:
                staff = get_margin_for(self.people.instructor.id, self.reading.assignment).enrollment_id
                words = compose(f"{BEHIND_THE_GATE} {WORD} @{self.people.student.name}", made)
                add_comment(staff, replace(place, waits=False), words)
            commit()
        return made

    def notes(self) -> list[int]:
        """A note for staff, one for its author alone, with an answer below each."""
        made = []
        for words, choice in ((FOR_STAFF, "staff"), (FOR_ONESELF, "self")):
            note = self.note(self.noter, f"{words} {WORD}", choice)
            made += [note, self.answer(self.noter, note, f"{words} again {WORD}")]
        return made

    def note(self, person: Person, body: str, choice: str) -> int:
        with self.app.app_context():
            margin = get_margin_for(person.id, self.reading.assignment)
            ends = Ends(self.reading.sentences[0], self.reading.sentences[0])
            made = add_note(margin, NewNote(compose(body), ends, meant(choice, margin.role)))
            commit()
        return made

    def answer(self, person: Person, note: int, body: str) -> int:
        with self.app.app_context():
            margin, _note = get_comment_for(person.id, note)
            assert isinstance(margin, Margin)
            where = place_of_answer(margin, note, margin.visibility)
            made = add_comment(margin.enrollment_id, where, compose(body, note))
            commit()
        return made

    def ids(self) -> dict[str, list[Any]]:
        """What addresses are filled with: ids of what the student may see, and of what is kept from them."""
        reading, people = self.reading, self.people
        threads = [reading.quiz_delivery, reading.prompt_delivery, self.other_thread]
        return {
            "assignment_id": [reading.assignment, self.other],
            "section_id": [people.section, people.other_section],
            "delivery_id": sorted(set(threads)),
            "comment_id": [reading.comment, reading.classmates_comment, self.own_note, *self.kept],
            "enrollment_id": [self.enrollment],
            "attempt_id": [reading.attempt, reading.handed_in],
            "response_id": [reading.response],
            "prompt_id": [reading.prompt],
            "article_id": [reading.article],
            "quiz_id": [reading.quiz],
            "item_id": list(reading.items),
            "kind": ["csv", "xlsx"],
        }


def every_address(app, ids) -> Iterator[str]:
    """Every address that answers GET, with every choice of ids and everything that can be asked of it."""
    places = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        names = sorted(rule.arguments)
        for values in product(*(ids.get(name, [1]) for name in names)):
            path = places.build(rule.endpoint, dict(zip(names, values, strict=True)), "GET")
            for query in ("", *QUERIES.get(rule.endpoint, ())):
                yield path + query
            if rule.endpoint == "reading.article":
                yield from (f"{path}?note={comment}" for comment in ids["comment_id"])
            if rule.endpoint == "comments.thread":
                yield from (f"{path}?quote={comment}" for comment in ids["comment_id"])


def everything(client, ids) -> dict[str, str]:
    """What comes back from every address, as a page and as a fragment."""
    found = {}
    for path in every_address(client.application, ids):
        for headers in ({}, {"X-Fragment": "1"}):
            answer = client.get(path, headers=headers)
            assert answer.status_code < 500, path
            found[f"{path} {'fragment' if headers else ''}"] = without_chance(words_of(answer))
    return found


def holding(found: dict[str, str], *words: str) -> list[str]:
    return [f"{path}: {word}" for path, text in found.items() for word in words if word in text]


def without_names(found: dict[str, str]) -> dict[str, str]:
    """All but the names of one's class, which are offered to whoever writes: they tell nothing of what others wrote."""
    return {path: text for path, text in found.items() if "/names " not in path}


def changes(before: dict[str, str], after: dict[str, str]) -> str:
    """What comes back otherwise than before, line by line."""
    found = []
    for path, text in before.items():
        if text != after[path]:
            found += [path, *unified_diff(text.splitlines(), after[path].splitlines(), n=0, lineterm="")]
    return "\n".join(found)


@pytest.fixture
def school(request, clock, app, people, reading, make_person):
    rules = getattr(request, "param", BEHIND_FIVE)
    return Class(app, people, reading, make_person("Zenobia Quill"), make_person("Tarquin Noter"), rules)


def more_is_written(school: Class) -> None:
    """As much again of what is kept from the student, by the same people."""
    for _turn in range(2):
        school.post()
        school.notes()


def test_behind_the_gate_nothing_comes_back_of_what_is_kept_there(school, app, people, sign_in):
    assert run_task(app, announce_news)
    me, ids = sign_in(people.student), school.ids()
    before = everything(me, ids)
    assert holding(without_names(before), ANYTHING, school.writer.name, school.noter.name) == []
    more_is_written(school)
    run_task(app, announce_news)
    after = everything(me, ids)
    assert changes(before, after) == ""


@pytest.mark.parametrize("school", WAITING, ids=["no-gate", "open-gate"], indirect=True)
def test_nothing_comes_back_of_what_waits_for_approval(school, app, people, sign_in):
    run_task(app, announce_news)
    me, ids = sign_in(people.student), school.ids()
    before = everything(me, ids)
    assert holding(without_names(before), ANYTHING, school.writer.name, school.noter.name) == []
    more_is_written(school)
    run_task(app, announce_news)
    assert changes(before, everything(me, ids)) == ""


@pytest.mark.parametrize("school", [DeliverySettings()], ids=["no-gate"], indirect=True)
def test_nothing_comes_back_of_what_another_group_writes(school, app, people, sign_in):
    with app.app_context():
        own = select(Enrollment.id).where(Enrollment.user_id == people.student.id)
        lists = [[db.session.scalars(own).one()], [school.enrollment]]
        split_thread(Actor(people.instructor.id, people.section), school.reading.prompt_delivery, Split(lists))
        commit()
    run_task(app, announce_news)
    me, ids = sign_in(people.student), school.ids()
    before = everything(me, ids)
    more_is_written(school)
    run_task(app, announce_news)
    assert changes(before, everything(me, ids)) == ""


def test_nothing_comes_back_to_another_class_that_reads_the_same_article(school, app, people, sign_in):
    school.note(school.noter, f"{FOR_THE_CLASS} {WORD}", "comment")
    run_task(app, announce_news)
    me, ids = sign_in(people.other_student), school.ids()
    before = everything(me, ids)
    names = [school.writer.name, school.noter.name, people.student.name, people.classmate.name]
    assert holding(before, ANYTHING, *names) == []
    more_is_written(school)
    school.note(school.noter, f"{FOR_THE_CLASS} {WORD}", "question")
    run_task(app, announce_news)
    after = everything(me, ids)
    assert changes(before, after) == ""


def test_staff_get_what_is_meant_for_them_so_that_the_walk_can_find_it(school, people, sign_in):
    found = everything(sign_in(people.instructor), school.ids())
    for words in (BEHIND_THE_GATE, FOR_STAFF, school.writer.name, school.noter.name):
        paths = holding(found, words)
        assert any(f"/readings/{school.reading.assignment}/search" in path for path in paths), words
    assert holding(found, FOR_ONESELF) == []


@pytest.mark.parametrize("school", [BEHIND_FIVE, *WAITING], ids=["gate", "waits", "waits-open-gate"], indirect=True)
def test_no_letter_says_what_is_kept_from_who_gets_it(database, school, people, clock):
    with post_office() as office:
        app = database.make_app(COLLOQUY_SMTP_URL=office.url, COLLOQUY_MAIL_FROM=FROM, COLLOQUY_PUBLIC_URL=PUBLIC)
        for person in (people.student, people.other_student, people.classmate):
            want(app, person, Preferences(replies=True))
        school.answer(school.writer, school.own_note, "What you may know.")
        school.post()
        for hours in (1, 24):
            run_task(app, announce_news)
            clock.set(clock.now().replace(hour=16, minute=0, second=1) + timedelta(hours=hours))
            run_task(app, announce_news)
            run_task(app, send_letters)
        letters = [bytes(raw).decode() for raw in office.raw]
    told = [message["To"] for message in office.messages]
    assert any(people.student.email in to for to in told), told
    assert [word for letter in letters for word in (ANYTHING, school.noter.name) if word in letter] == []
