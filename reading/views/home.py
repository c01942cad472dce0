"""The first page: what needs an instructor, what is due for a student."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from classroom.models import STAFF
from classroom.queries import list_invitations_for, list_sections_for
from core import clock
from core.web import is_fragment_request
from discussion.queries import (
    count_unread_by_assignment,
    list_latest_comments_for,
    list_replies_to,
)
from quizzes.queries.grading import count_drafts_for, count_waiting_for
from quizzes.queries.news import list_read_answers, list_rescored
from quizzes.queries.tallies import class_figures
from reading.attention import Figures, class_lines, needs
from reading.due import agenda
from reading.places import split_at_places
from reading.queries.quizzes import list_quiz_states
from reading.queries.staff_home import (
    list_given_quizzes,
    list_hard_items,
    list_own_missing,
    list_taught_classes,
)
from reading.queries.student_home import list_readings
from reading.queries.talk import find_talk

blueprint = Blueprint("home", __name__)
blueprint.add_app_template_filter(split_at_places)
HEARD = 5


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Show what there is to do, and what people said."""
    sections = list_sections_for(current_user.id)
    invitations = list_invitations_for(current_user.id)
    teaches = current_user.is_instructor or any(s.role in STAFF for s in sections)
    if is_fragment_request():
        return _part([s.id for s in sections], teaches=teaches)
    page = _staff_page() if teaches else _student_page([s.id for s in sections])
    template = "reading/home_staff.html" if teaches else "reading/home_student.html"
    studies = [s for s in sections if s.role not in STAFF and not s.archived]
    archived = [s for s in sections if s.archived]
    return render_template(
        template, sections=sections, invitations=invitations, studies=studies, archived=archived, **page
    )


def _part(section_ids: list[int], *, teaches: bool) -> ResponseReturnValue:
    """The part of the page that tells what people said, for a page that is open already."""
    if not teaches:
        return render_template("reading/_news.html", **_student_page(section_ids))
    ids = [section.id for section in list_taught_classes(current_user.id)]
    return render_template("reading/_heard.html", heard=list_latest_comments_for(current_user.id, ids, HEARD))


def _staff_page() -> dict[str, object]:
    now = clock.now()
    classes = list_taught_classes(current_user.id)
    ids = [section.id for section in classes]
    quizzes = list_given_quizzes(ids, now)
    deliveries = [quiz.delivery_id for quiz in quizzes]
    counted = class_figures(deliveries, now)
    figures = Figures(
        waiting=dict(count_waiting_for(current_user.id)),
        drafts=dict(count_drafts_for(current_user.id)),
        scores=counted.scores,
        hard=list_hard_items(counted),
        own_missing=list_own_missing(deliveries, now),
    )
    return {
        "needs": needs(classes, quizzes, figures, now),
        "lines": class_lines(classes, quizzes, figures),
        "heard": list_latest_comments_for(current_user.id, ids, HEARD),
    }


def _student_page(section_ids: list[int]) -> dict[str, object]:
    now = clock.now()
    readings = list_readings(current_user.id, now)
    quizzes = list_quiz_states(current_user.id, now)
    unread = count_unread_by_assignment(current_user.id, section_ids)
    return {
        "agenda": agenda(readings, quizzes, find_talk(current_user.id), now),
        "unread": unread,
        "read_answers": list_read_answers(current_user.id, now),
        "rescored": list_rescored(current_user.id, now),
        "replies": list_replies_to(current_user.id, section_ids, 5),
        "now": now,
    }
