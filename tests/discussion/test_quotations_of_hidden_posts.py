"""What staff have hidden is not read in quotations of it, and staff see who quotes it."""

from __future__ import annotations

import pytest

from discussion.quotes import in_html, in_markdown, leave_out, quoted_in
from tests.discussion.test_live_changes import OpenPage
from tests.support.telling import announce

RUDE = "Only a fool could say so."
INSTEAD = "What was quoted here is hidden."


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("> [Quoted post](/comments/7)\n>\n> Rude.\n\nI do not think so.", "(hidden)\n\nI do not think so."),
        ("Before.\n\n> [Q](/base/comments/7)\n> Rude\nand on.\n\nAfter.", "Before.\n\n(hidden)\n\nAfter."),
        ("> [Q](/comments/77)\n> Fine.\n\nYes.", "> [Q](/comments/77)\n> Fine.\n\nYes."),
        ("See [this](/comments/7).", "See [this](/comments/7)."),
    ],
)
def test_of_what_was_typed_the_whole_quotation_goes(body, left):
    assert leave_out(body, in_markdown, {7}, "(hidden)") == left


def test_of_html_the_outermost_quotation_goes_with_all_within():
    inner = "<blockquote>\n<p>old</p>\n</blockquote>"
    html = f'<p>a</p><blockquote>\n<p><a href="/comments/7">Q</a></p>{inner}<p>x</p></blockquote><p>b</p>{inner}'
    assert quoted_in(html, in_html) == {7}
    assert leave_out(html, in_html, {7}, "-") == f"<p>a</p>-<p>b</p>{inner}"


@pytest.fixture
def quoted(people, thread, write, sign_in):
    """A rude post, and a classmate's that quotes it as the page begins it."""
    rude = write(people.student, f"{RUDE} ¶ 1.2")
    classmate = sign_in(people.classmate)
    words = classmate.get(f"/comments/{rude}/quotation").text
    answer = classmate.post(
        f"{thread.url}/comments", data={"body": f"{words}I see it otherwise, ¶ 2.1.", "parent": rude}
    )
    return rude, int(answer.location.rpartition("#c")[2])


def test_the_words_of_a_hidden_post_are_in_no_quotation_and_come_back_with_it(people, thread, quoted, sign_in):
    rude, quoting = quoted
    staff, student, classmate = (sign_in(who) for who in (people.instructor, people.student, people.classmate))
    open_page = OpenPage(student, thread)
    assert "Quoted by:" in staff.get(f"/comments/{rude}/hiding").text
    assert f'href="/comments/{quoting}"' in staff.get(f"/comments/{rude}/hiding").text
    staff.post(f"/comments/{rude}/hiding", data={"reason": "Rude."})
    changed = open_page.posts()
    assert quoting in changed
    assert INSTEAD in changed[quoting]
    for client in (student, classmate):
        page = client.get(thread.url).text
        after = page[page.index(f'id="c{quoting}"') :]
        assert INSTEAD in after
        assert RUDE not in after
        assert "I see it otherwise" in after
    assert RUDE in staff.get(thread.url).text
    assert people.classmate.name in staff.get(f"/comments/{rude}/hiding").text
    staff.post(f"/comments/{rude}/restoration")
    assert INSTEAD not in classmate.get(thread.url).text


def test_excerpts_and_notifications_leave_it_out_too(app, people, thread, quoted, sign_in):
    rude, _quoting = quoted
    announce(app)
    me = sign_in(people.student)
    assert "Only a fool" in me.get("/notifications").text
    sign_in(people.instructor).post(f"/comments/{rude}/hiding", data={"reason": "Rude."})
    for address in ("/notifications", "/", f"/readings/{thread.assignment}/search?q=otherwise"):
        page = me.get(address).text
        assert "I see it" in page or address == "/", address
        assert "fool" not in page, address
    found = sign_in(people.instructor).get(f"/readings/{thread.assignment}/search?q=otherwise").text
    assert "fool" in found


def test_a_note_in_the_margin_does_the_same(people, thread, jot, answer, sign_in):
    note = jot(people.student, RUDE)
    words = sign_in(people.classmate).get(f"/comments/{note}/quotation").text
    answer(people.classmate, note, f"{words}No.")
    sign_in(people.instructor).post(f"/comments/{note}/hiding", data={"reason": "Rude."})
    for address in (f"/notes/{note}", f"/readings/{thread.assignment}"):
        assert RUDE not in sign_in(people.classmate).get(address).text
        assert INSTEAD in sign_in(people.classmate).get(address).text
        assert RUDE in sign_in(people.instructor).get(address).text


def test_quotations_cost_one_statement_however_many(people, thread, quoted, write, sign_in, count_statements):
    classmate, rude = sign_in(people.classmate), quoted[0]
    counts = []
    for more in (0, 20):
        for number in range(more):
            write(people.student, f"> [Quoted post](/comments/{rude})\n> {number}\n\nYes.")
        with count_statements() as seen:
            classmate.get(thread.url)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 15
