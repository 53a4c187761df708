"""Blocks that hold no blocks: paragraphs, figures, headings, rules, fences, formulas."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

import msgspec
from markdown_it.token import Token

from courseware.diagnostics import Span
from courseware.language.frames import Place, Setting
from courseware.model.blocks import (
    Block,
    Box,
    Cell,
    Code,
    Drawing,
    Figure,
    Form,
    List,
    Math,
    Paragraph,
    Pictures,
    Row,
    Rule,
    Space,
    Table,
    Text,
)
from courseware.model.cutting import part_of
from courseware.model.inline import LineBreak, is_elsewhere, plain_text, runs_and_blanks
from courseware.model.kinds import BoxKind, find_kind
from courseware.model.walk import own_texts
from courseware.reading.blocks.boxes import of_chunk, of_row
from courseware.reading.blocks.builder import Builder
from courseware.reading.blocks.containers import captions_below
from courseware.reading.blocks.inline_tokens import line_of, tag_of, text_of
from courseware.reading.dialects.cells import shown_code, without_raw
from courseware.reading.dialects.diagram_programs import PROGRAMS, DiagramError
from courseware.reading.dialects.other_tools import HIDING, OTHERS, row_of
from courseware.reading.dialects.shortcodes import SETTINGS, TABLES, Coded, coded, figure_source
from courseware.reading.markdown.directives import split_attributes
from courseware.reading.markdown.tables import MORE_CELLS
from courseware.reading.structure.bold import Raw, RawParagraph
from courseware.reading.structure.headings import RawHeading, take_attributes
from courseware.reading.structure.tasks.gaps import filled_in

SAVE_IT = "save it as a picture beside the session, and show that: ![what it shows](file)"
_SITE = re.compile(r"(?:^|\s):(?:size|class|id|no-zoom|include|type)\b\S*")
"""What Docsify is told of a picture, where a title stands."""
_ADMONITION = re.compile(
    r"(?:admonish(?=\s|$)\s*|ad-)(?P<kind>[A-Za-z][\w-]*(?![\w=-]))?[^\"']*(?:(?:title=)?[\"'](?P<title>[^\"']*)[\"'])?.*$"
)
"""A fence of mdbook-admonish, `admonish tip "Title"`, and of Obsidian's Admonition, `ad-tip`."""
_STATED = re.compile(r"(title|collapse|icon|color):[ \t]*(.*)(?:\n|$)")
_RAW = re.compile(r"\{=((?!markdown)\w+)\}")
SOFT = "\ue00a"
"""Ends a line of a file that is included in code; the line of the session goes on."""
_PICTURES = ("figure", "image")


def paragraph(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a paragraph: one of images alone is figures, those of one line beside each other."""
    token = builder.tokens[at + 1]
    span = builder.span(builder.tokens[at])
    shown = [c for c in token.children or [] if c.content.strip(" ") + c.tag + _end_of_line(c)]
    if any(map(_is_picture, shown)) and all(_is_picture(c) or _end_of_line(c) for c in shown):
        return list(_figures(builder, shown, span)), at + 3
    lines = builder.inline.lines(token, span.line)
    if not lines or captions_below(builder, at):
        return [], at + 3
    return [RawParagraph(tuple(lines), text_of(lines), span)], at + 3


def _end_of_line(token: Token) -> str:
    return token.type if token.type in ("softbreak", "hardbreak") else ""


def _figures(builder: Builder, shown: list[Token], span: Span) -> Iterator[Figure | Pictures]:
    """Yield the figures of a paragraph, those of one line as a row."""
    for is_end, line in groupby(shown, lambda c: bool(_end_of_line(c))):
        row = () if is_end else tuple(_figure(builder, c, span) for c in line)
        if len(row) > 1:
            yield Pictures(span=row[0].span, blocks=row)
        else:
            yield from row


def _figure(builder: Builder, token: Token, span: Span) -> Figure:
    image = builder.inline.text([token], span.line).images[0]
    title = " ".join(_SITE.sub("", str(token.attrGet("title") or "")).split())
    span = Span(span.path, image.line, image.column, max(span.end_line, image.line))
    return Figure(span=span, source=image.source, alt=image.alt, width=image.width, height=image.height,
                  caption=plain_text(title or _under(token), image.line), remote=is_elsewhere(image.source))  # fmt: skip


def _under(token: Token) -> str:
    """Return a picture's words where its attributes say what it shows: they stand under it."""
    given = token.meta.get("attributes", {}) if token.type == "image" else {}
    return token.content if given.get("alt", token.content) != token.content else ""


_BEHIND_TITLE = re.compile(
    r"(?<=\S)\s*(?P<aside>[(（\[［](?P<label>[^()（）\[\]:：]{2,30})[:：]\s*(?P<text>[^()（）]*\S)[)）\]］])\s*$"
)
"""A label and its text in brackets behind a title: "Which river? (Answer: the Danube)"."""
_CLASSES = re.compile(
    r"(?:(?<=[\s{])\.|(?<=\w )(?=[a-z-]+(?:\s|$))|\btitle=[\"']?(?=solutions?\.))([A-Za-z][\w-]*)"
)
"""Classes and words behind a fence's language, and a file's name that says what is in it."""


def heading(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a heading."""
    token = builder.tokens[at]
    line = builder.span(token).line
    text = builder.inline.text(builder.tokens[at + 1].children or [], line, bare=True)
    text, attributes = take_attributes(text)
    builder.known(attributes, Span(builder.path, line))
    behind: list[Raw] = []
    if (aside := _BEHIND_TITLE.search(text.plain)) and builder.readers.hides(
        aside["label"], aside["text"]
    ):
        bracket = part_of(text, aside.start("aside"), aside.end("aside"))
        behind = [RawParagraph((line_of(bracket),), bracket, Span(builder.path, line))]
        text = part_of(text, 0, aside.start())
    return [RawHeading(int(token.tag[1]), text, line, attributes), *behind], at + 3


def rule(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a rule; of underscores, it is a line to write on."""
    token = builder.tokens[at]
    if token.markup.startswith("_"):
        return [Space(span=builder.span(token), kind="lines", size=1.0)], at + 1
    return [Rule(span=builder.span(token), slide=bool(builder.decks))], at + 1


def fence(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a fence: code, or what a fence without a language holds."""
    token = builder.tokens[at]
    span, text = builder.span(token), without_raw(token.content).rstrip("\n").replace(SOFT, "\n")
    if boxed := _ADMONITION.match(token.info.strip()):
        return [*_admonition(builder, boxed, text, span)], at + 1
    if raw := _RAW.fullmatch(token.info.strip()):
        told = f"what pandoc puts into {raw[1]} is left out"
        builder.notice("C190", span.line, told, "write here what it says")
        return [], at + 1
    language, given = split_attributes(token.info.strip())
    found = coded(token.info.strip(), text)
    if found is not None and (found.name == "math" or found.name in _PICTURES):
        return _other(builder, found, span), at + 1
    if found is not None and found.name in TABLES:
        return [*_listed(builder, found, span)], at + 1
    if found is not None and found.name in SETTINGS:
        said = f"{{{found.name}}} {found.rest}".strip()
        builder.notice(
            "C127", span.line, f"{said} of a template is left out", "write here what it says"
        )
        return [], at + 1
    chunk = of_chunk(builder, found, token.info.strip(), span) if found else None
    if chunk is not None:
        return chunk, at + 1
    if found is not None:
        language, text = found.language, found.body
    language = language.strip("{}").strip().split(" ")[0]
    if language:
        if language.lower() in DRAWING_LANGUAGES:
            return [Drawing(span=span, text=text)], at + 1
        if language.lower() == "math":
            return [Math(span=span, tex=text.strip())], at + 1
        if language.lower() in PROGRAMS:
            return [_diagram(builder, (language, given), text, span)], at + 1
        if language.lower() in DIAGRAMS:
            message = f"a diagram in {language} is not drawn: its source is printed"
            builder.notice("C189", span.line, message, SAVE_IT)
        if named := builder.readers.kind_named(_CLASSES.findall(token.info), span.line):
            code = Code(span=span, text=text, language=language)
            return [
                Box(span=span, kind=named, blocks=(code,), products=find_kind(named).products)
            ], at + 1
        if hiding := _hiding(builder, language, span):
            inside = builder.nested(_with_lines(text), span.line + 1)
            return [
                Box(span=span, kind=hiding, blocks=inside, products=find_kind(hiding).products)
            ], at + 1
        return [Code(span=span, text=shown_code(text, language.lower()), language=language)], at + 1
    kind = fence_kind(text) if token.type == "fence" else "code"
    if kind == "form":
        lines = tuple(
            Text(tuple(runs_and_blanks(line, number)) or (LineBreak(True, number),))
            for number, line in enumerate(text.split("\n"), span.line + 1)
        )
        return [Form(span=span, lines=filled_in(lines))], at + 1
    if kind == "drawing":
        return [Drawing(span=span, text=text)], at + 1
    if kind == "table":
        return list(builder.nested(text, span.line + 1)), at + 1
    if kind == "note":
        blocks = builder.nested(_with_lines(text), span.line + 1)
        return [Box(span=span, kind="note-lines", blocks=blocks)], at + 1
    return [Code(span=span, text=text)], at + 1


def _diagram(
    builder: Builder, info: tuple[str, dict[str, str]], text: str, span: Span
) -> Figure | Code:
    """Return a diagram drawn, or its source where it cannot be, with a finding; `info` is its language, and its size."""
    language, given = info
    from courseware.reading.dialects.diagrams import drawn

    try:
        made = drawn(language.lower(), text)
    except DiagramError as error:
        code = "C189" if error.lacking else "C195"
        told = f"a diagram in {language} is not drawn: {error}"
        builder.notice(code, span.line, told, error.hint or SAVE_IT)
        return Code(span=span, text=text, language=language)
    return Figure(span=span, source=made.address, alt=given.get("alt", made.alt),
                  caption=plain_text(made.caption, span.line),
                  width=given.get("width", ""), height=given.get("height", ""))  # fmt: skip


def _admonition(builder: Builder, found: re.Match[str], text: str, span: Span) -> list[Block]:
    """Return the box that mdBook's or Obsidian's fence of a box's name is; it hides what its name hides."""
    kind = (found["kind"] or "note").lower()
    title = found["title"] or ""
    first = span.line + 1
    while stated := _STATED.match(text):
        title = stated[2] if stated[1] == "title" else title
        text, first = text[stated.end() :], first + 1
    row = row_of(kind)
    row = row if row is not None and row.body else OTHERS["callout"]
    inside: list[Raw] = list(builder.nested(text, first))
    return [*of_row(builder, row, (f'"{title}"' if title else "", {}), inside, (span, False))]


def _hiding(builder: Builder, language: str, span: Span) -> BoxKind | Literal[""]:
    """Return what a fence is that bears a name that hides in place of a language: "notes"."""
    if language.lower() in HIDING and (row := row_of(language.lower())):
        return row.kind  # type: ignore[return-value]
    return builder.readers.kind_named((language,), span.line)


def _other(builder: Builder, found: Coded, span: Span) -> list[Raw]:
    """Return a picture with its caption, or a formula, of another tool's fence."""
    if found.name == "math":
        return [Math(span=span, tex=found.body)]
    figures = builder.inline_html(figure_source(found), span)
    below = builder.nested(found.body, span.line + 1 + found.skipped) if found.body else ()
    if len(figures) == 1 and isinstance(figures[0], Figure) and len(below) == 1:
        first = below[0]
        if isinstance(first, Paragraph):
            return [msgspec.structs.replace(figures[0], caption=first.text)]
    return [*figures, *below]


def _listed(builder: Builder, found: Coded, span: Span) -> list[Block]:
    """Return the table that a list of rows is, each a list of cells, or that lines with commas are."""
    first = span.line + 1 + found.skipped
    caption = plain_text(found.rest, span.line)
    if found.name == "table":
        inside = builder.nested(found.body, first)
        return [
            msgspec.structs.replace(b, caption=caption) if isinstance(b, Table) else b
            for b in inside
        ]
    if found.name == "csv-table":
        lines = [found.options.get("header", ""), *found.body.split("\n")]
        texts = list(csv.reader((line for line in lines if line.strip()), skipinitialspace=True))
        rows = [tuple(builder.nested(text, first) for text in row) for row in texts]
        heads = 1 if found.options.get("header") else int(found.options.get("header-rows", "0"))
    else:
        rows = [row for block in builder.nested(found.body, first) for row in cells_of(block)]
        heads = int(found.options.get("header-rows", "0"))
    named = (text.plain for row in rows[:1] for cell in row for b in cell for text in own_texts(b))
    column = Setting(Place.COLUMN)
    heads = heads or int(any(builder.readers.frames.decide(text, column) for text in named))
    for row in (row for row in rows if heads and len(row) > len(rows[0])):
        line = next((block.span.line for cell in row for block in cell), span.line)
        builder.notice("C125", line, MORE_CELLS, "give its head another cell")
    return [listed_table(rows, heads, span, caption)]


def cells_of(block: Block) -> list[tuple[tuple[Block, ...], ...]]:
    """Return the rows of a list whose items are lists, by cell."""
    items = block.items if isinstance(block, List) else ()
    inside = [b for item in items for b in item.blocks if isinstance(b, List)]
    return [tuple(cell.blocks for cell in row.items) for row in inside]


def listed_table(
    rows: list[tuple[tuple[Block, ...], ...]], heads: int, span: Span, caption: Text
) -> Table:
    """Return a table of rows by cell, the first `heads` its head; cells that are too many for that are in a row's last."""
    width = len(rows[0]) if heads and rows else 0
    if width:
        rows = [(*row[: width - 1], sum(row[width - 1 :], ())) if len(row) > width else row for row in rows]  # fmt: skip
    made = [
        Row(span=span, cells=tuple(Cell(span=span, blocks=cell, header=n < heads) for cell in row))
        for n, row in enumerate(rows)
    ]
    return Table(span=span, head=tuple(made[:heads]), rows=tuple(made[heads:]), caption=caption)


def math(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a displayed formula."""
    token = builder.tokens[at]
    return [Math(span=builder.span(token), tex=token.content.strip())], at + 1


def other(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Keep the words of any other token."""
    token = builder.tokens[at]
    if not token.content:
        return [], at + 1
    return [Paragraph(span=builder.span(token), text=plain_text(token.content))], at + 1


def _is_picture(token: Token) -> bool:
    """Whether a token is a picture, in markdown or in HTML, that names its file."""
    if token.type != "html_inline":
        return token.type == "image"
    tag = tag_of(token.content)
    return tag is not None and tag.name == "img" and "src" in tag.attributes


def _with_lines(text: str) -> str:
    """Return a note's markdown with a break at the end of each line that another goes on from."""
    lines = text.split("\n")
    goes_on = [bool(line.strip()) and not _ITEM.match(line) for line in (*lines[1:], "")]
    return "\n".join(
        f"{line.rstrip()}  " if line.strip() and more else line
        for line, more in zip(lines, goes_on, strict=True)
    )


FenceKind = Literal["form", "drawing", "table", "note", "code"]
DIAGRAMS = frozenset(
    ["plantuml", "puml", "uml", "d2", "tikz", "nomnoml", "vega", "vega-lite", "wavedrom",
     "blockdiag", "seqdiag", "actdiag", "nwdiag", "c4plantuml", "structurizr", "bpmn", "erd", "pikchr", "excalidraw",
     "flowchart", "sequence", "gantt", "markmap", "mindmap", "kroki", "dbml", "railroad", "penrose"]
)  # fmt: skip
"""Languages of diagrams, as fences name them: GitHub's, GitLab's, Kroki's and those of sites."""
DRAWING_LANGUAGES = frozenset({"bob", "svgbob", "ditaa", "ascii", "diagram"})
LEAST_BLANKS = 3
_BLANK = re.compile(r"_{3,}")
PLACEHOLDER = re.compile(r"(?:^|(?<=\s))\[[A-Za-z][^\[\]\n]*[A-Za-z.…?]\](?![(:\w])")
_HEADER = re.compile(r"^\s*\[[^\]\n]+\]\s*$")
_DRAWN = re.compile("[\u2190-\u21ff\u2500-\u259f\u25b2-\u25c4]|\\+-{2,}\\+?|-{2,}>|<-{2,}|={2,}>")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s*\S|^\s*(?:[-*+]|\d+[.)])\s*$")
_LABELLED = re.compile(r"^\s*[A-Z][^:=;{}()]{0,40}:(?:\s|$)")


def fence_kind(text: str) -> FenceKind:
    """Return what a fence without a language holds."""
    lines = [line for line in text.split("\n") if line.strip()]
    settings = any(re.match(r"\s*[\w.-]+\s*=", line) for line in lines)
    blanks = len(_BLANK.findall(text)) + sum(
        len(PLACEHOLDER.findall(line)) for line in lines if not (settings and _HEADER.match(line))
    )
    if blanks >= LEAST_BLANKS:
        return "form"
    if _DRAWN.search(text):
        return "drawing"
    piped = [line for line in lines if line.lstrip().startswith("|")]
    if len(lines) >= 2 and len(piped) == len(lines) and re.match(r"\s*\|[\s:|-]+\|?\s*$", lines[1]):
        return "table"
    noted = [line for line in lines if _ITEM.match(line) or _LABELLED.match(line)]
    if lines and len(noted) * 2 > len(lines):
        return "note"
    return "code"
