"""Code highlighted and formulas drawn; what cannot be stays readable."""

from __future__ import annotations

import re
import time
from base64 import b64decode
from html import unescape

import pytest

from courseware.media.drawings import TexError, code_tokens, formula, highlighted


@pytest.mark.parametrize("language", ["python", "sql", "Python title", "nonsense", ""])
def test_highlighting_keeps_every_character(language: str) -> None:
    code = '\n  if a < b & c:\n    print("<é>")  # why\n\n'
    html = str(highlighted(code, language))
    assert unescape(re.sub(r"<[^>]*>", "", html)).strip("\n") == code.strip("\n")
    assert ("<span" in html) == (language.split(" ")[0] in ("python", "sql", "Python"))


SESSIONS = ["console", "pycon", "pwsh-session", "doscon", "tcshcon", "rconsole", "irb", "sqlite3",
            "psql", "erl", "iex", "jlcon", "matlabsession", "diff", "text", "bash", "http"]  # fmt: skip


@pytest.mark.parametrize("language", SESSIONS)
@pytest.mark.parametrize(
    "code", ["$ ls", ">>> 1 + 1\n2", "$ ls\n\n$ cd leaves\noak  elm", "> f(x)\n[1] 2"]
)
def test_a_session_on_a_terminal_keeps_its_last_line(language: str, code: str) -> None:
    html = str(highlighted(code, language))
    assert unescape(re.sub(r"<[^>]*>", "", html)) == code
    assert "".join(piece for _, piece in code_tokens(code, language) or [("", code)]) == code


@pytest.mark.parametrize("display", [True, False])
def test_a_formula_is_a_vector_read_in_words(display: bool) -> None:
    html = str(formula(r"\frac{a}{b} < c", display))
    assert 'alt="a over b is less than c"' in html
    drawing = b64decode(re.search(r"base64,([^\"]*)", html)[1]).decode()  # type: ignore[index]
    assert drawing.startswith("<svg") and "<path" in drawing


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\frac{", "no available tokens"),
        (r"\frac{<", "cannot be set"),
        (r"\begin{matrix} a & b", "missing end"),
        ("x^", "missing super script or subscript"),
        (r"\left( x", "extra left or missing right"),
        ("&", "cannot be set"),
        ("}" * 3, ""),
        ("{" * 999 + "}" * 999, "nested too deep"),
        (r"\sqrt{" * 280 + "x" + "}" * 280, "nested too deep"),
        (r"\newcommand{\a}{\a}\a", "nested too deep"),
        ("x+" * 1_001, "2,002 characters are more than 2,000"),
        ("x" * 10_000_000, "10,000,000 characters"),
        (r"\hspace{99999999em}", "no size"),
        (r"\\", "no size"),
    ],
)
def test_tex_that_cannot_be_set_says_why(tex: str, message: str) -> None:
    started = time.perf_counter()
    if message:
        with pytest.raises(TexError, match=message):
            formula(tex, False)
    else:
        formula(tex, False)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("tex", [r"\fraq{a}{b}", r"a + \fraq", r"\begin{align}\fraq&b\end{align}"])
def test_an_unknown_command_is_named_with_the_nearest_known_one(tex: str) -> None:
    with pytest.raises(TexError, match=r"unknown command \\fraq") as caught:
        formula(tex, True)
    assert caught.value.hint == 'did you mean "\\frac"?'


def test_what_tex_reads_from_files_is_unknown_to_us() -> None:
    for tex in (r"\input{/etc/passwd}", r"\includegraphics{/etc/passwd}"):
        with pytest.raises(TexError, match="unknown command"):
            formula(tex, False)


@pytest.mark.parametrize("language", ["console", "bash", "python"])
def test_spaces_of_code_are_in_its_text(language: str) -> None:
    made = highlighted("$ ls a.txt  b.txt", language)
    assert re.search(r"<span[^>]*>\s+</span>", made) is None
    assert re.sub(r"<[^>]*>", "", made) == "$ ls a.txt  b.txt"
