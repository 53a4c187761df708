"""Texts as inline values: what is computed from them, and what is left where they are cut."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.html.texts import InlineHtml
from courseware.model.cutting import (
    part_of,
    pieces,
    together,
    without_end,
    without_last,
    without_start,
)
from courseware.model.inline import (
    Blank,
    Formula,
    Image,
    Inline,
    LineBreak,
    Link,
    Mark,
    NoteRef,
    Run,
    Text,
    Verbatim,
    walk_inlines,
)
from courseware.model.session import Document, Session
from courseware.model.walk import texts
from courseware.reading.blocks.inline_tokens import Inlines
from courseware.reading.markdown.parser import parser
from tests.support import session_of

HTML = InlineHtml()
WORDS = st.text("abc .,é<&", min_size=1, max_size=8)
LEAVES = st.one_of(
    st.builds(Run, WORDS), st.builds(Verbatim, WORDS), st.builds(Image, st.just("a.png"), WORDS),
    st.builds(Formula, WORDS), st.builds(NoteRef, st.just("n")), st.builds(Blank, st.integers(3, 9)),
    st.builds(LineBreak, st.booleans()),
)  # fmt: skip
INLINES: st.SearchStrategy[tuple[Inline, ...]] = st.recursive(
    st.lists(LEAVES, max_size=4).map(tuple),
    lambda inside: st.lists(
        st.one_of(LEAVES, st.builds(Mark, st.sampled_from(["strong", "em", "kbd"]), inside),
                  st.builds(Link, st.just("https://x.org"), inside)), max_size=4).map(tuple),
)  # fmt: skip


def text_of(markdown: str, first: int = 1) -> Text:
    token = parser().parseInline(markdown)[0]
    return Inlines("x.md").text(token.children or [], first)


def letters(text: Text) -> str:
    return "".join(text.plain.split())


@given(INLINES, st.data())
def test_the_parts_of_a_text_are_all_of_it(
    inlines: tuple[Inline, ...], data: st.DataObject
) -> None:
    text = Text(inlines)
    at = data.draw(st.integers(0, len(text.plain)))
    one, other = part_of(text, 0, at), part_of(text, at, len(text.plain))
    if not text.has(Formula, Image):  # these stand whole on one side
        assert letters(one) == "".join(text.plain[:at].split())
    assert letters(one) + letters(other) == letters(text)
    links = {i.target for i in text.walk() if isinstance(i, Link)}
    assert {i.target for part in (one, other) for i in part.links} <= links


@given(INLINES)
def test_lines_put_together_again_say_the_same(inlines: tuple[Inline, ...]) -> None:
    text = Text(inlines)
    assert together(pieces(text)).plain == text.plain


@given(INLINES)
def test_json_gives_the_same_text_back(inlines: tuple[Inline, ...]) -> None:
    text = Text(inlines)
    assert msgspec.json.decode(msgspec.json.encode(text), type=Text) == text


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a <kbd>Ctrl</kbd><kbd>C</kbd> & b", "a <kbd>Ctrl</kbd><kbd>C</kbd> &amp; b"),
        ("H<sub>2</sub>O and x<sup>2</sup>", "H<sub>2</sub>O and x<sup>2</sup>"),
        ("<b>one **two</b> three**", "<b>one <strong>two</strong></b><strong> three</strong>"),
        ("<b>one\ntwo</b> three", "<b>one</b>\n<b>two</b> three"),
        ("<small>not closed", "<small>not closed</small>"),
        ("closed</small> only", "closed only"),
        ("a<wbr>b<br>c", "a<wbr>b<br>\nc"),
        ('<a href="javascript:x()">y</a>', '<a href="">y</a>'),
        ('<a href="HTTPS://x.org" onclick="x()">y</a>', '<a href="HTTPS://x.org">y</a>'),
        ('<span onclick="x()" class="c" title="&quot;">y</span>', '<span class="c" title="&quot;">y</span>'),
        ('<span data-tex="x">y</span>', "<span>y</span>"),
        ("<!-- no -->yes <a name='x'></a><i></i>", "yes"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("**a ____ b** _____", '<strong>a <span class="blank">____</span> b</strong> '
                               '<span class="blank">_____</span>'),
        ("[`code` **b**](y.md#z)", '<a href="y.md#z"><code>code</code> <strong>b</strong></a>'),
        ("![a \"b\"](x.png){width=3cm}", '<img src="x.png" alt="a &quot;b&quot;">'),
        ("*$x<1$* and $y$", '<em><span class="math" data-tex="x&lt;1">x&lt;1</span></em> and '
                            '<span class="math" data-tex="y">y</span>'),
    ],
)  # fmt: skip
def test_what_an_author_writes_is_kept_and_nothing_else(markdown: str, html: str) -> None:
    assert HTML(text_of(markdown)) == html


def test_every_value_has_the_line_of_its_source() -> None:
    source = "# T\n\none **two\n`three`** [four](x.md)\n![five](y.png) ___ $s$[^n] <b>e\nf</b>\n\n[^n]: N\n"
    found: dict[type[Inline], list[int]] = {}
    for text in texts(session_of(source).sections):
        for inline in walk_inlines(text.inlines):
            if not isinstance(inline, LineBreak):
                found.setdefault(type(inline), []).append(inline.line)
    assert found[Run] == [3, 3, 4, 4, 5, 5, 5, 5, 6, 8]
    assert (found[Mark], found[Verbatim], found[Link], found[Image]) == ([3, 5, 6], [4], [4], [5])
    assert (found[Blank], found[Formula], found[NoteRef]) == ([5], [5], [5])


def test_an_end_is_cut_off_only_where_no_mark_is_in_it() -> None:
    text = text_of("One: *two* three:")
    assert HTML(without_start(text, 5)) == "<em>two</em> three:"
    assert without_start(text, 9) is text
    assert HTML(without_end(text, "One: two")) == "One: <em>two</em>"
    assert without_end(text, "One:") is text
    assert HTML(without_last(text, ": ")) == "One: <em>two</em> three"


def test_what_is_cut_keeps_its_marks_and_says_each_thing_once() -> None:
    text = text_of("A **bold *and* $x$ more** [link here](https://x.org) end.")
    end = text.plain.index("more")
    assert HTML(part_of(text, 0, end, "…")).endswith("</span>…</strong>")
    assert HTML(part_of(text, end, len(text.plain))) == (
        '<strong>more</strong> <a href="https://x.org">link here</a> end.'
    )


def test_the_schema_knows_inline_values() -> None:
    schema = msgspec.json.schema(Document)
    assert {"Run", "Mark", "Link", "NoteRef", "Blank", "LineBreak"} <= set(schema["$defs"])
    session = session_of("# T\n\nA *b* `c` ____\n")
    data = msgspec.json.encode(session)
    assert msgspec.json.decode(data, type=Session) == session
