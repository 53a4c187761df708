"""The public API: lazy, typed, and of one mind with the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import courseware
from courseware.cli.commands import main
from tests.support import PROJECT

HANDOUT = "# Session {n}: Tea\n\n## Exercise 1: Pour (5 min)\n\nPour.\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "tea"
    folder.mkdir()
    for n in (1, 2):
        (folder / f"0{n}-tea.md").write_text(HANDOUT.format(n=n))
    return folder


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_import_loads_nothing_and_names_load_what_they_need() -> None:
    told = "print([n for n in sys.modules if n.partition('.')[0] not in known])"
    bare = "import sys; known = {n.partition('.')[0] for n in sys.modules} | set(sys.stdlib_module_names)\n"
    assert run(f"{bare}import courseware\n{told}").split() == ["['courseware']"]
    loaded = run(f"{bare}import courseware\ncourseware.CODES, courseware.PRODUCTS\n{told}")
    assert "msgspec" in loaded and "weasyprint" not in loaded and "pptx" not in loaded


def test_every_public_name_is_there_and_no_other() -> None:
    assert all(getattr(courseware, name) is not None for name in courseware.__all__)
    assert dir(courseware) == sorted(courseware.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'biuld'"):
        courseware.biuld  # type: ignore[attr-defined]  # noqa: B018
    page = (PROJECT / "docs" / "api.md").read_text("utf-8")
    rest = {"Severity", "Span", "__version__"}
    assert [n for n in courseware.__all__ if f"`{n}`" not in page and n not in rest] == []


def test_build_is_a_function_whatever_was_imported_before() -> None:
    for first in ("courseware.build.driver", "courseware.api", "courseware.cli.commands"):
        assert run(f"import {first}, courseware; print(callable(courseware.build))") == "True\n"


def test_the_package_says_that_it_is_typed() -> None:
    assert (PROJECT / "courseware" / "py.typed").read_bytes() == b""


def test_what_the_api_built_the_command_line_need_not(course: Path) -> None:
    told: list[courseware.Line] = []
    built = courseware.build(course, told.append, products="handout")
    assert [line.state for line in built.lines] == ["built", "built"] and told == list(built.lines)
    assert (course / "output" / ".gitignore").is_file()
    result = CliRunner().invoke(main, ["--course", str(course), "handouts"])
    assert result.stdout.count("unchanged") == 3 and " built" not in result.stdout
    (course / "02-tea.md").unlink()
    lines = courseware.build(course, products="handout").lines
    assert [(Path(line.path).name, line.state) for line in lines] == [
        ("01-tea.pdf", "unchanged"),
        ("02-tea.pdf", "removed"),
    ]


def test_one_file_of_a_course_takes_nothing_from_the_course(course: Path) -> None:
    courseware.build(course, products=["handout"])
    built = courseware.build(course / "01-tea.md", products=["handout"])
    assert [f.code for f in built.findings if f.severity is courseware.Severity.ERROR] == ["C307"]
    assert {p.name for p in (course / "output/handouts").iterdir()} == {"01-tea.pdf", "02-tea.pdf"}


def test_a_session_that_fails_stops_itself_alone(course: Path) -> None:
    (course / "02-tea.md").write_text("# Two\n\n::: facilitator\n\nText.\n")
    built = courseware.build(course, products=["handout"])
    assert [Path(line.path).name for line in built.lines] == ["01-tea.pdf"]
    assert "C111" in {f.code for f in built.findings}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"products": ["handot"]}, 'did you mean "handout"'),
        ({"sessions": ["9"]}, 'no one session is called "9"'),
        ({"paper": "a5"}, "there are a4, letter"),
        ({"start": "25:00"}, "start"),
        ({"length": 0}, "length"),
        ({"variant": "half-day"}, "course.yml has none"),
        ({"length": 60, "variants": True}, "leave out --length"),
        ({"template": "lost.pptx"}, "there is no template lost.pptx"),
    ],
)
def test_what_does_not_exist_is_told(course: Path, options: dict[str, object], said: str) -> None:
    with pytest.raises(courseware.RequestError, match=said):
        courseware.build(course, **options)  # type: ignore[arg-type]
    assert not (course / "output").exists()


def test_a_wrong_call(course: Path) -> None:
    with pytest.raises(courseware.RequestError, match="there is no course at"):
        courseware.read_course(course / "lost")
    with pytest.raises(TypeError, match="papr"):
        courseware.build(course, papr="a4")  # type: ignore[call-arg]
    with pytest.raises(FileNotFoundError):
        courseware.read_session(course / "lost.md")


def test_bytes_of_an_editor_are_read_in_place_of_the_file(course: Path) -> None:
    reading = courseware.read_session(
        course / "01-tea.md", b"# Session 4: Milk\n\n## Part\n\nText.\n"
    )
    assert reading.session is not None and reading.session.number == 4
    assert courseware.read_session(course / "01-tea.md").session != reading.session


def test_what_is_wrong_with_other_sessions_is_not_told_where_one_is_built(course: Path) -> None:
    (course / "01-tea.md").write_text(HANDOUT.format(n=1) + "\n[x](none.md)\n\n::: answer\n")
    (course / "03-tea.md").write_text(HANDOUT.format(n=2))
    (course / "05-tea.md").write_text(HANDOUT.format(n=5) + "\n![](none.png)\n")
    told = courseware.build(course, products="handout", sessions="5", output=course / "out")
    assert {finding.span.path for finding in told.findings} == {"05-tea.md"}
    clash = courseware.build(
        course, products="handout", sessions="02-tea.md", output=course / "out"
    )
    assert {f.span.path for f in clash.findings if f.code == "C201"} == {"02-tea.md", "03-tea.md"}
    whole = courseware.build(course, products="handout", output=course / "out")
    assert {finding.span.path for finding in whole.findings} > {"01-tea.md", "05-tea.md"}
