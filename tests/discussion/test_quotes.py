"""Quoting a post or the article: what the field begins with, and who may quote what."""

from __future__ import annotations

import re
from html import unescape

import pytest

from articles.queries import list_sentences
from core.database import commit
from discussion.operations import Actor, hide_comment
from discussion.quotes import LONGEST, quote_passage, quote_post
from tests.support.telling import announce, sentences

SOURCE = "[Quoted post](/comments/7)"


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("One *line*.", "One *line*."),
        ("Two\n\nparagraphs, ¶ 4.3", "Two\n>\n> paragraphs, ¶ 4.3"),
        ("> [Quoted post](/comments/3)\n>\n> older\n\nMy answer.", "My answer."),
        ("> nothing but this", "> nothing but this"),
        ("  \n code", "code"),
    ],
)
def test_a_post_is_quoted_with_the_way_back_and_without_what_it_quotes(body, quoted):
    assert quote_post(body, SOURCE) == f"> {SOURCE}\n>\n> {quoted}\n\n"


def test_in_a_list_stand_the_words_of_a_post_and_not_those_that_it_quotes(people, thread, write, sign_in):
    post = write(people.student, "It was fair.")
    write(people.classmate, f"{quote_post('It was fair.', f'[Quoted post](/comments/{post})')}To whom?")
    heard = sign_in(people.instructor).get("/").text.partition("Heard in the discussions")[2]
    assert "To whom?" in heard
    assert "Quoted post" not in heard


def test_a_long_post_is_cut_at_a_word():
    quoted = quote_post("word " * 500, SOURCE)
    assert len(quoted) < LONGEST + 60
    assert quoted.endswith("word…\n\n")


def field(page, which="body"):
    found = re.search(rf'<textarea[^>]*name="{which}"[^>]*data-begun[^>]*>(.*?)</textarea>', page, re.S)
    return unescape(found.group(1)) if found else None


def test_a_reply_begins_with_the_quotation_without_a_script(people, thread, write, sign_in):
    post = write(people.student, "It was *fair*, ¶ 1.2 says.")
    classmate = sign_in(people.classmate)
    page = classmate.get(thread.url).text
    assert f'<a href="?quote={post}#reply">Quote</a>' in page
    page = classmate.get(f"{thread.url}?quote={post}").text
    words = f"> [Quoted post](/comments/{post})\n>\n> It was *fair*, ¶ 1.2 says.\n\n"
    assert field(page) == words
    assert f'name="parent" value="{post}"' in page
    classmate.post(f"{thread.url}/comments", data={"body": f"{words}Not to all.", "parent": post})
    page = classmate.get(thread.url).text
    assert re.search(rf'<blockquote>\s*<p><a href="/comments/{post}" rel="[^"]*">Quoted post</a></p>', page)


def test_a_script_gets_the_same_words(people, thread, write, sign_in):
    post = write(people.student, "Fair.")
    answer = sign_in(people.classmate).get(f"/comments/{post}/quotation")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text == f"> [Quoted post](/comments/{post})\n>\n> Fair.\n\n"


def test_nothing_is_quoted_that_cannot_be_answered(app, people, thread, given, write, sign_in):
    hidden, gated = write(people.student, "Rude."), write(people.student, "Behind the gate.")
    with app.app_context():
        hide_comment(Actor(people.instructor.id, people.section), hidden, "Rude.")
        commit()
    classmate = sign_in(people.classmate)
    assert classmate.get(f"/comments/{hidden}/quotation").status_code == 403
    assert field(classmate.get(f"{thread.url}?quote={hidden}").text) is None
    given(posts_before_seeing=1)
    assert classmate.get(f"/comments/{gated}/quotation").status_code == 404
    assert "Behind the gate." not in classmate.get(f"{thread.url}?quote={gated}").text
    assert sign_in(people.other_student).get(f"/comments/{gated}/quotation").status_code == 404


def test_a_quotation_has_no_name_also_for_staff(people, thread, given, sign_in):
    given(anonymity="forced")
    sign_in(people.student).post(f"{thread.url}/comments", data={"body": "Guess who."})
    page = sign_in(people.instructor).get(thread.url).text
    post = re.search(r"\?quote=(\d+)", page).group(1)
    assert "Sofia" not in sign_in(people.instructor).get(f"/comments/{post}/quotation").text


def test_who_is_named_in_quoted_words_is_not_told_again(app, people, thread, write, sign_in):
    post = write(people.instructor, "@Sofia Lind, see.")
    sign_in(people.classmate).post(
        f"{thread.url}/comments", data={"body": f"{quote_post('@Sofia Lind, see.', SOURCE)}Yes.", "parent": post}
    )
    announce(app)
    assert sentences(sign_in(people.student)) == ["Ingrid Vale mentioned you in “Was it a fair vote?”"]


def test_a_passage_of_the_prompt_is_quoted_with_its_place(people, thread, write, sign_in):
    write(people.student, "The composer is closed on this page.")
    student = sign_in(people.student)
    first = thread.sentences[0]
    link = f"?passage={first}-{first}#post"
    assert f'<a class="quoting" href="{link}">' in student.get(thread.url).text
    page = student.get(f"{thread.url}?passage={first}-{first}").text
    assert field(page) == "> The harbour town voted on Tuesday. (¶ 1.1)\n\n"
    assert 'class="composer-closed"' not in page


def test_sentences_chosen_on_the_reading_page_come_into_the_discussion_that_is_chosen(people, thread, sign_in):
    first, second = thread.sentences[:2]
    answer = sign_in(people.student).get(f"/readings/{thread.assignment}/discussion?passage={first}-{second}")
    assert answer.location == f"{thread.url}?passage={first}-{second}#post"
    page = sign_in(people.instructor).get(f"/readings/{thread.assignment}/discussion?passage={first}-{second}").text
    assert f'href="{thread.url}?passage={first}-{second}#post"' in page
    assert 'data-act="quote"' in sign_in(people.student).get(f"/readings/{thread.assignment}").text


@pytest.mark.parametrize("passage", ["", "x", "1", "999999-999999", "١-١", "1-1.2-2"])
def test_what_is_no_passage_begins_nothing(people, thread, sign_in, passage):
    answer = sign_in(people.student).get(thread.url, query_string={"passage": passage})
    assert answer.status_code == 200
    assert field(answer.text) is None


def test_marks_in_the_article_stay_as_they_are_printed(app, thread):
    with app.app_context():
        sentences_of = list_sentences(thread.version)
    one = sentences_of[0]
    changed = [type(one)(**{**one.__dict__, "text": "A *star* and [a bracket]."}), *sentences_of[1:]]
    assert quote_passage(f"{one.id}-{one.id}", changed) == "> A \\*star\\* and \\[a bracket\\]. (¶ 1.1)\n\n"


def test_a_part_of_a_thread_comes_with_the_form_that_is_asked_for(people, thread, write, sign_in):
    post = write(people.student, "Fair.")
    for asked in ("reply", "quote"):
        part = sign_in(people.classmate).get(f"{thread.url}?{asked}={post}", headers={"X-Fragment": "1"})
        assert f'name="parent" value="{post}"' in part.text


def test_an_answer_to_a_note_begins_with_the_note_as_a_reply_does_with_a_post(people, thread, jot, sign_in):
    note = jot(people.student, "It was *fair*.")
    classmate = sign_in(people.classmate)
    assert f'href="/notes/{note}?quote={note}#reply"' in classmate.get(f"/readings/{thread.assignment}").text
    words = f"> [Quoted note](/comments/{note})\n>\n> It was *fair*.\n\n"
    assert field(classmate.get(f"/notes/{note}?quote={note}").text) == words
    for other in ("", "?quote=x"):
        assert field(classmate.get(f"/notes/{note}{other}").text) is None


def test_an_answer_to_a_note_is_quoted_in_another_and_nothing_from_elsewhere_is(
    people, thread, jot, answer, write, does, staff, sign_in
):
    note, other = jot(people.student, "Fair?"), jot(people.student, "Really?", at=1)
    below, elsewhere = answer(people.student, note, "It was."), answer(people.student, other, "Not here.")
    post, rude = write(people.student, "A post."), answer(people.student, note, "Rude.")
    does(hide_comment, staff, rude, "Rude.")
    for person in (people.classmate, people.student):
        page = sign_in(person).get(f"/notes/{note}").text
        assert page.count(f'href="/notes/{note}?quote={below}#reply"') == 1
    classmate = sign_in(people.classmate)
    words = f"> [Quoted note](/comments/{below})\n>\n> It was.\n\n"
    assert field(classmate.get(f"/notes/{note}?quote={below}").text) == words
    for wrong in (elsewhere, post, rude):
        page = classmate.get(f"/notes/{note}?quote={wrong}")
        assert page.status_code == 200
        assert field(page.text) is None
