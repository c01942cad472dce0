"""What a route may do for each of the seven people of `tests.support.people`.

Of each, a route lets them work, refuses what their role may not (403), or is not there for them
(404: "hidden", whoever is not named).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tests.support.people import People
from tests.support.reading import Reading

EVERYBODY = frozenset(
    {"instructor", "assistant", "student", "classmate", "stranger", "other_instructor", "other_student"}
)


Values = Callable[[People, Reading], dict[str, object]]


@dataclass(frozen=True)
class Access:
    """For whom a route works, and whom it refuses; for everybody else nothing is there.

    `statements` is how many a request may ask of the database.
    """

    works: frozenset[str]
    refused: frozenset[str] = frozenset()
    is_public: bool = False
    query: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    statements: int = 15
    values: Values = lambda _people, _reading: {}

    def given(self, form: Mapping[str, str] | None = None, values: Values | None = None) -> Access:
        """The same access where the route needs a form to work, or other ids in its address."""
        return replace(self, form=form or self.form, values=values or self.values)


def access(works: str, refused: str = "") -> Access:
    """Write an access down: `access("instructor assistant", "student classmate")`."""
    return Access(frozenset(works.split()), frozenset(refused.split()))


PUBLIC = Access(EVERYBODY, is_public=True)
SIGNED_IN = Access(EVERYBODY)
# A page of the first class.
MEMBERS = access("instructor assistant student classmate")
STAFF = access("instructor assistant", "student classmate")
TEACHER = access("instructor", "assistant student classmate")
STUDENTS = access("student classmate", "instructor assistant")
# Something in the instructor's library, and what only instructors' accounts do.
AUTHOR = access("instructor")
INSTRUCTORS = Access(frozenset({"instructor", "other_instructor"}), EVERYBODY - {"instructor", "other_instructor"})
# Between instructors of one class.
OWN_COLLEAGUES = access("instructor", "assistant student classmate stranger other_student")
# The student's own attempt or comment.
OWNER = access("student")
AUTHOR_OF_COMMENT = access("student", "instructor assistant classmate")
# What was mailed to the student, whatever class they are in.
OWN_ADDRESS = access("student")
# What none of these people has, such as an invitation.
NOBODYS = access("")
