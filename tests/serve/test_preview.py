"""The preview shows what is saved, keeps what was good, and gives learners nothing that is withheld."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from courseware.serve.pictures import PdfPage
from courseware.serve.preview import Running, Wanted, cache_of
from courseware.serve.views import SHOWN
from tests.serve.conftest import TEXT, Visitor, free_port
from tests.support import PROJECT

MARKERS = ("zebra", "quinoa", "walrus", "marmalade")


def words(view: dict[str, object]) -> str:
    return json.dumps(view["sheets"])


def test_a_page_is_a_picture_whose_blocks_know_their_lines(visitor: Visitor) -> None:
    view = visitor.view("03")
    (sheet, *_) = view["sheets"]
    status, data = visitor.ask(f"/picture/{sheet['key']}-page.png")
    assert status == 200
    picture = Image.open(io.BytesIO(data))
    assert abs(picture.width / picture.height - sheet["width"] / sheet["height"]) < 0.01
    assert picture.width > 1.4 * sheet["width"] - 10
    lines = TEXT.split("\n")
    spots = {spot[4]: spot for spot in sheet["spots"]}
    for said in ("A plan is a list of steps.", "First step of all.", "Draw a plan on paper."):
        line = max(n for n, text in enumerate(lines, 1) if said in text)
        assert spots[said][1] == line
        left, top, width, height = spots[said][5]
        assert 0 < left < left + width <= 100 and 0 < top < top + height <= 100


def test_a_save_changes_the_page_and_marks_the_block(visitor: Visitor, course: Path) -> None:
    before = visitor.view("03")
    assert not [spot for sheet in before["sheets"] for spot in sheet["spots"] if spot[3]]
    (course / "03-plans.md").write_text(TEXT.replace("a list of steps", "a row of steps"))
    after = visitor.view(
        "03", until=lambda view: "a row of steps" in words(view) and view["state"] == "fresh"
    )
    changed = [spot[4] for sheet in after["sheets"] for spot in sheet["spots"] if spot[3]]
    assert changed == ["A plan is a row of steps."]
    assert after["sheets"][0]["key"] != before["sheets"][0]["key"]


def test_broken_text_keeps_the_last_page_until_it_is_mended(visitor: Visitor, course: Path) -> None:
    good = visitor.view("03")
    file = course / "03-plans.md"
    file.write_text("---\nduration: 3 to\n---\n" + TEXT)
    kept = visitor.view("03", until=lambda view: view["state"] == "kept")
    assert kept["sheets"] == good["sheets"]
    assert [
        row
        for row in kept["findings"]
        if row["severity"] == "error" and row["line"] == 2 and "duration" in row["message"]
    ]
    rows = {row["file"]: row for row in visitor.json("/course")["sessions"]}
    assert rows["03-plans.md"]["state"] == "broken"
    file.write_text(TEXT + "\nMended now.\n")
    mended = visitor.view(
        "03", until=lambda view: view["state"] == "fresh" and "Mended now" in words(view)
    )
    assert not [row for row in mended["findings"] if row["severity"] == "error"]


def test_an_error_that_is_undone_is_over(visitor: Visitor, course: Path) -> None:
    visitor.view("03")
    (course / "03-plans.md").write_text("---\nduration: 3 to\n---\n" + TEXT)
    visitor.view("03", until=lambda view: view["state"] == "kept")
    (course / "03-plans.md").write_text(TEXT)
    visitor.view("03")


def test_a_picture_that_has_just_gone_is_no_error(visitor: Visitor, course: Path) -> None:
    before = visitor.view("03")["sheets"][0]["key"]
    (course / "03-plans.md").write_text(TEXT.replace("a list of steps", "a row of steps"))
    visitor.view("03", until=lambda v: "a row of steps" in words(v) and v["state"] == "fresh")
    visitor.running.board.pictures.made.clear()
    assert visitor.ask(f"/picture/{before}-page.png") == (204, b"")
    assert visitor.ask(f"/picture/{before[::-1]}-page.png")[0] == 404


@pytest.mark.parametrize(
    "product", [name for name, row in SHOWN.items() if row.audience == "learner"]
)
def test_learners_tabs_hold_nothing_that_is_withheld(visitor: Visitor, product: str) -> None:
    view = visitor.view("03", product)
    key = visitor.look("03", product)
    for address in (f"/view/{key}/{product}", f"/source/{key}/{product}"):
        said = visitor.ask(address)[1].decode().lower()
        assert "plan" in said
        assert not [marker for marker in MARKERS if marker in said], address
    assert view["sheets"]
    table = visitor.running.board.pictures.shown["03-plans.md", product]
    for picture in table.values():
        if isinstance(picture, PdfPage):
            text = (
                pypdfium2.PdfDocument(picture.data)[picture.number]
                .get_textpage()
                .get_text_bounded()
            )
            assert not [marker for marker in MARKERS if marker in text.lower()]


def test_the_facilitators_tabs_hold_it(visitor: Visitor) -> None:
    assert "Zebra quinoa" in words(visitor.view("03", "guide"))
    assert "Walrus marmalade" in words(visitor.view("03", "answers"))
    assert "quinoa" in json.dumps(visitor.view("03", "slides")["sheets"])


def test_sessions_come_and_go(visitor: Visitor, course: Path) -> None:
    visitor.view("03")
    (course / "05-new.md").write_text("# Session 05: New\n\n## C\n\nNew words.\n")
    (course / "04-more.md").rename(course / "06-other.md")
    wanted = ["03-plans.md", "05-new.md", "06-other.md"]
    ends = time.monotonic() + 30
    while [row["file"] for row in visitor.json("/course")["sessions"]] != wanted:
        assert time.monotonic() < ends
        time.sleep(0.05)
    assert "New words." in words(visitor.view("05"))
    assert "More words." in words(visitor.view("06"))
    (course / "course.yml").write_text("title: Other title\nsessions: ['05-*', '03-*']\n")
    visitor.view("03", until=lambda view: visitor.json("/course")["title"] == "Other title")
    rows = [row["file"] for row in visitor.json("/course")["sessions"]]
    assert rows == ["05-new.md", "03-plans.md"]


def test_what_is_followed_is_the_session_saved_last_and_no_other(
    visitor: Visitor, course: Path
) -> None:
    visitor.view("03")
    key = {row["file"]: row["key"] for row in visitor.json("/course")["sessions"]}

    def saved(saves: int) -> str:
        ends = time.monotonic() + 30
        while (told := visitor.json("/course"))["saves"] < saves:
            assert time.monotonic() < ends
            time.sleep(0.05)
        assert told["saves"] == saves
        return str(told["saved"])

    visitor.running.watcher.stop()
    visitor.running.watcher.join(30)
    change = visitor.running.builder.change
    (course / "course.yml").write_text("title: Other\n")
    change({"course.yml"})  # all sessions are read again, none was saved
    visitor.view("03", until=lambda view: visitor.json("/course")["title"] == "Other")
    assert saved(0) == ""
    for name, before in (("04-more.md", 0), ("03-plans.md", 9)):
        (course / name).write_text(f"{(course / name).read_text()}\nAnother.\n")
        then = time.time() - before
        os.utime(course / name, (then, then))
    change({"03-plans.md", "04-more.md"})
    assert saved(1) == key["04-more.md"]
    (course / "04-more.md").rename(course / "05-other.md")
    change({"04-more.md", "05-other.md"})
    new = saved(2)
    for address in (f"/view/{key['04-more.md']}/handout", f"/source/{key['04-more.md']}/handout"):
        assert visitor.ask(address) == (204, b"")  # a page asks for what has just gone
    rows = {row["key"]: row["file"] for row in visitor.json("/course")["sessions"]}
    assert rows[new] == "05-other.md"


def test_nothing_is_written_into_the_course(visitor: Visitor, course: Path) -> None:
    before = sorted(path.relative_to(course) for path in course.rglob("*"))
    visitor.view("03", "guide")
    assert sorted(path.relative_to(course) for path in course.rglob("*")) == before


@pytest.mark.slow
def test_a_second_preview_names_the_first_one_and_ctrl_c_ends_it(
    course: Path, tmp_path: Path
) -> None:
    command = [sys.executable, str(PROJECT / "build.py"), "--course", str(course), "serve"]
    here = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONUNBUFFERED": "1"}
    first = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=here
    )
    assert first.stdout is not None and first.stderr is not None
    try:
        line = first.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found is not None, line
        second = subprocess.run(command, capture_output=True, text=True, env=here, timeout=60)
        assert second.returncode == 0 and found[0] in second.stdout
        first.send_signal(2)
        assert first.wait(60) == 0
        assert "has ended" in first.stdout.read()
        assert first.stderr.read() == ""
    finally:
        first.kill()
        first.stdout.close()
        first.stderr.close()


def test_who_asks_has_a_turn_soon_while_pages_are_made(course: Path) -> None:
    before = sys.getswitchinterval()
    running = Running(Wanted(course, port=free_port()), cache_of(course))
    running.start()
    assert sys.getswitchinterval() < before / 5
    running.stop()
    running.builder.join(60)
    assert sys.getswitchinterval() == before
