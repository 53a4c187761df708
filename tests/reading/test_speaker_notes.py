"""Notes of slide decks are for who presents, in whatever tool the deck was written."""

from __future__ import annotations

import pytest

from courseware.model.session import Course
from courseware.model.walk import texts
from tests.support import read

END = "\n\n---\n\n## Salt\n\n- OPEN at the end\n"
REVEAL = "---\ntitle: Soup\nrevealOptions: {transition: fade}\n---\n\n"
DECKSET = "slidenumbers: true\nautoscale: true\n\n"


def learners(text: str) -> tuple[str, set[str]]:
    reading = read(text)
    assert reading.session is not None
    (seen,) = Course(title="T", sessions=(reading.session,)).for_audience("learner").sessions
    whole = " ".join(t.plain for t in texts(reading.session.sections))
    assert "SECRET" in whole  # the guide has it
    return " ".join(t.plain for t in texts(seen.sections)), {f.code for f in reading.findings}


NOTES = {
    "remark": "# Soup\n\n---\n\n## Stock\n\n- Bones\n\n???\n\nSECRET one.\n\nSECRET two.",
    "remark, at once": "# Soup\n\n---\n\n## Stock\n\n- Bones\n???\nSECRET one.\n- SECRET two",
    "remark, a heading in the notes": "# Soup\n\n---\n\n## Stock\n\nText.\n\n???\n\n### SECRET\n\nSECRET",
    "remark, code with dashes": "# Soup\n\n---\n\n## Stock\n\nText.\n\n???\n\n```\n---\n```\n\nSECRET",
    "remark, a space behind": "# Soup\n\n---\n\n## Stock\n\nText.\n\n???  \nSECRET",
    "remark, in a list": "# Soup\n\n---\n\n## Stock\n\n- Bones\n\n  ???\n\n  SECRET",
    "remark, in a quotation": "# Soup\n\n---\n\n## Stock\n\n> Bones\n>\n> ???\n>\n> SECRET",
    "reveal": f"{REVEAL}## Stock\n\n- Bones\n\nNote:\nSECRET one.\n\nSECRET two.",
    "reveal, on its line": f"{REVEAL}## Stock\n\nBones\nnote: SECRET one.\n\n- SECRET",
    "reveal, many": f"{REVEAL}## Stock\n\nBones\n\nNotes:\n\nSECRET",
    "reveal, by a slide's comment": "# Soup\n\n<!-- .slide: class=\"x\" -->\n\n## Stock\n\nNote: SECRET",
    "reveal, Quarto's": "---\ntitle: Soup\nformat: revealjs\n---\n\n## Stock\n\nNote: SECRET",
    "reveal, an aside": "# Soup\n\n---\n\n## Stock\n\n<aside class=\"notes\">\n\nSECRET\n\n</aside>",
    "Deckset": f"{DECKSET}# Soup\n\nBones\n\n^ SECRET one.\nSECRET still.\n^ SECRET two.",
    "Deckset, no space": f"{DECKSET}# Soup\n\nBones\n\n^SECRET one.",
}  # fmt: skip


@pytest.mark.parametrize("name", NOTES)
def test_learners_never_see_notes(name: str) -> None:
    seen, codes = learners(NOTES[name] + END)
    assert "SECRET" not in seen and "OPEN at the end" in seen
    assert "???" not in seen and "C141" not in codes


def test_in_a_file_without_slides_it_is_told() -> None:
    seen, codes = learners(
        "# Soup\n\n## Stock\n\nBones\n\n???\n\nSECRET\n\n## Salt\n\nOPEN at the end\n"
    )
    assert "SECRET" not in seen and "OPEN at the end" in seen
    assert "C141" in codes


@pytest.mark.parametrize("text", [
    "# Soup\n\n---\n\n## Stock\n\nNote: OPEN words.\n", "# Soup\n\n---\n\n## Stock\n\n^ OPEN words.\n",
    "# Soup\n\n---\n\n## Stock\n\nWhat is it??? OPEN\n", "# Soup\n\n---\n\n## Stock\n\n```\n???\nOPEN\n```\n",
    "class: 5B OPEN\n\n# Soup\n\n---\n\nWords.\n", f"{REVEAL}## Stock\n\nNoteworthy: OPEN\n",
])  # fmt: skip
def test_what_is_no_note_stays_open(text: str) -> None:
    reading = read(text)
    assert reading.session is not None
    (seen,) = Course(title="T", sessions=(reading.session,)).for_audience("learner").sessions
    code = " ".join(str(getattr(node, "text", "")) for node in seen.nodes())
    facts = " ".join(f"{f.label} {f.value}" for f in getattr(seen, "facts", ()))
    assert "OPEN" in " ".join([*(t.plain for t in seen.texts()), code, facts])


@pytest.mark.parametrize(
    "settings",
    [
        "class: title",
        "name: agenda\nclass: middle, center",
        "background-image: url(x.png)",
        "count: false",
    ],
)
def test_settings_of_slides_are_told_and_not_printed(settings: str) -> None:
    text = f"{settings}\n\n# Soup\n\n---\n\n{settings}\n\n## Stock\n\nBones\n\n???\n\nSECRET\n"
    seen, codes = learners(text)
    assert settings.split("\n")[0] not in seen and "C102" in codes


@pytest.mark.parametrize("box", ["[ ]", "[x]", "[ ] ", "[X]"])
@pytest.mark.parametrize("item", ["- ", "1. ", "* "])
def test_a_box_to_tick_before_a_directive_opens_it(item: str, box: str) -> None:
    space = " " * len(item)
    text = f"# Soup\n\n## A\n\n- [ ] OPEN\n{item}{box} ::: facilitator\n{space}SECRET\n{space}:::\n\nOPEN at the end\n"
    seen, codes = learners(text)
    assert "SECRET" not in seen and "OPEN at the end" in seen and "C114" not in codes


@pytest.mark.parametrize(("layout", "kept"), [("cover", True), ("two-cols", True), ("post", False)])
def test_comments_are_notes_where_a_first_slide_has_a_layout_of_slidev(
    layout: str, kept: bool
) -> None:
    text = f"---\ntheme: default\nlayout: {layout}\n---\n\n# Soup\n\nStock.\n\n<!-- SECRET one -->\n\n---\n\n# Two\n\nOPEN.\n"
    session = read(text).session
    assert session is not None
    assert kept == any("SECRET" in found.plain for found in session.texts())
