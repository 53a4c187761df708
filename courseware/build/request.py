"""What a build is asked for, and the course and sessions that this names.

Imported wherever a build may find that nothing is to do: what is heavy is imported inside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from courseware.course.loading import Loaded, Reader
    from courseware.model.session import Session
    from courseware.model.variants import Edition, Variant
    from courseware.schedule.appointments import SlotsOf


class RequestError(ValueError):
    """What was asked for does not exist or cannot be had; the message says why, for its user."""


_HOW = ("output", "strict", "how", "report", "quiet", "verbose", "force", "jobs", "time_limit", "executor")  # fmt: skip
"""Options that say how to tell or build, and nothing of what."""


@dataclass(frozen=True, repr=False, eq=False)  # methods that nobody asks for take a millisecond
class Request:
    """What is to be built of the course at `where`: those products and sessions, all where none is named.

    `output` is the folder for the files. `jobs` are workers, None for as many as the machine has
    room for; `time_limit` is in seconds a file, `length` in minutes. `version` is the course's, in place of what course.yml says. `template` is a presentation
    in place of the course's own. `protect` is a file with the password for the facilitators' folder.
    """

    where: Path
    products: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    output: Path = Path("output")
    paper: str | None = None
    jobs: int | None = None
    time_limit: float = 300.0
    executor: str = ""
    force: bool = False
    start: str | None = None
    length: int | None = None
    group: int | None = None
    variant: str | None = None
    variants: bool = False
    version: str | None = None
    template: Path | None = None
    protect: Path | None = None

    @property
    def key(self) -> str:
        """What is asked for, as text: what it depends on besides files."""
        import json

        what = {name: value for name, value in vars(self).items() if name not in _HOW}
        return json.dumps(what, default=str, sort_keys=True)


def course_of(where: Path, output: Path | None = None, read: Reader | None = None) -> Loaded:
    """Return the course that the command line names; without a session it is a `RequestError`.

    `output` is no part of it; where none is named, the folder that a build of the course would fill.
    """
    from courseware.course.loading import load
    from courseware.folders import output_of
    from courseware.reading.stages import read_session

    if not where.exists():
        raise RequestError(f"there is no course at {where}")
    loaded = load(where, output or output_of(where), read or read_session)
    if not loaded.course.sessions and not loaded.failed:
        raise RequestError(
            f"there is no session (a file that ends in .md) in {where}: `new course DIR` makes a course to begin with"
        )
    return loaded


def chosen(loaded: Loaded, wanted: Sequence[str]) -> list[Session]:
    """Return the sessions that are named, all where none is; an unknown name is a `RequestError`.

    A file may be named as it is called in the course's folder or, as a shell completes it, from where one is.
    """
    from courseware.course.loading import find_sessions, slugs
    from courseware.diagnostics import did_you_mean

    words = tuple(_in_course(loaded.root, word) for word in wanted)
    sessions, unknown = find_sessions(loaded.course, words)
    if unknown:
        if why := _unread(loaded, unknown[0]):
            raise RequestError(why)
        course = loaded.course
        names = list(slugs(course.sessions, course.file_names, course.language).values())
        hint = did_you_mean(unknown[0], names) or f"there are {', '.join(names[:9])}"
        raise RequestError(f'no one session is called "{unknown[0]}" ({hint})')
    return sessions


def _unread(loaded: Loaded, word: str) -> str:
    """Return why a session file that a word names could not be read, "" where it names none."""
    read = loaded.paths()
    errors = (f for f in loaded.findings if f.severity == "error" and f.span.path not in read)
    named = (f for f in errors if word.lower() in f.span.path.lower())
    found = next((f for f in named if f.span.path in loaded.failed), None)
    if found is None:
        return ""
    place = f"{found.span.path}:{found.span.line}:{found.span.column}"
    return f"{place}: {found.severity}[{found.code}]: {found.message}" + (
        f" ({found.hint})" if found.hint else ""
    )


def _in_course(root: Path, word: str) -> str:
    """Return the path in the course of a file named from the current folder; any other word as it is."""
    file = Path(word)
    if not (file.suffix and file.is_file() and file.resolve().is_relative_to(root.resolve())):
        return word
    return file.resolve().relative_to(root.resolve()).as_posix()


LONGEST_PASSWORD = 127
"""Bytes of a password (ISO 32000-2, 7.6.4.3.3)."""


def password_of(asked: Request) -> str:
    """Return the first line of the file that a password is in, "" without one; `RequestError` where it is none."""
    from importlib.util import find_spec

    if asked.protect is None:
        return ""
    if not find_spec("pyzipper"):
        raise RequestError('--protect needs the extra "protect": pip install "courseware[protect]"')
    try:
        lines = asked.protect.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise RequestError(f"{asked.protect} holds no password that can be read") from None
    password = lines[0].strip() if lines else ""
    if not 0 < len(password.encode()) <= LONGEST_PASSWORD:
        raise RequestError(
            f"{asked.protect}: the first line is the password, of {LONGEST_PASSWORD} bytes at most"
        )
    return password


def stated(loaded: Loaded, asked: Request) -> Loaded:
    """Return the course with the slide template and the version that are asked for."""
    import msgspec

    template = None if asked.template is None else str(asked.template)
    own = {"template": template, "version": asked.version}
    named = {key: value for key, value in own.items() if value is not None}
    course = msgspec.structs.replace(loaded.course, **named) if named else loaded.course
    return msgspec.structs.replace(loaded, course=course)


def delivered(loaded: Loaded, asked: Request) -> Loaded:
    """Return the course with the delivery that the options name, the course's own for the rest."""
    import msgspec

    from courseware.model.times.delivery import Delivery

    own = {"start": asked.start, "length": asked.length, "group": asked.group}
    named = {key: value for key, value in own.items() if value is not None}
    given = msgspec.structs.asdict(loaded.course.delivery) | named
    try:
        delivery = msgspec.convert(given, Delivery)
    except msgspec.ValidationError as error:
        raise RequestError(str(error)) from None
    course = msgspec.structs.replace(loaded.course, delivery=delivery)
    return msgspec.structs.replace(loaded, course=course)


def editions(
    loaded: Loaded, asked: Request, full: Callable[[Session], Session] = lambda s: s,
    slots_of: SlotsOf | None = None,
) -> tuple[Edition, ...]:  # fmt: skip
    """Return the sets of files that options and course.yml ask for: in full where none does.

    `full` gives a session all that its sections hold, `slots_of` its segments. Their times are those of the course's
    schedule, where it has one and no start is asked for. A length and a name at once is a `RequestError`.
    """
    made, schedule = _editions(loaded, asked, full), loaded.settings.schedule
    if schedule is None or asked.start is not None:
        return made
    from courseware.schedule.appointments import plan_slots, with_appointments

    course = loaded.course
    return tuple(
        with_appointments(one, schedule, course.sessions, course.delivery, slots_of or plan_slots)
        for one in made
    )


def _editions(
    loaded: Loaded, asked: Request, full: Callable[[Session], Session]
) -> tuple[Edition, ...]:
    from courseware.model.variants import Edition, edition, of_length

    sessions = loaded.course.sessions
    name, every = asked.variant, asked.variants
    if (name or every) and asked.length is not None:
        raise RequestError("a variant has its own length: leave out --length")
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
        raise RequestError(f'no variant is called "{name}" ({hint or "course.yml has none"})')
    return known[name]
