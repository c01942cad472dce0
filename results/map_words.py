"""What a map of the article says in words: its layers, its one sentence, its legend. Pure."""

from __future__ import annotations

from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from articles.queries import SentenceRow
from results.maps import CONFUSION, EVIDENCE, MISSED, QUESTIONS, Layer, Spot


def layer_names() -> dict[str, str]:
    """Return how the layers are called."""
    return {
        MISSED: _("Points lost"),
        EVIDENCE: _("Evidence cited"),
        CONFUSION: _("Confusion"),
        QUESTIONS: _("Open questions"),
    }


def explained(name: str) -> str:
    """Return what a layer's shades and numbers are of."""
    return {
        MISSED: _("Of the points of the questions that test a place, the share that the class lost."),
        EVIDENCE: _("Of the answers that point at the article, the share that points at a place."),
        CONFUSION: _("Of the students of the class, the share that marked a sentence with “I am confused here”."),
        QUESTIONS: _("Questions in the margin, and notes to staff, that nobody has answered yet."),
    }[name]


def legend(name: str) -> list[str]:
    """Return what each of the four levels means, lightest first."""
    if name == QUESTIONS:
        return ["1", "2", "3", _("4 or more")]
    return [_("under 10 %"), _("10 to 19"), _("20 to 34"), _("35 or more")]


def nothing_here(name: str) -> str:
    """Return what stands beside a paragraph of which a layer has nothing to say."""
    return {
        MISSED: _("Not in the quiz"),
        EVIDENCE: _("Not cited"),
        CONFUSION: _("Not marked"),
        QUESTIONS: _("No open question"),
    }[name]


def column_name(name: str) -> str:
    """Return the heading of a layer's numbers in the table."""
    return {
        MISSED: _("Points lost"),
        EVIDENCE: _("Answers"),
        CONFUSION: _("Students"),
        QUESTIONS: _("Questions"),
    }[name]


def base_of(layer: Layer) -> str:
    """Return how much the map is of: "n = 19 answers"."""
    return {
        MISSED: ngettext("n = %(num)s answer to a question", "n = %(num)s answers to a question", layer.n),
        EVIDENCE: ngettext("n = %(num)s answer that points", "n = %(num)s answers that point", layer.n),
        CONFUSION: ngettext("n = %(num)s student", "n = %(num)s students", layer.n),
        QUESTIONS: ngettext("n = %(num)s question", "n = %(num)s questions", layer.n),
    }[layer.name]


def in_a_sentence(layer: Layer, sentences: dict[int, SentenceRow]) -> str:
    """Return where the layer says most, or that it says nothing."""
    if layer.name == MISSED:
        return _where_lost(layer)
    said = [(spot, sentences[at]) for at, spot in layer.sentences.items() if at in sentences and spot.count]
    if not said:
        return {
            EVIDENCE: _("Nobody has pointed at the article yet."),
            CONFUSION: _("Nobody has marked a sentence yet."),
            QUESTIONS: _("No question waits for an answer."),
        }[layer.name]
    spot, sentence = min(said, key=lambda pair: (-pair[0].count, pair[1].position))
    given = {"place": sentence.label or _("a heading"), "n": spot.count, "all": layer.n}
    if layer.name == EVIDENCE:
        return _("Most cited is ¶ %(place)s: %(n)s of %(all)s answers point there.", **given)
    if layer.name == CONFUSION:
        return _("Hardest is ¶ %(place)s: %(n)s of %(all)s students marked it.", **given)
    return ngettext(
        "One question waits, at ¶ %(place)s.", "%(num)s questions wait; most at ¶ %(place)s.", layer.n, **given
    )


def _where_lost(layer: Layer) -> str:
    said = [(spot.share, -number) for number, spot in layer.paragraphs.items() if spot.share]
    if not said:
        return _("No points were lost on a passage yet.")
    share, number = max(said)
    return _("Most was lost at ¶ %(n)s: %(share)s of the points.", n=-number, share=percent(share))


def percent(share: Fraction | float | None) -> str:
    """Print a share from 0 to 1 as a whole percentage, half up: "57 %"; nothing for None."""
    return "" if share is None else f"{int(Fraction(share) * 100 + Fraction(1, 2))} %"


def figure_of(layer: str, spot: Spot) -> str:
    """Return the number that stands for a spot: a share of points, "10 of 18", or a count."""
    if layer == MISSED:
        return percent(spot.share)
    if layer == QUESTIONS or not spot.n:
        return str(spot.count) if spot.count else ""
    return _("%(n)s of %(all)s", n=spot.count, all=spot.n) if spot.count else ""
