"""Sessions as read, kept by what they were read from: an unchanged file is not parsed again."""

from __future__ import annotations

import zlib

import msgspec

from courseware.building import stamp
from courseware.building.store import SESSION, Store
from courseware.course import Reader
from courseware.files import fingerprint
from courseware.reading.session import Reading, read_session
from courseware.reading.vocabulary import Vocabulary


def keeping(store: Store) -> Reader:
    """Return a `read_session` that takes from the store what was read before."""
    decode = msgspec.msgpack.Decoder(Reading).decode
    made_by = f"{stamp.program_print()} {stamp.libraries()}"
    prints: dict[int, str] = {}

    def read(data: bytes, path: str, words: Vocabulary, details: str = "notes") -> Reading:
        if id(words) not in prints:
            prints[id(words)] = fingerprint(msgspec.json.encode(words.data))
        key = msgspec.json.encode((made_by, prints[id(words)], path, details, fingerprint(data)))
        name = SESSION + fingerprint(key)
        kept = store.get(name)
        if kept is not None:
            try:
                return decode(zlib.decompress(kept))
            except (msgspec.DecodeError, zlib.error):  # written by another program
                pass
        reading = read_session(data, path, words, details)
        data = msgspec.msgpack.encode(reading)
        store.put(name, zlib.compress(data, 1))
        return decode(data)  # the same value as the next time, in every type

    return read
