"""What stands on the projector: large, by key and by link, without names, and nothing that is not for everybody."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from articles.spans import Ends
from classroom.models import Enrollment
from core import clock
from core.database import commit, db
from discussion.comment_text import compose
from discussion.covering import Covering
from discussion.margins import meant
from discussion.models import Comment
from discussion.operations import NewNote, add_note, mark_confusing
from discussion.queries import get_margin_for
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>As Sofia Lind said.</p>", "<p>As (a name) said.</p>"),
        ("<p>as SOFIA LIND said, and Sofia</p>", "<p>as (a name) said, and (a name)</p>"),
        ('<p>Ask <span class="mention">@Sofia Lind</span>.</p>', "<p>Ask (a name).</p>"),
        ("<p>Kim signed; the student Kim Moreau did not.</p>", "<p>Kim signed; the student (a name) did not.</p>"),
        ("<p>Ed said &lt;b&gt; &amp; left</p>", "<p>Ed said &lt;b&gt; &amp; left</p>"),
        (
            '<p><a href="https://example.org/Sofia">Sofia</a></p>',
            '<p><a href="https://example.org/Sofia">(a name)</a></p>',
        ),
        (
            "<p>sofia; by LIND and o'hara; Sofia’s and sofia2</p>",
            "<p>(a name); by (a name) and (a name); (a name)’s and (a name)2</p>",
        ),
        (
            "<p>So<strong>fi</strong>a <em>Lind</em> wrote</p>",
            "<p>(a name)<strong></strong><em></em> wrote</p>",
        ),
        ("<p><em>Sof</em>ia L<code>in</code>d.</p>", "<p><em>(a name)</em><code></code>.</p>"),
        ("<p>s\u200bofia, Jose, JOSE\u0301!</p>", "<p>(a name), (a name), (a name)!</p>"),
        ("<p>Sofia</p><p>Lindgren met so</p><p>fia.</p>", "<p>(a name)</p><p>Lindgren met so</p><p>fia.</p>"),
        ("<p>The lindens and kim; I will, said Will.</p>", "<p>The lindens and kim; I will, said (a name).</p>"),
        ("<p>李明说 &amp; ann marie lee</p>", "<p>(a name)说 &amp; (a name)</p>"),
        ("<blockquote><p>said O’Hara</p></blockquote>", "<blockquote><p>said (a name)</p></blockquote>"),
    ],
)
def test_names_of_the_class_are_covered(app, html, shown) -> None:
    names = ["Sofia Lind", "Kim Moreau", "Ed O’Hara", " ", "José", "Will Stone", "李明", "Ann-Marie Lee"]
    with app.test_request_context():
        assert Covering(names, "In June, Kim Jong Un will sign.").cover(html) == shown


@pytest.fixture
def taught(app, people, sign_in):
    """Six answer a choice; four of them are right."""
    sitting = make_sitting(app, people, types=("single_choice", "short_answer"))
    students = make_students(app, people.section, 6)
    for at, student in enumerate(students):
        client = sign_in(student)
        attempt = start(client, sitting)
        save(
            client,
            attempt,
            sitting.items["single_choice"],
            sitting.fields("single_choice", "right" if at > 1 else "wrong"),
        )
        typed = {f"answer-{sitting.items['short_answer']}": "Student 0003 copies"}
        save(client, attempt, sitting.items["short_answer"], sitting.fields("short_answer") | typed)
        client.post(f"/attempts/{attempt}/submission")
    return sitting, students


def shown(client, assignment, *comments):
    """What stands on the screen when these comments are chosen."""
    sent = {"comment": [str(comment) for comment in comments]}
    assert client.post(f"/readings/{assignment}/results/projector/comments", data=sent).status_code == 303
    return read(client, assignment, show="comments")


def read(client, assignment, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answered = client.get(f"/readings/{assignment}/results/projector?{query}")
    assert answered.status_code == 200
    return answered.get_data(as_text=True)


def test_the_split_of_a_question_is_hidden_then_shown_then_what_is_right(people, taught, sign_in) -> None:
    client, (sitting, _students) = sign_in(people.instructor), taught
    hidden, split, key = (read(client, sitting.assignment, show="question-1", stage=stage) for stage in (0, 1, 2))
    assert "Option 1" in hidden
    assert "n = 6" not in hidden
    assert "<b>4</b>" not in hidden
    assert "<b>4</b>" in split
    assert "n = 6" in split
    assert "Right</span>" not in split
    assert key.count("Right</span>") == 1
    assert 'stage=1" data-key="r"' in hidden
    assert 'stage=2" data-key="r"' in split


def test_no_name_and_nothing_that_a_student_typed_is_on_any_step(people, taught, sign_in) -> None:
    client, (sitting, students) = sign_in(people.instructor), taught
    for step in ("missed", "evidence", "confusion", "questions", "question-1", "question-2", "comments"):
        page = read(client, sitting.assignment, show=step, stage=1)
        shown = page.split("<body")[1].split("<dialog")[0]
        for person in (*students, people.student, people.instructor):
            assert person.name not in shown
    assert "Other answers" in read(client, sitting.assignment, show="question-2", stage=1)


def test_nothing_of_fewer_than_five_is_shown(app, people, sign_in, taught, reading) -> None:
    client, (sitting, students) = sign_in(people.instructor), taught
    assert "once five have answered" in read(client, reading.assignment, show="question-1", stage=2)
    assert "Too few for a map" in read(client, reading.assignment, show="missed")
    for count, is_held in ((4, True), (5, False)):
        with app.app_context():
            for student in students[:count]:
                mark_confusing(get_margin_for(student.id, sitting.assignment), sitting.sentences[1])
            commit()
        page = read(client, sitting.assignment, show="confusion")
        assert ("Too few for a map" in page) is is_held
        assert (f"{count} of 8" in page) is not is_held


def test_questions_to_staff_alone_are_not_on_the_screen(app, people, taught, sign_in) -> None:
    sitting, students = taught
    with app.app_context():
        for choice, at in (("staff", 0), ("question", 3)):
            ends = Ends(sitting.sentences[at], sitting.sentences[at])
            note = NewNote(compose("Why?"), ends, meant(choice, "student"))
            add_note(get_margin_for(students[0].id, sitting.assignment), note)
        commit()
    page = read(sign_in(people.instructor), sitting.assignment, show="questions")
    assert "One question waits, at ¶ 2.1." in page
    assert "n = 1 question" in page


HIDING = {
    "hidden": {"hidden_at": clock.now},
    "deleted": {"deleted_at": clock.now},
    "waiting": {"waits": lambda: True},
}


@pytest.mark.parametrize("what", HIDING)
def test_a_comment_that_is_no_longer_for_everybody_disappears(app, people, reading, sign_in, what) -> None:
    client = sign_in(people.instructor)
    listed = f"/readings/{reading.assignment}/results/projector/comments"
    assert "thinks so." in shown(client, reading.assignment, reading.comment)
    assert f'value="{reading.comment}"' in client.get(listed).text
    with app.app_context():
        comment = db.session.get_one(Comment, reading.comment)
        for name, value in HIDING[what].items():
            setattr(comment, name, value())
        commit()
    assert "thinks so." not in read(client, reading.assignment, show="comments")
    assert "thinks so." not in shown(client, reading.assignment, reading.comment)
    assert f'value="{reading.comment}"' not in client.get(listed).text


def test_notes_to_staff_and_to_oneself_cannot_be_shown(app, people, reading, sign_in) -> None:
    client = sign_in(people.instructor)
    with app.app_context():
        margin = get_margin_for(people.student.id, reading.assignment)
        ends = Ends(reading.sentences[0], reading.sentences[0])
        notes = {
            choice: add_note(margin, NewNote(compose(f"A note {choice}."), ends, meant(choice, "student")))
            for choice in ("comment", "staff", "self")
        }
        commit()
    seen = {choice: f"A note {choice}." in shown(client, reading.assignment, note) for choice, note in notes.items()}
    assert seen == {"comment": True, "staff": False, "self": False}


def test_a_comment_of_another_reading_is_not_shown_and_two_at_most_are(people, reading, taught, sign_in) -> None:
    client = sign_in(people.instructor)
    assert "No comment is chosen" in shown(client, taught[0].assignment, reading.comment)
    page = shown(client, reading.assignment, reading.comment, reading.classmates_comment, reading.comment)
    assert page.count("(a name) thinks so.") == 2
    assert page.count('class="shown-post"') == 2
    assert "No comment is chosen" in shown(client, reading.assignment)


def test_the_projector_is_for_staff_and_writes_nothing(app, people, reading, sign_in, count_statements) -> None:
    here = f"/readings/{reading.assignment}/results/projector"
    for person, status in ((people.student, 403), (people.other_instructor, 404), (people.assistant, 200)):
        assert sign_in(person).get(here).status_code == status
        assert sign_in(person).get(f"{here}/comments").status_code == status
    client = sign_in(people.instructor)
    shown(client, reading.assignment, reading.comment)
    for step in ("missed", "evidence", "confusion", "questions", "question-1", "comments"):
        client.get(f"{here}?show={step}")
        with count_statements() as seen:
            client.get(f"{here}?show={step}")
        assert len(seen) <= 15
        assert not seen.writes()
    with app.app_context():
        place = select(Enrollment).where(Enrollment.user_id == people.assistant.id)
        db.session.scalars(place).one().role = "observer"
        commit()
    assert sign_in(people.assistant).get(here).status_code == 403


def test_what_was_quoted_of_a_hidden_post_is_not_on_the_screen(app, people, reading, sign_in) -> None:
    student, client = sign_in(people.student), sign_in(people.instructor)
    thread = f"/discussions/{reading.prompt_delivery}/comments"
    words = student.get(f"/comments/{reading.classmates_comment}/quotation").text
    sent = {"body": f"{words}I see it otherwise, ¶ 1.1.", "parent": reading.classmates_comment}
    quoting = student.post(thread, data=sent).location.rpartition("#c")[2]
    assert "Quoted post" in shown(client, reading.assignment, quoting)
    client.post(f"/comments/{reading.classmates_comment}/hiding", data={"reason": "Rude."})
    page = read(client, reading.assignment, show="comments")
    assert "I see it otherwise" in page
    assert "thinks so." not in page
    assert "What was quoted here is hidden." in page
    assert (
        "thinks so."
        not in client.get(f"/readings/{reading.assignment}/results/projector/comments").text.split(
            "I see it otherwise"
        )[0]
    )


def test_what_answers_a_post_that_waits_for_approval_is_not_on_the_screen(app, people, reading, sign_in) -> None:
    client = sign_in(people.instructor)
    sent = {"body": "This cannot stay, ¶ 1.1.", "parent": reading.comment}
    answer = client.post(f"/discussions/{reading.prompt_delivery}/comments", data=sent).location.rpartition("#c")[2]
    assert "This cannot stay" in shown(client, reading.assignment, answer)
    with app.app_context():
        db.session.get_one(Comment, reading.comment).waits = True
        commit()
    assert "This cannot stay" not in read(client, reading.assignment, show="comments")
