"""What the machine has and lacks, each with the command that mends it.

`examine` gives the facts, `text` shows them, `mend` names the command for this machine's package
manager. Standard library only: `tools/setup.py` asks here before any library is installed.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from courseware import versions

# What installs packages, without asking; several commands run one after the other.
MANAGERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "apt-get": (
        ("apt-get", "update", "-qq"),
        ("apt-get", "install", "-y", "--no-install-recommends"),
    ),
    "dnf": (("dnf", "install", "-y"),),
    "apk": (("apk", "add"),),
    "msys2": (("pacman", "-S", "--needed", "--noconfirm"),),
    "pacman": (("pacman", "-S", "--needed", "--noconfirm"),),
    "brew": (("brew", "install"),),
}
MSYS2 = os.environ.get("MINGW_PACKAGE_PREFIX", "mingw-w64-ucrt-x86_64")

# The packages of a thing, by manager; "" where it is part of what the manager already gives.
PACKAGES: dict[str, dict[str, str]] = {
    "venv": {"apt-get": "python3-venv", "dnf": "python3", "apk": "python3",
             "msys2": f"{MSYS2}-python", "pacman": "python", "brew": "python"},
    "pango": {"apt-get": "libpango-1.0-0 libpangoft2-1.0-0", "dnf": "pango",
              "apk": "pango fontconfig", "msys2": f"{MSYS2}-pango", "pacman": "pango",
              "brew": "pango"},
    "subset": {"apt-get": "libharfbuzz-subset0", "dnf": "harfbuzz",
               "apk": "so:libharfbuzz-subset.so.0", "msys2": f"{MSYS2}-harfbuzz",
               "pacman": "harfbuzz", "brew": "harfbuzz"},
    "poppler": {"apt-get": "poppler-utils", "dnf": "poppler-utils", "apk": "poppler-utils",
                "msys2": f"{MSYS2}-poppler", "pacman": "poppler", "brew": "poppler"},
    "libreoffice": {"apt-get": "libreoffice-impress", "dnf": "libreoffice-impress",
                    "apk": "libreoffice", "msys2": "", "pacman": "libreoffice-fresh",
                    "brew": "--cask libreoffice"},
    "chromium": {"apt-get": "chromium", "dnf": "chromium", "apk": "chromium", "msys2": "",
                 "pacman": "chromium", "brew": "--cask chromium"},
}  # fmt: skip

LIBRARIES = {"pango": ("pango-1.0", "pangoft2-1.0"), "subset": ("harfbuzz-subset",)}
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class MachineFact:
    """One thing that is there or not, with the command that mends it; some are optional."""

    name: str
    present: bool
    detail: str = ""
    mend: str = ""
    optional: bool = False


def manager() -> str:
    """Return this machine's package manager, a key of MANAGERS, or ""."""
    if shutil.which("pacman") and os.environ.get("MSYSTEM"):
        return "msys2"
    return next((name for name in MANAGERS if shutil.which(name)), "")


def commands(things: tuple[str, ...], found: str) -> tuple[tuple[str, ...], ...]:
    """Return the commands, as arguments, that install things with a manager."""
    packages = tuple(p for thing in things for p in PACKAGES[thing][found].split())
    *before, install = MANAGERS[found]
    return (*before, (*install, *packages)) if packages else ()


def mend(*things: str) -> str:
    """Return the line that installs things on this machine, to be pasted into a shell."""
    found = manager()
    if not found:
        found = "brew" if sys.platform == "darwin" else "apt-get"
        found = "msys2" if sys.platform == "win32" else found
    root = not hasattr(os, "geteuid") or os.geteuid() == 0
    sudo = () if root or found in ("brew", "msys2") else ("sudo",)
    line = " && ".join(" ".join((*sudo, *command)) for command in commands(things, found))
    return line or f"install {', '.join(things)} from its makers' installer"


def has_library(stem: str) -> bool:
    """Tell whether the system's loader finds a shared library, as WeasyPrint would look for it."""
    names = [f"lib{stem}.so.0", f"lib{stem}.dylib", f"lib{stem}-0.dll"]
    if brew := shutil.which("brew"):
        names.append(str(Path(brew).parent.parent / "lib" / f"lib{stem}.dylib"))
    return any(map(_loads, names)) or _loads(ctypes.util.find_library(stem) or "")


def _loads(name: str) -> bool:
    try:
        return bool(name) and ctypes.CDLL(name) is not None
    except OSError:
        return False


def has(thing: str) -> bool:
    """Tell whether a thing that set-up needs ("venv", "pango", "subset") is there."""
    if thing == "venv":
        importlib.invalidate_caches()
        return importlib.util.find_spec("ensurepip") is not None
    return all(has_library(stem) for stem in LIBRARIES[thing])


def lacking() -> tuple[str, ...]:
    """Return what set-up needs of the system and this machine lacks."""
    return tuple(thing for thing in ("venv", "pango", "subset") if not has(thing))


def _fonts() -> MachineFact:
    places = [base / "layouts" / "fonts" for base in (HERE, HERE.parent)]
    count = max((len(list(place.glob("*.ttf"))) for place in places), default=0)
    mend_it = "take a whole checkout: layouts/fonts is missing"
    return MachineFact("shipped fonts", count > 0, f"{count} files", mend_it)


def requirements() -> tuple[str, ...]:
    """Return what the program needs, as pip takes it: as it was installed, else as its checkout says."""
    try:
        lines = metadata.requires("courseware") or []
    except metadata.PackageNotFoundError:
        if sys.version_info < (3, 11):  # noqa: UP036 (the doctor tells an older Python what it lacks)
            return ()
        import tomllib

        project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))
        lines = project["project"]["dependencies"]
    return tuple(line for line in lines if ";" not in line)  # what has a condition is an extra


def _environment() -> tuple[MachineFact, ...]:
    """Return the facts on libraries: those there are, and whether each is within its bounds."""
    found = {r: versions.installed().get(versions.plain(_name(r))) for r in requirements()}
    missing = [r for r, row in found.items() if row is None]
    other = {r: row[0] for r, row in found.items() if row and not versions.fits(r, row[0])}
    inside = sys.prefix != sys.base_prefix
    checkout = (HERE.parent / "Makefile").is_file()
    set_up = "make handouts" if checkout else versions.mend(missing)
    alone = "make handouts" if checkout else f"{shlex.quote(sys.executable)} -m venv .venv"
    lacks, others = ", ".join(map(_name, missing)), [f"{_name(r)} {v}" for r, v in other.items()]
    return (
        MachineFact("environment", inside, sys.prefix if inside else "", alone, not missing),
        MachineFact("Python libraries", not missing, lacks, set_up),
        MachineFact("versions of libraries", not other, ", ".join(others), versions.mend(other)),
    )


def _name(requirement: str) -> str:
    """Return the name of the library that a requirement is on."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


def _tool(name: str, thing: str, use: str, *programs: str) -> MachineFact:
    present = any(shutil.which(program) for program in programs)
    return MachineFact(name, present, use, mend(thing), optional=True)


def examine() -> tuple[MachineFact, ...]:
    """Return what this machine has, what is needed first, what is optional last."""
    version = ".".join(map(str, sys.version_info[:3]))
    slower = "spares time where fonts are large"
    return (
        MachineFact("Python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer"),
        *_environment(),
        MachineFact("Pango", has("pango"), "lays out text", mend("pango")),
        _fonts(),
        MachineFact("HarfBuzz subsetter", has("subset"), slower, mend("subset"), optional=True),
        _tool("pdftoppm", "poppler", "tests of pages", "pdftoppm"),
        _tool("LibreOffice", "libreoffice", "looks at decks", "soffice", "libreoffice"),
        _tool("Chromium", "chromium", "looks at pages", "chromium", "chromium-browser",
              "google-chrome"),
    )  # fmt: skip


class Extra(NamedTuple):
    """An extra of the program: its name, the module that tells that it is there, what it is for.

    `wanted` are the marks of a session that wants it: one in its text is enough; without them, it is
    wanted where it is named.
    """

    name: str
    module: str
    use: str
    wanted: re.Pattern[str] | None = None


EXTRAS = (
    Extra("cjk", "justmytype_intl_cjk", "letters of Chinese, Japanese and Korean, in bold too",
          re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")),
    Extra("diagrams", "merman", "draws diagrams in Mermaid and Graphviz",
          re.compile(r"^[ >\t]*(?:`{3,}|~{3,}) *\{?\.?(?:mermaid|dot|graphviz|gv)\b", re.MULTILINE)),
    Extra("preview", "watchfiles", "tells `serve` of a save at once"),
    Extra("editor", "pygls", "the server for editors, `lsp`"),
    Extra("protect", "pyzipper", "sites and archives with a password"),
    Extra("cluster", "distributed", "builds on many machines"),
)  # fmt: skip


def extras(sources: Iterable[str], names: Collection[str] = ()) -> tuple[MachineFact, ...]:
    """Return the extras that the texts of a course want or that are named, and the command of each."""
    found = tuple(sources)
    wanted = [
        extra for extra in EXTRAS
        if extra.name in names or (extra.wanted and any(map(extra.wanted.search, found)))
    ]  # fmt: skip
    importlib.invalidate_caches()
    return tuple(
        MachineFact(extra.name, importlib.util.find_spec(extra.module) is not None, extra.use,
             set_up(extra.name), optional=True)
        for extra in wanted
    )  # fmt: skip


def set_up(extra: str) -> str:
    """Return the command that sets an extra up."""
    if (HERE.parent / "Makefile").is_file():
        return f"make extras ARGS={extra}"
    return f'pip install "courseware[{extra}]"'


def run_set_up(extra: str) -> bool:
    """Set an extra up in this Python's environment, and tell whether that was done; pip says why not."""
    tool, python = HERE.parent / "tools" / "setup.py", sys.executable
    if tool.is_file() and (HERE.parent / ".venv" / "bin" / "python").is_file():
        return not subprocess.call([python, str(tool), extra])
    this = f"courseware[{extra}]=={versions.__version__}"
    return not subprocess.call([python, "-m", "pip", "install", "--quiet", this])


def text(facts: tuple[MachineFact, ...]) -> str:
    """Return facts as lines: the state, the name, the detail, and the mend where one is needed."""
    return "\n".join(map(_line, facts))


def _line(fact: MachineFact) -> str:
    detail = f" ({fact.detail})" if fact.detail else ""
    if fact.present:
        return f"ok        {fact.name}{detail}"
    state = "optional" if fact.optional else "missing "
    return f"{state}  {fact.name}{detail}: {fact.mend}"


def healthy(facts: tuple[MachineFact, ...]) -> bool:
    """Whether all that is needed is there."""
    return all(fact.present or fact.optional for fact in facts)


if __name__ == "__main__":
    found = examine()
    print(text(found))
    sys.exit(0 if healthy(found) else 1)
