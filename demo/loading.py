"""Loads the whole demonstration into an empty installation. The caller commits."""

from __future__ import annotations

from sqlalchemy import select

from classroom.models import User
from core.database import db
from demo import data
from demo.approval import begin_approval
from demo.cast import load_people
from demo.earlier import load_earlier
from demo.gradebook import load_gradebook
from demo.groups import load_groups
from demo.margins import load_margin, read_margins
from demo.marks import load_marks
from demo.messages import load_messages
from demo.posts import read_posts, read_visits
from demo.readings import give, load_material, load_text
from demo.rescoring import rescore
from demo.second import load_second
from demo.seeding import load_seeded
from demo.sittings import Hall, load_attempts
from demo.taking_part import load_taking_part
from demo.threads import Room, load_threads


class NotEmptyError(Exception):
    """People are in this installation already."""


def load_demonstration(password_hash: str) -> None:
    """Make everybody, with one password whose hash is given, and everything they did up to this moment.

    Raises NotEmptyError, having changed nothing, when anybody has an account.
    """
    if db.session.scalar(select(User.id).limit(1)) is not None:
        raise NotEmptyError
    cast = load_people(data.read_people(), password_hash)
    prompts = data.read_prompts()
    text = load_text(cast.teacher)
    title, questions = data.read_quiz()
    material = load_material(cast.teacher, text, (title, questions), prompts)
    second = data.read_second()
    halls = []
    for troupe in cast.troupes:
        reading = data.read_reading(troupe.key)
        given = give(cast, troupe, material, (reading, prompts))
        hall = Hall(cast, troupe, given.quiz_delivery_id, text, questions, data.read_answers())
        load_attempts(hall, reading.attempts)
        halls.append((hall, reading.regrades))
        given = load_seeded(cast, troupe, given)
        room = Room(cast, troupe, given, text)
        load_groups(room)
        posts = read_posts()
        comments = load_threads(room, posts, read_visits())
        load_marks(room, comments, {post.key: given.threads[post.prompt] for post in posts if post.key in comments})
        load_taking_part(room, comments)
        begin_approval(room)
        load_margin(room, *read_margins())
        load_messages(room)
        if troupe.key == second.section:
            load_second(second, cast, (troupe, given), text)
    load_earlier(cast)
    for hall, regrades in halls:
        rescore(hall, material.quiz_id, regrades)
        load_gradebook(cast.teacher, hall.troupe)
