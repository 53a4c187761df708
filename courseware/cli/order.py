"""An order for the engine, and what is told of it.

Loaded only where something is to be done: it brings the engine along.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click
import msgspec

from courseware.build.driver import Built, build
from courseware.build.state.index import read_index
from courseware.build.state.store import key_of
from courseware.build.steps import BuildRequest, begin_output, order_of, read_request
from courseware.cli.options import BuildOptions
from courseware.cli.progress import Progress
from courseware.cli.reporting import end, log_faults, report_findings, shown
from courseware.diagnostics import Diagnostic, as_text


class OrderOutcome(msgspec.Struct, frozen=True):
    """What came of an order: what was asked, what was built, and all findings."""

    asked: BuildRequest
    built: Built
    findings: tuple[Diagnostic, ...]


def build_now(options: BuildOptions) -> NoReturn:
    """Read, check and build, tell of it and of what cannot be made here, and end the program."""
    end(run_order(options, Progress(options.how == "text")).findings, options.strict)


def run_order(options: BuildOptions, progress: Progress) -> OrderOutcome:
    """Read, check and build, and tell of it and of what cannot be made here."""
    with progress.ended():
        asked = read_request(options, lambda finding: as_text(shown(finding, options.where)))
        _begin_output(options)
        order = order_of(asked, options)
        order = msgspec.structs.replace(
            order,
            why=lambda name, reason: _tell_why(options, progress, name, reason),
            waiting=lambda: _tell_waiting(options.output),
            crew=msgspec.structs.replace(order.crew, watch=progress.watch),
        )
        built = build(asked.loaded, order, progress.line)
    # What is to be said of a template is said once, not for each of its decks.
    findings = tuple(dict.fromkeys((*asked.findings, *built.findings)))
    report_findings(findings, options.where, options.how, options.report, options.quiet)
    log_faults(built.faults, options.output)
    if options.how == "text":
        click.echo(progress.summary(), err=progress.aside)
    return OrderOutcome(asked, built, findings)


def _begin_output(options: BuildOptions) -> None:
    """Make a course's own output folder; tell once of an earlier one elsewhere."""
    output, old = options.output, Path("output")
    if not begin_output(options) or old.resolve() == output.resolve():
        return
    if key_of(options.where) in read_index(old).courses:
        message = (
            f"files of earlier builds are still in {old}/; new ones go to {output.as_posix()}/"
        )
        click.echo(message, err=True)


def _tell_why(options: BuildOptions, progress: Progress, name: str, reason: str) -> None:
    if options.verbose:
        progress.clear()
        click.echo(f"{(options.output / name).as_posix()}: {reason}", err=True)


def _tell_waiting(output: Path) -> None:
    click.echo(f"another build holds {output}: waiting for it", err=True)
