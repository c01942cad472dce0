"""Which page of results is compared by what, and which shows nothing that could be compared, and why."""

from __future__ import annotations

COMPARED = {
    # The class.
    "results.index": "glance, answers, students, talks, others",
    "results.students": "students",
    "results.matrix": "students",
    "results.export": "students",
    "results.student": "students",
    "results.response": "responses",
    "statistics.index": "statistics_page, advice",
    "statistics.export": "statistics_page",
    "certainty.index": "others",
    "maps.index": "map_pages",
    "projector.show": "projector",
    "seeding.index": "others",
    "taking_part.index": "talks",
    "class_readings.show": "others",
    "student_readings.show": "own, others",
    "needs.index": "needs",
    # Grades.
    "gradebook.index": "gradebook_pages",
    "gradebook.student": "gradebook_pages, cells",
    "grade_cells.show": "cells",
    "grade_files.export": "gradebook_pages",
    # The students themselves.
    "grades.index": "gradebook_pages, cells",
    "student_readings.own": "own",
    "catch_up.show": "catch_up",
    "taking.result": "own_result",
}
"""The modules of this folder that say what a page should show and read what it shows, by the page's endpoint."""

WITHOUT_FIGURES = {
    "results_live.follow": "A stream that says where something happened; the page then asks for itself again.",
    "projector.choose": "Posts to choose from, without a number.",
    "gradebook.categories": "A form that holds what its instructor typed.",
    "grade_files.edit": "An empty form; what it would change is compared as the preview that it leads to.",
    "messages.show": "What a person wrote, as it was written.",
}
"""Why a page is compared with nothing."""
