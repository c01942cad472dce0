"""Web Annotations: what is one, what is read of it, and that what is written is read back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.annotations import (
    CONTEXT,
    AnnotationRefused,
    Written,
    annotations_of,
    as_annotated,
    as_collection,
    find_place,
    place_in_text,
)
from articles.queries import SentenceRow
from articles.spans import Ends, Joined, Selector, settle

SENTENCES = [
    "The harbour town voted on Tuesday.",
    "Most people chose the new bridge.",
    "Some did not vote 🌉 at all.",
    "The bridge will cost 4.5 million crowns.",
]
TEXT = Joined([SentenceRow(n, n, (n + 1) // 2, 2 - n % 2, text, text, True) for n, text in enumerate(SENTENCES, 1)])
ONE = {"@context": CONTEXT, "id": "urn:x:1", "type": "Annotation", "target": "http://example.org/page"}


def read(**members: Any) -> list[dict[str, Any]]:
    return annotations_of(json.dumps({**ONE, **members}))


def about(*selectors: Any, **members: Any) -> dict[str, Any]:
    return {"source": "http://example.org/page", "selector": list(selectors), **members}


def place_of(*selectors: Any) -> Ends | None:
    (annotation,) = read(target=about(*selectors), bodyValue="So it is.")
    (annotated,) = as_annotated(annotation)
    found = find_place(TEXT, annotated)
    return settle(TEXT.sentences, found)[0] if found else None


QUOTE = {"type": "TextQuoteSelector", "exact": "chose the new", "prefix": "people ", "suffix": " bridge"}
WHOLE = {"type": "TextQuoteSelector", "exact": "Some did not vote 🌉 at all."}


@pytest.mark.parametrize(
    ("members", "where"),
    [
        ({"id": None}, "id"),
        ({"id": "not an address"}, "id"),
        ({"id": ["urn:x:1", "urn:x:2"]}, "id"),
        ({"type": ["Note"]}, "type"),
        ({"type": 4}, "type"),
        ({"target": []}, "target"),
        ({"target": None}, "target"),
        ({"target": 9}, "target"),
        ({"target": {"type": "Image"}}, "target.id"),
        ({"target": ["urn:x:2", {"selector": WHOLE}]}, "target[1].source"),
        ({"target": about({"type": "TextQuoteSelector", "prefix": "x"})}, "target.selector.exact"),
        ({"target": about({"exact": "x"})}, "target.selector.type"),
        ({"target": about({"type": ["TextQuoteSelector", "CssSelector"], "exact": "x"})}, "target.selector.type"),
        ({"target": about({"type": "TextPositionSelector", "start": -1, "end": 2})}, "target.selector.start"),
        ({"target": about({"type": "TextPositionSelector", "start": 1.5, "end": 2})}, "target.selector.start"),
        ({"target": about({"type": "TextPositionSelector", "start": True, "end": 2})}, "target.selector.start"),
        ({"target": about({**WHOLE, "refinedBy": {"type": "CssSelector"}})}, "target.selector.refinedBy.value"),
        (
            {
                "target": about(
                    {"type": "RangeSelector", "startSelector": WHOLE, "endSelector": {"type": "CssSelector"}}
                )
            },
            "target.selector.endSelector.value",
        ),
        ({"target": about(state={"type": "TimeState", "sourceDate": "noon"})}, "target.state.sourceDate"),
        ({"body": {"type": "TextualBody"}}, "body.value"),
        ({"body": {"type": "TextualBody", "value": ["a", "b"]}}, "body.value"),
        ({"body": {"type": "TextualBody", "value": "a", "language": "en us"}}, "body.language"),
        ({"body": {"type": "Choice", "items": []}}, "body.items"),
        ({"body": {"type": "Choice", "items": ["urn:x:3", 4]}}, "body.items[1]"),
        ({"body": "urn:x:3", "bodyValue": "a"}, "bodyValue"),
        ({"motivation": "because"}, "motivation"),
        ({"created": "2026-02-30T10:00:00Z"}, "created"),
        ({"created": "2026-02-20"}, "created"),
        ({"creator": {"name": 4}}, "creator.name"),
        ({"rights": "free"}, "rights"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(members: dict[str, Any], where: str) -> None:
    with pytest.raises(AnnotationRefused) as refused:
        read(**members)
    assert refused.value.where == where


@pytest.mark.parametrize(
    "document",
    ["", "nothing", "[1]", '"a"', "null", "{}", '{"a": NaN}', "[" * 100_000, '{"a": 1, "a": 2}', '{"@context": 4}'],
)
def test_what_is_no_json_object_is_refused_or_empty(document: str) -> None:
    try:
        assert annotations_of(document) == []
    except AnnotationRefused:
        return


def test_pages_collections_and_lists_hold_annotations() -> None:
    inner = {name: value for name, value in ONE.items() if name != "@context"}
    page = {"id": "urn:x:p", "type": "AnnotationPage", "items": [inner, {**inner, "id": "urn:x:2"}]}
    collection = {"id": "urn:x:c", "type": "AnnotationCollection", "total": 2, "first": page}
    for document in (
        {"@context": CONTEXT, **page},
        {"@context": CONTEXT, **collection},
        [ONE, {**ONE, "id": "urn:x:2"}],
    ):
        assert [found["id"] for found in annotations_of(json.dumps(document))] == ["urn:x:1", "urn:x:2"]
    with pytest.raises(AnnotationRefused):
        annotations_of(json.dumps({"@context": CONTEXT, **page, "items": [{"id": "urn:x:1", "type": "Annotation"}]}))


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"bodyValue": "Plain."}, "Plain."),
        ({"body": {"type": "TextualBody", "value": "*Marked.*", "format": "text/markdown"}}, "*Marked.*"),
        (
            {"body": {"value": "<p>One <b>two</b></p><script>x</script><p>three", "format": "text/html"}},
            "One two\n\nthree",
        ),
        ({"body": "http://example.org/a"}, "<http://example.org/a>"),
        ({"body": [{"value": "One."}, {"value": "bridges", "purpose": "tagging"}]}, "One.\n\n#bridges"),
        ({"body": {"type": "Choice", "items": [{"value": "One."}, {"value": "Two."}]}}, "One.\n\nTwo."),
        ({"body": {"source": "http://example.org/a", "purpose": "linking"}}, "<http://example.org/a>"),
        ({}, ""),
    ],
)
def test_the_words_of_bodies_are_read(members: dict[str, Any], words: str) -> None:
    assert [each.words for each in as_annotated(read(**members)[0])] == [words]


@pytest.mark.parametrize(
    ("selectors", "place"),
    [
        ([QUOTE], Ends(2, 2, 12, 25)),
        ([WHOLE], Ends(3, 3)),
        ([{**QUOTE, "exact": "chose teh new"}], Ends(2, 2, 12, 25)),
        ([{"type": "TextPositionSelector", "start": 69, "end": 96}], Ends(3, 3)),
        ([{"type": "FragmentSelector", "value": "s4"}], Ends(4, 4)),
        ([{"type": "FragmentSelector", "value": "s4", "refinedBy": QUOTE}], Ends(2, 2, 12, 25)),
        (
            [
                {
                    "type": "CssSelector",
                    "value": "p",
                    "refinedBy": {"type": "TextPositionSelector", "start": 0, "end": 3},
                }
            ],
            None,
        ),
        ([{"type": "TextPositionSelector", "start": 0, "end": 10_000}], None),
        ([{"type": "TextPositionSelector", "start": 9, "end": 9}], None),
        ([{"type": "FragmentSelector", "value": "s9"}], None),
        ([{"type": "XPathSelector", "value": "/p"}], None),
        ([{**QUOTE, "exact": "nothing of the kind was ever said"}], None),
        (["http://example.org/selector"], None),
    ],
)
def test_a_place_is_found_by_words_by_position_and_by_sentence(selectors: list[Any], place: Ends | None) -> None:
    assert place_of(*selectors) == place


@given(st.data())
def test_what_is_written_is_read_back(data: st.DataObject) -> None:
    first = data.draw(st.integers(0, 3))
    last = data.draw(st.integers(first, 3))
    start = data.draw(st.integers(0, len(SENTENCES[first]) - 1))
    end = data.draw(st.integers(1 if last > first else start + 1, len(SENTENCES[last])))
    ends, _text = settle(TEXT.sentences, Ends(first + 1, last + 1, start, end))
    words = data.draw(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1))
    place = place_in_text(TEXT, Selector("", "", "", 0), ends)
    moment = datetime(2026, 11, 27, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    written = Written("http://example.org/comments/1", "commenting", words, (place,), "Sofia Lind", moment)
    made = as_collection([written], "http://example.org/readings/1", "http://example.org/readings/1/x", "A bridge")
    (annotation,) = annotations_of(json.dumps(made))
    assert annotation["created"] == "2026-11-27T09:30:00Z"
    (annotated,) = as_annotated(annotation)
    assert annotated.words == words or not words.strip()
    found = find_place(TEXT, annotated)
    assert found is not None
    assert settle(TEXT.sentences, found)[0] == ends


def test_a_passage_that_the_text_does_not_have_any_more_keeps_its_words() -> None:
    lost = place_in_text(TEXT, Selector("gone words", "the ", " once", 0), None)
    other = place_in_text(TEXT, Selector("gone words", "", "", 0), Ends(9, 9))
    written = Written("urn:x:1", "commenting", "Where is it?", (lost, other), created=datetime(2026, 1, 1, tzinfo=UTC))
    made = as_collection([written], "http://example.org/readings/1", "http://example.org/readings/1/x", "A bridge")
    (annotation,) = annotations_of(json.dumps(made))
    first, second = annotation["target"]
    assert first["selector"] == [
        {"type": "TextQuoteSelector", "exact": "gone words", "prefix": "the ", "suffix": " once"}
    ]
    assert second["selector"] == [{"type": "TextQuoteSelector", "exact": "gone words"}]
