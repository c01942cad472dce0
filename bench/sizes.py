"""The sizes and words that the yardstick and Colloquy are both filled with, so that only the work differs."""

from __future__ import annotations

import random

QUESTIONS = 10
WEIGHTS = (60, 15, 15, 10)  # how often each option is chosen; the first one is right
STUDENTS = (30, 300, 3000)
GROWTH = (30, 300, 3000, 30_000)  # Colloquy alone: what a larger class costs beside a smaller
COMMENTS = 200

STEM = "Question {number}: what does the article give as the reason for what it describes there?"
OPTION = "Option {number}: a reason that a reader of the article could well have given"
COMMENT = (
    "Comment {number}. The paragraph gives a figure and a reason, and the two do not quite fit each other. "
    "I read it twice, and the second time I noticed that the reason is somebody's opinion and that the figure "
    "has no source at all. What would we have to know to trust it? I would start with who counted, and when."
)


def parents(comments: int = COMMENTS) -> list[int | None]:
    """For each comment (from 1) the one it answers: a few begin a thread, most answer an earlier one."""
    chance = random.Random(COMMENTS)
    return [
        None if number % 5 == 1 else chance.randint(max(1, number - 20), number - 1)
        for number in range(1, comments + 1)
    ]
