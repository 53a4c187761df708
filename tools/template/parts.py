"""The template's parts by name, and what ties them together."""

from __future__ import annotations

from tools.template.looks import LOOKS
from tools.template.names import HEAD, NAMESPACES, OFFICE, PACKAGE, PART
from tools.template.shapes import emu, level
from tools.template.sheets import layout, master, notes_master
from tools.template.theme import table_styles, theme
from tools.template.values import HEIGHT, WIDTH, Level


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
