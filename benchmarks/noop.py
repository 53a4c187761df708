"""What a build costs that has nothing to do, and one where one session of forty was edited.

    .venv/bin/python benchmarks/noop.py [SESSION.md] [COPIES]

Whole processes, interleaved, medians: seconds, and processor seconds in brackets, which other work on the
machine lengthens less. `all` with nothing to do beside `python -c "import click"` (the
bound is 1.5); all products of one edited session of forty beside those of a course that has that session
alone, into an empty folder (the bound is 1.3).
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from measure import Measured, measured  # noqa: E402

PROJECT = HERE.parent
RUNS, EDITS = 21, 5


def build(course: Path, output: Path) -> Measured:
    """Return what `all` takes; a build that fails ends the benchmark."""
    program = [sys.executable, str(PROJECT / "build.py")]
    return measured([*program, "--course", str(course), "all", "--output", str(output)])


def compared(name: str, bare: list[Measured], other: str, built: list[Measured]) -> None:
    """Print two ways' medians, and how many times the first the second is."""
    one, two = (
        [statistics.median(row[at] for row in rows) for at in (0, 1)] for rows in (bare, built)
    )
    print(f"{name} {one[0]:.3f} s ({one[1]:.3f} s), {other} {two[0]:.3f} s ({two[1]:.3f} s), "
          f"ratio {two[0] / one[0]:.2f} ({two[1] / one[1]:.2f})", flush=True)  # fmt: skip


def session(text: str, number: int, edit: int = 0) -> str:
    """Return a session of its own number and title; `edit` changes a word of it."""
    head, _, rest = text.partition("\n# ")
    title, _, body = (rest or head.removeprefix("# ")).partition("\n")
    front = f"{head}\n" if rest else ""
    return f"{front}# Session {number}: {title.split(':')[-1].strip()} {number}\n{body}\n\nEdit {edit}.\n"


def main() -> None:
    """Measure and print."""
    sample = PROJECT / "content" / "07-working-with-ai-teams.md"
    text = Path(sys.argv[1] if len(sys.argv) > 1 else sample).read_text("utf-8")
    copies = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with tempfile.TemporaryDirectory() as folder:
        course, output = Path(folder, "course"), Path(folder, "output")
        shutil.copytree(PROJECT / "content", course, ignore=shutil.ignore_patterns("*.md"))
        for number in range(1, copies + 1):
            (course / f"{number:02d}.md").write_text(session(text, number), "utf-8")
        print(f"first build of {copies} sessions {build(course, output).seconds:.1f} s", flush=True)
        build(course, output)
        nothing(course, output)
        one_edited(course, output, text, copies)


def nothing(course: Path, output: Path) -> None:
    """Measure a build with nothing to do."""
    bare, built = [], []
    for _ in range(RUNS):
        bare.append(measured([sys.executable, "-c", "import click"]))
        built.append(build(course, output))
    compared("import click", bare, "nothing to do", built)


def one_edited(course: Path, output: Path, text: str, copies: int) -> None:
    """Measure a build after an edit of one session, and one of that session alone."""
    alone, edited = [], []
    for edit in range(1, EDITS + 1):
        new = session(text, copies // 2, edit)
        (course / f"{copies // 2:02d}.md").write_text(new, "utf-8")
        edited.append(build(course, output))
        with tempfile.TemporaryDirectory() as folder:
            single = Path(folder, "course")
            shutil.copytree(course, single, ignore=shutil.ignore_patterns("*.md"))
            (single / f"{copies // 2:02d}.md").write_text(new, "utf-8")
            alone.append(build(single, Path(folder, "output")))
    compared("one session alone", alone, f"one edited of {copies}", edited)


if __name__ == "__main__":
    main()
