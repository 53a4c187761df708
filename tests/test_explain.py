"""Every code has its page, and each page's example yields the code, its mend does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from courseware.checking.rules import check
from courseware.checking.teaching import with_teaching
from courseware.cli.commands import main
from courseware.cli.formats import meaning
from courseware.course.loading import load
from courseware.diagnostics import CODES
from courseware.folders import explanations
from tests.support import PROJECT

PARTS = ["What it means", "Example", "How to mend it"]
NOT_RUN = {"C196", "C210", "C001", "C004", "C007", "C187", "C188", "C301", "C302", "C303", "C304", "C305", "C306", "C307", "C308", "C309", "C311", "C312", "C313", "C314",
           "C321", "C322", "C323", "C324", "C331", "C332"}  # fmt: skip
"""Examples that text cannot hold (other bytes, a huge file) or that only a build yields."""
FENCE = re.compile(
    r"^(`{3,})(markdown|yaml|jinja|css)(?: ([\w./-]+))?\n(.*?)^\1$", re.MULTILINE | re.DOTALL
)
NOT_RUN |= {"C179", "C315"}  # a published calendar; what a layout of slides writes


def parts(code: str) -> dict[str, str]:
    pieces = re.split(
        rf"^## ({'|'.join(PARTS)})\n",
        (explanations() / f"{code}.md").read_text("utf-8"),
        flags=re.M,
    )
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def found_in(text: str, course: Path) -> set[str]:
    course.mkdir()
    (course / "map.png").write_bytes(b"")
    files = FENCE.findall(text)
    assert files, "no example"
    for _, _, name, content in files:
        file = course / (name or "session.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    return {f.code for f in check(load(course), with_teaching)}


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {path.stem for path in explanations().glob("*")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_a_title_and_its_parts(code: str) -> None:
    text = (explanations() / f"{code}.md").read_text("utf-8")
    row = CODES[code]
    assert text.startswith(f"# {code}: {row.title}\n\nSeverity: {row.severity}.\n")
    assert list(parts(code)) == PARTS
    assert all(len(part.strip()) > 30 for part in parts(code).values())
    assert len(meaning(code)) > 40 and "\n" not in meaning(code)


def test_examples_that_are_not_run_say_why() -> None:
    marked = {code for code in CODES if "<!-- not run: " in parts(code)["Example"]}
    assert marked == NOT_RUN


@pytest.mark.parametrize("code", sorted(set(CODES) - NOT_RUN))
def test_an_example_yields_its_code_and_its_mend_does_not(code: str, tmp_path: Path) -> None:
    page = parts(code)
    assert code in found_in(page["Example"], tmp_path / "wrong")
    assert code not in found_in(page["How to mend it"], tmp_path / "right")


def test_explain_prints_the_page_without_its_comments() -> None:
    result = CliRunner().invoke(main, ["explain", "c301"])
    assert result.exit_code == 0
    assert result.stdout.startswith("# C301: ") and "<!--" not in result.stdout


def test_explain_without_a_code_lists_all() -> None:
    lines = CliRunner().invoke(main, ["explain"]).stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(CODES)


def test_explain_names_the_nearest_code() -> None:
    result = CliRunner().invoke(main, ["explain", "CC303"])
    assert result.exit_code == 2
    assert 'did you mean "C303"?' in result.stderr


def test_the_index_says_what_the_table_says() -> None:
    index = (PROJECT / "docs" / "diagnostics.md").read_text("utf-8")
    rows = re.findall(r"^\| \[(C\d+)\]\(diagnostics/\1\.md\) \| (\w+) \| (.*) \|$", index, re.M)
    assert rows == [(code, str(row.severity), row.title) for code, row in CODES.items()]
