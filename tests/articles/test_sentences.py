"""Splitting into sentences, with marks that stay balanced."""

from __future__ import annotations

import pytest

from articles.importing.document import Document, Kind, Mark, TextBlock
from articles.sentences import boundaries, split_block, split_document

CASES = [
    ("en", ["He met Dr. Smith in Washington, D.C. on Monday.", "It was 4.5 miles."]),
    ("en", ["J. K. Rowling wrote it.", "George W. Bush did not."]),
    ("en", ["The U.S. Army came.", "See Fig. 3 and p. 12, e.g. this."]),
    ("en", ["“Is it?” she asked.", "“Yes!” he said."]),
    ("en", ["Wait ... what?", "Really?!", "Yes."]),
    ("en", ["She stopped… and went on.", "Then she left."]),
    ("en", ["He said that “it is over.”", "Dr. Baumann agreed."]),
    ("en", ["Mr. and Mrs. Jones of Smith, Inc. came at 5 p.m. sharp.", "They left."]),
    ("en", ["No. 5 is alive.", "It costs $4.50."]),
    ("en", ["One line without an end"]),
    ("de", ["Am 3. Oktober kam z. B. Herr Dr. Meier.", "Er blieb bis 17 Uhr."]),
    ("ru", ["Все люди рождаются свободными.", "Они наделены разумом."]),
    ("ar", ["هذا نص عربي قصير.", "وهذه جملة ثانية؟", "نعم."]),
    ("hi", ["यह पहला वाक्य है।", "यह दूसरा वाक्य है।"]),
]


@pytest.mark.parametrize(("language", "sentences"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_text_falls_into_its_sentences(language, sentences):
    text = " ".join(sentences)
    assert [text[start:end] for start, end in boundaries(text, language)] == sentences


def test_sentences_without_spaces_between_them_are_found():
    text = "吾輩は猫である。名前はまだ無い。「どこで生れた？」と聞く。"
    assert [text[start:end] for start, end in boundaries(text, "ja")] == [
        "吾輩は猫である。",
        "名前はまだ無い。",
        "「どこで生れた？」と聞く。",
    ]


def test_offsets_count_code_points():
    text = "😀 Hello. 👩🏽‍🚀 There."
    assert [text[start:end] for start, end in boundaries(text, "en")] == ["😀 Hello.", "👩🏽‍🚀 There."]


def test_a_short_quotation_stays_whole_and_a_long_one_is_split():
    short = "“I came. I saw.”"
    assert len(boundaries(short, "en")) == 1
    long = "“" + " ".join(f"This is sentence number {n} of a long speech." for n in range(8)) + "”"
    parts = [long[start:end] for start, end in boundaries(long, "en")]
    assert len(parts) == 8
    assert parts[0].startswith("“This is sentence number 0")
    assert parts[-1].endswith("long speech.”")


def test_the_number_that_counts_a_sentence_stays_with_it():
    text = "1. The first point. 2. The second point."
    assert [text[start:end] for start, end in boundaries(text, "en")] == ["1. The first point.", "2. The second point."]


def test_a_sea_of_quotation_marks_is_still_split():
    text = "“a. ”" * 3000 + "One end. Another end."
    assert text[slice(*boundaries(text, "en")[-1])] == "Another end."


def test_a_mark_across_sentences_is_closed_and_opened_again():
    text = "One two. Three four."
    block = TextBlock(Kind.PARAGRAPH, text, (Mark(4, 14, "a", "https://example.org/?a=1&b=2"), Mark(4, 20, "em")))
    first, second = split_block(block, "en")
    assert first.html == 'One <a href="https://example.org/?a=1&amp;b=2"><em>two.</em></a>'
    assert second.html == '<a href="https://example.org/?a=1&amp;b=2"><em>Three</em></a><em> four.</em>'


def test_what_looks_like_markup_is_text():
    block = TextBlock(Kind.PARAGRAPH, "a < b & <script>x</script>")
    assert split_block(block, "en")[0].html == "a &lt; b &amp; &lt;script&gt;x&lt;/script&gt;"


def test_a_link_in_a_link_is_not_written():
    block = TextBlock(Kind.PARAGRAPH, "abc", (Mark(0, 3, "a", "https://a.org"), Mark(1, 2, "a", "https://b.org")))
    assert split_block(block, "en")[0].html == '<a href="https://a.org">abc</a>'


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.HEADING, "What now? A list.", ["What now? A list."]),
        (Kind.CAPTION, "Fig. 1. The bridge.", ["Fig. 1. The bridge."]),
        (Kind.TABLE_ROW, "One. | Two.", ["One. | Two."]),
        (Kind.PREFORMATTED, "a = 1.\n\n  b = 2.", ["a = 1.", "  b = 2."]),
        (Kind.LIST_ITEM, "One. Two.", ["One.", "Two."]),
        (Kind.QUOTE, "Line one\nline two. End.", ["Line one\nline two.", "End."]),
    ],
)
def test_each_kind_of_block_is_split_in_its_own_way(kind, text, expected):
    assert [sentence.text for sentence in split_block(TextBlock(kind, text), "en")] == expected


def test_blocks_are_numbered_and_headings_are_not():
    blocks = [TextBlock(Kind.PARAGRAPH, "A."), TextBlock(Kind.HEADING, "H", level=2), TextBlock(Kind.LIST_ITEM, "B.")]
    assert [block.number for block in split_document(Document(tuple(blocks)), "en")] == [1, None, 2]
