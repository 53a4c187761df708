"""Two forms of one word, or two people, in what is for who leads: "למדריך/ה", "per il/la docente"."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from courseware.language.catalogue import languages
from courseware.language.frames.forms import forms_of
from tests.language.test_doubt import seen

TABLE: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("forms.yml").read_text("utf-8")
)


def shown(language: str, title: str) -> bool:
    heading, _ = seen(f"# T\n\n## A\n\nB.\n\n## {title}\n\nXYZZY is a thing to say.\n", language)
    label, _ = seen(f"# T\n\n## A\n\nB.\n\n**{title}:** XYZZY is a thing to say.\n", language)
    return "XYZZY" in heading or "XYZZY" in label


@pytest.mark.parametrize("language", languages())
def test_what_is_for_who_leads_hides_in_both_forms(language: str) -> None:
    assert not [title for title in TABLE[language]["hides"] if shown(language, title)]


@pytest.mark.parametrize("language", languages())
def test_what_is_on_two_people_is_open(language: str) -> None:
    assert not [title for title in TABLE[language]["open"] if not shown(language, title)]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Note per il/la docente", ("Note per il docente",)),
        ("הערות למדריכ.ה", ("הערות למדריך",)),
        ("Для учителя/ученика", ("Для учителя", "Для ученика")),
        ("教师/讲师备注", ("教师", "讲师备注")),
        ("Notes for the trainer", ()),
    ],
)  # fmt: skip
def test_forms(text: str, forms: tuple[str, ...]) -> None:
    assert forms_of(text) == forms
