"""A deck's file: composed, drawn, packed the same way each time."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path

import msgspec

from courseware import files
from courseware.course.loading import lost_template
from courseware.diagnostics import Diagnostic, Span
from courseware.html.deck_page import render_deck
from courseware.model.brand import Brand
from courseware.pptx.compose.compose import compose
from courseware.pptx.compose.parse import parse
from courseware.pptx.template.brand import branded, measured
from courseware.pptx.template.contrast import readable
from courseware.pptx.template.drawn import with_drawn
from courseware.pptx.template.letters import face_of, lettered
from courseware.pptx.template.mirror import mirrored
from courseware.pptx.template.reader import builtin, read
from courseware.pptx.template.template import Template
from courseware.pptx.values import ComposedDeck
from courseware.pptx.write.pace import crowded
from courseware.products.deck.cues import direction_of_text, language_of, words_for
from courseware.products.table import Page


class Composed(msgspec.Struct, frozen=True):
    """A deck on its template, and findings on both; None where the template cannot be used."""

    deck: ComposedDeck | None
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
    deck = compose(script, template, words_for(page.course, page.session))
    told = (*told, *crowded(deck, page.course, page.session))
    return Composed(deck, template, (*said, *told))


def template_of(page: Page, root: Path) -> tuple[Template, tuple[Diagnostic, ...]]:
    """Return the template that a course's decks are made on, and findings on it.

    `Course.template` is a path in the course, or an absolute one, which the command line gives. The
    built-in one is mirrored where text runs from the right; a course's own stays as its maker meant it.
    """
    name = page.course.template
    names = tuple(sorted(page.course.layouts.items()))
    if not name:
        turned = direction_of_text(page.course, page.session) == "rtl"
        face = face_of(language_of(page.course, page.session))
        return _own(page.course.brand, names, root, (face, turned))
    absolute = Path(name).is_absolute()
    path = Path(name) if absolute else files.found(root, name)
    if path is None:
        return _read(builtin(), (), "")[0], (lost_template(name),)
    try:
        return _read(files.read(path), names, name)
    except OSError as error:
        message = f"it cannot be read ({error.strerror})"
        return _read(builtin(), (), "")[0], (Diagnostic("C311", message, Span(name)),)


def _own(
    brand: Brand, names: tuple[tuple[str, str], ...], root: Path, script: tuple[str, bool]
) -> tuple[Template, tuple[Diagnostic, ...]]:
    """Return the built-in template, in a course's brand where it has one.

    `script` is the face of its letters, "" for the theme's own, and whether it runs from the right.
    """
    face, turned = script
    plain = lettered(builtin(), face) if face else builtin()
    path = "layouts/slides/template.pptx"
    if brand == Brand():
        return _read(mirrored(plain) if turned else plain, names, path)
    logo = files.found(root, brand.logo)
    data = _branded(brand, root, files.read(logo) if logo else b"", plain)
    template, said = _read(mirrored(data) if turned else data, names, path)
    template, guessed = measured(template, brand, root)
    return template, (*(finding for finding in said if finding.code != "C313"), *guessed)


@lru_cache(maxsize=2)
def _branded(brand: Brand, root: Path, logo: bytes, data: bytes) -> bytes:
    """Return the template's file in a brand, made once for all sessions; `logo` are its file's bytes."""
    return repacked(branded(data, brand, root))


@lru_cache(maxsize=4)
def _read(
    data: bytes, names: tuple[tuple[str, str], ...], path: str
) -> tuple[Template, tuple[Diagnostic, ...]]:
    """Read a template once for all sessions."""
    template, said = read(data, dict(names), path)
    template, lost = readable(with_drawn(template), path)
    return template, (*said, *lost)


FIRST = ("[Content_Types].xml", "_rels/.rels")
DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that an archive can hold."""
STORED = (".png", ".jpeg", ".jpg", ".gif")
"""Parts that are packed already."""


def packed(parts: dict[str, bytes]) -> bytes:
    """Return an archive of parts by name: the same parts give the same bytes."""
    buffer = io.BytesIO()
    names = [name for name in FIRST if name in parts]
    names += sorted(name for name in parts if name not in FIRST)
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, DATE)
            plain = name.endswith(STORED)
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # as on every Unix, whatever this one is
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(data: bytes) -> bytes:
    """Return an archive that holds the same parts and depends on nothing else."""
    return packed(parts_of(data))
