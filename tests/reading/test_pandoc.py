"""Pandoc's, Quarto's and LaTeX's marks: what they mean, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.model.blocks import Box, Code, Math, PageBreak, Paragraph, Table
from courseware.model.inline import Formula, Mark, words_of
from courseware.model.session import Course
from courseware.model.walk import texts
from courseware.reading.dialects.pandoc import is_formula
from tests.support import read, session_of

BREAKS = (
    "\\newpage", "\\pagebreak", "\\clearpage", "\\pagebreak[4]", "\\newpage{}", "{{< pagebreak >}}", "{{% pagebreak %}}",
    "<!-- pagebreak -->", '<div style="page-break-after: always"></div>', "<div style='break-before:page;'> </div>",
    '<div class="page-break">\n</div>', '<p style="page-break-before: always;">&nbsp;</p>', '<hr class="pagebreak">',
    '<div style="page-break-after: always;"/>',
)  # fmt: skip
NO_BREAKS = ('<div style="page-break-inside: avoid"></div>', "`\\newpage`", '<div style="page-break-after: always">Tea</div>', "\\newpages")  # fmt: skip
FORMULAS = ("a^2", "x", "\\frac{1}{2}", "a + b", "x < y", "v_0", "\\text{speed of light} = c")
PLAIN = ("optional", "Name", "see page 3", "or both", "1", "and so on")


def body(text: str) -> str:
    return f"# T\n\n## A\n\n{text}\n\nLast.\n"


@pytest.mark.parametrize("text", BREAKS)
def test_a_line_for_a_new_page_is_one(text: str) -> None:
    found = session_of(body(text))
    assert sum(isinstance(n, PageBreak) for n in found.nodes()) == 1
    assert [t.plain for t in texts(found.sections)] == ["A", "Last."]


@pytest.mark.parametrize("text", NO_BREAKS)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    found = session_of(body(text))
    assert not any(isinstance(n, PageBreak) for n in found.nodes())
    assert ("Tea" in text) == any("Tea" in t.plain for t in texts(found.sections))


@pytest.mark.parametrize("tex", FORMULAS)
def test_brackets_of_latex_hold_formulas(tex: str) -> None:
    found = session_of(body(f"So \\({tex}\\) it is."))
    inside = [i.tex for t in found.texts() for i in t.walk() if isinstance(i, Formula)]
    assert inside == [tex]


@pytest.mark.parametrize("words", PLAIN)
def test_escaped_brackets_around_words_are_brackets(words: str) -> None:
    assert not is_formula(words) and not is_formula(words, display=True)
    shown = [t.plain for t in session_of(body(f"So \\({words}\\) and \\[{words}\\].")).texts()]
    assert f"So ({words}) and [{words}]." in shown


@pytest.mark.parametrize("text", [
    "\\[ b^2 \\]", "\\[\nb^2\n\\]", "```math\nb^2\n```", "\\begin{equation}\nb^2 \\label{eq:b}\n\\end{equation}",
    "\\begin{align*}\nb^2 &= c\n\\end{align*}",
])  # fmt: skip
def test_displayed_formulas_are_set(text: str) -> None:
    found = [n for n in session_of(body(text)).nodes() if isinstance(n, Math)]
    assert len(found) == 1 and "b^2" in found[0].tex and "label" not in found[0].tex


def test_scripts_and_spans_are_marks() -> None:
    text = "H~2~O, x^2^ and [under]{.underline}, but ~/a ~/b~, 2^10 and `y^2^`."
    found = session_of(body(text))
    marks = [(i.name, words_of(i)) for t in found.texts() for i in t.walk() if isinstance(i, Mark)]
    assert marks == [("sub", "2"), ("sup", "2"), ("u", "under")]
    assert any("~/a ~/b~, 2^10 and y^2^." in t.plain for t in found.texts())


@given(st.text("ab ^~[]{}.#()\\+$-|\n", max_size=40))
def test_no_letter_is_lost(text: str) -> None:
    found = session_of(body(f"c{text}"))
    words = "".join(t.plain for t in found.texts())
    inside = text.count("a") + text.count("b") if "{" not in text and "\n" not in text else 0
    assert words.count("a") + words.count("b") >= inside


@pytest.mark.parametrize("name", ["notes", "instructor", "solution", "answer"])
def test_a_span_of_a_class_that_hides_hides_its_paragraph(name: str) -> None:
    found = session_of(body(f"A [walrus]{{.{name}}} here."))
    learners = Course(title="", sessions=(found,)).for_audience("learner").sessions[0]
    assert any("walrus" in t.plain for t in found.texts())
    assert not any("walrus" in t.plain for t in learners.texts())


GRID = "+----+----+\n| A  | B  |\n+====+:==:+\n| 1  | - x|\n|    | - y|\n+----+----+\n| both    |\n+----+----+"


def test_a_table_of_characters_is_a_table() -> None:
    [table] = [n for n in session_of(body(GRID)).nodes() if isinstance(n, Table)]
    words = [[[t.plain for t in texts(c.blocks)] for c in row.cells] for row in (*table.head, *table.rows)]  # fmt: skip
    assert words == [[["A"], ["B"]], [["1"], ["x", "y"]], [["both"]]]
    assert table.rows[1].cells[0].colspan == 2


def test_lines_that_draw_no_table_stay() -> None:
    text = "+----+\n| A  |\nx"
    assert "A" in " ".join(t.plain for t in session_of(body(text)).texts())


def test_a_note_in_a_fence_keeps_its_lines() -> None:
    found = session_of(body("```\nHost: example.com\nAccept: text/html\nAge: 5\n```"))
    [box] = [n for n in found.nodes() if isinstance(n, Box)]
    assert box.kind == "note-lines" and any(isinstance(n, Paragraph) for n in box.blocks)
    assert "example.com Accept" not in " ".join("\n".join(t.lines()) for t in texts([box]))


@pytest.mark.parametrize("language", ["plantuml", "d2", "tikz"])
def test_a_diagram_that_nothing_draws_is_told(language: str) -> None:
    reading = read(body(f"```{language}\na -> b\n```"))
    assert [f.code for f in reading.findings] == ["C189"]
    assert reading.session and any(isinstance(n, Code) for n in reading.session.nodes())


def test_words_behind_the_edge_of_a_drawn_table_are_kept() -> None:
    text = "# A\n\n+-----+-----+\n| One | Two |  <-- only behind\n+-----+-----+\n\nLast.\n"
    assert "only behind" in " ".join(
        t.plain for t in session_of(text).texts()
    ) or "only behind" in str(session_of(text))
