"""What the shared macros promise to every page that uses them."""

from __future__ import annotations

import re

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired

from core.forms import Form

pytestmark = pytest.mark.sqlite_only
FORMS = '{% import "macros/forms.html" as forms %}'
CHARTS = '{% import "macros/charts.html" as charts %}'


class _Name(Form):
    name = StringField("Name", [DataRequired("Type your name.")])
    kind = RadioField("Kind", choices=[SelectChoice("a", "One"), SelectChoice("b", "Two")], default="a")


def _render(app: Flask, source: str, **context: object) -> str:
    with app.test_request_context("/"):
        return render_template_string(source, **context)


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Dr. Maren Okafor", "MO"), ("Elif Kaya", "EK"), ("Ana María de la Cruz", "AC"), ("Plato", "P"), ("", "·")],
)
def test_initials_come_from_the_first_and_the_last_name(app: Flask, name: str, initials: str) -> None:
    source = '{% from "macros/people.html" import initials %}{{ initials(name) }}'
    assert _render(app, source, name=name) == initials


@pytest.mark.parametrize("given", ["4.3", "¶ 4.3", "¶4.3"])
def test_a_ref_has_one_sign_and_leads_to_its_place(app: Flask, given: str) -> None:
    page = _render(app, '{% from "macros/refs.html" import ref %}{{ ref(given, "#s7") }}', given=given)
    assert page.strip() == '<a class="ref" href="#s7">¶&nbsp;4.3</a>'


def test_the_longest_paragraph_fills_the_spine(app: Flask) -> None:
    items = [{"number": 1, "words": 50}, {"number": 2, "words": 200}, {"number": 3, "words": 1}]
    page = _render(app, '{% from "macros/refs.html" import spine %}{{ spine(items) }}', items=items)
    assert re.findall(r'width="(\d+)%" height="5"', page) == ["25", "100", "8"]


def test_a_refused_field_says_why_beside_it_and_in_the_summary(app: Flask) -> None:
    source = FORMS + '{{ forms.error_summary(form) }}{{ forms.field(form.name, hint="In full") }}'
    with app.test_request_context("/"):
        form = _Name(MultiDict({"name": ""}), meta={"csrf": False})
        assert not form.validate()
        page = render_template_string(source, form=form)
    assert '<a href="#name">Name: Type your name.</a>' in page
    assert 'aria-describedby="name-hint name-error"' in page
    assert 'aria-invalid="true"' in page
    assert page.index('id="name-error"') < page.index("<input")


def test_single_choices_are_a_named_group_with_one_chosen(app: Flask) -> None:
    with app.test_request_context("/"):
        form = _Name(meta={"csrf": False})
        page = render_template_string(FORMS + "{{ forms.field(form.kind) }}", form=form)
    assert "<legend>Kind</legend>" in page
    assert page.count('type="radio"') == 2
    assert page.count(" checked") == 1


def test_there_is_one_seat_for_each_student(app: Flask) -> None:
    page = _render(app, CHARTS + "{{ charts.seats(21, 1, 2) }}")
    assert page.count("<circle") == 24
    assert "21 handed in, 1 started, 2 not started" in page


def test_the_parts_of_a_bar_are_shares_of_all_answers(app: Flask) -> None:
    page = _render(app, CHARTS + "{{ charts.bar(6, 2, 2) }}")
    assert 'class="f-full" width="60.00%"' in page
    assert 'x="60.00%" y="0.5" width="20.00%"' in page


def test_charts_without_answers_draw_nothing_and_do_not_fail(app: Flask) -> None:
    source = CHARTS + '{{ charts.bar(0, 0, 0) }}{{ charts.histogram([], "Scores") }}{{ charts.seats(0, 0, 0) }}'
    assert "f-full" not in _render(app, source)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 422, 429, 500])
def test_every_error_page_has_one_heading_and_a_way_back(app: Flask, status: int) -> None:
    with app.test_request_context("/"):
        page = app.jinja_env.get_template(f"errors/{status}.html").render(message=None, status=status)
    assert page.count("<h1>") == 1
    assert 'class="btn go"' in page


def test_no_filter_takes_the_name_of_another(app: Flask) -> None:
    filters = app.jinja_env.filters
    filters.update(points=filters["points"])
    with pytest.raises(ValueError, match="points"):
        filters.update(points=str)
    assert filters["points"] is not str
