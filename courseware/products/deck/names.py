"""Titles: from headings, and the words for what the author left without one."""

from __future__ import annotations

import re

from courseware.model.blocks import Heading, Text, Time
from courseware.model.cutting import trimmed, without_last
from courseware.model.inline import Inline, Mark, NoteRef, joined, mapped, plain_text

NAMES = {
    "introduction": "Introduction",
    "objectives": "Objectives",
    "agenda": "Agenda",
    "prerequisites": "Before you start",
    "prereq": "Before you start",
    "materials": "Materials",
    "exercises": "Exercises",
    "questions": "Questions",
    "guiding": "Questions",
    "checklist": "Checklist",
    "discussion": "Discussion",
    "reading": "Further reading",
    "glossary": "Glossary",
    "deliverable": "Deliverable",
    "takeaways": "Key points",
    "next": "Next",
    "break": "Break",
    "case": "Case",
    "example": "Example",
    "definition": "Definition",
    "callout": "Note",
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
    "testimonial": "Testimonial",
    "spoiler": "More",
    "activity": "Activity",
    "exercise": "Exercise",
}
"""What a section or box is called that has no heading of its own, by its kind."""

_MARKS = frozenset({"strong", "em", "b", "i", "u", "mark", "small"})
_DOTTED = re.compile(r"^#?\d+(?:\.\d+)*[.):]$")


def bare(text: Text) -> Text:
    """Return a text for a title: no bold, no italics, no footnote's mark, no colon at its end."""
    found = trimmed(Text(mapped(text.inlines, _without_mark)))
    return without_last(found, ":") if found.plain.endswith(":") else found


def _without_mark(inline: Inline) -> tuple[Inline, ...] | None:
    if isinstance(inline, Mark) and inline.name in _MARKS:
        return mapped(inline.inside, _without_mark)
    return () if isinstance(inline, NoteRef) else None


def title_of(heading: Heading, default: str = "") -> Text:
    """Return a heading as a title: label and title, "Exercise 1: Role play", "1. Notebooks"."""
    title = bare(heading.title)
    if not heading.label:
        return title if title else plain_text(NAMES.get(default, default))
    label = plain_text(heading.label.rstrip(":"))
    if not title:
        return label
    return joined(label, " " if _DOTTED.match(heading.label) else ": ", title)


def below(outer: Text, heading: Heading) -> Text:
    """Return the title of a part under the title it belongs to; a mere number is left out."""
    dotted = bool(_DOTTED.match(heading.label)) and bool(heading.title)
    inner = bare(heading.title) if dotted else title_of(heading)
    return joined(outer, ": ", inner) if inner else outer


def minutes(time: Time) -> str:
    """Return a time as a slide shows it: "30 min", "20–30 min", "2–3 hours"."""
    low, high = time.low, time.high
    if low >= 60 and low % 60 == 0 and high % 60 == 0:
        low, high = low // 60, high // 60
        unit = "hour" if high == 1 else "hours"
    else:
        unit = "min"
    return f"{low} {unit}" if low == high else f"{low}–{high} {unit}"
