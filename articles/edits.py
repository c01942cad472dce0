"""An edit of an article on its way in: which sentences it keeps, and where the passages of the text go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from articles.drafts import Draft
from articles.identities import carry_over
from articles.queries.texts import BlockRow, rows_of_preview, sentences_of
from articles.spans import Fate, Found, Joined, Known, carry, fates


@dataclass(frozen=True)
class Edit:
    """A draft after a version: the ids that its sentences keep (None: new), and the place of each span by id.

    `edited_number` is the number of the version that the author changed.
    """

    draft: Draft
    edited_number: int
    before_id: int
    before: Joined
    after: Joined
    ids: tuple[int | None, ...]
    spans: tuple[Known, ...]
    places: Mapping[int, Found | None]

    def fates(self) -> list[Fate]:
        """What becomes of each passage of the text."""
        return fates(self.before, self.after, self.spans, self.places)

    def carry(self, spans: Sequence[Known]) -> Mapping[int, Found | None]:
        """Where these spans go: those that were made after the others were read as well."""
        late = [span for span in spans if span.id not in self.places]
        return {**self.places, **carry(self.before, self.after, late)}


@dataclass(frozen=True)
class Edited:
    """What an author changed: a version by its id and number, its text and its spans."""

    version_id: int
    number: int
    blocks: Sequence[BlockRow]
    spans: Sequence[Known]


def edit_of(edited: Edited, draft: Draft) -> Edit:
    """Return the edit that makes this draft of that version. Slow for long texts: before anything is written."""
    old = sentences_of(edited.blocks)
    new = sentences_of(rows_of_preview(draft.blocks))
    ids = tuple(carry_over([(sentence.id, sentence.text) for sentence in old], [each.text for each in new]))
    # A new sentence has no id yet: a number that no sentence has stands for it.
    kept = [replace(each, id=-each.position if known is None else known) for each, known in zip(new, ids, strict=True)]
    before, after = Joined(old), Joined(kept)
    places = carry(before, after, edited.spans)
    return Edit(draft, edited.number, edited.version_id, before, after, ids, tuple(edited.spans), places)
