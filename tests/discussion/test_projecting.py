"""A post is put on the projector where it stands: two at most, the first makes room, and it can be taken back."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.exc import IntegrityError

from classroom.models import Section
from core import clock
from core.database import commit, db
from discussion.models import Comment
from discussion.projected_models import ProjectedComment
from discussion.queries import list_projected


@pytest.fixture
def third(people, reading, sign_in) -> int:
    """One more post in the thread."""
    sent = {"body": "A third thought, ¶ 1.1."}
    answer = sign_in(people.student).post(f"/discussions/{reading.prompt_delivery}/comments", data=sent)
    return int(answer.location.rpartition("#c")[2])


def projected(app, reading) -> list[int]:
    with app.app_context():
        return list_projected(reading.assignment)


def project(client, comment: int) -> str:
    """Show a post on the projector; what the page says then."""
    answer = client.post(f"/comments/{comment}/projector")
    assert answer.status_code == 303
    return client.get(answer.location).text


def screen(client, reading) -> str:
    page = client.get(f"/readings/{reading.assignment}/results/projector?show=comments").text
    return page.split("<main")[1].split("</main>")[0]


def button(page: str, words: str) -> str:
    """The address that a button of the page posts to."""
    return re.search(rf'formaction="([^"]+)"[^>]*>{words}', page).group(1)


def notice(page: str) -> str:
    return page.split('id="projected"')[1].split("</form>")[0]


def test_a_post_is_shown_without_its_author_and_taken_off_again(app, people, reading, sign_in) -> None:
    client = sign_in(people.assistant)
    thread = f"/discussions/{reading.prompt_delivery}"
    assert f"/comments/{reading.comment}/projector" in client.get(thread).text
    page = project(client, reading.comment)
    assert "This post is on the projector, without its author." in notice(page)
    assert "made room" not in notice(page)
    assert "On the projector</p>" in page
    shown = screen(client, reading)
    assert "(a name) thinks so." in shown
    assert people.student.name not in shown
    assert client.post(button(page, "Take off the projector")).status_code == 303
    assert projected(app, reading) == []
    assert "On the projector</p>" not in client.get(thread).text


def test_of_three_the_first_makes_room_and_undo_brings_it_back(app, people, reading, third, sign_in) -> None:
    client, first, second = sign_in(people.instructor), reading.comment, reading.classmates_comment
    for comment in (first, second, second):
        project(client, comment)
    assert projected(app, reading) == [first, second]
    said = notice(project(client, third))
    assert "made room" in said
    assert f'name="back" value="{first}"' in said
    assert projected(app, reading) == [third, second]
    client.post(f"/comments/{third}/projector/removal", data={"back": first})
    assert projected(app, reading) == [first, second]
    project(client, third)
    assert projected(app, reading) == [first, third]


@pytest.mark.parametrize("what", ["hidden_at", "deleted_at", "waits"])
def test_what_the_class_may_not_read_vanishes_and_leaves_room(app, people, reading, third, sign_in, what) -> None:
    client = sign_in(people.instructor)
    for comment in (reading.comment, reading.classmates_comment):
        project(client, comment)
    with app.app_context():
        setattr(db.session.get_one(Comment, reading.classmates_comment), what, True if what == "waits" else clock.now())
        commit()
    assert screen(client, reading).count('class="shown-post"') == 1
    assert "made room" not in notice(project(client, third))
    assert projected(app, reading) == [reading.comment, third]
    client.post(f"/comments/{third}/projector/removal", data={"back": reading.classmates_comment})
    assert projected(app, reading) == [reading.comment]
    answer = client.post(f"/comments/{reading.classmates_comment}/projector")
    assert answer.status_code == 403
    assert (
        f'formaction="/comments/{reading.classmates_comment}/projector"'
        not in client.get(f"/discussions/{reading.prompt_delivery}").text
    )


def test_nobody_but_staff_chooses_or_learns_of_it(app, people, reading, sign_in) -> None:
    here = f"/comments/{reading.comment}/projector"
    refused = {people.student: 403, people.classmate: 403, people.other_student: 404, people.other_instructor: 404}
    for person, status in refused.items():
        assert sign_in(person).post(here).status_code == status
        assert sign_in(person).post(here + "/removal").status_code == status
    project(sign_in(people.instructor), reading.comment)
    page = sign_in(people.student).get(f"/discussions/{reading.prompt_delivery}?projected={reading.comment}").text
    assert "projector" not in page
    with app.app_context():
        db.session.get_one(Section, people.section).archived_at = clock.now()
        commit()
    assert sign_in(people.instructor).post(here + "/removal").status_code == 403
    listed = f"/readings/{reading.assignment}/results/projector/comments"
    assert sign_in(people.instructor).post(listed).status_code == 403
    assert projected(app, reading) == [reading.comment]


def test_more_than_two_are_refused_with_all_that_was_checked(app, people, reading, third, sign_in) -> None:
    client, listed = sign_in(people.instructor), f"/readings/{reading.assignment}/results/projector/comments"
    chosen = [reading.comment, reading.classmates_comment, third]
    answer = client.post(listed, data={"comment": [str(comment) for comment in chosen]})
    assert answer.status_code == 422
    assert "There is room for two." in answer.text
    assert answer.text.count(" checked") == 3
    assert projected(app, reading) == []


def test_the_database_holds_two_places_for_a_reading(app, people, reading) -> None:
    values = {"assignment_id": reading.assignment, "comment_id": reading.comment, "chosen_at": clock.now()}
    with app.app_context():
        db.session.add(ProjectedComment(slot=3, **values))
        with pytest.raises(IntegrityError):
            db.session.flush()


def test_what_answers_a_post_that_waits_for_approval_is_not_put_there(app, people, reading, sign_in) -> None:
    client, thread = sign_in(people.instructor), f"/discussions/{reading.prompt_delivery}"
    sent = {"body": "That is so.", "parent": reading.classmates_comment}
    reply = int(client.post(f"{thread}/comments", data=sent).location.rpartition("#c")[2])
    with app.app_context():
        db.session.get_one(Comment, reading.classmates_comment).waits = True
        commit()
    assert client.post(f"/comments/{reply}/projector").status_code == 403
    assert projected(app, reading) == []
