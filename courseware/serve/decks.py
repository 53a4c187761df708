"""A deck as the preview shows it: the slide that is looked at first, then the blocks of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from courseware import files
from courseware.inspection.carried import CarriedText
from courseware.inspection.leaks import WrittenFile
from courseware.pptx.values import ComposedSlide
from courseware.pptx.write.making import Composed, composed
from courseware.products.table import Page
from courseware.serve.pictures import SlidePicture, ViewPicture
from courseware.serve.places import Blocks
from courseware.serve.slides import Said, blocks_on, notes_of, words_on
from courseware.serve.sources import lines_of
from courseware.serve.views import (
    View,
    ViewSource,
    failed,
    searched,
    sheets_of,
    stamp_of,
    unmarked,
)

PIXELS = 4 / 3
"""CSS pixels in a point."""


class DeckView:
    """A deck while it is made; slides are drawn when they are looked at."""

    def __init__(
        self, asked: ViewSource, found: Page, facts: dict[str, str], show: Callable[[View], None],
        going_on: Callable[[], None],
    ) -> None:  # fmt: skip
        """Take what is asked for, the product's page, where what is looked at is noted, whom to show it.

        `going_on` is called between two parts of the work, and may raise `Stopped`.
        """
        self.asked, self.found, self.facts, self.show = asked, found, facts, show
        self.going_on = going_on
        self.said = Said(asked.session)

    def view(self) -> View:
        """Return the view; the slide that is looked at is shown before the blocks of the others are known."""
        asked = self.asked
        made = composed(self.found, asked.root)
        if made.deck is None:
            return failed(asked, self.facts, *made.findings)
        count = len(made.deck.slides)
        if asked.seen is not None and asked.earlier and len(asked.earlier.sheets) == count:
            seen = min(asked.seen, count - 1)
            view = self._made(made, range(seen, seen + 1))
            if not view.failed:
                self.show(msgspec.structs.replace(view, whole=False))
        return self._made(made, range(count))

    def _made(self, made: Composed, numbers: range) -> View:
        """Return a view whose slides of those numbers have their blocks, and the others are as they were."""
        asked, deck = self.asked, made.deck
        if deck is None:
            raise ValueError("there is no deck")
        slides = [deck.slides[n] for n in numbers]
        placed: list[Blocks] = []
        for slide in slides:
            self.going_on()
            placed.append(blocks_on(slide, deck, made.template, self.said))
        size = deck.width * PIXELS, deck.height * PIXELS
        keys = _slide_keys(slides, stamp_of(self.facts, ()))
        sheets = sheets_of(asked, keys, [(*size, blocks) for blocks in placed])
        if asked.row.audience == "facilitator":
            rows = zip(sheets, slides, strict=True)
            lines = lines_of(asked.session)
            sheets = tuple(
                msgspec.structs.replace(s, notes=notes_of(slide, self.said, lines))
                for s, slide in rows
            )
        pictures: dict[str, ViewPicture] = {
            key: SlidePicture(slide, deck, made.template, asked.root)
            for key, slide in zip(keys, slides, strict=True)
        }
        if asked.earlier is not None and len(slides) < len(deck.slides):
            before = asked.earlier
            others = tuple(map(unmarked, before.sheets))
            sheets = (*others[: numbers.start], *sheets, *others[numbers.stop :])
            pictures = {**before.pictures, **pictures}
        begin = {i: n for i, n in deck.pages().items() if i in self.said.nodes}
        view = View(asked.product, asked.session.path, sheets, pictures, begin, self.facts, made.findings)  # fmt: skip
        written = WrittenFile(b"")
        written.pieces = [
            CarriedText(f"slide {s.number}", words_on(s, made.template)) for s in slides
        ]
        return searched(view, written, self.asked)


def _slide_keys(slides: Sequence[ComposedSlide], stamp: str) -> list[str]:
    """Return the names of slides' pictures: what is seen of them, and the files that were looked at."""
    return [
        files.fingerprint(
            msgspec.msgpack.encode(
                msgspec.structs.replace(slide, notes=(), covers=(), source="", section="")
            )
            + stamp.encode()
        )
        for slide in slides
    ]
