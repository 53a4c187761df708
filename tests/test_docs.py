"""Every example in the documentation is run: sessions are read, commands parsed, outputs compared."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
from click.testing import CliRunner

from courseware.checking.rules import check
from courseware.cli.commands import main
from courseware.course.loading import load
from courseware.model.walk import texts
from tests.documented import documented, lines
from tests.support import PROJECT, shown

PAGES = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    *sorted((PROJECT / "docs").glob("*.md")),
]
FENCE = re.compile(
    r"^(?P<mark>`{3,})(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=mark)[ \t]*$", re.M | re.S
)
SAID = re.compile(r"(?:\s*<!-- (?:seen|hidden): .*? -->)*")
RUN = {"check", "times", "explain", "model", "new", "doctor"}
"""Commands that write nothing but what is asked for, and soon end."""
NEWCOMERS = ("README.md", "install.md")
"""Pages of which every command is run as written by `tests/e2e/bare_debian.sh`."""
KNOWN = {"markdown", "yaml", "sh", "console", "json", "text", "python", "css", "html", "jinja", ""}


class Example(NamedTuple):
    page: Path
    line: int
    info: list[str]
    text: str
    said: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def examples(kind: str) -> list[Any]:
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for hit in FENCE.finditer(text):
            info = hit["info"].split()
            if (info or [""])[0] == kind:
                behind = SAID.match(text, hit.end())
                line = text.count("\n", 0, hit.start()) + 1
                found.append(Example(page, line, info, hit["text"], behind[0] if behind else ""))
    return [pytest.param(e, id=str(e)) for e in found]


def test_every_fence_has_a_kind_that_is_known() -> None:
    for page in PAGES:
        for hit in FENCE.finditer(page.read_text("utf-8")):
            assert (hit["info"].split() or [""])[0] in KNOWN, (page.name, hit["info"])


def test_what_pages_say_of_examples_is_all_compared() -> None:
    said = [p.values[0].said for p in examples("markdown")]
    pages = "".join(page.read_text("utf-8") for page in PAGES)
    marks = re.findall(r"^<!-- (?:seen|hidden): ", pages, re.M)
    assert len(marks) == "".join(said).count("<!-- ") > 9


def fill(folder: Path, text: str, file: str) -> Path:
    """Write an example into a folder, with the files that it names."""
    folder.mkdir(exist_ok=True)
    (folder / file).write_text(text, "utf-8")
    for name in re.findall(r"\]\(([\w-]+\.(?:md|png|svg|jpg))", text):
        if name.endswith(".md"):
            (folder / name).write_text(f"# {name[:-3].title()}\n\nText.\n")
        else:
            (folder / name).write_bytes(b"")
    return folder


@pytest.mark.parametrize("example", examples("markdown"))
def test_a_session_is_read_as_the_page_says(example: Example, tmp_path: Path) -> None:
    course = fill(tmp_path / "course", example.text, "session.md")
    loaded = load(course)
    findings = [f for f in check(loaded) if f.span.path == "session.md"]
    wrong = example.info[2:] if example.info[1:2] == ["wrong"] else []
    advice = {"C140", "C185", "C221", "C223", "C225"} - set(
        wrong
    )  # what a short example need not follow
    assert [f.code for f in findings if f.code not in advice] == wrong
    session = next(s for s in loaded.course.sessions if s.path == "session.md")
    tree = shown(session)
    for words in re.findall(r"<!-- seen: (.*?) -->", example.said):
        assert words in tree, tree
    learner = loaded.course.for_audience("learner").sessions
    printed = " ".join(
        t.plain for s in learner if s.path == "session.md" for t in texts(s.sections)
    )
    for words in re.findall(r"<!-- hidden: (.*?) -->", example.said):
        assert words in example.text and words not in printed


@pytest.mark.parametrize("example", examples("yaml"))
def test_a_course_yml_is_read_without_a_finding(example: Example, tmp_path: Path) -> None:
    assert example.info[1:] in (["course.yml"], ["_brand.yml"])
    for name in re.findall(r"[\w*-]+\.md", example.text):
        (tmp_path / name.replace("*", "one")).write_text(f"# {name[:-3].title()}\n\nText.\n")
    for numbers in re.findall(r"sessions: \[([\d, ]+)\]", example.text):
        for number in numbers.split(", "):
            (tmp_path / f"0{number}-one.md").write_text(f"# Part {number}\n\nText.\n")
    (tmp_path / "house.pptx").write_bytes(b"")
    (tmp_path / "any.md").write_text("# Any\n\nText.\n")
    for name in re.findall(r"[\w/-]+\.(?:svg|ttf)", example.text):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / example.info[1]).write_text(example.text, "utf-8")
    told = {"C199"} if "#6bbf3b" in example.text else set()  # the page says what is told of it
    # These sessions are a few words long: they fill no day.
    assert [f for f in check(load(tmp_path)) if f.code not in {"C003", "C178", *told}] == []


def words_of(line: str) -> list[str] | None:
    """Return a line's words for the command line; None where another program is called."""
    words = shlex.split(line)
    if words[0] == "make":
        return made(words[1:])
    if words[:2] in (["python", "build.py"], ["python3", "build.py"]):
        return words[2:]
    return words[1:] if words[0] == "courseware" else None


def made(words: list[str]) -> list[str] | None:
    """Return what a call of make passes on; None for targets that are no command."""
    rules = (PROJECT / "Makefile").read_text("utf-8")
    named = dict(word.split("=", 1) for word in words if "=" in word)
    targets = [word for word in words if "=" not in word]
    known = set(re.findall(r"^\.PHONY:(.*)$", rules, re.M)[0].split())
    assert set(targets) <= known and set(named) <= {"COURSE", "SESSION", "ARGS", "CODE"}, words
    if not targets or targets[0] not in main.list_commands(click.Context(main)):
        return None
    course = ["--course", named["COURSE"]] if "COURSE" in named else []
    session = [named[key] for key in ("SESSION", "CODE") if key in named]
    return [*course, targets[0], *session, *shlex.split(named.get("ARGS", ""))]


def silenced(command: click.Command, patch: Callable[..., None]) -> None:
    patch(command, "callback", lambda **_: None)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            silenced(below, patch)


CALLS = [(e.page, e.line, line) for p in examples("sh") if (e := p.values[0]).page.name not in NEWCOMERS
         for line in lines(e.text)]  # fmt: skip
CALLS += [(page, call.line, call.text) for page in PAGES if page.name in NEWCOMERS
          for call in documented(page.read_text("utf-8")) if not call.reason]  # fmt: skip
LINES = [pytest.param(page.name, line, id=f"{page.name}:{n} {line}") for page, n, line in CALLS]


@pytest.mark.parametrize(("page", "line"), LINES)
def test_a_command_line_is_understood(
    page: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(line)
    assert words is not None or line.startswith("make ") or page in NEWCOMERS, line
    silenced(main, monkeypatch.setattr)
    result = CliRunner().invoke(main, words or ["--help"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(("page", "line"), LINES)
def test_a_harmless_command_line_runs(
    page: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(line)
    if not words or not RUN & set(words):
        return
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["new", "course", "content"]).exit_code == 0
    if "--course" in words:
        words[words.index("--course") + 1] = "content"
    assert CliRunner().invoke(main, words).exit_code == 0, line


@pytest.mark.parametrize("example", examples("console"))
def test_a_shown_output_is_what_is_printed(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pieces = re.split(r"^\$ (.*)\n", example.text, flags=re.M)
    assert pieces[0] == "" and len(pieces) > 2
    for line, output in zip(pieces[1::2], pieces[2::2], strict=True):
        words = words_of(line)
        assert words is not None and RUN & set(words), line
        assert CliRunner().invoke(main, words).output == output


@pytest.mark.parametrize(
    "page", sorted({p.values[0].page for p in examples("python") if ">>>" in p.values[0].text})
)
def test_what_python_is_shown_to_answer_is_what_it_answers(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["new", "course", "tea"]).exit_code == 0
    shown = "\n".join(p.values[0].text for p in examples("python") if p.values[0].page == page)
    test = doctest.DocTestParser().get_doctest(shown, {}, page.name, str(page), 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(
        test, out=said.append
    )
    assert result.attempted > 0 and result.failed == 0, "".join(said)


def test_every_link_in_the_docs_leads_somewhere() -> None:
    pages = [*PAGES, *sorted((PROJECT / "docs" / "diagnostics").glob("*.md"))]
    for page in pages:
        text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text("utf-8")))
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(#[\w-]+)?\)", text):
            file = (page.parent / target) if target else page
            assert file.exists(), (page.name, target)
            if anchor:
                heads = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.M)
                slugs = [re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in heads]
                assert anchor[1:] in slugs, (page.name, target, anchor)
