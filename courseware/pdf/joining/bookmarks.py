"""The bookmarks of a joined file: one a chapter, with those of its parts below it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec
import pikepdf

from courseware.pdf.joining.copying import Copy
from courseware.pdf.joining.object_file import ObjectFile


class Bookmark(msgspec.Struct):
    """A bookmark that is written in the end: its title and its place as the file has them.

    `first` and `last` are the numbers of those of its part, `count` how many they are; `tail` is the last of
    these, which is written when it is known what follows it. `below` are the bookmarks that follow these.
    """

    number: int
    title: bytes
    place: bytes
    first: int = 0
    last: int = 0
    count: int = 0
    tail: bytes = b""
    below: list[Bookmark] = []


def of_part(file: ObjectFile, title: bytes, place: bytes, copy: Copy) -> Bookmark:
    """Return a part's bookmark, in place of that of its title, with those below this one."""
    outlines = copy.source.Root.Outlines
    made = Bookmark(file.reserve(), title, place)
    top = list(items(outlines))
    head = top[0] if len(top) == 1 else outlines
    copy.replace(outlines, made.number)
    copy.replace(head, made.number)
    kids = list(items(head))
    for kid in kids:
        kid.Count = -len(list(items(kid)))
    if kids:
        made.first, made.last = copy.number(kids[0]), copy.number(kids[-1])
        made.count, made.tail = len(kids), copy.body(kids[-1])
        copy.leave_out(kids[-1])
    return made


def write(file: ObjectFile, marks: list[Bookmark], root: int) -> None:
    """Write bookmarks, and the one that holds them all under the number `root`."""
    _write_row(file, marks, root)
    ends = (marks[0].number, marks[-1].number, len(marks))
    file.add(root, b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % ends)


def _write_row(file: ObjectFile, marks: list[Bookmark], parent: int, before: int = 0) -> None:
    """Write bookmarks one behind the other; `before` is one that they follow."""
    follows = {a.number: b.number for a, b in pairwise(marks)}
    for mark in marks:
        _write_below(file, mark)
        first = mark.first or (mark.below[0].number if mark.below else 0)
        last = mark.below[-1].number if mark.below else mark.last
        ties = {
            b"Prev": before,
            b"Next": follows.get(mark.number, 0),
            b"First": first,
            b"Last": last,
        }
        said = b" ".join(b"/%b %d 0 R" % tie for tie in ties.items() if tie[1])
        count = mark.count + len(mark.below)
        shown = (mark.title, mark.place, parent, said, -count)
        file.add(mark.number, b"<< /Title %b /Dest %b /Parent %d 0 R %b /Count %d >>" % shown)
        before = mark.number


def _write_below(file: ObjectFile, mark: Bookmark) -> None:
    if mark.tail:
        after = b"<< /Next %d 0 R " % mark.below[0].number if mark.below else b"<< "
        file.add(mark.last, mark.tail.replace(b"<<", after, 1))
    _write_row(file, mark.below, mark.number, mark.last)


def items(holder: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the bookmarks right below one, or below all."""
    found = holder.get("/First")
    while found is not None:
        yield found
        found = found.get("/Next")
