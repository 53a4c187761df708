"""Pages to HTML, through Jinja's sandbox. A course's `layouts/` shadows the built-in ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.loaders import split_template_path

from courseware import files
from courseware.folders import layouts
from courseware.html import measure
from courseware.html.fields import fills
from courseware.html.prose import Prose
from courseware.html.sandbox import Sandbox, Unboxed, rendered
from courseware.html.speech import minutes_range
from courseware.media.pictures import Gallery
from courseware.model.blocks import (
    Cell,
    Item,
    List,
    Paragraph,
)
from courseware.model.inline import Image
from courseware.model.kinds import find_kind
from courseware.model.pairs import pairs_of
from courseware.products.deck.cues import direction_of_text
from courseware.products.guide.slides import shown
from courseware.products.handout.canvas import canvas
from courseware.products.handout.contents import brief, contents, label_column, repeats
from courseware.products.handout.forms import arrange
from courseware.products.handout.leads import without_colon
from courseware.products.handout.redrawing import redrawn
from courseware.products.handout.rows import is_side_headed, led
from courseware.products.table import Page
from courseware.products.workbook.back import glossary, index
from courseware.products.workbook.contents import chapters, entry

BUILT_IN = "built-in"
"""Before a layout's name: the built-in one, though the course has its own of that name."""


class Layouts(BaseLoader):
    """Finds layouts: the course's before the built-in ones; what it looks at is noted.

    Jinja keeps compiled layouts and asks each time whether they are current: that look is noted, too.
    For a page, each is looked at once, however often it is included.
    """

    def __init__(self, course: Path, own: bool = True) -> None:
        """Take the course's folder, and whether its own layouts may be read."""
        self.folders = (course / "layouts", layouts())
        self.course, self.own = course, own
        self.looked: dict[str, tuple[str, str] | None] = {}

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a layout's text, its file, and what tells whether both are still so."""
        found = self._found(template)
        if found is None:
            raise TemplateNotFound(template)
        return *found, lambda: self._found(template) == found

    def list_templates(self) -> list[str]:
        """Return the names of all files of layouts, for the nearest name."""
        found = (p.relative_to(f).as_posix() for f in self.folders for p in f.rglob("*.j2"))
        return sorted(set(found))

    def _found(self, template: str) -> tuple[str, str] | None:
        if template not in self.looked:
            self.looked[template] = self._look(template)
        return self.looked[template]

    def _look(self, template: str) -> tuple[str, str] | None:
        first, *rest = pieces = split_template_path(template)
        places = [folder.joinpath(*pieces) for folder in self.folders]
        if first == BUILT_IN and rest:
            places.append(self.folders[-1].joinpath(*rest))
        there = (place for place in places if files.is_file(place))
        path = next((p for p in there if p != places[0] or (self.own and self._inside(p))), None)
        return (files.text(path), str(path)) if path else None

    def _inside(self, place: Path) -> bool:
        """Whether a course's own layout lies in the course, links followed."""
        return not files.leaves(self.course, str(place.absolute()))


def environment(course: Path) -> Environment:
    """Return Jinja's environment for a course's root folder: a sandbox where that has a `layouts`.

    Whatever that is, a link or a folder of links: the other environment reads built-in layouts alone.
    Layouts are looked at anew in it.
    """
    made = _environment(course, (course / "layouts").exists())
    if isinstance(made.loader, Layouts):
        made.loader.looked.clear()
    return made


@lru_cache(maxsize=8)
def _environment(course: Path, own: bool) -> Environment:
    made = (Sandbox if own else Unboxed)(
        loader=Layouts(course, own),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # it takes longer to fold constants than they take in a page
    )
    made.globals["kind_of"] = find_kind
    made.filters["kind"] = lambda node: type(node).__name__.lower()
    made.filters["range"] = minutes_range
    made.filters["arranged"] = arrange
    made.filters["density"] = measure.density
    made.tests["tall"] = measure.is_tall
    made.filters["drawing_size"] = measure.drawing_size
    made.filters["in_cells"] = measure.in_cells
    made.filters["running"] = measure.running
    made.filters["title_class"] = measure.title_class
    made.filters["alone"] = _alone
    made.filters["contents"] = contents
    made.filters["brief"] = brief
    made.filters["redrawn"] = redrawn
    made.filters["keyed"] = lambda paragraph: pairs_of(paragraph.text)
    made.filters["side_headed"] = is_side_headed
    made.filters["led"] = led
    made.filters["chapters"] = chapters
    made.filters["glossary"] = glossary
    made.filters["index"] = index
    made.globals["place_in"] = entry
    made.filters["after_mark"] = lambda name: name.partition("--")[2]
    made.globals["slides_of"] = shown
    made.filters["canvas"] = canvas
    made.filters["repeats"], made.filters["label_column"] = repeats, label_column
    made.filters["fills"] = fills
    made.filters["points"] = _points
    made.filters["without_colon"] = without_colon
    return made


def render(
    page: Page, root: Path, gallery: Gallery | None = None, prose: Prose | None = None
) -> str:
    """Return the HTML of a page; `root` is the course's folder.

    Its pictures, and the findings on them and on formulas, are in `gallery` then. `prose` finishes its
    texts, for print where there is none.
    """
    prose = prose or Prose(page, root, gallery or Gallery(root))
    given = {"page": page, "course": page.course, "session": page.session, "prose": prose,
             "image": prose.source, **prose.spoken,
             "direction": direction_of_text(page.course, page.session)}  # fmt: skip
    return rendered(environment(root), page.product.layout, root, given)


def _alone(holder: Item | Cell) -> Paragraph | None:
    """Return the paragraph that is all of an item or a cell, and needs no element of its own."""
    first = holder.blocks[0] if len(holder.blocks) == 1 else None
    asks = isinstance(holder, Item) and holder.asks
    return first if isinstance(first, Paragraph) and not asks and not first.asks else None


def _points(found: List) -> bool:
    """Whether a list's items are nothing but text with a bullet each; a picture may want a line of its own."""
    alone = [_alone(item) for item in found.items if item.checked is None]
    plain = len(alone) == len(found.items) and all(p and not p.text.has(Image) for p in alone)
    return plain and not found.ordered and not found.choices
