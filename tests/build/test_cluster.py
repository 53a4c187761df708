"""Many machines: the same jobs on a real cluster, whose processes share no folder with this one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from courseware.build.plan.jobs import run
from courseware.build.plan.queue import Crew, ExecutorError, Result
from courseware.build.run.compatibility import differences, versions
from courseware.cli.commands import main
from tests.build.clusters import cluster
from tests.build.performed import Act, acting, inputs, job, perform
from tests.support import PROJECT


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cluster(tmp_path_factory.mktemp("cluster"), str(PROJECT), str(PROJECT)) as found:
        yield found


@pytest.fixture
def crew(address: str) -> Crew:
    return Crew(limit=20, executor=address, perform=perform, inputs=inputs)


def data(result: Result) -> str:
    assert result.done is not None, result.fault
    return result.done.made.data.decode()


def test_files_travel_as_bytes(crew: Crew, tmp_path: Path) -> None:
    for name in ("layouts/a.css", "images/one.png", "images/two.png", "secret.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name[:3])
    acts = [
        Act("files", str(tmp_path), ("layouts/a.css", f"images/{n}.png")) for n in ("one", "two")
    ]
    told = [data(r) for r in run([acting(a.files[1], a) for a in acts], crew)]
    assert all("layouts/a.css=lay" in text and "secret" not in text for text in told)
    assert any("images/one.png=ima" in text for text in told)
    changed = tmp_path / "layouts/a.css"
    changed.write_text("new")
    (told_now,) = (data(r) for r in run([acting("a", acts[0])], crew))
    assert "layouts/a.css=new" in told_now


def test_a_killed_worker_loses_nothing(crew: Crew, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    jobs = [job("k", f"is_killed_once {mark}"), *(job(str(n), "sleeps 0.2") for n in range(12))]
    results = list(run(jobs, crew))
    assert mark.exists()
    assert len(results) == 13 and all(r.done for r in results)


def test_what_raises_or_hangs_is_its_own_fault(address: str) -> None:
    crew = Crew(limit=0.5, executor=address, perform=perform, inputs=inputs)
    jobs = [job("h", "hangs"), job("r", "raises no"), *(job(str(n), "made") for n in range(4))]
    found = {r.name: r for r in run(jobs, crew)}
    assert (found["h"].code, found["h"].fault) == ("C304", "not done in 0.5 s")
    assert "ValueError: no" in found["r"].fault
    assert all(found[str(n)].done for n in range(4))


SESSION = """# Session {n}: Tea {n}

## Water (5 min)

Text {n}; see [the other](0{other}-tea.md).

## Exercise 1: Pour (10 min)

1. What is it?
"""


@pytest.mark.slow
def test_books_and_sites_are_put_together_here_of_parts_that_were_made_there(
    address: str, tmp_path: Path
) -> None:
    course = tmp_path / "course"
    course.mkdir()
    for n in (1, 2):
        (course / f"0{n}-tea.md").write_text(SESSION.format(n=n, other=3 - n), "utf-8")

    def made(folder: str, *words: str) -> dict[str, bytes]:
        for product in ("workbook", "run-book", "site"):
            order = ("--course", str(course), product, "--output", str(tmp_path / folder), *words)
            result = CliRunner().invoke(main, order)
            assert result.exit_code == 0, result.output
        files = (path for path in (tmp_path / folder).rglob("*") if path.is_file())
        found = {
            path.relative_to(tmp_path / folder).as_posix(): path.read_bytes() for path in files
        }
        return {name: data for name, data in found.items() if not name.startswith(".courseware")}

    there = made("there", "--executor", address)
    assert {"workbook.pdf", "run-book.pdf", "site/index.html"} <= set(there)
    assert there == made("here")


def test_a_worker_that_differs_is_refused(tmp_path: Path) -> None:
    for folder in ("courseware", "layouts"):
        shutil.copytree(PROJECT / folder, tmp_path / "other" / folder)
    (tmp_path / "other/layouts/handout/style.css").write_text("body { color: red }")
    with cluster(tmp_path, str(tmp_path / "other")) as address:
        crew = Crew(executor=address, perform=perform, inputs=inputs)
        with pytest.raises(ExecutorError, match=r"differs from this program: courseware .* there$"):
            list(run([job("a", "made")], crew))


def test_no_scheduler_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courseware.build.run.cluster.PATIENCE", 0.5)
    crew = Crew(executor="tcp://127.0.0.1:9", perform=perform, inputs=inputs)
    with pytest.raises(ExecutorError, match=r"no scheduler at tcp://127\.0\.0\.1:9"):
        list(run([job("a", "made")], crew))


def test_a_difference_is_named() -> None:
    mine = versions()
    assert differences(mine, mine) == ""
    assert differences(mine, {**mine, "Pango": "1.40.0"}) == (
        f"Pango {mine['Pango']} here, 1.40.0 there"
    )
    assert {"courseware", "Python", "weasyprint", "Pango", "HarfBuzz", "fontconfig"} <= mine.keys()
    assert all(mine.values())
