"""What a lead-in commands: writing, which asks for space, or acting, which does not.

The verb alone cannot decide: its object and the items below count as well. "Create a plan:" asks,
"Create a class:" does not, and steps that open, run and type are done elsewhere than on paper.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

from courseware.language.twins import EAST, normal, twins
from courseware.language.vocabulary import Vocabulary, key_of, split_emoji
from courseware.model.cutting import asks
from courseware.model.tasks.each import each_of
from courseware.reading.structure.tasks.task_words import (
    is_in_program,
    is_noun,
    late_verbs,
    tells_which,
)

_SENTENCES = re.compile(rf"(?<=[.!?])(?:\s+|(?=[{EAST}]))")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0dff'’-])*")
_PATH = re.compile(r"^(?:[`$>]|[\w.~-]*/[\w./-]+|cd\s)", re.IGNORECASE)
"""What a step begins with where it is of a program: a path, a command."""
_SYSTEM = re.compile(
    rf"^(?:(?P<before>[^\W\d_]{{1,5}})\s+)?(?:[Mm]ac\s?OS|Windows|[Ll]inux|[Uu]nix|[Uu]buntu)(?(before)\b|(?=[:：,、{EAST}]))"
)
"""A system, with a small word before it: "On Windows", "Unter Linux", "Windowsでは"."""
VERB = 4
"""Words behind a question's word among which its verb is: "what command(s) will"."""
OBJECT = 8
"""Words behind a verb among which the thing is that it makes."""

NEAR = 3
"""Words behind a verb among which a program's thing says that it is done there: "List the files"."""
PHRASES = (2, 3, 4)
"""Words of a phrase that says to write: "take notes", "come up with"."""
LABEL = 4
"""Words that a label before a command has at most: "Your turn: rewrite …"."""

_NUMBERS = "0123456789①②③④⑤⑥⑦⑧⑨⑩#№.ºª° "
Command = Literal["write", "act", "none"]


def commands(text: str, words: Vocabulary) -> bool:
    """Whether a text commands by a writing verb, at a sentence's start or after its comma."""
    return "write" in _all(text, words)


def acts(text: str, words: Vocabulary) -> bool:
    """Whether a step says to do something elsewhere than on paper, and nothing to write."""
    found = _all(text, words)
    system = _SYSTEM.match(text)
    if system and _is_small(system["before"] or "", words):
        return True
    return bool(_PATH.match(text)) or ("act" in found and "write" not in found)


def _is_small(word: str, words: Vocabulary) -> bool:
    """Whether a word before a name is no verb, no question's and no article: "on", "unter"."""
    low = word.lower()
    other = words.of("question_words") | words.of("articles") | words.of("numbers")
    return low not in other and _kind(low, (), words) == "none"


def begins(text: str, words: Vocabulary) -> Command:
    """Return what the verb that a step begins with commands."""
    found = _all(text, words)
    told = (one for one in found if one != "none") if words.verbs else iter(found)
    return next(told, "none")


@lru_cache(maxsize=4096)
def tells_to_do(text: str, words: Vocabulary) -> bool:
    """Whether a sentence of a text begins with a verb that commands: to write or to act."""
    return any(begins(sentence, words) != "none" for sentence in _sentences(text))


def is_task(text: str, words: Vocabulary) -> bool:
    """Whether a text asks something, or commands something that is written."""
    return asks(text, words.tongue) or commands(text, words)


def names_task(label: str, said: str, words: Vocabulary) -> bool:
    """Whether a label names an exercise, or counts a question, and what stands behind it is to be written."""
    key = key_of(label)
    name = " ".join(word for word in key.split() if word not in words.of("ordinals"))
    name = name.strip(_NUMBERS)
    kind = words.section_kind(name)
    task = kind == "exercises" or key in words.of("counted_starts")
    counted = name != key and kind == "questions"
    if not (task or counted or words.exercise_start.match(twins(label))):
        return False
    said = said.lstrip(":：. ").strip()
    if said.endswith((":", "：")):  # it leads in to what is to be done
        return False
    return is_task(said, words) or tells_to_write(said, words) or draws(said, words)


def tells_to_write(text: str, words: Vocabulary) -> bool:
    """Whether a sentence of a text says to put something in words, and leads in to nothing.

    Its verb stands first, or behind a clause that sets the scene: "In pairs, list …", "Take a minute
    to note …", "Look at the chart and name …".
    """
    asking = words.of("question_words")
    for sentence in _sentences(text):
        bare = _bare(sentence, words)
        if bare and not bare.endswith(":"):
            if tells_which(bare, words) or _is_labelled(bare, words):
                return True
            first, *rest = _parts(bare, words)
            if " " not in first and rest and _first_word(rest[0]) in asking:
                first, *rest = f"{first} {rest[0]}", *rest[1:]  # "Объясните, почему …"
            said = (first, *rest) if _sets_scene(first, bare, words) else (first,)
            if any(_in_words(c, words) and not _on_surface(c, words) for c in said):
                return True
    return False


def _first_word(text: str) -> str:
    found = _WORD.search(text.lower())
    return found[0] if found else ""


def draws(text: str, words: Vocabulary) -> bool:
    """Whether a sentence of a text says to draw or to plot something: a picture beside it is no space for that."""
    drawn, said = words.of("space_draw"), _sentences(text)
    told = (s for s in said if begins(s, words) == "write" or tells_to_write(s, words))
    plotted = any(places(s, words) and not names_surface(s, words) for s in said)
    verbs = (_verb(part, words) for s in told for part in _parts(s, words))
    return plotted or (not text.rstrip().endswith(":") and any(verb in drawn for verb in verbs))


def picks_elsewhere(text: str, coded: bool, words: Vocabulary) -> bool:
    """Whether a step picks or names what it goes on to work with, or types: "Pick an LED and insert it".

    `coded` tells that code stands in it: "Name your project `nightlight`".
    """
    first, *rest = list(_clauses(text, words)) or [""]
    kinds = [_command(clause, words) for clause in rest]
    picks = _verb(first, words) in words.of("picking_verbs") and "write" not in kinds
    return picks and (coded or "act" in kinds)


def opens_question(text: str, words: Vocabulary) -> bool:
    """Whether a text asks by what stands below it: "Which command gives this output:", "¿Cuál es la salida:".

    A question's word is followed by its verb: "What it prints:" only names.
    """
    if not text.rstrip().endswith((":", "：")):
        return False
    last = _sentences(text)[-1]
    if "¿" in last:
        return True
    for clause in _ends(words).split(last):
        said = [word.lower() for word in _WORD.findall(clause)]
        if said[:1] and said[0] in words.of("asking_words"):
            verbs = [n for n, w in enumerate(said[1 : VERB + 1]) if w in words.of("asking_verbs")]
            names = verbs and words.of("thing_ends") | words.of("articles")
            if verbs and not (verbs[0] and said[1] in names):
                return True
    return False


def names_surface(text: str, words: Vocabulary) -> bool:
    """Whether a text names what a group writes on that is no worksheet: a whiteboard, sticky notes, a flip chart."""
    return words.surface.search(normal(text).lower()) is not None


def _on_surface(clause: str, words: Vocabulary) -> bool:
    """Whether a clause puts something on a whiteboard or the like; one that explains or compares does not."""
    explained = words.of("space_many") - words.of("making_verbs") - words.of("space_written")
    return names_surface(clause, words) and _verb(clause, words) not in explained


@lru_cache(maxsize=4096)
def wants_words(text: str, words: Vocabulary) -> bool:
    """Whether a sentence of a text says to put something in words, also where it leads in to something."""
    return any(tells_to_write(s.rstrip(" :："), words) for s in _sentences(text))


def _is_labelled(sentence: str, words: Vocabulary) -> bool:
    """Whether a verb stands as a label before what it asks for: "Outline: a talk on bees"; no "Note: It is hot."."""
    label, colon, rest = sentence.partition(": ")
    verb = key_of(label)
    if not colon or verb not in words.of("worded_verbs") or sentence.endswith((".", "!")):
        return False
    return verb not in words.of("compound_nouns") and not is_noun("note", rest.split(), words)


def explains(text: str, words: Vocabulary) -> bool:
    """Whether a text asks for words on what stands below it: "Explain what this prints:"."""
    made = words.of("space_written") | words.of("making_verbs")
    verbs = (words.of("space_many") & words.of("writing_verbs")) - made
    return any(_verb(clause, words) in verbs for clause in _clauses(text, words))


def _infinitive(clause: str, words: Vocabulary) -> tuple[str, str, str]:
    """Return what stands before the word for an infinitive, that word, and what stands behind it: "Try to"."""
    parts = (clause.partition(f" {word} ") for word in words.of("clause_to"))
    return next((found for found in parts if found[1]), (clause, "", ""))


def _parts(sentence: str, words: Vocabulary) -> list[str]:
    """Return the clauses of a sentence, also those behind "Take a minute to" and "Try to"."""
    found: list[str] = []
    for clause in _ends(words).split(sentence):
        bare = _bare(clause, words)
        head, to, rest = _infinitive(bare, words)
        found += [head, rest] if to and _verb(head, words) in words.of("acting_verbs") else [bare]
    return [clause for clause in found if clause] or [sentence]


def _verb(clause: str, words: Vocabulary) -> str:
    """Return the verb that a clause may command by: its first word, unless the language puts it elsewhere."""
    if behind := late_verbs(clause, words):
        return behind[0]
    found = _WORD.match(clause)
    return found[0].lower() if found else ""


def _sets_scene(clause: str, sentence: str, words: Vocabulary) -> bool:
    """Whether what follows a clause may be a command: it is one itself, or says when, where, with whom."""
    first = _verb(clause, words)
    scenes = words.of("space_skipped") | words.of("acting_verbs") | words.of("writing_verbs")
    labelled = sentence.startswith((f"{clause}:", f"{clause} —")) and len(clause.split()) <= LABEL
    return first in scenes or key_of(first) in scenes or labelled


def _in_words(clause: str, words: Vocabulary) -> bool:
    """Whether a clause begins with a verb that is done in words: a thing of a program's is not."""
    if _tells(clause, words):
        return False
    if late := late_verbs(clause, words):
        return not words.of("worded_verbs").isdisjoint(late)
    said = clause.lower().rstrip(" .!").split()
    commanding = said and said[0] in {phrase.split()[0] for phrase in words.data["worded_verbs"]}
    if commanding and any(
        n <= len(said) and key_of(" ".join(said[:n])) in words.of("worded_verbs") for n in PHRASES
    ):  # no statement: "Writes down what is said"
        return True
    first = _verb(clause, words)
    if first in words.of("making_verbs"):
        return _made(
            [w.lower() for w in _WORD.findall(clause)][1 : OBJECT + 1], words
        ) == "write" or (first in words.of("space_written") and begins(clause, words) == "write")
    verbs = words.of("space_written") | (words.of("space_many") & words.of("writing_verbs"))
    if first not in verbs | words.of("worded_verbs") or said[1:2] in (["that"], []):
        return False
    behind = [w.lower() for w in _WORD.findall(clause)][1 : NEAR + 1]
    drawn = first in words.of("space_draw")
    return begins(clause, words) == "write" and (drawn or _made(behind, words) != "act")


def places(text: str, words: Vocabulary) -> bool:
    """Whether a step says to put something into a matrix: "Place each idea in the matrix"."""
    said = [key_of(word) for word in text.split()]
    first = _WORD.match(_bare(text, words))
    led = first is not None and first[0].lower() in words.of("placing_verbs")
    return led and bool(words.of("matrix_words") & set(said))


def leads(lead: str, items: Sequence[str], words: Vocabulary, ordered: bool = False) -> bool:
    """Whether a lead-in asks for space for each item of the list behind it; with a full stop, where it points at them or they are `ordered`."""
    pointed = each_of(lead, words) or _has(lead, ("each", "following"), words)
    if not lead.rstrip().endswith((":", "：", *(".。" if pointed or ordered else ""))) or not items:
        return False
    found = _all(lead, words)
    if "write" not in found:
        return "act" in found and 2 * _count(items, "write", words) > len(items)
    asking = sum(asks(one, words.tongue) for one in items)
    makes = any(
        _verb(clause, words) in words.of("making_verbs") for clause in _clauses(lead, words)
    )
    acting = sum(
        acts(i, words)
        or i.rstrip().endswith((":", "："))
        or (makes and _made(_things(i, words)[:NEAR], words) == "act")
        for i in items
    )
    return 2 * asking >= len(items) or 2 * acting < len(items)


def _has(text: str, lists: Sequence[str], words: Vocabulary) -> bool:
    """Whether a text has a word of lists; where no spaces part words, anywhere in it."""
    known = frozenset().union(*map(words.of, lists))
    east = (word for word in known if re.search(f"[{EAST}]", word))
    return not known.isdisjoint(map(key_of, _WORD.findall(text))) or any(w in text for w in east)


def _tells(clause: str, words: Vocabulary) -> bool:
    """Whether a clause says to compare with somebody, which is said aloud: "Compare with your neighbour"."""
    said = clause.lower()
    verbs = late_verbs(clause, words) or (_verb(clause, words),)
    return not words.of("comparing_verbs").isdisjoint(verbs) and any(
        re.search(
            rf"(?<!\w){re.escape(phrase)}(?!\w)" if phrase.isascii() else re.escape(phrase), said
        )
        for phrase in words.of("with_partner")
    )


def _count(items: Sequence[str], command: Command, words: Vocabulary) -> int:
    return sum(begins(item, words) == command for item in items)


@lru_cache(maxsize=4096)
def _all(text: str, words: Vocabulary) -> tuple[Command, ...]:
    return tuple(_each(text, words))


def _each(text: str, words: Vocabulary) -> Iterator[Command]:
    if any(tells_which(_bare(s, words), words) for s in _sentences(text)):
        yield "write"
    for before, clause in itertools.pairwise(("", *_clauses(text, words))):
        behind = late_verbs(clause, words)
        if (
            is_in_program(clause, before, words)
            or _tells(clause, words)
            or _on_surface(clause, words)
        ):
            yield "act"
            continue
        for verb in behind:
            yield _kind(verb, _things(clause, words), words)
        if not behind:
            yield _command(clause, words)


def _things(clause: str, words: Vocabulary) -> list[str]:
    """Return the words of a clause; where no spaces part them, the things among them that can be made."""
    if not re.search(f"[{EAST}]", clause):
        return _WORD.findall(clause.lower())
    return [t for t in words.of("written_things") | words.of("made_things") if t in clause]


@lru_cache(maxsize=64)
def _ends(words: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of what ends a clause: a sign, or a word that the next begins with."""
    said = {normal(word).lower() for word in words.data["clause_words"]}
    close = "|".join(re.escape(word[:-1]) for word in said if word.endswith("*")) or "(?!)"
    to = _any(words.written("clause_to"))
    return re.compile(
        rf"[,;:](?:\s+|(?<=[{EAST}].)(?=[{EAST}]))|—|–|\s(?:{_any(w for w in said if not w.endswith('*'))})\s|\s(?:{close})(?=[^\W\d_]{{3}})|\s(?:{to})\s(?=\w+:$)"
    )


@lru_cache(maxsize=64)
def _begun(words: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of the small words that stand before a clause's verb."""
    return re.compile(rf"^(?:{_any(words.written('clause_small'))})\s+", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    """Return the alternatives of words."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


def _bare(text: str, words: Vocabulary) -> str:
    """Return a clause without its marks and the small words that it begins with."""
    return _begun(words).sub("", text.strip(" *_"))


def _sentences(text: str) -> list[str]:
    return _SENTENCES.split(split_emoji(normal(text))[1])


def _clauses(text: str, words: Vocabulary) -> Iterator[str]:
    """Yield the clauses of a text, less the small words that they begin with."""
    for sentence in _sentences(text):
        for clause in _ends(words).split(sentence):
            if bare := _bare(clause, words):
                yield bare


def _command(clause: str, words: Vocabulary) -> Command:
    """Return what a clause's verb commands; of a verb of making, what it makes decides."""
    said = [word.lower() for word in _WORD.findall(clause)]
    if not said or not _WORD.match(clause) or is_noun(said[0], said[1:], words):
        return "none"
    if any(
        key_of(" ".join(said[:n])) in words.of("acting_verbs") for n in PHRASES if n <= len(said)
    ):
        return "act"
    return _kind(said[0], said[1 : OBJECT + 1], words)


def _kind(verb: str, said: Sequence[str], words: Vocabulary) -> Command:
    """Return what a verb commands; `said` are words beside it."""
    defines = verb in words.of("defining_verbs") and words.of("one_words").issuperset(said[:1])
    if verb in words.of("making_verbs") or (defines and said):
        found = _made(said if verb in words.of("making_verbs") else said[:NEAR], words)
        if found != "none":
            return found
    if verb in words.of("writing_verbs"):
        return "write"
    return "act" if verb in words.of("acting_verbs") else "none"


def _made(said: Sequence[str], words: Vocabulary) -> Command:
    """Return whether what is made is written or a program's; "none" where no word tells."""
    keys = {key_of(word) for word in said}
    if keys & words.of("written_things"):
        return "write"
    return "act" if keys & words.of("made_things") else "none"
