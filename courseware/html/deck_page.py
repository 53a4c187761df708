"""A deck as HTML, by its layout: a small vocabulary that docs/slides.md describes."""

from __future__ import annotations

import re
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from courseware.course.found_pictures import picture_file
from courseware.html.rendering import environment
from courseware.html.sandbox import rendered
from courseware.html.speech import given as given_words
from courseware.html.texts import InlineHtml
from courseware.language.catalogue import Tongue
from courseware.language.printed import Printed
from courseware.media import PictureError
from courseware.media.drawings import as_letters
from courseware.media.pictures import PIXELS, origin, upright
from courseware.model.inline import (
    EMBEDDED,
    Blank,
    Formula,
    Image,
    LineBreak,
    Link,
    Mark,
    NoteRef,
    Run,
    Text,
    is_elsewhere,
)
from courseware.products.deck.cues import cue_lines, direction_of_text, lines, words_for
from courseware.products.deck.deck import deck
from courseware.products.deck.pictures import with_figures
from courseware.products.deck.titles import NAMED, Deck, When, title_of
from courseware.products.table import Page

replace = msgspec.structs.replace
LONGEST = 12
"""Characters of a blank on a slide: nobody writes there."""
_MARKER = re.compile(r"^([^\W\d_][\w ]{1,14}):(?=\s)")
_OUTSIDE = re.compile(r"(?:https?|mailto):|#")
_KEPT = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em",
         "code": "code", "kbd": "code", "samp": "code", "var": "code", "sub": "sub", "sup": "sup"}  # fmt: skip
"""Inline elements that a slide keeps, and as what."""


def render_deck(page: Page, root: Path) -> str:
    """Return a session's deck as HTML; `root` is the course's folder."""
    words = words_for(page.course, page.session)
    sizes = partial(size, root)
    sections = tuple(with_figures(section, sizes) for section in page.session.sections)
    session = replace(page.session, sections=sections)
    direction = direction_of_text(page.course, page.session)
    given = {
        "page": page,
        "course": page.course,
        "session": page.session,
        "deck": _shown(page, deck(page.course, session)),
        "prose": from_right if direction == "rtl" else prose,
        "cue": cue,
        "lines": partial(spoken, words.tongue),
        "cues": partial(cue_lines, tongue=words.tongue),
        "image": partial(image, root),
        "span": partial(span, words),
        **given_words(words),
        "direction": direction,
        "title_of": title_of,
        "named": NAMED,
        "where": page.cited if page.product.cites else nowhere,
    }
    return rendered(environment(root), page.product.layout, root, given)


def size(root: Path, source: str) -> tuple[float, float] | None:
    """Return a picture's width and height in pixels; None where the course has no such file.

    One that cannot be read counts as one: the writer tells of it.
    """
    try:
        path = None if is_elsewhere(source) else origin(root, source)
        return upright(path) if path is not None else None
    except PictureError:
        return (PIXELS, PIXELS)


def _shown(page: Page, whole: Deck) -> Deck:
    """Return a deck as its product has it: on paper nothing is hidden, so what is stays out."""
    if page.product.writer in ("pptx", "pptx-plain"):
        return whole
    return Deck(tuple(slide for slide in whole.slides if not slide.hidden))


def nowhere(product: str, block: str) -> None:
    """Say that a block's page in a product is not known."""


class SlideHtml(InlineHtml):
    """Writes nothing but the inline elements that a slide can hold.

    Links within the course are words; a picture in a line is its alternative text; a footnote's
    mark is left out, its text is in the notes.
    """

    def mark(self, mark: Mark) -> str:
        """Return marked text, or its words where a slide has no such mark."""
        name, inside = _KEPT.get(mark.name, ""), self.html(mark.inside)
        return f"<{name}>{inside}</{name}>" if name else inside

    def link(self, link: Link, inside: str) -> str:
        """Return a link to an address or to a place in the same file."""
        return super().link(link, inside) if _OUTSIDE.match(link.target) else inside

    def image(self, image: Image) -> str:
        """Return a picture's alternative text."""
        return escape(image.alt)

    def formula_in_line(self, formula: Formula) -> str:
        """Return a formula as docs/slides.md has it."""
        return f'<img class="math" alt="{escape(formula.tex)}">'

    def note(self, note: NoteRef) -> str:
        """Leave out a footnote's mark."""
        return ""

    def blank(self, blank: Blank) -> str:
        """Return a blank, shortened."""
        return "_" * min(blank.size, LONGEST)

    def line_break(self, found: LineBreak) -> str:
        """Return a line's end."""
        return "<br> " if found.hard else " "


class FromRight(SlideHtml):
    """Writes what stands on a slide from the right: a formula in a line is text.

    A picture would stand on words: where they are depends on the face that an office program sets them in.
    """

    def formula_in_line(self, formula: Formula) -> str:
        """Return a formula's letters, from the left; its source where it is of more than one line."""
        letters = as_letters(formula.tex)
        if not letters:
            return f"<code>{escape(formula.tex)}</code>"
        return f"{LEFT_MARK}{escape(letters)}{LEFT_MARK}"


LEFT_MARK = "\u200e"
prose, from_right = SlideHtml(), FromRight()


def cue(text: Text) -> Markup:
    """Return a text's HTML; the word it starts with, up to a colon, is bold ("Say:", "Ask:")."""
    found, first = _MARKER.match(text.plain), text.inlines[0] if text else None
    if not found or not isinstance(first, Run) or not first.text.startswith(found[0]):
        return prose(text)
    rest = Run(first.text.removeprefix(found[0]))
    return prose(Text((Mark("strong", (Run(found[0]),)), rest, *text.inlines[1:])))


def spoken(tongue: Tongue, text: Text) -> list[Text]:
    """Return a text as notes have it: each cue on a line of its own, long ones sentence by sentence."""
    return [line for said in cue_lines(text, tongue) for line in lines(said, tongue)]


def image(root: Path, target: str) -> str:
    """Return a picture's path in the course, quoted, or "" where it is not to be had."""
    if target.startswith(EMBEDDED):
        return target
    path = picture_file(root, target)
    return quote(path.relative_to(root.resolve()).as_posix()) if path else ""


def span(words: Printed, when: When) -> str:
    """Return a slide's time as a presenter reads it: "0:38–0:58 · 20 min", "~" where estimated."""
    about = "" if when.stated else "~"
    return f"{when.begins}–{when.ends} · {about}{words('minutes', n=when.minutes)}"
