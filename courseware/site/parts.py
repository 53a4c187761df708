"""What a session gives to the site: its page's article, pictures, and what the catalogue says of it.

A part is a small archive, so that it travels, is kept and is searched for leaks like any other file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from courseware.html.screen import SearchPlace, for_screen
from courseware.inspection.made import Made
from courseware.media.pictures import Gallery
from courseware.model.blocks import Paragraph
from courseware.model.session import Course, Session
from courseware.model.walk import blocks_of
from courseware.products.deck.cues import direction_of_text, language_of
from courseware.products.table import Page
from courseware.site.search import words_of

ARTICLE, ABOUT, PICTURES = "article.html", "about.json", "pictures/"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: nothing comes from the clock."""
LONGEST = 220
"""Characters that the catalogue says of a session at most."""
_SENTENCE = re.compile(r"(?<=[.!?。！？।؟])\s*")


class About(msgspec.Struct, frozen=True):
    """What the catalogue and a page's frame say of a session; `minutes` are low and high, 0 where unknown.

    `words` are those that a search finds its places by.
    """

    path: str
    title: str
    label: str = ""
    module: str = ""
    language: str = "en"
    direction: str = "ltr"
    minutes: tuple[int, int] = (0, 0)
    exercises: int = 0
    says: str = ""
    places: tuple[SearchPlace, ...] = ()
    icons: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class OpenPart(msgspec.Struct, frozen=True):
    """A part opened."""

    about: About
    article: str
    pictures: dict[str, bytes]


def write_part(page: Page, root: Path, paper: str) -> Made:
    """Return a session's part of the site; a screen has no paper."""
    gallery = Gallery(root)
    screen = for_screen(page, root, gallery)
    about = about_of(page.course, page.session)
    words = words_of(screen.places)
    about = msgspec.structs.replace(about, places=screen.places, icons=screen.icons, words=words)
    files = {ARTICLE: screen.html.encode(), ABOUT: msgspec.json.encode(about)}
    files |= {PICTURES + name: data for name, data in screen.pictures.items()}
    return Made(archived(files), 1, tuple(gallery.findings), ids=screen.ids)


def archived(files: Mapping[str, bytes]) -> bytes:
    """Return files as an archive whose bytes are the same for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(entry_of(name, zipfile.ZIP_DEFLATED), data)
    return made.getvalue()


def entry_of(name: str, how: int) -> zipfile.ZipInfo:
    """Return a file's entry in an archive, packed in a way of `zipfile`'s."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    return entry


def read_part(data: bytes) -> OpenPart:
    """Return a part as it was written."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    about = msgspec.json.decode(files.pop(ABOUT), type=About)
    article = files.pop(ARTICLE).decode()
    return OpenPart(about, article, {n.removeprefix(PICTURES): d for n, d in files.items()})


def about_of(course: Course, session: Session) -> About:
    """Return what is said of a session."""
    length = session.length
    return About(
        path=session.path,
        title=session.title.plain,
        label=session.label,
        module=session.module,
        language=language_of(course, session),
        direction=direction_of_text(course, session),
        minutes=(length.low, length.high) if length else (0, 0),
        exercises=len(session.exercises()),
        says=_says(session),
    )


def _says(session: Session) -> str:
    """Return what the session is about in a sentence or two: as its author opens it."""
    if session.subtitle:
        return shortened(session.subtitle.plain)
    first = [s for s in session.sections if s.kind in ("introduction", "objectives")][:1]
    said = (p.text.plain for p in blocks_of(first or session.sections[:1], Paragraph))
    return shortened(next((text for text in said if not text.rstrip().endswith(":")), ""))


def shortened(text: str) -> str:
    """Return whole sentences of a text, or its first words with dots where one alone is too long."""
    kept = ""
    for sentence in _SENTENCE.split(text):
        if kept and len(kept) + len(sentence) >= LONGEST:
            break
        kept = f"{kept} {sentence}".strip() if " " in text else kept + sentence
    if len(kept) <= LONGEST:
        return kept
    head = kept[: LONGEST - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:–—-") + "…"
