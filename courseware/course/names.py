"""What sessions are called in file names and on the command line."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from courseware.model.session import Course, Session


def slug_of(session: Session) -> str:
    """Return the name of a session's files: number and slug of its title."""
    from slugify import slugify

    slug = slugify(session.title.plain, max_length=80, word_boundary=True) or "session"
    return f"{session.number:02d}-{slug}" if session.number is not None else slug


def slugs(sessions: tuple[Session, ...]) -> dict[str, str]:
    """Return each session's file name by path, the folder's before it where two would clash."""
    from slugify import slugify

    names = {s.path: slug_of(s) for s in sessions}
    result: dict[str, str] = {}
    for session in sessions:
        name = names[session.path]
        if list(names.values()).count(name) > 1:
            folder = slugify(str(PurePosixPath(session.path).parent))
            name = f"{folder}-{name}" if folder else name
        while name in result.values():
            name = _next(name)
        result[session.path] = name
    return result


def _next(name: str) -> str:
    found = re.search(r"-x(\d+)$", name)
    return f"{name[: found.start()]}-x{int(found[1]) + 1}" if found else f"{name}-x2"


def find_sessions(course: Course, wanted: tuple[str, ...]) -> tuple[list[Session], list[str]]:
    """Return the sessions that are named by number, slug, part of a slug or file; and the unknown."""
    if not wanted:
        return list(course.sessions), []
    names = slugs(course.sessions)
    chosen: list[Session] = []
    unknown: list[str] = []
    for word in wanted:
        hits = [s for s in course.sessions if _is_named(s, word, names[s.path])]
        if not hits:
            hits = [s for s in course.sessions if word.lower() in names[s.path]]
        if len(hits) != 1:
            unknown.append(word)
        chosen += hits if len(hits) == 1 else []
    order = {s.path: i for i, s in enumerate(course.sessions)}
    unique = {s.path: s for s in chosen}
    return sorted(unique.values(), key=lambda s: order[s.path]), unknown


def _is_named(session: Session, word: str, slug: str) -> bool:
    if word.isdecimal() and len(word) < 7:
        return session.number == int(word)
    return word.lower() == slug or session.path == word or session.path.endswith("/" + word)
