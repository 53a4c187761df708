"""Jobs run in the order of their edges, and a fault stops only those that need it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from courseware.building.jobs import Job, run
from courseware.building.publish import Index, publish, read_index, remove, write_index
from courseware.building.work import Done
from courseware.writing.writers import Made


def broken(_: Mapping[str, Done]) -> Done:
    raise ValueError("no")


def joined(needs: Mapping[str, Done]) -> Done:
    return Done(Made(count=sum(d.made.count for d in needs.values()) + 1))


def test_order_and_results() -> None:
    jobs = [Job("b", joined, ("a",)), Job("a", joined), Job("c", joined, ("b", "a"))]
    counts = {r.name: r.done.made.count for r in run(jobs) if r.done}
    assert list(counts.items()) == [("a", 1), ("b", 2), ("c", 4)]


def test_a_fault_stops_only_what_needs_it() -> None:
    jobs = [Job("a", broken), Job("b", joined, ("a",)), Job("c", joined)]
    results = {r.name: r for r in run(jobs)}
    assert "ValueError: no" in results["a"].fault
    assert results["b"].fault == "a failed"
    assert results["c"].done == Done(Made(count=1))


def test_publishing_replaces_whole_files_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.pdf"
    assert publish(target, b"1")
    assert not publish(target, b"1")
    assert publish(target, b"2")
    assert [p.name for p in target.parent.iterdir()] == ["b.pdf"]


def test_a_foreign_index_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / ".courseware.json").write_text("{")
    assert read_index(tmp_path) == Index()
    write_index(tmp_path, Index({"c": ("x.pdf",)}))
    assert read_index(tmp_path).files == {"c": ("x.pdf",)}


def test_nothing_outside_the_output_is_removed(tmp_path: Path) -> None:
    outside = tmp_path / "keep.pdf"
    outside.write_text("x")
    (tmp_path / "out").mkdir()
    assert remove(tmp_path / "out", ("../keep.pdf",)) == []
    assert outside.is_file()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"x%%EOF"])
def test_an_incomplete_pdf_is_noticed(data: bytes) -> None:
    from courseware.writing.verify import is_whole_pdf

    assert not is_whole_pdf(data)
