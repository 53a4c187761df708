"""Tall cards are parted at the page's end; nothing of them is lost, or stands off the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from courseware.course.loading import load
from courseware.pdf.pages import written
from courseware.products.table import PRODUCTS, page

CLAUSE = "a step that says what shall change and by how much and what happens in doubt"
LADDER = "**Ladder {name}: one of two**\n\n- **Wish:** {name} begins.\n- **Sharper:** {clause}.\n- **Specified:** {long}, and {name} ends.\n"


@pytest.mark.parametrize("lines", range(14, 36, 3))
def test_cards_at_a_page_end_are_whole(tmp_path: Path, lines: int) -> None:
    filler = "\n\n".join(f"Line {n} of what stands before." for n in range(lines))
    cards = "\n".join(
        LADDER.format(name=name, clause=CLAUSE, long=", ".join([CLAUSE] * count))
        for name, count in (("Alpha", 5), ("Beta", 4))
    )
    (tmp_path / "a.md").write_text(
        f"# T\n\n## Before\n\n{filler}\n\n## Ladders\n\nTwo of them.\n\n{cards}"
    )
    made = page(PRODUCTS["handout"], load(tmp_path).course, "a.md")
    assert made is not None
    pdf = PdfDocument(written(made, tmp_path, "a4").data)
    said = "".join("".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pdf)
    assert all(f"{name}{word}" in said for name in ("Alpha", "Beta") for word in ("begins", "ends"))
    for sheet in pdf:
        text = sheet.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        assert all(low >= 0 and high <= sheet.get_height() for _, low, _, high in boxes)
