"""What could not come along with a text, in words for the instructor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask_babel import ngettext

from articles.importing.document import Dropped

WORDS: dict[str, Callable[[int], str]] = {
    "image": lambda n: ngettext("%(num)d picture was left out.", "%(num)d pictures were left out.", n),
    "image_elsewhere": lambda n: ngettext(
        "%(num)d picture is kept elsewhere and was left out: nothing is ever fetched. Save and add it below.",
        "%(num)d pictures are kept elsewhere and were left out: nothing is ever fetched. Save and add them below.",
        n,
    ),
    "image_gone": lambda n: ngettext(
        "%(num)d picture is not among yours and was left out.",
        "%(num)d pictures are not among yours and were left out.",
        n,
    ),
    "image_type": lambda n: ngettext(
        "%(num)d picture was left out, as it is no PNG, JPEG, GIF or WebP.",
        "%(num)d pictures were left out, as they are no PNG, JPEG, GIF or WebP.",
        n,
    ),
    "image_large": lambda n: ngettext(
        "%(num)d picture was left out, as it is larger than 5 MB or 40 million pixels.",
        "%(num)d pictures were left out, as they are larger than 5 MB or 40 million pixels.",
        n,
    ),
    "image_broken": lambda n: ngettext(
        "%(num)d picture was left out, as its file is damaged.",
        "%(num)d pictures were left out, as their files are damaged.",
        n,
    ),
    "image_many": lambda n: ngettext(
        "%(num)d picture was left out: a text can have 200.", "%(num)d pictures were left out: a text can have 200.", n
    ),
    "script": lambda n: ngettext("%(num)d script was left out.", "%(num)d scripts were left out.", n),
    "frame": lambda n: ngettext("%(num)d embedded page was left out.", "%(num)d embedded pages were left out.", n),
    "media": lambda n: ngettext(
        "%(num)d film or recording was left out.", "%(num)d films or recordings were left out.", n
    ),
    "drawing": lambda n: ngettext("%(num)d drawing was left out.", "%(num)d drawings were left out.", n),
    "field": lambda n: ngettext(
        "%(num)d field or button was left out.", "%(num)d fields and buttons were left out.", n
    ),
    "around": lambda n: ngettext(
        "%(num)d part of the page around the article was left out.",
        "%(num)d parts of the page around the article were left out.",
        n,
    ),
    "running_head": lambda n: ngettext(
        "%(num)d page number or running head was left out.",
        "%(num)d page numbers and running heads were left out.",
        n,
    ),
    "table": lambda n: ngettext(
        "%(num)d table is kept as text, one row to a paragraph.",
        "%(num)d tables are kept as text, one row to a paragraph.",
        n,
    ),
}


def told(dropped: Sequence[Dropped]) -> list[str]:
    """Return a sentence for each kind of thing that was left out or changed."""
    sentences = []
    for lost in dropped:
        words = WORDS[lost.kind](lost.count)
        if lost.kept:
            kept = ngettext(
                "%(num)d description stays in the text.", "%(num)d descriptions stay in the text.", len(lost.kept)
            )
            words = f"{words} {kept}"
        sentences.append(words)
    return sentences


def undescribed(count: int) -> str:
    """Return how many pictures have no words yet."""
    return ngettext("%(num)d picture has no words yet.", "%(num)d pictures have no words yet.", count)
