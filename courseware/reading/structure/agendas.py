"""An agenda's items and rows with their minutes, in every usual form.

Ranges of clock times ("9:00–9:30", "9–10 am", "12.00–1.00"); starts alone, each of which lasts to the next
("00:00", "00:05", … "00:75": past 59 minutes a clock tells how much time has gone by); durations ("20 min
Lesson"); and in a table a column of one of these, where times that rise below "Start" or "Time" count
from the beginning.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from courseware.language.durations import AT_START, LENGTHS, OFFSETS
from courseware.language.twins import twins
from courseware.model.blocks import Item, List, Node, Paragraph, Row, Table, Time
from courseware.model.walk import N
from courseware.reading.structure.heading_times import split_time, whole_time
from courseware.reading.structure.time_phrases import duration, whole

HALF_DAY = 12 * 60
LONGEST = 10 * 60
"""Minutes that a part of an agenda lasts at most: a longer one is a slip, or no part of a session."""
_TIME = r"(?P<{h}>\d{{1,2}})(?:\s*[:.h]\s*(?P<{m}>\d{{2}}))?\s*(?P<{p}>[ap]\.?m\.?|Uhr|h(?![a-z]))?"
_A, _B = _TIME.format(h="h1", m="m1", p="p1"), _TIME.format(h="h2", m="m2", p="p2")
_RANGE = re.compile(rf"^[\s(\[]*{_A}\s*(?:-|–|—|‒|−|→|->|⟶|~|\bto\b|\bbis\b|\bà\b|\ba\b|\buntil\b)+\s*{_B}(?![\d:])",
                    re.IGNORECASE)  # fmt: skip
_START = re.compile(rf"^[\s(\[]*{_A}(?![\d:%/])", re.IGNORECASE)
_COLON = re.compile(r"^[\s(\[]*\d{1,2}\s*[:.h]\s*\d{2}")
_MERIDIAN = re.compile(r"^[\s(\[]*\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE)
_ELAPSED = re.compile(
    r"^[\s(\[]*(\d{1,3})\s*[-–—]\s*(\d{1,3})(?:\s*(?:min\w*\.?|['′’]))?[\s)\]]*(?:[:|–—-]|$)"
)
_PRIMED = re.compile(r"^[\s(\[]*(\d{1,3})['′’](?=[\s)\]])")
T = TypeVar("T", Item, Row)


def with_times(block: N) -> N:
    """Return a list or table of an agenda with the time of each item or row; any other block as it is."""
    if isinstance(block, List):
        texts = [_words(item.blocks) for item in block.items]
        return msgspec.structs.replace(block, items=_timed(block.items, list_times(texts)))
    if isinstance(block, Table):
        return msgspec.structs.replace(block, rows=_timed(block.rows, _of_table(block)))
    return block


def _timed(nodes: Sequence[T], times: Sequence[Time | None]) -> tuple[T, ...]:
    """Return nodes with their times; a last one that adds up those above it has none of its own."""
    *above, last = times or [None]
    known = [time.high for time in above if time]
    if last is not None and len(known) > 1 and last.high == sum(known):
        times = [*above, None]
    pairs = zip(nodes, times, strict=True)
    return tuple(msgspec.structs.replace(node, time=time) for node, time in pairs)


def _words(blocks: Sequence[Node]) -> str:
    first = blocks[0] if blocks else None
    return first.text.lines()[0] if isinstance(first, Paragraph) and first.text.plain else ""


def list_times(texts: Sequence[str]) -> list[Time | None]:
    """Return the time that each of an agenda's texts begins with."""
    return _first_whole(texts, (_ranges, _elapsed, _starts, _durations, _stated))


def _of_table(table: Table) -> list[Time | None]:
    """Return the time of each row: from the first column that tells most of them."""
    best: list[Time | None] = [None] * len(table.rows)
    heads = [_words(cell.blocks) for cell in table.head[0].cells] if table.head else []
    widest = max((len(row.cells) for row in table.rows), default=0)
    for number in range(widest):
        cells = [
            _words(r.cells[number].blocks) if number < len(r.cells) else "" for r in table.rows
        ]
        times = column_times(heads[number] if number < len(heads) else "", cells)
        if sum(t is not None for t in times) > sum(t is not None for t in best):
            best = times
    return best


def column_times(head: str, cells: Sequence[str]) -> list[Time | None]:
    """Return the time of each cell of a column below `head`."""
    named = twins(head).lower()
    bare = [_bare(cell, any(word in named for word in LENGTHS)) for cell in cells]
    if not any(word in named for word in LENGTHS) and any(word in named for word in OFFSETS):
        risen = _offsets(bare)
        if any(risen):
            return risen
    return _first_whole(bare, (_ranges, _elapsed, _starts, _alone))


def _bare(cell: str, minutes: bool) -> str:
    """Return a cell with its unit, where its column's head says that numbers are minutes."""
    return f"{cell} min" if minutes and whole(twins(cell).strip()) is not None else cell


Reader = Callable[[Sequence[str]], list[Time | None]]


def _first_whole(texts: Sequence[str], readers: Sequence[Reader]) -> list[Time | None]:
    for read in readers:
        times = read(texts)
        if any(times):
            return times
    return [None] * len(texts)


def _ranges(texts: Sequence[str]) -> list[Time | None]:
    return [clock_range(text) for text in texts]


def clock_range(text: str) -> Time | None:
    """Return the minutes of a range of clock times that begins `text`, or None."""
    found = _RANGE.match(twins(text))
    if found is None or not (found["m1"] or found["m2"] or found["p1"] or found["p2"]):
        return None
    start, end = _clock(found, "1"), _clock(found, "2")
    if start is None or end is None:
        return None
    noon = bool(found["p1"]) and bool(found["p2"]) and (found["p1"] != found["p2"])
    length = end - start if noon and end > start else (end - start) % HALF_DAY
    return Time(length, length, text[: found.end()].strip()) if 0 < length <= LONGEST else None


def _clock(found: re.Match[str], which: str) -> int | None:
    hour, minute = int(found[f"h{which}"]), int(found[f"m{which}"] or 0)
    sign = (found[f"p{which}"] or "").lower().replace(".", "")
    if sign in ("am", "pm"):
        hour = hour % 12 + (12 if sign == "pm" else 0)
    return hour * 60 + minute if hour < 25 else None


def _elapsed(texts: Sequence[str]) -> list[Time | None]:
    """Return how long each text lasts by minutes that have gone by: "0–20: Start", "20–60: Pour"."""
    found = [_ELAPSED.match(twins(text)) for text in texts]
    known = [(int(m[1]), int(m[2])) for m in found if m]
    follows = all(one[1] == other[0] for one, other in itertools.pairwise(known))
    if len(known) < max(2, len(texts)) or known[0][0] or not follows:
        return [None] * len(texts)
    return [
        Time(b - a, b - a, m.group().strip(" :")) if m and 0 < b - a <= LONGEST else None
        for (a, b), m in zip(known, found, strict=True)
    ]


def _stated(texts: Sequence[str]) -> list[Time | None]:
    """Return the time that most of an agenda's texts state as a heading does: "Pour (20 min)"."""
    times = [split_time(text)[2] for text in texts]
    return times if 2 * sum(map(bool, times)) >= len(texts) else [None] * len(texts)


def _starts(texts: Sequence[str]) -> list[Time | None]:
    """Return how long each text's clock time lasts: to the next one."""
    found = [(n, m, _clock(m, "1")) for n, text in enumerate(texts)
             if (_COLON.match(twins(text)) or _MERIDIAN.match(twins(text))) and (m := _START.match(twins(text)))]  # fmt: skip
    times: list[Time | None] = [None] * len(texts)
    if len(found) < 2 or len(found) < len(texts) / 2:
        return times
    for (number, match, start), (_, _, end) in itertools.pairwise(found):
        if start is None or end is None:
            continue
        length = end - start if end >= start else (end - start) % HALF_DAY
        if 0 < length <= LONGEST:
            times[number] = Time(length, length, texts[number][: match.end()].strip())
    return times


def _offsets(cells: Sequence[str]) -> list[Time | None]:
    """Return how long each cell lasts that says how much time has gone by when it starts."""
    gone = [_gone_by(cell) for cell in cells]
    known = [minutes for minutes in gone if minutes is not None]
    times: list[Time | None] = [None] * len(cells)
    if (
        len(known) < 2
        or len(known) < len(cells)
        or any(b <= a for a, b in itertools.pairwise(known))
    ):
        return times
    for number, (start, end) in enumerate(itertools.pairwise(known)):
        times[number] = Time(end - start, end - start, cells[number])
    return times


def _gone_by(cell: str) -> int | None:
    plain = twins(cell).strip(" *_").lower()
    if plain in AT_START or plain in ("0", "+0", "0:00", "00:00"):
        return 0
    if re.fullmatch(r"0+\s*\D{1,8}", plain):
        return 0
    time = whole_time(plain.lstrip("+"))
    return time.low if time is not None and time.low == time.high else None


def _durations(texts: Sequence[str]) -> list[Time | None]:
    """Return the duration that begins each text, or that ends it behind a dash or in brackets."""
    return [_duration(text) for text in texts]


_AFTER = re.compile(r"\s*(?:[:|–—-]|$|\w)")
_EACH = re.compile(r"\s*(?:each|every|per|for each|je|pro|par|por|cada)\b", re.IGNORECASE)


def _duration(text: str) -> Time | None:
    if primed := _PRIMED.match(twins(text)):
        return Time(int(primed[1]), int(primed[1]), primed.group().strip())
    time = duration(text)
    rest = text.strip()[len(time.text) :] if time is not None else ""
    if time is None or _EACH.match(rest) or not _AFTER.match(rest) or not whole_time(time.text):
        return None
    return time if time.high <= LONGEST else None


def _alone(cells: Sequence[str]) -> list[Time | None]:
    """Return the durations that cells are, whole."""
    times = [whole_time(cell) for cell in cells]
    return [t if t is None or t.high <= LONGEST else None for t in times]
