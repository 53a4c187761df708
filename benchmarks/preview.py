"""How long the preview takes from a save to what is seen of it, and what memory it holds.

    .venv/bin/python benchmarks/preview.py [--saves 30] [--sessions 3] [--pause 2]

A copy of `content/` (with `--sessions`, more copies of session 07) is served by a process of its own. Each
save changes a paragraph of session 07; this program listens as the page does, and notes when the findings are
new, when the picture of the page or slide that is looked at is there, and when all is up to date. After each save
of the handout, pandoc with WeasyPrint, and with Typst in a warm process, make a PDF of the same file, as their users do on
every save, and Marp's watch (`marp` on the path, or MARP) writes its slides as a web page.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from peers import pandoc  # noqa: E402

PROJECT = Path(__file__).resolve().parent.parent
NAME = "07-working-with-ai-teams.md"
WORDS = "Work alone for three minutes"
"""What is changed: on page 2 of the handout, and on a slide."""
SEEN = {"handout": "page 2 of the handout", "plain-slides": "a slide"}
Peer = Callable[[Path, Path], None]
"""Makes a PDF of a file in a folder."""
LONGEST = 120.0
"""Seconds that anything may take."""


def course(folder: Path, sessions: int) -> Path:
    """Return a copy of the sample course with so many sessions."""
    made = folder / "course"
    shutil.copytree(PROJECT / "content", made)
    text = (made / NAME).read_text("utf-8")
    for number in range(9, sessions + 6):
        own = text.replace("number: 7", f"number: {number}", 1)
        own = own.replace("title: Working with AI Teams", f"title: Teams {number}", 1)
        (made / f"{number:03d}-teams.md").write_text(own, "utf-8")
    return made


class Served:
    """A preview in a process of its own, asked as its page asks it."""

    def __init__(self, folder: Path, cache: Path) -> None:
        """Start it, and note the seconds until its page answers."""
        command = [
            sys.executable,
            str(PROJECT / "build.py"),
            "--course",
            str(folder),
            "serve",
            NAME,
        ]
        here = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONUNBUFFERED": "1"}
        begun = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=here)
        line = self.process.stdout.readline() if self.process.stdout else ""
        found = re.search(r"http://[^/]+", line)
        if found is None:
            raise SystemExit(f"the preview says: {line}")
        self.base = found[0]
        rows = json.loads(self.get("/course"))["sessions"]
        self.started = time.perf_counter() - begun
        self.key = next(row["key"] for row in rows if row["file"] == NAME)
        self.events: queue.Queue[tuple[float, str, dict[str, str]]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def get(self, path: str) -> bytes:
        """Return what an address holds."""
        with urllib.request.urlopen(self.base + path, timeout=LONGEST) as answer:
            return bytes(answer.read())

    def view(self, product: str) -> Any:
        """Return a product as it is on show."""
        return json.loads(self.get(f"/view/{self.key}/{product}"))

    def look(self, product: str, page: int) -> None:
        """Look at a page of a product."""
        body = json.dumps({"session": self.key, "product": product, "page": page}).encode()
        headers = {"Origin": self.base, "Content-Type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(self.base + "/look", body, headers)).read()

    def memory(self) -> float:
        """Return the megabytes that it holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def processor(self) -> float:
        """Return the processor's seconds that it has taken."""
        fields = (
            Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)

    def _listen(self) -> None:
        name = ""
        try:
            with urllib.request.urlopen(self.base + "/events") as stream:
                for raw in stream:
                    line = raw.decode().strip()
                    if line.startswith("event:"):
                        name = line[7:]
                    elif line.startswith("data:"):
                        self.events.put((time.perf_counter(), name, json.loads(line[6:])))
        except OSError:
            return


@contextmanager
def served(folder: Path, cache: Path) -> Iterator[Served]:
    """Serve a course meanwhile."""
    made = Served(folder, cache)
    try:
        yield made
    finally:
        made.stop()


def settled(one: Served, product: str) -> int:
    """Return the page that holds the words, when the product is up to date."""
    ends = time.perf_counter() + LONGEST
    while time.perf_counter() < ends:
        view = one.view(product)
        pages = [
            n for n, s in enumerate(view["sheets"]) if any("Work alone" in p[4] for p in s["spots"])
        ]
        if view["state"] == "fresh" and pages:
            return pages[0]
        time.sleep(0.2)
    raise SystemExit(f"{product} is not up to date: {one.view(product)['state']}")


def save(one: Served, file: Path, product: str, page: int, text: str) -> tuple[float, ...]:
    """Return the seconds from a save to the findings, to the picture, and until all is up to date.

    Then those of the processor to the findings and to the picture.
    """
    before = one.view(product)["sheets"][page]["key"]
    while not one.events.empty():
        one.events.get()
    begun, spent = time.perf_counter(), one.processor()
    file.write_text(text, "utf-8")
    found = seen = own = mine = 0.0
    while True:
        at, name, about = one.events.get(timeout=LONGEST)
        if name == "findings" and about["session"] == one.key and not found:
            found, own = at - begun, one.processor() - spent
        if name != "view" or about["product"] != product:
            continue
        view = one.view(product)
        key = view["sheets"][page]["key"]
        if key != before and not seen:
            one.get(f"/picture/{key}-page.png")
            seen, mine = time.perf_counter() - begun, one.processor() - spent
        if seen and view["state"] == "fresh":
            return found, seen, time.perf_counter() - begun, own, mine


def by_weasyprint(file: Path, folder: Path) -> None:
    """Make a PDF of a file as users of pandoc and WeasyPrint do: by two programs."""
    html = folder / "peer.html"
    subprocess.run([pandoc(), "-s", "-o", html, file], check=True, capture_output=True)
    write = [sys.executable, "-m", "weasyprint", "-q", str(html), str(folder / "peer.pdf")]
    subprocess.run(write, check=True, capture_output=True)


class Typst:
    """Makes PDFs as `typst watch` does: pandoc writes its language, one warm process compiles it."""

    def __init__(self) -> None:
        """Hold no compiler yet: it wants a file."""
        self.compiler: Any = None

    def __call__(self, file: Path, folder: Path) -> None:
        """Make a PDF of a file."""
        import typst

        source = file.with_suffix(".typ")
        subprocess.run([pandoc(), "-s", "-o", source, file], check=True, capture_output=True)
        self.compiler = self.compiler or typst.Compiler(str(source))
        self.compiler.compile(str(source), output=str(folder / "typst.pdf"))


class Marp:
    """Writes slides as `marp --watch` does: one warm process, from a save until the file is new."""

    def __init__(self, program: str) -> None:
        """Take the program; it is started when there is a file."""
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None

    def __call__(self, file: Path, folder: Path) -> None:
        """Save a copy of a file, and wait until its slides are written."""
        own, made = folder / "marp.md", folder / "marp.html"
        before = made.stat().st_mtime_ns if made.exists() else 0
        shutil.copyfile(file, own)
        if self.process is None:
            command = [self.program, "--watch", str(own), "--output", str(made)]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        ends = time.perf_counter() + LONGEST
        while not made.exists() or made.stat().st_mtime_ns == before:
            if time.perf_counter() > ends:
                raise SystemExit("marp writes nothing")
            time.sleep(0.005)

    def stop(self) -> None:
        """End the watch."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)


def peers_there() -> dict[str, Peer]:
    """Return the programs to measure beside, by what a line calls them; those that are missing are told."""
    if not pandoc():
        print("pandoc and what it needs: missing")
        return {}
    found: dict[str, Peer] = {"pandoc and WeasyPrint": by_weasyprint}
    if find_spec("typst"):
        found["pandoc and a warm Typst"] = Typst()
    if marp := shutil.which(os.environ.get("MARP", "marp")):
        found["Marp's watch"] = Marp(marp)
    there = {"typst": find_spec("typst"), "marp": marp, "quarto": shutil.which("quarto")}
    lacking = [name for name, it in there.items() if not it]
    print(f"not on this machine: {', '.join(lacking) or 'none'}")
    return found


def seconds_of(make: Peer, file: Path, folder: Path) -> float:
    """Return the seconds that a peer takes for a PDF of a file."""
    begun = time.perf_counter()
    make(file, folder)
    return time.perf_counter() - begun


def told(name: str, seconds: list[float]) -> str:
    """Return a line on how long something took."""
    ordered = sorted(seconds)
    worst = ordered[min(len(ordered) - 1, int(0.9 * len(ordered)))]
    return f"{name:34} p50 {statistics.median(ordered):5.2f} s   p90 {worst:5.2f} s   best {ordered[0]:5.2f} s"


def main() -> None:
    """Measure, and print a line each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--saves", type=int, default=30)
    options.add_argument("--sessions", type=int, default=3)
    options.add_argument("--pause", type=float, default=2.0, help="seconds between two saves")
    options.add_argument("--alone", action="store_true", help="no other program beside it")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base)
        made = course(folder, given.sessions)
        file, text = made / NAME, (made / NAME).read_text("utf-8")
        others: dict[str, Peer] = {} if given.alone else peers_there()
        with ExitStack() as ending, served(made, folder / "cache") as one:
            for peer in others.values():
                if isinstance(peer, Marp):
                    ending.callback(peer.stop)
            print(f"{given.sessions} sessions: the page answers after {one.started:.2f} s")
            for product, what in SEEN.items():
                one.look(product, 0)
                page = settled(one, product)
                one.look(product, page)
                rows = []
                beside: dict[str, list[float]] = {}
                for number in range(given.saves):
                    changed = text.replace(WORDS, f"{WORDS}, try {number} of {what}", 1)
                    rows.append(save(one, file, product, page, changed))
                    for name, make in others.items() if product == "handout" else ():
                        beside.setdefault(name, []).append(seconds_of(make, file, folder))
                    time.sleep(given.pause)
                found, seen, whole, own, mine = map(list, zip(*rows, strict=True))
                print(told("findings", found))
                print(told(what, seen))
                print(told("all of it", whole))
                print(told("the processor to the findings", own))
                print(told(f"the processor to {what}", mine))
                for name, seconds in beside.items():
                    print(told(name, seconds))
                print(f"memory {one.memory():.0f} MB after {given.saves} saves; load {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
