"""Components of sites and slides, and tags that stand alone: a picture where they name one, else left out and told.

`<Tweet id="1" />`, `<img src={require("./a.png").default} />`, `<Tabs values={[ … ]}>`: values in braces are a
program's. `{{< figure src="a.png" alt="…" caption="…" >}}` and `{% include figure.html file="a.png" %}` are pictures, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

PICTURE = r"\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?|avif)"
"""How the path of a picture ends, in letters of either case."""
THEME = re.compile(r"#(?:gh|only)-(?P<theme>light|dark)(?:-mode)?(?:-only)?$")
"""How a picture's path ends that a site shows on light pages alone, or on dark ones."""
_SHOWN = re.compile(rf"{PICTURE}(?=$|[?#])", re.IGNORECASE)
MOST = 2_000
"""Characters of one tag that are read."""
_NAME = re.compile(r"</?(?P<name>[A-Za-z][\w.:-]*)")
_VUE = re.compile(r"\sv-[a-z]")
_VALUE = re.compile(
    r"(?P<key>[\w:@-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|\{(?P<program>[^{}]*)\}|(?P<bare>[^\s\"'{}<>=]+))"
)
_QUOTED = re.compile(r"[\"'`]([^\"'`]+)[\"'`]")
_ADDRESS = re.compile(
    rf"\(\s*<?(?P<path>data:[^()\s>]*|[^()<>\"\n]*?{PICTURE})>?(?:\s+[\"'](?P<title>[^\"'\n]*)[\"'])?(?:\s+=\d*x?\d*)?\s*\)",
    re.IGNORECASE,
)
_SOURCES = ("src", "file", "image_path", "image", "img", "data-src", "url", "path", "link")
_CAPTIONS = ("title", "caption", "attr")
"""Values that stand under a picture, in that order."""


def values_of(given: str) -> dict[str, str]:
    """Return the values that a tag gives by key, those in quotes or alone; of a program, the text that it quotes."""
    found: dict[str, str] = {}
    for match in _VALUE.finditer(given):
        program = _QUOTED.search(match["program"] or "")
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["key"].lower(), program[1] if program else value)
    return found


def push_picture(state: StateInline, given: Mapping[str, str]) -> bool:
    """Put the picture that a tag's values name, with its caption; False where they name none."""
    source = next((given[key] for key in _SOURCES if _SHOWN.search(given.get(key, ""))), "")
    if not source:
        return False
    token = state.push("image", "img", 0)
    token.attrs, token.children = {"src": source}, []
    token.content = given.get("alt", "")
    words = dict.fromkeys(given.get(key, "") for key in _CAPTIONS)
    if said := " – ".join(filter(None, words)):
        token.attrs["title"] = said
    token.meta = {
        "attributes": {
            key: given[key] for key in ("width", "height") if given.get(key, "")[:1].isdigit()
        }
    }
    return True


def is_component(source: str) -> bool:
    """Whether a tag is a component's, by its name: `Tweet`, `v-click`; what only has a name may be a text's."""
    found = _NAME.match(source)
    name = found["name"] if found else ""
    said = source.startswith("</") or source.endswith("/>") or "=" in source
    return said and (name[:1].isupper() or "-" in name or _VUE.search(source) is not None)


def _end(src: str, at: int, most: int) -> int:
    """Return where a tag ends that begins at `at`, its quotes and braces closed; -1 where nowhere."""
    depth, quote = 0, ""
    for place in range(at, min(most, at + MOST)):
        letter = src[place]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and (depth or src[place - 1] == "="):
            quote = letter
        elif letter in "{}":
            depth += 1 if letter == "{" else -1
        elif letter == ">" and not depth:
            return place + 1
        elif letter == "<" and not depth and place > at:
            return -1
    return -1


def _component(state: StateInline, silent: bool) -> bool:
    """Read a tag with values in braces, and one that is all of a component."""
    at = state.pos
    found = _NAME.match(state.src, at, state.posMax)
    end = _end(state.src, at, state.posMax) if found else -1
    source = state.src[at:end] if end > 0 else ""
    if found is None or not source or not ("{" in source or is_component(source)):
        return False
    whole = source.endswith("/>") or found["name"] == "img"
    if not whole and "{" not in source:
        return False
    if not silent:
        lines = {"lines": source.count("\n")}
        if whole and push_picture(state, values_of(source[found.end() :])):
            state.tokens[-1].meta |= lines
        elif whole:
            token = state.push("template", "", 0)
            token.meta = {"said": source, **lines}
        else:
            token = state.push("html_inline", "", 0)
            token.content, token.meta = source, lines
    state.pos = end
    return True


def _loose(state: StateInline, silent: bool) -> bool:
    """Read a picture whose path has blanks, or whose address holds something else than a picture: that is told."""
    if not state.src.startswith("![", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    found = _ADDRESS.match(state.src, end + 1, state.posMax) if end > 0 else None
    if found is None:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {
            "src": found["path"].strip(),
            **({"title": found["title"]} if found["title"] else {}),
        }
        token.content, token.children = state.src[state.pos + 2 : end], []
    state.pos = found.end()
    return True


def _themes(state: StateCore) -> None:
    """Leave out pictures for dark pages where there are others for light ones: paper is light."""
    shown = [(token, child, found["theme"]) for token in state.tokens for child in token.children or ()
             if child.type == "image" and (found := THEME.search(str(child.attrGet("src"))))]  # fmt: skip
    if any(theme == "light" for _, _, theme in shown):
        for token, child, theme in shown:
            if theme == "dark":
                token.children = [c for c in token.children or () if c is not child]


def components_plugin(md: MarkdownIt) -> None:
    """Add components to a markdown parser."""
    md.core.ruler.after("inline", "themes", _themes)
    md.inline.ruler.before("escape", "component", _component)
    md.inline.ruler.after("image", "loose_image", _loose)
