"""Who may do what: the home page, the class's page, the library and the article in a class."""

from __future__ import annotations

from dataclasses import replace

from tests.support.route_access import AUTHOR, INSTRUCTORS, MEMBERS, SIGNED_IN, TEACHER, Access
from tests.support.route_values import image_of_the_article, lost_passage

ARTICLES: dict[str, Access] = {
    # The home page, the class page and the article in a class.
    "home.index": SIGNED_IN,
    "classpage.index": MEMBERS,
    "reading.article": MEMBERS,
    "search.index": replace(MEMBERS, query="?q=bridge"),
    "annotations.index": MEMBERS,
    "annotations.download": MEMBERS,
    "annotations.preview": MEMBERS.given({"document": "{}"}),
    "annotations.create": MEMBERS.given({"document": "{}"}),
    # The library, and an article's dates in each class.
    "library.index": INSTRUCTORS,
    "library.new": INSTRUCTORS,
    "library.preview": INSTRUCTORS.given({"body": "A sentence of the text."}),
    "library.create": INSTRUCTORS.given({"title": "A title", "body": "A sentence of the text."}),
    "library.show": AUTHOR,
    "library.edit": AUTHOR,
    "library.preview_edit": AUTHOR.given({"title": "A title", "body": "A sentence of the text."}),
    "library.save": AUTHOR.given({"title": "A title", "body": "A sentence of the text."}),
    "library.archive": AUTHOR,
    "library.restore": AUTHOR,
    "library.confirm_deletion": AUTHOR,
    "library.delete": AUTHOR,
    "images.show": MEMBERS.given(values=image_of_the_article),
    "passages.put_back": AUTHOR.given({"version": "1", "place": "1.1"}, lost_passage),
    "assignments.index": AUTHOR,
    "assignments.save": AUTHOR,
    "assignments.remove": AUTHOR,
    "assignments.dates": TEACHER,
    "assignments.change_dates": TEACHER,
}
