"""A discussion that begins with what split the class: the page, the prompt it makes, and mixed groups."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from articles.models import Assignment
from classroom.models import Enrollment
from core import clock
from core.database import commit, db
from discussion.group_models import ThreadGroupMember
from discussion.models import Prompt, PromptDelivery
from discussion.operations import PromptDraft
from discussion.queries import list_prompt_passages
from quizzes.models import Attempt, QuizDelivery
from results.queries.seeded import list_seeded_threads
from results.seeding_models import SeededThread
from results.seeding_operations import AlreadySeeded, Seed, seed_thread
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students


@pytest.fixture
def taught(app, people, sign_in):
    """Twelve answer a choice of one option; seven of them are right."""
    sitting = make_sitting(app, people, types=("single_choice", "short_answer"))
    students = make_students(app, people.section, 12)
    for at, student in enumerate(students):
        client = sign_in(student)
        attempt = start(client, sitting)
        fields = sitting.fields("single_choice", "right" if at < 7 else "wrong")
        save(client, attempt, sitting.items["single_choice"], fields)
        client.post(f"/attempts/{attempt}/submission")
    return sitting


def address(sitting):
    return f"/readings/{sitting.assignment}/results/discussion"


def close(app, sitting) -> None:
    with app.app_context():
        given = db.session.get_one(Assignment, sitting.assignment)
        given.closes_at = given.latest_closes_at = clock.now() - timedelta(minutes=1)
        commit()


def make(client, sitting, **fields):
    return client.post(address(sitting), data={"item": sitting.items["single_choice"], **fields})


def count(app, model) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_page_says_what_split_the_class_with_its_numbers(people, taught, sign_in) -> None:
    page = sign_in(people.instructor).get(address(taught)).get_data(as_text=True)
    assert "Question 1 split the class most" in page
    assert "12 answers. Entropy 0.98 bits" in page
    assert "58 %" in page
    assert "Option 1" in page
    shown = page.split("<main")[1]
    assert "Student 00" not in shown


def test_one_click_makes_the_prompt_with_the_split_and_gives_it_to_the_class(app, people, taught, sign_in) -> None:
    close(app, taught)
    client = sign_in(people.instructor)
    answer = make(client, taught)
    assert answer.status_code == 303
    with app.app_context():
        prompt = db.session.scalars(select(Prompt).order_by(Prompt.id.desc())).first()
        assert prompt is not None
        delivery = db.session.scalars(select(PromptDelivery).where(PromptDelivery.prompt_id == prompt.id)).one()
        assert "This is how 12 of us answered" in prompt.body
        assert "(58 %)" in prompt.body
        assert delivery.assignment_id == taught.assignment
        assert delivery.posts_before_seeing == 1
        assert answer.location == f"/discussions/{delivery.id}"
        version = db.session.get_one(Assignment, taught.assignment).version_id
        passages = list_prompt_passages(prompt.id, version)
    assert [passage.label for passage in passages] == ["¶ 1.2–3"]
    seen = sign_in(people.student).get(answer.location).get_data(as_text=True)
    assert "(58 %)" in seen
    assert "Right" not in seen.split("<main")[1]


def test_the_same_question_is_taken_up_once(app, people, taught, sign_in) -> None:
    close(app, taught)
    client = sign_in(people.instructor)
    first = make(client, taught)
    prompts = count(app, Prompt)
    second = make(client, taught)
    assert second.location == first.location
    assert count(app, Prompt) == prompts
    assert "The class discusses it" in client.get(address(taught)).get_data(as_text=True)


def test_a_prompt_is_known_by_the_question_it_came_from_whatever_it_is_called_now(app, people, taught, sign_in) -> None:
    close(app, taught)
    client = sign_in(people.instructor)
    first = make(client, taught)
    with app.app_context():
        prompt = db.session.scalars(select(Prompt).order_by(Prompt.id.desc())).first()
        prompt.title = "What did the envoy want?"
        commit()
    assert "The class discusses it" in client.get(address(taught)).get_data(as_text=True)
    prompts = count(app, Prompt)
    assert make(client, taught).location == first.location
    assert count(app, Prompt) == prompts


def test_of_two_clicks_at_once_one_makes_the_prompt(app, people, taught, sign_in) -> None:
    close(app, taught)
    thread = int(make(sign_in(people.instructor), taught).location.rpartition("/")[2])
    prompts = count(app, Prompt)
    with app.app_context():
        given = db.session.get_one(Assignment, taught.assignment)
        seed = Seed(taught.assignment, taught.delivery, taught.items["single_choice"])
        with pytest.raises(AlreadySeeded):
            seed_thread(people.instructor.id, seed, PromptDraft(given.article_id, given.version_id, "Again"))
        commit()
        assert list_seeded_threads(taught.delivery) == {taught.items["single_choice"]: thread}
    assert count(app, Prompt) == prompts


def test_a_question_that_is_taken_out_at_that_moment_is_refused_kindly(app, people, taught, sign_in) -> None:
    close(app, taught)
    client, prompts = sign_in(people.instructor), count(app, Prompt)

    def take_out(_mapper, _connection, row) -> None:
        row.item_id += 1_000

    event.listen(SeededThread, "before_insert", take_out)
    try:
        refused = make(client, taught)
    finally:
        event.remove(SeededThread, "before_insert", take_out)
    assert refused.status_code == 409
    assert "changed at the same moment" in refused.get_data(as_text=True)
    assert count(app, Prompt) == prompts


def test_while_somebody_can_hand_in_it_is_asked_first(app, people, taught, sign_in) -> None:
    client = sign_in(people.instructor)
    before = count(app, Prompt)
    refused = make(client, taught)
    assert refused.status_code == 422
    assert "Tick this, or wait until nobody can answer any more." in refused.get_data(as_text=True)
    assert count(app, Prompt) == before
    assert make(client, taught, understood="y").status_code == 303


@pytest.mark.parametrize(("allowed", "asks"), [(1, False), (2, True), (None, True)])
def test_who_has_an_attempt_left_can_still_answer_though_everybody_has_handed_in(
    app, people, taught, sign_in, allowed, asks
) -> None:
    with app.app_context():
        db.session.get_one(QuizDelivery, taught.delivery).attempts_allowed = allowed
        for person in (people.student, people.classmate):
            db.session.scalars(select(Enrollment).where(Enrollment.user_id == person.id)).one().state = "removed"
        commit()
    client = sign_in(people.instructor)
    assert ("can still answer" in client.get(address(taught)).get_data(as_text=True)) is asks
    assert make(client, taught).status_code == (422 if asks else 303)


def test_of_fewer_than_ten_answers_nothing_is_made(app, people, sign_in, taught) -> None:
    with app.app_context():
        for attempt in db.session.scalars(select(Attempt).order_by(Attempt.id).limit(3)).all():
            db.session.get_one(Enrollment, attempt.enrollment_id).state = "removed"
        commit()
    client = sign_in(people.instructor)
    assert "No question split the class" in client.get(address(taught)).get_data(as_text=True)
    before = count(app, Prompt)
    assert make(client, taught, understood="y").status_code == 422
    assert count(app, Prompt) == before


def test_groups_are_mixed_from_students_who_answered_differently(app, people, taught, sign_in) -> None:
    close(app, taught)
    client = sign_in(people.instructor)
    thread = int(make(client, taught).location.rpartition("/")[2])
    fields = {"item": taught.items["single_choice"], "thread": thread, "size": 5}
    answer = client.post(f"/readings/{taught.assignment}/results/groups", data=fields)
    assert answer.location == f"/discussions/{thread}/groups"
    with app.app_context():
        scored = select(Attempt.enrollment_id, Attempt.points).where(Attempt.delivery_id == taught.delivery)
        points = {row[0]: row[1] for row in db.session.execute(scored)}
        rows = db.session.execute(
            select(ThreadGroupMember.group_id, ThreadGroupMember.enrollment_id).where(
                ThreadGroupMember.delivery_id == thread
            )
        )
        right: dict[int, list[bool]] = {}
        for group, who in rows:
            if who in points:
                right.setdefault(group, []).append(points[who] > 0)
    assert [len(group) for group in right.values()] == [4, 4, 4]
    assert sorted(sum(group) for group in right.values()) == [2, 2, 3]


def test_groups_that_are_there_are_replaced_only_once_that_is_asked_for(app, people, taught, sign_in) -> None:
    close(app, taught)
    client = sign_in(people.instructor)
    thread = int(make(client, taught).location.rpartition("/")[2])
    fields = {"item": taught.items["single_choice"], "thread": thread, "size": 5}
    mixing = f"/readings/{taught.assignment}/results/groups"
    client.post(mixing, data=fields)
    held = groups_of(app, thread)
    assert held
    for more in ({}, {"replaces": "y"}, {"replaces": str(thread + 1)}):
        refused = client.post(mixing, data={**fields, "size": 7, **more})
        assert refused.status_code == 422
        page = refused.get_data(as_text=True)
        assert f"This discussion has 3 groups with {len(held)} students already." in page
        assert 'value="7"' in page
        assert f'name="replaces" type="checkbox" value="{thread}"' in page
        assert groups_of(app, thread) == held
    assert client.post(mixing, data={**fields, "size": 7, "replaces": thread}).status_code == 303
    assert len(set(groups_of(app, thread).values())) == 2


def groups_of(app, thread: int) -> dict[int, int]:
    member = ThreadGroupMember
    with app.app_context():
        rows = db.session.execute(select(member.enrollment_id, member.group_id).where(member.delivery_id == thread))
        return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize(("field", "sent"), [("size", "1"), ("size", "x"), ("item", "0"), ("thread", "0")])
def test_what_cannot_be_mixed_is_refused_at_its_field(app, people, taught, sign_in, field, sent) -> None:
    close(app, taught)
    client = sign_in(people.instructor)
    thread = int(make(client, taught).location.rpartition("/")[2])
    fields = {"item": taught.items["single_choice"], "thread": thread, "size": 4, field: sent}
    answer = client.post(f"/readings/{taught.assignment}/results/groups", data=fields)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.get_data(as_text=True)
    assert count(app, ThreadGroupMember) == 0
