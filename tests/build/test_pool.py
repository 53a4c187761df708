"""Workers: what dies, hangs, raises or grows is the fault of its job alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from courseware.build.plan.jobs import run
from courseware.build.plan.queue import Crew, Result
from tests.build.performed import job, perform
from tests.support import PROJECT

TWO = Crew(workers=2, limit=20, perform=perform)


def ended(works: dict[str, str], crew: Crew = TWO) -> dict[str, Result]:
    """Run works beside three that are well, and see that those are."""
    others = {f"well {number}": "made fine" for number in range(3)}
    results = {r.name: r for r in run([job(n, w) for n, w in {**works, **others}.items()], crew)}
    for name in others:
        done = results.pop(name).done
        assert done is not None and done.made.data == b"fine"
    return results


def data(result: Result) -> str:
    assert result.done is not None, result.fault
    return result.done.made.data.decode()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_workers_share_one_import() -> None:
    found = ended({str(n): "who" for n in range(4)})
    told = [data(result).split() for result in found.values()]
    assert {loaded for _, _, loaded in told} == {"True"}
    assert len({parent for _, parent, _ in told}) == 1
    assert {worker for worker, _, _ in told} - {str(os.getpid())}


def test_what_raises_is_told_with_its_place() -> None:
    (result,) = ended({"a": "raises no such thing"}).values()
    assert "ValueError: no such thing" in result.fault and result.code == "C301"
    assert "performed.py" in result.fault


@pytest.mark.parametrize(("work", "how"), [("leaves 3", "exit code 3"), ("is_killed", "signal 9")])
def test_what_dies_twice_is_its_own_fault(work: str, how: str) -> None:
    (result,) = ended({"a": work}).values()
    assert (result.code, result.fault) == ("C303", f"its process died twice ({how})")


@pytest.mark.parametrize("work", ["is_killed_once", "is_killed_in_its_reply"])
def test_what_dies_once_is_made_by_another_worker(work: str, tmp_path: Path) -> None:
    (result,) = ended({"a": f"{work} {tmp_path / 'mark'}"}).values()
    assert data(result) == "second"


@pytest.mark.parametrize("workers", [1, 2])
def test_what_hangs_is_ended_and_named(workers: int, tmp_path: Path) -> None:
    started = time.monotonic()
    (result,) = ended({"a": "hangs"}, Crew(workers, limit=0.6, perform=perform)).values()
    assert (result.name, result.code, result.fault) == ("a", "C304", "not done in 0.6 s")
    assert time.monotonic() - started < 15


def test_what_cannot_travel_is_a_fault() -> None:
    (result,) = ended({"a": "cannot_travel"}).values()
    assert "cannot be sent" in result.fault


def test_a_worker_that_grew_makes_place() -> None:
    small = Crew(workers=2, limit=20, memory=300 * 2**20, perform=perform)
    told = [data(r) for r in ended({str(n): "grows 400" for n in range(4)}, small).values()]
    assert len(set(told)) == 4
    assert not any(alive(int(pid)) for pid in told)


def test_a_run_that_is_left_leaves_no_process(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    results = run([job("a", f"hangs {mark}"), *(job(str(n), "made") for n in range(4))], TWO)
    next(results)
    while not (mark.exists() and mark.read_text()):
        time.sleep(0.01)
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 15  # it is not waited for until its limit
    assert not alive(int(mark.read_text()))


KILLED = """
import sys
sys.path.insert(0, {project!r})
from courseware.build.plan.jobs import Crew, run
from tests.build.performed import job, perform
if __name__ == "__main__":
    works = [job("a", "hangs {mark}"), *(job(str(n), "hangs") for n in range(4))]
    list(run(works, Crew(workers=2, perform=perform)))
"""


@pytest.mark.slow
def test_workers_end_with_the_process_that_they_work_for(tmp_path: Path) -> None:
    mark, script = tmp_path / "mark", tmp_path / "killed.py"
    script.write_text(KILLED.format(project=str(PROJECT), mark=mark))
    running = subprocess.Popen([sys.executable, str(script)])
    try:
        while not (mark.exists() and mark.read_text()):
            assert running.poll() is None
            time.sleep(0.02)
    finally:
        running.kill()
        running.wait()
    until = time.monotonic() + 5
    while alive(int(mark.read_text())) and time.monotonic() < until:
        time.sleep(0.02)
    assert not alive(int(mark.read_text()))
