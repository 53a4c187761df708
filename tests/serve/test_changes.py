"""Whatever changes in a course while it is served is seen, and nothing of the course is damaged."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from courseware.pdf import writer
from courseware.reading.source.decoding import LARGEST
from courseware.serve.preview import cache_of
from tests.serve.conftest import TEXT, Visitor
from tests.support import PROJECT

PLANS = "03-plans.md"


def words(view: dict[str, object]) -> str:
    return json.dumps(view["sheets"])


def until(wanted: Callable[[], bool], seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < ends
        time.sleep(0.05)


def fresh(said: str) -> Callable[[dict[str, object]], bool]:
    return lambda view: view["state"] == "fresh" and said in words(view)


def test_layouts_are_added_changed_broken_and_removed(visitor: Visitor, course: Path) -> None:
    own = visitor.view("03")["sheets"][0]["key"]
    layout = course / "layouts" / "handout" / "page.html.j2"
    layout.parent.mkdir(parents=True)
    page = (
        "<html><head><title>x</title></head><body><p id='paragraph'>{word} words</p></body></html>"
    )
    layout.write_text(page.replace("{word}", "First"))
    first = visitor.view("03", until=fresh("First words"))
    layout.write_text(page.replace("{word}", "Second"))
    second = visitor.view("03", until=fresh("Second words"))
    assert len({own, first["sheets"][0]["key"], second["sheets"][0]["key"]}) == 3
    layout.write_text("{% if %}")
    kept = visitor.view("03", until=lambda view: view["state"] == "kept")
    assert kept["sheets"] == second["sheets"]
    assert [row for row in kept["findings"] if row["file"].endswith("page.html.j2")]
    layout.unlink()
    visitor.view("03", until=fresh("Zero words open."))


@pytest.mark.parametrize(
    ("style", "why"),
    [
        ("@page { size: 1mm 1mm; margin: 0 }", "more than 0 s"),
        (f"p {{ counter-reset: a {'9' * 5_000} }} p::before {{ content: counter(a) }}", "digits"),
    ],
)
def test_a_layout_that_the_engine_cannot_bear_is_told_and_the_last_pages_stay(
    visitor: Visitor, course: Path, monkeypatch: pytest.MonkeyPatch, style: str, why: str
) -> None:
    monkeypatch.setattr(writer, "LEAST", 0.01)
    monkeypatch.setattr(writer, "EACH", 10**9)
    shown = visitor.view("03")["sheets"]
    own = course / "layouts" / "handout" / "style.css"
    own.parent.mkdir(parents=True)
    own.write_text(style)
    kept = visitor.view(
        "03", until=lambda view: "C324" in {row["code"] for row in view["findings"]}
    )
    assert kept["sheets"] == shown
    assert any(why in row["message"] for row in kept["findings"])
    shutil.rmtree(course / "layouts")
    visitor.view("03", until=fresh("Zero words open."))


def test_a_style_of_the_course_is_seen_when_it_is_saved(visitor: Visitor, course: Path) -> None:
    own = visitor.view("03")["sheets"][0]["key"]
    style = course / "layouts" / "handout" / "style.css"
    style.parent.mkdir(parents=True)
    style.write_text("p { color: #123456 }")
    visitor.view(
        "03", until=lambda view: view["state"] == "fresh" and view["sheets"][0]["key"] != own
    )


def test_settings_of_the_course_are_seen_when_they_are_saved(
    visitor: Visitor, course: Path
) -> None:
    wide = visitor.view("03")["sheets"][0]
    settings = course / "course.yml"
    settings.write_text("title: Tiny\npaper: letter\n")
    visitor.view(
        "03",
        until=lambda view: view["state"] == "fresh" and view["sheets"][0]["width"] != wide["width"],
    )
    settings.write_text("title: [\n")
    broken = visitor.view(
        "03", until=lambda view: any(row["file"] == "course.yml" for row in view["findings"])
    )
    assert broken["sheets"]
    settings.unlink()
    visitor.view(
        "03", until=lambda view: not any(row["file"] == "course.yml" for row in view["findings"])
    )


def test_a_session_that_is_looked_at_goes_and_comes_back(visitor: Visitor, course: Path) -> None:
    key = visitor.look("03")
    visitor.view("03")
    (course / PLANS).unlink()
    until(lambda: [row["file"] for row in visitor.json("/course")["sessions"]] == ["04-more.md"])
    for address in (f"/view/{key}/handout", f"/source/{key}/handout"):
        assert visitor.ask(address) == (204, b"")  # a page may ask for what has just gone
        assert visitor.ask(address.replace("handout", "nothing"))[0] == 404
    assert visitor.ask(f"/view/{key[::-1]}/handout")[0] == 404
    (course / PLANS).write_text(TEXT.replace("First step", "New first step"))
    until(lambda: len(visitor.json("/course")["sessions"]) == 2)
    visitor.view("03", until=fresh("New first step"))


def test_findings_follow_what_other_files_say(visitor: Visitor, course: Path) -> None:
    def codes(view: Any) -> str:
        return json.dumps([row["code"] for row in view["findings"]])

    (course / "04-more.md").write_text("---\nnumber: 3\n---\n\n# More\n\n[Next](05-new.md).\n")
    visitor.view("04", until=lambda view: "C205" in codes(view) and "C201" in codes(view))
    (course / "05-new.md").write_text("# Session 05: New\n\nWords.\n")
    visitor.view("04", until=lambda view: "C205" not in codes(view))
    visitor.view("03", until=lambda view: "C201" in codes(view))
    (course / PLANS).write_text(TEXT.replace("Session 03", "Session 09"))
    visitor.view("04", until=lambda view: view["state"] == "fresh" and "C201" not in codes(view))


def test_a_picture_is_seen_when_it_comes(visitor: Visitor, course: Path) -> None:
    (course / "04-more.md").write_text("# Session 04: More\n\n## B\n\n![A cup](cup.svg)\n")
    lost = visitor.view(
        "04", until=lambda view: view["state"] == "fresh" and "C206" in json.dumps(view["findings"])
    )
    (course / "cup.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><path d="M0 0h90v90z"/></svg>'
    )
    visitor.view("04", until=lambda view: "C206" not in json.dumps(view["findings"]))
    assert visitor.view("04")["sheets"][0]["key"] != lost["sheets"][0]["key"]


@pytest.mark.slow
def test_thirty_saves_a_second_end_with_the_last(visitor: Visitor, course: Path) -> None:
    visitor.view("03")
    file = course / PLANS
    for number in range(60):
        made = file.with_name(f".{PLANS}.new")
        made.write_text(TEXT.replace("a list of steps", f"save {number} of steps"))
        if number % 2:
            made.replace(file)
        else:
            file.write_text(made.read_text())
            made.unlink()
        time.sleep(1 / 30)
    view = visitor.view("03", until=fresh("save 59 of steps"))
    rows = {row["file"]: row for row in visitor.json("/course")["sessions"]}
    assert set(rows) == {PLANS, "04-more.md"} and rows[PLANS]["state"] == "read"
    assert not [row for row in view["findings"] if row["severity"] == "error"]
    assert "save 59 of steps" in file.read_text()


def test_a_file_that_is_too_large_is_told_and_the_last_page_stays(
    visitor: Visitor, course: Path
) -> None:
    good = visitor.view("03")
    (course / PLANS).write_text(TEXT + "Words. " * (LARGEST // 6))
    kept = visitor.view("03", until=lambda view: "C004" in json.dumps(view["findings"]))
    assert kept["sheets"] == good["sheets"]
    with (course / PLANS).open("wb") as file:
        file.truncate(3_000_000_000)  # nothing of it is written
    time.sleep(1)
    assert visitor.json("/course")["title"] == "Tiny"
    (course / PLANS).write_text(TEXT)
    visitor.view(
        "03",
        until=lambda view: view["state"] == "fresh" and "C004" not in json.dumps(view["findings"]),
    )


@pytest.mark.slow
def test_hours_of_the_schedule_come_when_all_sessions_are_read(
    visitor: Visitor, course: Path
) -> None:
    for number in range(10, 40):
        (course / f"{number}-more.md").write_text(TEXT.replace("03", str(number)))
    (course / "course.yml").write_text(
        "title: Tiny\nschedule:\n  start: '09:00'\n  days: [{date: 2027-01-15}]\n"
    )
    visitor.view("03", "guide", until=fresh("09:00"))


def test_many_files_beside_a_course_do_no_harm(visitor: Visitor, course: Path) -> None:
    visitor.view("03")
    (course / "images").mkdir()
    for number in range(3_000):
        (course / "images" / f"{number}.png").write_bytes(b"")
    (course / PLANS).write_text(TEXT.replace("a list of steps", "a row of steps"))
    begun = time.monotonic()
    visitor.view("03", until=fresh("a row of steps"))
    assert time.monotonic() - begun < 20


@contextmanager
def started(course: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a course in a process of its own; yield it and its address."""
    command = [sys.executable, str(PROJECT / "build.py"), "--course", str(course), "serve"]
    here = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONFAULTHANDLER": "1"}
    made = subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=here
    )
    assert made.stdout is not None and made.stderr is not None
    try:
        line = made.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found is not None, line
        yield made, found[0]
    finally:
        made.kill()
        made.wait()
        made.stdout.close()
        made.stderr.close()


def code_after_ctrl_c(process: subprocess.Popen[str]) -> int:
    """End a preview as its user does; one that hangs says where."""
    process.send_signal(signal.SIGINT)
    try:
        return process.wait(60)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        pytest.fail(process.communicate()[1])


def files_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_a_preview_that_is_killed_damages_nothing_and_the_next_one_begins(course: Path) -> None:
    (course / "output").mkdir()
    (course / "output" / "handout.pdf").write_bytes(b"%PDF-1.7 as it was built")
    text = TEXT + "\n\nMore words of it." * 300
    for number in range(4):
        with started(course) as (process, address):
            (course / PLANS).write_text(text.replace("a list", f"list {number}"))
            before = files_of(course)
            time.sleep(random.uniform(0.05, 1.0))
            process.kill()
            process.wait()
            assert files_of(course) == before
    with started(course) as (process, address):
        assert address == (cache_of(course) / "address").read_text()
        assert code_after_ctrl_c(process) == 0


@pytest.mark.slow
def test_ctrl_c_in_the_middle_of_a_page_leaves_no_process(course: Path) -> None:
    (course / PLANS).write_text(TEXT + "\n\nMore words of it." * 2_000)
    with started(course) as (process, _):
        time.sleep(0.5)
        family = [process.pid, *_children(process.pid)]
        assert code_after_ctrl_c(process) == 0
        assert process.stderr is not None and process.stderr.read() == ""
        until(lambda: not [pid for pid in family if Path(f"/proc/{pid}").exists()], 5)


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


@pytest.mark.slow
def test_a_second_preview_waits_for_the_address_of_one_that_begins(course: Path) -> None:
    from filelock import FileLock

    cache = cache_of(course)
    (cache / "address").unlink(missing_ok=True)
    with FileLock(cache / "lock"):
        command = [sys.executable, str(PROJECT / "build.py"), "--course", str(course), "serve"]
        second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        time.sleep(1.5)
        (cache / "address").write_text("http://127.0.0.1:9/")
        said, _ = second.communicate(timeout=30)
    assert second.returncode == 0 and "http://127.0.0.1:9/" in said


if not Path("/proc/self/stat").exists():
    pytestmark = pytest.mark.skip(reason="needs /proc")
