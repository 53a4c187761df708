"""The parser asks those rules alone that may begin at a place, and reads as if it asked all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseware.reading.markdown import parser as parsing
from courseware.reading.markdown.first_signs import BLOCKS, INLINES
from courseware.reading.markdown.notices import LinkDefinitions
from courseware.reading.markdown.positions import TooMuchError
from tests.support import PROJECT

DECKS = frozenset(["remark", "reveal", "deckset", "marp", "slidev"])
BEGINS = (
    "# A", "## ", "- ", "* x", "1. ", "> ", "```", "~~~ {note}", "::: note", ":::", "[ ] ::: answer", "!!! note", "??? tip",
    '=== "Tab"', "/// note", "///", "{: .x}", "{.answer}", "(a)=", "^", "---", "key: value", "{{< box >}}", "{{< /box >}}",
    "{% x %}", "???", "Note: say", "notes:", "^ said", "--", "\\[", "x = 1 \\]", "\\newpage", "\\begin{solution}", "\\end{solution}", "<!-- pagebreak -->", "+--+--+",
    "| a | b |", "|---|---|", "--- ---", "a    b", "%% said %%", "{/* gone */}", "+++", "import x from 'y'", "export const a = 1",
    "!> said", "?> said", "--8<-- 'x'", "[TOC]", ". . .", "<-->", ".left[", "]", "[.autoscale: true]", "::right::", "<!-- said -->",
    "***", "___", "[^1]: note", "[a]: b", "<div>", "</div>", "Term", ": what it is", "a\tb", "**Label:** x", "$$", "x^2", "", "    code",
)  # fmt: skip
WORDS = (
    "words", " ", "*a*", "**b**", "`c`", "[d](e.md)", "![f](g.png)", "<b>h</b>", "$i$", "$5", "\\(j\\)", "\\textbf{k}", "\\begin{answer}l\\end{answer}", "{{ l }}",
    "{% m %}", "@@n@@", "<% o %>", "{#p q#}", "[r]({{ s }})", "![t]({{ u }}v.png)", "<Tweet id={1} />", "\\*", "{kbd}`w`", "~~x~~",
    "x^2^", "H~2~O", "^[note]", ":material-x:", "==y==", "++ctrl++", " ^block", "{++in++}", "{=z}", "{.c}", "[[page]]", "[s]{.u}",
    "![a b](c d.png)", "[^1]", "<https://a.b>", "<!-- c -->", "<!--", "&amp;", ".left[e]", "[fit] f", "%%g%%", "{/*h*/}", "\n", "_i_",
)  # fmt: skip


def read(md: Any, text: str, decks: frozenset[str]) -> object:
    """Return all that a parser makes of a text, or why it refuses."""
    env: dict[str, Any] = {
        "myst": False,
        "whole": True,
        "decks": decks,
        "names": {},
        "references": LinkDefinitions(),
    }
    try:
        tokens = md.parse(text, env)
    except TooMuchError as error:
        return str(error)
    return [token.as_dict() for token in tokens], env.get("notices")


def alike(text: str, decks: frozenset[str] = frozenset()) -> None:
    assert read(parsing.parser(), text, decks) == read(ALL, text, decks)


ALL = parsing.every_rule()


@pytest.mark.parametrize("file", sorted((PROJECT / "content").glob("*.md")), ids=lambda f: f.stem)
def test_sample_sessions_are_read_alike(file: Path) -> None:
    alike(file.read_text("utf-8"))
    alike(file.read_text("utf-8"), DECKS)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["", " ", "  ", "    ", "> ", "- "]), st.sampled_from(BEGINS), st.sampled_from(["", *WORDS])), max_size=12),
    st.booleans(),
)  # fmt: skip
def test_lines_are_read_alike(lines: list[tuple[str, str, str]], decks: bool) -> None:
    alike("\n".join(map("".join, lines)), DECKS if decks else frozenset())


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12), st.booleans())
def test_words_are_read_alike(words: list[str], decks: bool) -> None:
    alike("".join(words), DECKS if decks else frozenset())


def test_names_in_the_tables_are_rules() -> None:
    assert set(BLOCKS) <= set(ALL.block.ruler.get_active_rules())
    assert set(INLINES) <= set(ALL.inline.ruler.get_active_rules())
