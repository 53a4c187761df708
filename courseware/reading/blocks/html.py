"""HTML blocks: tags that hold blocks become containers, what is between them stays markdown."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser

import msgspec
from markdown_it.token import Token

from courseware.diagnostics import Diagnostic, Span
from courseware.model.blocks import (
    Code,
)
from courseware.reading.blocks.builder import Builder
from courseware.reading.blocks.elements import TAG_NAME, Elements, Held, OpenElement, flat
from courseware.reading.blocks.inline_tokens import (
    EMBEDS,
    INLINE_TAGS,
    LOOKS,
    NO_BOXES,
    address_of,
    bare_words,
    tag_of,
    text_of,
    told_of,
    told_words,
)
from courseware.reading.dialects.components import is_component
from courseware.reading.structure.bold import Raw, RawParagraph
from courseware.reading.structure.headings import RawHeading

CONTAINERS = frozenset(
    [
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "caption",
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "center",
        "p",
        "blockquote",
        "ul",
        "ol",
        "li",
        "figure",
        "figcaption",
        *(f"h{level}" for level in range(1, 7)),
    ]
)


_PRE = re.compile(
    r"\s*<pre\b[^<>]*>\s*(?:<code\b[^<>]*>)?(?P<text>.*?)(?:</code>)?\s*</pre>\s*",
    re.DOTALL | re.IGNORECASE,
)
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_STYLE = re.compile(r"<style\b[^<>]*>.*?</style\s*>", re.DOTALL | re.IGNORECASE)


class HtmlFrames(HTMLParser):
    """Collects the blocks of one container, with HTML elements open across markdown."""

    def __init__(self, builder: Builder) -> None:
        """Take the builder that reads what stands between tags."""
        super().__init__(convert_charrefs=False)
        self.builder = builder
        self.elements = Elements(builder)
        self.frames = [OpenElement("", {}, Span(builder.path))]
        self.inline = self.closing = ""
        self.place = Span(builder.path)
        self.first = 1

    def feed(self, data: str, span: Span | None = None) -> None:
        """Read one HTML block."""
        self.place, self.first = span or self.place, self.getpos()[0]
        if found := _PRE.fullmatch(data):
            text = unescape(_TAGS.sub("", found["text"])).strip("\n")
            self.add(Code(span=self.place, text=text))
            return
        super().feed(_STYLE.sub(self._no_style, data))
        rest, self.rawdata = self.rawdata, ""
        if rest:  # a tag or a mark without an end
            self._refuse(rest)
        self.flush()

    def _no_style(self, found: re.Match[str]) -> str:
        """Leave out what a page says of its looks; its lines are counted as before."""
        message = "lines of a program are left out: a page's style"
        place = self.builder.places.seek(found.group().split("\n")[0], self.place)
        self.builder.findings.append(Diagnostic("C190", message, place, "show code in a fence"))
        return "\n" * found.group().count("\n")

    def add(self, block: Held) -> None:
        """Add a block to the innermost open element."""
        self.frames[-1].blocks.append(block)

    def flush(self) -> None:
        """Read the text gathered between tags."""
        text, self.inline = self.inline, ""
        for block in self.builder.inline_html(text, self._here(text.lstrip().count("\n"))):
            self.add(block)

    def _here(self, less: int = 0) -> Span:
        """Return the place of what is read now, `less` lines above it."""
        line = self.place.line + self.getpos()[0] - self.first - less
        line = min(max(line, self.place.line), max(self.place.end_line, self.place.line))
        return msgspec.structs.replace(self.place, line=line)

    def end(self) -> list[Raw]:
        """Close what is still open and return the blocks."""
        self.flush()
        while len(self.frames) > 1:
            self._leave()
        return flat(self.frames[0].blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a container, or keep an inline tag."""
        if tag in CONTAINERS:
            self._tell_words(self.get_starttag_text() or "")
        if tag in CONTAINERS:
            self.flush()
            if tag in ("td", "th", "li", "tr") and self.frames[-1].tag == tag:
                self._close()
            given = {k: v or "" for k, v in attrs}
            self.frames.append(OpenElement(tag, given, self._here(), []))
        elif tag == "hr":
            self.flush()
        elif tag not in INLINE_TAGS and tag not in NO_BOXES and tag not in LOOKS:
            self.flush()
            source = self.get_starttag_text() or ""
            given = {k: v or "" for k, v in attrs}
            self.frames.append(OpenElement(tag, given, self._here(), [], source))
        else:
            self._other(self.get_starttag_text() or "", tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an inline tag; an empty container holds nothing."""
        if tag not in CONTAINERS:
            self._other(self.get_starttag_text() or "", tag)

    def _other(self, source: str, tag: str) -> None:
        if tag in INLINE_TAGS:
            self.inline += source
        else:
            self._refuse(source)

    def _refuse(self, source: str, where: Span | None = None) -> None:
        """Tell of what is not kept: a component's tag is left out, a page's address is a link, all other is printed as text."""
        tag = tag_of(source)
        address = address_of(tag)
        out = is_component(source) or (tag is not None and tag.name in LOOKS | EMBEDS)
        if address:
            self.inline += f'<a href="{escape(address)}">{escape(address)}</a>'
        elif not out:
            self.inline += source.replace("<", "&lt;")
        message = told_of(source, out, address)
        place = self.builder.places.seek(source, where or self.place)
        self.builder.findings.append(Diagnostic("C121", message, place))

    def _tell_words(self, source: str) -> None:
        """Tell of words in a tag, where a `>` is missing."""
        if told := told_words(source):
            place = self.builder.places.seek(source, self.place)
            self.builder.findings.append(Diagnostic("C121", told, place))

    def set_cdata_mode(self, elem: str, *, escapable: bool = False) -> None:
        """Read what scripts and styles hold like any text: it is printed."""

    def handle_decl(self, decl: str) -> None:
        """Keep a declaration as text."""
        self._refuse(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        """Keep an instruction as text."""
        self._refuse(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        """Keep a section of other data as text."""
        self._refuse(f"<![{data}]]>")

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Keep a section `<![…` as text, also one of a name that the library does not know and raises on."""
        try:
            return super().parse_marked_section(i, bool(report))
        except AssertionError:
            return self.parse_bogus_comment(i, report)

    def parse_bogus_comment(self, i: int, report: int = 1) -> int:
        """Keep what is no comment, though a browser takes it for one, as text."""
        end = self.rawdata.find(">", i + 2)
        if end >= 0:
            self._refuse(self.rawdata[i : end + 1])
        return end + 1 if end >= 0 else -1

    def parse_endtag(self, i: int) -> int:
        """Keep an end that holds a text as text: what it ends goes on. One word in it is told."""
        end = self.rawdata.find(">", i)
        self.closing = self.rawdata[i : end + 1]
        if end >= 0 and len(bare_words(self.closing)) > 1:
            self._refuse(self.closing)
            return end + 1
        self._tell_words(self.closing)
        return super().parse_endtag(i)

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest open element of that name."""
        if tag not in CONTAINERS and not any(frame.tag == tag for frame in self.frames):
            self._other(self.closing, tag)
            return
        self.flush()
        if any(frame.tag == tag for frame in self.frames[1:]):
            while self.frames[-1].tag != tag:
                self._leave()
            self._close()

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.inline += data

    def handle_entityref(self, name: str) -> None:
        """Keep an entity."""
        self.inline += f"&{name};"

    def handle_charref(self, name: str) -> None:
        """Keep a character reference."""
        self.inline += f"&#{name};"

    def _leave(self) -> None:
        """Close an element that has no end: a fold, or what hides its body, ends before the next heading.

        A tag that nobody knows and that hides nothing is text before what follows it.
        """
        frame = self.frames[-1]
        if frame.tag in ("details", "summary") or self.elements.hides(frame):
            kept, rest = _first_line(frame) if frame.tag == "summary" else _before_heading(frame)
            self._tell_unclosed(frame, bool(rest))
            self.frames[-1] = msgspec.structs.replace(frame, blocks=kept)
            self._close()
            for block in rest:
                self.add(block)
            return
        if not frame.source:
            self._close()
            return
        self.frames.pop()
        self.flush()
        self._refuse(frame.source, frame.span)
        self.flush()
        for block in frame.blocks:
            self.add(block)

    def _tell_unclosed(self, frame: OpenElement, more: bool) -> None:
        name = TAG_NAME.findall(frame.source)[0] if frame.source else frame.tag
        where = "; it ends before the next heading" if more else ""
        where = "; it ends at its line" if name == "summary" else where
        told, hint = f"<{name}> is never closed{where}", f"put </{name}> where it ends"
        self.builder.notice("C124", frame.span.line, told, hint)

    def closes(self, token: Token) -> bool:
        """Whether a paragraph holds the end of an element that is open around it."""
        children = token.children or ()
        if any(c.type == "code_inline" and "<" in c.content for c in children):
            return False
        ends = (tag_of(c.content) for c in children if c.type == "html_inline")
        names = {tag.name for tag in ends if tag is not None and tag.end}
        return bool(names) and any(frame.tag in names for frame in self.frames[1:])

    def _close(self) -> None:
        frame = self.frames.pop()
        if frame.source:
            self._tell_words(frame.source)
        if (made := self.elements.made(frame)) is not None:
            self.add(made)


def _first_line(frame: OpenElement) -> tuple[list[Held], list[Held]]:
    """Split what a summary without an end holds behind its first line."""
    first, rest = frame.blocks[:1], frame.blocks[1:]
    if first and isinstance(text := first[0], RawParagraph) and len(text.lines) > 1:
        title, more = text.lines[:1], text.lines[1:]
        below = RawParagraph(more, text_of(more), text.span)
        return [RawParagraph(title, text_of(title), text.span)], [below, *rest]
    return first, rest


def _before_heading(frame: OpenElement) -> tuple[list[Held], list[Held]]:
    """Split what an element holds before its next heading; one that it begins with is its title."""
    levels = [
        min((b.level for b in flat([block]) if isinstance(b, RawHeading)), default=7)
        if isinstance(block, RawHeading | OpenElement)
        else 7
        for block in frame.blocks
    ]
    begun = next((n for n, b in enumerate(frame.blocks) if not _is_summary(b)), 0)
    most = levels[begun] if begun < len(levels) and levels[begun] < 7 else 6
    ends = (n for n, level in enumerate(levels) if n > begun and level <= most)
    end = next(ends, len(levels))
    return frame.blocks[:end], frame.blocks[end:]


def _is_summary(block: Held) -> bool:
    return isinstance(block, OpenElement) and block.tag == "summary"
