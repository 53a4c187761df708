"""What others make of the same sessions: a command for each way, over all files, two at a time.

Each gets a session as its learners see it: the facilitator's blocks are left out, so that none does
more work than the handout. A file is a process of its own, as their documentation shows them.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(sys.executable).parent
HIDDEN = re.compile(r"^( *):::+ *(?:facilitator|answer|debrief)[^\n]*\n.*?^\1:::+ *\n", re.M | re.S)
TWO = "find . -maxdepth 1 -name '*.md' -print0 | sort -z | xargs -0 -P 2 -I FILE sh -c '{}'"
TYPST = 'import sys, typst; typst.compile(sys.argv[1], output=sys.argv[1][:-4] + ".pdf")'


class Peer(NamedTuple):
    """A way to make files: its name, its versions or what is missing, the shell's command or ""."""

    name: str
    note: str
    command: str
    makes: str = "handouts"


def learners(source: Path, folder: Path) -> None:
    """Write a course's sessions as their learners see them, pictures beside; Marp cuts at headings."""
    shutil.copytree(source / "images", folder / "images")
    for path in sorted(source.glob("*.md")):
        text = HIDDEN.sub("", path.read_text("utf-8"))
        text = text.replace("---\n", "---\nheadingDivider: 2\n", 1)
        (folder / path.name).write_text(text, "utf-8")


def pandoc() -> str:
    """Return the pandoc to use: PANDOC, that of the environment's pypandoc, or the system's."""
    if named := os.environ.get("PANDOC"):
        return named
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return shutil.which("pandoc") or ""


def peers() -> Iterator[Peer]:
    """Yield the ways there are, and those that lack something, without a command."""
    program, chromium = pandoc(), shutil.which("chromium") or shutil.which("google-chrome") or ""
    yield _peer("pandoc + WeasyPrint", {"pandoc": program},
                f"{program} FILE -o FILE.pdf --pdf-engine={HERE / 'weasyprint'} -M lang=en")  # fmt: skip
    browser = (f"{program} FILE -s -o FILE.html -M lang=en && {chromium} --headless --no-sandbox "
               f"--disable-gpu --user-data-dir=$(mktemp -d) --print-to-pdf=FILE.pdf FILE.html")  # fmt: skip
    yield _peer("pandoc + Chromium", {"pandoc": program, "chromium": chromium}, browser)
    typst = f'{program} FILE -s -t typst -o FILE.typ && {sys.executable} -c "$TYPST" FILE.typ'
    yield _peer("pandoc + Typst", {"pandoc": program, "typst": _module("typst")}, typst)
    marp = os.environ.get("MARP") or shutil.which("marp") or ""
    yield _peer("Marp", {"marp": marp, "chromium": chromium},
                f"{marp} --pptx --allow-local-files FILE -o FILE.pptx", "slides")  # fmt: skip
    yield _peer("pandoc, decks", {"pandoc": program}, f"{program} FILE -o FILE.pptx", "slides")


def _peer(name: str, needs: dict[str, str], command: str, makes: str = "handouts") -> Peer:
    missing = [need for need, found in needs.items() if not found]
    if missing:
        return Peer(name, f"{', '.join(missing)} missing", "", makes)
    return Peer(name, "", TWO.format(command), makes)


def _module(name: str) -> str:
    from importlib.util import find_spec

    return name if find_spec(name) else ""
