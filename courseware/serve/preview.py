"""The preview of one course, from its start to Ctrl-C."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from stat import S_ISDIR
from typing import Any

import msgspec
from filelock import FileLock, Timeout

from courseware import process
from courseware.build.request import RequestError, chosen, course_of
from courseware.build.state.store import key_of
from courseware.files import fingerprint
from courseware.folders import output_of
from courseware.serve.board import Board, Look
from courseware.serve.builder import PreviewBuilder
from courseware.serve.editors import editor_of
from courseware.serve.live_course import LiveCourse
from courseware.serve.server import LOOPBACK, PreviewServer
from courseware.serve.watching import Watcher

PORT = 8765
"""The port that is taken where it is free; else any."""
BEGINNING = 20.0
"""Seconds that another preview may take until its address is known."""
ENDING = 3.0
"""Seconds that a thread may take to end."""
TURN = 0.0005
"""Seconds that a thread may keep the others waiting: with Python's own five thousandths, an answer, which
takes several turns, waited for fifty while a page was made."""
HEED = 0.5
"""Seconds after which Ctrl-C is heeded that came just before the main thread went to sleep.

Python runs a signal's handler between two of its instructions, and a sleep without an end is one.
"""


class Wanted(msgspec.Struct, frozen=True):
    """What `serve` was asked for: the course, the session to begin with, where to serve, the editor.

    `port` is 0 for the usual one. `opens` shows the page in the browser, `polls` looks at files in turn.
    """

    where: Path
    session: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    editor: str = ""
    paper: str = ""
    opens: bool = False
    polls: bool = False


def serve(wanted: Wanted, tell: Callable[[str], None], warn: Callable[[str], None]) -> None:
    """Serve the preview of a course until Ctrl-C; `tell` and `warn` say a line to the user.

    Where another one serves the course already, its address is told, and nothing else is done.
    """
    if not wanted.where.exists():
        raise RequestError(f"there is no course at {wanted.where}")
    cache = cache_of(wanted.where)
    lock = FileLock(cache / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        address = _address_in(cache)
        tell(f"the preview of this course is on already: {address}")
        _open(address, wanted.opens)
        return
    with lock:
        (cache / "address").unlink(missing_ok=True)  # of one that was killed
        running = Running(wanted, cache)
        if wanted.host not in LOOPBACK:
            warn(
                f"{wanted.host}: others on the network can reach the preview; it wants the token in its address"
            )
        running.start()

        def begun() -> None:
            tell(f"preview of {running.board.title}: {running.address}")
            tell("Ctrl-C ends it")
            _open(running.address, wanted.opens)

        running.wait(begun)
        tell("the preview has ended")


def _address_in(cache: Path) -> str:
    """Return the address of the preview that holds a cache; one that begins is waited for."""
    ends = time.monotonic() + BEGINNING
    while time.monotonic() < ends:
        try:
            if address := (cache / "address").read_text("utf-8").strip():
                return address
        except FileNotFoundError:
            pass
        time.sleep(0.05)
    raise RequestError("a preview of this course begins or hangs: its address is not known")


def cache_of(where: Path) -> Path:
    """Return the folder that a course's preview keeps its notes in, made where it is not there."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    name = fingerprint(key_of(where).encode())[:16]
    spare = Path(tempfile.gettempdir()) / f"courseware-{os.getuid()}"
    for folder in (Path(base), spare):
        path = folder / "courseware-preview" / name
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if folder == spare and not _is_own(folder):
                continue
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        if os.access(path, os.W_OK):
            return path
    raise RequestError("there is no folder to keep notes in: name one in XDG_CACHE_HOME")


def _is_own(folder: Path) -> bool:
    """Whether a folder among those of all users is one that this user alone may write in, and no link."""
    found = folder.lstat()
    return S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022


def _open(address: str, wanted: bool) -> None:
    if wanted:
        webbrowser.open(address)


class Running:
    """The threads of a preview: one that watches, one that builds, the server's."""

    def __init__(self, wanted: Wanted, cache: Path) -> None:
        """Read what there is of the course, and take a port."""
        where = wanted.where
        output = output_of(where)
        self.cache = cache
        self.board = Board()
        live = LiveCourse(where, output, cache / "read")
        first = _first(live, where, wanted.session)
        self.builder = PreviewBuilder(live, self.board, wanted.paper)
        self.board.take_course(live, {})
        self.watcher = Watcher(
            where, frozenset({str(output.resolve())}), self.builder.change, wanted.polls
        )
        loopback = wanted.host in LOOPBACK
        editor, editors = editor_of(wanted.editor)
        facts: dict[str, Any] = {
            "host": wanted.host, "root": live.root.resolve().as_posix(), "first": first,
            "editor": editor, "editors": editors, "token": "" if loopback else secrets.token_urlsafe(18),
        }  # fmt: skip
        self.server = self._server(wanted, facts)
        self.threads = [self.watcher, self.builder,
                        threading.Thread(target=self.server.serve_forever, args=(0.1,), daemon=True)]  # fmt: skip
        self.builder.look_at(Look(first))
        self.turn = sys.getswitchinterval()

    def _server(self, wanted: Wanted, facts: dict[str, Any]) -> PreviewServer:
        ports = (wanted.port,) if wanted.port else (PORT, 0)
        for port in ports:
            try:
                return PreviewServer((wanted.host, port), self.board, self.builder, facts)
            except OSError as error:
                if port == ports[-1]:
                    why = error.strerror or "it cannot be had"
                    raise RequestError(f"{wanted.host}:{port}: {why}") from None
        raise RequestError("there is no port")

    @property
    def address(self) -> str:
        """Where the page is."""
        facts = self.server.facts
        token = f"?token={facts['token']}" if facts["token"] else ""
        host = f"[{facts['host']}]" if ":" in facts["host"] else facts["host"]
        return f"http://{host}:{self.server.server_address[1]}/{token}"

    def start(self) -> None:
        """Begin to serve, and write down where."""
        path = self.cache / "address"
        path.touch(0o600)
        path.write_text(self.address, "utf-8")
        sys.setswitchinterval(TURN)
        for thread in self.threads:
            thread.start()

    def wait(self, begun: Callable[[], None]) -> None:
        """Return after Ctrl-C, when all threads have ended; `begun` is called once it can come."""
        forever = threading.Event()
        try:
            with process.raised():
                begun()
                while not forever.wait(HEED):
                    process.raise_again()
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()

    def stop(self) -> None:
        """End all threads; the pages are told."""
        self.board.end()
        self.server.ended.set()
        self.watcher.stop()
        self.builder.stop()
        self.server.shutdown()
        for thread in self.threads:
            thread.join(ENDING)
        self.server.server_close()
        sys.setswitchinterval(self.turn)


def _first(live: LiveCourse, where: Path, session: str) -> str:
    """Return the path of the session to begin with, "" where there is none."""
    paths = live.survey.paths
    if not session:
        return paths[0] if paths else ""
    hits = [path for path in paths if session.lower() in path.lower()]
    exact = [
        path for path in hits if Path(path).name.split("-")[0].lstrip("0") == session.lstrip("0")
    ]
    if len(exact or hits) == 1:
        return (exact or hits)[0]
    return chosen(course_of(where), [session])[0].path
