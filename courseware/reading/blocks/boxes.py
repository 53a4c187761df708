"""What a box is: by its name, else by its title's words, whatever tool it was written for."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from courseware.diagnostics import Span
from courseware.language.frames import Decision, Place, Reader, Setting
from courseware.language.vocabulary import key_of, split_emoji
from courseware.model.blocks import Block, Box, BoxKind, Code, Group, Paragraph, Quote, Text
from courseware.model.cutting import without_start
from courseware.model.inline import plain_text
from courseware.model.kinds import find_kind, select_kinds
from courseware.reading.blocks import roles
from courseware.reading.blocks.builder import Builder
from courseware.reading.blocks.inline_tokens import text_of
from courseware.reading.blocks.meant import meant
from courseware.reading.dialects.chunks import chunk_kind, questions_in
from courseware.reading.dialects.other_tools import OTHERS, row_of
from courseware.reading.dialects.shortcodes import Coded
from courseware.reading.markdown.directives import DIRECTIVES, UNKNOWN, Directive
from courseware.reading.readers import STATED, box_kind
from courseware.reading.structure.bold import Raw, RawParagraph
from courseware.reading.structure.headings import RawHeading
from courseware.reading.structure.tasks.bold_exercises import bold_exercise

OPEN = select_kinds(lambda kind: kind.vague)
"""Kinds that say little of what they hold: their title decides before they do."""
HELPS = ("hint", "stretch")
"""Kinds that help who works: only a title that surely hides makes them another."""
DETAILS = Directive("details", "box", "details")
EXERCISE = DIRECTIVES["exercise"]
CALLOUT = re.compile(r"^\[!(?P<name>[A-Za-z][\w-]*)(?:\|[^\[\]\n]*)?\](?P<fold>[+-]?)\s*")
_DIV = re.compile(r"^\[!div\s+class=[\"“”']?(?P<names>[\w -]*)[\"“”']?\]\s*", re.IGNORECASE)
"""How a quotation begins that Learn reads as a part with classes."""
_ALERT = re.compile(r"^\[(?P<name>[A-Za-z]+)\](?:\s+|$)")
"""How HonKit's bold line begins that heads a quotation as a box: "**[danger] Read this**"."""
TABSETS = ("panel-tabset", "tabset", "tabs")
"""Names of boxes whose headings are titles of tabs."""
_BEHIND = re.compile(r"\s+(?:\d+|[A-Za-z])\s*$")
_LANGUAGE = re.compile(r"^(?:language-)?(?P<name>[a-z][\w+#-]*)$")
_OUTPUTS = frozenset({"output", "error", "source", "warning", "no-copy"})
"""Classes of code that name no language."""


def title_kind(builder: Builder, title: str, line: int, place: Place) -> BoxKind | Literal[""]:
    """Return what a box's title makes it: facilitator, answer, hint or ""; a fold hides more."""
    if kind := box_kind(builder.readers.of_name(title, line, place)):
        return kind
    words = builder.words
    bare = _BEHIND.sub("", title)
    hint = key_of(bare.partition(":")[0]) in words.of("hints")
    folded = place is Place.SUMMARY and any(w in title.lower() for w in words.of("box_hint"))
    return "hint" if hint or folded else ""


def decided(
    builder: Builder, row: Directive, title: str, line: int, place: Place = Place.BOX
) -> Directive:
    """Return a box's row as its title decides it, where its name leaves that open."""
    title = title.strip('"“” ')
    if title and (row.kind in HELPS or row.role == "section"):
        return _unless_sure(builder, row, title, line)
    kind = title_kind(builder, title, line, place) if title and row.kind in OPEN else ""
    if kind:
        return DIRECTIVES[kind]
    return EXERCISE if _names_exercise(builder, row, title) else row


def _names_exercise(builder: Builder, row: Directive, title: str) -> bool:
    """Whether a box's title names an exercise: by its number, as exercises are called, or by its first word.

    The first word is not enough where the box's own name says what it is.
    """
    if row.kind not in (*OPEN, "question", "example"):
        return False
    words, bare = builder.words, split_emoji(title.strip('"“” '))[1]
    found = words.exercise_start.match(bare)
    own = row.kind == "question" or (row.name in DIRECTIVES and row.kind != "example")
    named = found is not None and (not own or bool(words.number_of(found)))
    return named or words.section_kind(bare) == "exercises"


def _unless_sure(builder: Builder, row: Directive, title: str, line: int) -> Directive:
    """Return the row of a box that says what it holds; only a title that surely hides makes it another."""
    if row.kind in HELPS and key_of(split_emoji(title)[1].partition(" ")[0]) in builder.words.of(
        "hints"
    ):
        return row
    sure = builder.readers.frames.decide(title, Setting(Place.BOX)).sure
    kind = box_kind(builder.readers.of_name(title, line, Place.BOX)) if sure else ""
    return DIRECTIVES[kind] if kind else row


def of_row(
    builder: Builder, row: Directive, rest: tuple[str, dict[str, str]], blocks: list[Raw],
    place: tuple[Span, bool],
) -> list[Block]:  # fmt: skip
    """Return a box of another tool's name; `place` is its span and whether it is folded.

    One that holds an answer is an exercise; a question without one is a discussion.
    """
    span, folded = place
    if row is UNKNOWN:
        row = decided(builder, row, " ".join(rest[1].values()), span.line, Place.NAME)
    title = rest[0] or rest[1].get("title", "") or first_heading(blocks)
    if row.kind == "group" and rest[0]:
        row = decided(builder, UNKNOWN, title, span.line, Place.TAB)
    if rest[1].get("for", "") not in STATED:
        row = decided(builder, row, title, span.line, Place.SUMMARY if folded else Place.BOX)
    answered = any(isinstance(b, Box) and b.kind == "answer" for b in blocks)
    if (row.kind in OPEN and answered) or _names_exercise(builder, row, title):
        row = EXERCISE
    if folded and row.kind == "spoiler" and not title:
        row = DETAILS
    if row.kind == "question":
        row = DIRECTIVES["discussion"]
    if row.kind == "group" and not rest[1].get("for"):
        return [Group(span=span, blocks=builder.finished(blocks))]
    row = UNKNOWN if row.kind == "group" else row
    return roles.of_role(builder, row, rest, blocks, span)


def tabbed(builder: Builder, blocks: list[Raw], path: str) -> list[Raw]:
    """Return the blocks of a set of tabs, those in boxes that stand below the title of one that hides."""
    result: list[Raw] = []
    at = 0
    while at < len(blocks):
        block, end = blocks[at], at + 1
        title = block.text.plain if isinstance(block, RawHeading) else ""
        if (
            isinstance(block, RawHeading)
            and (kind := title_kind(builder, title, block.line, Place.TAB))
            and kind != "hint"
        ):
            while end < len(blocks) and not _ends_tab(blocks[end], block.level):
                end += 1
            span = Span(path, block.line)
            result += roles.of_role(builder, DIRECTIVES[kind], ("", {}), blocks[at:end], span)
        else:
            result.append(block)
        at = end
    return result


def _ends_tab(block: Raw, level: int) -> bool:
    return isinstance(block, RawHeading) and block.level <= level


def first_heading(blocks: list[Raw]) -> str:
    """Return the words of the heading that blocks begin with, or ""."""
    first = blocks[0] if blocks else None
    return first.text.plain if isinstance(first, RawHeading) else ""


def quoted(builder: Builder, blocks: list[Raw], classes: list[str], span: Span) -> list[Block]:
    """Return a quotation: a callout by its mark, a box by its classes or its heading, or itself."""
    first = blocks[0] if blocks else None
    if isinstance(first, RawParagraph) and (div := _DIV.match(first.text.plain)):
        kept = first.less(div.end())
        inside = [kept, *blocks[1:]] if kept.text else blocks[1:]
        rows = [found for name in div["names"].split() if (found := row_of(name.lower()))]
        return of_row(
            builder, rows[0] if rows else OTHERS["group"], ("", {}), inside, (span, False)
        )
    if isinstance(first, RawParagraph) and (mark := CALLOUT.match(first.text.plain)):
        name = mark["name"].lower()
        row = row_of(name) or meant(builder, name, span)
        row = row or builder.unknown(name, f"[!{mark['name']}]", span)
        title, rest = _titled(first, mark.end(), blocks[1:])
        heading = [RawHeading(6, title, span.line, {})] if title is not None else []
        return of_row(builder, row, ("", {}), [*heading, *rest], (span, mark["fold"] == "-"))
    bold = first.lines[0].bold if isinstance(first, RawParagraph) else None
    if isinstance(first, RawParagraph) and bold and (alert := _ALERT.match(bold.plain)):
        if called := row_of(alert["name"].lower()):
            parts = _headed(first, without_start(bold, alert.end()))
            return of_row(builder, called, ("", {}), [*parts, *blocks[1:]], (span, False))
    rows = [found for name in classes if (found := row_of(name.lower()))]
    if not rows:
        rows = [row for name in classes if (row := meant(builder, name.lower(), span))]
    if first is not None and not rows and (headed := bold_exercise(first, builder.words)):
        return of_row(builder, EXERCISE, ("", {}), [*headed, *blocks[1:]], (span, False))
    words = first_heading(blocks)
    if not rows and words:
        kind = decided(builder, Directive("quote", "box", "unknown"), words, span.line)
        rows = [kind] if kind.name != "quote" else []
    if not rows and classes and words:
        rows = [builder.unknown(classes[0], "{:", Span(span.path, span.end_line + 1))]
    if rows:
        hidden = (row for row in rows if find_kind(row.kind).audience == "facilitator")
        return of_row(builder, next(hidden, rows[0]), ("", {}), blocks, (span, False))
    return [Quote(span=span, blocks=builder.finished(blocks))]


def _headed(first: RawParagraph, title: Text) -> list[Raw]:
    """Return a paragraph that begins with a bold title as that title's heading and what follows it."""
    head, lines = first.lines[0], first.lines[1:]
    if head.rest:
        lines = (msgspec.structs.replace(head, text=head.rest, bold=None), *lines)
    heading = [RawHeading(6, title, first.span.line, {})] if title else []
    return [*heading, *([RawParagraph(lines, text_of(lines), first.span)] if lines else [])]


def _titled(first: RawParagraph, end: int, others: list[Raw]) -> tuple[Text | None, list[Raw]]:
    """Split a callout's first line into its title, where more follows, and what it holds."""
    line = without_start(first.lines[0].text, end)
    more = first.lines[1:]
    if not line or not (more or others):
        kept = first.less(end)
        return None, [kept, *others] if kept.text else others
    if not more:
        return line, others
    return line, [RawParagraph(more, text_of(more), first.span), *others]


def marked(builder: Builder, blocks: list[Raw], classes: list[str]) -> list[Raw]:
    """Return the blocks above a line of attributes, as the box that its classes name."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Code) and not last.language:
        return [*blocks[:-1], msgspec.structs.replace(last, language=_language(classes))]
    row = next((r for name in classes if (r := row_of(name.lower()))), None)
    if row is None or last is None or isinstance(last, RawHeading | Code | Box | Quote):
        return blocks
    return [*of_row(builder, row, ("", {}), blocks, (last.span, False))]


def _language(classes: list[str]) -> str:
    found = _LANGUAGE.match(classes[0]) if classes else None
    return found["name"] if found and found["name"] not in _OUTPUTS else ""


def of_chunk(builder: Builder, found: Coded, info: str, span: Span) -> list[Raw] | None:
    """Return what a chunk is that is no code for learners to see: its tool's answer or hint, or nothing; else None."""
    kind = chunk_kind(info, found.body)
    if kind == "unseen":
        told = "code that its chunk shows to nobody is left out"
        builder.notice("C190", span.line, told, "say echo=TRUE where it is to be seen")
        return []
    if not kind:
        return None
    if kind == "answer":
        builder.readers.withheld[span.line, info.strip("{} ")] = Decision(Reader.ANSWER)
    code = Code(span=span, text=found.body, language=found.language)
    asked = questions_in(found.body) if kind == "answer" else []
    questions = [Paragraph(span=span, text=plain_text(words)) for words in asked]
    return [
        *questions,
        Box(span=span, kind=kind, blocks=(code,), products=find_kind(kind).products),
    ]
