"""Rules that each PDF of ours keeps, whatever is printed: used on samples and on whole courses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from pypdf import PdfReader

from courseware.media.drawings import formula
from courseware.model.blocks import Math, Parallel, Text
from courseware.model.inline import Formula, own_words
from courseware.model.session import Session
from courseware.model.walk import blocks_of, fields_of, texts
from tests.pdfs import Element, Entry, marked, squeezed, tree

ALLOWED = {
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
"""What may be directly in what (ISO 32000-1, 14.8.4.3)."""
BLOCKS = {"Document", "Sect", "Art", "Div", "BlockQuote"}


def broken(reader: PdfReader) -> list[str]:
    """Return the rules that a PDF breaks, as sentences."""
    root = tree(reader)
    return [*_document(reader), *_headings(root), *_nesting(root), *_tables(root), *_pictures(root),
            *_annotations(reader, root), *_glyphs(reader), *_fonts(reader)]  # fmt: skip


def _document(reader: PdfReader) -> Iterator[str]:
    catalog: Entry = reader.root_object
    if not catalog.get("/Lang"):
        yield "no language"
    if not (reader.metadata and reader.metadata.title):
        yield "no title"
    if not catalog["/ViewerPreferences"]["/DisplayDocTitle"]:
        yield "the title is not shown"
    if not catalog["/MarkInfo"]["/Marked"]:
        yield "not tagged"
    if "pdfuaid:part" not in catalog["/Metadata"].get_object().get_data().decode():
        yield "no PDF/UA identifier"
    for number, page in enumerate(reader.pages, 1):
        if page.get("/Tabs") != "/S":
            yield f"page {number}: fields and links are not in the tree's order"


def _headings(root: Element) -> Iterator[str]:
    levels = [int(h.role[1]) for h in root.all("H1", "H2", "H3", "H4", "H5", "H6")]
    parts = max(1, len(list(root.all("Part"))))
    if levels[:1] != [1] or (parts == 1 and levels.count(1) != 1):
        yield f"not one H1 first: {levels[:3]}"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"H{below} after H{above}"


def _nesting(root: Element) -> Iterator[str]:
    for found in root.all():
        allowed = ALLOWED.get(found.role)
        if allowed is not None:
            yield from (f"{kid.role} in {found.role}" for kid in found.elements
                        if kid.role not in allowed)  # fmt: skip
        if found.role in BLOCKS | ALLOWED.keys() and any(isinstance(k, str) for k in found.kids):
            yield f"text directly in {found.role}"
        if found.role == "LI" and sum(kid.role == "LBody" for kid in found.elements) != 1:
            yield f"an item without one body: {found.spoken()[:40]}"
        if not found.kids and not found.links and found.role not in ("TD", "TH"):
            yield f"an empty {found.role}"
        if found.role == "Note" and not found.facts.get("/ID"):
            yield "a note without identifier"


def _tables(root: Element) -> Iterator[str]:
    for table in root.all("Table"):
        yield from ("a header cell without scope" for cell in table.all("TH")
                    if cell.attributes.get("Scope") not in ("/Row", "/Column"))  # fmt: skip
        widths, hanging = set(), list[tuple[int, int]]()
        for row in table.all("TR"):
            width = sum(int(c.attributes.get("ColSpan", 1)) for c in row.elements)
            widths.add(width + sum(columns for columns, _ in hanging))
            hanging = [(columns, left - 1) for columns, left in hanging if left > 1]
            hanging += [(int(c.attributes.get("ColSpan", 1)), int(c.attributes["RowSpan"]) - 1)
                        for c in row.elements if int(c.attributes.get("RowSpan", 1)) > 1]  # fmt: skip
        if len(widths) > 1:
            yield f"rows of {sorted(widths)} columns: {table.spoken()[:40]}"


def _pictures(root: Element) -> Iterator[str]:
    for picture in root.all("Figure", "Formula"):
        if not picture.facts.get("/Alt"):
            yield "a picture without a text"
        if len(picture.attributes.get("BBox", ())) != 4:
            yield "a picture without its box"


def _annotations(reader: PdfReader, root: Element) -> Iterator[str]:
    tied = {id(a) for found in root.all("Link", "Form") for a in found.links}
    for number, page in enumerate(reader.pages, 1):
        for reference in page.get("/Annots", ()):
            annotation = reference.get_object()
            if not annotation.get("/F", 0) & 4:
                yield f"page {number}: an annotation is not printed"
            if annotation["/Subtype"] == "/Link" and not annotation.get("/Contents"):
                yield f"page {number}: a link without words"
            if id(annotation) not in tied:
                yield f"page {number}: an annotation that no element has"
    for found in root.all("Link"):
        if not found.links:
            yield f"a link without its annotation: {found.spoken()}"


def _glyphs(reader: PdfReader) -> Iterator[str]:
    for number, page in enumerate(reader.pages, 1):
        for text in marked(page).values():
            if "\uffff" in text or "\ufffd" in text:
                yield f"page {number}: a character without a glyph in {text!r}"


def _fonts(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        resources: Entry = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            facts = font.get_object()
            inside = facts.get("/DescendantFonts", [facts])[0].get_object()
            if (
                facts["/Subtype"] != "/Type3"
                and "/FontFile2" not in (described := inside["/FontDescriptor"].get_object())
                and "/FontFile3" not in described
            ):
                yield f"{facts['/BaseFont']} is not embedded"
            if "/ToUnicode" not in facts:
                yield f"{facts['/BaseFont']} cannot be copied"


def consecutive(session: Session, root: Element) -> list[str]:
    """Return the texts of a session whose words do not stand together in reading order."""
    said = squeezed(_uncited(root.spoken(("Reference", "Lbl", "Note"))))
    notes = squeezed(_uncited(root.spoken(("Reference",))))
    wanted = {text.plain: squeezed(_uncited(heard(text))) for text in texts(session.sections)}
    wanted |= {node.tex: squeezed(in_words(node.tex)) for node in blocks_of(session.sections, Math)}
    return [text for text, words in wanted.items() if words not in said and words not in notes]


def _uncited(said: str) -> str:
    """Return a text without the pages that follow links to other sessions: "(7·3)", "(7)"."""
    return re.sub(r"\((?:\d+|\w+·\w+)\)", "", said)


def heard(text: Text) -> str:
    """Return a text as it is read aloud: its formulas in words."""
    said = (in_words(i.tex) if isinstance(i, Formula) else own_words(i) for i in text.walk())
    return "".join(said)


def in_words(tex: str) -> str:
    """Return what stands in a formula's place for a reader who listens."""
    found = re.search(r'alt="([^"]*)"', str(formula(tex, True)))
    return unescape(found[1]) if found else tex


def unlabelled(session: Session, root: Element) -> list[str]:
    """Return labels of parallel siblings that are neither at each sibling's text nor over a column."""
    heads = {squeezed(cell.spoken()) for cell in root.all("TH")}
    said = squeezed(root.spoken())
    found = []
    for parallel in blocks_of(session.sections, Parallel):
        wanted = Counter(squeezed(f.label.plain) for s in parallel.siblings for f in fields_of(s))
        found += [label for label, count in wanted.items()
                  if label not in heads and said.count(label) < count]  # fmt: skip
    return found
