"""What classes are told about prompts although nobody opens a page."""

from __future__ import annotations

from classroom.fan_outs import fan_out
from discussion.notifications import NEW_PROMPT, PROMPT_CLOSES
from discussion.queries.opened import of_new_prompts, of_prompts_closing

TASKS = (
    fan_out("worker: prompts that classes were told of: {n}", NEW_PROMPT, of_new_prompts),
    fan_out("worker: prompts that classes were reminded of: {n}", PROMPT_CLOSES, of_prompts_closing),
)
