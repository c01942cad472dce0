"""Who may do what: the results of a class."""

from __future__ import annotations

from dataclasses import replace

from results.needs import facts_of
from tests.support.route_access import EVERYBODY, OWNER, STAFF, STUDENTS, TEACHER, Access, access
from tests.support.route_values import (
    DUE_LONG_AGO,
    a_cell,
    a_late_student,
    a_message,
    a_need,
    a_question,
    a_stuck_student,
    classmates_place,
    put_aside_by_instructor,
)

OF_STAFF = frozenset({"instructor", "assistant", "other_instructor"})
FEW = 14  # statements of a page
IN_PLACE = {f"needs_in_place.{each}" for each in ("message", "reply", "extend")}
WRITE = IN_PLACE | {"seeding.create", "seeding.mix"}  # these are no pages
_RESULTS: dict[str, Access] = {
    # Results.
    "results.index": STAFF,
    "results.students": STAFF,
    "results.student": STAFF.given(values=classmates_place),
    "results.response": STAFF,
    "results.matrix": STAFF,
    "results.export": STAFF,
    "results_live.follow": STAFF,
    "maps.index": STAFF,
    "taking_part.index": STAFF,
    "projector.show": STAFF,
    "projector.choose": STAFF,
    "reminders.send": STAFF.given({"body": "Please hand in.", "seen": "1"}),
    "projector.keep": STAFF.given({"comment": "1"}),
    "seeding.index": STAFF,
    "seeding.create": TEACHER.given({"item": "1"}),
    "seeding.mix": TEACHER.given({"item": "1", "thread": "1", "size": "2"}),
    "statistics.index": STAFF,
    "certainty.index": STAFF,
    "statistics.export": STAFF,
    "class_readings.show": STAFF,
    "student_readings.own": STUDENTS,
    "catch_up.show": STUDENTS,
    "student_readings.show": STAFF.given(values=classmates_place),
    # The gradebook.
    "gradebook.index": STAFF,
    "gradebook.student": STAFF.given(values=classmates_place),
    "gradebook.categories": TEACHER.given({"seen": "0"}),
    "gradebook.release": TEACHER.given({"seen": "0"}),
    "gradebook.hide": TEACHER.given({"seen": "0"}),
    "grade_cells.show": STAFF.given(values=a_cell),
    "grade_cells.decide_cell": STAFF.given({"seen": "0", "kind": "excuse", "why": "Was ill."}, a_cell),
    "grade_files.export": STAFF,
    "grade_files.edit": STAFF,
    "grade_files.preview": STAFF.given({"table": "student_id\n1", "why": "Read again."}),
    "grade_files.confirm": STAFF.given({"table": "student_id\n1", "why": "Read again."}),
    "grades.index": STUDENTS,
    # Who needs the staff of several classes.
    "needs.index": Access(OF_STAFF, EVERYBODY - OF_STAFF),
    "needs.dismiss": STAFF.given(values=a_need),
    "needs_in_place.message": STAFF.given({"body": "May I help?"}, a_stuck_student),
    "needs_in_place.reply": STAFF.given({"body": "Everybody over eighteen."}, a_question),
    "needs_in_place.extend": replace(
        STAFF.given({"days": "3", "seen": facts_of(DUE_LONG_AGO, "late")}, a_late_student), statements=20
    ),
    "messages.show": OWNER.given(values=a_message),
    "needs.undo": access("instructor").given(values=put_aside_by_instructor),
}
RESULTS = {line: who if line in WRITE else replace(who, statements=FEW) for line, who in _RESULTS.items()}
