"""Who may see a text, by the words that head or label it: frames, one grammar for all places.

A text is a heading, a whole-bold line, a label, what stands in brackets, a summary, a tab, a
column's head, a box's title, the name of a tag, class, file or folder. The frames F1 to F8
(`leaders`) and those of answers (`answers`) were fitted to 5,700 files of real courses; each part
of a text is tested and must be consumed whole. What only may be meant is withheld in doubt.
"""

from __future__ import annotations

from courseware.language.frames.grammar import Frames
from courseware.language.frames.places import OPEN, Decision, Place, Reader, Setting
from courseware.language.frames.recipients import may_lead, may_learn
from courseware.language.frames.words import (
    known_languages,
    leader_names,
    name_words,
    nearest_name,
    with_umlauts,
)

__all__ = [
    "OPEN",
    "Decision",
    "Frames",
    "Place",
    "Reader",
    "Setting",
    "known_languages",
    "leader_names",
    "may_lead",
    "may_learn",
    "name_words",
    "nearest_name",
    "with_umlauts",
]
