"""Findings on directives, attributes and HTML stand where the author can see them: line and column."""

from __future__ import annotations

import pytest

from tests.support import read


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Text <blink>x</blink> and <font>y.", ["C121 1:6", "C121 1:14", "C121 1:27"]),
        ("<div>\n\ntext <blink>\n\n</div>", ["C121 3:6"]),
        ("<div>\n <form><form>\n</div>", ["C121 2:2", "C121 2:8"]),
        ("Some <script>x</script>.", ["C121 1:6", "C121 1:15"]),
        ("- item\n\n  ::: unknownx\n  text\n  :::", ["C112 3:3"]),
        ("> ::: unknownx\n> text\n> :::", ["C112 1:3"]),
        ("> ::: hint {colour=red minutes=x}\n> text\n> :::", ["C113 1:13", "C115 1:24"]),
        ("::: hint {minutes=x}\n::: hint {minutes=y}\nx\n:::\n:::", ["C115 1:11", "C115 2:11"]),
        ("  ::: lines abc", ["C115 1:13"]),
        ("::: lines 5 words", ["C115 1:13"]),
        ("::: box 8 cm of words", ["C115 1:14"]),
        ("::: pagebreak words", ["C115 1:15"]),
        ('::: canvas "A" "B" words', ["C115 1:20"]),
        ("1. a\n   ::: only nothing\n   x\n   :::", ["C144 2:13"]),
        ("text\n\n   :::", ["C114 3:4"]),
        ("> > ::: hint\n> > text", ["C111 1:5"]),
        ("- ::: break\n- x", ["C115 1:3"]),
        ("## Exercise {mins=5}", ["C113 1:14"]),
        ("| a | <foo>y</foo> |\n|---|---|\n| <foo>x | z |", ["C121 1:7", "C121 1:13", "C121 3:3"]),
    ],
)
def test_a_finding_has_its_column(text: str, places: list[str]) -> None:
    found = read(f"# T\n\n{text}\n").findings
    shown = [f"{f.code} {f.span.line - 2}:{f.span.column}" for f in found]
    assert sorted(set(shown)) == sorted(places)
