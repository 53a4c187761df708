"""Questions that the layout asks of boxes again and again, answered with less work.

Fifteen thousand times a document asks whether a box is in the normal flow, by way of five other
questions; each line asks its style how high it is, and where it is free of floats; each box what lies
behind it. Most answers hang on the style alone, or are plain: a style keeps them, as WeasyPrint changes
styles only in copies. And a box as wide as its contents is measured twice, though the second measure
counts only where the first does not fit.
"""

from __future__ import annotations

from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background, preferred
from weasyprint.layout import float as floating
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text import line_break

library_flow = Box.is_in_normal_flow
library_avoid: Any = floating.avoid_collisions
library_backgrounds = background.layout_box_backgrounds
library_strut = line_break.strut


def is_in_normal_flow(box: Any) -> bool:
    """Whether a box is in normal flow."""
    style = box.style
    if style["float"] == "none" and style["position"] in ("static", "relative"):
        return True
    return bool(library_flow(box))


def shrink_to_fit(context: Any, box: Any, available: float) -> Any:
    """Return the width of a box that is as wide as its contents, in the width available."""
    widest = preferred.max_content_width(context, box, outer=False)
    if widest <= available:
        return widest
    return min(max(preferred.min_content_width(context, box, outer=False), available), widest)


def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
    """Return where a box is free of floats, x and y, and the width there."""
    if context.excluded_shapes or not outer or containing_block.style["direction"] != "ltr":
        return library_avoid(context, box, containing_block, outer)
    if box.style["float"] != "none":
        return library_avoid(context, box, containing_block, outer)
    left = containing_block.content_box_x()
    return left, box.position_y, left + containing_block.width - left  # as it rounds them


def strut(style: Any) -> Any:
    """Return a style's line height and the baseline in it."""
    found = getattr(style, "strut", None)
    if found is None:
        found = style.strut = library_strut(style)
    return found


def layout_box_backgrounds(
    page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Set what lies behind a box, and behind all in it: mostly nothing, says its style."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if style is not None or box is page or not _bare(box.style):
        library_backgrounds(page, box, get_image, layout_children, style)
        return
    vars(box).update(_BARE)
    for child in box.all_children() if layout_children else ():
        layout_box_backgrounds(page, child, get_image)


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
