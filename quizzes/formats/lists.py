"""Plain lists: a question, its options with a), b), c) or a dash, and a star or "ANSWER: B" for the right one. Pure.

Aiken's form is one of them. Further lines may say FEEDBACK:, HINT:, POINTS:, TAGS:, PASSAGE:, TYPE: or [2 points];
a line that begins with # explains the option above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizzes.formats.neutral import Line, is_comment, tags_in

_NUMBER = re.compile(r"(?:q(?:uestion)?\s*)?\d{1,3}\s*[.):]\s+(?=\S)", re.IGNORECASE)
_LETTER = re.compile(r"([*=]?)\s*(?:([A-Za-z])(?:\.\s+|\)\s*)|\(([A-Za-z])\)\s*)(.*)", re.DOTALL)
_BULLET = re.compile(r"([-–•~*=])\s+(.*)", re.DOTALL)
_FIELD = re.compile(
    r"(answers?|key|correct(?: answers?)?|feedback|explanation|hint|points?|passage|tags?|type)\s*[:=]\s*(.+)",
    re.IGNORECASE | re.DOTALL,
)
_POINTS = re.compile(r"[\[(]\s*([\d.,]{1,9})\s*(?:points?|pts?\.?|p)\s*[\])]", re.IGNORECASE)
_PLACE = re.compile(r"¶\s?\d[\d.\s–-]*")
RIGHT = "*="


@dataclass
class ListedOption:
    """An option as written; `letter` is "" for a dash."""

    line: int
    letter: str
    text: str
    is_right: bool
    feedback: str = ""


@dataclass
class Listed:
    """One question of a list as its lines said it."""

    line: int
    numbered: bool = False
    stem: list[str] = field(default_factory=list)
    options: list[ListedOption] = field(default_factory=list)
    answer: str = ""
    answer_line: int = 0
    said: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


class _Lines:
    """Takes line after line; `questions` is what they made so far."""

    def __init__(self) -> None:
        self.questions: list[Listed] = []
        self._comments: list[Line] = []
        self._after_gap = True

    def take(self, line: Line) -> None:
        """Read one line."""
        number, text = line[0], line[1].strip()
        if is_comment(text):
            self._comments.append(line)
            return
        if not text:
            self._after_gap = True
            return
        if not (self._says(number, text) or self._offers(number, text)):
            self._asks(number, text)
        self._after_gap = False

    def _now(self) -> Listed | None:
        return self.questions[-1] if self.questions else None

    def _begin(self, number: int) -> Listed:
        self.questions.append(Listed(number, tags=tags_in(self._comments)))
        self._comments = []
        return self.questions[-1]

    def _says(self, number: int, text: str) -> bool:
        """Whether the line is a field of the question above: its answer, its points, an explanation …"""
        now = self._now()
        if now is None:
            return False
        found, points = _FIELD.fullmatch(text), _POINTS.fullmatch(text)
        if found:
            self._keep(now, number, (_name(found[1]), found[2].strip()))
        elif points:
            now.said["points"] = points[1]
        elif _PLACE.fullmatch(text):
            now.said["place"] = text
        elif text.startswith("#") and now.options:
            now.options[-1].feedback = " ".join([now.options[-1].feedback, text.lstrip("# ")]).strip()
        else:
            return False
        return True

    def _keep(self, now: Listed, number: int, said: tuple[str, str]) -> None:
        name, words = said
        if name == "answer":
            now.answer, now.answer_line = words, number
        else:
            now.said[name] = f"{now.said[name]}\n\n{words}" if name in now.said and name == "feedback" else words

    def _offers(self, number: int, text: str) -> bool:
        """Whether the line is an option."""
        now = self._now()
        option = _option(number, text)
        if option is None or (option.letter and not _follows(now, option.letter)):
            return False
        if now is None or now.answer:
            if not option.letter:
                return False
            now = self._begin(number)
        now.options.append(option)
        return True

    def _asks(self, number: int, text: str) -> None:
        """Take the line for a question's words: a new one's, or more of what stands above."""
        now, numbered = self._now(), _NUMBER.match(text)
        goes_on = now is not None and not numbered and not now.answer and not self._after_gap
        if goes_on and now is not None:
            if now.options:
                now.options[-1].text += f" {text}"
            else:
                now.stem.append(text)
            return
        begun = self._begin(number)
        begun.numbered = numbered is not None
        begun.stem.append(text[numbered.end() :] if numbered else text)


def _option(number: int, text: str) -> ListedOption | None:
    found = _LETTER.fullmatch(text)
    if found:
        letter = (found[2] or found[3]).upper()
        words, marked = _unstarred(found[4])
        return ListedOption(number, letter, words, bool(found[1]) or marked)
    found = _BULLET.fullmatch(text)
    if found:
        words, marked = _unstarred(found[2])
        return ListedOption(number, "", words, found[1] in RIGHT or marked)
    return None


def _unstarred(text: str) -> tuple[str, bool]:
    """The text of an option without the star that says it is right, and whether there was one."""
    words = text.strip()
    if words.startswith(tuple(RIGHT)):
        return words.strip(RIGHT).strip(), True
    if words.endswith("*"):
        return words.rstrip("*").strip(), True
    return words, False


def _follows(now: Listed | None, letter: str) -> bool:
    """Whether a letter can open an option here: "A" always, another only after options."""
    return letter == "A" or bool(now and now.options and not now.answer)


def _name(word: str) -> str:
    first = word.casefold().split()[0].rstrip("s")
    return {"key": "answer", "correct": "answer", "explanation": "feedback", "passage": "place", "point": "points"}.get(
        first, first
    )


def read_list(lines: Sequence[Line]) -> list[Listed]:
    """Return the questions that a run of lines holds, as written."""
    taker = _Lines()
    for line in lines:
        taker.take(line)
    return taker.questions
