"""The numbers of every layer of the map beside plain sums over the raw rows of classes that did things at random."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from articles.models import Span
from articles.spans import Ends
from classroom.models import Enrollment
from classroom.operations.enrollments import remove_person
from core import clock
from core.database import commit, db
from discussion.comment_text import compose
from discussion.margins import meant
from discussion.models import Comment, ConfusionMark
from discussion.operations import NewNote, add_comment, add_note, mark_confusing, place_of_answer
from discussion.queries import get_margin_for
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, Response
from quizzes.operations.attempts import Sent, hand_in, save_answers, start_attempt
from quizzes.queries.attempts import get_attempt_for, list_answers, list_own_attempts
from quizzes.queries.deliveries import get_delivery_for
from tests.quizzes.sitting import Sitting, make_sitting
from tests.support.people import make_students

TYPES = ("single_choice+evidence", "evidence", "true_false")
LABELS = ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2")
TESTED = (1, 2)  # the sentences that every question of a sitting tests, counted from 0


@dataclass
class Doing:
    """A class that answers, marks and asks at random."""

    random: Random
    sitting: Sitting
    staff: int

    def sit(self, user: int) -> None:
        delivery = get_delivery_for(user, self.sitting.delivery)
        attempt = start_attempt(delivery, list_own_attempts(delivery.id, delivery.enrollment_id), clock.now())
        row = get_attempt_for(user, attempt)
        cited = [[str(self.random.choice(self.sitting.sentences))], [str(self.random.choice(self.sitting.sentences))]]
        fields: dict[str, dict[str, Any]] = {
            "single_choice": {"answer": [self.random.choice(("k0", "k1", "k2"))], "evidence": cited[0]},
            "evidence": {"answer": cited[1]},
            "true_false": {"answer": [self.random.choice(("true", "false"))]},
        }
        names = self.random.sample(list(fields), self.random.randint(1, 3))
        sent = [Sent(self.sitting.items[name], "w", 0, fields[name]) for name in names]
        outcome = save_answers(row, list_answers(row), sent, clock.now())
        assert not outcome.refused, outcome.refused
        if self.random.random() < 0.9:
            hand_in(row, clock.now())

    def mark(self, user: int) -> None:
        mark_confusing(get_margin_for(user, self.sitting.assignment), self.random.choice(self.sitting.sentences))

    def ask(self, user: int) -> None:
        margin = get_margin_for(user, self.sitting.assignment)
        first, last = sorted(self.random.choices(range(len(LABELS)), k=2))
        ends = Ends(self.sitting.sentences[first], self.sitting.sentences[last])
        what = meant(self.random.choice(("question", "question", "comment", "staff", "self")), "student")
        note = add_note(margin, NewNote(compose(f"Why {first}?"), ends, what))
        if self.random.random() < 0.3 and what.visibility != "self":
            answerer = get_margin_for(self.staff, self.sitting.assignment).beside(what.visibility)
            add_comment(answerer.enrollment_id, place_of_answer(answerer, note, what.visibility), compose("So.", note))
        if self.random.random() < 0.2:
            db.session.get_one(Comment, note).hidden_at = clock.now()

    def act(self, user: int) -> None:
        self.sit(user)
        if self.random.random() < 0.3:
            self.sit_again(user)
        for act in (self.mark, self.ask):
            for _time in range(self.random.randint(0, 3)):
                act(user)

    def sit_again(self, user: int) -> None:
        delivery = get_delivery_for(user, self.sitting.delivery)
        if all(own.submitted_at for own in list_own_attempts(delivery.id, delivery.enrollment_id)):
            self.sit(user)


@pytest.fixture(params=[3, 11])
def doing(request: pytest.FixtureRequest, app: Flask, people: Any) -> Doing:
    sitting = make_sitting(app, people, DeliveryRules(attempts_allowed=None), None, TYPES)
    students = make_students(app, people.section, 12)
    made = Doing(Random(request.param), sitting, people.instructor.id)
    with app.app_context():
        for student in students:
            made.act(student.id)
        gone = select(Enrollment.id).where(Enrollment.user_id == students[0].id)
        remove_person(people.instructor.id, db.session.scalars(gone).one())
        commit()
    return made


@dataclass
class Raw:
    """Every row that matters, as it is kept."""

    places: dict[int, Any]
    attempts: list[Any]
    responses: dict[int, list[Any]]
    marks: list[Any]
    comments: list[Any]
    spans: dict[int, Any]

    @property
    def students(self) -> set[int]:
        return {e.id for e in self.places.values() if e.role == "student" and e.state == "active"}

    def meant(self, which: str) -> Iterator[Any]:
        own = defaultdict(list)
        for attempt in sorted(self.attempts, key=lambda each: each.number):
            if attempt.submitted_at and attempt.enrollment_id in self.students:
                own[attempt.enrollment_id].append(attempt)
        for attempts in own.values():
            yield from attempts if which == "all" else [attempts[0] if which == "first" else attempts[-1]]


def read_raw(app: Flask, section: int) -> Raw:
    with app.app_context():
        everything = {
            model: db.session.scalars(select(model)).all()
            for model in (Enrollment, Attempt, Response, ConfusionMark, Comment, Span)
        }
        db.session.expunge_all()
    responses = defaultdict(list)
    for response in everything[Response]:
        responses[response.attempt_id].append(response)
    return Raw(
        {e.id: e for e in everything[Enrollment] if e.section_id == section},
        everything[Attempt],
        responses,
        everything[ConfusionMark],
        everything[Comment],
        {span.id: span for span in everything[Span]},
    )


def lost(raw: Raw, doing: Doing, which: str) -> dict[str, str]:
    """Every question is worth one point and tests the same two sentences."""
    points = [r.points for attempt in raw.meant(which) for r in raw.responses[attempt.id] if r.points is not None]
    share = 1 - sum(points) / (100_000 * len(points))
    return {LABELS[at]: f"{int(share * 100 + 0.5 + 1e-9)} %" for at in TESTED}


def cited(raw: Raw, doing: Doing, which: str, option: str | None = None) -> dict[str, str]:
    pointing = []
    for attempt in raw.meant(which):
        for r in raw.responses[attempt.id]:
            answer = r.answer or {}
            sentences = answer.get("sentences") or answer.get("evidence") or []
            if sentences and (option is None or answer.get("choice") == option):
                pointing.append(sentences)
    counted = Counter(doing.sitting.sentences.index(i) for each in pointing for i in set(each))
    return {LABELS[at]: f"{n} of {len(pointing)}" for at, n in counted.items()}


def confused(raw: Raw, doing: Doing) -> dict[str, str]:
    marks = [m for m in raw.marks if m.enrollment_id in raw.students]
    counted = Counter(doing.sitting.sentences.index(m.sentence_id) for m in marks)
    return {LABELS[at]: f"{n} of {len(raw.students)}" for at, n in counted.items()}


def waiting(raw: Raw, doing: Doing) -> dict[str, str]:
    counted: Counter[int] = Counter()
    for note in raw.comments:
        answers = [c for c in raw.comments if c.root_id == note.id and c.enrollment_id != note.enrollment_id]
        asks = (note.kind == "question" and note.visibility == "class") or note.visibility == "staff"
        stands = note.span_id and not note.hidden_at and not note.deleted_at
        if asks and stands and note.enrollment_id in raw.students and not answers:
            span = raw.spans[note.span_id]
            first, last = (doing.sitting.sentences.index(i) for i in (span.first_sentence_id, span.last_sentence_id))
            counted.update(range(first, last + 1))
    return {LABELS[at]: str(n) for at, n in counted.items()}


def shown(page: str) -> dict[str, str]:
    """The numbers of the table by sentence."""
    table = page.split("By sentence")[1].split("</table>")[0]
    rows = re.findall(r'class="ref">¶&nbsp;([\d.]+)</span></th>.*?<td class="num">([^<]*)</td></tr>', table)
    return {label: html.unescape(number) for label, number in rows}


@pytest.mark.parametrize("which", ["first", "last", "all"])
def test_every_number_on_the_map_is_what_the_raw_rows_say(
    app: Flask, people: Any, doing: Doing, sign_in: Any, which: str
) -> None:
    raw, client = read_raw(app, people.section), sign_in(people.instructor)
    here = f"/readings/{doing.sitting.assignment}/results/map?attempts={which}"
    item = doing.sitting.items["single_choice"]
    assert shown(client.get(here).text) == lost(raw, doing, which)
    assert shown(client.get(f"{here}&layer=evidence").text) == cited(raw, doing, which)
    assert shown(client.get(f"{here}&layer=confusion").text) == confused(raw, doing)
    assert shown(client.get(f"{here}&layer=questions").text) == waiting(raw, doing)
    for option in ("k0", "k1", "k2"):
        page = client.get(f"{here}&layer=evidence&item={item}&option={option}").text
        assert shown(page) == cited(raw, doing, which, option)
