"""DOCX and PDF files made by hand, as small as their readers take them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*paragraphs: str | tuple[str, str]) -> bytes:
    """A document of these paragraphs; a pair is a style's name and the words in it."""
    body = "".join(_paragraph("", each) if isinstance(each, str) else _paragraph(*each) for each in paragraphs)
    names = {style: None for each in paragraphs if isinstance(each, tuple) for style in [each[0]]}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in names
    )
    return packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _LINKS,
            "word/document.xml": f'<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{_WORDS}">{styles}</w:styles>',
            "word/_rels/document.xml.rels": _LINKS.replace("officeDocument", "styles").replace(
                "word/document.xml", "styles.xml"
            ),
        }
    )


def _paragraph(style: str, words: str) -> str:
    named = f'<w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def packed(parts: dict[str, str]) -> bytes:
    """A zip archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def pdf(*pages: Sequence[tuple[str, int, int, int]]) -> bytes:
    """A PDF of these pages: of each line its words (ASCII), x, y (from the foot, in points) and size."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>", font]
    for number, lines in enumerate(pages):
        shown = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET" for words, x, y, size in lines)
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
