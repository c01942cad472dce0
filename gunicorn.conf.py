"""Read by gunicorn from the folder it starts in. The command line says the rest."""

import gc
from typing import Any

# Between two looks for garbage; a page of a long thread makes more objects than Python's own 700 allow for.
ALLOCATIONS = 20_000
# What a whole class opens in the same second. Unprepared, each thread would compile these while the others wait.
OPENED_TOGETHER = ("base.html", "macros/", "articles/_", "quizzes/taking/", "quizzes/question_types/")


def post_worker_init(worker: Any) -> None:
    """Have the pages of a quiz ready, and leave what the application is made of out of every later look for garbage."""
    templates = worker.wsgi.jinja_env
    for name in templates.list_templates():
        if name.startswith(OPENED_TOGETHER) and not name.endswith(("edit.html", "review.html")):
            templates.get_template(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, 20, 50)
