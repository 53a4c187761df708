"""Marks of headings, lists, quotations and directives as word processors and web pages write them.

A Unicode space behind (or before) a mark is a space, a bullet from a word processor an item's mark,
`##Heading` a heading. Lines are counted as before, and code keeps every character.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from courseware.reading.markdown.directives import line_of
from courseware.reading.markdown.notices import Notice, notice

_ODD = "\u00a0\u00ad\u1680\u2000-\u200b\u200e\u200f\u202f\u205f\u2060\u3000\ufeff"
"""Spaces other than the usual one, and characters without width."""
_BLANK = f"[ \\t{_ODD}]"
_BEGIN = re.compile(
    rf"(?:{_BLANK}|>|[-*+](?={_BLANK})|\d{{1,9}}[.)](?={_BLANK})|#{{1,6}}(?={_BLANK})|:{{2,}}|`{{3,}}|~{{3,}}"
    r"|[|](?=[^|]*[|])|<(?=[A-Za-z/!?])|\$\$)*"
)
"""What a line begins with: marks of blocks and the spaces between them."""
_MARK = re.compile(r"[-*+>#:`~|<$\d]")
_SPACES = re.compile(f"[{_ODD}]")
_BULLETS = "•◦▪▫‣⁃∙●○■·\uf0b7\uf0a7\uf0d8"
_BULLET = re.compile(
    rf"(?P<before>(?:[ \t>{_ODD}]|[-*+][ \t](?=[{_BULLETS}]))*)"
    rf"(?P<mark>[{_BULLETS}](?=\s|[^\W_])|[o§](?=\t)|[–—](?=[\s{_ODD}]))(?P<space>[\s{_ODD}]*)(?=\S)"
)
_NUMBERED = re.compile(
    r"(?P<before>[ \t>]*)(?:#\.|(?P<example>\(@(?P<label>[\w-]*)\)))(?=[ \t]+\S)"
)
_CITED = re.compile(r"\(@([\w-]+)\)")
_DASHES = "–—"
_WIDE = re.compile(r"^(?P<before>[ \t>]*)(?P<mark>＃{1,6}(?=\s)|：{3,})")
_LITERAL = ("fence", "code_block", "math_block")
_HEADING = re.compile(r"(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:(?:^|[ \t]+)#+)?[ \t]*$")
_HARD = re.compile(r"(?P<marks>#{2,6})(?P<text>[^\W_][^\n]*?|[*_\"'“„«(\[¿¡][^\n]*?|[^\x00-\u2000]+[^\n]*?)(?:[ \t]+#+)?[ \t]*$")  # fmt: skip
_FIRST = re.compile(r"#(?P<text>[^\W\d_][^\n#]*?[ \t]+[^\n#]*[^\s#][^\n#]*?)(?:[ \t]+#+)?[ \t]*$")
"""`#Heading of words`, as a file's first line: elsewhere it may be a tag."""
_LABEL = re.compile(r"(\*\*|__)(?=\S)[^*_\n]{1,60}(?:[:：]\1|\1\s*[:：]|\1[ \t]*$)")
"""A bold label at a line's begin, or a bold line."""
_LOOSE = re.compile(
    rf"(?P<before>(?:[ \t>{_ODD}]|(?:[-*+]|\d{{1,9}}[.)])[ \t{_ODD}])*)(?P<mark>\*{{1,3}}|_{{1,3}})(?P<open>{_BLANK}*)"
    rf"(?P<words>[^\s*_{_ODD}][^*_\n]{{0,80}}?)(?P<close>{_BLANK}*)(?P=mark)(?P<colon>{_BLANK}*[:：])?(?=\s|[{_ODD}]|$)"
)
"""A label that a line begins with, and spaces inside of its marks."""
HINT = "write a plain mark and a plain space"


_PARTED = re.compile(r"([ \t>]*):(?: :){2,}(?=[ \t]+[A-Za-z{]|[ \t]*$)")
"""A directive's colons with spaces between them."""
_JOINED = "[\u0600-\u0dff]"
"""Letters of scripts whose words have joiners among their letters: Persian, Hindi."""
_UNSEEN = re.compile(
    f"[\u00ad\u200b\u2060\ufeff]|(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})"
)


def plain_marks(text: str) -> tuple[str, dict[int, str]]:
    """Return a text with the usual marks, and the lines that were others, by number from 0."""
    listed = "#." in text or "(@" in text
    loose = "*" in text or "_" in text
    parted = ": : :" in text
    if text.isascii() and "\t" not in text and not (listed or loose or parted):
        return text, {}
    lines = text.split("\n")
    changed: dict[int, str] = {}
    if listed:
        _number(lines, changed)
    for number, line in enumerate(lines):
        if parted and (found := _PARTED.match(line)):
            changed[number], lines[number] = line, f"{found[1]}:::{line[found.end() :]}"
            continue
        mended = _tight(line) if loose else line
        if not line.isascii() or "\t" in line:
            mended = _spaced(_bulleted(mended, number, lines, changed))
        if mended != line:
            changed.setdefault(number, line)
            lines[number] = mended
    return "\n".join(lines), changed


def _number(lines: list[str], changed: dict[int, str]) -> None:
    """Give items that pandoc numbers their numbers: `#.`, and `(@)`, which count through the file.

    `(@name)` in a text is the number of the item of that name.
    """
    labels: dict[str, int] = {}
    count = 0
    for number, line in enumerate(lines):
        found = _NUMBERED.match(line)
        if found and found["example"]:
            count += 1
            labels.setdefault(found["label"], count)
        if found:
            mark = f"{count}." if found["example"] else "1."
            changed[number] = line
            lines[number] = f"{found['before']}{mark}{line[found.end() :]}"
    labels.pop("", None)
    for number, line in enumerate(lines) if labels else ():
        said = _CITED.sub(lambda f: f"({labels[f[1]]})" if f[1] in labels else f.group(), line)
        if said != line:
            changed.setdefault(number, line)
            lines[number] = said


def _bulleted(line: str, number: int, lines: list[str], changed: dict[int, str]) -> str:
    """Return a line with the mark of an item in place of a bullet."""
    if wide := _WIDE.match(line):
        mark = wide["mark"].replace("＃", "#").replace("：", ":")
        return line[: wide.start("mark")] + mark + line[wide.end() :]
    found = _BULLET.match(line)
    if found is None or (found["mark"] in _DASHES and not _listed(number, lines, changed)):
        return line
    space = re.sub(r"\S", " ", _SPACES.sub(" ", found["space"])) or " "
    return f"{found['before']}- {space[1:]}{line[found.end() :]}"


def _listed(number: int, lines: list[str], changed: dict[int, str]) -> bool:
    """Whether a line that begins with a dash is one of several: one alone names a source."""
    after = next((line for line in lines[number + 1 : number + 3] if line.strip()), "")
    before = next((n for n in range(number - 1, max(number - 3, -1), -1) if lines[n].strip()), -1)
    again = _BULLET.match(after)
    listed = before in changed and bool(_BULLET.match(changed[before]))
    starts = before < number - 1 or before < 0
    return listed or (starts and again is not None and again["mark"] in _DASHES)


def _spaced(line: str) -> str:
    """Return a line with plain spaces around the marks that it begins with, and a directive's name without what is not seen."""
    if line.lstrip(" \t>").startswith(":::"):
        line = _UNSEEN.sub("", line)
    found = _BEGIN.match(line)
    begin = found.group() if found else ""
    if not _SPACES.search(begin) or not _MARK.search(begin):
        return line
    return _SPACES.sub(" ", begin) + line[len(begin) :]


def _tight(line: str) -> str:
    """Return a line whose label has spaces inside of its marks without those: markdown sees no label there."""
    found = _LOOSE.match(line) if "*" in line or "_" in line else None
    if found is None or not (found["open"] or found["close"]):
        return line
    ended = found["words"].endswith((":", "："))
    whole = len(found["mark"]) > 1 and not line[found.end() :].strip()
    if not (ended or found["colon"] or whole):
        return line
    label = f"{found['mark']}{found['words']}{found['mark']}{found['colon'] or ''}"
    return f"{found['before']}{label}{line[found.end() :]}"


def restore(tokens: list[Token], text: str, changed: dict[int, str], env: EnvType) -> None:
    """Give code its own characters back, and tell of the other lines that were changed."""
    lines = text.split("\n")
    kept: set[int] = set()
    for token in tokens if changed else ():
        if token.type in _LITERAL and token.map:
            inside = set(range(*token.map)) & changed.keys()
            kept |= inside
            if inside:
                _give_back(token, lines, changed)
    for number in sorted(changed.keys() - kept):
        what = "a mark with another space or sign is read as the usual one"
        notice(env, Notice("C123", number, what, HINT))


def _give_back(token: Token, lines: list[str], changed: dict[int, str]) -> None:
    first = (token.map or [0])[0] + (token.type != "code_block")
    own = token.content.split("\n")
    for at, line in enumerate(own):
        number = first + at
        if number in changed and lines[number].endswith(line):
            own[at] = changed[number][len(lines[number]) - len(line) :]
    token.content = "\n".join(own)


def heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a heading, also one without a space behind its marks."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = _HEADING.match(line) if line.startswith("#") else None
    hard = None if found or not line.startswith("#") else _hard(state, start, line)
    if found is None and hard is None:
        return False
    if silent:
        return True
    if hard is not None:
        notice(state.env, Notice("C123", start, "a heading has no space behind its marks", HINT))
    level = len(found["marks"] if found else line) - len("" if found else line.lstrip("#"))
    state.line = start + 1
    opened = state.push("heading_open", f"h{level}", 1)
    inside = state.push("inline", "", 0)
    text = found["text"] if found else hard["text"] if hard else ""
    inside.content, inside.children = (text or "").strip(" \t"), []
    opened.map, inside.map = [start, start + 1], [start, start + 1]
    closed = state.push("heading_close", f"h{level}", -1)
    opened.markup = closed.markup = "#" * level
    return True


def label(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Tell that a bold label below a list's item, not indented, ends the list: it is no part of the item.

    It makes no block of its own; the paragraph that it stands in is read after the list.
    """
    if not silent or not 0 <= state.sCount[start] < state.blkIndent:
        return False
    return _LABEL.match(line_of(state, start)) is not None


def _hard(state: StateBlock, start: int, line: str) -> re.Match[str] | None:
    """Return the heading that a line without a space behind its marks is."""
    found = _HARD.match(line)
    first = state.env.get("whole") and not state.level and not state.skipEmptyLines(0) < start
    return found or (_FIRST.match(line) if first else None)
