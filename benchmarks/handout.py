"""`handouts` beside pandoc with WeasyPrint, Chromium and Typst on one session, in one run.

    .venv/bin/python benchmarks/handout.py [SESSION.md]

Each row is whole processes, one after the other in turn: seconds of the first and the median ones by
the clock, then the least seconds of processors. This program numbers and tags pages, embeds its fonts,
checks them and publishes; the peers print pandoc's HTML, or Typst's own look. A peer that is not
installed is left out. A handout says on which page of the worksheet an exercise is, so that the
worksheet is laid out before it; the row "handout alone" leaves that out: the same command, in which the
handout cites nothing. Then one process makes forty handouts: milliseconds of processor a page, from the
second on. Bounds: the handout alone, 1.3 of pandoc with Chromium; 90 ms a page.

Python keeps what it has compiled of our modules, as it does unless it is told otherwise, and as installers do.
"""

from __future__ import annotations

import importlib.util
import os
import resource
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
ALONE = f"""
import sys
sys.path.insert(0, {str(PROJECT)!r})
import build
import courseware.cli.builds as command
warm = command._warm

def without(*given):
    warmed = warm(*given)  # the worker that loads libraries is under way
    from msgspec.structs import replace
    from courseware.products.table import PRODUCTS
    PRODUCTS["handout"] = replace(PRODUCTS["handout"], cites=())
    return warmed

command._warm = without
build.start()
"""
"""`build.py` but that the handout cites no product."""


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


def alone(session: Path, folder: Path) -> None:
    """Build the handout into an empty folder, no worksheet laid out for its pages."""
    output = folder / "alone"
    shutil.rmtree(output, ignore_errors=True)
    run(sys.executable, folder / "alone.py", "--course", session, "handouts", "--output", output)


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


def able(session: Path, folder: Path) -> dict[str, Callable[[Path, Path], None]]:
    """Return what can be measured: a peer that cannot make this session is named, and left out."""
    found = programs()
    for name, make in list(found.items())[2:]:
        try:
            make(session, folder)
        except SystemExit as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
            del found[name]
    return found


def programs() -> dict[str, Callable[[Path, Path], None]]:
    """Return what is on this machine."""
    found: dict[str, Callable[[Path, Path], None]] = {"courseware": ours, "handout alone": alone}
    if not shutil.which("pandoc"):
        return found
    found["pandoc + WeasyPrint"] = with_weasyprint
    if CHROMIUM:
        found["pandoc + Chromium"] = with_chromium
    if shutil.which("typst") or importlib.util.find_spec("typst"):
        found["pandoc + Typst"] = with_typst
    return found


def cold(session: Path) -> None:
    """Print the seconds of each program's whole process, and those of the handout alone beside them."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "alone.py").write_text(ALONE)
        measured = able(session, Path(folder))
        times: dict[str, list[float]] = {name: [] for name in measured}
        used: dict[str, list[float]] = {name: [] for name in measured}
        for _ in range(RUNS + 1):
            for name, make in measured.items():
                start, before = time.perf_counter(), processor()
                make(session, Path(folder))
                times[name].append(time.perf_counter() - start)
                used[name].append(processor() - before)
    clock = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    least = {name: min(taken[1:]) for name, taken in used.items()}
    print(f"{'':20}  first  median  handout alone  processor  handout alone")
    for name, taken in times.items():
        print(f"{name:20}  {taken[0]:5.2f}  {clock[name]:6.2f}  {clock['handout alone'] / clock[name]:13.2f}  "
              f"{least[name]:9.2f}  {least['handout alone'] / least[name]:13.2f}")  # fmt: skip


def processor() -> float:
    """Return the seconds of processors that all commands so far took, with what they started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def warm(session: Path) -> None:
    """Print milliseconds a page of forty handouts in one process."""
    from courseware.course.loading import load
    from courseware.pdf.pages import written
    from courseware.products.table import PRODUCTS, page

    loaded = load(session)
    found = page(PRODUCTS["handout"], loaded.course, loaded.course.sessions[0].path)
    assert found is not None
    taken, pages = [], 0
    for _ in range(DOCUMENTS):
        start = time.process_time()
        pages = written(found, loaded.root, "a4").pages
        taken.append((time.process_time() - start) * 1000)
    print(f"{DOCUMENTS} handouts of {pages} pages: {statistics.median(taken[1:]) / pages:.0f} ms a page, "
          f"the first {taken[0] / pages:.0f}")  # fmt: skip


def main() -> None:
    """Measure and print."""
    sample = PROJECT / "content" / "07-working-with-ai-teams.md"
    session = Path(sys.argv[1] if len(sys.argv) > 1 else sample).resolve()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.chdir(session.parent)
    cold(session)
    warm(session)


if __name__ == "__main__":
    main()
