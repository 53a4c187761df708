"""What a session's front matter says of it, as values of the model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from courseware.diagnostics import Diagnostic, Span
from courseware.language.catalogue import Tongue
from courseware.model.blocks import Item, List, Paragraph, Section, SectionKind, Time
from courseware.model.kinds import find_kind
from courseware.reading.markdown.parser import MOST_HEADING, parser
from courseware.reading.source.front_matter import ESTIMATE, LIST_KEYS, MINUTE_KEYS, SECTION_KEYS
from courseware.reading.source.yaml_values import Value
from courseware.reading.structure.times import time_phrases as times
from courseware.reading.structure.times.heading_times import whole_time

if TYPE_CHECKING:
    from courseware.reading.blocks.builder import Builder

TEXT_KEYS = ("title", "module", "language", "lang", "audience", "room")
UNPRINTED = ("tags",)
"""Keys that no product prints: a wrong value stops none."""
_CALLED = {"lang": "language"}
"""Keys by the fact that each is, where that has another name."""


_ISO = re.compile(r"(?:PT?)?(?:(?P<h>\d{1,3})H)?(?:(?P<m>\d{1,4})M)?", re.IGNORECASE)
"""A length as Galaxy's lessons and ISO 8601 state it: 1H30M, PT45M."""
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
"""A length as hours and minutes: 1:30."""


SAMPLES = {
    "title": "Green tea",
    "module": "Week 2",
    "language": "en",
    "audience": "New cooks",
    "room": "Hall 2",
}
"""What a text of a key may be, as a finding shows it."""


class WrongError(ValueError):
    """A value that is not what its key asks for; its text says what that is."""


def facts_of(
    front: Mapping[str, Value], builder: Builder, findings: list[Diagnostic]
) -> dict[str, Any]:
    """Return what front matter says by the model's names; what is wrong with it joins `findings`."""
    facts: dict[str, Any] = {}
    for key, item in front.items():
        try:
            _take(key, item, facts, builder.words.tongue)
        except WrongError as error:
            place = Span(builder.path, item.line, item.column)
            code = "C102" if key in UNPRINTED else "C103"
            findings.append(Diagnostic(code, f'"{key}" must be {error}', place))
    return facts


def _take(key: str, item: Value, facts: dict[str, Any], tongue: Tongue) -> None:
    """Put a key's value among the facts; a `WrongError` where it is not what the key asks for."""
    value = item.value
    if value in (None, ""):
        return
    if key in TEXT_KEYS:
        wanted = f'a text of at most {MOST_HEADING} characters, such as "{SAMPLES.get(key, "Tea")}"'
        parts = value if isinstance(value, list) else [item]
        facts[_CALLED.get(key, key)] = _text(
            ", ".join(_text(p.value, wanted) for p in parts), wanted
        )
    elif key == "number":
        facts[key] = _number(value)
    elif key == "duration":
        facts["length"] = _length(value, tongue)
    elif key == ESTIMATE:
        if (time := _iso(str(value))) is not None:
            facts.setdefault("length", time)
    elif key in LIST_KEYS:
        rows = value if isinstance(value, list) else [item]
        facts[key] = tuple(
            _text(row.value, "a list of texts, such as [cups, kettle]") for row in rows
        )
    elif key in MINUTE_KEYS:
        facts["minutes"] = (*facts.get("minutes", ()), (key, _minutes(value, tongue)))


def _text(value: object, wanted: str) -> str:
    if isinstance(value, str | int | float) and len(str(value)) <= MOST_HEADING:
        return str(value)
    raise WrongError(wanted)


def _number(value: object) -> int:
    number = times.whole(str(value))
    if number is None:
        raise WrongError("a whole number in digits, such as 7")
    return number


def _length(value: object, tongue: Tongue) -> Time:
    text = f"{value} min" if isinstance(value, int) else str(value)
    if clock := _CLOCK.fullmatch(text.strip()):
        text = f"{int(clock[1]) * 60 + int(clock[2])} min"
    text = f"{text} min" if text.isdecimal() else text
    time = times.duration(text, tongue, whole=True) or whole_time(text, tongue) or _iso(text)
    if time is None:
        raise WrongError('a length such as "90" (minutes) or "2-3 hours"')
    return time


def _iso(text: str) -> Time | None:
    """Return the length that a text states as ISO 8601 does, None where it does not."""
    found = _ISO.fullmatch(text.strip())
    minutes = 60 * int(found["h"] or 0) + int(found["m"] or 0) if found else 0
    return Time(minutes, minutes) if 0 < minutes <= times.MOST_MINUTES else None


def _minutes(value: object, tongue: Tongue) -> int:
    time = times.duration(str(value), tongue, whole=True)
    minutes = time.high if time else times.whole(str(value))
    if minutes is None:
        raise WrongError('minutes, such as 45 or "45 min"')
    return minutes


def front_sections(
    front: dict[str, Value], builder: Builder
) -> tuple[list[Section], list[Section]]:
    """Return the sections that open a session and those that close it."""
    before: list[Section] = []
    after: list[Section] = []
    for key, kind in SECTION_KEYS.items():
        if key in front and (found := _section(front[key], kind, builder)) is not None:
            (after if find_kind(kind).closes else before).append(found)
        elif key in front and front[key].value is not None:
            place = Span(builder.path, front[key].line)
            message = (
                f'what "{key}" holds is not printed: it is no list of texts, such as [cups, kettle]'
            )
            builder.findings.append(Diagnostic("C102", message, place))
    return before, after


def _section(given: Value, kind: str, builder: Builder) -> Section | None:
    rows = given.value if isinstance(given.value, list) else [given]
    texts = [row for row in rows if isinstance(row.value, str | int | float)]
    if not texts or len(texts) < len(rows):
        return None
    items = tuple(_item(row, builder) for row in texts)
    span = Span(builder.path, given.line)
    found = List(span=span, items=items)
    return Section(span=span, kind=cast(SectionKind, kind), blocks=(found,), boxed=True)


def _item(row: Value, builder: Builder) -> Item:
    span = Span(builder.path, row.line)
    children = parser().parseInline(str(row.value))[0].children or []
    text = builder.inline.text(children, row.line)
    return Item(span=span, blocks=(Paragraph(span=span, text=text),))
