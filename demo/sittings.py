"""Attempts at the quiz: started, answered, handed in and graded as students and their instructor do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from articles.spans import covered
from core import clock
from core.points import parse_points
from demo.cast import Cast, Troupe
from demo.data import AttemptPlan, QuestionPlan
from demo.questions import answer_key, ends_of, row_key
from demo.readings import Text
from quizzes.attempts import AnswerRow
from quizzes.certainty import HIGH, LOW, MIDDLE
from quizzes.jobs import close_expired_attempts
from quizzes.operations.attempts import Sent, hand_in, save_answers, start_attempt
from quizzes.operations.grading import HandGrade, grade_response, save_draft
from quizzes.operations.second_tries import try_again
from quizzes.queries.attempts import get_attempt_for, list_answers, list_own_attempts, lock_answers_for
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.grading import seen_of
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
    """One class sitting a quiz: who, which delivery, what may be asked, and what the signs of a pattern stand for."""

    cast: Cast
    troupe: Troupe
    delivery_id: int
    text: Text
    questions: Sequence[QuestionPlan]
    answers: Answers

    def plan_of(self, row: AnswerRow) -> QuestionPlan:
        """What is planned for the question that an attempt asks."""
        return next(question for question in self.questions if question.stem == row.stem)


def load_attempts(hall: Hall, plans: Sequence[AttemptPlan]) -> None:
    """Make all attempts of a class, in the order in which they were started. They shuffle the same way each time."""
    read = hall.troupe.calendar.moment
    for number, plan in enumerate(sorted(plans, key=lambda plan: read(plan.started))):
        _sit(hall, plan, Random(number))  # noqa: S311 - an order of options, no secret


def _sit(hall: Hall, plan: AttemptPlan, random: Random) -> None:
    user_id = hall.cast.users[plan.student]
    started = hall.troupe.calendar.moment(plan.started)
    with clock.at(started):
        delivery = get_delivery_for(user_id, hall.delivery_id)
        own = list_own_attempts(delivery.id, delivery.enrollment_id)
        attempt_id = start_attempt(delivery, own, clock.now(), random)
    finished = started + (timedelta(minutes=plan.minutes) or FIRST_MINUTES)
    with clock.at(finished):
        items = [placed["item"] for placed in get_attempt_for(user_id, attempt_id).layout]
        attempt, rows = lock_answers_for(user_id, attempt_id, items)
        sent = [
            Sent(row.item_id, WRITER, 0, fields, certainty=_certainty(plan, row.number))
            for row in rows
            if (fields := _given(hall, plan, row)) is not None
        ]
        outcome = save_answers(attempt, rows, sent, clock.now())
        if plan.minutes:
            hand_in(attempt, clock.now())
    close_expired_attempts.do(attempt_id)  # as the worker does, whether or not anybody looks
    for number in plan.again:
        with clock.at(finished + UNTIL_REREAD):
            _try_again(hall, user_id, attempt_id, number)
    if plan.points is not None:
        response = next(row for row in rows if TYPES[row.type].needs_person)
        with clock.at(min(finished + UNTIL_GRADED, hall.troupe.calendar.loaded_at)):
            _grade(hall, plan, response, outcome.saved[response.item_id].revision)


def _grade(hall: Hall, plan: AttemptPlan, response: AnswerRow, revision: int) -> None:
    levels = {row_key(at): row_key(level) for at, level in enumerate(plan.levels, 1)} or None
    seen = seen_of(revision, 0)
    grade = HandGrade(hall.cast.teacher, parse_points(plan.points or "0"), plan.comment, seen, rubric=levels)
    (save_draft if plan.draft else grade_response)(response.response_id, grade)


def _try_again(hall: Hall, user_id: int, attempt_id: int, number: int) -> None:
    """Answer a question once more, now right."""
    attempt = get_attempt_for(user_id, attempt_id)
    row = list_answers(attempt)[number - 1]
    question = hall.plan_of(row)
    kind = TYPES[row.type]
    fields = _fields(hall, question, hall.answers[question.key]["right"])
    answer = kind.parse_answer(kind.read(row.content), fields)
    if answer is not None:
        try_again(user_id, attempt, row, answer)


def _certainty(plan: AttemptPlan, number: int) -> int:
    """Most are sure of what is right, and of the common misunderstanding; now and then somebody is less so."""
    sign = plan.pattern[number - 1 : number] or "+"
    return max(LOW, SURE[sign] - ((number + plan.minutes) % 3 == 0))


def _given(hall: Hall, plan: AttemptPlan, row: AnswerRow) -> AnswerFields | None:
    """What the student gave to a question; None for what was left out."""
    if TYPES[row.type].needs_person:
        return {"answer": [plan.seoul]} if plan.seoul else None
    question, sign = hall.plan_of(row), plan.pattern[row.number - 1]
    return None if sign == LEFT_OUT else _fields(hall, question, hall.answers[question.key][SIGNS[sign]])


def _fields(hall: Hall, question: QuestionPlan, answer: Any) -> AnswerFields:
    """What the question's form would send."""
    match question.type:
        case "matching":
            return {row_key(at): [answer_key(number)] for at, number in enumerate(answer, 1) if number}
        case "ordering":
            return {row_key(number): [str(place)] for place, number in enumerate(answer, 1)}
        case "blanks":
            words = enumerate(zip(answer, question.content["gaps"], strict=True), 1)
            is_bank = question.content["bank"]
            return {
                row_key(number): [Word(text, 0).key if is_bank or gap["wrong"] else text]
                for number, (text, gap) in words
                if text
            }
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
