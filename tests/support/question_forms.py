"""What an instructor types into the form of each question type."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from core.database import db
from quizzes.models import Item, QuestionVersion
from quizzes.question_types import TYPES
from tests.support.browsing import Client

WORDS = {"stem": "What *was* decided?", "points": "1,5", "hint": "Look at the start."}
CHOICE = {
    "options-0-text": "A bridge",
    "options-0-right": "y",
    "options-0-feedback": "Yes.",
    "options-1-text": "A ferry",
    "options-1-share": "33.3333",
    "options-2-text": "",
    "options-3-text": "A tunnel",
}
NO_PASSAGE = {"passages-1-place": "", "passages-0-place": "", "passages-0-feedback": ""}
WITH_EVIDENCE = {
    "asks_evidence": "y",
    "passages-0-place": "¶ 1.2",
    "passages-0-feedback": "Said here.",
    "mode": "any_of",
    "evidence_share": "40",
}
"""The evidence part of a choice question."""
FORMS: dict[str, dict[str, str]] = {
    "single_choice": CHOICE,
    "true_false": {"right": "false", "feedback_true": "Read ¶ 1 again."},
    "multiple_answers": {**CHOICE, "options-3-right": "y", "rule": "balanced", "tell_count": "y"},
    "short_answer": {
        "forms-0-text": "bridge",
        "forms-0-match": "exact",
        "forms-1-text": "*bridge*",
        "forms-1-match": "wildcard",
        "forms-1-fraction": "50",
        "case_sensitive": "y",
    },
    "numeric": {
        "accepted-0-value": "4,5",
        "accepted-0-kind": "absolute",
        "accepted-0-tolerance": "0.1",
        "accepted-1-value": "4",
        "accepted-1-kind": "range",
        "accepted-1-tolerance": "5",
        "accepted-1-fraction": "50",
        "unit_rule": "required",
        "units-0-name": "km",
        "units-1-name": "metres",
        "units-1-factor": "0.001",
        "unit_loss": "25",
    },
    "evidence": {
        "passages-0-place": "¶ 1.2",
        "passages-0-feedback": "This one says it.",
        "passages-1-place": "2.1-2",
        "mode": "at_least",
        "needed": "2",
    },
    "open_answer": {
        "min_words": "5",
        "max_words": "50",
        "guidance": "Two reasons.",
        "rubric-0-text": "Reasons",
        "rubric-0-levels": "0 None\n1 One of them\n2 Both",
    },
    "matching": {
        "pairs-0-prompt": "Dr. Lund",
        "pairs-0-answer": "leads the council",
        "pairs-0-feedback": "See ¶ 2.2.",
        "pairs-1-prompt": "The fisherman",
        "pairs-1-answer": "has waited long",
        "pairs-3-answer": "is not in the text",
    },
    "ordering": {
        "steps-0-text": "The town votes",
        "steps-1-text": "Work begins",
        "steps-3-text": "The bridge opens",
        "rule": "exact",
    },
    "blanks": {
        "gapped_text": "Most people chose the [[new bridge|bridge]]. Work begins in [[spring]].",
        "mode": "own",
        "gaps-0-also": "a bridge = 50 %",
        "gaps-1-wrong": "autumn\nwinter = 25 %",
        "gaps-1-weight": "3",
        "gaps-1-feedback": "Look at ¶ 3.1.",
    },
    "poll": {
        "options-0-text": "For the bridge",
        "options-0-feedback": "So were most.",
        "options-2-text": "For the ferry",
        "several": "y",
    },
}


def add_question_of(client: Client, quiz: int, kind: str, **changes: str) -> Any:
    """Post the form of a new question of this type, filled in but for `changes`."""
    return client.post(f"/quizzes/{quiz}/questions/new?type={kind}", data={**WORDS, **FORMS[kind], **changes})


def item_of(answer: Any) -> int:
    """Return the item that a form which was accepted leads to."""
    assert answer.status_code == 303, answer.text
    return int(answer.location.rsplit("/", 1)[1])


def versions_of(app: Flask, item_id: int) -> list[QuestionVersion]:
    """Return the versions of an item's question, first one first."""
    with app.app_context():
        wanted = (
            select(QuestionVersion)
            .join(Item, Item.question_id == QuestionVersion.question_id)
            .where(Item.id == item_id)
            .order_by(QuestionVersion.number)
        )
        return list(db.session.scalars(wanted))


def content_of(app: Flask, item_id: int) -> Any:
    """Return the newest content of an item's question."""
    newest = versions_of(app, item_id)[-1]
    return TYPES[newest.type].read(newest.content)
