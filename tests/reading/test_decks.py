"""Slide decks of other tools: their authors' slides in order, their marks, and notes that stay with who presents."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from courseware.html.deck_page import size
from courseware.model.blocks import Rule
from courseware.model.session import Course
from courseware.model.walk import texts
from courseware.products.deck.deck import deck
from courseware.products.deck.pictures import with_figures
from tests.support import read, session_of

MARP = "---\nmarp: true\n---\n\n# Deck\n\n---\n\n"
REMARK = "# Deck\n\n---\nclass: x\n\n"
SLIDEV = "---\ntheme: seriph\ntransition: fade\n---\n\n# Deck\n\n---\n\n"
DECKSET = "autoscale: true\nslidenumbers: true\n\n# Deck\n\n---\n\n"


def learners(text: str) -> str:
    course = Course(title="", sessions=(session_of(text),)).for_audience("learner")
    return " ".join(t.plain for t in texts(course.sessions[0].sections))


def slides(text: str) -> list[tuple[str, str]]:
    session = session_of(text)
    found = deck(Course(title="", sessions=(session,)), session).slides
    return [
        (s.title.plain, " ".join(t.plain for h in s.placeholders for t in texts(h.blocks)))
        for s in found
    ]


@pytest.mark.parametrize("head", [MARP, SLIDEV, DECKSET])
def test_a_slide_without_a_heading_is_a_slide(head: str) -> None:
    text = f"{head}## One\n\nFirst words.\n\n---\n\nSecond words.\n\n---\n\nThird words.\n\n---\n\n## Two\n\nLast.\n"
    assert slides(text)[1:] == [
        ("One", "First words."),
        ("One", "Second words."),
        ("One", "Third words."),
        ("Two", "Last."),
    ]


def test_rules_of_a_file_that_is_no_deck_are_decoration() -> None:
    found = session_of("# T\n\n## One\n\nA few.\n\n---\n\nMore.\n")
    assert not any(n.slide for n in found.nodes() if isinstance(n, Rule))


@pytest.mark.parametrize("text", [
    ".footnote[Walrus]", ".left-column[\nWalrus\n]", ".lab[\n\n- Walrus\n\n]", ".red[Walrus]", "So .red.big[Walrus] .b[.c[x]]",
    ".left-column[\n## Walrus\n]\n.right-column[\nx\n]", ".lab[\n```bash\na=(1 2]\n```\nWalrus]", "- .x[Walrus]",
])  # fmt: skip
def test_classes_of_remark_are_no_words(text: str) -> None:
    said = learners(f"{REMARK}## A\n\n{text}\n\n???\n\nNote.\n")
    assert (
        "Walrus" in said
        and ".red" not in said
        and "[" not in said.replace("(1 2]", "")
        and "Note" not in said
    )


@pytest.mark.parametrize("name", ["notes", "solution", "instructor-note", "answer"])
@pytest.mark.parametrize(
    "text", ["._[Walrus]", "._[\nWalrus\n]", "Look: ._[Walrus].", "._.big[Walrus]"]
)
def test_classes_that_hide_hide(name: str, text: str) -> None:
    body = f"{REMARK}## A\n\nOpen.\n\n{text.replace('_', name)}\n\n???\n\nx\n"
    assert "Walrus" not in learners(body) and "Open." in learners(body)
    assert any("Walrus" in t.plain for t in session_of(body).texts())


@pytest.mark.parametrize("text", ["e.g. [x]", "file.name[0]", "1.[x]", "Mr.[x]"])
def test_a_stop_before_a_bracket_is_text(text: str) -> None:
    assert text in learners(f"{REMARK}## A\n\n{text}\n\n???\n\nx\n")


@pytest.mark.parametrize("head", [MARP, SLIDEV])
@pytest.mark.parametrize(
    "note", ["<!-- Walrus -->", "<!--\nWalrus\n\nand more\n-->", "<!-- Say: Walrus\n-->"]
)
def test_comments_are_notes(head: str, note: str) -> None:
    text = f"{head}## A\n\nOpen.\n\n{note}\n\nMore.\n"
    assert "Walrus" not in learners(text) and "More." in learners(text)
    assert any("Walrus" in t.plain for t in session_of(text).texts())


@pytest.mark.parametrize("note", ["<!-- _class: walrus -->", "<!-- backgroundColor: walrus -->", "<!--\ntheme: walrus\n-->", "<!-- prettier-ignore walrus -->"])  # fmt: skip
def test_comments_that_set_something_are_nobodys(note: str) -> None:
    found = session_of(f"{MARP}## A\n\n{note}\n\nOpen.\n")
    assert not any("walrus" in t.plain for t in found.texts())


def test_settings_and_columns_are_no_words() -> None:
    said = learners(
        f"{DECKSET}# [fit] Tea\n\n[.column]\n\nLeft\n\n[.background-color: #000]\n\nRight\n"
    )
    assert said.split() == ["Tea", "Left", "Right"]
    said = learners(f"{SLIDEV}# A\n\nLeft\n\n::right::\n\nRight\n")
    assert said.split() == ["A", "Left", "Right"]
    assert "C102" in {f.code for f in read(f"{DECKSET}# A\n\n[.autoscale: true]\n\nx\n").findings}


def test_a_missing_picture_takes_no_slide(tmp_path: Path) -> None:
    session = session_of(f"{MARP}## A\n\nOpen.\n\n---\n\n![walrus](none.png)\n\nWords.\n")
    found = with_figures(session.sections[-1], partial(size, tmp_path))
    [slide] = [
        s
        for s in deck(Course(title="", sessions=(session,)), session).slides
        if s.layout == "picture"
    ]
    assert slide.title.plain == "A"
    import msgspec

    lost = msgspec.structs.replace(session, sections=(*session.sections[:-1], found))
    assert [s.layout for s in deck(Course(title="", sessions=(lost,)), lost).slides] == [
        "title",
        "content",
        "content",
    ]


def test_a_slide_of_its_author_that_fits_stays_as_it_is_written() -> None:
    """It is neither parted nor cut, and its paragraphs are no list; one that is too full is as any text is."""
    item = "* A baker keeps two kinds of starter beside each other, in the same room, in all seasons\n\n"
    body = f"{item * 2}* Wet ones:\n\n  {item}* Dry ones:\n\n  {item}"
    written = f"{REMARK}## One\n\n{body}---\n\n## Two\n\nMix it.\n\nFold it.\n"
    found = slides(written)
    assert [title for title, _ in found[1:]] == ["One", "Two"]
    assert found[1][1].count("in all seasons") == 4 and "…" not in found[1][1]
    session = session_of(written)
    two = deck(Course(title="", sessions=(session,)), session).slides[2]
    assert [type(b).__name__ for h in two.placeholders for b in h.blocks] == ["Paragraph"] * 2
    full = slides(f"{REMARK}## One\n\n{item * 12}---\n\n## Two\n\nx\n")
    assert "…" in full[1][1] or len(full) > 3
