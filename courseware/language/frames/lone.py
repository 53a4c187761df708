"""F6, a leader alone as a label ("Trainer: …"): the riskiest frame, so its text decides.

Withheld, and always in doubt, only where the text is a sentence or a command. A name, a link, a
variable, a few words, a description of who that is, or a speaker of a dialogue are open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseware.language.frames.pieces import take_apart
from courseware.language.frames.words import Words, folded, split_words

FEWEST_WORDS = 5
"""Words of a text that may be a sentence; four or fewer are a name or a fact."""
_ADDRESS = re.compile(r"^\s*(?:\[[^\]]*\]\(|<?https?://|\{[{%]|\{\{|@\w|\S+@\S+\.\w+)")
_CAPITAL = re.compile(r"^(?:[A-ZÀ-Þ][\w.'’-]*|de|von|van|der|da|del|la|y|and|und|et|&)$")
_ENDS = re.compile(r"[.!:…。]['\"”»)]*\s*(?:$|\s)")


def is_told(text: str, words: Words) -> bool:
    """Whether a lone label's text is a sentence or a command for who leads."""
    tokens = [word for word in split_words(text) if word != "&"]
    if len(tokens) < FEWEST_WORDS or _ADDRESS.match(text) or _is_name(text):
        return False
    return not _describes(tokens, words)


def _is_name(text: str) -> bool:
    """Whether a text begins as names do: "Ann Lee, University of …", "Dr. J. Doe and K. Roe"."""
    first = re.split(r"[,;(|–—]", text.strip(), maxsplit=1)
    head = first[0].split()
    capitals = [w for w in head if _CAPITAL.match(w)]
    listed = len(first) > 1 and 1 < len(head) <= 4
    return len(head) > 1 and len(capitals) == len(head) and (listed or not _ENDS.search(first[0]))


def _describes(tokens: Sequence[str], words: Words) -> bool:
    """Whether a text tells who a leader is: "Leads the sprint", "A person who …", "is the one"."""
    starts = (" ".join(tokens[:count]) for count in (1, 2, 3, 4))
    if any(words.matches("third_person", start) for start in starts):
        return True
    verb = words.matches("third_verb", tokens[0])
    return verb and not words.matches("not_third_person", tokens[0])


def is_dialogue(neighbours: Sequence[str], words: Words) -> bool:
    """Whether another speaker's label stands near: a learner's, a client's, no leader's."""
    return any(_is_speaker(label, words) for label in neighbours)


def _is_speaker(label: str, words: Words) -> bool:
    parts = take_apart(label).parts
    name = " ".join(split_words(parts[0])) if len(parts) == 1 else ""
    leader = bool(name) and words.matches("leaders", name.removeprefix("the "))
    return (
        bool(name)
        and not leader
        and (words.matches("others", name) or words.matches("agents", name))
    )


def is_among_people(titles: Sequence[str], words: Words) -> bool:
    """Whether a heading above is one under which people are introduced: "The team", "Roles"."""
    return any(words.matches("people", " ".join(folded(title).split())) for title in titles)
