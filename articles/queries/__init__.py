"""What is read about articles: the library, the text, and assignments to classes."""

from articles.queries.assignments import (
    AssignmentRow,
    ClassRow,
    get_assignment_for,
    list_assignments_for,
    list_classes_of_article,
)
from articles.queries.images import list_images_of
from articles.queries.library import (
    ArticleRow,
    LibraryRow,
    OwnerRow,
    find_owner,
    get_article_for,
    get_newest_source,
    list_articles,
)
from articles.queries.placements import (
    OrphanRow,
    list_known_spans,
    list_orphans,
    offsets_of,
    only_placed,
    place_of,
    with_places,
)
from articles.queries.texts import (
    BlockRow,
    SentenceRow,
    list_blocks,
    list_blocks_apart,
    list_sentences,
    rows_of_preview,
    sentences_of,
)

__all__ = [
    "ArticleRow",
    "AssignmentRow",
    "BlockRow",
    "ClassRow",
    "LibraryRow",
    "OrphanRow",
    "OwnerRow",
    "SentenceRow",
    "find_owner",
    "get_article_for",
    "get_assignment_for",
    "get_newest_source",
    "list_articles",
    "list_assignments_for",
    "list_blocks",
    "list_blocks_apart",
    "list_classes_of_article",
    "list_images_of",
    "list_known_spans",
    "list_orphans",
    "list_sentences",
    "offsets_of",
    "only_placed",
    "place_of",
    "rows_of_preview",
    "sentences_of",
    "with_places",
]
