"""Commands for what a course stands on: its first files, the machine and its extras, what findings mean."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from courseware.build.request import course_of
from courseware.cli.streams import Commands


@click.group(cls=Commands)
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


@click.command(cls=Commands.command_class)
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


@click.command(cls=Commands.command_class)
def doctor() -> None:
    """Say what the machine has and lacks, with the command that mends it."""
    from courseware.doctor import examine, healthy, text

    facts = examine()
    click.echo(text(facts))
    sys.exit(0 if healthy(facts) else 1)


@click.command(cls=Commands.command_class)
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
