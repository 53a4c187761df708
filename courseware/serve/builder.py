"""The one thread that reads, checks and lays out: what is looked at first, all else when there is time."""

from __future__ import annotations

import gc
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec

from courseware import files
from courseware.build.run.work import COURSE, PROGRAM, Recorded, Titles
from courseware.checking.rules import accepted, of_session, with_lines
from courseware.diagnostics import Diagnostic, Severity, Span, in_order
from courseware.folders import layouts
from courseware.html.sandbox import LayoutError
from courseware.model.session import Session
from courseware.products.table import page, titles
from courseware.serve.asking import chapters_of, course_of, print_of, still_holds
from courseware.serve.board import Board, Look
from courseware.serve.decks import DeckView
from courseware.serve.documents import DocumentView
from courseware.serve.live_course import LiveCourse
from courseware.serve.views import SHOWN, Stopped, View, ViewSource, failed, touches
from courseware.weasyprint_speed.shaping import lines_kept

CALM = 0.6
"""Seconds without a change after which what nobody looks at is made."""
IDLE = 3.0
"""Seconds since a save after which other sessions are read and checked: one takes as long as what the save asks."""
LONG = 2.0
"""Seconds after which the product that is looked at is finished though something newer is wanted."""
MOST_VIEWS = 18
"""Views that are kept: those of three sessions."""
MOST_UNCOLLECTED = 3
"""Views that are made, where saves follow each other, before garbage is looked for."""
replace = msgspec.structs.replace


class PreviewBuilder(threading.Thread):
    """Takes changes and looks, and puts what it makes on the board."""

    def __init__(self, live: LiveCourse, board: Board, paper: str) -> None:
        """Take the course, where to publish, and the paper in place of the course's own, or ""."""
        super().__init__(name="building", daemon=True)
        self.live, self.board, self.paper = live, board, paper
        self.wanted = threading.Condition()
        self.names: set[str] = set()
        self.ended = False
        self.since, self.saved = time.monotonic(), -IDLE
        self.look = self.followed = Look()
        self.checked: dict[str, tuple[Diagnostic, ...]] = {}
        self.views: dict[tuple[str, str], View] = {}
        self.prints: dict[tuple[str, str], str] = {}
        self.stale: set[tuple[str, str]] = set()
        self.uncollected, self.frozen = 0, False
        self.before: dict[tuple[str, str], Session] = {}
        """What views were made of when the save came that was last."""

    # -- what others tell -----------------------------------------------------------------

    def change(self, names: set[str]) -> None:
        """Take names of files of the course that changed."""
        with self.wanted:
            self.names |= names
            self.since = self.saved = time.monotonic()
            self.wanted.notify()

    def look_at(self, look: Look) -> None:
        """Take what is looked at now."""
        with self.wanted:
            self.look = look
            self.wanted.notify()

    def stop(self) -> None:
        """End soon."""
        with self.wanted:
            self.ended = True
            self.wanted.notify()

    # -- what is done ---------------------------------------------------------------------

    def run(self) -> None:
        """Do one thing after another, the most wanted first.

        Garbage is looked for between two things: in the middle of one it would take as long as reading.
        """
        gc.disable()
        try:
            with lines_kept():
                while not self.ended:
                    self._go_on()
        finally:
            gc.enable()

    def _go_on(self) -> None:
        try:
            self._take_changes()
            if not self._step():
                self._wait()
        except Stopped:
            return
        except Exception:  # a fault of ours must not end the preview
            self.board.fault(traceback.format_exc())
            self._wait()

    def _step(self) -> bool:
        """Do what is wanted most; return whether there was anything."""
        look = self.followed = self.look
        if look.path and look.path in self.live.files:
            if look.path not in self.checked:
                self._check(look.path)
                return True
            if self._make(look.path, look.product):
                if self.uncollected > MOST_UNCOLLECTED or not self.frozen:
                    self._collect()
                return True
        if (left := CALM - (time.monotonic() - self.since)) > 0:
            self._wait(left)
            return True
        return self._in_background(look)

    def _collect(self) -> None:
        """Let go of what was laid out, and never look again at what there was before the first page."""
        if self.uncollected:
            gc.collect()
            if not self.frozen:
                gc.freeze()
            self.uncollected, self.frozen = 0, True

    def _in_background(self, look: Look) -> bool:
        for product in SHOWN:
            if look.path in self.live.files and self._make(look.path, product):
                return True
        self._collect()
        if (left := IDLE - (time.monotonic() - self.saved)) > 0:
            self._wait(left)
            return True
        for path in (*sorted(self.live.unread), *self.live.survey.paths):
            if path not in self.checked and path in self.live.files:
                self._check(path)
                return True
        self.live.keep()
        return False

    def _wait(self, seconds: float | None = None) -> None:
        """Wait for a change, or for another look than what was done last followed."""
        with self.wanted:
            self.wanted.wait_for(
                lambda: self.ended or self.names or self.look is not self.followed, seconds
            )

    def _take_changes(self) -> None:
        """Read what changed, and tell which sessions were saved."""
        with self.wanted:
            names, self.names = self.names, set()
        if not names:
            return
        before, there = self.live.loaded, set(self.live.files)
        read = self.live.take(names)
        self.before |= {k: v.session for k, v in self.views.items() if k[0] in read and v.session}
        others = names - read
        moved = {found.span.path for found in {*before.findings} ^ {*self.live.loaded.findings}}
        if (
            others
            or there != self.live.files.keys()
            or self.live.loaded.settings != before.settings
            or moved - self.live.files.keys()
        ):
            self.checked.clear()  # whether what links and pictures lead to is there is asked again
        for path in read | moved:
            self.checked.pop(path, None)
        self.stale |= {key for key, view in self.views.items() if others and touches(view, others)}
        gone = [key for key in self.views if key[0] not in self.live.files]
        for key in gone:
            self._forget(key)
        saved = [path for path in names & read if path in self.live.files]
        self.board.take_course(self.live, self.checked)
        if saved:
            self.board.saved(max(saved, key=self.live.saved_at))

    # -- findings -------------------------------------------------------------------------

    def _check(self, path: str) -> None:
        """Read a session where that is to be done, and look for what is wrong with it."""
        if path in self.live.unread:
            self.live.read(path)
        loaded, session = self.live.loaded, self.live.session(path)
        found = [*self.live.findings(path), *(of_session(loaded, session) if session else ())]
        course = [f for f in loaded.findings if f.span.path not in self.live.files]
        told = with_lines(loaded, in_order(accepted(loaded, [*course, *found])))
        self.checked[path] = told
        self.board.take_findings(self.live, path, session, told)

    def _stopped(self, path: str) -> bool:
        """Whether an error of the session's text keeps its products from being made."""
        return path in self.live.loaded.failed or any(
            f.severity is Severity.ERROR and f.span.path == path for f in self.checked[path]
        )

    # -- views ----------------------------------------------------------------------------

    def _make(self, path: str, product: str) -> bool:
        """Make a product of a session where it is not as the session is now; return whether it was made."""
        key = path, product
        session = self.live.session(path)
        if path not in self.checked or self._stopped(path) or session is None:
            self.board.keep(key, session is not None)
            self.prints.pop(key, None)  # mended, it is made anew, to the same text too
            return False
        primary = key == (self.look.path, self.look.product)
        asked = self._asked(session, product, self.look.sheet if primary else None)
        print_ = print_of(asked)
        if (
            self.prints.get(key) == print_
            and key not in self.stale
            and still_holds(self.views[key], asked)
        ):
            return False
        began = time.perf_counter()
        self.prints.pop(key, None)  # what is stopped may have shown a page already
        self.board.begin(key)

        def show(view: View) -> None:
            if not view.whole and asked.seen is not None:
                name = view.sheets[min(asked.seen, len(view.sheets) - 1)].key
                self.board.pictures.draw(name, view.pictures[name])
            self.board.show(key, replace(view, seconds=time.perf_counter() - began))

        done = self._view(asked, primary, show)
        show(done)
        before = self.views.pop(key, None)
        if done.failed and before is not None:  # its pages stay, and the next one begins at them
            done = replace(before, facts=done.facts)
        self.views[key], self.prints[key] = done, print_
        self.uncollected += 1
        self.stale.discard(key)
        for oldest in list(self.views)[:-MOST_VIEWS]:
            self._forget(oldest)
        return True

    def _view(self, asked: ViewSource, primary: bool, show: Callable[[View], None]) -> View:
        """Return a view; a fault of the program's is one of its findings."""
        try:
            return make_view(asked, self._going_on(primary), show)
        except Stopped:
            raise
        except Exception as error:
            message = f"{SHOWN[asked.product].name}: {type(error).__name__}: {error}"
            found = Diagnostic("C301", message, Span(asked.session.path))
            self.board.fault(traceback.format_exc())
            return View(asked.product, asked.session.path, findings=(found,))

    def _going_on(self, primary: bool) -> Callable[[], None]:
        began, look = time.monotonic(), self.look

        def going_on() -> None:
            moved = (self.look.path, self.look.product) != (look.path, look.product)
            late = primary and not moved and time.monotonic() - began > LONG
            if self.ended or ((self.names or moved) and not late):
                raise Stopped

        return going_on

    def _asked(self, session: Session, product: str, sheet: int | None) -> ViewSource:
        course = course_of(self.live, session)
        audience = SHOWN[product].audience
        maps = {}
        for cited in SHOWN[product].cites:
            view = self.views.get((session.path, cited))
            if view is not None and view.exists and not view.failed:
                maps[cited] = view.map
        return ViewSource(
            product, course, titles(audience, self.live.loaded.course), maps, self.live.root,
            self.paper or course.paper, sheet, self.before.get((session.path, product)),
            self.views.get((session.path, product)),
            chapters_of(self.live, session),
        )  # fmt: skip

    def _forget(self, key: tuple[str, str]) -> None:
        self.views.pop(key, None)
        self.prints.pop(key, None)
        self.before.pop(key, None)
        self.stale.discard(key)
        self.board.forget(key)


def begin(where: Path, output: Path, cache: Path, board: Board, paper: str) -> PreviewBuilder:
    """Return a builder of the course at `where`, which is not started yet."""
    live = LiveCourse(where, output, cache)
    made = PreviewBuilder(live, board, paper)
    board.take_course(live, {})
    return made


def make_view(
    asked: ViewSource, going_on: Callable[[], None], show: Callable[[View], None]
) -> View:
    """Return a view; `show` gets it before, with the page that is looked at, where that is sooner.

    `going_on` is called now and then, and may raise `Stopped`.
    """
    return replace(_made(asked, going_on, show), session=asked.session)


def _made(asked: ViewSource, going_on: Callable[[], None], show: Callable[[View], None]) -> View:
    with files.recorded({COURSE: asked.root, PROGRAM: layouts()}) as trace:
        course = Recorded(**msgspec.structs.asdict(asked.course))
        found = page(asked.row, course, asked.session.path)
        if found is None:
            return View(asked.product, asked.session.path, facts=trace.facts, exists=False)
        found = found.with_references(Titles(asked.titles), asked.maps, asked.chapters)
        make = DocumentView if asked.row.writer == "pdf" else DeckView
        try:
            return make(asked, found, trace.facts, show, going_on).view()
        except LayoutError as error:
            return failed(asked, trace.facts, error.finding)
