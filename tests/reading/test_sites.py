"""Small marks of sites' tools: what each is, and what only looks like one."""

from __future__ import annotations

import pytest

from courseware.model.blocks import Box
from courseware.model.inline import Mark
from courseware.model.walk import texts
from tests.support import read, session_of


def shown(body: str) -> list[str]:
    return [t.plain for t in texts(session_of(f"# T\n\n## A\n\n{body}\n\nLast.\n").sections)][1:-1]


@pytest.mark.parametrize(("mark", "kind"), [("!>", "important"), ("?>", "tip")])
def test_a_mark_of_docsify_is_a_box(mark: str, kind: str) -> None:
    session = session_of(f"# T\n\n## A\n\n{mark} Hot **water**\nruns.\n\nLast.\n")
    [box] = [n for n in session.nodes() if isinstance(n, Box)]
    assert box.kind == kind and [t.plain for t in texts(box.blocks)] == ["Hot water runs."]


@pytest.mark.parametrize(
    ("text", "words", "marks"),
    [("Press ++ctrl+c++ now", "Press Ctrl+C now", ["kbd"]), ("A ==bright **red** cup== here", "A bright red cup here", ["mark", "strong"]),
     (":material-check: Done", "Done", []), ("Tea is hot. ^block-1", "Tea is hot.", []), ("Hot ++tea++", "Hot tea", ["ins"]), ("Hot ==tea== ^abc", "Hot tea", ["mark"])],
)  # fmt: skip
def test_words_have_their_marks(text: str, words: str, marks: list[str]) -> None:
    assert shown(text) == [words]
    found = session_of(f"# T\n\n## A\n\n{text}\n").texts()[-1]
    assert [inline.name for inline in found.inlines if isinstance(inline, Mark)] == marks[:1]


@pytest.mark.parametrize("text", ["[TOC]", "[[_TOC_]]", ". . .", '--8<-- "part.md"'])
def test_a_line_for_a_program_is_left_out(text: str) -> None:
    assert shown(f"Tea.\n\n{text}\n\nCup.") == ["Tea.", "Cup."]
    told = [f.code for f in read(f"# T\n\n## A\n\n{text}\n").findings]
    assert told == (["C127"] if "8<" in text else [])


@pytest.mark.parametrize("text", ["a == b and c == d", "x++ and y++", "i++ + j++", "1:2:3", "`==x==`", "C++ and C++", "2 ^10", "!>x", "a ^b", "====", "wait . . . now"])  # fmt: skip
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert shown(text) == [text.replace("`", "")]
