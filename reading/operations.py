"""What a person's reading leaves behind, for that person alone. Operations flush, the view commits."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite

from core import clock
from core.database import db
from reading.models import ReadingPlace

INSERT_FOR = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def keep_place(enrollment_id: int, assignment_id: int, sentence_id: int) -> None:
    """Remember how far the person with this place in the class has come in a reading."""
    found = {"sentence_id": sentence_id, "updated_at": clock.now()}
    whose = {"enrollment_id": enrollment_id, "assignment_id": assignment_id}
    statement = INSERT_FOR[db.engine.dialect.name](ReadingPlace).values(**whose, **found)
    db.session.execute(statement.on_conflict_do_update(index_elements=list(whose), set_=found))  # type: ignore[attr-defined]
