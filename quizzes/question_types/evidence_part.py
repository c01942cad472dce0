"""The evidence part of a choice question: the answer is chosen, and sentences are pointed at that support it.

A content carries its part in a field `evidence`; in an answer the sentences stand beside the choice, under "evidence".
The two are scored separately, and each has its share of the question's points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from core.points import FRACTION_ONE, FractionUnits, divided
from quizzes.question_types.base import Answer, AnswerFields, Json, Problem
from quizzes.question_types.evidence import Evidence, EvidenceContent

FIELD = "evidence"
"""The part of an answer, of an answer's form fields and of a content's JSON."""

HALF = FRACTION_ONE // 2
_EVIDENCE = Evidence()


@dataclass(frozen=True)
class EvidencePart:
    """What is to be found in the article, and which part of the question's points it earns (0 to FRACTION_ONE)."""

    asked: EvidenceContent
    share: FractionUnits = HALF


def part_of(content: object) -> EvidencePart | None:
    """The evidence part of a type's content, if it has one."""
    part = getattr(content, FIELD, None)
    return part if isinstance(part, EvidencePart) else None


def passages_of(content: object) -> EvidenceContent | None:
    """The accepted passages of an evidence question, or of the evidence part of another."""
    if isinstance(content, EvidenceContent):
        return content
    part = part_of(content)
    return part.asked if part else None


def with_passages(content: Any, asked: EvidenceContent) -> Any:
    """The same content, accepting these passages."""
    part = part_of(content)
    return replace(content, evidence=replace(part, asked=asked)) if part else asked


def read_part(data: Json) -> EvidencePart | None:
    """The part from the JSON of a content."""
    kept = data.get(FIELD)
    return EvidencePart(_EVIDENCE.read(kept["asked"]), kept["share"]) if kept else None


def write_part(part: EvidencePart | None) -> Json:
    """What the part adds to the JSON of a content; nothing where there is none."""
    return {FIELD: {"asked": _EVIDENCE.write(part.asked), "share": part.share}} if part else {}


def part_problems(part: EvidencePart | None) -> list[Problem]:
    """What an author has to put right; fields begin with "evidence."."""
    if part is None:
        return []
    problems = [replace(problem, field=f"{FIELD}.{problem.field}") for problem in _EVIDENCE.validate(part.asked)]
    if not 0 < part.share < FRACTION_ONE:
        message = _("Give the evidence more than 0 and less than 100 per cent of the points.")
        problems.append(Problem(f"{FIELD}.share", message))
    return problems


def public_part(part: EvidencePart | None) -> Json:
    """What the student's page may know of the part, to add to the public content."""
    return {FIELD: _EVIDENCE.public_content(part.asked)} if part else {}


def with_part(part: EvidencePart | None, choice: Answer | None, fields: AnswerFields) -> Answer | None:
    """The choice with the sentences that the form sent beside it; None when both were left out.

    Raises AnswerRefusedError for what no page of ours could have sent.
    """
    found = _EVIDENCE.parse_answer(part.asked, {"answer": fields.get(FIELD, ())}) if part else None
    if not found:
        return choice
    return {**(choice or {}), FIELD: found["sentences"]}


def cited(answer: Answer | None) -> list[int]:
    """The sentences that an answer points at."""
    return list(answer.get(FIELD, ())) if answer else []


def part_remark(part: EvidencePart | None, answer: Answer, choice_is_made: bool) -> str | None:
    """A hint about what is missing, or chosen too often; never about the key."""
    if part is None:
        return None
    if not choice_is_made:
        return str(_("You have pointed to the article, but not chosen an answer"))
    if not cited(answer):
        return str(_("Point to the article as well"))
    return _EVIDENCE.remark(part.asked, {"sentences": cited(answer)})


def part_feedback(part: EvidencePart | None, answer: Answer) -> list[str]:
    """The author's words about the sentences chosen."""
    return _EVIDENCE.feedback_for(part.asked, {"sentences": cited(answer)}) if part else []


def part_key(part: EvidencePart | None) -> list[list[int]]:
    """The passages that would have been right."""
    return _EVIDENCE.key_sentences(part.asked) if part else []


@dataclass(frozen=True)
class PartGrade:
    """What was pointed at, for counting, and the fraction that it earns of the evidence part."""

    key: str | None
    fraction: FractionUnits


def grade_part(part: EvidencePart, answer: Answer | None) -> PartGrade:
    """Grade the evidence alone; nothing pointed at has no key and earns nothing."""
    chosen = {"sentences": cited(answer)}
    if not chosen["sentences"]:
        return PartGrade(None, 0)
    return PartGrade(_EVIDENCE.answer_key(part.asked, chosen), _EVIDENCE.grade(part.asked, chosen))


def weighted(part: EvidencePart, choice: FractionUnits, evidence: FractionUnits) -> FractionUnits:
    """The whole question's fraction: each part by its share, rounded once, half up."""
    whole = choice * (FRACTION_ONE - part.share) + evidence * part.share
    return divided(whole, FRACTION_ONE)


def parts_in_words(content: object, choice: FractionUnits | None, answer: Answer) -> str:
    """How the choice and the evidence came out, each for itself; "" where both are right or there is no such part."""
    part = part_of(content)
    if part is None or choice is None:
        return ""
    evidence = grade_part(part, answer).fraction
    if choice == evidence == FRACTION_ONE:
        return ""
    said = {FRACTION_ONE: _("right"), 0: _("not there yet")}
    partly = _("partly right")
    return str(
        _(
            "Your answer is %(answer)s, your evidence is %(evidence)s.",
            answer=said.get(choice, partly),
            evidence=said.get(evidence, partly),
        )
    )


def choice_of_key(answer_key: str) -> Answer:
    """The choice that an answer key stands for, as the types that can have an evidence part keep it."""
    return {"choice": answer_key, "choices": answer_key.split(",")}


@dataclass(frozen=True)
class TwoByTwo:
    """How many got the answer and the evidence right, only one of them, or neither (partly right is not right)."""

    both: int = 0
    answer_only: int = 0
    evidence_only: int = 0
    neither: int = 0

    @property
    def students(self) -> int:
        """Everybody counted."""
        return self.both + self.answer_only + self.evidence_only + self.neither


def two_by_two(counts: Mapping[tuple[str, int], int], right_keys: frozenset[str]) -> TwoByTwo:
    """Count by answer and evidence. `counts`: how many, by (answer key, evidence level 0 to 2); 2 is right."""

    def count(answer: bool, evidence: bool) -> int:
        return sum(
            n for (key, level), n in counts.items() if (key in right_keys) is answer and (level == 2) is evidence
        )

    return TwoByTwo(count(True, True), count(True, False), count(False, True), count(False, False))
