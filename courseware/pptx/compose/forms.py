"""Which form a text takes: rows of words and code, steps, pairs, points, a sentence and the rest.

A form is taken where it holds the whole text on one slide; of siblings most have points, or none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import msgspec

from courseware.language.catalogue import ANY
from courseware.pptx.compose.figures import bold
from courseware.pptx.compose.planning import fits, planned
from courseware.pptx.compose.sketching import NAME as SKETCH
from courseware.pptx.compose.sketching import drawings
from courseware.pptx.compose.walkthroughs import rows_of
from courseware.pptx.template.template import Template
from courseware.pptx.values import Block, Cell, Draft, Holder, Paragraph, Row, Run, Table
from courseware.products.deck.cues import sentences, words
from courseware.products.deck.statements import ADDRESS

replace = msgspec.structs.replace
COLUMNS = ("comparison", "three-columns")
"""Layouts whose columns stand below each other on a template without them and without room."""
SHARES = (0.55, 0.45, 0.575, 0.425, 0.6, 0.4, 0.65, 0.35)
"""Shares of the width that the left of two columns has where they have no room in equal ones."""
FEWEST, MOST = 2, 6
"""Items of a list that are points or steps."""
LEAD = 30
"""Words of the paragraphs before them at most."""
POINT = {2: 25, 3: 14, 4: 14, 5: 8, 6: 8}
"""Words of a point at most, by how many there are."""
BOLD = 4
"""Words of each point up to which all points of a set are in bold."""
PAIRS, TERM = 3, 5
"""Pairs at least, and words of a term at most."""
FIRST, REST = (3, 24), 48
"""Words of a first sentence that is set apart, and of what follows it at most."""
_PAIR = re.compile(r"([^:：–—]+?)(?:\s*[:：]|\s+[–—-])\s+(?=\S)")
"""A term, and the sign between it and what explains it."""


def formed(drafts: Sequence[Draft], template: Template) -> list[Draft]:
    """Return drafts, each in the form that suits what it says, where one slide holds it so."""
    drafts = _stacked([_in_one(draft, template) for draft in drafts], template)
    made = [_formed(draft, template) for draft in drafts]
    listed = [n for n, d in enumerate(drafts) if d.set and _is_bulleted(_items(d))]
    for name in {drafts[n].set for n in listed}:
        those = [n for n in listed if drafts[n].set == name]
        if 2 * sum(made[n].layout == "content" for n in those) > len(those):
            for n in those:
                made[n] = drafts[n]
    sets: dict[object, list[int]] = {}
    for n, draft in enumerate(made):
        if any(holder.name == "point-1" for holder in draft.holders):
            sets.setdefault(draft.set or n, []).append(n)
    for those in sets.values():
        strong = [_in_bold(made[n]) for n in those]
        if all(one is not None and fits(one, template) for one in strong):
            for n, one in zip(those, strong, strict=True):
                made[n] = one or made[n]
    return made


def _in_one(draft: Draft, template: Template) -> Draft:
    """Return a draft, a list in two columns that goes on overleaf as one column: each slide has what follows."""
    held = {h.name: h.blocks for h in draft.holders}
    texts = all(isinstance(b, Paragraph) for blocks in held.values() for b in blocks)
    if draft.layout != "two-content" or not texts or len(planned(draft, template).parts) == 1:
        return draft
    blocks = [b for name in ("subtitle", "left", "right") for b in held.get(name, ())]
    return replace(draft, layout="content", holders=(Holder("body", tuple(blocks)),))


def _stacked(drafts: Sequence[Draft], template: Template) -> list[Draft]:
    """Return drafts, columns that a template has no layout and no room for in other widths, all of a set.

    Where no widths give them room, they stand below each other, if that takes fewer slides.
    """
    made = list(drafts)
    sets: dict[object, list[int]] = {}
    for n, draft in enumerate(drafts):
        texts = all(isinstance(b, Paragraph) for h in draft.holders for b in h.blocks)
        if draft.layout in COLUMNS and texts and not template.layouts[draft.layout].exact:
            sets.setdefault(draft.set or n, []).append(n)
    for those in sets.values():
        best = [drafts[n] for n in those]
        fewest = _slides(best, template)
        for share in SHARES if best[0].layout == COLUMNS[0] else ():
            if fewest == len(those):
                break
            other = [replace(draft, share=share) for draft in best]
            count = _slides(other, template)
            best, fewest = (other, count) if count < fewest else (best, fewest)
        below = [_below(drafts[n]) for n in those]
        if fewest > len(those) and _slides(below, template) < fewest:
            best = below
        for n, draft in zip(those, best, strict=True):
            made[n] = draft
    return made


def _slides(drafts: Sequence[Draft], template: Template) -> int:
    return sum(len(planned(draft, template).parts) for draft in drafts)


def _below(draft: Draft) -> Draft:
    """Return a draft with what stands in its columns below each other, each column whole, its name in bold."""
    by_name = {h.name: h.blocks for h in draft.holders}
    blocks = [b for b in by_name.get("subtitle", ()) if isinstance(b, Paragraph)]
    for side in ("left", "middle", "right"):
        named = [bold(b) for b in by_name.get(f"{side}-title", ())]
        group = [b for b in (*named, *by_name.get(side, ())) if isinstance(b, Paragraph)]
        blocks += [*(replace(b, keep=True) for b in group[:-1]), *group[-1:]]
    return replace(draft, layout="content", holders=(Holder("body", tuple(blocks)),))


def _in_bold(draft: Draft) -> Draft | None:
    """Return a draft with its points in bold; None where one of them has more than a few words."""
    held = [h for h in draft.holders if h.name.startswith("point-")]
    if any(words(b.plain) > BOLD for h in held for b in h.blocks if isinstance(b, Paragraph)):
        return None
    strong = {h.name: replace(h, blocks=tuple(map(bold, h.blocks))) for h in held}
    return replace(draft, holders=tuple(strong.get(h.name, h) for h in draft.holders))


def _formed(draft: Draft, template: Template) -> Draft:
    if draft.layout == "code" and (found := _sketched(draft, template)) is not None:
        return found
    if draft.layout != "content" or [h.name for h in draft.holders] != ["body"]:
        return draft
    for form in (_walkthrough, _pairs, _points, _first):
        found = form(draft, template)
        if found is not None:
            return found
    return draft


def _sketched(draft: Draft, template: Template) -> Draft | None:
    """Return a drawing in characters alone with its caption as shapes."""
    held = {h.name: h for h in draft.holders}
    body = held.pop("body", None)
    if body is None or held.keys() - {"caption"} or [*drawings([body])] != [*body.blocks]:
        return None
    lead = tuple(Holder("subtitle", h.blocks) for h in held.values())
    made = replace(draft, layout="cards", holders=(*lead, Holder(f"{SKETCH}1", body.blocks)))
    return made if len(body.blocks) == 1 and fits(made, template) else None


def _walkthrough(draft: Draft, template: Template) -> Draft | None:
    """Return words and code in rows."""
    rows = rows_of(draft)
    made = replace(draft, layout="cards", holders=rows)
    return made if rows and fits(made, template) else None


# -- lists ------------------------------------------------------------------------------


def _items(draft: Draft) -> list[Paragraph]:
    """Return the items of the list that a draft ends with, nothing but paragraphs before it; else none."""
    blocks = [b for h in draft.holders for b in h.blocks]
    listed = [b for b in blocks if isinstance(b, Paragraph) and b.item]
    plain = all(b.bullet and not b.level and not any(r.math or r.text == "\n" for r in b.runs) for b in listed)  # fmt: skip
    last = blocks[len(blocks) - len(listed) :] == listed
    texts = all(isinstance(b, Paragraph) for b in blocks)
    return listed if plain and last and texts and FEWEST <= len(listed) <= MOST else []


def _is_numbered(items: Sequence[Paragraph]) -> bool:
    return bool(items) and all(item.bullet == "1" for item in items)


def _is_bulleted(items: Sequence[Paragraph]) -> bool:
    return bool(items) and all(item.bullet == "•" for item in items)


def _labelled(draft: Draft) -> list[Paragraph]:
    """Return the paragraphs with a label in bold that a draft ends with, nothing but paragraphs before them; else none."""
    texts = [b for h in draft.holders for b in h.blocks if isinstance(b, Paragraph) and not b.item]
    if len(texts) < sum(len(h.blocks) for h in draft.holders):
        return []
    named = [
        bool(t.runs) and t.runs[0].bold and t.runs[0].text.rstrip()[-1:] in (":", "：")
        for t in texts
    ]
    plain = not any(r.math or r.text == "\n" for t in texts for r in t.runs)
    count = len(list(itertools.takewhile(bool, reversed(named))))
    return texts[len(texts) - count :] if plain and PAIRS <= count <= MOST else []


def _lead(draft: Draft, items: Sequence[Paragraph] = ()) -> tuple[Holder, ...] | None:
    """Return what leads in a list, or `items`, as it stands above what is drawn; None where it is too long."""
    before = tuple(b for h in draft.holders for b in h.blocks if isinstance(b, Paragraph) and not b.item)  # fmt: skip
    before = before[: len(before) - len(items)]
    if sum(words(b.plain) for b in before) > LEAD:
        return None
    return (Holder("subtitle", before),) if before else ()


def _points(draft: Draft, template: Template) -> Draft | None:
    """Return a short list as steps with their numbers, or as points on cards."""
    items, lead = _items(draft), _lead(draft)
    numbered = _is_numbered(items)
    if lead is None or not (numbered or _is_bulleted(items)):
        return None
    if not numbered and max(words(i.plain) for i in items) > POINT[len(items)]:
        return None
    name = "row" if numbered else "point"
    held = tuple(Holder(f"{name}-{n}", (item,)) for n, item in enumerate(items, 1))
    made = replace(draft, layout="cards", holders=(*lead, *held))
    return made if fits(made, template) else None


def _pairs(draft: Draft, template: Template) -> Draft | None:
    """Return a list of terms, each with what explains it, as a table of two columns."""
    labelled = _labelled(draft)
    items, lead = labelled or _items(draft), _lead(draft, labelled)
    if len(items) < PAIRS or not (labelled or _is_bulleted(items)) or lead is None:
        return None
    ends = [_PAIR.match(item.plain) for item in items]
    if not all(end and words(end[1]) <= TERM for end in ends):
        return None
    rows = tuple(
        Row((Cell((Paragraph(part_of(item.runs, 0, len(end[1]))),), header=True),
             Cell((Paragraph(part_of(item.runs, end.end(), len(item.plain))),))))
        for item, end in zip(items, ends, strict=True) if end
    )  # fmt: skip
    above = tuple(Holder("caption", h.blocks) for h in lead)
    made = replace(draft, layout="table", holders=(*above, Holder("body", (Table(rows),))))
    plan = planned(made, template)
    return made if len(plan.parts) == 1 and plan.way.dense <= 2 else None


# -- paragraphs -------------------------------------------------------------------------


def _first(draft: Draft, template: Template) -> Draft | None:
    """Return paragraphs with their first sentence in bold at the left, the rest at the right."""
    blocks = draft.holders[0].blocks
    texts = [b for b in blocks if isinstance(b, Paragraph) and not b.item and not b.keep]
    if not texts or len(texts) < len(blocks) or not template.layouts["two-content"].exact:
        return None
    if any(run.math or run.text == "\n" for text in texts for run in text.runs):
        return None
    if any(ADDRESS.search(text.plain) for text in texts):
        return None
    first, *others = texts
    end = sentences(first.plain, ANY)[0] if first.plain else 0
    said, more = part_of(first.runs, 0, end), part_of(first.runs, end, len(first.plain))
    rest: tuple[Block, ...] = (*([replace(first, runs=more)] if more else []), *others)
    low, high = FIRST
    count = words(Paragraph(said).plain)
    if (
        not rest
        or first.runs[0].bold
        or not low <= count <= high
        or first.plain[:end].rstrip().endswith((":", "："))
    ):
        return None
    if sum(words(b.plain) for b in rest if isinstance(b, Paragraph)) > REST:
        return None
    lead = replace(first, runs=tuple(replace(run, bold=True) for run in said))
    made = replace(draft, layout="two-content", holders=(Holder("left", (lead,)), Holder("right", rest)))  # fmt: skip
    return made if len(planned(made, template).parts) == 1 else None


def part_of(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """Return the runs of a stretch of a text, without spaces at its ends."""
    made: list[Run] = []
    at = 0
    for run in runs:
        some = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if some:
            made.append(replace(run, text=some))
    while made and not made[0].text.strip():
        made.pop(0)
    while made and not made[-1].text.strip():
        made.pop()
    if made:
        made[0] = replace(made[0], text=made[0].text.lstrip())
        made[-1] = replace(made[-1], text=made[-1].text.rstrip())
    return tuple(made)
