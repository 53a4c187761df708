"""What the machine has and lacks, each with the command that mends it. Standard library only."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

MANAGERS = {
    "apt-get": "apt-get install -y --no-install-recommends {}",
    "dnf": "dnf install -y {}",
    "apk": "apk add {}",
    "pacman": "pacman -S --noconfirm {}",
    "brew": "brew install {}",
}
PACKAGES = {
    "pango": {"apt-get": "libpango-1.0-0 libpangoft2-1.0-0", "dnf": "pango", "apk": "pango",
              "pacman": "pango", "brew": "pango"},
    "subset": {"apt-get": "libharfbuzz-subset0", "dnf": "harfbuzz", "apk": "harfbuzz",
               "pacman": "harfbuzz", "brew": "harfbuzz"},
    "poppler": {"apt-get": "poppler-utils", "dnf": "poppler-utils", "apk": "poppler-utils",
                "pacman": "poppler", "brew": "poppler"},
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One thing that is there or not, with the command that mends it; some are optional."""

    name: str
    present: bool
    detail: str = ""
    mend: str = ""
    optional: bool = False


def manager() -> str:
    """Return this machine's package manager, or ""."""
    return next((m for m in MANAGERS if shutil.which(m)), "")


def mend(thing: str) -> str:
    """Return the command that installs a thing here."""
    found = manager()
    if not found:
        return f"install {PACKAGES[thing]['dnf']} (MSYS2: pacman -S mingw-w64-x86_64-{PACKAGES[thing]['pacman']})"
    return MANAGERS[found].format(PACKAGES[thing][found])


def _library(*names: str) -> bool:
    for name in names:
        for candidate in (name, ctypes.util.find_library(name)):
            try:
                if candidate:
                    ctypes.CDLL(candidate)
                    return True
            except OSError:
                continue
    return False


def _fonts() -> bool:
    here = Path(__file__).resolve().parent
    return any((f / "layouts" / "fonts" / "fonts.conf").is_file() for f in (here, here.parent))


def examine() -> tuple[Fact, ...]:
    """Return what this machine has, what is needed first."""
    version = ".".join(map(str, sys.version_info[:3]))
    libraries = ("click", "markdown_it", "jinja2", "weasyprint", "msgspec", "yaml", "nh3")
    missing = [name for name in libraries if importlib.util.find_spec(name) is None]
    pango = _library("libpango-1.0.so.0", "pango-1.0") and _library(
        "libpangoft2-1.0.so.0", "pangoft2-1.0"
    )
    return (
        Fact("Python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer"),
        Fact("Python libraries", not missing, ", ".join(missing), "make handouts"),
        Fact("Pango", pango, "", mend("pango")),
        Fact(
            "HarfBuzz subsetter",
            _library("libharfbuzz-subset.so.0", "harfbuzz-subset"),
            "",
            mend("subset"),
            True,
        ),
        Fact("shipped fonts", _fonts(), "", "take a whole checkout: layouts/fonts is missing"),
        Fact(
            "pdftoppm",
            shutil.which("pdftoppm") is not None,
            "tests of pages",
            mend("poppler"),
            True,
        ),
    )


def text(facts: tuple[Fact, ...]) -> str:
    """Return facts as lines: the state, the name, the detail, and the mend where one is needed."""
    lines = []
    for fact in facts:
        state = "ok     " if fact.present else "missing"
        detail = f" ({fact.detail})" if fact.detail else ""
        behind = (
            "" if fact.present else f"  ->  {fact.mend}" + ("  (optional)" if fact.optional else "")
        )
        lines.append(f"{state}  {fact.name}{detail}{behind}")
    return "\n".join(lines)
