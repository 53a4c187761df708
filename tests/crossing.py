"""Cross-references followed: what is printed in one product is looked up in the file of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import lxml.html
import msgspec

from courseware.course.loading import Loaded
from courseware.html.deck_page import render_deck
from courseware.html.rendering import render
from courseware.inspection.carried import pieces
from courseware.inspection.leaks import letters
from courseware.model.blocks import AnyNode, Figure, Math
from courseware.model.walk import own_texts, walk
from courseware.products.table import PRODUCTS, Page, page
from courseware.writers import WRITERS, Made

PRINTED = re.compile(r"\b(worksheet|handout|slide)s? (?:p\. )?(\d[\d–, ]*)", re.IGNORECASE)
COLUMNS = {"Slides": "slides", "Handout": "handout", "Worksheet": "worksheet"}
"""What the columns of a run sheet are called, and the products that they cite."""
LONG, SHOWN = 12, 30
"""Letters that a text has at least to be looked for, and those of its beginning that are."""


class Reference(msgspec.Struct, frozen=True):
    """A printed reference: who says it, in which product, on which pages, of which blocks."""

    citing: str
    cited: str
    pages: tuple[tuple[int, int], ...]
    blocks: frozenset[str]

    def says(self, number: int) -> bool:
        return any(low <= number <= high for low, high in self.pages)


class Files:
    """The products of a session as written, with what they cite, in the order that this needs."""

    def __init__(self, loaded: Loaded, path: str, paper: str = "a4") -> None:
        self.session = next(s for s in loaded.course.sessions if s.path == path)
        self.root: Path = loaded.root
        self.pages: dict[str, Page] = {}
        self.made: dict[str, Made] = {}
        single = {n: row for n, row in PRODUCTS.items() if row.scope == "session"}
        wanted = {n: [c for c in row.cites if c in PRODUCTS] for n, row in single.items()}
        for name in TopologicalSorter(wanted).static_order():
            found = page(PRODUCTS[name], loaded.course, path)
            if found is None:
                continue
            maps = {c: self.made[c].map for c in wanted[name] if c in self.made}
            self.pages[name] = msgspec.structs.replace(found, maps=maps)
            self.made[name] = WRITERS[PRODUCTS[name].writer].write(
                self.pages[name], self.root, paper
            )

    @staticmethod
    def page_of(loaded: Loaded, name: str, path: str) -> Page:
        found = page(PRODUCTS[name], loaded.course, path)
        assert found is not None
        return found

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """The letters of each page or slide, by product."""
        return {name: sheets(made.data) for name, made in self.made.items()}

    def html(self, name: str) -> Any:
        found = self.pages[name]
        deck = PRODUCTS[name].writer == "pptx"
        return lxml.html.fromstring(
            render_deck(found, self.root) if deck else render(found, self.root)
        )

    def references(self) -> list[Reference]:
        """Return every reference that is printed."""
        return [ref for name in self.pages if PRODUCTS[name].cites for ref in self._of(name)]

    def _of(self, name: str) -> Iterator[Reference]:
        html = self.html(name)
        for table in html.iter("table"):
            heads = [COLUMNS.get(head.text_content(), "") for head in table.iter("th")]
            if any(heads):
                yield from self._run_sheet(name, table, heads)
        for element in html.xpath(
            "//*[contains(@class, 'where') or contains(@class, 'time')] | //aside/p[position() < 4]"
        ):
            blocks = self._meant(name, element)
            for found in PRINTED.finditer(element.text_content()) if blocks else ():
                cited = {"slide": "slides"}.get(found[1].lower(), found[1].lower())
                yield Reference(name, cited, ranges(found[2]), blocks)

    def _run_sheet(self, name: str, table: Any, heads: list[str]) -> Iterator[Reference]:
        rows = [row for row in table.xpath("./tbody/tr") if "is-" in row.get("class", "")]
        steps = self.pages[name].content.timed()
        assert len(rows) == len(steps)
        for row, step in zip(rows, steps, strict=True):
            for cited, cell in zip(heads, row.xpath("./td"), strict=True):
                said = cell.text_content().strip()
                if cited and said:
                    yield Reference(name, cited, ranges(said), frozenset(step.ids))

    def _meant(self, name: str, element: Any) -> frozenset[str]:
        """Return the blocks that an element speaks of: those of the nearest element with a name."""
        for above in element.iterancestors():
            named = above.get("id") or above.get("data-source") or ""
            if named.startswith("segment-"):
                return frozenset(self.pages[name].content.step(named[len("segment-") :]).ids)
            if named:
                nodes = [n for n in self.session.nodes() if n.id == named]
                return frozenset(n.id for n in walk(nodes) if n.id)
        return frozenset()


def ranges(said: str) -> tuple[tuple[int, int], ...]:
    """Return the pages that a reference names: "1–2, 6" as (1, 2) and (6, 6)."""
    parts = (re.findall(r"\d+", part) for part in said.split(","))
    return tuple((int(numbers[0]), int(numbers[-1])) for numbers in parts if numbers)


def sheets(data: bytes, notes: bool = False) -> list[str]:
    """Return the letters of each page of a PDF, or of each slide, with its notes if they count."""
    wanted = r"(?:the notes of )?slide \d+" if notes else r"slide \d+"
    told = [p for p in pieces(data) if p.flows or re.fullmatch(wanted, p.place)]
    found: dict[int, str] = {}
    for piece in told:  # a slide's texts, and what its tables and pictures are called
        number = int(piece.place.split()[-1])
        found[number] = found.get(number, "") + letters(piece.text)
    return [found[number] for number in sorted(found)]


def beginnings(nodes: Iterable[AnyNode]) -> list[str]:
    """Return how the texts of nodes begin, as letters; short ones are left out."""
    said = (letters(text.plain) for node in nodes for text in own_texts(node))
    return [text[:SHOWN] for text in said if len(text) >= LONG]


def clauses(words: str) -> list[str]:
    """Return how a text's sentences and clauses begin, as letters: a slide may leave out the first."""
    rests = (letters(words[found.end() :]) for found in re.finditer(r"[,;:.!?]\s", words))
    return [rest[:SHOWN] for rest in rests if len(rest) >= LONG]


def astray(files: Files, reference: Reference) -> str:
    """Return what is wrong with a reference, or ""."""
    texts = files.texts[reference.cited]
    own = [n for n in files.session.nodes() if n.id in reference.blocks]
    begun = beginnings(own)
    begun += [piece for node in own for text in own_texts(node) for piece in clauses(text.plain)]
    on = {n for n, text in enumerate(texts, 1) if any(said in text for said in begun)}
    first, last = reference.pages[0][0], reference.pages[-1][1]
    if not 1 <= first <= last <= len(texts):
        return f"there is no page {last}"
    if not begun:
        return ""
    if not any(reference.says(number) for number in on):
        return f"it is on {sorted(on)}"
    empty = [n for low, high in reference.pages for n in {low, high} if n not in on]
    named = {files.made[reference.cited].map.get(block) for block in reference.blocks}
    return f"nothing of it is on {empty}" if set(empty) - named else ""


FIRST = 10
"""Letters of a block's beginning that are looked for on its page: a formula may follow."""
CUE = re.compile("^(?:say|do|ask|listenfor|watch)")
"""The word of a cue, which stands in a column of its own: it is read before or after its text."""


def misplaced(files: Files, name: str) -> list[str]:
    """Return the blocks whose text is not where a product's page map says that they begin.

    A text may go on from its page to the next, and is looked for on both as one. What a slide
    leaves out is in its notes, or in those of the next slides of its exercise.
    """
    texts = sheets(files.made[name].data, notes=True)
    deck = not files.made[name].data.startswith(b"%PDF")
    found: list[str] = []
    for node in files.pages[name].session.nodes():
        if isinstance(node, Figure | Math):
            continue
        number = files.made[name].map.get(node.id)
        begun = beginnings([node])
        if number is not None and begun:
            here = "".join(texts[number - 1 : number + (3 if deck else 1)])
            said = CUE.sub("", begun[0])
            if not any(text[:FIRST] in here for text in (begun[0], said)):
                found.append(f"{name} {node.id} not on {number}: {begun[0]}")
    return found
