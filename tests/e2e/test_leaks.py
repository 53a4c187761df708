"""Plants marker sentences over real courses, builds what learners get, and looks for them there.

A copy of each course gets facilitator's blocks, in turn in every spelling, between the paragraphs of
each session; and a marker at the end of each text that its author wrote to the facilitator.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from courseware.build.driver import Order, build
from courseware.course.loading import Loaded, load
from courseware.inspection.carried import pieces
from courseware.inspection.leaks import RUN, judged, letters
from courseware.model.blocks import Field, Paragraph, Text
from courseware.model.inline import joined
from courseware.model.session import Session, hidden
from courseware.model.walk import rebuild, texts
from courseware.products.table import PRODUCTS
from courseware.products.withheld import withheld
from courseware.writers import Made
from tests.e2e.conftest import Course, sources
from tests.markers import Planted, directives, markers_in, words

replace = msgspec.structs.replace
MOST = 20
"""Markers that a session gets at most."""
_FENCE = re.compile(r"\s*(?:```|~~~|\$\$)")
_PLAIN = re.compile(r"[A-Za-z*_\[\"'“(]")
"""How a paragraph begins that a block may stand before."""


def gaps(lines: list[str]) -> list[int]:
    """Return the numbers of lines, from 0, before which a block may stand: paragraphs at the margin."""
    found: list[int] = []
    fenced = opened = 0
    start = 0
    if lines and lines[0].strip() in ("---", "+++"):
        start = next((n for n in range(1, len(lines)) if lines[n].strip() == lines[0].strip()), 0)
    for number, line in enumerate(lines):
        if _FENCE.match(line):
            fenced ^= 1
        opened += bool(re.match(r"\s*:{3,}\s*\{?[A-Za-z]", line)) or line.count("<details")
        opened -= bool(re.fullmatch(r"\s*:{3,}\s*", line)) or line.count("</details")
        free = number > start and not fenced and opened <= 0
        if free and not lines[number - 1].strip() and _PLAIN.match(line):
            found.append(number)
    return found


def plant(path: Path, done: Planted) -> None:
    """Put facilitator's blocks between a file's paragraphs."""
    lines = path.read_text("utf-8").split("\n")
    spellings = [*directives(), *words(3)]
    places = gaps(lines)[:: max(1, len(gaps(lines)) // MOST)][:MOST]
    for number in reversed(places):
        name, block = spellings[len(done.markers) % len(spellings)]
        lines[number:number] = [block(done.mark(f"{path.name}:{number + 1}: {name}")), ""]
    path.write_text("\n".join(lines), "utf-8")


def marked(session: Session, done: Planted) -> Session:
    """Return a session with a marker at the end of each of its facilitator's texts."""

    def more(text: Text, line: int) -> Text:
        said = " " + done.mark(f"{session.path}:{line}: the author's own")
        return joined(text, said)

    def keep(node: Any, inside: bool = False) -> Any:
        inside = inside or hidden(node)
        if inside and isinstance(node, Paragraph):
            return replace(node, text=more(node.text, node.span.line))
        if inside and isinstance(node, Field):
            node = replace(node, value=more(node.value, node.span.line))
        return rebuild(node, lambda child: keep(child, inside))

    return replace(session, sections=tuple(map(keep, session.sections)))


def planted(source: Path, folder: Path, done: Planted) -> Loaded:
    """Return a copy of a course with markers in it."""
    if source.is_dir():
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns(".git", "output"))
    else:
        folder.mkdir()
        shutil.copy(source, folder)
    for session in load(folder).course.sessions:
        plant(folder / session.path, done)
    loaded = load(folder)
    sessions = tuple(marked(session, done) for session in loaded.course.sessions)
    return replace(loaded, course=replace(loaded.course, sessions=sessions))


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_no_marker_reaches_learners(
    source: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    done = Planted(markers={})
    loaded = planted(source, tmp_path / "course", done)
    theirs = " ".join(t.plain for s in loaded.course.sessions for t in s.texts())
    lost = set(done.markers) - markers_in(theirs)
    assert [done.markers[number] for number in sorted(lost)] == []
    rows = tuple(r for r in PRODUCTS.values() if r.audience == "learner" or r.writer == "pptx")
    order = Order(rows, loaded.course.sessions, tmp_path / "out")
    built = build(loaded, order, lambda line: None)
    assert [finding for finding in built.findings if finding.code == "C331"] == []
    by_folder = {row.folder: row for row in rows}
    files = [path for path in (tmp_path / "out").glob("*/*") if path.suffix in (".pdf", ".pptx")]
    for path in files:
        notes = by_folder[path.parent.name].audience == "learner"
        said = letters(" ".join(piece.text for piece in pieces(path.read_bytes(), notes)))
        leaked = sorted(markers_in(said))
        assert (path.name, [done.markers[number] for number in leaked]) == (path.name, [])
    figure(f"{source.stem}: {len(done.markers)} markers, {len(files)} learners' files, no leak")


def test_the_gate_opens_and_shuts(course: Course, figure: Callable[[str], None]) -> None:
    """Nothing is kept back as built; each guide would be, were it given to learners."""
    assert [found for found in course.findings if found["code"] == "C331"] == []
    kept_back = told = 0
    handout = PRODUCTS["handout"]
    for session in course.loaded.course.sessions:
        alone = replace(course.loaded.course, sessions=(session,))
        kept = withheld(handout, alone, ()) if session.role == "session" else None
        guide = course.files.get(("guide", session.path))
        if kept is None or guide is None or not _told(kept.blocks):
            continue
        kept_back += 1
        told += judged(Made(guide.read_bytes()), handout, alone, {}).data == b""
    figure(f"{course.name}: of {kept_back} guides with the facilitator's words, "
           f"{told} would be kept from learners")  # fmt: skip
    assert told == kept_back


def _told(blocks: Any) -> bool:
    """Whether blocks hold a paragraph that is long enough to be told from others."""
    return any(len(text.plain.split()) >= 2 * RUN for text in texts(blocks))
