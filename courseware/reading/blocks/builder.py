"""Tokens to blocks: every container with its children, bold lines and raw headings left to later.

HTML blocks are taken apart: `details`, tables and `div`s become containers, and the markdown
between their tags is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from itertools import pairwise
from typing import NamedTuple, Protocol

import msgspec
from markdown_it.token import Token
from markdown_it.utils import EnvType

from courseware.diagnostics import Diagnostic, Edit, Span, renaming
from courseware.language.frames import OPEN, Place
from courseware.language.names import added_names, directive_names
from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import Block, Figure, Pictures
from courseware.reading.blocks.inline_tokens import INLINE_TAGS, Inlines
from courseware.reading.dialects.components import is_component, values_of
from courseware.reading.dialects.other_tools import row_of
from courseware.reading.dialects.shortcodes import TITLES
from courseware.reading.markdown.directives import ATTRIBUTES, DIRECTIVES, UNKNOWN, Directive
from courseware.reading.markdown.notices import LinkDefinitions, Notice, left_over, notices, twice
from courseware.reading.markdown.parser import DEEPEST, parse, parser
from courseware.reading.markdown.positions import Places, TooMuchError
from courseware.reading.readers import Readers, box_kind
from courseware.reading.structure.bold import Raw, structured
from courseware.reading.structure.times import time_phrases as times

_TAG = re.compile(r"<([A-Za-z][\w.:-]*)([^>]*)>?")
_BOXED = ("paragraph_open", "th_open", "td_open", "dt_open")
_CLASS = re.compile(r"\bclass(?:Name)?\s*=\s*[\"']?([^\"'>]*)")
MOST_TOLD = 20
"""Attributes of one place that are looked at: there are ten."""


def _as_tags(text: str, pairs: list[tuple[Token, str]]) -> str:
    """Return a text with the tags of boxes in place of pairs of tags that hide, "" where it has other tags or they stand in marks.

    One within another is that one's.
    """
    result, at, words = "", 0, ""
    for token, kind in pairs:
        begin, first, last, end = token.meta["pair"]
        if begin >= at and token.level:
            return ""
        if begin >= at:
            title = escape(str(token.meta.get("titled", "")))
            words += text[at:begin] + text[first:last]
            result += (
                f'{text[at:begin]}<Box class="{kind}" title="{title}">{text[first:last]}</Box>'
            )
            at = end
    return "" if "<" in words + text[at:] else result + text[at:]


class OpenElements(Protocol):
    """What gathers a container's blocks while HTML elements are open around them."""

    def feed(self, data: str, span: Span | None = None) -> None:
        """Read one HTML block."""

    def add(self, block: Raw) -> None:
        """Add a block to the innermost open element."""

    def closes(self, token: Token) -> bool:
        """Whether a paragraph holds the end of an element that is open around it."""

    def end(self) -> list[Raw]:
        """Close what is still open and return the blocks."""


class Rules(NamedTuple):
    """How blocks are built: a function a token type ("" for others), of HTML, of a line of attributes."""

    tokens: Mapping[str, Callable[[Builder, int], tuple[list[Raw], int]]]
    html: Callable[[Builder], OpenElements]
    marked: Callable[[Builder, list[Raw], list[str]], list[Raw]]


class Builder:
    """Builds one file's blocks; `findings` grows as it goes."""

    def __init__(self, path: str, words: Vocabulary, rules: Rules, details: str = "notes") -> None:
        """Take the file's path, its vocabulary, the rules, and who sees `<details>` without a summary."""
        self.path, self.words, self.rules, self.details = path, words, rules, details
        self.readers = Readers(path, words.frames, words.audiences)
        self.readers.folds_hidden = details == "notes"
        self.inline = Inlines(path)
        self.findings: list[Diagnostic] = []
        self.notices: list[Notice] = []
        self.definitions = LinkDefinitions()
        self.told_settings = False
        self.decks: frozenset[str] = frozenset()
        self.offset = 1
        self.places = Places("", 1)
        self.tokens: list[Token] = []
        self.env: EnvType = {}

    def place_of(self, text: str, span: Span) -> Span:
        """Return where a text stands in a span's first line, the next time it is sought there."""
        return self.places.seek(text, Span(span.path, span.line))

    def tell(self, code: str, message: str, place: tuple[str, Span], hint: str = "") -> None:
        """Add a finding on a text that stands in a span's first line."""
        self.findings.append(Diagnostic(code, message, self.place_of(*place), hint))

    def tell_mend(self, found: Diagnostic, *mend: Edit) -> None:
        """Add a finding, and the edits that mend it."""
        self.findings.append(msgspec.structs.replace(found, mend=mend))

    def indent_of(self, place: Span) -> str:
        """Return what stands before a place in its line, marks of lists as spaces: a line below begins so."""
        return re.sub(r"[^\s>]", " ", self.line_of(place.line)[: place.column - 1])

    def line_of(self, number: int) -> str:
        """Return a line of the text that is read, "" where it has no such line."""
        lines, at = self.places.lines, number - self.places.first
        return lines[at] if 0 <= at < len(lines) else ""

    # -- going through tokens ------------------------------------------------

    def document(self, text: str, first_line: int) -> list[Raw]:
        """Return a document's blocks, headings and paragraphs raw; `first_line` is from 1."""
        self.offset = first_line
        self.places = Places(text, first_line)
        self._parse(text, whole=True)
        self._deep()
        blocks, _ = self._until(0, "")
        for line, column, told in self.inline.refused:
            self.findings.append(Diagnostic("C121", told, Span(self.path, line, column)))
        self.notices += self.definitions.unused()
        self._tell_notices()
        return blocks

    def _tell_notices(self) -> None:
        """Report what was noticed: each thing once, with the other lines where it is so."""
        lines: dict[tuple[str, str, str], list[int]] = {}
        for code, line, message, hint in self.notices:
            lines.setdefault((code, message, hint), []).append(line)
        for (code, message, hint), (first, *more) in lines.items():
            others = f"; also in line {', '.join(map(str, more[:MOST_TOLD]))}" if more else ""
            others += " …" if len(more) > MOST_TOLD else ""
            place = Span(self.path, first)
            self.findings.append(Diagnostic(code, message + others, place, hint))

    def _parse(self, text: str, whole: bool = False) -> None:
        """Take a text's tokens; its first line is `offset`. Links get their places."""
        self.tokens, self.env = parse(
            text, whole, self.decks, self.definitions, added_names(self.words.tongue)
        )
        self.definitions.placed(self.offset)
        told = (*notices(self.env), *twice(self.env))
        self.notices += [n._replace(line=self.offset + n.line) for n in told]
        for before, token in pairwise([Token("", "", 0), *self.tokens]):
            if token.type == "inline" and token.map:
                span = self.span(token)
                self._hide_tagged(token, span, before.type in _BOXED)
                self.places.locate(token, span.line, span.end_line)
                self.notices += left_over(
                    token.children or (), span.line, before.type == "paragraph_open"
                )

    def _hide_tagged(self, token: Token, span: Span, boxed: bool) -> None:
        """Withhold what a text's tags hide: between them where boxes can stand, else all of it."""
        children = token.children or []
        opened = (self._hiding_tag(c.content, span) for c in children if c.type == "html_inline")
        names = {name for name in opened if name}
        pairs = [(c, kind) for c in children if (kind := self._hiding_pair(c, span))]
        if names and boxed and not names & INLINE_TAGS:
            token.meta["boxes"] = True
        elif boxed and pairs and not names and (tagged := _as_tags(token.content, pairs)):
            token.content = tagged
            token.meta["boxes"] = True
        elif names or pairs:
            for _, kind in pairs:  # told
                self.readers.of_name(kind, span.line, Place.NAME)
            hiding = Token("text", "", 0, content=" {for=facilitator}")
            token.children = [*children, hiding]

    def _hiding_pair(self, token: Token, span: Span) -> str:
        """Return the kind of box that a pair of template tags, or a span of a class, hides its words in, "" for none."""
        title = str(token.meta.get("titled", ""))
        found = self.readers.of_name(title, span.line, Place.SUMMARY) if title else OPEN
        if token.meta.get("hides"):
            row = row_of(str(token.meta["named"]).lower())
            return "answer" if row is not None and row.kind == "answer" else "facilitator"
        return box_kind(found)

    def _hiding_tag(self, source: str, span: Span) -> str | None:
        """Return the name of a tag that opens what its name or its class hides."""
        if not (found := _TAG.match(source)):
            return None
        name, attributes = found.groups()
        classes = _CLASS.search(attributes)
        words = [] if name.lower() in INLINE_TAGS else [name]
        words += classes[1].split() if classes else []
        decided = self.readers.kind_named(words, span.line)
        if decided or (is_component(source) and self._titled_tag(attributes, span)):
            return name.lower()
        return None

    def _titled_tag(self, attributes: str, span: Span) -> bool:
        """Whether the title of a component's tag hides what it holds."""
        given = values_of(attributes)
        titles = (given[key] for key in sorted(TITLES) if given.get(key))
        return any(self.readers.of_name(title, span.line, Place.TAB) for title in titles)

    def boxed(self, token: Token, span: Span) -> tuple[Block, ...]:
        """Return the blocks of a text with tags that hide what stands between them."""
        frames = self.rules.html(self)
        frames.feed(token.content, span)
        return self.finished(frames.end(), item=True)

    def _deep(self) -> None:
        """Report what is nested deeper than the parser goes, where it stops reading."""
        deep = next((t for t in self.tokens if t.level >= DEEPEST - 1), None)
        if deep is not None:
            message = f"quotes, lists and directives are nested deeper than {DEEPEST // 2} levels"
            self.findings.append(Diagnostic("C005", message, self.span(deep), "nest less deep"))

    def nested(self, text: str, first_line: int) -> tuple[Block, ...]:
        """Return the blocks of markdown inside a fence."""
        kept = self.offset, self.tokens, self.env
        self.offset = first_line
        self._parse(text)
        blocks, _ = self._until(0, "")
        self.offset, self.tokens, self.env = kept
        return self.finished(blocks)

    def finished(self, blocks: list[Raw], item: bool = False) -> tuple[Block, ...]:
        """Return a container's blocks: bold lines told apart, headings made the box's own."""
        return structured(blocks, self.words, item=item)

    def span(self, token: Token) -> Span:
        """Return a token's place."""
        first, last = token.map or [0, 0]
        return Span(self.path, self.offset + first, 1, self.offset + max(last - 1, first))

    def _until(self, at: int, close: str) -> tuple[list[Raw], int]:
        """Return the blocks from token `at` to the `close` token, and the index after that."""
        frames = self.rules.html(self)
        tokens = self.tokens
        while at < len(tokens) and tokens[at].type != close:
            token = tokens[at]
            if token.type == "html_block":
                frames.feed(token.content, self.span(token))
                at += 1
                continue
            text = tokens[at + 1] if token.type == "paragraph_open" else None
            if text is not None and (text.meta.get("boxes") or frames.closes(text)):
                frames.feed(text.content, self.span(token))
                at += 3
                continue
            blocks, at = self._one(at)
            if at < len(tokens) and tokens[at].type == "attributes":
                blocks = self.rules.marked(self, blocks, tokens[at].meta["classes"])
            for block in blocks:
                frames.add(block)
        return frames.end(), at + 1

    def _one(self, at: int) -> tuple[list[Raw], int]:
        rules = self.rules.tokens
        return rules.get(self.tokens[at].type, rules[""])(self, at)

    def unknown(self, name: str, mark: str, span: Span) -> Directive:
        """Report a name that means nothing; what it holds is printed in a frame."""
        place = self.place_of(mark, span)
        known = (*DIRECTIVES, *directive_names(self.words.tongue))
        hint, mend = renaming(name, known, place)
        self.tell_mend(Diagnostic("C112", f'unknown directive "{name}"', place, hint), *mend)
        return UNKNOWN

    def known(self, given: dict[str, str], span: Span) -> None:
        """Report attributes that mean nothing."""
        for key, value in list(given.items())[:MOST_TOLD]:
            if key not in ATTRIBUTES:
                place = self.place_of(key, span)
                hint, mend = renaming(key, ATTRIBUTES, place)
                self.tell_mend(Diagnostic("C113", f'unknown attribute "{key}"', place, hint), *mend)
            elif key == "minutes" and times.whole(value) is None:
                self.tell("C115", f'minutes="{value}" is no whole number', (key, span))
            if key == "drop" and value != "first":
                place = self.place_of(key, span)
                told = Diagnostic(
                    "C115", f'drop="{value}" means nothing', place, "say {drop=first}"
                )
                self.tell_mend(told, Edit(place.line, place.column, f"{key}={value}", "drop=first"))

    def notice(self, code: str, line: int, message: str, hint: str = "") -> None:
        """Keep what is to be told of a line; what is told of several is one finding."""
        self.notices.append(Notice(code, line, message, hint))

    def inline_html(self, content: str, span: Span) -> list[Raw]:
        """Return what stands between HTML tags, read as markdown's inline text."""
        if not content.strip():
            return []
        try:
            tokens = parser().parseInline(content.strip(), self.env)
        except TooMuchError as error:
            raise TooMuchError(str(error), span.line - self.offset) from None
        self.places.locate(tokens[0], span.line, max(span.end_line, span.line))
        self.notices += left_over(tokens[0].children or (), span.line)
        tokens[0].map = [span.line - self.offset, span.line - self.offset + 1]
        kept, self.tokens = self.tokens, [tokens[0], tokens[0]]
        blocks, _ = self.rules.tokens["paragraph_open"](self, 0)
        self.tokens = kept
        return [
            b if isinstance(b, Figure | Pictures) else msgspec.structs.replace(b, span=span)
            for b in blocks
        ]
