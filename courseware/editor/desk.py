"""Courses as an editor holds them: texts that may not be saved, read again as they change.

A session is read when its text has changed, and those that nobody has open when there is time: what
is told of an open one may lack what depends on sessions that are not read yet.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from courseware import files
from courseware.build.request import Request, editions
from courseware.build.state.index import Record, read_index
from courseware.build.state.readings import UNREADABLE
from courseware.build.state.store import CACHE, INDEX, Store, key_of
from courseware.checking.rules import check, of_session
from courseware.course.loading import Loaded, Reader, heading_alone, load, slugs
from courseware.course.settings import read_settings
from courseware.diagnostics import Diagnostic
from courseware.folders import output_of
from courseware.language.vocabulary import Vocabulary, vocabulary_for
from courseware.model.session import Session
from courseware.model.times.delivery import Delivery
from courseware.products.table import PRODUCTS
from courseware.reading.stages import Reading, read_session

SETTINGS = "course.yml"


class SessionSource(NamedTuple):
    """What a session is read from: its bytes, the words it is read by, who sees details."""

    data: bytes
    words: Vocabulary
    details: str


class FilePlace(NamedTuple):
    """Where a file stands: its course, a folder or the file alone, and its path in it."""

    course: Path
    path: str


class Desk:
    """The texts that an editor holds, by absolute path, and the courses that they are of.

    `folder` is the editor's own, `given` a course that was named, `output` where its files go.
    """

    def __init__(self, folder: Path | None, given: Path | None = None, output: Path | None = None):
        """Take the folders; no text is held yet."""
        self.folder, self.given, self.output = folder, given, output
        self.texts: dict[str, bytes] = {}
        self.readings: dict[FilePlace, tuple[SessionSource, Reading]] = {}
        self.waiting: dict[FilePlace, SessionSource] = {}
        self.pages = Pages()
        self.seen: dict[Path, Loaded] = {}

    def place(self, file: Path) -> FilePlace | None:
        """Return where a file stands; None where it is of no course.

        Its course is the nearest folder above with a course.yml, else the one that was named, else
        `content/` in the editor's folder, else that folder. A file opened alone is a course of one.
        """
        for folder in file.parents:
            if (folder / SETTINGS).is_file():
                return FilePlace(folder, file.relative_to(folder).as_posix())
        if self.folder is None and self.given is None:
            return FilePlace(file, file.name)
        base = self.given or self.folder or file.parent
        inner = base / "content"
        base = inner if self.given is None and inner.is_dir() else base
        if base == file:
            return FilePlace(file, file.name)
        inside = file.is_relative_to(base)
        return FilePlace(base, file.relative_to(base).as_posix()) if inside else None

    def load(self, place: FilePlace) -> Loaded:
        """Return a file's course, as the editor holds it."""
        with files.held(self.texts):
            loaded = load(place.course, self._output(place.course), self._reader(place))
        self.seen[place.course] = loaded
        return loaded

    def findings(self, place: FilePlace) -> tuple[Diagnostic, ...]:
        """Return what is found in a file, those of its course's other files left out."""
        with files.held(self.texts):
            if not place.course.exists() or not (place.course / place.path).exists():
                found = self._unsaved(place)
                if place.course.exists():
                    self.load(place)  # what its links lead to is read
            else:
                found = check(
                    self.load(place),
                    lambda loaded, session: (
                        of_session(loaded, session) if session.path == place.path else ()
                    ),
                    slots_of=None,
                )  # the course's days hang on all sessions, which may not be read
        return tuple(one for one in found if one.span.path == place.path)

    def session(self, place: FilePlace) -> tuple[Loaded, Session | None]:
        """Return a file's course, and the session that the file is; None where it is none."""
        return self._with_session(self.load(place), place)

    def last_session(self, place: FilePlace) -> tuple[Loaded, Session | None]:
        """Return the same as it was read last: at once, and without the letters typed since."""
        return self._with_session(self.seen.get(place.course) or self.load(place), place)

    def _with_session(self, loaded: Loaded, place: FilePlace) -> tuple[Loaded, Session | None]:
        mine = (session for session in loaded.course.sessions if session.path == place.path)
        found = next(mine, None)
        if found is None and place in self.readings and place.path not in loaded.paths():
            found = self.readings[place][1].session  # a text that was never saved
        return loaded, found

    def delivery(self, loaded: Loaded, place: FilePlace) -> Delivery:
        """Return when a session is held: by the course's days, as soon as all sessions are read."""
        course = loaded.course
        if loaded.settings.schedule is None or any(
            one.course == place.course for one in self.waiting
        ):
            return course.delivery
        edition = editions(loaded, Request(place.course))[0]
        return edition.of(place.path, course.delivery)

    def read_waiting(self) -> bool:
        """Read one of the sessions that wait, and return whether there was one."""
        if not self.waiting:
            return False
        place, source = self.waiting.popitem()
        self.readings[place] = source, read_session(source.data, place.path, *source[1:])
        return True

    def pages_of(self, loaded: Loaded, session: Session) -> dict[str, dict[str, int]]:
        """Return the pages of a session's blocks by product, as its last build had them."""
        where = loaded.root if loaded.paths() != (session.path,) else loaded.root / session.path
        outputs = [self._output(where), self._output(loaded.root)]
        of = loaded.course
        name = slugs(of.sessions, of.file_names, of.language).get(session.path)
        if name is None:
            return {}
        rows = {
            row.name: row.file(of, name)
            for row in PRODUCTS.values() if row.scope == "session"
        }  # fmt: skip
        for output, course in ((outputs[1], loaded.root), (outputs[0], where)):
            found = self.pages.of(output, course, rows)
            if found:
                return found
        return {}

    def _output(self, course: Path) -> Path:
        return self.output or output_of(course)

    def _unsaved(self, place: FilePlace) -> tuple[Diagnostic, ...]:
        """Return what reading finds in a file that there is not yet."""
        settings, _ = read_settings(place.course)
        words = vocabulary_for(settings.language, settings.added())
        data = self.texts.get(str(place.course / place.path), b"")
        source = SessionSource(data, words, settings.details)
        self.readings[place] = source, read_session(data, place.path, *source[1:])
        return self.readings[place][1].findings

    def _reader(self, wanted: FilePlace) -> Reader:
        """Return what reads sessions: the wanted one now, others when there is time."""

        def read(data: bytes, path: str, words: Vocabulary, details: str) -> Reading:
            place, source = FilePlace(wanted.course, path), SessionSource(data, words, details)
            kept = self.readings.get(place)
            if kept is not None and kept[0] == source:
                return kept[1]
            if path != wanted.path:
                self.waiting[place] = source
                return kept[1] if kept is not None else heading_alone(data, path)
            reading = read_session(data, path, words, details)
            self.readings[place] = source, reading
            return reading

        return read


class Pages:
    """Page maps of builds; an index is read again when it has been written."""

    def __init__(self) -> None:
        """Hold nothing."""
        self.known: dict[Path, tuple[int, dict[str, dict[str, Record]]]] = {}

    def of(self, output: Path, course: Path, rows: dict[str, str]) -> dict[str, dict[str, int]]:
        """Return the maps of products by name; `rows` are the names of their files."""
        jobs = self._jobs(output).get(key_of(course), {})
        store = Store(output / CACHE)
        found: dict[str, dict[str, int]] = {}
        for product, file in rows.items():
            record = jobs.get(file)
            data = store.get(record.map) if record is not None and record.map else None
            try:
                found[product] = msgspec.json.decode(data or b"{}", type=dict[str, int])
            except UNREADABLE:
                continue
        return {product: pages for product, pages in found.items() if pages}

    def _jobs(self, output: Path) -> dict[str, dict[str, Record]]:
        try:
            written = (output / INDEX).stat().st_mtime_ns
        except OSError:
            return {}
        known = self.known.get(output)
        if known is None or known[0] != written:
            courses = read_index(output).courses
            known = written, {course: entry.jobs for course, entry in courses.items()}
            self.known[output] = known
        return known[1]
