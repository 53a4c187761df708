"""A session whose bytes are known is not parsed again, and comes out the same."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from courseware.build.state import readings
from courseware.build.state.readings import Readings
from courseware.build.state.store import Store
from courseware.course.loading import Loaded, load
from courseware.language.vocabulary import Vocabulary
from courseware.reading.stages import Reading, read_session
from tests.support import PROJECT

replace = msgspec.structs.replace


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    paths: list[str] = []

    def read(data: bytes, path: str, words: Vocabulary, details: str = "notes") -> Reading:
        paths.append(path)
        return read_session(data, path, words, details)

    monkeypatch.setattr(readings, "read_session", read)
    return paths


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "course").mkdir()
    for number in (1, 2):
        (tmp_path / "course" / f"{number}.md").write_text(f"# Session {number}: A\n\n[x](y.md)\n")
    return tmp_path / "course"


def loaded(course: Path) -> Loaded:
    """Read a course through a store, its sessions made full."""
    read = Readings(Store(course.parent / "cache"))
    found = filled(load(course, read=read), read)
    read.store.flush()
    return found


def filled(found: Loaded, read: Readings) -> Loaded:
    sessions = tuple(map(read.full, found.course.sessions))
    return replace(found, course=replace(found.course, sessions=sessions))


def test_what_did_not_change_is_not_parsed(course: Path, parsed: list[str]) -> None:
    first = loaded(course)
    again = loaded(course)
    assert parsed == ["1.md", "2.md"]
    assert again == first == load(course)
    (course / "2.md").write_text("# Session 2: B\n")
    loaded(course)
    assert parsed[2:] == ["2.md"]


def test_what_changes_its_reading_is_part_of_its_name(course: Path, parsed: list[str]) -> None:
    loaded(course)
    (course / "course.yml").write_text("details: content\n")
    loaded(course)
    (course / "course.yml").write_text("details: content\nvocabulary: {facilitator: [Aside]}\n")
    loaded(course)
    (course / "1.md").rename(course / "3.md")
    loaded(course)
    assert parsed == ["1.md", "2.md"] * 3 + ["3.md"]


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_a_damaged_reading_is_made_again(
    course: Path, parsed: list[str], damage: bytes | None
) -> None:
    first = loaded(course)
    for path in (course.parent / "cache").iterdir():
        path.write_bytes(path.read_bytes()[:-1] if damage is None else damage)
    assert loaded(course) == first
    assert parsed == ["1.md", "2.md"] * 2


def test_what_another_program_kept_under_the_name_is_made_again(
    course: Path, parsed: list[str]
) -> None:
    first = loaded(course)
    store = Store(course.parent / "cache")
    for path in list(store.folder.iterdir()):
        store.put(path.name, b"whole, and no session")
    store.flush()
    assert loaded(course) == first
    assert parsed == ["1.md", "2.md"] * 2


def test_a_course_read_and_one_taken_out_are_the_same(tmp_path: Path) -> None:
    content = PROJECT / "content"
    read, again = Readings(Store(tmp_path)), Readings(Store(tmp_path))
    outlines = load(content, read=read)
    assert filled(outlines, read) == load(content)
    read.store.flush()
    assert load(content, read=again) == outlines
    assert filled(outlines, again) == load(content)


def test_an_outline_holds_no_content(course: Path) -> None:
    (course / "1.md").write_text("# Session 1: A\n\n## Zebra\n\nLion.\n\n## Wolf\n\nBear.\n")
    read = Readings(Store(course.parent / "cache"))
    outline = load(course, read=read).course.sessions[0]
    assert [s.heading.name for s in outline.sections] == ["Zebra"]
    assert not any(word in repr(outline) for word in ("Lion", "Wolf", "Bear"))
    assert "Bear" in repr(read.full(outline))


def test_prints_tell_content_and_what_the_course_makes_of_it(course: Path) -> None:
    read = Readings(Store(course.parent / "cache"))
    first = load(course, read=read).course.sessions[0]
    before = read.print_of(first)
    assert read.print_of(replace(first, module="M")) != before
    (course / "1.md").write_text("# Session 1: A\n\n[x](z.md)\n")
    assert read.print_of(load(course, read=read).course.sessions[0]) != before
