"""What the students of a generated class do, each act at its moment: start, answer, hand in, try again, mark, write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from articles.spans import Ends
from core import clock
from core.database import commit, db
from discussion.comment_text import compose
from discussion.margins import meant
from discussion.models import REACTIONS, Comment
from discussion.operations import Actor, NewNote, add_comment, add_note, delete_comment, flag_comment, mark_confusing
from discussion.operations.comments import DiscussionRef
from discussion.operations.reactions import react
from discussion.queries import get_margin_for
from discussion.quotes import quote_post
from quizzes.attempts import AttemptRow
from quizzes.operations.attempts import NoQuestionsError, Sent, hand_in, save_answers, start_attempt
from quizzes.operations.given_answers import given_answer
from quizzes.operations.second_tries import AlreadyTriedError, NothingToTryError, try_again
from quizzes.queries.attempts import get_attempt_for, list_answers, list_own_attempts
from quizzes.queries.deliveries import find_delivery_for
from quizzes.question_types import TYPES
from tests.support.generated.questions import NOTHING, answer_to
from tests.support.generated.school import HOUR, Reading, School

MINUTE = timedelta(minutes=1)
Act = tuple[datetime, Callable[[], None]]


@dataclass
class Pupil:
    """One student in one class."""

    school: School
    place: int
    user: int
    strength: float

    @property
    def random(self) -> Random:
        """The one source of luck."""
        return self.school.random

    def plan(self, reading: Reading) -> Iterator[Act]:
        """What is tried on a reading, and when: not all of it will be possible."""
        for delivery in reading.deliveries:
            for _go in range(self.random.choice((0, 1, 1, 1, 2, 2, 2, 3))):
                at = self.school.start + self.random.random() * 110 * HOUR
                yield from self._sitting(at, delivery, reading)
        for _time in range(self.random.choice((0, 0, 1, 2))):
            yield self._some_time(), lambda: self.mark(reading)
        for _time in range(self.random.choice((0, 0, 1, 2))):
            yield self._some_time(), lambda: self.ask(reading)

        for thread in reading.threads:
            for _time in range(self.random.choice((0, 1, 1, 2, 3))):
                yield self._some_time(), lambda at=thread: self.post(reading, at)

    def _some_time(self) -> datetime:
        return self.school.start + self.random.random() * 90 * HOUR

    def _sitting(self, at: datetime, delivery: int, reading: Reading) -> Iterator[Act]:
        yield at, lambda: self.begin(delivery)
        for after in (5, 20):
            yield at + after * MINUTE, lambda: self.save(delivery, reading)
        if self.random.random() < 0.8:
            yield at + self.random.randint(21, 50) * MINUTE, lambda: self.finish(delivery)
            if self.random.random() < 0.4:
                yield at + 55 * MINUTE, lambda: self.once_more(delivery, reading)

    def begin(self, delivery_id: int) -> None:
        delivery, now = find_delivery_for(self.user, delivery_id), clock.now()
        if delivery is None or delivery.role != "student":
            return
        own = list_own_attempts(delivery.id, delivery.enrollment_id)
        is_closed = delivery.closes_at and now > delivery.closes_at
        ends = [min(end for end in (a.limit_ends_at, delivery.closes_at) if end) for a in own if not a.submitted_at]
        is_used_up = delivery.own_attempts is not None and len(own) >= delivery.own_attempts
        if not (is_closed or is_used_up or any(now <= end for end in ends)):
            with suppress(NoQuestionsError):
                start_attempt(delivery, own, now, self.random)

    def _newest(self, delivery_id: int) -> AttemptRow | None:
        delivery = find_delivery_for(self.user, delivery_id)
        if delivery is None or delivery.role != "student":
            return None
        own = list_own_attempts(delivery.id, delivery.enrollment_id)
        return get_attempt_for(self.user, own[-1].id) if own else None

    def _open(self, delivery_id: int) -> AttemptRow | None:
        row = self._newest(delivery_id)
        return None if row is None or row.is_settled(clock.now()) else row

    def save(self, delivery_id: int, reading: Reading) -> None:
        row = self._open(delivery_id)
        if row is None:
            return
        answers = list_answers(row)
        sent = []
        for answer in self.random.sample(answers, self.random.randint(1, len(answers))):
            fields = answer_to(answer.type, reading.sentences, self.random, self.strength)
            sure = self.random.choice((None, 1, 2, 3))
            sent.append(Sent(answer.item_id, "w", 0, fields, certainty=sure))
        outcome = save_answers(row, answers, sent, clock.now())
        assert not outcome.refused, outcome.refused

    def finish(self, delivery_id: int) -> None:
        row = self._open(delivery_id)
        if row is not None:
            hand_in(row, clock.now())

    def once_more(self, delivery_id: int, reading: Reading) -> None:
        row = self._newest(delivery_id)
        if row is None or row.submitted_at is None or row.delivery.second_try_percent is None:
            return
        for answer in list_answers(row):
            kind = TYPES[answer.type]
            if answer.answer is None or not kind.has_key or kind.needs_person or self.random.random() < 0.5:
                continue
            fields = answer_to(answer.type, reading.sentences, self.random, 0.8)
            given = None if fields == NOTHING else given_answer(answer, fields, row.article_version_id)
            if given is not None:
                with suppress(AlreadyTriedError, NothingToTryError):
                    try_again(self.user, row, answer, given)

    def mark(self, reading: Reading) -> None:
        if self._is_in(reading):
            mark_confusing(get_margin_for(self.user, reading.assignment), self.random.choice(reading.sentences))

    def ask(self, reading: Reading) -> None:
        if not self._is_in(reading):
            return
        first, last = sorted(self.random.choices(reading.sentences, k=2))
        kind = self.random.choice(("question", "question", "comment", "staff", "self"))
        note = NewNote(compose(f"Why {first}?"), Ends(first, last), meant(kind, "student"))
        add_note(get_margin_for(self.user, reading.assignment), note)

    def post(self, reading: Reading, thread: int) -> None:
        """Write in a discussion: a post of one's own, one that cites, quotes or replies; react to some."""
        if not self._is_in(reading):
            return
        earlier = select(Comment.id).where(Comment.delivery_id == thread, Comment.deleted_at.is_(None))
        ids = db.session.scalars(earlier.order_by(Comment.id)).all()
        answered = self.random.choice(ids) if ids and self.random.random() < 0.3 else None
        words = self.random.choice(("So it was.", "See ¶ 1.2 for it.", "Look at ¶ 2.1."))
        if ids and self.random.random() < 0.3:
            words = quote_post("It was.", f"[A post](/comments/{self.random.choice(ids)})") + words
        place = DiscussionRef(reading.assignment, thread, reading.version)
        made = add_comment(self.place, place, compose(words, answered))
        if ids and self.random.random() < 0.15:
            flag_comment(Actor(self.user, reading.section), self.place, self.random.choice(ids), ("rude", ""))
        for kind in self.random.choices(REACTIONS, k=self.random.choice((0, 0, 1, 2)) if ids else 0):
            react(self.place, thread, self.random.choice(ids), kind)
        if self.random.random() < 0.1:
            delete_comment(Actor(self.user, reading.section), made)

    def _is_in(self, reading: Reading) -> bool:
        delivery = find_delivery_for(self.user, reading.deliveries[0])
        return delivery is not None and delivery.role == "student"


def perform(acts: list[Act], set_clock: Callable[[datetime], object], until: datetime) -> None:
    """Do everything that is planned until a moment, in its order, a transaction each; the clock then stands there."""
    for at, act in sorted(acts, key=lambda each: each[0]):
        if at <= until:
            set_clock(at)
            act()
            commit()
    set_clock(until)
    db.session.rollback()
