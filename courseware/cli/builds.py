"""A command that builds: told again where nothing changed, else an order for the engine."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from courseware.cli.options import order_key
from courseware.cli.reporting import end, report_findings

if TYPE_CHECKING:
    from courseware.build.state.unchanged import Again
    from courseware.diagnostics import Diagnostic


def build_products(
    context: click.Context, products: tuple[str, ...], given: dict[str, Any]
) -> NoReturn:
    """Build products, all that there are where none is named, and end the program."""
    from courseware.build.state.unchanged import again

    started = time.perf_counter()
    key = order_key(context.obj, products, given)
    plain = given["how"] == "text" and given["report"] is None and not given["force"]
    before = again(given["output"], context.obj, key) if plain else None
    if before is not None:
        _tell_again(before, given, started)
    from courseware.versions import others

    unmade: tuple[Diagnostic, ...] = ()
    if found := others():
        from courseware.cli.installation import makeable

        products, unmade = makeable(products, found)
        if not products:
            report_findings(unmade, context.obj, given["how"], given["report"], given["quiet"])
            end(unmade, given["strict"])
    _warm(context.obj, given)
    from courseware.cli.order import build_now

    build_now(context, products, given, unmade)


def _tell_again(before: Again, given: dict[str, Any], started: float) -> NoReturn:
    """Tell what there is where nothing had to be done, and end the program."""
    from courseware.cli.summary import summary

    bad = {"error", "warning"} if given["strict"] else {"error"}
    for severity, text in before.findings:
        if severity == "error" or not given["quiet"]:
            click.echo(text, err=True)
    output: Path = given["output"]
    lines = [
        f"{output.as_posix()}/{name}  {n} {unit}  unchanged\n" for name, n, unit in before.lines
    ]
    click.echo("".join(lines), nl=False)
    states = ["unchanged"] * len(lines)
    click.echo(summary(states, time.perf_counter() - started, before.saved))
    sys.exit(1 if any(severity in bad for severity, _ in before.findings) else 0)


def _warm(where: Path, given: dict[str, Any]) -> None:
    """Count workers; start the process that they come from while the course is read, for a first build."""
    from courseware.build.run.machine import usual_workers
    from courseware.build.state.store import INDEX

    given["jobs"] = given["jobs"] or usual_workers()
    new = not given["sessions"] and not (given["output"] / INDEX).exists()
    several = len([*where.glob("*.md"), *where.glob("*/*.md")]) > 1
    if given["jobs"] > 1 and not given["executor"] and new and several:
        from courseware.build.run.server import start_server

        start_server()
