"""What is known of a course while it is built is written down often, so that must cost little."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from courseware.build.state import fingerprints
from courseware.build.state.index import CourseFacts, OrderReport, Record
from courseware.build.state.ledger import Ledger, bare
from courseware.build.state.store import Store
from courseware.files import fingerprint


def test_a_file_is_read_once_however_often_the_entry_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {}
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (1, 1))
        rows[f"read course:{name}"] = fingerprint(name.encode())
    monkeypatch.setattr(
        fingerprints, "FINE", -(10**12)
    )  # their change, a moment ago, counts as old
    monkeypatch.setattr(fingerprints, "COARSE", -(10**12))
    read: list[str] = []
    content = fingerprints._content

    def noted(path: str) -> str:
        read.append(path)
        return content(path)

    monkeypatch.setattr(fingerprints, "_content", noted)
    ledger = Ledger(CourseFacts(), {"course": str(tmp_path)}, tmp_path, Store(tmp_path))
    ledger.table, ledger.jobs = list(rows.items()), {"x": Record((0, 1))}
    first, again = ledger.entry(), ledger.entry()
    assert first == again
    assert {name: state[3] for name, state in first.known.items()} == rows
    assert len(read) == 2
    (tmp_path / "a").write_text("changed")
    assert ledger.entry().known["read course:a"][3] == fingerprint(b"changed")
    assert len(read) == 3


def test_a_fact_that_another_one_says_is_kept_once() -> None:
    read = {"read course:a.md": fingerprint(b"a"), "look course:a.md": "file"}
    assert bare(read) == {"read course:a.md": fingerprint(b"a")}
    others = {
        "look course:b.md": "file",  # looked at, never read
        "look course:images": "folder",
        "read course:gone.md": "", "look course:gone.md": "file",  # gone between the look and the reading
        "read course:odd": fingerprint(b""), "look course:odd": "",  # there only afterwards
    }  # fmt: skip
    assert bare(others | read) == others | {"read course:a.md": fingerprint(b"a")}
    assert bare({}) == {}


def test_what_an_order_told_goes_with_the_jobs_that_it_told_of(tmp_path: Path) -> None:
    ledger = Ledger(CourseFacts(), {"course": str(tmp_path)}, tmp_path, Store(tmp_path))
    ledger.jobs = {"a.pdf": Record(()), "b.pdf": Record(())}
    for key, jobs, also in (
        ("whole", ("a.pdf", "b.pdf"), ()), ("one", ("a.pdf",), ("b.pdf",)),
        ("gone", ("a.pdf", "c.pdf"), ()), ("cited", ("a.pdf",), ("c.pdf",)),
    ):  # fmt: skip
        ledger.tell(key, {}, OrderReport((), jobs, also))
    assert list(ledger.entry().told) == ["whole", "one"]
    del ledger.jobs["b.pdf"]
    assert list(ledger.entry().told) == []
