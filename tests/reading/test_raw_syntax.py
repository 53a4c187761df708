"""Nothing of another tool's syntax is on a page: small files as the users of each tool write them, and what is left of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseware.model.blocks import Code, Drawing, Figure, Math, Table
from courseware.model.inline import Formula, LineBreak, Verbatim, walk_inlines
from courseware.model.session import Course
from courseware.model.walk import own_texts, walk
from tests.support import read

RAW = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|\{[:.#][^}\n]*\}|\{\w+=[^}\n]*\}|\{[\w:-]+\}`|:::|<!--|-->|^\s*-{2,}\s*$|%%|\[\[|\]\]|\$\$|\\[(\[]"
    r"|</?[A-Za-z][\w.-]*(?:\s[^<>]*)?/?>|^\s*\?{3}|!{3}|^\s*={3}|^\s*/{3}|\.\w[\w-]*\[|@@|\]\(|!\[|\(@|^#\.|^% |\\[a-z]{4,}|\+\+|==|\^\^"
    r"|:id=|:size=|\[!|^import |^export |^\+\+\+|^\^|\.\.\.$|8<|~>|<<|!INCLUDE|^\*\[|docsify",
    re.MULTILINE,
)
"""Marks of the tools below, none of which a reader is to see; code is not looked at."""
FOLDER = Path(__file__).parent / "fixtures" / "raw"
FILES = sorted(path.name for path in FOLDER.iterdir())
"""A file a tool; its last line is a comment: the words that are printed, and behind a bar those that are not."""


def printed(text: str) -> str:
    """Return what learners see of a file, without code and formulas."""
    session = read(text).session
    assert session is not None
    course = Course(title="", sessions=(session,)).for_audience("learner")
    plain = [session.title.plain]
    for node in walk(course.sessions[0].sections):
        if isinstance(node, Code | Drawing | Math):
            continue
        for found in own_texts(node):
            inlines = walk_inlines(found.inlines)
            kept = (i for i in inlines if not isinstance(i, Verbatim | Formula))
            plain.append(
                "".join("\n" if isinstance(i, LineBreak) else getattr(i, "text", "") for i in kept)
            )
    return "\n".join(plain)


@pytest.mark.parametrize("name", FILES)
def test_no_syntax_of_a_tool_is_printed_and_no_word_is_lost(name: str) -> None:
    text, _, said = (FOLDER / name).read_text("utf-8").rstrip().rpartition("\n")
    there, gone = (part.split() for part in said[4:-3].split("|"))
    shown = printed(text)
    words = re.findall(r"\w+", shown)
    assert not RAW.findall(shown), shown
    assert there and [word for word in there if word not in words] == []
    assert [word for word in gone if word in words] == []


def test_pandocs_first_lines_are_the_title_and_its_examples_count_on() -> None:
    text = (FOLDER / "pandoc.md").read_text("utf-8")
    session = read(text).session
    assert session and session.title.plain == "Tea and cups"
    assert "See (2)." in printed(text)
    table = next(n for n in walk(session.sections) if isinstance(n, Table))
    assert table.caption.plain == "Cups and pots"


def test_percent_is_a_comment_only_where_a_file_is_myst() -> None:
    assert "% of people" in printed("# T\n\nOf ten:\n\n% of people")
    assert printed("# T\n\n```{note}\nA\n```\n\n% of people\n").split() == ["T", "A"]


@pytest.mark.parametrize("text", ["#. translators\n(@a) x", "  (@a) x"])
def test_code_keeps_its_marks(text: str) -> None:
    session = read(f"# T\n\n(@a) one\n\n```po\n{text}\n```\n").session
    assert session and next(n.text for n in walk(session.sections) if isinstance(n, Code)) == text


@pytest.mark.parametrize(
    "text",
    ["Write `<Tab />` here", "A `Vec<T>` of <filename> here", '```html\n<Tab id="1" />\n```', "5 < 6 {x} a {y} b"],
)  # fmt: skip
def test_what_is_a_text_or_code_stays(text: str) -> None:
    shown = repr(read(f"# T\n\n{text}\n").session)
    assert all(word in shown for word in re.findall(r"[A-Za-z]{3,}", text.replace("```html", "")))


@pytest.mark.parametrize(
    "text",
    ['{{< figure src="/img/a.png" alt="A" caption="The A" >}}', '<Figure src="/img/a.png" alt="A" caption="The A" />',
     '{% include figure.html file="/img/a.png" alt="A" caption="The A" %}', '![The A](/img/a.png){alt="A"}'],
)  # fmt: skip
def test_a_tag_that_names_a_picture_is_one(text: str) -> None:
    session = read(f"# T\n\n{text}\n").session
    assert session is not None
    found = [n for n in walk(session.sections) if isinstance(n, Figure)]
    assert [(f.source, f.alt, f.caption.plain) for f in found] == [("img/a.png", "A", "The A")]


def test_a_solution_between_gates_of_colons_is_withheld() -> None:
    gates = ":::{solution-start} one\n:::\n\nwalrus\n\n:::{solution-end}\n:::"
    shown = printed(f"# T\n\n## Exercise 1\n\nWhat is it?\n\n{gates}\n\nafter\n")
    assert "walrus" not in shown and "after" in shown


@pytest.mark.parametrize(
    "text", ["{% comment %}\nwalrus\n{% endcomment %}", "A {% comment %}walrus{% endcomment %} b"]
)
def test_a_comment_of_a_template_is_nobodys(text: str) -> None:
    assert "walrus" not in printed(f"# T\n\n{text}\n\nEnd.\n")
    assert "End." in printed(f"# T\n\n{text}\n\nEnd.\n")


def test_what_a_page_exports_by_default_is_left_out() -> None:
    shown = printed("# T\n\nA.\n\nexport default ({children}) => <Layout>{children}</Layout>\n")
    assert shown.split() == ["T", "A."]
