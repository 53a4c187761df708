"""`tools/measures.py` counts the letters of a line as a reader does: words, spaces, no lines of code."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from courseware.course.loading import load
from courseware.pdf.pages import written
from courseware.products.table import PRODUCTS, page
from tools.measures import full_lines, glyphs, lines_of

WORDS = "Ill fitting little bills fill til will till mill kill hill pill lilt tilt jilt. "
CODED = "Say `ill.fit` to `/lib/lil` and `il.li`, then `./fill.il` or `i/l/i` again. "


@pytest.mark.parametrize("words", [WORDS, CODED], ids=["narrow letters", "code in prose"])
def test_letters_of_a_line_are_those_of_its_words(tmp_path: Path, words: str) -> None:
    """Narrow letters, and those of code, stand apart without a space between them."""
    text = (words * 6).strip()
    code = f"```sh\n{'il ' * 60}\n```"
    (tmp_path / "a.md").write_text(f"# Session 1: One\n\n## Lines\n\n{text}\n\n{code}\n")
    made = page(PRODUCTS["handout"], load(tmp_path).course, "a.md")
    assert made is not None
    sheet = PdfDocument(written(made, tmp_path, "a4").data)[0]
    counts = list(full_lines(lines_of(list(glyphs(sheet)))))
    plain = text.replace("`", "")
    shown = [line.strip() for line in sheet.get_textpage().get_text_bounded().splitlines()]
    lines = [len(line) for line in shown if line and line in plain]
    assert counts
    assert not Counter(counts) - Counter(lines)
