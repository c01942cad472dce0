"""What a student who was away has to catch up on in one reading. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.queries import AssignmentRow
from discussion.gates import posts_missing
from discussion.participation import Standing
from discussion.queries import DiscussionRow, LatestRow
from discussion.queries.passages import PassageRow
from discussion.references import Chip, fill
from discussion.standing_out import StandingOut
from quizzes.missed import OwnQuiz
from quizzes.reviews import Review


@dataclass(frozen=True)
class QuizPart:
    """A quiz of the reading as the student stands with it, and the questions that lost points, as released."""

    quiz: OwnQuiz
    missed: Sequence[Review] = ()


@dataclass(frozen=True)
class TalkPart:
    """A discussion as the student stands with it. `boxes`: what it still asks for; `may_write`: whether they can.
    `is_seeded`: it was made of what split the class; `chips`: in its words, by mark number.

    `posts_missing`: own posts before classmates' are seen, 0 where there is no such gate or it is open.
    """

    thread: DiscussionRow
    boxes: Sequence[Standing]
    passages: Sequence[PassageRow]
    chips: Mapping[int, Chip]
    is_seeded: bool
    is_open: bool
    may_write: bool

    def words(self, reading_url: str) -> str:
        """Return what is asked, with its references leading into the text."""
        return fill(self.thread.body_html, self.chips, reading_url)

    @property
    def posts_missing(self) -> int:
        """Own posts that are wanted before classmates' are seen; 0 where a date is waited for, or nothing."""
        return 0 if self.is_open else posts_missing(self.thread.reader, self.thread.gate)

    @property
    def due_at(self) -> datetime | None:
        """When the first open box is due; without one, when the discussion closes for the student."""
        return min((each.due_at for each in self.boxes), default=self.thread.closes_at)

    @property
    def is_answered(self) -> bool:
        """Whether the student has posted there."""
        return self.thread.own_posts > 0

    @property
    def is_to_do(self) -> bool:
        """Whether something can still be written that is asked for."""
        return self.may_write and (not self.is_answered or bool(self.posts_missing or self.boxes))


@dataclass(frozen=True)
class Said:
    """A post that stands out, why, and the passages that it points at."""

    why: StandingOut
    post: LatestRow
    passages: Sequence[PassageRow] = ()


@dataclass(frozen=True)
class CatchUp:
    """The page: quizzes and discussions of a reading in their order, and what was said in those that are open."""

    reading: AssignmentRow
    quizzes: Sequence[QuizPart]
    talks: Sequence[TalkPart]
    said: Sequence[Said]

    @property
    def quizzes_to_do(self) -> list[OwnQuiz]:
        """Quizzes that can be handed in and are not."""
        return [part.quiz for part in self.quizzes if part.quiz.is_to_do]

    @property
    def talks_to_do(self) -> list[TalkPart]:
        """Discussions that ask for something that can still be written."""
        return [part for part in self.talks if part.is_to_do]

    @property
    def things_to_do(self) -> int:
        """How many quizzes and discussions there are to do."""
        return len(self.quizzes_to_do) + len(self.talks_to_do)

    @property
    def looked_at(self) -> list[QuizPart]:
        """Quizzes of which there is something to say: handed in, or too late for it."""
        return [part for part in self.quizzes if part.quiz.counting or part.quiz.is_missing]

    @property
    def missed(self) -> int:
        """How many questions lost points, as far as that may be told."""
        return sum(len(part.missed) for part in self.quizzes)

    @property
    def seeded(self) -> list[TalkPart]:
        """The discussions that were made of what split the class."""
        return [part for part in self.talks if part.is_seeded]

    @property
    def sealed(self) -> list[TalkPart]:
        """Discussions in which classmates' posts do not exist for the student yet."""
        return [part for part in self.talks if not part.is_open]

    @property
    def is_all_done(self) -> bool:
        """Whether there is nothing to do, to look at again, to wait for, or to read; and nothing came too late."""
        is_told = all(part.quiz.shown.correctness for part in self.looked_at)
        return is_told and not (self.things_to_do or self.missed or self.said or self.seeded or self.sealed)
