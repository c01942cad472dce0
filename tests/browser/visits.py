"""Every page of the application, with an address in the demonstration and somebody who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from quizzes.question_types import TYPES
from results.maps import LAYERS
from tests.browser.demonstration import FIRST, SECOND, Demonstration

NOBODY = ""
INSTRUCTOR = "instructor@example.org"
ASSISTANT = "assistant@example.org"
STUDENT = "student@example.org"
CLASSMATE = "classmate@example.org"
STRANGER = "stranger@example.org"
WAITING, AWAY = "adaeze", "nadia"  # must wait before the next attempt at the second quiz; has done nothing yet
# What answers GET and is no page: style sheets and pictures, a state for machines, a file to keep.
NO_PAGES = {
    *("static", "bundles.show", "health.healthz"),
    "auth.session_state",
    "images.show",
    "notes.text",
    "live.person",
    "live.reading",
    "live.changes",
    "live.margin_changes",
    "results_live.follow",
    "mentions.names",
    "quotes.post",
    "annotations.download",
    "results.export",
    "participation.export",
    "statistics.export",
    "grade_files.export",
    "comment_files.export",
}
OWN_PAGES = ("grades.index", "student_readings.own")


@dataclass(frozen=True)
class Visit:
    """A page to look at: who opens it, what it is called in the application, where it is."""

    person: str
    endpoint: str
    path: str
    status: int = 200


Place = tuple[str, str, dict[str, object]]


def visits_of(demo: Demonstration) -> list[Visit]:
    """Every visit; somebody who sees a page as another role does has a visit of their own."""
    places = [*_door(demo), *_instructors(demo), *_quiz_author(demo), *_prompt_author(demo), *_staff(demo)]
    places += [*_second_quiz(demo), *_grading(demo), *_margins(demo), *_answering(demo), *_students(demo)]
    with demo.app.test_request_context():
        visits = [Visit(person, endpoint, url_for(endpoint, **values)) for person, endpoint, values in places]
    return [*visits, *_errors(demo)]


def _door(demo: Demonstration) -> list[Place]:
    code = {"code": demo.join_code()}
    plain = ["auth.login", "auth.register", "auth.reset_request", "join.ask"]
    return [
        *[(NOBODY, endpoint, {}) for endpoint in plain],
        (NOBODY, "auth.reset", {"token": demo.spare.reset_token}),
        (NOBODY, "join.show", code),
        (STRANGER, "join.show", code),
        (STRANGER, "home.index", {}),
        (STRANGER, "account.profile", {}),
        (STRANGER, "account.password", {}),
        *[(STUDENT, endpoint, {"section_id": demo.sections[FIRST]}) for endpoint in OWN_PAGES],
        *[(person, "notifications.index", {}) for person in (STRANGER, STUDENT, INSTRUCTOR)],
        (STUDENT, "mail_settings.edit", {}),
        (STUDENT, "messages.show", {"message_id": demo.message}),
        (STUDENT, "mail_settings.show_link", {"token": demo.address_token(STUDENT)}),
        (NOBODY, "unsubscribing.show", {"token": demo.way_out(STUDENT)}),
        (STUDENT, "join.show", code),
    ]


def _instructors(demo: Demonstration) -> list[Place]:
    section = {"section_id": demo.sections[FIRST]}
    text, spare = {"article_id": demo.article}, {"article_id": demo.spare.article}
    of_class = ["classpage.index", "people.index", "roster.edit", "sections.settings"]
    of_class += ["moderation_list.index", "moderation_list.log", "gradebook.index", "gradebook.categories"]
    of_class += ["grade_files.edit", "class_readings.show"]
    of_article = ["library.show", "assignments.index", "authoring.new", "prompts.index", "prompts.new"]
    return [
        *[
            (INSTRUCTOR, endpoint, {})
            for endpoint in ("home.index", "needs.index", "sections.new", "library.index", "library.new")
        ],
        *[(INSTRUCTOR, endpoint, section) for endpoint in of_class],
        *[(INSTRUCTOR, endpoint, text) for endpoint in of_article],
        *[(INSTRUCTOR, endpoint, spare) for endpoint in ("library.edit", "library.confirm_deletion", "prompts.index")],
        (INSTRUCTOR, "library.edit", text),
        (INSTRUCTOR, "assignments.dates", {"assignment_id": demo.assignments[FIRST]}),
        (INSTRUCTOR, "needs.index", {"show": "aside"}),
        (INSTRUCTOR, "account.profile", {}),
    ]


def _quiz_author(demo: Demonstration) -> list[Place]:
    quiz, draft = {"quiz_id": demo.quiz}, {"quiz_id": demo.spare.quiz}
    last = {**quiz, "item_id": demo.items[-1]}
    given = {"assignment_id": demo.assignments[SECOND]}
    return [
        *[(INSTRUCTOR, endpoint, quiz) for endpoint in ("authoring.edit", "deliveries.settings", "preview.show")],
        *[(INSTRUCTOR, endpoint, draft) for endpoint in ("authoring.edit", "authoring.delete", "deliveries.settings")],
        *[(INSTRUCTOR, "questions.new", {**draft, "type": name}) for name in TYPES],
        *[(INSTRUCTOR, "questions.edit", {**quiz, "item_id": item}) for item in demo.items],
        (INSTRUCTOR, "questions.delete", last),
        (INSTRUCTOR, "pasting.edit", draft),
        (INSTRUCTOR, "draws.new", draft),
        (INSTRUCTOR, "draws.show", {**draft, "item_id": demo.drawn_item}),
        (INSTRUCTOR, "bank.index", {}),
        (INSTRUCTOR, "bank.index", {"quiz": demo.spare.quiz, "tag": "armistice"}),
        (INSTRUCTOR, "bank.index", {"owner": demo.lender}),
        (INSTRUCTOR, "bank.show", {"question_id": demo.edited}),
        (INSTRUCTOR, "bank_shares.index", {}),
        (INSTRUCTOR, "deliveries.one", {**quiz, **given}),
        (INSTRUCTOR, "deliveries.remove", {"delivery_id": demo.spare.delivery}),
    ]


def _second_quiz(demo: Demonstration) -> list[Place]:
    quiz_id, delivery_id = demo.second
    quiz, graded = {"quiz_id": quiz_id}, {"delivery_id": delivery_id}
    reading = {"assignment_id": demo.assignments[FIRST]}
    written, gaps, drawn, _drawn, lent = demo.second_items
    of_quiz = ["authoring.edit", "deliveries.settings", "preview.show"]
    of_results = ["results.index", "results.students", "results.matrix", "statistics.index", "seeding.index"]
    return [
        *[(INSTRUCTOR, endpoint, quiz) for endpoint in of_quiz],
        *[(INSTRUCTOR, "questions.edit", {**quiz, "item_id": item}) for item in (written, gaps, lent)],
        (INSTRUCTOR, "draws.show", {**quiz, "item_id": drawn}),
        (INSTRUCTOR, "regrades.scoring", {**graded, "item_id": drawn, "question": demo.rescored_draw}),
        *[(INSTRUCTOR, endpoint, {**reading, "quiz": delivery_id, "attempts": "last"}) for endpoint in of_results],
        *[(INSTRUCTOR, "maps.index", {**reading, "layer": layer}) for layer in LAYERS],
        *[(INSTRUCTOR, "projector.show", {**reading, "show": step}) for step in ("missed", "comments", "question-1")],
        (INSTRUCTOR, "projector.show", {**reading, "show": "question-1", "stage": 2}),
        (INSTRUCTOR, "projector.choose", reading),
        (INSTRUCTOR, "taking_part.index", reading),
        *[(INSTRUCTOR, "results.index", {**reading, "attempts": which}) for which in ("last", "best", "all")],
        *[
            (INSTRUCTOR, "view_as.show", {**graded, "student": demo.place_of(CLASSMATE), "page": page})
            for page in ("start", "questions", "result")
        ],
        *[(person, "taking.start", graded) for person in (STUDENT, CLASSMATE, WAITING)],
        (CLASSMATE, "taking.result", {"attempt_id": demo.attempt_at_second(CLASSMATE)}),
    ]


def _prompt_author(demo: Demonstration) -> list[Place]:
    prompt = {"prompt_id": demo.prompts[0]}
    return [
        (INSTRUCTOR, "prompts.edit", prompt),
        (INSTRUCTOR, "prompts.confirm_deletion", prompt),
        (INSTRUCTOR, "prompts.deliver", {**prompt, "assignment_id": demo.assignments[FIRST]}),
    ]


def place_of(demo: Demonstration) -> dict[str, object]:
    """The student's place in the first class."""
    return {"section_id": demo.sections[FIRST], "enrollment_id": demo.place_of(STUDENT)}


def _staff(demo: Demonstration) -> list[Place]:
    reading, graded = {"assignment_id": demo.assignments[FIRST]}, {"delivery_id": demo.deliveries[FIRST]}
    attempt, _student = demo.attempt(FIRST, is_handed_in=True, username=STUDENT)
    comment = {"comment_id": demo.comment(STUDENT)}
    of_results = [
        "results.index",
        "results.students",
        "results.matrix",
        "statistics.index",
        "seeding.index",
        "certainty.index",
    ]
    of_student = ["accommodations.edit", "mutes.mute", "gradebook.student", "student_readings.show"]
    of_comment = ["moderation.hide", "moderation.endorse", "moderation.history"]
    of_reading = ["reading.article", "annotations.index", "search.index", "comments.index", "taking.overview"]
    return [
        *[(INSTRUCTOR, endpoint, reading) for endpoint in (*of_results, *of_reading)],
        *[(INSTRUCTOR, endpoint, {**reading, "label": demo.label()}) for endpoint in of_results],
        (INSTRUCTOR, "results.student", {**reading, "enrollment_id": demo.place_of(STUDENT)}),
        *[(INSTRUCTOR, "results.response", {**reading, "response_id": one}) for one in demo.responses(attempt)],
        *[(INSTRUCTOR, endpoint, place_of(demo)) for endpoint in of_student],
        (INSTRUCTOR, "view_as.show", graded),
        *[
            (INSTRUCTOR, "view_as.show", {**graded, "student": demo.place_of(STUDENT), "page": page})
            for page in ("start", "questions", "result")
        ],
        (INSTRUCTOR, "taking.start", graded),
        *[(INSTRUCTOR, endpoint, comment) for endpoint in of_comment],
        (INSTRUCTOR, "comments.thread", {"delivery_id": demo.threads[0], "projected": demo.projected(), "instead": 1}),
        (INSTRUCTOR, "grade_cells.show", {**place_of(demo), "column": f"quiz-{demo.deliveries[FIRST]}"}),
        *_taking_part(demo),
        *[(ASSISTANT, endpoint, reading) for endpoint in ("results.index", "reading.article")],
        *[
            (ASSISTANT, endpoint, {"section_id": demo.sections[FIRST]})
            for endpoint in ("classpage.index", "people.index")
        ],
        (ASSISTANT, "home.index", {}),
        (ASSISTANT, "comments.thread", {"delivery_id": demo.threads[0]}),
    ]


def _taking_part(demo: Demonstration) -> list[Place]:
    thread = {"delivery_id": demo.threads[0]}
    student = {**thread, "enrollment_id": demo.place_of(STUDENT)}
    return [
        (INSTRUCTOR, "participation.index", thread),
        (INSTRUCTOR, "participation.student", student),
        (INSTRUCTOR, "participation.grant", {**student, "requirement_id": demo.requirement, "box": 1}),
        (INSTRUCTOR, "participation.void", demo.voided),
        *[(INSTRUCTOR, page, {"delivery_id": demo.split}) for page in ("groups.index", "comments.thread")],
    ]


def _grading(demo: Demonstration) -> list[Place]:
    graded = {"delivery_id": demo.deliveries[FIRST]}
    return [
        *[(INSTRUCTOR, endpoint, graded) for endpoint in ("grading.index", "grading.next_ungraded")],
        *[
            (INSTRUCTOR, f"grading.{page}", {**graded, "item_id": demo.open_item})
            for page in ("answer", "release_item")
        ],
        (INSTRUCTOR, "grading.answer", {"delivery_id": demo.deliveries[SECOND], "item_id": demo.open_item}),
        (INSTRUCTOR, "grading.release", graded),
        *[(INSTRUCTOR, "regrades.scoring", {**graded, "item_id": item}) for item in (demo.items[0], demo.open_item)],
        *[
            (INSTRUCTOR, "regrades.reversal", {**graded, "item_id": item, "regrade_id": decision})
            for item, decision in demo.decisions()
        ],
    ]


def _margins(demo: Demonstration) -> list[Place]:
    reading = {"assignment_id": demo.assignments[FIRST]}
    asked = demo.note("staff")
    return [
        *[(who, "notes.paragraph", {**reading, "number": at}) for who in (STUDENT, INSTRUCTOR) for at in (4, 8, 9)],
        *[(who, "notes.show", {"comment_id": asked}) for who in (STUDENT, ASSISTANT)],
        (STUDENT, "notes.show", {"comment_id": demo.note("self")}),
        (STUDENT, "comments.confirm_deletion", {"comment_id": asked}),
        (INSTRUCTOR, "moderation.hide", {"comment_id": asked}),
        (STUDENT, "reading.article", {**reading, "note": asked, "_anchor": f"n{asked}"}),
        (INSTRUCTOR, "reading.article", {"assignment_id": demo.assignments[SECOND]}),
    ]


def _answering(demo: Demonstration) -> list[Place]:
    places: list[Place] = []
    for place in (FIRST, SECOND):
        attempt, student = demo.attempt(place, is_handed_in=False)
        own = {"attempt_id": attempt}
        places += [(student, "answering.attempt", own), (student, "answering.check", own)]
        if place == FIRST:
            numbers = range(1, len(demo.items) + 1)
            places += [(student, "answering.question", {**own, "number": number}) for number in numbers]
        places.append((student, "taking.start", {"delivery_id": demo.deliveries[place]}))
    return places


def _students(demo: Demonstration) -> list[Place]:
    reading, quiz = {"assignment_id": demo.assignments[FIRST]}, {"delivery_id": demo.deliveries[FIRST]}
    attempt, _student = demo.attempt(FIRST, is_handed_in=True, username=STUDENT)
    comment = {"comment_id": demo.spare.comment}
    places: list[Place] = [(STUDENT, "taking.result", {"attempt_id": attempt})]
    again = [demo.items[5], demo.items[8]]  # what was not right: sentences to choose, an order
    places += [(STUDENT, "second_tries.show", {"attempt_id": attempt, "item_id": item}) for item in again]
    of_comment = ["comments.permalink", "comments.edit", "comments.confirm_deletion"]
    places += [(STUDENT, endpoint, comment) for endpoint in of_comment]
    places.append((CLASSMATE, "flags.flag", comment))
    asked = ({"show": "endorsed"}, {"show": "staff"}, {"quote": demo.spare.comment}, {"passage": "1-2"})
    places += [(CLASSMATE, "comments.thread", {"delivery_id": demo.threads[0], **each}) for each in asked]
    places += [(STUDENT, "search.index", {**reading, "q": words}) for words in ("armistice", "zeppelin")]
    places.append((STUDENT, "search.index", {**reading, "q": "a", "in": "posts", "page": 2}))
    for person in (STUDENT, CLASSMATE):
        of_reading = ["reading.article", "annotations.index", "comments.index", "taking.overview", "catch_up.show"]
        places += [(person, endpoint, reading) for endpoint in of_reading]
        places += [(person, "comments.thread", {"delivery_id": thread}) for thread in demo.threads]
        places += [(person, "home.index", {}), (person, "classpage.index", {"section_id": demo.sections[FIRST]})]
        places.append((person, "taking.start", quiz))
    return [*places, (AWAY, "catch_up.show", {"assignment_id": demo.assignments[SECOND]})]


def _errors(demo: Demonstration) -> list[Visit]:
    return [
        Visit(NOBODY, "404", "/nothing/is/here", 404),
        Visit(STUDENT, "404", f"/quizzes/{demo.quiz}0000", 404),
        Visit(STUDENT, "403", f"/classes/{demo.sections[FIRST]}/settings", 403),
    ]
