"""Naming people: found in the text, kept, marked, and told to whom it may be told."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import select

from classroom.models import Enrollment
from classroom.operations.accounts import NewUser, create_user
from classroom.operations.enrollments import enroll, remove_person
from core.database import commit, db
from discussion.mentions import MOST, Mentions
from discussion.models import CommentMention
from discussion.queries import NamedRow
from tests.support.people import make_students
from tests.support.telling import announce, new_sentences, sentences

NAMED = "Sofia Lind mentioned you in “Was it a fair vote?”"
MARK = '<span class="mention">{}</span>'
MEMBERS = tuple(
    NamedRow(at, name, "student") for at, name in enumerate(("Anna", "Anna Maria Łoś", "Dr. Tomás Beltrán", "anna"), 1)
)


@pytest.mark.parametrize(
    ("html", "marked", "found"),
    [
        ("<p>@Anna, see</p>", '<p><span class="mention">@Anna</span>, see</p>', [1, 4]),
        ("<p>@anna maria łoś</p>", '<p><span class="mention">@anna maria łoś</span></p>', [2]),
        ("<p>(@dr. tomas beltran)</p>", '<p>(<span class="mention">@dr. tomas beltran</span>)</p>', [3]),
        ("<p>@Annabel @Ann @ Anna</p>", "<p>@Annabel @Ann @ Anna</p>", []),
        ("<p>mail@Anna.example</p>", "<p>mail@Anna.example</p>", []),
        ("<p><code>@Anna</code> <a href='x'>@Anna</a></p>", "<p><code>@Anna</code> <a href='x'>@Anna</a></p>", []),
        ("<p>&lt;b&gt; @Anna &amp; co</p>", '<p>&lt;b&gt; <span class="mention">@Anna</span> &amp; co</p>', [1, 4]),
        ("<p>@anna! @Anna</p>", f"<p>{MARK.format('@anna')}! {MARK.format('@Anna')}</p>", [1, 4]),
    ],
)  # fmt: skip
def test_a_name_after_the_sign_is_marked(html, marked, found):
    mentions = Mentions(MEMBERS)
    assert mentions.mark(html) == marked
    assert list(mentions.found) == found


def test_a_name_with_markup_in_it_stays_text():
    mentions = Mentions([NamedRow(1, "<b>Bo</b>", "student")])
    assert mentions.mark("<p>@&lt;b&gt;Bo&lt;/b&gt;</p>") == f"<p>{MARK.format('@&lt;b&gt;Bo&lt;/b&gt;')}</p>"


def test_so_many_people_are_named_and_no_more():
    mentions = Mentions([NamedRow(number, f"Person {number:03}", "student") for number in range(MOST + 5)])
    html = mentions.mark("<p>" + " ".join(f"@Person {number:03}" for number in range(MOST + 5)) + "</p>")
    assert len(mentions.found) == html.count("mention") == MOST


def named(app):
    with app.app_context():
        rows = select(Enrollment.user_id).join(CommentMention, CommentMention.enrollment_id == Enrollment.id)
        return sorted(db.session.scalars(rows))


def test_a_text_full_of_signs_is_no_more_work_in_a_large_class():
    def steps(people):
        mentions = Mentions([NamedRow(at, f"Person {at:04}", "student") for at in range(people)])
        calls = []
        sys.setprofile(lambda _frame, event, _what: calls.append(event))
        try:
            mentions.mark(f"<p>{'@' * 50}</p>")
        finally:
            sys.setprofile(None)
        return len(calls)

    assert steps(500) == steps(5)


@pytest.fixture
def say(sign_in, thread):
    def said(person, body, **more):
        answer = sign_in(person).post(f"{thread.url}/comments", data={"body": body, **more})
        assert answer.status_code == 303, answer.text
        return int(answer.location.rsplit("#c", 1)[1])

    return said


def test_who_is_named_is_marked_kept_and_told_once(app, people, thread, say, sign_in):
    comment = say(people.student, "What does @carl moreau say, and @Ingrid Vale? And @Carl Moreau again?")
    assert named(app) == sorted([people.classmate.id, people.instructor.id])
    page = sign_in(people.assistant).get(thread.url).text
    assert page.count('<span class="mention">@carl moreau</span>') == 1
    announce(app)
    for person in (people.classmate, people.instructor):
        assert sentences(sign_in(person)) == [NAMED]
    assert f'href="/comments/{comment}"' in sign_in(people.classmate).get("/notifications").text
    assert sentences(sign_in(people.student)) == sentences(sign_in(people.assistant)) == []


def test_neither_oneself_nor_a_stranger_nor_who_has_left_is_named(app, people, thread, say, sign_in):
    with app.app_context():
        place = select(Enrollment.id).where(Enrollment.user_id == people.classmate.id)
        remove_person(people.instructor.id, db.session.scalars(place).one())
        commit()
    say(people.student, "@Sofia Lind, @Olga Petrova, @Stella Grey and @Carl Moreau")
    assert named(app) == []
    # One's own name is marked as others' are: in an anonymous post the one without a mark would be its author's.
    page = sign_in(people.instructor).get(thread.url).text
    assert page.count('class="mention"') == page.count(MARK.format("@Sofia Lind")) == 1


def test_who_is_answered_is_told_of_the_answer_alone(app, people, say, sign_in):
    mine = say(people.classmate, "A question.")
    say(people.student, "@Carl Moreau, an answer.", parent=mine)
    announce(app)
    assert sentences(sign_in(people.classmate)) == ["Sofia Lind replied to you in “Was it a fair vote?”"]


def test_an_edit_tells_who_is_new_and_forgets_who_is_gone(app, people, say, sign_in):
    comment = say(people.student, "@Carl Moreau, look.")
    announce(app)
    author = sign_in(people.student)
    author.post(f"/comments/{comment}/edit", data={"body": "@Amir Tahan, look.", "seen": ""})
    announce(app)
    assert named(app) == [people.assistant.id]
    assert sentences(sign_in(people.assistant)) == [NAMED]
    assert sentences(sign_in(people.classmate)) == []


def test_behind_the_gate_nobody_is_told_until_it_opens(app, people, given, say, sign_in):
    given(posts_before_seeing=1)
    say(people.student, "@Carl Moreau, what do you think?")
    announce(app)
    classmate = sign_in(people.classmate)
    assert sentences(classmate) == []
    say(people.classmate, "I think so.")
    announce(app)
    assert new_sentences(classmate) == [NAMED]


def test_a_note_names_only_whom_it_is_for(app, people, thread, jot, sign_in):
    everybody = "@Carl Moreau, @Amir Tahan"
    jot(people.student, everybody, choice="self")
    assert named(app) == []
    note = jot(people.student, everybody, choice="staff")
    assert named(app) == [people.assistant.id]
    sign_in(people.instructor).post(f"/notes/{note}/answers", data={"body": "@Sofia Lind, @Carl Moreau, yes."})
    assert named(app) == sorted([people.assistant.id, people.student.id])
    jot(people.student, everybody, choice="comment")
    announce(app)
    margin = "Sofia Lind mentioned you in the margin of “A new bridge”"
    assert sentences(sign_in(people.assistant)) == [margin, margin]
    assert sentences(sign_in(people.classmate)) == [margin]
    assert sentences(sign_in(people.student)) == ["Ingrid Vale replied to you in the margin of “A new bridge”"]


def test_who_is_anonymous_names_others_without_a_name_and_is_not_named_by_it(app, people, given, say, sign_in):
    given(anonymity="allowed")
    say(people.student, "@Carl Moreau, I am lost.", anonymous="y")
    say(people.classmate, "@Classmate 1, so am I.")
    announce(app)
    assert sentences(sign_in(people.classmate)) == ["Classmate 1 mentioned you in “Was it a fair vote?”"]
    assert named(app) == [people.classmate.id]
    assert sentences(sign_in(people.student)) == []


def test_in_a_split_thread_only_the_group_and_staff_are_named(app, people, thread, split, say, sign_in):
    group, _other = split()
    student, instructor = sign_in(people.student), sign_in(people.instructor)
    names = {each["name"] for each in student.get(f"/readings/{thread.assignment}/names?thread={thread.delivery}").json}
    assert names == {"Amir Tahan", "Ingrid Vale"}
    top = say(people.student, "@Carl Moreau and @Amir Tahan")
    assert named(app) == [people.assistant.id]
    say(people.instructor, "@Carl Moreau and @Sofia Lind", group=group)
    say(people.instructor, "@Carl Moreau, @Amir Tahan", parent=top)
    assert people.classmate.id not in named(app)
    say(people.instructor, "For everybody: @Carl Moreau")
    assert people.classmate.id in named(app)
    page = instructor.get(thread.url).text
    assert page.count('<span class="mention">@Carl Moreau</span>') == 1
    announce(app)
    assert len(sentences(sign_in(people.classmate))) == 1


def test_two_people_of_one_name_are_both_told(app, people, say, sign_in):
    with app.app_context():
        twin = create_user(NewUser("Carl Moreau", "!", email="other.carl@example.org"))
        enroll(twin.id, people.section)
        commit()
        other = twin.id
    say(people.student, "@Carl Moreau, which one are you?")
    assert named(app) == sorted([people.classmate.id, other])


def test_a_preview_shows_the_mark_and_keeps_nothing(app, people, thread, sign_in):
    data = {"body": "@Carl Moreau, in ¶ 1.1"}
    page = sign_in(people.student).post(f"{thread.url}/preview", data=data, headers={"X-Fragment": "1"}).text
    assert '<span class="mention">@Carl Moreau</span>' in page
    assert named(app) == []


def test_the_names_of_the_class_are_offered_to_its_members(app, people, thread, sign_in, count_statements):
    student = sign_in(people.student)
    address = f"/readings/{thread.assignment}/names"
    assert student.get(address).json == [
        {"name": "Amir Tahan", "role": "Assistant"},
        {"name": "Carl Moreau", "role": ""},
        {"name": "Ingrid Vale", "role": "Instructor"},
    ]
    make_students(app, people.section, 30)
    with count_statements() as seen:
        assert len(student.get(address).json) == 33
    assert len(seen) <= 4


def test_a_post_with_names_takes_a_few_statements_more(app, people, thread, sign_in, count_statements):
    students = make_students(app, people.section, 15)
    me = sign_in(people.student)
    counts = []
    for body in ("No names.", "@Carl Moreau", " ".join(f"@{student.name}" for student in students)):
        with count_statements() as seen:
            assert me.post(f"{thread.url}/comments", data={"body": body}).status_code == 303
        counts.append(len(seen))
    assert counts[1] == counts[2] == counts[0] + 3
