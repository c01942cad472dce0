"""Read by gunicorn from the folder it starts in. The command line says the rest."""

import gc

# Between two looks for garbage; a page of a long thread makes more objects than Python's own 700 allow for.
ALLOCATIONS = 20_000


def post_worker_init(_worker: object) -> None:
    """Leave what the application is made of out of every later look for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, 20, 50)
