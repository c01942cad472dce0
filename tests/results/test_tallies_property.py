"""Whatever a class does, in whatever order: what results pages count is what the answers say, counted anew."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from articles.operations.assignments import Dates
from classroom.models import Enrollment, Label
from classroom.operations.enrollments import change_role, enroll, remove_person, restore_person
from classroom.operations.labels import label_people, unlabel_people
from core.clock import now
from core.database import commit, db
from core.points import POINT
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, Response
from quizzes.operations.attempts import Sent, hand_in, save_answers, start_attempt
from quizzes.operations.grading import HandGrade, grade_response
from quizzes.operations.tallies import rebuild_tallies
from quizzes.queries.attempts import get_attempt_for, list_answers, list_own_attempts
from quizzes.queries.counted import wrong_tallies
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.grading import list_unclosed_attempts, seen_of
from quizzes.queries.tallies import class_figures
from quizzes.standings import Meant
from results.queries.classes import list_deliveries
from results.queries.statistics import read_class_answers
from tests.quizzes.sitting import make_sitting
from tests.support.people import make_students

TYPES = ("single_choice", "multiple_answers", "open_answer")
# What is sent, and what it earns (None: a person grades it) under which answer key.
ANSWERS = {
    "single_choice": [(["k1"], POINT, "k1"), (["k2"], 0, "k2"), ([], 0, "")],
    "multiple_answers": [(["k0", "k2"], POINT, "k0,k2"), (["k0"], POINT // 2, "k0"), (["k1"], 0, "k1"), ([], 0, "")],
    "open_answer": [(["At sea."], None, "written"), (["Away."], None, "written"), ([" "], 0, "")],
}
LABEL = "Tuesday lab"
LIMIT, GRACE = timedelta(minutes=10), timedelta(seconds=10)
DUE, CLOSES = timedelta(minutes=40), timedelta(minutes=90)


@dataclass
class Go:
    """One attempt as this test understands it: {type: (points, key)}."""

    id: int
    end: object
    handed_in_at: object = None
    answers: dict = field(default_factory=lambda: dict.fromkeys(TYPES, (0, "")))

    def is_over(self, moment):
        return self.handed_in_at is not None or moment > self.end


@dataclass
class Student:
    """One person as this test understands them."""

    user: int
    place: int
    role: str = "student"
    is_in: bool = True
    is_labelled: bool = False
    goes: list = field(default_factory=list)

    @property
    def counts(self):
        return self.is_in and self.role == "student"


class Class:
    """A class that does things at random, and what should be counted of them."""

    def __init__(self, sitting, people, students, random):
        self.sitting, self.people, self.students, self.random = sitting, people, students, random
        self.closes = now() + CLOSES
        self.due = now() + DUE

    def start(self, student):
        open_go = student.goes and not student.goes[-1].is_over(now())
        if not student.counts or open_go or now() > self.closes:
            return
        delivery = get_delivery_for(student.user, self.sitting.delivery)
        attempt = start_attempt(delivery, list_own_attempts(delivery.id, delivery.enrollment_id), now())
        for go in student.goes:
            go.handed_in_at = go.handed_in_at or go.end
        student.goes.append(Go(attempt, min(now() + LIMIT, self.closes)))

    def save(self, student):
        go = student.goes[-1] if student.goes else None
        if not student.counts or not go or go.handed_in_at or now() > go.end + GRACE:
            return
        row = get_attempt_for(student.user, go.id)
        names = self.random.sample(TYPES, self.random.randint(1, len(TYPES)))
        picked = {name: self.random.choice(ANSWERS[name]) for name in names}
        sent = [Sent(self.sitting.items[name], "w", 0, {"answer": picked[name][0]}) for name in names]
        outcome = save_answers(row, list_answers(row), sent, now())
        assert len(outcome.saved) == len(names)
        go.answers |= {name: (points, key) for name, (_sent, points, key) in picked.items()}

    def hand_in(self, student):
        go = student.goes[-1] if student.goes else None
        if not student.counts or not go or go.handed_in_at or now() > go.end + GRACE:
            return
        assert hand_in(get_attempt_for(student.user, go.id), now())
        go.handed_in_at = min(now(), go.end)

    def grade(self, student):
        done = [go for go in student.goes if go.answers["open_answer"][1]]
        done = [go for go in done if go.handed_in_at or now() > go.end + GRACE]
        if not done:
            return
        go = self.random.choice(done)
        item, points = self.sitting.items["open_answer"], self.random.choice((0, POINT // 2, POINT))
        wanted = select(Response.id, Response.revision).where(Response.attempt_id == go.id, Response.item_id == item)
        response, revision = db.session.execute(wanted).one()
        if list_unclosed_attempts([go.id]):
            go.handed_in_at = go.end
        grade_response(response, HandGrade(self.people.instructor.id, points, "", seen_of(revision, 0)))
        go.answers["open_answer"] = (points, go.answers["open_answer"][1])

    def leave(self, student):
        if student.is_in:
            remove_person(self.people.instructor.id, student.place)
            student.is_in = False

    def come_back(self, student):
        if student.is_in:
            return
        if self.random.random() < 0.5:
            restore_person(self.people.instructor.id, student.place)
        else:
            enroll(student.user, self.people.section)
            student.role = "student"
        student.is_in = True

    def change_role(self, student):
        student.role = self.random.choice(("student", "student", "observer", "assistant"))
        change_role(self.people.instructor.id, student.place, student.role)

    def label(self, student):
        change = unlabel_people if student.is_labelled else label_people
        change(self.people.instructor.id, self.people.section, LABEL, [student.place])
        student.is_labelled = not student.is_labelled

    def act(self):
        acts = (self.start, self.save, self.hand_in, self.grade, self.leave, self.come_back, self.change_role)
        act = self.random.choices((*acts, self.label), (6, 10, 4, 5, 1, 2, 1, 2))[0]
        act(self.random.choice(self.students))
        commit()

    def meant(self, student, which):
        """The attempts that a rule means, found the plain way."""
        over = [go for go in student.goes if go.is_over(now())] if student.counts else []
        if which == "all" or not over:
            return over
        return [{"first": over[0], "last": over[-1], "best": max(over, key=lambda go: _sum_of(go)[0])}[which]]

    def those_with(self, label):
        return [student for student in self.students if student.is_labelled or label is None]

    def counted_anew(self, which, label):
        """Return the figures of each item and the scores, from what was done alone."""
        students = self.those_with(label)
        goes = [go for student in students for go in self.meant(student, which)]
        items = {}
        for name in TYPES if goes else ():
            points = [go.answers[name][0] for go in goes]
            given = [each for each in points if each is not None]
            full, part = given.count(POINT), sum(0 < each < POINT for each in given)
            keys = Counter(go.answers[name][1] for go in goes)
            items[self.sitting.items[name]] = (len(points), len(given), sum(given), full, part, dict(keys))
        scores = Counter(_sum_of(go) for go in goes)
        return items, dict(scores), sum(bool(self.meant(student, "first")) for student in students)

    def counted_by_pages(self, which, label):
        figures = class_figures([self.sitting.delivery], now(), Meant(which, label))
        items = {}
        for (_delivery, item), f in figures.items.items():
            keys = {key: count for key, count in f.answers.items() if count}
            if f.responses or keys:
                items[item] = (f.responses, f.graded, f.points, f.full, f.partial, keys)
        scores = defaultdict(int)
        for score in figures.scores.get(self.sitting.delivery, ()):
            scores[score.points, score.waiting] += score.students
        return items, dict(scores), figures.handed_in.get(self.sitting.delivery, 0)

    def check(self):
        """Hold every rule against what was done, and the attempts' own sums."""
        label = db.session.scalar(select(Label.id))
        for which in ("first", "last", "best", "all"):
            assert self.counted_by_pages(which, None) == self.counted_anew(which, None), which
            if label:
                assert self.counted_by_pages(which, label) == self.counted_anew(which, label), which
                self.check_statistics(which, label)
        for asked in {None, label}:
            self.check_completion(asked)
        self.check_sums()

    def check_statistics(self, which, label):
        goes = [go for student in self.those_with(label) for go in self.meant(student, which)]
        graded = [go for go in goes if not _sum_of(go)[1]]
        found = read_class_answers(self.sitting.delivery, now(), Meant(which, label))
        assert found.attempts == len(graded)
        for name in TYPES if graded else ():
            points = sorted(go.answers[name][0] for go in graded)
            assert sorted(found.points[self.sitting.items[name]]) == points

    def check_completion(self, label):
        (row,) = list_deliveries(self.people.instructor.id, self.sitting.assignment, now(), Meant("first", label))
        students = [student for student in self.those_with(label) if student.counts]
        firsts = [go for student in students for go in self.meant(student, "first")]
        assert row.late == sum((go.handed_in_at or go.end) > self.due for go in firsts)
        assert row.students == len(students) + (0 if label else len((self.people.student, self.people.classmate)))
        assert row.started == sum(bool(student.goes) and not student.goes[0].is_over(now()) for student in students)

    def check_sums(self):
        kept = db.session.execute(select(Attempt.id, Attempt.points, Attempt.ungraded)).all()
        goes = {go.id: _sum_of(go) for student in self.students for go in student.goes}
        assert {row.id: (row.points, row.ungraded > 0) for row in kept} == goes


def _sum_of(go):
    points = [each for each, _key in go.answers.values()]
    return sum(each or 0 for each in points), None in points


@pytest.mark.parametrize("seed", range(5))
def test_what_is_counted_is_what_was_answered(app, people, clock, seed):
    dates = Dates(due_at=clock.now() + DUE, closes_at=clock.now() + CLOSES)
    rules = DeliveryRules(time_limit_seconds=int(LIMIT.total_seconds()), attempts_allowed=None)
    sitting = make_sitting(app, people, rules, dates, TYPES)
    persons = make_students(app, people.section, 5)
    with app.app_context():
        places = dict(db.session.execute(select(Enrollment.user_id, Enrollment.id)).all())
        random = Random(seed)
        students = [Student(person.id, places[person.id]) for person in persons]
        school = Class(sitting, people, students, random)
        for _step in range(120):
            school.act()
            if random.random() < 0.35:
                clock.forward(seconds=random.choice((1, 5, 59, 150, 301, 600)))
            school.check()
            commit()
        assert any(len(student.goes) > 1 for student in students)
        assert not list(wrong_tallies())
        rebuild_tallies()
        assert not list(wrong_tallies())
        school.check()
