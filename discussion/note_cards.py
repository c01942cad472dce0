"""Notes as they are shown: each with its words filled in, its letter, and what the viewer may do. No database here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.text import excerpt, rendered
from discussion.margin_layout import TextPlaces, letter_of
from discussion.margins import Margin
from discussion.models import QUESTION, SELF, STAFF_ONLY
from discussion.post_markup import PostWriter, initials
from discussion.posts import Post, Showing, describe, lay_out, show_post
from discussion.queries import NoteRow
from discussion.references import Chip, fill

LONGEST_QUOTE = 160


@dataclass(slots=True)
class NoteCard:
    """One note on the page. Of one that is gone nothing but its place is filled in.

    `key` is what it is called ("2b"); `label` the place that it stands at ("2.3", "" in a heading), `sentence_id`
    where that begins (None: the words are no longer in the text). `more` answers are not shown here.
    """

    id: int
    post: Post
    quote: str
    key: str = ""
    number: int | None = None
    label: str = ""
    sentence_id: int | None = None
    initials: str = ""
    when: str = ""
    is_changed: bool = False
    words: str = ""
    is_question: bool = False
    for_staff: bool = False
    for_oneself: bool = False
    answers: int = 0
    more: int = 0
    replies: list[Post] = field(default_factory=list)
    is_folded: bool = False  # there is no room for it beside the text unless it is opened
    turn: int | None = None  # in which it gets room there, from 0

    @property
    def may_move(self) -> bool:
        """Whether the viewer may say where it belongs: its author and staff, where an edit has left it no place."""
        return self.sentence_id is None and (self.post.may_answer and (self.post.is_mine or self.post.may_hide))


class CardMaker:
    """Makes the cards of one page."""

    def __init__(
        self, margin: Margin, now: datetime, reading_url: str, chips: Mapping[int, Mapping[int, Chip]]
    ) -> None:
        self._margin, self._now, self._url, self._chips = margin, now, reading_url, chips
        self._writer = PostWriter(margin.zone, now)
        self._showings: dict[str, Showing] = {}

    def _showing(self, visibility: str) -> Showing:
        if visibility not in self._showings:
            place = self._margin.beside(visibility)
            shared = (place, self._now, place.zone, self._url, self._chips)
            self._showings[visibility] = Showing(*shared, offers_reply=False)
        return self._showings[visibility]

    def card(self, note: NoteRow, key: str = "", number: int | None = None) -> NoteCard:
        """Return the card of one note, called `key`, beside the paragraph `number`."""
        showing, comment = self._showing(note.visibility), note.comment
        card = NoteCard(comment.id, describe(comment, showing), excerpt(note.anchor.quote, LONGEST_QUOTE), key, number)
        replies = [show_post(each, None, showing, self._writer) for each in note.shown]
        card.replies = lay_out(replies, None)
        card.answers, card.more = note.answers, note.answers - len(replies)
        if not card.post.gone:
            html = fill(comment.body_html, self._chips.get(comment.id, {}), self._url)
            card.words = rendered(self._writer.words(html, None))
            card.initials = initials(comment.author_name)
            card.when, card.is_changed = self._writer.when(comment.created_at), comment.edited_at is not None
        card.is_question = note.kind == QUESTION
        card.for_staff, card.for_oneself = note.visibility == STAFF_ONLY, note.visibility == SELF
        return card

    def placed(self, note: NoteRow, text: TextPlaces, first_letter: int) -> NoteCard:
        """Return the card of a note whose place is in the text. `first_letter`: of the notes on the same words."""
        sentence_id = note.anchor.first_id or 0
        number = text.paragraph.get(sentence_id)
        card = self.card(note, f"{number}{letter_of(first_letter + note.turn - 1)}", number)
        card.label, card.sentence_id = text.labels[sentence_id], sentence_id
        return card


def length_of(note: NoteRow) -> int:
    """Return about how many characters a note has, for guessing its height."""
    return len(note.comment.body_html)


def rank_order(notes: Sequence[NoteRow]) -> list[NoteRow]:
    """Return notes in the order in which they get room."""
    return sorted(notes, key=lambda note: (note.rank, note.comment.id))
