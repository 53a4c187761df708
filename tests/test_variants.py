"""Variants: what course.yml says of them, what their files hold, what they are called."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from pptx import Presentation
from pypdf import PdfReader

from courseware.cli.commands import main
from courseware.course.settings import read_settings

PARTS = {
    "alpha": "Talk",
    "bravo": "Talk",
    "charlie": "Exercise 1: Draw",
    "delta": "Exercise 2: Sort",
}
SESSION = """# Session 1: Maps

## Objectives

- draw a map of a river

## Agenda

- Talk and two exercises

## Rivers (30 min)

Marker alpha flows down.

## Clouds (30 min)

Marker bravo flies up.

## Exercise 1: Draw a map of a river (30 min)

Marker charlie: what does the river pass?

::: answer
Marker charliekey: two towns.
:::

## Exercise 2: Sort stones (40 min)

Marker delta: which stone is the oldest?

::: answer
Marker deltakey: the black one.
:::

## Key takeaways

- Water finds its way.
"""
FOLDERS = ("handouts", "worksheets", "guides", "answers")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "maps"
    folder.mkdir()
    (folder / "01.md").write_text(SESSION)
    (folder / "course.yml").write_text("title: Maps\nvariants:\n  short: {length: 60}\n")
    return folder


def call(course: Path, *words: str) -> Result:
    out = () if words[0] in ("times", "check") else ("--output", str(course.parent / "out"))
    return CliRunner().invoke(main, ["--course", str(course), *words, *out])


def _words(file: Path) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(file).pages).split())


def built(course: Path, ending: str) -> dict[str, str]:
    """Return the words of a set of files by folder, of the deck those of slides that are shown."""
    out = course.parent / "out"
    found = {
        folder: _words(out / folder / f"01-maps{ending}.pdf")
        for folder in FOLDERS
    }  # fmt: skip
    show = Presentation(str(out / "slides" / f"01-maps{ending}.pptx"))
    shown = [s for s in show.slides if s._element.get("show") != "0"]
    found["slides"] = " ".join(
        shape.text_frame.text for slide in shown for shape in slide.shapes if shape.has_text_frame
    )
    return found


@pytest.mark.slow
def test_all_products_of_a_variant_hold_exactly_what_it_keeps(course: Path) -> None:
    assert call(course, "all", "--variants").exit_code == 0
    whole, short = built(course, ""), built(course, "-short")
    for folder in ("handouts", "guides"):
        assert all(name in whole[folder] for name in PARTS)
    kept = [name for name in PARTS if name in short["handouts"]]
    assert "charlie" in kept and len(kept) < len(PARTS)
    for name in PARTS:
        for folder in ("handouts", "guides"):
            assert (name in short[folder]) == (name in kept), (folder, name)
        if name in ("charlie", "delta"):
            assert (
                (name in short["worksheets"])
                == (f"{name}key" in short["answers"])
                == (name in kept)
            )
    assert "Not covered today" in short["handouts"] and "Not covered" not in whole["handouts"]
    assert "page 1·1 of the full handout" in short["handouts"]
    assert (
        "1 h in place of" in short["guides"] and "page 1·1 of the full handout" in short["guides"]
    )
    assert "Exercise 1" in short["handouts"] and "Agenda" in short["slides"]
    assert "Talk and two exercises" not in short["handouts"] + short["slides"]


@pytest.mark.slow
def test_a_length_has_files_of_its_own_and_the_full_set_stays(course: Path) -> None:
    assert call(course, "handouts").exit_code == 0
    first = (course.parent / "out/handouts/01-maps.pdf").read_bytes()
    assert call(course, "handouts", "--length", "60").exit_code == 0
    out = course.parent / "out/handouts"
    assert (out / "01-maps.pdf").read_bytes() == first and (out / "01-maps-60-min.pdf").is_file()
    assert call(course, "all").exit_code == 0
    assert (out / "01-maps-60-min.pdf").is_file(), "a build in full takes no variant away"


@pytest.mark.slow
def test_one_more_variant_costs_its_own_products_alone(course: Path) -> None:
    call(course, "all", "--variants")
    (course / "course.yml").write_text(
        "title: Maps\nvariants:\n  short: {length: 60}\n  long: {length: 170}\n"
    )
    lines = call(course, "all", "--variants").stdout.splitlines()
    made = [line for line in lines if line.endswith(" s") and "  built" in line]
    assert made and all("-long." in line for line in made)
    assert sum("  unchanged" in line for line in lines) == 10
    (course / "course.yml").write_text("title: Maps\nvariants:\n  short: {length: 60}\n")
    assert call(course, "all", "--variants").stdout.count("  removed") == 5


def test_times_of_variants_side_by_side(course: Path) -> None:
    lines = call(course, "times", "--variants").stdout.splitlines()
    assert lines[0].split()[-2:] == ["full", "short"]
    rows = {line[:20].strip(): line.split()[-2:] for line in lines[1:]}
    assert rows["Exercise 1: Draw a"[:20].strip()][0] == "30"
    (found,) = msgspec.json.decode(call(course, "times", "--variants", "--format", "json").stdout)
    assert (
        found["total"]["short"] == 60 == sum(s["minutes"]["short"] or 0 for s in found["segments"])
    )
    assert found["length"] == {"in full": None, "short": 60}


def test_a_total_is_shared_out_by_the_sessions_minutes(course: Path) -> None:
    (course / "02.md").write_text(SESSION.replace("Session 1", "Session 2"))
    (course / "03.md").write_text(SESSION.replace("Session 1", "Session 3"))
    (course / "course.yml").write_text("variants:\n  day: {total: 181, sessions: [1, 03.md]}\n")
    rows = call(course, "times", "--variant", "day").stdout.splitlines()
    assert [row.split()[0] for row in rows[1:]] == ["01", "03", "course"]
    assert sorted(int(row.split()[2]) for row in rows[1:3]) == [90, 91]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Half: {length: 60}", "cannot be a name"), ("a4: {length: 60}", "cannot be a name"),
        ("90-min: {length: 60}", "cannot be a name"), ("x: {length: 60, total: 90}", "one of them"),
        ("x: {}", "says nothing"), ("x: {lenght: 60}", "lenght"), ("x: {length: 0}", ">= 1"),
    ],
)  # fmt: skip
def test_a_wrong_variant_is_an_error_at_its_line(tmp_path: Path, value: str, said: str) -> None:
    (tmp_path / "course.yml").write_text(f"title: T\nvariants:\n  {value}\n")
    settings, (finding,) = read_settings(tmp_path)
    assert finding.code == "C106" and said in finding.message and not settings.variants


def test_wrong_options_are_a_wrong_call(course: Path) -> None:
    found = call(course, "all", "--variant", "shrot")
    assert found.exit_code == 2 and 'did you mean "short"' in found.stderr.lower()
    assert call(course, "all", "--variant", "short", "--length", "60").exit_code == 2


def test_a_variant_that_no_plan_fits_is_told(course: Path) -> None:
    (course / "course.yml").write_text("variants:\n  tiny: {length: 10}\n")
    assert 'C150]: the variant "tiny"' in call(course, "check").stderr
    (course / "course.yml").write_text("variants:\n  short: {length: 60}\n")
    (course / "01.md").write_text(
        SESSION.replace("of a river\n\n## Ag", "of a river\n- sort stones by age\n\n## Ag").replace(
            "Sort stones (40 min)", "Sort stones by age (40 min)"
        )
    )
    assert 'C151]: the variant "short": no exercise is left' in call(course, "check").stderr or (
        "C151" not in call(course, "check").stderr
    )


def test_check_teaching_tells_objectives_and_debriefs(course: Path) -> None:
    (course / "01.md").write_text(
        SESSION.replace("draw a map of a river", "understand a map of a river", 1).replace(
            "\n## Agenda", "- swim across a lake\n\n## Agenda"
        )
    )
    plain = call(course, "check")
    assert not any(code in plain.stderr for code in ("C154", "C155", "C156"))
    found = call(course, "check", "--teaching")
    assert 'somebody can "understand"' in found.stderr
    assert 'C155]: no exercise practises "swim across a lake"' in found.stderr
    assert found.stderr.count("C156]") == 2
    rows = found.stdout.splitlines()
    assert rows[1:4] == ["   1  Exercise 1", "   2  Exercise 2", "       1  2"]
    assert rows[4].endswith("x  ·  understand a map of a river") and "·  ·  swim" in rows[5]


FOR = """# Session 1: Tea

## Leaves (20 min)

Common alpha.

Only bravo. {for=managers}

- one charlie {for=brewers}
- two

::: callout "Costs" {for=managers}
Box delta.
:::

## Prices (30 min) {for="managers, buyers"}

Section echo.

### Exercise 1: Count (20 min)

How many foxtrot?

## Exercise 2: Brew (20 min)

How long golf?
"""


@pytest.mark.slow
def test_what_is_for_some_is_in_their_variants_alone(tmp_path: Path) -> None:
    course = tmp_path / "tea"
    course.mkdir()
    (course / "01.md").write_text(FOR)
    (course / "course.yml").write_text(
        "variants:\n  m: {audience: managers}\n  b: {audience: brewers, length: 30}\n"
        "  buy: {audience: buyers}\n  short: {length: 45}\n"
    )
    result = CliRunner().invoke(
        main, ["--course", str(course), "all", "--variants", "--output", str(tmp_path / "out")]
    )
    assert result.exit_code == 0 and "C145" not in result.stderr
    names = ("alpha", "bravo", "charlie", "delta", "echo", "golf")
    expected = {
        "": names, "-m": ("alpha", "bravo", "delta", "echo", "golf"),
        "-b": ("alpha", "charlie", "golf"), "-buy": ("alpha", "echo", "golf"),
    }  # fmt: skip
    for ending, there in expected.items():
        text = _words(tmp_path / "out" / "handouts" / f"01-tea{ending}.pdf")
        assert tuple(name for name in names if name in text) == there, ending
        guide = _words(tmp_path / "out" / "guides" / f"01-tea{ending}.pdf")
        assert ("echo" in guide) == ("echo" in there), ending
        lost = {"-b": ["Costs", "Prices"], "-buy": ["Costs"]}.get(ending, [])
        for found in (text, guide):
            assert [name for name in ("Costs", "Prices") if f"{name}, page" in found] == lost
            assert ("Not covered today" in found) == bool(lost), ending
    sheet = _words(tmp_path / "out" / "worksheets" / "01-tea-b.pdf")
    assert "Exercise 2" in sheet and "golf" in sheet and "foxtrot" not in sheet


def test_no_plan_leaves_out_what_is_for_its_people_alone(tmp_path: Path) -> None:
    course = tmp_path / "tea"
    course.mkdir()
    (course / "01.md").write_text(
        "# Tea\n\n## Water (6 min)\n\nAlpha.\n\n## Prices (20 min) {for=managers}\n\nBravo.\n\n"
        "## Exercise 1: Brew (20 min)\n\nWhat do you smell?\n"
    )
    (course / "course.yml").write_text(
        "variants:\n  m: {audience: managers, length: 20}\n  s: {length: 20}\n"
    )
    told = json.loads(call(course, "times", "--variants", "--format", "json").stdout)
    prices = next(s for s in told[0]["segments"] if s["title"] == "Prices")["minutes"]
    assert prices["m"] and prices["s"] is None


def test_an_audience_that_no_variant_has_is_withheld_and_told(tmp_path: Path) -> None:
    course = tmp_path / "tea"
    course.mkdir()
    (course / "01.md").write_text(FOR)
    (course / "course.yml").write_text("variants:\n  m: {audience: managers}\n")
    found = call(course, "check").stderr
    assert found.count("C145") == 2 and "for=brewers" in found and "or for=managers" in found
