"""Shapes as XML."""

from __future__ import annotations

from tools.template.values import Drawn, Holder, Level


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
    inside = ""
    if one.spacing is not None or whole:
        inside = f'<a:lnSpc><a:spcPct val="{round((one.spacing or 100) * 1000)}"/></a:lnSpc>'
    inside += '<a:spcBef><a:spcPts val="0"/></a:spcBef>' if whole else ""
    if one.after is not None:
        inside += f'<a:spcAft><a:spcPts val="{round(one.after * 100)}"/></a:spcAft>'
    if one.mark:
        inside += f'<a:buClr><a:schemeClr val="{one.mark}"/></a:buClr>'
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
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{drawn.name or f"Drawing {number}"}"/><p:cNvSpPr/>'
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
