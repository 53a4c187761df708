"""A change runs exactly the jobs that depend on it, and the reason names it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courseware import files
from courseware.build.state import stamp
from courseware.cli.commands import main
from courseware.folders import layouts
from courseware.pdf import writer as pdf
from courseware.products.table import PRODUCTS

PLANS = """# Session 03: Plans

## A

Text, and ![a map](images/map.svg).

::: facilitator
Say it aloud.
:::

> [!TIP]
> Use a pencil.

## Exercise 1: Draw (10 min)

Draw a plan.
"""
MAPS = "# Session 04: Maps\n\n## B\n\nOther words.\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h{}"/></svg>'
HANDOUTS = ["handouts/03-plans.pdf", "handouts/04-maps.pdf"]
GUIDES = ["guides/03-plans.pdf", "guides/04-maps.pdf"]
BOTH = [*GUIDES, *HANDOUTS]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "images").mkdir()
    (folder / "course.yml").write_text("title: Tiny\nauthor: Ada\n")
    (folder / "03-plans.md").write_text(PLANS)
    (folder / "04-maps.md").write_text(MAPS)
    (folder / "images" / "map.svg").write_text(DRAWING.format(9))
    assert call(folder).exit_code == 0
    return folder


@pytest.fixture
def course(built: Path, tmp_path: Path) -> Iterator[Path]:
    """The built course, as it was; the index names a course by its place, so that is the same."""
    saved = tmp_path / "saved"
    shutil.copytree(built, saved, symlinks=True)
    yield built
    shutil.rmtree(built)
    shutil.copytree(saved, built, symlinks=True)


def call(course: Path, *words: str) -> Result:
    runner = CliRunner()
    return runner.invoke(
        main,
        ["--course", str(course), "all", "--output", str(course / "output"), "--jobs", "1", *words],
    )


def why(course: Path, *words: str) -> dict[str, str]:
    """Return, of handouts and guides, the jobs that run and why; the result must then hold."""
    result = call(course, "-v", *words)
    lines = [line.split("/output/", 1)[1].split(": ", 1) for line in result.stderr.splitlines()
             if "/output/" in line and ".pdf: " in line]  # fmt: skip
    found = {name: reason for name, reason in lines if name.split("/")[0] in ("handouts", "guides")}
    kept = [word for word in words if word != "--force"]
    assert ".pdf: " not in call(course, "-v", *kept).stderr
    return found


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(course: Path) -> None:
        text = (course / name).read_text()
        assert old in text
        (course / name).write_text(text.replace(old, new))

    return change


def written(name: str, text: str) -> Callable[[Path], None]:
    def change(course: Path) -> None:
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text)

    return change


STYLE = (layouts() / "guide" / "style.css").read_text("utf-8")
CHANGES = [
    ("a session", edited("03-plans.md", "Text", "Words"),
     {n: "03-plans.md changed" for n in BOTH if "03" in n}),
    ("a picture", edited("images/map.svg", "h9", "h8"),
     {"handouts/03-plans.pdf": "images/map.svg changed"}),
    ("a picture gone", lambda course: (course / "images/map.svg").unlink(),
     {"handouts/03-plans.pdf": "images/map.svg is gone"}),
    ("a value that all print", edited("course.yml", "Ada", "Eve"),
     dict.fromkeys(BOTH, "the course's author changed")),
    ("a value that none prints", edited("course.yml", "author", "version: '2'\nauthor"), {}),
    ("a value that guides show", edited("course.yml", "author", "delivery: {start: '09:00'}\nauthor"),
     dict.fromkeys(GUIDES, "the course's delivery changed")),
    ("a style of the course's own", written("layouts/shared/course.css", "p { color: red }"),
     dict.fromkeys(BOTH, "layouts/shared/course.css is new")),
    ("a layout in place of a built-in one", written("layouts/guide/style.css", STYLE + "p { color: red }"),
     dict.fromkeys(GUIDES, "layouts/guide/style.css is new")),
    ("an icon in place of a built-in one", written("layouts/icons/lightbulb.svg", DRAWING.format(7)),
     {"handouts/03-plans.pdf": "layouts/icons/lightbulb.svg is new"}),
    ("a file that nothing looks for", written("layouts/notes.txt", "x"), {}),
    ("a new session", written("05-more.md", "# Session 05: More\n\nWords.\n"),
     {"guides/05-more.pdf": "it is new", "handouts/05-more.pdf": "it is new"}),
    ("another session's title", edited("04-maps.md", "Maps", "Charts"),
     {"guides/04-charts.pdf": "it is new", "handouts/04-charts.pdf": "it is new"}),
    ("times alone", lambda course: os.utime(course / "03-plans.md"), {}),
    ("a product gone", lambda course: (course / "output" / HANDOUTS[0]).unlink(),
     {HANDOUTS[0]: "it is missing"}),
    ("a product cut off", lambda course: os.truncate(course / "output" / HANDOUTS[0], 99),
     {HANDOUTS[0]: "it is not as it was built"}),
    ("the index gone", lambda course: (course / "output/.courseware/index.json").unlink(),
     dict.fromkeys(BOTH, "it is new")),
    ("the index damaged", written("output/.courseware/index.json", '{"format": 1, "courses": {"'),
     dict.fromkeys(BOTH, "it is new")),
    ("what was kept beside the index gone", lambda course: shutil.rmtree(course / "output/.courseware/cache"),
     dict.fromkeys(BOTH, "its pages are asked for")),
]  # fmt: skip


SECOND = {"a value that guides show", "a layout in place of a built-in one", "an icon in place of a built-in one",
          "another session's title", "the index damaged", "what was kept beside the index gone"}  # fmt: skip
"""Changes of a kind that another one is of, too, which every run tries."""


@pytest.mark.parametrize(
    ("change", "expected"),
    [pytest.param(*c[1:], id=c[0], marks=[pytest.mark.slow] if c[0] in SECOND else ()) for c in CHANGES],
)  # fmt: skip
def test_a_change_runs_what_depends_on_it(
    course: Path, change: Callable[[Path], None], expected: dict[str, str]
) -> None:
    change(course)
    assert why(course) == expected


def test_a_product_edited_without_a_trace_in_its_times_is_built_again(course: Path) -> None:
    path = course / "output" / HANDOUTS[0]
    before, times = path.read_bytes(), path.stat()
    path.write_bytes(before.replace(b"%PDF-1", b"%PDF-2", 1))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert why(course) == {HANDOUTS[0]: "it is not as it was built"}
    assert path.read_bytes() == before


@pytest.mark.slow
def test_paper_is_an_input(course: Path) -> None:
    assert {name.replace("-letter", "") for name in why(course, "--paper", "letter")} == set(BOTH)
    assert why(course) == {}


def test_options_of_a_delivery_are_an_input_of_guides(course: Path) -> None:
    assert why(course, "--start", "10:00") == dict.fromkeys(GUIDES, "the course's delivery changed")


def test_force_runs_all(course: Path) -> None:
    result = call(course, "-v", "--force")
    assert result.stderr.count(": --force\n") >= len(BOTH)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("program_print", "other", "the program changed"),
        ("libraries", stamp.libraries() + ", weasyprint 99", "the libraries changed (weasyprint 99)"),
    ],
)  # fmt: skip
def test_the_program_and_its_libraries_are_inputs(
    course: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setattr(stamp, name, lambda: value)
    (course / "notes.txt").write_text("so that it is looked at closely")
    assert why(course) == dict.fromkeys(BOTH, expected)


@pytest.mark.slow
def test_a_library_of_the_system_is_an_input(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "libpango.so"
    library.write_bytes(b"1")
    monkeypatch.setattr(pdf, "note_system", lambda: files.noted(library))
    assert len(why(course, "--force", "--jobs", "1")) == len(BOTH)  # in this process: it is patched
    library.write_bytes(b"2")
    assert why(course) == dict.fromkeys(BOTH, "libpango.so changed")


def test_a_library_that_lies_elsewhere_on_this_machine_is_no_reason(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def there() -> None:
        files.note(f"read {tmp_path}/far/libpango.so", "0")

    monkeypatch.setattr(pdf, "note_system", there)
    assert len(why(course, "--force")) == len(BOTH)


def test_a_comma_in_a_handout_alone_does_not_run_its_guide(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written("layouts/handout/page.html.j2", _handout().replace("{{ course.title }}", "x"))(course)
    assert set(why(course)) == set(HANDOUTS)


def test_pages_that_move_run_the_guide(course: Path) -> None:
    start = '<section class="filler" style="break-after: page">x</section>'
    text = re.sub("(<body[^>]*>)", rf"\1{start}", _handout())
    assert start in text
    written("layouts/handout/page.html.j2", text)(course)
    found = why(course)
    assert {found[name] for name in GUIDES} == {"the pages of the handout changed"}


def _handout() -> str:
    return (layouts() / "handout" / "page.html.j2").read_text("utf-8")


def test_findings_of_what_is_unchanged_are_told_again(course: Path) -> None:
    edited("03-plans.md", "Text", "[gone](gone.md)")(course)
    first = call(course, "--strict")
    again = call(course, "--strict")
    assert "C205" in first.stderr
    assert again.stderr == first.stderr
    assert (first.exit_code, again.exit_code) == (1, 1)
    assert call(course).exit_code == 0
    assert "0 built" not in again.stdout and " built" not in again.stdout


def test_products_are_rows_that_the_trace_knows_nothing_of() -> None:
    assert {"handout", "guide"} <= PRODUCTS.keys()
