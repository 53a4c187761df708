"""Which files of a folder are sessions, in which order, and what is left out."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path, PurePosixPath

from courseware import files
from courseware.course.orders import arranged, is_front_page, is_markdown, list_of
from courseware.course.settings import Settings, place_of
from courseware.diagnostics import Diagnostic, Span, did_you_mean, nearest

MOST_NAMED = 5
"""Files that a hint names."""
LEFT_OUT_FOLDERS = frozenset(
    {"layouts", "node_modules", "venv", "env", "__pycache__", "site-packages"}
)
LEFT_OUT_FILES = frozenset(
    {
        "license",
        "licence",
        "contributing",
        "changelog",
        "code_of_conduct",
        "summary",
        "_sidebar",
        "_navbar",
    }
)


def session_paths(
    root: Path, settings: Settings, output: Path | None = None
) -> tuple[list[str], list[Diagnostic]]:
    """Return the paths of a course's session files in order, and notes on what is left out.

    `output` is a folder that is no part of the course.
    """
    found, notes = _markdown_files(root, output.resolve() if output else None)
    inside, kept = root.resolve(), []
    fronts = [] if settings.patterns() else [path for path in found if _is_first_page(path)]
    named = {entry.path for entry in list_of(root, found)[1]} if fronts else set()
    for path in found:
        listed = len(found) == 1 or path in named
        note = _left_out(root / path, inside, path, listed)
        if note is None:
            kept.append(path)
        else:
            notes.append(note)
    if settings.patterns():
        kept, more = _chosen(root, kept, settings)
    else:
        kept, more = arranged(root, kept) if len(kept) > 1 else (kept, [])
    return kept, [*notes, *more]


def _sorted(found: list[str]) -> list[str]:
    """Return paths in natural order, a folder's front page first."""
    if len(found) < 2:
        return found
    from natsort import natsort_keygen, ns  # ten milliseconds, which one file spares

    key = natsort_keygen(alg=ns.PATH | ns.IGNORECASE)
    place = {p: str(PurePosixPath(p).parent) if is_front_page(p) and "/" in p else p for p in found}
    return sorted(found, key=lambda path: (key(_bare(place[path])), path))


def _bare(path: str) -> str:
    """Return a path whose Latin letters have no accents: "é" stands among "e", not behind "z"."""
    if path.isascii():
        return path
    return unicodedata.normalize("NFC", _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", path)))


_ACCENTED = re.compile("([A-Za-z])[\u0300-\u036f]+")


def _markdown_files(root: Path, skipped: Path | None) -> tuple[list[str], list[Diagnostic]]:
    """Return the markdown files below a folder in natural order, and notes on folders left out."""
    found: list[str] = []
    notes: list[Diagnostic] = []
    for folder, names, here_files in os.walk(root):
        here = Path(folder)
        files.names(here)
        for name in [n for n in (*names, *here_files) if not n.isascii() and not _is_unicode(n)]:
            is_folder = name in names
            (names if is_folder else here_files).remove(name)
            if is_folder or is_markdown(name):
                notes.append(_unreadable_name(here.relative_to(root) / name))
        for name in sorted(names):
            if _is_walked(here / name, skipped):
                continue
            names.remove(name)
            if not name.startswith((".", "__")) and not _is_own(here / name, root, skipped):
                path = (here / name).relative_to(root).as_posix()
                notes.append(Diagnostic("C003", "this folder is left out", Span(path)))
        found += [(here / f).relative_to(root).as_posix() for f in here_files if is_markdown(f)]
    return _sorted(found), notes


def _is_unicode(name: str) -> bool:
    """Whether a name's bytes on the disk are UTF-8."""
    return not any("\udc80" <= character <= "\udcff" for character in name)


def _unreadable_name(path: Path) -> Diagnostic:
    """Return the finding on a file or folder whose name is no text."""
    shown = os.fsencode(path).decode("utf-8", "replace").replace(os.sep, "/")
    return Diagnostic("C001", "its name is not UTF-8", Span(shown), "rename it")


def _is_walked(folder: Path, skipped: Path | None) -> bool:
    """Whether sessions are looked for in a folder: not where programs keep theirs, or output goes."""
    if folder.name.startswith(".") or folder.name.lower() in LEFT_OUT_FOLDERS:
        return False
    if skipped and files.resolved(folder) == skipped:
        return False
    return not files.exists(folder / "pyvenv.cfg")


def _is_own(folder: Path, root: Path, skipped: Path | None) -> bool:
    """Whether a folder is the course's own for layouts or output, where nobody looks for sessions."""
    if folder.parent == root and folder.name == "layouts":
        return True
    return skipped is not None and files.resolved(folder) == skipped


def _is_first_page(path: str) -> bool:
    """Whether a file is the page that stands for the whole course."""
    return is_front_page(path) and "/" not in path


def _left_out(file: Path, inside: Path, path: str, listed: bool) -> Diagnostic | None:
    """Return the note on a file that is no session, or None; `inside` is the course, links followed.

    `listed` says whether the course's list of contents names it, or it is the only file.
    """
    stem = PurePosixPath(path).stem.lower()
    front = _is_first_page(path) and not listed
    where = files.resolved(file)
    if where is None or not where.is_relative_to(inside):
        return Diagnostic("C208", "this link leads out of the course", Span(path))
    if stem in LEFT_OUT_FILES or front or path.startswith("."):
        return Diagnostic("C003", "this file is left out", Span(path))
    return None


def _chosen(root: Path, paths: list[str], settings: Settings) -> tuple[list[str], list[Diagnostic]]:
    """Return the paths that patterns name, in their order, and notes on the rest of both."""
    chosen: list[str] = []
    notes: list[Diagnostic] = []
    for pattern in settings.patterns():
        fits = (
            [pattern] if pattern in paths else [p for p in paths if PurePosixPath(p).match(pattern)]
        )
        hits = [path for path in fits if path not in chosen]
        if not hits and pattern not in chosen:
            key = "sessions" if pattern in settings.sessions else "modules"
            message = f'{key}: "{pattern}" fits no file'
            place = place_of(root, pattern, key)
            notes.append(Diagnostic("C106", message, place, _nearest_file(pattern, paths)))
        chosen += hits
    rest = [p for p in paths if p not in chosen]
    notes += [Diagnostic("C003", "course.yml does not name this file", Span(p)) for p in rest]
    return chosen, notes


def _nearest_file(pattern: str, paths: list[str]) -> str:
    """Return the hint that names the file that may be meant: alike as a whole, or by its name alone; else some."""
    if hint := did_you_mean(pattern, paths):
        return hint
    names = {PurePosixPath(path).stem: path for path in reversed(paths)}
    if near := nearest(PurePosixPath(pattern).stem, names):
        return f'did you mean "{names[near]}"?'
    more = " …" if len(paths) > MOST_NAMED else ""
    return f"there are {', '.join(paths[:MOST_NAMED])}{more}" if paths else ""


def layouts_elsewhere(root: Path) -> list[Diagnostic]:
    """Return findings on a course's layouts that are not read: links out of the course, pipes, devices."""
    own = root / "layouts"
    paths = sorted(own.rglob("*")) if own.is_dir() else []
    found = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        if path.is_file() and files.leaves(root, name):
            found.append(Diagnostic("C208", "this link leads out of the course", Span(name)))
        elif path.exists() and not (path.is_file() or path.is_dir()):
            found.append(
                Diagnostic("C324", "it is no file", Span(name), "take it out of `layouts/`")
            )
    return found
