"""What a place in a class allows: every role, open and archived."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from classroom import permissions
from classroom.models import CLASS_ROLES


@dataclass(frozen=True)
class Place:
    role: str
    archived: bool = False


@dataclass(frozen=True)
class Member:
    account_role: str = "student"
    email_confirmed: bool = False
    state: str = "active"


@pytest.mark.parametrize("role", CLASS_ROLES)
def test_each_role_is_one_thing(role: str) -> None:
    place = Place(role)
    assert permissions.teaches(place) is (role == "instructor")
    assert permissions.is_staff(place) is (role in ("instructor", "assistant"))
    assert permissions.studies(place) is (role == "student")
    assert permissions.observes(place) is (role == "observer")


@pytest.mark.parametrize("role", CLASS_ROLES)
@pytest.mark.parametrize("archived", [False, True])
def test_people_are_managed_by_instructors_of_an_open_class(role: str, archived: bool) -> None:
    place = Place(role, archived)
    assert permissions.is_writable(place) is not archived
    assert permissions.may_manage_people(place) is (role == "instructor" and not archived)
    assert permissions.may_reset_password(place, Member()) is (role == "instructor" and not archived)


@pytest.mark.parametrize(
    "member",
    [
        Member(account_role="instructor"),
        Member(account_role="administrator"),
        Member(email_confirmed=True),
        Member(state="invited"),
        Member(state="removed"),
    ],
)
def test_these_passwords_are_out_of_an_instructors_reach(member: Member) -> None:
    assert not permissions.may_reset_password(Place("instructor"), member)


@pytest.mark.parametrize(("role", "may"), [("student", False), ("instructor", True), ("administrator", True)])
def test_classes_are_made_and_taught_by_instructors(role: str, may: bool) -> None:
    assert permissions.may_create_sections(Place(role)) is may
    assert ("instructor" in permissions.roles_open_to(role)) is may
