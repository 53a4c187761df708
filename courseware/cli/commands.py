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
    Option,
    options,
)
from courseware.cli.reporting import end, report_findings, several, tell_errors
from courseware.cli.setting_up import doctor, explain, extras, new
from courseware.cli.streams import Commands
from courseware.versions import __version__

CONTEXT = {"help_option_names": ["-h", "--help"]}


PLAIN: dict[str, tuple[str, str, tuple[Option, ...]]] = {
    "handouts": ("handout", "Build the handouts of the sessions named, or of all.",
                 (*BUILDING, *VARIANT)),
    "worksheets": ("worksheet", "Build the worksheets of the sessions named, or of all.",
                   (*BUILDING, *VARIANT)),
    "guides": ("guide", "Build the facilitator's guides of the sessions named, or of all.",
               (*BUILDING, *TIMES, *TEMPLATE)),
    "answers": ("answers", "Build the answer keys of the sessions named, or of all.",
                (*BUILDING, *VARIANT)),
    "run-book": ("run-book", "Build the run book: the course's days on one page, what to bring and to print, all guides.",
                 (*BUILDING[1:], *TIMES)),
    "schedule": ("schedule", "Build the calendar of the course's days.",
                 (*OUTPUT, *BUILDING[3:], *VARIANT)),
    "workbook": ("workbook", "Build the learner's workbook: the course's handouts and worksheets in one file.",
                 (*BUILDING[1:], *VARIANT)),
}  # fmt: skip
"""Commands that build one product: its name, what `--help` says of it, its options."""


class Products(Commands):
    """The commands below, those of `PLAIN`, and one for each product of the table that has none there."""

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command; for a product that the table alone has, one with the usual options."""
        if name in PLAIN and name not in self.commands:
            self.add_command(_building(name, *PLAIN[name]))
        return super().get_command(context, name) or _of_table(name)

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands."""
        from courseware.products.table import PRODUCTS

        known = sorted({*super().list_commands(context), *PLAIN})
        more = {row.command for row in PRODUCTS.values()} - set(known)
        return [*known, *sorted(more)]


def _building(name: str, product: str, purpose: str, given: tuple[Option, ...]) -> click.Command:
    """Return the command that builds a product, with the options `given`."""

    @click.command(name, cls=Commands.command_class, help=purpose)
    @options(given)
    @click.pass_context
    def build(context: click.Context, /, **asked: Any) -> None:
        build_products(BuildOptions(context.obj, (product,), **asked))

    return build


def _of_table(name: str) -> click.Command | None:
    """Return the command that builds a product of the table; one of the whole course takes no session."""
    from courseware.products.table import PRODUCTS

    row = next((product for product in PRODUCTS.values() if product.command == name), None)
    if row is None:
        return None
    usual = BUILDING[1:] if row.scope == "course" else BUILDING
    return _building(name, row.name, f"Build the {name}.", (*usual, *TIMES))


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

    wrong = False
    if schema:
        data = msgspec.json.encode(msgspec.json.schema(Document))
    else:
        loaded = course_of(context.obj)
        found = chosen(loaded, [session] if session else [])
        asked = {s.path for s in found} if session else None
        wrong = tell_errors(loaded, context.obj, asked)
        if len(found) != 1:
            if wrong:
                sys.exit(1)
            raise click.UsageError("name one session: its number, a part of its slug, or its file")
        data = msgspec.json.encode(Document(MODEL_VERSION, found[0]))
    click.echo(msgspec.json.format(data, indent=2))
    if wrong:
        sys.exit(1)


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
    wrong = tell_errors(loaded, context.obj, {s.path for s in named} if sessions else None)
    if asked.variants:
        rows = compared(named, made, loaded.course.delivery)
        click.echo(as_json(rows) if how == "json" else as_table(rows), nl=False)
        sys.exit(int(wrong))
    (one,) = made
    mine = [for_group(s, one.audience) for s in named if one.has(s.path)]
    deliveries = {s.path: one.of(s.path, loaded.course.delivery) for s in mine}
    if not sessions:
        click.echo(course_times(mine, deliveries), nl=False)
    else:
        click.echo("\n".join(session_times(s, deliveries[s.path]) for s in mine), nl=False)
    sys.exit(int(wrong))


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
    said["host"] = given["host"].strip("[]")  # as an address with colons is written in a browser
    serving(Wanted(context.obj, **said), click.echo, lambda line: click.echo(line, err=True))


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


for command in (new, explain, doctor, extras):
    main.add_command(command)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
