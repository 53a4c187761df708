"""A course's file joined of its sessions', and looked through for what is withheld from its readers.

This runs where the build was started, wherever the parts were made. Each part is looked through once: its
verdict is kept by its bytes and by what was withheld. Of the joined file, what no part holds is looked through.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from courseware import files
from courseware.build.plan.targets import Target
from courseware.build.state.stamp import program_print
from courseware.build.state.store import CLEAN, Store
from courseware.diagnostics import Diagnostic, Severity
from courseware.inspection.carried import CarriedText, pieces
from courseware.inspection.leaks import LEAK, WrittenFile, judged, notes_shown
from courseware.inspection.made import Made
from courseware.model.session import Chapter, Course, Session, for_learner, with_course_ids
from courseware.products.deck.cues import words_for
from courseware.products.labels import page_label, part_name
from courseware.products.table import PRODUCTS, Product
from courseware.products.withheld import holds_all

if TYPE_CHECKING:
    from courseware.pdf.joining.book import BookPart
    from courseware.pdf.joining.substance import Substance
    from courseware.site.folder import Held

replace = msgspec.structs.replace
KEY = "answers"
"""The product whose pages may hold answers."""
BACK = "back"
"""The id in a frame of what stands behind the parts."""
BETWEEN = "what joins its parts"
"""Where a text stands that no part holds: a bookmark, a label, a name."""


class Sources(msgspec.Struct, frozen=True):
    """What a file is joined of: `parts`, session by session; `full` gives a session with all that it holds.

    `titles` are those that the file's readers may see, `chapters` say by path how sessions are called,
    `print_of` gives the fingerprint of all that a session holds.
    """

    course: Course
    titles: Mapping[str, str]
    chapters: Mapping[str, Chapter]
    parts: tuple[Held, ...]
    full: Callable[[Session], Session]
    print_of: Callable[[Session], str]


class Gate:
    """What looks through the parts of a file as they are joined, and then the file.

    `clean` are the fingerprints of parts that hold nothing withheld: those known before, then those of this file.
    """

    def __init__(self, target: Target, sources: Sources, clean: Collection[str]) -> None:
        """Take the file's target, what it is joined of, and the fingerprints that are known."""
        self.target, self.sources = target, sources
        self.sessions = {session.path: session for session in target.sessions}
        self.findings: list[Diagnostic] = []
        self.substance: Substance | None = None
        self.clean: list[str] = []
        self._known = frozenset(clean)
        course = replace(sources.course, sessions=())
        self._values = [program_print(), files.fingerprint(msgspec.json.encode(course))]

    def pass_part(self, held: Held, data: bytes) -> None:
        """Look a part through, unless it was found clean before; note what it holds."""
        from courseware.pdf.joining.substance import substance

        mine = self.target.product
        if not holds_all(mine):
            self._note(substance(data))
        product = PRODUCTS[KEY] if held.product.name == KEY else mine
        if holds_all(product):
            return
        session = self.sessions[held.session]
        facts = [*self._values, product.name, self.sources.print_of(session)]
        name = files.fingerprint("\0".join((*facts, files.fingerprint(data))).encode())
        found: tuple[Diagnostic, ...] = ()
        if name not in self._known:
            found = self._of_part(product, session, WrittenFile(_placed(held, data)))
        self.findings += found
        self.clean += [] if found else [name]

    def pass_book(self, frame: bytes, book: bytes) -> None:
        """Look through the frame, and what a joined file holds that neither it nor a part does."""
        from courseware.pdf.joining.substance import substance

        mine = self.target.product
        if holds_all(mine):
            return
        said = list(pieces(frame, notes_shown(mine)))
        self._note(substance(frame))
        made = substance(book)
        if self.substance is None or made.streams - self.substance.streams:
            message = f"{mine.name}: it holds a page or a picture that none of its parts holds"
            self.findings.append(Diagnostic("C301", message, self.target.span))
            return
        said += [CarriedText(BETWEEN, text) for text in self.substance.new_texts(made)]
        written = WrittenFile(said)
        for session in self.target.sessions:
            found = self._judged(mine, written, session, self.sources.titles)
            if any(finding.code == LEAK for finding in found):  # another session may say it openly
                found = self._judged(
                    mine, written, session, self.sources.titles, self._open_texts()
                )
            self.findings += found

    def _note(self, held: Substance) -> None:
        if self.substance is None:
            self.substance = held
        else:
            self.substance.add(held)

    def _of_part(
        self, product: Product, session: Session, written: WrittenFile
    ) -> tuple[Diagnostic, ...]:
        """Return the findings on a part. The titles of others can only take some away: few parts need them."""
        found = self._judged(product, written, session, {})
        return found and self._judged(product, written, session, self.sources.titles)

    def _judged(
        self,
        product: Product,
        written: WrittenFile,
        session: Session,
        titles: Mapping[str, str],
        more: Sequence[str] = (),
    ) -> tuple[Diagnostic, ...]:
        """Return the findings on what is withheld of a session and stands in a text; `more` may stand there."""
        sources = self.sources
        whole = with_course_ids(sources.full(session), sources.chapters[session.path].name)
        course = replace(sources.course, sessions=(whole,))
        titles = {**titles, **{f"text {n}": said for n, said in enumerate(more)}}
        return judged(Made(b"-"), product, course, titles, written).findings

    def _open_texts(self) -> list[str]:
        """Return what a frame may say of all sessions."""
        digest = self.target.product.digest or for_learner
        seen = (digest(for_learner(self.sources.full(s))) for s in self.target.sessions)
        return list(dict.fromkeys(text.plain for session in seen for text in session.texts()))


def joined(target: Target, frame: Made, sources: Sources, store: Store) -> tuple[Made, str]:
    """Return a target's file, the files of its sessions between its frame's pages; with no data where it leaks.

    With it goes the name of what is kept for the next time: which parts were found clean.
    """
    from courseware.pdf.joining.book import joined

    name = CLEAN + files.fingerprint(target.name.encode())
    gate = Gate(target, sources, (store.get(name) or b"").decode().split())
    front = frame.map.get(BACK, frame.count + 1) - 1
    book = joined(frame.data, front, _parts(sources, gate))
    gate.pass_book(frame.data, book.data)
    wrong = any(finding.severity is Severity.ERROR for finding in gate.findings)
    found = dict.fromkeys((*frame.findings, *gate.findings))
    count = frame.count + sum(book.pages)
    made = replace(frame, data=b"" if wrong else book.data, count=count, findings=tuple(found))
    store.put(name, " ".join(gate.clean).encode())
    return made, name


def _parts(sources: Sources, gate: Gate) -> Iterator[BookPart]:
    """Yield the parts as they are joined: the bookmark of a session's first one is the session's."""
    from courseware.pdf.joining.book import BookPart

    before = ""
    for held in sources.parts:
        session, chapter = gate.sessions[held.session], sources.chapters[held.session]
        words, product = words_for(sources.course, session), held.product.name
        below, before = held.session == before, held.session
        title = words(product) if below else f"{chapter.mark} {session.title.plain}".strip()
        label = page_label(words, product, chapter.mark)
        data = held.read()
        gate.pass_part(held, data)
        yield BookPart(part_name(chapter.name, product), label, title, data, below)


def _placed(held: Held, data: bytes) -> list[CarriedText]:
    """Return what a part says, with places that name its file."""
    return [replace(piece, place=f"{piece.place} of {held.name}") for piece in pieces(data)]
