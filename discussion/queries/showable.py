"""Posts that may be shown to the whole class at once: what each of its students could read, were there no gate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import and_, bindparam, not_, or_, select
from sqlalchemy.orm import aliased

from core.database import AnySelect, read_rows
from discussion.models import CLASS, Comment, Prompt, PromptDelivery
from discussion.queries.quoted import without_hidden
from discussion.queries.visibility import stands, waits_for_approval

MOST = 200


class ShowableRow(NamedTuple):
    """A post without its author: its words as they are kept, and the discussion it stands in ("": the margin)."""

    id: int
    body_html: str
    title: str
    is_endorsed: bool


@cache
def _showable(is_part: bool) -> AnySelect:
    root = aliased(Comment)
    root_stands = or_(root.id.is_(None), and_(root.deleted_at.is_(None), root.hidden_at.is_(None)))
    statement = (
        select(Comment.id, Comment.body_html, Prompt.title, Comment.endorsed_at.is_not(None))
        .outerjoin(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
        .outerjoin(Prompt, Prompt.id == PromptDelivery.prompt_id)
        .outerjoin(root, root.id == Comment.root_id)
        .where(
            Comment.assignment_id == bindparam("assignment"),
            Comment.visibility == CLASS,
            Comment.group_id.is_(None),
            not_(waits_for_approval(Comment)),
            stands(),
            root_stands,
        )
    )
    if is_part:
        statement = statement.where(Comment.id.in_(bindparam("comments", expanding=True)))
    return statement.order_by(Comment.endorsed_at.is_(None), Comment.id.desc()).limit(MOST)


def list_showable(assignment_id: int, among: Sequence[int] | None = None) -> list[ShowableRow]:
    """Return the posts of a reading that its staff may show, what they endorsed first, then the newest. Two statements.

    Never what is deleted, hidden, for staff, for oneself, for one group, or waits for approval, nor what is quoted of
    a hidden post. `among`: of these.
    """
    given = {"assignment": assignment_id, **({} if among is None else {"comments": list(among)})}
    rows = read_rows(_showable(among is not None), given)
    return without_hidden([ShowableRow(row[0], row[1], row[2] or "", bool(row[3])) for row in rows])
