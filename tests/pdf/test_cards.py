"""Tall cards are parted at the page's end; nothing of them is lost, or stands off the page."""

from __future__ import annotations

import re
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


def tops(tmp_path: Path, body: str) -> dict[str, tuple[float, float]]:
    """Return where the words of a handout begin on its first page: from the left, from the foot."""
    (tmp_path / "a.md").write_text(f"# T\n\n{body}")
    made = page(PRODUCTS["handout"], load(tmp_path).course, "a.md")
    assert made is not None
    text = PdfDocument(written(made, tmp_path, "a4").data)[0].get_textpage()
    said = text.get_text_range()
    found: dict[str, tuple[float, float]] = {}
    for word in re.finditer(r"\S+", said):
        left, low, *_ = text.get_charbox(word.start())
        found.setdefault(word[0], (left, low))
    return found


def test_choices_in_a_list_stand_beside_each_other(tmp_path: Path) -> None:
    asked = (
        "2. Who pays?\n\n    - [ ] you\n    - [ ] nobody\n    - [ ] somebody\n    - [ ] everybody\n"
    )
    said = tops(tmp_path, f"## Exercise 1: Nets\n\n1. Whom does it help?\n{asked}")
    assert abs(said["you"][1] - said["nobody"][1]) < 3 < said["nobody"][0] - said["you"][0]
