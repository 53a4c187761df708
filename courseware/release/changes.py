"""What changed between two releases: by session, product and page, from their manifests alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from courseware.products.table import FORMS
from courseware.release.manifest import Audience, Manifest, ReleaseFile, SessionFacts
from courseware.release.pages import PageFingerprint

State = Literal["new", "gone", "changed"]
WHOLE = SessionFacts("", None, "")
"""What stands for the course as a whole, which has files of its own."""


class FileChange(msgspec.Struct, frozen=True):
    """A file that is new, gone, or not as it was; pages count from 1.

    `words` are pages whose words changed, `looks` those where only the look did. Where the number of
    pages is not what it `was`, both are empty, and pages differ from `start` on. Where pages have
    `names` ("7·3" in the workbook), they are compared by these, and `out` names those that are gone. A file that changed
    without a page is the same on paper: links, fields or what is read aloud are not. Of a folder, `pages` and
    `was` are its files now and then.
    """

    state: State
    path: str
    product: str
    audience: Audience
    unit: str = ""
    pages: int = 0
    was: int = 0
    words: tuple[int, ...] = ()
    looks: tuple[int, ...] = ()
    start: int = 0
    names: tuple[str, ...] = ()
    out: tuple[str, ...] = ()


class SessionChange(msgspec.Struct, frozen=True):
    """A session with its files that changed; `title` "" is the course as a whole.

    `before` is what it was called, where it has another number or title now.
    """

    state: State
    number: int | None
    title: str
    before: str = ""
    files: tuple[FileChange, ...] = ()


class Changes(msgspec.Struct, frozen=True):
    """What changed since a version; `version` is the later one, "" for the course as it is now.

    `kept` counts the files that are as they were. Where not all `looks` could be compared, only words were.
    """

    since: str
    version: str
    sessions: tuple[SessionChange, ...]
    kept: int
    looks: bool = True


def changes(old: Manifest, new: Manifest) -> Changes:
    """Return what changed from one release to another, sessions in the order of the new one."""
    looks = old.reader == new.reader
    pairs = list(_pairs(old.sessions, new.sessions))
    theirs = {a.path: b.path for a, b in pairs if a and b}
    before = _by_key((f, theirs.get(f.session, f.session)) for f in old.files)
    now = _by_key((f, f.session) for f in new.files)
    order = {name: at for at, name in enumerate(FORMS)}
    keys = sorted({**now, **before}, key=lambda key: (order.get(key[1], len(order)), key))
    made = {key: _change(before.get(key, []), now.get(key, []), looks) for key in keys}
    found = []
    for a, b in pairs:
        path = b.path if b else a.path if a else ""
        files = tuple(f for key, f in made.items() if f and key[0] == path)
        session = _session(a, b, files)
        found += [session] if session else []
    kept = sum(made[key] is None for key in made)
    return Changes(old.version, new.version, tuple(found), kept, looks)


Key = tuple[str, str, str]
"""What a file is known by in both releases, also where a new title gave it a new name: its session, its
product, and what its name adds. All files of a folder have the same."""


def _by_key(files: Iterable[tuple[ReleaseFile, str]]) -> dict[Key, list[ReleaseFile]]:
    """Return files by what they are known by, given each with its session's path as it is now."""
    found: dict[Key, list[ReleaseFile]] = {}
    for file, session in files:
        name = file.edition if session else file.folder or file.path
        found.setdefault((session, file.product, name), []).append(file)
    return found


def _pairs(
    old: Sequence[SessionFacts], new: Sequence[SessionFacts]
) -> Iterator[tuple[SessionFacts | None, SessionFacts | None]]:
    """Yield sessions as they were and as they are: the same has both its title and file, else its title, else its file.

    The course as a whole comes first, those that are gone last. Files are numbered anew where a session is put
    between others, so that a title says more; one that several have says nothing.
    """
    yield WHOLE, WHOLE
    before: dict[str, SessionFacts] = {}
    for same in (lambda s: (s.title, s.path), lambda s: s.title, lambda s: s.path):
        left = [s for s in old if s not in before.values()]
        counts = Counter(same(s) for s in (*left, *(s for s in new if s.path not in before)))
        known = {same(s): s for s in left if counts[same(s)] == 2}
        before |= {s.path: known[same(s)] for s in new if s.path not in before and same(s) in known}
    for s in new:
        yield before.get(s.path), s
    for s in old:
        if s not in before.values():
            yield s, None


def _session(
    old: SessionFacts | None, new: SessionFacts | None, files: tuple[FileChange, ...]
) -> SessionChange | None:
    """Return how a session changed, None where it did not."""
    if new is None or old is None:
        one = new or old or WHOLE
        return SessionChange("new" if new else "gone", one.number, one.title, files=files)
    called = (old.number, old.title) != (new.number, new.title)
    before = name_of(old.number, old.title) if called else ""
    if not files and not before:
        return None
    return SessionChange("changed", new.number, new.title, before, files)


def _change(old: list[ReleaseFile], new: list[ReleaseFile], looks: bool) -> FileChange | None:
    """Return how a file, or a folder's files, changed; None where they did not."""
    one = (new or old)[0]
    made = FileChange("changed", one.folder or one.path, one.product, one.audience, one.unit)
    if one.folder:
        made = msgspec.structs.replace(made, unit="files", pages=len(new), was=len(old))
    else:
        pages, was = (sum(len(f.pages) for f in files) for files in (new, old))
        made = msgspec.structs.replace(made, pages=pages, was=was)
    if not (old and new):
        return msgspec.structs.replace(made, state="new" if new else "gone")
    contents = [{f.path if f.folder else "": f.sha256 for f in files} for files in (old, new)]
    if contents[0] == contents[1]:
        return None
    return made if one.folder else _paged(made, old[0], new[0], looks)


def _paged(made: FileChange, old: ReleaseFile, new: ReleaseFile, looks: bool) -> FileChange:
    """Return the change of a file with the pages that changed."""
    if _are_named(old.pages) and _are_named(new.pages):
        return _named(made, old.pages, new.pages, looks)
    pairs = list(zip(old.pages, new.pages, strict=False))
    words = tuple(n for n, (a, b) in enumerate(pairs, 1) if a.words != b.words)
    other = tuple(n for n, (a, b) in enumerate(pairs, 1) if looks and a.look != b.look)
    if len(old.pages) != len(new.pages):
        return msgspec.structs.replace(made, start=min((*words, *other, len(pairs) + 1)))
    rest = tuple(n for n in other if n not in words)
    return msgspec.structs.replace(made, words=words, looks=rest)


def _are_named(pages: Sequence[PageFingerprint]) -> bool:
    """Whether each page has a label of its own."""
    return all(page.label for page in pages) and len({p.label for p in pages}) == len(pages)


def _named(
    made: FileChange, old: Sequence[PageFingerprint], new: Sequence[PageFingerprint], looks: bool
) -> FileChange:
    """Return the change of a file whose pages are known by their labels."""
    before = {page.label: page for page in old}
    words, other = [], []
    for number, page in enumerate(new, 1):
        was = before.pop(page.label, None)
        if was is None or was.words != page.words:
            words.append(number)
        elif looks and was.look != page.look:
            other.append(number)
    names = tuple(page.label for page in new)
    return msgspec.structs.replace(
        made, words=tuple(words), looks=tuple(other), names=names, out=tuple(before)
    )


def name_of(number: int | None, title: str) -> str:
    """Return what a session is called: "07 Teams", its title alone, or "the course" for that as a whole."""
    return " ".join(part for part in (short(number), title) if part) or "the course"


def short(number: int | None) -> str:
    """Return a session's number as its files have it: "07"."""
    return "" if number is None else f"{number:02}"


def listed(numbers: Iterable[int], names: Sequence[str] = ()) -> str:
    """Return pages as "3–4, 7", or by their `names`, which all pages have then: "2·1–2·4, 3·W1"."""
    rows = [list(row) for _, row in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    ends = ((row[0][1], row[-1][1]) for row in rows)
    called = ((names[a - 1], names[b - 1]) if names else (str(a), str(b)) for a, b in ends)
    return ", ".join(a if a == b else f"{a}–{b}" for a, b in called)


def as_text(found: Changes) -> str:
    """Return changes as lines, sessions with what is to be printed again; one line where there are none."""
    lines = []
    for session in found.sessions:
        lines += ["", _head(session)]
        lines += [f"  {line}" for file in session.files for line in _lines(file, session)]
    head = f"Changes since {found.since}" + (f", in {found.version}" if found.version else "")
    kept = f"{found.kept} files are as they were" if found.kept != 1 else "1 file is as it was"
    if not found.looks:
        kept += "; looks were not compared, only words: another program looked at the pages then"
    return "\n".join([head if lines else f"No changes since {found.since}", *lines, "", kept, ""])


def _head(session: SessionChange) -> str:
    name = name_of(session.number, session.title)
    if session.state != "changed":
        return f"{name}: {'a new session' if session.state == 'new' else 'gone'}"
    return f"{name} (was {session.before})" if session.before else name


CALLED = {"slides": "deck", "answers": "answer key"}
"""What one calls a product, where that is not its name."""


def _lines(file: FileChange, session: SessionChange) -> Iterator[str]:
    """Yield what is to be done about a file."""
    bare = file.product.partition(" ")[0]
    name = " ".join(filter(None, (CALLED.get(bare, bare), short(session.number))))
    place = f"  ({file.path})"
    again = "print again " if file.unit == "pages" else "changed: "
    if file.state != "changed":
        yield f"{file.state}: {name}{place}"
    elif file.start > file.pages:
        yield f"take out {file.unit} {listed(range(file.start, file.was + 1))} of {name}{place}"
    elif file.start:
        counts = f"{file.pages} {_unit(file, file.pages)}, there were {file.was}"
        yield f"{again}{name} from {_unit(file)} {file.start} on: {counts}{place}"
    elif file.words or file.looks or file.out:
        if file.words:
            yield f"{again}{_counted(file, file.words)} of {name}{_inside(file, file.words)}{place}"
        if file.out:
            yield f"take out {', '.join(file.out)} of {name}{place}"
        if file.looks:
            other = "looks" if len(file.looks) == 1 else "look"
            yield f"{_counted(file, file.looks)} of {name} {other} different, in the same words{place}"
    elif file.unit in ("pages", "slides"):
        yield f"{name} is the same on its {file.unit}; links, fields or what is read aloud changed{place}"
    else:
        yield f"changed: {name}{place}"


def _counted(file: FileChange, numbers: tuple[int, ...]) -> str:
    return f"{_unit(file, len(numbers))} {listed(numbers, file.names)}"


def _unit(file: FileChange, many: int = 1) -> str:
    """Return what so many pages or slides of a file are called."""
    return file.unit.removesuffix("s") if many == 1 else file.unit


def _inside(file: FileChange, numbers: tuple[int, ...]) -> str:
    """Return where pages that have names are in their file, for who prints from it."""
    return f", in the file {listed(numbers)}" if file.names else ""
