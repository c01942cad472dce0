"""A discussion that a teacher made of the question that split a class, as the results page proposes it."""

from __future__ import annotations

from dataclasses import replace

from articles.queries.assignments import get_assignment_of
from core import clock
from demo.cast import Cast, Troupe
from demo.readings import Given
from quizzes.question_types import TYPES
from results.divided import most_divided_first
from results.queries.choices import read_questions
from results.queries.overview import Asked, load_deliveries
from results.seeding_operations import seed_division

SECTION, PROMPT, MOMENT = "b", "split", "-1d 08:30"


def load_seeded(cast: Cast, troupe: Troupe, given: Given) -> Given:
    """Give the class whose quiz is over its most divisive question to talk about; what it has then."""
    if troupe.key != SECTION:
        return given
    with clock.at(troupe.calendar.moment(MOMENT)):
        now = clock.now()
        reading = get_assignment_of(cast.teacher, given.assignment_id)
        delivery, _here, _others = load_deliveries(cast.teacher, reading, Asked(given.quiz_delivery_id), now)
        if delivery is None:
            return given
        questions = read_questions(reading, delivery, now)
        divided = (each for each in most_divided_first(questions) if TYPES[each.question.item.type].has_key)
        thread = seed_division(cast.teacher, reading, delivery.id, next(divided))
    return replace(given, threads={**given.threads, PROMPT: thread})
