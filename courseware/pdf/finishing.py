"""The finisher: what PDF/UA-1 wants and WeasyPrint does not write itself.

`Tagger(document)` remembers what each page paints; `Tagger.finish` is WeasyPrint's `finisher`. It
writes the tree of `structure.build`, in place of WeasyPrint's, marks running lines as artifacts, gives
header cells their scope, lists their numbering, notes their identifiers, figures their box in the
page's own coordinates, and annotations their print flag and a description in words. Lines of scripts
whose signs stand in another order than they are read say what they read. A sign for several Arabic
letters is one character: readers turn a line's characters around, and the letters of one with them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

import pydyf

from courseware.pdf import engine
from courseware.pdf.engine import LOGGER
from courseware.pdf.structure import (
    CELLS,
    NUMBERING,
    Artifact,
    PaintedMark,
    TreeAnnotation,
    TreeNode,
    build,
)
from courseware.pdf.typed import set_fonts
from courseware.products.labels import INSIDE, SIBLING, file_address

POINT = 0.75
PRINT = 4
"""The print flag of an annotation (ISO 32000-1, table 165)."""
DESCRIBED = frozenset({"Figure", "Formula"})


class Null(pydyf.Object):  # type: ignore[misc]
    """An object that nothing refers to any more."""

    data = b"null"


def begin_tree(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
    """Say that the file is tagged; WeasyPrint's own tree is only for a document without a `Tagger`."""
    if not hasattr(document, "tagger"):
        whole_tree(pdf, document, pdf_version, page_streams)
        return
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    if "Lang" not in pdf.catalog:
        LOGGER.error("the layout's `html` has no `lang`")
        pdf.catalog["Lang"] = pydyf.String()


whole_tree = engine.pdf.add_tags
engine.pdf.add_tags = begin_tree
_JOINED = re.compile("[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff]")
"""Letters of scripts that are drawn in clusters, in another order than they are read."""
_UNSEEN = str.maketrans("", "", "\u00ad\u200b")


def _draw_line(stream: Any, box: Any, *rest: Any) -> Any:
    """Draw a line of text; one whose letters are joined to clusters says what it reads.

    The engine lets a sign stand for the first cluster that it was drawn in, wherever it comes again.
    """
    said = stream._tags is not None and _JOINED.search(box.text)
    if not said:
        return draw_line(stream, box, *rest)
    words = pydyf.String(box.text.translate(_UNSEEN))
    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": words}))
    emojis = draw_line(stream, box, *rest)
    stream.end_marked_content()
    return emojis


draw_line = engine.draw.text.draw_first_line
engine.draw.text.draw_first_line = _draw_line


@cache
def _ligatures() -> dict[str, str]:
    """Return Unicode's characters for several Arabic letters in one sign, by the letters."""
    signs = map(chr, (*range(0xFBEA, 0xFDFC), *range(0xFEF5, 0xFEFD)))
    return {unicodedata.normalize("NFKC", sign): sign for sign in signs}


def _write_fonts(pdf: Any, fonts: dict[Any, Any], *rest: Any) -> Any:
    """Write fonts whose signs for several Arabic letters stand for one character."""
    for font in fonts.values():
        joined = {sign: text for sign, text in font.to_unicode.items() if len(text) > 1}
        font.to_unicode.update(
            {sign: _ligatures().get(text, text) for sign, text in joined.items()}
        )
    return write_fonts(pdf, fonts, *rest)


write_fonts = engine.pdf.build_fonts_dictionary
engine.pdf.build_fonts_dictionary = _write_fonts


class Tagger:
    """Tags one document while it is written."""

    def __init__(self, document: Any) -> None:
        """Take a `weasyprint.Document` that is about to be written."""
        document.tagger = self
        self.streams: list[Any] = []
        self.marks: list[dict[Any, int]] = []
        for page in document.pages:
            page.paint = self._remembering(page.paint)

    def _remembering(self, paint: Any) -> Any:
        def painted(stream: Any, scale: float = 1) -> None:
            paint(stream, scale)
            self.streams.append(stream)
            self.marks.append({box: mark["mcid"] for box, mark in stream._tags.items()})

        return painted

    def finish(self, document: Any, pdf: Any) -> None:
        """Write the document's tree and what belongs to it into `pdf`, just before it is saved."""
        built = build(document.pages, self.marks)
        for artifact in built.artifacts:
            _unmark(self.streams[artifact.page], artifact)
        for target in built.spare:
            _remove(pdf, target)
        TreeWriter(pdf, [page.height for page in document.pages]).write(built.root, self.marks)
        set_fonts(document, pdf)
        # Boxes to tick bring their own looks, empty fields need none: nothing is to be drawn anew.
        pdf.catalog.get("AcroForm", {}).pop("NeedAppearances", None)


def _unmark(stream: Any, artifact: Artifact) -> None:
    """Turn a marked piece of a page's content into an artifact."""
    for place, token in enumerate(stream.stream):
        if isinstance(token, pydyf.Dictionary) and token.get("MCID") == artifact.number:
            stream.stream[place - 1] = "/Artifact"
            kind = {"Type": "/Pagination", "Subtype": f"/{artifact.kind}"} if artifact.kind else {}
            stream.stream[place] = pydyf.Dictionary(kind or {"Type": "/Layout"})
            return


def _remove(pdf: Any, target: TreeAnnotation) -> None:
    """Take an annotation out of its page and out of the file."""
    page = pdf.objects[int(pdf.page_references[target.page].split()[0])]
    page["Annots"].remove(target.annotation.reference)
    _nullify(pdf, target.annotation)


def _nullify(pdf: Any, unused: Any) -> None:
    null = Null()
    null.number = unused.number
    pdf.objects[unused.number] = null


class TreeWriter:
    """Writes a tree as objects of a PDF."""

    def __init__(self, pdf: Any, heights: list[float]) -> None:
        """Take the PDF, and the heights of its pages in CSS pixels."""
        self.pdf, self.heights = pdf, heights
        self.pages = pdf.page_references
        self.annotations: list[tuple[Any, bytes]] = []
        self.notes: list[tuple[str, bytes]] = []
        self.parents: list[dict[int, bytes]] = [{} for _ in heights]

    def _object(self) -> Any:
        made = pydyf.Dictionary()
        self.pdf.add_object(made)
        return made

    def write(self, root: TreeNode, marks: list[dict[Any, int]]) -> None:
        """Write the tree, the way back from each mark to its element, and every annotation."""
        tree, ways_back = self._object(), self._object()
        self.pdf.catalog["StructTreeRoot"] = tree.reference
        tree.update({"Type": "/StructTreeRoot", "ParentTree": ways_back.reference})
        tree["K"] = pydyf.Array([self._element(root, tree.reference)])
        nums = ways_back["Nums"] = pydyf.Array()
        for page, parents in enumerate(self.parents):
            painted = len(marks[page])
            nums += [page, pydyf.Array([parents.get(n, b"null") for n in range(painted)])]
        for number, (annotation, element) in enumerate(self.annotations, len(self.parents)):
            annotation["StructParent"] = number
            nums += [number, element]
        tree["ParentTreeNextKey"] = len(self.parents) + len(self.annotations)
        if self.notes:
            names = [part for name, ref in sorted(self.notes) for part in (pydyf.String(name), ref)]
            tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
        for found in self.pdf.objects:
            if isinstance(found, dict) and found.get("Type") == "/Annot":
                found["F"] = found.get("F", 0) | PRINT

    def _element(self, node: TreeNode, parent: bytes) -> bytes:
        """Write a node and all below it; return the reference to it."""
        made = self._object()
        made.update({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        pages = self.pages
        if node.kids and node.role != "Document":
            made["Pg"] = pages[node.page]
        made.update(self._facts(node, made.reference))
        made["K"] = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, TreeNode):
                made["K"].append(self._element(kid, made.reference))
            elif isinstance(kid, PaintedMark):
                self.parents[kid.page][kid.number] = made.reference
                there = {"Type": "/MCR", "Pg": pages[kid.page], "MCID": kid.number}
                here = kid.page == node.page
                made["K"].append(kid.number if here else pydyf.Dictionary(there))
            else:
                made["K"].append(self._annotated(kid, node, made.reference))
        return bytes(made.reference)

    def _annotated(self, target: TreeAnnotation, node: TreeNode, element: bytes) -> Any:
        """Tie an annotation to its element; a link's description is its words and its address."""
        self.annotations.append((target.annotation, element))
        if node.role == "Link" and node.text:
            address = node.get("href")
            own = (node.text, f"mailto:{node.text}")
            outside = (
                ":" in address and address not in own and not address.startswith((INSIDE, SIBLING))
            )
            words = f"{node.text} ({address})" if outside else node.text
            target.annotation["Contents"] = pydyf.String(words)
            if address.startswith(SIBLING):
                target.annotation["A"]["URI"] = pydyf.String(file_address(address))
        page = self.pages[target.page]
        reference = target.annotation.reference
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": reference, "Pg": page})

    def _facts(self, node: TreeNode, reference: bytes) -> dict[str, Any]:
        """Return what is told of an element beside its role."""
        facts: dict[str, Any] = {}
        if node.alt:
            facts["Alt"] = pydyf.String(node.alt)
        if node.role != "Document" and node.get("lang") and node.role not in ("LI", "Lbl"):
            facts["Lang"] = pydyf.String(node.get("lang"))
        if node.role == "Span" and node.get("title"):
            facts["E"] = pydyf.String(node.get("title"))
        if node.role == "Note":
            name = f"note-{len(self.notes) + 1:04}"
            self.notes.append((name, reference))
            facts["ID"] = pydyf.String(name)
        if attributes := self._attributes(node):
            facts["A"] = pydyf.Dictionary(attributes)
        return facts

    def _attributes(self, node: TreeNode) -> dict[str, Any]:
        if node.role in DESCRIBED:
            return {"O": "/Layout", "Placement": "/Block", "BBox": self._place(node)}
        if node.role == "L" and node.box.element_tag in ("ul", "ol"):
            return {"O": "/List", "ListNumbering": f"/{_numbering(node)}"}
        if node.role not in CELLS:
            return {}
        spans = {"ColSpan": node.box.colspan, "RowSpan": node.box.rowspan}
        scope = {"Scope": f"/{_scope(node)}"} if node.role == "TH" else {}
        told = {**{k: v for k, v in spans.items() if v != 1}, **scope}
        return {"O": "/Table", **told} if told else {}

    def _place(self, node: TreeNode) -> Any:
        """Return a picture's box in points from its page's lower left."""
        left, top, width, height = node.box.hit_area()
        page = self.heights[node.page]
        edges = (left, page - top - height, left + width, page - top)
        return pydyf.Array([round(edge * POINT, 3) for edge in edges])


def _numbering(node: TreeNode) -> str:
    """Return how the items of a list are marked, in PDF's words."""
    first = next((k for k in node.kids if isinstance(k, TreeNode) and k.box is not None), node)
    style = first.box.style["list_style_type"]
    name = style if isinstance(style, str) else style[1]  # of ("string", "•")
    return NUMBERING.get(name.strip(), "Square") if isinstance(name, str) else "Square"


def _scope(node: TreeNode) -> str:
    """Return what a header cell heads: as written, its column in a head, else its row."""
    written = node.get("scope")
    if written:
        return "Row" if written.startswith("row") else "Column"
    row = node.parent
    head = row is not None and row.parent is not None and row.parent.role == "THead"
    only = row is not None and all(isinstance(k, TreeNode) and k.role == "TH" for k in row.kids)
    return "Column" if head or only else "Row"
