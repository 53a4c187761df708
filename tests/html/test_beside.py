"""Pictures that share a line are no wider than their share of it."""

from __future__ import annotations

import pytest

from courseware.html.beside import in_cells, on_lines
from tests.support import session_of

ROOM = 160.0


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_the_pictures_of_a_row_have_room_in_it(count: int) -> None:
    row = " | ".join(f"![{n}](p{n}.png)" for n in range(count))
    text = f"# T\n\n## A\n\n| What{' |' * count} |\n|---{'|---' * count}|\n| clay | {row} |\n"
    found = in_cells(session_of(text).nodes(), ROOM)
    assert len(found) == count and sum(found.values()) < ROOM


def test_words_between_pictures_part_them() -> None:
    nodes = list(
        session_of("# T\n\nSee ![a](a.png) ![b](b.png).\n\n![c](c.png) or ![d](d.png)\n").nodes()
    )
    assert {source for source, _, _ in on_lines(nodes, ROOM)} == {"a.png", "b.png"}
    assert sum(on_lines(nodes, ROOM).values()) < ROOM
