"""Posts that are anonymous to classmates: who reads which name, and that a rule changed later names nobody."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from classroom.models import Enrollment
from classroom.operations.enrollments import change_role
from core.database import commit, db
from discussion.gates import Author
from discussion.models import Comment
from discussion.names import posts_anonymously, shown_name, voice_of
from tests.support.people import make_students
from tests.support.telling import announce, sentences

WISH = 'name="anonymous"'
MARK = "Anonymous to classmates: they read “Classmate 1”"


class Place:
    def __init__(self, role, anonymity):
        self.enrollment_id, self.role, self.anonymity = 1, role, anonymity


@pytest.mark.parametrize(
    ("role", "rule", "wants", "expected"),
    [
        ("student", "forbidden", True, False),
        ("student", "allowed", False, False),
        ("student", "allowed", True, True),
        ("student", "forced", False, True),
        ("assistant", "forced", True, False),
        ("instructor", "allowed", True, False),
    ],
)
def test_the_rule_of_the_thread_and_the_wish_decide_together(role, rule, wants, expected):
    assert posts_anonymously(Place(role, rule), wants) is expected


@pytest.mark.parametrize(
    ("viewer", "alias", "name", "voice"),
    [
        (Author(1, "student"), 3, "Classmate 3", -3),
        (Author(1, "observer"), 3, "Classmate 3", -3),
        (Author(1, "student"), None, "Sofia Lind", 2),
        (Author(2, "student"), 3, "Sofia Lind", 2),
        (Author(1, "assistant"), 3, "Sofia Lind", 2),
        (Author(1, "instructor"), 3, "Sofia Lind", 2),
    ],
)
def test_staff_and_the_author_know_the_name_and_nobody_else(viewer, alias, name, voice):
    assert shown_name(viewer, 2, "Sofia Lind", alias) == name
    assert voice_of(viewer, 2, alias) == voice


@pytest.fixture
def say(sign_in, thread):
    """`say(person, "words", parent=…, anonymous="y")` posts through the door and returns the new post's id."""

    def said(person, body, **more):
        answer = sign_in(person).post(f"{thread.url}/comments", data={"body": body, **more})
        assert answer.status_code == 303, answer.text
        return int(answer.location.rsplit("#c", 1)[1])

    return said


def names(page):
    return re.findall(r'<header><b data-by="[^"]*">(.*?)</b>', page)


def post_of(page, comment):
    return re.search(rf'id="c{comment}".*?</article>', page, re.S).group()


def test_the_composer_says_who_sees_the_name(people, thread, given, write, sign_in):
    top = write(people.classmate, "Top.")
    texts = {
        "forbidden": None,
        "allowed": "Instructors and assistants always see who wrote it.",
        "forced": "Your classmates will not see your name. Instructors and assistants always do.",
    }
    for rule, words in texts.items():
        given(anonymity=rule)
        page = sign_in(people.student).get(f"{thread.url}?reply={top}").text
        assert page.count(WISH) == (2 if words else 0), rule
        if words:
            assert page.count(words) == 2
        for staff in (people.assistant, people.instructor):
            assert WISH not in sign_in(staff).get(thread.url).text


def test_classmates_read_one_name_for_one_person_in_one_thread(people, thread, given, say, sign_in):
    given(anonymity="allowed")
    first = say(people.student, "First.", anonymous="y")
    second = say(people.classmate, "Second.", anonymous="y", parent=first)
    third = say(people.student, "Third.", anonymous="y", parent=second)
    say(people.student, "With my name.", parent=third)
    page = sign_in(people.classmate).get(thread.url).text
    assert names(page) == ["Classmate 1", "Carl Moreau", "Classmate 1", "Sofia Lind"]
    assert f'<a class="to" href="#c{third}">Classmate 1</a>' in page
    assert "4 posts from 3 people" in page  # as far as this reader can tell
    assert post_of(page, second).count("they read “Classmate 2”") == 1
    assert MARK not in page


def test_the_author_and_staff_see_the_name_and_a_mark(people, thread, given, say, sign_in):
    given(anonymity="allowed")
    comment = say(people.student, "Not mine to classmates.", anonymous="y")
    say(people.student, "Mine.")
    for person in (people.student, people.assistant, people.instructor):
        page = sign_in(person).get(thread.url).text
        assert MARK in post_of(page, comment)
        assert "they read" not in page.replace(post_of(page, comment), "")
        assert names(page) == ["Sofia Lind", "Sofia Lind"]
        assert "2 posts from 1 person" in page


def test_where_names_are_forbidden_everybody_is_anonymous_without_asking(people, thread, given, say, sign_in):
    given(anonymity="forced")
    say(people.student, "I did not tick anything.")
    say(people.instructor, "Staff sign.")
    assert names(sign_in(people.classmate).get(thread.url).text) == ["Classmate 1", "Ingrid Vale"]


def test_a_rule_that_changes_names_nobody_afterwards(people, thread, given, say, sign_in):
    given(anonymity="forced")
    say(people.student, "Before.")
    given(anonymity="forbidden")
    say(people.student, "After.")
    page = sign_in(people.classmate).get(thread.url).text
    assert names(page) == ["Classmate 1", "Sofia Lind"]


def test_who_meant_to_be_anonymous_is_not_named_unasked(people, thread, given, sign_in):
    given(anonymity="forbidden")
    me = sign_in(people.student)
    answer = me.post(f"{thread.url}/comments", data={"body": "Written before the rule changed.", "anonymous": "y"})
    assert answer.status_code == 409
    assert "Posts carry names here now." in answer.text
    assert "Written before the rule changed." in answer.text
    assert "No post" not in answer.text
    assert names(me.get(thread.url).text) == []
    assert me.post(f"{thread.url}/comments", data={"body": "Written before the rule changed."}).status_code == 303


def test_a_refused_post_keeps_its_tick(people, thread, given, sign_in):
    given(anonymity="allowed")
    answer = sign_in(people.student).post(f"{thread.url}/comments", data={"body": "", "anonymous": "y"})
    assert answer.status_code == 422
    assert re.search(r'name="anonymous" value="y" data-kept checked', answer.text)


def test_staff_are_told_wherever_they_read_the_name(app, people, thread, given, say, sign_in):
    given(anonymity="allowed")
    comment = say(people.student, "Somebody is afraid.", anonymous="y")
    say(people.student, "Nobody else is.")
    search = f"/readings/{thread.assignment}/search?q=afraid"
    staff = sign_in(people.instructor)
    pages = ["/", search, f"/comments/{comment}/hiding", f"/comments/{comment}/endorsement"]
    for path in pages:
        assert staff.get(path).text.count("Anonymous to classmates") == 1, path
    staff.post(f"/comments/{comment}/hiding", data={"reason": "Only to look at the list."})
    assert "Anonymous to classmates" in staff.get(f"/classes/{people.section}/moderation?list=hidden").text
    staff.post(f"/comments/{comment}/restoration")
    found = sign_in(people.classmate).get(search).text
    assert "Classmate 1" in found
    assert "Anonymous to classmates" not in found


def test_an_edit_leaves_it_anonymous(people, thread, given, say, sign_in):
    given(anonymity="allowed")
    comment = say(people.student, "Frist.", anonymous="y")
    me = sign_in(people.student)
    assert "Your classmates will not see your name." in me.get(f"/comments/{comment}/edit").text
    me.post(f"/comments/{comment}/edit", data={"body": "First.", "seen": ""})
    page = sign_in(people.classmate).get(thread.url).text
    assert names(page) == ["Classmate 1"]
    assert "First." in page
    assert "changed" in page


def test_a_student_who_becomes_an_assistant_is_not_told_by_the_role(app, people, thread, given, say, sign_in):
    given(anonymity="allowed", posts_before_seeing=1)
    comment = say(people.student, "From a student.", anonymous="y")
    with app.app_context():
        own = select(Enrollment.id).where(Enrollment.user_id == people.student.id)
        change_role(people.instructor.id, db.session.scalars(own).one(), "assistant")
        commit()
    classmate = sign_in(people.classmate)
    assert "From a student." not in classmate.get(thread.url).text  # the gate does not open for it
    assert classmate.get(f"/comments/{comment}").status_code == 404
    say(people.classmate, "Mine.")
    page = classmate.get(thread.url).text
    assert names(page) == ["Classmate 1", "Carl Moreau"]
    assert "Assistant" not in post_of(page, comment)


def test_a_reply_is_told_under_the_anonymous_name(app, people, thread, given, say, sign_in):
    given(anonymity="allowed")
    mine = say(people.student, "A question.")
    say(people.classmate, "An answer.", parent=mine, anonymous="y")
    announce(app)
    assert sentences(sign_in(people.student)) == ["Classmate 1 replied to you in “Was it a fair vote?”"]


def test_a_script_gets_the_own_post_with_its_mark(people, thread, given, sign_in):
    given(anonymity="allowed")
    data = {"body": "Alone.", "anonymous": "y"}
    answer = sign_in(people.student).post(f"{thread.url}/comments", data=data, headers={"X-Fragment": "1"})
    assert answer.status_code == 200
    assert MARK in answer.text
    assert "Sofia Lind" in answer.text


def test_no_two_people_get_the_same_number_at_once(app, people, thread, given, sign_in):
    given(anonymity="forced")
    students = make_students(app, people.section, 6)
    clients = [sign_in(student) for student in students]

    def post(client):
        return client.post(f"{thread.url}/comments", data={"body": "At once."}).status_code

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(post, clients)) == {303}
    with app.app_context():
        assert sorted(db.session.scalars(select(Comment.alias))) == [1, 2, 3, 4, 5, 6]


def test_an_anonymous_post_marks_its_authors_name_as_it_marks_others(given, people, say, sign_in, thread):
    given(anonymity="forced")
    say(people.student, "As @Sofia Lind and @Carl Moreau say.")
    assert sign_in(people.classmate).get(thread.url).text.count('class="mention"') == 2
