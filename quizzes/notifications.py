"""What quizzes tell students, in words: release rules apply when they are shown or sent; never a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from classroom.notifications import Kind, Reader, Told, Words
from quizzes.operations.telling import RESULTS
from quizzes.queries.news import Rescored, ResultRow, list_rescored_by, list_results

RESCORED = "rescored"
"""A kind of notification, about a decision about scoring; quizzes/jobs.py tells students of it."""
RESULT = "taking.result"


def render_results(reader: Reader, rows: Sequence[Told]) -> Mapping[int, Words]:
    """Put into words what came out about a student's attempts. Two statements."""
    of = {kind: [row.object_id for row in rows if row.kind == kind] for kind in (RESULTS, RESCORED)}
    results = list_results(reader.id, reader.now, of[RESULTS])
    changes = list_rescored_by(reader.id, reader.now, of[RESCORED])
    words: dict[int, Words] = {}
    for row in rows:
        if row.kind == RESULTS and row.object_id in results:
            words[row.id] = _came_out(results[row.object_id])
        elif row.kind == RESCORED and row.object_id in changes:
            words[row.id] = _changed(changes[row.object_id])
    return words


def _came_out(result: ResultRow) -> Words:
    sentence = _("There are results for you in “%(quiz)s”", quiz=result.quiz_title)
    return Words(sentence, RESULT, {"attempt_id": result.attempt_id})


def _changed(change: Rescored) -> Words:
    if change.why:
        sentence = _("Your score in “%(quiz)s” was changed", quiz=change.quiz_title)
    else:
        sentence = _("A change of your score in “%(quiz)s” was taken back", quiz=change.quiz_title)
    return Words(sentence, RESULT, {"attempt_id": change.attempt_id}, detail=change.why, by_staff=True)


KINDS = (Kind(RESULTS, "check", render_results), Kind(RESCORED, "pencil", render_results))
