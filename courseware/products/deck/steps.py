"""Steps and their code on one slide: "1. Make the folder:" stands above what is typed for it.

A step that holds code stays with it, and short ones share a slide. One step whose code follows it as a
paragraph's does is laid as before: the paragraph is the caption of the code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil
from typing import NamedTuple

import msgspec

from courseware.language.catalogue import Tongue
from courseware.model.blocks import Block, Code, Figure, Item, List, Paragraph, Pictures
from courseware.model.walk import walk
from courseware.products.deck.content import chosen, flows, is_lost, leading
from courseware.products.deck.cues import FULL, words_in
from courseware.products.deck.frames import LEAD, LINES, OUTPUTS, Frame, ids, make_slide
from courseware.products.deck.titles import Placeholder, Slide

replace = msgspec.structs.replace
WORDS = 10
"""Words of a line above code, counted for its height."""
FEW = 30
"""Words above code up to which all of them are shown; of more, the last paragraph, cut where it is long."""
PICTURES = (Figure, Pictures)
"""What stands in a step and gets a slide of its own behind it."""
MOST = 4
"""Steps that a slide has at most."""
WIDEST = 60
"""Letters of the longest line of code that stands between words."""


class CodeStep(NamedTuple):
    """What says what to do, the last of it shown; the code; whether it is an item of a list.

    `quiet` leads in what is printed ("It prints:"): it is for the notes.
    """

    said: tuple[Block, ...]
    code: tuple[Code, ...]
    listed: bool
    tongue: Tongue
    quiet: tuple[Block, ...] = ()

    @property
    def lines(self) -> int:
        """How many lines it has on a slide."""
        own = sum(block.text.count("\n") + 2 for block in self.code)
        few = [len(block.items) for block in self.shown if isinstance(block, List)]
        return own + max(ceil(words_in(self.shown) / WORDS), sum(few))

    @property
    def is_long(self) -> bool:
        """Whether it has no room beside others: many lines, or a path that no line can be sure to hold."""
        return self.lines > LINES

    @property
    def shown(self) -> tuple[Block, ...]:
        """What is said on the slide: what asks, else the last of it; all where that is little."""
        asked = [b for b in self.said if _is_asked(b)]
        few = words_in(self.said) <= FEW
        return chosen(self.said if few else asked or self.said[-1:], self.tongue, FEW)


def with_steps(frame: Frame, blocks: Sequence[Block | Slide]) -> list[Block | Slide]:
    """Return a unit's blocks with each run of two or more short steps as slides."""
    result: list[Block | Slide] = []
    run: list[Block] = []
    for block in (part for one in blocks for part in _parted(one)):
        if not isinstance(block, Slide) and _may_be_step(frame, block):
            run.append(block)
            continue
        result += [*_laid(frame, run, bool(result)), block]
        run = []
    return [*result, *_laid(frame, run, bool(result))]


def _parted(block: Block | Slide) -> Iterator[Block | Slide]:
    """Yield a block; of steps with code and pictures the steps, and each picture behind the one that it stands in."""
    if not isinstance(block, List) or flows(block):
        yield block
        return
    items = [replace(i, blocks=tuple(b for b in i.blocks if not isinstance(b, PICTURES))) for i in block.items]  # fmt: skip
    if len(items) < 2 or not _holds_code(replace(block, items=tuple(items))):
        yield block
        return
    begin = 0
    for end, item in enumerate(block.items, 1):
        shown = [b for b in item.blocks if isinstance(b, PICTURES) and not is_lost(b)]
        if shown or end == len(items):
            yield replace(block, items=tuple(items[begin:end]), start=block.start + begin)
            yield from shown
            begin = end


def whole(frame: Frame, blocks: Sequence[Block | Slide]) -> Slide | None:
    """Return the one slide that words and code stand on, in their order, where there is room for all.

    A line that code follows, and nothing else, is its caption: then the code is large.
    """
    run = [block for block in blocks if isinstance(block, Paragraph | List | Code)]
    said = [block for block in run if not isinstance(block, Code)]
    code = [block for block in run if isinstance(block, Code)]
    if len(run) < len(blocks) or not code or len(said) < 2 or frame.layout != "content":
        return None
    if not all(map(flows, said)) or (words_in(said) > FULL and not frame.own):
        return None
    texts = [*(block for block in said if isinstance(block, Paragraph)), *_items(said)]
    tongue = frame.words.tongue
    steps = [CodeStep((text,), (), False, tongue) for text in texts]
    steps += [CodeStep((), (one,), False, tongue) for one in code]
    long = any(step.is_long for step in steps) or sum(step.lines for step in steps) > LINES
    if long or any(len(line) > WIDEST for one in code for line in one.text.split("\n")):
        return None
    return make_slide(frame, "content", (Placeholder("body", tuple(run)),), run, ids(run))


def _items(said: Sequence[Block]) -> list[Block]:
    """Return the items of lists as the blocks in them."""
    return [
        block
        for node in walk(said)
        if isinstance(node, Item)
        for block in node.blocks
        if not isinstance(block, List)
    ]


def _may_be_step(frame: Frame, block: Block) -> bool:
    """Whether a block is a step's: words or code; of a task's lists those of few words, too.

    So is a list that ends with a colon: the code behind it is what its last item says.
    """
    if isinstance(block, List):
        few = FULL if block.choices else FEW
        asked = frame.kind == "exercise" and flows(block) and words_in([block]) <= few
        return asked or _holds_code(block) or (leading(block) and flows(block))
    return isinstance(block, Paragraph | Code)


def _is_asked(block: Block) -> bool:
    """Whether a block is a question, or its choices."""
    return (isinstance(block, Paragraph) and block.asks) or (
        isinstance(block, List) and block.choices
    )


def _holds_code(found: List) -> bool:
    """Whether a list's items, or those of a list in them, hold code, and nothing else that is no text."""
    inside = [block for item in found.items for block in item.blocks]
    coded = any(isinstance(block, Code) or _is_coded(block) for block in inside)
    plain = all(isinstance(b, Code) or _is_coded(b) or flows(b) for b in inside)
    return coded and plain and all(item.blocks for item in found.items)


def _is_coded(block: Block) -> bool:
    return isinstance(block, List) and _holds_code(block)


def _laid(frame: Frame, run: Sequence[Block], after: bool) -> list[Block | Slide]:
    """Return a run's slides; what no step is said with stands before and behind them as it is."""
    if not run:
        return []
    steps = _steps(run, frame.words.tongue)
    coded = [n for n, step in enumerate(steps) if step.code]
    task = frame.kind == "exercise"
    if len(coded) < 2 - task and not any(step.listed for step in steps):
        return list(run)
    last = len(steps) if task or steps[-1].listed else coded[-1] + 1
    said = steps[0].said
    led = len(said) > 1 and isinstance(said[-1], List) and leading(said[-2])
    before: tuple[Block, ...] = () if task else said[: -1 - led]
    steps[0] = steps[0]._replace(said=steps[0].said[len(before) :])
    result: list[Block | Slide] = [*before]
    for group in _packed(steps[:last]):
        plain = len(group) == 1 and not group[0].listed and not (task and not result)
        if plain or any(step.is_long for step in group):
            result += [block for step in group for block in _apart(step)]
        else:
            result.append(_slide(frame, group, first=not after and not result))
    return [*result, *(block for step in steps[last:] for block in step.said)]


def _apart(step: CodeStep) -> list[Block]:
    """Return a step as the blocks that it is of, an item's words as a paragraph."""
    said: list[Block] = []
    for block in step.said:
        said += block.items[0].blocks if isinstance(block, List) and step.listed else (block,)
    return [*said, *step.code[:1], *step.quiet, *step.code[1:]]


def _steps(run: Sequence[Block], tongue: Tongue) -> list[CodeStep]:
    """Return the steps of a run: words up to code, and the code up to the next words."""
    steps: list[CodeStep] = []
    for block in run:
        if isinstance(block, List) and _holds_code(block):
            for number, item in enumerate(block.items):
                steps += _of_item(block, item, number, tongue)
        elif isinstance(block, Code):
            steps = _with_output(steps, block)
            before = steps[-1] if steps and _goes_with(steps[-1], block) else None
            if before is not None:
                steps[-1] = before._replace(code=(*before.code, block))
            else:
                steps.append(CodeStep((), (block,), False, tongue))
        elif steps and not steps[-1].code and not steps[-1].listed:
            steps[-1] = steps[-1]._replace(said=(*steps[-1].said, block))
        else:
            steps.append(CodeStep((block,), (), False, tongue))
    return steps


def _of_item(found: List, item: Item, number: int, tongue: Tongue) -> list[CodeStep]:
    """Return an item as a step, and the items of a list of code in it as steps behind its words."""
    steps: list[CodeStep] = []
    for nested, part in groupby(item.blocks, _is_coded):
        run = tuple(part)
        if nested:
            steps += _steps(run, tongue)
            continue
        code = tuple(b for b in run if isinstance(b, Code))
        words = tuple(b for b in run if not isinstance(b, Code))
        if words and not steps:
            alone = replace(item, blocks=words)
            words = (replace(found, items=(alone,), start=found.start + number),)
        steps.append(CodeStep(words, code, not steps, tongue))
    return steps


def _with_output(steps: list[CodeStep], code: Code) -> list[CodeStep]:
    """Return steps with a few words that lead in what a program prints in the step of its code."""
    if len(steps) < 2 or code.language.lower() not in OUTPUTS:
        return steps
    *rest, before, lead = steps
    if lead.code or lead.listed or not before.code or words_in(lead.said) > LEAD:
        return steps
    return [*rest, before._replace(quiet=(*before.quiet, *lead.said))]


def _goes_with(step: CodeStep, code: Code) -> bool:
    """Whether code belongs to the step before it: the first, or what a program prints."""
    return not step.listed and (not step.code or code.language.lower() in OUTPUTS)


def _packed(steps: Sequence[CodeStep]) -> list[list[CodeStep]]:
    """Return steps slide by slide, as many on each as have room."""
    groups: list[list[CodeStep]] = []
    left = 0
    for step in steps:
        apart = bool(groups) and (step.is_long or groups[-1][-1].is_long)
        if not groups or apart or step.lines > left or len(groups[-1]) == MOST:
            groups.append([])
            left = LINES
        groups[-1].append(step)
        left -= step.lines
    return groups


def _slide(frame: Frame, group: Sequence[CodeStep], first: bool) -> Slide:
    """Return the slide of steps: of what is said the last, cut to a cue, and the code below it."""
    blocks: list[Block] = []
    whole: tuple[str, ...] = ()
    for step in group:
        whole += ids(b for b in step.shown if b in step.said) + ids(step.code)
        blocks += [*step.shown, *step.code]
    run = [block for step in group for block in (*step.said, *step.code, *step.quiet)]
    layout = frame.layout if first else "content"
    extra = frame.extra if first else ()
    return make_slide(frame, layout, (*extra, Placeholder("body", tuple(blocks))), run, whole)
