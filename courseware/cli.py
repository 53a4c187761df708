"""The command line: commands and options. Heavy imports are inside the commands."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from courseware import __version__

if TYPE_CHECKING:
    from courseware.building.jobs import Crew
    from courseware.building.nothing import Again
    from courseware.course import Loaded, Reader
    from courseware.diagnostics import Diagnostic
    from courseware.progress import Progress

CONTEXT = {"help_option_names": ["-h", "--help"]}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="courseware")
@click.option("--course", type=click.Path(path_type=Path), default=None,
              help="A course folder, or one session file. Default: content/, else this folder.")  # fmt: skip
@click.pass_context
def main(context: click.Context, course: Path | None) -> None:
    """Turn session markdown into the printed material of a course."""
    if course is None:
        course = Path("content") if Path("content").is_dir() else Path()
    context.obj = course


def _course(
    context: click.Context, output: Path | None = None, read: Reader | None = None
) -> Loaded:
    from courseware.course import load
    from courseware.reading.session import read_session

    where: Path = context.obj
    if not where.exists():
        raise click.UsageError(f"there is no course at {where}")
    loaded = load(where, output, read or read_session)
    if not loaded.course.sessions and not loaded.failed:
        raise click.UsageError(f"there is no session (a file that ends in .md) in {where}")
    return loaded


def _chosen(loaded: Loaded, wanted: Sequence[str]) -> list[Any]:
    from courseware.course import find_sessions, slugs
    from courseware.diagnostics import did_you_mean

    sessions, unknown = find_sessions(loaded.course, tuple(wanted))
    if unknown:
        names = list(slugs(loaded.course.sessions).values())
        hint = did_you_mean(unknown[0], names) or f"there are {', '.join(names[:9])}"
        raise click.UsageError(f'no one session is called "{unknown[0]}" ({hint})')
    return sessions


def _shown(found: Diagnostic, where: Path) -> Diagnostic:
    """Return a finding with its path as the user would name it."""
    import msgspec

    base = where.parent if where.is_file() else where
    span = msgspec.structs.replace(found.span, path=(base / found.span.path).as_posix())
    return msgspec.structs.replace(found, span=span)


def _report(
    findings: Sequence[Diagnostic], where: Path, how: str, report: Path | None, quiet: bool
) -> None:
    from courseware.diagnostics import Severity
    from courseware.reports import written

    kept = [_shown(f, where) for f in findings if not quiet or f.severity is Severity.ERROR]
    text = written(kept, how, where.parent if where.is_file() else where)
    if report is not None:
        try:
            report.write_text(text, "utf-8")
        except OSError as error:
            raise click.UsageError(f"the report {report}: {error.strerror}") from None
    elif text:
        click.echo(text, nl=False, err=how == "text")


def _exit(findings: Sequence[Diagnostic], strict: bool) -> NoReturn:
    from courseware.diagnostics import Severity

    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    sys.exit(1 if any(f.severity in bad for f in findings) else 0)


_FINDINGS: tuple[Callable[[Any], Any], ...] = (
    click.option("--strict", is_flag=True, help="Warnings fail, too."),
    click.option("--format", "how", type=click.Choice(["text", "json", "sarif", "github"]), default="text",
                 help="How findings are told."),
    click.option("--report", type=click.Path(path_type=Path, dir_okay=False),
                 help="A file for the findings."),
    click.option("-q", "--quiet", is_flag=True, help="Only errors and what was built."),
)  # fmt: skip
_BUILDING: tuple[Callable[[Any], Any], ...] = (
    click.argument("sessions", nargs=-1, metavar="[SESSION]..."),
    click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=Path("output"),
                 help="Where files go. Default: output/."),
    click.option("--paper", type=click.Choice(["a4", "letter"]), help="Paper, in place of the course's."),
    click.option("--jobs", type=click.IntRange(1), metavar="N",
                 help="Files made at once. Default: one for each core that memory allows."),
    click.option("--time-limit", type=click.FloatRange(0.1), default=300.0, metavar="SECONDS",
                 help="When a file that is not done is given up. Default: 300."),
    click.option("--executor", default="", metavar="ADDRESS",
                 help="A Dask scheduler, as tcp://10.0.0.5:8786, whose machines make the files."),
    click.option("--force", is_flag=True, help="Build all again, though nothing changed."),
    click.option("-v", "--verbose", is_flag=True, help="Say why a file is built again."),
    *_FINDINGS,
)  # fmt: skip


def _start(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    import re

    from courseware.model.delivery import CLOCK

    if not value or not re.match(CLOCK, value):
        raise click.BadParameter(f'"{value}" is no time of day; say it as 09:00')
    return value


_TIMES: tuple[Callable[[Any], Any], ...] = (
    click.option("--start", callback=_start, metavar="HH:MM", help="When the session starts."),
    click.option("--length", type=click.IntRange(1, 24 * 60), metavar="MINUTES",
                 help="The minutes that there are; what does not fit is marked."),
    click.option("--group", type=click.IntRange(1, 10_000), metavar="N",
                 help="How many people take part."),
)  # fmt: skip


_TEMPLATE: tuple[Callable[[Any], Any], ...] = (
    click.option("--template", type=click.Path(exists=True, path_type=Path, dir_okay=False, resolve_path=True), metavar="FILE.pptx",
                 help="The presentation that slides are made on, in place of the course's."),
)  # fmt: skip


def _templated(loaded: Loaded, given: dict[str, Any]) -> Loaded:
    """Return the course with the slide template that the option names."""
    import msgspec

    if given.get("template") is None:
        return loaded
    course = msgspec.structs.replace(loaded.course, template=str(given["template"]))
    return msgspec.structs.replace(loaded, course=course)


def _delivered(loaded: Loaded, given: dict[str, Any]) -> Loaded:
    """Return the course with the delivery that the options name, the course's own for the rest."""
    import msgspec

    named = {key: given[key] for key in ("start", "length", "group") if given.get(key) is not None}
    delivery = msgspec.structs.replace(loaded.course.delivery, **named)
    course = msgspec.structs.replace(loaded.course, delivery=delivery)
    return msgspec.structs.replace(loaded, course=course)


def _with(options: Sequence[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    def decorate(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def _crew(given: dict[str, Any], progress: Progress) -> Crew:
    """Return who performs a build's work, as the options say."""
    from courseware.building.jobs import Crew

    return Crew(
        given["jobs"], given["time_limit"], executor=given["executor"], watch=progress.watch
    )


def _warm(where: Path, given: dict[str, Any]) -> None:
    """Count workers; let them load libraries while the course is read, where all of it is new."""
    from courseware.building.machine import usual_workers
    from courseware.building.places import INDEX

    given["jobs"] = given["jobs"] or usual_workers()
    new = not given["sessions"] and not (given["output"] / INDEX).exists()
    several = len([*where.glob("*.md"), *where.glob("*/*.md")]) > 1
    if new and several and given["jobs"] > 1 and not given["executor"]:
        from courseware.building.server import start_server

        start_server()


def _build(context: click.Context, products: tuple[str, ...], given: dict[str, Any]) -> NoReturn:
    """Build products, all that there are where none is named, and end the program."""
    from courseware.building.nothing import again

    started = time.perf_counter()
    key = _order_key(context.obj, products, given)
    plain = given["how"] == "text" and given["report"] is None and not given["force"]
    before = again(given["output"], context.obj, key) if plain else None
    if before is not None:
        _tell_again(before, given, started)
    _build_now(context, products, given)


_HOW = frozenset({"output", "strict", "how", "report", "quiet", "verbose", "force", "jobs", "time_limit",
                  "executor"})  # fmt: skip
"""Options that say how to tell or build, and nothing of what."""


def _order_key(where: Path, products: tuple[str, ...], given: dict[str, Any]) -> str:
    """Return what an order asks for, as text: what it depends on besides files."""
    import json

    plain = {key: value for key, value in given.items() if key not in _HOW}
    return json.dumps([str(where), products, plain], default=str, sort_keys=True)


def _tell_again(before: Again, given: dict[str, Any], started: float) -> NoReturn:
    """Tell what there is where nothing had to be done, and end the program."""
    from courseware.summing import summary

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


def _build_now(
    context: click.Context, products: tuple[str, ...], given: dict[str, Any]
) -> NoReturn:
    _warm(context.obj, given)
    from courseware import files
    from courseware.building.build import Earlier, Order, build
    from courseware.building.findings import Remembering
    from courseware.building.places import CACHE, key_of, roots
    from courseware.building.readings import Readings
    from courseware.building.store import Store
    from courseware.checking.rules import check as rules
    from courseware.diagnostics import as_text
    from courseware.products.table import PRODUCTS, VARIANTS
    from courseware.progress import Progress

    progress = Progress(given["how"] == "text")
    output, where = given["output"], context.obj
    readings = Readings(Store(output / CACHE))
    places = {name: Path(path) for name, path in roots(where).items()}
    with progress.ended(), files.recorded(places) as trace:
        loaded = _delivered(_course(context, output, readings), given)
        loaded = _templated(loaded, given)
        sessions = _chosen(loaded, given["sessions"])
        found = rules(loaded, Remembering(readings, places))

    def why(name: str, reason: str) -> None:
        if given["verbose"]:
            progress.clear()
            click.echo(f"{(output / name).as_posix()}: {reason}", err=True)

    earlier = Earlier(
        course=key_of(where),
        key=_order_key(where, products, given),
        facts=trace.facts,
        findings=found,
        text=lambda finding: as_text(_shown(finding, where)),
        readings=readings,
    )
    order = Order(
        products=tuple({**PRODUCTS, **VARIANTS}[p] for p in products or PRODUCTS),
        sessions=tuple(sessions),
        output=output,
        paper=given["paper"] or "",
        whole=not given["sessions"],
        forced=given["force"],
        why=why,
        waiting=lambda: click.echo(f"another build holds {output}: waiting for it", err=True),
        earlier=earlier,
        crew=_crew(given, progress),
    )
    with progress.ended():
        built = build(loaded, order, progress.line)
    # What is to be said of a template is said once, not for each of its decks.
    findings = list(dict.fromkeys((*found, *built.findings)))
    _report(findings, where, given["how"], given["report"], given["quiet"])
    _log(built.faults, output)
    if given["how"] == "text":
        click.echo(progress.summary())
    _exit(findings, given["strict"])


def _log(faults: Sequence[str], output: Path) -> None:
    """Keep the tracebacks of faults of the program's own."""
    log = output / "courseware-fault.log"
    if not faults:
        return
    try:
        log.write_text("\n".join(faults), "utf-8")
        click.echo(f"an internal fault; its traceback is in {log}", err=True)
    except OSError as error:
        click.echo(f"an internal fault; {log}: {error.strerror}\n{faults[-1]}", err=True)


@main.command()
@_with(_BUILDING)
@click.pass_context
def handouts(context: click.Context, /, **given: Any) -> None:
    """Build the handouts of the sessions named, or of all."""
    _build(context, ("handout",), given)


@main.command()
@_with(_BUILDING)
@click.pass_context
def worksheets(context: click.Context, /, **given: Any) -> None:
    """Build the worksheets of the sessions named, or of all."""
    _build(context, ("worksheet",), given)


@main.command()
@_with((*_BUILDING, *_TIMES, *_TEMPLATE))
@click.option("--no-notes", is_flag=True, help="Without notes, for learners: ….no-notes.pptx.")
@click.option("--pdf", is_flag=True, help="As PDF, for learners: ….pdf.")
@click.option("--notes-pdf", is_flag=True, help="As PDF, slide and notes on a page: ….notes.pdf.")
@click.pass_context
def slides(context: click.Context, /, **given: Any) -> None:
    """Build the slides of the sessions named, or of all."""
    forms = [form for form in ("--no-notes", "--pdf", "--notes-pdf")
             if given.pop(form.strip("-").replace("-", "_"))]  # fmt: skip
    _build(context, tuple(f"slides {form}" for form in forms) or ("slides",), given)


@main.command()
@_with((*_BUILDING, *_TIMES, *_TEMPLATE))
@click.pass_context
def guides(context: click.Context, /, **given: Any) -> None:
    """Build the facilitator's guides of the sessions named, or of all."""
    _build(context, ("guide",), given)


@main.command()
@_with(_BUILDING)
@click.pass_context
def answers(context: click.Context, /, **given: Any) -> None:
    """Build the answer keys of the sessions named, or of all."""
    _build(context, ("answers",), given)


@main.command(name="all")
@_with((*_BUILDING, *_TIMES, *_TEMPLATE))
@click.pass_context
def all_(context: click.Context, /, **given: Any) -> None:
    """Build everything."""
    _build(context, (), given)


@main.command()
@_with(_FINDINGS)
@click.pass_context
def check(context: click.Context, strict: bool, how: str, report: Path | None, quiet: bool) -> None:
    """Read and check everything, write nothing."""
    from courseware.checking.rules import check as rules

    loaded = _course(context)
    findings = rules(loaded)
    _report(findings, context.obj, how, report, quiet)
    if how == "text":
        kinds = [str(f.severity) for f in findings]
        counts = ", ".join(
            f"{kinds.count(k)} {k}s" for k in ("error", "warning", "note") if k in kinds
        )
        click.echo(f"{len(loaded.course.sessions)} sessions: {counts or 'no findings'}")
    _exit(findings, strict)


@main.command()
@click.argument("session", required=False)
@click.option("--schema", is_flag=True, help="The JSON schema of the model instead.")
@click.pass_context
def model(context: click.Context, session: str | None, schema: bool) -> None:
    """Print a session's content model as JSON."""
    import msgspec

    from courseware.model.session import MODEL_VERSION, Document

    if schema:
        data = msgspec.json.encode(msgspec.json.schema(Document))
    else:
        loaded = _course(context)
        found = _chosen(loaded, [session] if session else [])
        if len(found) != 1:
            raise click.UsageError("name one session: its number, a part of its slug, or its file")
        data = msgspec.json.encode(Document(MODEL_VERSION, found[0]))
    click.echo(msgspec.json.format(data, indent=2))


@main.command()
@click.argument("sessions", nargs=-1, metavar="[SESSION]...")
@_with(_TIMES[:2])
@click.pass_context
def times(context: click.Context, /, sessions: tuple[str, ...], **given: Any) -> None:
    """Print planned minutes: of the course and its modules, or the run sheets of the sessions named."""
    from courseware.times import course_times, session_times

    loaded = _delivered(_course(context), given)
    delivery = loaded.course.delivery
    if not sessions:
        click.echo(course_times(loaded.course.sessions, delivery), nl=False)
    chosen = _chosen(loaded, sessions) if sessions else []
    click.echo("\n".join(session_times(s, delivery) for s in chosen), nl=False)


@main.group()
def new() -> None:
    """Make a course or a session that builds at once; nothing is overwritten."""


@new.command(name="course")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The course's title. Default: the folder's name.")
def new_course(folder: Path, title: str) -> None:
    """Make a course in DIR, which is new or empty."""
    from courseware.starting import StartError
    from courseware.starting import new_course as made

    try:
        files = made(folder, title)
    except StartError as error:
        raise click.UsageError(str(error)) from None
    for file in files:
        click.echo(f"{file}  made")


@new.command(name="session")
@click.argument("title")
@click.pass_context
def new_session(context: click.Context, title: str) -> None:
    """Add a session called TITLE to the course, with the next number."""
    from courseware.course import load
    from courseware.starting import StartError, is_listed
    from courseware.starting import new_session as made

    try:
        file = made(context.obj, title)
    except StartError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"{file}  made")
    if not is_listed(load(context.obj), file):
        click.echo("name it under sessions: or modules: in course.yml, which lists them", err=True)


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what a finding means, with an example and the mend; list all without a CODE."""
    from courseware.diagnostics import CODES, did_you_mean
    from courseware.explain import index, page

    if code is None:
        click.echo(index(), nl=False)
        return
    if code.upper() not in CODES:
        hint = did_you_mean(code.upper(), CODES) or "explain without a code lists all"
        raise click.UsageError(f'there is no code "{code}" ({hint})')
    click.echo(page(code.upper()), nl=False)


@main.command()
def doctor() -> None:
    """Say what the machine has and lacks, with the command that mends it."""
    from courseware.doctor import examine, healthy, text

    facts = examine()
    click.echo(text(facts))
    sys.exit(0 if healthy(facts) else 1)


@main.command()
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=Path("output"))
def clean(output: Path) -> None:
    """Remove what was built, and only that."""
    from courseware.building.build import clean as cleaned

    removed = cleaned(output) if output.is_dir() else []
    for name in removed:
        click.echo(f"{(output / name).as_posix()}  removed")
    click.echo(f"{len(removed)} removed")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
