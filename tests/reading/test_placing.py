"""A finding on a link or an image stands at its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from courseware.checking.rules import check
from courseware.course.loading import load
from courseware.model.blocks import Figure
from courseware.model.inline import Image, Link, Run, Verbatim
from courseware.reading.markdown.positions import MOST_MISSES, Places
from tests.reading.test_properties import QUICK, sessions
from tests.support import PROJECT, session_of


def links_of(text: str) -> list[Link | Image]:
    session = session_of(text)
    found = [i for words in session.texts() for i in words.walk() if isinstance(i, Link | Image)]
    figures = [n for n in session.nodes() if isinstance(n, Figure)]
    return found + [Image(n.source, line=n.span.line, column=n.span.column) for n in figures]


def starts(text: str) -> dict[str, tuple[int, int]]:
    return {
        link.target if isinstance(link, Link) else link.source: (link.line, link.column)
        for link in links_of(text)
    }


@pytest.mark.parametrize(
    "body",
    [
        "one [x](aa.md) and [y](bb.md), `[z](no.md)` and ![p](cc.png) here",
        "one\n  two [x](aa.md)\\\n three [y](bb.md)\nand `a\nb` ![p](cc.png) x",
        "- item [x](aa.md)\n  - below **[y](bb.md)**\n\n    1. x ![p](cc.png) x",
        "- [ ] do [x](aa.md)\n\n> quoted [y](bb.md)\n> > ![p](cc.png)",
        "| same | same |\n|---|---|\n| x | [x](aa.md) |\n| a \\| b [y](bb.md) | x ![p](cc.png) |",
        "| [x](aa.md) | [x](bb.md) |\n|---|---|\n| [x](aa2.md) | [x](cc.png) |",
        "### Head [x](aa.md) {#h}\n\n![p](bb.png) ![p](cc.png)\n\nText.",
        "**Label:** [x](aa.md)\n\n**Part**\n[y](bb.md)\n[![in](cc.png)](dd.md)",
        "::: example See [x](aa.md)\nabc\n[y](bb.md)\n\n![p](cc.png)\n:::",
        "Text[^n] here.\n\n[^n]: A note with [x](aa.md).\n\n    And [y](bb.md).",
        "Term [x](aa.md)\n: What [y](bb.md) is",
        "<div>\n\ninside [x](aa.md)\n\n</div>\n\n<table><tr><td>[x](bb.md)</td><td>a</td></tr>\n<tr><td>b [y](cc.md)</td></tr></table>",
        'a <img src="aa.png" alt="x"> b <img src="bb.png" alt="y">\nc <img src="cc.png" alt="">',
        "```\nNotes:\n- see [x](aa.md)\n- and [y](bb.md)\n```",
        "  indented [x](aa.md)\n\ttabbed [y](bb.md)\n\ttwo\t[z](cc.md)",
        "Ünï 😀 [x](aa.md) 日本 [y](bb.md)",
        "Setext [x](aa.md)\n-----------\n\nText [y](bb.md)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("head", ["# T\n\n", "---\ntitle: T\n---\n\n## S\n\n"])
def test_a_link_knows_its_place(head: str, body: str) -> None:
    text = head + body + "\n"
    lines = text.split("\n")
    found = starts(text)
    wanted = [
        t
        for t in ("aa.md", "bb.md", "cc.png", "aa.png", "bb.png", "cc.md", "dd.md", "aa2.md")
        if t in text
    ]
    assert set(wanted) <= set(found)
    for target in wanted:
        line, column = found[target]
        rest = lines[line - 1][column - 1 :]
        assert rest[:1] in "[!<", (target, line, column)
        depth = rest.index(target)
        # Nothing else links between the place and its target, but for an image inside a link.
        between = rest[1:depth].replace("![in](cc.png)", "").removeprefix("[")
        assert "](" not in between[:-2] and "<img" not in between, (target, line, column)


def test_a_reference_stands_where_it_is_used() -> None:
    assert starts("# T\n\nSee [this][r], [r].\n\n[r]: aa.md\n") == {"aa.md": (3, 16)}


def test_an_address_in_angle_brackets() -> None:
    assert starts("# T\n\nSee <https://example.org/a>.\n") == {"https://example.org/a": (3, 5)}


def test_findings_stand_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# T\n\n- x [a](no.md) ![b](no.png)\n\n![c](no2.png)  ![d](no3.png)\n"
    )
    found = [(f.code, f.span.line, f.span.column) for f in check(load(tmp_path))]
    assert found == [("C205", 3, 5), ("C206", 3, 16), ("C206", 5, 1), ("C206", 5, 16)]


@given(
    st.lists(
        st.sampled_from(["[x](a.md)", "![x](a.png)", "a", "|", "\\|", "`|`", "\t", " ", "é", "*"]),
        max_size=12,
    )
)
def test_a_place_is_in_its_line(pieces: list[str]) -> None:
    text = f"# T\n\n| {' '.join(pieces)} | b |\n|---|---|\n| {''.join(pieces)} |\n\n- {''.join(pieces)}\n"
    lines = text.split("\n")
    for link in links_of(text):
        assert 1 <= link.column <= len(lines[link.line - 1]) + 1
        if link.column > 1:
            assert lines[link.line - 1][link.column - 1] in "[!"


def test_rows_that_are_not_found_are_sought_a_few_times_only() -> None:
    places = Places("# T\n\n" + "a" * 100, 1)
    for _ in range(1000):
        places.locate(Token("inline", "", 0, content="not there"), 1, 3)
    assert places.misses == MOST_MISSES + 1


def test_a_text_goes_on_in_its_line_behind_code_and_tags_of_two_lines() -> None:
    text = "# T\n\nIn 3 `four\nfour` and <kbd\ntitle='x'>five</kbd>,\nsix\n\nTerm 8\n: Nine\n\nTerm 11\n: x\n"
    found = [
        (i.text, i.line) for t in session_of(text).texts() for i in t.walk() if isinstance(i, Run)
    ]
    assert found[1:] == [
        ("In 3 ", 3), (" and ", 4), ("five", 5), (",", 5), ("six", 6),
        ("Term 8", 8), ("Nine", 9), ("Term 11", 11), ("x", 12),
    ]  # fmt: skip


def elsewhere(text: str) -> list[tuple[int, str]]:
    """Return the words that do not stand in the line that they are said to stand in."""
    lines = ["", *text.split("\n")]
    every = (i for t in session_of(text).texts() for i in t.walk())
    runs = [i for i in every if isinstance(i, Run | Verbatim) and i.line and i.text.strip()]
    assert runs
    return [(i.line, i.text) for i in runs if i.text.split()[0] not in lines[i.line]]


@QUICK
@given(sessions())
def test_words_stand_in_their_lines(text: str) -> None:
    assert elsewhere(f"# T\n\n{text}") == []


@pytest.mark.parametrize("path", sorted((PROJECT / "content").glob("*.md")), ids=lambda p: p.name)
def test_words_of_the_sample_stand_in_their_lines(path: Path) -> None:
    assert elsewhere(path.read_text("utf-8")) == []
