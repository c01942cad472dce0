"""Who may do what at each address. A route that is missing here fails the test beside it.

The walk knows seven people: those of `tests.support.people`. Of each, a route lets them work, refuses
what their role may not (403), or is not there for them (404: "hidden", whoever is not named).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tests.support.people import People
from tests.support.reading import Reading
from tests.support.route_values import (
    a_lost_note,
    a_note,
    a_regrade,
    classmates_place,
    colleague,
    colleague_who_asks,
    image_of_the_article,
    join_code,
    lost_passage,
    open_question,
    own_address,
    own_notification,
    own_question,
    quiz_with_a_draw,
    quiz_without_attempts,
    reset_token,
    thread,
    way_out,
)

EVERYBODY = frozenset(
    {"instructor", "assistant", "student", "classmate", "stranger", "other_instructor", "other_student"}
)


Values = Callable[[People, Reading], dict[str, object]]


@dataclass(frozen=True)
class Access:
    """For whom a route works, and whom it refuses; for everybody else nothing is there.

    `statements` is how many a request may ask of the database.
    """

    works: frozenset[str]
    refused: frozenset[str] = frozenset()
    is_public: bool = False
    query: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    statements: int = 15
    values: Values = lambda _people, _reading: {}

    def given(self, form: Mapping[str, str] | None = None, values: Values | None = None) -> Access:
        """The same access where the route needs a form to work, or other ids in its address."""
        return replace(self, form=form or self.form, values=values or self.values)


def access(works: str, refused: str = "") -> Access:
    """Write an access down: `access("instructor assistant", "student classmate")`."""
    return Access(frozenset(works.split()), frozenset(refused.split()))


PUBLIC = Access(EVERYBODY, is_public=True)
SIGNED_IN = Access(EVERYBODY)
# A page of the first class.
MEMBERS = access("instructor assistant student classmate")
STAFF = access("instructor assistant", "student classmate")
TEACHER = access("instructor", "assistant student classmate")
STUDENTS = access("student classmate", "instructor assistant")
# Something in the instructor's library, and what only instructors' accounts do.
AUTHOR = access("instructor")
INSTRUCTORS = Access(frozenset({"instructor", "other_instructor"}), EVERYBODY - {"instructor", "other_instructor"})
# Between instructors of one class.
OWN_COLLEAGUES = access("instructor", "assistant student classmate stranger other_student")
# The student's own attempt or comment.
OWNER = access("student")
AUTHOR_OF_COMMENT = access("student", "instructor assistant classmate")
# What was mailed to the student, whatever class they are in.
OWN_ADDRESS = access("student")
# What none of these people has, such as an invitation.
NOBODYS = access("")

# What `<…>` in an address stands for, when its name says what it is.
VALUES: dict[str, Callable[[People, Reading], object]] = {
    "section_id": lambda people, _: people.section,
    "article_id": lambda _, reading: reading.article,
    "version_id": lambda _, reading: reading.version,
    "assignment_id": lambda _, reading: reading.assignment,
    "delivery_id": lambda _, reading: reading.quiz_delivery,
    "quiz_id": lambda _, reading: reading.quiz,
    "item_id": lambda _, reading: reading.items[0],
    "attempt_id": lambda _, reading: reading.attempt,
    "response_id": lambda _, reading: reading.response,
    "prompt_id": lambda _, reading: reading.prompt,
    "comment_id": lambda _, reading: reading.comment,
    "n": lambda _people, _reading: 1,
    "number": lambda _people, _reading: 1,
}


# Endpoint → who may; a line for one method alone names it first.
ROUTES: dict[str, Access] = {
    "health.healthz": PUBLIC,
    # People and classes.
    "auth.login": PUBLIC,
    "auth.sign_in": PUBLIC,
    "auth.session_state": SIGNED_IN,
    "auth.sign_out": SIGNED_IN,
    "auth.register": PUBLIC,
    "auth.create_account": PUBLIC,
    "auth.reset_request": PUBLIC,
    "auth.send_reset": PUBLIC,
    "auth.reset": PUBLIC.given(values=reset_token),
    "auth.use_reset": PUBLIC.given(values=reset_token),
    "account.profile": SIGNED_IN,
    "account.update_profile": SIGNED_IN,
    "account.password": SIGNED_IN,
    "account.change_password": SIGNED_IN,
    "account.end_other_sign_ins": SIGNED_IN,
    "notifications.index": SIGNED_IN,
    "notifications.mark_all_read": SIGNED_IN,
    "notifications.mark_one_read": OWNER.given(values=own_notification),
    "mail_settings.edit": SIGNED_IN,
    "mail_settings.save": SIGNED_IN,
    "mail_settings.ask_for_link": SIGNED_IN,
    "mail_settings.show_link": OWN_ADDRESS.given(values=own_address),
    "mail_settings.confirm": OWN_ADDRESS.given(values=own_address),
    "unsubscribing.show": PUBLIC.given(values=way_out),
    "unsubscribing.stop": PUBLIC.given(values=way_out),
    "invitations.accept": NOBODYS.given(values=classmates_place),
    "invitations.decline": NOBODYS.given(values=classmates_place),
    "join.ask": PUBLIC,
    "join.show": PUBLIC.given(values=join_code),
    "join.join": PUBLIC.given(values=join_code),
    "people.index": STAFF,
    "people.change_role": TEACHER.given({"role": "assistant"}, classmates_place),
    "people.remove": TEACHER.given(values=classmates_place),
    "people.restore": TEACHER.given(values=classmates_place),
    "people.reset_password": TEACHER.given(values=classmates_place),
    "accommodations.edit": STAFF.given(values=classmates_place),
    "accommodations.save": STAFF.given({"extra_days": "2"}, classmates_place),
    "people.label": STAFF.given({"label": "Tuesday lab", "people": "5"}),
    "roster.edit": TEACHER,
    "roster.preview": TEACHER,
    "roster.import_list": TEACHER,
    "sections.new": INSTRUCTORS,
    "sections.create": INSTRUCTORS,
    "sections.settings": TEACHER,
    "sections.update": TEACHER,
    "sections.rotate_join_code": TEACHER,
    "sections.set_joining": TEACHER,
    "sections.archive": TEACHER,
    "sections.unarchive": TEACHER,
    # The home page, the class page and the article in a class.
    "home.index": SIGNED_IN,
    "classpage.index": MEMBERS,
    "reading.article": MEMBERS,
    "search.index": replace(MEMBERS, query="?q=bridge"),
    "annotations.index": MEMBERS,
    "annotations.download": MEMBERS,
    "annotations.preview": MEMBERS.given({"document": "{}"}),
    "annotations.create": MEMBERS.given({"document": "{}"}),
    # The library, and an article's dates in each class.
    "library.index": INSTRUCTORS,
    "library.new": INSTRUCTORS,
    "library.preview": INSTRUCTORS.given({"body": "A sentence of the text."}),
    "library.create": INSTRUCTORS.given({"title": "A title", "body": "A sentence of the text."}),
    "library.show": AUTHOR,
    "library.edit": AUTHOR,
    "library.preview_edit": AUTHOR.given({"title": "A title", "body": "A sentence of the text."}),
    "library.save": AUTHOR.given({"title": "A title", "body": "A sentence of the text."}),
    "library.archive": AUTHOR,
    "library.restore": AUTHOR,
    "library.confirm_deletion": AUTHOR,
    "library.delete": AUTHOR,
    "images.show": MEMBERS.given(values=image_of_the_article),
    "passages.put_back": AUTHOR.given({"version": "1", "place": "1.1"}, lost_passage),
    "assignments.index": AUTHOR,
    "assignments.save": AUTHOR,
    "assignments.remove": AUTHOR,
    "assignments.dates": TEACHER,
    "assignments.change_dates": TEACHER,
    # Writing a quiz: what may be read of it is for the class, what may be done for its author.
    "authoring.new": AUTHOR,
    "authoring.edit": TEACHER,
    "authoring.rename": TEACHER,
    "authoring.duplicate": TEACHER,
    "authoring.publish": TEACHER,
    "authoring.unpublish": TEACHER,
    "authoring.delete": TEACHER,
    "questions.new": replace(TEACHER.given(values=quiz_without_attempts), query="?type=single_choice"),
    "questions.edit": TEACHER,
    "pasting.edit": TEACHER.given(values=quiz_without_attempts),
    "pasting.preview": TEACHER.given({"questions": "Is it so? {T}"}, quiz_without_attempts),
    "pasting.create": TEACHER.given({"questions": "Is it so? {T}"}, quiz_without_attempts),
    "draws.new": TEACHER.given(values=quiz_without_attempts),
    "draws.show": TEACHER.given(values=quiz_with_a_draw),
    "bank.index": INSTRUCTORS,
    "bank.tag": INSTRUCTORS,
    "bank.place": INSTRUCTORS,
    "bank.show": AUTHOR.given(values=own_question),
    "bank.set_tags_of": AUTHOR.given({"tags": "causes"}, own_question),
    "bank.delete": AUTHOR.given(values=own_question),
    "bank_shares.index": INSTRUCTORS,
    "bank_shares.ask": OWN_COLLEAGUES.given(values=colleague),
    "bank_shares.grant": OWN_COLLEAGUES.given(values=colleague_who_asks),
    "bank_shares.end": OWN_COLLEAGUES.given(values=colleague_who_asks),
    "questions.duplicate": TEACHER,
    "questions.move": TEACHER,
    "questions.delete": TEACHER,
    "deliveries.settings": STAFF,
    "deliveries.one": STAFF,
    "POST deliveries.one": TEACHER,
    "deliveries.remove": TEACHER,
    "deliveries.release": TEACHER,
    # Taking it: an attempt is its student's alone.
    "answering.attempt": OWNER,
    "answering.question": OWNER,
    "answering.check": OWNER,
    "saving.all_questions": OWNER.given({"revision-1": "0"}),
    "saving.question": OWNER.given({"revision-1": "0"}),
    "saving.response": OWNER,
    "taking.overview": MEMBERS,
    "view_as.show": STAFF,
    "taking.start": MEMBERS,
    "taking.create": STUDENTS,
    "taking.submit": OWNER,
    "taking.result": OWNER,
    "second_tries.show": OWNER,
    "second_tries.create": OWNER,
    "preview.show": STAFF,
    "preview.sketch": replace(TEACHER, query="?type=true_false"),
    "grading.index": STAFF,
    "grading.answer": STAFF.given(values=open_question),
    "grading.discard": STAFF.given(values=open_question),
    "grading.release": STAFF,
    "grading.release_item": STAFF.given(values=open_question),
    # Every score of a class, its history and its counts.
    "regrades.scoring": TEACHER.given({"policy": "full_credit", "why": "It was unclear."}),
    "regrades.reversal": TEACHER.given(values=a_regrade),
    # Discussion.
    "prompts.index": AUTHOR,
    "prompts.new": AUTHOR,
    "prompts.edit": AUTHOR,
    "prompts.confirm_deletion": AUTHOR,
    "prompts.delete": AUTHOR,
    "prompts.deliver": AUTHOR,
    "prompts.withdraw": AUTHOR,
    "comments.index": MEMBERS,
    "comments.thread": MEMBERS.given(values=thread),
    "comments.create": MEMBERS.given(values=thread),
    "comments.preview": MEMBERS.given(values=thread),
    "comments.mark_read": MEMBERS.given(values=thread),
    "comments.permalink": MEMBERS,
    "comments.edit": AUTHOR_OF_COMMENT,
    "comments.save": AUTHOR_OF_COMMENT,
    "comments.confirm_deletion": AUTHOR_OF_COMMENT,
    "comments.delete": AUTHOR_OF_COMMENT,
    "marks.react": access("classmate instructor assistant", "student").given({"kind": "agree"}),
    "marks.take_back": access("classmate instructor assistant", "student").given({"kind": "agree"}),
    "marks.pin": STAFF,
    "marks.unpin": STAFF,
    "live.person": SIGNED_IN,
    "live.reading": MEMBERS,
    "live.changes": replace(MEMBERS.given(values=thread), query="?after=99999999999999"),
    "reading.remember": MEMBERS.given({"paragraph": "2"}),
    "notes.paragraph": MEMBERS,
    "notes.text": MEMBERS,
    "notes.create": MEMBERS.given({"first": "1", "body": "Why?"}),
    "notes.show": MEMBERS.given(values=a_note),
    "notes.answer": MEMBERS.given({"body": "Because."}, a_note),
    "notes.put_back": access("student instructor assistant", "classmate").given({"place": "¶ 1.1"}, a_lost_note),
    "notes.mark_read": MEMBERS.given({"ids": "1"}),
    "confusion.mark": STUDENTS.given({"first": "1"}),
    "confusion.take_back": STUDENTS.given({"first": "1"}),
    "moderation.history": STAFF,
    "moderation.endorse": STAFF,
    "moderation.take_back": STAFF,
    "moderation.hide": STAFF,
    "moderation.restore": STAFF,
    "moderation.lock": STAFF.given(values=thread),
    "moderation.unlock": STAFF.given(values=thread),
    "moderation.open_gate": STAFF.given(values=thread),
    # Results.
    "results.index": STAFF,
    "results.students": STAFF,
    "results.student": STAFF.given(values=classmates_place),
    "results.response": STAFF,
    "results.matrix": STAFF,
    "results.export": STAFF,
    "statistics.index": STAFF,
    "certainty.index": STAFF,
    "statistics.export": STAFF,
}
