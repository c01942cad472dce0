"""What a teacher can do about a figure, in a sentence beside it. Pure: figures in, words out."""

from __future__ import annotations

from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from core.points import Points, format_points
from core.text import excerpt
from quizzes.statistics import QuizStatistics
from results.item_analysis import ENOUGH_TO_TELL_APART, UPPER, Drawn, ItemAnalysis

EASY, HARD = Fraction(95, 100), Fraction(30, 100)
WEAK = 20
"""A discrimination index below this tells little (Ebel, "Essentials of Educational Measurement", 1972)."""
LEFT_OUT = Fraction(1, 5)
FEW_AT_THE_TOP = 3
MOST_OF_IT = 0.85


def name_of(drawn: Drawn) -> str:
    """Return how a sentence calls an answer: its letter, its place in the article, or its words."""
    if drawn.row.sentence is not None:
        return f"¶ {drawn.row.sentence.label}"
    return drawn.row.letter or _("“%(text)s”", text=excerpt(drawn.row.text, 40))


def about_item(found: ItemAnalysis) -> list[str]:
    """Return what stands out about an item, the most urgent first, two sentences at most."""
    if found.figures is None:
        return [_("A poll: no answer is right, so there is nothing to measure.")]
    if not found.figures.n:
        return [_("No attempt here holds this question.")]
    about = (_key(found), _direction(found), _level(found), _miss(found), _gaps(found), _idle(found))
    return [words for words in about if words][:2] or [_("Nothing stands out: keep it.")]


def _key(found: ItemAnalysis) -> str:
    top = found.thirds[UPPER]
    wrong = [drawn for drawn in found.drawn if drawn.row.right is False]
    most = max(wrong, key=lambda drawn: drawn.thirds[UPPER], default=None)
    if most is None or top < FEW_AT_THE_TOP or 2 * most.thirds[UPPER] <= top:
        return ""
    return _("%(n)s of your %(top)s top scorers chose %(answer)s: check the key.",
             n=most.thirds[UPPER], top=top, answer=name_of(most))  # fmt: skip


def _direction(found: ItemAnalysis) -> str:
    index = found.discrimination
    if index is None or index >= WEAK:
        return ""
    if index < 0:
        return _("Who did well on the rest did worse here: read the question as a student would, then the key.")
    if found.figures and found.figures.facility is not None and found.figures.facility >= EASY:
        return ""
    return _("It hardly tells who did well on the rest from who did not: is it about something else?")


def _miss(found: ItemAnalysis) -> str:
    """The wrong answer that most gave, and how these did elsewhere beside those who were right."""
    miss = next((drawn for drawn in found.drawn if drawn.row.is_common_miss), None)
    if miss is None or miss.mean_rest is None:
        return ""
    right = [drawn for drawn in found.drawn if drawn.row.right and drawn.mean_rest is not None]
    words = {"n": miss.n, "all": sum(found.thirds), "answer": name_of(miss)}
    if len(right) != 1 or right[0].mean_rest is None:
        return _("%(n)s of %(all)s chose %(answer)s: take it up in class.", **words)
    words |= {"theirs": format_points(miss.mean_rest), "others": format_points(right[0].mean_rest)}
    if right[0].mean_rest <= miss.mean_rest:
        return _(
            "%(n)s of %(all)s chose %(answer)s and had %(theirs)s points elsewhere, "
            "those who were right only %(others)s: check the key.",
            **words,
        )
    return _(
        "%(n)s of %(all)s chose %(answer)s (%(theirs)s points elsewhere; those who were right %(others)s): "
        "take it up in class.",
        **words,
    )


def _level(found: ItemAnalysis) -> str:
    facility = found.figures.facility if found.figures else None
    if facility is None:
        return ""
    if facility >= EASY:
        return _("Nearly everyone had it: a good start, and no more to find out with it.")
    if facility <= HARD:
        return _("Hard for nearly everyone: read the passage together before you go on.")
    return ""


def _gaps(found: ItemAnalysis) -> str:
    missing = found.left_out
    if missing is None or missing.share < LEFT_OUT:
        return ""
    return ngettext("%(num)s left it out: was there time?", "%(num)s left it out: was there time?", missing.n)


def _idle(found: ItemAnalysis) -> str:
    idle = [drawn for drawn in found.drawn if drawn.row.right is False and drawn.row.letter and not drawn.n]
    if not idle or not found.tells_apart:
        return ""
    letters = ", ".join(drawn.row.letter for drawn in idle)
    return ngettext("Nobody chose %(letters)s: an option that tempts nobody can go, or be made better.",
                    "Nobody chose %(letters)s: options that tempt nobody can go, or be made better.",
                    len(idle), letters=letters)  # fmt: skip


def why_hidden(n: int) -> str:
    """Return why discrimination is not shown."""
    return _("Shown from %(least)s attempts on; with %(n)s it would be chance.", least=ENOUGH_TO_TELL_APART, n=n)


def about_mean(found: QuizStatistics, maximum: Points) -> str:
    """Return what the mean score says of the class."""
    if not found.mean or not maximum:
        return ""
    whole = format_points(maximum)
    if found.mean >= MOST_OF_IT * maximum:
        return _("Of %(all)s points: the class has it, go on.", all=whole)
    if 2 * found.mean < maximum:
        return _("Of %(all)s points: less than half. Read the hardest passages together before you go on.", all=whole)
    return _("Of %(all)s points: take up the first questions above.", all=whole)


def about_middle(found: QuizStatistics) -> str:
    """Return what the middle score says beside the mean."""
    if found.mean is None or found.median is None or not found.sd:
        return _("Half of the attempts have at least this.")
    if 4 * (found.median - found.mean) > found.sd:
        return _("Half of the attempts have at least this: a truer word about the class than the mean.")
    if 4 * (found.mean - found.median) > found.sd:
        return _("Half of the attempts have no more than this, whatever the mean says.")
    return _("Half of the attempts have at least this; it agrees with the mean.")


def about_deviation(found: QuizStatistics, maximum: Points) -> str:
    """Return what the standard deviation says."""
    if found.sd is None or not maximum:
        return ""
    if 10 * found.sd < maximum:
        return _("Scores lie close together: what one needs, most need.")
    if 4 * found.sd > maximum:
        return _("Scores lie far apart: see who needs you before you go on.")
    return _("How far a typical attempt lies from the mean, in points.")


def about_spread(found: QuizStatistics) -> str:
    """Return what the skewness says."""
    if found.skewness is None:
        return _("Needs three attempts that differ.")
    if found.skewness < -0.5:
        return _("A few low scores pull the mean down: see who needs you.")
    if found.skewness > 0.5:
        return _("A few high scores pull the mean up: the quiz was hard for most.")
    return _("Scores lie about evenly on both sides of the mean.")


def about_tails(found: QuizStatistics) -> str:
    """Return what the kurtosis says."""
    if found.kurtosis is None:
        return _("Needs four attempts that differ.")
    if found.kurtosis < -1:
        return _("Scores lie flat or in two groups: look at the spread before you speak of a typical student.")
    if found.kurtosis > 1:
        return _("Most scores are close together, a few far out: look at those few.")
    return _("No more and no fewer far-out scores than one would expect.")


def about_consistency(found: QuizStatistics, *, is_complete: bool) -> str:
    """Return what the internal consistency says."""
    if not is_complete:
        return _("Not defined: students saw different questions.")
    if found.alpha is None:
        return _("Needs two questions, three attempts, and totals that differ.")
    if found.alpha < 0:
        return _("The questions run against each other: start with those whose discrimination is below 0.")
    if found.alpha < 50:
        return _("The questions ask for different things, or there are few of them: rank nobody by this score.")
    if found.alpha < 70:
        return _("Good enough to see where the class stands, not for a grade on its own.")
    return _("The questions pull together: a score says much about the reader.")


def about_error_ratio(found: QuizStatistics) -> str:
    """Return what the error ratio says."""
    if found.error_ratio is None:
        return _("Follows from internal consistency.")
    if found.error_ratio > 70:
        return _("Most of the spread is chance rather than reading: ask more before you compare students.")
    return _("The part of the spread that is chance rather than reading; more questions make it smaller.")


def about_error(found: QuizStatistics) -> str:
    """Return what the standard error says."""
    if found.standard_error is None:
        return _("Follows from internal consistency.")
    points = format_points(Fraction(found.standard_error))
    return _("Read a score as give or take %(points)s: two scores closer than that may be the same.", points=points)
