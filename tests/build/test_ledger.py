"""What is known of a course while it is built is written down often, so that must cost little."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from courseware.build.state import facts
from courseware.build.state.index import Entry, Record
from courseware.build.state.ledger import Ledger
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
    monkeypatch.setattr(facts, "FINE", -(10**12))  # their change, a moment ago, counts as old
    monkeypatch.setattr(facts, "COARSE", -(10**12))
    read: list[str] = []
    content = facts._content
    monkeypatch.setattr(facts, "_content", lambda path: read.append(path) or content(path))
    ledger = Ledger(Entry(), {"course": str(tmp_path)}, tmp_path, Store(tmp_path))
    ledger.table, ledger.jobs = list(rows.items()), {"x": Record((0, 1))}
    first, again = ledger.entry(), ledger.entry()
    assert first == again
    assert {name: state[3] for name, state in first.known.items()} == rows
    assert len(read) == 2
    (tmp_path / "a").write_text("changed")
    assert ledger.entry().known["read course:a"][3] == fingerprint(b"changed")
    assert len(read) == 3
