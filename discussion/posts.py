"""A thread as it is shown: every comment with its words filled in and what the viewer may do. No database here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby

from core.text import joined, rendered
from discussion import permissions
from discussion.comment_text import stamp
from discussion.names import anonymous_name, knows_author
from discussion.permissions import DiscussionPlace
from discussion.post_markup import (
    CLOSED,
    NOTHING,
    REPLIES,
    REPLIES_END,
    Answered,
    PostWriter,
    ShownComment,
    reactions_markup,
)
from discussion.reactions import Reacted
from discussion.references import Chip, fill
from discussion.threads import Node

NO_CHIPS: Mapping[int, Chip] = {}


@dataclass(slots=True)
class Post:
    """One comment on the page. Of a comment that is gone nothing but its place is filled in."""

    id: int
    gone: str = ""  # "deleted" or "hidden"
    name: str = ""
    role: str = ""  # "instructor", "assistant" or ""
    is_new: bool = False
    is_mine: bool = False
    is_hidden: bool = False
    hidden_reason: str = ""
    is_endorsed: bool = False
    endorser: str = ""
    endorsement: str = ""
    may_answer: bool = False
    quoting: str = ""  # where an answer to a note is quoted in another
    may_edit: bool = False
    may_delete: bool = False
    may_endorse: bool = False
    may_hide: bool = False
    may_flag: bool = False
    is_pinned: bool = False
    waits: bool = False
    may_approve: bool = False
    version: str = ""  # of what it says, where it can be approved
    known_as: str = ""  # to classmates, of a post that is anonymous to them; for who knows its author
    may_pin: bool = False
    may_project: bool = False
    is_projected: bool = False
    group: int | None = None  # the number of the group for which it begins a branch, for staff
    has_history: bool = False
    whole: str = ""  # all of it, in markup; of a post with something rare to it the three parts instead
    opening: str = ""
    dated: str = ""
    words: str = ""
    replies: list[Post] = field(default_factory=list)
    line: bool = False  # what is new begins here
    closing: str = CLOSED  # the markup after it: what it leaves open and what it ends
    has_form: bool = False  # after it stands the form for a reply, and after that its top post ends

    @property
    def is_marked(self) -> bool:
        """Whether something is to be said about it: by staff, that it waits, is anonymous, or for which group it is."""
        told = self.is_hidden or self.is_endorsed or self.is_pinned or self.waits
        return told or self.is_projected or bool(self.known_as) or self.group is not None

    @property
    def has_more(self) -> bool:
        """Whether the viewer can do more with it than reply."""
        may_change = self.may_delete or self.may_edit or self.may_endorse or self.may_hide or self.may_pin
        return may_change or self.has_history or self.may_project


@dataclass(frozen=True)
class Showing:
    """What all posts of a page share."""

    place: DiscussionPlace
    now: datetime
    zone: str
    reading_url: str
    chips: Mapping[int, Mapping[int, Chip]]
    reactions: Mapping[int, Mapping[str, Reacted]] = field(default_factory=dict)
    offers_reply: bool = True  # beside each post; else there is one place for all
    groups: Mapping[int, int] = field(default_factory=dict)  # their numbers by id, where they are to be told
    projected: Collection[int] = ()  # what is on the projector, for staff

    @cached_property
    def may_post(self) -> bool:
        """Whether the viewer may write here at all."""
        return permissions.may_post(self.place, self.now)

    @cached_property
    def is_staff(self) -> bool:
        """Whether the viewer is of the class's staff."""
        return permissions.is_staff(self.place)


def show_posts(nodes: Sequence[Node[ShownComment]], showing: Showing) -> list[Post]:
    """Return the posts of a thread, each with its replies."""
    writer = PostWriter(showing.zone, showing.now)
    posts = []
    for node in nodes:
        post = show_post(node.comment, None, showing, writer)
        post.replies = [show_post(reply.comment, reply.answers, showing, writer) for reply in node.replies]
        posts.append(post)
    return posts


def show_post(comment: ShownComment, answers: Answered | None, showing: Showing, writer: PostWriter) -> Post:
    """Return one post without its replies. `answers`: the comment it answers, if that is to be said."""
    post = describe(comment, showing)
    if post.gone:
        return post
    if post.may_answer and comment.root_id is not None:
        post.quoting = writer.quoting(comment)
    post.may_answer = post.may_answer and showing.offers_reply
    has_more = (post.is_mine or showing.is_staff) and post.has_more
    html = fill(comment.body_html, showing.chips.get(comment.id, NO_CHIPS), showing.reading_url)
    opening, dated = writer.opening(comment, post.is_mine), writer.dated(comment, post.is_new, post.may_flag)
    said = reactions_markup(showing.reactions.get(comment.id, {}))
    reply = NOTHING
    if not has_more and (post.may_answer or post.quoting):
        reply = writer.quote(comment) if post.quoting else writer.reply(comment)
    words = f"{writer.words(html, answers)}{said}{reply}"
    if post.role or has_more or post.is_marked:
        post.opening, post.dated, post.words = rendered(opening), rendered(dated), rendered(words)
    else:
        post.whole = rendered(opening + dated + words)
    return post


def describe(comment: ShownComment, showing: Showing) -> Post:
    """Return who wrote a comment, what became of it, and what the viewer may do with it; its words are left out."""
    if comment.gone:
        return Post(comment.id, gone="deleted" if comment.deleted_at else "hidden")
    mine = comment.enrollment_id == showing.place.enrollment_id
    is_hidden = comment.hidden_at is not None
    post = Post(
        id=comment.id,
        name=comment.author_name,
        role="" if comment.author_role in ("student", "observer") else comment.author_role,
        is_new=not comment.is_read and not is_hidden,
        is_mine=mine,
        is_hidden=is_hidden,
        is_endorsed=comment.endorsed_at is not None,
        is_pinned=comment.pinned_at is not None,
        waits=comment.waits,
        is_projected=comment.id in showing.projected and not (is_hidden or comment.waits),
        group=showing.groups.get(comment.group_id or 0) if comment.parent_id is None else None,
        may_answer=showing.may_post and permissions.stands(comment) and permissions.is_in_reach(showing.place, comment),
        may_flag=permissions.may_flag(showing.place, comment),
    )
    if comment.alias is not None and knows_author(showing.place, comment.enrollment_id, comment.alias):
        post.known_as = anonymous_name(comment.alias)
    if mine or showing.is_staff or post.is_marked:
        _fill_in_rights(post, comment, showing)
    return post


def _fill_in_rights(post: Post, comment: ShownComment, showing: Showing) -> None:
    """Say what its author and staff may do with it, and what staff have said about it."""
    place = showing.place
    if post.is_mine:
        post.may_edit = permissions.may_edit(place, comment, showing.now)
        post.may_delete = permissions.may_delete(place, comment)
    if showing.is_staff:
        post.may_endorse = permissions.may_endorse(place, comment)
        post.may_hide = not post.is_mine and permissions.may_moderate(place)
        post.may_approve = permissions.may_approve(place, comment)
        post.version = stamp(comment.edited_at) if post.may_approve else ""
        post.may_pin = permissions.may_pin(place, comment)
        post.may_project = permissions.may_project(place, comment)
        post.has_history = comment.edited_at is not None
    if post.is_marked:
        post.hidden_reason = comment.hidden_reason
        post.endorser, post.endorsement = comment.endorser_name or "", comment.endorsement_reason


def lay_out(posts: Sequence[Post], reply_root: Post | None, line_at: int | None = None) -> list[Post]:
    """Return each top post followed by its replies, each with the markup that ends it, as few pieces for the template.

    The form for a reply comes last in `reply_root`. `line_at`: the top post before which a line stands.
    """
    flat: list[Post] = []
    for post in posts:
        inside = [post, *post.replies]
        post.line = post.id == line_at
        if post.replies or post is reply_root:
            post.closing = REPLIES
            inside[-1].has_form = post is reply_root
            if post is not reply_root:
                inside[-1].closing += REPLIES_END
        flat += inside
    return _joined(flat)


def _joined(posts: Sequence[Post]) -> list[Post]:
    """Return the posts with each run of ordinary ones joined into one: a template's loop costs more than they do."""
    pieces: list[Post] = []
    for is_ordinary, run in groupby(posts, key=_is_ordinary):
        if is_ordinary:
            together = list(run)
            whole = joined(part for post in together for part in (post.whole, post.closing))
            pieces.append(Post(together[0].id, whole=whole, closing=NOTHING))
        else:
            pieces += run
    return pieces


def _is_ordinary(post: Post) -> bool:
    return bool(post.whole) and not post.line and not post.has_form
