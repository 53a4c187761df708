"""What stands in a line of text: a closed set of frozen values, and `Text`, which is made of them.

    Inline = Run | Mark | Verbatim | Link | Image | Formula | NoteRef | Blank | LineBreak

A `Mark` and a `Link` hold inline values; the others hold none. Each has the line of its source,
from 1, or 0 where the program wrote it. A text's words, links and footnotes are computed from it;
its HTML is made by `html.texts` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

import msgspec

BOLD, ITALIC = frozenset({"strong", "b"}), frozenset({"em", "i"})
"""Marks that make text stand out, in markdown or in HTML."""
_BLANK = re.compile(r"([_＿]{3,}|(?:\.{8,}|…{3,}|(?<=[\s:])(?:\.{5,}|…{2,}))(?!\s*\d+\s*$))")
"""Three underscores or more are a blank to fill in; so are eight dots, or five behind a
space, but for those before a page's number."""
_BLANKS = ("___", "＿＿＿", ".....", "……")
"""What is in a text that has a blank: few have."""


class Run(msgspec.Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    """Words without a mark of their own."""

    text: str
    line: int = 0


class Mark(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Marked text: `name` is that of HTML's element: strong, em, s, kbd, sub …

    `attributes` are those that the author may give: class, title, lang, dir.
    """

    name: str
    inside: tuple[Inline, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    line: int = 0


class Verbatim(msgspec.Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    """Code in a line."""

    text: str
    line: int = 0


class Link(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A link: `target` is a path in the course, an address, or "" where it leads nowhere."""

    target: str
    inside: tuple[Inline, ...] = ()
    line: int = 0
    column: int = 1


class Image(msgspec.Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    """A picture in a line: `width` and `height` are what the author states, "" where nothing."""

    source: str
    alt: str = ""
    width: str = ""
    height: str = ""
    line: int = 0
    column: int = 1


class Formula(msgspec.Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    """A formula in a line, in TeX."""

    tex: str
    line: int = 0
    column: int = 1


class NoteRef(msgspec.Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    """The mark of the footnote that is called `label`."""

    label: str
    line: int = 0


class Blank(msgspec.Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    """A blank to fill in, `size` characters wide."""

    size: int
    line: int = 0


class LineBreak(msgspec.Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    """The end of a line of the source; a `hard` one is a new line in print, too."""

    hard: bool = False
    line: int = 0


Inline = Run | Mark | Verbatim | Link | Image | Formula | NoteRef | Blank | LineBreak


class Text(msgspec.Struct, frozen=True, omit_defaults=True, dict=True):
    """A leaf's inside. What is computed from it is computed once, when it is first wanted."""

    inlines: tuple[Inline, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.inlines)

    @cached_property
    def plain(self) -> str:
        """The words that a reader sees, on one line; what is all code is as it is."""
        only = self.inlines[0] if len(self.inlines) == 1 else None
        if isinstance(only, Verbatim):
            return only.text
        words = only.text if isinstance(only, Run) else "".join(map(words_of, self.inlines))
        return " ".join(words.split())

    @property
    def links(self) -> tuple[Link, ...]:
        """The links, in their order."""
        return tuple(i for i in self.walk() if isinstance(i, Link))

    @property
    def images(self) -> tuple[Image, ...]:
        """The pictures, in their order."""
        return tuple(i for i in self.walk() if isinstance(i, Image))

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """The labels of the footnotes that it refers to."""
        return tuple([i.label for i in self._every if isinstance(i, NoteRef)])

    def has(self, *kinds: type[Inline]) -> bool:
        """Whether a value of one of these types is in it."""
        return any(isinstance(i, kinds) for i in self.walk())

    def walk(self) -> tuple[Inline, ...]:
        """Return every value, those in marks and links after them."""
        return self._every

    @cached_property
    def _every(self) -> tuple[Inline, ...]:
        flat = not any(isinstance(i, Mark | Link) for i in self.inlines)
        return self.inlines if flat else tuple(walk_inlines(self.inlines))

    def lines(self) -> list[str]:
        """Return the words of each line, as the source or a break divides them."""
        parts = ["\n" if isinstance(i, LineBreak) else own_words(i) for i in self.walk()]
        return "".join(parts).split("\n")


def walk_inlines(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Yield every value of `inlines` and all in them, in the order in which they are read."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Mark | Link):
            yield from walk_inlines(inline.inside)


def own_words(inline: Inline) -> str:
    """Return the words that are a value's own, without those of what it holds."""
    match inline:
        case Run(text=text) | Verbatim(text=text) | Image(alt=text) | Formula(tex=text):
            return text
        case Blank(size=size):
            return "_" * size
        case LineBreak():
            return " "
        case _:
            return ""


def words_of(inline: Inline) -> str:
    """Return a value's words, with white space as it was written."""
    if isinstance(inline, Mark | Link):
        return "".join(map(words_of, inline.inside))
    return own_words(inline)


def plain_text(words: str, line: int = 0) -> Text:
    """Return words as a text without marks; they are kept as they are."""
    return Text((Run(words, line),)) if words else Text()


def verbatim_text(code: str) -> Text:
    """Return code, or what else is kept character by character, as a text."""
    return Text((Verbatim(code),)) if code else Text()


def runs_and_blanks(words: str, line: int) -> Iterator[Run | Blank]:
    """Yield words as runs, and the blanks to fill in between them."""
    if not any(map(words.__contains__, _BLANKS)) or not _BLANK.search(words):
        yield Run(words, line)
        return
    for number, part in enumerate(_BLANK.split(words)):
        if part:
            yield Blank(len(part), line) if number % 2 else Run(part, line)


def marked(text: Text, name: str, *attributes: tuple[str, str]) -> Text:
    """Return a text inside a mark."""
    return Text((Mark(name, text.inlines, attributes),))


def joined(*texts: Text | str) -> Text:
    """Return texts, and words between them, as one."""
    found: list[Inline] = []
    for text in texts:
        for inline in (Run(text),) if isinstance(text, str) else text.inlines:
            append(found, inline)
    return Text(tuple(found))


def append(inlines: list[Inline], inline: Inline) -> None:
    """Add a value; words go on with the run before them."""
    last = inlines[-1] if inlines else None
    if not isinstance(inline, Run):
        inlines.append(inline)
    elif isinstance(last, Run):
        inlines[-1] = Run(last.text + inline.text, last.line)
    elif inline.text:
        inlines.append(inline)


def mapped(
    inlines: tuple[Inline, ...], change: Callable[[Inline], tuple[Inline, ...] | None]
) -> tuple[Inline, ...]:
    """Return values with each replaced by what `change` makes of it; where that is None, it is kept
    and what it holds is changed in its turn."""
    made: list[Inline] = []
    for inline in inlines:
        new = change(inline)
        if new is None and isinstance(inline, Mark | Link):
            inside = mapped(inline.inside, change)
            new = (msgspec.structs.replace(inline, inside=inside),)
        for one in (inline,) if new is None else new:
            append(made, one)
    return tuple(made)


HARMLESS = frozenset({"http", "https", "mailto"})
"""What an address begins with that an author may write as HTML."""
_SCHEME = re.compile(r"([A-Za-z][\w+.-]*):|//")

ADDRESS = re.compile(
    r"""
    (?: https?:// | www\. ) [!-~]* [\w/#=&-]                # an address of the web
    | (?<! [\w/.~-] ) (?:
        [A-Za-z] : \\ (?: [\w\\.-]* [\w\\-] )?               # C:\\data
        | (?: ~ | \.\.? )? (?: / [\w.-]* [\w-] )+ /?         # /etc/hosts, ~/data/
        | [\w-] (?: [\w.-]* [\w-] )? (?: / [\w.-]* [\w-] )+ /?  # example.org/tea/
        | [A-Za-z] [\w.-]* / (?! \S )                        # data/
    )
    """,
    re.ASCII | re.VERBOSE,
)
"""An address or a path among words, without the full stop or bracket behind it."""


def is_remote(target: str) -> bool:
    """Whether a link leads out of the course: an address, a mail."""
    return bool(_SCHEME.match(target))


EMBEDDED = "data:"
"""What an address begins with that holds a picture itself."""


def is_elsewhere(source: str) -> bool:
    """Whether a picture is at an address that is not opened; one that its address holds itself is at hand."""
    return is_remote(source) and not source.startswith(EMBEDDED)


def in_course(path: str, target: str) -> str:
    """Return a link's target as a path in the course; what climbs out keeps its `..`."""
    if is_remote(target) or target.startswith("#") or not target:
        return target
    parts = urlsplit(target)
    whole = normpath(f"{dirname(path)}/{unquote(parts.path)}".lstrip("/"))
    return whole + (f"#{parts.fragment}" if parts.fragment else "")


def is_harmless(target: str) -> bool:
    """Whether a link leads into the course, or out of it to an address that runs nothing."""
    scheme = _SCHEME.match(target)
    return not scheme or (scheme[1] or "https").lower() in HARMLESS
