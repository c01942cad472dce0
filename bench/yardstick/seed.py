"""The yardstick's data: ten questions answered by 30, 300 and 3,000 students, and a thread of 200 comments."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy import Connection, insert

from bench.sizes import COMMENT, COMMENTS, OPTION, QUESTIONS, STEM, WEIGHTS, parents
from bench.yardstick.schema import attempts, comments, connect, metadata, questions, responses

WRITTEN_QUIZ = 1  # the quiz that the measured attempts go to
THREAD = 1


def seed(url: str, sizes: tuple[int, ...]) -> dict[int, int]:
    """Fill an empty database; returns the quiz's id for each number of students."""
    engine = connect(url)
    metadata.create_all(engine)
    quizzes = {size: WRITTEN_QUIZ + number for number, size in enumerate(sizes, 1)}
    with engine.begin() as connection:
        for quiz in (WRITTEN_QUIZ, *quizzes.values()):
            _add_questions(connection, quiz)
        for size, quiz in quizzes.items():
            _add_attempts(connection, quiz, size)
        _add_thread(connection)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SELECT setval('comments_id_seq', (SELECT max(id) FROM comments))")
            connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()
    return quizzes


def _add_questions(connection: Connection, quiz: int) -> None:
    options = [OPTION.format(number=number) for number in range(1, 5)]
    rows = [
        {"quiz_id": quiz, "position": number, "stem": STEM.format(number=number), "options": options}
        for number in range(1, QUESTIONS + 1)
    ]
    connection.execute(insert(questions), rows)


def _add_attempts(connection: Connection, quiz: int, size: int) -> None:
    chance = random.Random(size)
    made: list[dict[str, Any]] = []
    given: list[dict[str, Any]] = []
    for student in range(1, size + 1):
        name = f"Student {student}"
        chosen = chance.choices(range(len(WEIGHTS)), WEIGHTS, k=QUESTIONS)
        made.append({"quiz_id": quiz, "student": name, "points": chosen.count(0), "answers": ""})
        given += [
            {"quiz_id": quiz, "question_id": number, "student": name, "chosen": choice, "points": int(choice == 0)}
            for number, choice in enumerate(chosen, 1)
        ]
    connection.execute(insert(attempts), made)
    connection.execute(insert(responses), given)


def _add_thread(connection: Connection) -> None:
    rows = [
        {
            "id": number,
            "thread_id": THREAD,
            "parent_id": parent,
            "author": f"Student {number % 30}",
            "body": COMMENT.format(number=number),
        }
        for number, parent in enumerate(parents(), 1)
    ]
    assert len(rows) == COMMENTS
    connection.execute(insert(comments), rows)
