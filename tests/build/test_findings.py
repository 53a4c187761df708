"""Findings on what did not change are taken from the store, and hold what they depend on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from courseware import files
from courseware.build.state import findings as finding
from courseware.build.state.findings import Remembering
from courseware.build.state.readings import Readings
from courseware.build.state.store import Store
from courseware.checking.rules import check, of_session
from courseware.course.loading import Loaded, load
from courseware.diagnostics import Diagnostic
from courseware.model.session import Session
from tests.build.test_rebuild import edited, written


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    paths: list[str] = []

    def judge(loaded: Loaded, session: Session) -> tuple[Diagnostic, ...]:
        paths.append(session.path)
        return of_session(loaded, session)

    monkeypatch.setattr(finding, "of_session", judge)
    return paths


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.yml").write_text("title: Tiny\n")
    (folder / "1.md").write_text(
        "# Session 1: A\n\nDuration: 3 hours\n\n[x](gone.md) ![p](p.svg)\n"
    )
    (folder / "2.md").write_text("# Session 2: B\n\nText.\n")
    return folder


def found(course: Path) -> tuple[Diagnostic, ...]:
    readings = Readings(Store(course.parent / "cache"))
    loaded = load(course, read=readings)
    with files.recorded({"course": course}) as trace:
        result = check(loaded, Remembering(readings, {"course": course}))
    whole = load(course)
    with files.recorded({"course": course}) as plain:
        assert result == check(whole)
    assert plain.facts.keys() <= trace.facts.keys()
    readings.store.flush()
    return result


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda course: None, []),
        (edited("2.md", "Text", "Words"), ["2.md"]),
        (written("p.svg", "<svg/>"), ["1.md"]),
        (written("gone.md", "# Gone\n"), ["1.md", "gone.md"]),
        (edited("course.yml", "Tiny", "Small"), []),
        (written("course.yml", "delivery: {length: 60}\n"), ["1.md", "2.md"]),
    ],
)
def test_only_what_depends_on_a_change_is_looked_at_again(
    course: Path, judged: list[str], change: Callable[[Path], None], expected: list[str]
) -> None:
    assert {f.code for f in found(course)} >= {"C205", "C206"}
    assert judged == ["1.md", "2.md"]
    change(course)
    del judged[:]
    found(course)
    assert sorted(judged) == sorted(expected)


def test_what_is_no_finding_is_looked_for_again(course: Path, judged: list[str]) -> None:
    first = found(course)
    for path in (course.parent / "cache").iterdir():
        Store(path.parent).put(path.name, b"")
        path.write_bytes(msgspec.json.encode({}))
    assert found(course) == first
    assert judged == ["1.md", "2.md"] * 2


def test_a_check_that_asks_for_all_sessions_gets_all_and_depends_on_each(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []

    def judge(loaded: Loaded, session: Session) -> tuple[Diagnostic, ...]:
        texts = [t.plain for s in loaded.course.sessions for t in s.texts()]
        seen.append((session.path, " ".join(texts)))
        return ()

    monkeypatch.setattr(finding, "of_session", judge)
    for word in ("Text", "Words"):
        edited("2.md", "Text", word)(course)
        del seen[:]
        loaded = load(course, read=(readings := Readings(Store(course.parent / "cache"))))
        check(loaded, Remembering(readings, {"course": course}))
        assert [path for path, _ in seen] == ["1.md", "2.md"]
        assert all(word in texts for _, texts in seen)
        readings.store.flush()
