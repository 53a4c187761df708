"""Notes: the facilitator's projection, shared out among the slides by block id.

Every block of it goes to the slide that covers it, else to the slide before it. What a slide shows
whole is not said again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeGuard

import msgspec

from courseware.diagnostics import Span
from courseware.model.blocks import (
    Block,
    Box,
    Exercise,
    Group,
    Item,
    List,
    Paragraph,
    Parallel,
    Part,
    Rule,
    Section,
    Text,
    Topic,
)
from courseware.model.kinds import select_kinds
from courseware.model.session import Session, hidden
from courseware.model.walk import texts, walk
from courseware.products.deck.titles import Notes, Slide, title_of
from courseware.products.deck.unit_slides import ASKED

replace = msgspec.structs.replace
Headed = Section | Topic | Part | Exercise | Parallel | Group | Box
_ANSWERS = select_kinds(lambda kind: kind.answers)


class _Share:
    """What is collected for one slide."""

    def __init__(self) -> None:
        self.path: list[Text] = []
        self.stated: list[str] = []
        self.cues: list[Block] = []
        self.answers: list[Block] = []
        self.debrief: list[Block] = []
        self.text: list[Block] = []

    def notes(self) -> Notes:
        return Notes(
            path=tuple(self.path),
            stated=tuple(self.stated),
            cues=tuple(self.cues),
            answers=tuple(self.answers),
            debrief=tuple(self.debrief),
            text=tuple(self.text),
        )


class _Sharing:
    """Goes through the facilitator's session once; `at` is the slide that it has come to.

    `homes` are the first slides of the exercises and questions it is in: theirs are the cues that
    stand directly in them, wherever.
    """

    def __init__(self, slides: Sequence[Slide]) -> None:
        self.owner: dict[str, int] = {}
        for number, slide in enumerate(slides):
            for name in slide.covers:
                self.owner.setdefault(name, number)
        self.shown = {name for slide in slides for name in slide.shown}
        self.shares = [_Share() for _ in slides]
        self.at = 0
        self.homes: list[int | None] = []

    @property
    def here(self) -> _Share:
        return self.shares[self.at]

    def go(self, blocks: Iterable[Block], path: tuple[Text, ...], apart: bool = False) -> None:
        """Share out blocks; `path` are the headings above them, `apart` is true in an exercise."""
        for block in blocks:
            self.at = self.owner.get(block.id, self.at)
            if isinstance(block, Rule):
                continue
            home = self.homes[-1] if self.homes else None
            if home is not None and _cue(block):
                self.shares[home].cues.append(block)
                continue
            if self._opens(block):
                self._headed(block, path, apart)
            elif isinstance(block, List) and self._parted(block):
                self._items(block, path, apart)
            else:
                self._one(block, path, apart)

    def _opens(self, block: Block) -> TypeGuard[Headed]:
        if hidden(block):
            return False
        if not isinstance(block, Box):
            return isinstance(block, Headed)
        return any(b.id in self.owner for b in walk(block.blocks))

    def _headed(self, block: Headed, path: tuple[Text, ...], apart: bool) -> None:
        heading = getattr(block, "heading", None)
        if heading is not None and heading.name:
            path = (*path, title_of(heading))
        if heading is not None and heading.time is not None and heading.time.text:
            self.here.stated.append(heading.time.text)
        self._seen(path)
        inside = block.siblings if isinstance(block, Parallel) else block.blocks
        whole = isinstance(block, Exercise) or getattr(block, "kind", "") in ASKED
        self.homes.append(self.at if whole else None)
        self.go(inside, path, apart or isinstance(block, Exercise))
        self.homes.pop()

    def _seen(self, path: tuple[Text, ...]) -> None:
        for text in path:
            if text not in self.here.path:
                self.here.path.append(text)

    def _parted(self, block: List) -> bool:
        owners = {self.owner[n.id] for n in walk([block]) if n.id in self.owner}
        return len(owners) > 1

    def _items(self, block: List, path: tuple[Text, ...], apart: bool) -> None:
        for number, item in enumerate(block.items):
            self.at = self.owner.get(item.id, self.at)
            self._seen(path)
            inside = [b for b in item.blocks if hidden(b)]
            shown = self._is_shown(item)
            if shown and inside:
                self.here.answers += inside
            elif not shown:
                one = replace(block, id="", items=(item,), start=block.start + number)
                self._one(one, path, apart)

    def _one(self, block: Block, path: tuple[Text, ...], apart: bool) -> None:
        self._seen(path)
        inside = any(map(hidden, walk([block])))
        if hidden(block):
            self._facilitators(block)
        elif inside or (apart and _asking(block)):
            self.here.answers.append(block)
        elif not block.id or not self._is_shown(block):
            self.here.text.append(block)

    def _is_shown(self, block: Block | Item) -> bool:
        """Whether a block is on slides, and all the text in it: of a step's words behind its code only the last are."""
        told = (n for n in walk([block]) if isinstance(n, Paragraph) and n.text and not hidden(n))
        return block.id in self.shown and all(n.id in self.shown for n in told if n.id)

    def _facilitators(self, block: Block) -> None:
        kind = block.kind if isinstance(block, Box) else getattr(block, "role", "")
        if kind in _ANSWERS:
            self.here.answers.append(block)
        elif kind == "debrief":
            self.here.debrief.append(block)
        else:
            self.here.cues.append(block)


def _cue(block: Block) -> bool:
    kind = block.kind if isinstance(block, Box) else getattr(block, "role", "")
    return hidden(block) and kind not in (*_ANSWERS, "debrief")


def _asking(block: Block) -> bool:
    return any(getattr(n, "asks", False) for n in walk([block]))


def noted(slides: Sequence[Slide], session: Session) -> list[Slide]:
    """Return slides with their notes, from the session as the facilitator may see it."""
    if not slides:
        return []
    sharing = _Sharing(slides)
    on = _words_on(slides[0])
    front = [text for text in _front(session) if text.plain not in on]
    sharing.shares[0].text += [Paragraph(span=Span(session.path), text=t) for t in front]
    sharing.go(session.sections, ())
    if session.revision_text:
        last = Paragraph(span=Span(session.path), text=session.revision_text)
        sharing.shares[-1].text.append(last)
    return [
        replace(slide, notes=_lean(slide, share.notes()))
        for slide, share in zip(slides, sharing.shares, strict=True)
    ]


def _front(session: Session) -> list[Text]:
    head = [session.subtitle, *(m.text for m in session.meta)]
    return [text for text in head if text]


def _lean(slide: Slide, notes: Notes) -> Notes:
    """Leave out headings that the slide shows, and its prompts where no answer follows them."""
    on = _words_on(slide)
    path = tuple(text for text in notes.path if not stands(text.plain, on))
    notes = replace(notes, path=path)
    if any(hidden(n) for n in walk(notes.answers)):
        return notes
    shown = set(slide.shown)
    rest = tuple(b for b in notes.answers if b.id not in shown)
    return replace(notes, answers=(), text=(*rest, *notes.text))


def stands(name: str, on: str) -> bool:
    """Whether a heading stands in a text, and is not the beginning of another: "Cards – closed" is not "Cards"."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w|\s[–—-]\s)", on) is not None


def _words_on(slide: Slide) -> str:
    held = (text.plain for holder in slide.placeholders for text in texts(holder.blocks))
    return "\n".join((slide.title.plain, *held))
