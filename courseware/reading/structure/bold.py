"""Bold lines: which head a part, which label a field, and what belongs to each.

The rules stand in docs/authors.md; the first that fits decides. Works on the children of one
heading or container, and returns model blocks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec

from courseware.diagnostics import Span
from courseware.language.twins import EAST, twins
from courseware.language.vocabulary import Vocabulary, key_of, split_emoji
from courseware.model.blocks import (
    Block,
    Box,
    Code,
    Drawing,
    Field,
    Figure,
    Form,
    Heading,
    List,
    Math,
    Paragraph,
    Part,
    Rule,
    Table,
    Text,
    Topic,
)
from courseware.model.cutting import (
    TextLine,
    part_of,
    together,
    without_last,
    without_start,
)
from courseware.model.inline import BOLD, ITALIC, Mark, joined, plain_text, words_of
from courseware.model.pairs import are_pairs
from courseware.model.walk import grouped
from courseware.reading.blocks.inline_tokens import ParagraphLine, text_of
from courseware.reading.structure.headings import RawHeading, heading_of
from courseware.reading.structure.labels import ornament
from courseware.reading.structure.tasks.choices import (
    as_choices,
    boxed,
    boxes_below,
    boxes_of,
    keyed,
    last_words,
    lettered,
    letters_of,
    scale_of,
    with_choices_below,
)
from courseware.reading.structure.tasks.gaps import form_of
from courseware.reading.structure.times.heading_times import split_time

LONGEST_LABEL = 8
"""Words that a field's label has at most."""
_NUMBERED = re.compile(r"^#?\d+(?:\.\d+)*[.):]?\s+\S|^#\d+\b|^\d+\.\d+\b")
_SENTENCE = re.compile(r"[.?!…]$")
_NAME = r"[^\W\d_][^\s\d_:.,;!?()|]*"
_UNBOLD = re.compile(rf"^¿?(?P<label>{_NAME}(?: {_NAME}){{0,3}})\s*[:?](?:\s+|$|(?<=[{EAST}]:))")
_STOPPED = re.compile(rf"^(?P<label>{_NAME}(?: {_NAME})?)\s*\.(?:\s+|$)")
_SHOWN = (Code, Drawing, Figure, Math)
"""What a question is about: its choices come after it."""
_VALUES = (List, Code, Form, Drawing, Table, Paragraph)


Raw: TypeAlias = "Block | RawParagraph | RawHeading"
"""A block, a `RawParagraph` or a `RawHeading`."""


class RawParagraph(msgspec.Struct):
    """A paragraph with its lines still apart."""

    lines: tuple[ParagraphLine, ...]
    text: Text
    span: Span

    def less(self, length: int) -> RawParagraph:
        """Return the paragraph without its first `length` characters."""
        first = self.lines[0]
        text = without_start(first.text, length)
        head = ParagraphLine(first.number, text, breaks=first.breaks)
        lines = (head, *self.lines[1:]) if text else self.lines[1:]
        return RawParagraph(lines, text_of(lines), self.span)


class _Mark(msgspec.Struct):
    """A line that heads a part; `sure` where its own form says so (rule 1)."""

    line: ParagraphLine
    heading: Heading
    span: Span
    sure: bool


def structured(
    blocks: list[Raw], words: Vocabulary, item: bool = False, title: str = ""
) -> tuple[Block, ...]:
    """Return raw blocks as model blocks: topics below headings, parts and fields by bold lines; `title` heads them."""
    first = next((i for i, b in enumerate(blocks) if isinstance(b, RawHeading)), len(blocks))
    own = _with_parts(blocks[:first], words, item, title)
    return grouped([*_records(own), *_topics(blocks[first:], words)])


def _topics(blocks: list[Raw], words: Vocabulary) -> list[Block]:
    topics: list[Block] = []
    at = 0
    while at < len(blocks):
        raw = blocks[at]
        end = at + 1
        if isinstance(raw, RawHeading):
            while end < len(blocks) and not _ends(blocks[end], raw.level):
                end += 1
            topics.append(
                topic_of(raw, structured(blocks[at + 1 : end], words, title=raw.text.plain), words)
            )
        at = end
    return topics


def _ends(block: Raw, level: int) -> bool:
    return isinstance(block, RawHeading) and block.level <= level


def topic_of(raw: RawHeading, blocks: tuple[Block, ...], words: Vocabulary) -> Topic:
    """Return a heading's topic."""
    heading = heading_of(raw.text, words, raw.attributes, raw.level)
    return Topic(
        span=_place(blocks, raw.line),
        id=raw.attributes.get("id", ""),
        heading=heading,
        blocks=blocks,
    )


def _place(blocks: tuple[Block, ...], line: int) -> Span:
    return Span(blocks[0].span.path if blocks else "", line)


def _with_parts(blocks: list[Raw], words: Vocabulary, item: bool, title: str) -> list[Block]:
    pieces: list[Block | _Mark] = []
    for block in blocks:
        if isinstance(block, RawParagraph):
            last = pieces[-1] if pieces else None
            said = last.line if isinstance(last, _Mark) else last
            asked = last_words(said) if isinstance(said, List) else _asked(pieces[-1:])
            made = _pieces(block, words, item, asked)
            below = made[0] if made else None
            if (
                isinstance(said, List)
                and isinstance(below, List)
                and below.items[0].checked is None
            ):
                pieces[-1] = with_choices_below(said, below)
                made = made[1:]
            pieces.extend(made)
        elif isinstance(block, List):
            asked = _asked(pieces)
            listed = as_choices(block, asked, words)
            above = last_words(pieces[-1]) if pieces and isinstance(pieces[-1], List) else asked
            pieces.append(keyed(listed, above if pieces else title, words))
        elif not isinstance(block, RawHeading):
            pieces.append(block)
    maybe = [(i, p) for i, p in enumerate(pieces) if isinstance(p, _Mark) and not p.sure]
    followed = all(
        i + 1 < len(pieces) and not isinstance(pieces[i + 1], _Mark | Rule) for i, _ in maybe
    )
    if len(maybe) < 2 or not followed:
        for i, mark in maybe:
            pieces[i] = Paragraph(span=mark.span, text=mark.line.text)
    return _assembled(pieces)


def _asked(pieces: Sequence[Block | _Mark]) -> str:
    """Return the words of the paragraph or heading that stands last, code and pictures behind it aside."""
    last = next((p for p in reversed(pieces) if not isinstance(p, _SHOWN)), None)
    said = last.line if isinstance(last, _Mark) else last
    return said.text.plain if isinstance(said, Paragraph | ParagraphLine) else ""


def _assembled(pieces: list[Block | _Mark]) -> list[Block]:
    result: list[Block] = []
    at = 0
    while at < len(pieces):
        mark = pieces[at]
        if not isinstance(mark, _Mark):
            result.append(mark)
            at += 1
            continue
        end = at + 1
        while end < len(pieces) and not isinstance(pieces[end], _Mark | Rule):
            end += 1
        held = [piece for piece in pieces[at + 1 : end] if not isinstance(piece, _Mark)]
        inside = _records(_valued(held))
        result.append(Part(span=mark.span, heading=mark.heading, blocks=grouped(inside)))
        at = end
    return _valued(result)


def _valued(blocks: list[Block]) -> list[Block]:
    """Give each field without a value on its line what directly follows it."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if isinstance(last, Field) and _takes(last, block):
            result[-1] = msgspec.structs.replace(last, blocks=(*last.blocks, block))
        else:
            result.append(block)
    return result


def _takes(field: Field, block: Raw) -> bool:
    notes = isinstance(block, Box) and block.kind == "note-lines"
    if not (isinstance(block, _VALUES) or notes):
        return False
    if not field.blocks:
        return not field.value
    last = field.blocks[-1]
    lead = isinstance(last, Paragraph) and last.text.plain.endswith(":")
    return len(field.blocks) == 1 and lead and not isinstance(block, Paragraph)


def _records(blocks: list[Block]) -> list[Block]:
    """Turn two or more labels that come again and again into records, a part each."""
    if not blocks or not all(isinstance(b, Field) for b in blocks):
        return blocks
    keys = [b.key for b in blocks if isinstance(b, Field)]
    starts = [i for i, key in enumerate(keys) if key == keys[0]]
    if len(starts) < 2 or starts[0] != 0 or min(b - a for a, b in itertools.pairwise(starts)) < 2:
        return blocks
    runs = [keys[a:b] for a, b in zip(starts, [*starts[1:], len(keys)], strict=True)]
    if any(len(set(run)) != len(run) or len(run) < 2 for run in runs):
        return blocks
    edges = zip(starts, [*starts[1:], len(blocks)], strict=True)
    return [Part(span=blocks[a].span, blocks=tuple(blocks[a:b])) for a, b in edges]


def _pieces(
    paragraph: RawParagraph, words: Vocabulary, item: bool, asked: str
) -> list[Block | _Mark]:
    """Return what the lines of a paragraph are; `asked` is the paragraph before it."""
    pieces: list[Block | _Mark] = []
    texts: list[ParagraphLine] = []

    def close() -> None:
        pieces.extend(_worded(texts, paragraph.span, words, pieces[-1:], asked))
        texts.clear()

    lines = paragraph.lines
    if are_pairs([line.text.plain for line in lines]):
        lines = tuple(msgspec.structs.replace(line, breaks=True) for line in lines)
    for index, line in enumerate(lines):
        span = msgspec.structs.replace(paragraph.span, line=line.number)
        mark = _mark(line, span, words) if index == 0 and not item else None
        if mark is not None and (mark.sure or len(lines) == 1):
            pieces.append(mark)
            continue
        above = texts[-1].text.plain if texts else "" if pieces else asked
        if boxes := boxes_of(line, span) or scale_of(line, span, above, words):
            close()
            pieces.extend(boxes)
            continue
        field = field_of(line, span)
        if field is None and index + 1 < len(lines):
            field = _bare_label(line, span, words)
        if field is not None:
            close()
            pieces.append(field)
        elif pieces and isinstance(pieces[-1], Field) and not texts and not _labelled(line, words):
            last = pieces[-1]
            before = TextLine(last.value, lines[index - 1].breaks)
            value = together([before, TextLine(line.text, line.breaks)])
            pieces[-1] = msgspec.structs.replace(last, value=value)
        else:
            if _labelled(line, words):
                close()
            texts.append(line)
    close()
    return pieces


def _worded(
    lines: list[ParagraphLine],
    span: Span,
    words: Vocabulary,
    before: Sequence[Block | _Mark] = (),
    asked: str = "",
) -> Iterator[Block]:
    """Yield lines as a paragraph, and as choices those with letters behind a question."""
    last = before[0] if before else None
    asked = last.line.text.plain if isinstance(last, _Mark) else "" if before else asked
    for at in range(len(lines)):
        count = lettered(
            [one.text.plain for one in lines[at:]], lines[at - 1].text.plain if at else asked, words
        )
        if boxes := boxed([one.text.plain for one in lines[at:]]):
            yield from _worded(lines[:at], span, words)
            yield boxes_below(lines[at : at + boxes], span)
            yield from _worded(lines[at + boxes :], span, words)
            return
        if count:
            yield from _worded(lines[:at], span, words)
            yield keyed(letters_of(lines[at : at + count], span), asked, words)
            yield from _worded(lines[at + count :], span, words)
            return
    if lines:
        place = msgspec.structs.replace(span, line=lines[0].number)
        yield form_of(lines, place) or Paragraph(span=place, text=text_of(lines))


def paragraphs(
    lines: Sequence[ParagraphLine], span: Span, words: Vocabulary
) -> tuple[Paragraph, ...]:
    """Return lines as paragraphs: one, and one more from each line that begins an answer or a hint."""
    groups: list[list[ParagraphLine]] = []
    for line in lines:
        if groups and not _labelled(line, words):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(Paragraph(span=span, text=text_of(group)) for group in groups)


def _bare_label(line: ParagraphLine, span: Span, words: Vocabulary) -> Field | None:
    """Return the field that a bold line "Answer" or "Hint" is, though no colon says so."""
    if line.bold is None or line.rest:
        return None
    key = key_of(line.bold.plain)
    if words.role_of(key) not in ("answer", "hint"):
        return None
    return Field(span=span, label=line.bold, key=key)


def _labelled(line: ParagraphLine, words: Vocabulary) -> bool:
    plain = twins(line.text.plain)
    found = _UNBOLD.match(plain[ornament(line.text.plain) :])
    return found is not None and words.role_of(key_of(found["label"])) == "hint"


def _mark(line: ParagraphLine, span: Span, words: Vocabulary) -> _Mark | None:
    if line.bold is None:
        return None
    rest = twins(line.rest.plain).strip()
    title = twins(line.bold.plain)
    colon = title.endswith(":") or rest == ":"
    name = title.rstrip(": ")
    *_, time = split_time(f"{name} {rest.strip(': ')}", words.tongue)
    tail = rest.strip(": ")
    whole = not tail or time is not None or (tail.startswith("(") and tail.endswith(")"))
    bare = split_emoji(name)[1]
    if not whole or not bare:
        return None
    sure = bool(_NUMBERED.match(bare) or words.part_title.match(bare))
    if not sure and (colon or _SENTENCE.search(name)):
        return None
    bold = without_last(line.bold, ":： ")
    text = joined(bold, " ", line.rest) if tail else bold
    return _Mark(line, heading_of(text, words, {}), span, sure)


def field_of(line: ParagraphLine, span: Span) -> Field | None:
    """Return the field that a line is: a bold run with a colon in it or after it."""
    if line.bold is None:
        return None
    bold = twins(line.bold.plain)
    inside = bold.endswith(":")
    after = twins(line.rest.plain).startswith(":")
    label = bold.rstrip(": ")
    if not (inside or after) or not label or len(label.split()) > LONGEST_LABEL:
        return None
    value = without_start(line.rest, 1) if after and not inside else line.rest
    return Field(span=span, label=line.bold, key=key_of(label), value=value)


def unbold_field(paragraph: Paragraph, words: Vocabulary) -> Field | None:
    """Return the field that an exercise's line "Hint: …" is, without bold.

    A full stop ends the label where that stands out: "**Solution.** …".
    """
    text = paragraph.text
    plain = twins(text.plain)
    start = ornament(text.plain)
    found = _UNBOLD.match(plain[start:]) or (_stands_out(text) and _STOPPED.match(plain))
    if not found or words.role_of(key_of(found["label"])) != "hint":
        return None
    end = found.end() + (start if found.re is _UNBOLD else 0)
    label = plain_text(text.plain[:end].strip())
    value = part_of(text, end, len(text.plain))
    return Field(span=paragraph.span, label=label, key=key_of(found["label"]), value=value)


def _stands_out(text: Text) -> bool:
    """Whether a text begins with bold or italic words that end with a full stop, inside or behind."""
    first, *others = text.inlines or (None,)
    if not isinstance(first, Mark) or first.name not in BOLD | ITALIC:
        return False
    behind = words_of(others[0]).removeprefix(".") if others else ""
    bare = words_of(first).removesuffix(".")
    return not behind[:1].strip() and bool(bare) and "." not in bare
