"""The words of a prompt that takes up how a class answered a question. Pure."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from results.divided import Division
from results.map_words import percent

LONGEST_TITLE, LONGEST_STEM, LONGEST_OPTION = 60, 1_500, 100
"""So that the prompt with its 26 options stays within what a prompt may hold."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$])")


def as_plain_words(text: str) -> str:
    """Return text on one line, marked so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def title_of(division: Division) -> str:
    """Return the prompt's title: the question, cut short where it is long. The same for the same question."""
    item = division.question.item
    words = _cut(" ".join(item.stem.split()), LONGEST_TITLE)
    return _("Question %(number)s: %(words)s", number=item.number, words=words)


def _cut(text: str, most: int) -> str:
    """At most so many characters, cut between words where there is more than one."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return f"{(kept.rpartition(' ')[0] or kept).rstrip()}…"


def body_of(division: Division) -> str:
    """Return the prompt in Markdown: the question, each option with its share, and what to do. No names, no key."""
    options = [
        f"- **{row.letter}** ({percent(share)}): {as_plain_words(_cut(row.text, LONGEST_OPTION))}"
        for row, share in division.shares
    ]
    return "\n\n".join(
        [
            _cut(division.question.item.stem, LONGEST_STEM),
            _("This is how %(n)s of us answered:", n=division.n),
            "\n".join(options),
            _("Which answer does the text bear out? Point to the sentences that decide it, and say why."),
        ]
    )
