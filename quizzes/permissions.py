"""Who may do what with a quiz, as pure rules over a person's place in the class."""

from collections.abc import Collection

from classroom.models import STAFF
from quizzes.timing import StartState


def may_take(role: str) -> bool:
    """Only students take quizzes: staff preview them, observers read results."""
    return role == "student"


def may_start(role: str, state: StartState, *, published: bool, archived: bool) -> bool:
    """Whether a person with this role may start an attempt now."""
    open_now = state in (StartState.OPEN, StartState.LATE)
    return may_take(role) and open_now and published and not archived


def grades(role: str) -> bool:
    """Whether a person with this role sees and grades everybody's work in the class."""
    return role in STAFF


def edits(role: str) -> bool:
    """Whether a person with this role may change a delivery's settings."""
    return role == "instructor"


def regrades(role: str) -> bool:
    """Whether a person with this role decides how a question is scored for the whole class."""
    return role == "instructor"


def may_open_settings(roles: Collection[str], *, is_author: bool) -> bool:
    """Whether a person sees a quiz's settings and tries it: its author, and staff of classes that have it."""
    return is_author or any(grades(role) for role in roles)


def may_keep_questions(account_role: str) -> bool:
    """Whether an account writes questions: instructors', and those of administrators."""
    return account_role in ("instructor", "administrator")
