"""Findings on sessions, kept with what they depend on: what holds is not looked for again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from courseware import files
from courseware.build.run.work import Recorded, value_print
from courseware.build.state.fingerprints import Facts, is_of_file
from courseware.build.state.readings import UNREADABLE, Readings
from courseware.build.state.store import FOUND
from courseware.checking.rules import of_session
from courseware.course.loading import Loaded
from courseware.course.settings import Settings
from courseware.diagnostics import Diagnostic
from courseware.files import fingerprint
from courseware.model.session import Session

SESSIONS, PATHS = "loaded sessions", "loaded paths"
"""The fact of all sessions: what asks for them depends on each; and that of their paths."""
NAMES = frozenset(Settings.__struct_fields__)
"""The values of course.yml."""


class Kept(msgspec.Struct, frozen=True):
    """What was found in a session, and the facts that it depends on."""

    facts: dict[str, str]
    findings: tuple[Diagnostic, ...]


class NotedWhole(Recorded, frozen=True, kw_only=True):
    """A course whose values, and all of whose sessions, are noted when they are read.

    `given` gives the sessions, which it holds as outlines, and their fingerprint.
    """

    given: Callable[[], tuple[tuple[Session, ...], str]]

    def __getattribute__(self, name: str) -> Any:
        """Return a value, and note it."""
        if name != "sessions":
            return super().__getattribute__(name)
        sessions, found = super().__getattribute__("given")()
        files.note(SESSIONS, found)
        return sessions

    def outlines(self) -> tuple[Session, ...]:
        """Return the sessions as outlines."""
        held: tuple[Session, ...] = super().__getattribute__("sessions")
        return held


class AskedSettings(Settings, frozen=True):
    """What course.yml says; each value that is asked for is noted."""

    def __getattribute__(self, name: str) -> Any:
        """Return a value, and note it."""
        value = super().__getattribute__(name)
        if name in NAMES:
            files.note(f"setting {name}", value_print(value))
        return value


class NotedCourse(Loaded, frozen=True):
    """A course as read, of which what is asked for besides its folder is noted."""

    def __getattribute__(self, name: str) -> Any:
        """Return a value, and note it."""
        value = super().__getattribute__(name)
        if name == "settings":
            return AskedSettings(**msgspec.structs.asdict(value))
        if name in ("findings", "failed"):
            files.note(f"loaded {name}", value_print(value))
        return value

    def paths(self) -> tuple[str, ...]:
        """Return the sessions' paths, and note them: not what is in them."""
        course = super().__getattribute__("course")
        found = tuple(s.path for s in (course.outlines() if isinstance(course, NotedWhole) else ()))
        files.note(PATHS, value_print(found))
        return found


def session_print(value: Any) -> str:
    """Return the fingerprint of a session, or of several."""
    return fingerprint(msgspec.msgpack.encode(value))


class Remembering:
    """Gives what every rule finds in a session: from the store, where what it depends on holds.

    What it depends on is noted either way. The sessions are outlines of `readings`.
    """

    def __init__(self, readings: Readings, places: Mapping[str, Path]) -> None:
        """Take the sessions as read, and the folders that facts name files by."""
        self.readings, self.places = readings, places
        self.facts = Facts({name: str(path) for name, path in places.items()}, {})
        self.given: dict[str, str] = {}
        self.all: tuple[Session, ...] = ()

    def __call__(self, loaded: Loaded, session: Session) -> tuple[Diagnostic, ...]:
        """Return the findings on a session of a course."""
        store = self.readings.store
        own = f"{self.readings.made_by} {session.path} {self.readings.print_of(session)}"
        name = FOUND + fingerprint(own.encode())
        kept = _kept(store.get(name))
        if kept is None or not all(self._holds(loaded, *fact) for fact in kept.facts.items()):
            with files.recorded(self.places) as trace:
                found = of_session(self._asked(loaded), self.readings.full(session))
            kept = Kept(trace.facts, found)
            store.put(name, msgspec.json.encode(kept))
        for fact, value in kept.facts.items():
            files.note(fact, value)
        return kept.findings

    def _holds(self, loaded: Loaded, fact: str, value: str) -> bool:
        if is_of_file(fact):
            return self.facts.value(fact) == value
        if fact not in self.given:
            self.given[fact] = self._value(loaded, fact)
        return self.given[fact] == value

    def _value(self, loaded: Loaded, fact: str) -> str:
        """Return the value of a fact that is none of a file."""
        kind, _, name = fact.partition(" ")
        if fact == SESSIONS:
            return self._sessions_print(loaded)
        if fact == PATHS:
            return value_print(loaded.paths())
        holders: dict[str, object] = {"value": loaded.course, "setting": loaded.settings}
        return value_print(getattr(holders.get(kind, loaded), name))

    def _sessions_print(self, loaded: Loaded) -> str:
        return value_print([self.readings.print_of(s) for s in loaded.course.sessions])

    def _asked(self, loaded: Loaded) -> NotedCourse:
        def given() -> tuple[tuple[Session, ...], str]:
            if not self.all:
                self.all = tuple(map(self.readings.full, loaded.course.sessions))
            return self.all, self._sessions_print(loaded)

        course = NotedWhole(**msgspec.structs.asdict(loaded.course), given=given)
        return NotedCourse(**{**msgspec.structs.asdict(loaded), "course": course})


def _kept(data: bytes | None) -> Kept | None:
    try:
        return msgspec.json.decode(data, type=Kept) if data is not None else None
    except UNREADABLE:
        return None
