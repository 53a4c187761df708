"""What a text says decides its form: words and code, lists, paragraphs that stand alone."""

from __future__ import annotations

import pytest

from courseware.pptx.compose.compose import compose, turn
from courseware.pptx.template.template import Place, Template
from courseware.pptx.values import Code, Draft, Holder, Paragraph, Run, Script, Slide
from tests.pptx.scripts import lines, plain, templates

ALL = pytest.mark.parametrize("template", templates())


def said(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def item(words: str, bullet: str = "•", number: int = 1) -> Paragraph:
    return Paragraph((Run(words),), 0, bullet, number, item=True)


def deck(template: Template, *drafts: Draft) -> tuple[Slide, ...]:
    return compose(Script("T", "en", drafts), template).slides


def draft(*blocks: object, group: str = "") -> Draft:
    return Draft("content", (Run("Nets"),), (Holder("body", blocks),), set=group)  # type: ignore[arg-type]


def places(slide: Slide) -> dict[str, Place]:
    return {box.place.name: box.place for box in slide.boxes}


# -- words and code ---------------------------------------------------------------------


@ALL
def test_short_code_stands_beside_the_words_before_it_on_its_ground(template: Template) -> None:
    held = (said("Make a net:"), Code("tie net", "sh"), said("Mend it:"), Code("mend net --all", "sh"))  # fmt: skip
    (slide,) = deck(template, draft(*held))
    at = places(slide)
    codes = [at["code-1"], at["code-2"]]
    assert slide.layout == "cards" and len({(c.x, c.width) for c in codes}) == 1
    assert all(c.fill or c.line for c in codes)
    for words, code in zip((at["words-1"], at["words-2"]), codes, strict=True):
        assert words.x + words.width < code.x
        assert words.y < code.y + code.height and code.y < words.y + words.height
    assert at["code-1"].y + at["code-1"].height < at["code-2"].y
    back = places(turn(slide))
    assert back["code-1"].x < back["words-1"].x


@ALL
def test_wide_code_stands_below_its_words_over_the_whole_width(template: Template) -> None:
    wide = Code("tie net " + "--knots 12 " * 3, "sh")
    (slide,) = deck(template, draft(said("Make a net:"), wide, said("And again:"), wide))
    at = places(slide)
    for n in (1, 2):
        assert at[f"words-{n}"].y + at[f"words-{n}"].height <= at[f"code-{n}"].y
        assert at[f"words-{n}"].x == at[f"code-{n}"].x
    assert all(len(plain(line.runs).strip("\n").split("\n")) == 1 for line in lines(slide))


@ALL
def test_what_code_prints_stands_below_it_without_its_colours(template: Template) -> None:
    held = (said("Count them:"), Code("for n in nets: print(n)", "python"), Code("for one in nets", "output"))  # fmt: skip
    (slide,) = deck(template, draft(*held))
    (code,) = [box for box in slide.boxes if box.place.name == "code-1"]
    first, last = code.content.lines  # type: ignore[union-attr]
    assert any(run.colour for run in first.runs) and not any(run.colour for run in last.runs)
    assert first.after > last.after


def test_words_and_code_without_room_stay_in_the_text() -> None:
    long = [block for n in range(5) for block in (said("Make a net. " * 12), Code(f"tie net {n}\n" * 4, "sh"))]  # fmt: skip
    slides = deck(templates()[-1], draft(*long))
    assert len(slides) > 1 and all(slide.layout == "content" for slide in slides)
