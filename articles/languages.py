"""Languages of articles: their names, their direction, and a guess from the letters of a text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from babel import Locale, UnknownLocaleError

DEFAULT = "en"
OFFERED = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl",
    "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "ko", "lt", "lv", "mk", "ms", "nl", "no",
    "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
SCRIPTS = {
    "ARABIC": "ar", "ARMENIAN": "hy", "BENGALI": "bn", "CJK": "zh", "CYRILLIC": "ru", "DEVANAGARI": "hi",
    "GEORGIAN": "ka", "GREEK": "el", "HANGUL": "ko", "HEBREW": "he", "HIRAGANA": "ja", "KATAKANA": "ja",
    "TAMIL": "ta", "TELUGU": "te", "THAI": "th",
}  # fmt: skip
# Letters that Arabic does not have, and of the two only Urdu or both.
OWN_LETTERS = {"ur": frozenset("ٹڈڑںےہ"), "fa": frozenset("پچژگ")}
SAMPLE = 5_000


def known(tag: str) -> str:
    """Return the offered language of a tag such as "de-AT" ("de"), or an empty string."""
    primary = re.split(r"[-_]", tag.strip().lower())[0]
    primary = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(primary, primary)
    return primary if primary in OFFERED else ""


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def guess(text: str, fallback: str = DEFAULT) -> str:
    """Return the language that the script of a text points at; `fallback` for Latin letters."""
    scripts = Counter(unicodedata.name(c, "").split(" ", 1)[0] for c in text[:SAMPLE] if c.isalpha() and ord(c) > 0x24F)
    latin = sum(1 for c in text[:SAMPLE] if c.isalpha() and ord(c) <= 0x24F)
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.05 * sum(scripts.values()):
        return "ja" if sum(scripts.values()) > latin else fallback
    script, count = next(iter(scripts.most_common(1)), ("", 0))
    if script == "ARABIC" and count > latin:
        return next((language for language, own in OWN_LETTERS.items() if own & set(text[:SAMPLE])), "ar")
    return SCRIPTS.get(script, fallback) if count > latin else fallback


def choices(locale: str) -> list[tuple[str, str]]:
    """Return (code, name) of every offered language, named in `locale`, sorted by name."""
    names = [(code, _name(code, locale)) for code in OFFERED]
    return sorted(names, key=lambda pair: (pair[1].casefold(), pair[0]))


def _name(code: str, locale: str) -> str:
    try:
        name = Locale.parse(code).get_display_name(locale)
    except (UnknownLocaleError, ValueError):
        name = None
    return name.capitalize() if name else code
