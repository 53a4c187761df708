"""Pages for a screen: the handout's own layout, with what paper alone needs taken out.

No element has a style of its own, so that a strict content security policy holds. Headings skip no
level, wide tables scroll by keyboard, footnotes are links there and back, pictures say their size.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import msgspec
import tinyhtml5
from markupsafe import Markup

from courseware.diagnostics import Span
from courseware.files import fingerprint
from courseware.html.prose import FigurePicture, Prose, with_keycaps
from courseware.html.rendering import render
from courseware.language.printed import Printed
from courseware.media.drawings import drawn, said
from courseware.media.pictures import Gallery, PrintPicture
from courseware.model.blocks import Drawing
from courseware.model.inline import Blank, Image, Link, NoteRef
from courseware.products.table import Page

PICTURES = "../pictures"
"""Where a page's pictures are, seen from the page."""
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
PIXELS_A_MM = 96 / 25.4
EM = 17.0
"""Pixels of running text, by the stylesheet."""
STEPS = 40
"""A formula hangs so many twentieths of an em below its line at most."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PAPER = re.compile(r"data-(?:running|course|place|address|emoji)|style")
"""Attributes that only print needs."""
_OUTSIDE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
INSIDE = "course:"
"""Before the path of a session in a link: where its page is, the site knows when it is put together."""
_ICON = re.compile(r"url\(icon:([\w-]+)\)")
_SPACES = re.compile(r"\s+")


class SearchPlace(msgspec.Struct, frozen=True):
    """A place that a search can lead to: the id of its element, its heading, and what stands there."""

    id: str
    title: str
    text: str
    level: int = 2


class Screen(msgspec.Struct, frozen=True):
    """A session as a web page: its article, its pictures by file name, its places, all ids in it.

    `icons` are names of the icons that it shows.
    """

    html: str
    pictures: dict[str, bytes]
    places: tuple[SearchPlace, ...]
    ids: frozenset[str]
    icons: tuple[str, ...]


class ScreenProse(Prose):
    """Finishes a text for a screen."""

    def __init__(self, page: Page, root: Path, gallery: Gallery) -> None:
        """Take the page, the course's folder, and where pictures are made ready."""
        super().__init__(page, root, gallery)
        self.pictures: dict[str, bytes] = {}
        self.sizes: dict[str, tuple[int, int]] = {}
        self.order: list[str] = []

    def words(self, words: str) -> str:
        """Return words as HTML; the browser cuts them where it must."""
        return with_keycaps(escape(words, quote=False))

    def note(self, note: NoteRef) -> str:
        """Return a link to a footnote at the end of the page."""
        if note.label not in self.notes:
            return ""
        first = note.label not in self.order
        if first:
            self.order.append(note.label)
            self.printed.add(note.label)
        number = self.order.index(note.label) + 1
        own = f' id="note--{number}-from"' if first else ""
        name = escape(self.sentences("site_note", number=number))
        return (
            f'<sup><a{own} href="#note--{number}" role="doc-noteref"'
            f' aria-label="{name}">{number}</a></sup>'
        )

    def endnotes(self) -> Iterator[tuple[int, Any]]:
        """Yield the footnotes with their numbers, those that only other footnotes refer to among them."""
        at = 0
        while at < len(self.order):
            at += 1
            yield at, self.notes[self.order[at - 1]]

    def link(self, link: Link, inside: str) -> str:
        """Return a link to an address, to a session or to a part of this one; any other is words."""
        if _OUTSIDE.match(link.target):
            return f'<a href="{escape(link.target)}" rel="noreferrer">{inside}</a>'
        path, _, part = link.target.partition("#")
        here = PurePosixPath(self.page.session.path).parent
        for known in (path, posixpath.normpath(here / path)) if path else ():
            if known in self.page.titles:
                return f'<a href="{INSIDE}{escape(known + f"#{part}" * bool(part))}">{inside}</a>'
        if part and not path:
            return f'<a href="#{escape(part)}">{inside}</a>'
        return f'<span class="reference">{inside}</span>'

    def blank(self, blank: Blank) -> str:
        """Return a blank."""
        return '<span class="blank">________</span>'

    def image(self, image: Image) -> str:
        """Return a picture of its size; its alternative text where there is none to show."""
        place = Span(self.page.session.path, image.line or 1, image.column)
        made = self._picture(image.source, place, (image.width, image.height))
        alt = escape(image.alt)
        if made is None:
            return f'<span class="missing">{alt}</span>' if alt else ""
        return f'<img src="{self._kept(made)}" alt="{alt}">'

    def figure(self, figure: Any) -> FigurePicture | None:
        """Return a figure's picture; None where there is none."""
        made = self._picture(figure.source, figure.span, (figure.width, figure.height))
        return FigurePicture(self._kept(made), made.width_mm, made.height_mm) if made else None

    def source(self, target: str) -> str:
        """Return an image's address, or "" where it is not to be had."""
        made = self._picture(target, Span(self.page.session.path), ("", ""))
        return self._kept(made) if made else ""

    def _kept(self, made: PrintPicture) -> str:
        """Return the address of a picture, which is called by its content: an author's name may tell."""
        size = (made.width_mm * PIXELS_A_MM, made.height_mm * PIXELS_A_MM)
        return self._add(made.data, ENDINGS.get(made.mime, "png"), size)

    def _add(self, data: bytes, ending: str, size: tuple[float, float]) -> str:
        name = f"{fingerprint(data)[:16]}.{ending}"
        self.pictures[name] = data
        address = f"{PICTURES}/{name}"
        self.sizes[address] = (max(1, round(size[0])), max(1, round(size[1])))
        return address

    def drawn_formula(self, tex: str, display: bool) -> Markup:
        """Return a formula as a picture on the text's baseline; raises `TexError`."""
        found = drawn(tex, display)
        address = self._add(found.svg.encode(), "svg", (found.width * EM, found.height * EM))
        depth = min(max(round(found.depth * 20), 0), STEPS)
        return Markup('<img class="math depth-{}" alt="{}" src="{}">').format(
            depth, said(tex, display, self.sentences.language), address
        )

    def line_art(self, block: Drawing) -> None:
        """Return None: on a screen, a drawing's characters are of the page's own face and colours."""

    def icon(self, name: str) -> str:
        """Return an icon's name as an address: the stylesheet draws it."""
        return f"icon:{name}" if super().icon(name) else ""

    def addresses(self, text: Any) -> str:
        """Return "": a link on a screen says its address itself."""
        return ""


def for_screen(page: Page, root: Path, gallery: Gallery) -> Screen:
    """Return the page of a session for a screen; `root` is the course's folder."""
    prose = ScreenProse(page, root, gallery)
    html = render(page, root, gallery, prose)
    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    if body is None:
        raise ValueError("a page without a body")
    icons = _drawn_icons(body)
    _without_paper(body)
    _sized(body, prose.sizes)
    _levelled(body)
    _named_by_headings(body)
    _scrolling(body, prose.sentences)
    body.tag = "article"
    body.set("class", "doc")
    places = tuple(_places(body))
    ids = frozenset(value for element in body.iter() if (value := element.get("id")))
    _without_dead_links(body, ids)
    inside = ElementTree.tostring(body, encoding="unicode", method="html")
    return Screen(inside, prose.pictures, places, ids, icons)


def _drawn_icons(body: Any) -> tuple[str, ...]:
    """Give elements with an icon a class for it; return the icons' names."""
    found: set[str] = set()
    for element in body.iter():
        if icon := _ICON.search(element.get("style") or ""):
            found.add(icon[1])
            element.set("class", f"{element.get('class') or ''} icon-{icon[1]}".strip())
    return tuple(sorted(found))


def _without_paper(body: Any) -> None:
    """Take out what only print needs: attributes, and elements that hold nothing but an emoji."""
    for element in body.iter():
        for name in [n for n in element.attrib if _PAPER.fullmatch(n)]:
            del element.attrib[name]
        for child in list(element):
            if {"icon", "emoji"} <= set((child.get("class") or "").split()):
                _remove(element, child)


def _remove(parent: Any, child: Any) -> None:
    """Remove an element; the text behind it stays."""
    at = list(parent).index(child)
    if child.tail:
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _sized(body: Any, sizes: dict[str, tuple[int, int]]) -> None:
    """Write pictures' sizes in pixels, so that the page does not jump when they arrive."""
    for element in body.iter("img"):
        if size := sizes.get(element.get("src")):
            element.set("width", str(size[0]))
            element.set("height", str(size[1]))


def _levelled(body: Any) -> None:
    """Give headings levels that skip none: a reader goes through them by number."""
    last = 0
    for element in body.iter():
        if element.tag in HEADINGS:
            last = min(int(element.tag[1]), last + 1)
            element.tag = f"h{last}"


def _named_by_headings(body: Any) -> None:
    """Make a section without a heading of its own a plain part: a reader would be told of one without a name.

    A table's head without words heads nothing.
    """
    for element in body.iter("section"):
        if not any(_heads(inside) for inside in element):
            element.tag = "div"
    for element in body.iter("th"):
        if not _text(element) and element.find(".//img") is None:
            element.tag = "td"
            element.attrib.pop("scope", None)


def _heads(element: Any) -> bool:
    """Whether an element is a heading, or holds one that is not of a section in it."""
    return element.tag in HEADINGS or (element.tag != "section" and any(map(_heads, element)))


def _scrolling(body: Any, words: Printed) -> None:
    """Put each table, and each drawing in characters, in a part that scrolls, by keyboard, too."""
    number = 0
    for parent in list(body.iter()):
        for at, child in enumerate(list(parent)):
            if child.tag == "table" or child.get("class") == "drawing":
                region = ElementTree.Element("div", {"class": "scroll", "tabindex": "0"})
                if child.tag == "table":
                    number += 1
                    label = _label(child, words("site_table", number=number), words)
                    region.attrib |= {"role": "region", "aria-label": label}
                region.tail, child.tail = child.tail, None
                parent[at] = region
                region.append(child)


def _label(table: Any, name: str, words: Printed) -> str:
    """Return what a table is called: no two of a page alike."""
    caption = table.find("caption")
    return name if caption is None else words("titled", label=name, title=_text(caption))


def _without_dead_links(body: Any, ids: frozenset[str]) -> None:
    """Make links to parts that are not there words."""
    for element in body.iter("a"):
        target = element.get("href") or ""
        if target.startswith("#") and unquote(target[1:]) not in ids:
            del element.attrib["href"]


def _text(element: Any) -> str:
    return _SPACES.sub(" ", "".join(element.itertext())).strip()


def _title(heading: Any) -> str:
    """Return a heading's words, without its minutes and its page in the worksheet."""
    timed = [e for e in heading.iter() if (e.get("class") or "") == "time"]
    said = _text(heading)
    return said.removesuffix(_text(timed[-1])).strip() if timed else said


def _places(body: Any) -> Iterator[SearchPlace]:
    """Yield the places that headings make, in order, each with the words up to the next heading."""
    found: list[tuple[str, str, int, list[str]]] = []
    for element, anchor in _walk(body, ""):
        if isinstance(element, str):
            if found:
                found[-1][3].append(element)
        else:
            found.append((anchor, _title(element), int(element.tag[1]), []))
    for anchor, title, level, words in found:
        yield SearchPlace(anchor, title, _SPACES.sub(" ", " ".join(words)).strip(), level)


def _walk(element: Any, anchor: str) -> Iterator[tuple[Any, str]]:
    """Yield headings and texts in order, each with the nearest id around it."""
    anchor = element.get("id") or anchor
    if element.tag in HEADINGS:
        yield element, anchor
    else:
        yield from ((said, anchor) for said in _own_words(element))
        for child in element:
            yield from _walk(child, anchor)
            if child.tail and child.tail.strip():
                yield child.tail, anchor


def _own_words(element: Any) -> Iterable[str]:
    return [said for said in (element.text, element.get("alt")) if said and said.strip()]
