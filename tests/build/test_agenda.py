"""What runs next: needs first, longest first, nothing started early, nothing kept for long."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.build.plan.queue import Agenda, Job, Result, Task, expected
from courseware.build.run.work import JobOutcome, Work
from courseware.writers import Made
from tests.build.performed import job

DONE = JobOutcome(Made(b"bytes", map={"a": 1}))


def names(agenda: Agenda) -> list[str]:
    """Take all that is ready."""
    taken = []
    while (task := agenda.take()) is not None:
        taken.append(task.name)
    return taken


def test_the_longest_chain_is_first() -> None:
    jobs = [job("short", "x", seconds=1.0), job("long", "x", seconds=5.0),
            job("first", "x", seconds=2.0), job("last", "x", ("first",), 4.0)]  # fmt: skip
    assert names(Agenda(jobs)) == ["first", "long", "short"]


def test_what_takes_unknown_time_takes_as_long_as_others() -> None:
    jobs = [job("a", "x", seconds=1.0), job("b", "x"), job("c", "x", seconds=3.0)]
    assert expected(jobs) == {"a": 1.0, "b": 2.0, "c": 3.0}
    assert names(Agenda(jobs)) == ["c", "b", "a"]


def test_a_job_gets_what_it_needs_without_the_bytes() -> None:
    got: list[Mapping[str, JobOutcome]] = []

    def start(needed: Mapping[str, JobOutcome]) -> Work | JobOutcome:
        got.append(needed)
        return DONE

    agenda = Agenda([job("a", "x"), Job("b", start, ("a",))])
    assert isinstance(agenda.take(), Task)
    assert agenda.take() is None
    agenda.end(Result("a", DONE))
    assert agenda.take() == Result("b", DONE)
    assert got == [{"a": JobOutcome(Made(map={"a": 1}))}]
    assert not agenda.open and not agenda._made


def test_a_fault_ends_what_needs_it_and_what_needs_that() -> None:
    agenda = Agenda([job("a", "x"), job("b", "x", ("a",)), job("c", "x", ("b",))])
    agenda.take()
    agenda.end(Result("a", fault="no"))
    assert agenda.take() == Result("b", fault="a failed", lacks="a")
    assert agenda.take() == Result("c", fault="b failed", lacks="b")
    assert not agenda.open


def test_a_start_that_raises_is_the_job_s_fault() -> None:
    def start(_: Mapping[str, JobOutcome]) -> Work | JobOutcome:
        raise KeyError("page")

    result = Agenda([Job("a", start)]).take()
    assert isinstance(result, Result) and "KeyError" in result.fault


def test_circles_and_unknown_needs_are_faults_of_the_program() -> None:
    with pytest.raises(CycleError):
        Agenda([job("a", "x", ("b",)), job("b", "x", ("a",))])
    with pytest.raises(LookupError, match="no job is called b"):
        Agenda([job("a", "x", ("b",))])


@given(
    st.lists(st.tuples(st.sets(st.integers(0, 11)), st.floats(0, 9), st.booleans()), max_size=12)
)
def test_every_job_ends_once_and_after_what_it_needs(
    rows: list[tuple[set[int], float, bool]],
) -> None:
    jobs = [job(str(n), "x", tuple(str(m) for m in needs if m < n), seconds)
            for n, (needs, seconds, _) in enumerate(rows)]  # fmt: skip
    agenda, ended = Agenda(jobs), list[str]()
    while (task := agenda.take()) is not None:
        well = rows[int(task.name)][2]
        if isinstance(task, Task):
            agenda.end(Result(task.name, DONE) if well else Result(task.name, fault="no"))
        assert set(agenda.jobs[task.name].needs) <= set(ended)
        ended.append(task.name)
    assert sorted(ended) == sorted(agenda.jobs)
    assert not agenda.open and not agenda._made
