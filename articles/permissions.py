"""What a person may do with articles: pure functions over the account and what is known of the article."""

from __future__ import annotations

from typing import Protocol


class Account(Protocol):
    """An account, as the rules need it."""

    @property
    def role(self) -> str:
        """One of student, instructor, administrator."""


class Kept(Protocol):
    """An article in a library, as the rules need it."""

    @property
    def archived(self) -> bool:
        """Whether it is put away."""


def may_keep_articles(account: Account) -> bool:
    """Whether this account has a library of its own: instructors do."""
    return account.role in ("instructor", "administrator")


def may_assign(article: Kept) -> bool:
    """Whether the article is offered to classes: not once it is put away."""
    return not article.archived
