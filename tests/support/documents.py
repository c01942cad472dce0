"""DOCX and PDF files made by hand, as small as their readers take them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Picture:
    """A paragraph that is a picture: a part of this name, or one kept elsewhere if there is no content."""

    name: str
    content: bytes | None
    alt: str


def docx(*paragraphs: str | tuple[str, str] | Picture) -> bytes:
    """A document of these paragraphs; a pair is a style's name and the words in it."""
    body = "".join(_paragraph(each) for each in paragraphs)
    names = {style: None for each in paragraphs if isinstance(each, tuple) for style in [each[0]]}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in names
    )
    pictures = [each for each in paragraphs if isinstance(each, Picture)]
    links = "".join(_link(each) for each in pictures)
    return packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _LINKS,
            "word/document.xml": f'<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{_WORDS}">{styles}</w:styles>',
            "word/_rels/document.xml.rels": _LINKS.replace("officeDocument", "styles")
            .replace("word/document.xml", "styles.xml")
            .replace("</Relationships>", f"{links}</Relationships>"),
            **{f"word/media/{each.name}": each.content for each in pictures if each.content is not None},
        }
    )


def _link(picture: Picture) -> str:
    where = (
        f'media/{picture.name}" TargetMode="Internal' if picture.content else f'{picture.name}" TargetMode="External'
    )
    return f'<Relationship Id="{_id_of(picture)}" Type="{_OFFICE}/image" Target="{where}"/>'


def _id_of(picture: Picture) -> str:
    return "r" + "".join(c for c in picture.name if c.isalnum())


def _paragraph(given: str | tuple[str, str] | Picture) -> str:
    if isinstance(given, Picture):
        return f"<w:p><w:r>{_drawing(given)}</w:r></w:p>"
    style, words = ("", given) if isinstance(given, str) else given
    named = f'<w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def _drawing(picture: Picture) -> str:
    found = "embed" if picture.content else "link"
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWINGS}/wordprocessingDrawing"><wp:docPr id="1" name="Picture" '
        f'descr="{escape(picture.alt)}"/><a:graphic xmlns:a="{_DRAWINGS}/main"><a:graphicData>'
        f'<pic:pic xmlns:pic="{_DRAWINGS}/picture"><pic:blipFill>'
        f'<a:blip xmlns:r="{_OFFICE}" r:{found}="{_id_of(picture)}"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def pdf(*pages: Sequence[tuple[str, int, int, int]], pictures: int = 0) -> bytes:
    """A PDF of these pages: of each line its words (ASCII), x, y (from the foot, in points) and size.

    On each page stand as many `pictures`, of one point each.
    """
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>", font]
    for number, lines in enumerate(pages):
        shown = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET" for words, x, y, size in lines)
        shown += "\nBI /W 1 /H 1 /BPC 8 /CS /G ID x\nEI" * pictures
        parts.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        parts.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
    return _assembled(parts)


def _assembled(parts: Sequence[str]) -> bytes:
    made, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(made)
    made += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    made += f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return made.encode("ascii")
