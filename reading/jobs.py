"""What classes are told about readings and quizzes although nobody opens a page."""

from __future__ import annotations

from articles.queries.opened import of_new_readings, of_readings_due
from classroom.fan_outs import fan_out
from reading.notifications import NEW_QUIZ, NEW_READING, READING_DUE
from reading.queries.opened import of_new_quizzes

TASKS = (
    fan_out("worker: readings that classes were told of: {n}", NEW_READING, of_new_readings),
    fan_out("worker: quizzes that classes were told of: {n}", NEW_QUIZ, of_new_quizzes),
    fan_out("worker: readings that classes were reminded of: {n}", READING_DUE, of_readings_due),
)
