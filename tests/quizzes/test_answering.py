from datetime import timedelta

import pytest

from articles.operations.assignments import Dates
from core.translation import number_in_words
from quizzes.deliveries import DeliveryRules
from quizzes.models import Item
from quizzes.question_types import TYPES
from tests.quizzes.samples import SECRET
from tests.quizzes.sitting import save, start, stored_attempt

ONE, ALL = DeliveryRules(layout="one"), DeliveryRules(layout="all")


def pages_of(client, sitting, attempt):
    """Every page of an attempt in progress, as text."""
    paths = [f"/attempts/{attempt}/questions/{n}" for n in range(1, len(sitting.items) + 1)]
    for path in (f"/attempts/{attempt}", *paths, f"/attempts/{attempt}/check"):
        yield client.get(path, follow_redirects=True).get_data(as_text=True)


@pytest.mark.parametrize("rules", [ONE, ALL], ids=["one", "all"])
def test_no_page_of_an_attempt_holds_key_feedback_or_score(sit, people, sign_in, rules):
    sitting = sit(rules)
    me = sign_in(people.student)
    attempt = start(me, sitting)
    for name in sitting.items:
        if name != "short_answer":  # its key is what the student types
            save(me, attempt, sitting.items[name], sitting.fields(name))
    for page in pages_of(me, sitting, attempt):
        assert SECRET not in page
        assert "fraction" not in page
        assert "Right" not in page


def test_a_right_and_a_wrong_answer_look_the_same_before_handing_in(sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["true_false"]
    attempt = start(me, sitting)
    seen = []
    for revision, which in enumerate(("right", "wrong")):
        save(me, attempt, item, sitting.fields("true_false", which, revision=revision))
        page = me.get(f"/attempts/{attempt}/check").get_data(as_text=True)
        seen.append(page.replace("False", "True"))
    assert _without_tokens(seen[0]) == _without_tokens(seen[1])


def _without_tokens(page):
    return [line for line in page.splitlines() if "csrf" not in line]


def test_each_question_stands_beside_the_article_with_its_saved_answer(sitting, people, sign_in):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    for number, name in enumerate(sitting.items, start=1):
        save(me, attempt, sitting.items[name], sitting.fields(name))
        page = me.get(f"/attempts/{attempt}/questions/{number}").get_data(as_text=True)
        assert f"What about {name}?" in page
        assert "The harbour town voted on Tuesday." in page
        assert f"{number} of {len(TYPES)} answered" in page
        assert f'name="revision-{sitting.items[name]}" value="1"' in page


@pytest.mark.parametrize(
    ("go", "leads_to"),
    [("next", "questions/3"), ("back", "questions/1"), ("check", "check"), ("5", "questions/5"), ("", "questions/2"),
     ("99", f"questions/{len(TYPES)}"), ("elsewhere", "questions/2")],
)  # fmt: skip
def test_every_button_saves_and_then_leads_on(app, sitting, people, sign_in, go, leads_to):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    answer = me.post(f"/attempts/{attempt}/questions/2", data=sitting.fields("true_false") | {"go": go})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/attempts/{attempt}/{leads_to}")
    assert stored_attempt(app, attempt)["points"] == 100_000


def test_continue_on_the_last_question_leads_to_the_check(sitting, people, sign_in):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    last = f"/attempts/{attempt}/questions/{len(TYPES)}"
    answer = me.post(last, data=sitting.fields(list(TYPES)[-1]) | {"go": "next"})
    assert answer.headers["Location"].endswith(f"/attempts/{attempt}/check")


def test_an_attempt_goes_on_at_the_first_question_without_an_answer(sitting, people, sign_in):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    save(me, attempt, sitting.items["single_choice"], sitting.fields("single_choice"))
    assert me.get(f"/attempts/{attempt}").headers["Location"].endswith("questions/2")


def test_a_question_that_is_not_there_is_not_found(sitting, people, sign_in):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    for number in (0, len(TYPES) + 1, 99_999):
        assert me.get(f"/attempts/{attempt}/questions/{number}").status_code == 404


def test_the_rule_of_multiple_answers_is_shown_before_answering(sitting, people, sign_in):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    page = me.get(f"/attempts/{attempt}/questions/3").get_data(as_text=True)
    assert "Each right option counts up" in page
    assert "Choose two" in page


def test_the_check_lists_what_is_missing_first(sitting, people, sign_in):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    many = sitting.items["multiple_answers"]
    save(me, attempt, many, sitting.fields("multiple_answers") | {f"answer-{many}": ["k0", "k1", "k2"]})
    page = me.get(f"/attempts/{attempt}/check").get_data(as_text=True)
    assert f"{number_in_words(len(TYPES)).capitalize()} questions need you" in page
    assert "Question 1: no answer yet" in page
    assert "Question 3: Choose two, you have chosen three" in page
    assert page.index("questions need you") < page.index("What about single_choice?")


def test_options_and_questions_are_shuffled_once_and_stay_so(app, sit, people, sign_in):
    sitting = sit(DeliveryRules(shuffle_questions=True, shuffle_options=True, layout="all"))
    shown = set()
    for person in (people.student, people.classmate):
        me = sign_in(person)
        attempt = start(me, sitting)
        layout = stored_attempt(app, attempt)["layout"]
        pages = {_shape(me.get(f"/attempts/{attempt}").get_data(as_text=True), layout) for _time in range(3)}
        assert len(pages) == 1
        shown |= pages
        assert sorted(row["item"] for row in layout) == sorted(sitting.items.values())
    assert all(len(shape) == len(TYPES) for shape in shown)


def _shape(page, layout):
    places = [page.index(f'data-question="{row["item"]}"') for row in layout]
    assert places == sorted(places)
    for row in layout:
        at = page.index(f'name="revision-{row["item"]}"')
        keys = [page.index(f'value="{key}"', at) for key in row["options"]]
        assert keys == sorted(keys)
    return tuple(row["item"] for row in layout)


def test_an_attempt_keeps_the_points_it_saw(app, sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    with app.app_context():
        from_database = app.extensions["sqlalchemy"].session
        from_database.get_one(Item, item).points = 900_000
        from_database.commit()
    save(me, attempt, item, sitting.fields("single_choice"))
    assert stored_attempt(app, attempt)["points"] == 100_000


def test_the_clock_is_shown_under_a_limit_and_in_the_last_hour(sit, people, sign_in, clock):
    closes = clock.now() + timedelta(hours=3)
    limited, open_end = sit(DeliveryRules(time_limit_seconds=600)), None
    me = sign_in(people.student)
    page = me.get(f"/attempts/{start(me, limited)}/questions/1").get_data(as_text=True)
    assert f'data-ends="{(clock.now() + timedelta(seconds=600)).isoformat()}"' in page
    open_end = sit(None, Dates(None, None, closes))
    attempt = start(me, open_end)
    assert "data-ends" not in me.get(f"/attempts/{attempt}/questions/1").get_data(as_text=True)
    clock.forward(hours=2)
    assert "data-ends" in me.get(f"/attempts/{attempt}/questions/1").get_data(as_text=True)


def test_when_time_is_up_every_page_leads_to_the_result(sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=60))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    clock.forward(seconds=61)
    for path in ("", "/questions/1", "/check"):
        assert me.get(f"/attempts/{attempt}{path}").headers["Location"].endswith(f"/attempts/{attempt}/result")


@pytest.mark.parametrize("who", ["stranger", "classmate", "instructor", "other_student"])
@pytest.mark.parametrize("path", ["", "/questions/1", "/check", "/result"])
def test_nobody_else_sees_an_attempt(sitting, people, sign_in, who, path):
    attempt = start(sign_in(people.student), sitting)
    assert sign_in(getattr(people, who)).get(f"/attempts/{attempt}{path}").status_code == 404


def test_nobody_signed_in_is_led_to_the_door(sitting, people, sign_in, client):
    attempt = start(sign_in(people.student), sitting)
    answer = client.get(f"/attempts/{attempt}/questions/1")
    assert answer.status_code == 303
    assert "/login" in answer.headers["Location"]


@pytest.mark.parametrize("rules", [ONE, ALL], ids=["one", "all"])
def test_a_page_asks_few_statements_and_writes_nothing(sit, people, sign_in, count_statements, rules):
    sitting = sit(rules)
    me = sign_in(people.student)
    attempt = start(me, sitting)
    path = "" if rules is ALL else "/questions/6"
    with count_statements() as seen:
        assert me.get(f"/attempts/{attempt}{path}").status_code == 200
    assert len(seen) <= 4
    assert not seen.writes()


def test_every_type_has_its_templates(app):
    for name in TYPES:
        for template in ("answer", "review"):
            assert app.jinja_env.get_template(f"quizzes/question_types/{name}/{template}.html")
