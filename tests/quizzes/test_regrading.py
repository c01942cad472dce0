"""What a decision about scoring does to answers: policies, their order, and taking them back. Values only."""

from dataclasses import replace

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from core.points import FRACTION_ONE, POINT, earned
from quizzes.regrading import (
    DROP,
    FULL_CREDIT,
    NEW_KEY,
    NOBODY_LOSES,
    Applied,
    Given,
    Rule,
    Scored,
    effect_of,
    graded,
    regrade,
    undo,
)
from quizzes.tries import SecondAnswer

KEYS = ("a", "b", "c", "d")
WORTH = 2 * POINT
POLICIES = (NOBODY_LOSES, NEW_KEY, FULL_CREDIT, DROP)


def content(**fractions):
    """A single choice of four whose options earn what is said, nothing otherwise."""
    options = [{"key": key, "text": key, "fraction": fractions.get(key, 0), "feedback": ""} for key in KEYS]
    return {"options": options, "fixed_order": False}


OLD, NEW = content(a=FRACTION_ONE), content(b=FRACTION_ONE, a=FRACTION_ONE // 2)


def rule(policy, version=2, regrade_id=1, key=NEW):
    return Rule(regrade_id, policy, version, "single_choice", key)


def second_try(choice, *, key=OLD, percent=50):
    """An answer after re-reading, by its own version's key."""
    fraction = graded(Given("single_choice", key, 1, {"choice": choice}, WORTH), ()).fraction
    return SecondAnswer({"choice": choice}, 0, 0, percent).earning(WORTH, fraction)


def scored(choice, response_id=1, *, version=1, is_over=True, rules=(), again=None):
    answer = {"choice": choice} if choice else None
    given = Given("single_choice", OLD, version, answer, WORTH)
    grade = graded(given, rules)
    held = rules[-1].regrade_id if rules else None
    return Scored(
        response_id, response_id, given, choice, grade.fraction, grade.points, False, held, None, is_over, second=again
    )


def waiting(points=None, grader=None):
    given = Given("open_answer", {}, 1, {"text": "At sea."}, WORTH)
    fraction = None if points is None else FRACTION_ONE * points // WORTH
    return Scored(9, 9, given, "At sea.", fraction, points, False, None, grader, True)


@pytest.mark.parametrize(
    ("policy", "choice", "points"),
    [
        (NEW_KEY, "a", POINT),
        (NEW_KEY, "b", WORTH),
        (NEW_KEY, "c", 0),
        (NEW_KEY, None, 0),
        (NOBODY_LOSES, "a", WORTH),
        (NOBODY_LOSES, "b", WORTH),
        (NOBODY_LOSES, None, 0),
        (FULL_CREDIT, "c", WORTH),
        (FULL_CREDIT, None, WORTH),
        (DROP, "a", WORTH),
        (DROP, "c", 0),
    ],
)
def test_what_each_policy_gives(policy, choice, points):
    (change,) = regrade(rule(policy), [scored(choice)])
    assert change.points == points
    assert change.fraction == FRACTION_ONE * points // WORTH
    assert change.dropped == (policy == DROP)


def asked(*sentences):
    """A choice between four whose other half of the points is pointing at one of these sentences."""
    passages = [{"key": f"p{at}", "sentences": [at], "feedback": ""} for at in sentences]
    return {**OLD, "evidence": {"asked": {"passages": passages, "mode": "any_of"}, "share": FRACTION_ONE // 2}}


def test_the_part_with_the_evidence_is_graded_anew_and_taken_back_with_the_rest():
    given = Given("single_choice", asked(7), 1, {"choice": "a", "evidence": [8]}, WORTH)
    grade = graded(given, ())
    assert (grade.points, grade.evidence_fraction) == (POINT, 0)
    keys = (grade.evidence_key, grade.evidence_fraction)
    row = Scored(1, 1, given, "a", grade.fraction, grade.points, False, None, None, True, *keys)
    new_key = rule(NEW_KEY, key=asked(8))
    (change,) = regrade(new_key, [row])
    assert (change.points, change.evidence_fraction) == (WORTH, FRACTION_ONE)
    after = replace(row, fraction=change.fraction, points=change.points, regrade_id=1, evidence_fraction=FRACTION_ONE)
    (back,) = undo(new_key, [after], (), {1: Applied(POINT, grade.fraction, is_older=False)}.get)
    assert (back.points, back.evidence_fraction) == (POINT, 0)


def test_an_answer_to_a_newer_version_keeps_its_own_key_but_is_dropped_with_the_others():
    row = scored("a", version=3)
    assert [regrade(rule(policy, version=2), [row]) for policy in POLICIES[:3]] == [[], [], []]
    assert regrade(rule(DROP, version=2), [row])[0].dropped


def test_no_key_changes_what_a_person_grades():
    new_key = Rule(1, NEW_KEY, 1, "open_answer", {})
    for row in (waiting(), waiting(POINT, grader=5)):
        (change,) = regrade(new_key, [row])
        assert not change.changes
    (full,) = regrade(Rule(1, FULL_CREDIT, 1, "open_answer", {}), [waiting()])
    assert (full.points, full.fraction, full.tells) == (WORTH, FRACTION_ONE, True)


def test_a_grade_that_a_person_gave_since_is_kept_when_the_decision_is_taken_back():
    held = Scored(9, 9, waiting().given, "At sea.", FRACTION_ONE // 2, POINT, False, 1, 5, True)
    full = Rule(1, FULL_CREDIT, 1, "open_answer", {})
    (kept,) = undo(full, [held], (), {9: Applied(None, None, is_older=True)}.get)
    (back,) = undo(full, [held], (), {9: Applied(None, None, is_older=False)}.get)
    assert (kept.points, back.points) == (POINT, None)


def test_the_effect_is_counted_by_how_much():
    rows = [scored(choice, at) for at, choice in enumerate(["a", "b", "b", "c", None], 1)]
    effect = effect_of(NEW_KEY, regrade(rule(NEW_KEY), [*rows, scored("b", 6, is_over=False)]))
    assert (effect.rises, effect.falls) == (((WORTH, 2),), ((POINT, 1),))
    assert (effect.up, effect.down, effect.same) == (2, 1, 2)
    dropped = effect_of(DROP, regrade(rule(DROP), rows))
    assert (dropped.dropped, dropped.up, dropped.down) == (5, 0, 0)


fractions = st.integers(-FRACTION_ONE, FRACTION_ONE)
contents = st.builds(content, a=fractions, b=fractions, c=fractions, d=fractions)
choices = st.sampled_from([*KEYS, None])


@given_by(st.lists(st.tuples(st.sampled_from(POLICIES[:3]), contents), max_size=4), choices, contents)
@settings(deadline=None)
def test_a_score_stays_between_nothing_and_everything_under_any_decisions(decisions, choice, own):
    answer = {"choice": choice} if choice else None
    given = Given("single_choice", own, 1, answer, WORTH)
    rules = [rule(policy, 2, at, key) for at, (policy, key) in enumerate(decisions, 1)]
    for end in range(len(rules) + 1):
        grade = graded(given, rules[:end])
        assert 0 <= grade.fraction <= FRACTION_ONE
        assert grade.points == earned(WORTH, grade.fraction)
        if end and rules[end - 1].policy == NOBODY_LOSES:
            assert grade.fraction >= graded(given, rules[: end - 1]).fraction


@pytest.mark.parametrize(
    ("policy", "first", "second", "points", "again"),
    [
        (NEW_KEY, "c", "b", 0, POINT),  # the second was wrong, and is right by the new key: half of two points
        (NEW_KEY, "c", "a", 0, POINT // 2),
        (NEW_KEY, "b", "a", WORTH, POINT // 2),
        (NOBODY_LOSES, "c", "a", 0, POINT),  # right by the old key, half right by the new one
        (NOBODY_LOSES, "b", "c", WORTH, 0),
        (FULL_CREDIT, "c", "d", WORTH, POINT),
        (DROP, "c", "a", 0, POINT),
    ],
)
def test_a_second_try_is_scored_as_the_first_is_and_keeps_its_reduced_credit(policy, first, second, points, again):
    row = scored(first, again=second_try(second))
    (change,) = regrade(rule(policy), [row])
    assert (change.points, change.second.points, change.counted) == (points, again, max(points, again))
    assert change.changes == ((points, again) != (row.points, row.second.points) or policy == DROP)


def test_the_effect_counts_the_better_of_two_tries():
    rows = [scored("c", 1, again=second_try("a")), scored("c", 2, again=second_try("b")), scored("b", 3)]
    effect = effect_of(NEW_KEY, regrade(rule(NEW_KEY), rows))
    assert (effect.rises, effect.falls) == (((POINT, 1), (WORTH, 1)), ((POINT // 2, 1),))


def test_a_second_try_that_was_given_under_a_decision_is_graded_without_it_when_that_is_taken_back():
    under = replace(scored("c", rules=(rule(NEW_KEY),)), second=second_try("b", key=NEW))
    (back,) = undo(rule(NEW_KEY), [under], (), {}.get)
    assert (back.points, back.second.points) == (0, 0)
    told_of_the_first = {1: Applied(POINT, FRACTION_ONE // 2, is_older=True)}
    (back,) = undo(rule(NEW_KEY), [under], (), told_of_the_first.get)
    assert (back.points, back.second.points) == (POINT, 0)


@given_by(
    st.lists(st.tuples(st.sampled_from(POLICIES), contents), min_size=1, max_size=4),
    st.lists(st.tuples(choices, st.sampled_from([*KEYS, None])), max_size=6),
)
@settings(deadline=None)
def test_taking_back_restores_every_score(decisions, picked):
    rows = [
        scored(choice, at, is_over=at % 2 == 0, again=second_try(again) if again and at % 2 == 0 else None)
        for at, (choice, again) in enumerate(picked, 1)
    ]
    steps, rules = [rows], []
    for at, (policy, key) in enumerate(decisions, 1):
        rules.append(rule(policy, 2, at, key))
        changes = regrade(rules[-1], steps[-1])
        steps.append([_after(change, at) for change in changes])
    for at in range(len(rules), 0, -1):
        record = {
            before.response_id: Applied(before.points, before.fraction, False, *_of_second(before))
            for before, after in zip(steps[at - 1], steps[at], strict=True)
            if before.is_over and _scores(before) != _scores(after)
        }
        changes = undo(rules[at - 1], steps[at], rules[: at - 1], record.get)
        assert [_scores(change) for change in changes] == [_scores(row) for row in steps[at - 1]]


def _scores(row):
    return row.fraction, row.points, row.second


def _of_second(row):
    return (row.second.points, row.second.fraction) if row.second else ()


def _after(change, regrade_id):
    row = change.scored
    return Scored(
        row.response_id, row.attempt_id, row.given, row.answer_key, change.fraction, change.points,
        change.dropped, regrade_id, row.graded_by_id, row.is_over, second=change.second,
    )  # fmt: skip
