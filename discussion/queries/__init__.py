"""What is read about discussions; everything is found through the viewer's place in the class, and gated."""

from discussion.queries.acts import ActRow, list_acts
from discussion.queries.comments import (
    MOST_ON_A_PAGE,
    CommentPlace,
    CommentRow,
    RevisionRow,
    get_comment_body,
    get_comment_for,
    get_note_for,
    list_comments,
    list_revisions,
    list_some_comments,
)
from discussion.queries.counts import count_thread
from discussion.queries.discussions import (
    DiscussionRow,
    get_discussion_for,
    list_discussions_for,
    list_thread_gates,
    list_thread_ids,
)
from discussion.queries.groups import MemberRow, count_groups, has_group_posts, list_groups, list_members
from discussion.queries.heard import list_heard, list_topics_for
from discussion.queries.ledgers import find_ledger, list_requirements, read_class_ledger
from discussion.queries.margins import (
    AnchorRow,
    ConfusionRow,
    as_margin,
    count_confused,
    get_margin_for,
    list_anchors,
    list_confusion,
    list_last_words,
    list_places_of,
)
from discussion.queries.mentions import NamedRow, list_nameable
from discussion.queries.moderation import (
    FlagRow,
    ModerationRow,
    OwnFlag,
    Waiting,
    count_waiting,
    find_own_flag,
    list_flags,
    list_to_moderate,
)
from discussion.queries.notes import NoteRow, get_note, list_notes, list_notes_of_paragraph
from discussion.queries.open_questions import OpenQuestionRow, list_open_questions
from discussion.queries.outlines import OutlineRow, list_outline
from discussion.queries.participation import posts_by_person
from discussion.queries.passages import (
    PassageRow,
    Passages,
    list_chips,
    list_chips_in_prompts,
    list_chips_of,
    list_passages,
    list_prompt_passages,
    list_unknown,
)
from discussion.queries.posting import NoteSpot, ParentRow, PostingState, find_noting_state, find_posting_state
from discussion.queries.projected import list_projected
from discussion.queries.prompts import (
    GivenRow,
    PromptRow,
    get_prompt_for,
    get_prompt_in_class_for,
    list_given,
    list_prompts_for,
    owns_article,
)
from discussion.queries.quoted import list_quoting
from discussion.queries.reactions import list_reactions
from discussion.queries.showable import ShowableRow, list_showable
from discussion.queries.summaries import DiscussionSummary, list_prompt_deliveries_for
from discussion.queries.turnouts import TurnoutRow, list_turnouts
from discussion.queries.unread import (
    LatestRow,
    count_unread_by_assignment,
    count_unread_for,
    list_latest_comments_for,
    list_new_replies_to,
    list_replies_to,
)

ReplyRow = LatestRow

__all__ = [
    "MOST_ON_A_PAGE",
    "ActRow",
    "AnchorRow",
    "CommentPlace",
    "CommentRow",
    "ConfusionRow",
    "DiscussionRow",
    "DiscussionSummary",
    "FlagRow",
    "GivenRow",
    "LatestRow",
    "MemberRow",
    "ModerationRow",
    "NamedRow",
    "NoteRow",
    "NoteSpot",
    "OpenQuestionRow",
    "OutlineRow",
    "OwnFlag",
    "ParentRow",
    "PassageRow",
    "Passages",
    "PostingState",
    "PromptRow",
    "ReplyRow",
    "RevisionRow",
    "ShowableRow",
    "TurnoutRow",
    "Waiting",
    "as_margin",
    "count_confused",
    "count_groups",
    "count_thread",
    "count_unread_by_assignment",
    "count_unread_for",
    "count_waiting",
    "find_ledger",
    "find_noting_state",
    "find_own_flag",
    "find_posting_state",
    "get_comment_body",
    "get_comment_for",
    "get_discussion_for",
    "get_margin_for",
    "get_note",
    "get_note_for",
    "get_prompt_for",
    "get_prompt_in_class_for",
    "has_group_posts",
    "list_acts",
    "list_anchors",
    "list_chips",
    "list_chips_in_prompts",
    "list_chips_of",
    "list_comments",
    "list_confusion",
    "list_discussions_for",
    "list_flags",
    "list_given",
    "list_groups",
    "list_heard",
    "list_last_words",
    "list_latest_comments_for",
    "list_members",
    "list_nameable",
    "list_new_replies_to",
    "list_notes",
    "list_notes_of_paragraph",
    "list_open_questions",
    "list_outline",
    "list_passages",
    "list_places_of",
    "list_projected",
    "list_prompt_deliveries_for",
    "list_prompt_passages",
    "list_prompts_for",
    "list_quoting",
    "list_reactions",
    "list_replies_to",
    "list_requirements",
    "list_revisions",
    "list_showable",
    "list_some_comments",
    "list_thread_gates",
    "list_thread_ids",
    "list_to_moderate",
    "list_topics_for",
    "list_turnouts",
    "list_unknown",
    "owns_article",
    "posts_by_person",
    "read_class_ledger",
]
