"""Tokens to blocks: every container with its children, bold lines and raw headings left to later.

HTML blocks are taken apart: `details`, tables and `div`s become containers, and the markdown
between their tags is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import msgspec
from markdown_it.token import Token

from courseware.diagnostics import Diagnostic, Span, did_you_mean
from courseware.model.blocks import (
    Block,
    Box,
    Break,
    Cell,
    Code,
    Definition,
    Definitions,
    Drawing,
    Exercise,
    Figure,
    Footnote,
    Form,
    Heading,
    Item,
    List,
    Math,
    PageBreak,
    Paragraph,
    Row,
    Rule,
    Section,
    SectionKind,
    Space,
    Table,
    Text,
)
from courseware.reading import boxes, times
from courseware.reading.bold import RawParagraph, structured
from courseware.reading.coded import Coded, coded, figure_source
from courseware.reading.columns import with_hidden_columns
from courseware.reading.directives import (
    ATTRIBUTES,
    DIRECTIVES,
    PRODUCT_ALIASES,
    PRODUCT_NAMES,
    Directive,
    split_attributes,
)
from courseware.reading.fences import DRAWING_LANGUAGES, fence_kind
from courseware.reading.headings import RawHeading, heading_of, take_attributes
from courseware.reading.html import HtmlFrames
from courseware.reading.inline import IMG_SRC, SIZES, Inline, is_remote
from courseware.reading.markdown import DEEPEST, parse, parser
from courseware.reading.other_tools import row_of
from courseware.reading.placing import Places, TooMuchError
from courseware.reading.vocabulary import Vocabulary

Raw = Any
"""A block, a `RawParagraph` or a `RawHeading`."""
_TASK = re.compile(r"^\[([ xX])\](?:\s+|$)")
MOST_TOLD = 20
"""Attributes of one place that are looked at: there are ten."""
_PICTURES = ("figure", "image")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)?")
MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
LINES, HEIGHT = 4.0, 50.0
MOST_LINES, MOST_HEIGHT = 30.0, 240.0
"""Writing space without a size: lines, and millimetres of a box or grid."""


class Builder:
    """Builds one file's blocks; `findings` grows as it goes."""

    def __init__(self, path: str, words: Vocabulary, details: str = "notes") -> None:
        """Take the file's path, its vocabulary, and who sees `<details>` without a summary."""
        self.path, self.words, self.details = path, words, details
        self.inline = Inline(path)
        self.findings: list[Diagnostic] = []
        self.told_settings = False
        self.offset = 1
        self.places = Places("", 1)
        self.tokens: list[Token] = []
        self.env: dict[str, Any] = {}

    def tell(self, code: str, message: str, place: tuple[str, Span], hint: str = "") -> None:
        """Add a finding on a text that stands in a span's first line."""
        text, span = place
        self.findings.append(
            Diagnostic(code, message, self.places.seek(text, Span(span.path, span.line)), hint)
        )

    # -- going through tokens ------------------------------------------------

    def document(self, text: str, first_line: int) -> list[Raw]:
        """Return a document's blocks, headings and paragraphs raw; `first_line` is from 1."""
        self.offset = first_line
        self.places = Places(text, first_line)
        self._parse(text)
        self._deep()
        blocks, _ = self._until(0, "")
        for line, column, content in self.inline.refused:
            place = Span(self.path, line, column)
            self.findings.append(Diagnostic("C121", f"{content} is printed as text", place))
        return blocks

    def _parse(self, text: str) -> None:
        """Take a text's tokens; its first line is `offset`. Links get their places."""
        self.tokens, self.env = parse(text)
        for token in self.tokens:
            if token.type == "inline" and token.map:
                span = self.span(token)
                self.places.locate(token, span.line, span.end_line)

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
        frames = HtmlFrames(self)
        tokens = self.tokens
        while at < len(tokens) and tokens[at].type != close:
            token = tokens[at]
            if token.type == "html_block":
                frames.feed(token.content, self.span(token))
                at += 1
                continue
            blocks, at = self._one(at)
            if at < len(tokens) and tokens[at].type == "attributes":
                blocks = boxes.marked(self, blocks, tokens[at].meta["classes"])
            for block in blocks:
                frames.add(block)
        return frames.end(), at + 1

    def _one(self, at: int) -> tuple[list[Raw], int]:
        token = self.tokens[at]
        handler = _HANDLERS.get(token.type)
        if handler is None:
            if not token.content:
                return [], at + 1
            return [Paragraph(span=self.span(token), text=_plain(token.content))], at + 1
        return handler(self, at)

    # -- leaves ----------------------------------------------------------------

    def paragraph(self, at: int) -> tuple[list[Raw], int]:
        """Read a paragraph: one of images alone is figures."""
        token = self.tokens[at + 1]
        span = self.span(self.tokens[at])
        shown = [
            c
            for c in token.children or []
            if c.type != "softbreak" and c.content.strip(" ") + c.tag
        ]
        if shown and all(_is_picture(c) for c in shown):
            return [self._figure(c, span) for c in shown], at + 3
        lines = self.inline.lines(token, span.line)
        lines = [line for line in lines if line.text]
        if not lines:
            return [], at + 3
        whole = self.inline.text(token.children or [], span.line)
        return [RawParagraph(tuple(lines), whole, span)], at + 3

    def _figure(self, token: Token, span: Span) -> Figure:
        text = self.inline.text([token], span.line)
        link = text.links[0]
        title = str(token.attrGet("title") or "")
        span = Span(span.path, link.line, link.column, max(span.end_line, link.line))
        width, height = (
            found[1] if (found := _STATED[key].search(text.html)) else "" for key in SIZES
        )
        return Figure(span=span, source=link.target, alt=link.alt, caption=_plain(title),
                      remote=is_remote(link.target), width=width, height=height)  # fmt: skip

    def heading(self, at: int) -> tuple[list[Raw], int]:
        """Read a heading."""
        token = self.tokens[at]
        line = self.span(token).line
        text = self.inline.text(self.tokens[at + 1].children or [], line, bare=True)
        text, attributes = take_attributes(text)
        self.known(attributes, Span(self.path, line))
        return [RawHeading(int(token.tag[1]), text, line, attributes)], at + 3

    def rule(self, at: int) -> tuple[list[Raw], int]:
        """Read a rule; of underscores, it is a line to write on."""
        token = self.tokens[at]
        if token.markup.startswith("_"):
            return [Space(span=self.span(token), kind="lines", size=1.0)], at + 1
        return [Rule(span=self.span(token))], at + 1

    def fence(self, at: int) -> tuple[list[Raw], int]:
        """Read a fence: code, or what a fence without a language holds."""
        token = self.tokens[at]
        span, text = self.span(token), token.content.rstrip("\n")
        language, _ = split_attributes(token.info.strip())
        found = coded(token.info.strip(), text)
        if found is not None and (found.name == "math" or found.name in _PICTURES):
            return self._other(found, span), at + 1
        if found is not None:
            language, text = found.language, found.body
        language = language.strip("{}").strip().split(" ")[0]
        if language:
            if language.lower() in DRAWING_LANGUAGES:
                return [Drawing(span=span, text=text)], at + 1
            return [Code(span=span, text=text, language=language)], at + 1
        kind = fence_kind(text) if token.type == "fence" else "code"
        if kind == "form":
            lines = tuple(self._form_line(line) for line in text.split("\n"))
            return [Form(span=span, lines=lines)], at + 1
        if kind == "drawing":
            return [Drawing(span=span, text=text)], at + 1
        if kind == "table":
            return list(self.nested(text, span.line + 1)), at + 1
        if kind == "note":
            blocks = self.nested(text, span.line + 1)
            return [Box(span=span, kind="note-lines", blocks=blocks)], at + 1
        return [Code(span=span, text=text)], at + 1

    def _other(self, found: Coded, span: Span) -> list[Raw]:
        """Return a picture with its caption, or a formula, of another tool's fence."""
        if found.name == "math":
            return [Math(span=span, tex=found.body)]
        figures = self.inline_html(figure_source(found), span)
        below = self.nested(found.body, span.line + 1 + found.skipped) if found.body else ()
        if len(figures) == 1 and isinstance(figures[0], Figure) and len(below) == 1:
            first = below[0]
            if isinstance(first, Paragraph):
                return [msgspec.structs.replace(figures[0], caption=first.text)]
        return [*figures, *below]

    def _form_line(self, line: str) -> Text:
        from html import escape

        html = re.sub(
            r"_{3,}", lambda m: f'<span class="blank">{m.group()}</span>', escape(line, quote=False)
        )
        return Text(html or "<br>", line)

    def math(self, at: int) -> tuple[list[Raw], int]:
        """Read a displayed formula."""
        token = self.tokens[at]
        return [Math(span=self.span(token), tex=token.content.strip())], at + 1

    # -- containers ------------------------------------------------------------

    def list_(self, at: int) -> tuple[list[Raw], int]:
        """Read a list."""
        token = self.tokens[at]
        ordered = token.type == "ordered_list_open"
        items: list[Item] = []
        at += 1
        while self.tokens[at].type == "list_item_open":
            opened = self.tokens[at]
            blocks, at = self._until(at + 1, "list_item_close")
            items.append(self._item(blocks, self.span(opened)))
        at += 1
        if at < len(self.tokens) and self.tokens[at].meta.get("inside") == "toc":
            return [], at + 1
        start = int(token.attrGet("start") or 1) if ordered else 1
        found = List(span=self.span(token), items=tuple(items), ordered=ordered, start=start)
        return [found], at

    def _item(self, blocks: list[Raw], span: Span) -> Item:
        checked = None
        if blocks and isinstance(blocks[0], RawParagraph):
            box = _TASK.match(blocks[0].text.plain)
            if box:
                checked = box[1] != " "
                blocks = [blocks[0].less(box.end()), *blocks[1:]]
                blocks = [b for b in blocks if not isinstance(b, RawParagraph) or b.text]
        return Item(span=span, blocks=self.finished(blocks, item=True), checked=checked)

    def quote(self, at: int) -> tuple[list[Raw], int]:
        """Read a quotation, or a callout."""
        span = self.span(self.tokens[at])
        blocks, at = self._until(at + 1, "blockquote_close")
        classes: list[str] = []
        while at < len(self.tokens) and self.tokens[at].type == "attributes":
            classes += self.tokens[at].meta["classes"]
            at += 1
        return boxes.quoted(self, blocks, classes, span), at

    def table(self, at: int) -> tuple[list[Raw], int]:
        """Read a table; a column with a facilitator's title is the facilitator's."""
        span = self.span(self.tokens[at])
        head: list[Row] = []
        body: list[Row] = []
        cells: list[Cell] = []
        in_head = False
        row = span
        at += 1
        while self.tokens[at].type != "table_close":
            token = self.tokens[at]
            if token.type in ("thead_open", "tbody_open"):
                in_head = token.type == "thead_open"
            elif token.type == "tr_open":
                cells, row = [], self.span(token)
            elif token.type in ("th_open", "td_open"):
                text = self.inline.text(self.tokens[at + 1].children or [], row.line)
                cells.append(self._cell(token, text, row, in_head))
            elif token.type == "tr_close":
                (head if in_head else body).append(Row(span=row, cells=tuple(cells)))
            at += 1
        table = Table(span=span, head=tuple(head), rows=tuple(body))
        return [with_hidden_columns(table, self.words)], at + 1

    def _cell(self, token: Token, text: Text, span: Span, header: bool) -> Cell:
        align = str(token.attrGet("style") or "").removeprefix("text-align:")
        blocks = (Paragraph(span=span, text=text),) if text else ()
        return Cell(span=span, blocks=blocks, align=align, header=header)

    def definitions(self, at: int) -> tuple[list[Raw], int]:
        """Read a definition list."""
        span = self.span(self.tokens[at])
        entries: list[Definition] = []
        at += 1
        while self.tokens[at].type != "dl_close":
            token = self.tokens[at]
            if token.type == "dt_open":
                text = self.inline.text(self.tokens[at + 1].children or [], span.line)
                entries.append(Definition(span=self.span(token), term=text))
                at += 3
                continue
            blocks, at = self._until(at + 1, "dd_close")
            last = entries.pop()
            more = (*last.blocks, *self.finished(blocks))
            entries.append(msgspec.structs.replace(last, blocks=more))
        return [Definitions(span=span, entries=tuple(entries))], at + 1

    def footnote(self, at: int) -> tuple[list[Raw], int]:
        """Read a footnote's definition."""
        token = self.tokens[at]
        blocks, at = self._until(at + 1, "footnote_reference_close")
        found = Footnote(span=self.span(token), label=str(token.meta["label"]),
                         blocks=self.finished(blocks))  # fmt: skip
        return [found], at

    # -- directives --------------------------------------------------------------

    def stray(self, at: int) -> tuple[list[Raw], int]:
        """Report a closing line that closes nothing."""
        span = self.span(self.tokens[at])
        self.tell("C114", "nothing is open here to close", (":::", span))
        return [], at + 1

    def settings(self, at: int) -> tuple[list[Raw], int]:
        """Leave out the settings of a slide; one finding tells of them."""
        token = self.tokens[at]
        if not self.told_settings:
            shown = ", ".join(f'"{key}"' for key in token.meta["keys"])
            span = self.span(token)
            self.findings.append(
                Diagnostic(
                    "C102",
                    f"settings of slides are not used: {shown}",
                    Span(span.path, span.line + 1),
                )
            )
        self.told_settings = True
        return [Rule(span=self.span(token))], at + 1

    def attributes(self, at: int) -> tuple[list[Raw], int]:
        """Leave out a line of attributes: what it said of the block above has been heard."""
        return [], at + 1

    def directive(self, at: int) -> tuple[list[Raw], int]:
        """Read a directive, ours or another tool's."""
        token = self.tokens[at]
        span, meta = self.span(token), token.meta
        name = token.info
        row = row_of(name, meta["braced"])
        blocks, at = self._until(at + 1, "directive_close")
        if meta["unclosed"]:
            mark = meta["mark"]
            hint = f"put a line {mark} where it ends"
            self.tell("C111", f'"{mark} {name}" is not closed', (mark, span), hint)
        title, given = split_attributes(str(meta["rest"]))
        if row is None:
            row = self.unknown(name, ":::", span)
        else:
            self.known({} if meta["braced"] else given, span)
        return boxes.of_row(self, row, (title.strip(), given), blocks, (span, meta["folded"])), at

    def unknown(self, name: str, mark: str, span: Span) -> Directive:
        """Report a name that means nothing; what it holds is printed in a frame."""
        hint = did_you_mean(name, DIRECTIVES)
        self.tell("C112", f'unknown directive "{name}"', (mark, span), hint)
        return boxes.UNKNOWN

    def of_role(
        self, row: Directive, rest: tuple[str, dict[str, str]], blocks: list[Raw], span: Span
    ) -> list[Raw]:
        """Return what a directive's row makes of its title, attributes and blocks."""
        role, kind, name = row.role, row.kind, row.name
        title, given = rest
        if role == "pagebreak":
            return [PageBreak(span=span)]
        if role == "break":
            time = times.duration(title) or times.duration(f"{given.get('minutes', '')} min")
            called = title[len(time.text) :].strip(" \"'") if time and title else title
            if time is None:
                hint = 'say "::: break 10 min"'
                self.tell("C115", "a break needs its minutes", (":::", span), hint)
            return [Break(span=span, minutes=time.low if time else 0, title=called.strip('"'))]
        if role == "space":
            return [self._space(kind, title or given.get("size", ""), span)]
        if name in ("only", "not"):
            return [self._for_products(name, title, blocks, span)]
        if role == "section":
            heading, rest_blocks = self._heading(title, given, blocks, span.line)
            inside = self.finished(rest_blocks)
            if kind == "exercise":
                return [Exercise(span=span, heading=heading, number=heading.number,
                                 time=heading.time, id=given.get("id", ""), blocks=inside)]  # fmt: skip
            return [Section(span=span, kind=cast(SectionKind, kind), heading=heading, blocks=inside, boxed=True,
                            id=given.get("id", ""))]  # fmt: skip
        return [self._box(span, kind, title, given, blocks)]

    def _box(
        self, span: Span, kind: str, title: str, given: dict[str, str], blocks: list[Raw]
    ) -> Box:
        heading, rest = self._heading(title, given, blocks, span.line)
        row = DIRECTIVES.get(kind)
        hidden = self.words.is_facilitator(heading.name) if heading.name else False
        return Box(span=span, kind=kind, heading=heading, blocks=self.finished(rest),
                   id=given.get("id", ""), attributes=tuple(sorted(given.items())),
                   products=row.products if row else (),
                   audience="facilitator" if hidden else "everyone")  # fmt: skip

    def _heading(
        self, title: str, given: dict[str, str], blocks: list[Raw], line: int
    ) -> tuple[Heading, list[Raw]]:
        """Return a box's heading: what stands on its line, else the heading it begins with."""
        title = title or given.get("title", "")
        if title:
            quoted = re.match(r"^[\"“](.*?)[\"”]\s*(.*)$", title)
            behind = ""
            if quoted:
                title, behind = quoted[1], quoted[2]
            elif (time := times.duration(title, whole=True)) is not None:
                bare = heading_of(Text(), self.words, given)
                return msgspec.structs.replace(bare, time=time), blocks
            inline = parser().parseInline(title)[0]
            self.places.locate(inline, line, line)
            text = self.inline.text(inline.children or [], line, bare=True)
            heading = heading_of(text, self.words, given)
            time = times.duration(behind) if behind else None
            return msgspec.structs.replace(heading, time=time or heading.time), blocks
        if blocks and isinstance(blocks[0], RawHeading):
            raw = blocks[0]
            heading = heading_of(raw.text, self.words, {**raw.attributes, **given}, raw.level)
            return heading, blocks[1:]
        return heading_of(Text(), self.words, given), blocks

    def _space(self, kind: str, size: str, span: Span) -> Space:
        if kind == "canvas":
            titles = tuple(re.findall(r"[\"“]([^\"”]*)[\"”]", size)) or ("", "", "", "")
            return Space(span=span, kind="canvas", titles=titles)
        found = _SIZE.match(size)
        if size and not found:
            self.tell("C115", f'"{size}" is no size', (size, span), f'say "::: {kind} 5"')
        lines = kind == "lines"
        value = float(found[1]) if found else LINES if lines else HEIGHT
        if found and not lines:
            value *= MILLIMETRES[found[2] or "cm"]
        most = MOST_LINES if lines else MOST_HEIGHT
        if value > most:
            message = f'"{size}" is more than a page holds'
            self.tell("C115", message, (size, span), f'say "::: {kind} 5"')
        return Space(span=span, kind=kind, size=float(min(value, most)))  # type: ignore[arg-type]

    def _for_products(self, name: str, title: str, blocks: list[Raw], span: Span) -> Box:
        named = [PRODUCT_ALIASES.get(w.lower(), w.lower()) for w in re.split(r"[\s,]+", title) if w]
        for word in named:
            if word not in PRODUCT_NAMES:
                hint = did_you_mean(word, PRODUCT_NAMES)
                self.tell("C115", f'there is no product "{word}"', (word, span), hint)
        some = tuple(w for w in named if w in PRODUCT_NAMES)
        inside = self.finished(blocks)
        if name == "only":
            return Box(span=span, kind="only", blocks=inside, products=some or PRODUCT_NAMES)
        return Box(span=span, kind="not", blocks=inside, except_products=some)

    def known(self, given: dict[str, str], span: Span) -> None:
        """Report attributes that mean nothing."""
        for key, value in list(given.items())[:MOST_TOLD]:
            if key not in ATTRIBUTES:
                hint = did_you_mean(key, ATTRIBUTES)
                self.tell("C113", f'unknown attribute "{key}"', (key, span), hint)
            elif key == "minutes" and times.whole(value) is None:
                self.tell("C115", f'minutes="{value}" is no whole number', (key, span))

    def inline_html(self, content: str, span: Span) -> list[Raw]:
        """Return what stands between HTML tags, read as markdown's inline text."""
        if not content.strip():
            return []
        try:
            tokens = parser().parseInline(content.strip(), self.env)
        except TooMuchError as error:
            raise TooMuchError(str(error), span.line - self.offset) from None
        self.places.locate(tokens[0], span.line, max(span.end_line, span.line))
        tokens[0].map = [span.line - self.offset, span.line - self.offset + 1]
        kept, self.tokens = self.tokens, [tokens[0], tokens[0]]
        blocks, _ = self.paragraph(0)
        self.tokens = kept
        return [
            b if isinstance(b, Figure) else msgspec.structs.replace(b, span=span) for b in blocks
        ]


_STATED = {key: re.compile(rf'<img\b(?:[^>"]|"[^"]*")*\s{key}="([^"]*)"') for key in SIZES}


def _is_picture(token: Token) -> bool:
    """Whether a token is a picture, in markdown or in HTML, that names its file."""
    return token.type == "image" or bool(
        token.type == "html_inline" and IMG_SRC.match(token.content)
    )


def _plain(text: str) -> Text:
    from html import escape

    return Text(escape(text, quote=False), " ".join(text.split()))


_HANDLERS: dict[str, Callable[[Builder, int], tuple[list[Raw], int]]] = {
    "paragraph_open": Builder.paragraph,
    "heading_open": Builder.heading,
    "hr": Builder.rule,
    "fence": Builder.fence,
    "code_block": Builder.fence,
    "math_block": Builder.math,
    "math_block_label": Builder.math,
    "bullet_list_open": Builder.list_,
    "ordered_list_open": Builder.list_,
    "blockquote_open": Builder.quote,
    "table_open": Builder.table,
    "dl_open": Builder.definitions,
    "footnote_reference_open": Builder.footnote,
    "directive_open": Builder.directive,
    "directive_stray": Builder.stray,
    "attributes": Builder.attributes,
    "settings": Builder.settings,
}
