"""The run book: the days on page 1, what to bring and to print, and where each guide is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from courseware.cli.commands import main
from courseware.course.loading import load
from courseware.model.session import Course
from courseware.model.variants import Edition
from courseware.products.guide.guide import Guide, guide
from courseware.products.run_book.run_book import COLUMN, LEAST, RunBook, run_book
from courseware.schedule.appointments import with_appointments
from tests.pdfs import tree

SESSION = """# Session {n}: {title}

**Materials:** pens each, kettle, 2 m of rope each

## What {title} is (20 min)

{title} is hot.

## Exercise 1: Pour {title} (40 min) {{group=pairs materials="cup each"}}

1. What do you see?

::: answer
Steam.
:::

## Talk it over (25 min)

What did you see?

::: facilitator
Say: Only the one who leads knows that {title} is cold.
:::

## Key takeaways (2 min)

- Pour slowly.

## Next session (2 min)

More.
"""
DAYS = """schedule:
  issued: 2026-11-02
  time_zone: Europe/Vienna
  room: Room 2
  end: "11:30"
  breaks: [10:00-10:15 Coffee]
  days:
    - date: 2027-01-12
    - {date: 2027-01-13, room: The hall}
"""
TITLES = ("Tea", "Coffee")


def write_course(folder: Path, titles: tuple[str, ...] = TITLES, days: str = DAYS) -> Path:
    folder.mkdir()
    (folder / "course.yml").write_text(f"title: Drinks\ndelivery: {{group: 9}}\n{days}")
    for n, title in enumerate(titles, 1):
        (folder / f"{n:02}-{title.lower()}.md").write_text(SESSION.format(n=n, title=title))
    return folder


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_course(tmp_path_factory.mktemp("run-book") / "drinks")
    result = call(folder, "run-book", "--jobs", "1")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def dayless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_course(tmp_path_factory.mktemp("run-book") / "dayless", TITLES, "")
    assert call(folder, "run-book", "--jobs", "1").exit_code == 0
    return folder


def call(course: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--course", str(course), *words])


def pages(course: Path) -> list[str]:
    found = PdfReader(course / "output/run-book.pdf").pages
    return [" ".join(page.extract_text().split()) for page in found]


def guides(folder: Path) -> list[Guide]:
    loaded = load(folder)
    schedule, sessions = loaded.settings.schedule, loaded.course.sessions
    edition = Edition()
    if schedule is not None:
        edition = with_appointments(edition, schedule, sessions, loaded.course.delivery)
    return [
        guide(alone(loaded.course, edition, path), s) for path, s in ((s.path, s) for s in sessions)
    ]


def alone(course: Course, edition: Edition, path: str) -> Course:
    import msgspec

    mine = tuple(s for s in course.sessions if s.path == path)
    return msgspec.structs.replace(
        course, sessions=mine, delivery=edition.of(path, course.delivery)
    )


def shown(book: RunBook) -> list[list[str]]:
    return [
        [f"{day.clock(row.start)} {row.kind} {row.minutes}" for row in day.across]
        for day in book.days
    ]


def test_days_have_their_sessions_segments_and_breaks(tmp_path: Path) -> None:
    book = run_book(guides(write_course(tmp_path / "drinks")))
    assert shown(book) == [
        ["09:00 session 104", "09:00 talk 20", "09:20 work 40", "10:00 break 15",
         "10:15 talk 25", "10:40 talk 4", "10:44 session 20", "10:44 talk 20"],
        ["09:00 session 104", "09:00 work 40", "09:40 free 20", "10:00 break 15", "10:15 talk 25", "10:40 talk 4"],
    ]  # fmt: skip
    assert [day.rooms for day in book.days] == [("Room 2",), ("The hall",)]
    assert book.zones() == ("Europe/Vienna",)


def test_no_row_is_too_small_to_read_and_no_day_too_long_for_its_page(tmp_path: Path) -> None:
    book = run_book(guides(write_course(tmp_path / "drinks")))
    for day in book.days:
        assert all(row.height >= LEAST for row in day.across)
        assert sum(row.height for row in day.across) <= COLUMN + 0.1
    scale = {
        round(r.height / r.minutes, 1) for d in book.days for r in d.across if r.height > 3 * LEAST
    }
    assert len(scale) == 1


@pytest.mark.parametrize(
    ("many", "kinds", "detailed"),
    [
        (5, {"session", "talk", "work"}, True),
        (16, {"session", "work"}, False),
        (36, {"session"}, False),
    ],
)
def test_many_days_show_as_much_as_page_1_holds(
    many: int, kinds: set[str], detailed: bool, tmp_path: Path
) -> None:
    titles = tuple(f"Drink {n}" for n in range(many))
    dates = "".join(f"    - date: 2027-{1 + n // 28:02}-{1 + n % 28:02}\n" for n in range(many))
    days = f'schedule:\n  start: "09:00"\n  end: "10:40"\n  days:\n{dates}'
    book = run_book(guides(write_course(tmp_path / "drinks", titles, days)))
    assert book.detailed == detailed and len(book.days) == many
    for day in book.days:
        assert {row.kind for row in day.across} == kinds
        assert all(row.height >= LEAST for row in day.across)


def test_what_is_done_runs_on_below_a_title_where_rows_are_too_many(tmp_path: Path) -> None:
    titles = tuple(f"Drink {n}" for n in range(24))
    dates = "".join(f"    - date: 2027-01-{1 + n:02}\n" for n in range(6))
    days = f'schedule:\n  start: "09:00"\n  end: "15:40"\n  days:\n{dates}'
    book = run_book(guides(write_course(tmp_path / "drinks", titles, days)))
    for day in book.days:
        done = [row for row in day.rows if row.kind == "work"]
        assert [one for row in day.across for one in row.within if one.kind == "work"] == done
        assert {row.kind for row in day.across} == {"session"} and done


def test_without_days_each_session_has_its_own_clock(tmp_path: Path) -> None:
    book = run_book(guides(write_course(tmp_path / "drinks", TITLES, "")))
    assert [day.date for day in book.days] == ["", ""] and book.detailed
    assert [day.clock(day.start) for day in book.days] == ["0:00", "0:00"]
    assert [day.clock(day.end) for day in book.days] == ["1:29", "1:29"]


@pytest.mark.slow
def test_without_days_the_guides_run_sheets_alone_are_the_plan(dayless: Path) -> None:
    own = [text for text in pages(dayless) if "·G" not in text[-20:]]
    assert sum("Pour Tea" in text for text in own) == 2  # page 1, and where cups are needed
    assert sum("Run sheet" in text for text in pages(dayless)) == 2


def test_what_is_left_out_when_late_has_a_head_where_something_is(
    course: Path, tmp_path: Path
) -> None:
    short = tmp_path / "short"
    short.mkdir()
    (short / "01-tea.md").write_text("# Tea\n\n## What tea is (5 min)\n\nTea is hot.\n")
    assert call(short, "run-book", "--jobs", "1").exit_code == 0
    late = "If you begin late"
    assert late in pages(course)[0] and late not in pages(short)[0]


@pytest.mark.slow
def test_rooms_have_a_head_where_there_are_any(course: Path, dayless: Path) -> None:
    assert "Room Day 1" in pages(course)[1]
    assert "Room" not in pages(dayless)[1]


def test_materials_are_added_up_over_sessions_for_the_group(tmp_path: Path) -> None:
    book = run_book(guides(write_course(tmp_path / "drinks")))
    needs = {
        need.text: (need.most, need.total, [place for place, _ in need.uses]) for need in book.needs
    }
    assert needs == {
        "pens": (9, 18, [0, 1]),
        "kettle": (None, None, [0, 1]),
        "rope (m)": (18, 36, [0, 1]),
        "cup": (9, 18, [0, 1]),
    }
    assert book.needs[3].uses[0][1] == ("Exercise 1: Pour Tea",)


def test_page_1_holds_the_days_the_breaks_and_what_to_print(course: Path) -> None:
    first = pages(course)[0]
    for said in ("Day 1", "Tuesday 12 January 2027", "Room 2", "Day 2", "The hall", "9 people",
                 "times of Europe/Vienna", "10:00 Coffee 15 min", "09:20 Exercise 1: Pour Tea 40 min",
                 "10:44 What Coffee is 20 min", "Breaks", "sheets in all"):  # fmt: skip
        assert said in first, said
    assert "cold" not in first


@pytest.mark.slow
def test_sheets_are_counted_by_the_files_that_there_are(course: Path) -> None:
    assert call(course, "handouts", "--jobs", "1").exit_code == 0
    assert call(course, "worksheets", "--jobs", "1").exit_code == 0
    total = 0
    for file in sorted((course / "output").glob("*s/*.pdf")):
        if file.parent.name in ("handouts", "worksheets"):
            many = len(PdfReader(file).pages)
            total += 9 * -(-many // 2)
            assert (
                f"{file.parent.name}/{file.name} {many} 9 {9 * -(-many // 2)}" in pages(course)[1]
            )
    assert f"{total} sheets in all" in pages(course)[1]


def test_every_link_leads_to_the_guide_that_it_names(course: Path) -> None:
    reader = PdfReader(course / "output/run-book.pdf")
    places = reader.named_destinations
    starts = [n for n, text in enumerate(pages(course)) if "Run sheet" in text]
    assert len(starts) == 2
    found: list[tuple[int, int]] = []
    for number, page in enumerate(reader.pages[: starts[0]]):
        for note in page.get("/Annots", ()):
            target: Any = note.get_object().get("/Dest") or note.get_object()["/A"]["/D"]
            name = target if isinstance(target, str) else None
            where = places[name] if name else None
            to = reader.get_destination_page_number(where) if where else None
            assert to is not None and to >= starts[0]
            found.append((number, to))
    assert {to for _, to in found} >= set(starts)
    assert reader.page_labels[starts[0]] == "1·G1" and reader.page_labels[starts[1]] == "2·G1"


def test_a_guides_pages_bear_their_label_and_a_tab(course: Path) -> None:
    reader = (
        PdfReader(course / "output/guides/02-coffee.pdf")
        if (course / "output/guides/02-coffee.pdf").exists()
        else PdfReader(course / "output/run-book.pdf")
    )
    last = reader.pages[-1].extract_text()
    assert re.search(r"2·G\d+ / \d+", last) and re.search(r"^2$", last, re.MULTILINE)


def test_it_is_tagged_whole_and_says_what_the_guides_say(course: Path) -> None:
    root = tree(PdfReader(course / "output/run-book.pdf"))
    assert len(list(root.all("TH"))) > 10
    said = "".join(pages(course))
    assert said.count("Only the one who leads knows") == 2


@pytest.mark.slow
def test_one_edited_session_makes_its_guide_and_the_run_book_anew(course: Path) -> None:
    assert "unchanged" in call(course, "run-book", "--jobs", "1").stdout
    file = course / "01-tea.md"
    file.write_text(file.read_text().replace("is hot", "is warm"))
    said = call(course, "run-book", "--jobs", "1", "-v").stderr
    assert "guides/01-tea.pdf" in said and "guides/02-coffee.pdf" not in said
    assert "is warm" in "".join(pages(course)) or "run-book" in said


@pytest.mark.slow
def test_heads_of_tables_say_something_and_are_no_more_than_what_they_head(tmp_path: Path) -> None:
    titles = tuple(f"Drink {n}" for n in range(5))
    dates = "".join(f"    - date: 2027-01-{4 + n:02}\n" for n in range(5))
    days = f'schedule:\n  start: "09:00"\n  end: "10:40"\n  days:\n{dates}'
    folder = write_course(tmp_path / "drinks", titles, days)
    assert call(folder, "run-book", "--jobs", "1").exit_code == 0
    tables = list(tree(PdfReader(folder / "output/run-book.pdf")).all("Table"))
    assert len(tables) > 20
    for table in tables:
        rows = [[cell.role for cell in row.elements] for row in table.all("TR")]
        heads, cells = list(table.all("TH")), list(table.all("TD"))
        assert len(heads) <= len(cells) and sum(set(row) == {"TH"} for row in rows) <= 1
        assert all(head.spoken().strip() for head in heads)
