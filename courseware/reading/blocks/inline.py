"""Inline tokens to `Text`: clean HTML and plain words, made once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

import msgspec
import nh3
from markdown_it.token import Token

from courseware.language.vocabulary import split_emoji
from courseware.model.blocks import Formula, Link, Text
from courseware.reading.source.decoding import without_controls

INLINE_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "var",
        "wbr",
    ]
)
ATTRIBUTES = {
    "*": {"class", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "span": {"data-note", "data-tex"},
}
SIZES = ("width", "height")
"""What an author may say of a picture's size."""
_TAG = re.compile(r"</?([A-Za-z][\w-]*)")
_BLANK = re.compile(r"_{3,}")
IMG_SRC = re.compile(r"<img\b[^>]*?\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_IMG_ALT = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


class Line(msgspec.Struct):
    """A line of a paragraph: `bold` is the bold run it starts with, `rest` what follows that.

    `breaks` tells that its author broke the line there: by two spaces or a backslash at its end.
    """

    number: int
    text: Text
    bold: Text | None = None
    rest: Text = Text()
    breaks: bool = False


def is_remote(target: str) -> bool:
    """Whether a link leads out of the course: an address, a mail."""
    return bool(re.match(r"[A-Za-z][\w+.-]*:|//", target))


def in_course(path: str, target: str) -> str:
    """Return a link's target as a path in the course; what climbs out keeps its `..`."""
    if is_remote(target) or target.startswith("#") or not target:
        return target
    parts = urlsplit(target)
    whole = normpath(f"{dirname(path)}/{unquote(parts.path)}".lstrip("/"))
    return whole + (f"#{parts.fragment}" if parts.fragment else "")


class Inline:
    """Renders inline tokens of one file; collects the tags it could not keep."""

    def __init__(self, path: str) -> None:
        """Take the file's path in the course, which relative links start from."""
        self.path = path
        self.refused: list[tuple[int, int, str]] = []

    def text(self, tokens: list[Token], line: int, bare: bool = False) -> Text:
        """Return tokens as a text; `bare` leaves out bold and italic marks, as in headings."""
        html: list[str] = []
        plain: list[str] = []
        links: list[Link] = []
        notes: list[str] = []
        formulas: list[Formula] = []
        raw = False
        for token in tokens:
            kind = token.type
            if kind == "text":
                html.append(_BLANK.sub(_blank, escape(token.content, quote=False)))
                plain.append(token.content)
            elif kind in ("softbreak", "hardbreak"):
                html.append("\n" if kind == "softbreak" else "<br>\n")
                plain.append(" ")
                line += 1
            elif kind in ("strong_open", "strong_close", "em_open", "em_close"):
                if not bare:
                    html.append(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")
            elif kind in ("s_open", "s_close"):
                html.append(f"<{'/' if token.nesting < 0 else ''}s>")
            elif kind == "code_inline":
                html.append(f"<code>{escape(token.content, quote=False)}</code>")
                plain.append(token.content)
            elif kind == "link_open":
                target = in_course(self.path, str(token.attrGet("href") or ""))
                links.append(Link(target, *_place(token, line)))
                html.append(f'<a href="{escape(target)}">')
            elif kind == "link_close":
                html.append("</a>")
            elif kind == "image":
                html.append(self._image(token, line, links))
                plain.append(links[-1].alt)
            elif kind.startswith("math_inline"):
                tex = escape(token.content)
                html.append(f'<span class="math" data-tex="{tex}">{tex}</span>')
                plain.append(token.content)
                formulas.append(Formula(token.content, *_place(token, line)))
            elif kind == "footnote_ref":
                label = str(token.meta["label"])
                notes.append(label)
                html.append(f'<span class="note" data-note="{escape(label)}"></span>')
            elif kind == "html_inline":
                raw = True
                self._html(token, line, html, plain, links)
            elif token.content:
                html.append(escape(token.content, quote=False))
                plain.append(token.content)
        joined = without_controls("".join(html)).strip()
        if raw:
            joined = nh3.clean(joined, tags=set(INLINE_TAGS), attributes=ATTRIBUTES,
                               url_schemes={"http", "https", "mailto"}, link_rel=None)  # fmt: skip
        words = " ".join(without_controls("".join(plain)).split())
        return Text(joined, words, tuple(links), tuple(notes), tuple(formulas))

    def _image(self, token: Token, line: int, links: list[Link]) -> str:
        given = token.meta.get("attributes", {})
        alt = given.get("alt") or token.content
        target = in_course(self.path, str(token.attrGet("src") or ""))
        links.append(Link(target, *_place(token, line), image=True, alt=alt))
        size = "".join(f' {key}="{escape(given[key])}"' for key in SIZES if given.get(key))
        return f'<img src="{escape(target)}" alt="{escape(alt)}"{size}>'

    def _html(
        self, token: Token, line: int, html: list[str], plain: list[str], links: list[Link]
    ) -> None:
        content = token.content
        found = _TAG.match(content)
        if content.startswith("<!--"):
            return
        if not found or found[1].lower() not in INLINE_TAGS:
            self.refused.append((*_place(token, line), content))
            html.append(escape(content, quote=False))
            plain.append(content)
            return
        source = IMG_SRC.match(content)
        if source:
            group = next(n for n in (1, 2, 3) if source[n] is not None)
            alt = _IMG_ALT.search(content)
            target = in_course(self.path, unescape(source[group]))
            words = unescape(next((g for g in alt.groups() if g), "")) if alt else ""
            links.append(Link(target, *_place(token, line), image=True, alt=words))
            plain.append(links[-1].alt)
            start, end = source.span(group)
            mark = "" if group < 3 else '"'
            content = content[:start] + mark + escape(target) + mark + content[end:]
        html.append(content)

    def lines(self, token: Token, first: int) -> list[Line]:
        """Return a paragraph's lines, each with the bold run that it starts with."""
        runs: list[list[Token]] = [[]]
        hard: list[bool] = []
        depth = 0
        for child in token.children or []:
            depth += child.nesting
            if child.type in ("softbreak", "hardbreak") and depth == 0:
                hard.append(child.type == "hardbreak")
                runs.append([])
            else:
                runs[-1].append(child)
        lines = [self._line(run, first + i) for i, run in enumerate(runs)]
        for line, breaks in zip(lines, hard, strict=False):
            line.breaks = breaks
        return lines

    def _line(self, run: list[Token], number: int) -> Line:
        text = self.text(run, number)
        start = 0
        while start < len(run) and run[start].type == "text":
            if split_emoji(run[start].content.strip())[1].strip():
                return Line(number, text)
            start += 1
        if start == len(run) or run[start].type != "strong_open":
            return Line(number, text)
        level, end = run[start].level, start + 1
        while run[end].type != "strong_close" or run[end].level != level:
            end += 1
        bold = self.text(run[start + 1 : end], number)
        if not bold:
            return Line(number, text)
        return Line(number, text, bold, self.text(run[end + 1 :], number))


def _place(token: Token, line: int) -> tuple[int, int]:
    """Return a link's line and column: where it was found, else the line's beginning."""
    found: tuple[int, int] = token.meta.get("place", (line, 1))
    return found


def _blank(found: re.Match[str]) -> str:
    return f'<span class="blank">{found.group()}</span>'


def joined(texts: Sequence[Text], breaks: Sequence[bool] = ()) -> Text:
    """Return texts as one, a line each; `breaks` tells of each whether its author broke it there."""
    hard = [*breaks, *[False] * (len(texts) - len(breaks))]
    pairs = [(t, "<br>\n" if cut else "\n") for t, cut in zip(texts, hard, strict=True) if t]
    some = [t for t, _ in pairs]
    return Text(
        "".join(t.html + end for t, end in pairs).removesuffix("\n").removesuffix("<br>"),
        " ".join(t.plain for t in some if t.plain),
        tuple(link for t in some for link in t.links),
        tuple(note for t in some for note in t.notes),
        tuple(formula for t in some for formula in t.formulas),
    )


def together(lines: Sequence[Line]) -> Text:
    """Return lines as one text, broken where their author broke them."""
    return joined([line.text for line in lines], [line.breaks for line in lines])


def without_start(text: Text, length: int) -> Text:
    """Return a text less the first `length` characters, where its HTML starts with them too."""
    start = text.plain[:length]
    marked = escape(start, quote=False)
    if not text.html.startswith(marked):
        return text
    html = text.html[len(marked) :].lstrip()
    return msgspec.structs.replace(text, html=html, plain=text.plain[length:].lstrip())


def without_end(text: Text, kept: str) -> Text:
    """Return a text less what follows `kept`, where its HTML ends with that too."""
    tail = escape(text.plain[len(kept) :].strip(), quote=False)
    bare = text.html.rstrip()
    if not bare.endswith(tail):
        return text
    return msgspec.structs.replace(text, html=bare[: -len(tail)].rstrip(), plain=kept)
