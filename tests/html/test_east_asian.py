"""Signs of Japanese and Chinese texts: in their script's face, half as wide where two meet."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseware.html.east_asian import with_signs
from tests.searching import examples


def half(sign: str) -> str:
    return f'<span class="half">{sign}</span>'


def own(signs: str) -> str:
    return f'<span class="sign">{signs}</span>'


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("と聞く」。次", f"と聞く{half('」')}。次"),
        ("例「（", f"例{half('「')}（"),
        ("」、「", f"{half('」')}{half('、')}「"),
        ("「はい」と「", "「はい」と「"),
        ("他说“你好”——", f"他说{own('“')}你好{own('”——')}"),
        ("だから…できる", f"だから{own('…')}できる"),
        ("it’s (a) test.", "it’s (a) test."),
    ],
)
def test_signs_are_marked(words: str, html: str) -> None:
    assert with_signs(words) == html


@given(st.text("「」。、（）“”…—a い&", max_size=20))
@settings(max_examples=examples(50))
def test_no_sign_is_lost_or_moved(words: str) -> None:
    assert re.sub("<[^>]*>", "", with_signs(words)) == words
