"""What staff see of how students take part in a thread, and what they decide about single boxes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from classroom.models import Enrollment
from classroom.operations import enroll
from core.audit import AuditEntry
from core.database import commit, db
from core.points import POINT
from discussion import operations, queries
from discussion.models import PromptDelivery
from discussion.operations import Actor, RulingDraft
from discussion.participation import Requirement
from discussion.participation_models import ParticipationRequirement, ParticipationRuling
from tests.discussion.conftest import Thread, place_of
from tests.discussion.test_participation import CITED, DUE, REPLIES, rows, settings_of, states
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]
Does = Callable[..., None]
Ask = Callable[..., list[int]]


def student_page(thread: Thread, enrollment: int) -> str:
    return f"{thread.url}/participation/{enrollment}"


def test_staff_grant_a_box_and_void_another_and_the_student_reads_why(
    app: Flask, people: People, thread: Thread, ask: Ask, write: Write, sign_in: SignIn
) -> None:
    cited, replies = ask(CITED, REPLIES)
    post = write(people.student, "See ¶ 1.2.")
    assistant, student = sign_in(people.assistant), sign_in(people.student)
    page = student_page(thread, place_of(app, people.student))
    grant, void = f"{page}/grants/{replies}/1", f"{page}/voids/{cited}/{post}"
    shown = assistant.get(page).text
    assert grant in shown
    assert void in shown
    for _twice in range(2):
        assert assistant.post(grant, data={"note": "Said aloud."}).status_code == 303
        assert assistant.post(void, data={"note": "No sentence."}).status_code == 303
    seen = student.get(thread.url).text
    assert states(seen) == ["Open", "Open"]
    for words in ("Granted by Amir Tahan", "Said aloud.", "No sentence.", "1 of 3 points"):
        assert words in seen
    with app.app_context():
        rulings = db.session.scalars(select(ParticipationRuling).order_by(ParticipationRuling.id)).all()
        said = [(each.box, each.comment_id, each.note) for each in rulings]
        assert said == [(1, None, "Said aloud."), (None, post, "No sentence.")]
        assert all(each.ruled_by_id == people.assistant.id and each.ruled_at for each in rulings)


def test_two_of_staff_who_decide_one_box_at_once_read_both_notes_and_neither_is_lost(
    app: Flask, people: People, thread: Thread, ask: Ask, write: Write, sign_in: SignIn
) -> None:
    cited, replies = ask(CITED, REPLIES)
    post = write(people.student, "See ¶ 1.2.")
    page = student_page(thread, place_of(app, people.student))
    assistant, instructor = sign_in(people.assistant), sign_in(people.instructor)
    for decided, address in enumerate((f"{page}/grants/{replies}/1", f"{page}/voids/{cited}/{post}")):
        assert assistant.post(address, data={"note": "As the first saw it."}).status_code == 303
        late = instructor.post(address, data={"note": "As the second saw it."})
        assert late.status_code == 409
        for words in ("As the first saw it.", "As the second saw it.", "Amir Tahan wrote:"):
            assert words in late.text
        assert sign_in(people.student).get(thread.url).text.count("As the second saw it.") == decided
        seen = re.search(r'name="instead_of"[^>]* value="([^"]+)"', late.text)
        assert seen is not None
        kept = {"note": "As the second saw it.", "instead_of": seen[1]}
        assert instructor.post(address, data=kept).status_code == 303
        third = assistant.post(address, data={"note": "As the third saw it.", "instead_of": seen[1]})
        assert third.status_code == 409
    shown = sign_in(people.student).get(thread.url).text
    assert shown.count("As the second saw it.") == 2
    assert "As the first saw it." not in shown
    log = re.sub(r"<[^>]+>", "", assistant.get(f"/classes/{people.section}/moderation/log").text)
    lines = [
        f"{people.assistant.name} ticked a box for {people.student.name} “Was it",
        f"{people.instructor.name} took back a decision about a box of {people.student.name} “Was it",
        f"{people.instructor.name} ticked a box for {people.student.name} “Was it",
        f"{people.assistant.name} did not count a post by {people.student.name} “Was it a fair vote?”",
    ]
    assert [line for line in lines if line not in log] == []
    assert log.count("As the first saw it.") == 4
    assert log.count("As the second saw it.") == 2


def test_a_decision_without_a_reason_comes_back_whole(
    app: Flask, people: People, thread: Thread, ask: Ask, sign_in: SignIn
) -> None:
    (cited,) = ask(CITED)
    grant = f"{student_page(thread, place_of(app, people.student))}/grants/{cited}/1"
    assistant = sign_in(people.assistant)
    assert "Say why. The student reads it." in assistant.post(grant, data={"note": " "}).text
    long = assistant.post(grant, data={"note": "x" * 501})
    assert long.status_code == 422
    assert "x" * 501 in long.text


def test_a_decision_is_taken_back_and_the_log_keeps_it(
    app: Flask, people: People, thread: Thread, ask: Ask, write: Write, does: Does, staff: Actor, sign_in: SignIn
) -> None:
    cited, replies = ask(CITED, REPLIES)
    place, post = place_of(app, people.student), write(people.student, "See ¶ 1.2.")
    does(operations.rule, staff, thread.delivery, RulingDraft(replies, place, "Said aloud.", box=1))
    does(operations.rule, staff, thread.delivery, RulingDraft(cited, place, "No sentence.", comment_id=post))
    with app.app_context():
        ids = list(db.session.scalars(select(ParticipationRuling.id)))
    assistant = sign_in(people.assistant)
    for ruling in ids:
        removal = f"{student_page(thread, place)}/rulings/{ruling}/removal"
        assert assistant.post(removal).status_code == 303
        assert assistant.post(removal).status_code == 404
    page = sign_in(people.student).get(thread.url).text
    assert states(page) == ["Done", "Open"]
    assert page.count("Not done yet") == 2
    with app.app_context():
        acts = select(AuditEntry).where(AuditEntry.object_kind == "participation_ruling").order_by(AuditEntry.id)
        kept = [(act.action.rpartition(".")[2], act.detail["note"]) for act in db.session.scalars(acts)]
    said = ["Said aloud.", "No sentence."]
    assert kept == list(zip(["grant", "void", "take_back", "take_back"], said * 2, strict=True))


def test_decisions_are_only_about_what_is_there(
    app: Flask, people: People, thread: Thread, ask: Ask, write: Write, sign_in: SignIn
) -> None:
    (cited,) = ask(CITED)
    uncited, theirs = write(people.student, "No place named."), write(people.classmate, "See ¶ 1.2.")
    instructor, place = sign_in(people.instructor), place_of(app, people.student)
    page = student_page(thread, place)
    for wrong in (f"grants/{cited}/2", f"grants/{cited}/0", f"grants/{cited + 9}/1"):
        assert instructor.post(f"{page}/{wrong}", data={"note": "Why."}).status_code == 404, wrong
    for wrong in (f"voids/{cited}/{uncited}", f"voids/{cited}/{theirs}"):
        assert instructor.post(f"{page}/{wrong}", data={"note": "Why."}).status_code == 404, wrong
    for other in (
        place_of(app, people.assistant),
        place_of(app, people.other_student),
        place_of(app, people.instructor),
    ):
        assert instructor.get(student_page(thread, other)).status_code == 404


def test_a_rule_about_which_staff_decided_is_not_taken_away(
    app: Flask, people: People, thread: Thread, ask: Ask, does: Does, staff: Actor, sign_in: SignIn
) -> None:
    (cited,) = ask(CITED)
    does(operations.rule, staff, thread.delivery, RulingDraft(cited, place_of(app, people.student), "Said.", box=1))
    gone = rows(("", "1", "2026-11-19T23:59", "1")) | {"requirements-0-id": str(cited), "posts_before_seeing": "4"}
    answer = sign_in(people.instructor).post(settings_of(thread), data=gone)
    assert answer.status_code == 422
    assert "Take that back before you remove the rule." in answer.text
    with app.app_context():
        assert [each.id for each in queries.list_requirements(thread.delivery)] == [cited]
        assert db.session.get_one(PromptDelivery, thread.delivery).posts_before_seeing == 0


def test_the_table_and_the_file_say_how_each_student_stands(
    app: Flask, people: People, thread: Thread, ask: Ask, write: Write, sign_in: SignIn
) -> None:
    cited, replies = ask(CITED, Requirement(0, "reply", 3, DUE, POINT))
    theirs = write(people.classmate, "See ¶ 1.2.")
    write(people.student, "Why?", theirs)
    with app.app_context():
        enroll(people.stranger.id, people.section)
        commit()
    write(people.stranger, "I was here.")
    with app.app_context():
        own = Enrollment.user_id == people.stranger.id
        db.session.execute(update(Enrollment).where(own).values(state="removed"))
        commit()
    instructor = sign_in(people.instructor)
    page = instructor.get(f"{thread.url}/participation").text
    assert "2 students and what this discussion asks for." in page
    assert page.index("Carl Moreau") < page.index("Sofia Lind") < page.index("Stella Grey") < page.index("Former")
    assert page.count("<td>1 of 2</td>") == 1
    assert page.count("<td>0 of 2</td>") == 1
    answer = instructor.get(f"{thread.url}/participation.csv")
    header, *lines = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert header[:4] == ["student_id", "name", "state", f"requirement_{cited}_state"]
    table = {line[1]: dict(zip(header, line, strict=True)) for line in lines}
    sofia = table["Sofia Lind"]
    assert [sofia[f"requirement_{replies}_{name}"] for name in ("state", "ticked", "asked", "points")] == [
        "open",
        "1",
        "3",
        "0.33",
    ]
    assert (sofia["points"], sofia["possible_points"], sofia["state"]) == ("0.33", "2", "current")
    assert table["Carl Moreau"][f"requirement_{cited}_state"] == "done"
    assert table["Stella Grey"]["state"] == "former"
    for person in (people.student, people.classmate):
        for path in ("", ".csv", f"/{place_of(app, people.student)}"):
            assert sign_in(person).get(f"{thread.url}/participation{path}").status_code == 403


def test_a_thread_that_asks_for_nothing_says_so_to_staff(people: People, thread: Thread, sign_in: SignIn) -> None:
    page = sign_in(people.instructor).get(f"{thread.url}/participation").text
    assert "This discussion asks for nothing in particular" in page


def test_the_database_holds_what_a_rule_and_a_decision_can_be(
    app: Flask, people: People, thread: Thread, ask: Ask, write: Write
) -> None:
    (cited,), theirs = ask(CITED), write(people.classmate, "See ¶ 1.2.")
    place = place_of(app, people.student)
    with app.app_context():
        who = {"enrollment_id": place, "ruled_by_id": people.instructor.id, "ruled_at": DUE, "requirement_id": cited}
        who |= {"delivery_id": thread.delivery}
        for wrong in (
            ParticipationRequirement(delivery_id=thread.delivery, kind="like", count=1, due_at=DUE),
            ParticipationRequirement(delivery_id=thread.delivery, kind="post", count=0, due_at=DUE),
            ParticipationRequirement(delivery_id=thread.delivery, kind="post", count=1, points=-1, due_at=DUE),
            ParticipationRuling(note="Neither a box nor a post.", **who),
            ParticipationRuling(note="", box=1, **who),
            ParticipationRuling(note="Another student's post.", comment_id=theirs, **who),
            ParticipationRuling(note="Another thread's rule.", box=1, **(who | {"delivery_id": thread.elsewhere})),
        ):
            db.session.add(wrong)
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()
