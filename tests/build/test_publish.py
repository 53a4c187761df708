"""Published or not there; the index and the store are believed only where they are whole."""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec
import pytest

from courseware.build.publish.publish import PART, publish, remove, sweep
from courseware.build.state import fingerprints as looking
from courseware.build.state.fingerprints import COARSE, FINE, OPEN, Facts, settled
from courseware.build.state.index import (
    CourseFacts,
    Index,
    OrderReport,
    PublishedFile,
    Record,
    compact,
    read_index,
    write_index,
)
from courseware.build.state.store import INDEX, Store
from courseware.build.state.unchanged import again
from courseware.files import fingerprint


def test_publishing_replaces_whole_files_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.pdf"
    assert publish(target, b"1")
    assert not publish(target, b"1")
    assert publish(target, b"2")
    assert [p.name for p in target.parent.iterdir()] == ["b.pdf"]


def test_ctrl_c_while_a_file_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def interrupted(path: Path, mode: str = "r") -> object:
        opened(path, mode).close()
        raise KeyboardInterrupt  # as a signal does that came while the file was being opened

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", interrupted)
        with pytest.raises(KeyboardInterrupt):
            publish(tmp_path / "b.pdf", b"1")
    assert not list(tmp_path.iterdir())
    assert publish(tmp_path / "b.pdf", b"1")


def test_what_a_killed_build_was_writing_is_swept(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in (f".x{PART}", f"a/.x{PART}", "a/mine.part", "a/b.pdf"):
        (tmp_path / name).write_bytes(b"")
    sweep(tmp_path)
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == ["b.pdf", "mine.part"]
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_nothing_outside_the_output_is_removed(tmp_path: Path) -> None:
    outside = tmp_path / "keep.pdf"
    outside.write_text("x")
    (tmp_path / "out").mkdir()
    assert remove(tmp_path / "out", ("../keep.pdf",)) == []
    assert outside.is_file()


ENTRY = CourseFacts(
    facts=(("read course:a", "1"), ("paper", "a4"), ("read course:b", "2")),
    known={"read course:a": (1, 2, 3, "1"), "read course:b": (1, 2, 3, "2")},
    jobs={"handouts/a.pdf": Record((0, 1), PublishedFile(1, 2, 3, "x"), 4, "pages", 0.5)},
    told={"key": OrderReport((1,), ("handouts/a.pdf",))},
    files=("handouts/a.pdf",),
)


def test_an_index_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_index(tmp_path, Index(courses={"c": ENTRY}))
    assert read_index(tmp_path).courses == {"c": ENTRY}


def test_what_nothing_depends_on_is_dropped() -> None:
    small = compact(ENTRY)
    assert small.facts == ENTRY.facts[:2]
    assert list(small.known) == ["read course:a"]
    assert compact(small) == small


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"format": 2}', '{"format": 1, "courses": []}',
        '{"format": 1, "courses": {"c": {"jobs": {"a": {"facts": [7]}}}}}',
        '{"format": 1, "courses": {"c": {"jobs": {"a": {"facts": [-1]}}, "facts": [["a", "b"]]}}}',
        '{"format": 1, "courses": {"c": {"told": {"k": {"facts": [], "jobs": ["none"]}}}}}',
        '{"files": {"c": ["x.pdf"]}}', '{"courses":' * 100_000,
    ],
)  # fmt: skip
def test_a_foreign_index_counts_as_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / INDEX).parent.mkdir()
    (tmp_path / INDEX).write_text(text)
    assert read_index(tmp_path) == Index()
    assert again(tmp_path, tmp_path, "key") is None


def test_every_cut_of_an_index_counts_as_empty(tmp_path: Path) -> None:
    write_index(tmp_path, Index(courses={"c": ENTRY}))
    whole = (tmp_path / INDEX).read_bytes()
    for length in range(len(whole)):
        (tmp_path / INDEX).write_bytes(whole[:length])
        assert read_index(tmp_path) == Index()
        assert again(tmp_path, Path("c"), "key") is None


def test_the_store_gives_back_what_is_whole_and_nothing_else(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.put("a", b"content")
    assert not store.folder.exists()
    assert store.get("a") == b"content"
    store.flush()
    assert Store(store.folder).get("a") == b"content"
    assert store.get("b") is None
    data = (store.folder / "a").read_bytes()
    for damaged in (b"", data[:-1], data + b"x", b"x" + data[1:]):
        (store.folder / "a").write_bytes(damaged)
        assert store.get("a") is None


def test_the_store_keeps_what_is_named_or_was_used(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name in ("a", "b", "c"):
        store.put(name, b"")
    store.flush()
    again = Store(tmp_path)
    again.get("a")
    again.sweep(["b"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]


def test_a_state_too_young_to_be_sure_of_is_looked_at_again() -> None:
    fine, coarse = (1, 1_000_000_123, 1_000_000_123), (1, 1_000_000_000, 1_000_000_000)
    assert settled(fine, fine[1] + FINE) == fine
    assert settled(fine, fine[1] + FINE - 1) == OPEN
    assert settled(coarse, coarse[1] + COARSE) == coarse
    assert settled(coarse, coarse[1] + COARSE - 1) == OPEN
    assert settled((1, fine[1], fine[2] + FINE), fine[1] + FINE) == OPEN


def test_a_file_that_changes_within_a_grain_of_the_clock_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    same = (1, 5_000_000_000, 5_000_000_000)
    monkeypatch.setattr(looking, "state_of", lambda _: same)
    monkeypatch.setattr(time, "time_ns", lambda: same[1] + 1)
    known: dict[str, looking.Known] = {}
    for content in (b"1", b"2"):
        path.write_bytes(content)
        assert Facts({"c": str(tmp_path)}, known).value("read c:a") == fingerprint(content)
        assert Facts({"c": str(tmp_path)}, known, quick=True).value("read c:a") is None


def test_an_unchanged_state_spares_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    os.utime(path, ns=(1_000_000_000_000_000_000, 1_000_000_000_000_000_000))
    state = looking.state_of(str(path))
    assert state is not None
    known = {"read c:a": (*state, "as known")}
    assert Facts({"c": str(tmp_path)}, known, quick=True).value("read c:a") == "as known"
    path.write_bytes(b"2")
    assert Facts({"c": str(tmp_path)}, known, quick=True).value("read c:a") is None
    assert Facts({"c": str(tmp_path)}, known).value("read c:a") == fingerprint(b"2")


def test_records_are_json_that_tells_its_names() -> None:
    text = msgspec.json.encode(Index(courses={"c": ENTRY})).decode()
    assert '"known":{"read course:a":[1,2,3,"1"]' in text


@pytest.mark.parametrize("seconds", ["NaN", "Infinity", "-1", '"x"', "null"])
def test_an_order_told_again_is_believed_only_where_it_makes_sense(
    tmp_path: Path, seconds: str
) -> None:
    (tmp_path / INDEX).parent.mkdir()
    text = (
        '{"format": 1, "courses": {"%s": {"facts": [], "known": {}, "told": {"key": {"facts": [],'
        ' "jobs": ["a"], "also": [], "findings": []}}, "jobs": {"a": {"facts": [], "exists": false,'
        ' "seconds": %s}}}}}'
    )
    for given, expected in ((seconds, None), ("2.5", ((), (), 2.5))):
        (tmp_path / INDEX).write_text(text % (tmp_path, given))
        found = again(tmp_path, tmp_path, "key")
        assert (found and (found.lines, found.findings, found.saved)) == expected
