"""`handouts` beside pandoc with WeasyPrint, Chromium and Typst on one session, in one run.

    .venv/bin/python benchmarks/handout.py [SESSION.md]

Each row is whole processes, one after the other in turn: the first, then the median. This program
numbers and tags pages, embeds its fonts, checks them and publishes; the peers print pandoc's HTML, or
Typst's own look. A peer that is not installed is left out. Then one process makes forty handouts:
milliseconds a page, from the second on. Bounds: 1.0 of pandoc with Chromium; 90 ms a page.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))
RUNS, DOCUMENTS = 7, 40
CHROMIUM = next(
    (p for p in ("chromium", "chromium-browser", "google-chrome") if shutil.which(p)), ""
)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-sync", "--disable-background-networking", "--disable-component-update"]  # fmt: skip
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def run(*words: str | Path) -> None:
    """Run a program; stop with what it said where it fails."""
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{words[0]}: {done.stderr[-500:]}")


def ours(session: Path, folder: Path) -> None:
    """Build the handout into an empty folder."""
    output = folder / "ours"
    shutil.rmtree(output, ignore_errors=True)
    run(sys.executable, PROJECT / "build.py", "--course", session, "handouts", "--output", output)


def with_weasyprint(session: Path, folder: Path) -> None:
    """Make a PDF with pandoc and WeasyPrint's command."""
    engine = Path(sys.executable).parent / "weasyprint"
    run("pandoc", session, f"--pdf-engine={engine}", "-o", folder / "weasyprint.pdf")


def with_chromium(session: Path, folder: Path) -> None:
    """Make a PDF with pandoc and Chromium."""
    page = folder / "page.html"
    run("pandoc", "-s", session, "--metadata", "title=x", "-o", page)
    run(CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={folder / 'chromium.pdf'}", page)  # fmt: skip


def with_typst(session: Path, folder: Path) -> None:
    """Make a PDF with pandoc and Typst, the program or else the Python package."""
    if shutil.which("typst"):
        run("pandoc", session, "--pdf-engine=typst", "-o", folder / "typst.pdf")
        return
    page = folder / "page.typ"
    run("pandoc", "-s", session, "-o", page)
    run(sys.executable, "-c", TYPST, page, folder / "typst.pdf")


def programs() -> dict[str, Callable[[Path, Path], None]]:
    """Return what can be measured on this machine."""
    found: dict[str, Callable[[Path, Path], None]] = {"courseware": ours}
    if not shutil.which("pandoc"):
        return found
    found["pandoc + WeasyPrint"] = with_weasyprint
    if CHROMIUM:
        found["pandoc + Chromium"] = with_chromium
    if shutil.which("typst") or importlib.util.find_spec("typst"):
        found["pandoc + Typst"] = with_typst
    return found


def cold(session: Path) -> None:
    """Print the first and the median seconds of each program's whole process."""
    times: dict[str, list[float]] = {name: [] for name in programs()}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(RUNS + 1):
            for name, make in programs().items():
                start = time.perf_counter()
                make(session, Path(folder))
                times[name].append(time.perf_counter() - start)
    mine = statistics.median(times["courseware"][1:])
    for name, taken in times.items():
        median = statistics.median(taken[1:])
        print(
            f"{name:20}  first {taken[0]:.2f} s  median {median:.2f} s  ratio {mine / median:.2f}"
        )


def warm(session: Path) -> None:
    """Print milliseconds a page of forty handouts in one process."""
    from courseware.course import load
    from courseware.products.table import PRODUCTS, page
    from courseware.writing.pages import written

    loaded = load(session)
    found = page(PRODUCTS["handout"], loaded.course, loaded.course.sessions[0].path)
    assert found is not None
    taken, pages = [], 0
    for _ in range(DOCUMENTS):
        start = time.perf_counter()
        pages = written(found, loaded.root, "a4").pages
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{DOCUMENTS} handouts of {pages} pages: {statistics.median(taken[1:]) / pages:.0f} ms a page, "
          f"the first {taken[0] / pages:.0f}")  # fmt: skip


def main() -> None:
    """Measure and print."""
    sample = PROJECT / "content" / "07-working-with-ai-teams.md"
    session = Path(sys.argv[1] if len(sys.argv) > 1 else sample).resolve()
    os.chdir(session.parent)
    cold(session)
    warm(session)


if __name__ == "__main__":
    main()
