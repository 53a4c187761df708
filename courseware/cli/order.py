"""An order for the engine: the course as read, what it depends on, and who does the work.

Loaded only where something is to be done: it brings the engine along.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click
import msgspec

from courseware import files, versions
from courseware.build.driver import Earlier, Order, build
from courseware.build.plan.agenda import Crew
from courseware.build.state.findings import Remembering
from courseware.build.state.index import read_index
from courseware.build.state.readings import Readings
from courseware.build.state.store import CACHE, Store, key_of, roots
from courseware.checking.rules import check
from courseware.cli.options import BuildOptions
from courseware.cli.progress import Progress
from courseware.cli.reporting import end, log_faults, report_findings, shown
from courseware.cli.selection import chosen, course_of, delivered, editions, templated
from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Severity, Span, as_text
from courseware.folders import output_of
from courseware.model.session import Session
from courseware.model.variants import Edition
from courseware.products.table import PRODUCTS, VARIANTS, Product
from courseware.versions import Other

_KINDS = {"pdf": {"pdf"}, "pptx": {"pptx"}, "pptx-plain": {"pptx"}}
"""Kinds of files that a writer's products are; those of a deck as PDF are both."""


class Asked(msgspec.Struct, frozen=True):
    """What is to be built: the course, its sessions that are asked for, and what was seen so far."""

    loaded: Loaded
    sessions: tuple[Session, ...]
    findings: tuple[Diagnostic, ...]
    earlier: Earlier
    editions: tuple[Edition, ...]


def build_now(
    options: BuildOptions,
    unmade: tuple[Diagnostic, ...] = (),
) -> NoReturn:
    """Read, check and build, tell of it and of what cannot be made here, and end the program."""
    progress = Progress(options.how == "text")
    with progress.ended():
        asked = _read(options, unmade)
        _begin_output(options)
        built = build(asked.loaded, _order(asked, options, progress), progress.line)
    # What is to be said of a template is said once, not for each of its decks.
    findings = tuple(dict.fromkeys((*asked.findings, *built.findings)))
    report_findings(findings, options.where, options.how, options.report, options.quiet)
    log_faults(built.faults, options.output)
    if options.how == "text":
        click.echo(progress.summary())
    end(findings, options.strict)


def _begin_output(options: BuildOptions) -> None:
    """Make a course's own output folder, which git is to ignore; tell once of an earlier one elsewhere."""
    output, old = options.output, Path("output")
    if output != output_of(options.where) or output.exists():
        return
    with suppress(OSError):  # the build tells of a folder that cannot be written to
        output.mkdir()
        (output / ".gitignore").write_text("*\n", "utf-8")
    if old.resolve() != output.resolve() and key_of(options.where) in read_index(old).courses:
        message = (
            f"files of earlier builds are still in {old}/; new ones go to {output.as_posix()}/"
        )
        click.echo(message, err=True)


def _read(options: BuildOptions, unmade: tuple[Diagnostic, ...]) -> Asked:
    """Read and check the course, and note all that this looked at; what cannot be made is told first."""
    output, where = options.output, options.where
    readings = Readings(Store(output / CACHE))
    places = {name: Path(path) for name, path in roots(where).items()}
    with files.recorded(places) as trace:
        loaded = templated(delivered(course_of(where, output, readings), options), options)
        sessions = chosen(loaded, options.sessions)
        made = editions(loaded, options, readings.full)
        findings = (*unmade, *check(loaded, Remembering(readings, places)))
    loaded = _without_stopped(loaded, findings)
    earlier = Earlier(
        course=key_of(where),
        key=options.key,
        facts=trace.facts,
        findings=findings,
        text=lambda finding: as_text(shown(finding, where)),
        readings=readings,
    )
    return Asked(loaded, tuple(sessions), findings, earlier, made)


def _without_stopped(loaded: Loaded, findings: Sequence[Diagnostic]) -> Loaded:
    """Return the course; sessions of which a check finds an error have failed, too."""
    stopped = {found.span.path for found in findings if found.severity is Severity.ERROR}
    theirs = stopped & {session.path for session in loaded.course.sessions}
    return msgspec.structs.replace(loaded, failed=loaded.failed | theirs)


def _order(asked: Asked, options: BuildOptions, progress: Progress) -> Order:
    """Return the order, as the options say."""
    output, others = options.output, versions.others()

    def why(name: str, reason: str) -> None:
        if options.verbose:
            progress.clear()
            click.echo(f"{(output / name).as_posix()}: {reason}", err=True)

    return Order(
        products=tuple({**PRODUCTS, **VARIANTS}[p] for p in options.products or PRODUCTS),
        sessions=asked.sessions,
        output=output,
        paper=options.paper or "",
        whole=not options.sessions,
        forced=options.force,
        why=why,
        waiting=lambda: click.echo(f"another build holds {output}: waiting for it", err=True),
        earlier=asked.earlier,
        editions=asked.editions,
        uncited=frozenset(n for n in PRODUCTS if any(_needs(n, other) for other in others)),
        crew=Crew(
            options.jobs or 1, options.time_limit, executor=options.executor, watch=progress.watch
        ),
    )


def makeable(
    names: tuple[str, ...], others: tuple[Other, ...]
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return which of the products named, or of all, can be made, and a finding for each library."""
    wanted = names or tuple(PRODUCTS)
    made = tuple(n for n in wanted if not any(_needs(n, other) for other in others))
    told = ((other, _losses(wanted, made, other)) for other in others)
    return made, tuple(_told(other, losses) for other, losses in told if losses)


def _needs(name: str, other: Other) -> bool:
    kinds = other.bound.kinds
    return not kinds or bool(kinds & _kinds({**PRODUCTS, **VARIANTS}[name]))


def _kinds(product: Product) -> set[str]:
    """Return the kinds of files that a product is made of: pages that show slides are of both."""
    own = _KINDS.get(product.writer, {"pdf", "pptx"})
    return own | {"pptx"} if "slides" in product.cites else own


def _losses(wanted: tuple[str, ...], made: tuple[str, ...], other: Other) -> str:
    """Return what a library of another version keeps from being made, or "": files, or pages cited in them."""
    unmade = [name for name in wanted if _needs(name, other)]
    rows = {**PRODUCTS, **VARIANTS}
    bare = [n for n in made if any(c in PRODUCTS and _needs(c, other) for c in rows[n].cites)]
    losses = [f"no {', '.join(unmade)} can be made"] if unmade else []
    losses += [f"{', '.join(bare)} cite no pages of PDFs"] if bare else []
    return ", and ".join(losses)


def _told(other: Other, losses: str) -> Diagnostic:
    bound = other.bound
    message = (
        f"{bound.library} {other.version} is installed; with it {losses}:"
        f" this needs {bound.least} or newer, older than {bound.below}"
    )
    return Diagnostic(
        "C306",
        message,
        Span(other.place, 0, 0),
        f"install it: {versions.mend((bound.requirement,))}",
    )
