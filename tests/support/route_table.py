"""Who may do what at each address: endpoint → who may; a line for one method alone names it first.

A route that is missing here fails the test beside it.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.support.people import People
from tests.support.reading import Reading
from tests.support.route_access import Access
from tests.support.routes_articles import ARTICLES
from tests.support.routes_discussion import DISCUSSION
from tests.support.routes_people import PEOPLE
from tests.support.routes_quizzes import QUIZZES
from tests.support.routes_results import RESULTS

# What `<…>` in an address stands for, when its name says what it is.
VALUES: dict[str, Callable[[People, Reading], object]] = {
    "section_id": lambda people, _: people.section,
    "article_id": lambda _, reading: reading.article,
    "version_id": lambda _, reading: reading.version,
    "assignment_id": lambda _, reading: reading.assignment,
    "delivery_id": lambda _, reading: reading.quiz_delivery,
    "quiz_id": lambda _, reading: reading.quiz,
    "item_id": lambda _, reading: reading.items[0],
    "attempt_id": lambda _, reading: reading.attempt,
    "response_id": lambda _, reading: reading.response,
    "prompt_id": lambda _, reading: reading.prompt,
    "comment_id": lambda _, reading: reading.comment,
    "n": lambda _people, _reading: 1,
    "kind": lambda _people, _reading: "csv",
    "number": lambda _people, _reading: 1,
}

ROUTES: dict[str, Access] = {**PEOPLE, **ARTICLES, **QUIZZES, **DISCUSSION, **RESULTS}
