"""Kinds of sections and boxes: one table of all that is decided by a kind.

A new kind is a row here, a name in `SectionKind` or `BoxKind`, its words in the vocabulary, and an icon. Directives, layouts, the run
sheet and every product read this table; what a kind is called in print is the language's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import msgspec

Audience = Literal["everyone", "facilitator"]
SectionKind = Literal[
    "concept", "introduction", "welcome", "objectives", "agenda", "prerequisites", "materials", "exercises",
    "questions", "guiding", "checklist", "discussion", "reading", "glossary", "deliverable",
    "takeaways", "next", "facilitator", "answers",
]  # fmt: skip
"""What a section may be; a box may be of such a kind, too, where its row says so."""
BoxKind = Literal[
    "checklist", "discussion", "facilitator", "answer", "hint", "debrief", "stretch", "slide",
    "example", "definition", "case", "callout", "prereq", "testimonial", "spoiler", "activity",
    "note", "tip", "important", "warning", "caution", "question", "unknown", "details",
    "note-lines", "only", "not", "columns", "cue say", "cue do", "cue ask", "cue listen", "cue watch",
]  # fmt: skip
"""What a box may be; cues are the guide's own."""
Timing = Literal["told", "none", "aside", "work", "spare", "break"]


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `KINDS`: what is decided by a section's or a box's kind.

    `directives` are the names that open it, `role` what they make: a box, or a section's kind in a
    box. `audience` is who may see it. `timing` says how it takes time: told to the room, none at
    all, aside (for those who are stuck or ahead), work, spare (work that is the first to go), or a
    break. `icon` is a file of `layouts/icons/`. `products` print it where they are named, all but
    `except_products` where those are.

    Of a box, `vague` means that its title decides what it is before its name does, `named` that it
    says its kind before its title, `open` that it is but a frame around what it holds.
    In a session's order, `teaches` marks what questions may come before, `opens` and `closes` what
    stands at its ends. `answers` is what is asked elsewhere; `unasked` holds nothing that is asked.
    On slides, `own` has slides of its own even without a title, `listed` is a list whatever stands
    in it, `questions` has a slide for each of its questions, `looked_up` has one slide in all, and
    `divided` begins with a divider. `whole` is all for the worksheet, `talked` a talk in the guide.
    """

    name: str
    directives: tuple[str, ...] = ()
    role: Literal["box", "section"] = "box"
    audience: Audience = "everyone"
    timing: Timing = "told"
    icon: str = ""
    products: tuple[str, ...] = ()
    except_products: tuple[str, ...] = ()
    vague: bool = False
    named: bool = False
    open: bool = False
    teaches: bool = False
    opens: bool = False
    closes: bool = False
    answers: bool = False
    unasked: bool = False
    own: bool = False
    listed: bool = False
    questions: bool = False
    looked_up: bool = False
    divided: bool = False
    whole: bool = False
    talked: bool = False


_ROWS = (
    # Sections, in the order of the model.
    Kind(name="concept", teaches=True, divided=True),
    Kind(name="introduction", icon="info", teaches=True, opens=True),
    Kind(name="welcome", teaches=True, opens=True, divided=True),
    Kind(name="objectives", directives=("objectives",), role="section", icon="target", opens=True,
         listed=True),
    Kind(name="agenda", timing="none", icon="clock", listed=True),
    Kind(name="prerequisites", timing="none", icon="list-checks", opens=True, listed=True),
    Kind(name="materials", timing="none", icon="package", opens=True, listed=True),
    Kind(name="exercises", icon="square-pen", teaches=True, divided=True),
    Kind(name="questions", directives=("questions",), role="section", icon="circle-question-mark",
         questions=True, divided=True, whole=True, talked=True),
    Kind(name="guiding", icon="circle-question-mark", opens=True, listed=True, talked=True),
    Kind(name="checklist", directives=("checklist",), icon="list-todo", own=True, listed=True),
    Kind(name="discussion", directives=("discussion",), icon="messages-square", named=True,
         own=True, questions=True, divided=True, talked=True),
    Kind(name="reading", timing="none", icon="book-open", listed=True, looked_up=True),
    Kind(name="glossary", timing="none", icon="book-a", listed=True, looked_up=True),
    Kind(name="deliverable", icon="package-check", listed=True, whole=True),
    Kind(name="takeaways", directives=("keypoints",), role="section", icon="key-round",
         closes=True, listed=True),
    Kind(name="next", icon="arrow-right", closes=True, listed=True),
    Kind(name="facilitator", directives=("facilitator", "instructor", "notes"),
         audience="facilitator", timing="none", products=("guide", "slides"), unasked=True),
    Kind(name="answers", audience="facilitator", timing="none", answers=True),
    # Boxes whose kind hides them, or says for whom they are.
    Kind(name="answer", directives=("answer", "solution"), audience="facilitator",
         products=("guide", "answers", "slides"), answers=True, unasked=True),
    Kind(name="hint", directives=("hint",), timing="aside", icon="lightbulb", named=True,
         products=("worksheet", "guide"), unasked=True),
    Kind(name="debrief", directives=("debrief",), audience="facilitator",
         products=("guide", "slides"), unasked=True),
    Kind(name="stretch", directives=("stretch",), timing="spare", icon="rocket",
         products=("worksheet", "guide"), whole=True),
    Kind(name="slide", directives=("slide",), timing="aside", products=("slides",), own=True),
    # Boxes of a lesson.
    Kind(name="example", directives=("example",), icon="eye", named=True),
    Kind(name="definition", directives=("definition",), icon="book-a", named=True),
    Kind(name="case", directives=("case",), icon="briefcase", named=True, own=True),
    Kind(name="callout", directives=("callout",), icon="info", vague=True),
    Kind(name="prereq", directives=("prereq",), icon="list-checks", own=True, listed=True),
    Kind(name="testimonial", directives=("testimonial",), icon="quote", own=True),
    Kind(name="spoiler", directives=("spoiler",), icon="layers", vague=True),
    Kind(name="activity", directives=("activity",), timing="work", icon="square-pen", named=True,
         own=True, whole=True),
    Kind(name="note", icon="info", vague=True, named=True),
    Kind(name="tip", icon="lightbulb", vague=True, named=True),
    Kind(name="important", icon="flag", vague=True, named=True),
    Kind(name="warning", icon="triangle-alert", vague=True, named=True),
    Kind(name="caution", icon="octagon-alert", vague=True, named=True),
    Kind(name="question", icon="circle-question-mark", vague=True),
    Kind(name="unknown", vague=True),
    Kind(name="details"),
    Kind(name="note-lines"),
    *(Kind(name=name) for name in get_args(BoxKind) if name.startswith("cue ")),
    # Frames.
    Kind(name="only", directives=("only",), open=True),
    Kind(name="not", directives=("not",), open=True),
    Kind(name="columns", directives=("columns",), open=True, except_products=("slides",)),
    # What is timed beside sections and boxes.
    Kind(name="exercise", directives=("exercise", "challenge"), role="section", timing="work",
         icon="square-pen"),
    Kind(name="break", timing="break", icon="coffee"),
)  # fmt: skip
KINDS = {row.name: row for row in _ROWS}
if len(KINDS) != len(_ROWS) or {*get_args(SectionKind), *get_args(BoxKind)} - KINDS.keys():
    raise RuntimeError("a kind stands twice in the table, or a section's or box's is not in it")
PLAIN = Kind(name="")
"""What holds for what has no row: a topic, a part, the frame of a slide."""


def find_kind(name: str) -> Kind:
    """Return the row of a kind's name; of any other name, one that decides nothing."""
    return KINDS.get(name, PLAIN)


def select_kinds(test: Callable[[Kind], bool]) -> frozenset[str]:
    """Return the names of the kinds that a test holds for."""
    return frozenset(row.name for row in _ROWS if test(row))
