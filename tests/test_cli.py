"""The command line, whole: what it prints, what it builds, what it loads."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from courseware.cli.commands import main
from courseware.diagnostics import CODES
from tests.support import PROJECT

SESSION = "# Session 03: Plans\n\n## A\n\nText.\n\n::: facilitator\nZebra secret.\n:::\n"
HEAVY = ("weasyprint", "pptx", "PIL", "fontTools", "ftfy")


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.yml").write_text("title: Tiny\n")
    (folder / "03-plans.md").write_text(SESSION)
    return folder


def build(course: Path, *words: str) -> Result:
    return call("--course", str(course), "handouts", "--output", str(course / "output"), *words)


def test_a_build_prints_a_line_a_file_and_keeps_what_is_unchanged(course: Path) -> None:
    first = build(course)
    assert first.exit_code == 0, first.output
    assert "handouts/03-plans.pdf  1 page  built" in first.stdout
    assert "1 unchanged" in build(course).stdout


def test_the_handout_holds_no_facilitator_word(course: Path) -> None:
    build(course)
    from pypdf import PdfReader

    reader = PdfReader(course / "output/handouts/03-plans.pdf")
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Text." in text and "Session 03" in text
    assert "Zebra" not in text


def test_a_failed_session_keeps_its_old_file_and_fails_alone(course: Path) -> None:
    build(course)
    old = (course / "output/handouts/03-plans.pdf").read_bytes()
    (course / "03-plans.md").write_text(SESSION + "\n::: facilitator\nunclosed\n")
    (course / "04-other.md").write_text("# Other\n\nfine\n")
    result = build(course)
    assert result.exit_code == 1
    assert "error[C111]" in result.stderr
    assert (course / "output/handouts/03-plans.pdf").read_bytes() == old
    assert (course / "output/handouts/04-other.pdf").is_file()


def test_a_renamed_session_leaves_no_old_file(course: Path) -> None:
    build(course)
    (course / "output/handouts/mine.pdf").write_text("not ours")
    (course / "03-plans.md").write_text(SESSION.replace("Plans", "Maps"))
    assert "03-plans.pdf  removed" in build(course).stdout
    files = sorted(p.name for p in (course / "output/handouts").iterdir())
    assert files == ["03-maps.pdf", "mine.pdf"]


def test_clean_removes_what_was_built_and_only_that(course: Path) -> None:
    build(course)
    (course / "output/handouts/mine.pdf").write_text("not ours")
    assert "1 removed" in call("clean", "--output", str(course / "output")).stdout
    assert [p.name for p in (course / "output/handouts").iterdir()] == ["mine.pdf"]


def test_an_unknown_session_names_the_nearest(course: Path) -> None:
    result = build(course, "03-planz")
    assert result.exit_code == 2
    assert 'did you mean "03-plans"?' in result.stderr


def test_findings_as_json(course: Path) -> None:
    (course / "03-plans.md").write_text(SESSION + "\n::: fasilitator\nx\n:::\n")
    result = call("--course", str(course), "check", "--format", "json")
    (finding,) = json.loads(result.stdout)
    assert (finding["code"], finding["severity"], finding["span"]["line"]) == (
        "C142",
        "warning",
        11,
    )
    assert "facilitator" in finding["hint"]
    assert call("--course", str(course), "check", "--strict", "-q").exit_code == 1


def test_the_caret_stands_under_the_place(course: Path) -> None:
    (course / "03-plans.md").write_text("# A\n\n- x\n  ::: nonsens\n  :::\n")
    lines = call("--course", str(course), "check").stderr.splitlines()
    assert lines[0].split(":")[1:3] == ["4", "3"]
    assert lines[1].index("::: nonsens") == lines[2].index("^")


def test_the_model_fits_its_schema(course: Path) -> None:
    document = json.loads(call("--course", str(course), "model", "3").stdout)
    assert document["version"] == 2
    schema = json.loads(call("model", "--schema").stdout)
    jsonschema.validate(document, schema)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\nnumber: seven\n---\n# A\n", "C103"),
        ("---\ntitel: A\n---\n# A\n", "C102"),
        ("---\ntitle: [\n---\n# A\n", "C101"),
        ("# A\n\n[x](b.md)\n", "C205"),
        ("# A\n\n![x](b.png)\n", "C206"),
        ("# A\n\n![](03-plans.md)\n", "C207"),
        ("# A\n\n![x](../b.png)\n", "C206"),
        ("# A\n\n![x](../outside.png)\n", "C208"),
        ("# A\n\n## B\n\n#### C\n\nx\n", "C202"),
        ("# A\n\n## Exercise 1: B\n\nWhy?\n", "C203"),
        ("# A\n\nDuration: 10 min\n\n## Exercise 1: B (20 min)\n\nWhy?\n", "C204"),
        ("# A\n\n## B {minits=3}\n\nx\n", "C113"),
        ("# A\n\nx\n\n:::\n", "C114"),
        ("# A\n\n::: break soon\n", "C115"),
        ("# A\n\n::: lines 999999999\n", "C115"),
        ("# A\n\n::: box 9000cm\n", "C115"),
        ("# A\n\n<blink>x</blink>\n", "C121"),
        ("# A\n\nx\n\n[^1]: y\n", "C122"),
        ("# A\n\nx[^1]\n\n[^1]: y\n\n[^1]: z\n", "C122"),
    ],
)
def test_check_finds(course: Path, text: str, code: str) -> None:
    assert code in CODES
    (course / "03-plans.md").write_text(text)
    (course.parent / "outside.png").write_bytes(b"x")
    result = call("--course", str(course), "check")
    assert f"[{code}]" in result.stderr, result.output


def test_an_error_that_a_check_finds_stops_that_session_alone(course: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    (course / "04-other.md").write_text("# Session 4: Other\n\nText.\n")
    assert call("--course", str(course), "handouts", "--output", str(output)).exit_code == 0
    before = {path.name: path.read_bytes() for path in (output / "handouts").iterdir()}
    text = (course / "03-plans.md").read_text()
    (course.parent / "map.png").write_bytes(b"x")
    (course / "03-plans.md").write_text(text + "\n![A map](../map.png)\n")
    result = call("--course", str(course), "handouts", "--output", str(output))
    assert result.exit_code == 1
    assert "error[C208]" in result.stderr
    assert [line.split("/")[-1].split()[0] for line in result.stdout.splitlines()[:-1]] == [
        "04-other.pdf"
    ]
    assert {path.name: path.read_bytes() for path in (output / "handouts").iterdir()} == before


def test_two_sessions_that_state_one_number_fail(course: Path) -> None:
    (course / "05.md").write_text("# Session 3: Again\n")
    result = call("--course", str(course), "check")
    assert result.exit_code == 1
    assert result.stderr.count("error[C201]") == 2


def test_an_image_whose_name_differs_in_case(course: Path) -> None:
    (course / "Map.png").write_bytes(b"")
    (course / "03-plans.md").write_text("# A\n\n![map](map.png)\n")
    assert 'called "Map.png"' in call("--course", str(course), "check").stderr


def test_a_dead_link_is_shown_in_its_line(course: Path) -> None:
    (course / "03-plans.md").write_text("---\nnumber: 3\n---\n\n# A\n\nSee [b](b.md).\n")
    lines = call("--course", str(course), "check").stderr.splitlines()
    assert lines[0].split(":")[1:3] == ["7", "5"]
    assert lines[1:] == ["  See [b](b.md).", "      ^"]
    (course / "03-plans.md").write_text("# A\n\n" + "x " * 5000 + "[b](b.md)\n")
    (line,) = call("--course", str(course), "check").stderr.splitlines()
    assert ":3:10001: warning[C205]" in line


def test_light_commands_load_nothing_heavy(course: Path) -> None:
    code = (
        "import sys; from click.testing import CliRunner; from courseware.cli.commands import main\n"
        f"for words in (['--help'], ['--course', {str(course)!r}, 'check'],"
        f" ['--course', {str(course)!r}, 'check', '--format', 'sarif'], ['explain', 'C203'],"
        f" ['new', 'course', {str(course.parent / 'made')!r}],"
        f" ['--course', {str(course)!r}, 'model', '3'], ['--course', {str(course)!r}, 'times']):\n"
        "    assert CliRunner().invoke(main, words).exit_code == 0\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_build_with_nothing_to_do_loads_and_reads_nothing(course: Path) -> None:
    (course / "03-plans.md").write_text(SESSION + "\n[gone](gone.md)\n")
    words = ["--course", str(course), "all", "--output", str(course / "output")]
    for _ in range(2):  # the first one sees the output folder come
        call(*words)
        time.sleep(0.2)  # files count as they are when they are older than a clock's grain
    code = (
        "import sys; from click.testing import CliRunner; from courseware.cli.commands import main\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])))\n"
        f"result = CliRunner().invoke(main, {words!r})\n"
        "assert 'C205' in result.stderr and ' built' not in result.stdout, result.output\n"
        "print([m for m in ('weasyprint', 'pptx', 'markdown_it', 'yaml', 'msgspec', 'filelock',"
        " 'jinja2', 'PIL') if m in sys.modules])\n"
        f"print([o for o in opened if {str(course)!r} in o])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT)
    index = str(course / "output/.courseware/index.json")
    assert done.stdout.splitlines() == ["[]", str([index])], done.stderr


@pytest.mark.slow
def test_the_same_bytes_in_another_folder_zone_and_locale(course: Path, tmp_path: Path) -> None:
    build(course)
    other = tmp_path / "elsewhere" / "deep"
    shutil.copytree(course, other, ignore=shutil.ignore_patterns("output"))
    env = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    words = [sys.executable, str(PROJECT / "build.py"), "--course", str(other), "handouts",
             "--output", str(other / "out")]  # fmt: skip
    subprocess.run(words, check=True, env=env, cwd=tmp_path, capture_output=True)
    first = (course / "output/handouts/03-plans.pdf").read_bytes()
    assert (other / "out/handouts/03-plans.pdf").read_bytes() == first


def test_the_sample_course_has_no_finding() -> None:
    result = call("--course", str(PROJECT / "content"), "check", "--strict")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    "command", ["model", "times", "model 02-big", "times 02-big.md", "handouts big"]
)
def test_a_session_that_cannot_be_read_is_told(tmp_path: Path, command: str) -> None:
    (tmp_path / "01-tea.md").write_text("# Tea\n\nWater.\n", "utf-8")
    (tmp_path / "02-big.md").write_text("a" * 600_000, "utf-8")
    done = CliRunner().invoke(main, ["--course", str(tmp_path), *command.split()])
    assert done.exit_code in (1, 2)
    assert "02-big.md:1:1: error[C004]: it has more than 500,000 bytes" in done.stderr
