"""Everything that the pages of the quiz editor show around a question: the list, the text, the places in use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.queries import BlockRow, SentenceRow, list_blocks, sentences_of
from articles.spans import covered, describe, format_reference
from core.points import Points
from core.web import not_found
from quizzes.queries.authoring import Passage, QuizRow, list_passages
from quizzes.queries.draws import empty_draws
from quizzes.queries.items import ItemRow, list_items
from quizzes.questions import CheckedItem, QuizProblem, problems_of


@dataclass(frozen=True)
class ListedQuestion:
    """A question in the list: its item, the passage it tests, and what is wrong with it.

    `lost`: the words of passages that it points at and that the newest text has no more.
    """

    item: ItemRow
    anchor: tuple[int, int] | None
    reference: str
    quote: str
    problems: tuple[QuizProblem, ...]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Editor:
    """The questions of a quiz and the article they are about. `used`: question numbers by ¶ number."""

    questions: tuple[ListedQuestion, ...]
    blocks: tuple[BlockRow, ...]
    sentences: tuple[SentenceRow, ...]
    used: dict[int | None, list[int]] = field(default_factory=dict)

    @property
    def points(self) -> Points:
        """What all questions are worth together."""
        return sum(question.item.points for question in self.questions)

    @property
    def problems(self) -> list[QuizProblem]:
        """Everything that keeps the quiz from being published."""
        if not self.questions:
            return problems_of([])
        return [problem for question in self.questions for problem in question.problems]

    def get(self, item_id: int) -> ListedQuestion:
        """Return the question of this item, or answer 404."""
        found = next((question for question in self.questions if question.item.item_id == item_id), None)
        return found or not_found()


def load_editor(quiz: QuizRow) -> Editor:
    """Read the questions, the places they point at, and the text: three statements."""
    items = list_items(quiz.id)
    passages = list_passages([item.version_id for item in items], quiz.version_id)
    blocks = list_blocks(quiz.version_id)
    sentences = sentences_of(blocks)
    questions = []
    empty = empty_draws(quiz.id, items)
    for item in items:
        own = passages.get(item.version_id, [])
        anchor = _anchor(own)
        lost = tuple(one.quote for one in own if one.ends is None and one.article_id == quiz.article_id)
        checked = CheckedItem(
            item.item_id, item.number, item.type, item.stem, item.points, item.content, item.item_id in empty
        )
        reference, quote = _place(sentences, anchor)
        questions.append(ListedQuestion(item, anchor, reference, quote, tuple(problems_of([checked])), lost))
    return Editor(tuple(questions), blocks, sentences, _used(items, passages, sentences))


def get_item(quiz: QuizRow, item_id: int) -> ItemRow:
    """Return an item of a quiz, or answer 404: one statement."""
    found = next((item for item in list_items(quiz.id) if item.item_id == item_id), None)
    return found or not_found()


def _anchor(passages: Sequence[Passage]) -> tuple[int, int] | None:
    return next((one.ends for one in passages if one.role == "anchor"), None)


def _place(sentences: Sequence[SentenceRow], anchor: tuple[int, int] | None) -> tuple[str, str]:
    """Return ("4.3", the words there); the sign ¶ is drawn by the chip."""
    if anchor is None:
        return "", ""
    return format_reference(sentences, *anchor).removeprefix("¶ "), describe(sentences, *anchor).quote


def _used(
    items: Sequence[ItemRow], passages: dict[int, list[Passage]], sentences: Sequence[SentenceRow]
) -> dict[int | None, list[int]]:
    """Return the numbers of the questions that point into each paragraph."""
    paragraphs = {sentence.id: sentence.block_number for sentence in sentences}
    used: dict[int | None, list[int]] = defaultdict(list)
    for item in items:
        ids = {at for one in passages.get(item.version_id, []) if one.ends for at in covered(sentences, *one.ends)}
        for number in dict.fromkeys(paragraphs[at] for at in ids):
            used[number].append(item.number)
    return dict(used)
