"""Sessions as read, kept by what they were read from: an unchanged file is not parsed again.

A course of four hundred sessions is held as their outlines: all but the sections' content, which is
taken out of the store when a job or a check wants it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import msgspec

from courseware.build.state import stamp
from courseware.build.state.store import BODY, SESSION, Store
from courseware.files import fingerprint
from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import Section
from courseware.model.session import Session
from courseware.reading.stages import Reading, read_session

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises where kept bytes are damaged, or another program's."""
replace = msgspec.structs.replace
_sections = msgspec.msgpack.Decoder(tuple[Section, ...]).decode


class ReadingOutline(msgspec.Struct, frozen=True):
    """A reading whose session's sections are empty, the fingerprint of what is in them, and the links there."""

    reading: Reading
    body: str
    links: tuple[str, ...] = ()


_outline = msgspec.msgpack.Decoder(ReadingOutline).decode


class Readings:
    """Reads sessions as `read_session` does, from the store where they are known.

    What it returns are outlines: a session with its first section's heading alone. `full` gives the
    session to an outline.
    """

    def __init__(self, store: Store) -> None:
        """Take the store."""
        self.store = store
        self.made_by = f"{stamp.program_print()} {stamp.libraries()}"
        self.words: dict[int, str] = {}
        self.bodies: dict[str, str] = {}
        self.links: dict[str, tuple[str, ...]] = {}
        self.again: dict[str, Callable[[], Reading]] = {}

    def __call__(self, data: bytes, path: str, words: Vocabulary, details: str) -> Reading:
        """Return what reading a file's bytes gives, as an outline."""
        name = self._name(data, path, words, details)
        outline = _known(self.store.get(name))
        if outline is None:
            outline = self._read(path)
            self.store.put(name, msgspec.msgpack.encode(outline))
        self.bodies[path], self.links[path] = outline.body, outline.links
        return outline.reading

    def known(self, data: bytes, path: str, words: Vocabulary, details: str) -> Reading | None:
        """Return what reading a file's bytes gave before, as an outline; None where it was not read."""
        outline = _known(self.store.get(self._name(data, path, words, details)))
        if outline is None:
            return None
        self.bodies[path], self.links[path] = outline.body, outline.links
        return outline.reading

    def _name(self, data: bytes, path: str, words: Vocabulary, details: str) -> str:
        """Return the name that a reading is kept under, and note how to read it again."""
        if id(words) not in self.words:
            self.words[id(words)] = fingerprint(msgspec.json.encode(words.data))
        made_of = (self.made_by, self.words[id(words)], path, details, fingerprint(data))
        self.again[path] = lambda: read_session(data, path, words, details)
        return SESSION + fingerprint(msgspec.json.encode(made_of))

    def _read(self, path: str) -> ReadingOutline:
        reading = self.again[path]()
        session = reading.session
        if session is None:
            return ReadingOutline(reading, "")
        body = msgspec.msgpack.encode(session.sections)
        found = fingerprint(body)
        self.store.put(BODY + found, zlib.compress(body, 1))
        first = tuple(replace(section, blocks=()) for section in session.sections[:1])
        outlined = replace(reading, session=replace(session, sections=first))
        return ReadingOutline(outlined, found, links_of(session))

    def full(self, session: Session) -> Session:
        """Return an outline with all that its sections hold."""
        kept = self.store.get(BODY + self.bodies[session.path])
        try:
            sections = _sections(zlib.decompress(kept)) if kept is not None else None
        except (*UNREADABLE, zlib.error):  # written by another program
            sections = None
        if sections is None:
            read = self.again[session.path]().session
            sections = read.sections if read else ()
        return replace(session, sections=sections)

    def print_of(self, session: Session) -> str:
        """Return the fingerprint of an outline and all that its sections hold."""
        return fingerprint(msgspec.msgpack.encode(session) + self.bodies[session.path].encode())


def links_of(session: Session) -> tuple[str, ...]:
    """Return where a session's links into the course lead: files, with places in them behind a hash."""
    links = (link.target for text in session.texts() for link in text.links)
    return tuple(
        dict.fromkeys(target for target in links if ":" not in target and target[:1] != "#")
    )


def _known(data: bytes | None) -> ReadingOutline | None:
    try:
        return _outline(data) if data is not None else None
    except UNREADABLE:  # written by another program
        return None
