"""From the bytes of a file to text, or a refusal. Guesses little and says when it does."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from articles.importing import refusal

BINARY_STARTS = {
    b"\xd0\xcf\x11\xe0": "Word (.doc)",
    b"{\\rtf": "RTF",
}
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Longest first bytes of a page in which a <meta charset> counts, as browsers look for it.
META_SEARCHED = 4096
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# A page that says "latin-1" is read as windows-1252, which is what browsers do and what its author meant.
LATIN_NAMES = {"iso8859-1", "latin-1", "ascii", "windows-1252", "cp1252"}
ALLOWED_CONTROLS = "\t\n\r\f\x85"


@dataclass(frozen=True)
class Decoded:
    """The text of a file, and the encoding if it had to be guessed (else an empty string)."""

    text: str
    guessed: str = ""


def decode(data: bytes) -> Decoded:
    """Return the text in `data`. Raises ImportRefused when it is empty, too large, binary or garbled."""
    if len(data) > refusal.MAX_BYTES:
        raise refusal.too_many_bytes()
    if not data.strip():
        raise refusal.empty()
    for start, name in BINARY_STARTS.items():
        if data.lstrip()[:8].startswith(start):
            raise refusal.not_read(name)
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return Decoded(_checked(_strict(data, encoding).removeprefix("\ufeff")))
    if b"\x00" in data:
        raise refusal.not_text()
    return _without_mark(data)


def _without_mark(data: bytes) -> Decoded:
    try:
        return Decoded(_checked(data.decode("utf-8")))
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    if declared == "utf-8":
        raise refusal.bad_encoding("UTF-8")
    if declared and declared not in LATIN_NAMES:
        return Decoded(_checked(_strict(data, declared)))
    if not declared and _is_broken_utf8(data):
        raise refusal.bad_encoding("UTF-8")
    text = _strict(data, "cp1252")
    if not declared and not _looks_western(text):
        raise refusal.bad_encoding("UTF-8")
    return Decoded(_checked(text), guessed="" if declared else "windows-1252")


def _declared(data: bytes) -> str:
    found = XML_ENCODING.search(data[:META_SEARCHED]) or META_CHARSET.search(data[:META_SEARCHED])
    if not found:
        return ""
    name = found.group(1).decode("ascii")
    try:
        known = codecs.lookup(name)
    except LookupError:
        raise refusal.bad_encoding(name) from None
    # Python also has codecs that are no text encodings, such as "hex" and "zip".
    if not getattr(known, "_is_text_encoding", True):
        raise refusal.bad_encoding(name)
    return known.name


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        raise refusal.bad_encoding(encoding) from None


def _checked(text: str) -> str:
    """Refuse text that decodes but is no text: control characters, or replacement characters in plenty."""
    controls = {c for c in set(text) if unicodedata.category(c) == "Cc"}.difference(ALLOWED_CONTROLS)
    if "\x00" in text or len(controls) > 2:
        raise refusal.not_text()
    if text.count("\ufffd") * 200 > len(text):
        raise refusal.bad_encoding("UTF-8")
    return text


def _is_broken_utf8(data: bytes) -> bool:
    """Whether more of what is not ASCII can be read as UTF-8 than cannot; chance makes hardly any of it readable."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(1 for c in text if ord(c) > 127) - broken >= broken


def _looks_western(text: str) -> bool:
    """Whether text read as windows-1252 is plausible: few accented letters, and hardly ever in long runs."""
    foreign = sum(1 for c in text if ord(c) > 127)
    runs = len(re.findall(r"[^\x00-\x7f]{4,}", text))
    return foreign * 4 < len(text) and runs * 200 <= len(text)
