"""The text of an article with the places of notes drawn into it, and where it was found hard. No database here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from flask_babel import ngettext

from articles.page_blocks import PageBlock, SentencePiece
from core.text import assembled, joined, rendered
from core.translation import gettext as _
from discussion.margin_layout import MOST_LETTERS, NotePlace, Paragraph, TextPlaces, places_by_sentence
from discussion.marking import Piece, Stretch, pieces_of
from discussion.queries import ConfusionRow


@dataclass(frozen=True)
class Drawing:
    """What is drawn into a text: notes by paragraph, hard sentences by id, and sentences that the address marks.

    `url` is the reading's page; `tells_numbers`: how many found a sentence hard is said.
    """

    text: TextPlaces
    paragraphs: Mapping[int, Paragraph]
    confusion: Mapping[int, ConfusionRow]
    url: str
    tells_numbers: bool = False
    marked: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def by_sentence(self) -> Mapping[int, Sequence[NotePlace]]:
        """The places that each sentence, counted from the beginning, has a part in."""
        return places_by_sentence(self.paragraphs)


@dataclass(frozen=True)
class TextPiece:
    """Some of the text, up to where a paragraph's notes stand; without notes, to its end."""

    html: str
    number: int | None = None


class TextDrawer:
    """Puts the pieces of one page together; its words are looked up once."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._note = assembled('<span class="vh">, {} </span>', _("note"))
        self._notes = assembled('<span class="vh">, {} </span>', _("notes"))
        self._peek = f'<a class="peek" href="{drawing.url}/paragraphs/'
        self._write = assembled('" aria-label="{} ', _("Notes on ¶"))

    def pieces(self, blocks: Sequence[PageBlock]) -> Iterator[TextPiece]:
        """Yield the text of these blocks; what lies between two paragraphs with notes comes in one."""
        waiting: list[str] = []
        for block in blocks:
            if block.number is None:
                waiting += self._between(block, 0, len(block.html))
                continue
            waiting += self._between(block, 0, block.slot)
            if block.number in self._drawing.paragraphs:
                yield TextPiece(joined(waiting), block.number)
                waiting = []
            else:
                waiting.append(rendered(f'{self._peek}{block.number}{self._write}{block.number}"></a>'))
            waiting.append(block.html[block.slot :])
        if waiting:
            yield TextPiece(joined(waiting))

    def _between(self, block: PageBlock, start: int, end: int) -> Iterator[str]:
        """Yield the markup of a block from `start` to `end`, what is drawn into its sentences put in."""
        drawing = self._drawing
        for piece in block.sentences:
            places = drawing.by_sentence.get(drawing.text.order.get(piece.id, -1), ())
            if not (places or piece.id in drawing.confusion or piece.id in drawing.marked):
                continue
            yield block.html[start : piece.start]
            yield rendered(self._sentence(block, piece, places))
            start = piece.end
        yield block.html[start:end]

    def _sentence(self, block: PageBlock, piece: SentencePiece, places: Sequence[NotePlace]) -> str:
        confusion = self._drawing.confusion.get(piece.id)
        looks = self._drawing.marked.get(piece.id, "") + (" hard" if confusion and confusion.mine else "")
        opening = str(block.html[piece.start : piece.inner])
        notes = sum(place.notes for place in places)
        if notes:
            opening = opening.replace("<span ", f'<span data-n="{notes}" ', 1)
        if looks:
            opening = opening.replace('class="sentence', f'class="sentence {looks.strip()}', 1)
        inner = block.html[piece.inner : piece.end]
        words = "".join(self._marked(inner, piece.id, places)) if places else inner
        return f"{opening}{words}{self._hard(confusion)}"

    def _marked(self, inner: str, sentence_id: int, places: Sequence[NotePlace]) -> Iterator[str]:
        text = self._drawing.text
        at = text.order[sentence_id]
        by_key = {place.key: place for place in places}
        stretches = [
            Stretch(
                place.key,
                (place.start or 0) if at == place.first else 0,
                place.end if at == place.last else None,
                at == place.last,
            )
            for place in places
        ]
        ending = [place for place in places if place.last == at]
        is_crowded = len(ending) > MOST_LETTERS
        for here in pieces_of(inner, stretches, len(text.sentences[at].text)):
            if isinstance(here, Piece):
                yield self._mark(here, by_key) if is_crowded else self._piece(here, by_key)
            elif not is_crowded:
                yield self._link(by_key[here.key], self._letters(by_key[here.key]))
        if is_crowded:
            yield self._many(ending)

    def _mark(self, piece: Piece, by_key: Mapping[int, NotePlace]) -> str:
        return f'<mark class="{self._looks(piece, by_key)}">{piece.html}</mark>' if piece.keys else piece.html

    def _piece(self, piece: Piece, by_key: Mapping[int, NotePlace]) -> str:
        """Words that lead to their note; the Tab key stops at its letter, which follows them."""
        if not piece.keys or piece.in_link or not piece.html.strip():
            return self._mark(piece, by_key)
        target = self._target(by_key[piece.keys[0]])
        return f'<a class="{self._looks(piece, by_key)}" href="{target}" tabindex="-1"><mark>{piece.html}</mark></a>'

    def _looks(self, piece: Piece, by_key: Mapping[int, NotePlace]) -> str:
        places = [by_key[key] for key in piece.keys]
        looks = "hl"
        looks += " by-class" if any(place.by_others for place in places) else ""
        looks += " by-teacher" if any(place.by_teacher for place in places) else ""
        looks += " by-me" if any(place.mine for place in places) else ""
        return looks

    def _link(self, place: NotePlace, words: str) -> str:
        return f'<a class="hl" href="{self._target(place)}">{words}</a>'

    def _letters(self, place: NotePlace) -> str:
        return f"<sup>{self._note if place.total == 1 else self._notes}{place.letters}</sup>"

    def _many(self, places: Sequence[NotePlace]) -> str:
        number = sum(place.notes for place in places)
        words = assembled('<sup>{}<span class="vh"> {}</span></sup>', number, ngettext("note", "notes", number))
        return f'<a class="hl" href="{self._list_of(places[0])}">{words}</a>'

    def _target(self, place: NotePlace) -> str:
        return f"#n{place.note_ids[0]}" if place.note_ids else self._list_of(place)

    def _list_of(self, place: NotePlace) -> str:
        text = self._drawing.text
        return f"{self._drawing.url}/paragraphs/{text.paragraph[text.sentences[place.first].id]}"

    def _hard(self, confusion: ConfusionRow | None) -> str:
        if confusion is None:
            return ""
        if not self._drawing.tells_numbers:
            return assembled('<sup class="hard-mark">?<span class="vh"> {}</span></sup>', _("You are confused here"))
        words = ngettext("%(num)s student is confused here", "%(num)s students are confused here", confusion.people)
        return assembled('<sup class="hard-mark">?{}<span class="vh"> {}</span></sup>', confusion.people, words)
