"""What asks and what does not, in the wordings of a table: the worksheet has space for the first alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.model.blocks import Item, List, Space
from courseware.model.inline import Blank
from courseware.model.walk import own_texts, walk
from courseware.products.worksheet.space import Plot, Room, Tick
from tests.products.test_worksheet import sheet_of
from tests.support import yaml_of

TABLE: dict[str, dict[str, list[str]]] = yaml_of(
    Path(__file__).with_name("tasks.yml").read_text("utf-8")
)
OPENINGS = {
    "en": "## Exercise 1: Try\n\nWhich is it?",
    "de": "## Übung 1: Probieren\n\nWas ist es?",
    "fr": "## Exercice 1 : Essayer\n\nLequel est-ce ?",
    "es": "## Ejercicio 1: Probar\n\n¿Cuál es?",
}
ROWS = [(lang, kind, said) for lang, kinds in TABLE.items() for kind in kinds for said in kinds[kind]]  # fmt: skip


def spaces(language: str, said: str) -> int:
    """Return how much is written or ticked in an exercise, its opening question aside."""
    body = said.replace("/", "\n")
    text = f"---\nlanguage: {language}\n---\n# T\n\n{OPENINGS[language]}\n\n{body}\n"
    return sum(_is_space(node) for node in walk(sheet_of(text).units)) - 1


def _is_space(node: object) -> bool:
    ticked = isinstance(node, Item) and node.checked is not None
    if isinstance(node, Room | Tick | Plot | Space) or ticked:
        return True
    chosen = isinstance(node, List) and node.choices
    return chosen or any(text.has(Blank) for text in own_texts(node))  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "kind", "said"), ROWS)
def test_what_asks_has_space_and_what_does_not_has_none(
    language: str, kind: str, said: str
) -> None:
    assert (spaces(language, said) > 0) == (kind == "asks")
