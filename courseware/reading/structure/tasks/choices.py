"""Choices on lines and in lists: boxes, letters and scales to mark, and which of them the author marks as the right one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from courseware.diagnostics import Span
from courseware.language.catalogue import Tongue, words_read
from courseware.language.twins import EAST, Pattern, normal, phrases, twins
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import Block, Box, Item, List, Paragraph, Text
from courseware.model.cutting import asks, part_of
from courseware.model.inline import Mark, plain_text
from courseware.model.kinds import find_kind
from courseware.reading.blocks.inline_tokens import ParagraphLine
from courseware.reading.structure.lead_ins import commands

replace = msgspec.structs.replace
_FIRST = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"^\(?(?P<letter>[A-Ha-h])[.)]\s+\S")
_BOX = re.compile(r"(?:\[(?P<mark>[ xX]?)\]|[☐□○◯]|\((?P<radio>[ xX]?)\))\s+")
_RIGHT, _WRONG = "✅✔✓☑🟢", "❌✗✘✖🔴"
"""Signs of a right choice, and of a wrong one."""
_FIRST_SIGN = re.compile(rf"^(?P<sign>[{_RIGHT}{_WRONG}])\ufe0f?\s*")
_LAST_SIGN = re.compile(rf"\s*(?P<sign>[{_RIGHT}{_WRONG}])\ufe0f?")
_SAID = re.compile(
    r"\s*(?:[(\[（［【〔]|\s(?:←|<-+|–|—|-)\s*)\*{0,2}(?P<words>[^()\[\]（）［］【】〔〕]{1,30}?)[.!]?\*{0,2}(?:[)\]）］】〕]|$)"
)
"""What says in words of a choice that it is the right one: "(correct)", "← right answer"."""
COUNTED = re.compile(r"^[\s*_]*(?:[^\W\d_]+\s?)?\d+\s*[.):]\s+")
"""A question's number: "Q2: ", "3) "."""
_EDGE = " \t-–—:=()|·•"
_ONE = r"(?:(?:\[ ?\]|[☐□○◯]|\( ?\))\s*)?\d{1,2}"
_SCALE = re.compile(
    rf"(?P<low>(?:[^\d\[(☐□○◯]|\((?! ?\)))*?)(?P<run>{_ONE}(?:(?:\s*[-–—/|·•]+\s*|\s+|(?=[☐□○◯])){_ONE}){{2,10}})(?P<high>\D*)"
)
"""A scale to mark: "Never 1 2 3 4 5 always", "1 – 2 – 3", "☐1 ☐2 ☐3"."""
LONGEST_COMMAND = 160
"""Characters of a text that is no more than a command to choose."""
LONGEST_END = 40
"""Characters of what a scale's end is called."""


def boxes_of(line: ParagraphLine, span: Span) -> tuple[Block, ...]:
    """Return the choices that a line of two or more boxes holds, and the words before: "Open: [ ] yes [ ] no"."""
    plain = line.text.plain
    marks = list(_BOX.finditer(plain))
    first = marks[0].start() if marks else 0
    lead = plain[:first].rstrip()
    written = bool(marks) and marks[0].group().startswith(("[", "("))
    if len(marks) < 2 or (written and lead and not lead.endswith((":", "?", "：", "？"))):
        return ()
    ends = [*(mark.start() for mark in marks[1:]), len(plain)]
    said = [
        (mark, part_of(line.text, mark.end(), end)) for mark, end in zip(marks, ends, strict=True)
    ]
    items = tuple(choice(text, span, _is_ticked(mark)) for mark, text in said)
    before = Paragraph(span=span, text=part_of(line.text, 0, len(lead)))
    return (*((before,) if lead else ()), List(span=span, items=items, choices=True))


def scale_of(line: ParagraphLine, span: Span, before: str, words: Vocabulary) -> tuple[Block, ...]:
    """Return the numbers of a scale to mark as choices, and a label before them; () where a line is none.

    A scale's numbers follow each other from or to 0 or 1. It stands below what asks, or behind a colon.
    """
    plain = twins(line.text.plain).strip()
    found = _SCALE.fullmatch(plain)
    if found is None:
        return ()
    numbers = [int(number) for number in re.findall(r"\d+", found["run"])]
    rising = numbers[-1] > numbers[0]
    steps = {b - a for a, b in itertools.pairwise(numbers)}
    if steps != {1 if rising else -1} or min(numbers) > 1:
        return ()
    low, high = found["low"].strip(_EDGE), found["high"].strip(_EDGE)
    lead = found["low"].rstrip().endswith((":", "?"))
    asked = asks(before, words.tongue) or commands(before, words) or _picks(before, words)
    if not (lead or asked) or max(len(high), 0 if lead else len(low)) > LONGEST_END:
        return ()
    ends = {0: "" if lead else low, len(numbers) - 1: high}
    said = (f"{number} {ends.get(n, '')}".strip() for n, number in enumerate(numbers))
    items = tuple(choice(plain_text(text), span, None) for text in said)
    label = part_of(line.text, 0, len(found["low"].rstrip())) if lead else Text()
    first = (Paragraph(span=span, text=label),) if label else ()
    return (*first, List(span=span, items=items, choices=True))


def _is_ticked(box: re.Match[str]) -> bool:
    return bool((box["mark"] or box["radio"] or "").strip())


def boxed(lines: Sequence[str]) -> int:
    """Return how many of lines begin with a box or a round one, as choices do of which one at least is empty; else 0."""
    boxes = [_BOX.match(one) for one in lines]
    count = next((n for n, box in enumerate(boxes) if box is None), len(boxes))
    begun = [box for box in boxes[:count] if box]
    return count if count > 1 and not all(map(_is_ticked, begun)) else 0


def boxes_below(lines: Sequence[ParagraphLine], span: Span) -> List:
    """Return lines that begin with boxes as choices, ticked where the box is."""
    found = [(one, _BOX.match(one.text.plain)) for one in lines]
    items = (choice(part_of(one.text, box.end(), len(one.text.plain)), replace(span, line=one.number), _is_ticked(box))
             for one, box in found if box)  # fmt: skip
    return List(span=replace(span, line=lines[0].number), items=tuple(items), choices=True)


def keyed(listed: List, before: str, words: Vocabulary) -> List:
    """Return a list of a question's choices with the right ones ticked that a sign or a word marks; others as they are."""
    if any(i.checked for i in listed.items) and not all(i.checked for i in listed.items):
        asked = listed.choices or _is_asked(before, words)
        return replace(listed, choices=True) if asked else listed
    firsts = [i.blocks[0] if i.blocks else None for i in listed.items]
    texts = [one.text for one in firsts if isinstance(one, Paragraph)]
    if len(texts) < max(len(firsts), 2):
        return listed
    if (round_ := boxed([text.plain for text in texts])) == len(texts):
        found = [(_BOX.match(text.plain), text) for text in texts]
        marks = [
            (part_of(t, box.end(), len(t.plain)), Text(), _is_ticked(box))
            for box, t in found
            if box
        ]
    else:
        marks = [_right(text, words) for text in texts]
    ticks = [right for *_, right in marks]
    if (not any(ticks) and not round_) or all(ticks):
        return listed
    if not round_ and not (listed.choices or _is_asked(before, words)):
        return listed
    items = (
        replace(item, checked=right, blocks=(*_of_choice(item, kept, said), *item.blocks[1:]))
        for item, (kept, said, right) in zip(listed.items, marks, strict=True)
    )
    return replace(listed, items=tuple(items), choices=True)


def _right(text: Text, words: Vocabulary) -> tuple[Text, Text, bool]:
    """Return a choice without what marks it, what is said behind that, and whether it is the right one."""
    plain = text.plain
    if first := _FIRST_SIGN.match(plain):
        return part_of(text, first.end(), len(plain)), Text(), first["sign"] in _RIGHT
    last = _LAST_SIGN.search(plain)
    right = last is not None and last["sign"] in _RIGHT
    said = (
        one for one in _SAID.finditer(plain) if key_of(one["words"]) in words.of("right_choice")
    )
    told = next(said, None)
    found = last or told
    if found is None:
        return text, Text(), False
    cut = min(one.start() for one in (last, told) if one)
    end = max(one.end() for one in (last, told) if one)
    return part_of(text, 0, cut), part_of(text, end, len(plain)), right or told is not None


def _of_choice(item: Item, text: Text, said: Text) -> tuple[Block, ...]:
    """Return a choice's text, not bold as a whole, and what is said of it as an answer."""
    bold = text.inlines[0] if len(text.inlines) == 1 else None
    if isinstance(bold, Mark) and bold.name in ("strong", "b"):
        text = Text(bold.inside)
    shown = Paragraph(span=item.blocks[0].span, text=text)
    if not said.plain.strip():
        return (shown,)
    hidden = Paragraph(span=shown.span, text=said)
    return (
        shown,
        Box(
            span=shown.span, kind="answer", blocks=(hidden,), products=find_kind("answer").products
        ),
    )


@lru_cache(maxsize=4096)
def _is_asked(before: str, words: Vocabulary) -> bool:
    """Whether a text before choices asks: a question, a blank, or a command to pick."""
    return bool(asks(before, words.tongue) or "__" in before or _picks(before, words))


def choice(text: Text, span: Span, checked: bool | None) -> Item:
    """Return a choice of these words: ticked, not ticked, or with a letter or number in place of a box (None)."""
    return Item(span=span, checked=checked, blocks=(Paragraph(span=span, text=text),))


def lettered(lines: Sequence[str], before: str, words: Vocabulary) -> int:
    """Return how many of lines are the lettered choices of the question before them, else 0."""
    if not _is_asked(before, words):
        return 0
    letters = [found["letter"].lower() if (found := _LETTER.match(one)) else "" for one in lines]
    count = next((n for n, one in enumerate(letters) if one != chr(ord("a") + n)), len(letters))
    return count if count > 1 else 0


def as_choices(listed: List, before: str, words: Vocabulary) -> List:
    """Return a list whose items are the lettered choices of the question before it as such; others as they are."""
    said = [i.blocks[0].text.plain if i.blocks and isinstance(i.blocks[0], Paragraph) else ""
            for i in listed.items]  # fmt: skip
    all_of_them = lettered(said, before, words) == len(said) > 1
    boxed = any(item.checked is not None for item in listed.items)
    return (
        listed
        if boxed or not all_of_them or any(asks(one, words.tongue) for one in said)
        else replace(listed, choices=True)
    )


def _picks(text: str, words: Vocabulary) -> bool:
    """Whether a text asks without its mark, or tells to pick: "Which of these floats", "Choose one:"."""
    first = _FIRST.match(COUNTED.sub("", text).strip(" *_"))
    word = key_of(first[0]) if first else ""
    open_question = word in words.of("question_words") and not text.rstrip().endswith(":")
    if open_question or word in words.of("space_picked") | words.of("picking_verbs"):
        return True
    return len(text) <= LONGEST_COMMAND and bool(_choosing(words.tongue).search(text))


@cache
def _choosing(tongue: Tongue) -> Pattern:
    """Return the pattern of the words that a command to choose has, wherever its language puts them."""
    said = phrases(map(normal, words_read("choice_commands", tongue)))
    return Pattern(rf"(?:(?<![^\W\d_])|(?=[{EAST}]))(?:{said})")


def letters_of(lines: Sequence[ParagraphLine], span: Span) -> List:
    """Return lettered lines as choices, with their letters."""
    places = [replace(span, line=one.number) for one in lines]
    items = (choice(one.text, at, None) for one, at in zip(lines, places, strict=True))
    return List(span=places[0], items=tuple(items), choices=True)


def last_words(listed: List) -> str:
    """Return the words that a list ends with, "" where something else ends it."""
    last = listed.items[-1].blocks[-1:] if listed.items else ()
    return last[0].text.plain if last and isinstance(last[0], Paragraph) else ""


def with_choices_below(listed: List, choices: List) -> List:
    """Return a list with choices that stand below it, without an indent, in its last question."""
    *items, last = listed.items
    last = replace(last, blocks=(*last.blocks, choices))
    return replace(listed, items=(*items, last))


def with_choices(blocks: Sequence[Block], words: Vocabulary) -> tuple[Block, ...]:
    """Return blocks with each list of boxes right after a question as its choices."""
    result: list[Block] = []
    for block in blocks:
        before = result[-1] if result else None
        asked = isinstance(before, Paragraph) and asks(before.text.plain, words.tongue)
        if asked and isinstance(block, List) and all(i.checked is not None for i in block.items):
            result.append(replace(block, choices=True))
            continue
        changes = {
            name: tuple(replace(i, blocks=with_choices(i.blocks, words)) for i in inside)
            if name == "items"
            else with_choices(inside, words)
            for name in ("blocks", "items")
            if (inside := getattr(block, name, ()))
        }
        result.append(replace(block, **changes) if changes else block)
    return tuple(result)
