"""The HTML of a tiny course, of every product: what changes in it is seen, and meant."""

from __future__ import annotations

from difflib import unified_diff
from typing import get_args

import pytest

from courseware.checking.rules import check
from courseware.course.loading import load
from courseware.model.blocks import Block, Box, Section, SectionKind
from courseware.reading.markdown.directives import DIRECTIVES
from tests.golden_html import COURSE, GOLDEN, expected


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return expected()


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.iterdir()))
def test_html_is_as_expected(name: str, made: dict[str, str]) -> None:
    assert name in made, "a file that nothing makes: `make golden` removes it"
    before, now = (GOLDEN / name).read_text("utf-8"), made[name]
    lines = unified_diff(before.splitlines(), now.splitlines(), "expected", "now", lineterm="")
    assert before == now, "\n".join(["if this is meant, `make golden` takes it over:", *lines])


def test_all_html_is_expected(made: dict[str, str]) -> None:
    lacking = made.keys() - {path.name for path in GOLDEN.iterdir()}
    assert not lacking, "`make golden` writes these files"


def test_the_course_holds_every_kind_of_block_and_nothing_wrong() -> None:
    loaded = load(COURSE)
    nodes = [node for session in loaded.course.sessions for node in session.nodes()]
    boxes = {node.kind for node in nodes if isinstance(node, Box)}
    assert set(get_args(Block)) <= {type(node) for node in nodes}
    assert set(get_args(SectionKind)) == {n.kind for n in nodes if isinstance(n, Section)}
    directives = {row.kind for row in DIRECTIVES.values() if row.role == "box"}
    assert directives - {"instructor", "notes", "solution"} <= boxes
    assert {found.code for found in check(loaded)} == {"C140"}
