"""The composition root: the one place that knows every room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from articles import models as article_models
from articles.commands import article_commands
from articles.holders import init_holders
from articles.jobs import forget_unused_images
from articles.operations.assignments import DATES_CHANGE
from articles.operations.own_dates import own_dates_follow_zone
from articles.views import assignments, images, library, page_text, passages
from classroom import models as classroom_models
from classroom.commands import user_commands
from classroom.jobs import announce_news, forget_old_news
from classroom.mailing import send_letters
from classroom.notifications import Kind, init_notifications
from classroom.operations.enrollments import PEOPLE_CHANGE
from classroom.operations.sections import ZONE_CHANGE
from classroom.sign_ins import load_viewer
from classroom.views import (
    account,
    auth,
    invitations,
    join,
    mail_settings,
    notifications,
    people,
    roster,
    sections,
    unsubscribing,
)
from core import bundles, health, settings
from core.bundles import init_bundles
from core.database import db, init_database
from core.dates import init_dates
from core.errors import init_errors
from core.following import Follower, init_following
from core.jobs import Task, worker_command
from core.live import init_live
from core.live.jobs import forget_old_events
from core.memory import init_memory
from core.security import init_security
from core.text import init_text
from core.translation import init_translation
from core.web import Application, Templates, init_web
from demo.commands import demo_commands
from discussion import group_models, participation_models, projected_models
from discussion import jobs as discussion_jobs
from discussion import models as discussion_models
from discussion import notifications as discussion_notifications
from discussion.holder import CommentSpans
from discussion.operations.groups import groups_follow_people
from discussion.views import (
    comment_files,
    comments,
    confusion,
    flags,
    groups,
    live,
    marks,
    mentions,
    moderation,
    moderation_list,
    mutes,
    notes,
    participation,
    projecting,
    prompts,
    quotes,
)
from quizzes import jobs as quiz_jobs
from quizzes import models as quiz_models
from quizzes import notifications as quiz_notifications
from quizzes.commands import tally_commands
from quizzes.holder import AttemptVersions, QuestionSpans
from quizzes.operations.dates import attempts_follow_dates, attempts_follow_zone
from quizzes.views import (
    accommodations,
    answering,
    authoring,
    bank,
    bank_shares,
    draws,
    grading,
    pasting,
    preview,
    questions,
    regrades,
    saving,
    second_tries,
    taking,
    view_as,
)
from quizzes.views import settings as quiz_settings
from reading import jobs as reading_jobs
from reading import models as reading_models
from reading import notifications as reading_notifications
from reading.views import annotations as reading_annotations
from reading.views import classes, home, reading, search
from results import models as result_models
from results import need_models, seeding_models
from results import notifications as result_notifications
from results.views import (
    catch_up,
    certainty,
    class_readings,
    grade_cells,
    grade_files,
    gradebook,
    grades,
    maps,
    messages,
    needs,
    needs_in_place,
    projector,
    reminders,
    results,
    seeding,
    statistics,
    student_readings,
    taking_part,
)
from results.views import live as results_live

MODELS = (
    classroom_models,
    article_models,
    quiz_models,
    discussion_models,
    participation_models,
    group_models,
    projected_models,
    reading_models,
    result_models,
    need_models,
    seeding_models,
)
BLUEPRINTS = (
    health.blueprint,
    bundles.blueprint,
    account.blueprint,
    auth.blueprint,
    invitations.blueprint,
    join.blueprint,
    notifications.blueprint,
    mail_settings.blueprint,
    unsubscribing.blueprint,
    people.blueprint,
    roster.blueprint,
    sections.blueprint,
    assignments.blueprint,
    library.blueprint,
    images.blueprint,
    passages.blueprint,
    page_text.blueprint,
    authoring.blueprint,
    questions.blueprint,
    pasting.blueprint,
    draws.blueprint,
    bank.blueprint,
    bank_shares.blueprint,
    quiz_settings.blueprint,
    accommodations.blueprint,
    preview.blueprint,
    grading.blueprint,
    regrades.blueprint,
    taking.blueprint,
    view_as.blueprint,
    answering.blueprint,
    saving.blueprint,
    second_tries.blueprint,
    comments.blueprint,
    comment_files.blueprint,
    marks.blueprint,
    moderation.blueprint,
    moderation_list.blueprint,
    flags.blueprint,
    mutes.blueprint,
    participation.blueprint,
    projecting.blueprint,
    groups.blueprint,
    notes.blueprint,
    confusion.blueprint,
    mentions.blueprint,
    quotes.blueprint,
    prompts.blueprint,
    live.blueprint,
    home.blueprint,
    classes.blueprint,
    reading.blueprint,
    reading_annotations.blueprint,
    search.blueprint,
    results.blueprint,
    maps.blueprint,
    taking_part.blueprint,
    results_live.blueprint,
    projector.blueprint,
    reminders.blueprint,
    seeding.blueprint,
    statistics.blueprint,
    certainty.blueprint,
    gradebook.blueprint,
    grade_cells.blueprint,
    grade_files.blueprint,
    grades.blueprint,
    catch_up.blueprint,
    student_readings.blueprint,
    needs.blueprint,
    needs_in_place.blueprint,
    class_readings.blueprint,
    messages.blueprint,
)
SPAN_HOLDERS = (QuestionSpans(), CommentSpans())
VERSION_KEEPERS = (AttemptVersions(),)
NOTIFICATIONS: tuple[Kind, ...] = (
    *quiz_notifications.KINDS,
    *discussion_notifications.KINDS,
    *reading_notifications.KINDS,
    *result_notifications.KINDS,
)
TASKS: tuple[Task, ...] = (
    *quiz_jobs.TASKS,
    *discussion_jobs.TASKS,
    *reading_jobs.TASKS,
    announce_news,
    send_letters,
    forget_old_news,
    forget_unused_images,
    forget_old_events,
)
FOLLOWERS: Mapping[str, tuple[Follower, ...]] = {
    DATES_CHANGE: (attempts_follow_dates,),
    ZONE_CHANGE: (attempts_follow_zone, own_dates_follow_zone),
    PEOPLE_CHANGE: (groups_follow_people,),
}
COMMANDS: tuple[Any, ...] = (
    user_commands,
    article_commands,
    tally_commands,
    demo_commands,
    worker_command(TASKS),
)


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Return the application, configured from the environment and then from `overrides`.

    Raises core.settings.SettingsError when a setting is missing or cannot be used.
    """
    config = settings.load(overrides)
    app = Application("app", instance_path=config["COLLOQUY_INSTANCE"])
    app.config.update(config)
    app.jinja_environment = Templates  # before anything asks for templates
    init_database(app)
    Migrate(app, db, directory="migrations", compare_type=True)
    init_security(app, load_viewer)
    for init in (init_memory, init_translation, init_web, init_text, init_bundles, init_dates, init_errors, init_live):
        init(app)
    init_following(app, FOLLOWERS)
    init_holders(app, SPAN_HOLDERS, VERSION_KEEPERS)
    init_notifications(app, NOTIFICATIONS)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for group in COMMANDS:
        app.cli.add_command(group)
    return app
