"""Questions that the layout asks of boxes again and again, answered with less work.

Fifteen thousand times a document asks whether a box is in the normal flow, by way of five other
questions; each line asks its style how high it is, and where it is free of floats; each box what lies
behind it. Most answers hang on the style alone, or are plain: a style keeps them, as WeasyPrint changes
styles only in copies. And a box as wide as its contents is measured twice, though the second measure
counts only where the first does not fit. It hangs on private parts of WeasyPrint: a test says when
they change.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from tinyhtml5 import inputstream
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background, inline, preferred
from weasyprint.layout import float as floating
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.line_break import strut

long_flow = Box.is_in_normal_flow
long_fit: Any = preferred.shrink_to_fit
long_avoid: Any = floating.avoid_collisions
long_background = background.layout_box_backgrounds


def in_flow(box: Any) -> bool:
    """Whether a box is in normal flow."""
    style = box.style
    if style["float"] == "none" and style["position"] in ("static", "relative"):
        return True
    return bool(long_flow(box))


def fitted(context: Any, box: Any, available: float) -> Any:
    """Return the width of a box that is as wide as its contents, in the width available."""
    widest = preferred.max_content_width(context, box, outer=False)
    if widest <= available:
        return widest
    return min(max(preferred.min_content_width(context, box, outer=False), available), widest)


def avoided(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
    """Return where a box is free of floats, x and y, and the width there."""
    if context.excluded_shapes or not outer or containing_block.style["direction"] != "ltr":
        return long_avoid(context, box, containing_block, outer)
    if box.style["float"] != "none":
        return long_avoid(context, box, containing_block, outer)
    left = containing_block.content_box_x()
    return left, box.position_y, left + containing_block.width - left  # as it rounds them


def height(style: Any) -> Any:
    """Return a style's line height and the baseline in it."""
    found = getattr(style, "strut", None)
    if found is None:
        found = style.strut = strut(style)
    return found


def behind(
    page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Set what lies behind a box, and behind all in it: mostly nothing, says its style."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if style is not None or box is page or not _bare(box.style):
        long_background(page, box, get_image, layout_children, style)
        return
    vars(box).update(_BARE)
    for child in box.all_children() if layout_children else ():
        behind(page, child, get_image)


_RADII = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
_BARE = {**dict.fromkeys(_RADII, (0, 0)), "background": None}


def _bare(style: Any) -> bool:
    """Whether a style has nothing behind its boxes, and no corner round."""
    found: bool | None = getattr(style, "bare", None)
    if found is None:
        found = style.bare = (
            style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and style["visibility"] != "hidden"
            and all(image is None for _, image in style["background_image"])
            and get_color(style, "background_color").alpha == 0
            and not style["box_shadow"]
            and all((0, "px") in style[radius] for radius in _RADII)
        )
    return found


class Patterns(dict[tuple[Any, bool], re.Pattern[str]]):
    """Patterns by the characters that tinyhtml5 looks for: it means to keep them, but loses each."""

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        """Make a pattern as tinyhtml5 does, and keep it."""
        characters, opposite = key
        listed = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = re.compile(f"[{'' if opposite else '^'}{listed}]+")
        return self[key]


def take_short_way() -> None:
    """Let WeasyPrint ask so."""
    inputstream.characters_until_regex = Patterns()
    Box.is_in_normal_flow = in_flow
    background.layout_box_backgrounds = behind
    inline.strut = height
    for name, module in list(sys.modules.items()):
        for ask, short in ((long_fit, fitted), (long_avoid, avoided)):
            called = ask.__name__
            if name.startswith("weasyprint.") and getattr(module, called, None) is ask:
                setattr(module, called, short)
