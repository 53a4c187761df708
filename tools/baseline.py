"""The words of all products, page by page, before and after a change: what moved is named.

`tools/baseline.py take COURSE FILE [CHECKOUT]` builds every product of a course with the program of
a checkout (this one by default) and writes their words as JSON: a text for each page or slide.
`tools/baseline.py compare BEFORE AFTER` prints, for each product, the first page that differs.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pptx import Presentation

HERE = Path(__file__).resolve().parent.parent
ORDERS = (("all",), ("slides", "--no-notes"), ("slides", "--pdf"), ("slides", "--notes-pdf"))
"""The commands that make every product in every form."""
AROUND = 6
"""Words that are shown before and after the first that differs."""
_BROKEN = re.compile("[\u00ad\ufffe\x02]\\s*")
"""A hyphen of the layout's own at a line's end, as pdfium tells it."""

Products = dict[str, list[str]]
"""The words of each page, by the name of the product's file below the output folder."""


def take(course: Path, checkout: Path) -> Products:
    """Return the words of all products of a course, built with the program of a checkout."""
    with tempfile.TemporaryDirectory() as folder:
        for order in ORDERS:
            command = [sys.executable, str(checkout / "build.py"), "--course", str(course), *order,
                       "--output", folder, "--quiet", "--jobs", "1"]  # fmt: skip
            subprocess.run(
                command, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)},
                stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False,
            )  # fmt: skip
        return read(Path(folder))


def read(output: Path) -> Products:
    """Return the words of the products in an output folder."""
    pages = {".pdf": pdf_pages, ".pptx": slides}
    found = sorted(p for p in output.rglob("*.p*") if p.suffix in pages)
    return {
        path.relative_to(output).as_posix(): [" ".join(text.split()) for text in pages[path.suffix](path)]
        for path in found
    }  # fmt: skip


def pdf_pages(path: Path) -> Iterator[str]:
    """Yield the text of each page of a PDF, in the order in which it is printed."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        yield _BROKEN.sub("", page.get_textpage().get_text_range())
    document.close()


def slides(path: Path) -> Iterator[str]:
    """Yield the text of each slide: its shapes in their order, then its notes."""
    for slide in Presentation(str(path)).slides:
        notes = slide.notes_slide.shapes if slide.has_notes_slide else ()
        yield "\n".join(shape_text(shape) for shape in (*slide.shapes, *notes))


def shape_text(shape: object) -> str:
    """Return the text of a shape, of those that it groups, or of a table's cells."""
    if getattr(shape, "has_table", False):
        return "\n".join(cell.text for row in shape.table.rows for cell in row.cells)  # type: ignore[attr-defined]
    if getattr(shape, "has_text_frame", False):
        return str(shape.text_frame.text)  # type: ignore[attr-defined]
    return "\n".join(shape_text(inside) for inside in getattr(shape, "shapes", ()))


def compare(before: Products, after: Products) -> Iterator[str]:
    """Yield a line for each product that differs: where first, and how."""
    for name in sorted(before | after):
        if name not in after or name not in before:
            yield f"{name}: {'only before' if name in before else 'only after'}"
        elif line := first_difference(before[name], after[name]):
            yield f"{name}: {line}"


def first_difference(before: list[str], after: list[str]) -> str:
    """Return where the pages of a product first differ, and how; "" where they do not."""
    differing = [
        n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other
    ]
    if not differing and len(before) == len(after):
        return ""
    page = differing[0] if differing else min(len(before), len(after))
    moved = " ".join(before).split() == " ".join(after).split()
    how = "the same words on other pages" if moved else "other words"
    one, other = ((pages[page].split() if page < len(pages) else []) for pages in (before, after))
    at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
              min(len(one), len(other)))  # fmt: skip
    return (f"page {page + 1} of {len(before)} (now {len(after)}), {how}, {len(differing)} pages differ\n"
            f"  before: {around(one, at)}\n  after:  {around(other, at)}")  # fmt: skip


def around(words: list[str], at: int) -> str:
    """Return some words before and after a place."""
    return " ".join([*words[max(0, at - AROUND) : at], "»", *words[at : at + AROUND]])


def main(command: str, first: str, second: str, checkout: str = str(HERE)) -> None:
    """Take a baseline, or compare two; ends with 1 where they differ."""
    if command == "take":
        made = take(Path(first).resolve(), Path(checkout).resolve())
        Path(second).write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n")
        print(f"{second}: {len(made)} files, {sum(map(len, made.values()))} pages")
        return
    lines = list(compare(*(json.loads(Path(name).read_text()) for name in (first, second))))
    print("\n".join(lines) or "every product has the same words on the same pages")
    sys.exit(bool(lines))


if __name__ == "__main__":
    main(*sys.argv[1:])
