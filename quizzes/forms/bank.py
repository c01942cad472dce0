"""What people fill in about the bank of questions: what they look for, tags, where questions go."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict

from core.forms import Form
from core.web import LARGEST_ID
from quizzes.forms.fields import TagsField
from quizzes.queries.bank import BankFilter
from quizzes.question_types import TYPES

MOST_CHOSEN = 100


class TagsForm(Form):
    """Tags to put on, take off or set."""

    tags = TagsField(lazy_gettext("Tags"))


def filter_of(sent: Mapping[str, str]) -> BankFilter:
    """Return what an address asks for; what it cannot mean is left out."""
    kind, use = sent.get("type", ""), sent.get("use", "")
    return BankFilter(
        words=sent.get("q", "").replace("\x00", "").strip()[:200],
        tag=sent.get("tag", "").replace("\x00", "").strip()[:60],
        type=kind if kind in TYPES else "",
        use=use if use in ("used", "unused") else "",
    )


def chosen_ids(sent: MultiDict[str, str]) -> list[int]:
    """Return the ids of the questions that were ticked, each once."""
    numbers = (row_id(text) for text in sent.getlist("question"))
    return list(dict.fromkeys(number for number in numbers if number))[:MOST_CHOSEN]


def row_id(text: str) -> int | None:
    """Return the id that a field says, if a row can have it."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
    return number if 0 < number <= LARGEST_ID else None


def page_number(text: str) -> int:
    """Return the page that an address asks for, from 1."""
    return min(row_id(text) or 1, 10_000)
