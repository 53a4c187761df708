"""What a screen reader gets of the sample's handouts: the structure tree, read back from the PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from pypdf import PdfReader

from courseware.model.blocks import Field, Footnote, Parallel
from courseware.model.walk import blocks_of, texts
from courseware.pdf.finishing import Tagger
from courseware.pdf.structure import build
from courseware.pdf.writer import laid_out
from tests.pdfs import Element, marked, squeezed, tree
from tests.rules import broken, consecutive, unlabelled
from tests.sample import Sample


@pytest.fixture(scope="module")
def spoken(sample: Sample) -> Element:
    return tree(sample.reader)


def headings(root: Element) -> list[Element]:
    return list(root.all("H1", "H2", "H3", "H4", "H5", "H6"))


def test_nothing_is_reported(sample: Sample) -> None:
    assert sample.reports == ()


def test_the_tree_keeps_every_rule(sample: Sample) -> None:
    assert broken(sample.reader) == []


def test_the_headings_are_the_sessions_in_order(sample: Sample, spoken: Element) -> None:
    titles = [squeezed(section.heading.title.plain) for section in sample.page.session.sections
              if section.heading.title]  # fmt: skip
    said = [squeezed(heading.spoken(("Reference",))) for heading in headings(spoken)]
    assert said[0] == squeezed(sample.page.session.title.plain)
    places = [next(n for n, text in enumerate(said) if title in text) for title in titles]
    assert places == sorted(places)


def test_bookmarks_are_the_headings(sample: Sample, spoken: Element) -> None:
    def flat(outline: Sequence[Any]) -> list[str]:
        return [t for entry in outline
                for t in (flat(entry) if isinstance(entry, list) else [str(entry["/Title"])])]  # fmt: skip

    said = [squeezed(heading.spoken(("Reference",))) for heading in headings(spoken)]
    marks = [squeezed(title) for title in flat(sample.reader.outline)]
    assert [m for m in marks if m not in said] == []
    assert len(marks) == len(said)


def test_each_blocks_words_are_read_together(sample: Sample, spoken: Element) -> None:
    assert consecutive(sample.page.session, spoken) == []
    assert unlabelled(sample.page.session, spoken) == []


def test_a_dropped_label_would_be_seen(sample: Sample, spoken: Element) -> None:
    label = next(f.label.plain for f in blocks_of(sample.page.session.sections, Field))
    bare = Element("Document", spoken.facts, 0, [spoken.spoken().replace(label, "")])
    assert unlabelled(sample.page.session, bare) != []


def test_blocks_are_read_in_the_order_of_the_source(sample: Sample, spoken: Element) -> None:
    """Parallel siblings aside, whose table or cards gather a label's texts, and footnotes."""
    said = squeezed(spoken.spoken(("Reference", "Lbl", "Note")))
    place = 0
    for section in sample.page.session.sections:
        for block in section.blocks:
            if isinstance(block, Parallel | Footnote):
                continue
            first = next((squeezed(t.plain) for t in texts([block]) if squeezed(t.plain)), "")
            found = said.find(first, place)
            assert found >= 0, f"not after what stands before it: {first[:60]}"
            place = found


def test_running_lines_are_artifacts(sample: Sample, spoken: Element) -> None:
    foot = f"{len(sample.reader.pages)} / {len(sample.reader.pages)}"
    assert foot in sample.reader.pages[-1].extract_text()
    assert foot not in spoken.spoken()
    contents = sample.reader.pages[0].get_contents()
    assert contents is not None
    assert re.search(rb"/Artifact\s*<<\s*/Type\s*/Pagination", contents.get_data())


PAGE = """<!doctype html><html lang="en"><title>t</title><style>
@page { size: 200pt 200pt; margin: 20pt } html { font: 10pt/20pt "Atkinson Hyperlegible Next" }
.n { float: footnote } * { orphans: 1; widows: 1 }</style><h1>Title</h1>"""


def made(body: str) -> tuple[PdfReader, Element]:
    import io
    from pathlib import Path

    document = laid_out(PAGE + body, [], Path())
    data = document.write_pdf(pdf_variant="pdf/ua-1", finisher=Tagger(document).finish)
    reader = PdfReader(io.BytesIO(data))
    assert broken(reader) == []
    return reader, tree(reader)


def outline(element: Element) -> str:
    inside = ", ".join(outline(kid) for kid in element.elements)
    return f"{element.role}({inside})" if inside else element.role


def test_a_paragraph_on_two_pages_is_one_and_its_footnote_comes_after_it() -> None:
    words = " ".join(f"word{n}" for n in range(60))
    _, root = made(f'<p>first<span class="n">The note</span> {words} last</p><p>next</p>')
    assert outline(root) == "Document(H1, P(Reference), Note(Lbl), P)"
    said = root.spoken(("Note", "Reference"))
    assert squeezed(said) == squeezed(f"Title first {words} last next")
    assert next(root.all("Note")).facts["/ID"] == "note-0001"


def test_a_table_on_two_pages_is_one_whose_head_is_read_once() -> None:
    rows = "".join(f"<tr><th>row {n}</th><td>cell {n}</td></tr>" for n in range(12))
    reader, root = made(f"<table><thead><tr><th>A<th>B</thead><tbody>{rows}</table>")
    assert len(reader.pages) > 1
    (table,) = root.all("Table")
    assert len(list(table.all("TR"))) == 13
    assert [cell.attributes["Scope"] for cell in table.all("TH")][:3] == [
        "/Column",
        "/Column",
        "/Row",
    ]
    assert table.spoken().count("A") == 1
    assert sum(page.extract_text().count("A") for page in reader.pages) > 1


def test_headings_are_numbered_by_their_nesting() -> None:
    _, root = made("<h3>a</h3><h4>b</h4><h3>c</h3><h2>d</h2><h5>e</h5>")
    assert [h.role for h in headings(root)] == ["H1", "H2", "H3", "H2", "H2", "H3"]


def test_pictures_speak_or_are_artifacts() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" {}><path d="M0 0h9v9"/>{}</svg>'
    _, root = made(
        f"<p>{svg.format('aria-hidden=true', '')}one</p><p>{svg.format('', '')}two</p>"
        f"<figure>{svg.format('', '<title>A square</title>')}<figcaption>Said</figcaption></figure>"
        f"<p>{svg.format('class=math aria-label=a+b', '')}</p>"
    )
    assert outline(root) == "Document(H1, P, P, Figure(Caption(P)), P(Formula))".replace("(P)", "")
    (figure,) = root.all("Figure")
    assert figure.facts["/Alt"] == "A square"
    left, low, right, high = (float(edge) for edge in figure.attributes["BBox"])
    assert 20 <= left < right <= 180 and 20 <= low < high <= 180
    assert next(root.all("Formula")).facts["/Alt"] == "a+b"


def test_lists_definitions_and_text_among_blocks() -> None:
    _, root = made(
        "<ol><li>one<ul><li>in it</ul>more<li>two</ol><dl><dt>t<dd>d<dt>u<dt>v<dd>w</dl>"
        "<dl><div><dt>x<dd>y<dd>z</div></dl>"
        "<div>loose <b>text</b><p>block</p></div><p></p><pre><code>x = 1</code></pre>"
    )
    assert outline(root) == (
        "Document(H1, L(LI(Lbl, LBody(L(LI(Lbl, LBody)))), LI(Lbl, LBody)), "
        "L(LI(Lbl, LBody), LI(Lbl, Lbl, LBody)), L(LI(Lbl, LBody)), Div(P, P), P(Code))"
    )
    assert squeezed(next(root.all("L")).spoken(("Lbl",))) == "oneinitmoretwo"


def test_a_list_says_how_it_is_marked() -> None:
    _, root = made('<ol><li>a</ol><ul><li>b</ul><ul style="list-style-type: \'☐ \'"><li>c</ul>'
                   '<ol style="list-style-type: lower-alpha"><li>d</ol>'
                   '<ul style="list-style: \'•\\9\' inside"><li>e</ul>'
                   '<ul style="list-style-type: symbols(\'*\')"><li>f</ul>')  # fmt: skip
    kinds = [found.attributes["ListNumbering"] for found in root.all("L")]
    assert kinds == ["/Decimal", "/Disc", "/Square", "/LowerAlpha", "/Disc", "/Square"]
    assert [label.spoken().strip() for label in root.all("Lbl")] == ["1.", "•", "☐", "a.", "•", "*"]


def test_a_footnote_of_an_item_or_a_cell_comes_after_all_that_is_in_it() -> None:
    _, root = made('<ul><li>one<span class="n">The note</span> more</ul>'
                   '<table><tr><td>two<span class="n">Another</span> more</table>')  # fmt: skip
    item, cell = next(root.all("LBody")), next(root.all("TD"))
    assert outline(item) == "LBody(Reference, Note(Lbl))"
    assert outline(cell) == "TD(Reference, Note(Lbl))"
    for holder, words in ((item, "onemore"), (cell, "twomore")):
        whole, note = squeezed(holder.spoken(("Reference",))), next(holder.all("Note"))
        assert squeezed(holder.spoken(("Reference", "Note"))) == words
        assert whole == words + squeezed(note.spoken())


def test_a_number_that_the_style_draws_is_the_items_label() -> None:
    _, root = made(
        '<style>li::before { content: "1" } li { list-style: none }</style><ol><li>a</ol>'
    )
    assert [label.spoken() for label in root.all("Lbl")] == ["1"]


def test_links_speak_and_lead_somewhere() -> None:
    reader, root = made('<p>See <a href="https://example.org/x">the page</a>, <a href="#e">the <code>end</code></a>'
                        '</p><p id="e">end <a>anchor</a></p>')  # fmt: skip
    out, inside = root.all("Link")
    assert out.links[0]["/Contents"] == "the page (https://example.org/x)"
    assert inside.links[0]["/Contents"] == "the end"
    assert [len(link.links) for link in (out, inside)] == [1, 1]
    assert all(note.get_object()["/F"] & 4 for note in reader.pages[0].annotations or ())
    assert reader.named_destinations.keys() >= {"e"}


def test_what_weasyprint_hands_over_is_still_there() -> None:
    """The finisher relies on the marks of a painted page, and on boxes with element and tag."""
    from pathlib import Path

    document = laid_out(PAGE + "<p>text</p>", [], Path())
    tagger = Tagger(document)
    document.write_pdf(pdf_variant="pdf/ua-1")
    assert [sorted(marks.values()) for marks in tagger.marks] == [[0, 1]]
    built = build(document.pages, tagger.marks)
    assert [node.role for node in built.root.nodes()] == ["Document", "H1", "P"]
    assert not built.artifacts and not built.spare


def test_glyphs_that_lack_are_seen_when_read_back() -> None:
    """The reader of these tests tells `.notdef`: else no test on it could fail."""
    reader, _ = made("<p>fine</p>")
    assert "".join(marked(reader.pages[0]).values()) == "Titlefine"
