"""The commands `release` and `changes`: a build, what is kept of it, and what is told."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NoReturn

import click
import msgspec
from filelock import FileLock

from courseware.build.driver import Line
from courseware.build.publish.publish import publish
from courseware.build.request import course_of
from courseware.build.state.store import LOCK
from courseware.cli.options import BuildOptions
from courseware.cli.order import OrderOutcome, run_order
from courseware.cli.progress import Progress
from courseware.cli.reporting import end, report_findings, several
from courseware.course.loading import Loaded, read_settings
from courseware.diagnostics import Diagnostic, Severity, Span
from courseware.release.archives import FaultyError, Released, last_before, release, snapshot
from courseware.release.changes import Changes, as_text, changes
from courseware.release.errata import errata
from courseware.release.manifest import (
    FOLDER,
    VERSION,
    Manifest,
    is_released,
    read_manifest,
)

STALE = "C179"
"""The finding that a calendar was not made: it would be taken for the one that was given out before."""


def make_release(options: BuildOptions) -> NoReturn:
    """Build and write a release, tell of it, and end the program."""
    version, folder = options.version or "", options.output / FOLDER
    if not VERSION.fullmatch(version):
        raise click.UsageError(f'"{version}" is no version; say it as 1.4 or 2026-11-28')
    taken = is_released(folder, version)
    if taken:
        _stop([taken], options)
    with _told(options):
        last_before(folder, version)  # one that cannot be read is told before anything is built
    done = run_order(options, Progress(options.how == "text"))
    _need_all(done, options, "nothing is released", {STALE})
    loaded, lines = done.asked.loaded, _lines(done)
    with _told(options), FileLock(options.output / LOCK):
        paper = loaded.course.paper
        made = release(loaded, lines, options.output, folder, version, paper)
    report_findings(made.findings, options.where, "text", None, options.quiet)
    if options.how == "text":
        _tell_release(made, loaded)
    end((*done.findings, *made.findings), options.strict)


def _tell_release(made: Released, loaded: Loaded) -> None:
    """Tell a release's files, what it lacks, and what changed since the last one."""
    for path in made.paths:
        click.echo(f"{path.as_posix()}  {path.stat().st_size:,} bytes  released")
    for line in _advice(made.manifest, loaded):
        click.echo(line, err=True)
    if made.changes:
        click.echo("\n" + as_text(made.changes), nl=False)


def _advice(manifest: Manifest, loaded: Loaded) -> Iterator[str]:
    own, mine = loaded.settings.version, manifest.version
    if own and own != mine:
        yield f'course.yml says version "{own}": write "{mine}" there, or a later build takes it back'
    if not manifest.licence:
        yield "course.yml names no licence: learners are not told what they may do with their files"
    if manifest.commit and manifest.edited:
        yield f"the course has changes that are not committed: the manifest names {manifest.commit[:9]}"


def tell_changes(options: BuildOptions, since: str, later: str, form: str) -> NoReturn:
    """Tell what changed since a release, write the page of errata, and end the program."""
    old = _manifest(options, since)
    if later:
        loaded, new = course_of(options.where, options.output), _manifest(options, later)
    else:
        loaded, new = _now(options, old)
    told = changes(old, new)
    text = (
        as_text(told)
        if form == "text"
        else msgspec.json.format(msgspec.json.encode(told)).decode() + "\n"
    )
    click.echo(text, nl=False)
    findings = _write_errata(old, new, loaded, options)
    report_findings(findings, options.where, "text", None, options.quiet)
    end(findings, options.strict)


def _now(options: BuildOptions, old: Manifest) -> tuple[Loaded, Manifest]:
    """Build a course; return it, and the manifest that a release of it would have.

    Where course.yml has no version, files say that of the old release, so that this is no change.
    """
    if options.where.is_dir() and not read_settings(options.where)[0].version:
        options = replace(options, version=old.version)
    done = run_order(options, Progress(aside=True))
    _need_all(done, options, "changes are told when all is built")
    loaded, lines = done.asked.loaded, _lines(done)
    with _told(options), FileLock(options.output / LOCK):
        new = snapshot(loaded, lines, options.output, "", old)
    stays = any(found.code == STALE for found in done.findings)
    kept = tuple(file for file in old.files if stays and file.product == "schedule")
    return loaded, msgspec.structs.replace(new, files=(*new.files, *kept))


def _lines(done: OrderOutcome) -> list[Line]:
    """Return the lines of the products that are asked for: not of what is made for a folder of theirs alone."""
    return [line for line in done.built.lines if line.product in done.asked.products]


def _write_errata(
    old: Manifest, new: Manifest, loaded: Loaded, options: BuildOptions
) -> tuple[Diagnostic, ...]:
    """Write the page of errata on learners' changes, or remove an old one where there are none."""
    told: Changes = changes(old.for_audience("learner"), new.for_audience("learner"))
    made = errata(told, loaded, loaded.course.paper)
    path = options.output / FOLDER / f"errata-since-{old.version}.pdf"
    with _told(options):
        if made is None or not made.data:
            path.unlink(missing_ok=True)
            return made.findings if made else ()
        publish(path, made.data)
    click.echo(f"{path.as_posix()}  {several(made.count, 'pages')}", err=True)
    return made.findings


def _manifest(options: BuildOptions, version: str) -> Manifest:
    found = read_manifest(options.output / FOLDER, version)
    return _stop([found], options) if isinstance(found, Diagnostic) else found


def _need_all(
    done: OrderOutcome, options: BuildOptions, otherwise: str, codes: Collection[str] = ()
) -> None:
    """End the program where something was not built, or a finding has one of the codes: it is not the whole course."""
    bad = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    told = [f for f in done.findings if f.code in codes]
    if told or any(f.severity in bad for f in done.findings):
        click.echo(": ".join([otherwise, *(f"{f.message} ({f.hint})" for f in told)]), err=True)
        sys.exit(1)


def _stop(findings: Iterable[Diagnostic], options: BuildOptions) -> NoReturn:
    """Tell findings and end the program."""
    found = tuple(findings)
    report_findings(found, options.where, options.how, options.report, options.quiet)
    end(found, options.strict)


@contextmanager
def _told(options: BuildOptions) -> Iterator[None]:
    """End the program with a finding where a release cannot be read or written."""
    try:
        yield
    except FaultyError as error:
        _stop(error.findings, options)
    except OSError as error:
        where = error.filename or options.output.as_posix()
        hint = "name another folder with --output"
        _stop([Diagnostic("C305", f"{where}: {error.strerror}", Span(".", 0), hint)], options)
