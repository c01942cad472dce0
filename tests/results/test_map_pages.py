"""The map of the article through the door: for whom it is, and what an address asks for."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from articles.spans import Ends
from classroom.models import Enrollment
from core.database import commit, db
from discussion.comment_text import compose
from discussion.margins import meant
from discussion.operations import NewNote, add_note, mark_confusing
from discussion.queries import get_margin_for
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students

LAYERS = {
    "missed": "Points lost",
    "evidence": "Evidence cited",
    "confusion": "Confusion",
    "questions": "Open questions",
}


@pytest.fixture
def read_by(app, people, sign_in):
    """Six students answer; two of them marked a sentence and asked staff something there."""
    sitting = make_sitting(app, people, types=("single_choice+evidence",))
    students = make_students(app, people.section, 6)
    item = sitting.items["single_choice"]
    for at, student in enumerate(students):
        client = sign_in(student)
        attempt = start(client, sitting)
        cited = {f"answer-{item}.evidence": [str(sitting.sentences[4 if at else 0])]}
        save(client, attempt, item, sitting.fields("single_choice", "right" if at else "wrong") | cited)
        client.post(f"/attempts/{attempt}/submission")
    with app.app_context():
        for student in students[:2]:
            margin = get_margin_for(student.id, sitting.assignment)
            mark_confusing(margin, sitting.sentences[3])
            ends = Ends(sitting.sentences[3], sitting.sentences[3])
            add_note(margin, NewNote(compose("What is a crown?"), ends, meant("staff", "student")))
        commit()
    return sitting


def observe(app, people):
    with app.app_context():
        mine = select(Enrollment).where(
            Enrollment.user_id == people.assistant.id, Enrollment.section_id == people.section
        )
        db.session.scalars(mine).one().role = "observer"
        commit()


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [
        ("missed", "Most was lost at ¶ 1: 17 % of the points."),
        ("evidence", "Most cited is ¶ 2.2: 5 of 6 answers point there."),
        ("confusion", "Hardest is ¶ 2.1: 2 of 8 students marked it."),
        ("questions", "2 questions wait; most at ¶ 2.1."),
        ("nonsense", "Most was lost at ¶ 1: 17 % of the points."),
    ],
)
def test_a_layer_opens_with_the_sentence_that_matters(people, read_by, sign_in, layer, sentence) -> None:
    page = sign_in(people.instructor).get(f"/readings/{read_by.assignment}/results/map?layer={layer}").text
    assert f">{sentence}</h1>" in page


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_takes_few_statements_and_writes_nothing(people, read_by, sign_in, count_statements, layer) -> None:
    client = sign_in(people.instructor)
    address = f"/readings/{read_by.assignment}/results/map?layer={layer}"
    client.get(address)
    with count_statements() as seen:
        client.get(address)
    assert len(seen) <= 14
    assert not seen.writes()


def test_a_passage_without_a_question_says_so(people, read_by, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/readings/{read_by.assignment}/results/map").text
    assert page.count('<div class="hp lv0 bare"') == 2
    assert "Not in the quiz" in page


def test_the_evidence_can_be_that_of_one_answer(people, read_by, sign_in) -> None:
    here = f"/readings/{read_by.assignment}/results/map?layer=evidence&item={read_by.items['single_choice']}"
    client = sign_in(people.instructor)
    wrong, unknown = client.get(f"{here}&option=k2").text, client.get(f"{here}&option=zz").text
    assert "Most cited is ¶ 1.1: 1 of 1 answers point there." in wrong
    assert "5 of 6 answers point there." in unknown


def test_observers_see_no_layer_of_what_people_wrote_or_marked_and_nothing_of_fewer_than_five(
    app, people, read_by, sign_in
) -> None:
    observe(app, people)
    client = sign_in(people.assistant)
    here = f"/readings/{read_by.assignment}/results/map"
    for layer in ("confusion", "questions"):
        page = client.get(f"{here}?layer={layer}").text
        assert f"layer={layer}" not in page
        assert "Most was lost at ¶ 1" in page
    whole = client.get(f"{here}?layer=evidence").text
    assert "5 of 6" in whole
    one = client.get(f"{here}?layer=evidence&item={read_by.items['single_choice']}&option=k2").text
    assert "5 of 6" in one
    assert "1 of 1" not in one
    assert "Option 2" not in one


def test_the_map_is_not_for_students(people, read_by, sign_in) -> None:
    here = f"/readings/{read_by.assignment}/results/map"
    assert sign_in(people.student).get(here).status_code == 403
    assert sign_in(people.other_instructor).get(here).status_code == 404


def test_every_number_of_who_is_in_leads_to_those_students(people, read_by, sign_in) -> None:
    client = sign_in(people.instructor)
    page = client.get(f"/readings/{read_by.assignment}/results").text
    for state, there, missing in (("handed_in", "Student 0001", "Sofia"), ("missing", "Sofia", "Student 0001")):
        assert f"state={state}" in page
        listed = client.get(f"/readings/{read_by.assignment}/results/students?state={state}").text
        assert there in listed
        assert missing not in listed.split("<table")[1]


def test_the_overview_counts_open_questions_beside_their_paragraph(people, read_by, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/readings/{read_by.assignment}/results").text
    assert "2 open questions" in page.split('id="map-p2"')[1].split('id="map-p3"')[0]


def test_the_overview_says_how_many_took_part_in_each_discussion(people, reading, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/readings/{reading.assignment}/results").text
    talk = page.split('id="talk"')[1].split("</section>")[0]
    assert "Was it worth it?" in talk
    assert "2 of 2" in talk


def test_the_evidence_of_few_cannot_be_taken_from_the_whole_by_observers(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, types=("single_choice+evidence", "evidence"))
    item, pointing = sitting.items["single_choice"], sitting.items["evidence"]
    for at, student in enumerate(make_students(app, people.section, 6)):
        client = sign_in(student)
        attempt = start(client, sitting)
        cited = {f"answer-{item}.evidence": [str(sitting.sentences[4])]}
        save(client, attempt, item, sitting.fields("single_choice", "right") | cited)
        if at < 2:
            save(client, attempt, pointing, {f"answer-{pointing}": [str(sitting.sentences[0])]})
        client.post(f"/attempts/{attempt}/submission")
    here = f"/readings/{sitting.assignment}/results/map?layer=evidence"
    assert "6 of 8 answers point there." in sign_in(people.instructor).get(here).text
    observe(app, people)
    page = sign_in(people.assistant).get(here).text
    assert "6 of 6 answers point there." in page
    assert f"item={pointing}" not in page
