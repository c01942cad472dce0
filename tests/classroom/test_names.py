"""Names of accounts: folded, checked and proposed."""

from __future__ import annotations

import pytest

from classroom.names import clean_email, is_username, name_key, plain_name, propose_username


def test_names_that_differ_by_case_or_width_alone_are_one() -> None:
    assert name_key(" Sofia.LIND@Example.org ") == name_key("sofia.lind@example.org")
    assert name_key("ＡＮＮＡ") == "anna"
    assert name_key("STRASSE") == name_key("straße")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  a@example.org ", "a@example.org"),
        ("A@Example.ORG", "A@example.org"),
        ("josé@example.org", "josé@example.org"),
        ("a b@example.org", None),
        ("a@localhost", None),
        ("nobody", None),
        ("a@b@example.org", None),
        ("x" * 300 + "@example.org", None),
        ("", None),
    ],
)
def test_an_address_is_checked_by_its_form(typed: str, stored: str | None) -> None:
    assert clean_email(typed) == stored


@pytest.mark.parametrize("name", ["anna", "anna.smith", "anna-2", "李小", "x_1", "a" * 80])
def test_these_are_usernames(name: str) -> None:
    assert is_username(name)


@pytest.mark.parametrize("name", ["a", "", "a b", "a@b", ".anna", "anna.", "a" * 81, "<b>", "anna\n"])
def test_these_are_no_usernames(name: str) -> None:
    assert not is_username(name)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Anna Smith", "anna.smith"),
        ("José María García", "jose.maria.garcia"),
        ("Łukasz Żółć", "lukasz.zolc"),
        ("Seán O’Brien", "sean.obrien"),
        ("李 小龍", ""),
        ("Nguyễn Thị Hương", "nguyen.thi.huong"),
    ],
)
def test_a_name_in_plain_letters(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_a_proposed_username_is_free_and_fits() -> None:
    taken = {"anna.smith", "anna.smith2", "000106"}
    assert propose_username("Anna Smith", "", taken.__contains__) == "anna.smith3"
    assert propose_username("李 小龍", "100003", taken.__contains__) == "100003"
    assert propose_username("李 小龍", "", taken.__contains__) == "reader"
    assert is_username(propose_username("X", "", taken.__contains__))
