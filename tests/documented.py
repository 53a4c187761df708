"""The commands that pages name, read from their markdown: those to run, and those that say why not.

A command is a line of a fence called `sh`, what follows `$ ` in one called `console`, and a code span that calls
a program of `PROGRAMS`. `<!-- not run: why -->`, which readers do not see, stands on lines of its own before a
block, or behind a span. `python -m tests.documented PAGE…` prints a command a line for
`tests/e2e/bare_debian.sh`: "run" or why not, a tab, the command.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

SHELLS = frozenset({"sh", "shell", "bash", "console"})
PROGRAMS = frozenset(
    [
        "make",
        "python",
        "python3",
        "py",
        "pip",
        "pip3",
        "pipx",
        "uv",
        "courseware",
        "git",
        "cd",
        "sh",
        "bash",
        "curl",
        "wget",
        "sudo",
        "apt",
        "apt-get",
        "dnf",
        "yum",
        "zypper",
        "apk",
        "pacman",
        "brew",
        "port",
        "winget",
        "choco",
        "scoop",
        "docker",
        "export",
    ]
)
MARK = re.compile(r"<!-- not run:\s*(\S.*?)\s*-->", re.S)


class Command(NamedTuple):
    """A command as it is written, the line of its block, and why it is not run, or ""."""

    text: str
    line: int
    reason: str = ""


def documented(page: str) -> list[Command]:
    """Return the commands of a page in their order; a mark that no command is under raises `ValueError`."""
    found, waiting, level = list[Command](), "", 0
    for token in MarkdownIt("commonmark").enable("table").parse(page):
        line = 1 + (token.map or [0])[0]
        if token.type == "html_block" and (mark := MARK.search(token.content)):
            _refuse(waiting)
            waiting, level, before = mark[1], token.level, len(found)
            continue
        if token.type == "fence":
            found += [Command(text, line, waiting) for text in _of_fence(token)]
        elif token.type == "inline":
            found += _of_text(token, line, waiting)
        if waiting and token.level <= level and token.nesting <= 0:
            _refuse(waiting if len(found) == before else "")
            waiting = ""
    _refuse(waiting)
    return found


def _refuse(reason: str) -> None:
    if reason:
        raise ValueError(f'no command is under the mark "not run: {reason}"')


def _of_fence(token: Token) -> list[str]:
    kind = (token.info.split() or [""])[0]
    if kind == "console":
        return lines("\n".join(re.findall(r"^\$ ((?:.*\\\n> )*.*)$", token.content, re.M)))
    return lines(token.content) if kind in SHELLS else []


def lines(text: str) -> list[str]:
    """Return the commands of a script: lines joined behind a backslash, without remarks."""
    joined = re.sub(r"\s*\\\n(?:> |\s*)", " ", text)
    bare = (re.sub(r"(^|\s+)#\s.*$", "", line).strip() for line in joined.splitlines())
    return [line for line in bare if line]


def _of_text(token: Token, line: int, reason: str) -> list[Command]:
    found = list[Command]()
    for child in token.children or ():
        if child.type == "code_inline" and is_command(child.content):
            found.append(Command(child.content, line, reason))
        elif child.type == "html_inline" and (mark := MARK.match(child.content)):
            _refuse(mark[1] if not found or found[-1].reason else "")
            found[-1] = found[-1]._replace(reason=mark[1])
    return found


def is_command(span: str) -> bool:
    """Tell whether a code span calls a program with something; its name alone is a name."""
    words = re.sub(r"^(\w+=\S*\s+)+", "", span).split()
    return len(words) > 1 and words[0].rpartition("/")[2] in PROGRAMS


def main(pages: list[str]) -> None:
    """Print each command of the pages once, where it first stands."""
    found = [c for page in pages for c in documented(Path(page).read_text("utf-8"))]
    for text, reason in dict.fromkeys((c.text, c.reason) for c in found):
        print(reason or "run", text, sep="\t")


if __name__ == "__main__":
    main(sys.argv[1:])
