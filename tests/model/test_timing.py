"""Run sheets: what is a segment, what is stated, what is estimated, what is cut."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courseware.checking.rules import check
from courseware.course.loading import load
from courseware.model.times.delivery import Delivery
from courseware.model.times.fitting import shared
from courseware.model.times.planning import Change
from courseware.model.times.segments import overruns
from courseware.model.times.timing import (
    RunSheet,
    fallbacks,
    longest_sitting,
    module_totals,
    run_sheet,
    totals,
)
from tests.searching import examples
from tests.support import PROJECT, session_of

QUICK = settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))


OPEN = ("introduction", "objectives", "guiding", "takeaways", "next")


def sheet(text: str, **delivery: object) -> RunSheet:
    return run_sheet(session_of(text), Delivery(**delivery))  # type: ignore[arg-type]


def rows(found: RunSheet) -> list[str]:
    return [
        f"{s.start} {'' if s.stated else '~'}{s.minutes} {s.title or s.kind}" for s in found.timed()
    ]


def test_a_section_is_a_segment_and_what_it_holds_is_told_apart() -> None:
    found = sheet(
        "# A\n\nLead.\n\n## Roles\n\nOne.\n\n### Late (5 min)\n\nTwo.\n\n"
        '::: activity "Who" 8 min\nAsk.\n:::\n\n## Exercises\n\n### Exercise 1: Try (30 min)\n\nWhy?\n\n'
        "::: break 10 min\n\n## Further reading\n\n- A book\n"
    )
    assert rows(found) == ["0 ~1 introduction", "1 ~1 Roles", "2 5 Late", "7 30 Exercise 1: Try",
                           "37 10 break"]  # fmt: skip
    assert [s.title for s in found.segments[2].inside] == ["Who"]
    assert [s.kind for s in found.segments if not s.timed] == ["reading"]


def test_a_parents_time_is_not_added_to_its_childrens() -> None:
    text = "# A\n\n## B (20 min)\n\nx\n\n### C (5 min)\n\ny\n\n### D (5 min)\n\nz\n"
    found = sheet(text)
    assert rows(found) == ["0 20 B"]
    assert [s.minutes for s in found.segments[0].inside] == [5, 5]
    assert not list(overruns(session_of(text)))
    (over,) = overruns(session_of(text.replace("(5", "(15")))
    assert (over[1].high, over[2]) == (20, 30)


def test_an_agenda_inside_the_teaching_is_no_timing() -> None:
    found = sheet("# A\n\n## Meetings\n\n**Agenda:**\n1. **Review** (10 min)\n2. Plan (15 min)\n")
    assert rows(found) == ["0 ~1 Meetings"]


def test_an_agenda_with_clock_times_is_the_plan() -> None:
    found = sheet(
        "# A\n\n## Agenda\n\n- 9:00-9:10 Welcome\n- 9:10-9:40 Key roles in teams\n- 9:40-9:50 Break\n\n"
        "## Roles in teams\n\nText.\n\n## More\n\nText.\n"
    )
    assert rows(found) == ["0 10 Welcome", "10 30 Roles in teams", "40 10 Break"]


@pytest.mark.parametrize(
    "task",
    ["### Exercise 1: Try (15 min)\n\nWhy?", "Read.\n\n**Activity 1: Try (15 min)**\n\nWhy?"],
)
@pytest.mark.parametrize(
    ("items", "told"),
    [
        ("- 9:00–9:20 Start\n- 9:20–9:50 Work", ["0 20 Start", "20 30 Work"]),
        ("- 9:00–9:20 Start\n- 9:20–9:30 Work", ["0 20 Start", "20 10 Work", "30 15 Try"]),  # no room
        ("- 9:00–9:20 Start\n- 9:20–9:50 Work\n- 9:50–10:05 Try", ["0 20 Start", "20 30 Work", "50 15 Try"]),
    ],
)  # fmt: skip
def test_what_states_a_time_in_a_section_of_the_agenda_is_a_part_of_its_time(
    items: str, told: list[str], task: str
) -> None:
    found = sheet(f"# A\n\n## Agenda\n\n{items}\n\n## Start\n\nOne.\n\n## Work\n\nTwo.\n\n{task}\n")
    assert [
        row.replace("Exercise 1: ", "").replace("Activity 1: ", "") for row in rows(found)
    ] == told


@pytest.mark.parametrize(
    ("pause", "breaks"),
    [
        ("## Break (10 min)", 10),
        ("## Tea time, a break (15 min)", 25),
        ("::: break 10 min", 10),
        ("## Pause for tea (10 min)", 10),
    ],
)
def test_a_break_that_an_agenda_calls_otherwise_is_not_one_more(pause: str, breaks: int) -> None:
    agenda = "- 9:00–9:20 Start\n- 9:20–9:30 Coffee break\n- 9:30–9:50 Work"
    found = sheet(
        f"# A\n\n## Agenda\n\n{agenda}\n\n## Start\n\nOne.\n\n{pause}\n\n## Work\n\nTwo.\n"
    )
    assert found.breaks == breaks


@pytest.mark.parametrize(
    "pause",
    ["::: break 10 min Tea", "::: break 10 min", "## Break (10 min)", "## Coffee (10 min)", "## ☕ Break (10 min)"],
)  # fmt: skip
def test_a_break_of_the_agenda_that_comes_later_is_another(pause: str) -> None:
    agenda = "- 9:00–9:20 Start\n- 9:20–9:50 Work\n- 9:50–10:00 Coffee break\n- 10:00–10:20 End"
    found = sheet(f"# A\n\n## Agenda\n\n{agenda}\n\n## Start\n\nOne.\n\n{pause}\n\n"
                  "## Work\n\nTwo.\n\n## End\n\nThree.\n")  # fmt: skip
    assert found.breaks == 20 and "Work" in [s.title for s in found.timed()]


@pytest.mark.parametrize("pause", ["## Break", "## Coffee break"])
def test_a_break_that_the_agenda_calls_by_its_name_is_that_one(pause: str) -> None:
    agenda = "- 9:00–9:20 Start\n- 9:20–9:30 Coffee break\n- 9:30–9:50 Work"
    found = sheet(
        f"# A\n\n## Agenda\n\n{agenda}\n\n## Start\n\nOne.\n\n{pause}\n\n## Work\n\nTwo.\n"
    )
    assert found.breaks == 10


def test_a_break_without_a_title_is_the_one_of_the_agenda() -> None:
    found = sheet("# A\n\n## Agenda\n\n- 9:00-9:10 B\n- 9:10-9:25 Tea break\n- 9:25-9:40 C\n\n"
                  "## B\n\nx\n\n::: break 15 min\n\n## C\n\ny\n")  # fmt: skip
    assert rows(found) == ["0 10 B", "10 15 break", "25 15 C"]


def test_front_matter_shares_minutes_out() -> None:
    found = sheet(
        '---\nteaching: 25\nexercises: "10"\nbreak: 5\n---\n# A\n\n## B\n\nx\n\n## C\n\ny\n\n'
        "## Exercise 1: D\n\nWhy?\n\n## Exercise 2: E (4 min)\n\nWhy?\n"
    )
    assert rows(found) == ["0 ~13 B", "13 ~12 C", "25 ~6 Exercise 1: D", "31 4 Exercise 2: E",
                           "35 5 break"]  # fmt: skip
    assert (found.total, found.stated, found.over) == (40, 9, 0)


@pytest.mark.parametrize("pause", [0, 1, 10, 11])
@pytest.mark.parametrize(("teaching", "exercises"), [(2, 2), (9, 10), (10, 11), (11, 9), (60, 3)])
def test_front_matter_shares_out_few_minutes_as_well_as_many(
    teaching: int, exercises: int, pause: int
) -> None:
    found = sheet(
        f"---\nteaching: {teaching}\nexercises: {exercises}\nbreak: {pause}\n---\n# A\n\n## B\n\n"
        + "word " * 300 + "\n\n## Exercise 1: C\n\nWhy?\n\n## D\n\nx\n\n## Exercise 2: E (1 min)\n\nx\n"
    )  # fmt: skip
    first, second, third, fourth, *last = found.timed()
    assert (first.minutes + third.minutes, second.minutes) == (teaching, exercises - 1)
    assert fourth.minutes == 1
    assert [(s.kind, s.minutes, s.start) for s in last] == (
        [("break", pause, teaching + exercises)] if pause else []
    )


def test_a_session_without_a_length_is_as_long_as_its_run_sheet() -> None:
    found = sheet("# A\n\n## B\n\nx\n")
    assert (found.available, found.total, found.over, found.spare) == (None, 1, 0, 0)


def test_estimates_fill_a_stated_length_and_stated_times_do_not() -> None:
    found = sheet("# A\n\nDuration: 60-90 min\n\n## B\n\nx\n\n## C (20 min)\n\nx\n")
    assert rows(found) == ["0 ~40 B", "40 20 C"]
    found = sheet("# A\n\nDuration: 60 min\n\n## C (20 min)\n\nx\n")
    assert (found.total, found.spare) == (20, 40)


def told(some: Iterable[Change]) -> list[tuple[int, int]]:
    return [(c.before, c.after) for c in some]


def test_what_is_optional_goes_first_then_ranges_then_estimates() -> None:
    text = (
        "# A\n\n## B (20–30 min)\n\nx\n\n::: stretch {minutes=10}\nMore.\n:::\n\n## C\n\n"
        + "word " * 850 + "\n\n::: stretch {minutes=6}\nMore.\n:::\n"
    )  # fmt: skip
    assert told(sheet(text, length=40).changes) == [(6, 0)]
    assert told(sheet(text, length=35).changes) == [(30, 25), (6, 0)]
    found = sheet(text, length=26)
    assert told(found.changes) == [(30, 20), (10, 6), (6, 0)]
    assert found.total == 26


def test_the_longest_exercise_stays_where_none_is_named_and_what_opens_and_closes_a_session() -> (
    None
):
    found = sheet(
        "# A\n\n## Objectives (5 min)\n\n- x\n\n## Exercise 1: B (30 min)\n\nWhy?\n\n## T (10 min)\n\nx\n\n"
        "## Exercise 2: C (40 min)\n\nWhy?\n\n## Key takeaways (5 min)\n\n- x\n",
        length=50,
    )
    assert [s.title for s in found.segments if s.out] == ["Exercise 1: B"]
    assert (found.total, found.over) == (50, 0)
    short = sheet("# A\n\n## Objectives (20 min)\n\n- x\n", length=10)
    assert (short.total, short.over) == (12, 2)


def test_what_an_author_keeps_stays_and_what_is_marked_goes_first() -> None:
    text = "# A\n\n## B (30 min){}\n\nx\n\n## Exercise 1: C (30 min){}\n\nWhy?\n\n## D (30 min){}\n\nx\n"
    out = [
        [s.title for s in sheet(text.format(*marks), length=55).segments if s.out]
        for marks in ((" {keep}", " {drop=first}", ""), ("", "", " {keep}"), ("", "", ""))
    ]
    assert out == [["Exercise 1: C"], ["B"], ["D"]] or out[:2] == [["Exercise 1: C"], []]
    kept = sheet(text.format("", "", " {keep}"), length=45)
    assert [s.title for s in kept.segments if s.out] == ["B"]


def test_late_starts_are_planned_for_with_few_changes() -> None:
    text = "# A\n\n## B (40 min)\n\nx\n\n## C\n\n" + "word " * 2550 + "\n"
    found = fallbacks(session_of(text))
    assert [late.minutes for late in found.late] == [(5,), (10,), (15,)]
    assert all(
        (sum(c.before - c.after for c in late.changes),) == late.minutes and len(late.changes) <= 2
        for late in found.late
    )
    assert not fallbacks(session_of("# A\n\n## B (10 min)\n\nx\n")).late


def test_more_time_goes_to_practice() -> None:
    text = "# A\n\n## B (30 min)\n\nx\n\n## Exercise 1: C (30 min)\n\nWhy?\n\n"
    found = sheet(text, length=80)
    assert told(found.changes) == [(30, 45)] and found.spare == 5


def test_parts_of_a_segment_that_is_shortened_lie_inside_it() -> None:
    text = (
        "# A\n\n## B (60 min)\n\n### C (30 min)\n\nx\n\n### D (30 min)\n\nx\n\n## E (20 min)\n\nx\n"
    )
    (first, *_) = sheet(text, length=60).segments
    assert sum(part.minutes for part in first.inside) <= first.minutes < 60


def test_the_clock() -> None:
    assert Delivery(start="09:00").clock(98) == "10:38"
    assert Delivery(start="23:30").clock(45) == "00:15"
    assert Delivery().clock(38) == "0:38"


def test_the_longest_sitting() -> None:
    text = "# A\n\n## B (70 min)\n\nx\n\n{}\n\n## C (60 min)\n\nx\n"
    assert longest_sitting(sheet(text.format("")))[0] == 130
    assert longest_sitting(sheet(text.format("::: break 10 min")))[0] == 70


@pytest.mark.parametrize(("minutes", "missed"), [(89, False), (90, False), (91, True)])
def test_a_break_is_missed_after_an_hour_and_a_half(
    minutes: int, missed: bool, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(f"# A\n\n## B ({minutes} min)\n\nx\n", "utf-8")
    assert ("C221" in {f.code for f in check(load(tmp_path))}) is missed


def test_a_heading_that_is_a_break_is_one() -> None:
    found = sheet("# A\n\n## B (70 min)\n\nx\n\n## Coffee break (15 min)\n\nMilk is there.\n\n"
                  "## Make or break (60 min)\n\nx\n\n### Lunch (1 hour)\n")  # fmt: skip
    assert [s.kind for s in found.segments] == ["concept", "break", "concept"]
    assert [s.kind for s in found.segments[2].inside] == ["break"]
    assert (found.breaks, longest_sitting(found)[0]) == (75, 70)


@pytest.mark.parametrize(
    "line",
    ["**Break (15 min)**", "☕ **Break (15 min)**", "*Coffee break – 15 minutes*", "**Kaffeepause: 15 min**",
     "## Lunch break 12:30-12:45", "Lunch (15')"],
)  # fmt: skip
def test_a_line_that_is_a_break_with_its_time_is_one(line: str) -> None:
    language = "---\nlanguage: de\n---\n" if "Pause" in line or "pause" in line else ""
    found = sheet(f"{language}# A\n\n## B (20 min)\n\nx\n\n{line}\n\n## C (20 min)\n\ny\n")
    assert [(s.kind, s.minutes) for s in found.timed()][1] == ("break", 15)
    assert found.total == 55


@pytest.mark.parametrize("line", ["Break into pairs (5 min).", "The break (15 min) was long."])
def test_a_sentence_with_a_break_is_none(line: str) -> None:
    found = sheet(f"# A\n\n## B (20 min)\n\nx\n\n{line}\n\n## C (20 min)\n\ny\n")
    assert all(s.kind != "break" for s in found.timed())


def test_tasks_in_a_setup_take_time() -> None:
    found = sheet(
        "# A\n\n## Setup\n\nBring a cup.\n\n### Task 1: Boil\n\n1. Why?\n\n## B\n\nWords.\n"
    )
    assert [(s.title, s.kind) for s in found.timed()] == [("Task 1: Boil", "exercise"), ("B", "concept")]  # fmt: skip
    assert not any(s.timed for s in sheet("# A\n\n## Setup\n\nBring a cup.\n\n## B\n\nx\n").segments[:1])  # fmt: skip


def test_zeros_that_a_template_left_are_no_times() -> None:
    text = "# A\n\n## B\n\nWords.\n\n## Exercise 1: C\n\n1. Why?\n"
    bare = sheet(f"---\nteaching: 0\nexercises: 0\n---\n{text}")
    assert bare.available is None and bare.timed()[-1].minutes > 4
    stated = sheet(f"---\nteaching: 15\nexercises: 0\n---\n{text}")
    assert stated.total == 15 and stated.available is not None


@pytest.mark.parametrize(
    ("plan", "minutes"),
    [
        ("## Plan\n\n- B: 5 min\n- C: 15 min\n- D: 20 min", [5, 15, 20]),
        ("## Agenda\n\n| a | b |\n|--|--|\n| B | 10 min |\n| C | ~20' |\n| D | ~15' |\n| **Total** | 45 min |", [10, 20, 15]),
        ("## Plan\n\nWhat a plan is: three parts.", []),
    ],
)  # fmt: skip
def test_a_plan_whose_items_state_times_is_the_agenda(plan: str, minutes: list[int]) -> None:
    found = sheet(f"# A\n\n{plan}\n\n## B\n\nx\n\n## C\n\ny\n\n## D\n\nz\n")
    assert [s.minutes for s in found.timed() if s.stated] == minutes


def test_a_table_of_times_below_a_title_that_says_plan_is_the_agenda() -> None:
    table = "| Stage | Time (min) | Pupils do |\n|--|--|--|\n| Warm-up | 5 | Recall |\n| Input | 15 | Listen |\n"
    assert sheet(f"# Lesson plan: Rivers\n\n{table}").total == 20
    assert sheet(f"# Baking: Rivers\n\n{table}").total != 20


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [("PT45M", 45), ("PT1H30M", 90), ("2 x 45 min", 90), ("1:30", 90), ("90'", 90), ("1½ h", 90)],
)
def test_lengths_in_front_matter(duration: str, minutes: int) -> None:
    found = sheet(f"---\nduration: {duration}\n---\n# A\n\n## B\n\nWords.\n").available
    assert found is not None and found.high == minutes


def test_a_title_blocks_time_may_be_of_the_clock() -> None:
    found = sheet("# A\n\n**Time: 18:30–20:00**\n**Place: Town hall**\n\n## B\n\nWords.\n")
    assert found.available is not None and found.available.high == 90


def test_what_states_no_time_inside_what_does_fills_it() -> None:
    found = sheet("# A\n\n## Exercises (35 min)\n\nFirst this.\n\n### Exercise 1: B\n\nWhy?\n\n"
                  "### Exercise 2: C (15 min)\n\nWhy?\n")  # fmt: skip
    assert [(s.start, s.minutes) for s in found.segments[0].inside] == [(1, 19), (20, 15)]


def test_a_break_after_an_exercise_is_not_in_it() -> None:
    session = session_of(
        "# A\n\n## Exercise 1: B (5 min)\n\n**Scenario A:**\nWhy?\n\n::: break 10 min\n"
    )
    (section,) = session.sections
    assert [type(b).__name__ for b in section.blocks] == ["Exercise", "Break"]


def test_totals_of_modules_and_course() -> None:
    one = session_of("---\nmodule: M\n---\n# A\n\n## B (10 min)\n\nx\n\n## C\n\nx\n")
    two = session_of("# D\n\n## B (5 min)\n\nx\n")
    assert totals([one, two]).planned == 16
    assert {m: t.stated for m, t in module_totals([one, two, one]).items()} == {"M": 20, "": 5}


# -- properties ----------------------------------------------------------------------


@st.composite
def texts(draw: st.DrawFn) -> str:
    lines = ["# A", ""]
    if draw(st.booleans()):
        low = draw(st.integers(1, 200))
        lines += [f"Duration: {low}-{low + draw(st.integers(0, 60))} min", ""]
    for n in range(draw(st.integers(0, 7))):
        low = draw(st.integers(1, 40))
        time = draw(st.sampled_from(["", f" ({low} min)", f" ({low}-{low + 10} min)"]))
        kind = draw(
            st.sampled_from(["## Part {}", "## Exercise {}: X", "### Topic {}", "#### Deep {}"])
        )
        lines += [kind.format(n) + time, "", "word " * draw(st.integers(0, 400)) + "why?", ""]
        more = ["::: break 10 min", '::: activity "Act" 7 min\nx\n:::', "::: stretch\nx\n:::",
                "::: stretch {minutes=4}\nx\n:::", "::: facilitator\nSay: x\n:::", ""]  # fmt: skip
        lines += [draw(st.sampled_from(more)), ""]
    return "\n".join(lines)


@pytest.mark.slow
@QUICK
@given(texts(), st.one_of(st.none(), st.integers(1, 300)))
def test_totals_add_up_starts_rise_stated_times_stay(text: str, length: int | None) -> None:
    whole = run_sheet(session_of(text), in_parts=length is not None)
    found = sheet(text, length=length)
    assert found.total == sum(s.taken for s in found.segments) == found.stated + found.estimated
    at = 0
    for segment in found.segments:
        assert segment.start == at and segment.minutes >= 0
        at = segment.end
        ends = [segment.start, *(i.start for i in segment.inside)]
        assert ends == sorted(ends)
    for before, after in zip(whole.segments, found.segments, strict=True):
        assert after.stated == before.stated
        if before.stated:
            assert before.minutes == before.high
    assert whole.total - sum(c.before - c.after for c in found.changes) == found.total
    assert all(c.before != c.after for c in found.changes)
    if length is not None and found.over:
        assert all(s.kind in OPEN for s in found.timed()), "what stays is too long"


@QUICK
@given(st.integers(0, 500), st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_shares_add_up(total: int, weights: list[int]) -> None:
    result = shared(total, weights)
    assert sum(result) == total and min(result) >= (1 if total >= len(weights) else 0)


def test_run_sheets_lie_within_the_stated_length_or_the_difference_is_a_finding(
    where: Path = PROJECT / "content",
) -> None:
    loaded = load(where)
    told = {(f.span.path, f.code) for f in check(loaded)}
    for session in loaded.course.sessions:
        found = run_sheet(session)
        if found.over:
            assert (session.path, "C204") in told, session.path
        if found.spare and found.timed():
            assert (session.path, "C222") in told, session.path
    own = [s.path for s in loaded.course.sessions if where.name == "content"]
    assert not [path for path, code in told if code in ("C204", "C222") and path in own]


def test_the_sample_session_states_what_its_notes_say() -> None:
    sessions = load(PROJECT / "content").course.sessions
    session = next(s for s in sessions if s.number == 7)
    assert run_sheet(session).stated == 175
