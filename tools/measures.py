"""How a built course looks, in figures: `tools/measures.py [NAME=]OUTPUT …`.

OUTPUT is a folder that a build wrote. Its handouts, worksheets, guides and answer keys are measured as pages; its
decks where `slides --pdf` put a PDF beside them. Prints a table of each, a row a course. Lengths are
points, those of a page count from its left and top edge.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

MM = 72 / 25.4
STRIP = 4 * MM
"""Height of the strips that a page is cut into: about a line."""
HEAD, FOOT, INNER, OUTER = 18 * MM + 8, 20 * MM, 24 * MM, 18 * MM
"""Where the text of a page begins and ends: its margins, running lines with them."""
LONG_RUN = 80 * MM
FULL, LOW = 0.67, 0.20
"""A page is full enough from the one on; a last page is nearly empty below the other."""
PROSE = 95 * MM
"""From this width on a line that goes on below is a full line of prose."""
HIGH = 0.55
"""A slide whose text ends above this share of its height stands empty below."""
SLIDE_FOOT = 0.93
WHOLE_LIST = 60
"""Words up to which a list is not cut."""
FIXED_PITCH = 1
"""The flag of a face whose letters are all as wide: code's."""
PICTURED = ("Figure", "")
"""Tags of text in a picture: the picture's, none where it is drawn apart."""
PLAIN = "Title and Content"
SET = ("Title Only", "Statement", "Number", "Picture with Caption")
"""Layouts on which something is set apart: cards and drawings, a statement, a figure, a picture."""
LISTS = (PLAIN, "Two Content", "Comparison", "Three Columns", "Exercise")
"""Layouts that may hold a list that goes on."""
FACTS = ("Time", "Group")
"""Placeholders of the built-in template that hold no list: an exercise's minutes, who works with whom."""
FREE = ("Title Slide", "Section Header")
"""Layouts that are not measured: text stands where their design has it."""


class Glyphs(NamedTuple):
    """A character set: its box and size, whether it stands in a picture or in code, and whether behind a space."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    pictured: bool
    coded: bool = False
    spaced: bool = False


class PageMeasure(NamedTuple):
    """Strips with ink, those with none right of the middle, the longest run of these, how full."""

    inked: int
    narrow: int
    run: float
    fill: float


class SlideMeasure(NamedTuple):
    """A slide: layout and title, where its content ends (a share), words, table text, contrast."""

    layout: str
    title: str
    low: float
    lines: tuple[tuple[str, bool], ...]
    table: float
    contrast: float
    set_apart: bool


# -- pages ------------------------------------------------------------------------------


def measure_page(picture: Any, scale: float) -> PageMeasure:
    """Return the measures of a page from its picture in grey, `scale` pixels a point."""
    width, height = picture.size
    left, right = 5 * MM * scale, width - 2 * MM * scale
    middle = (INNER + width / scale - OUTER) / 2 * scale
    top, bottom = HEAD * scale, height - FOOT * scale
    count = int((bottom - top) / (STRIP * scale))
    reach = [
        _last_ink(picture, left, right, top + n * STRIP * scale, top + (n + 1) * STRIP * scale)
        for n in range(count)
    ]
    lowest = max((n + 1 for n, x in enumerate(reach) if x), default=0)
    run = longest = 0
    for x in reach:
        run = 0 if x >= middle else run + 1
        longest = max(longest, run if x else 0)
    inked = sum(x > 0 for x in reach)
    return PageMeasure(inked, sum(0 < x < middle for x in reach), longest * STRIP, lowest / count)


def _last_ink(picture: Any, left: float, right: float, top: float, bottom: float) -> float:
    """Return where the ink of a strip ends on the right, 0 where it has none."""
    strip = picture.crop((round(left), round(top), round(right), round(bottom)))
    found = strip.point(lambda grey: 255 if grey < 200 else 0).getbbox()
    return left + float(found[2]) if found else 0.0


def glyphs(page: Any) -> Iterator[Glyphs]:
    """Yield the visible characters of a page of a PDF, in the file's order."""
    import ctypes

    import pypdfium2.raw as raw

    text, height = page.get_textpage(), page.get_height()
    matrix, flags = raw.FS_MATRIX(), ctypes.c_int()
    spaced = False
    for at in range(text.count_chars()):
        letter, drawn = chr(raw.FPDFText_GetUnicode(text, at)), raw.FPDFText_GetTextObject(text, at)
        if letter.isspace() or not drawn:  # what has no object is a space or a hyphen put in
            spaced = spaced or (letter.isspace() and bool(drawn))
            continue
        x0, y0, x1, y1 = text.get_charbox(at)
        raw.FPDFText_GetMatrix(text, at, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(text, at) * (matrix.c**2 + matrix.d**2) ** 0.5
        raw.FPDFText_GetFontInfo(text, at, None, 0, ctypes.byref(flags))
        yield Glyphs(letter, x0, x1, height - y1, height - y0, size, _marked(drawn) in PICTURED,
                     bool(flags.value & FIXED_PITCH), spaced)  # fmt: skip
        spaced = False


def _marked(drawn: Any) -> str:
    """Return the tag that text of a PDF is marked with, "" where it has none."""
    import ctypes

    import pypdfium2.raw as raw

    mark, length = raw.FPDFPageObj_GetMark(drawn, 0), ctypes.c_ulong()
    name = (ctypes.c_ushort * 32)()
    if not mark or not raw.FPDFPageObjMark_GetName(mark, name, 64, ctypes.byref(length)):
        return ""
    return "".join(map(chr, name[: length.value // 2 - 1]))


def lines_of(found: Sequence[Glyphs]) -> list[list[Glyphs]]:
    """Return characters in lines: what follows on the right, at the same height, close by."""
    lines: list[list[Glyphs]] = []
    for one in found:
        last = lines[-1][-1] if lines else None
        level = last is not None and abs(one.bottom - last.bottom) < 0.5 * max(one.size, last.size)
        if last is not None and level and -1 < one.x0 - last.x1 < 1.5 * one.size:
            lines[-1].append(one)
        else:
            lines.append([one])
    return lines


def full_lines(lines: Sequence[list[Glyphs]]) -> Iterator[int]:
    """Yield the letters, spaces with them, of each wide line that goes on in the next one.

    Lines of code do not count: their author has cut them. Code in a line of prose does.
    """
    for line, after in pairwise(lines):
        first, last, below = line[0], line[-1], after[0]
        wide = last.x1 - first.x0 >= PROSE
        flows = abs(first.x0 - below.x0) < 3 and 0 < below.bottom - first.bottom < 1.7 * first.size
        if wide and flows and abs(first.size - below.size) < 0.2 and not all(g.coded for g in line):
            yield len(line) + sum(g.spaced for g in line[1:])


def smallest(lines: Sequence[list[Glyphs]]) -> float:
    """Return the smallest size of a line; what is raised in a larger line does not count.

    Nor do words in a picture: its author has drawn them.
    """
    told = ([g for g in line if not g.pictured] for line in lines)
    return min((max(g.size for g in line) for line in told if len(line) > 1), default=0.0)


def measure_pages(files: Sequence[Path]) -> dict[str, str]:
    """Return the row of a kind of page: what is to be known, as printed."""
    import pypdfium2

    pages: list[tuple[PageMeasure, bool, bool]] = []
    letters: list[int] = []
    sizes: list[float] = []
    for file in files:
        with pypdfium2.PdfDocument(file) as document:
            for number, page in enumerate(document, 1):
                picture = page.render(scale=1.0, grayscale=True).to_pil()
                last = number == len(document)
                pages.append((measure_page(picture, 1.0), last, len(document) == 1))
                lines = lines_of(list(glyphs(page)))
                letters += full_lines(lines)
                sizes += [s for s in [smallest(lines)] if s]
    return _page_row(len(files), pages, letters, sizes)


def _page_row(
    count: int,
    pages: Sequence[tuple[PageMeasure, bool, bool]],
    letters: Sequence[int],
    sizes: Sequence[float],
) -> dict[str, str]:
    inner = [m for m, last, _ in pages if not last]
    lasts = [m for m, last, alone in pages if last and not alone]
    inked = sum(m.inked for m, _, _ in pages)
    return {
        "files": str(count),
        "pages": str(len(pages)),
        "lines with nothing right": f"{sum(m.narrow for m, _, _ in pages) / max(inked, 1):.0%}",
        "half-empty 80 mm": str(sum(m.run >= LONG_RUN for m, _, _ in pages)),
        "pages under 67 %": str(sum(m.fill < FULL for m in inner)),
        "last under 20 %": f"{sum(m.fill < LOW for m in lasts)} of {len(lasts)}",
        "letters a line": f"{statistics.median(letters):.0f}" if letters else "–",
        "over 76": f"{sum(n > 76 for n in letters) / max(len(letters), 1):.0%}",
        "smallest": f"{min(sizes):.1f}" if sizes else "–",
    }


# -- slides -----------------------------------------------------------------------------


def measure_slide(slide: Any, page: Any) -> SlideMeasure:
    """Return the measures of a slide and of its page in the PDF."""
    tables = [s.table for s in slide.shapes if getattr(s, "has_table", False) and s.has_table]
    drawn = any(s.name.startswith(("Step", "Quarter", "Field", "Row of")) for s in slide.shapes)
    title = slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""
    layout = slide.slide_layout.name
    sizes = [r.font.size.pt for table in tables for row in table.rows for cell in row.cells
             for p in cell.text_frame.paragraphs for r in p.runs if r.font.size]  # fmt: skip
    return SlideMeasure(layout, title.replace("\xa0", " "), _lowest(page), _lines(slide),
                        min(sizes, default=0.0), _contrast(page), drawn or layout in SET)  # fmt: skip


def _lines(slide: Any) -> tuple[tuple[str, bool], ...]:
    """Return the paragraphs of a slide's placeholders but its title: text, and whether an item.

    What stands below them without a placeholder (code, more text) is an empty one.
    """
    found = []
    last = None
    for shape in slide.placeholders:
        kind = str(shape.placeholder_format.type)
        if any(word in kind for word in ("TITLE", "FOOTER", "SLIDE_NUMBER")) or not shape.has_text_frame:  # fmt: skip
            continue
        if shape.name in FACTS:
            continue
        for paragraph in shape.text_frame.paragraphs:
            bare = paragraph._p.xpath("./a:pPr/a:buNone")
            if paragraph.text.strip():
                found.append((paragraph.text.strip(), not bare))
        last = shape
    more = (s for s in slide.shapes if found and not s.is_placeholder and s.name != "Progress")
    if last is not None and any(s.top > last.top for s in more):
        found.append(("", False))
    return tuple(found)


def _lowest(page: Any) -> float:
    """Return where a slide's text and pictures end above its foot, as a share of its height."""
    import pypdfium2.raw as raw

    height = page.get_height()
    ends = [g.bottom for g in glyphs(page)]
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        _, bottom, _, top = found.get_bounds()
        if top - bottom < 0.9 * height:
            ends.append(height - bottom)
    return max((end / height for end in ends if end / height < SLIDE_FOOT), default=0.0)


def _contrast(page: Any) -> float:
    """Return the least contrast of a line of text with what is around its letters; pictures are their authors'."""
    written = lines_of([g for g in glyphs(page) if not g.pictured])
    lines = [n for n in written if sum(g.text.isalnum() for g in n) > 2]
    picture = page.render(scale=2.0).to_pil().convert("RGB")
    return min((_line_contrast(picture, line) for line in lines), default=21.0)


def _line_contrast(picture: Any, line: Sequence[Glyphs]) -> float:
    from courseware.model.colours import contrast

    box = (min(g.x0 for g in line), min(g.top for g in line),
           max(g.x1 for g in line), max(g.bottom for g in line))  # fmt: skip
    part = picture.crop(tuple(round(2 * n) for n in box))
    counts = Counter(part.get_flattened_data())
    ground = _hex(counts.most_common(1)[0][0]) if counts else "FFFFFF"
    total = sum(counts.values())
    inks = [_hex(c) for c, n in counts.items() if n >= max(2, 0.004 * total)]
    return max((contrast(ink, ground) for ink in inks), default=21.0)


def _hex(colour: tuple[int, int, int]) -> str:
    return "".join(f"{part:02X}" for part in colour)


def measure_decks(files: Sequence[Path]) -> dict[str, str]:
    """Return the row of decks, those that have their PDF beside them."""
    import pypdfium2
    from pptx import Presentation

    every: list[SlideMeasure] = []
    stranded = cut = 0
    for file in files:
        shown = [s for s in Presentation(str(file)).slides if s._element.get("show") != "0"]
        with pypdfium2.PdfDocument(file.with_suffix(".pdf")) as document:
            deck = [measure_slide(s, document[n]) for n, s in enumerate(shown)]
        every += deck
        stranded += sum(_strands(one) for one in deck)
        cut += sum(_cuts(one, after) for one, after in pairwise(deck))
    return _deck_row(len(files), every, stranded, cut)


def _strands(one: SlideMeasure) -> bool:
    """Whether a slide ends with a label that announces what is not on it."""
    return one.layout in LISTS and bool(one.lines) and one.lines[-1][0].endswith(":")


def _cuts(one: SlideMeasure, after: SlideMeasure) -> bool:
    """Whether a list is cut between two slides of a series that together have few words."""
    first, second = (re.match(r"(.*) \((\d+) of \d+\)$", s.title) for s in (one, after))
    if not first or not second or first[1] != second[1] or not one.lines or not after.lines:
        return False
    if one.layout not in LISTS or after.layout not in LISTS:
        return False
    words = sum(len(text.split()) for text, _ in (*one.lines, *after.lines))
    return one.lines[-1][1] and after.lines[0][1] and words <= WHOLE_LIST


def _deck_row(count: int, every: Sequence[SlideMeasure], stranded: int, cut: int) -> dict[str, str]:
    text = [s for s in every if s.layout not in FREE]
    high = sum(s.low < HIGH for s in text)
    total = max(len(every), 1)
    tables = [s.table for s in every if s.table]
    series = sum(bool(re.search(r"\(\d+ of \d+\)$", s.title)) for s in every)
    return {
        "decks": str(count),
        "slides": str(len(every)),
        "plainest": f"{sum(s.layout == PLAIN for s in every) / total:.0%}",
        "set apart, of ten": f"{10 * sum(s.set_apart for s in every) / total:.1f}",
        "end above 55 %": f"{high / max(len(text), 1):.0%}",
        "(k of n)": f"{series / total:.0%}",
        "labels parted": str(stranded),
        "lists of 60 words cut": str(cut),
        "smallest in tables": f"{min(tables):.0f}" if tables else "–",
        "least contrast": f"{min((s.contrast for s in every), default=21.0):.1f}",
    }


# -- all ---------------------------------------------------------------------------------


def main(outputs: Sequence[str]) -> None:
    """Print a table of each kind of product, a row for each output."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    named = [(o.partition("=")[0], Path(o.partition("=")[2] or o)) for o in outputs]
    for kind in ("handouts", "worksheets", "guides", "answers", "slides"):
        rows = []
        for name, folder in named:
            if kind == "slides":
                decks = sorted((folder / kind).rglob("*.pptx"))
                files = [f for f in decks if f.with_suffix(".pdf").is_file()]
            else:
                files = sorted((folder / kind).rglob("*.pdf"))
            if files:
                rows.append((name, (measure_decks if kind == "slides" else measure_pages)(files)))
        if rows:
            print(f"| {kind} | {' | '.join(rows[0][1])} |\n|{'---|' * (len(rows[0][1]) + 1)}")
            for name, row in rows:
                print(f"| {name} | {' | '.join(row.values())} |")
            print(flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
