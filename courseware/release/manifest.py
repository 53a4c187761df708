"""The manifest of a release: what was given out, and what each page of it was.

It stands as `course-1.4.json` beside the archives, whole; each archive holds the part on its own files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Literal

import msgspec
from natsort import natsorted

from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Span, did_you_mean
from courseware.products.table import FORMS
from courseware.release.pages import PageFingerprint, pages_of

FORMAT = 1
"""The form of a manifest; another one is not read."""
FOLDER = "releases"
"""Where releases are kept, in the output folder."""
VERSION = re.compile(r"(?=.{1,40}\Z)[0-9A-Za-z][0-9A-Za-z.]*(?:-[0-9][0-9A-Za-z.]*)*")
"""How a version is written; behind a hyphen stands a digit, as words there name an archive's readers."""
MOST = 100_000_000
"""Bytes of a manifest that are read: a thousand sessions of a hundred pages take ten million."""
Audience = Literal["learner", "facilitator"]


class SessionFacts(msgspec.Struct, frozen=True):
    """A session: its file in the course, its number if it has one, its title, and who reads it."""

    path: str
    number: int | None
    title: str
    audience: Audience = "learner"


class ReleaseFile(msgspec.Struct, frozen=True):
    """A file of a release: its path in the archive, what it is, for whom, its bytes and pages.

    `session` is the session's path, "" for a file of the whole course; `edition` is what its name adds, as a
    variant's ("-half-day") or another paper's ("-letter"). `unit` is what pages are:
    pages or slides. A file of another kind has none.
    """

    path: str
    product: str
    session: str
    audience: Audience
    size: int = 0
    sha256: str = ""
    edition: str = ""
    unit: str = ""
    pages: tuple[PageFingerprint, ...] = ()

    @property
    def folder(self) -> str:
        """The folder of the course that it is in, as "site/", "" where it stands for itself."""
        top, mark, _ = self.path.partition("/")
        return top + mark if mark and not self.session else ""


class Manifest(msgspec.Struct, frozen=True):
    """A release. `commit` is that of the course's folder, `edited` whether it differs from that.

    `reader` is what looked at pages: only what the same one saw can be compared.
    """

    format: int
    version: str
    title: str
    licence: str
    commit: str | None
    edited: bool
    reader: str
    sessions: tuple[SessionFacts, ...]
    files: tuple[ReleaseFile, ...]

    def for_audience(self, audience: Audience) -> Manifest:
        """Return the part on an audience's own files: a learner's names no other file or session."""
        files = tuple(f for f in self.files if f.audience == audience)
        seen = tuple(s for s in self.sessions if audience in ("facilitator", s.audience))
        return msgspec.structs.replace(self, sessions=seen, files=files)

    def encoded(self) -> bytes:
        """Return it as JSON, as it is kept."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"


def sessions_of(loaded: Loaded) -> tuple[SessionFacts, ...]:
    """Return the sessions of a course in order."""
    return tuple(
        SessionFacts(s.path, s.number, s.title.plain, "learner" if s.role == "session" else "facilitator")
        for s in loaded.course.sessions
    )  # fmt: skip


def audience_of(product: str, answers: str) -> Audience:
    """Return whose a product's files are; answer keys are the learners' where `answers` is "after"."""
    row = FORMS[product]
    given = row.audience == "learner" or (bool(row.after) and answers == "after")
    return "learner" if given else "facilitator"


def with_content(file: ReleaseFile, data: bytes, known: Mapping[str, ReleaseFile]) -> ReleaseFile:
    """Return a file with what its bytes are; pages of what is in a folder are told where the folder has them from. `known` are files by their SHA-256, whose pages need no look."""
    name = sha256(data).hexdigest()
    looked = known[name].pages if name in known else pages_of(file.path, data)
    pages = () if file.folder else looked
    unit = ("slides" if file.path.endswith(".pptx") else "pages") if pages else ""
    return msgspec.structs.replace(file, size=len(data), sha256=name, unit=unit, pages=pages)


def place_of(folder: Path, version: str) -> Path:
    """Return the place of a release's manifest in a folder of releases."""
    return folder / f"course-{version}.json"


def versions_in(folder: Path) -> list[str]:
    """Return the versions that a folder of releases has, the oldest first by their numbers."""
    names = (path.stem.removeprefix("course-") for path in folder.glob("course-*.json"))
    return list(natsorted(name for name in names if VERSION.fullmatch(name)))


def read_manifest(folder: Path, version: str) -> Manifest | Diagnostic:
    """Return the manifest of a version, or of a file that is named so; else what is wrong with it."""
    named = Path(version)
    path = named if named.suffix == ".json" else place_of(folder, version)
    if not path.is_file():
        return _finding(
            f"there is no release {version}: {path.as_posix()}", _others(folder, version)
        )
    try:
        with path.open("rb") as file:
            made = msgspec.json.decode(file.read(MOST), type=Manifest)
    except (OSError, msgspec.DecodeError, RecursionError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        return _finding(f"{path.as_posix()} cannot be read: {said}", MEND)
    if made.format != FORMAT:
        return _finding(
            f"{path.as_posix()} has format {made.format}", f"this program reads {FORMAT}"
        )
    return made


MEND = "put the manifest as it was released in its place; the archives hold one each"


def _others(folder: Path, version: str) -> str:
    there = versions_in(folder)
    listed = f"there are {', '.join(there[-9:])}" if there else "`release` makes one"
    return did_you_mean(version, there) or listed


def _finding(message: str, hint: str) -> Diagnostic:
    return Diagnostic("C187", message, Span(".", 0), hint)


def is_released(folder: Path, version: str) -> Diagnostic | None:
    """Return the finding on a version that is released already, None where it is not."""
    path = place_of(folder, version)
    if not path.exists():
        return None
    hint = f"release the next one, as {_next(version)}; a release that was given out stays"
    return Diagnostic(
        "C188", f"{version} is released already: {path.as_posix()}", Span(".", 0), hint
    )


def _next(version: str) -> str:
    """Return a version with its last number one higher, or with one put behind it."""
    head, number, tail = re.fullmatch(r"(.*?)(\d*)(\D*)", version, re.DOTALL).groups()  # type: ignore[union-attr]
    return f"{head}{int(number) + 1}{tail}" if number else f"{version}.1"
