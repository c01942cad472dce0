"""What a place in a class allows: pure functions over anything with a role and the class's archive state."""

from __future__ import annotations

from typing import Protocol

from flask_babel import lazy_gettext as _l

from classroom.models import CLASS_ROLES, STAFF
from core.web import require


class Place(Protocol):
    """A person's place in a class, as the rules need it."""

    @property
    def role(self) -> str:
        """One of CLASS_ROLES."""

    @property
    def archived(self) -> bool:
        """Whether the class is read-only."""


class Account(Protocol):
    """An account, as the rules need it."""

    @property
    def role(self) -> str:
        """One of ACCOUNT_ROLES."""


class Member(Protocol):
    """A person on the people page, as the rules need it."""

    @property
    def account_role(self) -> str:
        """One of ACCOUNT_ROLES."""

    @property
    def email_confirmed(self) -> bool:
        """Whether the person has shown that the address is theirs."""

    @property
    def state(self) -> str:
        """One of ENROLLMENT_STATES."""


class MemberInClass(Protocol):
    """A person with a place in the class, whatever its state."""

    @property
    def state(self) -> str:
        """One of ENROLLMENT_STATES."""

    @property
    def role(self) -> str:
        """One of CLASS_ROLES."""


def teaches(place: Place) -> bool:
    """Whether this is an instructor of the class."""
    return place.role == "instructor"


def is_staff(place: Place) -> bool:
    """Whether this person sees and grades everything in the class."""
    return place.role in STAFF


def studies(place: Place) -> bool:
    """Whether this person's work counts in the class's figures."""
    return place.role == "student"


def observes(place: Place) -> bool:
    """Whether this person reads along and sees aggregates alone."""
    return place.role == "observer"


def is_writable(place: Place) -> bool:
    """Whether anything in the class may change: not once it is archived."""
    return not place.archived


def may_manage_people(place: Place) -> bool:
    """Whether this person may add, remove and rename roles in the class now."""
    return teaches(place) and is_writable(place)


def may_create_sections(account: Account) -> bool:
    """Whether this account may make classes: instructors are appointed."""
    return account.role in ("instructor", "administrator")


def may_reset_password(place: Place, member: Member) -> bool:
    """Whether an instructor may set a new password: for student accounts that no confirmed address protects."""
    return (
        teaches(place)
        and member.account_role == "student"
        and not member.email_confirmed
        and member.state == "active"
        and is_writable(place)
    )


def is_active_student(member: MemberInClass) -> bool:
    """Whether a person on the people page studies in the class now."""
    return member.state == "active" and member.role == "student"


def roles_open_to(account_role: str) -> tuple[str, ...]:
    """Return the roles in a class that an account can be given; to teach one it must be an instructor's."""
    teaching = account_role in ("instructor", "administrator")
    return tuple(role for role in CLASS_ROLES if teaching or role != "instructor")


def require_staff(place: Place) -> None:
    """Go on only for the class's staff; else 403."""
    require(is_staff(place), _l("This page is for your instructors."))


def require_teacher(place: Place) -> None:
    """Go on only for the class's instructors; else 403."""
    require(teaches(place), _l("Only an instructor of this class can do this."))


def require_writable(place: Place) -> None:
    """Go on only if the class is not archived; else 403."""
    require(is_writable(place), _l("This class is archived. It can be read, not changed."))
