"""The page of one thread."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Flask

from core.database import commit
from discussion.operations import Actor, endorse_comment
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.people import People, Person, make_students

SignIn = Callable[[Person], Client]
Write = Callable[..., int]


def test_a_thread_shows_the_prompt_its_passage_and_every_post(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "It was *fair*.")
    write(people.classmate, "Not for everybody.", post)
    page = sign_in(people.classmate).get(thread.url).text
    assert "Was it a fair vote?" in page
    assert "<p>Point to at least <em>one</em> passage.</p>" in page
    first = thread.sentences[0]
    assert f'href="/readings/{thread.assignment}?marked={first}-{first}#s{first}">¶&nbsp;1.1</a>' in page
    assert "The harbour town voted on Tuesday." in page
    assert "<p>It was <em>fair</em>.</p>" in page
    assert "2 posts from 2 people" in page
    assert page.index("It was <em>fair") < page.index("Not for everybody")


def test_an_empty_thread_asks_for_a_first_post(people: People, thread: Thread, sign_in: SignIn) -> None:
    page = sign_in(people.student).get(thread.url).text
    assert "Nobody has written yet" in page
    assert 'name="body"' in page


def test_a_post_comes_back_on_its_own_anchor(people: People, thread: Thread, sign_in: SignIn) -> None:
    student = sign_in(people.student)
    answer = student.post(f"{thread.url}/comments", data={"body": "First.\r\n\r\nSecond."})
    assert answer.status_code == 303
    assert re.fullmatch(rf"{thread.url}\?at=(\d+)#c\1", answer.location)
    assert "<p>First.</p>\n<p>Second.</p>" in student.get(thread.url).text


def test_replies_below_the_second_level_name_whom_they_answer(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    top = write(people.student, "Top.")
    second = write(people.classmate, "Second.", top)
    write(people.student, "Third.", second)
    page = sign_in(people.instructor).get(thread.url).text
    assert page.count('<div class="replies">') == 1
    assert f'<a class="to" href="#c{second}">Carl Moreau</a>' in page


def test_a_reply_form_opens_without_a_script_and_posts_under_its_parent(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    top = write(people.student, "Top.")
    classmate = sign_in(people.classmate)
    page = classmate.get(f"{thread.url}?reply={top}").text
    assert f'name="parent" value="{top}"' in page
    assert "Reply to Sofia Lind" in page
    classmate.post(f"{thread.url}/comments", data={"body": "Below.", "parent": top})
    assert re.search(
        rf'id="c{top}".*<div class="replies">\s*<article class="post" id="c\d+" data-mine>.*Below\.',
        classmate.get(thread.url).text,
        re.S,
    )


def test_newest_first_turns_the_posts_and_not_the_replies(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    first = write(people.student, "Alpha.")
    write(people.student, "Beta.")
    write(people.student, "Gamma.", first)
    write(people.student, "Delta.", first)
    page = sign_in(people.classmate).get(f"{thread.url}?sort=newest").text
    assert [page.index(words) for words in ("Beta.", "Alpha.", "Gamma.", "Delta.")] == sorted(
        page.index(words) for words in ("Beta.", "Alpha.", "Gamma.", "Delta.")
    )


def test_filters_show_what_is_mine_and_what_nobody_answered(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    mine = write(people.student, "Mine with an answer.")
    write(people.classmate, "The answer.", mine)
    write(people.classmate, "Left alone.")
    student = sign_in(people.student)
    assert "Left alone." not in student.get(f"{thread.url}?show=mine").text
    unanswered = student.get(f"{thread.url}?show=unanswered").text
    assert "Left alone." in unanswered
    assert "Mine with an answer." not in unanswered


def test_a_permalink_leads_to_the_post(people: People, thread: Thread, write: Write, sign_in: SignIn) -> None:
    post = write(people.student, "Here.")
    answer = sign_in(people.classmate).get(f"/comments/{post}")
    assert answer.status_code == 302
    assert answer.location == f"{thread.url}?at={post}#c{post}"


def test_a_script_gets_the_new_post_alone(people: People, thread: Thread, write: Write, sign_in: SignIn) -> None:
    top = write(people.classmate, "Top.")
    second = write(people.student, "Second.", top)
    student = sign_in(people.student)
    answer = student.post(
        f"{thread.url}/comments", data={"body": "See ¶ 1.2.", "parent": second}, headers={"X-Fragment": "1"}
    )
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<article class="post" id="c')
    assert f'#s{thread.sentences[1]}">¶ 1.2</a>' in answer.text
    assert "Sofia Lind</a>" in answer.text
    assert "<html" not in answer.text
    assert "See " in student.get(thread.url).text


def test_the_whole_page_takes_the_same_statements_however_much_is_written(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn, count_statements: Any
) -> None:
    students = make_students(app, people.section, 20)
    classmate = sign_in(people.classmate)
    counts = []
    for number in (30, 170):
        top = write(people.student, "Start, see ¶ 1.1.")
        for at in range(number - 1):
            write(students[at % 20], f"Comment {at} on ¶ 2.1, with some words to say.", top if at % 3 else None)
        with count_statements() as seen:
            page = classmate.get(f"{thread.url}?all=1")
        assert page.status_code == 200
        counts.append(len(seen))
        assert seen.commits == 0
    assert page.text.count("<article class=") == 200
    assert counts[0] == counts[1] <= 7
    assert len(page.data) < 120_000


def test_a_reply_takes_six_statements_and_one_commit(
    people: People, thread: Thread, write: Write, sign_in: SignIn, count_statements: Any
) -> None:
    top = write(people.classmate, "Top.")
    student = sign_in(people.student)
    with count_statements() as seen:
        answer = student.post(f"{thread.url}/comments", data={"body": "Plain.", "parent": top})
    assert answer.status_code == 303
    assert len(seen) <= 6  # the fifth tells the author of the post that is answered, the sixth open pages
    assert seen.commits == 1


def test_many_references_do_not_take_many_statements(
    people: People, thread: Thread, sign_in: SignIn, count_statements: Any
) -> None:
    student = sign_in(people.student)
    body = "¶ 1, ¶ 1.1, ¶ 1.2, ¶ 1.3, ¶ 2, ¶ 2.1, ¶ 2.2, ¶ 3, ¶ 1.1-2, ¶ 2.1-3.1"
    with count_statements() as seen:
        student.post(f"{thread.url}/comments", data={"body": body})
    assert len(seen) <= 10
    assert student.get(thread.url).text.count('<a class="ref"') == 11


def test_filters_show_what_staff_said_and_what_they_endorsed_in_any_order(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    good = write(people.student, "Uses the text.")
    write(people.assistant, "A word from staff.", write(people.classmate, "What is meant by fair?"))
    write(people.classmate, "Nobody has looked at this.")
    with app.app_context():
        endorse_comment(Actor(people.instructor.id, people.section), good, "Well seen.")
        commit()
    student = sign_in(people.student)
    page = student.get(f"{thread.url}?sort=newest").text
    assert 'show=staff&amp;sort=newest">From staff 1</a>' in page
    assert 'show=endorsed&amp;sort=newest">Endorsed 1</a>' in page
    from_staff = student.get(f"{thread.url}?show=staff&sort=newest").text
    assert "A word from staff." in from_staff
    assert "What is meant by fair?" in from_staff
    assert "Uses the text." not in from_staff
    assert 'show=endorsed&amp;sort=newest">Endorsed 1</a>' in from_staff
    endorsed = student.get(f"{thread.url}?show=endorsed").text
    assert "Uses the text." in endorsed
    assert "Nobody has looked at this." not in endorsed
    assert "From staff 1" in endorsed


def test_without_words_of_staff_there_is_no_filter_for_them(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    write(people.classmate, "Alone.")
    page = sign_in(people.student).get(thread.url).text
    assert "show=staff" not in page
    assert "show=endorsed" not in page
    assert "Nothing here in this view." in sign_in(people.student).get(f"{thread.url}?show=endorsed").text
