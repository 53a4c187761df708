"""What the parser's rules have to tell of a text: kept in its environment until the builder asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it.token import Token
from markdown_it.utils import EnvType

from courseware.reading.markdown.directives import FOR_SLIPS

_COLONS = re.compile(r"^:{3,}.*$")
_REFERENCE = re.compile(
    r"(?<![\w\])])!?\[(?:[^\[\]]+\]\[(?P<label>[^\[\]]*[^\W\d_][^\[\]]*)|(?P<words>[^\[\]]*[^\W\d_][^\[\]]*)\]\[)\]"
)
_FOR_SLIP = re.compile(
    rf"\{{\s*:?\s*(?:(?:{FOR_SLIPS})\s*[:=]|for\s*:)\s*[\"']?(?P<value>[^\W\d_][\w-]*)[\"']?\s*\}}",
    re.IGNORECASE,
)
"""`{for=…}` that is mistyped."""
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


class LinkDefinitions(dict[str, dict[str, Any]]):
    """Definitions of links (`[a]: address`) of a file by label; `used` are those that a link was made of."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.used: set[str] = set()
        self.lines: dict[str, int] = {}
        """The line of each in its file, from 1."""

    def get(self, label: str, default: Any = None) -> Any:
        """Return a definition for a link, which is made of it."""
        self.used.add(label)
        return super().get(label, default)

    def placed(self, offset: int) -> None:
        """Note the lines of those that a part of the file has; `offset` is that part's first line."""
        for label, row in self.items():
            self.lines.setdefault(label, offset + row["map"][0])

    def unused(self) -> Iterator[Notice]:
        """Yield what is to be told of those that no link was made of."""
        for label, row in self.items():
            if label not in self.used and not _is_comment(label, row):
                told = f"nothing refers to {_written(label, row)}"
                yield Notice("C182", self.lines[label], told, "delete it, or make a link of it")


def twice(env: EnvType) -> Iterator[Notice]:
    """Yield what is to be told of labels that are defined before, with another address."""
    for row in env.get("duplicate_refs", ()):
        kept = env["references"][row["label"]]
        if (kept["href"], kept["title"]) != (row["href"], row["title"]):
            told = f"{_written(row['label'], row)} is defined before, as {kept['href']}"
            yield Notice("C182", row["map"][0], told, "give it another label")


def _is_comment(label: str, row: Mapping[str, object]) -> bool:
    """Whether a definition is a comment, as some write them: `[//]: # (not printed)`."""
    return row["href"] in ("", "#") or not any(map(str.isalnum, label))


def _written(label: str, row: Mapping[str, str]) -> str:
    title = f' "{row["title"]}"' if row["title"] else ""
    return f"[{label.lower()}]: {unquote(row['href'])}{title}"


_ENDS = ("softbreak", "hardbreak")


def _shown(tokens: Sequence[Token]) -> str:
    """Return the words of the link or picture that tokens begin with, in its brackets."""
    if tokens[0].type == "image":
        return f"![{tokens[0].content[:MOST]}]"
    end = next((n for n, token in enumerate(tokens) if token.type == "link_close"), len(tokens))
    return f"[{''.join(token.content for token in tokens[:end])[:MOST]}]"


def left_over(tokens: Sequence[Token], line: int, figures: bool = False) -> Iterator[Notice]:
    """Yield what is to be told of a paragraph's texts; `line` is that of its first line, `figures` where pictures alone are figures."""
    alone = figures and all(
        t.type in ("image", *_ENDS) or not (t.content + t.tag).strip() for t in tokens
    )
    for at, token in enumerate(tokens):
        if token.type in _ENDS:
            line += 1
        if token.type in ("image", "link_open") and token.attrGet("title") and not alone:
            told = f'the title "{token.attrGet("title")}" is not printed'
            yield Notice("C128", line, told, "write it as text")
        address = {"link_open": "href", "image": "src"}.get(token.type)
        if address and not token.attrGet(address):
            told = f"{_shown(tokens[at:])}() leads to nothing"
            yield Notice("C126", line, told, "write its address between the brackets")
        if said := token.meta.get("unlinked"):
            told = f"{said[:MOST]} of a template is printed without a link"
            yield Notice("C127", line, told, "write a link, as [words](#heading)")
        if token.type == "template":
            said = " ".join(token.meta["said"].split())[:MOST]
            yield Notice(
                "C127",
                line,
                f"{said} of a template is left out",
                "write what it stands for, or put it in backticks",
            )
        if token.meta.get("unclosed"):
            said = " ".join(token.meta["unclosed"].split())
            told = f"the comment {said} is never closed; it ends at its line"
            yield Notice("C124", line, told, "close it with -->")
        line += token.meta.get("lines", 0)
        if near := token.meta.get("near"):
            told = f'"{near[0]}" is read as "{near[1]}"'
            yield Notice("C142", line, told, f'write "{near[1]}", or another name')
        if token.type == "text" and (slip := _FOR_SLIP.search(token.content)):
            told = f'"{slip.group().strip()}" is read as "{{for={slip["value"]}}}"'
            yield Notice("C142", line, told, f"write {{for={slip['value']}}}")
        if token.type != "text" or not ("[" in token.content or _COLONS.search(token.content)):
            continue
        for found in _COLONS.finditer(token.content):
            told = f"{found.group()[:MOST]} of a template is printed as text"
            yield Notice("C127", line, told, "delete it, or write what it stands for")
        for found in _REFERENCE.finditer(token.content):
            told = f"{found.group()[:MOST]} leads to nothing"
            label = found["label"] or found["words"]
            yield Notice("C126", line, told, f"add a line [{label[:MOST]}]: address")
        for found in _NOTE.finditer(token.content):
            told = f"{found.group()[:MOST]} has no text"
            yield Notice("C126", line, told, f"add a line {found.group()[:MOST]}: text")
