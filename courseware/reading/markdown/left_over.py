"""What a text still holds of other tools and of references to nothing: it is printed as it stands, and told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from courseware.reading.markdown.notices import Notice

_TEMPLATE = re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|@@\w[\w.-]*@@|<%.{0,200}?%>|^:{3,}.*$")
_REFERENCE = re.compile(r"(?<![\w\])])!?\[[^\[\]]+\]\[(?P<label>[^\[\]]*[^\W\d_][^\[\]]*)\]")
_NOTE = re.compile(r"(?<!\\)\[\^(?P<label>[\w.-]+)\]")
MOST = 60
"""Characters of what is left over that a finding names."""


def left_over(tokens: Sequence[Token], line: int, figures: bool = False) -> Iterator[Notice]:
    """Yield what is to be told of a paragraph's texts; `line` is that of its first line, `figures` where a picture alone is one."""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        alone = figures and len(tokens) == 1
        if token.type in ("image", "link_open") and token.attrGet("title") and not alone:
            told = f'the title "{token.attrGet("title")}" is not printed'
            yield Notice("C128", line, told, "write it as text")
        if token.type != "text" or not ("[" in token.content or _TEMPLATE.search(token.content)):
            continue
        for found in _TEMPLATE.finditer(token.content):
            told = f"{found.group()[:MOST]} of a template is printed as text"
            yield Notice("C127", line, told, "delete it, or write what it stands for")
        for found in _REFERENCE.finditer(token.content):
            told = f"{found.group()[:MOST]} leads to nothing"
            yield Notice("C126", line, told, f"add a line [{found['label'][:MOST]}]: address")
        for found in _NOTE.finditer(token.content):
            told = f"{found.group()[:MOST]} has no text"
            yield Notice("C126", line, told, f"add a line {found.group()[:MOST]}: text")
