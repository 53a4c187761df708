"""The layouts: for each its places, with what differs from the master's text, and its drawings.

Lengths are points. The grid: margins of 51, a title of one line or two, a body from 105 to 488, a
foot, and a bar at the lower edge that shows how far the deck is.
"""

from __future__ import annotations

from tools.template.values import (
    HEIGHT,
    MARGIN,
    WIDE,
    WIDTH,
    Drawn,
    Holder,
    Level,
    Look,
    plain,
    sized,
)

PANEL = 266
"""Width of the panel at the left of an exercise."""
BODY = (Level(28, 26, -26, "•", "tx1", after=11), Level(24, 52, -23, "–", "tx1", after=6),
        Level(22, 76, -21, "•", "tx1", after=5), Level(20, 98, -19, "–", "tx1", after=4),
        Level(20, 119, -19, "•", "tx1", after=4))  # fmt: skip
TITLE = (MARGIN, 12, WIDE, 81)
TOP, END = 105, 488
GAP = 26
COLUMN = (WIDE - GAP) / 2
THIRD = (WIDE - 2 * GAP) / 3
RIGHT = MARGIN + COLUMN + GAP
BY_PANEL = PANEL + 46
BESIDE = WIDTH - MARGIN - BY_PANEL
NONE = (0, 0, 0, 0)
TRACK = (0, HEIGHT - 6.2, WIDTH, 6.2)
LABEL = plain(24, 22, 20, 20, 20, bold=True, colour="accent1")
QUIET = plain(20, 20, 20, 20, 20, colour="accent3")
LABELS, LISTS = 144, 192
"""Where columns have their labels, and their lists below a rule."""
LIGHT = "accent4"


def title(box: tuple[float, float, float, float] = TITLE, *levels: Level, anchor: str = "",
          type: str = "title") -> Holder:  # fmt: skip
    """Return a layout's title."""
    return Holder("Title", type, 0, box, levels, anchor, (0, 3.6, 0, 10) if anchor == "b" else None)


def track(colour: str = "accent6") -> Drawn:
    """Return the bar that a slide's own, as far as the deck is, lies on."""
    return Drawn("rect", TRACK, colour, name="Progress")


def columns(*columns: tuple[str, float, float]) -> tuple[Holder, ...]:
    """Return labelled columns: name, left edge and width of each."""
    size = 28 if len(columns) == 2 else 24
    made: list[Holder] = [
        Holder("Subtitle", "body", 13, (MARGIN, 96, WIDE, 44), plain(24, 22, 20, 20, 20), "ctr")
    ]
    for number, (name, x, width) in enumerate(columns):
        made.append(
            Holder(
                f"{name} title",
                "body",
                2 * number + 1,
                (x, LABELS, width, LISTS - LABELS - 8),
                LABEL,
                "b",
            )
        )
        made.append(
            Holder(
                name,
                "obj",
                2 * number + 2,
                (x, LISTS, width, END - LISTS),
                sized(size, 22, 20, 20, 20),
            )
        )
    return tuple(made)


BODY_PLACE = Holder("Body", "obj", 1, (MARGIN, TOP, WIDE, END - TOP))
CAPTION = Holder("Caption", "body", 13, (MARGIN, 98, WIDE, 48), QUIET, "ctr")
TWO = (("Left", MARGIN, COLUMN), ("Right", RIGHT, COLUMN))
THREE = (("Left", MARGIN, THIRD), ("Middle", MARGIN + THIRD + GAP, THIRD),
         ("Right", MARGIN + 2 * (THIRD + GAP), THIRD))  # fmt: skip
LOOKS = (
    Look("Title Slide", "title", (
        title((MARGIN, 120, 612, 172), Level(54, colour="bg1"), anchor="b", type="ctrTitle"),
        Holder("Subtitle", "subTitle", 1, (MARGIN, 306, 612, 150), plain(24, 22, 20, 20, 20, colour=LIGHT, after=10)),
        Holder("Figure", "body", 13, (640, 85, 269, 310), (Level(200, 0, 0, "", LIGHT, True, align="r"),), "ctr", NONE),
    ), (), "tx2", MARGIN, LIGHT),
    Look("Section Header", "secHead", (
        Holder("Figure", "body", 13, (MARGIN, 78, 300, 144), (Level(96, 0, 0, "", LIGHT, True),), "b", (0, 0, 0, 16)),
        title((MARGIN, 225, 470, 130), Level(44, colour="bg1"), anchor="t"),
        Holder("Subtitle", "body", 1, (MARGIN, 362, 470, 118), plain(24, 22, 20, 20, 20, colour=LIGHT, after=8)),
        Holder("Sections", "body", 14, (580, 92, 329, 372), (Level(20, 30, -30, "", LIGHT, after=8, mark=LIGHT),), "ctr"),
    ), (track("tx2"),), "accent1", MARGIN, LIGHT),
    Look("Title and Content", "obj", (title(), BODY_PLACE), (track(),)),
    Look("Two Content", "twoObj", (
        title(),
        Holder("Subtitle", "body", 13, (MARGIN, 96, WIDE, 44), plain(24, 22, 20, 20, 20), "ctr"),
        Holder("Left", "obj", 1, (MARGIN, 148, COLUMN, END - 148)),
        Holder("Right", "obj", 2, (RIGHT, 148, COLUMN, END - 148)),
    ), (track(),)),
    Look("Comparison", "twoTxTwoObj", (title(), *columns(*TWO)), (track(),)),
    Look("Three Columns", "", (title(), *columns(*THREE)), (track(),)),
    Look("Title Only", "titleOnly", (title(),), (track(),)),
    Look("Statement", "", (
        Holder("Label", "body", 13, (MARGIN, 46, WIDE, 44), plain(22, 22, 20, 20, 20, bold=True, colour="accent1"), "b"),
        title((MARGIN, 102, 780, 310), Level(48), anchor="ctr"),
    ), (track(),)),
    Look("Number", "", (
        title(),
        Holder("Figure", "body", 13, (MARGIN, 114, 374, 272), (Level(199, 0, 0, "", "accent1", True),), "ctr", NONE),
        Holder("Body", "obj", 1, (459, 140, WIDTH - MARGIN - 459, 220), plain(34, 28, 24, 20, 20), "ctr"),
    ), (track(),)),
    Look("Table", "", (
        title(), CAPTION,
        Holder("Body", "tbl", 1, (MARGIN, 152, WIDE, END - 152), plain(24, 24, 24, 24, 24)),
    ), (track(),)),
    Look("Picture with Caption", "picTx", (
        title(),
        Holder("Caption", "body", 2, (MARGIN, 98, WIDE, 48), QUIET, "ctr"),
        Holder("Picture", "pic", 1, (MARGIN, 152, WIDE, END - 152), plain(20, 20, 20, 20, 20)),
    ), (track(),)),
    Look("Exercise", "", (
        title((BY_PANEL, 12, BESIDE, 81)),
        Holder("Time", "body", 13, (34, 22, PANEL - 46, 182), (Level(120, 0, 0, "", "bg1", True),), "b", (0, 0, 0, 18)),
        Holder("Group", "body", 14, (34, 206, PANEL - 56, 270), plain(22, 20, 20, 20, 20, colour=LIGHT, after=6)),
        Holder("Body", "obj", 1, (BY_PANEL, TOP, BESIDE, END - TOP)),
    ), (
        Drawn("rect", (0, 0, PANEL, HEIGHT), "tx2"), track(),
    ), "", BY_PANEL),
    Look("Question", "", (
        Holder("Label", "body", 13, (MARGIN, 46, WIDE, 44), plain(22, 22, 20, 20, 20, bold=True, colour="accent1"), "b"),
        title((MARGIN, 102, 752, 250), Level(46), anchor="ctr"),
        Holder("Body", "obj", 1, (MARGIN, 362, WIDE, END - 362), plain(24, 22, 20, 20, 20)),
    ), (track(),), "bg2"),
    Look("Quote", "", (
        title(),
        Holder("Body", "obj", 1, (MARGIN, 208, WIDE - 60, END - 208), plain(28, 24, 22, 20, 20, after=12)),
    ), (
        track(), Drawn("rect", (MARGIN - 6, 112, 84, 130), glyph="“", size=140, line="accent1"),
    )),
    Look("Code", "", (
        title(), CAPTION,
        Holder("Body", "obj", 1, (MARGIN, 152, WIDE, END - 152), plain(20, 20, 20, 20, 20, face="Consolas", after=0), "", (14, 10, 14, 10), "bg2"),
    ), (track(),)),
    Look("Closing", "", (
        Holder("Label", "body", 13, (MARGIN, 208, 700, 46), plain(24, 22, 20, 20, 20, colour=LIGHT), "b"),
        title((MARGIN, 258, 737, 118), Level(48, colour="bg1"), anchor="t"),
        Holder("Body", "obj", 1, (MARGIN, 382, WIDE, END - 382), plain(24, 22, 20, 20, 20, colour=LIGHT)),
    ), (), "tx2", MARGIN, LIGHT),
)  # fmt: skip
MASTER = (
    Holder("Title", "title", 0, TITLE, (Level(34, colour="tx1", bold=True),), "b", (0, 0, 0, 6)),
    Holder("Body", "body", 1, (MARGIN, TOP, WIDE, END - TOP), BODY),
)  # fmt: skip


def foot(start: float, master: bool, tone: str = "") -> tuple[Holder, ...]:
    """Return date, footer and number; a layout's have other indexes than the master's."""
    first = 2 if master else 10
    # LibreOffice takes nothing of these from the master: each says all of it.
    quiet = (Level(12, 0, 0, colour=tone or "accent3", align="l", face="+mn-lt"),)
    right = (Level(12, 0, 0, colour=tone or "accent3", align="r", face="+mn-lt"),)
    bold = (Level(12, 0, 0, colour=tone or "accent3", align="r", bold=True, face="+mn-lt"),)
    return (
        Holder("Date", "dt", first, (690, 501, 130, 22), right, "ctr"),
        Holder("Footer", "ftr", first + 1, (start, 501, 680 - start, 22), quiet, "ctr"),
        Holder("Number", "sldNum", first + 2, (835, 501, 74, 22), bold, "ctr"),
    )
