"""Pandoc's tables without bars, tables that are pasted, and notes in a line; and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.model.blocks import Table
from courseware.model.inline import LineBreak
from courseware.model.session import Course, Session
from courseware.model.walk import texts
from tests.support import session_of

SIMPLE = "  Tea       Minutes Cups\n-------     ------- ----------\n  green     2         1\n  black     4         2\n"
HEADLESS = "-----  ------\ngreen  2\nblack  4\n-----  ------\n"
SEVERAL = (
    "------------------------------\n Tea     What it is\n         like\n-------- ---------------------\n green   Light, and it is\n"
    "         drunk young.\n\n black   Strong.\n------------------------------\n"
)  # fmt: skip
TABS = "Tea\tMinutes\ngreen\t2\nblack\t4\n"


def body(text: str) -> Session:
    return session_of(f"# T\n\n## A\n\n{text}\n\nLast.\n")


def rows(session: Session) -> list[list[str]]:
    [table] = [n for n in session.nodes() if isinstance(n, Table)]
    return [[" ".join(t.plain for t in texts(cell.blocks)) for cell in row.cells] for row in (*table.head, *table.rows)]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "head", "wanted"),
    [
        (SIMPLE, 1, [["Tea", "Minutes", "Cups"], ["green", "2", "1"], ["black", "4", "2"]]),
        (HEADLESS, 0, [["green", "2"], ["black", "4"]]),
        (SEVERAL, 1, [["Tea", "What it is like"], ["green", "Light, and it is drunk young."], ["black", "Strong."]]),
        (TABS, 1, [["Tea", "Minutes"], ["green", "2"], ["black", "4"]]),
    ],
)  # fmt: skip
def test_a_table_without_bars_is_one(text: str, head: int, wanted: list[list[str]]) -> None:
    session = body(text)
    assert rows(session) == wanted
    [table] = [n for n in session.nodes() if isinstance(n, Table)]
    assert len(table.head) == head and [*texts(session.sections)][-1].plain == "Last."


@pytest.mark.parametrize(
    "text",
    ["--- ---\n\nText\n\n--- ---", "Text\n--- ---", "Text\n---\nMore", "---\n\nText\n\n---", "a\tb\nc", "Total:\t5", "\ta\tb\n\tc\td",
     "- a\tb\n- c\td", "Tea and more words\n---  ---\nacross all of it"],
)  # fmt: skip
def test_what_only_looks_like_a_table_is_none(text: str) -> None:
    assert not [n for n in body(text).nodes() if isinstance(n, Table)]


@given(st.lists(st.sampled_from(["---", "--- ---", "-----", "a b", "  a    b", "", "a\tb", "- x"]), max_size=10))  # fmt: skip
def test_no_word_is_lost_whatever_the_lines(lines: list[str]) -> None:
    found = " ".join(t.plain for t in texts(body("\n".join(lines)).sections))
    assert found.count("x") == lines.count("- x")


def test_a_note_in_a_line_is_a_footnote() -> None:
    session = body("Tea^[It is *hot*.] is old, and hot^[It is *hot*.].")
    assert "Tea is old, and hot." in [t.plain for t in texts(session.sections)]
    assert [[t.plain for t in texts([n])] for n in session.footnotes().values()] == [["It is hot."]]


@pytest.mark.parametrize("text", ["- Tea^[Hot.]", "> Tea^[Hot.]", "| Tea^[Hot.] |\n|---|\n| x |", "Tea\n: is^[Hot.] old", "**Tea**^[Hot.]"])  # fmt: skip
def test_a_note_stands_anywhere(text: str) -> None:
    assert [t.plain for n in body(text).footnotes().values() for t in texts([n])] == ["Hot."]


def test_a_note_of_a_hidden_text_is_hidden() -> None:
    session = body("::: facilitator\nTea^[Walrus.]\n:::\n\nOpen^[Seal.]")
    learners = Course(title="T", sessions=(session,)).for_audience("learner").sessions[0]
    said = " ".join(t.plain for t in texts(learners.sections))
    assert "Walrus" not in said and "Seal" in said


@pytest.mark.parametrize("text", ["`^[x]`", "x^[", "^[]", "x^2^", "[^[x]]"])
def test_what_only_looks_like_a_note_is_none(text: str) -> None:
    assert not body(text).footnotes()


def test_lines_behind_bars_are_broken_where_they_were() -> None:
    session = session_of("# T\n\n| The limerick **packs**\n| In space\n\nx\n")
    breaks = [i for t in session.texts() for i in t.inlines if isinstance(i, LineBreak) and i.hard]
    assert [found.line for found in breaks] == [3]
