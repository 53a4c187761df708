import re

import pytest

from courseware.model.blocks import Box, Row
from courseware.model.inline import Run
from tests.support import read, session_of


def boxes(text: str) -> list[Box]:
    return [n for n in session_of(f"# T\n\n{text}\n").nodes() if isinstance(n, Box)]


def test_a_hint_in_details_is_printed_where_a_hint_between_colons_is() -> None:
    between = boxes("::: hint\nlook\n:::")[0]
    inside = boxes("<details>\n<summary>Hint</summary>\n\nlook\n\n</details>")[0]
    assert inside.kind == between.kind == "hint"
    assert inside.products == between.products != ()


def test_details_of_other_words_are_printed_everywhere() -> None:
    found = boxes("<details>\n<summary>More</summary>\n\nlook\n\n</details>")[0]
    assert (found.kind, found.products) == ("details", ())


def test_what_stands_between_tags_has_its_own_line() -> None:
    text = "# T\n\n<table>\n<tr><td>4</td>\n<td>5\n6 <b>6</b></td></tr>\n<tr>\n\n<td>\n\n11\n\n</td></tr></table>\n"
    found = [
        (i.text, i.line) for t in session_of(text).texts() for i in t.walk() if isinstance(i, Run)
    ]
    assert [(words.strip(), line) for words, line in found if words != "T"] == [
        ("4", 4), ("5", 5), ("6", 6), ("6", 6), ("11", 11)
    ]  # fmt: skip
    rows = [n.span.line for n in session_of(text).nodes() if isinstance(n, Row)]
    assert rows == [4, 7]


def test_an_end_that_holds_a_text_is_text() -> None:
    reading = read(
        "# A\n\n<div>\nOne two.\n</div\nNever lose this sentence.\n<b>Nor this.</b>\n\nLast.\n"
    )
    shown = str(reading.session)
    assert all(
        words in shown for words in ("One two.", "Never lose this sentence.", "Nor this.", "Last.")
    )
    assert [f.code for f in reading.findings] == ["C121"]


@pytest.mark.parametrize("tag", ["div", "b", "Box"])
def test_words_in_a_tag_are_told(tag: str) -> None:
    reading = read(f"# A\n\n<{tag} these words stand here>In it</{tag}>\n")
    assert "these words stand here" in reading.findings[0].message


@pytest.mark.parametrize(
    "given",
    ["open", "hidden muted loop", "controls autoplay", 'class="a b c d"', "data-x=1 y=two z=three"],
)
def test_attributes_are_no_words(given: str) -> None:
    assert "the words in" not in str(read(f"# A\n\n<div {given}>In it</div>\n").findings)


@pytest.mark.parametrize(
    "text",
    ["<div hello>\n\nx\n\n</div>", "<Tabs lazy>\n\nx\n\n</Tabs>", "<Tabs id={a({b: 1})} lazy>\n\nx\n\n</Tabs>", "<ep stray>\n\nx\n\n</ep>", "<details word><summary>a</summary>\n\nx\n\n</details>",
     "a <span wombat>b</span> c", "<details><summary>a</summary>\n\nx\n\n</details more>", "<table koala><tr><td>c</td></tr></table>",
     "<details><summary>a</sum```\nzebra>\n\nx\n\n</details>"],
)  # fmt: skip
def test_a_word_in_a_tag_is_told_or_printed(text: str) -> None:
    found = read(f"# S\n\n## A\n\n{text}\n")
    (word,) = re.findall("hello|lazy|stray|(?<=details )word|wombat|more|koala|zebra", text)
    printed = " ".join(t.plain for t in session_of(f"# S\n\n## A\n\n{text}\n").texts())
    assert word in printed or any(f.code == "C121" and word in f.message for f in found.findings)


@pytest.mark.parametrize(
    "tag", ["<details open>", '<div data-cloak class="a">', "<Tabs {...given}>", "<td hidden>", '<img alt src="a.png">']
)  # fmt: skip
def test_an_attribute_without_a_value_is_no_word(tag: str) -> None:
    messages = [f.message for f in read(f"# S\n\n## A\n\n{tag}\n\nx\n").findings]
    assert not any("the words in" in message for message in messages)


@pytest.mark.parametrize("comment", ["  <!-- a\nb -->", "<!-- a <!-- c -->\nb -->", "<!-- a -->"])
def test_words_behind_a_comment_are_printed(comment: str) -> None:
    texts = session_of(f"# S\n\n## A\n\n{comment}kept\n").texts()
    assert "kept" in " ".join(t.plain for t in texts)
