"""Where lines end: Korean words stay whole, so do the beginnings of addresses, and a line is not ended early.

The engine knows no `word-break: keep-all`. Here a syllable of Korean breaks as a Latin letter does: at spaces, hyphens
and slashes. A word that is wider than its column is broken still.

A slash ends a line after letters alone: "blog/", not "http://" or "</".

The engine ends a line after the first word where a link or bold words follow, and the text before them reaches
the margin but for its last space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

SYLLABLES = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
JOINED = re.compile(r"(?<![\w/])/+\w")
"""Letters that no line ends between."""
ffi.cdef("""
    PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);
    PangoWrapMode pango_layout_get_wrap (PangoLayout *layout);
""")
_ANYWHERE = line_break.PANGO_WRAP_MODE["WRAP_CHAR"]
_END = 2**32 - 1
_attributes: Any = line_break.get_log_attrs
_first_line: Any = Layout.get_first_line
_split: Any = inline.split_text_box


def get_log_attrs(text: str, lang: str | None) -> Any:
    """Return what may happen before each letter of a text, and at its end."""
    return _attributes(SYLLABLES.sub("a", text), lang)


def get_first_line(layout: Any) -> Any:
    """Return the first line of a text that was just set, and where the second begins in bytes."""
    text = layout.text
    korean = not text.isascii() and SYLLABLES.search(text) is not None
    joined = "/" in text and JOINED.search(text) is not None
    if korean or joined:
        _keep_whole(layout, korean)
    return _first_line(layout)


def _keep_whole(layout: Any, korean: bool) -> None:
    """Forbid a text's line to end in what stays whole, unless it may end anywhere."""
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for allowed in (
        False,
        True,
    ):  # one that is there already would leave the words of the text before
        pango.pango_attr_list_change(attributes, _breaks(allowed, 0, _END))
    if pango.pango_layout_get_wrap(layout.layout) != _ANYWHERE:
        for start, end in [*_joined(layout.text), *(_words(layout) if korean else ())]:
            pango.pango_attr_list_insert(attributes, _breaks(False, start, end))
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _joined(text: str) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end, in bytes, of letters that stay together in any language."""
    for found in JOINED.finditer(text):
        start = len(text[: found.start()].encode())
        yield start, start + len(found[0].encode())


def _words(layout: Any) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end, in bytes, of what stands between the breaks of a Korean text."""
    start = at = 0
    marks = get_log_attrs(layout.text, layout.style["lang"])
    for mark, letter in zip(marks, layout.text, strict=False):
        if mark.is_line_break:
            yield start, at
            start = at
        at += len(letter.encode())
    yield start, at


def _breaks(allowed: bool, start: int, end: int) -> Any:
    """Return what says of a text from `start` to `end`, in bytes, whether lines may end in it."""
    attribute = pango.pango_attr_allow_breaks_new(allowed)
    attribute.start_index, attribute.end_index = start, end
    return attribute


def split_text_box(
    context: Any, box: Any, available: float | None, skip: int, is_line_start: bool = True
) -> Any:
    """Return a line of a text, the bytes to skip for the next one, and whether it was ended by hand."""
    found = _split(context, box, available, skip, is_line_start)
    line, rest, _ = found
    early = rest is not None and line is not None and " " not in line.text
    if available is None or not early or not box.text.endswith(" "):
        return found
    space = inline.trailing_whitespace_size(context, box)
    wider = _split(context, box, available + space, skip, is_line_start)
    return wider if wider[1] is None else found


def end_lines() -> None:
    """Have the engine end lines so, from now on."""
    inline.split_text_box = split_text_box
    line_break.get_log_attrs = get_log_attrs
    Layout.get_first_line = get_first_line
