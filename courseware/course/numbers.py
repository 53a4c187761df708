"""Numbers, roles and names that depend on the course's other sessions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import get_args

import msgspec

from courseware.course.orders import FRONT_PAGES
from courseware.diagnostics import Diagnostic, Span
from courseware.language.frames import Frames, Place, Reader, Setting, name_words
from courseware.language.twins import spelled
from courseware.model.blocks import Exercise
from courseware.model.session import Chapter, Course, FileNames, Session

replace = msgspec.structs.replace


def settle_numbers(sessions: list[Session]) -> tuple[list[Session], list[Diagnostic]]:
    """Drop numbers guessed from names that other sessions have, with a note on each."""
    taken = {s.number for s in sessions if s.number_stated}
    result: list[Session] = []
    findings: list[Diagnostic] = []
    for session in sessions:
        if session.number is not None and not session.number_stated:
            if session.number in taken:
                message = f"number {session.number}, guessed from the name, is taken already"
                findings.append(Diagnostic("C132", message, Span(session.path)))
                session = replace(session, number=None)
            else:
                taken.add(session.number)
        result.append(session)
    return result, findings


def number_clashes(sessions: list[Session]) -> list[Diagnostic]:
    """Return a finding at each session whose stated number another one states, too."""
    first: dict[int, str] = {}
    findings: list[Diagnostic] = []
    for session in sessions:
        if session.number is None or not session.number_stated:
            continue
        if session.number in first:
            other = first[session.number]
            for path, rival in ((session.path, other), (other, session.path)):
                message = f"number {session.number} is also stated by {rival}"
                findings.append(Diagnostic("C201", message, Span(path), "number them apart"))
        first.setdefault(session.number, session.path)
    return findings


def settle_solutions(
    sessions: list[Session], opened: tuple[str, ...] = (), language: str = "en"
) -> tuple[tuple[Session, ...], list[Diagnostic]]:
    """Keep files that are answers by title, name or folder from learners, and tell of those in doubt.

    Sure is one that follows an exercise file of its folder; others may stand between, as file names sort so.
    `opened` are titles that everyone sees, `language` is the course's. In a course without any task there is nothing to answer: such a file is teaching text.
    """
    asking = any(map(_asks, sessions))
    result, told = list[Session](), list[Diagnostic]()
    waiting = set[PurePosixPath]()  # folders whose last exercise file has no solution yet
    names = frozenset(PurePosixPath(s.path).stem for s in sessions)
    beside: dict[PurePosixPath, list[str]] = {}
    for path in (PurePosixPath(s.path) for s in sessions):
        beside.setdefault(path.parent, []).append(path.stem)
    for session in sessions:
        folder = PurePosixPath(session.path).parent
        if asking and _answers_another(session, names, beside[folder], opened, language):
            session = replace(session, role="answers")
        if session.role == "answers" and not asking:
            session = replace(session, role="session")
        elif session.role == "answers" and folder not in waiting:
            message = (
                "withheld in doubt: the whole file, which its title, name or folder calls an answer"
            )
            hint = f'write open: ["{session.title.plain}"] in course.yml where learners may see it'
            told.append(Diagnostic("C141", message, Span(session.path), hint))
        elif session.role == "answers":
            waiting.remove(folder)
        elif _is_exercise(session):
            waiting.add(folder)
        result.append(session)
    return tuple(result), told


def _answers_another(
    session: Session,
    names: frozenset[str],
    beside: Sequence[str],
    opened: tuple[str, ...],
    language: str,
) -> bool:
    """Whether a file is called as another one and an answer: "01-bread-solution" beside "01-bread".

    `beside` are the names of its folder's files: one with the same number is enough for a name that ends so.
    """
    name = PurePosixPath(session.path).stem
    cuts = range(1, len(name))
    behind = (name[at:] for at in cuts if name[:at] in names)
    before = (name[:at] for at in cuts if name[at:] in names)
    words = list(filter(None, map(name_words, (*behind, *before, *_last_beside(name, beside)))))
    if not words or session.role != "session":
        return False
    frames = Frames(session.language or language, open_titles=opened)
    if frames.is_open(session.title.plain):
        return False
    return any(frames.decide(w, Setting(Place.FILE)).reader is Reader.ANSWER for w in words)


def _last_beside(name: str, beside: Sequence[str]) -> tuple[str, ...]:
    """Return the last word of a name whose leading number another of its folder has, too."""
    number = re.match(r"\d+(?=\W|_)", name)
    same = number and any(one != name and re.match(rf"{number[0]}(?=\W|_)", one) for one in beside)
    return (name_words(name).split()[-1],) if same else ()


def _asks(session: Session) -> bool:
    """Whether a file that is no answer itself holds an exercise or questions."""
    tasks = ("exercises", "questions")
    return session.role == "session" and any(
        isinstance(node, Exercise) or getattr(node, "kind", "") in tasks for node in session.nodes()
    )


def _is_exercise(session: Session) -> bool:
    """Whether a file is one exercise: what it begins with is the exercise, without a heading."""
    first = session.sections[0] if session.sections else None
    return first is not None and first.kind == "exercises" and not first.heading.name


MOST_BYTES = 150
"""Bytes of a slug of any script: file systems take 255 of a name, which has an ending and a variant, too."""


def slug_of_text(text: str, names: FileNames = "unicode", language: str = "en") -> str:
    """Return a text as a part of a file's name: its letters and digits in lower case, hyphens between.

    Letters of all scripts stay, or are written in ASCII ones, as in `language`, where `names` says so.
    """
    from slugify import slugify

    if names == "ascii" or text.isascii():
        return str(slugify(spelled(text, language), max_length=80, word_boundary=True))
    signs = unicodedata.normalize("NFC", text).lower()
    kept = "".join(
        sign if (kind := unicodedata.category(sign))[0] in "LM" or kind == "Nd"
        else "" if kind == "Cf" else "-"
        for sign in signs
    )  # fmt: skip
    words = re.sub(r"-+", "-", kept).strip("-")
    while len(words.encode()) > MOST_BYTES:
        words = words.rpartition("-")[0] or words[: MOST_BYTES // 4]
    return words


def slug_of(session: Session, names: FileNames = "unicode", language: str = "en") -> str:
    """Return the name of a session's files: number and slug of its title.

    `language` is the course's. Where ASCII letters do not tell how a title is read, its own file or
    folder has the slug.
    """
    title = session.title.plain
    slug = slug_of_text(title, names, session.language or language)
    if not slug and any(map(str.isalpha, title)):
        *folders, file = PurePosixPath(session.path).with_suffix("").parts
        said = folders[-1] if folders and file.lower() in FRONT_PAGES else file
        slug = slug_of_text(re.sub(r"^\d+\W*", "", said), names)
    slug = slug or "session"
    return f"{session.number:02d}-{slug}" if session.number is not None else slug


def slugs(
    sessions: tuple[Session, ...], file_names: FileNames = "unicode", language: str = "en"
) -> dict[str, str]:
    """Return each session's file name by path, the folder's before it where two would clash.

    `language` is the course's.
    """
    names = {s.path: slug_of(s, file_names, language) for s in sessions}
    result: dict[str, str] = {}
    for session in sessions:
        name = names[session.path]
        if list(names.values()).count(name) > 1:
            folder = slug_of_text(str(PurePosixPath(session.path).parent), file_names)
            name = f"{folder}-{name}" if folder else name
        while name in result.values():
            name = _next(name)
        result[session.path] = name
    return result


def chapters(course: Course) -> dict[str, Chapter]:
    """Return by path how a course's sessions are called in what holds several.

    Their marks are their numbers; a session without one among others with them has a letter, and where none
    of several has a number, they are counted.
    """
    sessions = course.sessions
    names = slugs(sessions, "ascii")
    called = slugs(sessions, course.file_names, course.language)
    if len(sessions) < 2:
        marks = {s.path: "" if s.number is None else str(s.number) for s in sessions}
    elif all(session.number is None for session in sessions):
        marks = {s.path: str(n) for n, s in enumerate(sessions, 1)}
    else:
        bare = [session for session in sessions if session.number is None]
        letters = {s.path: _letters(n) for n, s in enumerate(bare)}
        marks = {s.path: letters.get(s.path) or str(s.number) for s in sessions}
    return {path: Chapter(name, marks[path], called[path]) for path, name in names.items()}


def _letters(number: int) -> str:
    """Return A to Z, then AA, AB …, for a number from 0."""
    more, last = divmod(number, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)


def _next(name: str) -> str:
    found = re.search(r"-x(\d+)$", name)
    return f"{name[: found.start()]}-x{int(found[1]) + 1}" if found else f"{name}-x2"


def find_sessions(course: Course, wanted: tuple[str, ...]) -> tuple[list[Session], list[str]]:
    """Return the sessions that are named by number, slug, part of a slug or file, with or without its ending; and the unknown."""
    if not wanted:
        return list(course.sessions), []
    names = slugs(course.sessions, course.file_names, course.language)
    called = [slugs(course.sessions, kind, course.language) for kind in get_args(FileNames)]
    chosen: list[Session] = []
    unknown: list[str] = []
    for word in wanted:
        hits = [s for s in course.sessions if _is_named(s, word, names[s.path])]
        if not hits:
            part = unicodedata.normalize("NFC", word.lower())
            hits = [s for s in course.sessions if any(part in one[s.path] for one in called)]
        if len(hits) != 1:
            unknown.append(word)
        chosen += hits if len(hits) == 1 else []
    order = {s.path: i for i, s in enumerate(course.sessions)}
    unique = {s.path: s for s in chosen}
    return sorted(unique.values(), key=lambda s: order[s.path]), unknown


def _is_named(session: Session, word: str, slug: str) -> bool:
    if word.isdecimal() and len(word) < 7:
        return session.number == int(word)
    files = (session.path, session.path.rpartition(".")[0])
    return unicodedata.normalize("NFC", word.lower()) == slug or any(
        file == word or file.endswith("/" + word) for file in files
    )
