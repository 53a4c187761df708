"""The design's values: the custom properties of `:root` in shared/design.css and a course's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import tinycss2

from courseware import files
from courseware.diagnostics import Diagnostic, Span
from courseware.folders import layouts
from courseware.html.sandbox import LayoutError
from courseware.model.brand import Brand
from courseware.model.colours import WHITE, mixed

VALUES = "shared/design.css"
OWN = "shared/course.css"
"""The stylesheet that a course may have: its values and rules come after all built-in ones."""
_PROPERTY = re.compile(r"(?<![\w-])--([\w-]+)\s*:")
_USE = re.compile(r"var\(\s*--([\w-]+)\s*\)")
_DECLARED = re.compile(r"--([^\s,;:(){}]+)\s*:([^;{}]*)")
_ANY_USE = re.compile(r"\bvar\(\s*--([^\s,;:(){}]+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_NO_BRAND = Brand()
TINT, WORK = 0.93, 0.88
"""White in the ground of what is to be minded, and in that of exercises; the rest is the accent."""
MOST = 2_000_000
"""Characters that all values of a page may make together, put in where they stand; the built-in ones make
some ten thousand."""
NESTED = 50
"""Values that may stand in each other."""
DEEPEST = 8
"""Values that stand in values are put in this often; a circle of values ends there."""


def design(root: Path, brand: Brand = _NO_BRAND) -> dict[str, str]:
    """Return the values by name ("accent": "#1f4e79") as the course in the folder `root` has them.

    Those of its brand stand in place of the built-in ones, those of its own stylesheet in place of both.
    """
    own = root / "layouts"
    first = next(p for p in (own / VALUES, layouts() / VALUES) if files.is_file(p))
    found = dict(_values(files.text(first, errors="replace")))
    found |= _values_of(brand, found)
    if files.is_file(own / OWN):
        found |= _values(files.text(own / OWN, errors="replace"))
    return found


def _values_of(brand: Brand, built_in: Mapping[str, str]) -> dict[str, str]:
    """Return the values that a brand sets; a family of its own stands before the built-in ones.

    Grounds are the accent on white, in the shares that the built-in ones have of the built-in accent.
    """
    found = {"ink": brand.ink, "accent": brand.accent}
    if brand.accent:
        found |= {"tint": mixed(brand.accent, WHITE, TINT), "work": ground(brand.accent)}
    faces = {"face": brand.face, "head-face": brand.heading, "code-face": brand.code}
    for name, family in faces.items():
        if family:
            rest = built_in["face" if name == "head-face" else name]
            found[name] = f'"{family}", {rest}'
    return {name: value for name, value in found.items() if value}


def ground(accent: str, below: str = WHITE) -> str:
    """Return the ground of exercises for an accent, on white or what else is below."""
    return mixed(accent, below, WORK)


def brand_css(root: Path, brand: Brand) -> str:
    """Return the rules of a brand: its fonts' files, and the values that it sets; "" where it sets none."""
    faces = [f'@font-face {{ font-family: "{f.family}"; src: url("{(root / f.path).resolve().as_uri()}"); '
             f"font-weight: {f.weight}; font-style: {f.style} }}\n" for f in brand.fonts]  # fmt: skip
    first = next(p for p in (root / "layouts" / VALUES, layouts() / VALUES) if files.is_file(p))
    values = _values_of(brand, _values(files.text(first, errors="replace")))
    said = "".join(f"--{name}: {value}; " for name, value in values.items())
    return "".join(faces) + (f":root {{ {said}}}\n" if said else "")


def constants(stylesheets: Iterable[str], html: str) -> dict[str, str]:
    """Return those values that are the same for every element of a page.

    They are what `:root` says in the page's `stylesheets`, a later one's in place of an earlier
    one's. A name that another rule sets, or the page itself, is not among them. Values that grow without
    bound where they are put into each other raise `LayoutError`.
    """
    stylesheets = list(stylesheets)
    _weigh((*stylesheets, html))
    found: dict[str, str] = {}
    loose = set(_PROPERTY.findall(html))
    for css in stylesheets:
        found |= _values(css)
        loose |= _loose(css)
    return {name: value for name, value in found.items() if name not in loose}


def _weigh(texts: Iterable[str]) -> None:
    """Raise `LayoutError` where values that stand in values make more than `MOST` characters.

    Each name counts as the longest that any rule says of it.
    """
    said: dict[str, list[str]] = {}
    plain = [_without_escapes(text) for text in texts if "--" in text or "\\" in text]
    for name, value in (pair for text in plain for pair in _DECLARED.findall(text)):
        said.setdefault(name, []).append(value)
    lengths: dict[str, int] = {}

    def length(name: str, depth: int) -> int:
        if name not in lengths:
            lengths[name] = MOST + 1 if depth > NESTED else 0  # a circle has no value
            lengths[name] = max((long(value, depth) for value in said.get(name, ())), default=0)
        return lengths[name]

    def long(value: str, depth: int) -> int:
        inside = sum(length(name, depth + 1) for name in _ANY_USE.findall(value))
        return MOST + 1 if depth > NESTED else len(value) + inside

    uses = sum(length(name, 0) for text in plain for name in _ANY_USE.findall(text))
    if uses > MOST:
        name = max(lengths, key=lambda each: lengths[each])
        message = f"the values that stand in --{name} make too much of it"
        raise LayoutError(Diagnostic("C324", message, Span("layouts"), "put fewer `var()` in it"))


def _without_escapes(css: str) -> str:
    """Return CSS without comments, and with the letters that its escapes stand for."""
    css = _COMMENT.sub("", css)
    return _ESCAPE.sub(lambda e: chr(min(int(e[1], 16), 0x10FFFF)) if e[1] else e[2], css)


def put_in(css: str, values: Mapping[str, str]) -> str:
    """Return a stylesheet with values in place of `var(--name)`; its lines stay where they are."""

    def value(use: re.Match[str]) -> str:
        return " ".join(values[use[1]].split()) if use[1] in values else use[0]

    for _ in range(DEEPEST):
        before, css = css, _USE.sub(value, css)
        if css == before:
            break
    return css


@lru_cache(maxsize=16)
def _values(css: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule in _rules(css):
        if _is_root(rule):
            for line in tinycss2.parse_declaration_list(rule.content):
                if line.type == "declaration" and line.name.startswith("--"):
                    found[line.name[2:]] = tinycss2.serialize(line.value).strip()
    return found


@lru_cache(maxsize=16)
def _loose(css: str) -> frozenset[str]:
    """Return the names that rules other than `:root`'s own set."""
    return frozenset(
        name
        for rule in _rules(css)
        if not _is_root(rule)
        for name in _PROPERTY.findall(rule.serialize())
    )


@lru_cache(maxsize=4)
def _rules(css: str) -> list[Any]:
    """Return a stylesheet's rules; none where no property of an author's own is in it."""
    if not _PROPERTY.search(css):
        return []
    return list(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _is_root(rule: Any) -> bool:
    return (
        rule.type == "qualified-rule" and str(tinycss2.serialize(rule.prelude)).strip() == ":root"
    )
