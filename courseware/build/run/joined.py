"""A course's file joined of its sessions', and looked through for what is withheld from its readers.

This runs where the build was started, wherever the parts were made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from courseware.build.plan.targets import Target
from courseware.inspection.carried import Piece, pieces
from courseware.inspection.leaks import Written, judged, notes_shown
from courseware.inspection.proofs import Made
from courseware.model.session import Chapter, Course, Session, with_course_ids
from courseware.products.deck.cues import words_for
from courseware.products.labels import page_label, part_name

if TYPE_CHECKING:
    from courseware.pdf.joining.book import Part
    from courseware.site.folder import Held

replace = msgspec.structs.replace
BACK = "back"
"""The id in a frame of what stands behind the parts."""
_PAGE = re.compile(r"page (\d+)$")
"""How the place of a text ends that stands on a page; see `inspection.carried`."""


class Sources(msgspec.Struct, frozen=True):
    """What a file is joined of: `parts`, session by session; `full` gives a session with all that it holds.

    `titles` are those that the file's readers may see, `chapters` say by path how sessions are called.
    """

    course: Course
    titles: Mapping[str, str]
    chapters: Mapping[str, Chapter]
    parts: tuple[Held, ...]
    full: Callable[[Session], Session]


def joined(target: Target, frame: Made, sources: Sources) -> Made:
    """Return a target's file, the files of its sessions between its frame's pages; with no data where it leaks."""
    from courseware.pdf.joining.book import joined

    front = frame.map.get(BACK, frame.count + 1) - 1
    book = joined(frame.data, front, _parts(target, sources))
    made = replace(frame, data=book.data, count=frame.count + sum(book.pages))
    owners = [""] * front
    for part, many in zip(sources.parts, book.pages, strict=True):
        owners += [part.session] * many
    return _inspected(target, made, sources, owners)


def _parts(target: Target, sources: Sources) -> Iterator[Part]:
    """Yield the parts as they are joined: the bookmark of a session's first one is the session's."""
    from courseware.pdf.joining.book import Part

    sessions = {session.path: session for session in target.sessions}
    before = ""
    for held in sources.parts:
        session, chapter = sessions[held.session], sources.chapters[held.session]
        words, product = words_for(sources.course, session), held.product.name
        below, before = held.session == before, held.session
        title = words(product) if below else f"{chapter.mark} {session.title.plain}".strip()
        label = page_label(words, product, chapter.mark)
        yield Part(part_name(chapter.name, product), label, title, held.read(), below)


def _inspected(target: Target, made: Made, sources: Sources, owners: list[str]) -> Made:
    """Return a joined file with the findings on it; with no data where some page says what is withheld.

    `owners` are, by page, the paths of the sessions that the pages are of, "" for the frame's. Each
    session's pages are looked through for what is withheld of it, the frame's for that of all.
    """
    texts: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces(made.data, notes_shown(target.product)):
        page = _PAGE.search(piece.place)
        number = int(page[1]) - 1 if page else len(owners)
        texts[owners[number] if number < len(owners) else ""].append(piece)
    frame = Written(texts.pop("", []))
    for session in target.sessions:
        whole = with_course_ids(sources.full(session), sources.chapters[session.path].name)
        course = replace(sources.course, sessions=(whole,))
        for written in (Written(texts.pop(session.path, [])), frame):
            looked = judged(
                replace(made, data=b"-"), target.product, course, sources.titles, written
            )
            findings = looked.findings
            made = replace(made, data=made.data if looked.data else b"", findings=findings)
    return made
