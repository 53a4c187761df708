"""Pictures of real pages for the README: `make pictures` builds a sample session and draws them.

A row of `PICTURES` is a product's file in the output and one of its pages; files that this version
of the program does not build are passed over with a line that says so.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
WIDTH = 700
"""Pixels across a picture."""
COLOURS = 64
"""Colours of a picture: pages have few, and fewer make small files."""
MOST_BYTES = 1_000_000
"""All pictures together stay below this."""
SESSION = "07"
SHEETS = (
    ("sheet-handout", "handouts", 4),
    ("sheet-worksheet", "worksheets", 4),
    ("sheet-slides", "slides", 6),
)
"""Contact sheets of a whole file: name, folder, pages beside each other."""
SHEET_WIDTH, GAP = 1100, 6
"""Pixels across a contact sheet, and between its pages."""
PICTURES = (
    ("handout-1", "handouts", 1),
    ("handout-2", "handouts", 2),
    ("worksheet", "worksheets", 1),
    ("guide", "guides", 1),
    ("slide-1", "slides", 1),
    ("slide-2", "slides", "Exercise 1: Scenario C: The test was better"),
    ("slide-3", "slides", "The model review"),
)
"""Name of the picture, folder of the file, and its page: from 1, or the first with these words."""
EXAMPLES = ("de", "ar", "ja")
"""Languages of the session's translations in docs/examples: a page of each is a picture."""
SMALL = 420
"""Pixels across a picture of a translation."""


def draw(file: Path, page: int | str, width: int = WIDTH) -> bytes:
    """Return a page of a PDF as PNG, `width` pixels across; an IndexError where there is no such page."""
    import pypdfium2
    from PIL import Image

    with pypdfium2.PdfDocument(file) as document:
        lines = [sheet.get_textpage().get_text_range().splitlines() for sheet in document]
        found = [
            n
            for n, has in enumerate(lines, 1)
            if (
                any(f"{line} ".startswith(f"{page} ") for line in has)
                if isinstance(page, str)
                else page == n
            )
        ]
        if not found:
            raise IndexError(f"{file.name} has no page {page}")
        sheet = document[found[0] - 1]
        scale = 2 * width / sheet.get_width()
        large = sheet.render(scale=scale).to_pil().convert("RGB")
    height = round(large.height * width / large.width)
    small = large.resize((width, height), Image.Resampling.LANCZOS)
    few = small.quantize(COLOURS, dither=Image.Dither.NONE)
    data = io.BytesIO()
    few.save(data, "PNG", optimize=True)
    return data.getvalue()


def draw_sheet(file: Path, across: int) -> bytes:
    """Return all pages of a PDF beside and below each other, as PNG."""
    import pypdfium2
    from PIL import Image

    wide = (SHEET_WIDTH - GAP * (across + 1)) // across
    with pypdfium2.PdfDocument(file) as document:
        pages = [
            sheet.render(scale=2 * wide / sheet.get_width()).to_pil().convert("RGB")
            for sheet in document
        ]
    high = max(round(page.height * wide / page.width) for page in pages)
    rows = -(-len(pages) // across)
    whole = Image.new("RGB", (SHEET_WIDTH, rows * (high + GAP) + GAP), "#8a8f98")
    for number, page in enumerate(pages):
        row, column = divmod(number, across)
        small = page.resize((wide, high), Image.Resampling.LANCZOS)
        whole.paste(small, (GAP + column * (wide + GAP), GAP + row * (high + GAP)))
    data = io.BytesIO()
    few = whole.quantize(COLOURS // 2, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(data, "PNG", optimize=True)
    return data.getvalue()


def drawn(output: Path) -> dict[str, bytes]:
    """Return the pictures of what was built, by name."""
    pictures: dict[str, bytes] = {}
    for name, folder, page in PICTURES:
        files = sorted((output / folder).glob(f"{SESSION}-*.pdf"))
        if files:
            pictures[name] = draw(files[0], page)
        else:
            print(f"{name}: no {folder}/{SESSION}-*.pdf, left out", file=sys.stderr)
    return pictures


def sheets(output: Path) -> dict[str, bytes]:
    """Return the contact sheets of what was built, by name."""
    found = {name: sorted((output / folder).glob(f"{SESSION}-*.pdf")) for name, folder, _ in SHEETS}
    return {name: draw_sheet(found[name][0], n) for name, _, n in SHEETS if found[name]}


def build(course: Path, folder: str, *words: str) -> None:
    """Build the session of a course; end where there is a finding."""
    call = [sys.executable, str(ROOT / "build.py"), "--course", str(course), *words, SESSION,
            "--output", folder, "--strict"]  # fmt: skip
    if subprocess.call(call, cwd=ROOT):
        sys.exit(f"{course} does not build without a finding; nothing was drawn")


def translated() -> dict[str, bytes]:
    """Return a page of the handout in each of the languages of `EXAMPLES`, by name."""
    pictures: dict[str, bytes] = {}
    for language in EXAMPLES:
        with tempfile.TemporaryDirectory() as folder:
            build(ROOT / "docs/examples" / language, folder, "handouts")
            file = next((Path(folder) / "handouts").glob("*.pdf"))
            pictures[f"handout-{language}"] = draw(file, 1, SMALL)
    return pictures


def main() -> None:
    """Build the sessions afresh and write the pictures; those no longer drawn go."""
    with tempfile.TemporaryDirectory() as folder:
        build(ROOT / "content", folder, "all")
        build(ROOT / "content", folder, "slides", "--pdf")
        pictures = drawn(Path(folder)) | sheets(Path(folder)) | translated()
    total = sum(map(len, pictures.values()))
    if total > MOST_BYTES:
        sys.exit(f"{total:,} bytes of pictures are more than {MOST_BYTES:,}")
    TARGET.mkdir(exist_ok=True)
    for old in TARGET.glob("*.png"):
        if old.stem not in pictures:
            old.unlink()
    for name, data in pictures.items():
        (TARGET / f"{name}.png").write_bytes(data)
        print(f"docs/pictures/{name}.png  {len(data):,} bytes")


if __name__ == "__main__":
    main()
