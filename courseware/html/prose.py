"""A session's texts finished for print: links, footnotes, pictures, formulas, icons as a page has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from html import escape
from pathlib import Path
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from courseware import files
from courseware.course.found_pictures import picture_file
from courseware.diagnostics import Diagnostic, Span
from courseware.folders import layouts
from courseware.html import measure
from courseware.html.beside import in_cells, key_of, on_lines
from courseware.html.design import design
from courseware.html.east_asian import LANGUAGES, with_signs
from courseware.html.fields import Fields, blank_labels
from courseware.html.from_left import parted
from courseware.html.speech import given as given_words
from courseware.html.texts import InlineHtml
from courseware.media.drawings import TexError, data_address, drawn, formula, highlighted
from courseware.media.line_art import LineArt, line_art
from courseware.media.pictures import Gallery, PrintPicture
from courseware.model.blocks import (
    Block,
    Box,
    Code,
    Drawing,
    Figure,
    Footnote,
    List,
    Paragraph,
    Pictures,
    Quote,
    Text,
)
from courseware.model.inline import (
    EMBEDDED,
    Blank,
    Formula,
    Image,
    Link,
    NoteRef,
    is_elsewhere,
)
from courseware.model.walk import texts
from courseware.products.deck.cues import direction_of_text, words_for
from courseware.products.handout.forms import Siblings, sets
from courseware.products.handout.leads import Lead, is_paired, leads, led_runs, minded
from courseware.products.handout.redrawing import HALF, Redrawn, redrawn
from courseware.products.handout.rows import Pair, Rows, in_pairs
from courseware.products.table import Page

_OUTSIDE = re.compile(r"(?:https?|mailto):")

_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*(mm|cm|in|pt|pc|px|%|)")

UNITS_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}

WIDEST_MM, TALLEST_MM = 136.0, 120.0
"""Width and height of the largest picture where the design's values `measure`, `tallest` say none."""

TALLEST_INLINE_MM = 10.0
"""Height of a picture in text that stands in its line, two lines high; a taller one has its own."""

LOGO = "44mm"
"""The width that a logo has at most; it is 11 mm high at most."""

BODY_MM = 3.6
"""An em of running text in mm: 10.2 pt."""

SMALLEST_FORMULA = 0.7
"""The share of its size down to which a formula is shrunk to the text's width without a word."""

BREAK_IT = "break it into lines: \\begin{aligned} … \\\\ … \\end{aligned}"

_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")

DEEPEST_NOTE = 5
"""Footnotes that are printed inside each other; one further in stands at the end."""

MOST_FORMULAS = 5_000_000
"""Characters of all formulas, squared: setting one takes a time that grows so; some three seconds."""


class FigurePicture(msgspec.Struct, frozen=True):
    """A figure's picture: its address for the writer, its width and height on the page in mm.

    `share` is how much of the text's width it has in a row, in per cent.
    """

    source: str
    width_mm: float
    height_mm: float
    share: float = 100.0


BESIDE = 0.66
"""The share of the text's width that is left beside a heading."""
GAP = 0.02
"""Space between pictures beside each other, as a share of the text's width; `pictures.css` has it, too."""


class Prose(InlineHtml):
    """Finishes a text for print: links, footnotes and images as this page has them."""

    def __init__(self, page: Page, root: Path, gallery: Gallery) -> None:
        """Take the page, the course's folder, and where pictures are made ready."""
        self.page, self.root, self.gallery = page, root, gallery
        self.sentences = words_for(page.course, page.session)
        self.spoken = given_words(self.sentences)
        self.notes = page.session.footnotes()
        self.printed: set[str] = set()
        self.inside = 0
        self.formulas = 0
        values = design(root, page.course.brand)
        self.accent = values.get("accent", "#000")
        self.ink, self.face = values.get("ink", "#000"), values.get("face", "sans-serif")
        self.box = (length_mm(values.get("measure", ""), WIDEST_MM) or WIDEST_MM,
                    length_mm(values.get("tallest", ""), TALLEST_MM) or TALLEST_MM)  # fmt: skip
        nodes = tuple(page.session.nodes())
        self.lined = on_lines(nodes, self.box[0])
        self.beside = in_cells(nodes, self.box[0]) | self.lined
        self.labels: Iterator[str] = iter(())
        self.fields = Fields(self.sentences) if page.product.fillable else None
        self.writes = page.product.name in ("worksheet", "answers")
        self.sets = page.product.name in ("handout", "guide")
        """Whether siblings and short lists stand side by side."""
        self.rows = page.product.name == "handout"
        """Whether headings of a little prose stand beside it."""
        self.headed: frozenset[str] = getattr(page.content, "headed", frozenset())
        """The blocks of a worksheet whose headings stand beside what they ask."""
        self.in_card = self.beside_tall = False
        self.share = 1.0
        """How much of the text's width there is, where something stands beside it."""
        self.from_right = direction_of_text(page.course, page.session) == "rtl"
        self.east_asian = self.sentences.language.partition("-")[0] in LANGUAGES

    def of(self, part: Page) -> Prose:
        """Return what finishes the texts of a session's page in a course's: with footnotes of their own."""
        mine = Prose(part, self.root, self.gallery)
        mine.fields = self.fields
        return mine

    def __call__(self, text: Text) -> Markup:
        """Return a text's HTML for print."""
        kept = self.labels
        if self.fields is not None:
            self.labels = blank_labels(text, self.sentences)
        html = super().__call__(text)
        self.labels = kept
        return html

    @property
    def logo(self) -> FigurePicture | None:
        """The brand's logo, for the first page; None without one."""
        brand = self.page.course.brand
        if not brand.logo:
            return None
        words = brand.alt or self.page.course.organisation or self.page.course.title
        figure = Figure(span=Span("course.yml"), source=brand.logo, alt=words, width=LOGO)
        return self.figure(figure)

    @property
    def narrow(self) -> Prose:
        """What finishes the texts of a card: in one, nothing stands side by side."""
        inside = copy(self)
        inside.sets, inside.in_card, inside.share = False, True, HALF
        return inside

    @property
    def within(self) -> Prose:
        """What finishes the texts beside a heading: a column is too narrow for two."""
        inside = copy(self)
        inside.sets, inside.share = False, BESIDE
        return inside

    @property
    def rowed(self) -> Prose:
        """What finishes the texts that nothing stands beside: headings may stand beside theirs."""
        inside = copy(self)
        inside.rows = True
        return inside

    def in_row(self, tall: bool) -> Prose:
        """Return what finishes the texts of rows; in `tall` ones, a heading is beside what may be broken."""
        inside = self.within
        inside.beside_tall = tall
        return inside

    def arranged(self, blocks: Sequence[Block]) -> Sequence[Block | Siblings | Rows | Pair]:
        """Return blocks as they are printed: side by side where there is room for them."""
        if not self.sets:
            return tuple(in_pairs(blocks)) if self.writes and not self.in_card else blocks
        return tuple(sets(tuple(led_runs(in_pairs(blocks))), rows=self.rows))

    def is_paired(self, found: List) -> bool:
        """Return whether a list's items stand two in a row; on a worksheet, choices do, in an answer key all lists."""
        key = self.page.product.name == "answers"
        asked = self.writes and not self.in_card and (key or found.choices)
        return (self.sets or asked) and is_paired(found, asked=key)

    def leads(self, found: List) -> tuple[Lead, ...]:
        """Return what a list's items begin with in bold, and their rest, where they stand side by side."""
        return leads(found) if self.sets else ()

    def redrawn(self, block: Drawing | Code) -> Redrawn | None:
        """Return what a drawing in characters says, where it is drawn anew."""
        return redrawn(block, self.share)

    def line_art(self, block: Drawing) -> LineArt | None:
        """Return boxes drawn in characters as a vector drawing; None where they stay as they are."""
        return line_art(block.text, self.ink, self.face)

    def minded(self, quote: Quote) -> Box | None:
        """Return a quote as a box where it begins with a box's name."""
        return minded(quote, self.sentences)

    def words(self, words: str) -> str:
        """Return words whose long ones may be cut, and whose keycaps are of one face; an address runs from the left."""
        parts = parted(words) if self.from_right else [words]
        for at, part in enumerate(parts):
            html = with_keycaps(measure.with_cuts(part))
            html = with_signs(html) if self.east_asian and not html.isascii() else html
            parts[at] = f'<span dir="ltr">{html}</span>' if at % 2 else html
        return "".join(parts)

    def blank(self, blank: Blank) -> str:
        """Return a blank, or a field to fill it in."""
        if self.fields is None:
            return super().blank(blank)
        return self.fields.blank(blank.size, next(self.labels))

    def note(self, note: NoteRef) -> str:
        """Return a footnote where it is referred to first."""
        label = note.label
        found = self.notes.get(label)
        if found is None or label in self.printed or self.inside >= DEEPEST_NOTE:
            return ""
        self.printed.add(label)
        self.inside += 1
        inside = " ".join(self(text) for text in _inside(found))
        self.inside -= 1
        return f'<span class="footnote">{inside}</span>'

    def link(self, link: Link, inside: str) -> str:
        """Return a link to an address; one in the course is words on paper, to another session with its page."""
        if _OUTSIDE.match(link.target):
            return super().link(link, inside)
        found = self.page.reference(link.target)
        if found is None:
            return f'<span class="reference">{inside}</span>'
        to = escape(found.address)
        return (
            f'<a class="reference" href="{to}">{inside}</a> <span class="at">({found.label})</span>'
        )

    def image(self, image: Image) -> str:
        """Return a picture of its size; its alternative text where there is none to show."""
        place = Span(self.page.session.path, image.line or 1, image.column)
        made = self._picture(image.source, place, (image.width, image.height))
        alt = escape(image.alt)
        if made is None or not alt:
            return f'<span class="missing">{alt}</span>'
        alone = made.height_mm > TALLEST_INLINE_MM and key_of(image) not in self.lined
        tall = ' class="tall"' if alone else ""
        return f'<img{tall} src="{self._address(image.source)}" alt="{alt}" style="width: {made.width_mm}mm">'

    def _picture(self, target: str, place: Span, size: tuple[str, str]) -> PrintPicture | None:
        """Return a picture of the course made ready for the size that its author states, if any."""
        if is_elsewhere(target):
            return None
        stated = [length_mm(text, whole) for text, whole in zip(size, self.box, strict=True)]
        beside = self.beside.get((target, place.line, place.column), self.box[0])
        box = (min(beside, self.box[0]), self.box[1])
        width, height = (min(s or most, most) for s, most in zip(stated, box, strict=True))
        return self.gallery.shown(target, place, (width, height), fill=any(stated))

    def figure(self, figure: Figure) -> FigurePicture | None:
        """Return a figure's picture for print, with its width in mm; None where there is none."""
        made = self._picture(figure.source, figure.span, (figure.width, figure.height))
        return (
            FigurePicture(self._address(figure.source), made.width_mm, made.height_mm)
            if made
            else None
        )

    def row(self, row: Pictures) -> list[tuple[Figure, FigurePicture | None]]:
        """Return pictures beside each other with their shares of the width: of one height where they would be too wide."""
        made = [self.figure(figure) for figure in row.blocks]
        there = [found for found in made if found]
        room = self.box[0] * (1 - GAP * (len(row.blocks) - 1))
        level = room / (sum(f.width_mm / f.height_mm for f in there) or 1.0)
        fits = sum(f.width_mm for f in there) <= room

        def shared(found: FigurePicture) -> FigurePicture:
            width = found.width_mm if fits else level * found.width_mm / found.height_mm
            return msgspec.structs.replace(found, share=round(100 * width / self.box[0], 2))

        return [(f, found and shared(found)) for f, found in zip(row.blocks, made, strict=True)]

    def formula_in_line(self, formula: Formula) -> str:
        """Return a formula set in its line."""
        place = Span(self.page.session.path, formula.line or 1, formula.column)
        return self._set(formula.tex, False, place)

    def _set(self, tex: str, display: bool, place: Span) -> Markup:
        """Return a formula set; one that cannot be is told of, and printed as its source."""
        self.formulas += len(tex) ** 2
        try:
            if self.formulas > MOST_FORMULAS:
                raise TexError("those of the session are too long together", "shorten them")
            made = self.drawn_formula(tex, display)
        except TexError as error:
            message = f"the formula cannot be set: {error}"
            self.gallery.findings.append(Diagnostic("C323", message, place, error.hint))
            return Markup(f'<code class="tex">{measure.with_cuts(tex)}</code>')  # noqa: S704
        size = self.box[0] / (drawn(tex, display).width * BODY_MM)
        if size < SMALLEST_FORMULA:
            message = f"the formula is wider than the text: it is printed at {size:.0%} of its size"
            self.gallery.findings.append(Diagnostic("C323", message, place, BREAK_IT))
        return made

    def drawn_formula(self, tex: str, display: bool) -> Markup:
        """Return a formula as a picture on the text's baseline; raises `TexError`."""
        return formula(tex, display, self.sentences.language)

    def place(self, block: str) -> str:
        """Return where a handout's block is in the worksheet, "" where it is not or none is cited."""
        if self.page.product.name != "handout" or "worksheet" not in self.page.product.cites:
            return ""
        said = self.page.cited("worksheet", block)
        return self.sentences("worksheet_page", pages=said) if said else ""

    def addresses(self, text: Text) -> str:
        """Return the addresses of a text's links as one types them, less those that it says."""
        found = [_typed(k.target) for k in text.links if _OUTSIDE.match(k.target)]
        said = text.plain.casefold()
        return " · ".join(dict.fromkeys(a for a in found if a.casefold() not in said))

    def code(self, text: str, language: str) -> Markup:
        """Return code highlighted."""
        return highlighted(text, language)

    def formula(self, tex: str, place: Span | None = None) -> Markup:
        """Return a displayed formula; `place` is where its author wrote it."""
        return self._set(tex, True, place or Span(self.page.session.path))

    def icon(self, name: str) -> str:
        """Return the address of an icon of `layouts/icons/` in the accent's colour, or ""."""
        for folder in (self.root / "layouts", layouts()):
            path = folder / "icons" / f"{name}.svg"
            if files.is_file(path):
                return data_address(files.text(path).replace("currentColor", self.accent))
        return ""

    def source(self, target: str) -> str:
        """Return an image's address for the writer, or "" where it is not to be had."""
        made = self._picture(target, Span(self.page.session.path), ("", ""))
        return self._address(target) if made else ""

    def _address(self, target: str) -> str:
        if target.startswith(EMBEDDED):
            return target
        path = picture_file(self.root, target)
        return quote(path.relative_to(self.root.resolve()).as_posix()) if path else ""

    def unprinted(self) -> list[Footnote]:
        """Return the footnotes that no text has referred to so far."""
        return [note for label, note in self.notes.items() if label not in self.printed]


def with_keycaps(html: str) -> str:
    """Return HTML whose keycap emoji are of one face: it draws a digit in its frame.

    It does so without the selector between them.
    """
    if "\u20e3" not in html:
        return html
    return _KEYCAP.sub('<span class="keycap">\\1\u20e3</span>', html)


def length_mm(text: str, whole: float) -> float:
    """Return a length as CSS or HTML says it ("60mm", "50%", "300") in mm; 0 where it is none."""
    found = _LENGTH.fullmatch(text.strip().lower())
    if not found:
        return 0.0
    unit = whole / 100 if found[2] == "%" else UNITS_MM.get(found[2] or "px", 0.0)
    return float(found[1]) * unit


def _typed(target: str) -> str:
    return re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", target).rstrip("/")


def _inside(note: Footnote) -> list[Text]:
    return [b.text for b in note.blocks if isinstance(b, Paragraph)] or list(texts(note.blocks))
