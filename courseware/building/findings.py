"""Findings on sessions, kept with what they depend on: what holds is not looked for again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from courseware import files
from courseware.building import stamp
from courseware.building.facts import Facts, is_of_file
from courseware.building.store import FOUND, Store
from courseware.building.work import Recorded, value_print
from courseware.checking.rules import of_session
from courseware.course import Loaded
from courseware.diagnostics import Diagnostic
from courseware.files import fingerprint
from courseware.model.session import Session

SESSIONS = "loaded sessions"
"""The fact of all sessions: what asks for them depends on each."""


class Kept(msgspec.Struct, frozen=True):
    """What was found in a session, and the facts that it depends on."""

    facts: dict[str, str]
    findings: tuple[Diagnostic, ...]


class Whole(Recorded, frozen=True):
    """A course whose values, and all of whose sessions, are noted when they are read."""

    def __getattribute__(self, name: str) -> Any:
        """Return a value, and note it."""
        value = super().__getattribute__(name)
        if name == "sessions":
            files.note(SESSIONS, session_print(value))
        return value


class Asked(Loaded, frozen=True):
    """A course as read, of which what is asked for besides its folder is noted."""

    def __getattribute__(self, name: str) -> Any:
        """Return a value, and note it."""
        value = super().__getattribute__(name)
        if name in ("settings", "findings", "failed"):
            files.note(f"loaded {name}", value_print(value))
        return value


def session_print(value: Any) -> str:
    """Return the fingerprint of a session, or of several."""
    return fingerprint(msgspec.msgpack.encode(value))


class Remembering:
    """Gives what every rule finds in a session: from the store, where what it depends on holds.

    What it depends on is noted either way.
    """

    def __init__(self, store: Store, places: Mapping[str, Path]) -> None:
        """Take the store, and the folders that facts name files by."""
        self.store, self.places = store, places
        self.facts = Facts({name: str(path) for name, path in places.items()}, {})
        self.made_by = f"{stamp.program_print()} {stamp.libraries()}"
        self.given: dict[str, str] = {}

    def __call__(self, loaded: Loaded, session: Session) -> tuple[Diagnostic, ...]:
        """Return the findings on a session of a course."""
        own = f"{self.made_by} {session.path} {session_print(session)}"
        name = FOUND + fingerprint(own.encode())
        kept = _kept(self.store.get(name))
        if kept is None or not all(self._holds(loaded, *fact) for fact in kept.facts.items()):
            with files.recorded(self.places) as trace:
                found = of_session(_asked(loaded), session)
            kept = Kept(trace.facts, found)
            self.store.put(name, msgspec.json.encode(kept))
        for fact, value in kept.facts.items():
            files.note(fact, value)
        return kept.findings

    def _holds(self, loaded: Loaded, fact: str, value: str) -> bool:
        if is_of_file(fact):
            return self.facts.value(fact) == value
        if fact not in self.given:
            self.given[fact] = _given(loaded, fact)
        return self.given[fact] == value


def _given(loaded: Loaded, fact: str) -> str:
    """Return the value of a fact that is none of a file."""
    kind, _, name = fact.partition(" ")
    if fact == SESSIONS:
        return session_print(loaded.course.sessions)
    return value_print(getattr(loaded.course if kind == "value" else loaded, name))


def _asked(loaded: Loaded) -> Asked:
    course = Whole(**msgspec.structs.asdict(loaded.course))
    return Asked(**{**msgspec.structs.asdict(loaded), "course": course})


def _kept(data: bytes | None) -> Kept | None:
    try:
        return msgspec.json.decode(data, type=Kept) if data is not None else None
    except msgspec.DecodeError:
        return None
