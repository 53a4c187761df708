"""The built-in slide template in a brand: its theme's colours and faces, and the logo on the first slide."""

from __future__ import annotations

import io
import re
from pathlib import Path

from courseware.diagnostics import Diagnostic
from courseware.files import found
from courseware.media import PictureError
from courseware.media.pictures import MILLIMETRES, picture
from courseware.model.brand import Brand, FontFile
from courseware.pptx.pictures.images import POINTS, media
from courseware.pptx.template.package import opened
from courseware.pptx.template.styles import POINT
from courseware.pptx.template.template import Face, Template, replace
from courseware.pptx.text.faces import HOLD, faces
from courseware.pptx.values import Image

LOGO = (113.0, 34.0)
"""Points that a logo is wide and high at most."""
PLATE = 9.0
"""Points of white around a logo: the first slide is dark."""
EDGE = 51.0
"""Points from the slide's edge to its text, in the built-in template."""


def branded(data: bytes, brand: Brand, root: Path) -> bytes:
    """Return the template's file with the brand's colours, faces and logo; `root` is the course's folder."""
    shown = opened(data)
    for part in shown.part.package.iter_parts():
        if str(part.partname).startswith("/ppt/theme/"):
            part._blob = _themed(part.blob.decode(), brand).encode()
    if brand.logo and found(root, brand.logo) is not None:
        _put_logo(shown, brand, root)
    buffer = io.BytesIO()
    shown.save(buffer)
    return buffer.getvalue()


def _themed(theme: str, brand: Brand) -> str:
    """Return a theme's XML with a brand's colours and families in place of its own."""
    for name, colour in brand.theme().items():
        value = f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>'
        theme = re.sub(rf"<a:{name}>.*?</a:{name}>", value, theme, count=1, flags=re.DOTALL)
    for kind, family in (("major", brand.heading or brand.face), ("minor", brand.face)):
        if family:
            begun = rf'(<a:{kind}Font><a:latin typeface=")[^"]*'
            theme = re.sub(begun, rf"\g<1>{family.replace(chr(92), '')}", theme)
    return theme


def _put_logo(shown: object, brand: Brand, root: Path) -> None:
    """Put a brand's logo on a white plate into the upper corner of the title's layout."""
    layout = shown.slide_layouts[0]  # type: ignore[attr-defined]
    box = tuple(side / POINTS * MILLIMETRES for side in LOGO)
    try:
        sized = picture(root / brand.logo, (box[0], box[1]), fill=True)
        width, height = (side * POINTS / MILLIMETRES for side in (sized.width_mm, sized.height_mm))
        made = media(Image(0, 0, width, height, brand.alt, brand.logo), root)
    except PictureError:  # the pages tell of it
        return
    _, relation = layout.part.get_or_add_image_part(io.BytesIO(made.data))
    x = shown.slide_width / POINT - EDGE - width  # type: ignore[attr-defined]
    plate = (x - PLATE, EDGE - PLATE, width + 2 * PLATE, height + 2 * PLATE)
    from pptx.oxml import parse_xml

    tree = layout._element.cSld.spTree
    for xml in (
        _PLATE.format(*map(_emu, plate)),
        _PICTURE.format(*map(_emu, (x, EDGE, width, height)), relation),
    ):
        tree.append(parse_xml(xml))


def _emu(points: float) -> int:
    return round(points * POINT)


_NS = ('xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
       'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
       'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"')  # fmt: skip
_FRAME = '<a:xfrm><a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
_PLATE = (f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="901" name="Logo ground"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_FRAME}'
          '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>')  # fmt: skip
_PICTURE = (f'<p:pic {_NS}><p:nvPicPr><p:cNvPr id="902" name="Logo"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{{4}}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>'
            f'{_FRAME.format("{0}", "{1}", "{2}", "{3}")}</p:spPr></p:pic>')  # fmt: skip


def measured(
    template: Template, brand: Brand, root: Path
) -> tuple[Template, tuple[Diagnostic, ...]]:
    """Return a template whose families that the course has files of are measured by those, and findings."""
    own = {family: face_of(family, brand.fonts, root)
           for family in template.faces if brand.shipped(family)}  # fmt: skip
    others, said = faces([f for f in template.faces if f not in own], "_brand.yml")
    return replace(template, faces={**others, **own}), said


def face_of(family: str, fonts: tuple[FontFile, ...], root: Path) -> Face:
    """Return what measures a family of the course's: for a weight or slope that it lacks, the nearest."""
    mine = [font for font in fonts if font.family == family]

    def nearest(bold: bool, italic: bool) -> Path:
        wanted = (700 if bold else 400, "italic" if italic else "normal")
        best = min(mine, key=lambda f: (f.style != wanted[1], abs(f.weight - wanted[0])))
        return (root / best.path).resolve()

    regular, bold = nearest(False, False), nearest(True, False)
    return Face(family, regular, bold, nearest(False, True), nearest(True, True), HOLD, True)
