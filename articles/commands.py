"""`flask article …`: bringing articles in from the command line."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from articles import languages, losses, operations
from articles.drafts import prepare
from articles.forms import title_from_filename
from articles.image_changes import images_of
from articles.importing import refusal
from articles.importing.formats import source_of_file
from articles.importing.refusal import ImportRefused
from articles.permissions import may_keep_articles
from articles.queries import find_owner
from core.database import commit

article_commands = AppGroup("article", help="Articles in instructors' libraries.")


@article_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--owner", required=True, metavar="EMAIL", help="The instructor whose library it goes to.")
@click.option("--title", default="", help="Instead of the text's own title.")
@click.option("--language", default="", metavar="CODE", help="Such as en or ar, instead of what the text tells.")
def import_file(file: Path, owner: str, title: str, language: str) -> None:
    """Put FILE (plain text, Markdown, HTML, DOCX or PDF) into an instructor's library."""
    if language and not languages.known(language):
        raise click.ClickException(f"“{language}” is no language that is known here. Use a code such as en.")
    with file.open("rb") as opened:
        data = opened.read(refusal.MAX_BYTES + 1)
    try:
        source = source_of_file(data, file.name)
        draft = prepare(source, title, language)
    except ImportRefused as refused:
        raise click.ClickException(str(refused)) from refused
    account = find_owner(owner)
    if account is None:
        raise click.ClickException(f"Nobody here has the e-mail address or username {owner}.")
    if not may_keep_articles(account):
        raise click.ClickException(f"{owner} is a student's account; only instructors have a library.")
    draft = draft.titled(draft.title or title_from_filename(file.name))
    article_id = operations.create_article(account.id, draft).id
    commit()
    click.echo(
        f"Article {article_id}: “{draft.title}”, {draft.paragraph_count} paragraphs, {draft.sentence_count} sentences."
    )
    if source.guessed_encoding:
        click.echo(f"The file does not say how its characters are written. It was read as {source.guessed_encoding}.")
    for sentence in losses.told(draft.dropped):
        click.echo(sentence)
    if silent := sum(image.alt is None for image in images_of(draft)):
        click.echo(losses.undescribed(silent))
