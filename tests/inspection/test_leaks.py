"""The gate: it finds withheld words wherever a file carries them, and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import NameObject, TextStringObject
from weasyprint import HTML

from courseware.build.driver import Order, build
from courseware.course.loading import load
from courseware.diagnostics import Diagnostic
from courseware.inspection.carried import pieces
from courseware.inspection.leaks import Learners, judged
from courseware.model.inline import plain_text
from courseware.model.session import Course, Session
from courseware.products.table import PRODUCTS, Product
from courseware.products.withheld import withheld
from courseware.writers import Made
from tests.pdfs import Entry
from tests.support import session_of

SECRET = "the trawler never finds any herring before dawn"
TEXT = f"""# Session 03: Fish

## Boats

Boats leave the harbour in the morning.

::: facilitator
Say that {SECRET}, whatever they hope.
:::

| Who | Facilitator notes |
|---|---|
| crew | ask how many of them can swim ashore |

## Exercise 1: Draw

Draw a boat.

::: answer
A hull, a mast and two sails.
:::
"""
HANDOUT = PRODUCTS["handout"]
SLIDES = Product("slides", "slides", "facilitator", "s/s", "slides", ".pptx", writer="pptx")
SHOWN = Product("shown", "shown", "learner", "s/s", "shown", ".pptx", writer="pptx")
KEY = Product("answers", "answers", "facilitator", "a/a", "answers")


def found_in(data: bytes, product: Product = HANDOUT, text: str = TEXT) -> list[Diagnostic]:
    session = session_of(text)
    return list(judged(Made(data), product, course_of(session), {}).findings)


def course_of(session: Session) -> Course:
    return Course(title="The sea", sessions=(session,))


def pdf(body: str, **options: Any) -> bytes:
    html = f"<html lang=en><title>Fish</title><body>{body}"
    return bytes(HTML(string=html).write_pdf(pdf_variant="pdf/ua-1", **options))


def rewritten(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("<p>Boats leave.<p>Crew."))))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def annotated(writer: PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text=f"Know: {SECRET}!", rect=(50, 50, 200, 100)))


def titled(writer: PdfWriter) -> None:
    """Give an element of the structure tree a title."""
    tree: Entry = writer.root_object["/StructTreeRoot"]
    root = tree["/K"]
    top = (root[0] if isinstance(root, list) else root).get_object()
    top[NameObject("/T")] = TextStringObject(SECRET)


PICTURE = ('data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
           '<path d="M0 0h9v9z"/></svg>')  # fmt: skip
CARRIERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "text": (lambda: pdf(f"<p>Boats leave.<p style='page-break-before:always'>{SECRET}"), "page 2"),
    "text over two pages": (lambda: pdf(
        f"<p>{SECRET.replace('herring', '<br style=page-break-after:always>herring')}"), "page 1"),
    "small, white, behind": (lambda: pdf(
        f"<p style='font-size: 1px; color: white; position: absolute; z-index: -9'>{SECRET}"), "page 1"),
    "bookmark": (lambda: pdf(f"<h1 style='bookmark-label: \"{SECRET}\"'>Fish"), "the bookmarks of page 1"),
    "alternative text": (lambda: pdf(f"<img alt='{SECRET}' src='{PICTURE}'>"),
                         "the alternative texts of page 1"),
    "form value": (lambda: pdf(f"<input name=a value='{SECRET}'>", pdf_forms=True),
                   "an annotation or field on page 1"),
    "tooltip": (lambda: pdf(f"<input name=a title='{SECRET}' aria-label='{SECRET}'>", pdf_forms=True),
                "an annotation or field on page 1"),
    "choice": (lambda: pdf(f"<select name=a><option>{SECRET}<option>b</select>", pdf_forms=True),
               "an annotation or field on page 1"),
    "attachment": (lambda: pdf(f"<a rel=attachment href='data:text/plain,{SECRET}'>Boats</a>"),
                   "the attachment"),
    "attached": (lambda: rewritten(lambda w: w.add_attachment("a.txt", SECRET.encode())),
                 "the attachment a.txt, its text"),
    "attached PDF": (lambda: rewritten(lambda w: w.add_attachment("a.pdf", pdf(f"<p>{SECRET}"))),
                     "the attachment a.pdf, page 1"),
    "annotation": (lambda: rewritten(annotated), "an annotation or field on page 1"),
    "element's title": (lambda: rewritten(titled), "the alternative texts of page 1"),
    "metadata": (lambda: rewritten(lambda w: w.add_metadata({"/Subject": SECRET})),
                 "the metadata (Subject)"),
    "XMP": (lambda: rewritten(lambda w: setattr(w, "xmp_metadata", xmp().encode())),
            "the metadata (XMP)"),
}  # fmt: skip


def xmp() -> str:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="">{SECRET}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )


@pytest.mark.parametrize("name", CARRIERS)
def test_a_pdf_leaks_nowhere(name: str) -> None:
    made, place = CARRIERS[name]
    (finding,) = found_in(made())
    assert finding.code == "C331"
    assert finding.message.startswith(f"handout: {place}")
    assert "the trawler never finds any" in finding.message
    assert (finding.span.path, finding.span.line) == ("session.md", 8)


def test_the_pdf_metadata_of_the_layout_engine_is_read() -> None:
    html = f"<html lang=en><title>{SECRET}</title><body><p>Boats."
    messages = [f.message for f in found_in(HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))]
    assert messages == [f'handout: the metadata (Title): "{SECRET},"']


@pytest.mark.parametrize(
    "style",
    ["width: 5em; hyphens: manual", "columns: 5; column-gap: 0", "text-transform: uppercase",
     "letter-spacing: 3px", "font-variant: small-caps", "writing-mode: horizontal-tb; width: 1em"],
)  # fmt: skip
def test_the_way_words_are_set_hides_nothing(style: str) -> None:
    soft = SECRET.replace("trawler", "trawl\u00ader").replace("finds", "\ufb01nds")
    (finding,) = found_in(pdf(f"<div style='{style}'><p>{soft}</div>"))
    assert "page 1" in finding.message


def test_every_withheld_block_is_looked_for_and_says_its_line() -> None:
    body = "<p>Ask how many of them can swim ashore.<p>A hull, a mast and two sails."
    found = [(f.span.line, f.message) for f in found_in(pdf(body))]
    assert found == [
        (13, 'handout: page 1: "ask how many of them can swim ashore"'),
        (20, 'handout: page 1: "A hull, a mast and two sails."'),
    ]


def test_a_short_run_must_stand_there_word_by_word() -> None:
    text = TEXT + "\n::: answer\nb, a, d, e, c\n:::\n"
    assert found_in(pdf("<p>abadeca"), text=text) == []
    assert found_in(pdf("<p>1: b a d e c"), text=text)


def test_numbers_alone_are_no_words() -> None:
    text = TEXT + "\n::: answer\n1, 2, 3, 4, 5\n:::\n"
    assert found_in(pdf("<p>1 2 3 4 5"), text=text) == []


def test_four_words_are_none() -> None:
    assert found_in(pdf("<p>The trawler never finds <b>much</b>.")) == []


def test_what_learners_see_is_no_leak() -> None:
    text = TEXT.replace("Draw a boat.", f"Draw: {SECRET.upper()}.")
    assert found_in(pdf(f"<p>{SECRET}"), text=text) == []


def test_texts_set_side_by_side_are_the_learners() -> None:
    text = """# Fish

## One

- **Nets:** wide and new
- **Hooks:** small and old

::: facilitator
The order is: wide and new, small and old, draw.
:::

## Exercise 1: Draw

Go.
"""
    assert found_in(pdf("<table><tr><td>wide and new<td>small and old<td>Draw"), text=text) == []
    assert found_in(pdf("<p>The order is: wide and new"), text=text)


def test_an_answer_key_holds_answers_and_nothing_else() -> None:
    assert found_in(pdf("<p>A hull, a mast and two sails."), KEY) == []
    assert len(found_in(pdf(f"<p>A hull, a mast and two sails; {SECRET}"), KEY)) == 1


def test_a_guide_holds_all() -> None:
    assert found_in(pdf(f"<p>{SECRET}"), PRODUCTS["guide"]) == []


def test_footnotes_of_withheld_blocks_are_withheld() -> None:
    text = "# A\n\nOpen.\n\n::: facilitator\nMind this.[^1]\n:::\n\n[^1]: It rains in every single novel.\n"
    assert found_in(pdf("<p>It rains in every single novel."), text=text)
    seen = text.replace("Open.", "Open.[^1]")
    assert found_in(pdf("<p>It rains in every single novel."), text=seen) == []


def test_what_only_the_guide_prints_is_withheld() -> None:
    text = "# A\n\nOpen.\n\n::: only guide\nThe key is under the mat.\n:::\n"
    assert found_in(pdf("<p>The key is under the mat."), text=text)
    both = text.replace("guide", "guide handout")
    assert found_in(pdf("<p>The key is under the mat."), text=both) == []


def test_a_block_given_to_the_layout_is_found_by_its_id() -> None:
    session = session_of(TEXT)
    kept = withheld(HANDOUT, course_of(session), ())
    assert kept is not None
    made = Made(pdf("<p>Boats."), ids=frozenset({min(kept.ids), "boats"}))
    (finding,) = judged(made, HANDOUT, course_of(session), {}).findings
    assert finding.message == f'handout: its layout gets the block "{min(kept.ids)}"'


def deck(change: Callable[[Any, Any], object]) -> bytes:
    show = Presentation()
    show.slides.add_slide(show.slide_layouts[6])
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Boats"
    change(show, slide)
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def in_table(show: Any, slide: Any) -> None:
    table = slide.shapes.add_table(1, 1, 0, 0, Inches(1), Inches(1)).table
    table.cell(0, 0).text = SECRET


def in_runs(show: Any, slide: Any) -> None:
    paragraph = slide.shapes.title.text_frame.paragraphs[0]
    for part in (SECRET[:7], SECRET[7:]):
        paragraph.add_run().text = part


def in_alt(show: Any, slide: Any) -> None:
    slide.shapes.title._element.nvSpPr.cNvPr.set("descr", SECRET)


def in_notes(show: Any, slide: Any) -> None:
    slide.notes_slide.notes_text_frame.text = SECRET


def in_property(show: Any, slide: Any) -> None:
    show.core_properties.subject = SECRET


def in_layout(show: Any, slide: Any) -> None:
    show.slide_layouts[5].placeholders[0].text = SECRET


PARTS = {
    "slide 2": in_runs,
    "slide 2 ": in_table,
    "slide 2  ": in_alt,
    "the notes of slide 2": in_notes,
    "the properties": in_property,
    "a slide layout": in_layout,
}


@pytest.mark.parametrize("place", PARTS)
def test_a_deck_leaks_nowhere(place: str) -> None:
    (finding,) = found_in(deck(PARTS[place]), SHOWN)
    assert finding.message == f'shown: {place.strip()}: "{SECRET},"'


def test_notes_for_the_facilitator_may_say_it_and_slides_may_not() -> None:
    assert found_in(deck(in_notes), SLIDES) == []
    assert len(found_in(deck(in_table), SLIDES)) == 1


def test_files_inside_a_deck_are_read() -> None:
    data = io.BytesIO(deck(lambda show, slide: None))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("ppt/embeddings/a.pptx", deck(in_table))
    assert [f.message for f in found_in(data.getvalue(), SHOWN)] == [
        f'shown: the part ppt/embeddings/a.pptx, slide 2: "{SECRET},"'
    ]


LAYOUT = """<!DOCTYPE html>
<html lang="en"><head><title>{{ session.title.plain }}</title></head>
<body><h1>{{ session.title.plain }}</h1>%s</body></html>
"""


def test_a_leaking_file_is_not_published(tmp_path: Path) -> None:
    course = tmp_path / "course"
    (course / "layouts" / "handout").mkdir(parents=True)
    (course / "03-fish.md").write_text(TEXT)
    layout = course / "layouts" / "handout" / "page.html.j2"

    def built() -> tuple[list[str], list[str]]:
        loaded = load(course)
        order = Order((HANDOUT,), loaded.course.sessions, tmp_path / "out")
        done = build(loaded, order, lambda line: None)
        return [line.state for line in done.lines], [f.code for f in done.findings]

    layout.write_text(LAYOUT % "<p>Boats.</p>")
    assert built() == (["built"], [])
    (file,) = (tmp_path / "out" / "handouts").iterdir()
    before = file.read_bytes()
    layout.write_text(LAYOUT % f"<p>Boats. {SECRET}</p>")
    assert built() == (["failed"], ["C331"])
    assert file.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"\xff\xfe words", "word".encode("utf-16")])
def test_other_bytes_are_read_as_text(data: bytes) -> None:
    (piece,) = pieces(data)
    assert piece.place == "its text"


def test_a_word_of_the_layout_beside_a_text_is_no_leak() -> None:
    text = TEXT.replace("whatever they hope", "tick the boats leave the harbour")
    field = "<label>Tick <input name=tick title='Boats leave the harbour in the morning.'></label>"
    shown = pdf(f"<p>Tick</p>The boats leave the harbour.{field}", pdf_forms=True)
    assert found_in(shown, text=text.replace("Boats leave", "The boats leave")) == []


def test_a_text_cut_short_may_stand_before_another() -> None:
    said = ("A forecast questions two versions of the same report, and the desk records the figures. Then all go.",
            "The supplier postpones the steps of the release.")  # fmt: skip
    learners = Learners(plain_text(text) for text in said)
    assert learners.have(["of", "the", "same", "report", "the"])  # its cue ends at the comma
    assert learners.have(["records", "the", "figures", "the", "supplier"])
    assert learners.have(["the", "release", "then", "all", "go"])
    assert not learners.have(["of", "the", "same", "news", "the"])
    assert not learners.have(["two", "versions", "of", "the", "supplier"])  # cut within a clause
    assert not learners.have(["steps", "of", "figures", "then", "all"])


@pytest.mark.parametrize(("run", "own"), [
    ("worksheet p 1 what is", True), ("1 name 5 min worksheet", True), ("session 4 tea basics for", True),
    ("let them talk 5 min", False), ("worksheet what your is favourite", False), ("what tea is your name", False),
    ("min p worksheet min p", True), ("name tea is what favourite", False),
])  # fmt: skip
def test_a_layouts_own_words_may_stand_between_texts(run: str, own: bool) -> None:
    said = ("Tea basics for beginners", "Name", "What is your favourite tea?")
    learners = Learners([plain_text(text) for text in said], {"worksheet", "p", "min", "session"})
    assert learners.have(run.split()) is own


SPACELESS = {
    "ja": (
        "お茶の時間です。みんなで楽しく話しましょう。",
        "参加者が黙っていたら自分の失敗談を先に話してください",
    ),
    "zh": ("现在是喝茶的时间，大家一起聊聊。", "如果没有人说话请先讲述自己的失败经历"),
    "th": ("ถึงเวลาดื่มชาแล้ว มาคุยกันเถอะ", "ถ้าไม่มีใครพูดให้เล่าเรื่องความผิดพลาดของตัวเองก่อน"),
}


@pytest.mark.parametrize("language", SPACELESS)
def test_scripts_without_spaces_are_compared_by_letters(language: str) -> None:
    said, secret = SPACELESS[language]
    text = f"# {said[:5]}\n\n## A\n\n{said}\n\n::: facilitator\n{secret}\n:::\n"
    for at in range(0, len(secret) - 16, 3):
        data = (said + secret[at : at + 16] + said).encode()
        assert [f.code for f in found_in(data, text=text)] == ["C331"]
        short = (said + " | " + secret[at : at + 6] + " | " + said).encode()
        assert found_in(short, text=text) == []
    assert found_in((said * 3).encode(), text=text) == []
    theirs = text.replace("## A\n", f"## A\n\n{secret} {{for=everyone}}\n")
    assert found_in(secret.encode(), text=theirs) == []


def test_what_layouts_set_between_texts_without_spaces_is_no_leak() -> None:
    text = "# 茶\n\n## 始め\n\n湯を沸かします。茶葉を量ります。\n\n::: facilitator\n湯を沸かします茶葉を量ります湯を沸かします\n:::\n"
    assert found_in("茶葉を量ります湯を沸かします".encode(), text=text) == []


@pytest.mark.parametrize(
    ("answer", "shown", "told"),
    [
        ("Canberra", "The capital: Canberra", True), ("Canberra", "Canberrans sing", False),
        ("Two red boats", "two RED boats.", True), ("Two red boats", "two boats, red", False),
        ("Cod", "Cod", False), ("12345", "12345", False), ("Leave the harbour", "leave the harbour", False),
        ("東京都庁", "答えは東京都庁です", True), ("京都", "京都", False),
    ],
)  # fmt: skip
def test_a_short_block_is_looked_for_whole(answer: str, shown: str, told: bool) -> None:
    text = TEXT + f"\n::: facilitator\n{answer}\n:::\n"
    made = Made(shown.encode())
    after = judged(made, HANDOUT, course_of(session_of(text)), {})
    assert [f.code for f in after.findings] == ["C308"] * told
    assert after.data == made.data
