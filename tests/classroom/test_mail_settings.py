"""What mail a person wants, showing that an address is one's own, and the way out of a letter."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from classroom.mail_times import Preferences
from classroom.models import MailPreference, Section, User
from classroom.queries.mail import get_postbox
from classroom.signed_links import address_token, unsubscribe_token
from core.database import db
from tests.support import browsing
from tests.support.browsing import PASSWORD

PUBLIC = "http://localhost"


@pytest.fixture
def mail_app(database, people, post):
    return database.make_app(
        COLLOQUY_SMTP_URL=post.url, COLLOQUY_MAIL_FROM="post@school.example", COLLOQUY_PUBLIC_URL=PUBLIC
    )


@pytest.fixture
def me(mail_app, people):
    return browsing.sign_in(mail_app, people.student.email)


def wanted(app, person):
    with app.app_context():
        return get_postbox(person.id).wanted


def is_confirmed(app, email):
    with app.app_context():
        found = select(User.email_confirmed_at.is_not(None)).where(User.email == email)
        return db.session.scalars(found).one()


def link_in(message):
    return re.search(rf"{PUBLIC}(/\S+)", message.get_content())[1]


def test_a_digest_every_day_and_reminders_are_what_everybody_gets(mail_app, people, me):
    assert wanted(mail_app, people.student) == Preferences("daily", replies=False, reminders=True)
    page = me.get("/account/notifications").text
    assert re.search(r'value="daily"\s+checked', page)
    assert "Europe/Berlin" in page


def test_choices_are_kept_and_can_be_changed_again(mail_app, people, me):
    assert me.post("/account/notifications", data={"digest": "weekly", "replies": "y"}).status_code == 303
    assert wanted(mail_app, people.student) == Preferences("weekly", replies=True, reminders=False)
    me.post("/account/notifications", data={"digest": "off", "reminders": "y"})
    assert wanted(mail_app, people.student) == Preferences("off", replies=False, reminders=True)
    assert wanted(mail_app, people.classmate) == Preferences()
    with mail_app.app_context():
        assert len(db.session.scalars(select(MailPreference)).all()) == 1


def test_a_choice_that_is_none_comes_back_with_the_form(mail_app, people, me):
    answer = me.post("/account/notifications", data={"digest": "hourly", "replies": "y"})
    assert answer.status_code == 422
    assert re.search(r'name="replies"[^>]*checked|checked[^>]*name="replies"', answer.text)
    assert wanted(mail_app, people.student) == Preferences()


def test_without_a_mail_server_the_page_says_so_and_asks_nothing(people, sign_in):
    page = sign_in(people.student).get("/account/notifications").text
    assert "This installation sends no mail" in page
    assert 'name="digest"' not in page


def test_who_has_no_known_address_is_told_and_can_get_a_link(mail_app, people, post):
    client = browsing.sign_in(mail_app, people.classmate.email)
    assert "before you have shown that it is yours" in client.get("/account/notifications").text
    with client.post("/account/address-link") as answer:
        assert answer.status_code == 303
    (message,) = post.to(people.classmate.email)
    assert message["Auto-Submitted"] == "auto-generated"
    link = link_in(message)
    assert client.get(link).status_code == 200
    assert not is_confirmed(mail_app, people.classmate.email)  # looking changes nothing
    assert client.post(link).status_code == 303
    assert is_confirmed(mail_app, people.classmate.email)
    assert "before you have shown" not in client.get("/account/notifications").text


def test_a_link_works_for_its_own_account_and_address_alone(mail_app, people, me):
    with mail_app.app_context():
        others = address_token(people.classmate.id, people.classmate.email)
        old = address_token(people.student.id, "an.older@address.example")
    for token in (others, old, "made-up"):
        assert me.get(f"/account/address/{token}").status_code == 404
        assert me.post(f"/account/address/{token}").status_code == 404
    assert not is_confirmed(mail_app, people.classmate.email)


def test_a_link_ages(mail_app, people, clock):
    client = browsing.sign_in(mail_app, people.classmate.email)
    with mail_app.app_context():
        token = address_token(people.classmate.id, people.classmate.email)
    clock.forward(days=8)
    assert client.get(f"/account/address/{token}").status_code == 404


def test_links_cannot_be_asked_for_without_end(mail_app, people, post):
    client = browsing.sign_in(mail_app, people.classmate.email)
    for _ask in range(8):
        client.post("/account/address-link").close()
    assert len(post.messages) == 5


@pytest.mark.parametrize("way", ["register", "join"])
def test_a_new_account_with_an_address_is_asked_about_it(mail_app, people, post, way):
    client = browsing.client_of(mail_app)
    data = {"name": "Nora New", "username": "nora@school.example", "password": "three green bottles"}
    with mail_app.app_context():
        code = db.session.get_one(Section, people.section).join_code
    with client.post("/register" if way == "register" else f"/join/{code}", data=data) as answer:
        assert answer.status_code == 303
    (message,) = post.to("nora@school.example")
    assert client.post(link_in(message)).status_code == 303
    assert is_confirmed(mail_app, "nora@school.example")


def test_a_changed_address_is_asked_about_at_the_new_one(mail_app, people, post, me):
    data = {"name": "Sofia Lind", "email": "sofia@new.example", "password": PASSWORD}
    with me.post("/account", data={**data, "time_zone": "Europe/Berlin", "theme": "system"}) as answer:
        assert answer.status_code == 303
    assert [message["To"] for message in post.messages] == ["sofia@new.example"]
    assert not is_confirmed(mail_app, "sofia@new.example")


@pytest.fixture
def way_out(mail_app, people):
    """The address in the student's letters of one kind."""

    def address(letter="digest"):
        with mail_app.app_context():
            return f"/unsubscribe/{unsubscribe_token(people.student.id, letter)}"

    return address


ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.mark.parametrize(
    ("letter", "left"),
    [
        ("digest", Preferences("off", replies=True, reminders=True)),
        ("replies", Preferences("weekly", replies=False, reminders=True)),
        ("reminders", Preferences("weekly", replies=True, reminders=False)),
    ],
)
def test_one_click_of_a_mail_program_stops_letters_of_that_kind(mail_app, people, me, way_out, letter, left):
    me.post("/account/notifications", data={"digest": "weekly", "replies": "y", "reminders": "y"})
    program = browsing.client_of(mail_app)  # no cookie, no token: the address alone
    answer = program.post(way_out(letter), data=ONE_CLICK, csrf=False)
    assert answer.status_code == 200
    assert wanted(mail_app, people.student) == left
    assert program.post(way_out(letter), data=ONE_CLICK, csrf=False).status_code == 200
    assert wanted(mail_app, people.student) == left


def test_looking_at_the_way_out_changes_nothing(mail_app, people, way_out, count_statements):
    program = browsing.client_of(mail_app)
    with count_statements() as seen:
        page = program.get(way_out())
    assert page.status_code == 200
    assert not seen.writes()
    assert "Stop this mail" in page.text
    assert people.student.email not in page.text
    assert people.student.name not in page.text
    assert wanted(mail_app, people.student) == Preferences()


def test_nobody_can_make_a_way_out_for_somebody_else(mail_app, people, way_out):
    program = browsing.client_of(mail_app)
    token = way_out().rpartition("/")[2]
    forged = ["made-up", token[:-1] + ("A" if token[-1] != "A" else "B"), token + "x", "WzMsImRpZ2VzdCJd.x"]
    with mail_app.app_context():
        forged.append(address_token(people.student.id, people.student.email))
        forged.append(unsubscribe_token(people.student.id, "everything"))
        forged.append(unsubscribe_token(10_000, "digest"))
    for each in forged:
        assert program.get(f"/unsubscribe/{each}").status_code == 404
        assert program.post(f"/unsubscribe/{each}", data=ONE_CLICK, csrf=False).status_code == 404
    assert wanted(mail_app, people.student) == Preferences()
