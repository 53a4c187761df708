"""A page that is laid out before the whole is the page that the whole has, but near where a page begins."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from courseware.course.loading import Loaded, load
from courseware.course.numbers import chapters
from courseware.model.session import Course
from courseware.products.table import titles
from courseware.serve.builder import make_view
from courseware.serve.views import Stopped, View, ViewSource
from courseware.weasyprint_speed.first_page import fits
from tests.support import PROJECT

WORDS = "A line of words that is read and set, and set again. "


def asked(loaded: Loaded, product: str, seen: int, earlier: View | None = None) -> ViewSource:
    course: Course = msgspec.structs.replace(loaded.course, sessions=loaded.course.sessions[:1])
    names = chapters(loaded.course)
    return ViewSource(product, course, titles("learner", loaded.course), {}, loaded.root, "a4", seen,
                 earlier.session if earlier else None, earlier, names)  # fmt: skip


def made(request: ViewSource) -> tuple[list[View], View]:
    shown: list[View] = []
    whole = make_view(request, lambda: None, shown.append)
    return shown, whole


def text_of(changed: dict[int, str]) -> str:
    parts = [changed.get(n, f"Section {n} says: {WORDS * 6}") for n in range(60)]
    heads = [f"## Part {n}\n\n" if n % 5 == 0 else "" for n in range(60)]
    notes = "\n\n[^a]: A note at a page's foot.\n"
    body = "\n\n".join(head + part for head, part in zip(heads, parts, strict=True))
    return f"# Session 1: Long\n\n{body}, noted.[^a]{notes}"


def test_the_library_is_as_it_was_when_this_was_written() -> None:
    assert fits()


@pytest.mark.parametrize(
    "section", [3, *(pytest.param(n, marks=pytest.mark.slow) for n in (22, 37, 47))]
)
def test_the_first_page_is_the_page_of_the_whole(tmp_path: Path, section: int) -> None:
    file = tmp_path / "one.md"
    file.write_text(text_of({}))
    _, before = made(asked(load(tmp_path), "handout", 0))
    assert len(before.sheets) > 4
    seen = next(
        n for n, sheet in enumerate(before.sheets) if f"Section {section} says" in str(sheet.spots)
    )
    file.write_text(text_of({section: f"Section {section} says other words, and fewer."}))
    shown, whole = made(asked(load(tmp_path), "handout", seen, before))
    assert [view.whole for view in shown] == [False]
    assert shown[0].sheets[seen].key == whole.sheets[seen].key != before.sheets[seen].key
    assert pixels(shown[0], seen) == pixels(whole, seen) != pixels(before, seen)
    spots = [spot for spot in whole.sheets[seen].spots if spot.changed]
    assert [spot.words for spot in spots] == [f"Section {section} says other words, and fewer."]


def test_rows_behind_a_page_break_know_their_lines_at_once(tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    rows = "".join(f"| Row {n} | {WORDS * 5} |\n" for n in range(10, 60))
    text = f"# Session 1: Long\n\n## Steps\n\n| Name | Words |\n|---|---|\n{rows}"
    file.write_text(text)
    _, before = made(asked(load(tmp_path), "handout", 0))
    seen = next(n for n, s in enumerate(before.sheets) if any("Row 35" in p.words for p in s.spots))
    assert seen
    new = text.replace("| Row 35", "| Line 35")
    file.write_text(new)
    shown, whole = made(asked(load(tmp_path), "handout", seen, before))
    lines = new.split("\n")
    assert not shown[0].whole
    for view in (shown[0], whole):
        spots = [spot for spot in view.sheets[seen].spots if spot.words.startswith(("Row", "Line"))]
        assert len(spots) > 5
        assert all(spot.words[:6] in lines[spot.line - 1] for spot in spots)
        marked = [spot.words[:7] for sheet in view.sheets for spot in sheet.spots if spot.changed]
        assert marked == ["Line 35"]


def test_only_what_says_something_new_is_marked(tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    text = """# Session 1: Tea

## Cups

- One cup of tea.
- One cup of tea.

  Drink it slowly.

| Cup | Size |
|---|---|
| Small | Two sips |
| Large | Nine sips |

::: tip
Warm the cup.
:::

## Exercise 1: Drink (10 min)

Drink it slowly.

::: answer
Nobody reads this here.
:::
"""
    file.write_text(text)
    _, before = made(asked(load(tmp_path), "handout", 0))
    for was, now, marked in (
        ("Nine sips", "Ten sips", ["Ten sips"]),
        ("Warm the cup", "Heat the cup", ["Heat the cup."]),
        ("- One cup of tea.\n\n", "- One pot of tea.\n\n", ["One pot of tea."]),
        ("(10 min)\n\nDrink it", "(10 min)\n\nSip it", ["Sip it slowly."]),
        ("Nobody reads", "Nobody sees", []),
        ("## Cups", "Words before.\n\n## Cups", ["Words before."]),
        ("# Session 1: Tea", "<!-- -->\n\n# Session 1: Tea", []),
    ):
        assert was in text
        file.write_text(text.replace(was, now, 1))
        _, view = made(asked(load(tmp_path), "handout", 0, before))
        found = [spot.words for sheet in view.sheets for spot in sheet.spots if spot.changed]
        assert [" ".join(words.replace("•", "").split()) for words in found] == marked, now


@pytest.mark.slow
def test_pages_of_one_name_are_one_picture(tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    known: dict[str, bytes] = {}
    for text in ({}, {20: "Short."}, {20: "Short.", 41: "# A heading"}, {2: WORDS * 40}):
        file.write_text(text_of(text))
        _, view = made(asked(load(tmp_path), "handout", 0))
        for number, sheet in enumerate(view.sheets):
            assert known.setdefault(sheet.key, pixels(view, number)) == pixels(view, number)
    assert len(known) > 12


@pytest.mark.slow
def test_the_sample_course_is_shown_as_it_is_built() -> None:
    from courseware.pdf.pages import written
    from courseware.products.table import PRODUCTS, page

    loaded = load(PROJECT / "content")
    first = loaded.course.sessions[0]
    found = page(PRODUCTS["handout"], loaded.course, first.path)
    assert found is not None
    seen = titles("learner", loaded.course)
    built = pypdfium2.PdfDocument(
        written(found.with_references(seen, {}, chapters(loaded.course)), loaded.root, "a4").data
    )
    _, view = made(asked(loaded, "handout", 0))
    assert len(view.sheets) == len(built)
    for number in range(len(built)):
        drawn = built[number].render(scale=48 / 72).to_pil()
        shown = view.pictures[view.sheets[number].key].png(48)
        assert colours(shown) == drawn.convert("RGB").tobytes()


def colours(png: bytes) -> bytes:
    from PIL import Image

    return Image.open(io.BytesIO(png)).convert("RGB").tobytes()


def pixels(view: View, number: int) -> bytes:
    return colours(view.pictures[view.sheets[number].key].png(48))


@pytest.mark.slow
@pytest.mark.parametrize("product", ["handout", "plain-slides"])
def test_a_view_can_be_stopped_at_every_page_and_slide(tmp_path: Path, product: str) -> None:
    (tmp_path / "one.md").write_text(text_of({}))
    steps: list[None] = []
    request = asked(load(tmp_path), product, 0)
    make_view(request, lambda: None, lambda view: None)
    whole = make_view(request, lambda: steps.append(None), lambda view: None)
    assert len(steps) >= len(whole.sheets) * (2 if product == "handout" else 1)
    for last in (1, len(steps) // 2, len(steps)):
        count = iter(range(last - 1))

        def going_on(count: Iterator[int] = count) -> None:
            if next(count, None) is None:
                raise Stopped

        with pytest.raises(Stopped):
            make_view(request, going_on, lambda view: None)
    assert make_view(request, lambda: None, lambda view: None).sheets == whole.sheets
