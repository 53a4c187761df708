"""A course's days from course.yml to its files: clocks, the calendar, what is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from click.testing import CliRunner, Result
from pptx import Presentation
from pypdf import PdfReader

from courseware.checking.rules import check
from courseware.cli.commands import main
from courseware.course.loading import load

SESSION = """# Session {n}: {title}

## What {title} is (20 min)

{title} is hot.

## Exercise 1: Pour {title} (40 min)

1. What do you see?

## Talk it over (25 min)

What did you see?

::: facilitator
Only the one who leads knows that {title} is cold.
:::

## Key takeaways (5 min)

- Pour slowly.
"""
DAYS = """title: Drinks
schedule:
  issued: 2026-11-02
  revision: {revision}
  time_zone: Europe/Vienna
  room: Room 2
  end: "11:30"
  breaks: [10:00-10:15 Coffee]
  days:
    - date: 2027-01-12
    - {{date: "{second}", room: The hall}}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "drinks"
    folder.mkdir()
    write_days(folder)
    for n, title in enumerate(("Tea", "Coffee"), 1):
        (folder / f"0{n}-{title.lower()}.md").write_text(SESSION.format(n=n, title=title))
    return folder


def write_days(folder: Path, revision: int = 0, second: str = "2027-01-13", more: str = "") -> None:
    (folder / "course.yml").write_text(DAYS.format(revision=revision, second=second) + more)


def call(course: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--course", str(course), *words])


def calendar_of(course: Path, name: str = "schedule") -> bytes:
    return (course / f"output/{name}.ics").read_bytes()


def events(data: bytes) -> list[Any]:
    """Return the entries of a calendar."""
    found: list[Any] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return found


def codes(course: Path) -> list[str]:
    return [f.code for f in check(load(course)) if f.code in ("C174", "C175", "C178", "C179")]


CLOCKS = """01 Tea
09:00  20  What Tea is
09:20  40  Exercise 1: Pour Tea
10:00  15  Coffee
10:15  25  Talk it over
10:40   5  Key takeaways
10:45  90  stated 90
02 Coffee
10:45  20  What Coffee is
           2027-01-13
09:00  40  Exercise 1: Pour Coffee
09:40  20  free
10:00  15  Coffee
10:15  25  Talk it over
10:40   5  Key takeaways
"""


def test_clock_times_come_from_the_days(course: Path) -> None:
    rows = call(course, "times", "1", "2").stdout.splitlines()
    said = [row.split() for row in rows]
    assert [row for row in (r.split() for r in CLOCKS.splitlines()) if row not in said] == []


@pytest.mark.slow
def test_free_time_before_a_break_is_none_of_it_for_those_who_run_the_day(course: Path) -> None:
    assert call(course, "run-book", "--jobs", "1").exit_code == 0
    first = PdfReader(course / "output/run-book.pdf").pages[0].extract_text()
    assert "Free time 20 min" in first and "Coffee 15 min" in first and "35 min" not in first
    assert call(course, "site", "--jobs", "1").exit_code == 0
    page = (course / "output/site/schedule.html").read_text()
    free, coffee = page.index("Free time"), page.rindex("Coffee</span>")
    assert '"at">09:40</span>' in page[:free] and '"at">10:00</span>' in page[free:coffee]


@pytest.mark.slow
def test_a_start_that_is_asked_for_leaves_the_days_out(course: Path) -> None:
    said = call(course, "times", "2", "--start", "14:00").stdout
    assert "14:00" in said and "2027" not in said
    assert call(course, "all", "--start", "14:00", "--jobs", "1").exit_code == 0
    assert not (course / "output/schedule.ics").exists()


@pytest.mark.slow
def test_guide_and_slides_show_the_clock_breaks_and_nights(course: Path) -> None:
    assert call(course, "guides", "--jobs", "1").exit_code == 0
    pages = PdfReader(course / "output/guides/02-coffee.pdf").pages
    guide = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Tuesday 12 January 2027 – Wednesday 13 January 2027" in guide
    assert "Next day: Wednesday 13 January 2027" in guide and "Room 2" in guide
    tea = " ".join(PdfReader(course / "output/guides/01-tea.pdf").pages[0].extract_text().split())
    assert "10:00 15 Coffee" in tea and "Break at 10:00, back at 10:15" in tea
    assert "90" in tea and "105" not in tea
    guide = " ".join(" ".join(page.extract_text() for page in pages[:2]).split())
    assert "09:40 20 Free time" in guide and "Break at 10:00, back at 10:15" in guide
    call(course, "slides", "--jobs", "1")
    said = shown(course / "output/slides/01-tea.pptx")
    assert "10:00" in said and "Coffee" in said and "10:15" in said
    assert "Next day: Wednesday 13 January 2027" in shown(course / "output/slides/02-coffee.pptx")


def shown(deck: Path) -> str:
    """Return the words of a deck's tables and its notes."""
    said = []
    for slide in Presentation(str(deck)).slides:
        tables = [s.table for s in slide.shapes if s.has_table]
        said += [cell.text for table in tables for row in table.rows for cell in row.cells]
        said += [slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide else []
    return "\n".join(said)


def test_two_libraries_read_the_calendar(course: Path) -> None:
    assert call(course, "schedule").exit_code == 0
    data = calendar_of(course)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75 and b"\n\n" not in data
    theirs = [
        (str(e["uid"]), e["dtstart"].dt.isoformat(), e["dtend"].dt.isoformat(), str(e["summary"]),
         str(e["location"]), int(e["sequence"]), e["dtstamp"].dt.isoformat())
        for e in events(data)
    ]  # fmt: skip
    others = [
        (e.uid.value, e.dtstart.value.isoformat(), e.dtend.value.isoformat(), e.summary.value,
         e.location.value, int(e.sequence.value), e.dtstamp.value.isoformat())
        for e in vobject.readOne(data.decode()).vevent_list
    ]  # fmt: skip
    assert theirs == others
    assert [row[1:5] for row in theirs] == [
        ("2027-01-12T09:00:00+01:00", "2027-01-12T10:45:00+01:00", "Session 1: Tea", "Room 2"),
        ("2027-01-12T10:45:00+01:00", "2027-01-12T11:05:00+01:00", "Session 2: Coffee (1/2)", "Room 2"),
        ("2027-01-13T09:00:00+01:00", "2027-01-13T10:45:00+01:00", "Session 2: Coffee (2/2)", "The hall"),
    ]  # fmt: skip
    assert {row[5:] for row in theirs} == {(0, "2026-11-02T00:00:00+00:00")}
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Vienna" in data


KHAL = """[calendars]
[[course]]
path = {0}/calendar
[locale]
local_timezone = Europe/Vienna
default_timezone = Europe/Vienna
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {0}/events.db
"""


def run_khal(folder: Path, *words: str) -> list[str]:
    """Run a calendar program, and return the lines that it prints."""
    made = folder / "khal.conf"
    if not made.exists():
        made.write_text(KHAL.format(folder))
        (folder / "calendar").mkdir()
    command = [sys.executable, "-c", "from khal.cli import main_khal; main_khal()", "-c", str(made)]
    done = subprocess.run([*command, *words], capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if line]


def imported(folder: Path, course: Path) -> list[str]:
    """Import a course's calendar, and return when events begin, and what they are called."""
    run_khal(folder, "import", "--batch", "-a", "course", str(course / "output/schedule.ics"))
    days = ("2027-01-01", "2027-02-28")
    return run_khal(folder, "list", "-df", "", "-f", "{start} {title}", *days)


@pytest.mark.slow
def test_a_second_import_updates_and_doubles_nothing(course: Path, tmp_path: Path) -> None:
    pytest.importorskip("khal")
    folder = tmp_path / "khal"
    folder.mkdir()
    call(course, "schedule")
    first = imported(folder, course)
    assert first == [
        "2027-01-12 09:00 Session 1: Tea", "2027-01-12 10:45 Session 2: Coffee (1/2)",
        "2027-01-13 09:00 Session 2: Coffee (2/2)"]  # fmt: skip
    assert imported(folder, course) == first
    write_days(course, revision=1, second="2027-01-20")
    call(course, "schedule")
    assert imported(folder, course) == [*first[:2], "2027-01-20 09:00 Session 2: Coffee (2/2)"]


def test_an_id_tells_deliveries_apart_and_a_title_may_change(course: Path) -> None:
    def uids(more: str) -> set[str]:
        write_days(course, more=more)
        call(course, "schedule", "--force")
        found = events(calendar_of(course))
        return {str(event["uid"]) for event in found}

    first, other = uids(""), uids("  id: spring\n")
    assert first.isdisjoint(other)
    text = (course / "course.yml").read_text()
    (course / "course.yml").write_text(text.replace("title: Drinks", "title: More drinks"))
    assert "C179" not in call(course, "schedule").stderr
    assert b"More drinks" in calendar_of(course)
    found = events(calendar_of(course))
    assert {str(event["uid"]) for event in found} == other


def test_a_title_that_changes_without_an_id_is_told_as_imports_would_double(course: Path) -> None:
    call(course, "schedule")
    first = calendar_of(course)
    write_days(course)
    text = (course / "course.yml").read_text().replace("title: Drinks", "title: More drinks")
    (course / "course.yml").write_text(text)
    assert 'write id: "Drinks"' in call(course, "schedule").stderr
    assert calendar_of(course) == first
    (course / "course.yml").write_text(text + "  id: Drinks\n")
    assert "C179" not in call(course, "schedule").stderr
    assert b"More drinks" in calendar_of(course)


def test_the_same_days_give_the_same_bytes_anywhere(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(course, "schedule")
    first = calendar_of(course)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PYTHONTZPATH", "")
    call(course, "schedule", "--force")
    assert calendar_of(course) == first
    assert "1 unchanged" in call(course, "schedule").stdout


def test_without_a_time_zone_times_float_and_without_issue_there_is_no_calendar(
    course: Path,
) -> None:
    text = (course / "course.yml").read_text()
    (course / "course.yml").write_text(text.replace("  time_zone: Europe/Vienna\n", ""))
    call(course, "schedule")
    assert b"DTSTART:20270112T090000\r\n" in calendar_of(course)
    assert b"VTIMEZONE" not in calendar_of(course)
    (course / "course.yml").write_text(text.replace("  issued: 2026-11-02\n", ""))
    result = call(course, "schedule")
    assert result.exit_code == 2 and "issued" in result.stderr
    assert call(course, "handouts", "--jobs", "1").exit_code == 0


def test_days_that_change_without_a_new_revision_are_told_until_it_is_new(course: Path) -> None:
    call(course, "schedule")
    first = calendar_of(course)
    assert "C179" not in codes(course)
    write_days(course, second="2027-01-20")
    for _ in range(2):
        assert "C179" in call(course, "schedule").stderr
        assert calendar_of(course) == first and "C179" in codes(course)
    write_days(course, second="2027-01-20", revision=1)
    assert "C179" not in call(course, "schedule").stderr
    assert b"20270120" in calendar_of(course) and "C179" not in codes(course)


def test_minutes_of_a_session_change_the_days_too_but_words_do_not(course: Path) -> None:
    call(course, "schedule")
    file = course / "01-tea.md"
    file.write_text(file.read_text().replace("is hot", "is very hot indeed"))
    assert "C179" not in codes(course)
    file.write_text(file.read_text().replace("(25 min)", "(20 min)"))
    assert "C179" in codes(course)


def test_a_variant_has_a_calendar_of_its_own(course: Path) -> None:
    write_days(course, more="variants:\n  short: {sessions: [1], length: 60}\n")
    call(course, "schedule", "--variant", "short")
    call(course, "schedule")
    short = events(calendar_of(course, "schedule-short"))
    assert [e["dtend"].dt.hour for e in short] == [10]
    whole = events(calendar_of(course))
    assert {str(e["uid"]) for e in short}.isdisjoint({str(e["uid"]) for e in whole})


def test_what_is_the_facilitators_is_not_in_the_calendar(course: Path) -> None:
    (course / "03-notes.md").write_text("# Facilitator notes: Hidden heart\n\nSay it aloud.\n")
    call(course, "schedule")
    assert b"Hidden heart" not in calendar_of(course) and b"cold" not in calendar_of(course)


WRONG = (
    ('time_zone: Europe/Vienna', "time_zone: Europe/Wien", 'no time zone "Europe/Wien"'),
    ("time_zone: Europe/Vienna", "time_zone: ../zone", "no time zone"),
    ("date: 2027-01-12", "date: 2027-02-30", "no such date"),
    ("date: 2027-01-12", "date: 12 January", "as 2027-01-12"),
    ("date: 2027-01-12", "date: 2027-01-13", "does not come after"),
    ('end: "11:30"', 'end: "08:00"', "it ends at 08:00"),
    ("10:00-10:15 Coffee", "10:15-10:00", "ends before it begins"),
    ("10:00-10:15 Coffee", "8:00-8:15", "is not between"),
    ("10:00-10:15 Coffee", "10:00-10:15, 10:10-10:20", "begins before"),
    ("10:00-10:15 Coffee", "at ten", 'as "12:00-13:00 Lunch"'),
    ("room: Room 2", "rom: Room 2", 'did you mean "room"'),
    ("issued: 2026-11-02", "issued: soon", "as 2027-01-12"),
    ("title: Drinks", 'delivery: {start: "09:00"}', "it says when sessions start"),
)  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_wrong_values_are_told_at_their_place(
    course: Path, right: str, wrong: str, said: str
) -> None:
    text = (course / "course.yml").read_text()
    (course / "course.yml").write_text(text.replace(right, wrong))
    (found,) = (f for f in load(course).findings if f.code == "C106")
    assert said in f"{found.message} ({found.hint})"
    assert found.span.line > 1 or right.startswith("title")


@pytest.mark.slow
def test_what_one_edit_changes_is_built_again(course: Path) -> None:
    call(course, "guides", "--jobs", "1")
    file = course / "01-tea.md"
    file.write_text(file.read_text().replace("(25 min)", "(20 min)"))
    said = call(course, "guides", "--jobs", "1", "-v").stderr
    assert "guides/02-coffee.pdf: the course's delivery changed" in said
    file.write_text(file.read_text().replace("is hot", "is very hot indeed"))
    assert "1 built, 1 unchanged" in call(course, "guides", "--jobs", "1").stdout
