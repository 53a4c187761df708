"""What stands at a workbook's end: its glossary, and its index of terms."""

from __future__ import annotations

import msgspec

from courseware.language.sorting import letter_of, sort_key
from courseware.products.labels import address, part_name
from courseware.products.table import Page
from courseware.products.workbook.terms import Term, terms


class TermPage(msgspec.Struct, frozen=True):
    """A page that a term is on: how it is called, the address there; `defines` where it says what it means."""

    label: str
    address: str
    defines: bool


class Meaning(msgspec.Struct, frozen=True):
    """What a session says that a term means: the session's page, the blocks, where they stand."""

    part: Page
    term: Term
    place: TermPage


class IndexTerm(msgspec.Struct, frozen=True):
    """A term of the course: as first written, what it means, and the pages that it is on, in their order.

    `language` is that of the session that it is first in, "" where that is the course's.
    """

    words: str
    meanings: tuple[Meaning, ...]
    places: tuple[TermPage, ...]
    language: str = ""


class Letter(msgspec.Struct, frozen=True):
    """Terms that begin with one letter; numbers, and words of scripts without letters, are under ""."""

    letter: str
    words: tuple[IndexTerm, ...]


def words_of_course(page: Page) -> tuple[IndexTerm, ...]:
    """Return the terms that a workbook's sessions define or mark, in the order of their letters."""
    found: dict[str, list[Meaning]] = {}
    for part in page.parts:
        for term in terms(part.session):
            if place := _place(part, term):
                found.setdefault(term.key, []).append(Meaning(part, term, place))
    known = (entries for entries in found.values() if not all(e.term.bold for e in entries))
    made = [_word(entries) for entries in known]
    language = page.course.language
    return tuple(sorted(made, key=lambda word: (sort_key(word.words, language), word.words)))


def by_letter(words: tuple[IndexTerm, ...], language: str = "") -> tuple[Letter, ...]:
    """Return terms by the letter of their language that they begin with."""
    found: dict[str, list[IndexTerm]] = {}
    for word in words:
        found.setdefault(letter_of(word.words, language), []).append(word)
    return tuple(Letter(letter, tuple(some)) for letter, some in found.items())


def glossary(page: Page) -> tuple[IndexTerm, ...]:
    """Return the terms that some session defines."""
    return tuple(word for word in words_of_course(page) if word.meanings)


def index(page: Page) -> tuple[Letter, ...]:
    """Return all terms with their pages, by letter."""
    return by_letter(words_of_course(page), page.course.language)


def _word(entries: list[Meaning]) -> IndexTerm:
    """Return a term of all its entries; the same meaning, said twice, is one."""
    meanings: dict[str, Meaning] = {}
    for entry in entries:
        if entry.term.meaning:
            meanings.setdefault(entry.term.said, entry)
    places: dict[str, TermPage] = {}
    for entry in entries:
        known = places.get(entry.place.label)
        if known is None or (entry.place.defines and not known.defines):
            places[entry.place.label] = entry.place
    written = next((e.term.words for e in entries if not e.term.bold), entries[0].term.words)
    language = entries[0].part.session.language
    return IndexTerm(written, tuple(meanings.values()), tuple(places.values()), language)


def _place(part: Page, term: Term) -> TermPage | None:
    """Return where the handout has a term, None where it does not print it."""
    name = part_name(part.chapter.name, "handout")
    pages = part.maps.get("handout", {})
    number = next((pages[place] for place in term.places if place in pages), None)
    if number is None:
        return None
    return TermPage(part.label("handout", number), address(name, number), bool(term.meaning))
