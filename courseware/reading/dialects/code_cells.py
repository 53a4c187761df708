"""Fences whose language stands in braces: code cells, figures and formulas of other tools."""

from __future__ import annotations

import re

import msgspec

_INFO = re.compile(r"^\{\s*\.?(?P<name>[A-Za-z][\w+#.-]*)(?P<inside>[^{}]*)\}\s*(?P<rest>.*)$")
_OPTION = re.compile(r"^:(?P<key>[\w-]+):\s*(?P<value>.*)$")
_HOLDS_CODE = frozenset(
    ["code-block", "code-cell", "code", "sourcecode", "code-example", "prompt", "parsed-literal"]
)


class Coded(msgspec.Struct, frozen=True):
    """A fence of another tool: its name, what stands behind that, its options and its body."""

    name: str
    rest: str
    options: dict[str, str]
    body: str
    skipped: int

    @property
    def language(self) -> str:
        """The language of its code."""
        return self.rest.split(" ")[0] if self.name in _HOLDS_CODE else self.name


def coded(info: str, text: str) -> Coded | None:
    """Take a fence's `{name} rest` and the options that its text begins with apart."""
    found = _INFO.match(info)
    if not found:
        return None
    name = found["name"].lower()
    taken = name in _HOLDS_CODE or name in ("figure", "image", "math")
    options, skipped = _options(text.split("\n")) if taken else ({}, 0)
    body = "\n".join(text.split("\n")[skipped:]).strip("\n")
    return Coded(name, found["rest"].strip(), options, body, skipped)


def _options(lines: list[str]) -> tuple[dict[str, str], int]:
    if lines and lines[0].rstrip() == "---" and "---" in (line.rstrip() for line in lines[1:]):
        end = [line.rstrip() for line in lines].index("---", 1)
        pairs = (line.partition(":") for line in lines[1:end])
        return {key.strip(): value.strip() for key, _, value in pairs}, end + 1
    options: dict[str, str] = {}
    at = 0
    while at < len(lines) and (found := _OPTION.match(lines[at].strip())):
        options[found["key"]] = found["value"].strip()
        at += 1
    return options, at


def figure_source(found: Coded) -> str:
    """Return a figure's or picture's markdown."""
    size = "".join(f" {k}={found.options[k]}" for k in ("width", "height") if k in found.options)
    alt = re.sub(r"[\[\]]", "", found.options.get("alt", ""))
    return f"![{alt}](<{found.rest}>)" + (f"{{{size.strip()}}}" if size else "")
