"""The theme and the table style as parts."""

from __future__ import annotations

from tools.template.names import HEAD, NAMESPACES
from tools.template.shapes import emu, fill

COLOURS = {
    # layouts/shared/design.css: --ink, --accent, --quiet and --line; dk2 and accent4 are
    # the dark ground and the text on it, the rest are kin of these.
    "dk1": "16181D", "lt1": "FFFFFF", "dk2": "12304D", "lt2": "EFF2F6", "accent1": "1F4E79",
    "accent2": "B4511E", "accent3": "555C68", "accent4": "C9D8E8", "accent5": "7B3F6B",
    "accent6": "B9C0CA", "hlink": "1F4E79", "folHlink": "555C68",
}  # fmt: skip
TABLE = "{6B5F1C2E-0F4D-4B57-9C0A-8E2D7A41C5D1}"
"""The id of the template's own table style."""


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
    styles += table_part("firstRow", border("bottom", 1.5, "tx1"), True, "accent1")
    return (f'{HEAD}<a:tblStyleLst {NAMESPACES.split(" xmlns:r")[0]} def="{TABLE}"><a:tblStyle styleId="{TABLE}" '
            f'styleName="Courseware">{styles}</a:tblStyle></a:tblStyleLst>')  # fmt: skip
