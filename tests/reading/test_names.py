"""Names of blocks: none twice, and those in lists and tables say where they stand."""

from __future__ import annotations

from collections import Counter

from hypothesis import given

from courseware.model.blocks import Cell, Field, Item, Row
from courseware.model.walk import children, walk
from tests.reading.test_properties import QUICK, sessions
from tests.support import session_of

TEXT = """# T

## One

- a
- b
  - c

| x | y |
|---|---|
| 1 | 2 |

**Where to:** Rome

## Two {#two}

**Where to:** Paris
"""


def test_a_name_says_where_an_item_a_row_a_cell_and_a_field_stand() -> None:
    named = [n.id for n in session_of(TEXT).nodes() if isinstance(n, Item | Row | Cell | Field)]
    assert named == [
        "list-item-1", "list-item-2", "list-1-item-1", "table-row-1", "table-row-1-cell-1",
        "table-row-1-cell-2", "table-row-2", "table-row-2-cell-1", "table-row-2-cell-2",
        "one-where-to", "two-where-to",
    ]  # fmt: skip


def test_what_is_put_before_a_section_does_not_rename_its_fields_and_items() -> None:
    before = session_of(TEXT)
    after = session_of(TEXT.replace("## One\n", "## None\n\nText.\n\n**Who:** We\n\n## One\n"))
    assert {n.id for n in before.nodes() if isinstance(n, Item | Row | Cell | Field)} <= {
        n.id for n in after.nodes()
    }


@QUICK
@given(sessions())
def test_no_name_stands_twice(text: str) -> None:
    session = session_of(f"# T\n\n{text}")
    names = Counter(node.id for node in walk(session.sections))
    assert "" not in names and not [name for name, count in names.items() if count > 1]
    for node in walk(session.sections):
        inside = [c for c in children(node) if isinstance(c, Item | Row | Cell)]
        assert all(c.id.startswith(f"{node.id}-") for c in inside)
