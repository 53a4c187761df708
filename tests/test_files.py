"""What is looked at is noted, whoever looks, and by names that hold in another folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware import files, process


def test_every_look_is_noted_by_a_name_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo")
    with files.recorded({"course": tmp_path}) as trace:
        assert files.text(tmp_path / "a.txt") == "one\ntwo"
        assert not files.is_file(tmp_path / "layouts" / "a.css")
        assert files.kind(tmp_path) == "folder"
        assert files.names(tmp_path) == ["a.txt"]
        files.note("value title", "x")
    assert trace.facts == {
        "read course:a.txt": files.fingerprint(b"one\r\ntwo"),
        "look course:layouts/a.css": "",
        "look course:": "folder",
        "list course:": files.fingerprint(b"a.txt"),
        "value title": "x",
    }


def test_a_file_that_is_larger_than_what_may_be_held_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "MOST_MEMORY", 50_000_000)
    with (tmp_path / "a").open("wb") as file:
        file.truncate(200_000_000)
    (tmp_path / "b").write_bytes(b"one")
    with files.recorded({"course": tmp_path}) as trace, process.bounded_memory():
        files.noted(tmp_path / "a")
        files.noted(tmp_path / "b")
    assert trace.facts["read course:b"] == files.fingerprint(b"one")


def test_a_file_that_changes_between_two_looks_holds_at_no_later_time(tmp_path: Path) -> None:
    with files.recorded({"course": tmp_path}) as trace:
        for text in ("one", "two", "one"):
            (tmp_path / "a").write_text(text)
            files.read(tmp_path / "a")
    assert trace.facts == {"read course:a": files.CHANGING}


def test_a_file_that_cannot_be_read_is_noted_as_none(tmp_path: Path) -> None:
    with files.recorded({"course": tmp_path}) as trace, pytest.raises(FileNotFoundError):
        files.read(tmp_path / "a")
    assert trace.facts == {"read course:a": ""}


def test_a_link_to_the_folder_gives_the_same_names(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with files.recorded({"course": tmp_path / "link"}) as trace:
        files.is_file(tmp_path / "real" / "a")
        files.is_file(tmp_path / "link" / "b")
        files.is_file(tmp_path / "other")
    assert list(trace.facts) == ["look course:a", "look course:b", f"look {tmp_path}/other"]


def test_the_innermost_folder_names_a_file(tmp_path: Path) -> None:
    with files.recorded({"course": tmp_path, "program": tmp_path / "layouts"}) as trace:
        files.is_file(tmp_path / "layouts" / "a")
        files.is_file(tmp_path / "layouts2")
    assert list(trace.facts) == ["look program:a", "look course:layouts2"]


def test_nothing_is_noted_outside() -> None:
    with files.recorded({}) as trace:
        pass
    files.note("value title", "x")
    assert trace.facts == {}


def test_what_is_noted_aside_is_there_in_the_end(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_text(name, "utf-8")
    with files.recorded({"here": tmp_path}) as trace:
        files.noted_aside(tmp_path / name for name in "abc")
    prints = {n: files.fingerprint(n.encode()) for n in "ab"}
    assert trace.facts == {
        "read here:a": prints["a"],
        "read here:b": prints["b"],
        "read here:c": "",
    }
    files.noted_aside([tmp_path / "a"])  # outside of a record, nothing is noted


def test_no_content_has_the_name_that_is_written_down() -> None:
    assert files.fingerprint(b"") == files.EMPTY
