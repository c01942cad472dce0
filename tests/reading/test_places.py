"""Places named in what people wrote."""

import pytest

from reading.places import split_at_places


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("No place.", [("No place.", "")]),
        ("See ¶ 4.3, then ¶5.", [("See ", "¶ 4.3"), (", then ", "¶5"), (".", "")]),
        ("¶ 4", [("", "¶ 4"), ("", "")]),
        ("", [("", "")]),
    ],
)
def test_words_are_split_at_the_places_they_name(words, pieces):
    assert split_at_places(words) == pieces
