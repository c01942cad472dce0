"""A class's results on a reading's quiz, for those who teach it."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from articles.queries import list_blocks, sentences_of
from core import clock
from core.memory import recall
from core.table_files import send_table
from core.text import rendered
from core.web import is_fragment_request
from quizzes.certainty import COUNTED, LEVEL_WORDS
from quizzes.queries.histories import list_history
from quizzes.queries.items import list_anchors, list_items
from quizzes.queries.second_tries import list_second_tries
from results import map_words
from results.chances import class_share, difference_in_words
from results.export import about_items, matrix_table
from results.headline import why_hard
from results.map_words import percent
from results.matrix import certainty_column
from results.overview import FEW
from results.page import head_of
from results.permissions import may_regrade, may_see_names
from results.queries.attempts import get_response_for, get_student_for
from results.queries.overview import ClassReading, class_results, read_class
from results.queries.students import PAGE, WHOLE_CLASS, Stretch, every_student, list_cells, list_students
from results.response import describe_response, describe_second
from results.student_table import MISSING, state_asked, table_lines, those_in
from results.views.asked import get_delivery, get_named_reading, get_reading, read_asked, which_attempts
from results.views.reminders import reminder_for
from results.which import DEFAULT, RULES, explained, in_address, in_words

blueprint = Blueprint("results", __name__)
EVERY_LINE = Stretch(WHOLE_CLASS, with_posts=True)
blueprint.add_app_template_filter(percent)


@blueprint.app_template_filter("as_float")
def as_float(share: Fraction | None) -> float | None:
    """Return a share as the charts take it."""
    return None if share is None else float(share)


blueprint.context_processor(which_attempts)


@blueprint.get("/readings/<int:assignment_id>/results")
def index(assignment_id: int) -> ResponseReturnValue:
    """The class at a glance."""
    reading = get_reading(assignment_id)
    now = clock.now()
    read = read_class(current_user.id, reading, read_asked(reading), now)
    if read is None:
        return render_template("results/none.html", reading=reading)
    names = may_see_names(reading)
    listed = names and read.delivery.students <= PAGE
    students = list_students(read.delivery, now, read.asked.meant, EVERY_LINE) if listed else []
    return render_template(
        "results/_live.html" if is_fragment_request() else "results/index.html",
        reading=reading,
        delivery=read.delivery,
        names=names,
        overview=_overview(read, names),
        listed=listed,
        lines=partial(table_lines, students) if listed else None,
        reminder=reminder_for(reading, read.delivery, read.missing) if names else None,
    )


def _overview(read: ClassReading, names: bool) -> str:
    """The page's sections on the class, made anew only when a figure has changed."""

    def make() -> str:
        page = class_results(read)
        return rendered(
            render_template(
                "results/_overview.html",
                reading=read.reading,
                page=page,
                asked=page.asked,
                names=names,
                regrades=regrades,
                head=head_of(page),
                reasons={q.item.item_id: why_hard(q) for q in page.questions},
                few=page.completion.handed_in < FEW,
                class_share=class_share,
                difference_in_words=difference_in_words,
                rules=[(in_address(rule), in_words(rule), rule == which) for rule in RULES],
                explained=explained(which),
                words=map_words,
                locale=locale,
            )
        )

    locale, regrades, which = str(get_locale()), may_regrade(read.reading), read.asked.meant.which
    return recall(("results", read.key, names, regrades, locale, request.script_root), make)


@blueprint.get("/readings/<int:assignment_id>/results/students")
def students(assignment_id: int) -> ResponseReturnValue:
    """Every student of the class with the attempt meant, or those of one state."""
    reading = get_named_reading(assignment_id)
    asked = read_asked(reading)
    delivery = get_delivery(reading, asked)
    only = state_asked(request.args.get("state"))
    rows = those_in(list_students(delivery, clock.now(), asked.meant, EVERY_LINE), only)
    is_first_missing = only == MISSING and asked.meant.which == DEFAULT
    return render_template(
        "results/students.html",
        reading=reading,
        asked=asked,
        delivery=delivery,
        only=only,
        found=len(rows),
        lines=partial(table_lines, rows),
        reminder=reminder_for(reading, delivery, len(rows) if is_first_missing else 0),
    )


@blueprint.get("/readings/<int:assignment_id>/results/matrix")
def matrix(assignment_id: int) -> ResponseReturnValue:
    """Students by questions; each cell leads to the answer behind it."""
    reading = get_named_reading(assignment_id)
    asked = read_asked(reading)
    delivery = get_delivery(reading, asked)
    page = max(1, request.args.get("page", 1, type=int))
    rows = list_students(delivery, clock.now(), asked.meant, Stretch(PAGE + 1, (page - 1) * PAGE))
    shown = rows[:PAGE]
    cells = list_cells([row.attempt_id for row in shown if row.attempt_id and row.state == "handed_in"])
    return render_template(
        "results/matrix.html",
        reading=reading,
        asked=asked,
        delivery=delivery,
        items=list_items(delivery.quiz_id),
        students=shown,
        cells=cells,
        mixed=certainty_column(shown, cells) if delivery.certainty == COUNTED else None,
        page=page,
        has_next=len(rows) > PAGE,
    )


@blueprint.get("/readings/<int:assignment_id>/results/students/<int:enrollment_id>")
def student(assignment_id: int, enrollment_id: int) -> ResponseReturnValue:
    """One student on this reading: every attempt, question by question."""
    reading = get_named_reading(assignment_id)
    found = get_student_for(reading, enrollment_id, clock.now())
    return render_template("results/student.html", reading=reading, student=found)


@blueprint.get("/readings/<int:assignment_id>/results/responses/<int:response_id>")
def response(assignment_id: int, response_id: int) -> ResponseReturnValue:
    """One answer of one student, beside the passage that its question tests."""
    reading = get_named_reading(assignment_id)
    found = get_response_for(reading, response_id)
    blocks = list_blocks(found.text_id)
    anchors = list_anchors([found.version_id], found.text_id).get(found.version_id, [])
    url = url_for("reading.article", assignment_id=assignment_id)
    shown = describe_response(found, anchors, sentences_of(blocks), url)
    return render_template(
        "results/response.html",
        reading=reading,
        found=found,
        shown=shown,
        blocks=blocks,
        history=list_history(response_id),
        level=LEVEL_WORDS.get(found.certainty or 0),
        second=describe_second(found, list_second_tries(found.attempt_id).get(response_id), sentences_of(blocks)),
    )


@blueprint.get("/readings/<int:assignment_id>/results.<kind>")
def export(assignment_id: int, kind: str) -> ResponseReturnValue:
    """The students by question matrix as a file, with stable column ids."""
    reading = get_named_reading(assignment_id)
    asked = read_asked(reading)
    delivery = get_delivery(reading, asked)
    items = list_items(delivery.quiz_id)
    table = matrix_table(delivery, items, every_student(delivery, clock.now(), asked.meant))
    return send_table(kind, f"results-{delivery.id}", table, about_items(items))
