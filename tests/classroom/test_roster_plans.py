"""What importing a list would do, before anything is written."""

from __future__ import annotations

from classroom.roster_plans import KnownPerson, plan_roster
from classroom.rosters import parse_roster

KNOWN = (
    KnownPerson(1, "Anna Smith", None, "anna@example.org", "active"),
    KnownPerson(2, "Ben Jones", None, "ben@example.org", None),
    KnownPerson(3, "Cleo Marsh", "cleo.marsh", None, "active"),
    KnownPerson(4, "Dora Vance", None, "dora@example.org", "removed"),
    KnownPerson(5, "Emil Roth", None, "emil@example.org", "invited"),
    KnownPerson(6, "Finn Aker", "finn", None, None),
)


def states(text: str) -> list[str]:
    return [line.state for line in plan_roster(parse_roster(text), KNOWN, frozenset({"cleo.marsh", "finn"})).lines]


def test_a_known_address_is_asked_and_a_member_stays() -> None:
    assert states("A, anna@example.org\nB, BEN@example.org\nD, dora@example.org\nE, emil@example.org") == [
        "matched",
        "invite",
        "invite",
        "matched",
    ]


def test_an_unknown_address_and_a_bare_name_get_accounts() -> None:
    plan = plan_roster(parse_roster("Gus, gus@example.org\nFinn"), KNOWN, frozenset({"finn"}))
    assert [(line.state, line.username) for line in plan.lines] == [("new", None), ("new", "finn2")]


def test_the_same_list_again_makes_nobody_twice() -> None:
    assert states("Cleo Marsh") == ["matched"]


def test_a_username_of_somebody_else_is_wrong_and_of_the_same_person_is_not() -> None:
    assert states("Name,Username\nSomebody Else,finn") == ["wrong"]
    assert states("Name,Username\nFinn Aker,Finn") == ["invite"]


def test_two_lines_that_mean_one_person_are_told() -> None:
    plan = plan_roster(parse_roster("Name,Username\nCleo Marsh,cleo.marsh\nCleo Marsh,"), KNOWN, frozenset())
    assert [line.state for line in plan.lines] == ["matched", "wrong"]
    assert "line 2" in plan.lines[1].reason
    assert not plan.can_be_imported


def test_proposed_usernames_keep_clear_of_those_on_the_list() -> None:
    plan = plan_roster(parse_roster("Name,Username\nAnna Moss,\nBen Moss,anna.moss"), (), frozenset())
    assert [line.username for line in plan.lines] == ["anna.moss2", "anna.moss"]


def test_the_fingerprint_changes_with_what_would_happen() -> None:
    entries = parse_roster("Ben, ben@example.org")
    before = plan_roster(entries, KNOWN, frozenset())
    after = plan_roster(entries, (), frozenset())
    assert before.fingerprint == plan_roster(entries, KNOWN, frozenset()).fingerprint
    assert before.fingerprint != after.fingerprint
