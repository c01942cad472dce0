"""`flask article import`: an article from the command line."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from articles.models import Article, VersionSentence
from core.database import db


@pytest.fixture
def run(app, people):
    def command(*arguments):
        return app.test_cli_runner().invoke(args=["article", "import", *map(str, arguments)])

    return command


def articles(app) -> list[tuple[str, str, int]]:
    with app.app_context():
        rows = db.session.execute(select(Article.title, Article.language, Article.owner_id).order_by(Article.id))
        return [tuple(row) for row in rows]


def test_a_file_goes_into_the_library_of_its_owner(app, people, run, tmp_path):
    file = tmp_path / "the-new-bridge.txt"
    file.write_text("It was built. Dr. Lund spoke.\nIt is long.", encoding="utf-8")
    done = run(file, "--owner", "Instructor@Example.org")
    assert done.exit_code == 0, done.output
    assert "“The new bridge”, 2 paragraphs, 3 sentences." in done.output
    assert articles(app) == [("The new bridge", "en", people.instructor.id)]
    with app.app_context():
        texts = db.session.scalars(select(VersionSentence.text).order_by(VersionSentence.position)).all()
    assert texts == ["It was built.", "Dr. Lund spoke.", "It is long."]


def test_title_and_language_can_be_given_and_losses_are_told(app, people, run, tmp_path):
    file = tmp_path / "page.html"
    file.write_text("<h1>Brua</h1><p>En setning.</p><img alt='Kart'><script>x</script>", encoding="utf-8")
    done = run(file, "--owner", people.instructor.email, "--title", "My bridge", "--language", "no")
    assert done.exit_code == 0, done.output
    assert "1 script was left out." in done.output
    assert articles(app) == [("My bridge", "no", people.instructor.id)]


def test_that_an_encoding_was_guessed_is_said(run, tmp_path, people):
    file = tmp_path / "a.txt"
    file.write_bytes("Le café est fermé.".encode("cp1252"))
    assert "It was read as windows-1252." in run(file, "--owner", people.instructor.email).output


@pytest.mark.parametrize(
    ("name", "data", "owner", "words"),
    [
        ("empty.txt", b"", "instructor@example.org", "There is no text in it"),
        ("binary.txt", b"\x00\x01", "instructor@example.org", "This file is not text"),
        ("paper.pdf", b"%PDF-1.7", "instructor@example.org", "This PDF file is damaged"),
        ("large.txt", b"a" * 20_000_000, "instructor@example.org", "larger than 10 MB"),
        ("a.txt", b"Text.", "nobody@example.org", "Nobody here has"),
        ("a.txt", b"Text.", "student@example.org", "only instructors have a library"),
    ],
)
def test_what_cannot_be_imported_changes_nothing(app, run, tmp_path, name, data, owner, words):
    file = tmp_path / name
    file.write_bytes(data)
    done = run(file, "--owner", owner)
    assert done.exit_code == 1
    assert words in done.output
    assert articles(app) == []


def test_an_unknown_language_is_refused(app, run, tmp_path, people):
    file = tmp_path / "a.txt"
    file.write_text("Text.")
    done = run(file, "--owner", people.instructor.email, "--language", "klingon")
    assert done.exit_code == 1
    assert "no language that is known here" in done.output


def test_a_file_that_is_not_there_is_said(run, people):
    done = run("/nowhere/a.txt", "--owner", people.instructor.email)
    assert done.exit_code == 2
    assert "does not exist" in done.output
