"""The sample course shows what an author may write: all of it, by the program's own tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import get_args

import pytest

from courseware.checking.rules import check
from courseware.course import Loaded, load
from courseware.model import blocks
from courseware.model.blocks import Box, Code, Field, Item, Node, Section, SectionKind, Text
from courseware.model.session import Session
from courseware.model.walk import AnyNode, texts, walk
from courseware.reading.directives import DIRECTIVES
from tests.support import PROJECT

CALLOUTS = ("note", "tip", "important", "warning", "caution")
INLINE = {
    "a link to the web": lambda t: any(k.target.startswith("https:") for k in t.links),
    "a link to a session": lambda t: any(k.target.endswith(".md") for k in t.links),
    "a footnote": lambda t: bool(t.notes),
    "a formula": lambda t: 'class="math"' in t.html,
    "bold": lambda t: "<strong>" in t.html,
    "italic": lambda t: "<em>" in t.html,
    "code": lambda t: "<code>" in t.html,
}
BLOCKS = {
    "a box to tick": lambda n: isinstance(n, Item) and n.checked is not None,
    "choices": lambda n: bool(getattr(n, "choices", False)),
    "a numbered list": lambda n: bool(getattr(n, "ordered", False)),
    "a prompt": lambda n: bool(getattr(n, "asks", False)),
    "code in a language": lambda n: isinstance(n, Code) and n.language == "python",
    "a field for the facilitator": lambda n: isinstance(n, Field) and n.audience == "facilitator",
    "an answer as a field": lambda n: isinstance(n, Field) and n.role == "answer",
    "a stated time": lambda n: getattr(getattr(n, "heading", None), "time", None) is not None,
    "a group": lambda n: bool(getattr(getattr(n, "heading", None), "group", "")),
    "materials": lambda n: bool(getattr(getattr(n, "heading", None), "materials", ())),
}


@cache
def sample() -> Loaded:
    return load(PROJECT / "content")


@cache
def nodes() -> tuple[AnyNode, ...]:
    return tuple(n for s in sample().course.sessions for n in walk(s.sections))


@cache
def sources() -> str:
    files = sorted((PROJECT / "content").glob("*.md"))
    return "\n".join(file.read_text("utf-8") for file in files)


def kinds() -> list[str]:
    made = (o for o in vars(blocks).values() if isinstance(o, type) and issubclass(o, Node))
    return sorted(o.__name__ for o in made if o is not Node)


@pytest.mark.parametrize("name", sorted(DIRECTIVES))
def test_every_directive_is_shown(name: str) -> None:
    assert re.search(rf"^:{{3,}} *{name}\b", sources(), re.M)


@pytest.mark.parametrize("name", kinds())
def test_every_kind_of_block_is_shown(name: str) -> None:
    assert any(type(node).__name__ == name for node in nodes())


@pytest.mark.parametrize("kind", get_args(SectionKind))
def test_every_kind_of_section_is_shown(kind: str) -> None:
    assert any(isinstance(node, Section) and node.kind == kind for node in nodes())


@pytest.mark.parametrize("kind", CALLOUTS)
def test_every_callout_is_shown(kind: str) -> None:
    assert any(isinstance(node, Box) and node.kind == kind for node in nodes())


@pytest.mark.parametrize("what", INLINE)
def test_what_stands_in_lines_is_shown(what: str) -> None:
    shown: Callable[[Text], bool] = INLINE[what]
    assert any(shown(text) for text in texts(nodes()))


@pytest.mark.parametrize("what", BLOCKS)
def test_what_blocks_say_is_shown(what: str) -> None:
    shown: Callable[[AnyNode], bool] = BLOCKS[what]
    assert any(shown(node) for node in nodes())


def test_raw_html_is_shown() -> None:
    for tag in ("table", "details", "kbd"):
        assert f"<{tag}" in sources()


def test_facts_are_shown_both_ways() -> None:
    sessions: tuple[Session, ...] = sample().course.sessions
    assert [s.number for s in sessions] == [6, 7, 8]
    assert any(text.startswith("---\n") for text in (
        (PROJECT / "content" / s.path).read_text("utf-8") for s in sessions))  # fmt: skip
    assert any(s.meta for s in sessions)
    assert any(s.revision_text for s in sessions)


def test_nothing_is_to_be_found_fault_with() -> None:
    assert [f for f in (*sample().findings, *check(sample())) if f.severity != "note"] == []
