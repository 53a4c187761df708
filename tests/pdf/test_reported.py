"""What the engine says of letters that no font has is one finding a session, not one a letter."""

from pathlib import Path

from courseware.diagnostics import Span
from courseware.pdf.writer import write
from courseware.writers import MOST_SHOWN, reported

PLACE = Span("s.md")


def test_lacking_letters_are_told_together() -> None:
    html = '<html lang="en"><title>t</title><p>ភាសាខ្មែរ తెలుగు மொழி ქართული</p>'
    found = list(reported(write(html, [], Path()).reports, PLACE))
    assert [(f.code, f.span) for f in found] == [("C302", PLACE)]
    assert found[0].message.startswith("no font has these characters: ")
    assert "ភ" in found[0].message and "ქ" not in found[0].message
    assert len(found[0].message.split(": ")[1].split(" and ")[0].split()) == MOST_SHOWN


def test_a_page_that_lacks_many_letters_is_an_error_and_names_the_cure() -> None:
    for share, code, cure in (
        ("ខ្មែរ", "C210", "layouts/fonts"),
        ("日本語のお茶", "C302", "make extras"),
    ):
        latin = "words of tea " * (1 if code == "C210" else 40)
        made = write(f'<html lang="en"><title>t</title><p>{latin}{share}</p>', [], Path())
        log = made.reports or [
            f'.notdef glyph rendered for Unicode string unsupported by fonts: "{sign}" (x)'
            for sign in share
        ]
        (found,) = reported(log, PLACE, made.data)
        assert found.code == code and cure in found.hint
        assert (found.severity == "error") == ("page 1 lacks" in found.message) == (code == "C210")


def test_all_else_is_told_as_it_is() -> None:
    found = list(reported(["Ignored `a: b` at 1:2, unknown property."], PLACE))
    assert [(f.code, f.message, f.hint) for f in found] == [
        ("C302", "Ignored `a: b` at 1:2, unknown property.", "")
    ]
    assert list(reported([], PLACE)) == []


def test_what_a_layout_owes_to_a_screen_reader_is_told() -> None:
    drawing = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    html = f'<html><title>t</title><p>one <img src="{drawing}"></p>'
    reports = write(html, [], Path()).reports
    assert [r.split(" ", 1)[0] for r in reports] == ["the", "the"]
    assert "`html` has no `lang`" in reports[1] or "`html` has no `lang`" in reports[0]
    assert any(r.endswith("has no `alt`") for r in reports)
    told = html.replace("<html>", '<html lang="en">').replace("<img", '<img alt=""')
    assert write(told, [], Path()).reports == ()
