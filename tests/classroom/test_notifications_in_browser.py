"""Notifications as a person meets them: the dot, the page, what is followed, what is chosen by mail."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from classroom.models import Enrollment, Notification
from core.database import commit, db
from discussion.comment_text import compose
from discussion.operations import DiscussionRef, add_comment
from tests.support.chromium import Look
from tests.support.following import wait_until
from tests.support.post import FROM, post_office
from tests.support.serving import served_by_threads
from tests.support.telling import announce

REPLIED = "Carl Moreau replied to you in “Was it worth it?”"


@pytest.fixture
def replies(app, people, reading):
    """Two replies of the classmate's to the student's post, announced."""
    with app.app_context():
        own = select(Enrollment.id).where(Enrollment.user_id == people.classmate.id)
        place = db.session.scalars(own).one()
        where = DiscussionRef(reading.assignment, reading.prompt_delivery, reading.version)
        made = [add_comment(place, where, compose(words, reading.comment)) for words in ("Nobody did.", "Or one.")]
        commit()
    announce(app)
    return made


def read_by(app, person):
    with app.app_context():
        rows = select(func.count()).where(Notification.user_id == person.id, Notification.read_at.is_not(None))
        return db.session.scalar(rows)


@pytest.mark.parametrize("look", [Look(), Look(390)], ids=["wide", "phone"])
def test_a_dot_leads_to_the_page_and_what_is_followed_is_read(app, replies, people, open_page, axe, look):
    page = open_page("/", people.student, look)
    page.get_by_role("link", name=re.compile("^New notifications?$")).click()
    expect(page.get_by_role("heading", name="Notifications", exact=True)).to_be_visible()
    lines = page.locator(".told > li")
    expect(lines).to_have_count(2)
    expect(page.locator(".told > li.new")).to_have_count(2)
    axe(page)
    lines.filter(has_text="Nobody did.").get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"#c{replies[0]}$"))
    wait_until(lambda: read_by(app, people.student) == 1)  # told by the page that was left, whose answer nobody hears
    page.goto("/notifications")
    expect(page.locator(".told > li.new")).to_have_text(re.compile("Or one."))
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".told > li.new")).to_have_count(0)
    expect(page.locator(".bar-news")).to_have_count(0)
    expect(page.get_by_role("button", name="Mark all as read")).to_have_count(0)
    axe(page)


def test_it_works_without_scripts_and_from_the_menu(replies, people, open_page):
    page = open_page("/", people.student, Look(javascript=False))
    page.locator(".me > summary").click()
    page.get_by_role("link", name="Notifications New").click()
    expect(page.get_by_role("link", name=REPLIED)).to_have_count(2)
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".told > li.new")).to_have_count(0)


def test_mail_is_chosen_and_stopped_again(database, people, browser, axe, sign_in):
    with post_office() as post:
        app = database.make_app(COLLOQUY_SMTP_URL=post.url, COLLOQUY_MAIL_FROM=FROM, COLLOQUY_PUBLIC_URL="http://here")
        with served_by_threads(app) as url:
            context = browser.new_context(base_url=url, reduced_motion="reduce")
            context.set_default_timeout(60_000)
            cookie = sign_in(people.classmate).get_cookie("session")
            context.add_cookies([{"name": "session", "value": cookie.value, "url": url}])
            page = context.new_page()
            page.goto("/account")
            page.get_by_role("link", name="Choose what mail you get").click()
            expect(page.get_by_role("radio", name="Every day at about 17:00")).to_be_checked()
            axe(page)
            page.get_by_role("radio", name="Every Sunday at about 17:00").check()
            page.get_by_role("checkbox", name=re.compile("^Replies to you")).check()
            page.get_by_role("button", name="Save").click()
            expect(page.get_by_text("Saved.")).to_be_visible()
            expect(page.get_by_role("radio", name="Every Sunday at about 17:00")).to_be_checked()
            expect(page.get_by_role("checkbox", name=re.compile("^Replies to you"))).to_be_checked()
            page.get_by_role("button", name="Mail me a link").click()
            expect(page.get_by_text(f"A link is on its way to {people.classmate.email}.")).to_be_visible()
            (message,) = post.to(people.classmate.email)
            page.goto(re.search(r"http://here(/\S+)", message.get_content())[1])
            axe(page)
            page.get_by_role("button", name="Yes, write to me there").click()
            expect(page.get_by_text("Thank you.")).to_be_visible()
            expect(page.get_by_role("button", name="Mail me a link")).to_have_count(0)
            context.close()
