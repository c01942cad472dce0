"""Open answer: text that a person reads and grades."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from core.points import FractionUnits
from core.text import render_markdown
from quizzes.question_types import rubrics
from quizzes.question_types.base import (
    Answer,
    AnswerFields,
    AnswerRefusedError,
    Json,
    Problem,
    QuestionType,
)

LONGEST_TEXT = 20_000
LONGEST_GUIDANCE = 5_000
MOST_WORDS = 5_000
WRITTEN = "written"
_BETWEEN_WORDS = re.compile(r"[\s—–]+")
_BLOCK_END = re.compile(r"</(?!(?:a|b|del|em|i|ins|s|small|span|strong|sub|sup|u)>)[a-z][a-z0-9]*>|<br\s*/?>", re.I)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,30});", re.I)


def count_words(text: str) -> int:
    """Words as word processors count them: what stands between spaces and dashes.

    Tags of HTML are no words: the end of a block and the break of a line stand between words, all others vanish.
    """
    plain = _TAG.sub("", _BLOCK_END.sub(" ", text))
    plain = _ENTITY.sub(lambda found: html.unescape(found[0]), plain)
    return sum(1 for word in _BETWEEN_WORDS.split(plain) if word)


@dataclass(frozen=True)
class OpenAnswerContent:
    """Bounds in words, 0 for none; `guidance` and `rubric` are for those who grade and part of the key.

    The rubric is a tuple of Criterion(key, text, levels: tuple[Level(key, text, points)]), empty when there is none.
    """

    min_words: int = 0
    max_words: int = 0
    guidance: str = ""
    rubric: rubrics.Rubric = ()


class OpenAnswer(QuestionType[OpenAnswerContent]):
    """Answers are {"text": Markdown as typed}."""

    name = "open_answer"
    label = lazy_gettext("Open answer")
    needs_person = True

    def blank(self) -> OpenAnswerContent:
        return OpenAnswerContent()

    def read(self, data: Json) -> OpenAnswerContent:
        return OpenAnswerContent(
            data.get("min_words", 0),
            data.get("max_words", 0),
            data.get("guidance", ""),
            rubrics.read_rubric(data.get("rubric", ())),
        )

    def write(self, content: OpenAnswerContent) -> Json:
        return {
            "min_words": content.min_words,
            "max_words": content.max_words,
            "guidance": content.guidance,
            "rubric": rubrics.write_rubric(content.rubric),
        }

    def validate(self, content: OpenAnswerContent) -> list[Problem]:
        problems = []
        if not 0 <= content.min_words <= MOST_WORDS:
            message = _("Give a number of words from 0 to %(n)s.", n=MOST_WORDS)
            problems.append(Problem("min_words", message))
        if not 0 <= content.max_words <= MOST_WORDS:
            message = _("Give a number of words from 0 to %(n)s.", n=MOST_WORDS)
            problems.append(Problem("max_words", message))
        elif content.max_words and content.max_words < content.min_words:
            problems.append(Problem("max_words", _("The most is less than the least.")))
        if len(content.guidance) > LONGEST_GUIDANCE:
            message = _("Keep it to %(n)s characters.", n=LONGEST_GUIDANCE)
            problems.append(Problem("guidance", message))
        return problems + rubrics.rubric_problems(content.rubric)

    def public_content(self, content: OpenAnswerContent, order: Sequence[str] | None = None) -> Json:
        return {
            "min_words": content.min_words,
            "max_words": content.max_words,
            "longest": LONGEST_TEXT,
        }

    def parse_answer(self, content: OpenAnswerContent, fields: AnswerFields) -> Answer | None:
        values = fields.get("answer", ())
        # A textarea sends CR LF; the text is kept as it was typed otherwise.
        text = values[-1].replace("\r\n", "\n").replace("\r", "\n") if values else ""
        if len(text) > LONGEST_TEXT:
            raise AnswerRefusedError(_("Keep your answer to %(n)s characters.", n=LONGEST_TEXT))
        return {"text": text} if text.strip() else None

    def as_typed(self, fields: AnswerFields) -> Answer | None:
        return {"text": "".join(fields.get("answer", ())[-1:])}

    def remark(self, content: OpenAnswerContent, answer: Answer) -> str | None:
        words = count_words(answer["text"])
        written = ngettext("You have written one word", "You have written %(num)s words", words)
        if words < content.min_words:
            return str(_("%(written)s; at least %(n)s are asked for", written=written, n=content.min_words))
        if content.max_words and words > content.max_words:
            return str(_("%(written)s; at most %(n)s are asked for", written=written, n=content.max_words))
        return None

    def grade(self, content: OpenAnswerContent, answer: Answer | None) -> FractionUnits | None:
        return None if answer else 0

    def answer_key(self, content: OpenAnswerContent, answer: Answer) -> str:
        """The same for all: open answers are read, not grouped."""
        return WRITTEN

    def key_parts(self, content: OpenAnswerContent, answer_key: str) -> list[str]:
        return []

    def answer_lines(self, content: OpenAnswerContent, answer: Answer) -> list[str]:
        return [answer["text"]]

    def answer_html(self, answer: Answer) -> str:
        return render_markdown(answer["text"])

    def key_lines(self, content: OpenAnswerContent) -> list[str]:
        """What a full answer has, where its author wrote that down."""
        return [content.guidance] if content.guidance.strip() else []
