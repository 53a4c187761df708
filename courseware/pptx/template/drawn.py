"""Questions and exercises on templates without layouts of their own: drawn on the layout of content.

A question stands large in the slide's middle, above what follows it, in the title's place; an exercise has its minutes large beside
what is to be done. Both keep the template's faces and colours.
"""

from __future__ import annotations

from courseware.pptx.template.contrast import grounds
from courseware.pptx.template.template import (
    DRAWN,
    FURNITURE,
    Layout,
    LayoutPlace,
    Template,
    replace,
)
from courseware.products.deck.titles import LayoutName

QUESTION, MINUTES, GROUP = 44.0, 40.0, 20.0
"""Points of a question, an exercise's minutes and its group at least, on a slide 540 points high."""
ASIDE = 0.26
"""Share of an exercise's width that its minutes have."""
UPPER = 0.67
"""Share of a slide's room that a question has, at its foot: alone, it is in the slide's middle; what follows has the rest."""
FOOT = 0.2
"""Ems below a question: what a face has below its last line."""
GAP = 18.0
LOWEST = 0.9
"""Share of a slide's height where the room of its text ends, where no footer says so."""


def with_drawn(template: Template) -> Template:
    """Return a template with its missing layouts for questions and exercises drawn."""
    made = dict(template.layouts)
    content = made.get("content")
    if content is None or "body" not in content.places:
        return template
    own: dict[LayoutName, Layout] = {
        "question": _question(content, template),
        "exercise": _exercise(content, template),
    }
    made |= {name: own[name] for name in DRAWN if not made[name].exact}
    return replace(template, layouts=made)


def _question(content: Layout, template: Template) -> Layout:
    """Return a layout whose title is the question, large, where title and text stand, or below the titles' band."""
    scale, places = template.scale, content.places
    title, body = places["title"], places["body"]
    top, low = min(title.y, body.y), max(title.y + title.height, body.y + body.height)
    if (edge := _edge(content, template)) > title.y:
        top = edge
    high = (low - top) * UPPER
    size = max(QUESTION * scale, title.levels[0].size)
    levels = tuple(replace(v, size=size, align="center") for v in title.levels)
    left, above, right, below = title.insets
    asked = replace(title, x=body.x, y=top, width=body.width, height=high, anchor="bottom",
                    insets=(left, above, right, below + FOOT * size), levels=levels, moved=True, set=True)  # fmt: skip
    rest = replace(
        body, y=top + high + GAP * scale, height=low - top - high - GAP * scale, moved=True
    )
    return _layout("question", content, {"title": asked, "body": rest})


def _edge(content: Layout, template: Template) -> float:
    """Return where a text begins below the band that titles stand on, 0 where there is none."""
    title, body = content.places["title"], content.places["body"]
    ground = grounds(template.data)[content.number]
    banded = ground.behind(title) != ground.behind(body) and title.y < body.y
    return max(body.y, ground.under(title, template.height / 2)) if banded else 0.0


def _exercise(content: Layout, template: Template) -> Layout:
    """Return a layout with the minutes large at the left, the group below them, the task beside both."""
    body, scale = content.places["body"], template.scale
    gap, top = GAP * scale, max(body.y, _edge(content, template))
    body = replace(body, y=top, height=body.y + body.height - top)
    width = body.width * ASIDE
    high = (MINUTES * 1.5) * scale
    minutes = _aside(body, "time", MINUTES * scale, True)
    time = replace(minutes, width=width, height=high, anchor="top")
    below = _aside(body, "group", GROUP * scale, False)
    group = replace(below, y=body.y + high, width=width, height=body.height - high)
    task = replace(body, x=body.x + width + gap, width=body.width - width - gap, moved=True)
    return _layout("exercise", content, {"body": task, "time": time, "group": group})


def _aside(body: LayoutPlace, name: str, size: float, bold: bool) -> LayoutPlace:
    """Return a place as a text box that sets plain lines."""
    levels = tuple(replace(v, size=size, left=0.0, indent=0.0, bullet="", bold=bold, align="left")
                   for v in body.levels)  # fmt: skip
    return replace(
        body, name=name, idx=None, type="body", levels=levels, anchor="top", moved=True, set=True
    )


def _layout(name: LayoutName, content: Layout, own: dict[str, LayoutPlace]) -> Layout:
    kept = {n: p for n, p in content.places.items() if n in FURNITURE}
    return replace(content, name=name, exact=False, places=kept | own)
