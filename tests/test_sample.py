"""The sample sessions use all there is: every directive, kind of section and block."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, get_args

import pytest

from courseware.checking.rules import check
from courseware.course.loading import Loaded, load
from courseware.model.blocks import Block, Box, Exercise, Field, Section, SectionKind, Space
from courseware.model.walk import walk
from courseware.reading.markdown.directives import DIRECTIVES
from tests.support import PROJECT, SHARED

TEXT = "\n".join(path.read_text("utf-8") for path in sorted((PROJECT / "content").glob("*.md")))
SEED = SHARED / "seeds" / "session-07.md"


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
    assert set(get_args(SectionKind)) - kinds == set()
    spaces = {n.kind for n in found if isinstance(n, Space)}
    assert spaces == {name for name, row in DIRECTIVES.items() if row.role == "space"}


def test_every_block_of_the_model_occurs() -> None:
    found = {type(n) for n in nodes(sample())}
    assert {kind.__name__ for kind in get_args(Block) if kind not in found} == set()


def test_the_sample_course_has_no_findings_but_notes() -> None:
    assert [f for f in check(sample()) if f.severity != "note"] == []


@pytest.mark.skipif(not SEED.is_file(), reason="the seed is not beside the project")
def test_the_sample_of_session_07_covers_the_ground_of_the_seed() -> None:
    seed = load(SEED).course.sessions[0]
    ours = next(s for s in sample().course.sessions if s.path.startswith("07"))

    def ground(session: Any) -> dict[str, set[str]]:
        found = list(walk(session.sections))
        return {
            "blocks": {type(n).__name__ for n in found},
            "sections": {n.kind for n in found if isinstance(n, Section)},
            "boxes": {n.kind for n in found if isinstance(n, Box)},
            "roles": {n.role for n in found if isinstance(n, Field)},
        }

    lacking = {what: names - ground(ours)[what] for what, names in ground(seed).items()}
    assert lacking == {what: set() for what in lacking}
    count = [sum(isinstance(n, Exercise) for n in walk(s.sections)) for s in (ours, seed)]
    assert count[0] >= count[1]
    assert ours.length is not None and seed.length is not None


@pytest.mark.skipif(not SEED.is_file(), reason="the seed is not beside the project")
def test_no_sentence_of_the_seed_is_in_the_samples() -> None:
    """Of eight words in a row, only what every session says may be alike."""

    def runs(text: str) -> set[str]:
        words = re.findall(r"\w+", text.lower())
        return {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}

    assert runs(SEED.read_text("utf-8")) & runs(TEXT) == set()
