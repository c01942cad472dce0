"""The images of a text on its way in: which come along, where they stand, and what is said of the others."""

from __future__ import annotations

import pytest

from articles.drafts import prepare
from articles.image_changes import AddedImage, ImageChanges, changed_source, images_of
from articles.images import MOST_IMAGES, ImageFacts, check_image
from articles.importing.canonical import to_html
from articles.importing.document import Dropped, ImageRef
from articles.importing.formats import Source, read_source, source_of_file, source_of_text
from articles.importing.images import Images
from tests.support.documents import Picture, docx
from tests.support.pictures import GIF, JPEG, SVG, WEBP, data_uri, png

RED, BLUE = png(colour=(200, 0, 0)), png(colour=(0, 0, 200))
DIGEST = {name: check_image(data).facts.digest for name, data in {"red": RED, "blue": BLUE}.items()}


def shapes(source: Source) -> list[tuple[str, str]]:
    """Of each block its kind, and its words or an image's colour and description."""
    names = {digest: name for name, digest in DIGEST.items()}
    return [
        (f"{names.get(b.image.digest, 'image')}", repr(b.image.alt)) if b.image else (b.kind.value, b.text)
        for b in read_source(source).blocks
    ]


def test_images_within_a_page_are_blocks_of_their_own():
    html = (
        f'<p>One <img src="{data_uri(RED)}" alt="A red\n door"> and two.</p>'
        f"<figure><img src={data_uri(BLUE)}><figcaption>The sea.</figcaption></figure>"
        f"<p><img alt='' src='{data_uri(RED)}'>Three.</p>"
    )
    assert shapes(source_of_text(html)) == [
        ("paragraph", "One and two."),
        ("red", "'A red door'"),
        ("blue", "None"),
        ("caption", "The sea."),
        ("red", "''"),
        ("paragraph", "Three."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"One.\n\n![A door]({data_uri(RED)})\n\nTwo.",
        f'One.\n\n![A door](<{data_uri(RED)}> "title")\n\nTwo.',
        f"One.\n\n![A door][image1]\n\nTwo.\n\n[image1]: <{data_uri(RED)}>",
        f'One.\n\n<img src="{data_uri(RED)}" alt="A door">\n\nTwo.',
    ],
)
def test_images_within_markdown_come_along(text):
    source = source_of_text(text, "markdown")
    assert shapes(source) == [("paragraph", "One."), ("red", "'A door'"), ("paragraph", "Two.")]
    assert "data:" not in source.text
    assert len(source.text) < 250


def test_images_of_a_docx_come_along_with_what_they_show():
    data = docx("One.", Picture("a.png", RED, "A door"), "Two.", Picture("b.jpeg", JPEG, ""))
    assert shapes(source_of_file(data, "reading.docx")) == [
        ("paragraph", "One."),
        ("red", "'A door'"),
        ("paragraph", "Two."),
        ("image", "None"),
    ]


def test_an_image_that_a_docx_only_links_to_is_not_fetched():
    data = docx("One.", Picture("https://example.org/a.png", None, "A door"))
    document = read_source(source_of_file(data, "reading.docx"))
    assert [block.text for block in document.blocks] == ["One.", "[Image: A door]"]
    assert document.dropped == (Dropped("image_elsewhere", 1, ("A door",)),)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://example.org/a.png", "image_elsewhere"),
        ("//example.org/a.png", "image_elsewhere"),
        ("figures/a.png", "image_elsewhere"),
        ("file:///etc/passwd", "image_elsewhere"),
        ("", "image_elsewhere"),
        ("/images/" + "0" * 32, "image_gone"),
        (data_uri(SVG, "image/svg+xml"), "image_type"),
        (data_uri(SVG, "image/png"), "image_type"),
        ("data:image/svg+xml,%3Csvg%3E", "image_type"),
        ("data:image/png;base64,!!!!", "image_broken"),
        ("data:image/png;base64", "image_broken"),
        (data_uri(RED[:60]), "image_broken"),
        (data_uri(png(1, 1)), "image"),
        (data_uri(png() + bytes(5 * 1024 * 1024)), "image_large"),
    ],
)
@pytest.mark.parametrize("pattern", ['<p>One.</p><img alt="A door" src="{}">', "One.\n\n![A door]({})\n"])
def test_what_cannot_come_along_is_told_and_its_description_stays(address, why, pattern):
    source = source_of_text(pattern.format(address), "html" if "<img" in pattern else "markdown")
    document = read_source(source)
    if "![" in pattern and address.startswith("file:"):  # is no address to Markdown
        return
    assert [block.text for block in document.blocks] == ["One.", "[Image: A door]"]
    assert document.dropped == (Dropped(why, 1, ("A door",)),)


def test_what_an_image_is_called_does_not_matter():
    html = f'<p>One.</p><img src="{data_uri(WEBP, "image/svg+xml")}"><img src="{data_uri(GIF, "image/jpeg")}">'
    kinds = sorted(image.media_type for image in source_of_text(html).images.new.values())
    assert kinds == ["image/gif", "image/webp"]


def test_an_author_names_images_that_are_kept_already():
    facts = ImageFacts(DIGEST["red"], 16, 12, 80)
    source = Source(f"One.\n\n![A door](/images/{DIGEST['red']})", "markdown", images=Images({}, {facts.digest: facts}))
    assert shapes(source) == [("paragraph", "One."), ("red", "'A door'")]


def test_a_text_has_at_most_so_many_images():
    html = "<p>One.</p>" + f'<img src="{data_uri(RED)}" alt="">' * (MOST_IMAGES + 2)
    document = read_source(source_of_text(html))
    assert len(document.blocks) == 1 + MOST_IMAGES
    assert document.dropped == (Dropped("image_many", 2),)


def test_images_alone_are_no_text():
    with pytest.raises(ValueError, match="There is no text"):
        read_source(source_of_text(f'<img src="{data_uri(RED)}" alt="A door">'))


def test_a_list_goes_on_after_an_image():
    html = f'<ol><li>a<img src="{data_uri(RED)}"></li><li>b</li></ol>'
    draft = prepare(source_of_text(html), "T")
    again = prepare(draft.source, "T")
    assert [part.block for part in again.blocks] == [part.block for part in draft.blocks]
    assert [part.number for part in draft.blocks] == [1, None, 2]


MARKDOWN = f"# A\n\nOne.\n\n![A door]({data_uri(RED)})\n\n- two\n- three\n\n![]({data_uri(BLUE)})\n\nFour."


def drafted(text: str, given: str):
    return prepare(source_of_text(text, given), "Title")


def changed(draft, *every: ImageRef | None, added: AddedImage | None = None) -> Source:
    new = {image.facts.digest: image for image in (check_image(JPEG),)}
    return changed_source(draft, ImageChanges(every, added, new))


HOSTILE = 'A "red" [door](x) <script>alert(1)</script> & a *wall* \\ ![x'


@pytest.mark.parametrize("alt", ["A gate", "", None, HOSTILE])
def test_a_description_is_written_into_markdown_as_markdown(alt):
    draft = drafted(MARKDOWN, "markdown")
    red, blue = images_of(draft)
    source = changed(draft, red, ImageRef(blue.digest, alt))
    assert source.format == "markdown"
    assert "- two\n- three" in source.text
    assert images_of(prepare(source, "Title")) == [red, ImageRef(blue.digest, alt)]


@pytest.mark.parametrize("given", ["markdown", "html"])
@pytest.mark.parametrize(("after", "place"), [(None, 7), (1, 2), (2, 4), (3, 5), (4, 7)])
def test_an_image_is_added_after_a_paragraph(given, after, place):
    draft = drafted(MARKDOWN, "markdown")
    if given == "html":
        text = to_html([part.block for part in draft.blocks])
        draft = prepare(Source(text, "html", images=draft.source.images), "Title")
    added = ImageRef(check_image(JPEG).facts.digest, "A gate")
    source = changed(draft, *images_of(draft), added=AddedImage(added, after))
    blocks = [part.block.image for part in prepare(source, "Title").blocks]
    assert blocks.index(added) == place
