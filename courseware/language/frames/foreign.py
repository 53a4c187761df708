"""Labels of answers in another language than the text's: "Lösung: …" in an English session.

Whoever writes one forgot to translate it, or says the language of the file wrong; learners would get the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

import yaml

from courseware.language.catalogue import base
from courseware.language.twins import normal

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_WORDS = 5
"""Words of such a label at most, its number counted."""
_COUNTED = re.compile(r"[\s.:]*(?:n\.?\s?[º°o]\s?|№\s?)?\(?(?:\d{1,3}[a-z]?|[a-d])\)?\W*$")


def answers_label(parts: Sequence[str], language: str) -> str:
    """Return whose label of an answer one of a text's parts is, "de"; "" where it is none, or the text's own or English."""
    for part in parts:
        if len(part.split()) > MOST_WORDS:
            continue
        said = normal(part).casefold().strip(" .*_")
        known = _labels().get(said) or _labels().get(_COUNTED.sub("", said), ())
        if known and base(language) not in known and "en" not in known:
            return known[0]
    return ""


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    """Return the languages of each label."""
    file = resources.files("courseware.language.labels") / "answers.yml"
    rows: dict[str, list[str]] = yaml.load(file.read_text("utf-8"), Loader=_LOADER)  # noqa: S506
    found: dict[str, tuple[str, ...]] = {}
    for language, labels in rows.items():
        for label in labels:
            word = normal(label).casefold()
            found[word] = (*found.get(word, ()), language)
    return found
