"""A composed table as a native one: exact rows and columns, a header row that readers announce."""

from __future__ import annotations

from collections.abc import Sequence

from courseware.language.printed import Printed
from courseware.pptx.template.contrast import MEDIUM_2
from courseware.pptx.template.template import LayoutPlace, Level, replace
from courseware.pptx.values import Grid, GridCell
from courseware.pptx.write.paragraphs import Ink, attribute, emu, paragraphs

TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"


def alternative(grid: Grid, words: Printed) -> str:
    """Return what stands for a table to who does not see it: its columns' heads, else its size."""
    if not grid.head:
        return words("table_sized", columns=len(grid.widths), rows=len(grid.rows))
    heads = (_words(cell) for cell in grid.rows[0] if not cell.covered)
    return words("table_of", heads=", ".join(head for head in heads if head))


def _words(cell: GridCell) -> str:
    return " ".join("".join(r.text for r in line.runs).strip() for line in cell.lines).strip()


def frame(grid: Grid, place: LayoutPlace, ink: Ink, properties: str, style: str) -> str:
    """Return a table's graphic frame; `properties` are its non-visual ones, `style` its style's id."""
    x, y = emu(place.x), emu(place.y)
    width, height = sum(map(emu, grid.widths)), sum(map(emu, grid.heights))
    columns = "".join(f'<a:gridCol w="{emu(w)}"/>' for w in grid.widths)
    rows = "".join(
        f'<a:tr h="{emu(height)}">{"".join(_cell(grid, n, c, place, ink) for c in range(len(row)))}</a:tr>'
        for n, (row, height) in enumerate(zip(grid.rows, grid.heights, strict=True))
    )
    first = ' rtl="1"' if ink.from_right else ""
    first += ' firstRow="1"' if grid.head else ""
    first += ' firstCol="1"' if _headed(grid) else ""
    return (f'<p:graphicFrame>{properties}<p:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" '
            f'cy="{height}"/></p:xfrm><a:graphic><a:graphicData uri="{TABLE}"><a:tbl>'
            f'<a:tblPr{first} bandRow="1"><a:tableStyleId>{style}</a:tableStyleId></a:tblPr>'
            f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic>"
            "</p:graphicFrame>")  # fmt: skip


def _headed(grid: Grid) -> bool:
    """Whether the first cell of each row heads it."""
    rows = grid.rows[grid.head :]
    return bool(rows) and all(row and (row[0].header or row[0].covered) for row in rows)


def _cell(grid: Grid, row: int, column: int, place: LayoutPlace, ink: Ink) -> str:
    cell = grid.rows[row][column]
    said = f' gridSpan="{cell.colspan}"' if cell.colspan > 1 else ""
    said += f' rowSpan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    said += _merged(grid.rows, row, column) if cell.covered else ""
    left, top, right, bottom = map(emu, grid.margins)
    middle = ' anchor="ctr"' if grid.roomy else ""
    headed = row < grid.head or (not column and _headed(grid))
    levels = _inked(place.levels, ink.head if headed else ink.rows)
    lines = paragraphs(cell.lines, levels, ink, inherits=False, cell=True)
    return (f"<a:tc{said}><a:txBody><a:bodyPr/><a:lstStyle/>{lines}</a:txBody>"
            f'<a:tcPr marL="{left}" marR="{right}" marT="{top}" marB="{bottom}"{middle}/></a:tc>')  # fmt: skip


def _inked(levels: Sequence[Level], colour: str) -> Sequence[Level]:
    """Return levels in a colour, "" for that of the table's style; what is behind is the style's."""
    return [replace(v, colour=colour or v.colour, inked=bool(colour), ground="") for v in levels]


def _merged(rows: Sequence[Sequence[GridCell]], row: int, column: int) -> str:
    """Return how a covered cell belongs to the one that spans over it."""
    for above in range(row, -1, -1):
        for before in range(column, -1, -1):
            cell = rows[above][before]
            if cell.covered:
                continue
            if above + cell.rowspan > row and before + cell.colspan > column:
                across = ' hMerge="1"' if before < column else ""
                return across + (' vMerge="1"' if above < row else "")
    return ""


def style_of(styles: bytes) -> str:
    """Return the id of the style that a template's part for table styles has for new tables."""
    from pptx.oxml import parse_xml

    return str(parse_xml(styles).get("def") or MEDIUM_2) if styles else MEDIUM_2


def described(name: str, number: int, alt: str, holder: str) -> str:
    """Return a table's non-visual properties; `holder` is its placeholder's element, or ""."""
    return (f'<p:nvGraphicFramePr><p:cNvPr id="{number}" name={attribute(name)} descr={attribute(alt)}/>'
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
            f"<p:nvPr>{holder}</p:nvPr></p:nvGraphicFramePr>")  # fmt: skip
