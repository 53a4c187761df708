"""Any thing that is said to be for who leads, whatever it is called: "Debrief for the trainer: …".

The words for leaders and the ways to say "for" are lists; the thing is open. A command ("Write for the teacher"), a
question and what is for others, too, are none. It is always in doubt: a gift may be for the teacher.
"""

from __future__ import annotations

import re
from functools import cache

from courseware.language.catalogue import base, data_of, languages
from courseware.language.counting import count_words
from courseware.language.frames.phrases import SPACELESS, key, phrases_of
from courseware.language.frames.places import HEADS, Place, Setting
from courseware.language.frames.words import Words, folded, known_languages, split_words, words_of
from courseware.language.twins import twins

FEWEST_WORDS = 3
"""Words of a sentence at least."""
MOST_WORDS = 4
"""Words of the thing at most: more are a sentence."""
_LEADER = re.compile(r"(?P<definite>d+)?x?L(?:&d*L)*(?:y|c|#)*")
_PERSON = frozenset("LWPBNVq")
"""Letters of who leads, of a subject, and of a verb or question, which the thing is none of."""
_VERBS = ("writing_verbs", "worded_verbs", "acting_verbs", "making_verbs", "telling_verbs")


def is_for_leader(text: str, setting: Setting, words: Words) -> bool:
    """Whether a text is a thing that is for who leads; a heading must say "the": "Python for teachers" is a subject."""
    tokens = split_words(text)
    at = next((n for n, token in enumerate(tokens) if words.matches("meant_for", token)), 0)
    thing = tokens[:at]
    if not 0 < at <= MOST_WORDS or not _may_be_thing(thing, words.language):
        return False
    if words.matches("commands", thing[0]) or _PERSON & set(
        words.letters(" ".join(thing), "leader")
    ):
        return False
    found = _LEADER.fullmatch(words.letters(" ".join(tokens[at + 1 :]), "leader"))
    if found is None:
        return False
    return found["definite"] is not None if setting.place in HEADS else _is_label(setting)


def is_phrased_for_leader(text: str, setting: Setting, language: str) -> bool:
    """Whether a label or an aside is a thing for who leads in a language told by phrases."""
    phrases = phrases_of(base(language))
    if phrases is None or not _is_label(setting):
        return False
    thing = phrases.thing_for(text, setting.place is Place.BRACKET)
    adjective = base(language) in SPACELESS  # "講師用まとめ" orders nothing
    return bool(thing) and (adjective or _may_be_thing(thing.split(), base(language)))


def is_sentence(text: str) -> bool:
    """Whether what a label labels ends like a sentence and has three words or more; a name ends without a stop."""
    ends = twins(text).rstrip(" *_)\"'»”“」』").endswith((".", "!", "?", "…"))
    return ends and count_words(text) >= FEWEST_WORDS


def _is_label(setting: Setting) -> bool:
    """Whether a text labels words of its own."""
    return setting.place in (Place.LABEL, Place.BRACKET, Place.BOLD_LINE) and any(
        map(str.isalpha, setting.text)
    )


def _may_be_thing(thing: list[str], language: str) -> bool:
    """Whether no word at either end of a thing is a command's verb."""
    return commands(language).isdisjoint((thing[0], thing[-1]))


@cache
def commands(language: str) -> frozenset[str]:
    """Return the verbs with which a language tells to do something."""
    data = data_of(language)
    return frozenset(key(verb) for name in _VERBS for verb in data.get(name, ()))


def may_lead(name: str) -> bool:
    """Whether a name is that of one who leads or helps to, in any language: "host", "leitung"."""
    known = (words_of(language) for language in known_languages())
    if any(words.entry(folded(name), "leader") in ("L", "W", "P") for words in known if words):
        return True
    others = (data_of(language).get("withheld") or {} for language in languages())
    return any(key(name) in map(key, row.get("leaders", ())) for row in others)


def may_learn(name: str) -> bool:
    """Whether a name is that of one who learns, in any language whose words are known: "student", "lernende"."""
    known = (words_of(language) for language in known_languages())
    return any(words.matches("others", folded(name)) for words in known if words)
