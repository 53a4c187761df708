"""Fields to fill in on screen: writing space, boxes to tick, blanks in text.

Each has a name that no other has, without a dot, and a label in words, which a PDF's reader shows
and speaks (`title` becomes the field's TU).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from html import escape

from markupsafe import Markup

from courseware.language.printed import Printed
from courseware.model.blocks import Item, Text
from courseware.model.cutting import trimmed
from courseware.model.inline import Blank, own_words, words_of
from courseware.model.walk import texts
from courseware.products.worksheet.space import Kind, Room, Tick
from courseware.products.worksheet.worksheet import free_name, label_of
from courseware.reading.blocks.leaves import PLACEHOLDER

WIDTH = 1.9
"""Millimetres that an underscore stands for, as it is printed."""
FILLED = 80
"""Characters of a form's line that leave room for its last blank beside them."""
NARROWEST, WIDEST = 10.0, 118.0
"""Millimetres of a blank."""
KINDS: dict[Kind, str] = {"lines": "ruled", "box": "squared", "grid": "squared", "cell": "squared"}
"""How far apart the lines of a space's field are: see `typed.FIELDS`."""


class Fields:
    """Makes the fields of one page and gives them their names."""

    def __init__(self, words: Printed) -> None:
        """Begin with the names of the page's head; `words` are what a field without any is called."""
        self.words = words
        self.used = {"name", "date"}

    def line(self, name: str, label: str) -> Markup:
        """Return a field of one line that fills its place."""
        self.used.add(name)
        return _field("input", name, label)

    def room(self, room: Room) -> Markup:
        """Return writing space: a frame or ruled lines, and in it a field of the same size."""
        self.used.add(room.name)
        kind = f"room {room.kind}{' grows' if room.grows else ''}{' fills' if room.fills else ''}"
        field = _field("textarea", room.name, room.label, KINDS[room.kind])
        style = f"height: {room.height:g}mm"
        name = escape(room.name)
        return Markup(f'<div class="{kind}" id="{name}" style="{style}">{field}</div>')  # noqa: S704

    def box(self, tick: Tick) -> Markup:
        """Return a box to tick in a table."""
        self.used.add(tick.name)
        checked = ' checked=""' if tick.checked else ""
        name, label = escape(tick.name), escape(tick.label)
        return Markup(f'<input type="checkbox" name="{name}" title="{label}"{checked}>')  # noqa: S704

    def tick(self, item: Item) -> Markup:
        """Return a box to tick, for an item of a checklist or of choices."""
        name = free_name(f"{item.id}-tick", self.used)
        label = label_of((), " ".join(t.plain for t in texts(item.blocks)), self.words)
        checked = ' checked=""' if item.checked else ""
        return Markup(
            f'<input type="checkbox" name="{escape(name)}" title="{escape(label)}"{checked}>'
        )  # noqa: S704

    def blank(self, size: int, label: str) -> str:
        """Return a field for a blank of so many characters."""
        name = free_name("blank", self.used)
        width = min(max(size * WIDTH, NARROWEST), WIDEST)
        return (f'<input type="text" class="gap" style="width: {width:g}mm" name="{name}"'
                f' title="{escape(label)}">')  # fmt: skip

    def under(self, line: Text) -> Markup:
        """Return a line to write on under a form's line that names what to write in brackets."""
        if line.has(Blank) or not PLACEHOLDER.search(line.plain):
            return Markup("")
        name = free_name("line", self.used)
        field = _field("input", name, label_of((), line.plain, self.words))
        return Markup(f'<span class="under">{field}</span>')  # noqa: S704


def fills(line: Text) -> bool:
    """Return whether a form's line ends with its blank, which then reaches to the form's edge."""
    *before, last = trimmed(line).inlines or (None,)
    return isinstance(last, Blank) and len("".join(map(words_of, before))) < FILLED


def _field(tag: str, name: str, label: str, kind: str = "") -> Markup:
    own = f'class="{kind}" ' if kind else ""
    facts = f'{own}name="{escape(name)}" title="{escape(label)}"'
    made = f"<textarea {facts}></textarea>" if tag == "textarea" else f'<input type="text" {facts}>'
    return Markup(made)  # noqa: S704


def blank_labels(text: Text, words: Printed) -> Iterator[str]:
    """Yield the label of each blank of a text: the words before it, else those behind it."""
    parts: list[str] = [""]
    for inline in text.walk():
        if isinstance(inline, Blank):
            parts.append("")
        else:
            parts[-1] += own_words(inline)
    said = [" ".join(part.split()).strip(" :") for part in parts]
    for before, after in itertools.pairwise(said):
        yield label_of((), before or after, words)
