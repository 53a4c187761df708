"""Jobs run in the order of their edges, and a fault stops only those that need it."""

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest

from courseware.build.plan.jobs import run
from courseware.build.plan.queue import Crew, Job
from courseware.build.run.work import JobOutcome
from courseware.process import raised
from courseware.writers import Made


def broken(_: Mapping[str, JobOutcome]) -> JobOutcome:
    raise ValueError("no")


def joined(needs: Mapping[str, JobOutcome]) -> JobOutcome:
    return JobOutcome(Made(count=sum(d.made.count for d in needs.values()) + 1))


def test_order_and_results() -> None:
    jobs = [Job("b", joined, ("a",)), Job("a", joined), Job("c", joined, ("b", "a"))]
    counts = {r.name: r.done.made.count for r in run(jobs) if r.done}
    assert list(counts.items()) == [("a", 1), ("b", 2), ("c", 4)]


def test_a_fault_stops_only_what_needs_it() -> None:
    jobs = [Job("a", broken), Job("b", joined, ("a",)), Job("c", joined)]
    results = {r.name: r for r in run(jobs)}
    assert "ValueError: no" in results["a"].fault
    assert results["b"].fault == "a failed"
    assert results["c"].done == JobOutcome(Made(count=1))


def test_ctrl_c_that_a_library_keeps_to_itself_stops_a_build_all_the_same() -> None:
    def keeps(_: Any) -> JobOutcome:
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        return JobOutcome()

    before = signal.getsignal(signal.SIGINT)
    works = [Job(name, lambda _: "work") for name in "ab"]  # type: ignore[arg-type,return-value]
    with raised(), pytest.raises(KeyboardInterrupt):
        list(run(works, Crew(perform=keeps)))
    assert signal.getsignal(signal.SIGINT) is before
    assert [r.name for r in run(works, Crew(perform=lambda _: JobOutcome()))] == ["a", "b"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"x%%EOF"])
def test_an_incomplete_pdf_is_noticed(data: bytes) -> None:
    from courseware.inspection.inspection import is_whole_pdf

    assert not is_whole_pdf(data)
