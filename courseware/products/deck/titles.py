"""Titles: equal ones of one section are a series, which the writer numbers; no others are equal."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from courseware.model.blocks import Text
from courseware.model.inline import joined, plain_text
from courseware.products.deck.values import Slide

replace = msgspec.structs.replace


def distinct(slides: Sequence[Slide]) -> list[Slide]:
    """Return slides of which no two sections share a title: the later has its section's before it.

    Where that is taken, too, a number stands behind it.
    """
    owners: dict[str, str] = {}
    result: list[Slide] = []
    for slide in slides:
        title = slide.title
        number = 1
        while owners.setdefault(title.plain, _series(slide)) != _series(slide):
            title = _apart(slide, number)
            number += 1
        result.append(replace(slide, title=title))
    return result


def _series(slide: Slide) -> str:
    """Return what a slide shares with those of its series: dividers and breaks are in none."""
    alone = slide.kind in ("opening", "divider", "break")
    return f"{slide.section}|{slide.source}" if alone else slide.section


def _apart(slide: Slide, number: int) -> Text:
    title = slide.title
    if slide.section and slide.section != title.plain:
        title = joined(plain_text(slide.section), ": ", title)
        number -= 1
    return joined(title, " ", plain_text(f"({number + 1})")) if number else title
