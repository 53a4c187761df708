"""Writes the built-in slide template, `layouts/slides/template.pptx`: `slide_template.py [FILE]`.

Every layout is a row of `LAYOUTS`: its places, with what differs from the master's text, and its
drawings. Lengths are points on a slide of 960 × 540, colours the theme's names. The design keeps
to three ideas: a title stands on a rule with a thick start; slides where something happens
(exercise, question, what comes next) have a panel at the left, so that they are found in the slide
sorter; dividers are dark. Every panel differs in tone, so that grey tells them apart, too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TARGET = ROOT / "layouts" / "slides" / "template.pptx"
WIDTH, HEIGHT = 960, 540
MARGIN, WIDE = 54, 852
PANEL = 264
"""Width of the panel at the left of an exercise."""
SIDE = 216
"""Width of the panel at the left of a question, and of what comes next."""
COLOURS = {
    # layouts/shared/design.css: --ink, --accent, --quiet and --line; the rest are kin of these.
    "dk1": "16181D", "lt1": "FFFFFF", "dk2": "143453", "lt2": "EAF0F6", "accent1": "1F4E79",
    "accent2": "B4511E", "accent3": "5A6270", "accent4": "2B6E63", "accent5": "7B3F6B",
    "accent6": "B9C0CA", "hlink": "1F4E79", "folHlink": "5A6270",
}  # fmt: skip
TABLE = "{6B5F1C2E-0F4D-4B57-9C0A-8E2D7A41C5D1}"
"""The id of the template's own table style."""
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
COLOUR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
    'folHlink="folHlink"/>'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PART = "application/vnd.openxmlformats-officedocument.presentationml"


class Level(NamedTuple):
    """How one level sets text; None leaves it to the master. Sizes and lengths are points."""

    size: float | None = None
    left: float | None = None
    indent: float | None = None
    bullet: str | None = None
    colour: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    align: str | None = None
    after: float | None = None
    face: str | None = None


class Holder(NamedTuple):
    """A placeholder: its name in the selection pane, type, index, and where it is."""

    name: str
    type: str
    idx: int
    box: tuple[float, float, float, float]
    levels: tuple[Level, ...] = ()
    anchor: str = ""
    insets: tuple[float, float, float, float] | None = None
    fill: str = ""


class Drawn(NamedTuple):
    """A drawing of a layout: a preset shape, filled or outlined, or a glyph in the title's face."""

    shape: str
    box: tuple[float, float, float, float]
    fill: str = ""
    line: str = ""
    weight: float = 0
    glyph: str = ""
    size: float = 0


class Look(NamedTuple):
    """A layout: name, type in the file ("" for none), places, drawings, colours.

    `foot` is the left edge of its footer; `tone` the colour of footer and number.
    """

    name: str
    type: str
    holders: tuple[Holder, ...]
    drawn: tuple[Drawn, ...] = ()
    back: str = ""
    foot: float = MARGIN
    tone: str = ""


def plain(*sizes: float, **other: object) -> tuple[Level, ...]:
    """Return levels of these sizes without bullets and indents."""
    return tuple(Level(size, 0, 0, "", **other) for size in sizes)  # type: ignore[arg-type]


def sized(*sizes: float) -> tuple[Level, ...]:
    """Return levels of these sizes that are the master's in all else."""
    return tuple(Level(size) for size in sizes)


BODY = (Level(28, 26, -26, "•", "tx1", after=9), Level(24, 52, -23, "–", "tx1", after=6),
        Level(22, 76, -21, "•", "tx1", after=5), Level(20, 98, -19, "–", "tx1", after=4),
        Level(20, 119, -19, "•", "tx1", after=4))  # fmt: skip
TITLE = (MARGIN, 24, WIDE, 92)
RULE_Y = 118
RULE = (Drawn("rect", (MARGIN, RULE_Y + 1.5, WIDE, 1), "accent6"),
        Drawn("rect", (MARGIN, RULE_Y, 72, 4), "accent1"))  # fmt: skip
BOTTOM = (0, 3.6, 0, 10)
"""Insets of large text that stands on the lower edge of its place: its descenders need room."""
TOP, END = 138, 482
COLUMN = 408
RIGHT = MARGIN + WIDE - COLUMN
BY_PANEL = PANEL + 40
BESIDE = WIDTH - MARGIN - BY_PANEL
BY_SIDE = SIDE + 44
REST = WIDTH - MARGIN - BY_SIDE


def title(box: tuple[float, float, float, float] = TITLE, *levels: Level, anchor: str = "",
          type: str = "title") -> Holder:  # fmt: skip
    """Return a layout's title."""
    return Holder("Title", type, 0, box, levels, anchor, BOTTOM if anchor else None)


def rule(x: float, width: float) -> tuple[Drawn, ...]:
    """Return the rule below a title that starts at x."""
    return (Drawn("rect", (x, RULE_Y + 1.5, width, 1), "accent6"),
            Drawn("rect", (x, RULE_Y, 72, 4), "accent1"))  # fmt: skip


LABEL = plain(22, 22, 20, 20, 20, bold=True, colour="accent1")
LOOKS = (
    Look("Title Slide", "title", (
        title((MARGIN, 96, 600, 206), Level(52, colour="bg1"), anchor="b", type="ctrTitle"),
        Holder("Subtitle", "subTitle", 1, (MARGIN, 326, 600, 150), plain(24, 22, 20, 20, 20, colour="bg1", after=8)),
    ), (
        Drawn("rect", (720, 0, 240, HEIGHT), "accent1"),
        Drawn("rect", (MARGIN, 306, 96, 5), "accent6"),
        *(Drawn("roundRect", (768, y, 144, 96), "", "accent6", 2.25) for y in (96, 222, 348)),
        *(Drawn("rect", (786, y + 22, wide, 6), "accent6") for y, wide in ((96, 64), (222, 92), (348, 48))),
        *(Drawn("rect", (786, y + dy, wide, 3), "accent3")
          for y in (96, 222, 348) for dy, wide in ((46, 108), (62, 84))),
    ), "tx2", MARGIN, "accent6"),
    Look("Section Header", "secHead", (
        title((MARGIN, 120, 780, 174), Level(46, colour="bg1"), anchor="b"),
        Holder("Subtitle", "body", 1, (MARGIN, 322, 780, 140), plain(26, 24, 22, 20, 20, colour="bg1", after=8)),
    ), (
        Drawn("rect", (MARGIN, 300, 96, 5), "accent6"),
    ), "accent1", MARGIN, "bg1"),
    Look("Title and Content", "obj", (
        title(), Holder("Body", "obj", 1, (MARGIN, TOP, WIDE, END - TOP)),
    ), RULE),
    Look("Two Content", "twoObj", (
        title(),
        Holder("Subtitle", "body", 13, (MARGIN, TOP - 4, WIDE, 66), plain(24, 22, 20, 20, 20), "ctr"),
        Holder("Left", "obj", 1, (MARGIN, 204, COLUMN, END - 204), sized(26, 22, 20, 20, 20)),
        Holder("Right", "obj", 2, (RIGHT, 204, COLUMN, END - 204), sized(26, 22, 20, 20, 20)),
    ), RULE),
    Look("Comparison", "twoTxTwoObj", (
        title(),
        Holder("Subtitle", "body", 13, (MARGIN, TOP - 6, WIDE, 60), plain(22, 20, 20, 20, 20), "ctr"),
        Holder("Left title", "body", 1, (MARGIN, 192, COLUMN, 58), LABEL, "b"),
        Holder("Left", "obj", 2, (MARGIN, 256, COLUMN, END - 256), sized(24, 22, 20, 20, 20)),
        Holder("Right title", "body", 3, (RIGHT, 192, COLUMN, 58), LABEL, "b"),
        Holder("Right", "obj", 4, (RIGHT, 256, COLUMN, END - 256), sized(24, 22, 20, 20, 20)),
    ), RULE),
    Look("Table", "", (
        title(),
        Holder("Caption", "body", 13, (MARGIN, TOP - 6, WIDE, 56), plain(20, 20, 20, 20, 20, colour="accent3"), "ctr"),
        Holder("Body", "tbl", 1, (MARGIN, 192, WIDE, END - 192), plain(20, 20, 20, 20, 20)),
    ), RULE),
    Look("Picture with Caption", "picTx", (
        title(),
        Holder("Picture", "pic", 1, (MARGIN, TOP, WIDE, 284), plain(20, 20, 20, 20, 20)),
        Holder("Caption", "body", 2, (MARGIN, 428, WIDE, 58), plain(20, 20, 20, 20, 20, colour="accent3")),
    ), RULE),
    Look("Exercise", "", (
        title((BY_PANEL, 24, BESIDE, 92)),
        Holder("Time", "body", 13, (36, 114, PANEL - 64, 130), plain(44, 28, 24, 20, 20, bold=True, colour="bg1", after=4), "b", BOTTOM),
        Holder("Group", "body", 14, (36, 262, PANEL - 72, 216), plain(22, 20, 20, 20, 20, colour="bg1", after=6)),
        Holder("Body", "obj", 1, (BY_PANEL, TOP, BESIDE, END - TOP), sized(26, 22, 20, 20, 20)),
    ), (
        Drawn("rect", (0, 0, PANEL, HEIGHT), "accent1"),
        Drawn("ellipse", (36, 48, 58, 58), "", "bg1", 4.5),
        Drawn("rect", (63, 60, 4.5, 19), "bg1"),
        Drawn("rect", (63, 75, 17, 4.5), "bg1"),
        Drawn("rect", (36, 246, 72, 4), "accent6"),
        *rule(BY_PANEL, BESIDE),
    ), "", BY_PANEL),
    Look("Question", "", (
        title((BY_SIDE, 76, REST, 226), Level(40), anchor="b"),
        Holder("Body", "obj", 1, (BY_SIDE, 332, REST, END - 332), plain(24, 22, 20, 20, 20)),
    ), (
        Drawn("rect", (0, 0, SIDE, HEIGHT), "bg2"),
        Drawn("rect", (0, 106, SIDE, 260), glyph="?", size=220, line="accent1"),
        Drawn("rect", (BY_SIDE, 310, 72, 4), "accent1"),
    ), "", BY_SIDE),
    Look("Quote", "", (
        title(),
        Holder("Body", "obj", 1, (MARGIN + 96, 152, WIDE - 96, END - 152), plain(30, 24, 22, 20, 20, after=12)),
    ), (
        *RULE,
        Drawn("rect", (MARGIN - 6, 138, 90, 130), glyph="“", size=140, line="accent1"),
    )),
    Look("Code", "", (
        title(),
        Holder("Caption", "body", 13, (MARGIN, TOP - 6, WIDE, 56), plain(20, 20, 20, 20, 20, colour="accent3"), "ctr"),
        Holder("Body", "obj", 1, (MARGIN, 192, WIDE, END - 192), plain(18, 18, 18, 18, 18, face="Consolas", after=0), "", (14, 10, 14, 10), "bg2"),
    ), RULE),
    Look("Closing", "", (
        title((BY_SIDE, 24, REST, 92)),
        Holder("Body", "obj", 1, (BY_SIDE, TOP, REST, END - TOP), sized(26, 22, 20, 20, 20)),
    ), (
        Drawn("rect", (0, 0, SIDE, HEIGHT), "tx2"),
        Drawn("rightArrow", (64, 222, 88, 72), "accent6"),
        *rule(BY_SIDE, REST),
    ), "", BY_SIDE),
)  # fmt: skip
MASTER = (
    Holder("Title", "title", 0, TITLE, (Level(34, colour="tx1", bold=True),), "b", (0, 3.6, 0, 6)),
    Holder("Body", "body", 1, (MARGIN, TOP, WIDE, END - TOP), BODY),
)


def foot(start: float, master: bool, tone: str = "") -> tuple[Holder, ...]:
    """Return date, footer and number; a layout's have other indexes than the master's."""
    first = 2 if master else 10
    # LibreOffice takes nothing of these from the master: each says all of it.
    quiet = (Level(12, 0, 0, colour=tone or "accent3", align="l", face="+mn-lt"),)
    right = (Level(12, 0, 0, colour=tone or "accent3", align="r", face="+mn-lt"),)
    bold = (Level(12, 0, 0, colour=tone or "accent1", align="r", bold=True, face="+mn-lt"),)
    return (
        Holder("Date", "dt", first, (690, 500, 130, 24), right, "ctr"),
        Holder("Footer", "ftr", first + 1, (start, 500, 620 - start, 24), quiet, "ctr"),
        Holder("Number", "sldNum", first + 2, (832, 500, 74, 24), bold, "ctr"),
    )


# -- as XML ---------------------------------------------------------------------------


def emu(points: float) -> int:
    """Return points as English metric units."""
    return round(points * 12700)


def fill(colour: str) -> str:
    """Return a fill of a theme colour."""
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>' if colour else "<a:noFill/>"


def xfrm(box: tuple[float, float, float, float]) -> str:
    """Return where a shape is."""
    x, y, width, height = map(emu, box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def level(number: int, one: Level, whole: bool = False) -> str:
    """Return a level's properties; `whole` adds what a master says besides."""
    attributes = "".join(f' {name}="{emu(value)}"' for name, value in
                         (("marL", one.left), ("indent", one.indent)) if value is not None)  # fmt: skip
    attributes += f' algn="{one.align or "l"}"' if one.align or whole else ""
    inside = ('<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
              if whole else "")  # fmt: skip
    if one.after is not None:
        inside += f'<a:spcAft><a:spcPts val="{round(one.after * 100)}"/></a:spcAft>'
    if one.bullet:
        inside += ('<a:buClr><a:schemeClr val="accent1"/></a:buClr>'
                   f'<a:buFont typeface="Arial"/><a:buChar char="{one.bullet}"/>')  # fmt: skip
    elif one.bullet == "":
        inside += "<a:buNone/>"
    run = f' sz="{round(one.size * 100)}"' if one.size else ""
    run += "".join(f' {name}="{int(value)}"' for name, value in (("b", one.bold), ("i", one.italic))
                   if value is not None)  # fmt: skip
    run += ' kern="1200"' if whole else ""
    face = one.face or ("+mn-lt" if whole else "")
    inner = (fill(one.colour) if one.colour else "") + (
        f'<a:latin typeface="{face}"/>' if face else ""
    )
    if whole:
        inner += '<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
    return f"<a:lvl{number}pPr{attributes}>{inside}<a:defRPr{run}>{inner}</a:defRPr></a:lvl{number}pPr>"


def body_of(holder: Holder, text: str) -> str:
    """Return a placeholder's text body."""
    insets = holder.insets
    said = "".join(f' {name}="{emu(value)}"' for name, value in
                   zip(("lIns", "tIns", "rIns", "bIns"), insets, strict=True)) if insets else ""  # fmt: skip
    said += f' anchor="{holder.anchor}"' if holder.anchor else ""
    styles = "".join(level(n, one) for n, one in enumerate(holder.levels, 1))
    list_style = f"<a:lstStyle>{styles}</a:lstStyle>" if styles else "<a:lstStyle/>"
    return f"<p:txBody><a:bodyPr{said}><a:normAutofit/></a:bodyPr>{list_style}{text}</p:txBody>"


def words(holder: Holder) -> str:
    """Return what a placeholder shows where it is edited."""
    if holder.type == "sldNum":
        return ('<a:p><a:fld id="{3D0C1F5B-8A57-4B0E-9C57-0B6E3C5D7A21}" type="slidenum">'
                '<a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld><a:endParaRPr lang="en-US"/></a:p>')  # fmt: skip
    if holder.type == "dt":
        return '<a:p><a:endParaRPr lang="en-US"/></a:p>'
    return f'<a:p><a:r><a:rPr lang="en-US"/><a:t>{holder.name}</a:t></a:r></a:p>'


def placeholder(number: int, holder: Holder, master: bool = False) -> str:
    """Return a placeholder of a master or a layout."""
    type_ = "" if holder.type == "obj" else f' type="{holder.type}"'
    size = {"dt": ' sz="half"', "ftr": ' sz="quarter"', "sldNum": ' sz="quarter"'}.get(
        holder.type, ""
    )
    idx = f' idx="{holder.idx}"' if holder.idx else ""
    shown = (
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill(holder.fill) if holder.fill else ""}'
    )
    whole = holder._replace(insets=holder.insets or ((0, 3.6, 0, 3.6) if master else None))
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{holder.name}"/>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{type_}{size}{idx}/></p:nvPr>'
            f"</p:nvSpPr><p:spPr>{xfrm(holder.box)}{shown}</p:spPr>{body_of(whole, words(holder))}</p:sp>")  # fmt: skip


def drawing(number: int, drawn: Drawn) -> str:
    """Return a drawing of a layout."""
    line = (f'<a:ln w="{emu(drawn.weight)}">{fill(drawn.line)}</a:ln>' if drawn.weight
            else "<a:ln><a:noFill/></a:ln>")  # fmt: skip
    text = '<a:p><a:endParaRPr lang="en-US"/></a:p>'
    if drawn.glyph:
        text = ('<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="en-US" '
                f'sz="{round(drawn.size * 100)}" b="1">{fill(drawn.line)}<a:latin typeface="+mj-lt"/></a:rPr>'
                f"<a:t>{drawn.glyph}</a:t></a:r></a:p>")  # fmt: skip
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Drawing {number}"/><p:cNvSpPr/>'
            f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{xfrm(drawn.box)}<a:prstGeom prst="{drawn.shape}">'
            f"<a:avLst/></a:prstGeom>{fill(drawn.fill)}{line}</p:spPr><p:txBody>"
            f'<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>{text}'
            "</p:txBody></p:sp>")  # fmt: skip


def tree(shapes: list[str], back: str) -> str:
    """Return a slide's shapes on their background."""
    behind = f"<p:bg><p:bgPr>{fill(back)}<a:effectLst/></p:bgPr></p:bg>" if back else ""
    group = ('<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
             '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
             '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>')  # fmt: skip
    return f"{behind}<p:spTree>{group}{''.join(shapes)}</p:spTree>"


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


def theme() -> str:
    """Return the theme: colours, Calibri, flat shapes."""
    colours = "".join(f'<a:{n}><a:srgbClr val="{v}"/></a:{n}>' for n, v in COLOURS.items())
    faces = "".join(f'<a:{kind}Font><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
                    f"</a:{kind}Font>" for kind in ("major", "minor"))  # fmt: skip
    flat = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{w}" cap="flat" cmpd="sng" algn="ctr">{flat}<a:prstDash val="solid"/></a:ln>'
                    for w in (9525, 19050, 28575))  # fmt: skip
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (f'{HEAD}<a:theme {NAMESPACES.split(" xmlns:r")[0]} name="Courseware"><a:themeElements>'
            f'<a:clrScheme name="Courseware">{colours}</a:clrScheme><a:fontScheme name="Courseware">{faces}'
            f'</a:fontScheme><a:fmtScheme name="Courseware"><a:fillStyleLst>{flat * 3}</a:fillStyleLst>'
            f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>"
            f"<a:bgFillStyleLst>{flat * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>")  # fmt: skip


def border(side: str, weight: float, colour: str = "") -> str:
    """Return a border of a table's cells, none where it has no weight."""
    line = f'<a:ln w="{emu(weight)}" cmpd="sng">' if weight else "<a:ln>"
    return f"<a:{side}>{line}{fill(colour)}</a:ln></a:{side}>"


def table_part(name: str, borders: str, bold: bool = False, colour: str = "") -> str:
    """Return how a part of a table looks."""
    heavy = ' b="on"' if bold else ""
    said = f'<a:schemeClr val="{colour}"/>' if colour else ""
    text = f'<a:tcTxStyle{heavy}><a:fontRef idx="minor"/>{said}</a:tcTxStyle>'
    return (f"<a:{name}>{text}<a:tcStyle><a:tcBdr>{borders}</a:tcBdr><a:fill><a:noFill/></a:fill>"
            f"</a:tcStyle></a:{name}>")  # fmt: skip


def table_styles() -> str:
    """Return the template's table style: a bold header on a rule, hairlines between rows."""
    none = "".join(border(side, 0) for side in ("left", "right", "top"))
    lines = border("bottom", 1, "accent6") + border("insideH", 0.75, "accent6")
    styles = table_part("wholeTbl", none + lines + border("insideV", 0), colour="tx1")
    styles += table_part("firstCol", "", True)
    styles += table_part("firstRow", border("bottom", 2.25, "accent1"), True, "accent1")
    return (f'{HEAD}<a:tblStyleLst {NAMESPACES.split(" xmlns:r")[0]} def="{TABLE}"><a:tblStyle styleId="{TABLE}" '
            f'styleName="Courseware">{styles}</a:tblStyle></a:tblStyleLst>')  # fmt: skip


def presentation() -> str:
    """Return the presentation itself: 16:9, no slides."""
    levels = "".join(level(n, Level(18, 0, 0, colour="tx1"), True) for n in range(1, 10))
    return (f'{HEAD}<p:presentation {NAMESPACES} saveSubsetFonts="1"><p:sldMasterIdLst>'
            '<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
            '<p:notesMasterIdLst><p:notesMasterId r:id="rId5"/></p:notesMasterIdLst>'
            f'<p:sldSz cx="{emu(WIDTH)}" cy="{emu(HEIGHT)}"/><p:notesSz cx="6858000" cy="9144000"/>'
            f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="en-US"/></a:defPPr>{levels}</p:defaultTextStyle>'
            "</p:presentation>")  # fmt: skip


def relations(*targets: tuple[str, str]) -> str:
    """Return relationships: type and target of each."""
    said = "".join(f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
                   for n, (kind, target) in enumerate(targets, 1))  # fmt: skip
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'


def core() -> str:
    """Return the template's own properties."""
    return (f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Courseware</dc:title></cp:coreProperties>')  # fmt: skip


def types(parts: dict[str, str]) -> str:
    """Return the content types of the parts."""
    known = {"ppt/presentation.xml": f"{PART}.presentation.main+xml",
             "ppt/slideMasters/": f"{PART}.slideMaster+xml", "ppt/slideLayouts/": f"{PART}.slideLayout+xml",
             "ppt/notesMasters/": f"{PART}.notesMaster+xml",
             "ppt/tableStyles.xml": f"{PART}.tableStyles+xml", "ppt/presProps.xml": f"{PART}.presProps+xml",
             "ppt/theme/": "application/vnd.openxmlformats-officedocument.theme+xml",
             "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}  # fmt: skip
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name in sorted(parts)
                   for start, kind in known.items() if name.startswith(start) and name.endswith(".xml"))  # fmt: skip
    return (f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>')  # fmt: skip


def parts() -> dict[str, str]:
    """Return the template's parts by name."""
    layouts = [f"slideLayout{n}.xml" for n in range(1, len(LOOKS) + 1)]
    made = {
        "_rels/.rels": relations((f"{OFFICE}/officeDocument", "ppt/presentation.xml"),
                                 (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")),
        "docProps/core.xml": core(),
        "ppt/presentation.xml": presentation(),
        "ppt/_rels/presentation.xml.rels": relations(
            (f"{OFFICE}/slideMaster", "slideMasters/slideMaster1.xml"), (f"{OFFICE}/theme", "theme/theme1.xml"),
            (f"{OFFICE}/tableStyles", "tableStyles.xml"), (f"{OFFICE}/presProps", "presProps.xml"),
            (f"{OFFICE}/notesMaster", "notesMasters/notesMaster1.xml")),
        "ppt/presProps.xml": f"{HEAD}<p:presentationPr {NAMESPACES}/>",
        "ppt/tableStyles.xml": table_styles(),
        "ppt/theme/theme1.xml": theme(),
        "ppt/theme/theme2.xml": theme(),
        "ppt/notesMasters/notesMaster1.xml": notes_master(),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": relations((f"{OFFICE}/theme", "../theme/theme2.xml")),
        "ppt/slideMasters/slideMaster1.xml": master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(
            *((f"{OFFICE}/slideLayout", f"../slideLayouts/{name}") for name in layouts),
            (f"{OFFICE}/theme", "../theme/theme1.xml")),
    }  # fmt: skip
    for name, look in zip(layouts, LOOKS, strict=True):
        made[f"ppt/slideLayouts/{name}"] = layout(look)
        made[f"ppt/slideLayouts/_rels/{name}.rels"] = relations(
            (f"{OFFICE}/slideMaster", "../slideMasters/slideMaster1.xml")
        )
    return made | {"[Content_Types].xml": types(made)}


def template() -> bytes:
    """Return the template's bytes."""
    from courseware.writing.deck.archive import packed

    return packed({name: text.encode() for name, text in parts().items()})


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else TARGET).write_bytes(template())
