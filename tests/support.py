"""What tests share: reading a text, showing a model as text, the material beside the project."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from courseware.language.vocabulary import vocabulary_for
from courseware.model.blocks import (
    Box,
    Cell,
    Exercise,
    Field,
    Item,
    Paragraph,
    Part,
    Section,
    Text,
    Topic,
)
from courseware.model.session import Session
from courseware.model.walk import children, own_texts
from courseware.reading.stages import Reading, read_session

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"
WORDS = vocabulary_for("en")


QUICK = ("en", "de", "ja", "ar")
"""Languages of four scripts that every run tries; `make slow` tries the others of tests that take long."""


def in_languages(names: Iterable[str]) -> list[Any]:
    """Return languages as parameters of a test that takes long."""
    return [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in names]


def yaml_of(text: str) -> Any:
    """Return what YAML says, by the reader in C where there is one: ten times as fast."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def read(text: str, path: str = "session.md") -> Reading:
    return read_session(text.encode(), path, WORDS)


def session_of(text: str, path: str = "session.md") -> Session:
    session = read(text, path).session
    assert session is not None
    return session


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _flags(node: Any) -> str:
    flags = [name for name in ("asks", "choices", "part", "boxed") if getattr(node, name, False)]
    if node.audience == "facilitator":
        flags.append("facilitator's")
    if isinstance(node, Field) and node.role:
        flags.append(node.role)
    if isinstance(node, Item) and node.checked is not None:
        flags.append("ticked" if node.checked else "box")
    time = getattr(node, "time", None) or getattr(getattr(node, "heading", None), "time", None)
    if time is not None:
        flags.append(f"{time.low}-{time.high} min")
    return f" ({', '.join(flags)})" if flags else ""


def _name(node: Any) -> str:
    name = type(node).__name__.lower()
    if isinstance(node, Section | Box):
        name = f"{name} {node.kind}"
    if isinstance(node, Exercise):
        name = f"exercise {node.number}"
    if isinstance(node, Part | Topic | Section | Exercise | Box):
        title = node.heading.title.plain or node.heading.label
        return f"{name}: {title}" if title else name
    if labels := getattr(node, "labels", ()):
        name += f" [{', '.join(labels)}]"
    shown = " / ".join(t.plain for t in own_texts(node) if isinstance(t, Text) and t.plain)
    return f"{name}: {shown}" if shown else name


def tree(nodes: Any, depth: int = 0) -> str:
    lines = []
    for node in nodes:
        below = list(children(node))
        only = below[0] if len(below) == 1 else None
        if isinstance(node, Item | Cell) and isinstance(only, Paragraph):
            shown = f"{type(node).__name__.lower()}: {only.text.plain}"
            below = []
        else:
            shown = _name(node)
        lines.append("  " * depth + shown.replace("\n", "⏎") + _flags(node) + "\n")
        lines.append(tree(below, depth + 1))
    return "".join(lines)


def shown(session: Session) -> str:
    head = session.title.plain
    if session.number is not None:
        head = f"{session.number} {head}"
    if session.length:
        head += f" ({session.length.low}-{session.length.high} min)"
    return f"{head}\n{tree(session.sections, 1)}"
