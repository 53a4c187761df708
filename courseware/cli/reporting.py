"""Findings and faults, told as a command's options say, and the program's end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
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
