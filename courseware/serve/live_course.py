"""The course while its author writes: a file that changes is read again, no other.

A session that nobody has looked at is known by its heading and its length as their lines say them,
until there is time to read it: a course of four hundred opens at once.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path, PurePosixPath

import msgspec

from courseware import files
from courseware.build.state.readings import Readings
from courseware.build.state.store import Store
from courseware.course.loading import (
    FileReading,
    Loaded,
    Survey,
    assembled,
    heading_alone,
    read_file,
    survey,
)
from courseware.course.orders import is_markdown
from courseware.diagnostics import Diagnostic
from courseware.language.vocabulary import Vocabulary
from courseware.model.session import Session
from courseware.reading.source.decoding import LARGEST, decode
from courseware.reading.stages import Reading

SETTINGS = (".yml", ".yaml", ".toml")
"""Endings of files in a course's own folder that may say which sessions there are: its own, and other tools'."""
MOST_WHOLE = 4
"""Sessions that are held with all that is in them; of others there is the outline."""


class LiveCourse:
    """A course on disk as it was read last; every change is told to it by the names of files."""

    def __init__(self, where: Path, output: Path, cache: Path) -> None:
        """Take the course's folder or only file, its output, and the folder for what is kept."""
        self.where, self.output = where, output
        self.readings = Readings(Store(cache))
        self.survey: Survey = survey(where, output)
        self.words: Vocabulary = self.survey.words()
        self.files: dict[str, FileReading] = {}
        self.unread: set[str] = set()
        self._whole: dict[str, tuple[Session, Session]] = {}
        """Outlines with the sessions that they are of."""
        self._loaded: Loaded | None = None
        self._take_files(self.survey.paths)

    @property
    def root(self) -> Path:
        """The course's folder."""
        return self.survey.root

    @property
    def loaded(self) -> Loaded:
        """The course as it is known now; sessions are outlines."""
        if self._loaded is None:
            rows = [self.files[path] for path in self.survey.paths]
            self._loaded = assembled(self.survey, rows)
        return self._loaded

    def session(self, path: str) -> Session | None:
        """Return a session with all that is in it; None where its file holds none."""
        outline = next((s for s in self.loaded.course.sessions if s.path == path), None)
        if outline is None or path in self.unread:
            return None
        kept, whole = self._whole.pop(path, (None, None))
        if whole is None:
            whole = self.readings.full(outline)
        elif kept is not outline:
            whole = msgspec.structs.replace(outline, sections=whole.sections)
        self._whole[path] = outline, whole
        for oldest in list(self._whole)[:-MOST_WHOLE]:
            del self._whole[oldest]
        return whole

    def text(self, path: str) -> str:
        """Return a session's text as it is on disk, "" where it cannot be read."""
        try:
            return decode(files.read(self.root / path, LARGEST), path)[0] or ""
        except OSError:
            return ""

    def saved_at(self, path: str) -> int:
        """Return when a session's file was written last, in nanoseconds; 0 where it is gone."""
        try:
            return (self.root / path).stat().st_mtime_ns
        except OSError:
            return 0

    def findings(self, path: str) -> list[Diagnostic]:
        """Return what reading a session's file, and settling its place in the course, found."""
        return [found for found in self.loaded.findings if found.span.path == path]

    def take(self, names: Collection[str]) -> set[str]:
        """Take changed files, by their paths in the course; return the sessions read again."""
        if any(self._is_of_course(name) for name in names):
            return self._survey_again(names)
        changed = {name for name in names if name in self.files}
        self._take_files(changed - self.unread, now=True)
        self._take_files(changed & self.unread)
        return changed

    def read(self, path: str) -> None:
        """Read a session that is known by its heading alone, and with it what its part depends on."""
        self._take_files([path], now=True)
        session = self.files[path].session
        if session is not None and session.role == "answers":  # it may answer an exercise before it
            folder = PurePosixPath(path).parent
            beside = {other for other in self.unread if PurePosixPath(other).parent == folder}
            self._take_files(beside, now=True)

    def keep(self) -> None:
        """Write down what was read, for the next time."""
        self.readings.store.flush()

    def _is_of_course(self, name: str) -> bool:
        """Whether a change may concern which sessions there are, or how all are read."""
        there = (self.root / name).is_file()
        known = name in self.files
        return ("/" not in name and name.endswith(SETTINGS)) or known != (
            there and is_markdown(name)
        )

    def _survey_again(self, names: Collection[str]) -> set[str]:
        before = self.survey
        self.survey = survey(self.where, self.output)
        if before.settings != self.survey.settings:
            self.words = self.survey.words()
            named = set(self.files)
        else:
            named = {name for name in names if name in self.files}
        self.files = {path: row for path, row in self.files.items() if path in self.survey.paths}
        self.unread &= self.files.keys()
        new = [path for path in self.survey.paths if path not in self.files]
        self._take_files(new, now=len(new) < MOST_WHOLE)
        self._take_files(self.unread & named)
        self._take_files(named & self.files.keys() - self.unread, now=len(named) < MOST_WHOLE)
        self._loaded = None
        return named | set(new)

    def _take_files(self, paths: Collection[str], now: bool = False) -> None:
        """Read files, or take what is known of them; `now` reads those that are not known."""
        for path in sorted(paths, key=self.survey.paths.index):
            row = read_file(self.survey, path, self.words, self.readings if now else self._known)
            self.files[path] = row
            self._whole.pop(path, None)
            if now:
                self.unread.discard(path)
            self._loaded = None

    def _known(self, data: bytes, path: str, words: Vocabulary, details: str) -> Reading:
        """Return a reading that was kept, or one of the heading alone: the facilitator's until it is read."""
        kept = self.readings.known(data, path, words, details)
        if kept is not None:
            self.unread.discard(path)
            return kept
        self.unread.add(path)
        return heading_alone(data, path)
