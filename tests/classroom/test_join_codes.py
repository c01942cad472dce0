"""Join codes: readable, and read in whatever way they were typed."""

from __future__ import annotations

import pytest

from classroom.join_codes import ALPHABET, confused_characters, new_code, normalise, shown


def test_a_code_has_six_characters_that_nobody_confuses() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(len(code) == 6 and set(code) <= set(ALPHABET) for code in codes)
    assert not set("01OIL") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["K7M4QX", "k7m 4qx", " K7M-4QX ", "k7m–4qx", "K.7.M.4.Q.X", "Ｋ７Ｍ４ＱＸ"])
def test_a_code_is_found_however_it_was_typed(typed: str) -> None:
    assert normalise(typed) == "K7M4QX"


def test_a_code_is_shown_in_two_groups() -> None:
    assert shown("K7M4QX") == "K7M 4QX"


def test_characters_that_no_code_has_are_named() -> None:
    assert confused_characters("k7m 40o") == ["0", "O"]
    assert confused_characters("K7M4QX") == []
