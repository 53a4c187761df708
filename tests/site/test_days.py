"""The page of the course's days: whose times it gives, where it leads, what it does not say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseware.course.loading import load
from courseware.model.times.delivery import Appointment, Sitting
from courseware.site.days import DayStretch, Seen, rules, weeks
from tests.site.courses import DAYS, SECRET, build, files_in, make_course


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    course = make_course(tmp_path_factory.mktemp("days") / "drinks", DAYS)
    assert build(course, "site").exit_code == 0
    return (course / "output/site/schedule.html").read_text()


def rows(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<span class="at">(.*?)</span> <span>(?:<a [^>]*>)?(.*?)(?:</a>|</span>)', page)  # fmt: skip


@pytest.mark.slow
def test_times_are_those_of_the_calendar_and_of_the_course_s_breaks(page: str) -> None:
    found = rows(page)
    assert ("09:10", "Tea") in found
    assert [one for one in found if "–" in one[0]] == [
        ("09:00–09:06", "Session 1: Tea"), ("09:00–09:10", "Session 1: Tea"),
        ("09:20–09:21", "Session 2: Coffee &amp; &lt;milk&gt;")]  # fmt: skip
    assert "(1/2)" in page and "(2/2)" in page and "The kitchen" in page
    assert "times of Europe/Vienna" in page


@pytest.mark.slow
def test_it_is_led_to_and_says_nothing_of_the_facilitator_s(page: str, tmp_path: Path) -> None:
    assert SECRET not in page and 'href="pages/01-tea.html#' in page
    course = make_course(tmp_path / "drinks")
    assert build(course, "site").exit_code == 0
    without = files_in(course / "output/site")
    assert "schedule.html" not in without and b"schedule.html" not in without["index.html"]


@pytest.mark.slow
def test_a_layout_that_says_what_is_withheld_is_not_published(tmp_path: Path) -> None:
    course = make_course(tmp_path / "drinks", DAYS)
    layout = course / "layouts/site/schedule.html.j2"
    layout.parent.mkdir(parents=True)
    layout.write_text("<html>You see Zwiebelfisch, as every cup has one.</html>")
    result = build(course, "site")
    assert result.exit_code == 1 and "C331" in result.output
    assert not (course / "output/site/index.html").exists()


@pytest.mark.slow
def test_a_change_of_the_days_changes_the_page(tmp_path: Path) -> None:
    course = make_course(tmp_path / "drinks", DAYS)
    assert build(course, "site").exit_code == 0
    text = (course / "course.yml").read_text()
    (course / "course.yml").write_text(text.replace('start: "09:00"', 'start: "08:55"'))
    assert load(course).settings.schedule is not None
    assert build(course, "site").exit_code == 0
    assert rows((course / "output/site/schedule.html").read_text())[0][0].startswith("08:55")


def seen(path: str, *days: tuple[str, int, int]) -> Seen:
    sittings = tuple(Sitting(day, start, end) for day, start, end in days)
    marks = tuple(DayStretch("session", n, *one) for n, one in enumerate(days))
    return Seen(path, path, "en", f"{path}.html", (), Appointment(sittings=sittings), marks)


def test_days_of_a_week_stand_side_by_side_and_evenings_a_few_each() -> None:
    daily = [seen(f"{n}", (f"2027-01-{n:02}", 540, 600)) for n in (12, 13, 14, 18, 19)]
    dates = [one.appointment.dates[0] for one in daily]
    assert [len(week.days) for week in weeks(daily, dates)] == [3, 2]
    evenings = [seen(f"{n}", (f"2027-{n:02}-05", 1080, 1170)) for n in range(1, 7)]
    found = weeks(evenings, [one.appointment.dates[0] for one in evenings])
    assert [len(week.days) for week in found] == [4, 2]
    assert [day.number for week in found for day in week.days] == [1, 2, 3, 4, 5, 6]


def test_every_row_has_its_lines_and_every_line_its_rule() -> None:
    both = [seen("a", ("2027-01-12", 535, 600), ("2027-01-13", 540, 571)), seen("b", ("2027-01-13", 571, 650))]  # fmt: skip
    found = weeks(both, ["2027-01-12", "2027-01-13"])
    said = rules(found)
    for week in found:
        lines = [line for day in week.days for row in day.rows for line in row.lines]
        assert max(lines) <= len(week.tracks) + 1 and min(lines) >= 1
        for day in week.days:
            for row in day.rows:
                assert row.lines[0] < row.lines[1]
                assert f".from-{row.lines[0]} " in said and f".to-{row.lines[1]} " in said
    assert weeks([], []) == ()
