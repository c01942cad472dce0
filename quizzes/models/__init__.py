"""Quizzes and the questions in them; their delivery to a class; attempts and the answers in them."""

from quizzes.models.attempts import Attempt, Response, ScoreChange
from quizzes.models.quizzes import (
    LAYOUTS,
    RELEASE_MOMENTS,
    WHICH_COUNTS,
    Item,
    Question,
    QuestionSpan,
    QuestionVersion,
    Quiz,
    QuizDelivery,
)
from quizzes.models.tallies import AnswerTally, ItemTally, ScoreTally

__all__ = [
    "LAYOUTS",
    "RELEASE_MOMENTS",
    "WHICH_COUNTS",
    "AnswerTally",
    "Attempt",
    "Item",
    "ItemTally",
    "Question",
    "QuestionSpan",
    "QuestionVersion",
    "Quiz",
    "QuizDelivery",
    "Response",
    "ScoreChange",
    "ScoreTally",
]
