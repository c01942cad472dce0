"""The question types: one line each. Adding a type is a module, a template folder and its line here."""

from typing import Any

from quizzes.question_types.base import QuestionType
from quizzes.question_types.blanks import Blanks
from quizzes.question_types.draw import DRAW, Draw
from quizzes.question_types.evidence import Evidence
from quizzes.question_types.matching import Matching
from quizzes.question_types.multiple_answers import MultipleAnswers
from quizzes.question_types.numeric import Numeric
from quizzes.question_types.open_answer import OpenAnswer
from quizzes.question_types.ordering import Ordering
from quizzes.question_types.poll import Poll
from quizzes.question_types.short_answer import ShortAnswer
from quizzes.question_types.single_choice import SingleChoice
from quizzes.question_types.true_false import TrueFalse


class Types(dict[str, QuestionType[Any]]):
    """The types that authors choose from, by name. The stand-in of a draw is found as well, and is not among them."""

    def __missing__(self, name: str) -> QuestionType[Any]:
        if name == DRAW:
            return _STAND_IN
        raise KeyError(name)


_STAND_IN = Draw()
TYPES: dict[str, QuestionType[Any]] = Types(
    (kind.name, kind)
    for kind in (
        SingleChoice(),
        TrueFalse(),
        MultipleAnswers(),
        ShortAnswer(),
        Numeric(),
        Evidence(),
        OpenAnswer(),
        Matching(),
        Ordering(),
        Blanks(),
        Poll(),
    )
)
