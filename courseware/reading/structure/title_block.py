"""What stands around a session's text: its facts in lines below the title, its revision at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import msgspec

from courseware.diagnostics import Span
from courseware.language.frames import Place, Reader, Setting
from courseware.language.frames.recipients import is_sentence
from courseware.language.small_words import SmallWords, small_words
from courseware.language.twins import alike, twins
from courseware.language.vocabulary import Vocabulary, key_of, split_emoji
from courseware.model.blocks import (
    Field,
    List,
    Node,
    Paragraph,
    Quote,
    Section,
    Table,
    Text,
    Time,
)
from courseware.model.cutting import only_mark, part_of, stacked, trimmed, without_start
from courseware.model.inline import BOLD, ITALIC, joined, plain_text
from courseware.model.session import Meta, Session
from courseware.model.walk import texts
from courseware.reading.blocks.inline_tokens import ParagraphLine
from courseware.reading.source.decoding import without_controls
from courseware.reading.structure.bold import Raw, RawParagraph, field_of
from courseware.reading.structure.headings import RawHeading, heading_of, untimed
from courseware.reading.structure.labels import lines_of
from courseware.reading.structure.times import time_phrases as times
from courseware.reading.structure.times.clocks import day_range
from courseware.reading.structure.times.heading_times import whole_time

replace = msgspec.structs.replace
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
"""Signs of vowels and the joints of letters, which Python counts to no word: Hebrew, Arabic, Hindi and Thai have them."""
KNOWN = 2
"""Known labels that facts have at least where a paragraph stands before them."""
_META_LINE = re.compile(rf"^(?P<key>[^\W\d_a-zß-ÿ][\w{_MARKS} /-]{{0,40}}):\s*(?P<value>\S.*)$")


def take_revision(raw: list[Raw], words: Vocabulary) -> tuple[Text, list[Raw]]:
    """Take the last line in italics that says when the session was revised."""
    last = raw[-1] if raw else None
    if isinstance(last, RawParagraph) and (italic := only_mark(last.text, ITALIC)) is not None:
        label = twins(last.text.plain).partition(":")[0]
        if key_of(label) in words.of("revision"):
            return Text(italic.inside), raw[:-1]
    return Text(), raw


def take_meta(raw: list[Raw], words: Vocabulary) -> tuple[tuple[Meta, ...], list[Raw]]:
    """Take the meta line, the labelled lines or the list of them that come first, or right behind one paragraph."""
    found: list[Meta] = []
    before = 0
    if len(raw) > 1 and isinstance(raw[0], RawParagraph) and not _rows(raw[0], words, True):
        before = sum(_is_known(m.key, words) for m in _rows(raw[1], words, False) or ()) >= KNOWN
    at = int(before)
    for block in raw[at:]:
        rows = _rows(block, words, not found)
        if rows is None:
            break
        found += rows
        at += 1
    return tuple(found), [*raw[: int(before)], *raw[at:]] if found else raw


def _rows(block: Raw, words: Vocabulary, first: bool) -> list[Meta] | None:
    """Return a block's facts, None where it is something else."""
    if isinstance(block, RawParagraph):
        return _meta_rows(block, words, first)
    return _listed_rows(block, words) if isinstance(block, List) else None


def _listed_rows(listed: List, words: Vocabulary) -> list[Meta] | None:
    """Return the facts of a list of nothing but "Label: value", None where no label is known."""
    rows: list[Meta] = []
    for item in listed.items:
        line = item.blocks[0] if len(item.blocks) == 1 and item.checked is None else None
        if isinstance(line, Field) and line.value and not line.blocks:
            key, value, text = line.key, line.value.plain, joined(line.label, " ", line.value)
        elif isinstance(line, Paragraph) and (said := _META_LINE.match(twins(line.text.plain))):
            key, value, text = key_of(said["key"]), said["value"], line.text
        else:
            return None
        if _is_told_to_leader(key, value, words):
            return None
        rows.append(Meta(_meta_key(key, words), value, text, item.span.line))
    return rows if any(_is_known(row.key, words) for row in rows) else None


def _is_known(key: str, words: Vocabulary) -> bool:
    return key == "length" or key in words.of("meta") or key in words.of("times")


def _meta_rows(paragraph: RawParagraph, words: Vocabulary, first: bool) -> list[Meta] | None:
    """Return a paragraph's facts, None where it is text; a bold line with bars comes first."""
    text = paragraph.text
    bold = only_mark(text, BOLD)
    if first and len(paragraph.lines) == 1 and bold:
        facts = _between_bars(trimmed(Text(bold.inside)))
        if len(facts) > 1 or ":" in twins(text.plain):
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
            if _is_told_to_leader(key, value, words):
                return None
            known = known or _is_known(key, words)
            rows.append(Meta(_meta_key(key, words, value), value, part.text, part.number))
        elif known and _goes_on(rows[-1], part, paragraph.span):
            last = rows.pop()
            rows.append(replace(last, text=stacked(last.text, part.text), line=part.number))
        else:
            return None
    return rows if known else None


def _is_told_to_leader(key: str, value: str, words: Vocabulary) -> bool:
    """Whether a line below the title is for who leads and no name: "Trainer: Show the demo first.", "Trainer notes: p. 4"."""
    if not is_sentence(value) and _is_known(key, words):
        return False
    found = words.frames.decide(key, Setting(Place.LABEL, text=value))
    return found.reader is not Reader.EVERYONE


def _labelled(part: ParagraphLine, span: Span) -> tuple[str, str] | None:
    """Return a line's label and value, or None."""
    field = field_of(part, span)
    if field is not None and field.value:
        return field.key, field.value.plain
    match = _META_LINE.match(twins(part.text.plain))
    if match is None or part.bold is not None:
        return None
    return key_of(match["key"]), match["value"]


def _goes_on(last: Meta, part: ParagraphLine, span: Span) -> bool:
    """Whether a line without a label goes on with the line above it."""
    return last.line == part.number - 1 and part.bold is None and field_of(part, span) is None


def _between_bars(text: Text) -> list[Text]:
    """Return what stands between the bars of a text, or between other signs where a label stands behind each."""
    said = twins(text.plain)
    signs = "|" if "|" in said else "/·;•"
    bars = [at for at, sign in enumerate(said) if sign in signs]
    if signs != "|" and not all(":" in said[a:b] for a, b in pairwise([0, *bars, None])):
        return [text]
    edges = zip([0, *(at + 1 for at in bars)], [*bars, len(text.plain)], strict=True)
    return [part_of(text, start, end) for start, end in edges]


def _meta_row(text: Text, words: Vocabulary, line: int) -> Meta:
    """Return a fact from a piece between bars."""
    plain = text.plain
    key, mark, _ = twins(plain).partition(":")
    value = plain[len(key) + 1 :]
    word = key_of(key).split(" ")[0]
    if not mark:
        named = word in words.of("module") and re.search(r"\d", plain)
        return Meta("module" if named else "", plain, text, line)
    return Meta(_meta_key(key_of(key), words, value), value.strip(), text, line)


def _meta_key(key: str, words: Vocabulary, value: str = "") -> str:
    if (
        _of_all(key, value.strip(" *_"), words)
        or key in words.of("times")
        or key.startswith("session slot")
    ):
        return "length"
    return "module" if key in words.of("module") else key


def length_of(
    meta: tuple[Meta, ...], sections: tuple[Section, ...], words: Vocabulary
) -> Time | None:
    """Return the session's length as its facts say, or a section that is an overview."""
    for row in meta:
        if row.key == "length":
            bracket = re.search(r"\(([^()]*)\)", row.value)
            found = times.in_all(row.value, words.tongue)
            if found is None and bracket:
                found = times.in_all(bracket[1], words.tongue)
            if found is not None:
                return found
    for section in sections[:2]:
        opens = not section.heading.name and section.kind == "introduction"
        if opens or key_of(section.heading.name) in words.of("overview"):
            for block in section.blocks[:MOST_FACTS]:
                if found := next(filter(None, _lengths(block, words, opens)), None):
                    return found
    return None


def _lengths(block: Node, words: Vocabulary, bare: bool) -> Iterator[Time | None]:
    """Yield the lengths that a block's labels state, in a list, quotation or table too; `bare` lines count as well."""
    if isinstance(block, Field):
        yield _labelled_length(block.label.plain, block.value.plain, words)
    elif isinstance(block, List | Quote):
        held = block.blocks if isinstance(block, Quote) else ()
        firsts = [b for i in block.items for b in i.blocks[:1]] if isinstance(block, List) else held
        for inside in firsts:
            yield from _lengths(inside, words, bare=False)
    elif isinstance(block, Paragraph):
        for line in lines_of(block.text):
            for sentence in _ENDS.split(twins(line.plain)):
                label, colon, value = sentence.partition(":")
                yield _labelled_length(label, value, words) if colon else None
            for said in twins(line.plain).split("|") if bare else ():
                sign, rest = split_emoji(said.strip())
                alone = said.strip() == line.plain and only_mark(line, ITALIC) is not None
                yield whole_time(rest, words.tongue) if alone or sign[:1] in times.CLOCKS else None
    elif isinstance(block, Table):
        rows = [[" ".join(t.plain for t in texts([c])) for c in r.cells] for r in (*block.head, *block.rows)]  # fmt: skip
        below = zip(rows[0], rows[1], strict=False) if len(rows) == 2 else ()
        lengths = small_words(words.tongue).plain("time_lengths")
        pairs = [(a, b) for a, b in below if any(word in twins(a).lower() for word in lengths)]
        for label, value in (*pairs, *((row[0], row[1]) for row in rows if len(row) == 2)):
            yield _labelled_length(label, value, words)


def _labelled_length(label: str, value: str, words: Vocabulary) -> Time | None:
    value = value.strip(" *_")
    if key_of(split_emoji(label.strip(" *_"))[1].rstrip(":： ")) in words.of("times"):
        return times.in_all(value, words.tongue) or day_range(value, words.tongue)
    return _of_all(label, value, words)


def _of_all(label: str, value: str, words: Vocabulary) -> Time | None:
    """Return the time that a value is below a label such as "Total" or "Gesamtdauer"."""
    named = len(label.split()) <= MOST_WORDS and _in_all(small_words(words.tongue)).search(
        alike(label)
    )
    return whole_time(value, words.tongue) if named else None


@cache
def _in_all(small: SmallWords) -> re.Pattern[str]:
    """Return the pattern of what tells in a label that the time that it names is how long all lasts."""
    return re.compile(small.apart("time_in_all"), re.IGNORECASE)


MOST_WORDS = 4
"""Words of such a label."""


_ENDS = re.compile(r"(?<=[.!?])(?:\s+|(?=[^\x00-\x7f]))")
"""Where a sentence ends and another begins."""
MOST_FACTS = 4
"""Blocks below a title in which a session's length is sought."""


MOST_DIGITS = 4
"""Digits of a number that begins a file's name; more are a date."""


class Named(NamedTuple):
    """What a session is called so far; `stated` where the author gave its number."""

    text: Text = Text()
    label: str = ""
    number: int | None = None
    stated: bool = False
    subtitle: Text = Text()


def take_title(raw: list[Raw], given: str) -> tuple[RawHeading | None, list[Raw]]:
    """Return the heading that is the session's title, and all other blocks.

    Where front matter has a title, `given`, and several headings are of the first level, they are
    sections, unless the first says that title again.
    """
    headings = [b for b in raw if isinstance(b, RawHeading)]
    if not headings or headings[0].level != 1:
        return None, raw
    title, highest = headings[0], [b for b in headings if b.level == 1]
    if given and len(highest) > 1 and not _alike(title.text.plain, given):
        return None, raw
    return title, [b for b in raw if b is not title]


def _alike(one: str, other: str) -> bool:
    """Whether a title says another, or a part of it."""
    first, second = (re.sub(r"\W+", " ", t.casefold()).strip() for t in (one, other))
    return first in second or second in first


def titled(
    path: str, title: RawHeading | None, facts: dict[str, Any], words: Vocabulary
) -> Session:
    """Return the session, named and numbered and empty."""
    named = _headed(title, words) if title is not None else Named()
    if facts.get("title") is not None:
        named = _retitled(named, facts["title"], words)
    stem = _stem(path)
    if "number" in facts:
        named = named._replace(number=facts["number"], stated=True)
    digits = re.match(r"\d+", stem)
    if named.number is None and digits and len(digits[0]) <= MOST_DIGITS:
        named = named._replace(number=int(digits[0]))
    return Session(path=path, title=named.text or _filed(stem), label=named.label,
                   subtitle=named.subtitle, number=named.number, number_stated=named.stated)  # fmt: skip


def _headed(title: RawHeading, words: Vocabulary) -> Named:
    """Return what the heading calls the session: "Session 7: Teams" is its number and its title."""
    named = words.session_title.match(title.text.plain)
    if not named:
        found = heading_of(title.text, words, title.attributes)
        goes_on = found.label and found.title.plain[:1].islower()  # "Exercise — writing a file"
        return Named(untimed(title.text, words.tongue)[0] if goes_on else found.title or title.text)
    number = int(words.number_of(named))
    if not named["rest"]:
        return Named(title.text, "", number, True)
    rest, _ = untimed(without_start(title.text, named.start("rest")), words.tongue)
    return Named(rest, _as_written(title.text.plain, named), number, True)


def _as_written(text: str, named: re.Match[str]) -> str:
    """Return the label of a title in the author's own digits and signs: it is found in a twin of the same length."""
    return text[slice(*named.span("label"))]


def _retitled(before: Named, given: str, words: Vocabulary) -> Named:
    """Return what front matter calls it; a heading that says something else is its subtitle."""
    named = words.session_title.match(given)
    if named and named["rest"]:
        label = before.label or _as_written(given, named)
        given, number = named["rest"], int(words.number_of(named))
        before = before._replace(label=label, number=number, stated=True)
    if before.text and before.text.plain.lower() == given.lower():
        return before
    return before._replace(text=plain_text(given), subtitle=before.text)


def _stem(path: str) -> str:
    """Return a file's name, or its folder's where its own says nothing."""
    file = PurePosixPath(path)
    nameless = file.stem.lower() in ("readme", "index") and file.parent.name
    return file.parent.name if nameless else file.stem


def _filed(stem: str) -> Text:
    """Return a title made of a file's name."""
    stem = without_controls(stem)
    name = re.sub(r"^\d+[-_. ]*", "", stem).replace("-", " ").replace("_", " ").strip() or stem
    return plain_text(name[:1].upper() + name[1:])
