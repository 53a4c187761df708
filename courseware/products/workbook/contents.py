"""The contents of a workbook: its chapters, which are the sessions, and what is in each."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from courseware.model.session import named_in_course
from courseware.products.labels import address, part_name
from courseware.products.table import Page

MOST = 60
"""Chapters up to which the contents list what is in each: of more, they were a book of their own."""


class ContentsLine(msgspec.Struct, frozen=True):
    """A line of the contents: its words, where it leads, and how the page there is called."""

    words: str
    address: str
    label: str


class ContentsChapter(msgspec.Struct, frozen=True):
    """A session in the contents: its module where that is another one than before, its mark, its lines.

    `worksheet` and `answers` are None where it has none; `language` is "" where it is the course's.
    """

    module: str
    mark: str
    title: ContentsLine
    sections: tuple[ContentsLine, ...]
    worksheet: ContentsLine | None
    answers: ContentsLine | None = None
    language: str = ""


def chapters(page: Page) -> tuple[ContentsChapter, ...]:
    """Return the chapters of a workbook's page; what a part does not print is not among their lines."""
    found: list[ContentsChapter] = []
    module = ""
    for part in page.parts:
        own = part.session.module
        title = entry(part, "handout", part.session.title.plain)
        if title is None:
            continue
        sections = tuple(_sections(part)) if len(page.parts) <= MOST else ()
        sheet, key = entry(part, "worksheet", ""), entry(part, "answers", "")
        mark = part.chapter.mark
        new = own if own != module else ""
        language = part.session.language
        found.append(ContentsChapter(new, mark, title, sections, sheet, key, language))
        module = own
    return tuple(found)


def _sections(part: Page) -> Iterator[ContentsLine]:
    name = part.chapter.name
    for section in part.session.sections:
        bare = section.id.removeprefix(named_in_course(name, "-")[:-1])
        if section.heading.name and (found := entry(part, "handout", section.heading.name, bare)):
            yield found


def entry(part: Page, product: str, words: str, block: str = "") -> ContentsLine | None:
    """Return the line for a block of a product of a session, or for the whole product; None where it is not there."""
    name = part_name(part.chapter.name, product)
    wanted = named_in_course(part.chapter.name, block) if block else name
    number = part.maps.get(product, {}).get(wanted)
    if number is None:
        return None
    return ContentsLine(words, address(name, number, block), part.label(product, number))
