"""Read by gunicorn from the folder it starts in. The command line says the rest."""

import gc
import importlib
from typing import Any

# Between two looks for garbage; a page of a long thread makes more objects than Python's own 700 allow for.
ALLOCATIONS = 20_000
# What a whole class opens in the same second. Unprepared, each thread would compile these while the others wait.
OPENED_TOGETHER = ("base.html", "macros/", "articles/_", "quizzes/taking/", "quizzes/question_types/")


def on_starting(server: Any) -> None:
    """Load the code once, for all workers: each then starts in a moment, as does one that takes a dead one's place.

    The application itself, its connections and threads are made in each worker. New code needs a new start.
    """
    if server.app.app_uri == "wsgi:app":  # not for the bench's yardstick
        gc.disable()
        importlib.import_module("app")
        gc.enable()


def post_worker_init(worker: Any) -> None:
    """Have the pages of a quiz ready, keep streams in their place, and look for garbage only in what comes later."""
    templates = worker.wsgi.jinja_env
    for name in templates.list_templates():
        if name.startswith(OPENED_TOGETHER) and not name.endswith(("edit.html", "review.html")):
            templates.get_template(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, 20, 50)
    hub = getattr(worker.wsgi, "extensions", {}).get("live")
    if hub is not None:  # the bench's yardstick has none
        hub.most = worker.cfg.threads * 3 // 4  # each holds a thread; the others answer requests
        hub.goes_on = lambda: worker.alive  # a worker that is told to end does not wait for them
