"""Importing a class list that was planned: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classroom.operations.accounts import NewUser, create_user
from classroom.operations.enrollments import enroll, invite
from classroom.roster_plans import PlannedLine, RosterPlan
from core.audit import Act, record
from core.database import db


@dataclass(frozen=True)
class ImportedPerson:
    """A person for whom an account was made: what the printed sheet says."""

    name: str
    sign_in_name: str
    password: str


@dataclass(frozen=True)
class NewPassword:
    """A one-time password and its hash, made before the write transaction."""

    password: str
    password_hash: str


def import_roster(
    actor_id: int, section_id: int, plan: RosterPlan, passwords: Mapping[int, NewPassword]
) -> Sequence[ImportedPerson]:
    """Carry a plan out and return the new people in the order of the list.

    `passwords` has one for the line number of each new person. Raises NameTakenError when
    a name was taken since the plan was made: roll back then.
    """
    for line in plan.of("invite"):
        invite(_user_id(line), section_id)
    made = [_make(line, section_id, passwords[line.entry.line]) for line in plan.of("new")]
    counts = {"new": len(made), "invited": len(plan.of("invite"))}
    record(actor_id, Act("import-roster", "section", section_id, section_id, counts))
    db.session.flush()
    return made


def _user_id(line: PlannedLine) -> int:
    if line.user_id is None:
        raise ValueError("an invited line names an account")
    return line.user_id


def _make(line: PlannedLine, section_id: int, new: NewPassword) -> ImportedPerson:
    entry = line.entry
    user = create_user(
        NewUser(
            name=entry.name,
            password_hash=new.password_hash,
            username=line.username,
            email=entry.email,
            must_change_password=True,
        )
    )
    enroll(user.id, section_id)
    return ImportedPerson(entry.name, entry.email or line.username or "", new.password)
