"""Passwords: kept as Argon2id, refused when they are guessed first."""

from __future__ import annotations

import pytest
from flask import Flask

from classroom import passwords
from classroom.passwords import (
    hash_one_time_password,
    hash_password,
    needs_rehash,
    new_one_time_password,
    verify_password,
    weakness_of,
)
from tests.support.databases import Database


@pytest.mark.sqlite_only
def test_a_password_fits_its_own_hash_alone(app: Flask) -> None:
    with app.app_context():
        stored = hash_password("three green bottles")
        assert verify_password(stored, "three green bottles")
        assert not verify_password(stored, "Three green bottles")
        assert not verify_password("no hash at all", "three green bottles")
        assert stored != hash_password("three green bottles")


@pytest.mark.sqlite_only
def test_nobody_has_no_password(app: Flask) -> None:
    with app.app_context():
        assert not verify_password(None, "three green bottles")


@pytest.mark.sqlite_only
def test_an_installation_hashes_with_the_recommended_profile(database: Database) -> None:
    with database.make_app(COLLOQUY_CHEAP_PASSWORDS="no").app_context():
        stored = hash_password("three green bottles")
        assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert not needs_rehash(stored)
        assert needs_rehash(hash_one_time_password("x"))


@pytest.mark.sqlite_only
def test_no_such_account_costs_a_whole_check(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    real = passwords._matches
    monkeypatch.setattr(passwords, "_matches", lambda stored, typed: checked.append(stored) or real(stored, typed))
    with app.app_context():
        verify_password(None, "three green bottles")
        verify_password(hash_password("x"), "three green bottles")
    assert len(checked) == 2


@pytest.mark.parametrize(
    "password", ["short", "password", "PASSWORD1", "12345678", "aaaaaaaaaa", "abababab", "x" * 201]
)
def test_a_password_that_is_guessed_first_is_refused(password: str) -> None:
    assert weakness_of(password)


@pytest.mark.parametrize("password", ["Sofia Lind", "sofia@example.org", "sofia.lind", "SOFIA.LIND"])
def test_what_others_know_of_a_person_is_no_password(password: str) -> None:
    assert weakness_of(password, "Sofia Lind", "sofia@example.org", "sofia.lind@example.org", None)


@pytest.mark.parametrize("password", ["three green bottles", "8 Zeichen", "пароль для чтения", "abcdefg8"])
def test_a_password_of_ones_own_is_taken(password: str) -> None:
    assert weakness_of(password, "Sofia Lind", "sofia@example.org") is None


def test_a_one_time_password_can_be_read_from_paper() -> None:
    made = {new_one_time_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) == 14 and not set(one) & set("01ilo") for one in made)
