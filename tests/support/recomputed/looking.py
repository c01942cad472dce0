"""An instructor who opens page after page of a class, with the raw rows beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core import clock
from tests.support.browsing import Client
from tests.support.generated.school import School
from tests.support.recomputed.files import alike, read_csv, read_xlsx
from tests.support.recomputed.goes import Sat
from tests.support.recomputed.page import Node, read_page
from tests.support.recomputed.raw import TABLES, Raw


def different(expected: Any, told: Any, name: str = "") -> Iterator[str]:
    """Each figure that differs, with where it stands."""
    if isinstance(expected, dict) and isinstance(told, dict):
        for key in {**expected, **told}:
            yield from different(expected.get(key), told.get(key), f"{name} / {key}")
    elif isinstance(expected, list) and isinstance(told, list) and len(expected) == len(told):
        for at, pair in enumerate(zip(expected, told, strict=True)):
            yield from different(*pair, f"{name} / {at}")
    elif expected != told:
        yield f"{name}: {expected!r} was expected, the page says {told!r}"


def count(figures: Any) -> int:
    """How many figures there are."""
    if isinstance(figures, dict):
        return sum(count(each) for each in figures.values())
    if isinstance(figures, list | tuple):
        return sum(count(each) for each in figures)
    return 0 if figures in (None, "") else 1


class Looking:
    """What the instructor of a school compares, and how many figures that were."""

    def __init__(self, school: School, client: Client) -> None:
        self.school, self.client, self.figures = school, client, 0
        self.visited: set[str] = set()
        self._addresses = school.app.url_map.bind("localhost")
        with school.app.app_context():
            self.raw = Raw(clock.now())
            for table in TABLES:
                self.raw.rows(table)
        self.sat = {delivery: Sat(self.raw, delivery) for delivery in school.quiz_of}

    @classmethod
    def beside(cls, other: Looking, client: Client) -> Looking:
        """Somebody else who opens pages of the same class."""
        made = cls.__new__(cls)
        made.__dict__ |= {**other.__dict__, "client": client}
        return made

    def text(self, address: str, headers: dict[str, str] | None = None) -> str:
        """What an address answers."""
        answer = self.client.get(address, headers=headers)
        self.visited.add(self._addresses.match(address.partition("?")[0])[0])
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.get_data(as_text=True)

    def file(self, address: str) -> str:
        """A file as CSV, whose workbook says the same cell by cell."""
        text, workbook = self.text(address), self.client.get(address.replace(".csv", ".xlsx", 1))
        assert workbook.status_code == 200, (address, workbook.status_code)
        self.same(alike(read_csv(text)), alike(read_xlsx(workbook.get_data())), (address, "xlsx"))
        return text

    def page(self, address: str, headers: dict[str, str] | None = None) -> Node:
        """The same as a page."""
        return read_page(self.text(address, headers))

    def same(self, expected: Any, told: Any, where: object) -> None:
        """Compare figure by figure, so that a failure names the one that differs."""
        found = list(different(expected, told))
        assert not found, "\n".join([f"{where}", *found])
        self.figures += count(expected)
