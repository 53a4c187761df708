"""The HTML of a tiny course as its writers get it, formatted so that a change of it can be read.

`python -m tests.golden_html` (`make golden`) writes it to tests/golden/ anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import msgspec

from courseware.course.loading import load
from courseware.html.deck_page import render_deck
from courseware.html.rendering import render
from courseware.model.session import Course
from courseware.model.times.delivery import Delivery
from courseware.pptx.pictures.printing import as_pages
from courseware.pptx.pictures.sheets import with_notes
from courseware.pptx.write.making import composed
from courseware.products.table import FULL, PRODUCTS, VARIANTS, Page, Product, page

COURSE = Path(__file__).parent / "projects/bread"
GOLDEN = Path(__file__).parent / "golden"
PLANNED = 60
"""Minutes that a plan of the tiny course has."""
INLINE = frozenset({"a", "abbr", "b", "br", "cite", "code", "em", "i", "img", "input", "kbd", "q", "s",
                    "small", "span", "strong", "sub", "sup", "wbr"})  # fmt: skip
VERBATIM = frozenset({"pre", "style", "textarea"})
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_DATA = re.compile(r"data:([\w/+.-]+);base64,[\w+/=]+")
_IDS = re.compile(r'\b(?:id|data-covers)="([^"]+)"')


def slide_pages(page: Page, root: Path) -> str:
    """Return the HTML of a deck that is printed."""
    made = composed(page, root)
    assert made.deck is not None
    return as_pages(made.deck, made.template)


def note_pages(page: Page, root: Path) -> str:
    """Return the HTML of a deck that is printed with its notes."""
    made = composed(page, root)
    assert made.deck is not None
    return with_notes(made.deck, made.template, "a4")


HTML_OF: dict[str, Callable[[Page, Path], str]] = {
    "pdf": render,
    "pptx": render_deck,
    "pptx-plain": render_deck,
    "deck-pdf": slide_pages,
    "notes-pdf": note_pages,
}
"""What makes the HTML of a product, by its writer."""


def _of_session(
    course: Course,
    path: str,
    stem: str,
    rows: Mapping[str, Product],
    made: dict[str, str],
    maps: dict[str, dict[str, int]] = {},  # noqa: B006
) -> dict[str, dict[str, int]]:
    """Add the HTML of a session's products to `made`; return their maps, and those given."""
    maps = dict(maps)
    rows = {name: row for name, row in rows.items() if not row.holds}
    for name in sorted(rows, key=lambda n: (n not in PRODUCTS, len(rows[n].cites))):
        found = page(rows[name], course, path)
        if found is None:
            continue
        cited = {c: maps[c] for c in (*rows[name].cites, FULL) if c in maps}
        html = HTML_OF[rows[name].writer](msgspec.structs.replace(found, maps=cited), COURSE)
        maps[name] = {block: n for n, block in enumerate(ids(html), 1)}
        made[f"{stem}.{name.replace(' --', '.')}.html"] = readable(html)
    return maps


def expected() -> dict[str, str]:
    """Return the HTML of each product of the tiny course, by its file's name.

    Products are made in the order in which they cite each other. Pages are not laid out: the block
    that comes n-th in a product stands for one on page n. A longer session has a plan for `PLANNED`
    minutes, too.
    """
    course = load(COURSE).course
    made: dict[str, str] = {}
    for session in course.sessions:
        stem = session.path.removesuffix(".md")
        maps = _of_session(course, session.path, stem, {**PRODUCTS, **VARIANTS}, made)
        if session.length and session.length.high > PLANNED:
            plan = Delivery(length=PLANNED)
            planned = msgspec.structs.replace(course, variant=f"{PLANNED}-min", delivery=plan)
            full = {FULL: maps["handout"]}
            _of_session(planned, session.path, f"{stem}-{PLANNED}-min", PRODUCTS, made, full)
    return made


def ids(html: str) -> list[str]:
    """Return the ids of the blocks in HTML, in their order."""
    return list(dict.fromkeys(block for found in _IDS.findall(html) for block in found.split()))


def readable(html: str) -> str:
    """Return HTML with a line for each block, indented; pictures in it as their digests."""
    lines = Lines()
    lines.feed(_DATA.sub(lambda found: f"data:{found[1]};{digest(found[0])}", html))
    lines.close()
    return "\n".join(lines.lines()) + "\n"


def digest(text: str) -> str:
    """Return what stands for a text that nobody would read."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class Lines(HTMLParser):
    """HTML as lines: each block's tags on their own, running text on one, code as it is."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(convert_charrefs=True)
        self.depth = 0
        self.verbatim = 0
        self.made: list[tuple[int, str]] = [(0, "")]

    def lines(self) -> Iterator[str]:
        """Yield the lines that are not empty."""
        for depth, text in self.made:
            if plain := text.strip():
                yield " " * depth + plain

    def handle_decl(self, decl: str) -> None:
        self._block(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = "".join(f' {k}="{escape(v or "", quote=False)}"' for k, v in attrs)
        if tag in INLINE:
            self._add(f"<{tag}{given}>")
            return
        if tag in VOID:
            self._block(f"<{tag}{given}>")
            return
        self.made += [(self.depth, f"<{tag}{given}>"), (self.depth + 1, "")]
        self.depth += 1
        self.verbatim += tag in VERBATIM

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            self._add(f"</{tag}>")
            return
        self.depth -= 1
        self.verbatim -= tag in VERBATIM
        (at, start), (_, text) = self.made[-2:]
        if start.startswith(f"<{tag}") and at == self.depth:  # nothing but text is in it
            self.made[-2:] = [
                (at, f"{start}{text if tag in VERBATIM else text.strip()}</{tag}>"),
                (at, ""),
            ]
        else:
            self._block(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        text = escape(data, quote=False)
        self._add(text if self.verbatim else re.sub(r"\s+", " ", text))

    def _add(self, text: str) -> None:
        depth, before = self.made[-1]
        self.made[-1] = (depth, before + text)

    def _block(self, tag: str) -> None:
        self.made += [(self.depth, tag), (self.depth, "")]


def refresh() -> None:
    """Write the expected files anew, and remove those of nothing."""
    GOLDEN.mkdir(exist_ok=True)
    made = expected()
    for path in GOLDEN.iterdir():
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (GOLDEN / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    refresh()
