"""An answer as a page sent it, held against the question and the article that the attempt shows."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from articles.queries import list_sentences
from quizzes.attempts import AnswerRow
from quizzes.question_types import TYPES
from quizzes.question_types.base import Answer, AnswerFields, AnswerRefusedError


def given_answer(row: AnswerRow, fields: AnswerFields, article_version_id: int) -> Answer | None:
    """The answer that a form sent to the question of `row`; None when it was left empty.

    Raises AnswerRefusedError, also for a sentence that this version of the article does not have.
    One statement where sentences are pointed at, none once the text is known in this process.
    """
    kind = TYPES[row.type]
    answer = kind.parse_answer(kind.content(row.content), fields)
    if answer and not are_in_article(kind.answer_sentences(answer), article_version_id):
        raise AnswerRefusedError(_("That is not a sentence of this article. Load the page again."))
    return answer


def are_in_article(sentence_ids: Iterable[int], article_version_id: int) -> bool:
    """Whether every sentence can be pointed at in this version: it is there, and not in a heading."""
    wanted = set(sentence_ids)
    if not wanted:
        return True
    found = list_sentences(article_version_id)
    return wanted <= {sentence.id for sentence in found if sentence.block_number is not None}
