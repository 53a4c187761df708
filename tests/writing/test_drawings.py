"""Code highlighted and formulas drawn; what cannot be stays readable."""

from __future__ import annotations

import re
from base64 import b64decode
from html import unescape

import pytest

from courseware.writing.drawings import formula, highlighted


@pytest.mark.parametrize("language", ["python", "sql", "Python title", "nonsense", ""])
def test_highlighting_keeps_every_character(language: str) -> None:
    code = '\n  if a < b & c:\n    print("<é>")  # why\n\n'
    html = str(highlighted(code, language))
    assert unescape(re.sub(r"<[^>]*>", "", html)).strip("\n") == code.strip("\n")
    assert ("<span" in html) == (language.split(" ")[0] in ("python", "sql", "Python"))


@pytest.mark.parametrize("display", [True, False])
def test_a_formula_is_a_vector_read_in_words(display: bool) -> None:
    html = str(formula(r"\frac{a}{b} < c", display))
    assert 'alt="a over b is less than c"' in html
    drawing = b64decode(re.search(r"base64,([^\"]*)", html)[1]).decode()  # type: ignore[index]
    assert drawing.startswith("<svg") and "<path" in drawing


def test_what_is_no_formula_stays_as_written() -> None:
    assert str(formula(r"\frac{<", False)) == r'<code class="tex">\frac{&lt;</code>'
