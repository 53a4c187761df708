"""Pictures on slides, wherever an author puts them: large, with the words that they belong to."""

from __future__ import annotations

import base64
from functools import partial
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from courseware.html.deck_page import size
from courseware.model.blocks import Figure
from courseware.model.session import Course
from courseware.model.walk import walk
from courseware.products.deck.deck import deck
from courseware.products.deck.pictures import with_figures
from courseware.products.deck.titles import Slide
from tests.support import session_of

DATA = BytesIO()
Image.new("RGB", (90, 60), "red").save(DATA, "PNG")
ADDRESS = f"data:image/png;base64,{base64.b64encode(DATA.getvalue()).decode()}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    Image.new("RGB", (300, 200), "blue").save(tmp_path / "kiln.png")
    Image.new("RGB", (24, 24), "blue").save(tmp_path / "gear.png")
    Image.new("RGB", (300, 200), "blue").save(tmp_path / "clay.avif")
    return tmp_path


def slides_of(root: Path, text: str) -> list[Slide]:
    session = session_of(f"# T\n\n## Clay\n\n{text}\n")
    sections = tuple(with_figures(s, partial(size, root)) for s in session.sections)
    made = msgspec.structs.replace(session, sections=sections)
    return list(deck(Course(title="", sessions=(made,)), made).slides)


def pictures(slide: Slide) -> list[str]:
    nodes = walk([b for holder in slide.placeholders for b in holder.blocks])
    return [node.source for node in nodes if isinstance(node, Figure)]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Load the kiln ![kiln](kiln.png) from behind.", [1]),
        ("![kiln](kiln.png) Load it.", [1]),
        ("[![kiln](kiln.png)](https://a.example)", [1]),
        ("![one](kiln.png) ![two](kiln.png)", [2]),
        ("![one](kiln.png)\n![two](kiln.png)", [1, 1]),
        ("![1](kiln.png) ![2](kiln.png) ![3](kiln.png) ![4](kiln.png)", [2, 2]),
        ("> Look. ![kiln](kiln.png)", [1]),
        ("- Open ![open](kiln.png)\n- Close\n\n  ![closed](kiln.png)", [1, 1]),
        ("| a | b |\n|---|---|\n| x | ![kiln](kiln.png) |\n| y | ![kiln](kiln.png) |", [2]),
        ("**Figure 1:** ![kiln](kiln.png)", [1]),
        ("![clay](clay.avif)", [1]),
        (f"![red]({ADDRESS})", [1]),
        ("![gone](none.png)", []),
        ("Words ![gone](none.png) and more.", []),
        ("Press ![the gear](gear.png) twice.", []),
    ],
)
def test_every_picture_that_there_is_stands_on_a_slide(
    root: Path, text: str, counts: list[int]
) -> None:
    assert [len(found) for slide in slides_of(root, text) if (found := pictures(slide))] == counts


def test_a_sign_among_words_is_what_it_is_called(root: Path) -> None:
    [*_, slide] = slides_of(root, "Press ![the gear](gear.png) twice, then wait for the light.")
    said = [
        t.plain for h in slide.placeholders for b in h.blocks if (t := getattr(b, "text", None))
    ]
    assert "Press the gear twice" in " ".join([slide.title.plain, *said])


def test_a_table_of_pictures_alone_is_no_table(root: Path) -> None:
    text = "|  |  |\n|---|---|\n| ![a](kiln.png) | ![b](kiln.png) |"
    assert [s.layout for s in slides_of(root, text)[1:]] == ["two-content"]


def test_a_picture_that_is_not_there_takes_no_slide_in_a_step_either(root: Path) -> None:
    text = "1. Open the kiln\n\n   ![the open kiln](lost.png)\n\n1. Close it"
    _, slide = slides_of(root, text)
    assert slide.layout == "content" and not pictures(slide)


@pytest.mark.parametrize("source", ["https://a.example/kiln.png", "lost.png"])
@pytest.mark.parametrize("caption", ["", ' "How it is loaded"'])
def test_a_picture_on_the_web_takes_no_slide(root: Path, source: str, caption: str) -> None:
    _, *slides = slides_of(root, f"Load it.\n\n![the kiln]({source}{caption})\n\nThen wait.")
    assert [slide.layout for slide in slides] == ["content"] and not pictures(slides[0])


def test_a_quotation_that_begins_with_a_sign_is_a_remark_in_the_text(root: Path) -> None:
    _, slide = slides_of(root, "Load the kiln.\n\n> 💁 The plan is on the wall.\n\nIt is hot.")
    assert slide.layout == "content"
    assert [s.layout for s in slides_of(root, "Load.\n\n> A kiln is a promise.\n\nIt is hot.")] != [
        "content"
    ]
