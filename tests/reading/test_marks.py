"""Marks of blocks as word processors write them, and what is never closed: read as meant, and told."""

from __future__ import annotations

import pytest

from courseware.model.blocks import Code, Item, Row, Table
from courseware.model.inline import Mark
from courseware.model.session import Session, for_learner
from courseware.model.walk import texts
from tests.support import read, shown

SPACES = "\u00a0\u2003\u2009\u200a\u202f\u205f\u3000\u200b\u2060"


def reading(text: str) -> tuple[Session, set[str]]:
    found = read(text)
    assert found.session is not None
    return found.session, {finding.code for finding in found.findings}


def words(row: Row) -> list[str]:
    return ["".join(text.plain for text in texts([cell])) for cell in row.cells]


@pytest.mark.parametrize("space", SPACES)
def test_any_space_behind_a_mark_is_a_space(space: str) -> None:
    written = "# T\n\n##_Tea\n\nHot.\n\n-_one\n-_two\n  -_in two\n\n1._first\n2._next\n\n>_said\n\n:::_facilitator\nhush\n:::\n"
    odd, told = reading(written.replace("_", space))
    plain, quiet = reading(written.replace("_", " "))
    assert shown(odd) == shown(plain)
    assert told == {"C123"} and not quiet


@pytest.mark.parametrize(
    "bullet", ["• ", "•\t", "•", "◦ ", "▪ ", "‣ ", "· ", "●", "\uf0b7 ", "o\t", "§\t", "– ", "— "]
)
def test_a_pasted_bullet_is_an_items_mark(bullet: str) -> None:
    session, told = reading(f"# T\n\n## A\n\n{bullet}one\n{bullet}two\n")
    assert len([n for n in session.nodes() if isinstance(n, Item)]) == 2 and told == {"C123"}


@pytest.mark.parametrize("text", [
    "– Ada Lovelace", "> To err is human.\n> — Pope", "#tag", "#1 in the list", "#!/bin/sh", "#tea #water #cups",
    "a\n– b", "·", "a • b", "##", "1.\u00a0", "50 %\u00a0of all", "\u00a0\u00a0indented text",
])  # fmt: skip
def test_what_is_no_mark_stays_text(text: str) -> None:
    session, told = reading(f"# T\n\n## A\n\n{text}\n")
    assert not [n for n in session.nodes() if isinstance(n, Item)] or "1." in text
    assert "concept: A" in shown(session) and "C123" not in told - (
        {"C123"} if "1." in text else set()
    )


@pytest.mark.parametrize("text", ["##Water", "##Water ##", "##**Water**", "##Water\n"])
def test_a_heading_needs_no_space(text: str) -> None:
    session, told = reading(f"# T\n\nfirst\n{text}\n\nHot.\n")
    assert "concept: Water" in shown(session) and told == {"C123"}


def test_the_first_line_is_a_heading_where_it_has_two_words() -> None:
    assert reading("#Session 2: Tea\n\nHot.\n")[0].title.plain == "Tea"
    assert reading("#tea\n\nHot.\n")[0].title.plain != "tea"


def test_code_keeps_its_characters() -> None:
    text = "•one\n-\u00a0two\n##\u00a0three"
    indented = text.replace("\n", "\n    ")
    session, told = reading(
        f"# T\n\n## A\n\n```text\n{text}\n```\n\n- x\n\n  ```text\n  •one\n  ```\n\nB\n\n    {indented}\n"
    )
    assert [n.text for n in session.nodes() if isinstance(n, Code)] == [text, "•one", text]
    assert not told


UNCLOSED = ("<!-- a", "<?php", "<?xml a", "<![CDATA[", "<!DOCTYPE html", "<script>", "<style>", "<pre>", "<textarea>", "<SCRIPT src=x>",
            "- <!-- a", "> <!-- a", "<!-- a\n\nb\n\n<!-- c -->", "<script>\n\n<script></script>")  # fmt: skip


@pytest.mark.parametrize("opener", UNCLOSED)
def test_what_is_never_closed_ends_at_its_line(opener: str) -> None:
    session, told = reading(
        f"# T\n\n## One\n\n{opener}\n\n## Two\n\nKept.\n\n::: facilitator\nx > y\n:::\n"
    )
    assert "concept: Two" in shown(session) and "paragraph: Kept." in shown(session)
    assert "C124" in told


@pytest.mark.parametrize("whole", [
    "<!-- a\n\n## Two\n\nb -->", "<!-- a <!-- b -->\n\n## Two\n\n-->", "<!--\n\n## Two\n\n<!-- b -->\n\n-->",
])  # fmt: skip
def test_a_comment_with_an_end_is_a_comment(whole: str) -> None:
    session, told = reading(f"# T\n\n## One\n\n{whole}\n\nKept.\n")
    assert "Two" not in shown(session) and "Kept." in shown(session) and not told


@pytest.mark.parametrize("mark", ["```", "~~~", "````", "```python"])
@pytest.mark.parametrize(
    "behind", ["", "\n## More\n\n```python\nprint(1)\n```\n", "\n````text\nx\n````\n"]
)
def test_a_fence_without_an_end_hides_no_section(mark: str, behind: str) -> None:
    text = f"# T\n\n## One\n\n{mark}\ncode\n\n## Facilitator notes\n\nhush\n{behind}"
    session, told = reading(text)
    assert "facilitator: Facilitator notes" in shown(session) and "C124" in told


def test_a_longer_fence_holds_others() -> None:
    session, told = reading("# T\n\n## One\n\n````markdown\n## Two\n\n```python\nx\n```\n````\n")
    assert "Two" in next(n.text for n in session.nodes() if isinstance(n, Code)) and not told


@pytest.mark.parametrize(("row", "cells"), [
    ("| `ls | wc` | kept |", ["ls | wc", "kept"]), ("| a | b | c |", ["a", "b | c"]), ("| a | b | |", ["a", "b"]),
    ("| ` | ` |", ["`", "`"]), ("a | b | `c | d`", ["a", "b | c | d"]), ("| a \\| b | c |", ["a | b", "c"]), ("| a |", ["a", ""]),
    ("| ``a ` | b`` | c |", ["a ` | b", "c"]),
])  # fmt: skip
def test_no_cell_is_dropped(row: str, cells: list[str]) -> None:
    session, told = reading(f"# T\n\n## A\n\n| x | y |\n|---|---|\n{row}\n\nafter\n")
    table = next(n for n in session.nodes() if isinstance(n, Table))
    assert words(table.rows[0]) == cells
    assert ("C125" in told) == (" | c" in cells[1])


@pytest.mark.parametrize("table", [
    "| Step | Trainer notes |\n|---|---|---|\n| a | HUSH |", "| Step | Time | Trainer notes |\n|---|:-:|\n| a | b | HUSH |",
    "| Step | Trainer notes |\n|---|---\u2014|\n| a | HUSH |", "| Step | Trainer notes |\n|===|===|\n| a | HUSH |", "| Step | Trainer notes |\n|--- ---|\n| a | HUSH |",
    "| Step | Trainer notes |\n|---+---|\n| a | HUSH |", "| Step | Trainer notes |\n|\u2014|:\u2014:|\n| a | HUSH |", "Step | Trainer notes\n---|\na | HUSH", "| Step | Trainer notes |\n---\n| a | HUSH |", "| Step | Trainer notes |\n|--|--|--|\n| a | b | HUSH |",
    "```{list-table}\n:header-rows: 1\n* - Step\n  - Trainer notes\n* - a\n  - b\n  - HUSH\n```",
    "- x\n\n  | Step | Trainer notes |\n  |---|\n  | a | HUSH |\n\n> | Step | Trainer notes |\n> |---|\n> | a | HUSH |",
])  # fmt: skip
def test_an_uneven_table_is_one_and_its_columns_hide(table: str) -> None:
    session, told = reading(f"# T\n\n## A\n\n{table}\n\nafter\n")
    found = next(n for n in session.nodes() if isinstance(n, Table))
    assert len({len(row.cells) for row in (*found.head, *found.rows)}) == 1 and "C125" in told
    assert "HUSH" in str(session) and "HUSH" not in str(for_learner(session))
    assert "after" in str(for_learner(session))


@pytest.mark.parametrize("cell", ["$|v|$ OPEN", "OPEN [[page|x]]", "$$a|b$$ OPEN", "`a|b` $|v|$ OPEN", "OPEN \\(a|b\\)"])  # fmt: skip
def test_a_bar_in_a_formula_or_a_link_parts_no_cells(cell: str) -> None:
    session, told = reading(
        f"# T\n\n## A\n\n| Step | Trainer notes |\n|---|---|\n| {cell} | HUSH |\n"
    )
    seen = str(for_learner(session))
    assert "OPEN" in seen and "HUSH" not in seen and "C125" not in told


def test_a_list_of_rows_without_a_head_hides_its_columns() -> None:
    text = "```{list-table}\n* - Step\n  - Trainer notes\n* - OPEN\n  - HUSH\n```"
    seen = str(for_learner(reading(f"# T\n\n## A\n\n{text}\n")[0]))
    assert "OPEN" in seen and "HUSH" not in seen


@pytest.mark.parametrize("text", ["Tea | Coffee\n---\n\nText.", "a | b\n- | c", "Tea \u2014 coffee\n\u2014\u2014\u2014", "a\n===", "| Name |\n|______|", "|===\n| a | b\n|===",  "| a line\n| of verse\n"])  # fmt: skip
def test_a_bar_alone_makes_no_table(text: str) -> None:
    session, told = reading(f"# T\n\n## A\n\n{text}\n")
    assert "C125" not in told and not [n for n in session.nodes() if isinstance(n, Table)]


def test_a_bar_in_the_code_of_a_head() -> None:
    session, _ = reading("# T\n\n## A\n\n| `a | b` | y |\n|---|---|\n| 1 | 2 |\n")
    table = next(n for n in session.nodes() if isinstance(n, Table))
    assert words(table.head[0]) == ["a | b", "y"]


@pytest.mark.parametrize(("text", "code"), [
    ("[a][b]", "C126"), ("a[^x]", "C126"), ("![a][b]", "C126"), ("{{ site.name }}", "C127"), ("{% include x %}", "C127"), ("@@NAME@@", "C127"),
    ("{{< ref x >}}", "C127"), ("<% x %>", "C127"), ("text\n{{ a }}", "C127"), ("- {{ a }}", "C127"), ("| {{ a }} |\n|-|", "C127"),
    ("see [words][]", "C126"), ("![words][]", "C126"), ("[words][]\n\n[words]: a.md", ""), ("[x][ ] [1][]", ""), ("[x]()", "C126"), ("a [*x* y](<>)", "C126"),
    ("![x]()", "C126"), ("\\ref{fig:a} x", "C127"), ("{ref}`words <gone>`", "C127"), ("a {numref}`gone` b", "C127"), ("{term}`tea`", ""),
    ("text <!-- hush", "C124"), ("- a\n  b <!-- hush\n  c", "C124"), ("x[0][1]", ""), ("`{{ x }}`", ""), ("`<!--` a \\<!-- b", ""), ("[ ] a [ ] b", ""), ("[1][2]", ""), ("[a][b]\n\n[b]: c.md", ""), ("$x^{{2}}$", ""), ("{ x }", ""),
])  # fmt: skip
def test_what_leads_nowhere_and_what_is_left_over_is_told(text: str, code: str) -> None:
    _, told = reading(f"# T\n\n## A\n\n{text}\n")
    assert told == ({code} if code else set())


def test_an_unclosed_comment_in_a_line_hides_the_rest_of_it() -> None:
    session, _ = reading("# T\n\n## A\n\none <!-- hush\ntwo\n\nthree -->\n")
    texts = " ".join(t.plain for t in session.texts())
    assert "hush" not in texts and all(word in texts for word in ("one", "two", "three"))


def test_a_finding_names_all_lines() -> None:
    found = read("# T\n\n##A\n\nx\n\n##B\n\n##C\n")
    assert [(f.span.line, f.message) for f in found.findings] == [
        (3, "a heading has no space behind its marks; also in line 7, 9")
    ]


@pytest.mark.parametrize(
    "name", ["th x", "x", "include", "else", "CDATA", "9", "", "INCLUDE[", "if gte"]
)
@pytest.mark.parametrize("end", ["]", "]>", "]]>", ""])
def test_a_section_of_any_name_ends_no_reading(name: str, end: str) -> None:
    reading = read(f"# Tea\n\n## A\n\n<div><![{name}{end}words</div>\n\nmore words\n")
    assert reading.session is not None
    assert "more words" in " ".join(t.plain for t in texts(reading.session.sections))


def test_a_definition_that_no_link_is_made_of_is_told() -> None:
    text = "# A\n\n[One][a] and ![two][b].\n\n[a]: https://a.org\n[b]: b.png\n[c]: https://c.org\n[a]: https://d.org\n[//]: # (x)\n"
    told = sorted((f.span.line, f.message) for f in read(text).findings if f.code == "C182")
    assert told == [
        (7, "nothing refers to [c]: https://c.org"),
        (8, "[a]: https://d.org is defined before, as https://a.org"),
    ]


def test_a_definition_counts_in_a_fence_that_holds_text() -> None:
    reading = read("# A\n\n```{note}\nSee [here][a].\n```\n\n[a]: https://a.org\n")
    assert [f.code for f in reading.findings] == []
    assert "a.org" in str(reading.session)


def test_settings_below_a_text_are_told_with_their_values() -> None:
    told = next(f for f in read("# A\n\nText.\n\n---\ntitle: Old tea\nmodule: 2\n---\n").findings)
    assert (told.code, told.span.line) == ("C102", 6)
    assert '"title: Old tea", "module: 2"' in told.message


def test_a_line_among_the_options_of_a_figure_is_kept() -> None:
    text = (
        "# A\n\n```{figure} a.png\n---\nalt: >\n  A long\n  way\nKept words\n---\nCaption.\n```\n"
    )
    shown = str(read(text).session)
    assert "A long way" in shown and "Kept words" in shown and "Caption." in shown


@pytest.mark.parametrize(
    ("written", "tags"),
    [("本は**「インターネットのしくみ」**です", ["strong"]), ("これは*（斜体）*と", ["em"]), ("**“중”**는", ["strong"]),
     ("그*제공(serve)*이", ["em"]), ("그 _뷰_가 한", ["em"]), ("**「甲」**と**「乙」**を", ["strong", "strong"]),
     ("a **página “Arquivos”**e b", ["strong"]), ("see **Look!**text", ["strong"]), ("**a**(b)**c**", ["strong", "strong"]),
     ("名前_変数_名", []), ("snake_case_가", []), ("2 * 3 * 가", []), ("`**「x」**y`", []), ("**options, f(x)**n", []),
     ('**say "**hello**"**', ["strong", "strong"]), ("\\*\\*「x」\\*\\*は", [])],
)  # fmt: skip
def test_emphasis_ends_where_no_space_is_written(written: str, tags: list[str]) -> None:
    """CommonMark's flanking rule takes spaces for granted."""
    session, _ = reading(f"# T\n\n{written}\n")
    found = [one.name for text in session.texts() for one in text.walk() if isinstance(one, Mark)]
    assert found == tags


def test_a_label_without_a_space_behind_it_is_one() -> None:
    session, _ = reading("# T\n\n## Exercise 1\n\nWhich?\n\n**Answer:**forty two\n")
    assert "forty" not in str(for_learner(session))
