"""The layouts: for each its places, with what differs from the master's text, and its drawings."""

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

PANEL = 264
"""Width of the panel at the left of an exercise."""
SIDE = 216
"""Width of the panel at the left of a question, and of what comes next."""
BODY = (Level(28, 26, -26, "•", "tx1", after=9), Level(24, 52, -23, "–", "tx1", after=6),
        Level(22, 76, -21, "•", "tx1", after=5), Level(20, 98, -19, "–", "tx1", after=4),
        Level(20, 119, -19, "•", "tx1", after=4))  # fmt: skip
TITLE = (MARGIN, 20, WIDE, 96)
RULE_Y = 118
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


RULE = rule(MARGIN, WIDE)
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
        title((BY_PANEL, 20, BESIDE, 96)),
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
        title((BY_SIDE, 20, REST, 96)),
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
