"""What the page is told: the course, findings and views as they are now, and each change as an event.

The builder writes here, the server's threads read. Everything is JSON by the time it is asked for.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

import msgspec

from courseware.diagnostics import Diagnostic
from courseware.files import fingerprint
from courseware.model.session import Session
from courseware.model.times.timing import run_sheet
from courseware.serve.live_course import LiveCourse
from courseware.serve.pictures import PictureTable
from courseware.serve.sources import Source, told_to_learners
from courseware.serve.views import SHOWN, View

NAMES = {
    "handout": "Handout", "worksheet": "Worksheet", "plain-slides": "Slides without notes",
    "slides": "Slides with notes", "guide": "Guide", "answers": "Answer key",
}  # fmt: skip
"""What tabs are called."""
MOST_SOURCES = 8
"""Sessions whose lines are kept."""
MOST_EVENTS = 200
"""Events that wait for a page that does not take them; then it is told to load all anew."""


class Look(msgspec.Struct, frozen=True):
    """What is looked at: a session's path, "" for none; a product; its page from 0."""

    path: str = ""
    product: str = "handout"
    sheet: int = 0


def key_of(path: str) -> str:
    """Return the name of a session in addresses."""
    return fingerprint(path.encode())[:12]


class Board:
    """What is published, under one lock."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lock = threading.Lock()
        self.pictures = PictureTable()
        self.title = ""
        self.paths: dict[str, str] = {}
        self.ever: set[str] = set()
        """The names of all sessions that there were."""
        self.sessions: dict[str, dict[str, Any]] = {}
        self.found: dict[str, dict[str, list[dict[str, Any]]]] = {}
        self.views: dict[tuple[str, str], dict[str, Any]] = {}
        self.states: dict[tuple[str, str], str] = {}
        self.faults: list[str] = []
        self.last, self.saves = "", 0
        """The name of the session that was saved last, and how often one was saved."""
        self.sources: dict[str, Source] = {}
        self.listeners: set[queue.Queue[tuple[str, str]]] = set()

    # -- what the builder says ------------------------------------------------------------

    def take_course(self, live: LiveCourse, checked: Mapping[str, tuple[Diagnostic, ...]]) -> None:
        """Take the course's title, and its sessions in order."""
        by_path = {session.path: session for session in live.loaded.course.sessions}
        with self.lock:
            alone = next(iter(by_path.values())).title.plain if len(by_path) == 1 else ""
            self.title = live.loaded.course.name or alone or "Course"
            self.paths = {key_of(path): path for path in live.survey.paths}
            self.ever |= self.paths.keys()
            self.sessions = {
                key: self._session(path, by_path.get(path), path in live.unread)
                for key, path in self.paths.items()
            }
            for path, found in checked.items():
                self._count(path, found)
        self._tell("course")

    def take_findings(
        self, live: LiveCourse, path: str, session: Session | None, found: tuple[Diagnostic, ...]
    ) -> None:
        """Take all findings on a session."""
        source = Source(session, live.text(path))
        to_learners = told_to_learners(found, source)
        with self.lock:
            self.sessions[key_of(path)] = self._session(path, session, path in live.unread)
            self._count(path, found)
            self.found[path] = {
                "facilitator": [_finding(one) for one in found],
                "learner": [_finding(one) for one in to_learners],
            }
            self.sources.pop(path, None)
            self.sources[path] = source
            for oldest in list(self.sources)[:-MOST_SOURCES]:
                del self.sources[oldest]
        self._tell("findings", path)

    def saved(self, path: str) -> None:
        """Tell which session was saved last."""
        with self.lock:
            self.last, self.saves = key_of(path), self.saves + 1
        self._tell("saved", path)

    def begin(self, key: tuple[str, str]) -> None:
        """Tell that a view is being made."""
        self._state(key, "busy")

    def keep(self, key: tuple[str, str], readable: bool) -> None:
        """Tell that a view stays as it was: the text has an error."""
        self._state(key, "kept")

    def show(self, key: tuple[str, str], view: View) -> None:
        """Put a view up; one that failed leaves the pages of the one before."""
        path, product = key
        audience = SHOWN[product].audience
        told = view.findings
        source = self.sources.get(path, Source(None, ""))
        shown = told if audience == "facilitator" else told_to_learners(told, source)
        if view.failed:
            with self.lock:
                before = self.views.get(key, _empty(view))
                self.views[key] = {**before, "findings": [_finding(one) for one in shown]}
            self._state(key, "kept")
            return
        pictures = {sheet.key: view.pictures.get(sheet.key) for sheet in view.sheets}
        self.pictures.show(key, pictures)
        with self.lock:
            self.views[key] = {
                "exists": view.exists,
                "unit": "slide" if product.endswith("slides") else "page",
                "sheets": [msgspec.to_builtins(sheet) for sheet in view.sheets],
                "blocks": view.map,
                "seconds": round(view.seconds, 2),
                "made": time.strftime("%H:%M:%S"),
                "findings": [_finding(one) for one in shown],
            }
        self._state(key, "fresh" if view.whole else "first")

    def forget(self, key: tuple[str, str]) -> None:
        """Take a view down."""
        with self.lock:
            self.views.pop(key, None)
            self.states.pop(key, None)
        self.pictures.drop(key)

    def fault(self, text: str) -> None:
        """Keep the traceback of a fault of the program's."""
        with self.lock:
            self.faults = [*self.faults[-9:], text]

    def end(self) -> None:
        """Tell that the preview ends."""
        self._tell("end")

    # -- what the server asks -------------------------------------------------------------

    def course(self) -> dict[str, Any]:
        """Return the course: its title, sessions in order, the products that are shown."""
        with self.lock:
            return {
                "title": self.title,
                "sessions": list(self.sessions.values()),
                "saved": self.last,
                "saves": self.saves,
                "products": [
                    {"key": key, "name": NAMES[key], "audience": row.audience}
                    for key, row in SHOWN.items()
                ],
            }

    def view(self, key: str, product: str) -> dict[str, Any] | None:
        """Return a product of a session as it is on show, with its findings; None where there is none."""
        with self.lock:
            path = self.paths.get(key)
            if path is None or product not in SHOWN:
                return None
            audience = SHOWN[product].audience
            view = self.views.get((path, product), {"exists": True, "sheets": [], "findings": []})
            return {
                **view,
                "state": self.states.get((path, product), "none"),
                "states": {other: self._tab(path, other) for other in SHOWN},
                "findings": [*self.found.get(path, {}).get(audience, []), *view["findings"]],
            }

    def source(self, key: str, product: str) -> list[str] | None:
        """Return the lines of a session as they may stand beside a product; None where there are none."""
        with self.lock:
            kept = self.sources.get(self.paths.get(key, ""))
        if kept is None or product not in SHOWN:
            return None
        return kept.all_lines if SHOWN[product].audience == "facilitator" else kept.open_lines

    def was_there(self, key: str) -> bool:
        """Whether there is, or was, a session of that name: a page may ask for one that has just gone."""
        with self.lock:
            return key in self.ever

    def listen(self) -> queue.Queue[tuple[str, str]]:
        """Return a queue that gets each event from now on."""
        made: queue.Queue[tuple[str, str]] = queue.Queue(MOST_EVENTS)
        with self.lock:
            self.listeners.add(made)
        return made

    def leave(self, listener: queue.Queue[tuple[str, str]]) -> None:
        """Forget a queue."""
        with self.lock:
            self.listeners.discard(listener)

    # -- inside ---------------------------------------------------------------------------

    def _tab(self, path: str, product: str) -> dict[str, Any]:
        view = self.views.get((path, product))
        return {
            "state": self.states.get((path, product), "none"),
            "count": len(view["sheets"]) if view else 0,
            "exists": view["exists"] if view else True,
        }

    def _state(self, key: tuple[str, str], state: str) -> None:
        with self.lock:
            changed = self.states.get(key) != state or state in ("first", "fresh")
            self.states[key] = state
        if changed:
            self._tell("view", *key)

    def _session(self, path: str, session: Session | None, unread: bool) -> dict[str, Any]:
        """Return a session's row in the list; a file for the facilitator alone by its file's name."""
        row: dict[str, Any] = {"key": key_of(path), "file": path, "title": PurePosixPath(path).stem,
                               "number": None, "minutes": 0, "state": "unread", "counts": {}}  # fmt: skip
        if session is None or unread:
            return row if unread else {**row, "state": "broken"}
        if session.role == "session":
            row["title"] = session.title.plain
        known = self.sessions.get(row["key"], {})
        minutes = sum(segment.minutes for segment in run_sheet(session).segments) if len(session.sections) > 1 or any(s.blocks for s in session.sections) else known.get("minutes", 0)  # fmt: skip
        if not minutes and session.length is not None:
            minutes = session.length.high
        return {**row, "number": session.number, "minutes": round(minutes), "state": known.get("state", "read"),
                "counts": known.get("counts", {}), "open": session.role == "session"}  # fmt: skip

    def _count(self, path: str, found: Iterable[Diagnostic]) -> None:
        row = self.sessions.get(key_of(path))
        if row is None:
            return
        kinds = [str(one.severity) for one in found if one.span.path == path]
        row["counts"] = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
        row["state"] = "broken" if "error" in kinds else "read"

    def _tell(self, name: str, path: str = "", product: str = "") -> None:
        data = msgspec.json.encode({"session": key_of(path) if path else "", "product": product})
        with self.lock:
            for listener in self.listeners:
                try:
                    listener.put_nowait((name, data.decode()))
                except queue.Full:
                    continue


def _empty(view: View) -> dict[str, Any]:
    return {"exists": True, "unit": "page", "sheets": [], "blocks": {}, "seconds": 0, "made": "",
            "findings": []}  # fmt: skip


def _finding(found: Diagnostic) -> dict[str, Any]:
    return {
        "severity": str(found.severity), "code": found.code, "file": found.span.path,
        "line": found.span.line, "column": found.span.column, "message": found.message,
        "hint": found.hint, "source": found.line,
    }  # fmt: skip
