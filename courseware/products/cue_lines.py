"""Lines of a facilitator's paragraph that begin with a cue's word ("Say:", "Do:"): each is one of its own."""

from __future__ import annotations

import re
from html import unescape

import msgspec

from courseware.model.blocks import Text

_LINE = re.compile(
    r"\n(?=(?:<(?:strong|em)>)*(?:say|do|ask|listen for|watch(?: for)?)\s*"
    r"(?::|(?:</(?:strong|em)>)+\s*:))",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")


def cue_lines(text: Text) -> list[Text]:
    """Return a text cut before each of its lines that begins a cue; one without any as it is."""
    cut: list[str] = []
    for piece in _LINE.split(text.html):
        if cut and cut[-1].count("</") * 2 < len(_paired(cut[-1])):
            cut[-1] += "\n" + piece  # a mark is open: the line is inside it
        else:
            cut.append(piece)
    if len(cut) == 1:
        return [text]
    return [msgspec.structs.replace(text, html=html, plain=_plain(html)) for html in cut]


def _paired(html: str) -> list[str]:
    """Return the tags of elements that have an end."""
    return [tag for tag in _TAG.findall(html) if not re.match(r"<(?:br|img|wbr)\b", tag)]


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
