"""Fill the blanks: a text with gaps, each typed, chosen from its own list, or chosen from one word bank."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from core.points import FRACTION_ONE, FractionUnits, fraction_of
from core.translation import number_in_words
from quizzes.question_types import wording
from quizzes.question_types.base import (
    ANSWER_KEY_LENGTH,
    Answer,
    AnswerFields,
    AnswerPart,
    AnswerRefusedError,
    Json,
    OptionRow,
    Problem,
    QuestionType,
    one_line,
)
from quizzes.question_types.gaps import LONGEST_WORD, Blank, BlanksContent, Gap, Word, by_key, problems_of
from quizzes.question_types.mixing import mixed

_BETWEEN_PARTS = ";"
_INSIDE = "；"
"""Stands in a part for what is between parts; to compare texts is to fold it back."""
_PART = re.compile(r"(\w+)([=~])(.*)", re.DOTALL)


class Blanks(QuestionType[BlanksContent]):
    """Answers are {"gaps": {key of a gap: the word as typed or chosen}}, without the gaps left empty."""

    name = "blanks"
    label = lazy_gettext("Fill the blanks")
    mixes = True
    unlisted_is_wrong = True

    def blank(self) -> BlanksContent:
        return BlanksContent("", ())

    def read(self, data: Json) -> BlanksContent:
        gaps = tuple(
            Gap(row["key"], _read_words(row["also"]), _read_words(row["wrong"]), row["weight"], row["feedback"])
            for row in data["gaps"]
        )
        return BlanksContent(data["text"], gaps, data["bank"], tuple(data["extra"]), data["case_sensitive"])

    def write(self, content: BlanksContent) -> Json:
        return {
            "text": content.text,
            "gaps": [
                {
                    **asdict(gap),
                    "also": [asdict(word) for word in gap.also],
                    "wrong": [asdict(word) for word in gap.wrong],
                }
                for gap in content.gaps
            ],
            "bank": content.bank,
            "extra": list(content.extra),
            "case_sensitive": content.case_sensitive,
        }

    def validate(self, content: BlanksContent) -> list[Problem]:
        return problems_of(content)

    def option_keys(self, content: BlanksContent) -> list[str]:
        return list(content.choices)

    def public_content(self, content: BlanksContent, order: Sequence[str] | None = None) -> Json:
        texts = content.choices
        choices = [{"key": key, "text": texts[key]} for key in mixed(texts, order)]
        own = {blank.gap.key: {word.key for word in blank.words} for blank in content.blanks if blank.is_list}
        return {
            "pieces": content.pieces,
            "options": choices if content.bank else [],
            "gaps": [
                {
                    "key": blank.gap.key,
                    "number": blank.number,
                    "choices": choices
                    if content.bank
                    else [choice for choice in choices if choice["key"] in own.get(blank.gap.key, ())],
                }
                for blank in content.blanks
            ],
            "bank": content.bank,
            "case_sensitive": content.case_sensitive,
            "choose": str(ngettext("One gap", "%(num)s gaps", len(content.blanks))),
        }

    def parse_answer(self, content: BlanksContent, fields: AnswerFields) -> Answer | None:
        given = {blank.gap.key: _typed(content, blank, one_line(fields, blank.gap.key)) for blank in content.blanks}
        gaps = {key: text for key, text in given.items() if text}
        return {"gaps": gaps} if gaps else None

    def as_typed(self, fields: AnswerFields) -> Answer | None:
        return {"gaps": {part: values[-1] for part, values in fields.items() if values}}

    def remark(self, content: BlanksContent, answer: Answer) -> str | None:
        count = len(content.blanks)
        missing = count - len(list(_filled(content, answer)))
        if not missing:
            return None
        words = {"n": number_in_words(missing).capitalize(), "all": number_in_words(count)}
        return str(ngettext("One of %(all)s gaps is empty", "%(n)s of %(all)s gaps are empty", missing, **words))

    def grade(self, content: BlanksContent, answer: Answer | None) -> FractionUnits:
        """The mean of the gaps by their weights; a gap without an answer earns nothing."""
        earned = 0
        for blank, text in _filled(content, answer):
            word = _match(content, blank, text)
            earned += blank.gap.weight * (word.fraction if word else 0)
        return fraction_of(earned, FRACTION_ONE * sum(blank.gap.weight for blank in content.blanks))

    def answer_key(self, content: BlanksContent, answer: Answer) -> str:
        """For each gap its key with what was typed ("~"), whatever it earns.

        Where that would be too long, words of the content stand there by their key ("="), and of others the beginning.
        """
        parts = [_part(content, blank, text) for blank, text in _filled(content, answer)]
        whole = _BETWEEN_PARTS.join(sorted(part.typed or part.known for part in parts))
        if len(whole) <= ANSWER_KEY_LENGTH:
            return whole
        known = [part.known for part in parts if part.known]
        free = [part.typed for part in parts if not part.known]
        room = ANSWER_KEY_LENGTH - sum(len(part) + 1 for part in known)
        return _BETWEEN_PARTS.join(sorted([*known, *(part[: room // len(free) - 1] for part in free)]))

    def key_parts(self, content: BlanksContent, answer_key: str) -> list[str]:
        """The words that the gaps have now, whether or not they were right or offered when they were answered."""
        gaps, words = {blank.gap.key: blank for blank in content.blanks}, content.bank_words
        return [_part_now(content, gaps, words, part) for part in answer_key.split(_BETWEEN_PARTS)]

    def option_rows(self, content: BlanksContent) -> list[OptionRow]:
        """For each gap the words that earn something."""
        rows: dict[str, OptionRow] = {}
        for blank in content.blanks:
            for word in blank.words:
                if word.fraction:
                    key = f"{blank.gap.key}={word.key}"
                    row = OptionRow(key, _line(blank.number, word.text), word.fraction, word.fraction == FRACTION_ONE)
                    rows.setdefault(key, row)
        return list(rows.values())

    def part_in_words(self, content: BlanksContent, part: str) -> str:
        found = _PART.fullmatch(part)
        if not found:
            return part
        key, sign, rest = found.groups()
        number = next((blank.number for blank in content.blanks if blank.gap.key == key), "…")
        words = content.bank_words
        return _line(number, words.get(rest, "…") if sign == "=" else rest.replace(_INSIDE, _BETWEEN_PARTS))

    def feedback_for(self, content: BlanksContent, answer: Answer) -> list[str]:
        """The words about each gap that was filled, whatever with."""
        return [blank.gap.feedback for blank, _text in _filled(content, answer) if blank.gap.feedback]

    def answer_lines(self, content: BlanksContent, answer: Answer) -> list[str]:
        return [_line(blank.number, text) for blank, text in _filled(content, answer)]

    def answer_parts(self, content: BlanksContent, answer: Answer) -> list[AnswerPart]:
        """Each gap with the text before it; last comes the text after all of them."""
        filled = {blank.gap.key: text for blank, text in _filled(content, answer)}
        parts = []
        for piece, blank in zip(content.pieces, content.blanks, strict=False):
            text = filled.get(blank.gap.key, "")
            word = _match(content, blank, text) if text else None
            parts.append(AnswerPart(piece, text, word is not None and word.fraction == FRACTION_ONE))
        return [*parts, AnswerPart(content.pieces[-1], "", None)]

    def key_lines(self, content: BlanksContent) -> list[str]:
        return [_line(blank.number, " / ".join(word.text for word in blank.right)) for blank in content.blanks]


def _typed(content: BlanksContent, blank: Blank, sent: str) -> str:
    """What was typed into a gap, or the word whose key was sent."""
    if not (content.bank or blank.is_list):
        if len(sent) > LONGEST_WORD:
            raise AnswerRefusedError(_("Keep each answer to %(n)s characters.", n=LONGEST_WORD))
        return sent
    offered = content.bank_words if content.bank else by_key(blank.words)
    if sent and sent not in offered:
        raise AnswerRefusedError(_("That word is not part of this question. Load the page again."))
    return offered[sent] if sent else ""


def _filled(content: BlanksContent, answer: Answer | None) -> Iterator[tuple[Blank, str]]:
    """Each gap that has an answer, with it."""
    gaps = answer["gaps"] if answer else {}
    return ((blank, gaps[blank.gap.key]) for blank in content.blanks if gaps.get(blank.gap.key))


def _match(content: BlanksContent, blank: Blank, text: str) -> Word | None:
    """The first word of a gap that an answer matches; a `*` stands for anything where the answer is typed."""
    compare = wording.same if content.bank or blank.is_list else wording.matches
    matching = (word for word in blank.words if compare(word.text, text, case_sensitive=content.case_sensitive))
    return next(matching, None)


@dataclass(frozen=True)
class _Part:
    """A gap's part of an answer key: by the key of a word, and by what was typed; each empty where it cannot be."""

    known: str
    typed: str


def _part(content: BlanksContent, blank: Blank, text: str) -> _Part:
    word, typed = _match(content, blank, text), _folded(content, text)
    leads_back = word is None or _match(content, blank, typed) == word
    key = blank.gap.key
    return _Part(f"{key}={word.key}" if word else "", f"{key}~{typed}" if leads_back else "")


def _part_now(content: BlanksContent, gaps: Mapping[str, Blank], words: Mapping[str, str], part: str) -> str:
    found = _PART.fullmatch(part)
    blank = gaps.get(found[1]) if found else None
    text = found and (words.get(found[3]) if found[2] == "=" else found[3])
    if not found or not blank or not text:
        return part
    word = _match(content, blank, text)
    return f"{found[1]}={word.key}" if word else f"{found[1]}~{_folded(content, text)}"


def _folded(content: BlanksContent, text: str) -> str:
    return wording.normalise(text, case_sensitive=content.case_sensitive).replace(_BETWEEN_PARTS, _INSIDE)


def _line(number: int | str, words: str) -> str:
    return str(_("Gap %(n)s: %(words)s", n=number, words=words))


def _read_words(rows: Sequence[Json]) -> tuple[Word, ...]:
    return tuple(Word(row["text"], row["fraction"]) for row in rows)
