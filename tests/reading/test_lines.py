"""Where an author breaks a line, it is broken; where a line only ends, it goes on."""

import pytest

from courseware.html.texts import InlineHtml
from courseware.model.blocks import Field, Item, Paragraph
from courseware.model.session import for_learner
from courseware.model.walk import walk
from tests.support import session_of

BROKEN = "one<br>\ntwo"


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("one  \ntwo", BROKEN),
        ("one\\\ntwo", BROKEN),
        ("one\ntwo", "one\ntwo"),
        ("one  \ntwo\nthree\\\nfour", "one<br>\ntwo\nthree<br>\nfour"),
        ("one<br>two", BROKEN),
    ],
)
def test_a_paragraph(written: str, html: str) -> None:
    found = [n for n in session_of(f"# T\n\n{written}\n").nodes() if isinstance(n, Paragraph)]
    assert [InlineHtml()(p.text) for p in found] == [html]
    assert "  " not in found[0].text.plain and "\n" not in found[0].text.plain


def test_an_item_and_a_fields_value() -> None:
    session = session_of("# T\n\n- one  \n  two\n\n**Where:** one  \ntwo\n")
    items = [InlineHtml()(p.text) for n in session.nodes() if isinstance(n, Item)
             for p in walk(n.blocks) if isinstance(p, Paragraph)]  # fmt: skip
    assert items == [BROKEN]
    assert [InlineHtml()(n.value) for n in session.nodes() if isinstance(n, Field)] == [BROKEN]


@pytest.mark.parametrize(
    "written",
    [
        "Which?<br>**Answer:** KEPT",
        "Which?<br><br>Answer: KEPT",
        "- Which?<br/>Answer: KEPT",
        "<b>Solution.</b> KEPT",
        "<b>Answer</b>\n\nKEPT",
        "**Answer**\nKEPT",
        "Which?\n**Solution**<br>KEPT\nKEPT, too",
        "<small>Which?\nAnswer: KEPT</small>",
        "| a | b |\n|---|---|\n| Which?<br>**Answer:** KEPT | c |",
    ],
)
def test_an_answer_is_one_however_its_line_begins_and_is_marked(written: str) -> None:
    session = session_of(f"# T\n\n## Exercises\n\n### Exercise 1: Do\n\nDo it.\n\n{written}\n")
    assert any("KEPT" in text.plain for text in session.texts())
    assert not any("KEPT" in text.plain for text in for_learner(session).texts())
