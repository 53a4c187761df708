"""`slides` beside Pandoc and Marp on one session, in one run.

    .venv/bin/python benchmarks/slides.py [SESSION.md]

A process of ours finds its own modules compiled, as it does on every run but the first.
Pandoc and Marp get the session as their users would write it: the facilitator's blocks as notes,
each heading a slide. Marp is looked for as `marp` on the path or named by MARP; it needs Chromium.
"warm" is a deck made and checked in a process that has made one before.
Prints, for each: seconds of a whole process (first, the median, the processor's), slides, slides on
which text passes its box (LibreOffice's rendering; for Marp, Chromium's), slides without a title, the share of
the facilitator's words that are not in the notes, and whether slides are text or pictures.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))
RUNS = 5
FACILITATORS = re.compile(
    r"^:::+ *(?:facilitator|instructor|notes|answer|debrief)[^\n]*\n(.*?)^:::+ *$", re.M | re.S
)
MEASURE = """<script>addEventListener("load", () => { document.title = "OVER" +
[...document.querySelectorAll("section")].map(s => s.scrollHeight > s.clientHeight + 2 ? 1 : 0).join("")
})</script>"""


class Row(NamedTuple):
    """What one program made of the session."""

    name: str
    first: float
    median: float
    processor: float
    slides: int
    over: int
    untitled: int
    lost: str
    text: str


def ours(source: Path, folder: Path, *options: str) -> Callable[[], Path]:
    """Return the run of this program: a deck, and for its notes the pages of its handout."""

    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def run() -> Path:
        subprocess.run([sys.executable, str(PROJECT / "build.py"), "--course", str(source), "slides",
                        "--output", str(folder), "-q", "--force", *options], check=True,
                       capture_output=True, env=environment)  # fmt: skip
        made = next(
            p for p in (folder / "slides").glob("*.pptx") if ("no-notes" in p.name) == bool(options)
        )
        shutil.copy(made, folder / "ours.pptx")
        return folder / "ours.pptx"

    return run


def warm(source: Path, folder: Path) -> Callable[[], Path]:
    """Return the making of a deck and the checks on it, in this process, all loaded."""
    from courseware.build.run.work import Work, perform
    from courseware.course.loading import load
    from courseware.pptx.write.check import fault
    from courseware.products.table import PRODUCTS, titles

    loaded = load(source)
    product = PRODUCTS["slides"]
    work = Work(
        product, loaded.course, titles(product.audience, loaded.course), "a4", str(loaded.root)
    )

    def run() -> Path:
        data = perform(work).made.data
        assert fault(data) == ""
        made = folder / "warm.pptx"
        made.write_bytes(data)
        return made

    return run


def beside(source: Path, folder: Path) -> Path:
    """Return a copy of a session's folder, where its pictures are found."""
    copy = folder / "peers"
    if not copy.exists():
        shutil.copytree(source.parent, copy)
    return copy


def body(source: Path) -> str:
    """Return a session's text without its front matter."""
    return re.sub(r"\A---\n.*?\n---\n", "", source.read_text("utf-8"), flags=re.DOTALL)


def pandoc(source: Path, folder: Path) -> Callable[[], Path]:
    """Return the run of Pandoc, the facilitator's blocks as its notes."""
    given = beside(source, folder) / "pandoc.md"
    given.write_text(FACILITATORS.sub(r"::: notes\n\1\n:::\n", body(source)), "utf-8")

    def run() -> Path:
        made = folder / "pandoc.pptx"
        subprocess.run(["pandoc", str(given), "-o", str(made)], check=True, capture_output=True,
                       cwd=given.parent)  # fmt: skip
        return made

    return run


def marp(source: Path, folder: Path, program: str) -> Callable[[], Path]:
    """Return the run of Marp, a slide a heading, the facilitator's blocks as its notes."""
    given = beside(source, folder) / "marp.md"
    noted = FACILITATORS.sub(r"<!--\n\1\n-->\n", body(source))
    given.write_text(f"---\nmarp: true\nheadingDivider: 3\n---\n\n{noted}", "utf-8")

    def run() -> Path:
        made = folder / "marp.pptx"
        subprocess.run([program, str(given), "--pptx", "-o", str(made), "--allow-local-files"],
                       check=True, capture_output=True, stdin=subprocess.DEVNULL, env=_chrome())  # fmt: skip
        return made

    return run


def _chrome() -> dict[str, str]:
    return {**os.environ, "CHROME_PATH": shutil.which("chromium") or "", "CHROME_NO_SANDBOX": "1"}


def marp_over(folder: Path, program: str) -> int:
    """Return on how many of Marp's slides Chromium finds more than fits."""
    page = folder / "peers" / "marp.html"
    subprocess.run([program, str(page.with_suffix(".md")), "--html", "-o", str(page)], check=True,
                   capture_output=True, stdin=subprocess.DEVNULL, env=_chrome())  # fmt: skip
    page.write_text(page.read_text("utf-8").replace("</body>", MEASURE + "</body>"), "utf-8")
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000",
         "--dump-dom", page.as_uri()], capture_output=True, text=True,
    )  # fmt: skip
    found = re.search(r"<title>OVER(\d*)</title>", done.stdout)
    return found[1].count("1") if found else -1


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return re.findall(r"\w+", unescape(text).lower())


def facilitators(source: Path) -> list[str]:
    """Return the words of the facilitator's blocks."""
    found = " ".join(m[1] for m in FACILITATORS.finditer(body(source)))
    return words(re.sub(r"^:::.*$|[*_`]|\]\([^)]*\)", " ", found, flags=re.MULTILINE))


def looked_at(
    name: str, taken: tuple[list[float], float], deck: Path, source: Path, over: int | None
) -> Row:
    """Return the row of a deck, opened again; `taken` is the seconds of its runs and the processor's."""
    times, processor = taken
    from pptx import Presentation

    from tests.rendered import available, overflows

    shown = Presentation(str(deck))
    slides: list[Any] = list(shown.slides)
    if over is None:
        over = len({found.slide for found in overflows(deck)}) if available() else -1
    untitled = sum(not (s.shapes.title and s.shapes.title.text_frame.text.strip()) for s in slides)
    noted = words(
        " ".join(s.notes_slide.notes_text_frame.text for s in slides if s.has_notes_slide)
    )
    mine = facilitators(source)
    lost = sum(word not in set(noted) for word in mine)
    text = sum(any(x.has_text_frame and x.text_frame.text.strip() for x in s.shapes) or
               any(getattr(x, "has_table", False) for x in s.shapes) for s in slides)  # fmt: skip
    return Row(name, times[0], statistics.median(times[1:]), processor, len(slides), over, untitled,
               f"{lost / len(mine):.0%}" if mine else "none given",
               "text" if text == len(slides) else f"{len(slides) - text} pictures")  # fmt: skip


def worked() -> float:
    """Return the processor's seconds of this process and of those that it has waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def timed(run: Callable[[], Path]) -> tuple[list[float], float, Path]:
    """Return the seconds of each run, the processor's for one, and what the last made."""
    times, made = [], Path()
    before = worked()
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        made = run()
        times.append(time.perf_counter() - start)
    return times, (worked() - before) / (RUNS + 1), made


def main() -> None:
    """Compare what is there."""
    default = PROJECT / "content" / "07-working-with-ai-teams.md"
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    program = os.environ.get("MARP") or shutil.which("marp")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs: list[tuple[str, Callable[[], Path]]] = [
            ("courseware", ours(source, folder)),
            ("… no notes", ours(source, folder, "--no-notes")),
            ("… warm", warm(source, folder)),
        ]
        if shutil.which("pandoc"):
            runs.append(("pandoc", pandoc(source, folder)))
        if program and shutil.which("chromium"):
            runs.append(("marp", marp(source, folder, program)))
        for label, run in runs:
            times, processor, made = timed(run)
            over = marp_over(folder, str(program)) if label == "marp" else None
            rows.append(looked_at(label, (times, processor), made, source, over))
    print(
        f"{source.name}: seconds (first, median of {RUNS}, of processor), slides, over, untitled, notes lost, made of"
    )
    for row in rows:
        print(f"{row.name:12}{row.first:6.2f}{row.median:6.2f}{row.processor:6.2f}{row.slides:6}{row.over:6}{row.untitled:6}"
              f"{row.lost:>12}  {row.text}")  # fmt: skip


if __name__ == "__main__":
    main()
