"""The structure tree that a screen reader goes through, made from what WeasyPrint laid out.

Document > Sect, Div, H1-H6, P, L > LI > Lbl, LBody; Table > TR > TH, TD; Figure, Formula, Note, Link.
An element that lies on several pages is one node; a table's head printed again, running lines and
what is `aria-hidden` are artifacts; a footnote stands after the block that refers to it; headings
skip no level. WeasyPrint's own tree starts every element anew on each page, so it is not used.

Reads WeasyPrint's boxes, which are not its public interface: tests/pdf/test_structure.py and
test_boxes.py say when they change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from courseware.pdf.engine import LOGGER, boxes

SVG = "{http://www.w3.org/2000/svg}"
ROLES = {
    "section": "Sect", "article": "Art", "blockquote": "BlockQuote", "p": "P", "pre": "P",
    "div": "Div", "header": "Div", "footer": "Div", "aside": "Div", "main": "Div", "nav": "Div",
    "figure": "Div", "fieldset": "Div", "details": "Div", "address": "Div", "form": "Div",
    "summary": "P", "ul": "L", "ol": "L", "dl": "L", "table": "Table", "thead": "THead",
    "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption",
    "figcaption": "Caption", "code": "Code", "q": "Quote", **{f"h{n}": f"H{n}" for n in range(1, 7)},
}  # fmt: skip
"""HTML elements that a reader is told of; others leave their text in the element around them."""
GROUPS = frozenset({"Document", "Sect", "Art", "BlockQuote", "Div"})
"""Roles that hold blocks only: text directly in them gets a P of its own."""
INLINE = frozenset({"Link", "Code", "Span", "Reference", "Form", "Quote", "Formula"})
CELLS = frozenset({"TD", "TH"})
BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6"})
NUMBERING = {
    "decimal": "Decimal", "lower-alpha": "LowerAlpha", "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman", "upper-roman": "UpperRoman", "disc": "Disc", "circle": "Circle",
    "square": "Square", "none": "None", "•": "Disc", "◦": "Circle",
}  # fmt: skip


class PaintedMark(msgspec.Struct, frozen=True):
    """A run of text or a picture as painted: its page from 0, its number there, its text."""

    page: int
    number: int
    text: str = ""


class TreeAnnotation(msgspec.Struct, frozen=True):
    """An annotation (a link's or a field's) that belongs to an element; its page from 0."""

    page: int
    annotation: Any


class Artifact(msgspec.Struct, frozen=True):
    """What was painted but is no content: page from 0, number; `kind` is a running line's edge."""

    page: int
    number: int
    kind: str = ""


@dataclass(eq=False)
class TreeNode:
    """An element of the structure tree, while it is built; `box` is its first box, if it has one."""

    role: str
    page: int = 0
    parent: TreeNode | None = None
    box: Any = None
    alt: str = ""
    kids: list[TreeNode | PaintedMark | TreeAnnotation] = field(default_factory=list)

    def add(self, kid: TreeNode, at: int | None = None) -> TreeNode:
        """Put a node among the kids, at the end or at an index; return it."""
        kid.parent = self
        self.kids.insert(len(self.kids) if at is None else at, kid)
        return kid

    @property
    def text(self) -> str:
        """The words in it, on one line."""
        parts = (k.text for k in self.kids if not isinstance(k, TreeAnnotation))
        return " ".join(" ".join(parts).split())

    def nodes(self) -> Iterator[TreeNode]:
        """Yield it and the nodes below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, TreeNode):
                yield from kid.nodes()

    def get(self, name: str) -> str:
        """Return an attribute of its HTML element, "" where it has none."""
        element = None if self.box is None else self.box.element
        return (element.get(name) or "") if element is not None else ""


class Structure(msgspec.Struct, frozen=True):
    """The tree of a document, and what is no part of it: artifacts, links told of already."""

    root: TreeNode
    artifacts: tuple[Artifact, ...]
    spare: tuple[TreeAnnotation, ...]


def build(pages: Sequence[Any], marks: Sequence[Mapping[Any, int]]) -> Structure:
    """Return the structure of a document's pages.

    `marks` gives, for each page, the number under which a text or picture box was painted.
    """
    builder = TreeBuilder(marks)
    for number, page in enumerate(pages):
        builder.page(number, page._page_box)
    for block, note in builder.notes:  # a cell's or an item's: after all that is in it
        block.add(note)
    _wrapped(builder.root)
    _pruned(builder.root)
    _levelled(builder.root)
    spare = tuple(target for target in builder.spare if isinstance(target, TreeAnnotation))
    return Structure(builder.root, tuple(builder.artifacts), spare)


class TreeBuilder:
    """Goes through the boxes of every page in source order and grows the tree."""

    def __init__(self, marks: Sequence[Mapping[Any, int]]) -> None:
        """Take the numbers of what was painted, by page."""
        self.marks, self.number = marks, 0
        self.root = TreeNode("Document")
        self.artifacts: list[Artifact] = []
        self.spare: list[TreeNode | PaintedMark | TreeAnnotation] = []
        self.known: dict[tuple[int, str], TreeNode] = {}
        self.notes: list[tuple[TreeNode, TreeNode]] = []

    def page(self, number: int, page_box: Any) -> None:
        """Add what lies on the next page."""
        self.number = number
        for box in page_box.children:
            if isinstance(box, boxes.MarginBox):
                edge = "Header" if box.at_keyword.startswith("@top") else "Footer"
                self.artifact(box, edge)
            else:
                self.box(box, self.root)

    def artifact(self, box: Any, kind: str = "") -> None:
        """Leave a box and all in it out of the tree."""
        for inner in box.descendants():
            if inner.link_annotation is not None:
                self.spare.append(TreeAnnotation(self.number, inner.link_annotation))
            number = self.marks[self.number].get(inner)
            if number is not None:
                self.artifacts.append(Artifact(self.number, number, kind))

    def box(self, box: Any, parent: TreeNode) -> None:
        """Add a box and what is in it to the node that its element has, or to `parent`."""
        box = getattr(box, "_box", box)  # an AbsolutePlaceholder stands for its box
        if self.decorates(box):
            self.artifact(box)
            return
        node = self.node(box, parent)
        if box.link_annotation is not None:
            # WeasyPrint writes one more for each box in a link's box; a reader would hear it twice.
            own = node.role == "Link" and box.element_tag == "a"
            (node.kids if own else self.spare).append(
                TreeAnnotation(self.number, box.link_annotation)
            )
        if box.widget_annotation is not None:
            form = node.add(TreeNode("Form", self.number))
            form.kids.append(TreeAnnotation(self.number, box.widget_annotation))
        number = self.marks[self.number].get(box)
        if number is not None:
            node.kids.append(PaintedMark(self.number, number, getattr(box, "text", "")))
        for child in box.children if isinstance(box, boxes.ParentBox) else ():
            self.box(child, node)

    def decorates(self, box: Any) -> bool:
        """Whether a box is no content: hidden, a picture without a text, a head printed again."""
        if box.element is None:
            return False
        if box.element.get("aria-hidden") == "true":
            return True
        if isinstance(box, boxes.ReplacedBox):
            return "::" in box.element_tag or not self.described(box.element)
        again = getattr(box, "is_header", False) or getattr(box, "is_footer", False)
        known = self.known.get((id(box.element), box.element_tag))
        return bool(again and known and known.page != self.number)

    def described(self, element: Any) -> bool:
        """Whether something is read in a picture's place; one that does not say so much is reported."""
        found = alternative(element)
        if not found and element.tag == "img" and element.get("alt") is None:
            LOGGER.error('the picture "%s" has no `alt`', element.get("src", ""))
        return bool(found)

    def node(self, box: Any, parent: TreeNode) -> TreeNode:
        """Return the node for a box: its element's, a new one, or `parent` where it has none."""
        tag = box.element_tag
        if box.element is None or tag is None or tag in ("html", "body"):
            return parent
        key = (id(box.element), tag)
        if key not in self.known:
            self.known[key] = self.new(box, tag, parent)
        return self.known[key]

    def new(self, box: Any, tag: str, parent: TreeNode) -> TreeNode:
        """Return a new node in the tree for an element's first box, or `parent`."""
        if special := SPECIAL.get(tag) or SPECIAL.get(tag.rpartition("::")[2]):
            return special(self, box, parent)
        if "::" in tag:
            return parent
        if tag == "div" and parent.role == "L":  # a term and its meanings, grouped in a `dl`
            return parent.add(TreeNode("LI", self.number, box=box))
        if isinstance(box, boxes.ReplacedBox):
            return self.picture(box, parent)
        role = ROLES.get(tag, "")
        if not role and (box.element.get("lang") or (tag == "abbr" and box.element.get("title"))):
            role = "Span"
        return parent.add(TreeNode(role, self.number, box=box)) if role else parent

    def picture(self, box: Any, parent: TreeNode) -> TreeNode:
        """Return a picture's node: its figure's, where it is the only one there."""
        alt = alternative(box.element)
        if parent.role == "Figure" and not parent.alt:
            parent.alt, parent.box = alt, box
            return parent
        role = "Formula" if "math" in (box.element.get("class") or "").split() else "Figure"
        return parent.add(TreeNode(role, self.number, box=box, alt=alt))

    def link(self, box: Any, parent: TreeNode) -> TreeNode:
        """Return a link's node; an anchor that leads nowhere is text."""
        inside = parent
        while inside.parent is not None and inside.role != "Link":
            inside = inside.parent
        if not box.element.get("href") or inside.role == "Link":
            return parent
        return parent.add(TreeNode("Link", self.number, box=box))

    def figure(self, box: Any, parent: TreeNode) -> TreeNode:
        """Return a figure's node: a Figure around one picture, else a group."""
        pictures = [
            e for e in box.element.iter() if e.tag in ("img", SVG + "svg") and alternative(e)
        ]
        one = len(pictures) == 1 and "math" not in (pictures[0].get("class") or "")
        return parent.add(TreeNode("Figure" if one else "Div", self.number, box=box))

    def item(self, box: Any, parent: TreeNode) -> TreeNode:
        """Return the body of a new list item; what is no list's item is a group."""
        if parent.role != "L":
            return parent.add(TreeNode("Div", self.number, box=box))
        item = parent.add(TreeNode("LI", self.number, box=box))
        return item.add(TreeNode("LBody", self.number, box=box))

    def marker(self, box: Any, parent: TreeNode) -> TreeNode:
        """Return the label of the item that a marker stands at."""
        if parent.role != "LBody" or parent.parent is None:
            return parent
        return parent.parent.add(TreeNode("Lbl", self.number, box=box), 0)

    def entry(self, parent: TreeNode) -> TreeNode:
        """Return the entry of a definition list that is being filled: the last one, or a new."""
        if parent.role == "LI":
            return parent
        last = parent.kids[-1] if parent.kids else None
        return last if isinstance(last, TreeNode) else parent.add(TreeNode("LI", self.number))

    def term(self, box: Any, parent: TreeNode) -> TreeNode:
        """Return the label of a definition: of the last item while that has no body yet."""
        last = self.entry(parent)
        if (
            any(k.role == "LBody" for k in last.kids if isinstance(k, TreeNode))
            and last is not parent
        ):
            last = parent.add(TreeNode("LI", self.number))
        return last.add(TreeNode("Lbl", self.number, box=box))

    def meaning(self, box: Any, parent: TreeNode) -> TreeNode:
        """Return the body of a definition; several are blocks of one body."""
        item = self.entry(parent)
        body = next((k for k in item.kids if isinstance(k, TreeNode) and k.role == "LBody"), None)
        return body or item.add(TreeNode("LBody", self.number, box=box))

    def call(self, box: Any, parent: TreeNode) -> TreeNode:
        """Return the node of a footnote's call, and keep a place for the note after its block."""
        block = parent
        while block.parent is not None and block.role not in BLOCKS | CELLS | GROUPS | {"LBody"}:
            block = block.parent
        note = TreeNode("Note", self.number, box=box)
        if block.role in BLOCKS and block.parent is not None:
            at = block.parent.kids.index(block) + 1
            while at < len(block.parent.kids) and _is_note(block.parent.kids[at]):
                at += 1
            block.parent.add(note, at)
        else:
            self.notes.append((block, note))
        self.known[id(box.element), box.element_tag.split("::")[0]] = note
        return parent.add(TreeNode("Reference", self.number, box=box))

    def note_mark(self, box: Any, parent: TreeNode) -> TreeNode:
        """Return the label of a footnote."""
        return parent.add(TreeNode("Lbl", self.number, box=box), 0)


SPECIAL = {
    "a": TreeBuilder.link, "figure": TreeBuilder.figure, "li": TreeBuilder.item, "marker": TreeBuilder.marker,
    "li::before": TreeBuilder.marker,
    "dt": TreeBuilder.term, "dd": TreeBuilder.meaning, "footnote-call": TreeBuilder.call,
    "footnote-marker": TreeBuilder.note_mark,
}  # fmt: skip
"""Elements, and generated boxes of elements, whose node is more than a role."""


def alternative(element: Any) -> str:
    """Return what is read in a picture's place: its `alt`, `aria-label` or SVG title."""
    title = element.find(SVG + "title")
    inside = (title.text or "").strip() if title is not None else ""
    return element.get("alt") or element.get("aria-label") or inside


def _is_note(kid: TreeNode | PaintedMark | TreeAnnotation) -> bool:
    return isinstance(kid, TreeNode) and kid.role == "Note"


def _inline(kid: TreeNode | PaintedMark | TreeAnnotation) -> bool:
    return not isinstance(kid, TreeNode) or kid.role in INLINE


def _wrapped(node: TreeNode) -> None:
    """Put text that lies directly among blocks into paragraphs."""
    for kid in node.kids:
        if isinstance(kid, TreeNode):
            _wrapped(kid)
    if node.role not in GROUPS or not any(_inline(kid) for kid in node.kids):
        return
    kids, run = list[TreeNode | PaintedMark | TreeAnnotation](), None
    for kid in node.kids:
        if not _inline(kid):
            run = None
            kids.append(kid)
            continue
        if run is None:
            run = TreeNode("P", kid.page, node)
            kids.append(run)
        if isinstance(kid, TreeNode):
            kid.parent = run
        run.kids.append(kid)
    node.kids = kids


def _pruned(node: TreeNode) -> None:
    """Drop elements without anything in them; cells stay, a table needs them."""
    for kid in node.kids:
        if isinstance(kid, TreeNode):
            _pruned(kid)
    node.kids = [kid for kid in node.kids
                 if not isinstance(kid, TreeNode) or kid.kids or kid.role in CELLS]  # fmt: skip


def _levelled(root: TreeNode) -> None:
    """Number headings by their nesting, so that none skips a level."""
    open_: list[int] = []
    for node in root.nodes():
        if node.role[0] == "H" and node.role[1:].isdigit():
            written = int(node.role[1:])
            while open_ and open_[-1] >= written:
                open_.pop()
            open_.append(written)
            node.role = f"H{len(open_)}"
