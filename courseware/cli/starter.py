"""New courses and sessions from the templates beside this module; nothing is overwritten."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib import resources
from pathlib import Path
from string import Template

from courseware.course.adoption import adopted
from courseware.course.loading import Loaded, load
from courseware.course.numbers import slug_of_text
from courseware.language.vocabulary import vocabulary_for
from courseware.model.inline import plain_text
from courseware.reading.stages import read_session

LONGEST_TITLE = 200
"""Characters of a title at most."""


class StartError(Exception):
    """Why nothing was made, in words for the user."""


def _template(name: str) -> str:
    return (resources.files("courseware.cli") / "templates" / name).read_text("utf-8")


def tidy_title(text: str) -> str:
    """Return a title on one line, without control characters; raise `StartError` for none."""
    title = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not any(c.isalnum() for c in title):
        raise StartError("a title needs a letter or a digit")
    if len(title) > LONGEST_TITLE:
        raise StartError(f"the title has {len(title)} characters; {LONGEST_TITLE} are the most")
    return title


def new_course(folder: Path, title: str = "") -> list[Path]:
    """Make a course in a new or empty folder and return its files; raise `StartError`."""
    name = folder.resolve().name
    if not name or not name.isprintable():
        raise StartError("the folder needs a name without control characters")
    if folder.exists() and not folder.is_dir():
        raise StartError(f"{folder} is a file")
    if folder.is_dir() and any(folder.iterdir()):
        raise StartError(f"{folder} is not empty")
    shown = tidy_title(title or re.sub(r"[-_]+", " ", name).strip().capitalize())
    settings = Template(_template("course.yml")).substitute(title=_quoted(shown))
    files = {"course.yml": settings, "01-welcome.md": _template("first.md")}
    return [_written(folder / file, text) for file, text in files.items()]


def adopt(root: Path, source: Path, title: str = "") -> str:
    """Write a course.yml for the files below `source` in the folder `root`, and return what is to be told of it."""
    if not source.resolve().is_relative_to(root.resolve()):
        raise StartError(
            f"{root} does not hold {source}, and nothing is copied: name it, or a folder above it"
        )
    if (root / "course.yml").exists():
        raise StartError(f"{root / 'course.yml'} is there already")
    inside = source.resolve().relative_to(root.resolve()).as_posix()
    report = adopted(root, "" if inside == "." else inside, title and tidy_title(title))
    if not any(report.loaded.paths()):
        raise StartError(f"there is no file of a session in {source}")
    file = _written(root / "course.yml", report.text)
    told = Counter(f.code for f in load(root).findings if f.severity != "note")
    most = ", ".join(f"{code} {count}" for code, count in told.most_common(5))
    look = (
        [f"courseware check tells of {told.total()}: {most}"]
        if told
        else ["courseware check tells nothing"]
    )
    parts = {
        "understood": report.understood,
        "guessed": report.guessed,
        "left out": report.left_out,
        "to look at": look,
    }
    lines = [
        f"{name}\n" + "\n".join(f"  {line}" for line in said)
        for name, said in parts.items()
        if said
    ]
    return "\n".join([f"{file}  made", *lines])


def new_session(root: Path, title: str) -> Path:
    """Add a session with the course's next number and return its file; raise `StartError`."""
    if not root.is_dir():
        raise StartError(f"there is no course folder at {root}")
    shown = tidy_title(title)
    loaded = load(root)
    number, course = _next_number(loaded), loaded.course
    slug = slug_of_text(shown, course.file_names, course.language) or "session"
    file = loaded.root / _folder(loaded) / f"{number:02d}-{slug}.md"
    return _written(file, Template(_template("session.md")).substitute(head=_head(number, shown)))


def is_listed(loaded: Loaded, file: Path) -> bool:
    """Whether the course, read again, takes a session file in."""
    return file.relative_to(loaded.root).as_posix() in {s.path for s in loaded.course.sessions}


def _next_number(loaded: Loaded) -> int:
    """Return the number after the highest that a session has or a file's name begins with."""
    taken = [s.number for s in loaded.course.sessions if s.number is not None]
    names = [part for f in loaded.root.rglob("*.md") for part in f.relative_to(loaded.root).parts]
    taken += [int(found[1]) for name in names if (found := re.match(r"(\d{1,4})(?!\d)", name))]
    return max(taken, default=0) + 1


def _folder(loaded: Loaded) -> Path:
    """Return the folder that all sessions share, or the course's own."""
    folders = {Path(s.path).parent for s in loaded.course.sessions}
    return folders.pop() if len(folders) == 1 and len(loaded.course.sessions) > 1 else Path()


def _head(number: int, title: str) -> str:
    """Return a heading that is read as this number and title, else front matter."""
    heading = f"# Session {number:02d}: {title}\n"
    session = read_session(heading.encode(), "x.md", vocabulary_for("en")).session
    if (
        session is not None
        and (session.number, session.title) == (number, plain_text(title, 1))
        and session.length is None
    ):
        return heading
    return f"---\nnumber: {number}\ntitle: {_quoted(title)}\n---\n"


def _quoted(text: str) -> str:
    """Return a text as a YAML string in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _written(file: Path, text: str) -> Path:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise StartError(f"{file} is there already") from None
    except OSError as error:
        raise StartError(f"{file}: {error.strerror}") from None
    return file
