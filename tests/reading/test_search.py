"""Search in a reading through the door: what is found, for whom, and what is asked in any way."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import delete, select, update

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion, VersionSentence
from articles.operations import Dates, assign_article, create_article
from articles.spans import Ends
from classroom.models import Enrollment
from core.database import commit, db
from discussion.comment_text import compose
from discussion.margins import meant
from discussion.models import Comment
from discussion.operations import DeliverySettings, DiscussionRef, NewNote, add_comment, add_note, deliver_prompt
from discussion.queries import get_margin_for

LANGUAGES = [
    ("ru", "Пакт был подписан в Москве. Война началась осенью.", "москв", "Москве"),
    ("ar", "وقعت المعاهدة في باريس. ثم بدأت الحرب.", "المعاهدة", "المعاهدة"),
    ("zh", "条约在巴黎签署。战争在秋天开始。", "巴黎", "巴黎"),
    ("th", "สนธิสัญญาลงนามที่ปารีส สงครามเริ่มขึ้น", "ปารีส", "ปารีส"),
    ("fr", "L’Élysée s’est tu. La crise a duré.", "elysée", "Élysée"),
    ("ko", "조약은 파리에서 서명되었다. 전쟁이 시작되었다.", "파리", "파리에서"),
]
STRANGE = ['"', "*", "NEAR(", "-", "()", "AND", "a OR", "^b", '"a" NEAR/2 "b"', "col:x", "'", "\\", "\x00"]
STRANGE += ["%", "_", "$1", "{}", "bridge\x00s", "🙂", "１２", "ª", "a" * 200, "\u0301", "a:*", "!a", "a & | b", "<->"]


def search(client, reading, words, **more):
    return client.get(f"/readings/{reading.assignment}/search", query_string={"q": words, **more})


def hits_of(answer):
    """The words of each hit, without markup."""
    found = re.findall(r'<p class="prose"[^>]*><a href="[^"]*">(.*?)</a></p>', answer.text)
    return [re.sub(r"</?mark>", "", words) for words in found]


@pytest.fixture
def post(app, people, reading):
    """`post(people.student, "words")` writes into the thread, or with a `choice` a note in the margin."""

    def posted(person, body, choice=None, at=0):
        with app.app_context():
            margin = get_margin_for(person.id, reading.assignment)
            if choice:
                ends = Ends(reading.sentences[at], reading.sentences[at])
                made = add_note(margin, NewNote(compose(body), ends, meant(choice, margin.role)))
            else:
                place = DiscussionRef(reading.assignment, reading.prompt_delivery, reading.version)
                made = add_comment(margin.enrollment_id, place, compose(body))
            commit()
        return made

    return posted


def test_sentences_are_found_marked_and_lead_to_their_place(reading, people, sign_in):
    answer = search(sign_in(people.student), reading, "BRIDGE most")
    assert hits_of(answer) == ["Most people chose the new bridge."]
    assert "<mark>Most</mark> people chose the new <mark>bridge</mark>." in answer.text
    assert "¶&nbsp;1.2" in answer.text
    sentence = reading.sentences[1]
    assert f'href="/readings/{reading.assignment}?marked={sentence}-{sentence}#s{sentence}"' in answer.text


def test_posts_and_notes_are_found_with_their_author_and_lead_to_their_place(reading, people, sign_in, post):
    made = post(people.classmate, "A *zebra* & a <b>goat</b>.")
    note = post(people.student, "The zebra again.", "comment")
    answer = search(sign_in(people.student), reading, "zebra")
    assert hits_of(answer) == ["The zebra again.", "A zebra &amp; a &lt;b&gt;goat&lt;/b&gt;."]
    assert "Carl Moreau" in answer.text
    for comment in (made, note):
        assert f'href="/comments/{comment}"' in answer.text


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("brid", 2),
        ("idge", 0),
        ('"new bridge"', 1),
        ('"bridge new"', 0),
        ('"brid"', 0),
        ("4.5", 1),
        ("dr. lund", 1),
        ("bridge OR ferry", 0),
        ("bridge -new", 1),
        ("council, called", 1),
    ],
)
def test_what_words_find(reading, people, sign_in, words, count):
    assert len(hits_of(search(sign_in(people.student), reading, words))) == count


@pytest.mark.parametrize(("language", "words", "asked", "marked"), LANGUAGES)
def test_other_scripts_are_searched_as_well(app, people, sign_in, reading, language, words, asked, marked):
    with app.app_context():
        author = people.instructor.id
        article = create_article(author, prepare(Source(words, "plain"), "A text", language)).id
        version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article)).one()
        assignment = assign_article(people.section, article, version, Dates()).id
        commit()
    answer = sign_in(people.student).get(f"/readings/{assignment}/search", query_string={"q": asked})
    assert len(hits_of(answer)) == 1
    assert f"<mark>{marked}</mark>" in answer.text


def test_a_post_in_a_script_without_spaces_is_found_beside_an_english_text(reading, people, sign_in, post):
    post(people.classmate, "我觉得条约在巴黎签署太晚了。")
    assert len(hits_of(search(sign_in(people.student), reading, "巴黎"))) == 1


@pytest.mark.parametrize("words", STRANGE)
def test_no_query_breaks_the_page(reading, people, sign_in, words):
    answer = search(sign_in(people.student), reading, words)
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("a" * 10_000, "That is too long."),
        ('"*"', "There is no word in that."),
        ("… ?!", "There is no word in that."),
        ("a b c d e f g h i", "Those are too many words."),
    ],
)
def test_a_query_that_cannot_be_answered_gets_the_reason(reading, people, sign_in, words, said):
    answer = search(sign_in(people.student), reading, words)
    assert answer.status_code == 422
    assert said in answer.text


def test_nothing_found_and_nothing_asked_are_said(reading, people, sign_in):
    student = sign_in(people.student)
    assert "Nothing has these words" in search(student, reading, "zeppelin").text
    assert "Write the beginning of a word" in search(student, reading, "").text


def test_the_index_follows_an_edit_and_a_deletion(app, reading, people, sign_in, post):
    made = post(people.student, "A zebra.")
    student = sign_in(people.student)
    assert student.post(f"/comments/{made}/edit", data={"body": "A giraffe.", "seen": ""}).status_code == 303
    with app.app_context():
        second = VersionSentence.sentence_id == reading.sentences[1]
        db.session.execute(update(VersionSentence).where(second).values(text="An okapi stood there."))
        commit()
    for words, count in (("zebra", 0), ("giraffe", 1), ("okapi", 1), ("most", 0)):
        assert len(hits_of(search(student, reading, words))) == count, words
    with app.app_context():
        db.session.execute(delete(Comment).where(Comment.id == made))
        commit()
    assert hits_of(search(student, reading, "giraffe")) == []


def test_a_gate_keeps_posts_and_their_number_back(app, reading, people, sign_in, post):
    post(people.classmate, "A zebra.")
    post(people.instructor, "A zebra for all.")
    with app.app_context():
        rules = DeliverySettings(posts_before_seeing=2)
        deliver_prompt(people.instructor.id, reading.prompt, reading.assignment, rules)
        commit()
    student = sign_in(people.student)
    answer = search(student, reading, "zebra")
    assert hits_of(answer) == ["A zebra for all."]
    assert "Notes and posts 1<" in answer.text
    post(people.student, "My own zebra.")
    assert len(hits_of(search(student, reading, "zebra"))) == 3


@pytest.mark.parametrize(
    ("choice", "readers"),
    [
        ("comment", {"student", "classmate", "assistant", "instructor"}),
        ("staff", {"student", "assistant", "instructor"}),
        ("self", {"student"}),
    ],
)
def test_a_note_is_found_by_those_it_is_for(reading, people, sign_in, post, choice, readers):
    post(people.student, "A zebra.", choice)
    for name in ("student", "classmate", "assistant", "instructor"):
        found = hits_of(search(sign_in(getattr(people, name)), reading, "zebra"))
        assert len(found) == (1 if name in readers else 0), name


def test_what_is_hidden_or_deleted_is_found_by_whom_it_exists_for(reading, people, sign_in, post):
    hidden, deleted = post(people.student, "A zebra."), post(people.student, "A deleted zebra.")
    sign_in(people.instructor).post(f"/comments/{hidden}/hiding", data={"reason": "Hm."})
    sign_in(people.student).post(f"/comments/{deleted}/deletion")
    for name, count in (("classmate", 0), ("student", 1), ("instructor", 1)):
        assert len(hits_of(search(sign_in(getattr(people, name)), reading, "zebra"))) == count, name


def test_another_class_with_the_same_article_finds_the_text_alone(app, reading, people, sign_in, post):
    post(people.student, "The bridge, a zebra.")
    with app.app_context():
        other = assign_article(people.other_section, reading.article, reading.version, Dates()).id
        commit()
    client = sign_in(people.other_student)
    answer = client.get(f"/readings/{other}/search?q=bridge")
    assert len(hits_of(answer)) == 2
    assert "Notes and posts 0<" in answer.text
    assert client.get(f"/readings/{reading.assignment}/search?q=bridge").status_code == 404


def test_many_hits_come_page_by_page_in_level_statements(app, reading, people, sign_in, post, count_statements):
    post(people.classmate, "A zebra.")
    student = sign_in(people.student)
    with count_statements() as few:
        search(student, reading, "zebra")
    with app.app_context():
        mine = select(Enrollment.id).where(Enrollment.user_id == people.classmate.id)
        enrollment = db.session.scalars(mine).one()
        place = DiscussionRef(reading.assignment, reading.prompt_delivery, reading.version)
        for number in range(60):
            add_comment(enrollment, place, compose(f"Zebra number {number}."))
        commit()
    with count_statements() as many:
        answer = search(student, reading, "zebra")
    assert len(many) == len(few)
    assert len(hits_of(answer)) == 5
    assert "All 61 notes and posts" in answer.text
    pages = [hits_of(search(student, reading, "zebra", **{"in": "posts", "page": page})) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [25, 25, 11]
    assert len({words for page in pages for words in page}) == 61


def test_a_long_post_is_shown_around_its_word(reading, people, sign_in, post):
    post(people.classmate, "much ado " * 100 + "about a zebra " + "and more " * 100)
    (words,) = hits_of(search(sign_in(people.student), reading, "zebra"))
    assert "zebra" in words
    assert len(words) < 260
