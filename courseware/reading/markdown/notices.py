"""What the parser's rules have to tell of a text: kept in its environment until the builder asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token
from markdown_it.utils import EnvType

_TEMPLATE = re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|@@\w[\w.-]*@@|<%.{0,200}?%>|^:{3,}.*$")
_REFERENCE = re.compile(r"(?<![\w\])])!?\[[^\[\]]+\]\[(?P<label>[^\[\]]*[^\W\d_][^\[\]]*)\]")
_NOTE = re.compile(r"(?<!\\)\[\^(?P<label>[\w.-]+)\]")
MOST = 60
"""Characters of what is left over that a finding names."""


class Notice(NamedTuple):
    """A finding's code, its line from 0, what is wrong, how to mend it."""

    code: str
    line: int
    message: str
    hint: str


def notice(env: EnvType, found: Notice) -> None:
    """Keep a notice; one that is kept already is not kept twice."""
    env.setdefault("notices", {})[found] = None


def notices(env: EnvType) -> list[Notice]:
    """Return what was kept."""
    return list(env.get("notices", ()))


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
