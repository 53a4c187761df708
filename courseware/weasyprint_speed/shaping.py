"""A line of text shaped once: not again each time that it is measured, laid out or drawn.

A card is measured before it is laid out, a page is laid out again where a break has to be moved, and
at last each line is drawn; WeasyPrint has Pango shape the words each time, a fifth of a document's time
altogether. Here a document remembers its lines, and those it draws as they were shaped.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import draw
from weasyprint.text import line_break
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import Layout

from courseware.weasyprint_speed.trades import SWITCH

PROPERTIES = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override",
    "font_size", "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric", "font_variant_position",
    "font_variation_settings", "font_weight", "hyphenate_character", "hyphenate_limit_chars",
    "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing", "overflow_wrap", "tab_size",
    "text_decoration_line", "white_space", "word_break", "word_spacing",
)  # fmt: skip
"""All that shaping and breaking a line asks of a style."""
LONGEST = 2_000
"""Characters of a text that is remembered: of a longer one, each line would keep all that follows it."""
MOST = 20_000
"""Lines remembered, those of some hundred pages; then all are forgotten."""
MOST_SHAPED = 4_000
"""Lines that a document keeps shaped until they are drawn; each takes some 8 KB."""
_SEPARATOR = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
library_split: Any = line_break.split_first_line
library_draw = draw.draw_text
library_layout = {name: getattr(Layout, name) for name in ("set_text", "deactivate", "reactivate")}


class Lines:
    """The lines that a document remembers: by text, style and width, and whole texts by text and style."""

    def __init__(self) -> None:
        """Begin with none."""
        self.styles: dict[str, tuple[int, Any]] = {}
        self.known: dict[Any, Any] = {}
        self.whole: dict[Any, Any] = {}
        self.shaped = 0

    def style(self, style: Any) -> int:
        """Return a number that styles have in common which shape alike."""
        known: Lines | None
        known, number = getattr(style, "shapes", (None, 0))
        if known is not self:  # it may be of a document before, whose numbers mean others
            values = [style[name] for name in PROPERTIES]
            number, _ = self.styles.setdefault(str(values), (len(self.styles), values))
            style.shapes = self, number
        return number

    def keep(self, key: Any, whole: Any, line: Any) -> None:
        """Remember a line; as a whole text where that fitted, with nothing left for another line."""
        if len(self.known) >= MOST:
            self.known.clear()
            self.whole.clear()
        self.known[key] = line
        (text, _, max_width, *_), (layout, _, rest, width, *_) = key, line
        if rest is None and layout.text == text and (max_width is None or width <= max_width):
            self.whole[whole] = line


def _of(style: Any) -> Lines:
    found: Lines | None = getattr(style.font_config, "lines", None)
    if found is None:
        found = style.font_config.lines = Lines()
    return found


def fonts_for(texts: Iterable[str]) -> Any:
    """Return the fonts of a document of these stylesheets and pages: shared where none brings its own.

    The shipped fonts are opened, and asked for their letters, once a process.
    """
    own = os.environ.get(SWITCH) or any("@font-face" in text.lower() for text in texts)
    fonts = FontConfiguration() if own or not _shared else _shared[0]
    if not own:
        _shared[:] = [fonts]
        fonts.lines = _kept[0] if _kept else Lines()
        fonts.lines.shaped = 0
    return fonts


@contextmanager
def lines_kept() -> Iterator[None]:
    """Let all documents share their lines meanwhile: where one text is laid out again and again."""
    _kept.append(Lines())
    try:
        yield
    finally:
        _kept.clear()


_shared: list[Any] = []
_kept: list[Lines] = []


def split_first_line(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float,
    is_line_start: bool = True, minimum: bool = False,
) -> Any:  # fmt: skip
    """Return what `split_first_line` does: layout, bytes, bytes to skip, width, height, baseline in px."""
    spacing = style["letter_spacing"]
    if len(text) > LONGEST or (spacing != "normal" and spacing < 0):  # tight words break elsewhere
        return library_split(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
    lines = _of(style)
    number = lines.style(style)
    if minimum and max_width == 0 and (word := _word(text, style)):
        # Not kept: a line of that word alone would be drawn by the layout of this one.
        layout, length, _, *rest = library_split(word, style, context, None, justification_spacing)
        return (layout, length, length + 1, *rest)
    whole = (text, number, justification_spacing)
    line = lines.whole.get(whole)
    if line is None or (max_width is not None and line[3] > max_width):
        key = (text, number, max_width, justification_spacing, is_line_start, minimum)
        line = lines.known.get(key)
        if line is None:
            line = library_split(
                text, style, context, max_width, justification_spacing, is_line_start, minimum
            )
            lines.keep(key, whole, line)
            return line
    layout = Layout.__new__(Layout)  # a line of its own: what draws it may change it
    vars(layout).update(vars(line[0]))
    layout.max_width = max_width
    return (layout, *line[1:])


_WORD = re.compile(r"([A-Za-z0-9]+[.,;:!?]?) [A-Za-z0-9]")
_PLAIN = {"white_space": "normal", "hyphens": "manual", "word_break": "normal"}


def _word(text: str, style: Any) -> str:
    """Return the word that a text begins with where it is plain, and a space and a plain letter follow; else "".

    The narrowest first line of such a text is that word, whatever else follows.
    """
    found = _WORD.match(text)
    if found is None or "\xad" in text or style["overflow_wrap"] == "anywhere":
        return ""
    return found[1] if all(style[name] == value for name, value in _PLAIN.items()) else ""


def set_text(layout: Any, text: str, justify: bool = False) -> None:
    """Set a layout's text; drawing wants it to be one paragraph, and would shape it anew."""
    pango.pango_layout_set_single_paragraph_mode(layout.layout, not _SEPARATOR.search(text))
    library_layout["set_text"](layout, text, justify)


def deactivate(layout: Any) -> None:
    """Let go of a layout, but keep the first ones for the page."""
    lines = _of(layout.style)
    if not layout.justification_spacing and lines.shaped < MOST_SHAPED:
        lines.shaped += 1
        layout.ready = layout.layout, layout.language
    library_layout["deactivate"](layout)


def reactivate(layout: Any, style: Any) -> None:
    """Take a layout up again to be drawn."""
    ready = vars(layout).pop("ready", None)
    if ready is None or layout.justification_spacing:
        library_layout["reactivate"](layout, style)
    else:
        (layout.layout, layout.language), layout.style = ready, style


def draw_text(stream: Any, box: Any, offset: float, overflow: str, ellipsis: Any = "none") -> None:
    """Draw a line; one that is to end in an ellipsis is shaped for itself, as others may be the same."""
    if overflow == "ellipsis" or ellipsis != "none":
        vars(box.pango_layout).pop("ready", None)
    library_draw(stream, box, offset, overflow, ellipsis)
