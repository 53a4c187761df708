"""The words of products before and after a change: where they first differ is named."""

from __future__ import annotations

from tools.baseline import compare


def test_the_same_is_silent() -> None:
    assert not list(compare({"a.pdf": ["one", "two"]}, {"a.pdf": ["one", "two"]}))


def test_the_first_word_that_differs_is_named_with_its_page() -> None:
    (line,) = compare({"a.pdf": ["one", "two three", "four"]}, {"a.pdf": ["one", "two 3", "five"]})
    assert line == ("a.pdf: page 2 of 3 (now 3), other words, 2 pages differ\n"
                    "  before: two » three\n  after:  two » 3")  # fmt: skip


def test_words_on_another_page_are_told_apart_from_other_words() -> None:
    (line,) = compare({"a.pdf": ["one two", "three"]}, {"a.pdf": ["one", "two three"]})
    assert "page 1 of 2 (now 2), the same words on other pages" in line


def test_a_page_more_and_a_file_less_are_named() -> None:
    lines = list(compare({"a.pdf": ["one"], "b.pptx": ["x"]}, {"a.pdf": ["one", "two"]}))
    assert lines[0].startswith("a.pdf: page 2 of 1 (now 2), other words")
    assert lines[1] == "b.pptx: only before"
