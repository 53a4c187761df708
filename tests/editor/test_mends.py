"""A finding that carries its mend is gone when its edits are made, and nothing else is touched."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from courseware.checking.rules import check
from courseware.course.loading import load
from courseware.diagnostics import Diagnostic
from courseware.editor.places import edited, range_of

SESSION = "session.md"
GERMAN = (
    "# Tee\n\n"
    + "Die Teilnehmenden lesen den Text und sprechen dann mit der Gruppe über das, was sie nicht verstehen.\n"
    * 4
)
WRONG = {
    "C102": ("---\ntitel: Tea\n---\n\n# Tea\n", "---\ntitle: Tea\n---\n\n# Tea\n"),
    "C107": (
        GERMAN, f"---\nlanguage: de\n---\n\n{GERMAN}",
    ),
    "C111": ("# Tea\n\n- One\n\n  ::: hint\n  Text\n", "# Tea\n\n- One\n\n  ::: hint\n  Text\n  :::\n"),
    "C112": ("# Tea\n\n::: Excercise\nText\n:::\n", "# Tea\n\n::: exercise\nText\n:::\n"),
    "C113": ("# Tea\n\n::: callout {titel=x}\nText\n:::\n", "# Tea\n\n::: callout {title=x}\nText\n:::\n"),
    "C114": ("# Tea\n\nText\n\n::::\n", "# Tea\n\nText\n\n\n"),
    "C115": ("# Tea\n\n## A {drop=last}\n\nText\n", "# Tea\n\n## A {drop=first}\n\nText\n"),
    "C126": ("# Tea\n\n[a](#bowll)\n\n## Bowl\n\nText\n", "# Tea\n\n[a](#bowl)\n\n## Bowl\n\nText\n"),
    "C133": ("---\ntitle: Learn: tea\n---\n\n# Tea\n", '---\ntitle: "Learn: tea"\n---\n\n# Tea\n'),
    "C142": ("# Tea\n\n::: Instrutor\nText\n:::\n", "# Tea\n\n::: instructor\nText\n:::\n"),
    "C143": ("# Tea\n\n:: instructor\nText\n::\n", "# Tea\n\n::: instructor\nText\n:::\n"),
    "C144": ("# Tea\n\n::: only handuot\nText\n:::\n", "# Tea\n\n::: only handout\nText\n:::\n"),
    "C145": ("# Tea\n\n## Learners {for=learner}\n\nText\n", "# Tea\n\n## Learners {for=learners}\n\nText\n"),
    "C172": ("---\nlanguage: pt_BR\n---\n\n# Chá\n", "---\nlanguage: pt-BR\n---\n\n# Chá\n"),
    "C202": ("# Tea\n\n## A\n\n#### B\n\nText\n", "# Tea\n\n## A\n\n### B\n\nText\n"),
    "C205": ("# Tea\n\n😀 See [a](otherr.md).\n", "# Tea\n\n😀 See [a](other.md).\n"),
    "C206": ("# Tea\n\n![Cup](cup.PNG)\n", "# Tea\n\n![Cup](cup.png)\n"),
}  # fmt: skip
SETTINGS = {
    "C105": ("titel: Tea\n", "title: Tea\n"),
    "C106": ("guide: ful\n", "guide: full\n"),
    "C170": ("vocabulary:\n  breks: [x]\n", "vocabulary:\n  breaks: [x]\n"),
}


def mended(text: str, found: Diagnostic) -> str:
    lines = text.split("\n")
    for edit in reversed(found.mend):
        place = edited(edit, lines)
        assert place is not None, edit
        line = lines[place.line]
        lines[place.line] = line[: place.start] + edit.now + line[place.end :]
    return "\n".join(lines)


def findings(folder: Path, file: str, text: str, code: str) -> list[Diagnostic]:
    (folder / file).write_text(text, "utf-8")
    return [one for one in check(load(folder)) if one.code == code and one.span.path == file]


@pytest.mark.parametrize("code", [*WRONG, *SETTINGS])
def test_a_mend_leaves_the_text_without_its_finding(code: str, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# Other\n\nText.\n")
    (tmp_path / "cup.png").write_bytes(b"")
    file, (text, wanted) = (
        (SESSION, WRONG[code]) if code in WRONG else ("course.yml", SETTINGS[code])
    )
    (tmp_path / SESSION).write_text("# Tea\n\nText.\n")
    (found, *_) = findings(tmp_path, file, text, code)
    assert found.mend
    after = mended(text, found)
    assert after == wanted
    left = findings(tmp_path, file, after, code)
    assert left == []


@pytest.mark.parametrize("code", [*WRONG, *SETTINGS])
def test_a_finding_has_the_range_of_what_it_is_about(code: str, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# Other\n\nText.\n")
    (tmp_path / SESSION).write_text("# Tea\n\nText.\n")
    (tmp_path / "cup.png").write_bytes(b"")
    file, (text, _) = (SESSION, WRONG[code]) if code in WRONG else ("course.yml", SETTINGS[code])
    (found, *_) = findings(tmp_path, file, text, code)
    lines = text.split("\n")
    number, start, end = range_of(found, lines)
    about = {"C102": "titel", "C107": "# Tee", "C111": "::: hint", "C113": "titel", "C126": "bowll",
             "C133": "Learn: tea", "C142": "Instrutor", "C202": "####", "C205": "otherr.md",
             "C105": "titel", "C106": "ful", "C170": "breks"}  # fmt: skip
    assert lines[number][start:end] == about.get(code, lines[number][start:end]) != ""


@pytest.mark.parametrize("value", ["'it's'", '"half', "[a, b", "a: b", "@home", '"A" and b', "\\x: \"y\""])  # fmt: skip
def test_a_value_is_put_in_quotes_so_that_it_is_read_as_it_was(value: str, tmp_path: Path) -> None:
    text = f"---\ntitle: {value}\n---\n\n# Tea\n\nText.\n"
    (tmp_path / SESSION).write_text(text, "utf-8")
    found = [f for f in load(tmp_path).findings if f.code in ("C101", "C133")]
    assert found and found[0].mend
    (tmp_path / SESSION).write_text(mended(text, found[0]), "utf-8")
    loaded = load(tmp_path)
    assert [f for f in loaded.findings if f.code in ("C101", "C133")] == []


def test_an_edit_of_what_is_not_there_any_more_is_none() -> None:
    from courseware.diagnostics import Edit

    assert edited(Edit(9, 1, "a", "b"), ["a"]) is None
    assert edited(Edit(1, 1, "tea", "cup"), ["teapot"]) is None
    assert edited(Edit(1, 1, "tea", "cup"), ["pot, Tea"]) == (0, 5, 8)


def test_accents_written_apart_count_as_read() -> None:
    from courseware.diagnostics import Edit, Span

    line = unicodedata.normalize("NFD", "Übung für <foo>")
    assert edited(Edit(1, 7, "für", "von"), [line]) == (0, 7, 11)
    assert range_of(Diagnostic("C121", "", Span("a.md", 1, 11)), [line]) == (0, 12, 17)
