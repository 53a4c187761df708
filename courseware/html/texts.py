"""Inline values as HTML: the one place where a text becomes markup.

`InlineHtml` writes it as it is meant; what a page or a slide writes otherwise, its subclass says.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from courseware.model.inline import (
    Blank,
    Formula,
    Image,
    Inline,
    LineBreak,
    Link,
    Mark,
    NoteRef,
    Run,
    Text,
    Verbatim,
)


class InlineHtml:
    """Writes texts as HTML, a method for each kind of inline value."""

    def __call__(self, text: Text) -> Markup:
        """Return a text's HTML."""
        return Markup(self.html(text.inlines))  # noqa: S704 - every method escapes its words

    def html(self, inlines: Sequence[Inline]) -> str:
        """Return the HTML of values."""
        return "".join(map(self.one, inlines))

    def one(self, inline: Inline) -> str:
        """Return the HTML of a value."""
        match inline:
            case Run():
                return self.words(inline.text)
            case Mark():
                return self.mark(inline)
            case Verbatim():
                return f"<code>{self.words(inline.text)}</code>"
            case Link():
                return self.link(inline, self.html(inline.inside))
            case Image():
                return self.image(inline)
            case Formula():
                return self.formula_in_line(inline)
            case NoteRef():
                return self.note(inline)
            case Blank():
                return self.blank(inline)
            case LineBreak():
                return self.line_break(inline)

    def words(self, words: str) -> str:
        """Return words escaped."""
        return escape(words, quote=False)

    def mark(self, mark: Mark) -> str:
        """Return marked text."""
        given = "".join(f' {name}="{escape(value)}"' for name, value in mark.attributes)
        if mark.name == "wbr":
            return "<wbr>"
        return f"<{mark.name}{given}>{self.html(mark.inside)}</{mark.name}>"

    def link(self, link: Link, inside: str) -> str:
        """Return a link around its text's HTML."""
        return f'<a href="{escape(link.target)}">{inside}</a>'

    def image(self, image: Image) -> str:
        """Return a picture."""
        return f'<img src="{escape(image.source)}" alt="{escape(image.alt)}">'

    def formula_in_line(self, formula: Formula) -> str:
        """Return a formula as its TeX."""
        tex = escape(formula.tex)
        return f'<span class="math" data-tex="{tex}">{tex}</span>'

    def note(self, note: NoteRef) -> str:
        """Return a footnote's mark."""
        return f'<span class="note" data-note="{escape(note.label)}"></span>'

    def blank(self, blank: Blank) -> str:
        """Return a blank to fill in."""
        return f'<span class="blank">{self.words("_" * blank.size)}</span>'

    def line_break(self, found: LineBreak) -> str:
        """Return the end of a line."""
        return "<br>\n" if found.hard else "\n"
