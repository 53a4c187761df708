"""Composed text as DrawingML: paragraphs and runs with the numbers that were measured.

A paragraph carries only what differs from what its placeholder gives: size, pitch, space, margins,
bullets, faces and colours. So a text follows its template, and an edited one fits itself again.

Source of the elements and their order: ECMA-376, part 1, 21.1.2 and 20.1.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple
from unicodedata import bidirectional

from courseware.model.inline import ADDRESS
from courseware.pptx.template.contrast import is_read
from courseware.pptx.template.styles import POINT
from courseware.pptx.template.template import LayoutPlace, Level
from courseware.pptx.values import Line, Run, Text

ALIGN = {"left": "l", "center": "ctr", "right": "r", "justify": "just"}
ANCHOR = {"top": "t", "middle": "ctr", "bottom": "b"}
RAISED = {"sub": "-25000", "sup": "30000"}
"""How far text is lowered and raised, in thousandths of a percent: PowerPoint's own."""
REGIONS = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "nl": "nl-NL",
           "pt": "pt-PT", "pl": "pl-PL", "sv": "sv-SE", "da": "da-DK", "nb": "nb-NO", "fi": "fi-FI",
           "cs": "cs-CZ", "hu": "hu-HU", "ro": "ro-RO", "tr": "tr-TR", "ru": "ru-RU", "uk": "uk-UA",
           "el": "el-GR", "ja": "ja-JP", "ko": "ko-KR", "zh": "zh-CN", "ar": "ar-SA", "he": "he-IL", "fa": "fa-IR",
           "ur": "ur-PK", "hi": "hi-IN", "th": "th-TH"}  # fmt: skip
"""The region that proofing tools of office programs take for a language alone."""
NEAR = 0.02
"""Points by which two spaces may differ and still count as one."""
LEFT_MARK = "\u200e"
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that no XML file can hold."""


class Ink(NamedTuple):
    """What runs need besides their text.

    `language` is the deck's, `heading`, `body` and `code` are families, `ink` is the colour of text
    on the template's own background. `link` gives the attributes of a link to an address, "" where
    there is nothing to link to. `linked` is the theme's colour of links; `head` and `rows` are those of text
    in tables, "" where their style's are read. `names` are the theme's names of its colours, so that
    text in them changes with the theme.
    """

    language: str
    heading: str
    body: str
    code: str
    ink: str
    link: Callable[[str], str]
    from_right: bool = False
    linked: str = ""
    head: str = ""
    rows: str = ""
    names: Mapping[str, str] = {}


def emu(points: float) -> int:
    """Return points as English metric units."""
    return round(points * POINT)


def hundredths(points: float) -> int:
    """Return points as the hundredths that sizes and spaces of text are written in."""
    return round(points * 100)


def plain(text: str) -> str:
    """Return a text as an element's content."""
    return escape(NO_XML.sub("", text), quote=False)


def attribute(text: str) -> str:
    """Return a text as an attribute's value, quoted, on one line."""
    return f'"{escape(" ".join(NO_XML.sub("", text).split()))}"'


def region(language: str) -> str:
    """Return a language as office programs name it."""
    return REGIONS.get(language.lower(), language)


def body(text: Text, place: LayoutPlace, ink: Ink) -> str:
    """Return a shape's text body; a placeholder's inherits, any other says all itself."""
    inherits = place.idx is not None
    frame = "<a:bodyPr" if inherits else '<a:bodyPr wrap="square"'
    if not inherits or place.set:
        left, top, right, bottom = map(emu, place.insets)
        frame += f' lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" anchor="{ANCHOR[place.anchor]}"'
    lines = paragraphs(text.lines, place.levels, ink, inherits)
    return f"<p:txBody>{frame}><a:normAutofit/></a:bodyPr><a:lstStyle/>{lines}</p:txBody>"


def paragraphs(
    lines: Sequence[Line], levels: Sequence[Level], ink: Ink, inherits: bool, cell: bool = False
) -> str:
    """Return paragraphs; in a `cell`, the table's style says what a text box would say itself."""
    if not lines:
        return f'<a:p><a:endParaRPr lang="{region(ink.language)}"/></a:p>'
    own = [levels[min(line.level, len(levels) - 1)] for line in lines]
    made = ""
    for at, (line, start) in enumerate(zip(lines, starts(lines), strict=True)):
        spaces = _pitch(line, own[at], inherits, cell)
        before = own[at].spaces(line.size)[0] if inherits else 0.0
        spaces += _before(lines[at - 1].after if at else 0.0, before)
        following = [o.spaces(n.size)[0] for o, n in zip(own[at + 1 : at + 2], lines[at + 1 :], strict=False)]  # fmt: skip
        spaces += _after(line, own[at], following, inherits)
        made += _paragraph(line, own[at], ink, spaces, start, inherits, cell)
    return made


def _pitch(line: Line, level: Level, inherits: bool, cell: bool) -> str:
    """Return what says how far lines are apart; nothing where it is what a text has by itself."""
    pitch = line.pitch if line.own else 0.0 if inherits or cell else level.pitch
    if pitch:
        return f'<a:lnSpc><a:spcPts val="{hundredths(pitch)}"/></a:lnSpc>'
    if inherits or cell or level.spacing == 1:
        return ""
    return f'<a:lnSpc><a:spcPct val="{round(level.spacing * 100_000)}"/></a:lnSpc>'


def _before(space: float, given: float) -> str:
    """Return what says a paragraph's space above, where that is less than its placeholder's, which is `given`."""
    if space >= given - NEAR:
        return ""
    return f'<a:spcBef><a:spcPts val="{hundredths(space)}"/></a:spcBef>'


def _after(line: Line, level: Level, following: Sequence[float], inherits: bool) -> str:
    """Return what says the space below a paragraph; nothing where it is that of its placeholder.

    `following` is the space that the next paragraph has above it, if there is one.
    """
    before = sum(following) if inherits else 0.0
    given = before + level.spaces(line.size)[1] if inherits else 0.0
    if not following or abs(line.after - given) <= NEAR:
        return ""
    after = max(line.after - before, 0.0)
    return f'<a:spcAft><a:spcPts val="{hundredths(after)}"/></a:spcAft>'


def starts(lines: Iterable[Line]) -> list[int]:
    """Return the number that each line's list begins with, so that programs count on by themselves."""
    begun: dict[int, tuple[int, int]] = {}
    found: list[int] = []
    for line in lines:
        begun = {level: begin for level, begin in begun.items() if level <= line.level}
        first, last = begun.get(line.level, (0, 0))
        if line.bullet != "1":
            begun.pop(line.level, None)
            found.append(0)
            continue
        first = first if first and line.number == last + 1 else line.number
        begun[line.level] = first, line.number
        found.append(first)
    return found


def _paragraph(
    line: Line, level: Level, ink: Ink, spaces: str, start: int, inherits: bool, cell: bool
) -> str:  # fmt: skip
    said = f' lvl="{line.level}"' if line.level and not cell else ""
    if not inherits or (line.left, line.indent) != (level.left, level.indent):
        said += f' marL="{emu(line.left)}" indent="{emu(line.indent)}"'
    if line.align != (level.align if inherits else "left"):
        said += f' algn="{ALIGN[line.align]}"'
    said += ' rtl="1"' if line.from_right else ""
    said += ' eaLnBrk="0"' if ink.language.startswith("ko") else ""  # its words stay whole
    bullet = _bullet(line, level, start, inherits)
    runs = "".join(_run(run, line, level, ink, inherits, cell) for run in line.runs)
    if not line.runs:
        runs = f'<a:endParaRPr lang="{region(ink.language)}" sz="{hundredths(line.size)}"/>'
    inside = f"{spaces}{bullet}"
    properties = f"<a:pPr{said}>{inside}</a:pPr>" if inside else f"<a:pPr{said}/>" if said else ""
    return f"<a:p>{properties}{runs}</a:p>"


def _bullet(line: Line, level: Level, start: int, inherits: bool) -> str:
    """Return what says a paragraph's bullet; nothing where it is that of its placeholder."""
    given = level.bullet if inherits else ""
    if line.bullet == "1":
        begin = f' startAt="{start}"' if start != 1 else ""
        return f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"{begin}/>'
    if line.bullet == given:
        return ""
    if not line.bullet:
        return "<a:buNone/>"
    return f'<a:buFont typeface="Arial"/><a:buChar char={attribute(line.bullet)}/>'


def _run(run: Run, line: Line, level: Level, ink: Ink, inherits: bool, cell: bool) -> str:
    size = run.size or line.size
    said = [("lang", region(ink.language))]
    if not inherits or size != level.size:
        said.append(("sz", str(hundredths(size))))
    own = inherits or cell  # what it has besides its own is the placeholder's or the table's
    if (run.bold and not (inherits and level.bold)) or (level.bold and not own):
        said.append(("b", "1"))
    if (run.italic and not (inherits and level.italic)) or (level.italic and not own):
        said.append(("i", "1"))
    if run.raised:
        said.append(("baseline", RAISED[run.raised]))
    if level.capitals and not own:
        said.append(("cap", "all"))
    tracking = run.tracking or (0.0 if own else level.tracking)
    if tracking:
        said.append(("spc", str(hundredths(tracking))))
    attributes = "".join(f' {name}="{value}"' for name, value in said)
    inside = _looks(run, level, ink, inherits, cell)
    properties = f"<a:rPr{attributes}>{inside}</a:rPr>" if inside else f"<a:rPr{attributes}/>"
    if run.text == "\n":
        return f"<a:br>{properties}</a:br>"
    text = run.text
    if line.from_right:
        text = (
            _from_left(text) if run.code else ADDRESS.sub(lambda found: _from_left(found[0]), text)
        )
    return f"<a:r>{properties}<a:t>{plain(text)}</a:t></a:r>"


def _from_left(code: str) -> str:
    """Return code or an address for a line from the right, whose last sign is not moved to its other end: "admin/".

    Where letters that run from the right stand in it, it is embedded: "<b>نص</b>".
    """
    if any(bidirectional(sign) in ("R", "AL") for sign in code):
        return f"\u202a{code}\u202c"
    first, last = (LEFT_MARK * (not end.isalnum()) for end in (code[:1], code[-1:]))
    return f"{first}{code}{last}"


def _looks(run: Run, level: Level, ink: Ink, inherits: bool, cell: bool) -> str:
    """Return a run's colour, face and link."""
    inside = ""
    own = level.inked or not (inherits or cell)
    shown = run.colour and is_read(run.colour, level)
    colour = run.colour if shown else level.colour if own else ""
    if colour:
        name = "" if shown else ink.names.get(colour, "")
        said = f'schemeClr val="{name}"' if name else f'srgbClr val="{colour}"'
        inside += f"<a:solidFill><a:{said}/></a:solidFill>"
    given = level.family if inherits else ink.body
    wanted = ink.code if run.code else level.family
    if wanted != given:
        face = {ink.heading: "+mj-lt", ink.body: "+mn-lt"}.get(wanted, wanted)
        face = wanted if run.code else face
        inside += f"<a:latin typeface={attribute(face)}/>"
        # LibreOffice keeps the face of complex scripts that a run states to the end of its line.
        inside += "" if run.code else f"<a:cs typeface={attribute(face)}/>"
    if run.link:
        inside += _link(
            ink.link(run.link),
            light=level.colour != ink.ink or not is_read(ink.linked or level.colour, level),
        )
    return inside


def _link(attributes: str, light: bool) -> str:
    """Return a link; on a background of another tone than the template's it keeps the text's colour.

    Source: [MS-ODRAWXML] 2.34, hyperlink colour.
    """
    if not attributes:
        return ""
    own = ('<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
           'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
           "</a:ext></a:extLst>") if light else ""  # fmt: skip
    return f"<a:hlinkClick {attributes}>{own}</a:hlinkClick>"
