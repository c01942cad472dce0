"""What happened, in a sentence or two. Pure: figures in, words out."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from core.text import excerpt
from core.translation import number_in_words
from quizzes.figures import Completion
from results.answers import QuestionResult


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def who_is_in(completion: Completion) -> str:
    """Return how many have handed in: "21 of 24 have handed in."."""
    if not completion.students:
        return _("Nobody has joined this class yet.")
    if not completion.handed_in:
        return _("Nobody has handed in yet.")
    if not completion.missing:
        return _("Everyone has handed in.")
    return ngettext(
        "%(done)s of %(all)s has handed in.",
        "%(done)s of %(all)s have handed in.",
        completion.handed_in,
        done=completion.handed_in,
        all=completion.students,
    )


def what_was_missed(questions: Sequence[QuestionResult]) -> str:
    """Return the misunderstanding that most share, or "" if none stands out."""
    with_miss = [q for q in questions if q.common_miss and (q.facility is None or q.facility < 1)]
    if not with_miss:
        return ""
    hardest = max(with_miss, key=lambda q: (q.common_miss.students if q.common_miss else 0, -q.item.number))
    miss = hardest.common_miss
    assert miss is not None  # noqa: S101 - chosen so
    who = _capital(number_in_words(miss.students))
    if miss.sentence is not None:
        return _(
            "%(who)s pointed at ¶ %(place)s in question %(number)s.",
            who=who, place=miss.sentence.label, number=hardest.item.number,
        )  # fmt: skip
    return _(
        "%(who)s chose “%(words)s” in question %(number)s.",
        who=who, words=excerpt(miss.text, 60), number=hardest.item.number,
    )  # fmt: skip


def _most_chose(question: QuestionResult) -> str:
    most = max(question.rows, key=lambda row: row.students, default=None)
    if most is None or not most.students:
        return _("Nobody has answered yet.")
    return _(
        "A poll: most chose “%(words)s” (%(n)s of %(all)s).",
        words=excerpt(most.text, 70), n=most.students, all=question.figures.responses,
    )  # fmt: skip


def why_hard(question: QuestionResult) -> str:
    """Return the sentence under a question that a teacher can act on."""
    figures, miss = question.figures, question.common_miss
    if not figures.responses:
        return _("Nobody has answered yet.")
    if question.drawn:
        return _("Each attempt was asked one of these. What was answered stands under each.")
    if not question.has_key:
        return _most_chose(question)
    if miss is not None:
        words = _("“%(text)s”", text=excerpt(miss.text, 70)) if miss.sentence is None else f"¶ {miss.sentence.label}"
        right = sum(row.students for row in question.rows if row.right)
        if miss.students > right:
            return _(
                "More chose %(words)s (%(n)s of %(all)s) than anything right: look at the key, or at the passage.",
                words=words, n=miss.students, all=figures.responses,
            )  # fmt: skip
        return _("%(n)s of %(all)s chose %(words)s.", words=words, n=miss.students, all=figures.responses)
    if figures.waiting:
        return ngettext("%(num)s answer waits for you.", "%(num)s answers wait for you.", figures.waiting)
    return _("No wrong answer stands out.")


def misses_in_text(questions: Sequence[QuestionResult]) -> dict[int, str]:
    """Return what to say after the sentences that many pointed at though they are not the answer, by sentence id."""
    missed: dict[int, list[str]] = {}
    for question in questions:
        miss = question.common_miss
        if miss is not None and miss.sentence is not None:
            words = _("%(n)s chose this for question %(number)s", n=miss.students, number=question.item.number)
            missed.setdefault(miss.sentence.id, []).append(words)
    return {sentence_id: "; ".join(words) for sentence_id, words in missed.items()}
