"""Comparing short texts: the one normalisation, and accepted forms with `*`."""

import re
import unicodedata

_QUOTES = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "ʼ": "'", "‹": "'", "›": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
})  # fmt: skip
_FINAL = " .,;:!?…。、！？؟،؛।"
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_STAR = re.compile(r"(?<!\\)\*+")


def straight_quotes(text: str) -> str:
    """Typographic quotation marks and apostrophes as the straight ones."""
    return text.translate(_QUOTES)


def normalise(text: str, *, case_sensitive: bool = False) -> str:
    """NFKC, straight quotes, single spaces, no final punctuation, and no case unless it counts."""
    return _trim_end(_fold(text, case_sensitive)).strip()


def spellings(text: str) -> tuple[str, ...]:
    """An answer with its case as typed: normalised, and with its final punctuation where it has any."""
    folded = _fold(text, case_sensitive=True).strip()
    return tuple(dict.fromkeys((_trim_end(folded).strip(), folded)))


def matches(form: str, text: str, *, case_sensitive: bool = False) -> bool:
    """Whether `text` is `form`, where `*` in the form stands for anything and `\\*` for a star.

    Takes time proportional to the text for each piece of the form: no pattern can stall it.
    """
    answer = normalise(text, case_sensitive=case_sensitive)
    pieces = [_fold(piece.replace("\\*", "*"), case_sensitive) for piece in _STAR.split(form)]
    if len(pieces) == 1:
        return _trim_end(pieces[0]).strip() == answer
    first, last = pieces[0].lstrip(), pieces[-1].rstrip(_FINAL)
    return _pieces_in_turn([first, *pieces[1:-1], last], answer)


def same(form: str, text: str, *, case_sensitive: bool = False) -> bool:
    """Whether two texts are the same once normalised."""
    return normalise(form, case_sensitive=case_sensitive) == normalise(text, case_sensitive=case_sensitive)


def _pieces_in_turn(pieces: list[str], answer: str) -> bool:
    """Whether the first piece begins the answer, the last ends it, and the others lie between in order."""
    first, last = pieces[0], pieces[-1]
    if len(first) + len(last) > len(answer):
        return False
    if not (answer.startswith(first) and answer.endswith(last)):
        return False
    at, end = len(first), len(answer) - len(last)
    for piece in pieces[1:-1]:
        found = answer.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _fold(text: str, case_sensitive: bool) -> str:
    folded = unicodedata.normalize("NFKC", straight_quotes(text))
    if not case_sensitive:
        folded = unicodedata.normalize("NFKC", folded.casefold())
    return _SPACE.sub(" ", folded)


def _trim_end(text: str) -> str:
    """Without final punctuation, unless nothing else would be left."""
    return text.rstrip(_FINAL) or text
