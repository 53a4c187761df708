"""What a build tells while it goes on: its lines, a bar on a terminal, and what it came to."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from courseware.build.driver import Line
from courseware.build.plan.queue import ExecutorError, State
from courseware.cli.reporting import duration as duration
from courseware.cli.reporting import several, summary
from courseware.process import raised

PATIENCE = 1.0
"""Seconds that a build takes before a bar is shown."""
WIDTH = 24
"""Characters of the bar."""
STOPPED = 130
"""The exit code of a build that Ctrl-C stopped, as shells have it: 128 and the signal's number."""
_CLEAR, _CURSOR = "\r\x1b[K", "\x1b[?25h"


class Progress:
    """Tells a build's lines on standard output, and on a terminal a bar on standard error.

    `lines` False: neither, as findings for other programs are on standard output. `aside`: lines go to
    standard error, as a command prints something else.
    """

    def __init__(self, lines: bool = True, aside: bool = False) -> None:
        """Start the clock."""
        self.aside = aside
        self.started = time.monotonic()
        self.lines: list[Line] = []
        self.shown = lines
        self.barred = lines and sys.stderr.isatty() and not os.environ.get("CI")
        self.bar: Any = None
        self.first: State | None = None

    def line(self, line: Line) -> None:
        """Tell a file's line."""
        self.lines.append(line)
        if not self.shown:
            return
        count = f"  {several(line.count, line.unit)}" if line.count else ""
        seconds = f"  {line.seconds:.1f} s" if line.count and line.state == "built" else ""
        self.clear()
        click.echo(f"{line.path}{count}  {line.state}{seconds}", err=self.aside)

    def watch(self, state: State) -> None:
        """Draw the bar, once the build has taken longer than a moment."""
        self.first = self.first or state
        elapsed = time.monotonic() - self.started
        if not self.barred or elapsed < PATIENCE:
            return
        if self.bar is None:
            self.bar = click.progressbar(
                length=state.total, file=sys.stderr, width=WIDTH, show_percent=False, show_eta=False,
                bar_template="[%(bar)s]  %(info)s", fill_char="#", empty_char="-",
                item_show_func=lambda text: text,
                update_min_steps=0,
            )  # fmt: skip
        self.bar.update(state.ended - self.bar.pos, told(state, left(self.first, state, elapsed)))

    @contextmanager
    def ended(self) -> Iterator[None]:
        """Take the bar away after a build; where Ctrl-C stops it, say what was done, and exit."""
        try:
            with raised():
                yield
        except KeyboardInterrupt:
            self.close()
            click.echo(f"stopped: {self.summary()}", err=self.aside or not self.shown)
            sys.exit(STOPPED)
        except ExecutorError as error:
            raise click.UsageError(str(error)) from None
        finally:
            self.close()

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            click.echo(_CLEAR + _CURSOR, nl=False, err=True)
            self.bar = None
            self.barred = False

    def summary(self) -> str:
        """Return what the build came to: files by what happened to them, time taken, time saved."""
        saved = sum(line.saved for line in self.lines)
        states = [line.state for line in self.lines]
        return summary(states, time.monotonic() - self.started, saved)

    def clear(self) -> None:
        """Take the bar off the line, for a line of text."""
        if self.bar is not None:
            click.echo(_CLEAR, nl=False, err=True)


def told(state: State, seconds: float | None) -> str:
    """Return a state as the bar says it: "12 of 40  2 running  15 s left"."""
    said = f"{state.ended} of {state.total}  {len(state.running)} running"
    return said if seconds is None else f"{said}  {duration(seconds)} left"


def left(first: State, now: State, elapsed: float) -> float | None:
    """Return the seconds left: the work that is left, at the pace of what was done so far.

    None where nothing is known: no job has ended, and none says how long it took last time.
    """
    done = first.todo - now.todo
    if done > 0:
        return now.todo / done * elapsed
    return now.todo / now.workers if now.known else None
