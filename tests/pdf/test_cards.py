"""Tall cards are parted at the page's end; nothing of them is lost, or stands off the page."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdfium2 import PdfDocument

from courseware.course.loading import load
from courseware.pdf import parting
from courseware.pdf.pages import laid_out, written
from courseware.pdf.sheets import sheets, walk, words
from courseware.products.table import PRODUCTS, page
from tools.quality import faults

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


STORY = "### {name} and how it ended\n\n- **Tried:**\n    - {clause}\n    - {name} begins\n- **Measured:**\n    - {clause}{note}\n- **In use:**\n    - {clause}\n    - {clause}\n    - {clause}\n    - {name} ends\n"


@pytest.mark.parametrize("note", ["", "[^n]"])
@pytest.mark.parametrize("lines", range(15, 31, 5))
def test_a_card_says_overleaf_whose_it_is(tmp_path: Path, lines: int, note: str) -> None:
    filler = "\n\n".join(f"Line {n} of what stands before." for n in range(lines))
    cards = "\n".join(
        STORY.format(name=name, clause=CLAUSE, note=note) for name in ("Alpha", "Beta")
    )
    (tmp_path / "a.md").write_text(
        f"# T\n\n## Before\n\n{filler}\n\n## Stories\n\n{cards}\n\n[^n]: A note on it.\n"
    )
    made = page(PRODUCTS["handout"], load(tmp_path).course, "a.md")
    assert made is not None
    document = laid_out(made, tmp_path, "a4")
    assert faults(sheets(document)) == ()
    pages = [
        [words(p) for p in walk(sheet.pieces) if p.kind == "line"] for sheet in sheets(document)
    ]
    for name in ("Alpha", "Beta"):
        on = [n for n, said in enumerate(pages) if any(name in line for line in said)]
        begins = next(n for n, said in enumerate(pages) if f"{name} and how it ended" in said)
        again = [n for n, said in enumerate(pages) if f"… {name} and how it ended" in said]
        assert on[0] == begins and on[1:] == again
    every = [line for said in pages for line in said]
    assert all(
        f"{name} {word}" in " ".join(every)
        for name in ("Alpha", "Beta")
        for word in ("begins", "ends")
    )
    for sheet in sheets(document):
        assert all(p.top >= 0 and p.bottom <= sheet.height for p in walk(sheet.pieces))
        named = [p for p in walk(sheet.pieces) if "again" in p.classes]
        assert all(p.top < sheet.top + 12 for p in named)


def test_a_numbered_list_that_goes_on_overleaf_keeps_its_numbers() -> None:
    tree = ElementTree.fromstring(
        '<body><div class="cards tall"><section><h3>A <b>b</b><span class="time">5 min</span></h3>'
        '<ol id="x" start="3"><li>one</li><li>two</li><li>three</li></ol><p>end</p></section></div></body>'
    )
    rest = parting._overleaf(tree[0], [3])  # noqa: SLF001
    again, numbered, last = rest[0]
    assert again.text == "… A b" and again.get("aria-hidden") == "true" and last.text == "end"
    assert numbered.get("start") == "5" and [li.text for li in numbered] == ["three"]
    assert [li.text for li in tree[0][0][1]] == ["one", "two"] and numbered.get("id") is None


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
