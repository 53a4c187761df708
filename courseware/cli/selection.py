"""The course and the sessions that a command is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from courseware.cli.options import BuildOptions
    from courseware.course.loading import Loaded, Reader
    from courseware.model.session import Session
    from courseware.model.variants import Edition, Variant


def course_of(where: Path, output: Path | None = None, read: Reader | None = None) -> Loaded:
    """Return the course that the command line names; without a session it is a wrong use."""
    from courseware.course.loading import load
    from courseware.reading.session import read_session

    if not where.exists():
        raise click.UsageError(f"there is no course at {where}")
    loaded = load(where, output, read or read_session)
    if not loaded.course.sessions and not loaded.failed:
        raise click.UsageError(
            f"there is no session (a file that ends in .md) in {where}: `new course DIR` makes a course to begin with"
        )
    return loaded


def chosen(loaded: Loaded, wanted: Sequence[str]) -> list[Session]:
    """Return the sessions that are named, all where none is; an unknown name is a wrong use."""
    from courseware.course.loading import find_sessions, slugs
    from courseware.diagnostics import did_you_mean

    sessions, unknown = find_sessions(loaded.course, tuple(wanted))
    if unknown:
        names = list(slugs(loaded.course.sessions).values())
        hint = did_you_mean(unknown[0], names) or f"there are {', '.join(names[:9])}"
        raise click.UsageError(f'no one session is called "{unknown[0]}" ({hint})')
    return sessions


def templated(loaded: Loaded, asked: BuildOptions) -> Loaded:
    """Return the course with the slide template that the option names."""
    import msgspec

    if asked.template is None:
        return loaded
    course = msgspec.structs.replace(loaded.course, template=str(asked.template))
    return msgspec.structs.replace(loaded, course=course)


def delivered(loaded: Loaded, asked: BuildOptions) -> Loaded:
    """Return the course with the delivery that the options name, the course's own for the rest."""
    import msgspec

    own = {"start": asked.start, "length": asked.length, "group": asked.group}
    named = {key: value for key, value in own.items() if value is not None}
    delivery = msgspec.structs.replace(loaded.course.delivery, **named)
    course = msgspec.structs.replace(loaded.course, delivery=delivery)
    return msgspec.structs.replace(loaded, course=course)


def editions(
    loaded: Loaded, asked: BuildOptions, full: Callable[[Session], Session] = lambda s: s
) -> tuple[Edition, ...]:
    """Return the sets of files that options and course.yml ask for: in full where none does.

    `full` gives a session all that its sections hold. A length and a name at once is a wrong use.
    """
    from courseware.model.variants import Edition, edition, of_length

    sessions = loaded.course.sessions
    name, every = asked.variant, asked.variants
    if (name or every) and asked.length is not None:
        raise click.UsageError("a variant has its own length: leave out --length")
    found = {} if not (name or every) else loaded.settings.variants
    if name:
        found = {name: _variant(loaded, name)}
    if found:
        made = [edition(n, variant, sessions, full) for n, variant in found.items()]
        return (Edition(), *made) if every else tuple(made)
    length = loaded.course.delivery.length
    return (of_length(length, sessions) if length is not None else Edition(),)


def _variant(loaded: Loaded, name: str) -> Variant:
    from courseware.diagnostics import did_you_mean

    known = loaded.settings.variants
    if name not in known:
        hint = did_you_mean(name, known) or f"there are {', '.join(known)}" if known else ""
        raise click.UsageError(f'no variant is called "{name}" ({hint or "course.yml has none"})')
    return known[name]
