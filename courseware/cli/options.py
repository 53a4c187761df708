"""Options that several commands share, as tables to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click

from courseware.build.request import Request
from courseware.folders import output_of

Option = Callable[[Any], Any]


def options(table: Sequence[Option]) -> Option:
    """Return the decorator that gives a command the options of a table, in its order.

    Commands share an option: making three hundred of them took a tenth of a build with nothing to do.
    """

    def decorate(function: Any) -> Any:
        params = function.__dict__.setdefault("__click_params__", [])
        params.extend(_made(option) for option in reversed(table))
        return function

    return decorate


@cache
def _made(option: Option) -> click.Parameter:
    """Return what the decorator of an option makes."""

    def bare() -> None:
        """Take the option."""

    (made,) = option(bare).__click_params__
    return made  # type: ignore[no-any-return]


FINDINGS: tuple[Option, ...] = (
    click.option("--strict", is_flag=True, help="Warnings fail, too."),
    click.option("--format", "how", type=click.Choice(["text", "json", "sarif", "github"]), default="text",
                 help="How findings are told."),
    click.option("--report", type=click.Path(path_type=Path, dir_okay=False),
                 help="A file for the findings."),
    click.option("-q", "--quiet", is_flag=True, help="Only errors and what was built."),
)  # fmt: skip


def _output(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path:
    """Return where files go: as asked, else the course's own place."""
    return value or output_of(context.obj or Path())


OUTPUT: tuple[Option, ...] = (
    click.option("--output", type=click.Path(path_type=Path, file_okay=False), callback=_output,
                 help="Where files go. Default: output/ in the course's folder, or beside a single file."),
)  # fmt: skip
MAKING: tuple[Option, ...] = (
    *OUTPUT,
    click.option("--jobs", type=click.IntRange(1), metavar="N",
                 help="Files made at once. Default: one for each core that memory allows."),
    click.option("--time-limit", type=click.FloatRange(0.1), default=300.0, metavar="SECONDS",
                 help="When a file that is not done is given up. Default: 300."),
    click.option("--executor", default="", metavar="ADDRESS",
                 help="A Dask scheduler, as tcp://10.0.0.5:8786, whose machines make the files."),
    click.option("--force", is_flag=True, help="Build all again, though nothing changed."),
    click.option("-v", "--verbose", is_flag=True, help="Say why a file is built again."),
)  # fmt: skip
BUILDING: tuple[Option, ...] = (
    click.argument("sessions", nargs=-1, metavar="[SESSION]..."),
    click.option("--paper", type=click.Choice(["a4", "letter"]), help="Paper, in place of the course's."),
    *MAKING,
    *FINDINGS,
)  # fmt: skip


def _start(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return a time of day as it was given; anything else is a wrong use."""
    if value is None:
        return None
    import re

    from courseware.model.times.delivery import CLOCK

    if not value or not re.match(CLOCK, value):
        raise click.BadParameter(f'"{value}" is no time of day; say it as 09:00')
    return value


LENGTH: tuple[Option, ...] = (
    click.option("--length", type=click.IntRange(1, 24 * 60), metavar="MINUTES",
                 help="The minutes that there are: a plan for them, in files of its own, …-90-min."),
)  # fmt: skip
VARIANT: tuple[Option, ...] = (
    *LENGTH,
    click.option("--variant", metavar="NAME",
                 help="A variant that course.yml names, in files of its own."),
)  # fmt: skip
TIMES: tuple[Option, ...] = (
    click.option("--start", callback=_start, metavar="HH:MM", help="When the session starts."),
    *VARIANT,
    click.option("--group", type=click.IntRange(1, 10_000), metavar="N",
                 help="How many people take part."),
)  # fmt: skip


TEMPLATE: tuple[Option, ...] = (
    click.option("--template", type=click.Path(exists=True, path_type=Path, dir_okay=False, resolve_path=True), metavar="FILE.pptx",
                 help="The presentation that slides are made on, in place of the course's."),
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)  # methods that nobody asks for take a millisecond
class BuildOptions(Request):
    """What a command was asked for: a build, and how to tell of it; each field is the option of that name.

    `how` is the format of findings, `report` a file for them.
    """

    verbose: bool = False
    strict: bool = False
    how: str = "text"
    report: Path | None = None
    quiet: bool = False
