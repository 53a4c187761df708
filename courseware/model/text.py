"""What stands inside leaf blocks and headings: texts with their links and formulas, and times."""

from __future__ import annotations

import msgspec


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """A link or an inline image in a text: `target` is a path in the course, or an address."""

    target: str
    line: int
    column: int
    image: bool = False
    alt: str = ""


class Formula(msgspec.Struct, frozen=True, omit_defaults=True):
    """A formula in a text: its TeX and its place."""

    tex: str
    line: int
    column: int


class Text(msgspec.Struct, frozen=True, omit_defaults=True):
    """A leaf's inside: `html` is clean inline HTML, `plain` the words a reader sees.

    `notes` names the footnotes it refers to.
    """

    html: str = ""
    plain: str = ""
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()
    formulas: tuple[Formula, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.html)


class Time(msgspec.Struct, frozen=True):
    """A stated time in minutes, from `low` to `high`; `text` is what the author wrote."""

    low: int
    high: int
    text: str = ""


class Heading(msgspec.Struct, frozen=True, omit_defaults=True):
    """A heading taken apart: `icon` (an emoji), `label` ("Exercise 1"), `number`, title, time.

    `group` and `materials` are what its attributes say of working together and of what to bring.
    """

    title: Text = Text()
    icon: str = ""
    label: str = ""
    number: str = ""
    time: Time | None = None
    level: int = 0
    group: str = ""
    materials: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the heading is called in a list: its title, else its label."""
        return self.title.plain or self.label
