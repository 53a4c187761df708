"""PDFs read back as a screen reader does: the structure tree, with the text of its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

Entry = Any
"""What a PDF holds at some place: pypdf tells dictionaries, arrays, names … apart when it reads."""


@dataclass
class Element:
    """A structure element: its role, its attributes, its page from 0, its text and elements."""

    role: str
    facts: Entry
    page: int
    kids: list[Element | str] = field(default_factory=list)
    links: list[Entry] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def attributes(self) -> dict[str, Any]:
        found = self.facts.get("/A")
        return {key[1:]: value for key, value in (found.get_object() if found else {}).items()}

    @property
    def defines(self) -> bool:
        """Whether a label is a term of a definition list."""
        item = self.facts["/P"]
        return item["/S"] == "/LI" and "/A" not in item["/P"]

    def all(self, *roles: str) -> Iterator[Element]:
        """Yield it and what is below it, of these roles (of all where none are named)."""
        if not roles or self.role in roles:
            yield self
        for kid in self.elements:
            yield from kid.all(*roles)

    def spoken(self, without: tuple[str, ...] = ()) -> str:
        """Return what is read aloud: text, and the alternatives of pictures.

        `without` names roles to leave out; "Lbl" means lists' markers, not terms that are defined.
        """
        if self.role in without and not (self.role == "Lbl" and self.defines):
            return ""
        if "/Alt" in self.facts:
            inside = "".join(kid.spoken(without) for kid in self.elements)
            return f" {self.facts['/Alt']} {inside} "
        parts = (k if isinstance(k, str) else k.spoken(without) for k in self.kids)
        return "".join(parts) + ("\n" if self.role[0] == "H" or self.role in ("P", "LI") else "")


def tree(reader: PdfReader) -> Element:
    """Return the structure tree's one Document."""
    references = [page.indirect_reference for page in reader.pages]
    pages = {found.idnum: n for n, found in enumerate(references) if found is not None}
    texts = [marked(page) for page in reader.pages]
    catalog: Entry = reader.trailer["/Root"]
    root = catalog["/StructTreeRoot"]
    (top,) = as_list(root["/K"])
    return element(top.get_object(), pages, texts, 0)


def element(facts: Entry, pages: dict[int, int], texts: list[dict[int, str]], page: int) -> Element:
    """Return an element with all below it."""
    if "/Pg" in facts:
        page = pages[facts.raw_get("/Pg").idnum]
    made = Element(facts["/S"][1:], facts, page)
    for kid in as_list(facts.get("/K", [])):
        if not isinstance(kid, IndirectObject | DictionaryObject):
            made.kids.append(texts[page][int(kid)])
            continue
        inside: Entry = kid.get_object()
        if inside.get("/Type") == "/MCR":
            made.kids.append(texts[pages[inside.raw_get("/Pg").idnum]][inside["/MCID"]])
        elif inside.get("/Type") == "/OBJR":
            made.links.append(inside["/Obj"])
        else:
            below = element(inside, pages, texts, page)
            assert inside["/P"] == facts, "a child names another parent"
            made.kids.append(below)
    return made


def as_list(value: Any) -> list[Any]:
    """Return the entries of `/K`, which may be one or an array."""
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return list(found) if isinstance(found, ArrayObject | list) else [value]


def marked(page: Any) -> dict[int, str]:
    """Return the text of a page's marks by number; glyph 0, `.notdef`, as U+FFFF."""
    fonts = {name: glyphs(font.get_object()) for name, font in _fonts(page).items()}
    found: dict[int, str] = {}
    open_: list[int | None] = []
    font: dict[int, str] = {}
    for operands, operator in ContentStream(page["/Contents"].get_object(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            facts = operands[1] if operator == b"BDC" else {}
            number = int(facts["/MCID"]) if "/MCID" in facts else None
            open_.append(number)
            if number is not None:
                found[number] = ""
        elif operator == b"EMC":
            open_.pop()
        elif operator == b"Tf":
            font = fonts.get(operands[0], {})
        elif operator in (b"TJ", b"Tj") and open_ and open_[-1] is not None:
            found[open_[-1]] += _decoded(operands[0], font)
    return found


def _fonts(page: Any) -> dict[str, Any]:
    return dict(page["/Resources"].get_object().get("/Font", {}))


def _decoded(shown: Any, font: dict[int, str]) -> str:
    text = ""
    for part in shown if isinstance(shown, list) else [shown]:
        data = getattr(part, "original_bytes", None)
        if data is None:
            continue
        codes = (int.from_bytes(data[n : n + 2], "big") for n in range(0, len(data), 2))
        text += "".join("\uffff" if code == 0 else font.get(code, "\ufffd") for code in codes)
    return text


def glyphs(font: Entry) -> dict[int, str]:
    """Return a font's characters by glyph, as its ToUnicode map says."""
    found: dict[int, str] = {}
    data = font["/ToUnicode"].get_object().get_data().decode("ascii")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    assert "beginbfrange" not in data
    return found


def squeezed(text: str) -> str:
    """Return letters and digits only, in lower case: spaces and line ends count for nothing."""
    return re.sub(r"[\W_]+", "", text.lower())
