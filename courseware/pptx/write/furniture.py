"""What a deck's file has besides its slides: properties, sections, footers, its views."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import Any

from courseware.media.sketches import Stroke
from courseware.model.colours import READABLE, contrast
from courseware.pptx.template.template import LayoutPlace, Template
from courseware.pptx.text.fit import Style, chunks, natural
from courseware.pptx.values import ComposedDeck, ComposedSlide, Image, Run
from courseware.pptx.write.paragraphs import attribute, plain

SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""The extension that holds sections ([MS-PPTX] 2.2.3.6)."""
NAMED = uuid.UUID("4c5a1f1e-0f0b-5d1c-8a51-2f6f1b7a9d10")
"""The name space of sections' ids."""
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
VIEWS = "application/vnd.openxmlformats-officedocument.presentationml.viewProps+xml"
PML = "http://schemas.openxmlformats.org/presentationml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Area = tuple[float, float, float, float]
"""Left, top, width and height in points."""
PAPER = 6.0
"""Points of ground around a picture that would not be seen on the slide."""
SHORT = 4.0
"""Points between an arrow and what it leads to."""
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def footer(deck: ComposedDeck, slide: ComposedSlide, place: LayoutPlace, template: Template) -> str:
    """Return the footer's line, or what of it has room: the section, else course and session."""
    level = place.levels[0]
    face, code = template.faces[level.family], template.faces[template.code]
    style = Style(face, code, level.bold, level.italic, level.capitals)

    def fits(text: str) -> bool:
        width = natural(chunks((Run(text),), style)) * level.size
        return width <= place.inner_width * (1 - face.hold)

    whole = [" · ".join(filter(None, (deck.course, deck.title))), deck.title]
    if slide.part:
        whole = [f"{slide.part} / {deck.counted()}   {slide.section}"]
    for text in whole:
        if fits(text):
            return text
    words = whole[-1].split()
    while words and not fits(" ".join(words) + " …"):
        words.pop()
    return " ".join(words) + " …" if words else ""


def paper(image: Image, slide: ComposedSlide, template: Template) -> tuple[str, Area] | None:
    """Return the theme's colour and the rectangle for the ground of a picture; None where it needs none.

    A drawing's ground is what is behind it: its dark lines could not be seen on a dark slide, nor light ones on a light slide.
    """
    behind = template.layouts[slide.layout].background
    if image.math or not image.colour or contrast(image.colour, behind) >= READABLE:
        return None
    ground = max(("tx1", "bg1"), key=lambda n: contrast(template.colours.get(n, behind), behind))
    edge = PAPER * template.scale
    return ground, (image.x - edge, image.y - edge, image.width + 2 * edge, image.height + 2 * edge)


def bar(deck: ComposedDeck, slide: ComposedSlide, template: Template) -> tuple[float, ...] | None:
    """Return the rectangle that shows how far a deck is: left, top, width, height; None for none."""
    track = template.layouts[slide.layout].track
    if track is None:
        return None
    x, y, width, height = track
    done = width * slide.number / len(deck.slides)
    return x + (width - done if deck.from_right else 0.0), y, done, height


def tone(slide: ComposedSlide, template: Template) -> str:
    """Return the theme's colour of the bar: the accent, on ground of that colour the paper's."""
    same = template.layouts[slide.layout].background == template.colours.get("accent1")
    return "bg1" if same else "accent1"


def arrows(slide: ComposedSlide) -> list[tuple[float, float, float, float]]:
    """Return the arrows between a slide's drawn shapes, from where to where, in points.

    They lead from each step of a chain to the next, and are the axes of a matrix: up and to the right.
    """
    made = []
    circles = [b.place for b in slide.boxes if b.place.name.startswith("step-") and b.place.round]
    for one, other in pairwise(circles):
        y, ahead = one.y + one.height / 2, one.x < other.x
        begin = one.x + one.width + SHORT if ahead else one.x - SHORT
        made.append((begin, y, other.x - SHORT if ahead else other.x + other.width + SHORT, y))
    ends = {box.place.name for box in slide.boxes if box.place.name.startswith("axis-")}
    fields = [box.place for box in slide.boxes if ends and box.place.name.startswith("card-")]
    if not fields:
        return made
    left, low = min(p.x for p in fields) - SHORT, max(p.y + p.height for p in fields) + SHORT
    if ends & {"axis-top", "axis-bottom"}:
        made.append((left, low, left, min(p.y for p in fields)))
    if ends & {"axis-left", "axis-right"}:
        made.append((left, low, max(p.x + p.width for p in fields), low))
    return made


def strokes(slide: ComposedSlide) -> list[Stroke]:
    """Return the lines of a slide: those of a drawing, and the arrows between its shapes."""
    return [*slide.strokes, *(Stroke(*ends, headed=(False, True)) for ends in arrows(slide))]


def properties(shown: Any, deck: ComposedDeck) -> None:
    """Give a file the deck's properties, and none of its template's or of a library's."""
    from pptx.oxml import parse_xml

    said = {"dc:title": deck.title, "dc:subject": deck.course, "dc:creator": deck.author,
            "cp:lastModifiedBy": deck.author, "dc:language": deck.language}  # fmt: skip
    inside = "".join(f"<{name}>{plain(value)}</{name}>" for name, value in said.items() if value)
    shown.part.package.core_properties._element = parse_xml(
        f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/">{inside}</cp:coreProperties>'
    )


def sections(slides: Iterable[ComposedSlide], opening: str) -> list[tuple[str, list[int]]]:
    """Return the sections of a deck: their names, and the numbers of their slides, in order.

    A slide without one belongs to the section before it; before the first, that is `opening`.
    """
    current, named = opening, []
    for slide in slides:
        current = slide.section or current
        named.append((current, slide.number))
    return [(name, [n for _, n in group]) for name, group in groupby(named, key=lambda n: n[0])]


def add_sections(shown: Any, deck: ComposedDeck) -> None:
    """Write a deck's sections, which PowerPoint shows in its slide sorter."""
    from pptx.oxml import parse_xml

    ids = [entry.id for entry in shown.part._element.sldIdLst]
    rows = ""
    for place, (name, numbers) in enumerate(sections(deck.slides, deck.words("opening"))):
        key = str(uuid.uuid5(NAMED, f"{place} {name}")).upper()
        inside = "".join(f'<p14:sldId id="{ids[n - 1]}"/>' for n in numbers)
        rows += (f'<p14:section name={attribute(name)} id="{{{key}}}"><p14:sldIdLst>{inside}'
                 "</p14:sldIdLst></p14:section>")  # fmt: skip
    element = shown.part._element
    holder = next(iter(element.xpath("./p:extLst")), None)
    if holder is None:
        holder = parse_xml(f'<p:extLst xmlns:p="{PML}"/>')
        element.append(holder)
    holder.append(parse_xml(
        f'<p:ext xmlns:p="{PML}" uri="{SECTIONS}"><p14:sectionLst '
        'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        f"{rows}</p14:sectionLst></p:ext>"
    ))  # fmt: skip


def add_views(shown: Any) -> None:
    """Give a file the part that says how it is opened: PowerPoint asks for one."""
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    data = HEAD + (f'<p:viewPr xmlns:p="{PML}" lastView="sldView"><p:normalViewPr>'
                   '<p:restoredLeft sz="15620"/><p:restoredTop sz="80000"/></p:normalViewPr>'
                   "</p:viewPr>").encode()  # fmt: skip
    part = Part(PackURI("/ppt/viewProps.xml"), VIEWS, shown.part.package, data)
    shown.part.relate_to(part, f"{OFFICE}/viewProps")


def list_notes_master(shown: Any) -> None:
    """Name the notes master in the presentation, where PowerPoint looks for it."""
    from pptx.oxml import parse_xml

    element = shown.part._element
    if element.xpath("./p:notesMasterIdLst"):
        return
    relation = next(r.rId for r in shown.part._rels.values() if r.reltype == f"{OFFICE}/notesMaster")  # fmt: skip
    found = parse_xml(f'<p:notesMasterIdLst xmlns:p="{PML}" xmlns:r="{OFFICE}">'
                      f'<p:notesMasterId r:id="{relation}"/></p:notesMasterIdLst>')  # fmt: skip
    element.xpath("./p:sldMasterIdLst")[0].addnext(found)
