"""A deck as HTML, by its layout: a small vocabulary that docs/slides.md describes."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from courseware.files import is_file
from courseware.html.rendering import environment
from courseware.html.sandbox import rendered
from courseware.model.blocks import Text
from courseware.products.cue_lines import cue_lines
from courseware.products.deck import names
from courseware.products.deck.cues import lines
from courseware.products.deck.deck import deck
from courseware.products.deck.values import When
from courseware.products.table import Page

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)([^>]*)>")
_MATH = re.compile(r'<span class="math" data-tex="([^"]*)">.*?</span>', re.DOTALL)
_BLANK = re.compile(r'<span class="blank">(_+)</span>')
LONGEST = 12
"""Characters of a blank on a slide: nobody writes there."""
_HREF = re.compile(r'\bhref="([^"]*)"')
_ALT = re.compile(r'\balt="([^"]*)"')
_MARKER = re.compile(r"^([^\W\d_][\w ]{1,14}):(?=\s)")
_OUTSIDE = re.compile(r"(?:https?|mailto):|#")
_KEPT = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em",
         "code": "code", "kbd": "code", "samp": "code", "var": "code", "sub": "sub", "sup": "sup"}  # fmt: skip
"""Inline elements that a slide keeps, and as what."""


def render_deck(page: Page, root: Path) -> str:
    """Return a session's deck as HTML; `root` is the course's folder."""
    given = {
        "page": page,
        "course": page.course,
        "session": page.session,
        "deck": deck(page.course, page.session),
        "prose": prose,
        "cue": cue,
        "lines": spoken,
        "cues": cue_lines,
        "image": partial(image, root),
        "span": span,
        "title_of": names.title_of,
        "names": defaultdict(str, names.NAMES),
        "where": page.where if page.product.cites else nowhere,
    }
    return rendered(environment(root), page.product.layout, root, given)


def nowhere(product: str, block: str) -> None:
    """Say that a block's page in a product is not known."""


def prose(text: Text) -> Markup:
    """Return a text's HTML with nothing but the inline elements that a slide can hold.

    Links within the course are words; a picture in a line is its alternative text; a footnote's
    mark is left out, its text is in the notes.
    """
    open_links: list[bool] = []

    def kept(found: re.Match[str]) -> str:
        end, name, rest = found[1], found[2].lower(), found[3]
        if name == "br":
            return "<br>"
        if name == "img":
            alt = _ALT.search(rest)
            return found[0] if 'class="math"' in rest else alt[1] if alt else ""
        if name == "a":
            return _anchor(end, rest, open_links)
        return f"<{end}{_KEPT[name]}>" if name in _KEPT else ""

    html = _MATH.sub(r'<img class="math" alt="\1">', text.html)
    html = _BLANK.sub(lambda found: found[1][:LONGEST], html)
    return Markup(_TAG.sub(kept, html).replace("\n", " "))  # noqa: S704


def _anchor(end: str, rest: str, opened: list[bool]) -> str:
    if end:
        return "</a>" if opened and opened.pop() else ""
    target = _HREF.search(rest)
    outside = bool(target and _OUTSIDE.match(unescape(target[1])))
    opened.append(outside)
    return f'<a href="{target[1]}">' if target and outside else ""


def cue(text: Text) -> Markup:
    """Return a text's HTML; the word it starts with, up to a colon, is bold ("Say:", "Ask:")."""
    html = str(prose(text))
    return Markup(_MARKER.sub(r"<strong>\1:</strong>", html))  # noqa: S704


def spoken(text: Text) -> list[Text]:
    """Return a text as notes have it: each cue on a line of its own, long ones sentence by sentence."""
    return [line for said in cue_lines(text) for line in lines(said)]


def image(root: Path, target: str) -> str:
    """Return a picture's path in the course, quoted, or "" where it is not to be had."""
    if not target or "\0" in target:
        return ""
    path = (root / target).resolve()
    if not path.is_relative_to(root.resolve()) or not is_file(path):
        return ""
    return quote(path.relative_to(root.resolve()).as_posix())


def span(when: When) -> str:
    """Return a slide's time as a presenter reads it: "0:38–0:58 · 20 min", "~" where estimated."""
    if when.if_time:
        return f"{when.begins} · if time"
    return f"{when.begins}–{when.ends} · {'' if when.stated else '~'}{when.minutes} min"
