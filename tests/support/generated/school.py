"""A class with readings and quizzes, nobody having done anything yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from flask import Flask
from sqlalchemy import select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion, VersionSentence
from articles.operations.assignments import Dates, assign_article
from articles.operations.texts import create_article
from classroom.models import Enrollment
from classroom.operations.enrollments import enroll
from classroom.operations.labels import label_people
from core import clock
from core.database import commit, db
from core.points import POINT
from discussion.operations import (
    Actor,
    DeliverySettings,
    PromptDraft,
    create_prompt,
    deliver_prompt,
    set_requirements,
)
from discussion.participation import Requirement
from quizzes.deliveries import DeliveryRules
from quizzes.operations.authoring import create_quiz, publish_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.draws import add_draws
from quizzes.operations.questions import add_question
from quizzes.queries.items import list_items
from quizzes.questions import QuestionDraft, QuestionWords
from tests.quizzes.sitting import TEXT
from tests.support.generated.questions import EVERY_TYPE, WITH_PART, draft_of
from tests.support.people import People, make_students

HOUR = timedelta(hours=1)
WHICH = ("highest", "average", "first", "last")


@dataclass(frozen=True)
class Reading:
    """An article given to a class: ids, the sentences in order, the quizzes' deliveries."""

    section: int
    article: int
    assignment: int
    sentences: tuple[int, ...]
    version: int
    deliveries: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)


@dataclass
class School:
    """Two classes of one instructor. `readings` are those of the first; `parallel` is its first one in the other."""

    app: Flask
    people: People
    random: Random
    start: datetime
    students: dict[int, int] = field(default_factory=dict)  # the account by the place in a class
    section_of: dict[int, int] = field(default_factory=dict)  # the class by the place
    readings: list[Reading] = field(default_factory=list)
    parallel: Reading | None = None
    quiz_of: dict[int, int] = field(default_factory=dict)

    @property
    def everywhere(self) -> list[Reading]:
        """The readings of both classes."""
        return [*self.readings, *([self.parallel] if self.parallel else [])]

    def sentences_of(self, delivery: int) -> tuple[int, ...]:
        """The sentences of the article that a quiz is about."""
        return next(reading.sentences for reading in self.everywhere if delivery in reading.deliveries)


def make_school(app: Flask, people: People, seed: int, size: int) -> School:
    """About `size` students with three readings and four quizzes, each of which counts attempts in its own way."""
    school = School(app, people, Random(seed), clock.now())
    make_students(app, people.section, size)
    make_students(app, people.other_section, size * 2 // 3, "beside")
    with app.app_context():
        enroll(people.instructor.id, people.other_section, "instructor")
        taught = select(Enrollment).where(Enrollment.role == "student").order_by(Enrollment.id)
        for place in db.session.scalars(taught):
            school.students[place.id], school.section_of[place.id] = place.user_id, place.section_id
        _give_readings(school)
        own = select(Enrollment.id).where(Enrollment.section_id == people.section, Enrollment.role == "student")
        places = db.session.scalars(own.order_by(Enrollment.id)).all()
        some = school.random.sample(places, len(places) // 2)
        label_people(people.instructor.id, people.section, "Tuesday lab", some)
        commit()
    return school


def _give_readings(school: School) -> None:
    random, which = school.random, list(WHICH)
    random.shuffle(which)
    dates = [(24, 72), (48, 96), (120, 192)]
    for number, (due, closes) in enumerate(dates, 1):
        given = Dates(None, school.start + due * HOUR, school.start + closes * HOUR)
        reading = _reading(school, number, given)
        for _quiz in range(2 if number == 2 else 1):
            types = EVERY_TYPE if number == 1 else tuple(random.sample(EVERY_TYPE, random.randint(2, 5)))
            rules = _rules(random, which.pop())
            quiz = _quiz_of(school, reading, types)
            reading.deliveries.append(_deliver(school, quiz, reading, rules))
            if number == 1:
                beside = assign_article(school.people.other_section, reading.article, reading.version, given)
                school.parallel = replace(reading, section=school.people.other_section, assignment=beside.id)
                school.parallel = replace(school.parallel, deliveries=[], threads=[])
                school.parallel.deliveries.append(_deliver(school, quiz, school.parallel, rules))
        if number != 3 or random.random() < 0.5:
            reading.threads.append(_thread(school, reading, school.start + (due + 12) * HOUR))
        school.readings.append(reading)


def _thread(school: School, reading: Reading, due: datetime) -> int:
    """A discussion that asks for posts, for one that cites a sentence, or for nothing; some gated."""
    author, random = school.people.instructor.id, school.random
    prompt = create_prompt(author, PromptDraft(reading.article, reading.version, "Was it worth it?"))
    opens = random.choice((None, school.start + 60 * HOUR))
    gate = DeliverySettings(posts_before_seeing=random.choice((0, 1, 2)), gate_opens_at=opens)
    thread = deliver_prompt(author, prompt, reading.assignment, gate)
    asked = [Requirement(0, "post", random.randint(1, 3), due, random.choice((POINT, 4 * POINT)))]
    if random.random() < 0.5:
        asked.append(Requirement(0, "cited", 1, due + 30 * HOUR, random.choice((0, POINT))))
    set_requirements(Actor(author, reading.section), thread, asked if random.random() < 0.8 else [])
    return thread


def _reading(school: School, number: int, dates: Dates) -> Reading:
    article = create_article(school.people.instructor.id, prepare(Source(TEXT, "plain"), f"Bridge {number}", "en")).id
    version = _version(article)
    order = select(VersionSentence.sentence_id).where(VersionSentence.version_id == version)
    sentences = tuple(db.session.scalars(order.order_by(VersionSentence.position)))
    assignment = assign_article(school.people.section, article, version, dates).id
    return Reading(school.people.section, article, assignment, sentences, version)


def _version(article: int) -> int:
    return db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article)).one()


def _rules(random: Random, which: str) -> DeliveryRules:
    return DeliveryRules(
        time_limit_seconds=random.choice((None, 1_800)),
        attempts_allowed=random.choice((None, None, 2)),
        which_counts=which,
        late_credit_percent=random.choice((50, 80, 100)),
        release_score=random.choice(("at_once", "after_due", "after_close", "by_instructor", "never")),
        certainty=random.choice(("off", "reported", "counted")),
        second_try_percent=random.choice((None, 50, 100)),
    )


def _quiz_of(school: School, reading: Reading, types: tuple[str, ...]) -> int:
    author, random = school.people.instructor.id, school.random
    quiz = create_quiz(author, reading.article, f"Quiz {len(school.quiz_of) + 1}").id
    for name in types:
        part = name in WITH_PART and random.random() < 0.5
        add_question(quiz, author, draft_of(name, reading.sentences, random, part=part))
    if random.random() < 0.6:
        tag = f"pool {quiz}"
        store = create_quiz(author, reading.article, "Store").id
        for name in random.sample(("single_choice", "true_false", "numeric", "multiple_answers", "open_answer"), 4):
            made = draft_of(name, reading.sentences, random)
            add_question(store, author, QuestionDraft(made.type, made.words, made.content, POINT, made.anchor, (tag,)))
        add_draws(quiz, author, tag, (2, POINT, QuestionWords.of("One of these")))
    publish_quiz(quiz)
    return quiz


def _deliver(school: School, quiz: int, reading: Reading, rules: DeliveryRules) -> int:
    delivery = deliver_quiz(quiz, reading.assignment, rules).id
    school.quiz_of[delivery] = quiz
    return delivery


def types_in(school: School, delivery: int) -> dict[int, str]:
    """The types of a quiz's items by item id."""
    return {item.item_id: item.type for item in list_items(school.quiz_of[delivery])}
