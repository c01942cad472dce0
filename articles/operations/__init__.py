"""What is written about articles. Operations flush; the view commits."""

from articles.operations.assignments import (
    AlreadyAssigned,
    Dates,
    HasWork,
    assign_article,
    change_dates,
    unassign_article,
)
from articles.operations.own_dates import keep_dates_of_student
from articles.operations.spans import ensure_span, ensure_spans
from articles.operations.texts import (
    ArticleInUse,
    EditedMeanwhile,
    TextIsPointedAt,
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
    "TextIsPointedAt",
    "archive_article",
    "assign_article",
    "change_dates",
    "create_article",
    "delete_article",
    "ensure_span",
    "ensure_spans",
    "keep_dates_of_student",
    "move_assignments",
    "restore_article",
    "save_version",
    "unassign_article",
]
