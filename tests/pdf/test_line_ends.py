"""Lines end between the words of Korean, and as late as they can."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from courseware.pdf.engine import HTML, boxes

LONG = "가나다라마바사아자차카타파하가나다라마바사아자차카타파하"
WORDS = "안녕하세요 여러분은 사과/배를 단어(word)를 “따옴표”를 3월부터 HTML입니다. "


def lines(body: str, width: str = "50mm") -> list[str]:
    """Return the lines of a body, cells and items one after another, as the engine sets them."""
    style = f"@page {{ size: {width} 400mm; margin: 0 }} html {{ overflow-wrap: break-word }}"
    page = f"<html lang=ko><style>{style} td, th {{ padding: 0 }}</style><body>{body}"
    document = HTML(string=page).render()
    found = [
        "".join(text.text for text in line.descendants() if isinstance(text, boxes.TextBox))
        for page in document.pages
        for line in page._page_box.descendants()
        if isinstance(line, boxes.LineBox)
    ]
    return [line.strip() for line in found if line.strip(" •")]


def pieces(found: list[str]) -> list[str]:
    """Return what stands between spaces and the ends of lines."""
    return [word for line in found for word in line.split()]


@pytest.mark.parametrize("around", ["<p>{}", "<ul><li>{}</ul>", "<h2>{}</h2>"])
@pytest.mark.parametrize("width", range(45, 70, 3))
def test_a_word_stays_whole(around: str, width: int) -> None:
    found = pieces(lines(around.format(WORDS * 3), f"{width}mm"))
    whole = [word for word in found if word not in {"사과/", "배를"}]  # a slash ends a line
    assert set(whole) <= set(WORDS.split())


def test_a_word_with_a_bold_part_stays_whole() -> None:
    for width in range(35, 60, 3):
        found = pieces(lines("<p>여러분은 <b>파이썬</b>으로 만듭니다", f"{width}mm"))
        assert found == ["여러분은", "파이썬으로", "만듭니다"]


@pytest.mark.parametrize("language", ["ko", "en", "ja", "fa"])
@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/", "https://example.org/tea/green"])
def test_an_address_is_broken_after_its_host(address: str, language: str) -> None:
    for width in range(30, 70, 2):
        found = lines(f"<p lang={language}>Have a look at ({address}) and tell <code>&lt;/html></code> or"
                      f" /admin/ where it stands on a page.</p>", f"{width}mm")  # fmt: skip
        assert not [line for line in found if line.endswith(("//", "</")) or line in ("/", "(")], (
            width
        )
        assert "".join(pieces(found)).count(address) == 1


def test_an_address_in_a_narrow_column_is_broken_still() -> None:
    found = lines("<p>https://example.org/", "12mm")
    assert len(found) > 1 and "".join(found) == "https://example.org/"


def test_a_column_is_as_wide_as_its_words() -> None:
    words = "길게 이어지는 글이 있는 칸입니다 "
    found = pieces(lines(f"<table><tr><td>가나다라마 바사<td>{words * 9}</table>"))
    assert found == ["가나다라마", "바사", *(words * 9).split()]


def test_a_word_wider_than_its_line_is_broken_and_none_of_it_lost() -> None:
    found = lines(f"<p>먼저 {LONG} 끝으로", "40mm")
    assert len(found) > 3
    assert "".join(pieces(found)) == f"먼저{LONG}끝으로"


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["to set up your own small web site", "여러분은 오늘 여기 같이 웹사이트를"]
)
def test_a_line_before_bold_words_is_full(words: str) -> None:
    for width in range(40, 100):
        plain = lines(f"<p>{words} {'m' * 30}", f"{width}mm")
        assert lines(f"<p>{words} <b>{'m' * 30}</b>", f"{width}mm")[0] == plain[0]


def test_the_engines_plain_way_ends_lines_at_the_same_places() -> None:
    code = (
        f"from tests.pdf.test_line_ends import lines; print(lines('<p>{WORDS * 3} <b>{LONG}</b>'))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | plain, capture_output=True, check=True
        ).stdout
        for plain in ({}, {"COURSEWARE_PLAIN": "1"})
    ]
    assert told[0] == told[1] != b""
