"""A session's deck made: HTML by its layout, read, composed on a template, drawn.

    Page > HTML > Script > Deck > bytes

What shows a deck otherwise (as PDF, as pictures) begins with `composed`, too.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from courseware import files
from courseware.course.loading import lost_template
from courseware.diagnostics import Diagnostic, Span
from courseware.html.deck import render_deck
from courseware.pptx.compose.compose import compose
from courseware.pptx.compose.parse import parse
from courseware.pptx.template.reader import builtin, read
from courseware.pptx.template.template import Template
from courseware.pptx.values import Deck
from courseware.products.table import Page
from courseware.products.words import words_for


class Composed(msgspec.Struct, frozen=True):
    """A deck on its template, and findings on both; None where the template cannot be used."""

    deck: Deck | None
    template: Template
    findings: tuple[Diagnostic, ...]


def composed(page: Page, root: Path) -> Composed:
    """Return a session's deck, every length known; `root` is the course's folder."""
    template, said = template_of(page, root)
    if any(finding.code == "C311" for finding in said):
        return Composed(None, template, said)
    for face in template.faces.values():
        for path in dict.fromkeys((face.regular, face.bold, face.italic, face.bold_italic)):
            files.noted(path)
    script, told = parse(render_deck(page, root), root, Span(page.session.path))
    return Composed(
        compose(script, template, words_for(page.course, page.session)), template, (*said, *told)
    )


def template_of(page: Page, root: Path) -> tuple[Template, tuple[Diagnostic, ...]]:
    """Return the template that a course's decks are made on, and findings on it.

    `Course.template` is a path in the course, or an absolute one, which the command line gives.
    """
    name = page.course.template
    names = tuple(sorted(page.course.layouts.items()))
    if not name:
        return _read(builtin(), names, "layouts/slides/template.pptx")
    absolute = Path(name).is_absolute()
    path = Path(name) if absolute else files.found(root, name)
    if path is None:
        return _read(builtin(), (), "")[0], (lost_template(name),)
    try:
        return _read(files.read(path), names, name)
    except OSError as error:
        message = f"it cannot be read ({error.strerror})"
        return _read(builtin(), (), "")[0], (Diagnostic("C311", message, Span(name)),)


@lru_cache(maxsize=4)
def _read(
    data: bytes, names: tuple[tuple[str, str], ...], path: str
) -> tuple[Template, tuple[Diagnostic, ...]]:
    """Read a template once for all sessions."""
    return read(data, dict(names), path)
