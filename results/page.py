"""What the page of a class's results says in words, ready for its template. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from results.answers import QuestionResult
from results.headline import what_was_missed, who_is_in
from results.overview import FEW
from results.queries.overview import ClassResults

HARD = 2
"""How many questions the page names as those that lost the most points."""


@dataclass(frozen=True)
class Head:
    """The opening of the page: sentences, the questions that lost most, the histogram's bins and their words."""

    who: str
    missed: str
    hardest: list[QuestionResult]
    paragraph: int | None
    bins: list[tuple[str, int]]
    bins_in_words: str
    middle_bin: int | None


def head_of(page: ClassResults) -> Head:
    """Return what the page opens with."""
    few = page.completion.handed_in < FEW
    lost = [q for q in page.questions if q.has_key and q.lost > 0] if not few else []
    bins = page.scores.bins
    words = "; ".join(_("%(n)s at %(label)s", n=b.students, label=b.label) for b in bins if b.students)
    middle = next((at for at, b in enumerate(bins) if b.is_middle), None)
    hardest = sorted(lost, key=lambda q: (-q.lost, q.item.number))[:HARD]
    return Head(
        who=_who(page),
        missed="" if few else what_was_missed(page.questions),
        hardest=hardest,
        paragraph=_paragraph(page, hardest[0]) if hardest else None,
        bins=[(b.label, b.students) for b in bins],
        bins_in_words=words,
        middle_bin=middle,
    )


def _who(page: ClassResults) -> str:
    words, label = who_is_in(page.completion), page.asked.label
    if label is None:
        return words
    if not page.completion.students:
        return _("Nobody has the label %(label)s.", label=label.name)
    return _("%(label)s: %(words)s", label=label.name, words=words)


def _paragraph(page: ClassResults, question: QuestionResult) -> int | None:
    firsts = [first for first, _last in question.spans[:1]]
    return next((s.block_number for s in page.text.sentences if s.id in firsts), None)
