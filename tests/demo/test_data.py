"""The demonstration's data files hold together."""

from collections import Counter

import pytest

from demo import data
from demo.earlier import EARLIER, read_earlier
from demo.margins import read_margins
from demo.posts import read_posts
from demo.seeding import PROMPT
from discussion.margins import CHOICES
from quizzes.question_types import TYPES


def test_the_quiz_has_every_question_type_and_eighteen_points() -> None:
    _title, questions = data.read_quiz()
    assert {question.type for question in questions} == set(TYPES)
    assert sum(int(question.points) for question in questions) == 18


def test_the_classes_have_24_and_18_students_and_no_name_twice() -> None:
    people = data.read_people()
    assert [len(section.students) for section in people.sections] == [24, 18]
    everybody = [people.instructor, *people.others, *(s for plan in people.sections for s in plan.students)]
    for names in ([p.key for p in everybody], [p.name for p in everybody], [p.email or p.username for p in everybody]):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_every_attempt_is_by_a_student_of_its_class_with_a_sign_for_each_question() -> None:
    _title, questions = data.read_quiz()
    for section in data.read_people().sections:
        students = {student.key for student in section.students}
        for attempt in data.read_reading(section.key).attempts:
            assert attempt.student in students
            assert len(attempt.pattern) == len(questions) - 1
            assert set(attempt.pattern) <= set("+c~o.")


def test_every_sign_has_an_answer_for_every_question_but_the_open_one() -> None:
    _title, questions = data.read_quiz()
    closed = {question.key for question in questions if question.type != "open_answer"}
    answers = data.read_answers()
    second = data.read_second()
    answers |= second.answers
    closed |= {question.key for question in (*second.questions, *second.spare, *second.lent.questions[:1])}
    closed -= {question.key for question in second.spare if second.tag not in question.tags}
    assert set(answers) == closed
    assert all(set(given) == {"right", "common", "partly", "other"} for given in answers.values())


def test_the_second_quiz_draws_from_more_questions_than_it_asks_and_every_attempt_has_a_sign_for_each() -> None:
    second = data.read_second()
    asked = len(second.questions) + second.many + 1  # one is lent
    assert sum(second.tag in question.tags for question in second.spare) > second.many
    students = {p.key for plan in data.read_people().sections if plan.key == second.section for p in plan.students}
    assert {attempt.student for attempt in second.attempts} <= students
    assert {len(attempt.pattern) for attempt in second.attempts} == {asked}
    assert {sign for attempt in second.attempts for sign in attempt.pattern} == set("+c~o.")


def test_every_question_has_tags() -> None:
    _title, questions = data.read_quiz()
    second = data.read_second()
    assert all(q.tags for q in (*questions, *second.questions, *second.spare, *second.lent.questions))


def test_every_post_answers_an_earlier_post_of_the_same_thread() -> None:
    people = data.read_people()
    staff = {people.instructor.key, *(person.key for person in people.others)}
    members = {plan.key: staff | {student.key for student in plan.students} for plan in people.sections}
    prompts = {PROMPT, *(prompt.key for prompt in data.read_prompts())}
    seen: dict[str, tuple[str, str]] = {}
    for post in read_posts():
        assert post.author in members[post.section]
        assert post.prompt in prompts
        if post.answers:
            assert seen[post.answers] == (post.section, post.prompt)
        assert post.key not in seen
        seen[post.key] = (post.section, post.prompt)
    assert len(seen) > 25


def test_the_margin_has_notes_of_every_kind_by_people_of_the_class() -> None:
    notes, hard = read_margins()
    people = data.read_people()
    staff = {people.instructor.key, *(person.key for person in people.others)}
    for section in people.sections:
        students = {student.key for student in section.students}
        assert {note.author for note in notes if note.section == section.key} <= students | staff
        assert {student for mark in hard if mark.section == section.key for student in mark.students} <= students
        assert any(note.section == section.key for note in notes)
    assert {note.choice for note in notes} == set(CHOICES)
    assert any(note.endorsed for note in notes)


@pytest.mark.parametrize("name", EARLIER)
def test_an_earlier_reading_was_done_by_students_of_each_class_with_a_sign_for_each_question(name: str) -> None:
    plan = read_earlier(name)
    assert set(plan.answers) == {question.key for question in plan.questions}
    assert all(question.tags for question in plan.questions)
    for section in data.read_people().sections:
        students = {student.key for student in section.students}
        attempts = plan.readings[section.key].attempts
        assert {attempt.student for attempt in attempts} < students
        assert {len(attempt.pattern) for attempt in attempts} == {len(plan.questions)}
