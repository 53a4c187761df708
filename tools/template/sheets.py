"""Layouts, the slide master and the notes master as parts."""

from __future__ import annotations

from tools.template.looks import BODY, LOOKS, MASTER, foot
from tools.template.names import HEAD, NAMESPACES
from tools.template.shapes import drawing, emu, fill, level, placeholder, tree, xfrm
from tools.template.values import MARGIN, Holder, Level, Look

COLOUR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
    'folHlink="folHlink"/>'
)


def layout(look: Look) -> str:
    """Return a layout as a part."""
    shapes = [drawing(n, one) for n, one in enumerate(look.drawn, 2)]
    holders = (*look.holders, *foot(look.foot, False, look.tone))
    shapes += [placeholder(n, one) for n, one in enumerate(holders, 2 + len(shapes))]
    kind = f'type="{look.type}" ' if look.type else ""
    return (f'{HEAD}<p:sldLayout {NAMESPACES} {kind}preserve="1" userDrawn="1"><p:cSld name="{look.name}">'
            f"{tree(shapes, look.back)}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
            "</p:sldLayout>")  # fmt: skip


def master() -> str:
    """Return the slide master."""
    holders = [placeholder(n, one._replace(levels=() if n < 4 else one.levels), True)
               for n, one in enumerate((*MASTER, *foot(MARGIN, True)), 2)]  # fmt: skip
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + n}" r:id="rId{n}"/>'
                  for n in range(1, len(LOOKS) + 1))  # fmt: skip
    heading = level(
        1, MASTER[0].levels[0]._replace(left=0, indent=0, bullet="", face="+mj-lt"), True
    )
    other = "".join(level(n, Level(18, 0, 0, colour="tx1"), True) for n in range(1, 10))
    deep = [BODY[-1]] * (9 - len(BODY))
    return (f'{HEAD}<p:sldMaster {NAMESPACES}><p:cSld>{tree(holders, "bg1")}</p:cSld>'
            f'{COLOUR_MAP}<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:txStyles>'
            f"<p:titleStyle>{heading.replace('+mn-', '+mj-')}</p:titleStyle><p:bodyStyle>"
            + "".join(level(n, one, True) for n, one in enumerate((*BODY, *deep), 1))
            + f"</p:bodyStyle><p:otherStyle>{other}</p:otherStyle></p:txStyles></p:sldMaster>")  # fmt: skip


def notes_master() -> str:
    """Return the notes master: a page A4 and Letter both have room for, the slide above its notes."""
    shapes = [
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
        'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{xfrm((54, 54, 432, 243))}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/>"
        f'<a:ln w="{emu(0.75)}">{fill("accent6")}</a:ln></p:spPr></p:sp>',
        placeholder(3, Holder("Notes", "body", 3, (54, 315, 432, 351)), True),
        placeholder(4, Holder("Number", "sldNum", 5, (414, 684, 72, 22),
                              (Level(10, 0, 0, colour="accent3", align="r", face="+mn-lt"),), "ctr"), True),
    ]  # fmt: skip
    styles = "".join(
        level(n, Level(12, 18 * n - 18, 0, colour="tx1", after=4), True) for n in range(1, 10)
    )
    return (f'{HEAD}<p:notesMaster {NAMESPACES}><p:cSld>{tree(shapes, "bg1")}</p:cSld>{COLOUR_MAP}'
            f"<p:notesStyle>{styles}</p:notesStyle></p:notesMaster>")  # fmt: skip
