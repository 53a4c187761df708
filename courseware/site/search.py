"""The index of a site: scripts of our own, so that search needs no server and works from a folder.

Up to `FEW` sessions, one script holds all texts. Of more, there is a script of texts a session, and
one of words for each first letter: a search loads those of its words, then the sessions that have them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from courseware.html.screen import SearchPlace
from courseware.language.twins import UNSPACED

FEW = 30
"""Sessions whose texts are one script."""
CUT_OFF = 3
"""Letters that may be left out at a word's start, in scripts that write small words together with it."""
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u0652\u0670]")
_JOINED = re.compile("[\u0590-\u06ff]")


class Texts(msgspec.Struct, frozen=True):
    """What a search goes through of a session: its page, its title, its places, the words that lead to them."""

    page: str
    title: str
    places: tuple[SearchPlace, ...]
    words: tuple[str, ...]


def scripts(sessions: Iterable[Texts]) -> Iterator[tuple[str, str]]:
    """Yield the index's scripts by file name; the first says how many sessions there are, or all texts."""
    every = list(sessions)
    if len(every) <= FEW:
        yield "search.js", _script("all", [_rows(one) for one in every])
        return
    words: dict[str, dict[str, list[int]]] = {}
    for number, one in enumerate(every):
        yield f"text-{number}.js", _script(f"text-{number}", _rows(one))
        for word in one.words:
            words.setdefault(letter(word), {}).setdefault(word, []).append(number)
    for first, found in sorted(words.items()):
        yield f"words-{first}.js", _script(f"words-{first}", dict(sorted(found.items())))
    yield "search.js", _script("count", len(every))


def words_of(places: Iterable[SearchPlace]) -> tuple[str, ...]:
    """Return the words that lead to places, each once, in order."""
    return tuple(sorted({word for place in places for word in _words(place)}))


def _script(name: str, value: Any) -> str:
    """Return a script that gives a value to the page; no text in it can end the script."""
    said = msgspec.json.encode(value).decode().replace("<", "\\u003c")
    said = said.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'(window.courseTexts ??= {{}})["{name}"] = {said};\n'


def _rows(one: Texts) -> list[Any]:
    """Return a session as the script holds it: its page, its title, its places."""
    return [one.page, one.title, [[place.id, place.title, place.text] for place in one.places]]


def _words(place: SearchPlace) -> Iterator[str]:
    """Yield the words that lead to a place; of scripts without spaces, each two letters that follow."""
    for word in _split(plain(f"{place.title} {place.text}")):
        at = 0
        for run in UNSPACED.finditer(word):
            yield from _starts(word[at : run.start()])
            yield from (run[0][n : n + 2] for n in range(len(run[0])))
            at = run.end()
        yield from _starts(word[at:])


def _split(text: str) -> list[str]:
    """Return the runs of letters, digits and the marks on them; Python's own words end at a vowel's sign."""
    apart = "".join(
        re.escape(c) for c in sorted(set(text)) if unicodedata.category(c)[0] not in "LNM"
    )
    return [word for word in re.split(f"[{apart}]+", text) if word] if apart else [text]


def _starts(word: str) -> Iterator[str]:
    """Yield a word, and what is left of it without the small words that may be written before it."""
    most = CUT_OFF if _JOINED.match(word) else 0
    yield from (word[n:] for n in range(most + 1) if len(word) - n >= (2 if n else 1))


def plain(text: str) -> str:
    """Return a text as it is compared: without case and accents. The script does the same."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return bare.lower().replace("ß", "ss").replace("\u03c2", "\u03c3")


def letter(word: str) -> str:
    """Return the name of a word's first letter in file names; of Chinese characters, some share one."""
    code = ord(word[0])
    if word[0].isascii():
        return word[0]
    return f"{code:x}" if code < 0x2E80 else f"{code >> 7:x}x"
