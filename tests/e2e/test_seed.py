"""A real session that lies beside the project is read as expected, and becomes what it should.

Without it these are skipped: the tests of `make test` read nothing beside the project.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from courseware.course.loading import load
from courseware.model.blocks import (
    Box,
    Exercise,
    Field,
    Item,
    List,
    Parallel,
    Part,
    Section,
    Time,
    Topic,
)
from courseware.model.session import Session, parallels, parts, prompts
from courseware.model.times.timing import run_sheet
from courseware.model.walk import blocks_of, walk
from courseware.products.table import PRODUCTS, page
from courseware.reading.stages import read_session
from tests import test_sample
from tests.products import test_guide
from tests.support import PROJECT, SHARED, WORDS, tokens

SEEDS = SHARED / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="no seeds lie beside the project")


@pytest.fixture(scope="module")
def expected() -> Any:
    return yaml.safe_load((SEEDS / "session-07.expected.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def session() -> Session:
    reading = read_session((SEEDS / "session-07.md").read_bytes(), "session-07.md", WORDS)
    assert reading.session is not None
    assert not reading.findings
    return reading.session


def topics(section: Section) -> list[Topic]:
    found = [b for b in section.blocks if isinstance(b, Topic)]
    for block in section.blocks:
        if isinstance(block, Parallel):
            found += [s for s in block.siblings if isinstance(s, Topic)]
    return found


def own_items(section: Section) -> int:
    return sum(len(b.items) for b in section.blocks if isinstance(b, List))


def test_title_block(session: Session, expected: Any) -> None:
    assert session.number == expected["number"]
    assert session.title.plain == expected["title"]
    assert session.module == expected["module"]
    assert session.length is not None
    stated = {"low": session.length.low, "high": session.length.high}
    assert stated == expected["duration_minutes"]
    assert session.revision == expected["revision"]


def test_sections(session: Session, expected: Any) -> None:
    assert len(session.sections) == len(expected["sections"])
    for section, row in zip(session.sections, expected["sections"], strict=True):
        assert (section.kind, section.heading.title.plain) == (row["kind"], row["title"])
        assert section.heading.icon == row["icon"]
        if "items" in row:
            assert own_items(section) == row["items"]
        if "topics" in row:
            assert len(topics(section)) == row["topics"]
        if "exercises" in row:
            assert len(session.exercises()) == row["exercises"]
        if "target" in row:
            assert section.target == row["target"]


def under(session: Session, group: Parallel) -> str:
    for node in session.nodes():
        if isinstance(node, Section | Topic) and group in node.blocks:
            return node.heading.title.plain
    raise AssertionError(group)


def test_parallel_siblings(session: Session, expected: Any) -> None:
    groups = parallels(session.sections)
    assert len(groups) == len(expected["parallel"])
    for group, row in zip(groups, expected["parallel"], strict=True):
        assert under(session, group) == row["under"]
        assert len(group.siblings) == row["siblings"]
        assert list(group.labels) == row["labels"]
        lacking: dict[str, list[int]] = {}
        for at, sibling in enumerate(group.siblings, 1):
            have = {t.rstrip(":") for t in labels(sibling)}
            for label in group.labels:
                if label not in have:
                    lacking.setdefault(label, []).append(at)
        assert lacking == row["lacking"]
    others = {under(session, g) for g in groups}
    assert not others & set(expected["not_parallel"])


def labels(node: Any) -> list[str]:
    from courseware.model.walk import fields_of

    return [f.label.plain for f in fields_of(node)]


def test_parts(session: Session, expected: Any) -> None:
    for name, titles in expected["parts"].items():
        topic = next(t for t in blocks_of(session.sections, Topic) if t.heading.title.plain == name)
        assert [p.heading.title.plain for p in blocks_of([topic], Part)] == titles


def test_fences(session: Session, expected: Any) -> None:
    boxes = list(blocks_of(session.sections, Box))
    assert [b.kind for b in boxes] == ["note-lines"] * expected["fenced_blocks"]


def test_exercises(session: Session, expected: Any) -> None:
    for exercise, row in zip(session.exercises(), expected["exercises"], strict=True):
        assert exercise.number == str(row["number"])
        assert exercise.heading.title.plain == row["title"]
        assert exercise.time is not None
        assert (exercise.time.low, exercise.time.high) == (row["minutes"], row["minutes"])
        assert [p.heading.title.plain for p in parts(exercise) if isinstance(p, Part)] == row[
            "parts"
        ]
        counts = [sum(getattr(n, "asks", False) for n in walk([p])) for p in parts(exercise)]
        assert (counts or [len(prompts(exercise))]) == row["prompts"]


def test_answers_and_times(session: Session, expected: Any) -> None:
    hidden = [n for n in session.nodes() if n.audience == "facilitator"]
    assert len(hidden) == expected["answers"]
    stated = expected["timings"]["stated_minutes"]
    assert session.stated_minutes() == (stated, stated)
    left = session.left_minutes()
    assert left is not None
    assert dict(zip(("low", "high"), left, strict=True)) == expected["timings"]["left_for_the_rest"]
    for row in expected["not_timings"]:
        topic = next(
            t for t in blocks_of(session.sections, Topic) if t.heading.name == row["topic"]
        )
        items = [i for i in walk([topic]) if isinstance(i, Item) and tokens(str(i.blocks))]
        assert all(i.time is None for i in items)


def test_the_damaged_copy_gives_the_same_model(session: Session) -> None:
    data = (SEEDS / "session-07-as-received.md").read_bytes()
    reading = read_session(data, "session-07.md", WORDS)
    assert reading.session == session
    assert [(f.code, str(f.severity)) for f in reading.findings] == [("C002", "warning")]


def test_a_single_file_is_a_course() -> None:
    loaded = load(SEEDS / "session-07.md")
    assert [s.number for s in loaded.course.sessions] == [7]
    assert not loaded.failed


def test_a_real_session_becomes_a_handout(tmp_path: Path) -> None:
    seed = SHARED / "seeds" / "session-07.md"
    command = [sys.executable, str(PROJECT / "build.py"), "--course", str(seed), "handouts",
               "--output", str(tmp_path)]  # fmt: skip
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "handouts/07-working-with-ai-teams.pdf").is_file()
    assert "C302" not in result.stderr


def test_the_seed_states_three_exercises_and_nothing_else() -> None:
    (session,) = load(SHARED / "seeds" / "session-07.md").course.sessions
    found = run_sheet(session)
    assert [s.minutes for s in found.segments if s.stated] == [30, 45, 30]
    assert found.available == Time(120, 180, "2-3 hours")
    assert 120 <= found.total <= 180


def test_the_seed_without_a_word_to_the_facilitator_has_a_guide_without_an_empty_box() -> None:
    made = load(SHARED / "seeds" / "session-07.md").course
    found = page(PRODUCTS["guide"], made, made.sessions[0].path)
    assert found is not None
    shown = test_guide.html(found)
    assert "Communication norms" in test_guide.words(shown) and "cue " not in shown
    assert not re.findall(r"<(p|ul|ol|dl|h[1-6]|table|dd)\b[^>]*>\s*</\1>", shown)


def test_the_sample_of_session_07_covers_the_ground_of_the_seed() -> None:
    seed = load(SEEDS / "session-07.md").course.sessions[0]
    ours = next(s for s in test_sample.sample().course.sessions if s.path.startswith("07"))

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


def test_no_sentence_of_the_seed_is_in_the_samples() -> None:
    """Of eight words in a row, only what every session says may be alike."""

    def runs(text: str) -> set[str]:
        words = re.findall(r"\w+", text.lower())
        return {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}

    assert runs((SEEDS / "session-07.md").read_text("utf-8")) & runs(test_sample.TEXT) == set()
