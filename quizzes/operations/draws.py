"""Draws in a quiz: each is an item whose question stands in for the one that an attempt will ask."""

from __future__ import annotations

from core.points import Points
from quizzes.operations.imports import add_questions
from quizzes.question_types.draw import DRAW, DrawContent
from quizzes.questions import QuestionDraft, QuestionWords


def add_draws(quiz_id: int, author_id: int, tag: str, drawn: tuple[int, Points, QuestionWords]) -> None:
    """Add draws from a tag at the end of a quiz: how many, what each is worth, and what they are called.

    Raises as add_questions does.
    """
    many, points, words = drawn
    draft = QuestionDraft(DRAW, words, DrawContent(tag), points)
    add_questions(quiz_id, author_id, [draft] * many)
