"""A file is read again as written, before anything is done with it: no leak, and what it says agrees.

Objectives, takeaways, and the exercises' numbers, titles and minutes are looked up in the file as
written, on the page where their block begins. A block that a product does not print says nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from courseware.diagnostics import Diagnostic, Span
from courseware.inspection.leaks import WrittenFile, judged, letters, notes_shown
from courseware.inspection.made import Made
from courseware.language.twins import UNSPACED, twins, without_vowels
from courseware.model.blocks import AnyNode, Exercise, Field, Paragraph, Section, Text
from courseware.model.inline import Formula, Image, NoteRef
from courseware.model.session import Course, Session, hidden
from courseware.model.walk import blocks_of, children
from courseware.products.deck.cues import direction_of_text
from courseware.products.table import Page

EDGE = 5
"""Words at both ends of a text that a page's end may part; the rest is then not compared. Letters of a
sentence without spaces that stand in one line of a narrow column."""
NAMES = ("", "glance-", "segment-")
"""What a layout puts before a block's id where it prints the block, or what it is about."""
_FROM_RIGHT = re.compile("[\u0590-\u08ff]")
_STOP = re.compile(r"[\s。！？：、，；]+")


def inspected(made: Made, page: Page, course: Course, titles: Mapping[str, str]) -> Made:
    """Return what was made of a page with the findings on it; with no data where it leaks.

    `course` holds the file's sessions as the facilitator may see it; `titles` are the sessions' titles.
    """
    if not made.data:
        return made
    written = WrittenFile(made.data, notes_shown(page.product))
    made = judged(made, page.product, course, titles, written)
    if not made.data or page.product.writer != "pdf":
        return made
    found = [
        finding
        for session in page.sessions
        for finding in disagreements(made, page.product.name, session, written, page.course)
    ]
    return msgspec.structs.replace(made, findings=(*made.findings, *found)) if found else made


def is_whole_pdf(data: bytes) -> bool:
    """Whether bytes are a PDF with its beginning and end."""
    return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")


def is_whole_archive(data: bytes) -> bool:
    """Whether bytes are a zip archive with its beginning and its list of contents at the end."""
    return data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data))


class Fact(msgspec.Struct, frozen=True):
    """Something that all products say alike: what it is, its words, and the block that says it."""

    what: str
    words: str
    id: str
    span: Span
    minutes: int = 0
    """Those it states, where it is a time."""


def facts(session: Session) -> Iterator[Fact]:
    """Yield the facts of a session, as a product prints it, in source order."""
    for section in blocks_of(session.sections, Section):
        if section.kind in ("objectives", "takeaways") and not hidden(section):
            what = "an objective" if section.kind == "objectives" else "a takeaway"
            for node in _open(section.blocks):
                if isinstance(node, Paragraph) and _comparable(node.text):
                    yield Fact(what, node.text.plain, node.id, node.span)
                if isinstance(node, Field) and _comparable(node.value):
                    yield Fact(what, node.value.plain, node.id, node.span)
    for exercise in session.exercises():
        yield from _of_exercise(exercise)


def _of_exercise(exercise: Exercise) -> Iterator[Fact]:
    heading = exercise.heading
    name = f"exercise {exercise.number}".strip()
    if _comparable(heading.title):
        words = f"{heading.label} {heading.title.plain}"
        yield Fact(f"the title of {name}", words, exercise.id, exercise.span)
    if heading.time is not None and heading.time.text:
        yield Fact(
            f"the minutes of {name}",
            heading.time.text,
            exercise.id,
            exercise.span,
            heading.time.high,
        )


def _open(nodes: Iterable[AnyNode]) -> Iterator[AnyNode]:
    """Yield nodes and what is in them, without the facilitator's."""
    for node in nodes:
        if not hidden(node):
            yield node
            yield from _open(children(node))


def _comparable(text: Text) -> bool:
    """Whether a text is printed as the words that it is: without footnotes, pictures, formulas."""
    return bool(text) and not text.has(NoteRef, Image, Formula)


def disagreements(
    made: Made, product: str, session: Session, written: WrittenFile, course: Course
) -> list[Diagnostic]:
    """Return a finding for each fact that a file's page does not say, though its block is there."""
    found: list[Diagnostic] = []
    turned = direction_of_text(course, session) == "rtl"
    for fact in facts(session):
        on = [made.map[name + fact.id] for name in NAMES if name + fact.id in made.map]
        if fact.id and on and not any(_says(written, number, fact, turned) for number in on):
            message = f'{product}: page {on[0]} does not say {fact.what}: "{fact.words}"'
            hint = "a layout says otherwise, or the text is not seen"
            found.append(Diagnostic("C332", message, fact.span, hint))
    return found


def _says(written: WrittenFile, number: int, fact: Fact, turned: bool) -> bool:
    """Whether a page, or it and the next, say a fact; minutes in any form."""
    here = "".join(written.pages[number - 1 : number + 1])
    if letters(fact.words) in here:
        return True
    if fact.minutes:  # "half an hour" is printed as 30, "1 h 30" as 90 or likewise
        hours, rest = divmod(fact.minutes, 60)
        return any(str(n) in twins(here) for n in (fact.minutes, rest or hours))
    words = fact.words.split()
    if UNSPACED.search(fact.words):  # a sentence beside another: its first letters stand in a line
        return all(letters(part)[:EDGE] in here for part in _STOP.split(fact.words))
    if turned or _FROM_RIGHT.search(
        fact.words
    ):  # words of both directions come out in another order
        bare = [word for word in words if without_vowels(word) == word]  # a point parts its word
        return all(letters(word) in here for word in bare or words)
    edges = (" ".join(words[:EDGE]), " ".join(words[-EDGE:]))
    return len(words) > EDGE and all(letters(edge) in here for edge in edges)
