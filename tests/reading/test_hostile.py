"""Any text at all: reading never raises, its model round-trips, and HTML loses no word."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseware.model.session import Document
from tests.searching import examples
from tests.support import read, session_of, tokens

PIECES = [
    "# ", "## ", "- ", "1. ", "> ", "```", "```\n", ":::", "::: answer", '::: hint "x" {a=1}',
    "::: lines", "::: canvas", "<details>", "</details>", "<summary>", "<table>", "<tr>", "<td>",
    "</table>", "<div>", "**", "__", "*", "____", "$", "$$", "|a|b|", "|-|-|", "[^1]", "[^1]: x",
    "[x](y.md)", "![](z.png)", "{#id}", "{minutes=x}", "---", "+++", "===", "\n", "\n\n", "  ",
    "    ", "\t", "word", "**Answer:**", "Exercise 1:", "(30 min)", "0:10-0:20", "🎯", "<b>",
    "<script>", "<img src=x>", "&amp;", "\\", "- [ ] ", "> [!NOTE]", "a: b", "<!--", "-->", "?",
    "<p", "</", "<!DOCTYPE", "<![CDATA[", "\u202e", "\x07",
]  # fmt: skip
TAGS = ["div", "table", "tr", "td", "th", "thead", "caption", "ul", "li", "details", "summary",
        "p", "blockquote", "center", "kbd", "sub", "span"]  # fmt: skip


@settings(max_examples=examples(400))
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_reading_never_raises(pieces: list[str]) -> None:
    session = read("".join(pieces)).session
    if session is not None:
        document = Document(1, session)
        assert msgspec.json.decode(msgspec.json.encode(document), type=Document) == document


@st.composite
def html(draw: st.DrawFn) -> str:
    count = itertools.count()

    def element(depth: int) -> str:
        tag = draw(st.sampled_from(TAGS))
        gap = draw(st.sampled_from(["", "\n", "\n\n"]))
        inside = [f" word{next(count)} {gap}"]
        if depth < 3:
            inside += [element(depth + 1) for _ in range(draw(st.integers(0, 2)))]
        close = draw(st.sampled_from([f"</{tag}>", f"</{tag}>", ""]))
        return f"<{tag}>{gap}{''.join(inside)}{gap}{close}{gap}"

    return "\n\n".join(element(0) for _ in range(draw(st.integers(1, 3))))


@settings(max_examples=examples(300))
@given(html())
@pytest.mark.slow
def test_html_loses_no_word(text: str) -> None:
    found = {w for t in session_of(text).texts() for w in tokens(t.plain)}
    assert {w for w in tokens(text) if w.startswith("word")} <= found
