"""No page of results is left out of what is compared with the raw rows, unless it shows no figure."""

from __future__ import annotations

from importlib import import_module

from app import create_app
from tests.support.databases import SETTINGS
from tests.support.recomputed.pages import COMPARED, WITHOUT_FIGURES

OF_A_STUDENT = {"taking.result"}
"""What students see of their own results on other floors."""


def test_every_page_of_results_is_compared_or_shows_no_figure() -> None:
    app = create_app({**SETTINGS, "DATABASE_URL": "sqlite:///never-opened.sqlite3"})
    shown = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    of_results = {each for each in shown if app.view_functions[each].__module__.startswith("results.")} | OF_A_STUDENT
    assert len(of_results) > 20
    assert of_results == COMPARED.keys() | WITHOUT_FIGURES.keys()
    assert not COMPARED.keys() & WITHOUT_FIGURES.keys()
    assert all(why.endswith(".") for why in WITHOUT_FIGURES.values())


def test_what_compares_a_page_says_what_it_should_show_and_reads_what_it_shows() -> None:
    for name in {name for names in COMPARED.values() for name in names.split(", ")}:
        made = vars(import_module(f"tests.support.recomputed.{name}"))
        assert {"expected", "told"} <= {each.partition("_")[0] for each in made}, name
