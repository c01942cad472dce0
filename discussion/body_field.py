"""The field in which a post, a note or an answer is written, for whichever form has one."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, ValidationError

from discussion.comment_text import LONGEST


def unify_lines(value: str | None) -> str | None:
    """Return what was typed with line ends that are alike whatever browser sent it."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if value else value


def _short_enough(_form: Any, field: TextAreaField) -> None:
    over = len(field.data or "") - LONGEST
    if over > 0:
        raise ValidationError(
            ngettext(
                "A post has at most %(most)s characters. Yours is %(num)s too long.",
                "A post has at most %(most)s characters. Yours is %(num)s too long.",
                over,
                most=f"{LONGEST:,}",
            )
        )


def body_field(label: LazyString) -> TextAreaField:
    """Return a field for words in Markdown, of which there are some and not too many."""
    missing = DataRequired(_l("Write something first."))
    return TextAreaField(label, filters=[unify_lines], validators=[missing, _short_enough])
