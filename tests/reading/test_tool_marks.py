"""Small marks of other tools that were printed raw, and what they named that was lost."""

from __future__ import annotations

import pytest

from courseware.model.blocks import Box, Code, Figure
from courseware.model.session import for_learner
from courseware.model.walk import texts
from tests.support import read, session_of


def shown(body: str) -> list[str]:
    return [t.plain for t in texts(session_of(f"# T\n\n{body}\n").sections)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Ninety minutes each. {.fragment}", ["Ninety minutes each."]),
        ("One {.fragment .fade-up}\nTwo {.fragment data-fragment-index=2}", ["One Two"]),
        ("```js\n// highlight-next-line\na()\n# highlight-start\nb() // [!code focus]\n```", ["a()\nb()"]),
        ("```{=html}\n<b>x</b>\n```\n\nEnd.", ["End."]),
        ("1. {% tool [Bowtie2](x/y/bowtie2) %} with these:", ["Bowtie2 with these:"]),
        ('Tea.\n\n<arrow v-click="[4, 5]" x1="3" y1="1" />\n\nCup.', ["Tea.", "Cup."]),
        ("import {Card} from 'x'\n\n<Grid>\n\t<Card title=\"Isles\">\n\t\tSmall parts.\n\t</Card>\n</Grid>", ["Isles", "Small parts."]),
        ("---\nlayout: true\n.footer[CC BY]\n\n---\n\n.red[Tea]\n\n???\n\nNote\n", ["CC BY", "Tea", "Note"]),
    ],
)  # fmt: skip
def test_what_a_tool_is_told_is_not_printed(body: str, words: list[str]) -> None:
    assert [text for text in shown(body) if text] == words


@pytest.mark.parametrize("text", ["Tea {.fragmentary}", "`{.fragment}`", "A {.x} B"])
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert shown(text) == [text.replace("`", "")]


def test_raw_lines_of_pandoc_are_told() -> None:
    findings = read("# T\n\nTea.\n\n```{=latex}\n\\x\n```\n").findings
    assert [(f.code, f.span.line) for f in findings] == [("C190", 5)]


def test_a_fragment_that_hides_still_hides() -> None:
    session = session_of("# T\n\n## A\n\n[Five]{.fragment .answer}\n\nTea.\n")
    assert "Five" not in [t.plain for t in for_learner(session).texts()]


@pytest.mark.parametrize(
    ("text", "kind", "title", "words"),
    [("> **[info] For info**\n>\n> Use this.", "note", "For info", ["Use this."]),
     ("> **[warning] Hot**\n> Use this.", "warning", "Hot", ["Use this."]),
     ("> **[danger] Solution**\n>\n> Port 443.", "answer", "Solution", ["Port 443."])],
)  # fmt: skip
def test_a_bold_mark_of_honkit_is_a_box(text: str, kind: str, title: str, words: list[str]) -> None:
    [box] = [n for n in session_of(f"# T\n\n{text}\n").nodes() if isinstance(n, Box)]
    assert (box.kind, box.heading.name) == (kind, title)
    assert [t.plain for t in texts(box.blocks)] == words


def test_a_pictures_size_in_obsidian_may_follow_its_words() -> None:
    [figure] = [n for n in session_of("# T\n\n![[a.png|A plan|400]]\n").nodes() if isinstance(n, Figure)]  # fmt: skip
    assert (figure.alt, figure.width) == ("A plan", "400")


@pytest.mark.parametrize("mark", ["gh-{}-mode-only", "only-{}", "gh-{}"])
def test_of_pictures_for_light_and_dark_pages_those_for_light_are_printed(mark: str) -> None:
    light, dark = f"a.png#{mark.format('light')}", f"b.png#{mark.format('dark')}"
    nodes = session_of(f"# T\n\n![a]({light}) ![b]({dark})\n\n![c]({dark})\n").nodes()
    assert [n.source for n in nodes if isinstance(n, Figure)] == ["a.png"]
    [alone] = [n for n in session_of(f"# T\n\n![b]({dark})\n").nodes() if isinstance(n, Figure)]
    assert alone.source == "b.png"


def test_galaxys_key_points_close_the_session() -> None:
    session = session_of("---\nkey_points:\n- Check the quality\n---\n\n# T\n\nTea.\n")
    assert session.sections[-1].kind == "takeaways"
    assert session.texts()[-1].plain == "Check the quality"


def test_code_by_indentation_is_code_where_no_page_is_mdx() -> None:
    assert [n.text for n in session_of("# T\n\nTea.\n\n    a = 1\n").nodes() if isinstance(n, Code)] == ["a = 1"]  # fmt: skip
