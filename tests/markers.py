"""Marker sentences planted wherever an author can write to the facilitator, from the tables.

A marker is a sentence with a word of its own, which nothing else holds. A directive, a word of the
vocabulary or an alias that is added to its table is planted at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import indent

import msgspec

from courseware.model.kinds import Kind, find_kind
from courseware.products.withheld import LEARNERS
from courseware.reading.dialects.other_tools import OTHERS
from courseware.reading.markdown.directives import DIRECTIVES
from tests.support import WORDS, yaml_of

_LABELS = yaml_of((Path(__file__).parent / "language/frames/en.yml").read_text("utf-8"))["labels"]
LEADERS: list[str] = [title for title in _LABELS["facilitator"] if title[0].isalpha()]
ANSWERS: list[str] = _LABELS["answers"]
"""Labels and headings of a facilitator's and of an answer's words."""
FOUND = re.compile(r"zq(\d+)zq")


class Planted(msgspec.Struct):
    """A session's text; `markers` say by number how each was planted."""

    text: str = ""
    markers: dict[int, str] = {}

    def mark(self, how: str) -> str:
        """Return a new marker sentence for something planted so."""
        number = len(self.markers) + 1
        self.markers[number] = how
        return f"Nobody else may ever hear of the zq{number}zq lamp tonight."

    def add(self, *lines: str) -> None:
        """Add paragraphs."""
        self.text += "\n\n".join(lines) + "\n\n"


def markers_in(text: str) -> set[int]:
    """Return the numbers of the markers in a text."""
    return {int(number) for number in FOUND.findall(text.casefold())}


def is_theirs(kind: Kind) -> bool:
    """Whether what a kind's box holds is the facilitator's alone."""
    return kind.audience == "facilitator" or bool(kind.products and not LEARNERS & {*kind.products})


THEIRS = {name: row for name, row in DIRECTIVES.items() if is_theirs(find_kind(row.kind))}
"""The directives whose words are the facilitator's."""

Wrap = Callable[[str], str]
INSIDE: dict[str, Wrap] = {
    "by itself": lambda b: b,
    "a list item": lambda b: "- One.\n\n" + indent(b, "  ") + "\n- Two.",
    "a step": lambda b: "1. One.\n\n" + indent(b, "   ") + "\n2. Two.",
    "an item of an item": lambda b: "- One.\n  - Inner.\n\n" + indent(b, "    ") + "\n- Two.",
    "a quote": lambda b: "> Said.\n>\n" + indent(b, "> ", lambda line: True),
    "a callout": lambda b: "> [!TIP]\n> Said.\n>\n" + indent(b, "> ", lambda line: True),
    "a box": lambda b: f"::: example\nFor example.\n\n{b}\n:::",
    "columns": lambda b: f"::: columns\nLeft.\n\n{b}\n:::",
    "only": lambda b: f"::: only handout worksheet slides guide\nThere.\n\n{b}\n:::",
    "a part": lambda b: f"**Part 1: Talk**\n\nSome talk.\n\n{b}\n\n**Part 2: Rest**\n\nMore.",
    "details": lambda b: f"<details><summary>More</summary>\n\nMore.\n\n{b}\n\n</details>",
    "a cell": lambda b: f"<table><tr><th>A</th></tr><tr><td>\n\nIn.\n\n{b}\n\n</td></tr></table>",
    "a div": lambda b: f'<div class="wide">\n\nIn.\n\n{b}\n\n</div>',
    "a definition": lambda b: "Lamp\n: A light.\n\n" + indent(b, "  "),
}
"""What a facilitator's block can stand in."""


def around(text: str) -> Wrap:
    """Return what puts a text in place of the sign "§" in another."""
    return lambda marker: text.replace("§", marker)


def directives() -> Iterator[tuple[str, Wrap]]:
    """Yield every spelling of a facilitator's directive, by what it is called."""
    for name in THEIRS:
        yield f"::: {name}", around(f"::: {name}\n§\n:::")
        yield f":::{name} with a list", around(f":::{name}\n- §\n- Other.\n:::")
        yield (
            f":::: {name} around a box",
            around(f":::: {name}\n::: callout\n§\n:::\n::::"),
        )
    yield "the title of a directive", around('::: facilitator "§"\nSee.\n:::')
    yield "a heading in a directive", around("::: facilitator\n### §\n\nSee.\n:::")
    yield "a table in a directive", around("::: notes\n| A | B |\n|---|---|\n| c | § |\n:::")
    yield "code in a directive", around("::: notes\n```text\n§\n```\n:::")
    yield "a picture in a directive", around("::: notes\n![§](lamp.png)\n:::")
    yield (
        "a form in a directive",
        around("::: notes\n```\nA: ____\nB: ____\nC: ____ §\n```\n:::"),
    )
    yield from other_tools()
    yield "only guide", around("::: only guide\n§\n:::")


def other_tools() -> Iterator[tuple[str, Wrap]]:
    """Yield a facilitator's block as other tools write it, by what it is called."""
    theirs = [n for n, row in OTHERS.items() if find_kind(row.kind).audience == "facilitator"]
    for name in (*THEIRS, *theirs):
        yield f"a fence {{{name}}}", around(f"~~~~{{{name}}}\n§\n~~~~")
        yield f"!!! {name}", around(f"!!! {name}\n    §\n\n    - §")
        yield f"::: {{.{name}}}", around(f"::: {{.{name}}}\n§\n:::")
        yield f"[!{name}]", around(f"> [!{name}] Title\n> §")
        yield f"{{: .{name}}}", around(f"> ## Title\n>\n> §\n{{: .{name}}}")
        yield f"{{: .{name}}} of text", around(f"§\n{{: .{name}}}")
    for title in ("Solution", "Instructor notes", "Answers"):
        yield f"a quote {title}", around(f"> ### {title}\n>\n> §")
        yield f"[!note] {title}", around(f"> [!note]- {title}\n> §")
        yield f"an admonition {title}", around(f"~~~{{admonition}} {title}\n§\n~~~")
        yield f"??? {title}", around(f'??? info "See the {title}"\n    §')
    yield (
        "a gate of a solution",
        around("```{solution-start} a\n```\n§\n```{solution-end}\n```"),
    )


def words(limit: int) -> Iterator[tuple[str, Wrap]]:
    """Yield every place for a facilitator's word in a section, by what it is called."""
    for word in LEADERS[:limit]:
        title = word.capitalize()
        yield f"**{title}:**", around(f"**{title}:** §")
        yield f"**{title}**:", around(f"**{title}**: §")
        yield f"- **{title}:**", around(f"- **Topic:** lamps\n- **{title}:** §")
        yield f"a column {title}", around(f"| What | {title} |\n|---|---|\n| lamp | § |")
        yield f"a box {title}", around(f'::: callout "{title}"\n§\n:::')
        yield f"details {title}", around(f"<details><summary>{title}</summary>\n\n§\n\n</details>")  # fmt: skip
    for word in ("facilitator", "instructor", "trainers", "course's tutor")[:limit]:
        yield f"details with {word}", around(f"<details><summary>For the {word} only</summary>\n\n§\n\n</details>")  # fmt: skip
    yield "details", around("<details>\n\n§\n\n</details>")
    yield "details in one line", around("<details>§</details>")


def answers(limit: int) -> Iterator[tuple[str, Wrap]]:
    """Yield every spelling of an answer in an exercise, by what it is called."""
    for word in ANSWERS[:limit]:
        title = word.capitalize()
        yield f"**{title}:**", around(f"**{title}:** §")
        yield f"**{title}**:", around(f"**{title}**: §")
        several = title if title.endswith("s") else f"{title}s"
        yield f"**{several}:**", around(f"**{several}:**\n\n- §\n- Other.")
        yield f"{title}:", around(f"{title}: §")
        yield f"- **{title}:**", around(f"- **Clue:** it glows\n- **{title}:** §")
        yield f"**{title}** alone", around(f"**{title}**\n\n§")
        yield f"details {title}", around(f"<details><summary>{title}</summary>\n\n§\n\n</details>")  # fmt: skip
    for word in WORDS.data["debriefs"]:
        yield f"**{word}:**", around(f"**{word.capitalize()}:** §")


def below_exercises(limit: int) -> Iterator[tuple[str, Wrap]]:
    """Yield headings under an exercise that make what they head the facilitator's."""
    for word in (*ANSWERS[:limit], *LEADERS[:limit]):
        yield f"#### {word}", around(f"#### {word.capitalize()}\n\n§")


def planted(limit: int = 10_000) -> Planted:
    """Return a session with a marker in every place; of words that mean the same, `limit`."""
    done = Planted(markers={})
    done.add("# Session 31: Lamps", "Lamps are lit at night.")
    for number, (place, wrap) in enumerate(INSIDE.items()):
        done.add(f"## Ground {number}")
        for name, block in (*directives(), ("**Instructor notes:**", _field)):
            if place == "by itself" or name in (
                "::: facilitator",
                "::: answer",
                "**Instructor notes:**",
            ):
                done.add("Some words.", wrap(block(done.mark(f"{name} in {place}"))))
    done.add("## Words")
    for number, (name, block) in enumerate(words(limit)):
        done.add(f"### Topic {number}", "Some words.", block(done.mark(name)))
    for word in LEADERS[:limit]:
        done.add("## Before", "More.", f"### {word.capitalize()}", done.mark(f"### {word}"))
        done.add(f"## {word.capitalize()}", done.mark(f"## {word}"))
        done.add("### Inside", done.mark(f"### in {word}"), f"- {done.mark(f'an item in {word}')}")
    number = 0
    for place, wrap in INSIDE.items():
        for name, block in answers(limit):
            if place == "by itself" or name in ("**Answer:**", "Answer:", "details Solution"):
                number += 1
                done.add(f"## Exercise {number}: Light", "Which lamp is it?",
                         wrap(block(done.mark(f"{name} in an exercise, in {place}"))))  # fmt: skip
        done.add(f"## Exercise {number + 1}: Dark", "Which one?",
                 wrap(f"::: answer\n{done.mark(f'::: answer in an exercise, in {place}')}\n:::"))  # fmt: skip
        number += 1
    for name, block in below_exercises(limit):
        number += 1
        done.add("## Exercises", f"### Exercise {number}: Glow", "Which lamp is it?",
                 block(done.mark(f"{name} under an exercise")))  # fmt: skip
    done.add("## Exercise 500: Last", "Which?")
    done.add(f"::: answer\n{done.mark('::: answer behind an exercise')}\n:::")
    done.add("## Questions", "1. Which lamp?", f"   **Answer:** {done.mark('in questions')}",
             "2. Why?", f"   Answer: {done.mark('Answer: in questions')}")  # fmt: skip
    done.add("Noted.", f"::: notes\nSee.[^1]\n:::\n\n[^1]: {done.mark('a footnote')}")
    done.text = _front(done) + done.text
    return done


def _field(marker: str) -> str:
    return f"**Instructor notes:** {marker}"


def _front(done: Planted) -> str:
    return (f"---\nroom: {done.mark('room')}\nmaterials: [\"{done.mark('materials')}\"]\n---\n"
            f"<!-- {done.mark('a comment')} -->\n")  # fmt: skip


UNPRINTED = frozenset({"a comment"})
"""What no product prints."""
