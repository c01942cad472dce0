"""Evidence: the sentences of the article that support the answer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from core.points import FRACTION_ONE, FractionUnits, fraction_of
from core.translation import number_in_words
from quizzes.question_types.base import (
    Answer,
    AnswerFields,
    AnswerRefusedError,
    Json,
    OptionRow,
    Problem,
    QuestionType,
)
from quizzes.question_types.options import LONGEST_FEEDBACK

ANY_OF, ALL_OF, AT_LEAST = "any_of", "all_of", "at_least"
MODE_NAMES: dict[str, LazyString] = {
    ANY_OF: lazy_gettext("any one of them"),
    ALL_OF: lazy_gettext("all of them"),
    AT_LEAST: lazy_gettext("at least this many of them"),
}
MOST_PASSAGES = 20
MOST_CHOSEN = 20
LONGEST_ID = 9


@dataclass(frozen=True)
class AcceptedPassage:
    """Sentences in a row, any of which supports the answer; `span_id` is their row in articles.

    None are left when the passage was cut out of the text. `elsewhere` are those that the passage has in older
    versions that classes still read, where these differ.
    """

    key: str
    sentences: tuple[int, ...]
    span_id: int | None = None
    feedback: str = ""
    elsewhere: tuple[int, ...] = ()

    @property
    def accepted(self) -> tuple[int, ...]:
        """Every sentence that counts, whichever version a class reads."""
        return self.sentences + self.elsewhere


@dataclass(frozen=True)
class EvidenceContent:
    """The accepted passages and how many of them must be found.

    `needed` counts for "at_least" only. `most` is how many sentences may be chosen; 0 is as many
    as passages must be found. Choosing more earns nothing, or choosing all would earn everything.
    A passage that was cut out of the text need not be found.
    """

    passages: tuple[AcceptedPassage, ...]
    mode: str = ANY_OF
    needed: int = 1
    most: int = 0

    @property
    def to_find(self) -> int:
        """How many passages earn all points."""
        there = max(1, sum(bool(passage.accepted) for passage in self.passages))
        match self.mode:
            case "all_of":
                return there
            case "at_least":
                return min(self.needed, there)
        return 1

    @property
    def limit(self) -> int:
        """How many sentences a student may choose."""
        return self.most or self.to_find


class Evidence(QuestionType[EvidenceContent]):
    """Answers are {"sentences": [sentence ids, ascending]}."""

    name = "evidence"
    label = lazy_gettext("Evidence")
    unlisted_is_wrong = True

    def blank(self) -> EvidenceContent:
        return EvidenceContent(())

    def read(self, data: Json) -> EvidenceContent:
        passages = tuple(
            AcceptedPassage(
                row["key"],
                tuple(row["sentences"]),
                row.get("span_id"),
                row.get("feedback", ""),
                tuple(row.get("elsewhere", ())),
            )
            for row in data["passages"]
        )
        return EvidenceContent(passages, data["mode"], data.get("needed", 1), data.get("most", 0))

    def write(self, content: EvidenceContent) -> Json:
        return {
            "passages": [_written(row) for row in content.passages],
            "mode": content.mode,
            "needed": content.needed,
            "most": content.most,
        }

    def validate(self, content: EvidenceContent) -> list[Problem]:
        problems = []
        count = len(content.passages)
        if not count or not all(passage.sentences for passage in content.passages):
            problems.append(Problem("passages", _("Choose the sentences that support the answer.")))
        if count > MOST_PASSAGES:
            message = _("Keep to %(n)s passages at most.", n=MOST_PASSAGES)
            problems.append(Problem("passages", message))
        if content.mode not in (ANY_OF, ALL_OF, AT_LEAST):
            problems.append(Problem("mode", _("Choose how many passages must be found.")))
        if content.mode == AT_LEAST and not 1 <= content.needed <= max(count, 1):
            message = _("Ask for one passage at least, and for no more than you accept.")
            problems.append(Problem("needed", message))
        if content.most and not content.to_find <= content.most <= MOST_CHOSEN:
            message = _("Let students choose as many sentences as they need to find.")
            problems.append(Problem("most", message))
        for at, passage in enumerate(content.passages):
            if len(passage.feedback) > LONGEST_FEEDBACK:
                message = _("Keep feedback to %(n)s characters.", n=LONGEST_FEEDBACK)
                problems.append(Problem(f"passages.{at}.feedback", message))
        return problems

    def public_content(self, content: EvidenceContent, order: Sequence[str] | None = None) -> Json:
        return {"limit": content.limit, "choose": _choose(content)}

    def parse_answer(self, content: EvidenceContent, fields: AnswerFields) -> Answer | None:
        sent = {value for value in fields.get("answer", ()) if value}
        if len(sent) > MOST_CHOSEN:
            raise AnswerRefusedError(_("Choose %(n)s sentences at most.", n=MOST_CHOSEN))
        if not all(value.isascii() and value.isdigit() and len(value) <= LONGEST_ID for value in sent):
            raise AnswerRefusedError(_("That is not a sentence of this article. Load the page again."))
        return {"sentences": sorted({int(value) for value in sent})} if sent else None

    def remark(self, content: EvidenceContent, answer: Answer) -> str | None:
        chosen = len(answer["sentences"])
        if chosen <= content.limit:
            return None
        hint = _choose(content)
        return str(_("%(hint)s, you have chosen %(n)s", hint=hint, n=number_in_words(chosen)))

    def grade(self, content: EvidenceContent, answer: Answer | None) -> FractionUnits:
        chosen = set(answer["sentences"]) if answer else set()
        if not chosen or len(chosen) > content.limit:
            return 0
        found = sum(bool(chosen & set(passage.accepted)) for passage in content.passages)
        return min(fraction_of(found, content.to_find), FRACTION_ONE)

    def answer_key(self, content: EvidenceContent, answer: Answer) -> str:
        return ",".join(str(sentence) for sentence in answer["sentences"])

    def key_parts(self, content: EvidenceContent, answer_key: str) -> list[str]:
        return answer_key.split(",")

    def option_rows(self, content: EvidenceContent) -> list[OptionRow]:
        """The accepted sentences; their text is the article's."""
        accepted = dict.fromkeys(at for passage in content.passages for at in passage.accepted)
        return [OptionRow(str(sentence), "", FRACTION_ONE, right=True) for sentence in accepted]

    def feedback_for(self, content: EvidenceContent, answer: Answer) -> list[str]:
        chosen = set(answer["sentences"])
        return [passage.feedback for passage in content.passages if passage.feedback and chosen & set(passage.accepted)]

    def answer_lines(self, content: EvidenceContent, answer: Answer) -> list[str]:
        return []

    def answer_sentences(self, answer: Answer) -> list[int]:
        return list(answer["sentences"])

    def key_lines(self, content: EvidenceContent) -> list[str]:
        return []

    def key_sentences(self, content: EvidenceContent) -> list[list[int]]:
        return [list(ids) for row in content.passages for ids in (row.sentences, row.elsewhere) if ids]


def _written(passage: AcceptedPassage) -> Json:
    kept = asdict(passage) | {"sentences": list(passage.sentences)}
    elsewhere = kept.pop("elsewhere")
    return kept | {"elsewhere": list(elsewhere)} if elsewhere else kept


def _choose(content: EvidenceContent) -> str:
    if content.limit == 1:
        return str(_("Choose one sentence"))
    if content.limit > content.to_find:
        return str(_("Choose up to %(n)s sentences", n=number_in_words(content.limit)))
    return str(_("Choose %(n)s sentences", n=number_in_words(content.limit)))
