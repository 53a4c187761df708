"""What learners get of a session: nothing of the facilitator's, and no husk of what was taken out."""

from __future__ import annotations

import pytest

from courseware.model.blocks import Item, Table
from courseware.model.session import for_learner, hidden
from courseware.model.walk import walk
from tests.support import session_of, tree

HIDDEN = ["::: facilitator\n{0}Say: x\n{0}:::", "::: answer\n{0}x\n{0}:::", "::: debrief\n{0}x\n{0}:::",
          "<details>\n\n{0}x\n\n{0}</details>", "**Answer:** x"]  # fmt: skip


@pytest.mark.parametrize("bullet", ["- ", "1. "])
@pytest.mark.parametrize("own", HIDDEN)
def test_an_item_that_is_all_the_facilitators_goes_with_its_bullet(own: str, bullet: str) -> None:
    indent = " " * (3 if bullet == "1. " else 2)
    items = [f"{bullet}Stays.", bullet + own.format(indent), f"{bullet}Stays, too."]
    session = session_of("# T\n\n## Exercise 1: A (5 min)\n\nWhy?\n\n" + "\n".join(items) + "\n")
    shown = [n for n in walk(for_learner(session).sections) if isinstance(n, Item)]
    assert ["Stays" in tree([item]) for item in shown] == [True, True]
    assert not any(hidden(node) for node in walk(for_learner(session).sections))


def test_an_item_keeps_what_is_for_everyone_and_an_empty_one_of_the_authors_stays() -> None:
    text = "# T\n\n## A\n\n- Seen.\n\n  ::: facilitator\n  Not seen.\n  :::\n-\n- Last.\n"
    shown = [n for n in walk(for_learner(session_of(text)).sections) if isinstance(n, Item)]
    assert [tree(item.blocks).strip() for item in shown] == [
        "paragraph: Seen.", "", "paragraph: Last."
    ]  # fmt: skip


def test_a_cell_that_is_all_the_facilitators_leaves_its_row_as_wide_as_the_others() -> None:
    text = "# T\n\n## A\n\n| a | For the facilitator | b |\n|---|---|---|\n| 1 | x | 2 |\n| 3 | y | 4 |\n"
    (section,) = for_learner(session_of(text)).sections
    (table,) = section.blocks
    assert isinstance(table, Table)
    assert [len(row.cells) for row in (*table.head, *table.rows)] == [2, 2, 2]
