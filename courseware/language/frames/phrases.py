"""Whole phrases that withhold a text, in languages whose words have no frames of their own yet.

A language's file names who leads, what such a text is, and how both stand together ("{t} para o {p}");
every composition is a phrase, compared whole.
"""

from __future__ import annotations

from functools import cache

from courseware.language.files import data_of


@cache
def phrases_of(language: str) -> dict[str, tuple[str, ...]]:
    """Return a language's phrases for `facilitator` and for `answers`; empty where it has none."""
    data = data_of(language).get("withheld", {})
    if not data:
        return {}
    made = [
        frame.replace("{t}", thing).replace("{p}", leader)
        for frame in data["frames"]
        for leader in data["leaders"]
        for thing in (data["things"] if "{t}" in frame else ("",))
    ]
    return {"facilitator": (*made, *data["facilitator"]), "answers": tuple(data["answers"])}
