"""The sample sessions use all there is: every directive, kind of section and block."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, get_args

from courseware.checking.rules import check
from courseware.course.loading import Loaded, load
from courseware.model.blocks import Block, Section, SectionKind, Space
from courseware.reading.markdown.directives import DIRECTIVES
from tests.support import PROJECT

TEXT = "\n".join(path.read_text("utf-8") for path in sorted((PROJECT / "content").glob("*.md")))


@cache
def sample() -> Loaded:
    return load(PROJECT / "content")


def nodes(loaded: Loaded) -> list[Any]:
    return [n for session in loaded.course.sessions for n in session.nodes()]


def test_every_directive_occurs() -> None:
    used = re.findall(r"^\s*(?:> ?)*:{3,}\s*\{?\.?([A-Za-z][\w-]*)", TEXT, re.M)
    assert set(DIRECTIVES) - {name.lower() for name in used} == set()


def test_every_kind_of_section_and_of_writing_space_occurs() -> None:
    found = nodes(sample())
    kinds = {n.kind for n in found if isinstance(n, Section)}
    assert set(get_args(SectionKind)) - kinds == {"welcome"}  # its "Opening" has no heading
    spaces = {n.kind for n in found if isinstance(n, Space)}
    assert spaces == {name for name, row in DIRECTIVES.items() if row.role == "space"}


def test_every_block_of_the_model_occurs() -> None:
    found = {type(n) for n in nodes(sample())}
    lacking = {kind.__name__ for kind in get_args(Block) if kind not in found}
    assert lacking == {"Pictures"}  # its charts are read alone; tests/projects/bread has a row


def test_the_sample_course_has_no_findings_but_notes() -> None:
    assert [f for f in check(sample()) if f.severity != "note"] == []
