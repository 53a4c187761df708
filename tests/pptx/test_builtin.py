from __future__ import annotations

import io
import runpy
from typing import get_args

import pptx
import pytest

from courseware.folders import layouts
from courseware.pptx.template.placeholders import NEEDED
from courseware.pptx.template.reader import builtin, read
from courseware.pptx.template.template import Template
from courseware.pptx.write.making import parts_of, repacked
from courseware.products.deck.titles import LayoutName
from tests.support import PROJECT

ASKED = get_args(LayoutName)


@pytest.fixture(scope="module")
def own() -> Template:
    template, findings = read(builtin(), {})
    assert findings == ()
    return template


def test_the_committed_file_is_what_the_script_makes() -> None:
    made = runpy.run_path(str(PROJECT / "tools" / "slide_template.py"))["template"]()
    assert made == builtin(), "run tools/slide_template.py"


def test_its_layouts_have_their_own_placeholder_for_each_place(own: Template) -> None:
    assert set(own.layouts) == set(ASKED) and own.scale == 1
    for asked, layout in own.layouts.items():
        assert layout.exact
        for name in ("title", "footer", "number", "date", *NEEDED[asked]):
            place = layout.places[name]
            assert place.idx is not None and not place.moved, (asked, name)
            assert place.x >= 0 and place.x + place.width <= own.width, (asked, name)
            assert place.y >= 0 and place.y + place.height <= own.height, (asked, name)


def test_sizes_are_for_a_room(own: Template) -> None:
    assert own.layouts["content"].places["body"].levels[0].size == 28
    for asked, layout in own.layouts.items():
        for name in {"title", *NEEDED[asked]} - {"body" if asked == "code" else ""}:
            assert min(v.size for v in layout.places[name].levels[:1]) >= 20, (asked, name)


def test_its_colours_are_those_of_the_printed_design(own: Template) -> None:
    design = (layouts() / "shared" / "design.css").read_text("utf-8").upper()
    for name in ("tx1", "accent1", "accent3", "accent6"):
        assert f"#{own.colours[name]}" in design


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_stands_out_from_what_is_behind_it(own: Template) -> None:
    panel = {("exercise", "time"): "tx2", ("exercise", "group"): "tx2"}
    for asked, layout in own.layouts.items():
        for name, place in layout.places.items():
            behind = own.colours.get(panel.get((asked, name), ""), layout.background)
            light, dark = sorted((luminance(behind), luminance(place.levels[0].colour)), reverse=True)  # fmt: skip
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (asked, name)


def test_it_is_in_the_archives_one_order() -> None:
    assert repacked(builtin()) == builtin()
    buffer = io.BytesIO()
    pptx.Presentation(io.BytesIO(builtin())).save(buffer)
    assert repacked(buffer.getvalue()) == repacked(repacked(buffer.getvalue()))
    assert list(parts_of(builtin()))[:2] == ["[Content_Types].xml", "_rels/.rels"]
