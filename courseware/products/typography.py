"""Texts with the signs of their language, as every product prints them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import msgspec

from courseware.diagnostics import Span
from courseware.language.typography import KEPT, rewritten
from courseware.model.heading import Time
from courseware.model.inline import Inline, LineBreak, Link, Mark, Run, Text, words_of
from courseware.model.session import Course
from courseware.model.times.delivery import Delivery

CODE = frozenset({"code", "kbd", "samp", "tt", "var", "pre"})
"""Marks whose words are kept character by character."""
replace = msgspec.structs.replace
V = TypeVar("V")


def signer(course: Course, language: str = "") -> Callable[[V], V]:
    """Return what gives each text in a value the signs of a language, without one the course's.

    Where the course says `as-written`, that gives the value as it is.
    """
    if course.typography == "as-written":
        return lambda value: value
    return Signing(language or course.language).of


class Signing:
    """Gives the texts of values the signs of a language; what two values share is changed once."""

    def __init__(self, language: str) -> None:
        """Take the language."""
        self.language = language
        self.done: dict[int, tuple[Any, Any]] = {}

    def of(self, value: V) -> V:
        """Return a value of the model with its texts changed; itself where none is."""
        if type(value) in _PLAIN:
            return value
        if (found := self.done.get(id(value))) is None:
            found = self.done[id(value)] = value, self._changed(value)
        return cast(V, found[1])

    def _changed(self, value: Any) -> Any:
        if isinstance(value, Text):
            return signed(value, self.language)
        if isinstance(value, Time):
            (text,) = rewritten([value.text], self.language)
            return replace(value, text=text) if text != value.text else value
        if isinstance(value, dict):
            changed = {key: self.of(one) for key, one in value.items()}
            return changed if any(changed[key] is not value[key] for key in value) else value
        if isinstance(value, tuple):
            made = [self.of(one) for one in value]
            same = all(new is old for new, old in zip(made, value, strict=True))
            return value if same else tuple(made)
        if not isinstance(value, msgspec.Struct):
            return value
        changes = {}
        for name in value.__struct_fields__:
            old = getattr(value, name)
            if type(old) not in _PLAIN and (new := self.of(old)) is not old:
                changes[name] = new
        return replace(value, **changes) if changes else value


_PLAIN = frozenset({str, int, float, bool, type(None), Span, Delivery})
"""Types that hold no text of an author's that is printed as it is."""


def signed(text: Text, language: str) -> Text:
    """Return a text with the signs of a language; code, formulas and addresses are as they were."""
    if not any(isinstance(one, Run | Mark | Link) for one in text.inlines):
        return text
    pieces = [piece for inline in text.inlines for piece in _pieces(inline)]
    changed = rewritten(pieces, language)
    if changed == pieces:
        return text
    rest = iter(changed)
    return Text(tuple([_with(inline, rest.__next__) for inline in text.inlines]))


def _pieces(inline: Inline) -> list[str]:
    """Return the words of a value in pieces, `KEPT` for each that is no prose."""
    match inline:
        case Run(text=text):
            return [text]
        case LineBreak():
            return ["\n"]
        case Mark(inside=inside) | Link(inside=inside) if not _is_kept(inline):
            return [piece for one in inside for piece in _pieces(one)]
        case _:
            return [KEPT]


def _with(inline: Inline, take: Callable[[], str]) -> Inline:
    """Return a value with the pieces that come next."""
    if isinstance(inline, Mark | Link) and not _is_kept(inline):
        return replace(inline, inside=tuple([_with(one, take) for one in inline.inside]))
    piece = take()
    return replace(inline, text=piece) if isinstance(inline, Run) else inline


def _is_kept(inline: Mark | Link) -> bool:
    """Whether what a mark or a link holds is code, of another language, or the address itself."""
    if isinstance(inline, Mark):
        return inline.name in CODE or "lang" in dict(inline.attributes)
    return words_of(inline) in (inline.target, inline.target.removeprefix("mailto:"))
