"""Frames of a text for who leads a session: F1 to F8, each a pattern over a part's letters.

The letters are those of `words.LEADER_LETTERS`. A part must be consumed whole: "a leader's word
beside a thing" alone was right in 36 of 100 headings of 4,039 real files, these frames in nearly all.

F6, a leader alone as a label ("Trainer: …"), is the riskiest frame, so its text decides: withheld, and
always in doubt, only where the text is a sentence or a command. A name, a link, a variable, a few
words, a description of who that is, or a speaker of a dialogue are open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseware.language.frames.words import Pieces, Words, folded, split_words, take_apart

FEWEST_WORDS = 5
"""Words of a text that may be a sentence; four or fewer are a name or a fact."""
_ADDRESS = re.compile(r"^\s*(?:\[[^\]]*\]\(|<?https?://|\{[{%]|\{\{|@\w|\S+@\S+\.\w+)")
_AMOUNT = re.compile(
    r"\s*(?:\w+\.?\s)?(?:[€$£]\s*\d[\d.,'\s]*|\d[\d.,'\s]*(?:[€$£%]|(?:euros?|dollars?|pounds?|francs?|franken|pesos?|chf|usd)\b))"
    r"(?:\s*[^\s,;.:!?]+){0,6}\.?\s*$",
    re.IGNORECASE,
)
"""An amount, which tells what one earns or costs and is no sentence: "28.000 euros al año"."""
_CAPITAL = re.compile(r"^(?:[A-ZÀ-Þ][\w.'’-]*|de|von|van|der|da|del|la|y|and|und|et|&)$")
_ENDS = re.compile(r"[.!:…。]['\"”»)]*\s*(?:$|\s)")
_BEFORE = "[doG]*(?:x#?|#){0,2}"
_WHO = "(?:W?[LP](?:&d*x?[LWP])*|W&d*x?L)"
_ANYONE = "(?:[LW](?:&d*x?[LW])*)"
_THING = "[tTS](?:&x?[tTS]|[tT])*G?"
_CLOSED = "(?:&?(?:x?#|c))*"
_TAIL = f"(?:(?:[fkprG]|o).*|{_CLOSED}|&x)"
_FRAMES = {
    "F1": re.compile(f"{_BEFORE}{_WHO}y?#?[xG]{{0,2}}{_THING}{_TAIL}|B+{_TAIL}|x?B{_TAIL}"),
    "F1 helper": re.compile(f"{_BEFORE}W[tT](?:&x?[tT])*(?:f.*|{_CLOSED})"),
    "F2": re.compile(f"{_BEFORE}{_THING}x?(?:[po]d*[xS]{{1,3}})?[fro]d*x{{0,2}}{_ANYONE}(?:[kpfGy].*|{_CLOSED})"),
    "F2 to": re.compile(f"{_BEFORE}t(?:&[tT])*kd*x{{0,2}}{_ANYONE}{_CLOSED}|{_BEFORE}T+kd*x?L(?:&d*L)*{_CLOSED}"),
    "F3": re.compile(f"[fr]d*x{{0,2}}[LW](?:&d*x?[LW])*(?:y?{_CLOSED})|[fr]d*x?L(?:&d*L)*y?p.*|kd*L(?:&d*L)*c?"),
    "F4": re.compile(f"d*x{{0,2}}{_ANYONE}y{_CLOSED}|y[fr]?d*x{{0,2}}{_ANYONE}{_CLOSED}"),
    "F7": re.compile(f"q?[do]*x{{0,2}}L(?:&d*[LW])*(?:w.*|s(?:&s)*{_CLOSED})|qd*x{{0,2}}(?:Ww|Ls).*|qsd*L"),
    "F7 doubt": re.compile("q[do]*x{0,2}L(?:&d*[LW])*(?:x{0,2}u.*)|qux{0,2}d*L(?:&d*[LW])*c?"),
    "F8": re.compile(f"d*Gt+(?:&[tT])*{_CLOSED}"),
}  # fmt: skip
_ADJECTIVES_AFTER = {
    "F8": re.compile(f"d*[tT]+(?:&[tT])*G{_CLOSED}"),
    "F2": re.compile(
        f"{_BEFORE}{_THING}x{{0,2}}(?:[ofkr]|[ofk]d|)d*x?{_WHO}x?(?:&d*x?[LWP])*(?:[fkp].*|{_CLOSED})"
    ),
}
"""Frames of languages whose things stand first: "guide de l'animateur", "fiche formateur"."""
_THING_LEADER = re.compile("d*[tT]L")
"""A note with one who leads right behind it, which German says: "Info Lehrkraft"."""
LONE = re.compile(r"(?:d*|o)x{0,1}L(?:&[do]*[LW])*#?")
_IN_BRACKETS = re.compile(
    r"[fr]?d*x?L(?:&d*x?[LWP])*y?|[fr]d*x?[LW](?:&d*x?[LWP])*y?|(?:[LW](?:&[LW])*)y?"
)
_THING_ALONE = re.compile(f"d*x?{_THING}(?:{_CLOSED}|[fkp].*)")
_FOR_ALONE = re.compile("[fr]?d*x?L(?:&d*x?[LW])*")
_HELD = re.compile("^d*Lx$|L[tTS]|[tT][fr]d*x?L|B|Ly")
_ACTING = re.compile("[qdos&r]*L(?:&d*L)*[qdos&r]*")
_CONDUCT = re.compile(
    r"d*t(?:&t)*f+d*(?:P(?:&P)*(?:f*d*e#?)?|C(?:&C)*f*d*e#?)c?|d*(?:P|Cf*d*e|eC)f?t(?:&t)*c?|d*Gt(?:&t)*fd*e#?"
)
"""Notes on how to lead something: "Hints for running the session", "Hinweise zur Durchführung"."""
IN_DOUBT = "F7 doubt"
"""The frame of what a leader should know or do, or how a thing is led: in a course about leading it is what is taught."""
_WITH_LEADER = ("F6", IN_DOUBT, "F8")
"""Frames that a course about teaching switches off: `leaders: subject`."""


def frame_of(part: str, words: Words, subject: bool) -> str:
    """Return the name of the frame that a part is, or ""."""
    letters = words.letters(part, "leader")
    if _is_command(part, letters, words) or "N" in letters:
        return ""
    if words.language == "de" and _THING_LEADER.fullmatch(letters):
        return "F1"
    for name, pattern in _FRAMES.items():
        if not (subject and name in _WITH_LEADER) and pattern.fullmatch(letters):
            return name if name == IN_DOUBT else name.split()[0]
    if not subject and _CONDUCT.fullmatch(words.letters(part, "conduct")):
        return IN_DOUBT
    for name, pattern in _ADJECTIVES_AFTER.items() if words.thing_first else ():
        if not (subject and name in _WITH_LEADER) and pattern.fullmatch(letters):
            return name
    return ""


def _is_command(part: str, letters: str, words: Words) -> bool:
    """Whether a part tells its reader what to do, by its first word."""

    tokens = split_words(part)
    if not tokens or not words.matches("commands", tokens[0]):
        return False
    noun = words.matches("command_nouns", tokens[0]) and letters[1:2] in ("t", "T", "S")
    return not noun


def is_copy(name: str, last: str, words: Words) -> bool:
    """Whether the last two words of a name are a leader and a copy of a file, "teacher edition", and none speaks about leaders."""
    letters = words.letters(last, "leader")
    held = re.fullmatch("[tS]L" if words.thing_first else "L[tS]", letters)
    copy = any(words.matches("copies", word) for word in split_words(last))
    return bool(held) and copy and not {"N", "V", "q"} & set(words.letters(name, "leader"))


def is_order(part: str, words: Words) -> bool:
    """Whether a part tells somebody what to do: "read this first"."""
    tokens = split_words(part)
    return bool(tokens) and words.matches("commands", tokens[0]) and len(tokens) > 1


def is_alone(part: str, words: Words) -> bool:
    """Whether a part is nothing but a leader: "Trainer", "The course instructor"."""
    letters = words.letters(part, "leader")
    return bool(LONE.fullmatch(letters)) and not _is_command(part, letters, words)


def signs(who: str, words: Words) -> bool:
    """Whether a signature is one who leads, or helps to: "the trainer"."""
    return re.fullmatch("d*x?[LW]", words.letters(who, "leader")) is not None


def is_part_played(head: str, words: Words) -> bool:
    """Whether a column's head is what a leader does there: "Trainer's role", "What do trainers do"."""
    letters = words.letters(head, "column")
    return bool(_ACTING.fullmatch(letters)) and not {"r", "s"}.isdisjoint(letters)


def is_plainly_alone(part: str, words: Words) -> bool:
    """Whether a heading is a leader alone, beside words for which one that is: no "Modern moderation"."""
    befores = [
        w for w in split_words(part) if words.entry(w, "leader") == "" and not w[:1].isdigit()
    ]
    return is_alone(part, words) and all(words.matches("befores", w) for w in befores)


def is_explained(text: str, brackets: Sequence[str], words: Words) -> bool:
    """Whether a leader's name is a word that a text explains: "Mentor (noun): a guide"."""
    first = " ".join(split_words(text)[:1])
    return any(
        words.matches("word_classes", " ".join(split_words(s))) for s in (first, *brackets) if s
    )


def across(first: str, second: str, words: Words) -> bool:
    """Whether two neighbouring parts are a leader and a thing: "Trainer: notes", "Notes – trainer"."""
    one, two = words.letters(first, "leader"), words.letters(second, "leader")
    leads = LONE.fullmatch(one) and _THING_ALONE.fullmatch(two)
    led = re.fullmatch("d*x?[tT]+", one) and _FOR_ALONE.fullmatch(two)
    how = LONE.fullmatch(one) and words.matches("leading_this", " ".join(split_words(second)))
    return bool(leads or led or how)


def is_addressed(part: str, words: Words) -> bool:
    """Whether a part tells a leader to do something: "Facilitator, read this aloud", "Watch out, trainers"."""
    name, comma, rest = part.partition(",")
    if comma:
        called = is_alone(rest, words) and "&" not in words.letters(rest, "leader")
        first = words.letters(name, "leader")
        warned = len(split_words(name)) == 1 and words.matches("commands", split_words(name)[0])
        ordered = (warned or is_order(name, words)) and not set("LW") & set(first)
        return (is_alone(name, words) and is_order(rest, words)) or (called and ordered)
    tokens = split_words(part)
    at = next((n for n, token in enumerate(tokens) if words.matches("to", token)), 0)
    bidden = is_order(" ".join(tokens[at + 1 :]), words)
    return at > 0 and is_alone(" ".join(tokens[:at]), words) and bidden


def holds_frame(title: str, words: Words) -> bool:
    """Whether a fold's title holds a leader beside a thing, whatever else it says."""
    letters = words.letters(title, "leader")
    return "N" not in letters and _HELD.search(letters) is not None


def in_brackets(inside: str, words: Words, subject: bool) -> str:
    """Return the frame of what stands in brackets: a leader alone, or any other frame."""
    letters = words.letters(inside, "leader")
    if "N" in letters or words.matches("hosts", " ".join(inside.casefold().split())):
        return ""
    return "F5" if _IN_BRACKETS.fullmatch(letters) else frame_of(inside, words, subject)


def is_told(text: str, words: Words, in_plan: bool = False) -> bool:
    """Whether a lone label's text is a sentence or a command for who leads; in a plan, what they do, too."""
    tokens = [word for word in split_words(text) if word != "&"]
    if len(tokens) < FEWEST_WORDS or _ADDRESS.match(text) or _is_name(text) or _AMOUNT.match(text):
        return False
    return in_plan or not _describes(tokens, words)


def is_short_order(text: str, words: Words) -> bool:
    """Whether a few words are a command or a sentence, "Watch the clock.", and no name, speech or description."""
    tokens = [word for word in split_words(text) if word != "&"]
    if not 1 < len(tokens) < FEWEST_WORDS or _ADDRESS.match(text) or _is_name(text):
        return False
    if _describes(tokens, words) or text.rstrip().endswith(("?", "？")):
        return False
    last = text.split()[-1][:1]
    if words.matches("orders", " ".join(tokens)) or (
        last.islower() and words.matches("orders_at_end", tokens[-1])
    ):
        return True
    named = any(word[:1].isupper() or word[:1].isdigit() for word in text.split()[1:])
    told = text.rstrip(" )]*_").endswith(".") and tokens[0].isalpha() and not named
    told = told and not words.matches("spoken", tokens[0])
    return told and words.entry(tokens[0], "leader") in ("", "q", "N", "T", "S", "t")


def is_done(cell: str) -> bool:
    """Whether a cell beneath "Teacher's role" says what is done there, in however few words: "Explains."."""
    return (
        any(map(str.isalpha, cell))
        and bool(split_words(cell))
        and not _ADDRESS.match(cell)
        and not _is_name(cell)
    )


def is_kept_back(pieces: Pieces, words: Words) -> str:
    """Return what says that learners shall not see it, "brackets" or a "part", or "": "Keys (do not hand out)"."""
    inside = [" ".join(split_words(one)) for one in pieces.brackets]
    if any(words.matches(name, one) for one in inside for name in ("not_learners", "not_out")):
        return "brackets"
    if any(words.matches("not_shared", one) for one in inside):
        return "part"
    parts = [" ".join(split_words(one)) for one in pieces.parts]
    return "part" if any(words.matches("not_learners", one) for one in parts) else ""


def is_plan(heads: Sequence[str], words: Words) -> bool:
    """Whether one of a table's other columns is the time's or the learners': it tells who does what when."""
    keys = [" ".join(split_words(head)) for head in heads]
    return any(words.matches("others", one) or words.matches("times", one) for one in keys)


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
    said = split_words(parts[0]) if len(parts) == 1 else []
    name = " ".join(said[1:] if len(said) > 1 and words.matches("articles", said[0]) else said)
    leader = bool(name) and words.matches("leaders", name)
    return (
        bool(name)
        and not leader
        and (words.matches("others", name) or words.matches("agents", name))
    )


def is_among_people(titles: Sequence[str], words: Words) -> bool:
    """Whether a heading above is one under which people are introduced: "The team", "Roles"."""
    return any(words.matches("people", " ".join(folded(title).split())) for title in titles)
