"""Findings for other programs: SARIF, workflow commands, the problem matcher in the docs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from courseware.cli.commands import main
from courseware.cli.formats import as_github, sarif
from courseware.diagnostics import CODES, Diagnostic, Span
from tests.support import PROJECT

NAME = {"type": "string", "minLength": 1}
WORDS = {"type": "object", "required": ["text"], "additionalProperties": False,
         "properties": {"text": NAME, "markdown": NAME}}  # fmt: skip
LEVEL = {"enum": ["none", "note", "warning", "error"]}
COUNT = {"type": "integer", "minimum": 1}


def thing(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties,
            "additionalProperties": False}  # fmt: skip


def many(items: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "minItems": least, "items": items, "uniqueItems": True}


REGION = thing("startLine startColumn", startLine=COUNT, startColumn=COUNT, endLine=COUNT,
               snippet=thing("text", text=NAME))  # fmt: skip
ARTIFACT = thing("uri uriBaseId", uri={"type": "string", "pattern": "^[A-Za-z0-9%._~/@!$&'()*+,;=-]+$"},
                 uriBaseId=NAME)  # fmt: skip
PHYSICAL = thing("artifactLocation region", artifactLocation=ARTIFACT, region=REGION)
RESULT = thing("ruleId ruleIndex level message locations", ruleId=NAME, level=LEVEL, message=WORDS,
               ruleIndex={"type": "integer", "minimum": 0},
               locations=many(thing("physicalLocation", physicalLocation=PHYSICAL), 1))  # fmt: skip
RULE = thing("id shortDescription fullDescription help defaultConfiguration properties", id=NAME,
             shortDescription=WORDS, fullDescription=WORDS, help=WORDS, properties=thing("page", page=NAME),
             defaultConfiguration=thing("level", level=LEVEL))  # fmt: skip
DRIVER = thing("name semanticVersion rules", name=NAME, rules=many(RULE),
               semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"})  # fmt: skip
PLACES = {"type": "object", "additionalProperties": thing("uri", uri={"pattern": "^file:///.*/$"})}
RUN = thing("tool results columnKind", tool=thing("driver", driver=DRIVER), results=many(RESULT),
            columnKind={"const": "unicodeCodePoints"}, originalUriBaseIds=PLACES)  # fmt: skip
LOG = {**thing("$schema version runs", version={"const": "2.1.0"}, runs=many(RUN, 1)), "$id": "log"}
LOG["properties"]["$schema"] = {"pattern": r"^https://.*/sarif-schema-2\.1\.0\.json$"}
"""What the specification requires of the parts that are written, and no other property."""
WRONG = "# Plänè\n\nx [y](b.md), 100 %\n\n::: fasilitator\nx\n:::\n\n![](a.png)\n"


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "my course"
    folder.mkdir()
    (folder / "03 plans.md").write_text(WRONG, "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def log_of(text: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(text)
    jsonschema.validate(log, LOG)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        base = result["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"]
        assert base == "%SRCROOT%" or base in run["originalUriBaseIds"]
    return log


def test_sarif_of_a_course_below_the_folder(course: Path) -> None:
    result = call("--course", "my course", "check", "--format", "sarif")
    run = log_of(result.stdout)["runs"][0]
    assert {r["ruleId"] for r in run["results"]} == {"C142", "C205", "C206", "C207"}
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20course/03%20plans.md"
    assert "originalUriBaseIds" not in run
    assert result.stderr == ""


def test_sarif_of_a_course_elsewhere(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course.parent / "here").mkdir()
    monkeypatch.chdir(course.parent / "here")
    for named in (str(course), "../my course"):
        run = log_of(call("--course", named, "check", "--format", "sarif").stdout)["runs"][0]
        place = run["results"][0]["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "03%20plans.md", "uriBaseId": "COURSE"}
        assert run["originalUriBaseIds"]["COURSE"]["uri"] == course.resolve().as_uri() + "/"


def test_sarif_of_one_file_and_of_no_finding(course: Path) -> None:
    file = str(course / "03 plans.md")
    run = log_of(call("--course", file, "check", "--format", "sarif").stdout)["runs"][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20course/03%20plans.md"
    (course / "03 plans.md").write_text("# Plans\n\nText.\n")
    run = log_of(call("--course", file, "check", "--format", "sarif").stdout)["runs"][0]
    assert run["results"] == []


def test_every_code_makes_a_rule() -> None:
    findings = [Diagnostic(code, "m", Span("a.md", 3, 2, 5), "h", "line") for code in CODES]
    log = log_of(json.dumps(sarif(findings, Path())))
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(CODES)
    assert all(rule["help"]["markdown"].startswith(f"# {rule['id']}: ") for rule in rules)
    assert log["runs"][0]["results"][0]["message"]["text"] == "m (h)"
    assert (
        log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["endLine"] == 5
    )


def test_a_workflow_command_is_escaped() -> None:
    found = Diagnostic("C206", "50 %\r\n::error::a, b", Span("a,b:c%\n.md", 4, 7), "mend")
    assert as_github(found) == (
        "::warning file=a%2Cb%3Ac%25%0A.md,line=4,col=7,title=C206"
        "::50 %25%0D%0A::error::a, b (mend)"
    )
    assert as_github(Diagnostic("C003", "left out", Span("a.md"))).startswith("::notice file=a.md,")
    assert as_github(Diagnostic("C111", "open", Span("a.md"))).startswith("::error file=a.md,")
    assert "\x1b" not in as_github(Diagnostic("C111", "\x1b[31m", Span("\x1b.md")))


def test_github_puts_findings_and_nothing_else_on_stdout(course: Path) -> None:
    result = call("--course", "my course", "check", "--format", "github")
    lines = result.stdout.splitlines()
    assert len(lines) == 4 and all(
        line.startswith("::warning file=my course/03 plans.md,") for line in lines
    )
    assert result.stderr == ""


@pytest.mark.parametrize("how", ["text", "json", "sarif", "github"])
def test_a_report_is_a_file_of_the_same_content(course: Path, how: str) -> None:
    words = ("--course", "my course", "check", "--format", how)
    plain = call(*words)
    result = call(*words, "--report", "report")
    assert (course.parent / "report").read_text("utf-8") == (
        plain.stderr if how == "text" else plain.stdout
    )
    assert result.stderr == "" and (how == "text" or result.stdout == "")
    assert call(*words, "--report", "no/folder").exit_code == 2


@pytest.mark.parametrize("how", ["json", "sarif", "github"])
def test_a_build_prints_no_file_lines_beside_findings(course: Path, how: str) -> None:
    result = call("--course", "my course", "handouts", "--format", how)
    assert (course / "output/handouts").is_dir()
    assert "handouts/" not in result.stdout.replace("docs/", "")


def test_quiet_keeps_errors_only_in_every_format(course: Path) -> None:
    assert call("--course", "my course", "check", "-q", "--format", "github").stdout == ""
    (course / "03 plans.md").write_text("# A\n\n::: facilitator\n")
    assert "C111" in call("--course", "my course", "check", "-q", "--format", "github").stdout


def test_the_problem_matcher_of_the_docs_reads_what_check_prints(course: Path) -> None:
    page = (PROJECT / "docs" / "editors.md").read_text("utf-8")
    (example,) = re.findall(r"```json \.vscode/tasks\.json\n(.*?)```", page, re.DOTALL)
    task = json.loads(example)["tasks"][0]
    pattern = task["problemMatcher"]["pattern"]
    expression = re.compile(pattern["regexp"])
    output = call("--course", "my course", "check")
    hits = [m for line in output.output.splitlines() if (m := expression.match(line))]
    assert len(hits) == 4
    fields = {name: hits[0][at] for name, at in pattern.items() if name != "regexp"}
    assert fields["file"] == "my course/03 plans.md"
    assert (fields["line"], fields["severity"], fields["code"]) == ("3", "warning", "C205")
    assert fields["message"].startswith('"b.md" does not exist')
    (course / "03 plans.md").write_text("# Plans\n\nText.\n")
    assert not any(
        map(expression.match, call("--course", "my course", "check").output.splitlines())
    )
