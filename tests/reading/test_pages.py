"""Obsidian's links, pictures and comments, and MDX's lines of program."""

from __future__ import annotations

import pytest

from courseware.model.blocks import Figure
from tests.support import read, session_of


def words(text: str) -> str:
    return " ".join(t.plain for t in session_of(f"# T\n\n## A\n\n{text}\n\nLast.\n").texts())


@pytest.mark.parametrize("text", ["%%walrus%%", "%%\nwalrus\n\nmore\n%%", "%% walrus\nmore %%", "{/* walrus */}", "{/* walrus\nmore */}", "- %%walrus%%", "> %%\n> walrus\n> %%"])  # fmt: skip
def test_comments_are_nobodys(text: str) -> None:
    assert words(text).split() == ["T", "A", "Last."]


@pytest.mark.parametrize("text", ["%%walrus", "100%% walrus", "`%%walrus%%`", "%%\nwalrus", "%%a%% walrus", "```\n%%walrus%%\n```", "{/* walrus"])  # fmt: skip
def test_what_only_looks_like_a_comment_stays(text: str) -> None:
    found = session_of(f"# T\n\n## A\n\n{text}\n")
    assert "walrus" in repr(found.sections)


@pytest.mark.parametrize(("text", "target", "shown"), [
    ("[[Green tea]]", "Green tea", "Green tea"), ("[[green|the green one]]", "green", "the green one"),
    ("[[b/green#How|so]]", "b/green", "so"), ("[[#How]]", "#How", "How"),
])  # fmt: skip
def test_links_of_note_books(text: str, target: str, shown: str) -> None:
    [link] = [k for t in session_of(f"# T\n\n## A\n\nSee {text}.\n").texts() for k in t.links]
    assert (link.target, link.inside[0].text) == (target, shown)  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["[[1,2],[3,4]]", "if [[ -f x ]]", "[[x]](y.md)", "`[[x]]`"])
def test_other_double_brackets_stay(text: str) -> None:
    assert "[" in words(text) or "x" in words(text)


def test_a_picture_of_a_note_book_is_a_figure() -> None:
    [found] = [
        n
        for n in session_of("# T\n\n## A\n\n![[my tea.png|300x200]]\n").nodes()
        if isinstance(n, Figure)
    ]
    assert (found.source, found.width, found.height) == ("my tea.png", "300", "200")


def test_a_page_shown_in_another_is_named_and_told() -> None:
    reading = read("# T\n\n## A\n\n![[Tea]]\n")
    assert [f.code for f in reading.findings] == ["C127"]


@pytest.mark.parametrize("text", ['import X from "y";', "import {A, B} from '@x/y'", "import './a.css'", "export const a = 1;", "export const a = {\n  b: 1\n};", "export {a} from './b'"])  # fmt: skip
def test_lines_of_program_are_left_out_and_told(text: str) -> None:
    reading = read(f"# T\n\n## A\n\n{text}\n\nLast.\n")
    assert words(text).split() == ["T", "A", "Last."]
    assert [f.code for f in reading.findings] == ["C190"]


@pytest.mark.parametrize(
    "text", ["import this from there", "export your notes", "Import X from 'y'", "import tea"]
)
def test_prose_of_the_same_words_stays(text: str) -> None:
    assert text in words(text)


@pytest.mark.parametrize(("text", "shown"), [
    ("{ref}`Good tea<good>`", "Good tea"), ("{doc}`steeping`", "steeping"), ("{kbd}`Ctrl+C`", "Ctrl+C"), ("H{sub}`2`O", "H2O"),
    ("{math}`a^2`", "a^2"), ("{file}`a/b.txt`", "a/b.txt"), ("{term}`black tea <tea>`", "black tea"), ("{cite:p}`ada1843`", "ada1843"),
])  # fmt: skip
def test_roles_are_their_words(text: str, shown: str) -> None:
    assert f"See {shown} here." in words(f"See {text} here.")


@pytest.mark.parametrize("text", ["{x}`y`", "{ref}", "a {b} `c`", "${HOME}`x`"])
def test_braces_that_name_no_role_stay(text: str) -> None:
    assert "{" in words(text)
