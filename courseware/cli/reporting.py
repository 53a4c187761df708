"""Findings and faults, told as a command's options say, and the program's end."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

STATES = ("built", "unchanged", "failed", "removed")
"""What a summary counts, in order."""
if TYPE_CHECKING:
    from courseware.course.loading import Loaded
    from courseware.diagnostics import Diagnostic


def shown(found: Diagnostic, where: Path) -> Diagnostic:
    """Return a finding with its path as the user would name it."""
    import msgspec

    base = where.parent if where.is_file() else where
    span = msgspec.structs.replace(found.span, path=(base / found.span.path).as_posix())
    return msgspec.structs.replace(found, span=span)


def report_findings(
    findings: Sequence[Diagnostic], where: Path, how: str, report: Path | None, quiet: bool
) -> None:
    """Tell findings on the screen or in the file `report`; as text they go to standard error."""
    from courseware.cli.formats import written
    from courseware.diagnostics import Severity

    kept = [shown(f, where) for f in findings if not quiet or f.severity is Severity.ERROR]
    text = written(kept, how, where.parent if where.is_file() else where)
    if report is not None:
        try:
            report.write_text(text, "utf-8")
        except OSError as error:
            raise click.UsageError(f"the report {report}: {error.strerror}") from None
    elif text:
        click.echo(text, nl=False, err=how == "text")


def tell_errors(loaded: Loaded, where: Path, paths: Collection[str] | None) -> bool:
    """Tell, on standard error, the errors of some of a course's files, or of all for None.

    Returns whether there are any.
    """
    errors = (f for f in loaded.findings if f.severity == "error")
    mine = [f for f in errors if paths is None or f.span.path in paths]
    report_findings(mine, where, "text", None, quiet=True)
    return bool(mine)


def end(findings: Sequence[Diagnostic], strict: bool) -> NoReturn:
    """End the program: with 1 where a finding is an error, or a warning where that is strict."""
    from courseware.diagnostics import Severity

    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    sys.exit(1 if any(f.severity in bad for f in findings) else 0)


def log_faults(faults: Sequence[str], output: Path) -> None:
    """Keep the tracebacks of faults of the program's own."""
    log = output / "courseware-fault.log"
    if not faults:
        return
    try:
        log.write_text("\n".join(faults), "utf-8")
        click.echo(f"an internal fault; its traceback is in {log}", err=True)
    except OSError as error:
        click.echo(f"an internal fault; {log}: {error.strerror}\n{faults[-1]}", err=True)


def summary(states: Sequence[str], seconds: float, saved: float) -> str:
    """Return files by what happened to them, the time taken, the time saved."""
    counts = [(states.count(state), state) for state in STATES]
    said = ", ".join(f"{count} {state}" for count, state in counts if count) or "nothing to build"
    return f"{said} in {duration(seconds)}" + (f", {duration(saved)} saved" if saved else "")


def several(number: int, units: str) -> str:
    """Return a number with what it counts, which is given in the plural: "1 page", "2 pages"."""
    return f"{number} {units.removesuffix('s') if number == 1 else units}"


def duration(seconds: float) -> str:
    """Return a time as one says it: "0.4 s", "48 s", "3 min 20 s", "1 h 05 min"."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
