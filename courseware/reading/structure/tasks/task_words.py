"""Words of tasks that the first verb does not decide: nouns that look like verbs, telling which, putting in order.

The lists are those of the languages' files; a language without them has none of these forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from courseware.language.names import grouping
from courseware.language.small_words import small_words
from courseware.language.twins import alike
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import Block, Field
from courseware.reading.structure.times.time_phrases import duration

BEFORE = 5
"""Words behind a noun among which the verb of its sentence is: "Write access for guests needs"."""
HEAD = 2
"""Words of a name that begins with a noun: "Plan features", with what ends it behind them."""
WITHIN = 12
"""Words behind a verb of telling among which it says what to tell."""
VERB = 3
"""Letters of a verb with its ending in a script that puts no space between words, and of what may stand before a length."""
_HAN = re.compile("[\u3400-\u9fff]")
_UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
_MENU = re.compile(r"\w\s*(?:>|→|›|»)\s*\w")
_NAMED = re.compile(r"[\"“'‘„«]|\w[._]\w")


def stated_group(blocks: Iterable[Block], words: Vocabulary) -> str:
    """Return how a task's field says that learners sit together, "Group: pairs", where its words are known ones; else ""."""
    labels = words.of("grouping_labels")
    fields = (b for b in blocks if isinstance(b, Field) and b.key in labels and not b.blocks)
    said = (field.value.plain for field in fields if field.audience == "everyone")
    return next((text for text in said if text and grouping(text, words.tongue)), "")


def is_noun(verb: str, said: Sequence[str], words: Vocabulary) -> bool:
    """Whether a clause's first word is a noun though a verb is written so: "Rate limits", "List of guests".

    `said` are the words behind it. A noun stands before "of", before the thing that it names, or before the verb
    of a sentence on it, no "which" or "you" between them.
    """
    keys = [key_of(word) for word in said]
    if key_of(verb) not in words.of("noun_verbs") or not keys:
        return False
    ends = words.of("thing_ends") | words.of("question_words")
    of = words.of("of_words")
    if keys[0] in of:
        return True
    head = keys[0] in words.of("noun_heads") and (len(keys) < HEAD or keys[1] in ends - of)
    return (head and key_of(verb) in words.of("compound_nouns")) or _states(keys, ends, words)


def _states(keys: Sequence[str], ends: frozenset[str], words: Vocabulary) -> bool:
    for word in keys[:BEFORE]:
        if word in words.of("stating_verbs"):
            return True
        if word in ends:
            return False
    return False


def tells_which(sentence: str, words: Vocabulary) -> bool:
    """Whether a sentence asks to tell which, whether or how, or to put things in order."""
    first, *said = [key_of(word) for word in _WORD.findall(sentence)] or [""]
    if first in words.of("telling_verbs") and not words.of("question_words").isdisjoint(
        said[:WITHIN]
    ):
        return True
    ordering = words.of("placing_verbs") | words.of("sorting_verbs")
    return first in ordering and not words.of("order_words").isdisjoint(said)


def is_in_program(clause: str, before: str, words: Vocabulary) -> bool:
    """Whether a clause tells to pick or to name what is a program's.

    So is what is picked behind a click, in a menu ("File > Save"), and a file or function that gets its name.
    """
    said = [word.lower() for word in _WORD.findall(clause)]
    if not said or said[0] not in words.of("picking_verbs"):
        return False
    clicked = _WORD.match(before)
    if clicked is not None and clicked[0].lower() in words.of("clicking_verbs"):
        return True
    made = not words.of("made_things").isdisjoint(map(key_of, said[1:4]))
    return bool(_MENU.search(clause)) or (made and bool(_NAMED.search(clause)))


def late_verbs(clause: str, words: Vocabulary) -> tuple[str, ...]:
    """Return the verbs that a clause commands by where its language puts them last; none where it only says how long."""
    found = words.verbs.of(clause)
    return () if found and _is_length(clause, words) else found


def _is_length(clause: str, words: Vocabulary) -> bool:
    """Whether a clause says how long something is done, and of it no more than the verb: "Zwölf Minuten zum Schreiben", "用10分钟写"."""
    said = alike(clause).strip(" .!")
    places = range(2 * VERB) if _UNSPACED.match(said) else (0,)
    found = ((at, duration(said[at:], words.tongue)) for at in places)
    at, time = next(((at, time) for at, time in found if time is not None), (0, None))
    if time is None:
        return False
    behind = said[at + len(time.text) :].strip()
    if not behind:
        return at > 0 and said[:at].endswith(tuple(words.of("times")))
    if _UNSPACED.search(behind):
        return at <= VERB and len(behind) <= VERB and len(_HAN.findall(behind)) < VERB
    small = {
        *words.of("title_joins"),
        *words.of("times"),
        *small_words(words.tongue).plain("time_limit_behind"),
    }
    return small.issuperset(map(key_of, behind.split()[:-1]))
