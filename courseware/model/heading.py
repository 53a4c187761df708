"""What heads a block: a title taken apart, with the time that it states."""

from __future__ import annotations

import msgspec

from courseware.model.inline import Text


class Time(msgspec.Struct, frozen=True):
    """A stated time in minutes, from `low` to `high`; `text` is what the author wrote."""

    low: int
    high: int
    text: str = ""


class Heading(msgspec.Struct, frozen=True, omit_defaults=True):
    """A heading taken apart: `icon` (an emoji), `label` ("Exercise 1"), `number`, title, time.

    `group` and `materials` are what its attributes say of working together and of what to bring;
    `keep` and `drop_first` what they say to a plan for less time, `groups` for which audiences of
    variants alone it is.
    """

    title: Text = Text()
    icon: str = ""
    label: str = ""
    number: str = ""
    time: Time | None = None
    level: int = 0
    group: str = ""
    materials: tuple[str, ...] = ()
    keep: bool = False
    drop_first: bool = False
    groups: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the heading is called in a list: its title, else its label."""
        return self.title.plain or self.label

    @property
    def short(self) -> str:
        """Its label without the mark behind it: "Exercise 1" of "Exercise 1:" and "演習1" of "演習1："."""
        return self.label.rstrip(" :：.—–-")

    @property
    def colon(self) -> str:
        """What parts label and title: a wide colon where its author put one, which has room of its own."""
        return "：" if self.label.endswith("：") else ": "

    @property
    def full(self) -> str:
        """Label and title: "Exercise 1: Role play"; "" where its author gave it no name."""
        return self.colon.join(words for words in (self.short, self.title.plain) if words)
