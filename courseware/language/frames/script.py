"""Cues outside of what is marked for who leads: "Say: Welcome, all of you …" is a script that learners got.

A label that says to say, ask, do or watch something speaks to who leads, where its text is a sentence, every label
near it does the same, and it stands in no exercise: there it may be the learners' part.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from courseware.language.catalogue import Tongue, words_read
from courseware.language.counting import count_words
from courseware.language.twins import normal

FEWEST_WORDS, FEWEST_BESIDE = 4, 2
"""Words that are said at least, as fewer may be an example of what to say; and those of a cue beside it."""
_SAID, _OTHERS = ("cue_say",), ("cue_ask", "cue_do", "cue_listen", "cue_watch")


def is_script(label: str, near: Sequence[str], text: str, tongue: Tongue) -> bool:
    """Whether a label is a cue of a script: one to say something, or another beside one to say something."""
    cues = _cues(tongue)
    own = cues.get(_key(label))
    if own is None or count_words(text) < (FEWEST_WORDS if own in _SAID else FEWEST_BESIDE):
        return False
    beside = [cues.get(_key(one)) for one in near]
    return None not in beside and (own in _SAID or any(kind in _SAID for kind in beside))


def _key(label: str) -> str:
    return " ".join(normal(label).casefold().strip(" :.*_").split())


@cache
def _cues(tongue: Tongue) -> dict[str, str]:
    """Return the cues of English and a language, with what each tells."""
    lists = (*_SAID, *_OTHERS)
    return {_key(word): name for name in lists for word in words_read(name, tongue)}
