"""Fields that read what authors of questions type: per cent, tags, places in the article."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from wtforms import StringField, ValidationError

from articles.spans import Placed, UnknownSentence, format_reference, parse_reference
from core.fields import TypedField, plain_decimal
from core.points import FRACTION_ONE, parse_percent
from quizzes.tags import LONGEST_TAG, MOST_TAGS, read_tags, too_long


class PercentField(TypedField):
    """A part of the points in per cent; data in units of 1e-10, None when left empty."""

    def parse(self, text: str) -> int:
        return parse_percent(text)

    def show(self, value: int) -> str:
        """Return the shortest text that is read as this value again: 33.3333 is a third, 33.33 is not."""
        per_cent = Decimal(value) * 100 / FRACTION_ONE
        texts = (plain_decimal(round(per_cent, places)) for places in range(2, 9))
        return next((text for text in texts if parse_percent(text) == value), plain_decimal(per_cent))

    def refusal(self) -> str:
        return str(_("Write the share as a number up to 100, such as 50 or 33.333."))


class TagsField(StringField):
    """Tags parted by commas; data is a tuple of them."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent; ValueError when a tag is too long or there are too many."""
        text = valuelist[0].replace("\x00", "") if valuelist else ""
        self.data = read_tags(text)
        if too_long(text):
            raise ValueError(_("Keep a tag to %(n)s characters; commas part tags.", n=LONGEST_TAG))
        if len(self.data) > MOST_TAGS:
            raise ValueError(_("Keep to %(n)s tags at most.", n=MOST_TAGS))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ", ".join(self.data or ())


class PassageField(StringField):
    """A place in the article, as "¶ 4.3" or "¶ 4.3–5"; data is (first, last) sentence id.

    Set `sentences` before `validate()` or rendering.
    """

    data: Any
    sentences: Sequence[Placed] = ()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the text; `pre_validate` finds the place, once the sentences are known."""
        self.data = None

    @property
    def typed(self) -> str:
        """What was sent, with the ¶ that people leave out."""
        text = str(self.raw_data[0]).strip() if self.raw_data else ""
        return text if not text or text.startswith("¶") else f"¶ {text}"

    def pre_validate(self, form: Any) -> None:
        """Find the place that was typed."""
        if not self.typed:
            return
        self.data = parse_reference(self.typed, self.sentences)
        if self.data is None:
            raise ValidationError(_("There is no such place in the article. Write it like ¶ 4.3 or ¶ 4.3–5."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.reference if self.data else ""

    @property
    def reference(self) -> str:
        """The place as a reference; "" when there is none, or its sentences are gone."""
        if not self.data:
            return ""
        try:
            return format_reference(self.sentences, *self.data)
        except UnknownSentence:
            return ""
