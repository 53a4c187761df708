"""The session's title, number and label: from its heading, its front matter, its file's name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import Text
from courseware.model.cutting import without_start
from courseware.model.inline import plain_text
from courseware.model.session import Session
from courseware.reading.source.decoding import without_controls
from courseware.reading.structure.headings import RawHeading, heading_of

MOST_DIGITS = 4
"""Digits of a number that begins a file's name; more are a date."""


class Named(NamedTuple):
    """What a session is called so far; `stated` where the author gave its number."""

    text: Text = Text()
    label: str = ""
    number: int | None = None
    stated: bool = False
    subtitle: Text = Text()


def take_title(raw: list[Any], given: str) -> tuple[RawHeading | None, list[Any]]:
    """Return the heading that is the session's title, and all other blocks.

    Where front matter has a title, `given`, and several headings are of the first level, they are
    sections, unless the first says that title again.
    """
    at = next((i for i, b in enumerate(raw) if isinstance(b, RawHeading)), None)
    if at is None or raw[at].level != 1:
        return None, raw
    highest = [b for b in raw if isinstance(b, RawHeading) and b.level == 1]
    if given and len(highest) > 1 and not _alike(raw[at].text.plain, given):
        return None, raw
    return raw[at], [*raw[:at], *raw[at + 1 :]]


def _alike(one: str, other: str) -> bool:
    """Whether a title says another, or a part of it."""
    first, second = (re.sub(r"\W+", " ", t.casefold()).strip() for t in (one, other))
    return first in second or second in first


def titled(
    path: str, title: RawHeading | None, facts: dict[str, Any], words: Vocabulary
) -> Session:
    """Return the session, named and numbered and empty."""
    named = _headed(title, words) if title is not None else Named()
    if facts.get("title") is not None:
        named = _retitled(named, facts["title"], words)
    stem = _stem(path)
    if "number" in facts:
        named = named._replace(number=facts["number"], stated=True)
    digits = re.match(r"\d+", stem)
    if named.number is None and digits and len(digits[0]) <= MOST_DIGITS:
        named = named._replace(number=int(digits[0]))
    return Session(path=path, title=named.text or _filed(stem), label=named.label,
                   subtitle=named.subtitle, number=named.number, number_stated=named.stated)  # fmt: skip


def _headed(title: RawHeading, words: Vocabulary) -> Named:
    """Return what the heading calls the session: "Session 7: Teams" is its number and its title."""
    named = words.session_title.match(title.text.plain)
    if not named:
        return Named(heading_of(title.text, words, title.attributes).title or title.text)
    number = int(named["number"])
    if not named["rest"]:
        return Named(title.text, "", number, True)
    return Named(without_start(title.text, named.start("rest")), named["label"], number, True)


def _retitled(before: Named, given: str, words: Vocabulary) -> Named:
    """Return what front matter calls it; a heading that says something else is its subtitle."""
    named = words.session_title.match(given)
    if named and named["rest"]:
        given, number = named["rest"], int(named["number"])
        before = before._replace(label=before.label or named["label"], number=number, stated=True)
    if before.text and before.text.plain.lower() == given.lower():
        return before
    return before._replace(text=plain_text(given), subtitle=before.text)


def _stem(path: str) -> str:
    """Return a file's name, or its folder's where its own says nothing."""
    file = PurePosixPath(path)
    nameless = file.stem.lower() in ("readme", "index") and file.parent.name
    return file.parent.name if nameless else file.stem


def _filed(stem: str) -> Text:
    """Return a title made of a file's name."""
    stem = without_controls(stem)
    name = re.sub(r"^\d+[-_. ]*", "", stem).replace("-", " ").replace("_", " ").strip() or stem
    return plain_text(name[:1].upper() + name[1:])
