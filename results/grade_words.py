"""How the numbers of a gradebook came about, in sentences. Pure."""

from __future__ import annotations

from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from core.points import POINT, format_points, points_in_words
from quizzes.grading import AVERAGE, FIRST, LAST
from results.grade_cells import (
    BACK,
    COUNTED,
    EXCUSE,
    MISSING,
    NOTHING,
    OVERRIDE,
    QUIZ,
    WAITING,
    Attempted,
    Cell,
    Decision,
    Line,
)
from results.gradebook import CourseGrade, Part


def decision_in_words(decision: Decision) -> str:
    """Return what was decided about a cell."""
    words = {OVERRIDE: _("Other points"), EXCUSE: _("Excused"), BACK: _("Taken back")}
    return str(words[decision.kind])


def points_or_none(points: int | None) -> str:
    """Return points, or that it did not count."""
    return str(_("does not count")) if points is None else format_points(points)


def per_cent(share: Fraction | None) -> str:
    """Return a share as a percentage, two places at most, half up: "83.33 %"; "–" where nothing counts."""
    return "–" if share is None else f"{format_points(share * 100 * POINT)} %"


def part_name(part: Part) -> str:
    """Return what a part of the total is called."""
    return part.category.name if part.category else str(_("Without a category"))


def cell_in_words(cell: Cell, *, for_staff: bool = True) -> list[str]:
    """Return how a cell came about, sentence by sentence; what staff decided comes last.

    Students are not told points of an attempt that waits to be read, nor what would count without the decision.
    """
    made = _quiz(cell, for_staff=for_staff) if cell.column.kind == QUIZ else _talk(cell)
    return [*made, *_decided(cell, for_staff=for_staff)]


def _quiz(cell: Cell, *, for_staff: bool) -> list[str]:
    plain = cell.plain or cell
    if plain.state == MISSING:
        return [str(_("Nothing was handed in, and it is closed: 0 of %(all)s.", all=points_in_words(plain.possible)))]
    done = [each for each in cell.attempts if each.is_handed_in]
    if not done:
        started = bool(cell.attempts)
        said = [str(_("Started, not handed in.") if started else _("Not handed in, and it can still be."))]
        if for_staff and not started and cell.column.closes_at is None:
            said.append(str(_("It has no closing date, so it never counts 0 by itself: the total leaves it out.")))
        return said
    said = [_which(cell, len(done))]
    if for_staff or plain.state != WAITING:
        said += [_attempt(each, cell) for each in ([cell.counting] if cell.counting else done)]
    if plain.state == WAITING:
        said.append(str(_("Answers wait to be read: it does not count in the total until they are.")))
    if plain.state == NOTHING:
        said.append(str(_("It is worth no points, so it does not count.")))
    return said


def _which(cell: Cell, done: int) -> str:
    if done == 1:
        return str(_("One attempt was handed in."))
    rule = {
        FIRST: _("the first counts."),
        LAST: _("the last counts."),
        AVERAGE: _("their average counts."),
    }.get(cell.column.which_counts, _("the best counts."))
    return str(_("%(n)s attempts were handed in; %(rule)s", n=done, rule=rule))


def _attempt(each: Attempted, cell: Cell) -> str:
    said = {"n": each.number, "points": format_points(each.points), "all": points_in_words(each.max_points)}
    words = str(_("Attempt %(n)s: %(points)s of %(all)s.", **said))
    if not each.is_late:
        return words
    late = {"percent": cell.column.late_credit_percent, "points": points_in_words(each.credited)}
    return words + " " + str(_("It came late: %(percent)s %% of it counts, %(points)s.", **late))


def _talk(cell: Cell) -> list[str]:
    plain = cell.plain or cell
    if plain.state == COUNTED:
        counted = {"points": format_points(plain.earned), "all": points_in_words(plain.possible)}
        return [str(_("What the discussion asks for, as far as its time is over: %(points)s of %(all)s.", **counted))]
    if plain.state == NOTHING:
        return [str(_("Nothing was asked for, so it does not count."))]
    return [str(_("There is still time for what the discussion asks for."))]


def _decided(cell: Cell, *, for_staff: bool) -> list[str]:
    decision = cell.ruled
    if decision is None:
        return []
    if decision.kind == EXCUSE:
        said = str(_("Excused by %(name)s: it does not count.", name=decision.by_name))
    else:
        points = points_in_words(decision.points or 0)
        said = str(_("Set to %(points)s by %(name)s.", points=points, name=decision.by_name))
    if for_staff and cell.plain and cell.plain.counts:
        said += " " + str(_("Otherwise it would be %(points)s.", points=points_in_words(cell.plain.earned)))
    return [said, str(_("Why: %(why)s", why=decision.why))]


def part_in_words(part: Part) -> str:
    """Return what a part of the total came to."""
    said = {"points": format_points(part.earned), "all": points_in_words(part.possible), "share": per_cent(part.share)}
    words = str(_("%(points)s of %(all)s is %(share)s.", **said))
    if part.dropped:
        words += " " + str(ngettext("The lowest is left out.", "The lowest %(num)s are left out.", len(part.dropped)))
    return words


def total_in_words(grade: CourseGrade) -> str:
    """Return the calculation of the total."""
    if not grade.parts:
        return str(_("Nothing counts yet."))
    if grade.share is None:
        return str(_("What counts so far weighs nothing, so there is no total yet."))
    if len(grade.parts) == 1:
        return str(_("The total is %(share)s.", share=per_cent(grade.share)))
    terms = " + ".join(f"{per_cent(part.weight)} × {per_cent(part.share)}" for part in grade.parts)
    return f"{terms} = {per_cent(grade.share)}"


def shown(cell: Cell) -> str:
    """Return a cell's number as a table shows it; "" where there is none."""
    return format_points(cell.earned) if cell.state in (COUNTED, MISSING) else ""


def look(cell: Cell) -> str:
    """Return what a cell looks like: open, nothing, waiting or excused have no number; "" is a number and no more.

    Beside a number: set (by hand), missing or late.
    """
    if cell.state not in (COUNTED, MISSING):
        return cell.state
    if cell.ruled:
        return "set"
    if cell.state == MISSING:
        return MISSING
    return "late" if cell.counting and cell.counting.is_late else ""


def unfinished(line: Line) -> str:
    """Return what keeps a total from being final; "" for nothing."""
    if not line.waiting:
        return ""
    return str(
        ngettext(
            "Not final: the answers to one quiz wait to be read.",
            "Not final: the answers to %(num)s quizzes wait to be read.",
            line.waiting,
        )
    )
