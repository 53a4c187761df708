"""A course's file joined of its sessions', and looked through for what is withheld from its readers.

This runs where the build was started, wherever the parts were made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from courseware.build.plan.targets import Target
from courseware.diagnostics import Diagnostic
from courseware.inspection.carried import Piece, pieces
from courseware.inspection.leaks import LEAK, Written, judged, notes_shown
from courseware.inspection.made import Made
from courseware.model.session import Chapter, Course, Session, for_learner, with_course_ids
from courseware.products.deck.cues import words_for
from courseware.products.labels import page_label, part_name
from courseware.products.table import PRODUCTS, Product

if TYPE_CHECKING:
    from courseware.pdf.joining.book import Part
    from courseware.site.folder import Held

replace = msgspec.structs.replace
KEY = "answers"
"""The product whose pages may hold answers."""
BACK = "back"
"""The id in a frame of what stands behind the parts."""
OWN = ("", "")
"""Whose a frame's pages are: no session's."""
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
    owners = [OWN] * front
    for part, many in zip(sources.parts, book.pages, strict=True):
        owners += [(part.session, part.product.name)] * many
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


def _inspected(target: Target, made: Made, sources: Sources, owners: list[tuple[str, str]]) -> Made:
    """Return a joined file with the findings on it; with no data where some page says what is withheld.

    `owners` are, by page, the session's path and the product that the pages are of, `OWN` for the frame's. Each
    session's pages are looked through for what is withheld of it, the frame's for that of all. An answer
    key may hold answers, and nothing else that is withheld.
    """
    texts: dict[tuple[str, str], list[Piece]] = defaultdict(list)
    for piece in pieces(made.data, notes_shown(target.product)):
        page = _PAGE.search(piece.place)
        number = int(page[1]) - 1 if page else len(owners)
        texts[owners[number] if number < len(owners) else OWN].append(piece)
    frame, found, mine = Written(texts.pop(OWN, [])), list(made.findings), target.product
    for session in target.sessions:
        key = texts.pop((session.path, KEY), [])
        if key:
            found += _judged(PRODUCTS[KEY], Written(key), sources, session)
        own = [p for (path, _), some in texts.items() if path == session.path for p in some]
        found += _judged(mine, Written(own), sources, session)
        of_frame = _judged(mine, frame, sources, session)
        if any(finding.code == LEAK for finding in of_frame):  # another session may say it openly
            of_frame = _judged(mine, frame, sources, session, _open_texts(target, sources))
        found += of_frame
    leaks = any(finding.code == LEAK for finding in found)
    return replace(made, data=b"" if leaks else made.data, findings=tuple(dict.fromkeys(found)))


def _judged(
    product: Product, written: Written, sources: Sources, session: Session, more: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return the findings on what is withheld of a session and stands in a text; `more` may stand there."""
    whole = with_course_ids(sources.full(session), sources.chapters[session.path].name)
    course = replace(sources.course, sessions=(whole,))
    titles = {**sources.titles, **{f"text {n}": said for n, said in enumerate(more)}}
    return judged(Made(b"-"), product, course, titles, written).findings


def _open_texts(target: Target, sources: Sources) -> list[str]:
    """Return what a frame may say of all sessions."""
    digest = target.product.digest or for_learner
    seen = (digest(for_learner(sources.full(session))) for session in target.sessions)
    return list(dict.fromkeys(text.plain for session in seen for text in session.texts()))
