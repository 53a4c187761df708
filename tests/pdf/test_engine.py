"""The layout engine's import, and stylesheets parsed once: faster, and otherwise the same."""

from __future__ import annotations

import ctypes.util
import gc
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from weasyprint.pdf import fonts

from courseware.course.loading import load
from courseware.folders import layouts
from courseware.html.design import constants, put_in
from courseware.html.sandbox import LayoutError
from courseware.pdf import engine, stylesheets, writer
from courseware.pdf.pages import written
from courseware.pdf.sheets import begun, sheets, walk, words
from courseware.pdf.writer import WrittenPdf
from courseware.pdf.writer import laid_out as laid_out_html
from courseware.products.table import PRODUCTS, page
from tests.support import PROJECT

SESSIONS = {
    "one.md": "# One\n\n## Objectives\n\n- Listen well.\n\n## Talk\n\nText with `code` and **more**.\n",
    "two.md": "# Two\n\n## Key takeaways\n\n- Ask first.\n- Then tell.\n- Write it down.\n",
}
STYLE = "handout/style.css"


def course(folder: Path, **files: str) -> Path:
    for name, text in {**SESSIONS, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def handout(folder: Path, name: str = "one.md", paper: str = "a4") -> WrittenPdf:
    found = page(PRODUCTS["handout"], load(folder).course, name)
    assert found is not None
    return written(found, folder, paper)


def told(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_importing_the_engine_starts_no_process() -> None:
    program = """if True:
        import subprocess, sys
        class Started(Exception): pass
        def start(*given, **named): raise Started(given)
        subprocess.Popen.__init__ = start
        import courseware.pdf.engine
        print("imported")
    """
    expected = "imported" if sys.platform == "linux" else ""
    assert told(program) == expected


def test_what_the_import_changed_is_as_before() -> None:
    assert ctypes.util.find_library.__module__ == "ctypes.util"
    before = gc.get_threshold()
    with engine.few_collections():
        assert gc.get_threshold() != before
    assert gc.get_threshold() == before


def test_stylesheets_are_parsed_once_and_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = course(tmp_path)
    stylesheets._kept.clear()
    first = handout(folder)
    parsed: list[object] = []
    monkeypatch.setattr(f"{stylesheets.__name__}.CSS", parsed.append)  # nothing is: it would fail
    assert handout(folder).data == first.data
    assert parsed == []


def test_documents_are_the_same_in_any_order(tmp_path: Path) -> None:
    folder = course(tmp_path, **{"layouts/shared/course.css": ":root { --accent: #803020 }\n"})
    plain = course(tmp_path / "plain")
    stylesheets._kept.clear()
    there = [handout(folder).data, handout(plain, "two.md").data, handout(plain, "two.md", "letter").data]  # fmt: skip
    stylesheets._kept.clear()
    back = [handout(plain, "two.md", "letter").data, handout(plain, "two.md").data, handout(folder).data]  # fmt: skip
    assert there == back[::-1]
    assert len(set(there)) == 3


@pytest.mark.parametrize("file", [STYLE, "shared/breaks.css", "shared/course.css"])
def test_a_changed_stylesheet_counts_at_once(tmp_path: Path, file: str) -> None:
    folder = course(tmp_path)
    before = handout(folder).data
    built_in = layouts() / file
    text = built_in.read_text("utf-8") if built_in.is_file() else ""
    for size in ("31pt", "37pt"):
        course(folder, **{f"layouts/{file}": f"{text}\nh1 {{ font-size: {size} !important }}\n"})
        after = handout(folder).data
        assert after != before
        before = after


def test_constants_are_what_root_alone_says() -> None:
    first = ":root { --accent: navy; --ink: black; --line: grey }"
    own = ":root { --accent: teal }\n.exercise { --line: red }"
    assert constants([first, own], "") == {"accent": "teal", "ink": "black"}
    assert constants([first], '<p style="--ink: red">') == {"accent": "navy", "line": "grey"}


def test_a_value_set_for_some_elements_only_is_as_the_engine_has_it(tmp_path: Path) -> None:
    # Pages are the same whether values are put in or left to the engine.
    own = ":root { --accent: teal }\nli { --accent: #803020 }\n"
    folder = course(tmp_path, **{"layouts/shared/course.css": own})
    put, left = handout(folder), None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("courseware.pdf.writer.constants", lambda texts, html: {})
        left = handout(folder)
    assert put.data == left.data


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { color: var(--x) }", "a { color: red }"),
        ("a { color: var( --x ) }", "a { color: red }"),
        ("a { color: var(--y) }", "a { color: red }"),
        ("a { color: var(--unknown, blue) }", "a { color: var(--unknown, blue) }"),
        ("a { color: var(--circle) }", "a { color: var(--circle) }"),
    ],
)
def test_values_are_put_in(css: str, expected: str) -> None:
    assert put_in(css, {"x": "red", "y": "var(--x)", "circle": "var(--circle)"}) == expected


def test_what_a_stylesheet_has_reported_is_reported_each_time(tmp_path: Path) -> None:
    folder = course(tmp_path, **{"layouts/shared/course.css": "h1 { colour: red }\n"})
    reports = [handout(folder).reports for _ in range(2)]
    assert reports[0] == reports[1] != ()


def test_what_stands_beside_elements_is_as_each_of_them_says() -> None:
    head = "<style>p::before { content: attr(title) } li::marker { color: red }</style>"
    rows = '<p id="a" title="one">x<p id="b" title="two">y<ol><li id="c">1<li id="d">2</ol>'
    document = laid_out_html(f'{head}{rows}<a href="#b">to it</a>', [], Path())
    (sheet,) = sheets(document)
    assert words(sheet.pieces[0]).split() == [
        "one",
        "x",
        "two",
        "y",
        "1.",
        "1",
        "2.",
        "2",
        "to",
        "it",
    ]
    assert [*document.pages[0].anchors] == ["b"]  # the place of a link
    assert begun(document) == (("a", "b", "c", "d"),)


@pytest.mark.parametrize(
    ("style", "why"),
    [
        ("@page { size: 1mm 1mm; margin: 0 }", "more than 1 s"),
        ("p { counter-reset: a 9999999999 } p::before { content: counter(a, symbols(symbolic '*')) }", "GB"),
        (f"p {{ counter-reset: a {'9' * 5_000} }} p::before {{ content: counter(a) }}", "digits"),
    ],
)  # fmt: skip
def test_what_the_engine_cannot_bear_is_blamed_on_the_courses_own_layouts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str, why: str
) -> None:
    monkeypatch.setattr(writer, "LEAST", 1.0)
    monkeypatch.setattr(writer, "EACH", 10**9)
    html = f"<p>{'word ' * 3_000}</p>"
    (tmp_path / "layouts").mkdir()
    with pytest.raises(LayoutError) as told:
        writer.write(html, [style], tmp_path)
    assert told.value.finding.code == "C324" and why in told.value.finding.message


def test_a_face_of_many_weights_is_written_without_the_time_of_day() -> None:
    face = next((layouts() / "fonts").glob("*.ttf"))
    written_at = [fonts.TTFont(face)["head"].modified]
    kept = BytesIO()
    fonts.TTFont(face).save(kept)
    written_at.append(fonts.TTFont(BytesIO(kept.getvalue()))["head"].modified)
    assert written_at[0] == written_at[1]


@pytest.mark.parametrize("above", [40, 52, 64, 76])
def test_a_float_whose_block_goes_to_the_next_page_is_there_once(above: int) -> None:
    style = (
        "@page { size: 100mm 100mm; margin: 5mm } * { margin: 0 } p { line-height: 5mm; font-size: 10pt }"
        "section { display: flow-root } header { break-inside: avoid; break-after: avoid }"
        "div { float: right; width: 30mm } .high { height: 60mm; break-inside: avoid }"
    )
    lines = "".join(f"<p>line{n}</p>" for n in range(8))
    html = (
        f'<html lang="en"><style>{style}</style><body><p style="height: {above}mm">above</p><section>'
        f'<header><p>Head</p><div>{lines}</div></header><p class="high">rest</p></section></body></html>'
    )
    first, second = sheets(engine.HTML(string=html).render())
    assert [piece.text for piece in walk(first.pieces) if piece.text] == ["above"]
    found = [piece.text for piece in walk(second.pieces) if piece.text]
    assert sorted(found) == ["Head", *(f"line{n}" for n in range(8)), "rest"]
