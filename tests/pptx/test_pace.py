"""A slide a minute: what has more is told, with how many and for how long."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.pptx.write.making import composed
from courseware.products.table import PRODUCTS, page
from tests.decks import course_of
from tests.support import session_of

TEXT = "# T\n\n## Knots{}\n\n" + "".join(
    f"### Knot {n}\n\nThis is a knot.\n\n- tie it\n- test it\n\n::: case\nA net.\n:::\n\n"
    for n in range(4)
)


@pytest.mark.parametrize(("time", "told"), [(" (5 min)", True), (" (20 min)", False)])
def test_more_slides_than_minutes_are_told(time: str, told: bool, tmp_path: Path) -> None:
    course = course_of(session_of(TEXT.format(time)))
    found = page(PRODUCTS["slides"], course, course.sessions[0].path)
    assert found is not None
    said = [d for d in composed(found, tmp_path).findings if d.code == "C196"]
    assert bool(said) is told
    if told:
        assert '"Knots" has 8 slides for 5 minutes' in said[0].message and said[0].span.line == 3


BELOW_NO_HEADING = "# T\n\n" + "".join(
    f"::: case\nA net of {n} knots.\n:::\n\n| a | b |\n|---|---|\n| {n} | d |\n\n" for n in range(4)
)


def test_text_below_no_heading_is_called_by_its_kind(tmp_path: Path) -> None:
    course = course_of(session_of(BELOW_NO_HEADING + "## Rest\n\nThe end.\n"))
    found = page(PRODUCTS["slides"], course, course.sessions[0].path)
    assert found is not None
    said = [d.message for d in composed(found, tmp_path).findings if d.code == "C196"]
    assert said[0].startswith('"Introduction" has ')
