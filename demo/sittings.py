"""Attempts at the quiz: started, answered, handed in and graded as students and their instructor do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from articles.spans import covered
from core import clock
from demo.cast import Cast, Troupe
from demo.data import AttemptPlan, QuestionPlan
from demo.questions import answer_key, ends_of, row_key
from demo.readings import Given, Text
from quizzes.certainty import HIGH, LOW, MIDDLE
from quizzes.jobs import close_expired_attempts
from quizzes.operations.attempts import Sent, hand_in, save_answers, start_attempt
from quizzes.operations.grading import HandGrade, grade_response, save_draft
from quizzes.operations.second_tries import try_again
from quizzes.points import parse_points
from quizzes.queries.attempts import get_attempt_for, list_answers, list_own_attempts, lock_answers_for
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.grading import seen_of
from quizzes.queries.items import list_items
from quizzes.question_types import TYPES
from quizzes.question_types.base import AnswerFields
from quizzes.question_types.gaps import Word

SIGNS = {"+": "right", "c": "common", "~": "partly", "o": "other"}
LEFT_OUT = "."
SURE = {"+": HIGH, "c": HIGH, "~": MIDDLE, "o": LOW}
WRITER = "demonstration"
FIRST_MINUTES = timedelta(minutes=5)  # how far an attempt that is still open has come
UNTIL_REREAD = timedelta(minutes=30)
UNTIL_GRADED = timedelta(hours=20)

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Hall:
    """One class sitting the quiz: who, which delivery, and what the signs of a pattern stand for."""

    cast: Cast
    troupe: Troupe
    given: Given
    text: Text
    questions: Sequence[QuestionPlan]
    answers: Answers


def load_attempts(hall: Hall, plans: Sequence[AttemptPlan]) -> None:
    """Make all attempts of a class, in the order in which they were started. They shuffle the same way each time."""
    read = hall.troupe.calendar.moment
    for number, plan in enumerate(sorted(plans, key=lambda plan: read(plan.started))):
        _sit(hall, plan, Random(number))  # noqa: S311 - an order of options, no secret


def _sit(hall: Hall, plan: AttemptPlan, random: Random) -> None:
    user_id = hall.cast.users[plan.student]
    started = hall.troupe.calendar.moment(plan.started)
    with clock.at(started):
        delivery = get_delivery_for(user_id, hall.given.quiz_delivery_id)
        own = list_own_attempts(delivery.id, delivery.enrollment_id)
        attempt_id = start_attempt(delivery, own, clock.now(), random)
    items = {item.number: item.item_id for item in list_items(delivery.quiz_id)}
    finished = started + (timedelta(minutes=plan.minutes) or FIRST_MINUTES)
    with clock.at(finished):
        attempt, answers = lock_answers_for(user_id, attempt_id, list(items.values()))
        sent = [
            Sent(items[number], WRITER, 0, fields, certainty=_certainty(plan, number))
            for number, fields in _given(hall, plan).items()
        ]
        outcome = save_answers(attempt, answers, sent, clock.now())
        if plan.minutes:
            hand_in(attempt, clock.now())
    close_expired_attempts.do(attempt_id)  # as the worker does, whether or not anybody looks
    for number in plan.again:
        with clock.at(finished + UNTIL_REREAD):
            _try_again(hall, user_id, attempt_id, number)
    if plan.points is not None:
        last = items[len(items)]
        response_id = next(row.response_id for row in answers if row.item_id == last)
        seen = seen_of(outcome.saved[last].revision, 0)
        levels = {row_key(at): row_key(level) for at, level in enumerate(plan.levels, 1)} or None
        grade = HandGrade(hall.cast.teacher, parse_points(plan.points), plan.comment, seen, rubric=levels)
        with clock.at(min(finished + UNTIL_GRADED, hall.troupe.calendar.loaded_at)):
            (save_draft if plan.draft else grade_response)(response_id, grade)


def _try_again(hall: Hall, user_id: int, attempt_id: int, number: int) -> None:
    """Answer a question once more, now right."""
    question = hall.questions[number - 1]
    attempt = get_attempt_for(user_id, attempt_id)
    item_id = list_items(attempt.delivery.quiz_id)[number - 1].item_id
    row = next(row for row in list_answers(attempt) if row.item_id == item_id)
    kind = TYPES[row.type]
    fields = _fields(hall, question, hall.answers[question.key]["right"])
    answer = kind.parse_answer(kind.read(row.content), fields)
    if answer is not None:
        try_again(user_id, attempt, row, answer)


def _certainty(plan: AttemptPlan, number: int) -> int:
    """Most are sure of what is right, and of the common misunderstanding; now and then somebody is less so."""
    sign = plan.pattern[number - 1 : number] or "+"
    return max(LOW, SURE[sign] - ((number + plan.minutes) % 3 == 0))


def _given(hall: Hall, plan: AttemptPlan) -> dict[int, AnswerFields]:
    """What the student gave, by the number of the question; nothing for what was left out."""
    given = {
        number: _fields(hall, question, hall.answers[question.key][SIGNS[sign]])
        for number, (question, sign) in enumerate(zip(hall.questions, plan.pattern, strict=False), 1)
        if sign != LEFT_OUT
    }
    return given | ({len(hall.questions): {"answer": [plan.seoul]}} if plan.seoul else {})


def _fields(hall: Hall, question: QuestionPlan, answer: Any) -> AnswerFields:
    """What the question's form would send."""
    match question.type:
        case "matching":
            return {row_key(at): [answer_key(number)] for at, number in enumerate(answer, 1) if number}
        case "ordering":
            return {row_key(number): [str(place)] for place, number in enumerate(answer, 1)}
        case "blanks":
            return {row_key(number): [Word(text, 0).key] for number, text in enumerate(answer, 1) if text}
    if isinstance(answer, dict):
        chosen = {"answer": [row_key(answer["option"])]}
        return chosen | {"evidence": _places(hall, answer["place"])}
    return {"answer": _values(hall, question, answer)}


def _values(hall: Hall, question: QuestionPlan, answer: Any) -> list[str]:
    """The values of the one field of most types."""
    if isinstance(answer, list):
        return [row_key(number) for number in answer]
    return _places(hall, answer) if question.type == "evidence" else [answer]


def _places(hall: Hall, place: str) -> list[str]:
    """The sentences of a place, as boxes in the article send them."""
    sentences = hall.text.sentences
    return [str(sentence_id) for sentence_id in covered(sentences, *ends_of(place, sentences))]
