"""The HTML of a deck read: what is known, and what is told of all else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from courseware.diagnostics import Diagnostic, Span
from courseware.pptx.compose.parse import parse
from courseware.pptx.values import Code, Paragraph, Picture, Run, Script, Table
from tests.decks import html_of
from tests.support import session_of

PLACE = Span("one.md")


def parsed(inside: str, root: Path = Path()) -> tuple[Script, tuple[Diagnostic, ...]]:
    html = f'<section class="slide" data-layout="content"><h1>Nets</h1>{inside}</section>'
    return parse(f"<!doctype html><html lang='en'><body>{html}</body></html>", root, PLACE)


def body(inside: str, root: Path = Path()) -> tuple[object, ...]:
    script, findings = parsed(f'<div data-placeholder="body">{inside}</div>', root)
    assert not findings
    return script.slides[0].holders[0].blocks


def test_a_slide() -> None:
    script, findings = parse(
        '<!doctype html><html lang="de"><head><title>Netze</title><meta name="author" content="A">'
        '<meta name="course" content="C"></head><body><section class="slide" data-layout="two-content"'
        ' data-source="nets" data-section="First" data-covers="nets knots"><h1>Nets &amp; <em>knots</em>'
        '</h1><div data-placeholder="left"><p>One</p></div><aside class="notes"><h2>Text</h2><p>Say</p>'
        "</aside></section></body></html>", Path(), PLACE,
    )  # fmt: skip
    assert not findings
    assert (script.title, script.language, script.author, script.course) == (
        "Netze",
        "de",
        "A",
        "C",
    )
    slide = script.slides[0]
    assert slide.title == (Run("Nets & "), Run("knots", italic=True))
    assert (slide.layout, slide.source, slide.section) == ("two-content", "nets", "First")
    assert slide.covers == ("nets", "knots")
    assert [(h.name, h.blocks) for h in slide.holders] == [("left", (Paragraph((Run("One"),)),))]
    assert slide.notes == (Paragraph((Run("Text"),), heading=True), Paragraph((Run("Say"),)))


def test_runs() -> None:
    assert body(
        '<p data-keep> a <strong>b<em>c</em></strong><br> <code>d</code> <a href="#e">e</a>'
        ' x<sub>2</sub> <img class="math" alt="y^2"></p>'
    ) == (
        Paragraph((
            Run("a "), Run("b", bold=True), Run("c", bold=True, italic=True), Run("\n"),
            Run("d", code=True), Run(" "), Run("e", link="#e"), Run(" x"), Run("2", raised="sub"),
            Run(" "), Run("", math="y^2"),
        ), keep=True),
    )  # fmt: skip


def test_lists() -> None:
    items = body('<ol start="3"><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>')
    assert items == (
        Paragraph((Run("a"),), 0, "1", 3, True),
        Paragraph((Run("b"),), 1, "•", 1, True),
        Paragraph((Run("c"),), 0, "1", 4, True),
        Paragraph((Run("d"),), 0, "", 4, True),
    )


def test_a_list_deeper_than_slides_have_levels() -> None:
    items = body("<ul><li>a" * 9 + "</li></ul>" * 9)
    assert [item.level for item in items if isinstance(item, Paragraph)] == [
        0,
        1,
        2,
        3,
        4,
        4,
        4,
        4,
        4,
    ]


def test_a_table() -> None:
    (table,) = body(
        "<table><caption>C</caption><thead><tr><th>A</th><th class='right'>B</th></tr></thead>"
        "<tbody><tr><td colspan='2'>c<ul><li>d</li></ul></td></tr></tbody></table>"
    )
    assert isinstance(table, Table) and table.caption == (Run("C"),)
    first, second = table.head[0].cells
    assert first.header and (second.align, second.paragraphs) == (
        "right",
        (Paragraph((Run("B"),)),),
    )
    cell = table.rows[0].cells[0]
    assert cell.colspan == 2 and [p.bullet for p in cell.paragraphs] == ["", "•"]


def test_code_is_kept_as_it_is() -> None:
    assert body('<pre class="code" data-language="python">a  =  1\n\n  b</pre>') == (
        Code("a  =  1\n\n  b", "python"),
    )


def test_a_picture_has_its_size(tmp_path: Path) -> None:
    Image.new("RGB", (40, 20)).save(tmp_path / "a b.png")
    (picture,) = body('<figure><img src="a%20b.png" alt="Net"></figure>', tmp_path)
    assert picture == Picture("a b.png", "Net", 30, 15)


@pytest.mark.parametrize("source", ["none.png", "../x.png", "", "/etc/passwd", "http://a/b.png"])
def test_a_picture_that_is_not_to_be_had_is_its_words(source: str, tmp_path: Path) -> None:
    inside = f'<div data-placeholder="body"><figure><img src="{source}" alt="Net"></figure></div>'
    script, findings = parsed(inside, tmp_path)
    assert script.slides[0].holders[0].blocks == (Paragraph((Run("Net"),)),)
    assert [f.code for f in findings] == ["C321"]


@pytest.mark.parametrize(
    ("inside", "message", "hint"),
    [
        ('<div data-placeholder="boddy"><p>x</p></div>',
         'data-placeholder="boddy" is no placeholder of a deck', 'did you mean "body"?'),
        ('<div data-placeholder="body"><blockquote>x</blockquote></div>',
         "<blockquote> has no meaning among blocks", "there are p, ul, ol, table, pre, figure"),
        ('<div data-placeholder="body"><p>a <span>x</span></p></div>',
         "<span> has no meaning in a line", "there are strong, em, code, a, sub, sup, br, img"),
        ('<div data-placeholder="body"><p data-kepp>x</p></div>',
         "<p> has no attribute data-kepp", 'did you mean "data-keep"?'),
        ("<p>x</p>", "<p> has no meaning in a slide", "there are h1, div, aside"),
        ("x", "text outside of a slide's placeholders", "put it in a placeholder"),
        ("<aside><table><tr><td>x</td></tr></table></aside>", "<table> has no meaning among blocks",
         "there are p, ul, ol, h2"),
    ],
)  # fmt: skip
def test_what_is_unknown_is_told_and_kept(inside: str, message: str, hint: str) -> None:
    script, findings = parsed(inside)
    assert ("C315", f"the layout of slides: {message}", hint) in [
        (f.code, f.message, f.hint) for f in findings
    ]
    slide = script.slides[0]
    blocks = [b for h in slide.holders for b in h.blocks] + list(slide.notes)
    assert "x" in "".join(b.plain for b in blocks if isinstance(b, Paragraph))


def test_an_unknown_layout_is_told() -> None:
    html = '<section class="slide" data-layout="exercize"><h1>A</h1></section><p>b</p>'
    script, findings = parse(html, Path(), PLACE)
    assert script.slides[0].layout == "content"
    assert [f.hint for f in findings] == ['did you mean "exercise"?', "there are section"]


def test_a_slide_without_a_title_is_told() -> None:
    _, findings = parse('<section class="slide" data-layout="content"></section>', Path(), PLACE)
    assert [f.message for f in findings] == ["the layout of slides: a slide has no title"]


def test_the_own_layout_says_nothing_that_is_unknown() -> None:
    text = (
        "# Session 1: Nets\n\n## Knots\n\nText with `code`, $x^2$, **bold** and [a link](https://a.b).\n\n"
        "| a | b |\n|--|--:|\n| 1 | 2 |\n\n```python\nprint()\n```\n\n> Said\n\n1. one\n   - two\n"
    )
    script, findings = parse(html_of(session_of(text), Path()), Path(), PLACE)
    assert not findings and len(script.slides) > 3
    assert script.slides[-1].covers


TAGS = st.sampled_from(["section class=slide", "section", "div data-placeholder=body", "div", "p", "ul",
                        "ol start=x", "li", "table", "tr", "td colspan=0", "th rowspan=99", "pre", "h1",
                        "figure", "img", "img class=math alt=x", "br", "aside", "b", "svg", "!--", "/p",
                        "/section", "/div", "/ul", "/table", "a href=x", "?xml", "script"])  # fmt: skip


@given(st.lists(TAGS.map("<{}>".format) | st.text(max_size=5), max_size=30).map("".join))
def test_nothing_that_a_layout_writes_makes_it_fail(html: str) -> None:
    script, _ = parse(html, Path(), PLACE)
    assert isinstance(script, Script)
