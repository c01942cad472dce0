"""Until an attempt is handed in, nothing that its browser receives holds the key, the feedback or the score.

Every answer of the server on the way is searched for the words of the key, and compared with what it would have
been under another key: it may not depend on it in any form.
"""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from sqlalchemy import select, update

from core.database import commit, db
from quizzes.deliveries import RELEASES, DeliveryRules
from quizzes.models import Attempt, QuestionVersion, Response
from quizzes.question_types import TYPES
from tests.quizzes.other_keys import CHANGES, other_key
from tests.quizzes.samples import SAMPLES, SECRET
from tests.quizzes.sitting import save, start

LAYOUTS = ("one", "all")
EVERYTHING_AT_ONCE = dict.fromkeys(RELEASES, "at_once")
each_type = pytest.mark.parametrize("name", [*sorted(TYPES), "single_choice+evidence"])
each_layout = pytest.mark.parametrize("layout", LAYOUTS)
# Words of a result, which no page of an attempt in progress has a use for.
TOLD = ("What would have been right", "Partly right", "Not yet<", '"fraction"', '"points"', "general_feedback")


def words_of(answer) -> str:
    """Everything of an answer that a browser gets: where it leads, its headers and its body."""
    kept = [f"{name}: {value}" for name, value in answer.headers if name not in ("Set-Cookie", "ETag", "Date")]
    return "\n".join([str(answer.status_code), *kept, body_of(answer)])


def body_of(answer) -> str:
    """All of a page, and of the sheets of a workbook; of a stream, which stays open for minutes, its beginning."""
    if answer.mimetype.endswith("spreadsheetml.sheet"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
            return "\n".join(file.read(name).decode() for name in file.namelist() if "worksheets" in name)
    if answer.mimetype != "text/event-stream":
        return answer.get_data(as_text=True)
    begun = next(iter(answer.response)).decode()
    answer.close()
    return begun


def without_chance(words: str) -> str:
    """The same words without tokens, which differ each time."""
    token = r'(name="(?:csrf_token|writer)" value=|name="csrf-token" content=|"token":\s*)"[^"]*"'
    words = re.sub(token, r'\1""', words)
    return re.sub(r"Content-Length: \d+", "", words)


class Walk:
    """A student's way through an attempt, with everything that comes back."""

    def __init__(self, client, sitting, asked, layout):
        self.client, self.sitting, self.layout = client, sitting, layout
        self.name, _plus, self.part = asked.partition("+")
        self.item = sitting.items[self.name]
        self.seen = []

    def fields(self, which="right", **more):
        """What a form sends: with the third sentence or, if it is right, the fourth as evidence beside a choice."""
        fields = self.sitting.fields(self.name, which, **more)
        if self.part and which in ("right", "wrong"):
            fields[f"answer-{self.item}.{self.part}"] = [str(self.sitting.sentences[3 if which == "right" else 2])]
        return fields

    def keep(self, answer):
        self.seen.append(words_of(answer))
        return answer

    def get(self, path):
        return self.keep(self.client.get(path))

    def form(self, path, which, **more):
        return self.keep(self.client.post(path, data=self.fields(which, **more)))

    def go(self, attempt):
        """Every page and every save, right, wrong, refused and stale, by script and by form."""
        here, fields = f"/attempts/{attempt}", self.fields
        for which in ("right", "wrong", "refused", "empty"):
            self.keep(save(self.client, attempt, self.item, fields(which)))
            batch = {"data": fields(which), "headers": {"Accept": "application/json"}}
            self.keep(self.client.post(f"{here}/responses", **batch))
            for path in (f"{here}/questions/1", f"{here}/responses"):
                self.form(path, which)
            for path in (here, f"{here}/questions/1", f"{here}/check"):
                self.get(path)
        self.form(f"{here}/questions/1", "right", writer="w2", revision=10**8)  # stale, after "empty": a clash
        self.keep(save(self.client, attempt, self.item, fields("wrong", writer="w3")))
        self.keep(save(self.client, attempt, self.item, fields("right", writer="w4")))
        for path in ("/result", f"/second-tries/{self.item}", "/questions/2", "/questions/0"):
            self.get(here + path)
        self.keep(save(self.client, attempt, 999, fields()))
        if self.layout == "one":  # other pages are the same, however its questions are laid out
            for path in self.every_address(attempt):
                self.get(path)
        return self.seen

    def every_address(self, attempt):
        """Every address that answers GET, filled with the ids of this sitting: staff's pages and others' as well."""
        sitting, application = self.sitting, self.client.application
        known = {"attempt_id": attempt, "item_id": self.item, "quiz_id": sitting.quiz}
        known |= {"delivery_id": sitting.delivery, "assignment_id": sitting.assignment, "kind": "csv"}
        places = application.url_map.bind("localhost")
        for rule in application.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint != "static":
                yield places.build(rule.endpoint, {name: known.get(name, 1) for name in rule.arguments}, "GET")


def walk(client, sitting, name, layout):
    """Start, and go all the way."""
    way = Walk(client, sitting, name, layout)
    way.get(f"/deliveries/{sitting.delivery}")
    way.keep(client.post(f"/deliveries/{sitting.delivery}/attempts", data={"access_code": "wrong"}))
    started = client.post(f"/deliveries/{sitting.delivery}/attempts", data={"access_code": "sesame"})
    way.keep(started)
    return way.go(int(started.headers["Location"].rsplit("/", 1)[1]))


def begin_again(app, attempt):
    """Take back what was saved, so that the same way can be gone once more."""
    blank = {"answer": None, "answer_key": None, "fraction": 0, "points": 0, "revision": 0, "writer": ""}
    blank |= {"saved_at": None, "certainty": None, "evidence_key": None, "evidence_fraction": None}
    with app.app_context():
        db.session.execute(update(Response).where(Response.attempt_id == attempt).values(**blank))
        db.session.execute(update(Attempt).where(Attempt.id == attempt).values(points=0, ungraded=0))
        commit()


def rules_of(layout):
    """As open as can be, with everything that adds to a page."""
    return DeliveryRules(
        layout=layout, access_code="sesame", certainty="counted", second_try_percent=50, **EVERYTHING_AT_ONCE
    )


def test_every_type_has_another_key():
    assert set(CHANGES) == set(TYPES)
    for name, kind in TYPES.items():
        before, after = (kind.read(content) for content in (SAMPLES[name].content, other_key(name)))
        assert kind.has_key is (before != after)
        right = kind.parse_answer(before, SAMPLES[name].right)
        if kind.has_key and not kind.needs_person:
            assert kind.grade(before, right) != kind.grade(after, right), name


@pytest.mark.sqlite_only
@each_layout
@each_type
def test_nothing_of_the_key_is_in_anything_that_comes_back(sit, people, sign_in, name, layout):
    sitting = sit(rules_of(layout), None, (name,))
    for words in walk(sign_in(people.student), sitting, name, layout):
        assert SECRET not in words
        for told in TOLD:
            assert told not in words, told


@pytest.mark.sqlite_only
@each_layout
@each_type
def test_nothing_that_comes_back_depends_on_the_key(app, sit, people, sign_in, clock, name, layout):
    sitting = sit(rules_of(layout), None, (name,))
    me = sign_in(people.student)
    attempt = start(me, sitting, access_code="sesame")
    first = [without_chance(words) for words in Walk(me, sitting, name, layout).go(attempt)]
    begin_again(app, attempt)
    with app.app_context():
        version, content = db.session.execute(select(QuestionVersion.id, QuestionVersion.content)).one()
        changed = update(QuestionVersion).where(QuestionVersion.id == version)
        db.session.execute(changed.values(content=other_key(name.partition("+")[0], content)))
        commit()
    app.extensions["memory"].forget()
    second = [without_chance(words) for words in Walk(me, sitting, name, layout).go(attempt)]
    assert first == second
