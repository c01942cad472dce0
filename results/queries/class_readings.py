"""Reads how a class did over its readings: as many statements however many readings and students there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from articles.queries import AssignmentRow
from discussion.queries.turnouts import ReadingTurnout, turnouts_by_reading
from quizzes.queries.tallies import class_scores
from results.class_readings import ClassReadingLine, QuizTurnout
from results.overview import scores_of
from results.queries.classes import count_class, list_deliveries_of_class

NO_POSTS = ReadingTurnout(0, 0)


def read_class_readings(section_id: int, readings: Sequence[AssignmentRow], now: datetime) -> list[ClassReadingLine]:
    """Return the readings, in their order, with how the class did. Seven statements at most.

    For who may see the results of the class, as whom `readings` were found; what was posted is for staff.
    """
    deliveries = list_deliveries_of_class(section_id, now)
    found = class_scores([row.id for row in deliveries], now)
    quizzes: dict[int, list[QuizTurnout]] = defaultdict(list)
    for row in deliveries:
        completion = row.completion(found.handed_in.get(row.id, 0))
        spread = scores_of(found.scores.get(row.id, []), 0)
        quizzes[row.assignment_id].append(QuizTurnout(row.id, row.title, completion, spread))
    wrote, students = turnouts_by_reading(section_id), count_class(section_id)
    lines = []
    for each in readings:
        posts, posters = wrote.get(each.id, NO_POSTS)
        here = tuple(quizzes.get(each.id, ()))
        lines.append(ClassReadingLine(each.id, each.article_title, each.due_at, here, posts, posters, students))
    return lines
