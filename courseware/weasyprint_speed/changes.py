"""All changes of the layout engine, with what each gains of a document's time.

`benchmarks/engine.py`, eight interleaved rounds, the processor's time for a handout and a guide without
each trade, as a ratio of the time with all: shaping 1.24, flow 1.13, values 1.08, lengths 1.06, styles
1.03, pixels 1.03; without any 1.40. A picture's pixels take less than half of the bytes as well. A change
that gives less than three hundredths is not made.
"""

from __future__ import annotations

from weasyprint import draw
from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.formatting_structure.boxes import Box
from weasyprint.images import RasterImage
from weasyprint.layout import background, inline, percent, preferred
from weasyprint.layout import float as floating
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout

from courseware.weasyprint_speed import flow, lengths, packing, shaping, styling
from courseware.weasyprint_speed.trades import Patch

CHANGES = (
    Patch("shaping", line_break, "split_first_line", "e351bbfb2edb", shaping.split_first_line),
    Patch("shaping", draw, "draw_text", "2df844cb9f7c", shaping.draw_text),
    Patch("shaping", Layout, "set_text", "f1c15936eb0b", shaping.set_text),
    Patch("shaping", Layout, "deactivate", "d0cf9bc6223f", shaping.deactivate),
    Patch("shaping", Layout, "reactivate", "44a902bb83fa", shaping.reactivate),
    Patch("styles", StyleFor, "set_computed_styles", "403ba6337a13", styling.set_computed_styles),
    Patch("styles", StyleFor, "__call__", "f01b2c6d186a", styling.style_for),
    Patch("values", ComputedStyle, "__missing__", "24f45a92679f", styling.missing),
    Patch("lengths", percent, "resolve_percentages", "a3e4c59d7bf1", lengths.resolve_percentages),
    Patch("flow", Box, "is_in_normal_flow", "46e9a3ef5bda", flow.is_in_normal_flow),
    Patch("flow", preferred, "shrink_to_fit", "a9b935b33808", flow.shrink_to_fit),
    Patch("flow", floating, "avoid_collisions", "f63dfefaab4f", flow.avoid_collisions),
    Patch(
        "flow", background, "layout_box_backgrounds", "8c889f6e0d2c", flow.layout_box_backgrounds
    ),
    Patch("flow", inline, "strut", "01ccae569dbb", flow.strut),
    Patch("pixels", RasterImage, "_get_png_data", "89f618acd096", packing.png_data),
)
