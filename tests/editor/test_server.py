"""The language server as an editor meets it: a process that is asked over its standard streams."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from pathlib import Path
from statistics import median

import pytest
from click.testing import CliRunner
from lsprotocol import types

from courseware.cli.commands import main
from courseware.diagnostics import CODES
from courseware.editor.hover import hover
from tests.editor.conversation import Conversation, applied, converse
from tests.support import PROJECT

SEVEN = "07-working-with-ai-teams.md"
TEA = """---
title: Tea
---

# Tea

## Objectives

- Taste tea.

## Exercise 1: Taste (20 min)

What do you taste?[^1]

[^1]: Sweet, sour, bitter.
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "tea"
    folder.mkdir()
    (folder / "course.yml").write_text(
        "title: Tea\nmodules:\n  - title: Leaves\n    sessions: ['*.md']\n"
    )
    (folder / "01-tea.md").write_text(TEA, "utf-8")
    (folder / "02-cups.md").write_text("# Cups\n\n## Bowls and cups\n\nText.\n", "utf-8")
    return folder


def codes(found: list[types.Diagnostic]) -> list[str]:
    return [str(one.code) for one in found]


def test_findings_of_a_text_that_is_typed_come_from_the_editor_and_not_the_disk(
    course: Path,
) -> None:
    async def talk(editor: Conversation) -> None:
        editor.open("01-tea.md")
        first = codes(await editor.findings("01-tea.md"))
        editor.type(
            "01-tea.md", TEA.replace("## Objectives", "## Objectives\n\n😀 [a](05.md) ::: x")
        )
        found = await editor.findings("01-tea.md")
        (link,) = [one for one in found if one.code == "C205"]
        assert link.range == types.Range(types.Position(8, 3), types.Position(8, 13))
        assert link.severity is types.DiagnosticSeverity.Warning and link.source == "courseware"
        assert link.code_description is not None
        assert link.code_description.href == (PROJECT / "docs/diagnostics/C205.md").as_uri()
        editor.type("01-tea.md", TEA)
        assert codes(await editor.findings("01-tea.md")) == first
        place = types.TextDocumentIdentifier(editor.uri("01-tea.md"))
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(place))
        assert await editor.findings("01-tea.md") == []

    converse(course, talk)


def test_course_yml_is_looked_at_as_it_is_typed_and_its_sessions_with_it(course: Path) -> None:
    (course / "01-tea.md").write_text("---\ntitle: A: b\n---\n\n# Tea\n")

    async def talk(editor: Conversation) -> None:
        editor.open("01-tea.md")
        assert "C133" in codes(await editor.findings("01-tea.md"))
        editor.open("course.yml")
        assert await editor.findings("course.yml") == []
        editor.type("course.yml", "titel: Tea\n")
        (found,) = await editor.findings("course.yml")
        assert (found.code, found.range.end) == ("C105", types.Position(0, 5))
        (action,) = await editor.actions("course.yml", found.range)
        assert applied("titel: Tea\n", action, editor.uri("course.yml")) == "title: Tea\n"
        editor.type("course.yml", "accept: [C133]\n")
        while "C133" in codes(await editor.findings("01-tea.md")):
            pass

    converse(course, talk)


@pytest.mark.slow
def test_what_may_be_typed_is_offered_where_it_is_typed(course: Path) -> None:
    async def offered(editor: Conversation, name: str, text: str) -> list[str]:
        """Return what is offered at the | of a text."""
        before, _, _ = text.partition("|")
        editor.type(name, text.replace("|", ""))
        line = before.count("\n")
        column = len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
        found = await editor.offers(name, line, column)
        for one in found:
            assert isinstance(one.text_edit, types.TextEdit)
            assert one.text_edit.range.end == types.Position(line, column)
        return [one.label for one in found]

    async def talk(editor: Conversation) -> None:
        for name in ("01-tea.md", "course.yml"):
            editor.open(name)
            await editor.findings(name)
        assert await offered(editor, "01-tea.md", f"{TEA}\n::: fac|") == ["facilitator"]
        assert {"hint", "lines"} <= {*await offered(editor, "01-tea.md", f"{TEA}\n- a\n\n  :::|")}
        assert await offered(editor, "01-tea.md", f"{TEA}\n::: only hand|") == ["handout"]
        assert "minutes=" in await offered(editor, "01-tea.md", f"{TEA}\n::: hint {{m|}}")
        assert await offered(editor, "01-tea.md", f"{TEA}\n## 😀 A {{for=l|}}") == ["learners"]
        assert await offered(editor, "01-tea.md", "---\nti|") == ["title:", "time:"]
        assert "module:" in await offered(editor, "01-tea.md", "---\n|\n---\n# Tea\n")
        assert await offered(editor, "01-tea.md", "---\nmodule: L|\n---\n# Tea\n") == ["Leaves"]
        assert await offered(editor, "01-tea.md", f"{TEA}\n[a](02|)") == ["02-cups.md"]
        assert await offered(editor, "01-tea.md", f"{TEA}\n[a](02-cups.md#|)") == [
            "02-cups.md#bowls-and-cups"
        ]
        assert "#objectives" in await offered(editor, "01-tea.md", f"{TEA}\n[a](#|)")
        assert await offered(editor, "01-tea.md", f"{TEA}\nx[^|]") == ["1"]
        assert await offered(editor, "01-tea.md", f"{TEA}\nplain words|") == []
        assert await offered(editor, "course.yml", "guide: f|") == ["full"]
        assert "delivery:" in await offered(editor, "course.yml", "title: x\nd|")
        assert await offered(editor, "course.yml", "delivery:\n  st|") == ["start:"]
        assert "pt" in await offered(editor, "course.yml", "language: p|")

    converse(course, talk)


def test_what_is_offered_waits_for_no_reading(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from courseware.editor import desk as module

    desk, file = module.Desk(course), course / "01-tea.md"
    place = desk.place(file)
    assert place is not None
    desk.findings(place)
    desk.texts[str(file)] = b"# Tea\n\nmore"
    monkeypatch.setattr(module, "load", None)
    _, session = desk.last_session(place)
    assert session is not None and "objectives" in {node.id for node in session.nodes()}


@pytest.mark.slow
def test_a_place_shows_its_minutes_and_the_pages_of_the_last_build(course: Path) -> None:
    async def without(editor: Conversation) -> None:
        editor.open("01-tea.md")
        await editor.findings("01-tea.md")
        assert await editor.hover("01-tea.md", 10) == "**Exercise 1: Taste**  \n20 min, from 0:00"
        assert await editor.hover("01-tea.md", 0) == ""

    converse(course, without)
    for command in ("handouts", "slides"):
        done = CliRunner().invoke(main, ["--course", str(course), command, "-q"])
        assert done.exit_code == 0, done.output

    async def built(editor: Conversation) -> None:
        editor.open("01-tea.md")
        await editor.findings("01-tea.md")
        name, minutes, pages = (await editor.hover("01-tea.md", 12)).split("  \n")
        assert (name, minutes) == ("**Exercise 1: Taste**", "20 min, from 0:00")
        assert pages.startswith("slide ") and "handout p. 1" in pages
        assert await editor.hover("nowhere.md", 3) == ""

    converse(course, built)


@pytest.mark.slow
def test_a_file_that_is_typed_line_by_line_is_read_at_once_and_without_a_fault(
    tmp_path: Path,
) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    lines = (tmp_path / "content" / SEVEN).read_text("utf-8").split("\n")
    taken: list[float] = []

    async def talk(editor: Conversation) -> None:
        name = f"content/{SEVEN}"
        editor.open(name)
        await editor.findings(name)
        for at in (*range(1, 40), *range(40, len(lines), 25), len(lines)):
            started = time.perf_counter()
            editor.type(name, "\n".join(lines[:at]))
            found = await editor.findings(name)
            taken.append(time.perf_counter() - started)
            assert all(one.code in CODES for one in found)
            assert all(one.range.end.line < max(at, 1) for one in found)
        assert codes(found) == []
        await editor.hover(name, at - 2)
        await editor.offers(name, at - 1, 0)

    converse(tmp_path, talk)
    assert median(taken) < 0.5, sorted(taken)


TYPED = """---
title: Tea
duration: 2 h
---

# Tea

## Objectives

- Taste "tea" & [cups](02-cups.md#bowls-and-cups).

::: facilitator {for=facilitator}
Say: *warm* the **cup**[^1] `x` $a_1$.
:::

| a | b |
|---|---|
| 1 | 2 |

## Exercise 1: Taste (20 min) {#taste}

1. What do you taste? ____
   - [ ] sweet 😀

![Cup](cup.png)

[^1]: Sweet.
"""


@pytest.mark.slow
def test_each_letter_of_a_text_is_no_fault_and_findings_follow(course: Path) -> None:
    from courseware.editor.completion import Typed, in_front, keys, offers
    from courseware.editor.desk import Desk

    desk, file = Desk(course), course / "01-tea.md"
    place = desk.place(file)
    assert place is not None
    codes_of = []
    for end in range(len(TYPED) + 1):
        text = TYPED[:end]
        desk.texts[str(file)] = text.encode()
        codes_of.append({one.code for one in desk.findings(place)})
        loaded, session = desk.session(place)
        lines = text.split("\n")
        typed = Typed(lines, len(lines) - 1, lines[-1])
        start, _ = offers(typed, loaded, session)
        assert 0 <= start <= len(lines[-1])
        if in_front(lines, len(lines) - 1):
            keys(typed, loaded, False)
        if session is not None:
            hover(session, desk.delivery(loaded, place), len(lines), desk.pages_of(loaded, session))
        while desk.read_waiting():
            pass
    assert "C206" in codes_of[-1] and not codes_of[-1] & {"C101", "C111", "C205"}
    assert {"C111", "C206"} <= set.union(*codes_of)


def test_a_link_is_mended_by_files_that_nobody_has_read_yet(course: Path) -> None:
    for name in ("03-pots-and-pans.md", "04-sugar.md"):
        (course / name).write_text(f"# {name}\n\nWords.\n")
    text = TEA + "\n\nSee [pots](03-pots-and-pens.md).\n"

    async def talk(editor: Conversation) -> None:
        editor.open("01-tea.md", text)
        (first,) = [one for one in await editor.findings("01-tea.md") if one.code == "C205"]
        assert "03-pots-and-pans.md" in first.message

    converse(course, talk)


@pytest.mark.slow
def test_letters_typed_into_the_sample_are_followed(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    text = (tmp_path / "content" / SEVEN).read_text("utf-8")
    before, after = text[: (at := text.index("\n## ", 20_000))], text[at:]
    line = "\n\nSee [the next one](99-nowhere.md) :::\n"

    async def talk(editor: Conversation) -> None:
        name = f"content/{SEVEN}"
        editor.open(name)
        await editor.findings(name)
        for end in range(1, len(line) + 1):
            editor.type(name, before + line[:end] + after)
            found = codes(await editor.findings(name))
            assert ("C205" in found) == (end > line.index(")")), line[:end]
        editor.type(name, text)
        assert codes(await editor.findings(name)) == []

    converse(tmp_path, talk)


def test_a_place_shows_the_day_and_the_hour_that_the_schedule_gives_it(course: Path) -> None:
    (course / "02-cups.md").write_text("# Cups\n\n## Exercise 1: Fill (2 h)\n\nText.\n")
    (course / "01-tea.md").write_text(TEA.replace("(20 min)", "(3 h)"), "utf-8")
    schedule = "schedule:\n  start: '09:00'\n  end: '13:00'\n  days: [{date: 2027-01-15}, {date: 2027-01-18}]\n"
    (course / "course.yml").write_text("title: Tea\n" + schedule)

    async def talk(editor: Conversation) -> None:
        editor.open("01-tea.md")
        editor.open("02-cups.md")
        await editor.findings("02-cups.md")
        ends = time.monotonic() + 20
        while "2027" not in (said := await editor.hover("02-cups.md", 2)):
            assert time.monotonic() < ends, said
        assert "120 min, 2027-01-18, from 09:" in said
        assert "180 min, 2027-01-15, from 09:" in await editor.hover("01-tea.md", 10)

    converse(course, talk)


def test_a_burst_of_letters_is_read_once_it_is_over(course: Path) -> None:
    async def talk(editor: Conversation) -> None:
        editor.open("01-tea.md")
        await editor.findings("01-tea.md")
        for letter in range(200):
            editor.type("01-tea.md", f"{TEA}\n\n[a]({letter}.md)\n")
        found = [one for one in await editor.findings("01-tea.md") if one.code == "C205"]
        assert len(found) == 1 and '"199.md"' in found[0].message
        await asyncio.sleep(0.3)

    converse(course, talk)


HALVES = ("", "\x00", "---\n", "---\n: [", ":::", "# \u2028\n::: x", "\ufeff# A\r\n\r\n::: y\r\n", "[^", "{")  # fmt: skip


def test_half_a_text_is_no_fault(course: Path) -> None:
    async def talk(editor: Conversation) -> None:
        for number, text in enumerate(HALVES):
            editor.open("01-tea.md", text)
            await editor.findings("01-tea.md")
            await editor.hover("01-tea.md", 0)
            last = text.replace("\r\n", "\n").split("\n")
            await editor.offers("01-tea.md", len(last) - 1, len(last[-1]))
            await editor.offers("01-tea.md", 99, 99)
            editor.open(f"new-{number}.md", text)
            await editor.findings(f"new-{number}.md")
            assert editor.faults == [], text
            for name in (f"new-{number}.md", "01-tea.md"):
                editor.close(name)

    converse(course, talk)


def test_sessions_that_nobody_has_open_are_read_when_there_is_time(course: Path) -> None:
    (course / "02-cups.md").write_text("---\nnumber: 1\n---\n\n# Cups\n")

    async def talk(editor: Conversation) -> None:
        editor.open("01-tea.md", TEA.replace("title: Tea", "number: 1"))
        while "C201" not in codes(await editor.findings("01-tea.md")):
            pass

    converse(course, talk)


def test_a_file_of_no_course_is_left_alone(course: Path) -> None:
    (course.parent / "other").mkdir()

    async def talk(editor: Conversation) -> None:
        outside = course.parent / "README.md"
        outside.write_text("# Read [me](nowhere.md)\n")
        editor.open("../README.md")
        editor.open("01-tea.md")
        await editor.findings("01-tea.md")
        assert editor.uri("../README.md") not in editor.told
        assert await editor.hover("../README.md", 0) == ""

    converse(course, talk, "--course", str(course))


def test_without_its_extra_the_command_names_the_line_that_sets_it_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = CliRunner().invoke(main, ["lsp"])
    assert done.exit_code == 2 and "make extras ARGS=editor" in done.output


def test_no_other_command_loads_it() -> None:
    import subprocess

    program = "import sys, courseware.cli.commands; print([m for m in sys.modules if 'pygls' in m or 'editor' in m])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_stretch_and_an_estimate_are_said_so() -> None:
    from courseware.language.vocabulary import vocabulary_for
    from courseware.model.times.delivery import Delivery
    from courseware.reading.stages import read_session

    text = b"# Tea\n\n## Pour (10-20 min)\n\nText.\n\n## Sip\n\nText.\n"
    session = read_session(text, "a.md", vocabulary_for("en")).session
    assert session is not None
    pages = {"slides": {"pour": 12}, "handout": {"pour": 3}}
    assert "10–20 min, from 0:00  \nslide 12, handout p. 3" in hover(session, Delivery(), 3, pages)
    assert "estimated" in hover(session, Delivery(), 9, {})
