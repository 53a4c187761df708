"""A release: archives apart, the same bytes twice, what changed told by page."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from courseware.cli.commands import main

SESSION = """# Session {n}: Tea {n}

## Objectives

- Pour tea number {n} without a spill.

## Facts

Tea number {n} is warm and brown, and it is poured slowly into a cup.

::: facilitator
Nobody but the leader knows the secret of tea number {n}.
:::

## Exercise 1: Pour (5 min)

1. What do you see in the cup?

::: answer
A leaf of tea number {n} turns to the left.
:::
"""
PAGE = "\n\n" + "A line about the leaves that fills the page.\n\n" * 50


def call(course: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--course", str(course), *words])


def releases(course: Path) -> Path:
    return course / "output" / "releases"


def contents(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = tmp_path_factory.mktemp("tea")
    (course / "course.yml").write_text(
        'title: Tea\nlicence: CC BY 4.0\nversion: "1.3"\n'
        "products: [handout, worksheet, slides, guide, answers]\n"
    )
    for n in (1, 2):
        (course / f"0{n}.md").write_text(SESSION.format(n=n) + PAGE)
    (course / "leader.md").write_text(
        "---\naudience: facilitator\n---\n# For the leader\n\nHush.\n"
    )
    result = call(course, "release", "1.3")
    assert result.exit_code == 0, result.output
    return course


def kept(course: Path) -> dict[Path, bytes]:
    places = (*course.glob("*"), *releases(course).glob("*"))
    return {path: path.read_bytes() for path in places if path.is_file()}


@pytest.fixture
def course(released: Path) -> Iterator[Path]:
    """The released course; what a test changes is put back, what it built stays to be built upon."""
    before = kept(released)
    yield released
    for path in kept(released).keys() - before.keys():
        path.unlink()
    for path, data in before.items():
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
    (released / "output/site/CNAME").unlink(missing_ok=True)


def change(course: Path, old: str, new: str, session: str = "02.md") -> None:
    text = (course / session).read_text()
    assert old in text
    (course / session).write_text(text.replace(old, new, 1))


def test_git_ignores_what_was_built(released: Path) -> None:
    assert (released / "output/.gitignore").read_text() == "*\n"


def test_learners_and_facilitators_files_are_apart(released: Path) -> None:
    mine = contents(releases(released) / "course-1.3.zip")
    theirs = contents(releases(released) / "course-1.3-facilitators.zip")
    folders = {name.split("/")[1] for name in mine if name.count("/") > 1}
    assert folders == {"handouts", "worksheets"}
    assert {n.split("/")[1] for n in theirs if n.count("/") > 1} == {"guides", "slides", "answers"}
    pages = [p for name, data in mine.items() if name.endswith(".pdf")
             for p in PdfReader(io.BytesIO(data)).pages]  # fmt: skip
    said = " ".join(page.extract_text() for page in pages)
    assert "warm and brown" in said and "secret" not in said and "to the left" not in said


def test_the_learners_manifest_names_nothing_of_the_facilitators(released: Path) -> None:
    (text,) = [data.decode() for name, data in contents(releases(released) / "course-1.3.zip").items()
               if name.endswith("manifest.json")]  # fmt: skip
    assert {f["product"] for f in json.loads(text)["files"]} == {"handout", "worksheet"}
    assert "leader" not in text and "guide" not in text
    whole = json.loads((releases(released) / "course-1.3.json").read_text())
    assert {f["audience"] for f in whole["files"]} == {"learner", "facilitator"}
    assert "For the leader" in {s["title"] for s in whole["sessions"]}


def test_the_manifest_holds_what_the_archives_do(released: Path) -> None:
    from hashlib import sha256

    whole = json.loads((releases(released) / "course-1.3.json").read_text())
    held: dict[str, bytes] = {}
    for path in releases(released).glob("*.zip"):
        held |= {name.split("/", 1)[1]: data for name, data in contents(path).items()}
    for file in whole["files"]:
        data = held[file["path"]]
        assert (file["sha256"], file["size"]) == (sha256(data).hexdigest(), len(data))
        if file["path"].endswith(".pdf"):
            assert len(file["pages"]) == len(PdfReader(io.BytesIO(data)).pages)
    assert b"CC BY 4.0" in held["LICENCE.txt"]


@pytest.mark.slow
def test_the_same_course_gives_the_same_bytes(released: Path, tmp_path: Path) -> None:
    other = tmp_path / "another name"
    shutil.copytree(released, other, ignore=shutil.ignore_patterns("output"))
    assert call(other, "release", "1.3").exit_code == 0
    for path in releases(released).glob("course-1.3*"):
        assert (releases(other) / path.name).read_bytes() == path.read_bytes(), path.name


def test_nothing_changed(course: Path) -> None:
    result = call(course, "changes", "--since", "1.3")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "No changes since 1.3")
    assert not list(releases(course).glob("errata*"))


def test_one_word_changes_its_page_alone(course: Path) -> None:
    change(course, "the leaves that fills", "the leaves that packs")
    told = json.loads(call(course, "changes", "--since", "1.3", "--format", "json").stdout)
    (session,) = told["sessions"]
    assert (session["number"], session["state"]) == (2, "changed")
    files = {f["product"]: f for f in session["files"]}
    assert len(files["handout"]["words"]) == 1 and files["handout"]["looks"] == []
    said = [p.extract_text() for p in PdfReader(course / "output/handouts/02-tea-2.pdf").pages]
    (page,) = [n for n, text in enumerate(said, 1) if "packs" in text]
    assert files["handout"]["words"] == [page] and len(said) > 1
    text = call(course, "changes", "--since", "1.3").stdout
    assert f"print again page {page} of handout 02  (handouts/02-tea-2.pdf)" in text
    errata = PdfReader(releases(course) / "errata-since-1.3.pdf").pages[0].extract_text()
    assert f"page {page}" in errata and "Handout" in errata and "uide" not in errata


@pytest.mark.slow
def test_running_lines_count_for_nothing(course: Path) -> None:
    text = (course / "01.md").read_text()
    (course / "01.md").write_text(f"{text}\n{PAGE}")
    told = json.loads(call(course, "changes", "--since", "1.3", "--format", "json").stdout)
    files = {f["product"]: f for f in told["sessions"][0]["files"]}
    assert files["handout"]["pages"] > files["handout"]["was"] == files["handout"]["start"]
    text = call(course, "changes", "--since", "1.3").stdout
    start = files["handout"]["start"]
    assert f"print again handout 01 from page {start} on: " in text


def test_pages_that_are_gone_are_taken_out(course: Path) -> None:
    text = (course / "01.md").read_text()
    (course / "01.md").write_text(text.replace(PAGE.strip(), ""))
    said = call(course, "changes", "--since", "1.3").stdout
    assert "print again handout 01 from page 1 on: 1 page, there were" in said


def test_a_new_session_one_that_is_gone_and_one_that_moved(course: Path) -> None:
    (course / "01.md").rename(course / "05.md")
    (course / "02.md").unlink()
    (course / "03.md").write_text(SESSION.format(n=3))
    said = call(course, "changes", "--since", "1.3").stdout
    assert "\n03 Tea 3: a new session\n  new: handout 03" in said
    assert "\n02 Tea 2: gone\n  gone: handout 02" in said
    assert "01 Tea 1" not in said
    errata = PdfReader(releases(course) / "errata-since-1.3.pdf").pages[0].extract_text()
    assert "new" in errata and "no longer part of the course" in errata


@pytest.mark.slow
def test_a_session_put_between_others_moves_them_and_is_the_new_one(course: Path) -> None:
    (course / "02.md").rename(course / "03.md")
    change(course, "Session 2: Tea 2", "Session 3: Tea 2", "03.md")
    (course / "02.md").write_text(SESSION.format(n=2).replace("Tea 2", "Mate"))
    said = call(course, "changes", "--since", "1.3").stdout
    assert "\n02 Mate: a new session\n" in said and "\n03 Tea 2 (was 02 Tea 2)\n" in said
    assert ": gone" not in said


@pytest.mark.slow
def test_a_site_is_told_as_a_whole(course: Path) -> None:
    five = "[handout, worksheet, slides, guide, answers]"
    change(course, five, "[handout, site, site-facilitators]", "course.yml")
    assert call(course, "release", "1.4").exit_code == 0
    (course / "output/site/CNAME").write_text("mine")
    mine = contents(releases(course) / "course-1.4.zip")
    theirs = contents(releases(course) / "course-1.4-facilitators.zip")
    tops = [
        {name.split("/")[1] for name in names if name.count("/") > 1} for names in (mine, theirs)
    ]
    assert tops == [{"handouts", "site"}, {"site-facilitators"}]
    change(course, "warm and brown", "warm and red")
    assert call(course, "release", "1.5").exit_code == 0
    said = call(course, "changes", "--since", "1.4", "--to", "1.5").stdout
    assert said.count("(site/)") == 1 and "site/" in said.split("02 Tea 2")[0]
    assert said.count("handout 02") == 1
    assert not any("CNAME" in name for name in contents(releases(course) / "course-1.5.zip"))


def test_a_session_with_another_number_is_told_with_what_it_was(course: Path) -> None:
    change(course, "Session 2: Tea 2", "Session 4: Tea 2")
    assert "\n04 Tea 2 (was 02 Tea 2)\n" in call(course, "changes", "--since", "1.3").stdout


@pytest.mark.slow
def test_a_second_release_tells_its_readers_what_changed(course: Path) -> None:
    change(course, "the secret of tea", "the secret of a tea")
    change(course, "warm and brown", "warm and green", "01.md")
    result = call(course, "release", "1.4")
    assert result.exit_code == 0 and 'course.yml says version "1.3"' in result.stderr
    assert "Changes since 1.3, in 1.4" in result.stdout
    mine = contents(releases(course) / "course-1.4.zip")
    told = mine["course-1.4/CHANGES.txt"].decode()
    assert "handout 01" in told and "guide" not in told and "02" not in told
    assert mine["course-1.4/errata-since-1.3.pdf"].startswith(b"%PDF-")
    theirs = contents(releases(course) / "course-1.4-facilitators.zip")
    assert "guide 02" in theirs["course-1.4/CHANGES.txt"].decode()
    between = call(course, "changes", "--since", "1.3", "--to", "1.4").stdout
    assert between == result.stdout[result.stdout.index("Changes since") :]
    manifest = str(releases(course) / "course-1.3.json")
    assert call(course, "changes", "--since", manifest, "--to", "1.4").stdout == between


def test_a_version_is_given_once(course: Path) -> None:
    before = {p.name: p.read_bytes() for p in releases(course).iterdir()}
    result = call(course, "release", "1.3")
    assert result.exit_code == 1 and "error[C188]: 1.3 is released already" in result.stderr
    assert "as 1.4" in result.stderr
    assert {p.name: p.read_bytes() for p in releases(course).iterdir()} == before


@pytest.mark.parametrize("version", ["../2", "", "1.4-facilitators", "1 4", "x" * 41])
def test_what_is_no_version_is_a_wrong_call(course: Path, version: str) -> None:
    assert call(course, "release", version).exit_code == 2


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}', b"[" * 100_000,
     b'{"format":9,"version":"","title":"","licence":"","commit":null,"edited":false,"reader":"","sessions":[],"files":[]}'],
)  # fmt: skip
def test_a_damaged_manifest_is_a_finding(course: Path, damage: bytes) -> None:
    (releases(course) / "course-1.3.json").write_bytes(damage)
    for words in (["changes", "--since", "1.3"], ["release", "1.4"]):
        result = call(course, *words)
        assert result.exit_code == 1 and "error[C187]" in result.stderr
        assert isinstance(result.exception, SystemExit)
    assert not list(releases(course).glob("course-1.4*"))


def test_a_release_that_there_is_not_is_a_finding(course: Path) -> None:
    result = call(course, "changes", "--since", "1.2")
    assert result.exit_code == 1 and "there is no release 1.2" in result.stderr
    assert "1.3" in result.stderr


def test_nothing_is_released_while_a_session_fails(course: Path) -> None:
    (course / "01.md").write_text("# One\n\n::: facilitator\n\nText.\n")
    result = call(course, "release", "1.4")
    assert result.exit_code == 1 and "nothing is released" in result.stderr
    assert not list(releases(course).glob("course-1.4*"))


def test_answers_that_learners_get_are_theirs(course: Path) -> None:
    with (course / "course.yml").open("a") as settings:
        settings.write("answers: after\n")
    assert call(course, "release", "1.4").exit_code == 0
    assert any("answers-for-learners/" in n for n in contents(releases(course) / "course-1.4.zip"))
    theirs = contents(releases(course) / "course-1.4-facilitators.zip")
    assert not any("answers" in name for name in theirs)


def test_a_courses_own_licence_is_taken_along(course: Path, tmp_path: Path) -> None:
    (course / "LICENSE.md").write_text("# Our terms\n")
    (tmp_path / "elsewhere").write_text("secret")
    (course / "COPYING").symlink_to(tmp_path / "elsewhere")
    assert call(course, "release", "1.4").exit_code == 0
    mine = contents(releases(course) / "course-1.4.zip")
    assert mine["course-1.4/LICENSE.md"] == b"# Our terms\n"
    assert not {"course-1.4/LICENCE.txt", "course-1.4/COPYING"} & mine.keys()


def test_clean_leaves_releases(course: Path) -> None:
    call(course, "clean", "--output", str(course / "output"))
    assert (releases(course) / "course-1.3.zip").is_file()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("git"), reason="git is not there")
def test_a_course_in_git_is_released_with_its_commit(course: Path) -> None:
    def git(*words: str) -> str:
        names = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        command = ["git", "-C", str(course), *names, *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    shutil.rmtree(course / ".git", ignore_errors=True)
    git("init", "-q")
    git("add", "01.md", "02.md", "leader.md", "course.yml")
    git("commit", "-qm", "Tea")
    call(course, "release", "1.4")
    made = json.loads((releases(course) / "course-1.4.json").read_text())
    assert (made["commit"], made["edited"]) == (git("rev-parse", "HEAD"), False)
    change(course, "warm", "hot")
    assert "not committed" in call(course, "release", "1.5").stderr
    assert json.loads((releases(course) / "course-1.5.json").read_text())["edited"] is True


@pytest.mark.slow
def test_days_without_a_new_revision_are_not_released(course: Path) -> None:
    days = "schedule: {{issued: 2026-11-02, revision: {}, days: [{{date: {}, start: '09:00', end: '12:00'}}]}}\n"
    settings = (course / "course.yml").read_text().replace("answers]", "answers, schedule]")
    (course / "course.yml").write_text(settings + days.format(0, "2027-01-12"))
    assert call(course, "release", "2.0").exit_code == 0
    (course / "course.yml").write_text(settings + days.format(0, "2027-01-13"))
    assert "schedule.ics" not in call(course, "changes", "--since", "2.0").stdout
    result = call(course, "release", "2.1", "-q")
    assert result.exit_code == 1 and "nothing is released: the days are others" in result.stderr
    assert not (releases(course) / "course-2.1.zip").exists()
    (course / "course.yml").write_text(settings + days.format(1, "2027-01-13"))
    assert call(course, "release", "2.1").exit_code == 0
