"""Who was right for the right reason: answer by evidence, for questions that ask for both. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from core.points import FRACTION_ONE
from core.translation import number_in_words
from quizzes.figures import ItemFigures
from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from quizzes.question_types.evidence_part import TwoByTwo, choice_of_key, part_of, two_by_two


@dataclass(frozen=True)
class EvidenceTable:
    """The four counts, and a sentence a teacher can act on."""

    counts: TwoByTwo
    in_words: str


def evidence_table(item: ItemRow, figures: ItemFigures) -> EvidenceTable | None:
    """The 2 x 2 of a question with an evidence part; None for others, and while nobody has answered."""
    kind = TYPES[item.type]
    content = kind.read(item.content)
    answered = {at: n for at, n in figures.evidence.items() if n > 0}
    if part_of(content) is None or not answered:
        return None
    keys = {key for key, _level in answered if key}
    right = frozenset(key for key in keys if kind.grade(content, choice_of_key(key)) == FRACTION_ONE)
    counts = two_by_two(answered, right)
    return EvidenceTable(counts, in_words(counts))


def in_words(counts: TwoByTwo) -> str:
    """What to do about the larger of the two groups in which answer and evidence disagree."""
    if counts.answer_only and counts.answer_only >= counts.evidence_only:
        said = ngettext(
            "%(n)s chose the right answer for the wrong reason: ask where the article says so.",
            "%(n)s chose the right answer for the wrong reason: ask them where the article says so.",
            counts.answer_only,
            n=number_in_words(counts.answer_only).capitalize(),
        )
    elif counts.evidence_only:
        said = ngettext(
            "%(n)s found the passage and still missed the answer: talk about what the passage means.",
            "%(n)s found the passage and still missed the answer: talk about what the passage means.",
            counts.evidence_only,
            n=number_in_words(counts.evidence_only).capitalize(),
        )
    elif counts.both:
        said = _("Whoever had the answer also found the passage.")
    else:
        said = _("Nobody has the answer or the passage yet: read it together.")
    return str(said)
