"""A release written: an archive for learners, one for facilitators, and the manifest, each whole or not there.

Equal files give equal bytes: entries are in order, not compressed (what they hold is), and have one
date and one mode.
"""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
from natsort import natsorted

from courseware import files
from courseware.build.driver import Line
from courseware.build.publish.publish import publish, replacing
from courseware.build.state.index import read_index
from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Severity
from courseware.products.table import FORMS
from courseware.release.changes import Changes, as_text, changes
from courseware.release.errata import errata
from courseware.release.manifest import (
    FORMAT,
    Audience,
    Manifest,
    ReleaseFile,
    audience_of,
    place_of,
    read_manifest,
    sessions_of,
    versions_in,
    with_content,
)
from courseware.release.pages import reader

DATE = (1980, 1, 1, 0, 0, 0)
"""When all entries were made: the first moment that an archive can say."""
MODE = 0o100644
"""What an entry is: a file that its owner may write, and all may read."""
ENDINGS: dict[Audience, str] = {"learner": "", "facilitator": "-facilitators"}
"""What an archive's name adds, by its readers."""
_LICENCE = re.compile(r"(?:LICEN[SC]ES?|COPYING)(?:[.-][\w.-]+)?", re.IGNORECASE)
LONGEST_LICENCE = 1_000_000
"""Bytes of a licence's file that is taken along."""
GIT_PATIENCE = 60.0
"""Seconds after which git is not waited for."""
Take = Callable[[ReleaseFile, bytes], None]


class Released(msgspec.Struct, frozen=True):
    """What a release wrote: its files, in order, its manifest, and what changed since the last one."""

    paths: tuple[Path, ...]
    manifest: Manifest
    changes: Changes | None
    findings: tuple[Diagnostic, ...]


def release(
    loaded: Loaded, lines: Iterable[Line], output: Path, folder: Path, version: str, paper: str
) -> Released:
    """Write the files of a build's lines as a release into a folder; raises `OSError`.

    The last release there before this one is what changes are told against.
    """
    old = last_before(folder, version)
    parts: dict[Audience, Archive] = {}
    with ExitStack() as stack:

        def take(file: ReleaseFile, data: bytes) -> None:
            if file.audience not in parts:
                path = folder / f"course-{version}{ENDINGS[file.audience]}.zip"
                parts[file.audience] = stack.enter_context(_archive(path, f"course-{version}"))
            parts[file.audience].add(file.path, data)

        manifest = snapshot(loaded, lines, output, version, old, take)
        findings: list[Diagnostic] = []
        for audience, archive in parts.items():
            findings += _add_papers(archive, loaded, audience, old, manifest, paper)
        if any(f.severity is Severity.ERROR for f in findings):
            raise FaultyError(tuple(findings))
    place = place_of(folder, version)
    publish(place, manifest.encoded())
    paths = (*(parts[a].path for a in ENDINGS if a in parts), place)
    told = changes(old, manifest) if old else None
    return Released(paths, manifest, told, tuple(findings))


class FaultyError(Exception):
    """A release of which some page cannot be made; `findings` say why."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        """Take the findings."""
        super().__init__()
        self.findings = findings


def _add_papers(
    archive: Archive, loaded: Loaded, audience: Audience, old: Manifest | None, new: Manifest, paper: str
) -> tuple[Diagnostic, ...]:  # fmt: skip
    """Add to an archive its manifest, the licence, and what changed for its readers."""
    mine = new.for_audience(audience)
    archive.add("manifest.json", mine.encoded())
    for name, data in licence(loaded):
        archive.add(name, data)
    if old is None:
        return ()
    told = changes(old.for_audience(audience), mine)
    archive.add("CHANGES.txt", as_text(told).encode())
    made = errata(told, loaded, paper) if audience == "learner" else None
    if made is None:
        return ()
    if made.data:
        archive.add(f"errata-since-{old.version}.pdf", made.data)
    return made.findings


def snapshot(
    loaded: Loaded, lines: Iterable[Line], output: Path, version: str,
    old: Manifest | None = None, take: Take = lambda file, data: None,
) -> Manifest:  # fmt: skip
    """Return the manifest of the files of a build's lines; `take` gets each with its bytes, in order.

    Pages of files that are in `old`, byte by byte, are not looked at again.
    """
    seen = reader()
    known = {f.sha256: f for f in old.files} if old and old.reader == seen else {}
    found = []
    for bare in sorted(_files(loaded, lines, output), key=lambda file: file.path):
        data = (output / bare.path).read_bytes()
        found.append(with_content(bare, data, known))
        take(found[-1], data)
    course = loaded.course
    commit, edited = commit_of(loaded.root)
    return Manifest(
        FORMAT, version, course.name, course.licence, commit, edited, seen,
        sessions_of(loaded), tuple(found),
    )  # fmt: skip


def _files(loaded: Loaded, lines: Iterable[Line], output: Path) -> Iterator[ReleaseFile]:
    """Yield the files that lines tell of, without their content; of a folder, all that was built into it."""
    entries = read_index(output).courses.values()
    for line in lines:
        if line.state not in ("built", "unchanged"):
            continue
        audience = audience_of(line.product, loaded.course.answers)
        row = FORMS[line.product]
        session = "" if row.scope == "course" else line.sessions[0]
        names = {line.file}
        if row.writer == "folder":
            top = f"{line.file.partition('/')[0]}/"
            names |= {
                n for e in entries if line.file in e.files for n in e.files if n.startswith(top)
            }
        for name in names:
            yield ReleaseFile(name, line.product, session, audience, edition=line.edition)


def last_before(folder: Path, version: str) -> Manifest | None:
    """Return the manifest of the release before a version, by their numbers; None where there is none.

    One that cannot be read raises `FaultyError`.
    """
    there = natsorted({*versions_in(folder), version})
    at = there.index(version)
    found = read_manifest(folder, there[at - 1]) if at else None
    if isinstance(found, Diagnostic):
        raise FaultyError((found,))
    return found


class Archive:
    """An archive while it is written: every entry in one folder, `top`."""

    def __init__(self, path: Path, opened: zipfile.ZipFile, top: str) -> None:
        """Take its place, the opened file, and its folder's name."""
        self.path, self._opened, self._top = path, opened, top

    def add(self, name: str, data: bytes) -> None:
        """Add a file."""
        entry = zipfile.ZipInfo(f"{self._top}/{name}", DATE)
        entry.create_system, entry.external_attr = 3, MODE << 16  # as Unix has it, on any machine
        self._opened.writestr(entry, data)


@contextmanager
def _archive(path: Path, top: str) -> Iterator[Archive]:
    """Write an archive beside its place, and put it there when it is whole."""
    with replacing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as opened:
        yield Archive(path, opened, top)


def licence(loaded: Loaded) -> list[tuple[str, bytes]]:
    """Return the licence of a course as files: those in its folder, else what course.yml says of it."""
    root, course = loaded.root, loaded.course
    names = [name for name in files.listed(root) if _LICENCE.fullmatch(name)]
    kept = [n for n in names if (root / n).is_file() and not files.leaves(root, n)]
    found = [(n, files.read(root / n, LONGEST_LICENCE)) for n in kept]
    if found or not course.licence:
        return found
    owner = " · ".join(filter(None, (course.author, course.organisation)))
    said = (course.name, owner, f"Licence: {course.licence}")
    return [("LICENCE.txt", "\n".join(filter(None, (*said, ""))).encode() + b"\n")]


def commit_of(root: Path) -> tuple[str | None, bool]:
    """Return the commit that a course's folder is at, None where it is not in git, and whether it differs.

    Nothing that the folder's own settings name is started but git.
    """
    if not _git(root, "ls-files", "--", "."):
        return None, False
    commit = _git(root, "rev-parse", "--verify", "HEAD").strip()
    return (
        (commit, bool(_git(root, "status", "--porcelain", "--", "."))) if commit else (None, False)
    )


def _git(root: Path, *words: str) -> str:
    """Return what git says of a folder, "" where it has nothing to say or is not there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), *words]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=GIT_PATIENCE,
            env={**kept, "GIT_OPTIONAL_LOCKS": "0"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
