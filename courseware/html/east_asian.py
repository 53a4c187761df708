"""Signs of Japanese and Chinese texts in print: in their script's own face, and without a gap between two of them.

Quotation marks, dashes and dots have one code in all scripts; the Latin face, which comes first, has
them narrow, the dots on the line. A bracket or a full stop is as wide as a letter, half of it space:
where two meet, the first gives up its half.

Source: Requirements for Japanese Text Layout (W3C), 3.1.4; Requirements for Chinese Text Layout, 3.1.6.
"""

from __future__ import annotations

import re

LANGUAGES = frozenset({"ja", "zh"})
_CLOSING, _OPENING = "」』）】〕〉》］｝、。，．", "「『（【〔〈《［｛"
_SIGNS = re.compile(
    rf"([{_CLOSING}](?=[{_CLOSING}{_OPENING}])|[{_OPENING}](?=[{_OPENING}]))|([“”…‥—―]+)"
)


def with_signs(html: str) -> str:
    """Return words as HTML, their signs marked: `half` what gives up its space, `sign` what wants the script's face."""
    return _SIGNS.sub(_marked, html)


def _marked(found: re.Match[str]) -> str:
    name = "half" if found[1] else "sign"
    return f'<span class="{name}">{found[0]}</span>'
