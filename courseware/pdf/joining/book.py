"""Parts joined between the pages of a frame, which holds what stands before them and behind them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar
from urllib.parse import unquote

import msgspec
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from courseware.pdf.joining import bookmarks
from courseware.pdf.joining.bookmarks import Bookmark
from courseware.pdf.joining.copying import Copy
from courseware.pdf.joining.object_file import ObjectFile
from courseware.products.labels import INSIDE

T = TypeVar("T")
SHARED = "name"
"""The field that is one in all parts: what is typed into one of its places stands in all."""
_BESIDE = re.compile(r"([\w-]+)\.pdf#(?:page=(\d+)|(.+))")
"""The address of another session's handout beside a part's own file; see `labels.file_address`."""
LEAF = 64
"""Names in a leaf of a tree of names."""
_MADE = frozenset({"/AcroForm", "/Names", "/Outlines", "/PageLabels", "/Pages", "/StructTreeRoot"})
"""Entries of a catalog that are made anew of those of all parts."""


class BookPart(msgspec.Struct, frozen=True):
    """A PDF to join: its name in links and places, what its pages' labels begin with, its bookmark.

    One that is `below` has its bookmark in that of the part before.
    """

    name: str
    label: str
    bookmark: str
    data: bytes
    below: bool = False


class Joined(msgspec.Struct, frozen=True):
    """A joined PDF: its bytes, and how many pages each of its parts has, in their order."""

    data: bytes
    pages: tuple[int, ...]


def joined(frame: bytes, front: int, parts: Iterable[BookPart]) -> Joined:
    """Return one PDF of the frame's first `front` pages, the parts, and the frame's other pages.

    Each part is asked for when its turn comes, and forgotten then.

    A link to `courseware:PART/PAGE#ID` leads to that place of a part, or to its page where the part
    has no such place. The same parts give the same bytes.
    """
    book = Book()
    for part in parts:
        with pikepdf.open(io.BytesIO(part.data)) as source:
            book.add(part, source)
    with pikepdf.open(io.BytesIO(frame)) as source:
        pages = tuple(many for _, many in book.branches)
        return Joined(book.close(source, front), pages)


class Book:
    """The file that is being joined, and what is known of the parts that it has so far."""

    def __init__(self) -> None:
        """Begin with the numbers of what stands above all parts."""
        self.file = ObjectFile()
        numbers = [self.file.reserve() for _ in range(7)]
        self.catalog, self.pages, self.tree, self.document, *more = numbers
        self.ways, self.outlines, self.name_field = more
        self.branches: list[tuple[int, int]] = []
        self.elements: list[bytes] = []
        self.marks: list[Bookmark] = []
        self.labels: list[tuple[int, bytes]] = []
        self.places: dict[bytes, bytes] = {}
        self.wanted: dict[bytes, bytes] = {}
        self.notes: dict[bytes, bytes] = {}
        self.parents: list[bytes] = []
        self.next_parent = 0
        self.fields: list[bytes] = []
        self.shared: list[bytes] = []
        self.shared_facts = b""
        self.fonts: list[bytes] = []

    @property
    def count(self) -> int:
        """How many pages the parts have so far."""
        return sum(many for _, many in self.branches)

    def add(self, part: BookPart, source: Pdf) -> None:
        """Write a part behind those before it."""
        copy, root = Copy(self.file, source), source.Root
        self.labels.append((self.count, b"<< /S /D /P %b >>" % _string(part.label)))
        tops = [_top(page, copy) for page in source.pages]
        for number, place in enumerate(tops, 1):
            self.places[_key(page_name(part.name, number))] = place
        self.places[_key(part.name)] = tops[0]
        self._take_names(part.name, copy)
        self._take_ways_back(copy)
        self._take_fields(part.name, copy)
        document = root.StructTreeRoot.K[0]
        document.S, document.Lang = Name.Part, root.Lang
        copy.replace(root.StructTreeRoot, self.document)
        self.elements.append(copy.reference(document))
        mark = bookmarks.of_part(self.file, _string(part.bookmark), tops[0], copy)
        (self.marks[-1].below if part.below and self.marks else self.marks).append(mark)
        self._branch(root.Pages, len(tops), copy)
        copy.leave_out(root.get("/Metadata"))
        copy.leave_out(source.trailer.get("/Info"))
        copy.write()

    def close(self, source: Pdf, front: int) -> bytes:
        """Write the frame around the parts, and all that stands above them; return the bytes."""
        copy, root, leaves = Copy(self.file, source), source.Root, list(source.pages)
        many, parts = self.count, self.branches
        self.branches = []
        for pages in (leaves[:front], leaves[front:]):
            if pages:
                self._branch(_node(copy, pages), len(pages), copy)
        self.branches[bool(front) : bool(front)] = parts
        numbers = {page.obj.objgen: number for number, page in enumerate(leaves)}
        self._take_names("", copy)
        self._take_ways_back(copy)
        self._take_fields("", copy)
        document = root.StructTreeRoot.K[0]
        elements = [(numbers[_page_of(kid)], copy.reference(kid)) for kid in document.K]
        self.elements = _around(elements, front, self.elements)
        copy.replace(document, self.document)
        marks = []
        for item in list(bookmarks.items(root.Outlines)):
            made = Bookmark(self.file.reserve(), item.Title.unparse(), copy.text(item.Dest))
            marks.append((numbers[item.Dest[0].objgen], made))
            copy.leave_out(item)
        self.marks = _around(marks, front, self.marks)
        for replaced in (root.StructTreeRoot, root.Outlines, root.Pages):
            copy.leave_out(replaced)
        rest = {key: copy.text(value) for key, value in root.items() if key not in _MADE}
        copy.write()
        self._close_tree()
        bookmarks.write(self.file, self.marks, self.outlines)
        self._close_catalog(rest, front, many)
        return self.file.close(self.catalog, copy.text(source.trailer.Info))

    def _branch(self, pages: pikepdf.Object, many: int, copy: Copy) -> None:
        copy.put(pages, b"/Parent %d 0 R " % self.pages)
        self.branches.append((copy.number(pages), many))

    def _take_names(self, name: str, copy: Copy) -> None:
        """Give a part's places and notes names that no other part has, and its links the same."""
        root = copy.source.Root
        places = root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", ())
        for key, place in _pairs(places):
            self.places[_key(place_name(name, str(key)))] = copy.text(place)
        notes = root.StructTreeRoot.get("/IDTree", Dictionary()).get("/Names", ())
        for key, element in _pairs(notes):
            element.ID = String(place_name(name, str(key)))
            self.notes[bytes(element.ID)] = copy.reference(element)
        for page in copy.source.pages:
            for link in page.obj.get("/Annots", ()):
                self._lead(link, name)

    def _lead(self, link: pikepdf.Object, name: str) -> None:
        """Let a link lead to its place in the book."""
        if "/Dest" in link:
            link.Dest = String(place_name(name, str(link.Dest)))
        address = str(link.get("/A", Dictionary()).get("/URI", ""))
        beside = _BESIDE.fullmatch(address)
        if beside or address.startswith(INSIDE):
            path, _, place = unquote(address.removeprefix(INSIDE)).partition("#")
            part, _, page = path.partition("/")
            if beside:
                part, page, place = beside[1], beside[2] or "1", unquote(beside[3] or "")
            top = page_name(part, int(page or 1))
            link.Dest = String(place_name(part, place) if place else top)
            self.wanted[bytes(link.Dest)] = _key(top)
            del link["/A"]

    def _take_ways_back(self, copy: Copy) -> None:
        """Number the ways back from marks to elements on, behind those of the parts before."""
        ways, first = copy.source.Root.StructTreeRoot.ParentTree, self.next_parent
        nums = ways.Nums
        for at in range(0, len(nums), 2):
            nums[at] = last = int(nums[at]) + first
        ways.Limits = Array([first, last])
        self.next_parent = last + 1
        self.parents.append(copy.reference(ways))
        for page in copy.source.pages:
            page.obj.StructParents = int(page.obj.StructParents) + first
            for note in page.obj.get("/Annots", ()):
                if "/StructParent" in note:
                    note.StructParent = int(note.StructParent) + first

    def _take_fields(self, name: str, copy: Copy) -> None:
        """Take a part's fields: each under a name of its own, but for the one that all parts share."""
        form = copy.source.Root.get("/AcroForm")
        if form is None:
            return
        end = b"-%d " % len(self.parents)
        known = [str(key) for key in form.DR.Font]
        for key in known:
            self.fonts.append(key.encode() + end + copy.text(form.DR.Font[key]))
        for field in form.Fields:
            for widget in (field, *field.get("/Kids", ())):
                if "/DA" in widget:
                    said = bytes(widget.DA).split(b" ")
                    widget.DA = String(
                        b" ".join(w + end[:-1] if w.decode() in known else w for w in said).decode()
                    )
            if str(field.T) == SHARED:
                self._share(field, copy)
            else:
                field.T = String(
                    place_name(name.replace(".", "--"), str(field.T))
                )  # a dot means a field in a field
                self.fields.append(copy.reference(field))

    def _share(self, field: pikepdf.Object, copy: Copy) -> None:
        """Let a field be one more place of that which all parts share."""
        if not self.shared:
            self.fields.append(b"%d 0 R" % self.name_field)
            facts = (_string(SHARED), field.TU.unparse(), field.DA.unparse())
            self.shared_facts = b"/FT /Tx /T %b /TU %b /V () /DA %b" % facts
        for key in ("/T", "/FT", "/V"):
            del field[key]
        copy.put(field, b"/Parent %d 0 R " % self.name_field)
        self.shared.append(copy.reference(field))

    def _close_tree(self) -> None:
        add = self.file.add
        add(self.ways, b"<< /Kids [ %b ] >>" % b" ".join(self.parents))
        elements = b" ".join(self.elements)
        add(
            self.document,
            b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %b ] >>" % (self.tree, elements),
        )
        notes = b"/IDTree %b " % self._names(self.notes) if self.notes else b""
        add(self.tree, b"<< /Type /StructTreeRoot /K [ %d 0 R ] /ParentTree %d 0 R /ParentTreeNextKey %d %b>>"
            % (self.document, self.ways, self.next_parent, notes))  # fmt: skip

    def _names(self, names: dict[bytes, bytes]) -> bytes:
        """Write a tree of names; return the reference to it."""
        rows, kids = sorted(names.items()), list[bytes]()
        for at in range(0, len(rows), LEAF):
            leaf, number = rows[at : at + LEAF], self.file.reserve()
            said = b" ".join(b"%b %b" % (_hex(key), value) for key, value in leaf)
            self.file.add(
                number,
                b"<< /Limits [ %b %b ] /Names [ %b ] >>"
                % (_hex(leaf[0][0]), _hex(leaf[-1][0]), said),
            )
            kids.append(b"%d 0 R" % number)
        root = self.file.reserve()
        self.file.add(root, b"<< /Kids [ %b ] >>" % b" ".join(kids))
        return b"%d 0 R" % root

    def _close_catalog(self, rest: dict[str, bytes], front: int, many: int) -> None:
        for name, top in self.wanted.items():
            self.places.setdefault(name, self.places[top])
        add = self.file.add
        kids = b" ".join(b"%d 0 R" % number for number, _ in self.branches)
        add(self.pages, b"<< /Type /Pages /Count %d /Kids [ %b ] >>" % (self.count, kids))
        labels = [(0, b"<< /S /r >>")] if front else []
        labels += [(front + at, label) for at, label in self.labels]
        if self.count > front + many:
            labels.append((front + many, b"<< /S /r /St %d >>" % (front + 1)))
        entries = {
            **rest,
            "/Pages": b"%d 0 R" % self.pages,
            "/StructTreeRoot": b"%d 0 R" % self.tree,
            "/Outlines": b"%d 0 R" % self.outlines,
            "/PageMode": b"/UseOutlines",
            "/PageLabels": b"<< /Nums [ %b ] >>" % b" ".join(b"%d %b" % row for row in labels),
            "/Names": b"<< /Dests %b >>" % self._names(self.places),
        }
        if self.fields:
            entries["/AcroForm"] = b"<< /Fields [ %b ] /DR << /Font << %b >> >> >>" % (
                b" ".join(self.fields), b" ".join(self.fonts))  # fmt: skip
        if self.shared:
            kids = b" ".join(self.shared)
            add(self.name_field, b"<< %b /Kids [ %b ] >>" % (self.shared_facts, kids))
        said = b" ".join(b"%b %b" % (key.encode(), value) for key, value in sorted(entries.items()))
        add(self.catalog, b"<< %b >>" % said)


def place_name(part: str, place: str) -> str:
    """Return the name in the book of a place of a part; a frame's own are as they are."""
    return f"{part}--{place}" if part else place


def page_name(part: str, number: int) -> str:
    """Return the name in the book of a part's page, from 1; no place of a part has such a name."""
    return f"{part}.{number}"


def _around(own: list[tuple[int, T]], front: int, parts: list[T]) -> list[T]:
    """Return a frame's things, by page from 0, with the parts' between those before and behind them."""
    before = [thing for page, thing in own if page < front]
    return [*before, *parts, *(thing for page, thing in own if page >= front)]


def _top(page: pikepdf.Page, copy: Copy) -> bytes:
    """Return the place of a page's top."""
    return b"[ %b /XYZ 0 %d 0 ]" % (copy.reference(page.obj), round(float(page.mediabox[3])))


def _node(copy: Copy, pages: Sequence[pikepdf.Page]) -> pikepdf.Object:
    """Return a new node for pages of the frame."""
    kids = Array([page.obj for page in pages])
    made = copy.source.make_indirect(Dictionary(Type=Name.Pages, Count=len(pages), Kids=kids))
    for page in pages:
        page.obj.Parent = made
    return made


def _page_of(element: Any) -> Any:
    """Return the number in its source of the page that an element begins on."""
    while "/Pg" not in element:
        element = element.K[0]
    return element.Pg.objgen


def _pairs(found: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the names of a leaf with what they name."""
    flat = list(found)
    return zip(flat[::2], flat[1::2], strict=True)


def _key(name: str) -> bytes:
    """Return a name as the trees of names sort it."""
    return bytes(String(name))


def _string(text: str) -> bytes:
    return String(text).unparse()


def _hex(key: bytes) -> bytes:
    return b"<%b>" % key.hex().encode()
