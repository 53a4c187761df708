"""Cues: what of a text a slide shows. Whole texts, first sentences or first clauses; no rewording.

The numbers of words are the product's own rule (docs/slides.md): some 40 a slide outside tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

import msgspec

from courseware.language.catalogue import Tongue, any_of, words_read
from courseware.language.counting import count_words
from courseware.language.plurals import Direction, direction_of
from courseware.language.printed import Printed, printed
from courseware.language.twins import UNSPACED
from courseware.language.verbs import LISTS
from courseware.language.vocabulary import vocabulary_in
from courseware.model.blocks import AnyNode, Field, Figure, Item, List, Paragraph, Text
from courseware.model.cutting import TextLine, asks, part_of, pieces, together
from courseware.model.inline import BOLD, ITALIC, Mark, Run, joined, words_of
from courseware.model.session import Course, Session
from courseware.model.walk import N, own_texts, rebuild, walk

SLIDE = 40
"""Words that a slide aims at."""
LEEWAY = 48
"""Words up to which a slide is kept whole rather than cut."""
FULL = 60
"""Words up to which what cannot be cut further stays on one slide rather than on two half-empty ones."""
SENTENCE = 22
"""Words of a paragraph's cue."""
QUESTION = 30
"""Words up to which what is asked stays as it is."""
ITEM = 12
"""Words of a list item's cue."""
FEWEST = 4
"""Words that a first sentence has at least to stand alone."""
BRIEF = 8
"""Words of a list item's cue where room is scarce: in columns and on exercises."""

_END = re.compile(
    r"[.!?…؟।॥۔][\"'”’»)\]]*(?=\s+[\"'“‘«(¿¡]?(?P<next>[^\W_])|\s*$)|[。！？]+[」』）”’]*"
)
"""Where a sentence may end: what comes next is no small letter, in scripts that have such."""
_WORD = r"[\w’'-]+(?:[./][\w’'-]+)*"
NAMED = 4
"""Words that a thing of an enumeration has at most, and a subject with an aside has fewer of."""
_PAIRS = (("(", ")"), ("«", "»"), ("（", "）"), ("「", "」"), ("『", "』"))


@lru_cache(maxsize=8192)
def words(text: str) -> int:
    """Return how many words a text has; a blank to fill in is none, nor is a dash."""
    if UNSPACED.search(text):
        return count_words(text)
    return sum(any(c.isalnum() for c in word) for word in text.split())


def words_in(nodes: Iterable[AnyNode]) -> int:
    """Return how many words stand in nodes and all in them; alternative texts do not count."""
    return sum(
        words(text.plain)
        for node in walk(nodes)
        for text in ((node.caption,) if isinstance(node, Figure) else own_texts(node))
    )


@cache
def _short(more: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of abbreviations, of all languages and a course's: a full stop of theirs ends nothing, whatever stands before their letters."""
    added = (re.escape(word.lower().rstrip(".")) for word in more)
    return re.compile(rf"(?<![^\W_])(?:[^\W\d_]|{'|'.join((*added, any_of('abbreviations')))})$")


def sentences(plain: str, tongue: Tongue) -> list[int]:
    """Return where each sentence of a text ends; an abbreviation's full stop ends none."""
    short = _short(tongue.more("abbreviations"))
    ends = [
        found.end()
        for found in _END.finditer(plain)
        if not (found["next"] or "").islower()
        and not (found.group()[0] == "." and short.search(plain[: found.start()].lower()))
    ]
    return ends if ends and ends[-1] == len(plain) else [*ends, len(plain)]


@lru_cache(maxsize=4096)
def cue(text: Text, tongue: Tongue, limit: int = SENTENCE) -> Text:
    """Return the cue of a text in a language: all of it, its first sentence, or that one's first clause and "…".

    A first sentence of fewer than four words ("In pairs.") takes the next along.
    """
    if words(text.plain) <= limit:
        return text
    ends = sentences(text.plain, tongue)
    first = next((e for e in ends if words(text.plain[:e]) >= FEWEST), ends[0])
    first = first if words(text.plain[:first]) <= limit else ends[0]
    if FEWEST <= words(text.plain[:first]) <= limit:
        return cut(text, first)
    opening = _opening(text.plain[:first], tongue)
    if opening:
        return _main(text, opening, first, limit, tongue)
    clauses = sorted({*_clauses(text.plain, tongue), *_titles(text)})
    fitting = [end for end in clauses if 3 <= words(text.plain[:end]) <= limit]
    if fitting:
        return cut(text, fitting[-1], "…")
    late = [end for end in clauses if limit < words(text.plain[:end]) and end < first]
    return cut(text, late[0], "…") if late else cut(text, first)


def shortened(found: Paragraph, tongue: Tongue, limit: int = SENTENCE, room: int = QUESTION) -> Paragraph:  # fmt: skip
    """Return a paragraph as its cue; one that asks keeps the sentences that do, up to `room` words of them."""
    shorter = task_cue(found.text, tongue, limit, room) if found.asks else cue(found.text, tongue, limit)  # fmt: skip
    return msgspec.structs.replace(found, text=shorter)


def task_cue(text: Text, tongue: Tongue, limit: int = SENTENCE, room: int = QUESTION) -> Text:
    """Return the cue of a text that asks: its questions, else what it says to do; what is around them goes first."""
    if words(text.plain) <= limit:
        return text
    spans = list(pairwise((0, *sentences(text.plain, tongue))))
    asked = [(a, b) for a, b in spans if asks(text.plain[a:b], tongue)]
    told = [(a, b) for a, b in spans if (a, b) in asked or _tells(text.plain[a:b], tongue)]
    for kept in (told, asked):
        if kept and sum(words(text.plain[a:b]) for a, b in kept) <= max(limit, room):
            return joined(*_spaced([part_of(text, a, b) for a, b in kept]))
    if not told:
        return cue(text, tongue, limit)
    start, end = (asked or told)[0]
    starts = [start, *(start + f.end() for f in _ends(tongue).clause.finditer(text.plain[start:end]))] if asked else [start]  # fmt: skip
    fitting = (at for at in starts if words(text.plain[at:end]) <= room)
    said = next(
        (at for at in fitting if at == start or _questions(text.plain[at:end], tongue)), start
    )
    mark = "… " if said > start else ""
    return joined(mark, cue(part_of(text, said, end), tongue, room))


def cued_in(node: N, tongue: Tongue, limit: int, room: int = QUESTION) -> N:
    """Return a block with every paragraph and value in it cut to a cue; choices stay where there is room for all."""
    if isinstance(node, Paragraph):
        return msgspec.structs.replace(node, text=shortened(node, tongue, limit, room).text)
    if isinstance(node, List) and node.choices and words_in([node]) <= FULL:
        return node
    room = limit if isinstance(node, Item) else room
    node = rebuild(node, lambda child: cued_in(child, tongue, limit, room))
    if not isinstance(node, Field):
        return node
    task = node.key in vocabulary_in(tongue).of("whole")
    return msgspec.structs.replace(
        node, value=(task_cue if task else cue)(node.value, tongue, limit)
    )


def _spaced(texts: list[Text]) -> Iterator[Text | str]:
    """Yield texts with a space between each two."""
    for number, text in enumerate(texts):
        yield from (" ", text) if number else (text,)


def commanded(text: Text, tongue: Tongue) -> bool:
    """Whether a sentence of a text asks, or says to do something."""
    spans = pairwise((0, *sentences(text.plain, tongue)))
    return any(asks(text.plain[a:b], tongue) or _tells(text.plain[a:b], tongue) for a, b in spans)


def _tells(sentence: str, tongue: Tongue) -> bool:
    """Whether a sentence, or what its first clause leads in to, begins with a task's verb."""
    known = vocabulary_in(tongue)
    clause = _ends(tongue).opened.search(sentence)
    for bare in (sentence.strip(), sentence[clause.end() if clause else 0 :].strip()):
        first = re.match(r"\w+(?=[\s:])", bare.lower())
        if known.verbs.of(bare) or (first and any(first[0] in known.of(name) for name in LISTS)):
            return True
    return False


def _questions(clause: str, tongue: Tongue) -> bool:
    """Whether a clause begins with what asks: a question's word or mark."""
    first = re.match(r"\W*(\w+)", clause.lower())
    known = vocabulary_in(tongue).of("question_words")
    return clause.strip().startswith("¿") or (first is not None and first[1] in known)


def _clauses(plain: str, tongue: Tongue) -> Iterator[int]:
    """Yield where a text may be cut: behind a clause that says something.

    Nothing is said in brackets that are open, among the things of an enumeration, behind an aside
    of a short subject ("Some, like these"), or by what leads in to what follows.
    """
    for found in _ends(tongue).clause.finditer(plain):
        before = plain[: found.start()]
        comma = before.rfind(",")
        said = before[comma + 1 :]
        one = (
            _ends(tongue).joined.match(plain, found.end()) if plain[found.start()] == "," else None
        )
        listed = one is not None and comma >= 0 and len(said.split()) <= NAMED
        aside = comma >= 0 and len(before[:comma].split()) < NAMED
        inside = before.count("(") > before.count(")")
        last = max(before.rfind(sign) for sign in ",;:—–")
        if not (inside or listed or aside or (last >= 0 and _opens(before[last + 1 :], tongue))):
            yield found.start()


def _opens(said: str, tongue: Tongue) -> bool:
    """Whether a text begins with a word that leads in to a main clause."""
    first = re.match(r"\W*(\w+)", said.casefold())
    if first is None:
        return False
    spaceless = UNSPACED.match(first[1]) and first[1].startswith(_spaceless_openers(tongue))
    return bool(spaceless) or first[1] in words_read("openers", tongue)


def _opening(plain: str, tongue: Tongue) -> int:
    """Return where a sentence's main clause begins, 0 where no clause or phrase leads in to it."""
    commas = _ends(tongue).opened.finditer(plain) if _opens(plain, tongue) else ()
    comma = next((c for c in commas if plain.count("(", 0, c.start()) <= plain.count(")", 0, c.start())), None)  # fmt: skip
    if not comma:
        return 0
    next_word = plain[comma.end() :].partition(" ")[0].casefold()
    return 0 if next_word in words_read("goes_on", tongue) else comma.end()


class _Ends(msgspec.Struct, frozen=True):
    """Where a clause ends in a language; a comma between the things of an enumeration ends none."""

    clause: re.Pattern[str]
    joined: re.Pattern[str]
    """What joins the last two things of an enumeration."""
    opened: re.Pattern[str]
    """The comma behind what leads in to a main clause."""


@cache
def _ends(tongue: Tongue) -> _Ends:
    joined = "|".join(map(re.escape, words_read("joined", tongue)))
    comma = rf"(?!\s+(?:{_WORD}\s+){{1,2}}(?:{joined})\b)(?!\s+(?:{_WORD}\s+){{0,2}}{_WORD},)"
    return _Ends(
        re.compile(rf",(?=\s){comma}|[;:](?=\s)|[，；]|\s[—–-](?=\s)|\s(?=\()"),
        re.compile(rf"\s+(?:{joined})\b"),
        re.compile(rf",{comma}\s|[，、،]\s*"),
    )


@cache
def _spaceless_openers(tongue: Tongue) -> tuple[str, ...]:
    """Return the words that lead in to a main clause in scripts that part no words."""
    return tuple(word for word in words_read("openers", tongue) if UNSPACED.match(word))


def _main(text: Text, start: int, end: int, limit: int, tongue: Tongue) -> Text:
    """Return the main clause of a sentence, with what leads in to it where there is room."""
    whole = [at for at in _clauses(text.plain, tongue) if start < at < end]
    fitting = [at for at in (*whole, end) if words(text.plain[:at]) <= limit]
    if fitting:
        return cut(text, fitting[-1], "…" if fitting[-1] < end else "")
    fitting = [at for at in (*whole, end) if words(text.plain[start:at]) <= limit]
    last = fitting[-1] if fitting else (*whole, end)[0]
    return joined("… ", part_of(text, start, last, "…" if last < end else ""))


def _titles(text: Text) -> Iterator[int]:
    """Return where a title in italics ends before a comma: a clause that names a book ends there."""
    before = ""
    for inline in text.inlines:
        before += words_of(inline)
        if isinstance(inline, Mark) and inline.name in ITALIC:
            at = _place(text.plain, len("".join(before.split())))
            if text.plain[at : at + 1] == ",":
                yield at


def _place(plain: str, count: int) -> int:
    """Return the place in a text behind its `count`-th character that is no space."""
    for at, character in enumerate(plain):
        if not count:
            return at
        count -= not character.isspace()
    return len(plain)


def cut(text: Text, end: int, mark: str = "") -> Text:
    """Return a text's beginning, up to `end` of its plain words; `mark` is put behind it.

    A quotation or bracket that is open there is closed.
    """
    if end >= len(text.plain.rstrip()):
        return text
    plain = text.plain[:end].rstrip()
    mark = "" if plain.endswith((".", "!", "?")) else mark
    mark += "".join(shut for open_, shut in _PAIRS if plain.count(open_) > plain.count(shut))
    low, high, shut = (plain.count(sign) for sign in "„“”")  # „German“ or “English”
    mark += "“" if low > high + shut else "”" if high > low + shut else ""
    return part_of(text, 0, end, mark)


def lines(text: Text, tongue: Tongue) -> list[Text]:
    """Return a long text sentence by sentence, short neighbours together; a short one as it is."""
    if words(text.plain) <= SENTENCE:
        return [text]
    result: list[Text] = []
    start = 0
    ends = sentences(text.plain, tongue)
    for end, following in zip(ends, [*ends[1:], None], strict=True):
        if following is not None and words(text.plain[start:following]) <= SENTENCE:
            continue
        result.append(part_of(text, start, end))
        start = end
    return result


CUES = ("say", "do", "ask", "listen", "watch")
"""What a cue tells who leads."""


@cache
def _cue_words(tongue: Tongue) -> dict[str, str]:
    """Return the words that begin a cue, with what it tells."""
    return {word.casefold(): kind for kind in CUES for word in words_read(f"cue_{kind}", tongue)}


@cache
def _cue_pattern(tongue: Tongue) -> re.Pattern[str]:
    """Return the pattern of what begins a cue: its word, and a colon."""
    words = sorted(_cue_words(tongue), key=len, reverse=True)
    said = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"({said})\s*[:：]\s*", re.IGNORECASE)


def cue_kind(word: str, tongue: Tongue) -> str:
    """Return what a cue's word in English or a language tells who leads, one of `CUES`; "" where it is no cue's."""
    return _cue_words(tongue).get(" ".join(word.split()).casefold(), "")


def cue_lines(text: Text, tongue: Tongue) -> list[Text]:
    """Return a text cut before each of its lines that begins a cue; one without any as it is."""
    cut: list[list[TextLine]] = []
    for piece in pieces(text):
        if cut and not _begins(piece.text, tongue):
            cut[-1].append(piece)
        else:
            cut.append([piece])
    return [text] if len(cut) == 1 else [together(lines) for lines in cut]


def cue_of(text: Text, tongue: Tongue) -> tuple[str, Text] | None:
    """Return the word of the cue that a text is, and what follows it; None for any other text.

    Where the word is marked, it alone is.
    """
    found = _cue_pattern(tongue).match(text.plain) if _begins(text, tongue) else None
    if found is None:
        return None
    first = text.inlines[0]
    if isinstance(first, Mark) and " ".join(words_of(first).split()).rstrip(" :：") != found[1]:
        return None
    return found[1], part_of(text, found.end(), len(text.plain))


def _begins(text: Text, tongue: Tongue) -> bool:
    """Whether a text begins with a cue's word and a colon, in bold, in italics or as it is."""
    first = text.inlines[0] if text else None
    bare = isinstance(first, Run) or (isinstance(first, Mark) and first.name in BOLD | ITALIC)
    return bare and _cue_pattern(tongue).match(text.plain) is not None


def language_of(course: Course, session: Session) -> str:
    """Return the language of a session: its own, else the course's."""
    return session.language or course.language


def direction_of_text(course: Course, session: Session) -> Direction:
    """Return the direction of a session's text: what the course says, else its language's."""
    return course.direction or direction_of(language_of(course, session))


def words_for(course: Course, session: Session) -> Printed:
    """Return what products of a session print, the course's own `words` in it."""
    return printed(language_of(course, session), course.words, session.tongue.added)
