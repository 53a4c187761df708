"""The command line: its commands. Heavy imports are inside them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from courseware.build.request import chosen, course_of, delivered, editions
from courseware.cli.builds import build_products
from courseware.cli.options import (
    BUILDING,
    FINDINGS,
    MAKING,
    OUTPUT,
    TEMPLATE,
    TIMES,
    VARIANT,
    BuildOptions,
    options,
)
from courseware.cli.reporting import end, report_findings, several
from courseware.cli.streams import Commands
from courseware.versions import __version__

CONTEXT = {"help_option_names": ["-h", "--help"]}


class Products(Commands):
    """The commands below, and one for each product of the table that has none there."""

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command; for a product that the table alone has, one with the usual options."""
        return super().get_command(context, name) or _of_table(name)

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands."""
        from courseware.products.table import PRODUCTS

        more = {row.command for row in PRODUCTS.values()} - self.commands.keys()
        return [*super().list_commands(context), *sorted(more)]


def _of_table(name: str) -> click.Command | None:
    """Return the command that builds a product of the table; one of the whole course takes no session."""
    from courseware.products.table import PRODUCTS

    row = next((product for product in PRODUCTS.values() if product.command == name), None)
    if row is None:
        return None

    @click.command(name, cls=Commands.command_class, help=f"Build the {name}.")
    @options((*(BUILDING[1:] if row.scope == "course" else BUILDING), *TIMES))
    @click.pass_context
    def build(context: click.Context, /, **given: Any) -> None:
        build_products(BuildOptions(context.obj, (row.name,), **given))

    return build


@click.group(cls=Products, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="courseware")
@click.option("--course", type=click.Path(path_type=Path), default=None,
              help="A course folder, or one session file. Default: content/, else this folder.")  # fmt: skip
@click.pass_context
def main(context: click.Context, course: Path | None) -> None:
    """Turn session markdown into the printed material of a course."""
    if course is None:
        course = Path("content") if Path("content").is_dir() else Path()
    context.obj = course


@main.command()
@options((*BUILDING, *VARIANT))
@click.pass_context
def handouts(context: click.Context, /, **given: Any) -> None:
    """Build the handouts of the sessions named, or of all."""
    build_products(BuildOptions(context.obj, ("handout",), **given))


@main.command()
@options((*BUILDING, *VARIANT))
@click.pass_context
def worksheets(context: click.Context, /, **given: Any) -> None:
    """Build the worksheets of the sessions named, or of all."""
    build_products(BuildOptions(context.obj, ("worksheet",), **given))


@main.command()
@options((*BUILDING, *TIMES, *TEMPLATE))
@click.option("--no-notes", is_flag=True, help="Without notes, for learners: ….no-notes.pptx.")
@click.option("--pdf", is_flag=True, help="As PDF, for learners: ….pdf.")
@click.option("--notes-pdf", is_flag=True, help="As PDF, slide and notes on a page: ….notes.pdf.")
@click.pass_context
def slides(context: click.Context, /, **given: Any) -> None:
    """Build the slides of the sessions named, or of all."""
    forms = [form for form in ("--no-notes", "--pdf", "--notes-pdf")
             if given.pop(form.strip("-").replace("-", "_"))]  # fmt: skip
    build_products(
        BuildOptions(context.obj, tuple(f"slides {form}" for form in forms) or ("slides",), **given)
    )


@main.command()
@options((*BUILDING, *TIMES, *TEMPLATE))
@click.pass_context
def guides(context: click.Context, /, **given: Any) -> None:
    """Build the facilitator's guides of the sessions named, or of all."""
    build_products(BuildOptions(context.obj, ("guide",), **given))


@main.command()
@options((*BUILDING, *VARIANT))
@click.pass_context
def answers(context: click.Context, /, **given: Any) -> None:
    """Build the answer keys of the sessions named, or of all."""
    build_products(BuildOptions(context.obj, ("answers",), **given))


@main.command(name="run-book")
@options((*BUILDING[1:], *TIMES))
@click.pass_context
def run_book(context: click.Context, /, **given: Any) -> None:
    """Build the run book: the course's days on one page, what to bring and to print, all guides."""
    build_products(BuildOptions(context.obj, ("run-book",), **given))


@main.command()
@options((*OUTPUT, *BUILDING[3:], *VARIANT))
@click.pass_context
def schedule(context: click.Context, /, **given: Any) -> None:
    """Build the calendar of the course's days."""
    build_products(BuildOptions(context.obj, ("schedule",), **given))


@main.command()
@options((*BUILDING[1:], *VARIANT))
@click.pass_context
def workbook(context: click.Context, /, **given: Any) -> None:
    """Build the learner's workbook: the course's handouts and worksheets in one file."""
    build_products(BuildOptions(context.obj, ("workbook",), **given))


@main.command(name="all")
@options((*BUILDING, *TIMES, *TEMPLATE))
@click.option("--variants", is_flag=True, help="In full, and every variant that course.yml names.")
@click.pass_context
def all_(context: click.Context, /, **given: Any) -> None:
    """Build what `products` in course.yml names; without it, all the usual products."""
    build_products(BuildOptions(context.obj, (), **given))


@main.command()
@click.argument("version")
@options((*MAKING, *FINDINGS))
@click.option("--variants", is_flag=True, help="In full, and every variant that course.yml names.")
@click.pass_context
def release(context: click.Context, /, **given: Any) -> None:
    """Build what is missing, and write archives of it as VERSION, with a manifest and what changed."""
    from courseware.cli.releases import make_release

    make_release(BuildOptions(context.obj, (), **given))


@main.command()
@click.option("--since", required=True, metavar="VERSION",
              help="The release to compare with, or its manifest: a .json file.")  # fmt: skip
@click.option("--to", "later", default="", metavar="VERSION",
              help="A later release. Default: the course as it is now, built where that is needed.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="How changes are told.")  # fmt: skip
@click.option("--variants", is_flag=True, help="In full, and every variant that course.yml names.")
@options(MAKING)
@click.pass_context
def changes(context: click.Context, /, since: str, later: str, form: str, **given: Any) -> None:
    """Say what changed since a release, which pages to print again, and write a page of errata."""
    from courseware.cli.releases import tell_changes

    tell_changes(BuildOptions(context.obj, (), **given), since, later, form)


@main.command()
@options((*BUILDING[1:], *TIMES, *TEMPLATE))
@click.option("--protect", type=click.Path(exists=True, path_type=Path, dir_okay=False), metavar="FILE",
              help="A file whose first line is the password for site-facilitators/.")  # fmt: skip
@click.pass_context
def site(context: click.Context, /, **given: Any) -> None:
    """Build the course's web pages and files: site/ for everyone, site-facilitators/ apart."""
    build_products(BuildOptions(context.obj, ("site", "site-facilitators"), **given))


@main.command()
@options(FINDINGS)
@click.option(
    "--teaching",
    is_flag=True,
    help="Also how it is taught: objectives, what practises them, debriefs.",
)
@click.pass_context
def check(
    context: click.Context, strict: bool, how: str, report: Path | None, quiet: bool, teaching: bool
) -> None:  # fmt: skip
    """Read and check everything, write nothing."""
    from courseware.checking.rules import check as rules
    from courseware.checking.rules import of_session

    loaded = course_of(context.obj)
    each = of_session
    if teaching:
        from courseware.checking.teaching import matrices, with_teaching

        each = with_teaching
    findings = rules(loaded, each)
    report_findings(findings, context.obj, how, report, quiet)
    if how == "text":
        kinds = [str(f.severity) for f in findings]
        counts = ", ".join(
            several(kinds.count(k), f"{k}s") for k in ("error", "warning", "note") if k in kinds
        )
        if teaching:
            click.echo(matrices(loaded), nl=False)
        read = several(len(loaded.course.sessions), "sessions")
        click.echo(f"{read}: {counts or 'no findings'}")
    end(findings, strict)


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
        loaded = course_of(context.obj)
        found = chosen(loaded, [session] if session else [])
        if len(found) != 1:
            raise click.UsageError("name one session: its number, a part of its slug, or its file")
        data = msgspec.json.encode(Document(MODEL_VERSION, found[0]))
    click.echo(msgspec.json.format(data, indent=2))


@main.command()
@click.argument("sessions", nargs=-1, metavar="[SESSION]...")
@options(TIMES[:3])
@click.option("--variants", is_flag=True, help="In full and each variant, side by side.")
@click.option(
    "--format",
    "how",
    type=click.Choice(["text", "json"]),
    default="text",
    help="With --variants: as a table, or as JSON.",
)
@click.pass_context
def times(context: click.Context, /, sessions: tuple[str, ...], how: str, **given: Any) -> None:
    """Print planned minutes: of the course and its modules, or the run sheets of the sessions named."""
    from courseware.cli.comparison import as_json, as_table, compared
    from courseware.cli.minutes import course_times, session_times
    from courseware.model.variants import for_group

    asked = BuildOptions(context.obj, **given)
    loaded = delivered(course_of(context.obj), asked)
    made = editions(loaded, asked)
    named = chosen(loaded, sessions)
    if asked.variants:
        rows = compared(named, made, loaded.course.delivery)
        click.echo(as_json(rows) if how == "json" else as_table(rows), nl=False)
        return
    (one,) = made
    mine = [for_group(s, one.audience) for s in named if one.has(s.path)]
    deliveries = {s.path: one.of(s.path, loaded.course.delivery) for s in mine}
    if not sessions:
        click.echo(course_times(mine, deliveries), nl=False)
    else:
        click.echo("\n".join(session_times(s, deliveries[s.path]) for s in mine), nl=False)


@main.command()
@click.argument("session", required=False, default="")
@click.option("--port", type=click.IntRange(1, 65535), help="Default: 8765 where it is free.")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS",
              help="Another address than this machine's own; others can reach it, with a token.")  # fmt: skip
@click.option("--editor", default="", metavar="NAME",
              help="What a click on a block opens: code, zed, jetbrains …, copy, or an address with {path}.")  # fmt: skip
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Paper, in place of the course's.")  # fmt: skip
@click.option("--open", "opens", is_flag=True, help="Show it in the browser.")
@click.option(
    "--poll", "polls", is_flag=True, help="Look at files in turn, as for network folders."
)
@click.pass_context
def serve(context: click.Context, /, **given: Any) -> None:
    """Show pages and slides as they are printed, anew on every save, on this machine alone."""
    from courseware.serve.preview import Wanted
    from courseware.serve.preview import serve as serving

    said = {name: value for name, value in given.items() if value is not None}
    serving(Wanted(context.obj, **said), click.echo, lambda line: click.echo(line, err=True))


@main.group()
def new() -> None:
    """Make a course or a session that builds at once; nothing is overwritten."""


@new.command(name="course")
@click.argument("folder", metavar="DIR", required=False, type=click.Path(path_type=Path))
@click.option("--title", default="", help="The course's title. Default: the folder's name.")
@click.option("--from", "source", metavar="PATH", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A folder with files as they are: a course.yml is written that names them; nothing is copied.")  # fmt: skip
def new_course(folder: Path | None, title: str, source: Path | None) -> None:
    """Make a course in DIR, which is new or empty; with --from, a course.yml for the files of PATH.

    The course.yml is written in PATH, or in DIR, a folder above it.
    """
    from courseware.cli.starter import StartError, adopt
    from courseware.cli.starter import new_course as made

    if folder is None and source is None:
        raise click.UsageError("name a folder, or the files of a course: --from PATH")
    try:
        if source is not None:
            click.echo(adopt(folder or source, source, title))
            return
        files = made(folder or Path(), title)
    except StartError as error:
        raise click.UsageError(str(error)) from None
    for file in files:
        click.echo(f"{file}  made")


@new.command(name="session")
@click.argument("title")
@click.pass_context
def new_session(context: click.Context, title: str) -> None:
    """Add a session called TITLE to the course, with the next number."""
    from courseware.cli.starter import StartError, is_listed
    from courseware.cli.starter import new_session as made
    from courseware.course.loading import load

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
    from courseware.cli.formats import index, page
    from courseware.diagnostics import CODES, did_you_mean

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
@click.argument("names", nargs=-1, metavar="[EXTRA]...")
@click.option("--set-up", is_flag=True, help="Set up those that are not there.")
@click.pass_context
def extras(context: click.Context, names: tuple[str, ...], set_up: bool) -> None:
    """Say which extras the course wants, those named besides, with the command that sets each up."""
    from courseware import files
    from courseware.diagnostics import did_you_mean
    from courseware.doctor import EXTRAS, run_set_up, text
    from courseware.doctor import extras as wanted

    known = [extra.name for extra in EXTRAS]
    for name in (name for name in names if name not in known):
        hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
        raise click.UsageError(f'no extra is called "{name}" ({hint})')
    loaded = course_of(context.obj)
    sources = [files.text(loaded.root / path, "replace") for path in loaded.paths()]
    facts = wanted(sources, names)
    failed = [f for f in facts if set_up and not f.present and not run_set_up(f.name)]
    click.echo(text(wanted(sources, names)) or "the course wants no extras")
    sys.exit(1 if failed else 0)


@main.command()
@click.option("--output", type=click.Path(path_type=Path, file_okay=False),
              help="Where products lie, whose pages are told. Default: the course's own.")  # fmt: skip
@click.pass_context
def lsp(context: click.Context, output: Path | None) -> None:
    """Tell an editor of findings while a session is written: a language server on standard streams."""
    from importlib.util import find_spec

    from courseware.doctor import set_up

    if find_spec("pygls") is None:
        raise click.UsageError(f"the language server is an extra: {set_up('editor')}")
    from courseware.editor.server import make_server

    named: Path | None = context.find_root().params["course"]
    make_server(named.absolute() if named else None, output).start_io()


@main.command()
@options(OUTPUT)
def clean(output: Path) -> None:
    """Remove what was built, and only that."""
    from courseware.build.publish.clearing import clean as cleaned

    removed = cleaned(output) if output.is_dir() else []
    for name in removed:
        click.echo(f"{(output / name).as_posix()}  removed")
    click.echo(f"{len(removed)} removed")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
