"""Pages to HTML, through Jinja's sandbox. A course's `layouts/` shadows the built-in ones."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from courseware.model.blocks import Footnote, Paragraph, Text
from courseware.model.walk import texts
from courseware.products.siblings import arrange
from courseware.products.table import Page
from courseware.writing.design import design
from courseware.writing.drawings import data_address, formula, highlighted
from courseware.writing.places import layouts

_NOTE = re.compile(r'<span class="note" data-note="([^"]*)"></span>')
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"[^>]*>|<img [^>]*>')
_MATH = re.compile(r'<span class="math" data-tex="([^"]*)">.*?</span>', re.DOTALL)
_OUTSIDE = re.compile(r"(?:https?|mailto):")
BUILT_IN = "built-in"
"""Before a layout's name: the built-in one, though the course has its own of that name."""


@lru_cache(maxsize=8)
def environment(course: Path) -> ImmutableSandboxedEnvironment:
    """Return Jinja's environment for a course's root folder."""
    built_in = PrefixLoader({BUILT_IN: FileSystemLoader(layouts())})
    made = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader([course / "layouts", layouts()]), built_in]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["kind"] = lambda node: type(node).__name__.lower()
    made.filters["range"] = _range
    made.filters["arranged"] = arrange
    return made


def render(page: Page, root: Path) -> str:
    """Return the HTML of a page; `root` is the course's folder."""
    template = environment(root).get_template(page.product.layout)
    prose = Prose(page, root)
    html: str = template.render(
        page=page, course=page.course, session=page.session, prose=prose, image=prose.source
    )
    return html


class Prose:
    """Finishes a text for print: links, footnotes and images as this page has them."""

    def __init__(self, page: Page, root: Path) -> None:
        """Take the page, and the course's folder, where images are looked for."""
        self.page, self.root = page, root
        self.notes = page.session.footnotes()
        self.printed: set[str] = set()
        self.accent = design(root).get("accent", "#000")

    def __call__(self, text: Text) -> Markup:
        """Return a text's HTML for print."""
        html = _IMAGE.sub(self._image, text.html) if "<img" in text.html else text.html
        html = _MATH.sub(lambda found: formula(unescape(found[1]), False), html)
        html = _LINK.sub(self._link, html) if text.links else html
        return Markup(_NOTE.sub(self._note, html) if text.notes else html)  # noqa: S704

    def _note(self, found: re.Match[str]) -> str:
        label = unescape(found[1])
        note = self.notes.get(label)
        if note is None or label in self.printed:
            return ""
        self.printed.add(label)
        inside = " ".join(self(text) for text in _inside(note))
        return f'<span class="footnote">{inside}</span>'

    def _link(self, found: re.Match[str]) -> str:
        target, inside = unescape(found[1]), found[2]
        if _OUTSIDE.match(target):
            return f'<a href="{escape(target)}">{inside}</a>'
        return f'<span class="reference">{inside}</span>'

    def _image(self, found: re.Match[str]) -> str:
        if found[1] is None:
            return ""
        source, alt = self.source(unescape(found[1])), found[2]
        if not source or not alt:
            return f'<span class="missing">{alt}</span>'
        return f'<img src="{escape(source)}" alt="{alt}">'

    def addresses(self, text: Text) -> str:
        """Return the addresses of a text's links as one types them, less those that it says."""
        found = [_typed(k.target) for k in text.links if not k.image and _OUTSIDE.match(k.target)]
        said = text.plain.casefold()
        return " · ".join(dict.fromkeys(a for a in found if a.casefold() not in said))

    def code(self, text: str, language: str) -> Markup:
        """Return code highlighted."""
        return highlighted(text, language)

    def formula(self, tex: str) -> Markup:
        """Return a displayed formula."""
        return formula(tex, True)

    def icon(self, name: str) -> str:
        """Return the address of an icon of `layouts/icons/` in the accent's colour, or ""."""
        for folder in (self.root / "layouts", layouts()):
            path = folder / "icons" / f"{name}.svg"
            if path.is_file():
                return data_address(path.read_text("utf-8").replace("currentColor", self.accent))
        return ""

    def source(self, target: str) -> str:
        """Return an image's address for the writer, or "" where it is not to be had."""
        path = (self.root / target).resolve()
        if not target or not path.is_relative_to(self.root.resolve()) or not path.is_file():
            return ""
        return quote(path.relative_to(self.root.resolve()).as_posix())

    def unprinted(self) -> list[Footnote]:
        """Return the footnotes that no text has referred to so far."""
        return [note for label, note in self.notes.items() if label not in self.printed]


def _typed(target: str) -> str:
    return re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", target).rstrip("/")


def _inside(note: Footnote) -> list[Text]:
    return [b.text for b in note.blocks if isinstance(b, Paragraph)] or list(texts(note.blocks))


def _range(low: int, high: int) -> str:
    """Return minutes as a reader says them: "30 min", "2-3 hours"."""
    if low % 60 == 0 and high % 60 == 0:
        one, other = low // 60, high // 60
        return f"{one}–{other} hours" if one != other else f"{one} hour{'s' if one > 1 else ''}"
    return f"{low}–{high} min" if low != high else f"{low} min"
