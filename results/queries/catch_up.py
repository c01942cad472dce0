"""Reads what a student has to catch up on in a reading: as many statements whatever there is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, literal, null, select, text, union_all

from articles.models import Span
from articles.queries import AssignmentRow, list_sentences, place_of, with_places
from core.database import AnySelect, read_rows
from discussion.models import CommentSpan, PromptSpan
from discussion.permissions import may_post
from discussion.queries import list_discussions_for
from discussion.queries.own_boxes import read_open_boxes
from discussion.queries.passages import Labels, PassageRow
from discussion.queries.standing_out import list_standing_out
from discussion.references import Chip
from quizzes.missed import Answered, OwnQuiz, missed, own_quiz
from quizzes.models import QuestionSpan, QuizDelivery
from quizzes.queries.own_work import list_own_work, read_answers_of
from quizzes.reviews import Text
from results.catch_up import CatchUp, QuizPart, Said, TalkPart
from results.queries.excused import is_excused
from results.queries.seeded import list_seeded_in

MOST_SAID = 6
"""Posts that the page shows: the discussions have the rest."""
MOST_PASSAGES = 2_000
_OF_PROMPT, _OF_COMMENT, _OF_QUESTION = 0, 1, 2
Ends = tuple[int, int]


@dataclass(frozen=True)
class _Pointed:
    """Passages by prompt and by comment as they are shown, and by question version as (first, last) sentence ids.

    `in_prompts`: the chips in the words of each prompt, by mark number.
    """

    of_prompts: Mapping[int, list[PassageRow]]
    in_prompts: Mapping[int, Mapping[int, Chip]]
    of_comments: Mapping[int, list[PassageRow]]
    of_questions: Mapping[int, list[Ends]]


@cache
def _pointed() -> CompoundSelect[*tuple[Any, ...]]:
    """Where some prompts, comments and question versions point, in one version of the article."""
    version: Any = bindparam("version")
    asks = (QuestionSpan, QuestionSpan.question_version_id, _OF_QUESTION, "questions")
    kinds = (
        (PromptSpan, PromptSpan.prompt_id, _OF_PROMPT, "prompts"),
        (CommentSpan, CommentSpan.comment_id, _OF_COMMENT, "comments"),
        asks,
    )
    parts = []
    for model, owner, kind, name in kinds:
        mark = PromptSpan.mark if model is PromptSpan else null()
        part = select(literal(kind), owner, model.position, model.id, mark, Span.quote, *place_of())
        part = with_places(part.join(Span, Span.id == model.span_id), version)
        part = part.where(owner.in_(bindparam(name, expanding=True)))
        parts.append(part.where(QuestionSpan.role == "anchor") if model is QuestionSpan else part)
    return union_all(*parts).order_by(text("1"), text("2"), text("3"), text("4")).limit(MOST_PASSAGES)


def _read_pointed(version_id: int, prompts: Sequence[int], comments: Sequence[int], questions: set[int]) -> _Pointed:
    labels = Labels(version_id)
    shown: dict[int, dict[int, list[PassageRow]]] = {_OF_PROMPT: defaultdict(list), _OF_COMMENT: defaultdict(list)}
    chips: dict[int, dict[int, Chip]] = defaultdict(dict)
    ends: dict[int, list[Ends]] = defaultdict(list)
    given = {"version": version_id, "prompts": prompts, "comments": comments, "questions": sorted(questions)}
    for kind, owner, _position, _id, mark, quote, first, last in read_rows(_pointed(), given):
        if mark is not None:
            if chip := labels.chip(quote, first, last):
                chips[owner][mark] = chip
        elif kind != _OF_QUESTION:
            shown[kind][owner].append(labels.passage(quote, first, last))
        elif first is not None and last is not None:
            ends[owner].append((first, last))
    return _Pointed(shown[_OF_PROMPT], chips, shown[_OF_COMMENT], ends)


@cache
def _excused() -> AnySelect:
    quiz: Any = QuizDelivery.id
    student: Any = bindparam("student")
    of_reading = select(quiz).where(QuizDelivery.assignment_id == bindparam("reading"), is_excused(quiz, student))
    return of_reading.order_by(quiz).limit(MOST_PASSAGES)


def _read_quizzes(user_id: int, reading: AssignmentRow, now: datetime) -> list[OwnQuiz]:
    given = {"reading": reading.id, "student": reading.enrollment_id}
    excused = {row[0] for row in read_rows(_excused(), given)}
    works = list_own_work(user_id, reading.id)
    return [own_quiz(work, now, excused=work.delivery.id in excused) for work in works]


def _read_answers(quizzes: Sequence[OwnQuiz]) -> Mapping[int, Answered]:
    """The answers of those attempts of which right and wrong may be told; of the others nothing is read."""
    return read_answers_of([quiz.counting for quiz in quizzes if quiz.counting and quiz.shown.correctness])


def read_catch_up(user_id: int, reading: AssignmentRow, now: datetime) -> CatchUp:
    """Return the page of the student whose reading this is. Fourteen statements at most, whatever there is to say."""
    quizzes = _read_quizzes(user_id, reading, now)
    answered = _read_answers(quizzes)
    threads = list_discussions_for(user_id, reading.id)
    boxes = read_open_boxes(threads, now)
    said = list_standing_out(user_id, threads, now, MOST_SAID)
    questions = {row.version_id for each in answered.values() for row in each.answers}
    seeded = list_seeded_in(reading.id)
    prompts = [thread.prompt_id for thread in threads if thread.id in seeded]
    pointed = _read_pointed(reading.version_id, prompts, [post.id for post, _row in said], questions)
    words = Text(list_sentences(reading.version_id), pointed.of_questions)
    return CatchUp(
        reading,
        [QuizPart(quiz, missed(quiz, _answers_to(quiz, answered), words)) for quiz in quizzes],
        [
            TalkPart(
                thread,
                boxes.get(thread.id, ()),
                pointed.of_prompts.get(thread.prompt_id, ()),
                pointed.in_prompts.get(thread.prompt_id, {}),
                thread.id in seeded,
                thread.is_open_at(now),
                may_post(thread, now),
            )
            for thread in threads
        ],
        [Said(why, row, pointed.of_comments.get(why.id, ())) for why, row in said],
    )


def _answers_to(quiz: OwnQuiz, answered: Mapping[int, Answered]) -> Answered:
    return answered.get(quiz.counting.id, Answered()) if quiz.counting else Answered()
