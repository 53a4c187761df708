"""A command that builds: told again where nothing changed, else an order for the engine."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import click

from courseware.cli.options import BuildOptions
from courseware.cli.reporting import end, report_findings

if TYPE_CHECKING:
    from courseware.build.state.unchanged import Again


def build_products(asked: BuildOptions) -> NoReturn:
    """Build products, what `all` makes of the course where none is named, and end the program."""
    from courseware.build.state.unchanged import again

    started = time.perf_counter()
    plain = asked.how == "text" and asked.report is None and not asked.force
    before = again(asked.output, asked.where, asked.key) if plain else None
    if before is not None:
        _tell_again(before, asked, started)
    from courseware.versions import others

    if found := others():
        from courseware.build.steps import makeable

        products, unmade = makeable(asked.products, found)
        if not products:
            report_findings(unmade, asked.where, asked.how, asked.report, asked.quiet)
            end(unmade, asked.strict)
    asked = _warm(asked)
    from courseware.cli.order import build_now

    build_now(asked)


def _tell_again(before: Again, asked: BuildOptions, started: float) -> NoReturn:
    """Tell what there is where nothing had to be done, and end the program."""
    from courseware.cli.reporting import several, summary

    bad = {"error", "warning"} if asked.strict else {"error"}
    for severity, text in before.findings:
        if severity == "error" or not asked.quiet:
            click.echo(text, err=True)
    output = asked.output
    lines = [
        f"{output.as_posix()}/{name}  {several(n, unit)}  unchanged\n"
        for name, n, unit in before.lines
    ]
    click.echo("".join(lines), nl=False)
    states = ["unchanged"] * len(lines)
    click.echo(summary(states, time.perf_counter() - started, before.saved))
    sys.exit(1 if any(severity in bad for severity, _ in before.findings) else 0)


def _warm(asked: BuildOptions) -> BuildOptions:
    """Return the options with the workers counted; start the process that they come from while the course is read, for a first build."""
    from courseware.build.run.machine import usual_workers
    from courseware.build.state.store import INDEX

    jobs, where = asked.jobs or usual_workers(), asked.where
    new = not asked.sessions and not (asked.output / INDEX).exists()
    several = len([*where.glob("*.md"), *where.glob("*/*.md")]) > 1
    if jobs > 1 and not asked.executor and new and several:
        from courseware.build.run.server import start_server

        start_server()
    return replace(asked, jobs=jobs)
