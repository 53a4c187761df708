"""An agenda's items and rows with their minutes, in every usual form.

Ranges of clock times ("9:00–9:30", "9–10 am", "12.00–1.00"); starts alone, each of which lasts to the next
("00:00", "00:05", … "00:75": past 59 minutes a clock tells how much time has gone by); durations ("20 min
Lesson"); and in a table a column of one of these, where times that rise below "Start" or "Time" count
from the beginning.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TypeVar

import msgspec

from courseware.diagnostics import Span
from courseware.language.catalogue import Tongue
from courseware.language.small_words import SmallWords, small_words
from courseware.language.twins import alike
from courseware.model.blocks import (
    Block,
    Field,
    Item,
    List,
    Node,
    Paragraph,
    Parallel,
    Part,
    Row,
    Table,
    Text,
    Time,
    Topic,
)
from courseware.model.cutting import pieces
from courseware.model.inline import joined, marked
from courseware.model.walk import N, texts
from courseware.reading.structure.times.clocks import (
    EARLIEST,
    HALF_DAY,
    LONGEST,
    clock_range,
    day_range,
    is_full_hour,
    last_range,
    start_of,
)
from courseware.reading.structure.times.heading_times import split_time, whole_time
from courseware.reading.structure.times.time_phrases import duration, whole


class _AgendaForms(msgspec.Struct, frozen=True):
    """How an agenda's lines and columns tell times: the patterns and words of what stands around one."""

    lengths: tuple[str, ...]
    """In a column's head: its cells are how long each part lasts."""
    starts: frozenset[str]
    """In a cell of a column of clock times: the beginning."""
    offsets: tuple[str, ...]
    """In a column's head: its cells are clock times, or, where they rise, how much time has gone by."""
    elapsed: re.Pattern[str]
    """From when to when, in minutes gone by: "0–20: Start"."""
    gone: re.Pattern[str]
    """How much time has gone by: "T+20", "T+1:15"."""
    clock: re.Pattern[str]
    """A clock time alone, as in columns "From" and "To"."""
    sum: re.Pattern[str]
    """In the last of an agenda's rows: its time is that of those above."""
    each: re.Pattern[str]

    def tell_lengths(self, head: str) -> bool:
        """Whether a column's head says that its cells are lengths."""
        return any(word in head for word in self.lengths)


def _forms(tongue: Tongue) -> _AgendaForms:
    return _made(small_words(tongue))


@cache
def _made(small: SmallWords) -> _AgendaForms:
    minutes, starts = small.minutes, small.plain("time_start")
    patterns = (
        rf"^[\s(\[]*({minutes}\.?\s+)?(\d{{1,3}})\s*[-–—~]\s*(\d{{1,3}})(\s*(?:{minutes}\.?|['′’]))?[\s)\]]*(?:[:|–—-]|$|(?(1)\w|(?(4)\w|$)))",
        rf"^[\s(\[]*t\s*\+\s*(?:(\d{{1,2}}):(\d{{2}})|(\d{{1,3}})(?:\s*{minutes}\.?|['′’])?)(?!\w)",
        rf"\s*\d{{1,2}}\s*[:.h]\s*\d{{2}}\s*(?:{small.any_of('time_oclock')})?\s*",
        small.apart("time_sum"),
        rf"\s*(?:{small.apart('time_each')})",
    )
    return _AgendaForms(
        small.plain("time_lengths"),
        frozenset(starts),
        (*starts, *small.plain("time_clock")),
        *(re.compile(pattern, re.IGNORECASE) for pattern in patterns),
    )


_PLUS = re.compile(r"^\s*\+(?=\d{1,2}:\d{2}\s*$)")
_HOURS = re.compile(r"([0-9]):([0-5]\d)")
_LINED = (Paragraph, Field)
_PRIMED = re.compile(r"^[\s(\[]*(?:[~≈]\s*)?(\d{1,3})['′’](?=[\s)\]])")
T = TypeVar("T", Item, Row)


def with_times(blocks: Sequence[Block], tongue: Tongue) -> tuple[Block, ...]:
    """Return an agenda's blocks with the time of each item or row; lines that all state one are a list."""
    found: list[Block] = []
    for lined, run in itertools.groupby(blocks, lambda block: isinstance(block, _LINED)):
        some = tuple(run)
        found += _listed(some, tongue) if lined else (_block(one, tongue) for one in some)
    return tuple(found)


def _listed(blocks: tuple[Block, ...], tongue: Tongue) -> tuple[Block, ...]:
    """Return paragraphs and labelled lines as a list, each line an item, where each but the last states a time.

    One that leads in, and one that closes, states none.
    """
    for start, end in ((0, 0), (1, 0), (0, 1), (1, 1)):
        inside = blocks[start : len(blocks) - end]
        if found := _list_of(inside, tongue):
            return (*blocks[:start], found, *blocks[len(blocks) - end :])
    return tuple(_block(block, tongue) for block in blocks)


def _list_of(blocks: tuple[Block, ...], tongue: Tongue) -> List | None:
    """Return the list that the lines of blocks are, None where two or more state no time."""
    lines = [line for block in blocks for line in _lines(block)]
    times = list_times([text.plain for _, text in lines], tongue)
    if len(lines) < 2 or not all(times[:-1]):
        return None
    items = tuple(
        Item(span=at, blocks=(Paragraph(span=at, text=text),), time=time)
        for (at, text), time in zip(lines, times, strict=True)
    )
    return List(span=blocks[0].span, items=items)


def _lines(block: Block) -> Iterator[tuple[Span, Text]]:
    """Yield the lines of a paragraph, or a field's as it was written, with their places."""
    if isinstance(block, Field):
        bare = not block.blocks and ":" not in block.label.plain[-1:]
        label = marked(block.label, "strong")
        yield block.span, joined(label, ": " if bare else " ", block.value)
    elif isinstance(block, Paragraph):
        yield from ((block.span, piece.text) for piece in pieces(block.text))


def _block(block: N, tongue: Tongue) -> N:
    """Return a list or table with the time of each item or row; any other block as it is."""
    if isinstance(block, List):
        texts = [_words(item.blocks) for item in block.items]
        return msgspec.structs.replace(
            block, items=_timed(block.items, list_times(texts, tongue), tongue)
        )
    if isinstance(block, Table):
        return msgspec.structs.replace(
            block, rows=_timed(block.rows, _of_table(block, tongue), tongue)
        )
    if isinstance(block, Topic | Part):
        return msgspec.structs.replace(block, blocks=with_times(block.blocks, tongue))
    if isinstance(block, Parallel):
        siblings = tuple(_block(sibling, tongue) for sibling in block.siblings)
        return msgspec.structs.replace(block, siblings=siblings)
    return block


def _timed(nodes: Sequence[T], times: Sequence[Time | None], tongue: Tongue) -> tuple[T, ...]:
    """Return nodes with their times; a last one that adds up those above it has none of its own."""
    *above, last = times or [None]
    known = [time for time in above if time]
    said = " ".join(t.plain for t in texts(nodes[-1:])) if nodes else ""
    named = _forms(tongue).sum.search(said) or (last is not None and clock_range(last.text, tongue))
    enough = 1 if named else 2  # 5 and 15 minutes before 20 of practice are no sum
    adds_up = last is not None and len(known) > enough and last.high == sum(t.high for t in known)
    if adds_up and last is not None and not _goes_on(known[0], last, tongue):
        times = [*above, None]
    pairs = zip(nodes, times, strict=True)
    return tuple(msgspec.structs.replace(node, time=time) for node, time in pairs)


def _goes_on(first: Time, last: Time, tongue: Tongue) -> bool:
    """Whether the last of an agenda's times is a range of clock times that begins elsewhere than the first."""
    starts = [
        start_of(time.text, tongue) for time in (first, last) if clock_range(time.text, tongue)
    ]
    begun = [start[0] for start in starts if start is not None]
    return len(begun) == 2 and begun[0] != begun[1]


def goes_on(texts: Sequence[str], tongue: Tongue) -> bool:
    """Whether texts, two or more, all begin with ranges of a day's clock times, each where the one before ends."""
    ranges = [day_range(text, tongue) for text in texts]
    starts = [start_of(text, tongue) for text in texts]
    if len(texts) < 2 or not all(ranges) or not all(starts):
        return False
    known = [(s[0], r.high) for s, r in zip(starts, ranges, strict=True) if s and r]
    return all(
        (a + length - b) % HALF_DAY == 0 for (a, length), (b, _) in itertools.pairwise(known)
    )


def _words(blocks: Sequence[Node]) -> str:
    first = blocks[0] if blocks else None
    return first.text.lines()[0] if isinstance(first, Paragraph) and first.text.plain else ""


def list_times(texts: Sequence[str], tongue: Tongue) -> list[Time | None]:
    """Return the time that each of an agenda's texts begins with."""
    readers = (_ranges, _elapsed, _gone, _starts, _durations, _stated)
    return _first_whole(texts, tongue, readers)


def _of_table(table: Table, tongue: Tongue) -> list[Time | None]:
    """Return the time of each row: from the first column that tells most of them."""
    best: list[Time | None] = [None] * len(table.rows)
    before = ["?"]
    heads = [_words(cell.blocks) for cell in table.head[0].cells] if table.head else []
    widest = max((len(row.cells) for row in table.rows), default=0)
    for number in range(widest):
        cells = [
            _words(r.cells[number].blocks) if number < len(r.cells) else "" for r in table.rows
        ]
        times = column_times(heads[number] if number < len(heads) else "", cells, tongue)
        if all(_forms(tongue).clock.fullmatch(alike(cell)) for cell in (*cells, *before)) and any(
            cells
        ):
            times = [_from_to(pair, tongue) for pair in zip(before, cells, strict=True)]
        before = cells
        if sum(t is not None for t in times) > sum(t is not None for t in best):
            best = times
    return best


def _from_to(cells: tuple[str, str], tongue: Tongue) -> Time | None:
    """Return how long it is from the clock time of a cell to that of the next one."""
    time = clock_range("–".join(cells), tongue)
    return Time(time.low, time.high, " ".join(cells)) if time else None


def column_times(head: str, cells: Sequence[str], tongue: Tongue) -> list[Time | None]:
    """Return the time of each cell of a column below `head`."""
    named = alike(head).lower()
    bare = [_bare(cell, _forms(tongue).tell_lengths(named)) for cell in cells]
    if (
        not any(_ranges(bare, tongue))
        and not _forms(tongue).tell_lengths(named)
        and any(word in named for word in _forms(tongue).offsets)
    ):
        risen = _offsets(bare, tongue)
        if any(risen):
            return risen
    return _first_whole(bare, tongue, (_ranges, _elapsed, _gone, _starts, _alone))


def _bare(cell: str, minutes: bool) -> str:
    """Return a cell with its unit, where its column's head says that it is a length: "20", "0:20"."""
    cell = _PLUS.sub("", cell)
    clock = _HOURS.fullmatch(alike(cell).strip()) if minutes else None
    if clock is not None:
        return f"{60 * int(clock[1]) + int(clock[2])} min"
    return f"{cell} min" if minutes and whole(alike(cell).strip()) is not None else cell


Reader = Callable[[Sequence[str], Tongue], list[Time | None]]


def _first_whole(
    texts: Sequence[str], tongue: Tongue, readers: Sequence[Reader]
) -> list[Time | None]:
    for read in readers:
        times = read(texts, tongue)
        if any(times):
            return times
    return [None] * len(texts)


def _ranges(texts: Sequence[str], tongue: Tongue) -> list[Time | None]:
    return _most([clock_range(text, tongue) for text in texts]) or [
        last_range(text, tongue) for text in texts
    ]


def _elapsed(texts: Sequence[str], tongue: Tongue) -> list[Time | None]:
    """Return how long each text lasts by minutes that have gone by: "0–20: Start", "20–60: Pour"."""
    found = [_forms(tongue).elapsed.match(alike(text)) for text in texts]
    known = [(int(m[2]), int(m[3])) for m in found if m]
    follows = all(one[1] == other[0] for one, other in itertools.pairwise(known))
    if len(known) < max(2, len(texts)) or known[0][0] or not follows:
        return [None] * len(texts)
    return [
        Time(b - a, b - a, m.group().strip(" :")) if m and 0 < b - a <= LONGEST else None
        for (a, b), m in zip(known, found, strict=True)
    ]


def _stated(texts: Sequence[str], tongue: Tongue) -> list[Time | None]:
    """Return the time that most of an agenda's texts state as a heading does: "Pour (20 min)"."""
    return _most([split_time(text, tongue)[2] for text in texts]) or [None] * len(texts)


def _most(times: list[Time | None]) -> list[Time | None]:
    """Return times that half of the texts or more have, else none."""
    return times if 2 * sum(map(bool, times)) >= len(times) else []


def _starts(texts: Sequence[str], tongue: Tongue) -> list[Time | None]:
    """Return how long each text's clock time lasts: to the next one."""
    full = [is_full_hour(text, tongue) for text in texts]
    found = [
        (n, one)
        for n, text in enumerate(texts)
        if full[n] is not None and (one := start_of(text, tongue))
    ]
    times: list[Time | None] = [None] * len(texts)
    gone = [minutes for _, (minutes, _) in found]
    rises = bool(gone) and gone[0] >= EARLIEST * 60 and gone == sorted(gone)
    if len(found) < 2 or len(found) < len(texts) / 2 or (any(full) and not rises):
        return times
    for (number, (start, said)), (_, (end, _)) in itertools.pairwise(found):
        length = end - start if end >= start else (end - start) % HALF_DAY
        if 0 < length <= LONGEST:
            times[number] = Time(length, length, said)
    last = found[-1][0]
    stated = split_time(texts[last], tongue)[2]
    times[last] = stated if stated is not None and stated.text.startswith(("(", "[")) else None
    return times


def _gone(texts: Sequence[str], tongue: Tongue) -> list[Time | None]:
    """Return how long each text lasts by the minutes that have gone by when it starts: "T+20"."""
    found = [_forms(tongue).gone.match(alike(text)) for text in texts]
    gone = [int(m[1] or 0) * 60 + int(m[2] or m[3]) if m else None for m in found]
    return _rising(gone, [m.group().strip() if m else "" for m in found])


def _offsets(cells: Sequence[str], tongue: Tongue) -> list[Time | None]:
    """Return how long each cell lasts that says how much time has gone by when it starts."""
    gone = [_gone_by(cell, tongue) for cell in cells]
    begins = "".join(cells[:1]).strip(" *_").lower()
    return (
        _rising(gone, cells)
        if gone[:1] == [0] or begins in _forms(tongue).starts
        else [None] * len(cells)
    )


def _rising(gone: Sequence[int | None], said: Sequence[str]) -> list[Time | None]:
    """Return the times between the minutes gone by, where each is known and more than the one before."""
    times: list[Time | None] = [None] * len(gone)
    known = [minutes for minutes in gone if minutes is not None]
    rises = all(a < b for a, b in itertools.pairwise(known))
    if len(known) > 1 and len(known) == len(gone) and rises:
        for number, (start, end) in enumerate(itertools.pairwise(known)):
            times[number] = Time(end - start, end - start, said[number])
    return times


def _gone_by(cell: str, tongue: Tongue) -> int | None:
    plain = alike(cell).strip(" *_").lower()
    if plain in _forms(tongue).starts or plain in ("0", "+0", "0:00", "00:00"):
        return 0
    if re.fullmatch(r"0+\s*\D{1,8}", plain):
        return 0
    time = whole_time(plain.lstrip("+"), tongue)
    return time.low if time is not None and time.low == time.high else None


def _durations(texts: Sequence[str], tongue: Tongue) -> list[Time | None]:
    """Return the duration that begins each text, or that ends it behind a dash or in brackets."""
    return [_duration(text, tongue) for text in texts]


_AFTER = re.compile(r"\s*(?:[:|–—-]|$|\w)")


def _duration(text: str, tongue: Tongue) -> Time | None:
    if primed := _PRIMED.match(alike(text)):
        return Time(int(primed[1]), int(primed[1]), primed.group().strip())
    time = duration(text, tongue)
    rest = text.strip()[len(time.text) :] if time is not None else ""
    if time is None or _forms(tongue).each.match(rest) or not _AFTER.match(rest):
        return None
    return time if whole_time(time.text, tongue) and time.high <= LONGEST else None


def _alone(cells: Sequence[str], tongue: Tongue) -> list[Time | None]:
    """Return the durations that cells are, whole."""
    times = [whole_time(cell, tongue) for cell in cells]
    return [t if t is None or t.high <= LONGEST else None for t in times]
