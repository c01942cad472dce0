"""The form that takes a pasted list of questions."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import Length

from core.forms import Form
from quizzes.formats.pasted import LONGEST_PASTE

EXAMPLES = (
    (
        lazy_gettext("A list: a star before the right option, or the answer below"),
        lazy_gettext("""\
1. What stopped in 1953? ¶ 4.4 [2 points]
a) The war
*b) The fighting
c) The talks

2. When was it signed?
A) 1945
B) 1953
ANSWER: B
FEEDBACK: Read the year again.

3. A treaty followed.
ANSWER: False"""),
    ),
    (
        lazy_gettext("Pairs, gaps, an order, a poll"),
        lazy_gettext("""\
4. Who spoke for whom?
- Nam Il -> the North
- Joy -> the United Nations

5. It was signed in [[Panmunjom]] in [[1953]].

6. What came first?
- The war
- The talks
- The truce
TYPE: order

7. Have you been there?
- Yes
- No
TYPE: poll"""),
    ),
    (
        lazy_gettext("The answers in braces, as in GIFT"),
        lazy_gettext("""\
What stopped in 1953? {=The fighting ~The war}
A treaty followed. {F}
Who signed for the North? {=Nam Il =General Nam}
How wide is the zone in km? {#4:0.5}
Why was no treaty made? {}
Who spoke for whom? {=Nam Il -> the North =Joy -> the UN}
The {=fighting ~war} stopped in {=1953}.
Choose two. {~%50%one ~%50%two ~%-50%three}"""),
    ),
)


class ListField(TextAreaField):
    """Text whose lines keep their numbers: nothing is stripped from its start."""


class PasteForm(Form):
    """A list of questions as plain text."""

    text_of_list = ListField(
        lazy_gettext("Questions"),
        [Length(max=LONGEST_PASTE, message=lazy_gettext("Keep it to %(n)s characters.", n=LONGEST_PASTE))],
        name="questions",
    )

    @property
    def pasted(self) -> str:
        """The text, without what no database holds; "" when it is too long to be read."""
        text = (self.text_of_list.data or "").replace("\x00", "").rstrip()
        return text if len(text) <= LONGEST_PASTE else ""
