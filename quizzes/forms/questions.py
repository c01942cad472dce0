"""What the forms of all question types share: the words, the points, the passage, and rows of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import FieldList, FormField, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from articles.spans import Placed
from core.fields import PointsField
from core.forms import MOST_ROWS, Form
from quizzes.forms.fields import PassageField, TagsField
from quizzes.question_types import TYPES
from quizzes.question_types.base import Problem
from quizzes.question_types.options import new_key
from quizzes.questions import LONGEST_FEEDBACK, LONGEST_HINT, LONGEST_STEM

LONGEST_KEY = 6


def at_most(characters: int) -> Length:
    """Return the check that a text keeps to a number of characters."""
    return Length(max=characters, message=lazy_gettext("Keep it to %(n)s characters.", n=characters))


class RowForm(wtforms.Form):
    """One row of a list of answers. Its key stays the same from version to version."""

    class Meta(Form.Meta):
        csrf = False

    key = HiddenField()

    def is_blank(self) -> bool:
        """Whether nothing was written in the row: such a row is left out."""
        return not any(self.words())

    def words(self) -> list[Any]:
        """Return what makes a row count as written."""
        raise NotImplementedError


class QuestionForm(Form):
    """The form of one question. Subclasses add the answers of their type."""

    kind: ClassVar[str]
    rows_name: ClassVar[str] = ""
    """The list of rows that this type has, if any; it shows at least `blank_rows`."""
    blank_rows: ClassVar[int] = 0
    more_lists: ClassVar[Mapping[str, int]] = {}
    """Further lists, and how many rows each shows at least."""

    seen = HiddenField()
    stem = TextAreaField(
        lazy_gettext("Question"), [DataRequired(lazy_gettext("Write the question.")), at_most(LONGEST_STEM)]
    )
    points = PointsField(lazy_gettext("Points"))
    anchor = PassageField(lazy_gettext("Passage"))
    general_feedback = TextAreaField(lazy_gettext("Feedback for everybody"), [at_most(LONGEST_FEEDBACK)])
    hint = StringField(lazy_gettext("Hint"), [at_most(LONGEST_HINT)])
    tags = TagsField(lazy_gettext("Tags"))

    @staticmethod
    def values_of(content: Any) -> dict[str, Any]:
        """Return what the fields of this type show for a content."""
        raise NotImplementedError

    def read_content(self) -> Any:
        """Return the content that was typed; only once every field could be read."""
        raise NotImplementedError

    def validate_points(self, field: PointsField) -> None:
        """A question must be worth something, unless no answer to it is right."""
        if field.errors or field.process_errors or field.data:
            return
        if TYPES[self.kind].has_key:
            raise ValidationError(_("Give the question more than 0 points."))
        if field.data is None:
            raise ValidationError(_("Write what answering is worth, or 0."))

    def know(self, sentences: Sequence[Placed]) -> None:
        """Tell the passage fields what the article says."""
        for field in _flat(self):
            if isinstance(field, PassageField):
                field.sentences = sentences

    def has_rows(self, name: str) -> bool:
        """Whether anything is written in a list."""
        return any(not entry.form.is_blank() for entry in self[name].entries)

    def add_row(self, name: str = "") -> None:
        """Show one more empty row in the list of this name; in the main one, if there is none so called."""
        rows = self._list(name)
        if rows is not None and len(rows) < MOST_ROWS:
            rows.append_entry()

    def drop_row(self, name: str) -> None:
        """Take away the row of this name ("options-2")."""
        rows = self._list(name.rpartition("-")[0])
        if rows is not None:
            rows.entries = [entry for entry in rows.entries if entry.name != name]

    def fill_up(self) -> None:
        """Show at least the usual number of rows."""
        main = {self.rows_name: self.blank_rows} if self.rows_name else {}
        for name, least in (main | dict(self.more_lists)).items():
            while len(self[name]) < least:
                self[name].append_entry()

    def written_rows(self, name: str = "") -> list[Any]:
        """Return the rows of a list (the main one) in which something was written, each with a key of its own."""
        rows = self._list(name)
        written = [entry.form for entry in rows.entries if not entry.form.is_blank()] if rows is not None else []
        taken: set[str] = set()
        for row in written:
            if not row.key.data or row.key.data in taken or not is_key(row.key.data):
                row.key.data = new_key(taken)
            taken.add(row.key.data)
        return written

    def _list(self, name: str) -> FieldList[Any] | None:
        known = name if name in self.more_lists else self.rows_name
        return self[known] if known else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and what the question type demands; put each problem at its field."""
        is_readable = super().validate(extra_validators)
        problems = TYPES[self.kind].validate(self.read_content())
        for problem in problems:
            self._show(problem)
        return is_readable and not problems

    def field_of(self, name: str) -> str:
        """Return the field, or the row and field, where a problem with this part of the content is said."""
        return name

    def _show(self, problem: Problem) -> None:
        """Show a problem, unless what was typed there could not be read: then that has been said."""
        name, *rest = self.field_of(problem.field).split(".")
        if not rest:
            if not self[name].errors:
                _add_error(self[name], problem.message)
            return
        row, field = self.written_rows(name)[int(rest[0])], self.row_field(rest[1])
        if not row[field].errors:
            _add_error(row[field], problem.message)
            _add_error(self[name], {field: [problem.message]})

    def row_field(self, name: str) -> str:
        """Return the field of a row that a problem's name means."""
        return name


def is_key(text: str) -> bool:
    """Whether a hidden field holds a key: short, for an answer key holds one for each part."""
    return len(text) <= LONGEST_KEY and text.isascii() and text.isalnum()


def _add_error(field: Any, message: Any) -> None:
    field.errors = [*field.errors, message]


def _flat(form: Any) -> Iterator[Any]:
    for field in form:
        if isinstance(field, FieldList):
            for entry in field.entries:
                yield from _flat(entry.form) if isinstance(entry, FormField) else [entry]
        else:
            yield field


def error_lines(form: Any) -> list[tuple[str, str]]:
    """Return (id of the field, message) for every error of a form and its rows, in the order of the page."""
    lines = []
    for field in form:
        if isinstance(field, FieldList):
            lines += [(field.id, str(error)) for error in field.errors if isinstance(error, str)]
            for entry in field.entries:
                lines += error_lines(entry.form)
        else:
            lines += [(field.id, str(error)) for error in field.errors]
    return lines
