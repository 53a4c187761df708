"""A composed deck as a presentation's bytes: native slides on a template's own placeholders.

Each shape is written as its composed value says it; nothing is measured here. Slides come first,
all of them, because links lead to slides; then what stands on them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from courseware.media import PictureError
from courseware.media.sketches import Stroke
from courseware.pptx.compose.figures import DRAWN as PLACES
from courseware.pptx.pictures.images import PictureStore, media
from courseware.pptx.template.contrast import MEDIUM_2, table_inks
from courseware.pptx.template.reader import emptied, layouts_of
from courseware.pptx.template.template import LayoutPlace, Template
from courseware.pptx.values import ACROSS, Box, ComposedDeck, ComposedSlide, Grid, Image, Text
from courseware.pptx.write import furniture, grids
from courseware.pptx.write import notes_pages as noting
from courseware.pptx.write.making import repacked
from courseware.pptx.write.paragraphs import ALIGN, Ink, attribute, body, emu, plain, region

replace = msgspec.structs.replace
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
PML = "http://schemas.openxmlformats.org/presentationml/2006/main"
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_PICTURE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension that holds the drawing of which a picture is the raster."""
NAMESPACES = f'xmlns:a="{DRAWN}" xmlns:r="{OFFICE}" xmlns:p="{PML}"'
FIELD = "{5D0D3C6A-9B55-4D07-8B0A-3E2F1C4D6A71}"
"""The id of the field that shows a slide's number."""
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
ADEC = "http://schemas.microsoft.com/office/drawing/2017/decorative"
"""The extension that marks what is but decoration ([MS-ODRAWXML] 2.33)."""
SILENT = f'<a:extLst><a:ext uri="{DECORATIVE}"><adec:decorative xmlns:adec="{ADEC}" val="1"/></a:ext></a:extLst>'  # fmt: skip
"""What marks a shape that says nothing, for who does not see it."""
SHAPED = (*PLACES, "term-", "number-", "span-")
"""How names of drawn places begin: shapes bear them, too."""
FOOTLESS = ("title",)
"""Layouts without footer and number."""
LEADS = ("subtitle", "caption")
"""Places for what leads in or explains others."""
HOLD = 4.0
"""Points that code's panel is higher than its lines, on a slide 540 points high."""
HOLDS = {Text: ("title", "ctrTitle", "subTitle", "body", "obj"), Grid: ("tbl", "obj"),
         Image: ("pic", "obj", "clipArt")}  # fmt: skip
"""Types of placeholders by the content that they may hold."""
NAMES = {Text: "Text", Grid: "Table", Image: "Picture"}


class DeckDrawing(NamedTuple):
    """What the shapes of all slides share: the deck, its template, pictures, the style of tables.

    `parts` are the slides' parts in order, `pages` the numbers of slides by the ids of blocks.
    """

    deck: ComposedDeck
    template: Template
    root: Path
    store: PictureStore
    style: str
    parts: list[Any]
    pages: Mapping[str, int]


def drawn(deck: ComposedDeck, template: Template, root: Path, notes: bool = True) -> bytes:
    """Return a deck's file; `root` is the course's folder, where its pictures are.

    Without `notes` there are no notes pages: the file is for learners.
    """
    shown = emptied(template.data)
    layouts = layouts_of(shown)
    parts: list[Any] = []
    for slide in deck.slides:
        relation, made = shown.part.add_slide(layouts[template.layouts[slide.layout].number])
        shown.part._element.get_or_add_sldIdLst().add_sldId(relation)
        parts.append(made.part)
    store = PictureStore(shown.part.package)
    drawing = DeckDrawing(deck, template, root, store, _table_style(shown), parts, deck.pages())
    for slide, part, element in zip(
        deck.slides, parts, _holders(deck, template, layouts), strict=True
    ):
        _fill(part, _shapes(slide, part, element, drawing))
        if slide.hidden:
            part._element.set("show", "0")
    if notes:
        _add_notes(shown, drawing)
    furniture.add_sections(shown, deck)
    furniture.add_views(shown)
    furniture.properties(shown, deck)
    buffer = io.BytesIO()
    shown.save(buffer)
    return repacked(buffer.getvalue())


def _holders(deck: ComposedDeck, template: Template, layouts: list[Any]) -> list[dict[int, Any]]:
    """Return for each slide its layout's placeholder elements by their numbers."""
    known: dict[int, dict[int, Any]] = {}
    for layout in {template.layouts[s.layout].number for s in deck.slides}:
        found = layouts[layout].placeholders
        known[layout] = {p.placeholder_format.idx: p._element.ph for p in found}
    return [known[template.layouts[slide.layout].number] for slide in deck.slides]


def _table_style(shown: Any) -> str:
    for relation in shown.part._rels.values():
        if relation.reltype == f"{OFFICE}/tableStyles":
            return grids.style_of(relation.target_part.blob)
    return MEDIUM_2


def _fill(part: Any, shapes: list[str]) -> None:
    """Add shapes to a slide or a notes page."""
    from pptx.oxml import parse_xml

    tree = part._element.cSld.spTree
    holder: Any = parse_xml(f"<p:spTree {NAMESPACES}>{''.join(shapes)}</p:spTree>")
    for shape in list(holder):
        tree.append(shape)


def _ink(part: Any, drawing: DeckDrawing) -> Ink:
    """Return what the runs on a slide need; its links are relationships of its part."""
    template = drawing.template

    def link(address: str) -> str:
        if not address.startswith("#"):
            relation = part.relate_to(address, f"{OFFICE}/hyperlink", is_external=True)
            return f'r:id="{relation}"'
        number = drawing.pages.get(address[1:])
        if number is None:
            return ""
        relation = part.relate_to(drawing.parts[number - 1], f"{OFFICE}/slide")
        return f'r:id="{relation}" action="ppaction://hlinksldjump"'

    return Ink(drawing.deck.language, template.heading, template.body, template.code,
               template.colours.get("tx1", "000000"), link, drawing.deck.from_right,
               template.colours.get("hlink", ""), *table_inks(template.data, drawing.style),
               {c: n for n, c in reversed([*template.colours.items()]) if n != "hlink"})  # fmt: skip


# -- a slide's shapes -----------------------------------------------------------------


def _shapes(
    slide: ComposedSlide, part: Any, holders: Mapping[int, Any], drawing: DeckDrawing
) -> list[str]:
    """Return a slide's shapes in reading order: what it says, formulas, then its furniture."""
    ink = _ink(part, drawing)
    shapes: list[str] = []
    for box in _in_reading_order(_housed(slide, drawing.template)):
        ground = isinstance(box.content, Image) and furniture.paper(box.content, slide, drawing.template)  # fmt: skip
        if ground:
            shapes.append(_ornament("Paper", len(shapes) + 2, *ground))
        shapes.append(_box(box, len(shapes) + 2, part, holders, ink, drawing))
    for image in slide.formulas:
        shapes.append(_picture(image, len(shapes) + 2, "Formula", part, "", drawing))
    if slide.layout not in FOOTLESS:
        shapes += _furniture(slide, len(shapes) + 2, holders, ink, drawing)
    return shapes + _ornaments(slide, len(shapes) + 2, drawing)


def _in_reading_order(boxes: Sequence[Box]) -> list[Box]:
    """Return boxes in the order that they are read in: a line above the columns before these."""

    def above(box: Box) -> bool:
        under = [b.place for b in boxes if b.place.name not in (*LEADS, "title")]
        return box.place.name in LEADS and all(box.place.y < place.y for place in under)

    return sorted(boxes, key=lambda b: (b.place.name != "title", not above(b)))


def _housed(slide: ComposedSlide, template: Template) -> list[Box]:
    """Return a slide's boxes, each placeholder with the first content that it can hold.

    Code is in its placeholder, too, which then is as high as the code.
    """
    places = template.layouts[slide.layout].places
    taken: set[int | None] = set()
    found: list[Box] = []
    for box in slide.boxes:
        own = places.get(box.place.name)
        if own is None or own.idx in taken or not _holds(own, box):
            found.append(replace(box, place=replace(box.place, idx=None, moved=True)))
            continue
        taken.add(own.idx)
        found.append(replace(box, place=_of_code(box, own, template)))
    return found


def _holds(place: LayoutPlace, box: Box) -> bool:
    """Whether a placeholder is one for such content."""
    return place.type in HOLDS[type(box.content)]


def _of_code(box: Box, own: LayoutPlace, template: Template) -> LayoutPlace:
    place, content = box.place, box.content
    if not isinstance(content, Text) or not content.code:
        return replace(place, idx=own.idx)
    high = content.height + place.insets[1] + place.insets[3] + HOLD * template.scale
    return replace(place, idx=own.idx, height=min(place.height, high), moved=True)


def _box(box: Box, at: int, part: Any, holders: Mapping[int, Any], ink: Ink, drawing: DeckDrawing) -> str:  # fmt: skip
    place, content = box.place, box.content
    holder = _holder(place, holders)
    own = bool(holder) or place.name.startswith(SHAPED)
    name = place.name.replace("-", " ").capitalize() if own else NAMES[type(content)]
    if isinstance(content, Image):
        return _picture(content, at, name, part, holder, drawing)
    if isinstance(content, Grid):
        described = grids.described(
            name, at, grids.alternative(content, drawing.deck.words), holder
        )
        return grids.frame(content, place, ink, described, drawing.style)
    return _text(place, at, name, holder, body(content, place, ink))


def _holder(place: LayoutPlace, holders: Mapping[int, Any]) -> str:
    """Return the placeholder element of a shape at a place, or "" for one that is none.

    A title is always one, so that outlines and screen readers find it.
    """
    from lxml import etree

    if place.idx is None or place.idx not in holders:
        return '<p:ph type="title"/>' if place.name == "title" else ""
    copy = deepcopy(holders[place.idx])
    for name in ("hasCustomPrompt", "userDrawn"):
        copy.attrib.pop(name, None)
    for child in list(copy):
        copy.remove(child)
    etree.cleanup_namespaces(copy)
    return str(etree.tostring(copy).decode())


def _text(place: LayoutPlace, at: int, name: str, holder: str, text: str) -> str:
    box = "" if holder or place.fill or place.line else ' txBox="1"'
    locks = '<a:spLocks noGrp="1"/>' if holder else ""
    frame = (
        ""
        if holder and not place.moved
        else _frame(
            place.x, place.y, place.width, place.height, form="ellipse" if place.round else "rect"
        )
    )
    if place.fill or place.line:
        frame += _paint(place)
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{at}" name={attribute(name)}/><p:cNvSpPr{box}>{locks}</p:cNvSpPr>'
            f"<p:nvPr>{holder}</p:nvPr></p:nvSpPr><p:spPr>{frame}</p:spPr>{text}</p:sp>")  # fmt: skip


def _paint(place: LayoutPlace) -> str:
    """Return a drawn shape's fill and outline, in the theme's colours."""
    fill = (
        f'<a:solidFill><a:schemeClr val="{place.fill}"/></a:solidFill>'
        if place.fill
        else "<a:noFill/>"
    )
    if not place.line:
        return f"{fill}<a:ln><a:noFill/></a:ln>"
    return f'{fill}<a:ln w="{emu(1.5)}"><a:solidFill><a:schemeClr val="{place.line}"/></a:solidFill></a:ln>'


def _frame(*box: float, form: str = "rect") -> str:
    """Return where a shape is, by x, y, width and height, and its form: a rectangle without more."""
    x, y, width, height = box
    return (f'<a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(width)}" cy="{emu(height)}"/>'
            f'</a:xfrm><a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>')  # fmt: skip


def _picture(image: Image, at: int, name: str, part: Any, holder: str, drawing: DeckDrawing) -> str:
    """Return a picture or formula; a file that is no picture any more leaves its words."""
    try:
        found = media(image, drawing.root)
    except PictureError:
        return _instead(image, at, drawing)
    kind = f"{OFFICE}/image"
    raster = part.relate_to(drawing.store.part(found.data, found.mime), kind)
    inside = ""
    if found.drawing:
        relation = part.relate_to(drawing.store.part(found.drawing, "image/svg+xml"), kind)
        inside = (f'<a:extLst><a:ext uri="{SVG_PICTURE}"><asvg:svgBlip xmlns:asvg="{SVG}" '
                  f'r:embed="{relation}"/></a:ext></a:extLst>')  # fmt: skip
    alt = image.alt or image.math
    source = f" title={attribute(image.math)}" if image.math else ""
    locks = '<a:picLocks noGrp="1" noChangeAspect="1"/>' if holder else '<a:picLocks noChangeAspect="1"/>'  # fmt: skip
    return (f'<p:pic><p:nvPicPr><p:cNvPr id="{at}" name={attribute(name)} descr={attribute(alt)}{source}/>'
            f"<p:cNvPicPr>{locks}</p:cNvPicPr><p:nvPr>{holder}</p:nvPr></p:nvPicPr><p:blipFill>"
            f'<a:blip r:embed="{raster}">{inside}</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f"<p:spPr>{_frame(image.x, image.y, image.width, image.height)}</p:spPr></p:pic>")  # fmt: skip


def _instead(image: Image, at: int, drawing: DeckDrawing) -> str:
    """Return a text box with a picture's alternative text, where the picture would be."""
    language = region(drawing.deck.language)
    words = plain(image.alt or image.math or image.source)
    text = ('<p:txBody><a:bodyPr wrap="square"><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:r>'
            f'<a:rPr lang="{language}" sz="1400"/><a:t>{words}</a:t></a:r></a:p></p:txBody>')  # fmt: skip
    frame = _frame(image.x, image.y, image.width, image.height)
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{at}" name="Text"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{frame}</p:spPr>{text}</p:sp>")  # fmt: skip


# -- furniture and notes --------------------------------------------------------------


def _furniture(slide: ComposedSlide, at: int, holders: Mapping[int, Any], ink: Ink, drawing: DeckDrawing) -> list[str]:  # fmt: skip
    """Return a slide's footer and number, where its layout has a place for them."""
    places = drawing.template.layouts[slide.layout].places
    lang = f'<a:rPr lang="{region(ink.language)}"/>'
    texts: dict[str, Callable[[LayoutPlace], str]] = {
        "footer": lambda place: _line(
            furniture.footer(drawing.deck, slide, place, drawing.template), lang
        ),
        "number": lambda _: (
            f'<a:fld id="{FIELD}" type="slidenum">{lang}<a:t>{slide.number}</a:t></a:fld>'
        ),
    }
    shapes: list[str] = []
    for name, text in texts.items():
        place = places.get(name)
        inside = text(place) if place is not None else ""
        if place is not None and inside:
            align = ALIGN[ACROSS[place.levels[0].align]]
            side = f'<a:pPr algn="{align}" rtl="1"/>' if ink.from_right else ""
            whole = f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{side}{inside}</a:p></p:txBody>"
            holder = _holder(place, holders)
            shapes.append(_text(place, at + len(shapes), name.capitalize(), holder, whole))
    return shapes


def _ornaments(slide: ComposedSlide, at: int, drawing: DeckDrawing) -> list[str]:
    """Return the rules below the labels of columns, and the bar that shows how far the deck is."""
    lines = [_arrow(at + n, stroke) for n, stroke in enumerate(furniture.strokes(slide))]
    at += len(lines)
    if drawing.template.layouts[slide.layout].track is None:
        return lines
    made: list[tuple[str, str, tuple[float, ...]]] = []
    for place in (box.place for box in slide.boxes if box.place.name.endswith("-title")):
        made.append(("Rule", "tx1", (place.x, place.y + place.height + 2, place.width, 1.5)))
    done = furniture.bar(drawing.deck, slide, drawing.template)
    if done is not None:
        made.append(("Progress", furniture.tone(slide, drawing.template), done))
    return lines + [
        _ornament(name, at + n, colour, box) for n, (name, colour, box) in enumerate(made)
    ]


def _arrow(at: int, stroke: Stroke) -> str:
    """Return a line or an arrow between shapes, which says nothing by itself."""
    x1, y1, x2, y2, dashed, (first, last) = stroke
    turned = (' flipH="1"' if x2 < x1 else "") + (' flipV="1"' if y2 < y1 else "")
    form = "straightConnector1" if first or last else "line"
    frame = _frame(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1), form=form)
    frame = frame.replace("<a:xfrm>", f"<a:xfrm{turned}>", 1)
    looks = '<a:prstDash val="dash"/>' if dashed else ""
    looks += '<a:headEnd type="triangle"/>' if first else ""
    looks += '<a:tailEnd type="triangle"/>' if last else ""
    name = "Arrow" if first or last else "Line"
    return (f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{at}" name="{name}" descr="">{SILENT}</p:cNvPr><p:cNvCxnSpPr/>'
            f'<p:nvPr/></p:nvCxnSpPr><p:spPr>{frame}<a:ln w="{emu(1.5)}"><a:solidFill><a:schemeClr val="tx1"/>'
            f"</a:solidFill>{looks}</a:ln></p:spPr></p:cxnSp>")  # fmt: skip


def _ornament(name: str, at: int, colour: str, box: Sequence[float]) -> str:
    """Return a filled rectangle that says nothing, and is marked so for who does not see it."""
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{at}" name="{name}" descr="">{SILENT}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{_frame(*box)}<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
            "</p:spPr></p:sp>")  # fmt: skip


def _line(text: str, properties: str) -> str:
    return f"<a:r>{properties}<a:t>{plain(text)}</a:t></a:r>" if text else ""


def _add_notes(shown: Any, drawing: DeckDrawing) -> None:
    """Add notes pages to the slides that have notes."""
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from pptx.opc.packuri import PackURI
    from pptx.oxml.slide import CT_NotesSlide
    from pptx.parts.slide import NotesSlidePart

    noted = [s for s in drawing.deck.slides if s.notes]
    if not noted:
        return
    master = shown.part.notes_master_part
    furniture.list_notes_master(shown)
    holders = noting.holders_of(master.notes_master)
    for count, slide in enumerate(noted, 1):
        part = drawing.parts[slide.number - 1]
        name = PackURI(f"/ppt/notesSlides/notesSlide{count}.xml")
        made = NotesSlidePart(
            name, CONTENT_TYPE.PML_NOTES_SLIDE, shown.part.package, CT_NotesSlide.new()
        )
        made.relate_to(master, RELATIONSHIP_TYPE.NOTES_MASTER)
        made.relate_to(part, RELATIONSHIP_TYPE.SLIDE)
        part.relate_to(made, RELATIONSHIP_TYPE.NOTES_SLIDE)
        _fill(made, noting.page(slide.number, slide.notes, _ink(made, drawing), holders))
