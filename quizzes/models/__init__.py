"""Quizzes and the questions in them; their delivery to a class; attempts and the answers in them."""

from quizzes.models.attempts import (
    REGRADE_POLICIES,
    Attempt,
    GradeDraft,
    Regrade,
    Response,
    ScoreChange,
    SecondTry,
)
from quizzes.models.bank import BankShare, QuestionTag
from quizzes.models.quizzes import (
    CERTAINTY_USES,
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
from quizzes.models.tallies import NO_EVIDENCE, AnswerTally, ScoreTally

__all__ = [
    "CERTAINTY_USES",
    "LAYOUTS",
    "NO_EVIDENCE",
    "REGRADE_POLICIES",
    "RELEASE_MOMENTS",
    "WHICH_COUNTS",
    "AnswerTally",
    "Attempt",
    "BankShare",
    "GradeDraft",
    "Item",
    "Question",
    "QuestionSpan",
    "QuestionTag",
    "QuestionVersion",
    "Quiz",
    "QuizDelivery",
    "Regrade",
    "Response",
    "ScoreChange",
    "ScoreTally",
    "SecondTry",
]
