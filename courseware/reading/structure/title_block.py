"""What stands around a session's text: its facts in lines below the title, its revision at the end."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from courseware.diagnostics import Span
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import Field, Section, Text, Time
from courseware.model.cutting import only_mark, part_of, stacked, trimmed
from courseware.model.inline import BOLD, ITALIC
from courseware.model.session import Meta
from courseware.reading.blocks.inline import Line
from courseware.reading.structure import time_phrases as times
from courseware.reading.structure.bold import RawParagraph, field_of

replace = msgspec.structs.replace
_META_LINE = re.compile(r"^(?P<key>[A-Z][\w /-]{0,40}):\s*(?P<value>\S.*)$")


def take_revision(raw: list[Any], words: Vocabulary) -> tuple[Text, list[Any]]:
    """Take the last line in italics that says when the session was revised."""
    italic = only_mark(raw[-1].text, ITALIC) if raw and isinstance(raw[-1], RawParagraph) else None
    if italic is not None:
        label = raw[-1].text.plain.partition(":")[0]
        if key_of(label) in words.of("revision"):
            return Text(italic.inside), raw[:-1]
    return Text(), raw


def take_meta(raw: list[Any], words: Vocabulary) -> tuple[tuple[Meta, ...], list[Any]]:
    """Take the meta line, or the labelled lines, that come before all else."""
    found: list[Meta] = []
    at = 0
    while at < len(raw) and isinstance(raw[at], RawParagraph):
        rows = _meta_rows(raw[at], words, first=not found)
        if rows is None:
            break
        found += rows
        at += 1
    return tuple(found), raw[at:]


def _meta_rows(paragraph: RawParagraph, words: Vocabulary, first: bool) -> list[Meta] | None:
    """Return a paragraph's facts, None where it is text; a bold line with bars comes first."""
    text = paragraph.text
    bold = only_mark(text, BOLD)
    if first and len(paragraph.lines) == 1 and bold:
        facts = _between_bars(trimmed(Text(bold.inside)))
        if len(facts) > 1 or ":" in text.plain:
            return [_meta_row(fact, words, paragraph.span.line) for fact in facts if fact]
    return _labelled_rows(paragraph, words)


def _labelled_rows(paragraph: RawParagraph, words: Vocabulary) -> list[Meta] | None:
    """Return the facts of lines "Label: value", None where no label is known, or one has none."""
    rows: list[Meta] = []
    known = False
    for part in paragraph.lines:
        labelled = _labelled(part, paragraph.span)
        if labelled is not None:
            key, value = labelled
            known = known or key in words.of("meta") or key in words.of("times")
            rows.append(Meta(_meta_key(key, words), value, part.text, part.number))
        elif known and _goes_on(rows[-1], part, paragraph.span):
            last = rows.pop()
            rows.append(replace(last, text=stacked(last.text, part.text), line=part.number))
        else:
            return None
    return rows if known else None


def _labelled(part: Line, span: Span) -> tuple[str, str] | None:
    """Return a line's label and value, or None."""
    field = field_of(part, span)
    if field is not None and field.value:
        return field.key, field.value.plain
    match = _META_LINE.match(part.text.plain)
    if match is None or part.bold is not None:
        return None
    return key_of(match["key"]), match["value"]


def _goes_on(last: Meta, part: Line, span: Span) -> bool:
    """Whether a line without a label goes on with the line above it."""
    return last.line == part.number - 1 and part.bold is None and field_of(part, span) is None


def _between_bars(text: Text) -> list[Text]:
    """Return what stands between the bars of a text."""
    bars = [at for at, sign in enumerate(text.plain) if sign == "|"]
    edges = zip([0, *(at + 1 for at in bars)], [*bars, len(text.plain)], strict=True)
    return [part_of(text, start, end) for start, end in edges]


def _meta_row(text: Text, words: Vocabulary, line: int) -> Meta:
    """Return a fact from a piece between bars."""
    plain = text.plain
    key, mark, value = plain.partition(":")
    word = key_of(key).split(" ")[0]
    if not mark:
        named = word in words.of("module") and re.search(r"\d", plain)
        return Meta("module" if named else "", plain, text, line)
    return Meta(_meta_key(key_of(key), words), value.strip(), text, line)


def _meta_key(key: str, words: Vocabulary) -> str:
    if key in words.of("times") or key.startswith("session slot"):
        return "length"
    return "module" if key in words.of("module") else key


def length_of(
    meta: tuple[Meta, ...], sections: tuple[Section, ...], words: Vocabulary
) -> Time | None:
    """Return the session's length as its facts say, or a section that is an overview."""
    for row in meta:
        if row.key == "length":
            bracket = re.search(r"\(([^()]*)\)", row.value)
            found = times.duration(row.value) or (times.duration(bracket[1]) if bracket else None)
            if found is not None:
                return found
    for section in sections[:1]:
        if key_of(section.heading.name) in words.of("overview"):
            for block in section.blocks:
                if isinstance(block, Field) and block.key in words.of("times"):
                    return times.duration(block.value.plain)
    return None
