"""Parallel siblings as a table, as cards or as ladders, by what their fields hold."""

from __future__ import annotations

import pytest

from courseware.model.session import parallels
from courseware.products.handout.siblings import SHORT, arrange
from tests.support import session_of


def shape(source: str) -> str:
    (group,) = parallels(session_of(source).sections)
    return arrange(group).kind


def topics(value: str, names: tuple[str, ...] = ("### Hammer", "### Saw")) -> str:
    one = "{}\n**What:** {}\n\n**Use:**{}\n\n"
    return "# T\n\n## Tools\n\n" + "".join(one.format(n, "a tool", value) for n in names)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (" to hit", "table"),
        (" " + "x" * (SHORT + 1), "cards"),
        ("\n- one\n- two", "cards"),
        ("\n\n```python\nprint()\n```", "cards"),
    ],
)
def test_the_shape_follows_the_length_of_values(value: str, kind: str) -> None:
    assert shape(topics(value)) == kind


def test_names_that_only_count_make_ladders() -> None:
    assert shape(topics(" to hit", ("**Example 1:**\n", "**Example 2:**\n"))) == "ladder"
    assert shape(topics(" to hit", ("**1. Hammer**\n", "**2. Saw**\n"))) == "table"


def test_a_field_that_one_lacks_is_an_empty_cell() -> None:
    field = "**{0}:** {0} of {1}\n"
    source = "# T\n\n## Tools\n\n"
    for name in "ABC":
        labels = ("What", "Why", "Care") if name != "B" else ("What", "Why")
        source += f"### {name}\n" + "".join(field.format(n, name) for n in labels) + "\n"
    (group,) = parallels(session_of(source).sections)
    found = arrange(group)
    assert (found.kind, found.labels) == ("table", ("What", "Why", "Care"))
    said = [[None if c is None else c.value.plain for c in row] for _, row in found.rows]
    assert said[1] == ["What of B", "Why of B", None]
    assert said[2] == ["What of C", "Why of C", "Care of C"]


def test_what_stands_beside_the_shared_fields_keeps_siblings_on_cards() -> None:
    source = topics(" to hit", ("### A", "### B", "### C"))
    assert shape(source.replace("### B\n", "### B\nA word before.\n\n", 1)) == "cards"
    assert shape(source.replace("### B\n", "### B\n**Care:** oil\n\n", 1)) == "cards"


def test_two_cards_stand_side_by_side_and_tall_rows_may_break() -> None:
    many = "\n" + "\n".join(f"- item {n}" for n in range(30))
    (group,) = parallels(session_of(topics("\n- a", ("### A", "### B", "### C"))).sections)
    assert [(len(p), tall) for p, tall in arrange(group).pairs] == [(2, False), (1, False)]
    (group,) = parallels(session_of(topics(many)).sections)
    assert [tall for _, tall in arrange(group).pairs] == [True]


def test_a_box_after_the_last_sibling_is_below_them_all() -> None:
    box = '::: activity "Compare" 5 min\nWhich would you take?\n:::\n'
    (group,) = parallels(session_of(topics("\n- a") + box).sections)
    found = arrange(group)
    assert [type(b).__name__ for b in found.after] == ["Box"]
    assert not any(b in s.blocks for pair, _ in found.pairs for s in pair for b in found.after)
