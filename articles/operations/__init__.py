"""What is written about articles. Operations flush; the view commits."""

from articles.operations.assignments import (
    AlreadyAssigned,
    Dates,
    HasWork,
    assign_article,
    change_dates,
    unassign_article,
)
from articles.operations.images import ImageGone, keep_images
from articles.operations.placements import PlacedMeanwhile, put_back, tell_holders
from articles.operations.spans import ensure_passage, ensure_passages, ensure_span, ensure_spans
from articles.operations.texts import (
    ArticleInUse,
    EditedMeanwhile,
    archive_article,
    create_article,
    delete_article,
    move_assignments,
    restore_article,
    save_version,
)

__all__ = [
    "AlreadyAssigned",
    "ArticleInUse",
    "Dates",
    "EditedMeanwhile",
    "HasWork",
    "ImageGone",
    "PlacedMeanwhile",
    "archive_article",
    "assign_article",
    "change_dates",
    "create_article",
    "delete_article",
    "ensure_passage",
    "ensure_passages",
    "ensure_span",
    "ensure_spans",
    "keep_images",
    "move_assignments",
    "put_back",
    "restore_article",
    "save_version",
    "tell_holders",
    "unassign_article",
]
