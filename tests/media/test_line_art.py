"""Boxes drawn in characters as vector drawings; what is not all lines and words stays as it is."""

from __future__ import annotations

import re

import pytest

from courseware.media.line_art import LineArt, line_art

NESTED = """\
+---------------------+
|  outer              |
|   +-------------+   |
|   |  one   two  |   |   <-- on the screen
|   + - - - - - - +   |
|   |  three      |   |
|   +-------------+   |
+---------------------+"""
SIGNS = {
    "ascii": "+-|+++",
    "light": "┌─│┐└┘",
    "double": "╔═║╗╚╝",
    "round": "╭─│╮╰╯",
    "heavy": "┏━┃┓┗┛",
}


def made(text: str) -> LineArt | None:
    return line_art(text, "#123456", "Some Face")


def box(signs: str, lines: list[str]) -> str:
    a, flat, up, b, c, d = tuple(signs)
    wide = max(map(len, lines))
    inside = "\n".join(f"{up} {line.ljust(wide)} {up}" for line in lines)
    return f"{a}{flat * (wide + 2)}{b}\n{inside}\n{c}{flat * (wide + 2)}{d}"


@pytest.mark.parametrize("signs", SIGNS)
@pytest.mark.parametrize("lines", [["a"], ["one", "two & more"], ["", "x-ray", ""], ["日 b"]])
def test_a_box_of_any_signs_is_drawn_with_its_words(signs: str, lines: list[str]) -> None:
    text = box(SIGNS[signs], lines).replace("日 b", "日b")  # it fills two cells
    found = made(text)
    assert found is not None
    assert found.words == "; ".join(line.replace("日 b", "日b") for line in lines if line)
    assert not re.search(r">[^<]*[+|─│═║━┃]", found.svg)
    assert 'fill="#123456"' in found.svg and 'font-family="Some Face"' in found.svg


def test_boxes_in_boxes_with_dashes_and_an_arrow() -> None:
    found = made(NESTED)
    assert found is not None
    assert found.words == "outer; one; two; on the screen; three"
    assert found.svg.count("stroke-dasharray") == 1 and found.svg.count("Z") == 1
    assert made(NESTED + "\n") == found
    indented = made("\n".join("   " + line for line in NESTED.split("\n")))
    assert indented == found


@pytest.mark.parametrize("arrow", ["-->", "---->", "──▶", "──→"])
def test_an_arrow_between_boxes_has_its_head(arrow: str) -> None:
    lines = ["+---+" + " " * len(arrow) + "+---+", f"| a |{arrow}| b |", "+---+" + " " * len(arrow) + "+---+"]  # fmt: skip
    found = made("\n".join(lines))
    assert found is not None and found.words == "a; b" and found.svg.count("Z") == 1


@pytest.mark.parametrize("text", [
    "a --> b --> c", "just words", "", "+----", "| a | b |", "+ one\n+ two",
    "+---+\n| a |\n+--- ", NESTED.replace("three", "/___/"), NESTED.replace("one", "* *"),
    NESTED.replace("|\n+---------------------+", " |\n+---------------------+"),
    "+" + "-" * 100 + "+\n|" + " " * 100 + "|\n+" + "-" * 100 + "+", (NESTED + "\n") * 60,
])  # fmt: skip
def test_what_is_no_box_or_not_understood_stays_in_characters(text: str) -> None:
    assert made(text) is None


def test_words_that_do_not_fit_are_smaller_not_over_a_line() -> None:
    wide = made("+--------+\n|WWWWMMMM|\n+--------+")
    assert wide is None or float(re.search(r'font-size="([\d.]+)"', wide.svg)[1]) < 8.8  # type: ignore[index]
