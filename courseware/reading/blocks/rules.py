"""The table of how each kind of token becomes blocks."""

from __future__ import annotations

from courseware.reading.blocks import boxes, containers, leaves
from courseware.reading.blocks.builder import Rules
from courseware.reading.blocks.html import HtmlFrames
from courseware.reading.dialects import colons

RULES = Rules(
    tokens={
        "paragraph_open": leaves.paragraph,
        "heading_open": leaves.heading,
        "hr": leaves.rule,
        "fence": leaves.fence,
        "code_block": leaves.fence,
        "math_block": leaves.math,
        "math_block_label": leaves.math,
        "bullet_list_open": containers.list_,
        "ordered_list_open": containers.list_,
        "blockquote_open": containers.quote,
        "table_open": containers.table,
        "dl_open": containers.definitions,
        "footnote_reference_open": containers.footnote,
        "directive_open": colons.directive,
        "directive_stray": colons.stray,
        "attributes": colons.attributes,
        "settings": colons.settings,
        "": leaves.other,
    },
    html=HtmlFrames,
    marked=boxes.marked,
)
