"""An open answer names places in the text: whoever reads it is led there."""

from __future__ import annotations

import pytest

from articles.linking import link_references
from articles.queries import SentenceRow
from core.database import commit, db
from quizzes.models import Response
from tests.articles.pointing import CHOSE, WORK, edit
from tests.quizzes.grader import at_pile

WORDS = "They chose it (¶ 1.2) & waited: ¶ 3.1, not `¶ 1` or ¶ 99."


def _sentence(id_: int, block: int | None, number: int) -> SentenceRow:
    return SentenceRow(id_, id_, block, number, f"Sentence {id_}.", f"Sentence {id_}.", True)


TEXT = [_sentence(7, 1, 1), _sentence(8, 1, 2), _sentence(9, 2, 1)]


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>See ¶ 1.2.</p>", '<p>See <a class="ref" href="/r?marked=8-8#s8">¶ 1.2</a>.</p>'),
        ("<p>¶ 1</p>", '<p><a class="ref" href="/r?marked=7-8#s7">¶ 1</a></p>'),
        ("<p>a &lt;b&gt; ¶ 2</p>", '<p>a &lt;b&gt; <a class="ref" href="/r?marked=9-9#s9">¶ 2</a></p>'),
        ("<p>¶ 3 and <code>¶ 1</code></p>", "<p>¶ 3 and <code>¶ 1</code></p>"),
        ('<p><a href="/x">¶ 1</a></p>', '<p><a href="/x">¶ 1</a></p>'),
        ("<p>No place.</p>", "<p>No place.</p>"),
    ],
)
def test_references_become_links_where_there_is_such_a_place(html: str, linked: str) -> None:
    assert link_references(html, TEXT, "/r") == linked


def test_student_and_staff_are_led_to_the_sentences_also_after_an_edit(app, people, reading, sign_in) -> None:
    with app.app_context():
        db.session.get_one(Response, reading.response).answer = {"text": WORDS}
        commit()
    pages = (
        (people.classmate, f"/attempts/{reading.handed_in}/result"),
        (people.assistant, at_pile(reading, reading.response)),
        (people.assistant, f"/readings/{reading.assignment}/results/responses/{reading.response}"),
    )
    for moved in (False, True):
        if moved:
            edit(sign_in(people.instructor), reading)
        for person, address in pages:
            page = sign_in(person).get(address).text
            for at, label in ((CHOSE, "¶ 1.2"), (WORK, "¶ 3.1")):
                sentence = reading.sentences[at]
                way = f"/readings/{reading.assignment}?marked={sentence}-{sentence}#s{sentence}"
                assert f'<a class="ref" href="{way}">{label}</a>' in page, address
            assert "<code>¶ 1</code> or ¶ 99." in page
