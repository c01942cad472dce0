"""Reading plain text, Markdown and HTML into blocks."""

from __future__ import annotations

import pytest

from articles.drafts import count_words, prepare
from articles.importing.document import Dropped, Kind, Mark
from articles.importing.formats import Source, guess_format, read_source, source_of_file, unified
from articles.importing.refusal import ImportRefused
from articles.inline import inline_html
from articles.languages import direction, guess, known


def read(text: str, given: str = "html"):
    return read_source(Source(text, given))


def texts(text: str, given: str = "html") -> list[str]:
    return [block.text for block in read(text, given).blocks]


def shapes(text: str, given: str = "html") -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in read(text, given).blocks]


def test_empty_lines_separate_blocks_of_plain_text_where_there_are_any():
    assert texts("One\nline.\n\n\nTwo.", "plain") == ["One line.", "Two."]
    assert texts("One.\nTwo.\n", "plain") == ["One.", "Two."]
    assert texts("One.\n \t \nTwo\nlines.", "plain") == ["One.", "Two lines."]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The bridge\n\nIt was built.", "The bridge"),
        ("It was built.\n\nThe bridge", ""),
        ("The bridge", ""),
        ("x" * 121 + "\n\nIt was built.", ""),
    ],
)
def test_a_short_first_line_is_the_title_of_a_plain_text(text, title):
    assert read(text, "plain").title == title


def test_headings_begin_at_two_and_never_skip():
    html = "<h1>A</h1><h4>B</h4><p>x</p><h2>C</h2><h6>D</h6><h1>E</h1>"
    assert [(level, text) for kind, level, text in shapes(html) if kind == "heading"] == [
        (2, "A"), (3, "B"), (3, "C"), (4, "D"), (2, "E"),
    ]  # fmt: skip


def test_lists_keep_their_depth_and_quotes_their_kind():
    html = "<ul><li>a<ul><li>b</ul><li>c</ul><blockquote><p>q<p>r</blockquote><ol><li><p>d<p>e</ol><pre>f\n  g</pre>"
    assert shapes(html) == [
        ("list_item", 1, "a"),
        ("list_item", 2, "b"),
        ("list_item", 1, "c"),
        ("quote", 0, "q"),
        ("quote", 0, "r"),
        ("list_item", 1, "d\ne"),
        ("preformatted", 0, "f\n  g"),
    ]
    assert [block.ordered for block in read(html).blocks if block.kind is Kind.LIST_ITEM] == [False, False, False, True]


def test_a_table_is_kept_row_by_row_and_told():
    document = read("<p>x</p><table><caption>c</caption><tr><th>a<th>b<tr><td>1<td><p>2</p></table>")
    assert [(b.kind.value, b.text) for b in document.blocks[1:]] == [
        ("caption", "c"),
        ("table_row", "a | b"),
        ("table_row", "1 | 2"),
    ]
    assert document.dropped == (Dropped("table", 1),)


def test_empty_lines_inside_a_paragraph_make_two():
    assert texts("<p>one<br><br>two<br>three</p>") == ["one", "two\nthree"]


def test_inline_markup_is_kept_and_everything_else_goes():
    block = read('<p>a <b>b <i>c</i></b> <span style="color:red" onclick="x()">d</span> <sub>e</sub></p>').blocks[0]
    assert block.text == "a b c d e"
    assert block.marks == (Mark(2, 5, "strong"), Mark(4, 5, "em"), Mark(8, 9, "sub"))


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://example.org/a?b=1&amp;c=2", "https://example.org/a?b=1&c=2"),
        ("http://example.org", "http://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("/relative", ""),
        ("#footnote", ""),
        ("https://[broken", ""),
        ("http:nowhere", ""),
    ],
)
def test_a_link_is_kept_where_it_leads_somewhere(href, kept):
    block = read(f'<p><a href="{href}">word</a></p>').blocks[0]
    assert [mark.href for mark in block.marks] == ([kept] if kept else [])


def test_relative_links_follow_the_base_of_the_page():
    block = read('<base href="https://example.org/a/"><p><a href="b">word</a></p>').blocks[0]
    assert block.marks[0].href == "https://example.org/a/b"


def test_of_a_page_the_article_is_taken():
    page = (
        "<html lang=de><head><title>Brücke | Zeitung</title></head><body><nav>Start Sport</nav>"
        "<header><a href=/>Zeitung</a></header><main><h1>Brücke</h1><p>Der erste Satz des Artikels ist lang genug.</p>"
        "<aside>Werbung</aside><div class=share-buttons>Teilen</div></main><footer>Impressum</footer></body></html>"
    )
    document = read(page)
    assert [block.text for block in document.blocks] == ["Brücke", "Der erste Satz des Artikels ist lang genug."]
    assert (document.title, document.language) == ("Brücke", "de")
    assert Dropped("around", 5) in document.dropped


def test_a_piece_of_a_page_is_taken_whole():
    assert texts("<nav>Start</nav><p>Text.</p><footer>End</footer>") == ["Start", "Text.", "End"]


def test_a_picture_kept_elsewhere_leaves_its_description():
    document = read('<p>a</p><img src="x" alt="A map"><p><img alt=""></p>')
    assert [block.text for block in document.blocks] == ["a", "[Image: A map]"]
    assert document.dropped == (Dropped("image_elsewhere", 2, ("A map",)),)


def test_markdown_has_headings_lists_tables_and_front_matter():
    text = "---\ntitle: The bridge\nlang: sv\n---\n\n## Part\n\n*One* [two](https://example.org).\n\n1. a\n2. b\n\n> q"
    document = read(text, "markdown")
    assert (document.title, document.language) == ("The bridge", "sv")
    assert [(b.kind.value, b.text) for b in document.blocks] == [
        ("heading", "Part"),
        ("paragraph", "One two."),
        ("list_item", "a"),
        ("list_item", "b"),
        ("quote", "q"),
    ]


def test_html_in_markdown_is_cleaned_as_html():
    assert texts("a<sup>2</sup>\n\n<script>alert(1)</script>\n\n<b>c</b>", "markdown") == ["a2", "c"]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        *((text, given) for text in ("", "  \n ", "\x00", "***", "# ") for given in ("plain", "markdown", "html")),
        ("<br>", "html"),
        ("<br>", "markdown"),
    ],
)
def test_nothing_to_read_is_refused(text, given):
    with pytest.raises(ImportRefused):
        read(text, given)


@pytest.mark.parametrize("text", ["[" * 100_000, "*a" * 100_000, "![[" * 100_000])
def test_markdown_that_would_take_minutes_is_refused(text):
    with pytest.raises(ImportRefused, match="too tangled"):
        read(text, "markdown")


def test_a_million_characters_are_the_limit():
    with pytest.raises(ImportRefused, match="1,000,001 characters"):
        read("a" * 1_000_001, "plain")
    assert len(texts("a" * 1_000_000, "plain")[0]) == 1_000_000


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("café".encode("utf-16"), "café"),
        ("café".encode("utf-32"), "café"),
        ('<meta charset="windows-1251"><p>Привет</p>'.encode("cp1251"), '<meta charset="windows-1251"><p>Привет</p>'),
        ('<meta charset="shift_jis"><p>日本</p>'.encode("shift_jis"), '<meta charset="shift_jis"><p>日本</p>'),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_a_file_is_decoded_as_it_says(data, text):
    source = source_of_file(data, "a.txt")
    assert (source.text, source.guessed_encoding) == (text, "")


def test_an_undeclared_western_file_is_read_and_told():
    source = source_of_file("Ça dépend de l’été à Orléans.".encode("cp1252"), "a.txt")
    assert (source.text, source.guessed_encoding) == ("Ça dépend de l’été à Orléans.", "windows-1252")


@pytest.mark.parametrize(
    "data",
    [
        "Привет, как дела сегодня".encode("koi8-r"),
        "日本語の文章です".encode("shift_jis"),
        b"\xff\xfe\x00\xd8\x00",
        "It’s the café’s déjà vu, isn’t it? ".encode() + b"\xe2\x80",
    ],
)
def test_letters_of_an_unknown_encoding_are_not_guessed(data):
    with pytest.raises(ImportRefused, match="characters of this file are broken"):
        source_of_file(data, "a.txt")


@pytest.mark.parametrize(
    ("name", "text", "given"),
    [
        ("a.md", "x", "markdown"),
        ("a.HTM", "x", "html"),
        ("a.txt", "<p>x", "plain"),
        ("a", "<!DOCTYPE html><p>x", "html"),
        ("a", "# One\n\n- two", "markdown"),
        ("a", "# Only one sign", "plain"),
        ("a", "Just words.", "plain"),
    ],
)
def test_the_format_is_told_by_the_name_or_the_text(name, text, given):
    assert source_of_file(text.encode(), name).format == given


def test_a_paste_is_recognised():
    assert guess_format("  <html><body>x") == "html"
    assert guess_format("1 < 2 and 3 > 2") == "plain"
    assert unified("a\u2029b\x85c") == "a\n\nb\nc"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Plain words", "en"),
        ("日本の文章です。", "ja"),
        ("中文文章", "zh"),
        ("한국어 문장", "ko"),
        ("ภาษาไทย", "th"),
        ("हिन्दी में", "hi"),
        ("Русский текст", "ru"),
        ("نص عربي", "ar"),
        ("یہ اردو میں ہے", "ur"),
        ("این متن چه می‌گوید", "fa"),
        ("עברית", "he"),
        ("Text with one word: мир", "en"),
    ],
)
def test_the_script_tells_a_language_where_it_can(text, language):
    assert guess(text) == language


def test_language_tags_are_reduced_to_what_is_offered():
    assert [known(tag) for tag in ("de-AT", "EN_us", "nb", "zh-Hant", "tlh", "")] == ["de", "en", "no", "zh", "", ""]
    assert (direction("ar"), direction("de")) == ("rtl", "ltr")


def test_words_are_counted_in_scripts_without_spaces_as_well():
    assert count_words("Two words, – and 4.5 more.") == 5
    assert count_words("日本の文章です") == 4
    assert count_words("हिन्दी में") == 2


def test_the_title_stays_out_of_the_text_and_the_rest_reads_the_same():
    for given, text in {
        "plain": "The bridge\n\nA line\nand its rest\n\nEnd.",
        "markdown": "The bridge\n===\n\nA line\nand its rest\n\nEnd.",
        "html": "<h1>The <em>bridge</em></h1><p>A line and its rest</p><p>End.</p>",
    }.items():
        draft = prepare(Source(text, given))
        assert draft.title == "The bridge"
        assert [block.block.text for block in draft.blocks] == ["A line and its rest", "End."]
        again = prepare(draft.source, "Another title", draft.language)
        assert [block.block for block in again.blocks] == [block.block for block in draft.blocks]


def test_a_title_of_ones_own_leaves_the_heading_in_the_text():
    draft = prepare(Source("# The bridge\n\nEnd.", "markdown"), "Mine")
    assert [block.block.text for block in draft.blocks] == ["The bridge", "End."]


def test_a_heading_alone_is_no_article():
    with pytest.raises(ImportRefused):
        prepare(Source("<h1>Title</h1>", "html"))


def test_crossing_marks_are_closed_and_opened_again():
    marks = (Mark(0, 4, "em"), Mark(2, 6, "strong"))
    assert inline_html("abcdef", marks, 0, 6) == "<em>ab<strong>cd</strong></em><strong>ef</strong>"
    assert inline_html("abcdef", marks, 1, 3) == "<em>b<strong>c</strong></em>"
