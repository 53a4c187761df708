"""What an editor offers where something is typed: directives, attributes, keys, places of the course."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, get_args, get_type_hints
from urllib.parse import quote

from courseware.course.loading import Loaded
from courseware.course.settings import SETTINGS_INSIDE, Settings
from courseware.language.catalogue import languages
from courseware.model.kinds import KINDS
from courseware.model.session import Session
from courseware.products.table import PRODUCTS
from courseware.reading.markdown.directives import ATTRIBUTES, DIRECTIVES, Directive
from courseware.reading.readers import STATED
from courseware.reading.source.front_matter import KEYS


class Offer(NamedTuple):
    """Something that may be typed: its text, what it is in a few words."""

    text: str
    detail: str = ""


class Typed(NamedTuple):
    """Where something is typed: the lines, the number of its line from 0, and what stands before it."""

    lines: list[str]
    number: int
    before: str


_DIRECTIVE = re.compile(r"^[\s>*+-]*:{3,}[ \t]*\{?\.?(?P<word>[\w-]*)$")
_PRODUCTS = re.compile(
    r"^[\s>*+-]*:{3,}[ \t]*(?:only|not)[ \t]+(?:[\w-]+[ \t,]+)*(?P<word>[\w-]*)$"
)
_VALUE = re.compile(r"\{[^{}\n]*?\b(?P<key>[\w-]+)=[\"']?(?P<word>[^\s\"'{}]*)$")
_ATTRIBUTE = re.compile(r"\{(?:[^{}\n]*\s)?(?P<word>[\w-]*)$")
_LINK = re.compile(r"\]\((?P<word>(?P<path>[^()\s#]*)(?P<hash>#?)[^()\s#]*)$")
_BENT = re.compile(r"""[\s()<>\[\]#?%"'\\&*_`~$]""")
_NOTE = re.compile(r"\[\^(?P<word>[\w.-]*)$")
_KEY = re.compile(r"^(?P<indent>[ ]*)(?P<word>[\w-]*)$")
_GIVEN = re.compile(r"^[ ]*(?P<key>[\w-]+):[ ]+(?P<word>[^\s:]*)$")


def offers(typed: Typed, loaded: Loaded, session: Session | None) -> tuple[int, list[Offer]]:
    """Return where the word that is typed begins in its line (from 0), and what may stand there."""
    for pattern, found in _TABLE:
        hit = pattern.search(typed.before)
        if hit is not None:
            return hit.start("word"), _fitting(hit["word"], found(hit, loaded, session))
    return len(typed.before), []


def keys(typed: Typed, loaded: Loaded, own: bool) -> tuple[int, list[Offer]]:
    """Return the same of a line of course.yml, where it is the course's own, or of front matter."""
    if hit := _GIVEN.match(typed.before):
        return hit.start("word"), _fitting(hit["word"], _values(hit["key"], own, loaded))
    hit = _KEY.match(typed.before)
    if hit is None or (hit["indent"] and not own):
        return len(typed.before), []
    if own and hit["indent"]:
        return hit.start("word"), _fitting(hit["word"], _inner(typed))
    known = Settings.__struct_fields__ if own else KEYS
    taken = {line.partition(":")[0] for line in typed.lines if ":" in line}
    named = (
        Offer(f"{key}: ", "course" if own else "front matter") for key in known if key not in taken
    )
    return hit.start("word"), _fitting(hit["word"], named)


def in_front(lines: list[str], number: int) -> bool:
    """Whether a line (from 0) of a session stands in its front matter, closed or not yet."""
    return number > 0 and lines[0].strip() == "---" and "---" not in map(str.strip, lines[1:number])


def _fitting(word: str, found: Iterable[Offer]) -> list[Offer]:
    """Return those that begin with what is typed, else those that hold it."""
    low, every = word.casefold(), list(dict.fromkeys(found))
    begun = [one for one in every if one.text.casefold().startswith(low)]
    return begun or [one for one in every if low in one.text.casefold()]


def _directives(hit: re.Match[str], loaded: Loaded, session: Session | None) -> Iterator[Offer]:
    yield from (Offer(name, _seen(row)) for name, row in DIRECTIVES.items())


def _seen(row: Directive) -> str:
    """Return who sees what a directive holds, and where it is printed alone."""
    kind = KINDS.get(row.kind)
    if kind is None:
        return "space to write in" if row.role == "space" else row.role
    who = "only the facilitator sees it" if kind.audience == "facilitator" else "learners see it"
    where = f"; in {', '.join(kind.products)}" if kind.products else ""
    return f"{who}{where}"


def _products(hit: re.Match[str], loaded: Loaded, session: Session | None) -> Iterator[Offer]:
    yield from (Offer(name, row.audience) for name, row in PRODUCTS.items())


def _of_key(hit: re.Match[str], loaded: Loaded, session: Session | None) -> Iterator[Offer]:
    audiences = (v.audience for v in loaded.settings.variants.values() if v.audience)
    known = {"for": (*STATED, *audiences), "drop": ("first",)}
    yield from (Offer(value, hit["key"]) for value in known.get(hit["key"], ()))


def _attributes(hit: re.Match[str], loaded: Loaded, session: Session | None) -> Iterator[Offer]:
    yield from (Offer(name if name == "keep" else f"{name}=", "attribute") for name in ATTRIBUTES)


def _links(hit: re.Match[str], loaded: Loaded, session: Session | None) -> Iterator[Offer]:
    sessions = {as_target(one.path): one for one in loaded.course.sessions}
    if hit["hash"]:
        there = sessions.get(hit["path"]) if hit["path"] else session
        yield from (Offer(f"{hit['path']}#{one.text}", one.detail) for one in _headings(there))
        return
    for path, one in sessions.items():
        yield Offer(path, one.title.plain)
    if session is not None:
        yield from (Offer(f"#{place.text}", place.detail) for place in _headings(session))


def as_target(path: str) -> str:
    """Return a path as it stands in a link: what would end or bend the link is written by its number."""
    return _BENT.sub(lambda sign: quote(sign[0]), path)


def _headings(session: Session | None) -> Iterator[Offer]:
    for node in session.nodes() if session is not None else ():
        heading = getattr(node, "heading", None)
        if node.id and heading is not None and heading.name:
            yield Offer(node.id, heading.name)


def _notes(hit: re.Match[str], loaded: Loaded, session: Session | None) -> Iterator[Offer]:
    yield from (Offer(label, "footnote") for label in (session.footnotes() if session else ()))


_TABLE = (
    (_DIRECTIVE, _directives),
    (_PRODUCTS, _products),
    (_VALUE, _of_key),
    (_ATTRIBUTE, _attributes),
    (_LINK, _links),
    (_NOTE, _notes),
)


def _values(key: str, own: bool, loaded: Loaded) -> Iterator[Offer]:
    """Yield the values that a key of course.yml, or of front matter, may have."""
    if key in ("language", "lang"):
        yield from (Offer(tag, "language") for tag in languages())
    elif own and key in Settings.__struct_fields__:
        choices = get_args(get_type_hints(Settings)[key])
        yield from (Offer(one, key) for one in choices if isinstance(one, str) and one)
    elif key == "module":
        yield from (Offer(module.title, "module") for module in loaded.settings.modules)


def _inner(typed: Typed) -> Iterator[Offer]:
    """Yield the keys that stand in the one that an indented line belongs to."""
    above = (line for line in reversed(typed.lines[: typed.number]) if line[:1].strip())
    key = next(above, "").partition(":")[0]
    yield from (Offer(f"{name}: ", key) for name in SETTINGS_INSIDE.get(key, ()))
