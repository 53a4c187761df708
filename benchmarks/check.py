"""`check` over forty copies of a session beside bare markdown-it-py rendering them, in one run.

    .venv/bin/python benchmarks/check.py [SESSION.md]

Prints the medians of whole processes, interleaved, and their ratio. The bound is 4.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
COPIES, RUNS = 40, 7
BARE = """
import pathlib, sys
from markdown_it import MarkdownIt
md = MarkdownIt()
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.md")):
    md.render(path.read_text("utf-8"))
"""


def seconds(words: list[str]) -> float:
    """Return how long a process takes."""
    start = time.perf_counter()
    subprocess.run(words, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    sample = PROJECT / "content" / "07-working-with-ai-teams.md"
    text = Path(sys.argv[1] if len(sys.argv) > 1 else sample).read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, COPIES + 1):
            (Path(folder) / f"{number:02d}.md").write_text(text, "utf-8")
        bare, checked = [], []
        for _ in range(RUNS):
            bare.append(seconds([sys.executable, "-c", BARE, folder]))
            build = [sys.executable, str(PROJECT / "build.py"), "--course", folder, "check"]
            checked.append(seconds(build))
    one, other = statistics.median(bare), statistics.median(checked)
    print(f"markdown-it-py {one:.2f} s, check {other:.2f} s, ratio {other / one:.2f}")


if __name__ == "__main__":
    main()
