"""Notes pages: the slide's picture, what the presenter says, the slide's number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from courseware.pptx.values import Line, Paragraph, Run
from courseware.pptx.write.paragraphs import Ink, attribute, emu, plain, region, starts

STEP, HANG = 18.0, 14.0
"""Points from level to level of a list, and from its bullet to its text, under text of 12 points."""
AFTER, HEAD = 4.0, 8.0
"""Points below a paragraph, and above a small head."""
KINDS = ("sldImg", "body", "sldNum")
"""The placeholders of a notes page that are used."""
FIELD = "{B5E9C0F4-2B7A-4C8E-9D38-5A1E6F4B7C20}"


def page(
    number: int, notes: Iterable[Paragraph], ink: Ink, holders: Mapping[str, Any]
) -> list[str]:
    """Return a notes page's shapes; `holders` are its master's placeholder elements by type."""
    shapes: list[str] = []
    for at, kind in enumerate((k for k in KINDS if k in holders), 2):
        properties = _properties(at, kind, holders[kind])
        if kind == "sldImg":
            shapes.append(f"<p:sp>{properties}<p:spPr/></p:sp>")
            continue
        text = _text(tuple(notes), ink) if kind == "body" else _number(number, ink)
        shapes.append(f"<p:sp>{properties}<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp>")  # fmt: skip
    return shapes


def holders_of(master: Any) -> dict[str, Any]:
    """Return a notes master's placeholder elements by type."""
    found: dict[str, Any] = {}
    for shape in master.placeholders:
        found.setdefault(str(shape._element.ph.get("type") or "body"), shape._element.ph)
    return found


def _properties(at: int, kind: str, holder: Any) -> str:
    from lxml import etree

    name = {"sldImg": "Slide", "body": "Notes", "sldNum": "Number"}[kind]
    locks = ' noRot="1" noChangeAspect="1"' if kind == "sldImg" else ""
    copy = deepcopy(holder)
    etree.cleanup_namespaces(copy)
    return (f'<p:nvSpPr><p:cNvPr id="{at}" name={attribute(name)}/><p:cNvSpPr><a:spLocks noGrp="1"{locks}/>'
            f"</p:cNvSpPr><p:nvPr>{etree.tostring(copy).decode()}</p:nvPr></p:nvSpPr>")  # fmt: skip


def _number(number: int, ink: Ink) -> str:
    lang = f'<a:rPr lang="{region(ink.language)}"/>'
    return f'<a:p><a:fld id="{FIELD}" type="slidenum">{lang}<a:t>{number}</a:t></a:fld></a:p>'


def _text(notes: tuple[Paragraph, ...], ink: Ink) -> str:
    counted = starts(Line((), 0, 0, level=p.level, bullet=p.bullet, number=p.number) for p in notes)
    return "".join(_paragraph(p, n, ink, not at) for at, (p, n) in
                   enumerate(zip(notes, counted, strict=True)))  # fmt: skip


def _paragraph(found: Paragraph, start: int, ink: Ink, first: bool) -> str:
    left = STEP * found.level + HANG if found.item else 0.0
    indent = -HANG if found.bullet else 0.0
    before = HEAD if found.heading and not first else 0.0
    turned = ' algn="r" rtl="1"' if ink.from_right else ""
    said = f'<a:pPr marL="{emu(left)}" indent="{emu(indent)}"{turned}>'
    said += f'<a:spcBef><a:spcPts val="{round(before * 100)}"/></a:spcBef>'
    said += f'<a:spcAft><a:spcPts val="{round(AFTER * 100)}"/></a:spcAft>'
    if found.bullet == "1":
        begin = f' startAt="{start}"' if start != 1 else ""
        said += f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"{begin}/>'
    elif found.bullet:
        said += f'<a:buFont typeface="Arial"/><a:buChar char={attribute(found.bullet)}/>'
    else:
        said += "<a:buNone/>"
    return f"<a:p>{said}</a:pPr>{''.join(_run(r, found.heading, ink) for r in found.runs)}</a:p>"


def _run(run: Run, heading: bool, ink: Ink) -> str:
    """Return a run of notes; a formula is its TeX, and a link its words."""
    said = f' lang="{region(ink.language)}"'
    said += ' b="1"' if run.bold or heading else ""
    said += ' i="1"' if run.italic else ""
    inside = f"<a:latin typeface={attribute(ink.code)}/>" if run.code else ""
    link = ink.link(run.link) if run.link else ""
    inside += f"<a:hlinkClick {link}/>" if link else ""
    if run.text == "\n":
        return "<a:br/>"
    return f"<a:r><a:rPr{said}>{inside}</a:rPr><a:t>{plain(run.math or run.text)}</a:t></a:r>"
