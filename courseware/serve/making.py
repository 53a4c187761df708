"""Making a view in steps, which end where something newer is wanted."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from courseware import files
from courseware.build.run.work import COURSE, PROGRAM, Recorded, Titles
from courseware.folders import layouts
from courseware.html.sandbox import LayoutError
from courseware.products.table import page
from courseware.serve.decks import DeckView
from courseware.serve.documents import DocumentView
from courseware.serve.views import (
    Asked,
    View,
    failed,
)


def make_view(asked: Asked, going_on: Callable[[], None], show: Callable[[View], None]) -> View:
    """Return a view; `show` gets it before, with the page that is looked at, where that is sooner.

    `going_on` is called now and then, and may raise `Stopped`.
    """
    return msgspec.structs.replace(_made(asked, going_on, show), session=asked.session)


def _made(asked: Asked, going_on: Callable[[], None], show: Callable[[View], None]) -> View:
    with files.recorded({COURSE: asked.root, PROGRAM: layouts()}) as trace:
        course = Recorded(**msgspec.structs.asdict(asked.course))
        found = page(asked.row, course, asked.session.path)
        if found is None:
            return View(asked.product, asked.session.path, facts=trace.facts, exists=False)
        found = found.with_references(Titles(asked.titles), asked.maps, asked.chapters)
        make = DocumentView if asked.row.writer == "pdf" else DeckView
        try:
            return make(asked, found, trace.facts, show, going_on).view()
        except LayoutError as error:
            return failed(asked, trace.facts, error.finding)
