"""How long builds take, beside other ways to the same files, in one interleaved run.

    make bench                                     1, 10 and 40 sessions, three rounds
    make bench ARGS="--sessions 40 --rounds 1 --only handouts pandoc"
    make bench ARGS="--sessions 400 --rounds 1 --only 'handouts, 2' 'all, 2'"

Makes a course of so many sessions (`generate.py`), and in each round runs every way once, so that
what else the machine does meets all of them. Medians go to `results.json` after each round, where those
of other ways and numbers of sessions stay, so that it can be run in parts; from there into
docs/benchmarks.md, as tables and a plot. What is to be compared belongs in one part.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from generate import generate  # noqa: E402
from measure import Measured, measured  # noqa: E402
from peers import TYPST, Peer, learners, peers  # noqa: E402
from report import write  # noqa: E402

RESULTS = HERE / "results.json"
Runs = dict[str, list[Measured]]
Way = Callable[[Path], Measured]


class Course:
    """A generated course, and what is built of it, in a folder that goes."""

    def __init__(self, folder: Path, sessions: int) -> None:
        """Make the course."""
        self.folder, self.sessions = folder, sessions
        self.source, self.built = folder / "course", folder / "built"
        generate(self.source, sessions)
        self.edits = 0

    def build(self, output: Path, *words: str, course: Path | None = None) -> Measured:
        """Return what a build takes."""
        program = [
            sys.executable,
            str(HERE.parent / "build.py"),
            "--course",
            str(course or self.source),
        ]
        return measured([*program, *words, "--output", str(output)])

    def full(self, product: str, jobs: int) -> Measured:
        """Return what a build into an empty folder takes."""
        output = self.built if product == "all" else self.folder / "new"
        shutil.rmtree(output, ignore_errors=True)
        return self.build(output, product, "--jobs", str(jobs))

    def nothing(self) -> Measured:
        """Return what a build takes that has nothing to do."""
        self.build(self.built, "all")  # it may be the first, and the last one's edit is undone
        self.build(self.built, "all")  # files just made are looked at once more
        return self.build(self.built, "all")

    def edited(self) -> Measured:
        """Return what building all products takes when one session was edited."""
        self.nothing()
        self.edits += 1
        path = sorted(self.source.glob("*.md"))[self.sessions // 2]
        text = path.read_text("utf-8")
        path.write_text(
            text.replace("\n## Key", f"\nEdited {self.edits} times.\n\n## Key", 1), "utf-8"
        )
        try:
            return self.build(self.built, "all")
        finally:
            path.write_text(text, "utf-8")

    def single(self) -> Measured:
        """Return what building all products of that session takes, into an empty folder."""
        output = self.folder / "one"
        shutil.rmtree(output, ignore_errors=True)
        path = sorted(self.source.glob("*.md"))[self.sessions // 2]
        return self.build(output, "all", path.name)

    def peer(self, peer: Peer) -> Measured:
        """Return what another way takes."""
        folder = self.folder / "peer"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        learners(self.source, folder)
        os.environ["TYPST"] = TYPST
        return measured(["sh", "-c", peer.command], folder)


def clicked() -> Measured:
    """Return what a Python takes that imports click and ends."""
    return measured([sys.executable, "-c", "import click"])


def ways(course: Course, only: list[str]) -> dict[str, Callable[[], Measured]]:
    """Return what is measured of a course, by name: ways whose names hold one of `only`, or all."""
    found = {
        "all, 2 workers": lambda: course.full("all", 2),
        "import click": clicked,
        "nothing to do, all": course.nothing,
        "one session edited, all": course.edited,
        "that session alone, all": course.single,
        "handouts, 1 worker": lambda: course.full("handouts", 1),
        "handouts, 2 workers": lambda: course.full("handouts", 2),
        "slides, 2 workers": lambda: course.full("slides", 2),
    }
    for peer in peers():
        if peer.command:
            found[peer.name] = partial(course.peer, peer)
        else:
            print(f"{peer.name}: left out, {peer.note}", file=sys.stderr)
    return {way: run for way, run in found.items() if not only or any(o in way for o in only)}


def bench(sessions: int, rounds: int, only: list[str]) -> Iterator[dict[str, list[float]]]:
    """Yield after each round the medians of each way: seconds, processor seconds, MB of parent, of a child."""
    runs: Runs = {}
    with tempfile.TemporaryDirectory() as name:
        course = Course(Path(name), sessions)
        chosen = ways(course, only)
        for turn in range(rounds):
            for way, run in chosen.items():
                runs.setdefault(way, []).append(run())
                print(f"{sessions} sessions, round {turn + 1}: {way} {runs[way][-1].seconds:.2f} s",
                      file=sys.stderr, flush=True)  # fmt: skip
            yield {way: [round(statistics.median(column), 3) for column in zip(*found, strict=True)]
                   for way, found in runs.items()}  # fmt: skip


def machine() -> str:
    """Return what the figures were taken on."""
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def versions() -> str:
    """Return the versions of the other ways' programs."""
    from peers import pandoc

    said = []
    for words in (
        [pandoc(), "--version"],
        ["chromium", "--version"],
        [os.environ.get("MARP", "marp"), "--version"],
    ):
        try:
            done = subprocess.run(words, capture_output=True, text=True, check=True)
            said.append(done.stdout.split("\n")[0].split(" built")[0].strip())
        except (OSError, subprocess.CalledProcessError):
            continue
    return ", ".join(said)


def main() -> None:
    """Measure what the command line asks for, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 10, 40])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=[], metavar="WORDS",
                        help="ways whose names hold one of these words")  # fmt: skip
    given = parser.parse_args()
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {"runs": {}}
    for sessions in given.sessions:
        for found in bench(sessions, given.rounds, given.only):
            results["runs"][str(sessions)] = results["runs"].get(str(sessions), {}) | found
            results |= {"machine": machine(), "versions": versions()}
            RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", "utf-8")
            write(results)


if __name__ == "__main__":
    main()
