"""Two forms of one word, or two people, in what is for who leads: "למדריך/ה", "per il/la docente"."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.language.catalogue import languages
from courseware.language.frames.forms import forms_of
from courseware.language.twins import with_digits
from tests.language.test_doubt import seen
from tests.support import read, yaml_of

TABLE: dict[str, dict[str, list[str]]] = yaml_of(
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


@pytest.mark.parametrize(
    ("title", "number"),
    [("תרגיל א׳: טעימה", "1"), ("תרגיל ב' – טעימה", "2"), ('תרגיל י"א: טעימה', "11"), ("תרגיל ט״ו: טעימה", "15"),
     ("תרגיל מס׳ 2: טעימה", "2"), ("תרגיל כ׳: טעימה", "20")],
)  # fmt: skip
def test_hebrew_counts_in_letters_with_either_sign(title: str, number: str) -> None:
    reading = read(f"---\nlanguage: he\n---\n# מפגש ג׳: תה\n\n## {title}\n\nמה?\n")
    assert reading.session is not None
    assert (reading.session.number, reading.session.label) == (3, "מפגש ג׳")
    assert [one.heading.number for one in reading.session.exercises()] == [number]


@pytest.mark.parametrize(
    "label", ["תשובה א׳", "תשובה ב'", "תשובה לדוג׳", "תשובות לתרגיל ג׳", "תשובה י״א"]
)
def test_an_answer_counted_in_hebrew_letters_hides(label: str) -> None:
    shown_, _ = seen(f"# T\n\n## תרגיל א׳\n\nמה?\n\n**{label}:** SECRET\n", "he")
    assert "SECRET" not in shown_


def test_signs_in_hebrew_words_break_none() -> None:
    shown_, codes = seen("# T\n\n## תרגיל 1 (10 דק׳)\n\nכתבו דו״ח על צה״ל.\n", "he")
    assert "דו״ח" in shown_ and "C140" not in codes
    assert with_digits("דו״ח ג׳ורג׳ פרק ג׳") == "דו\"ח ג'ורג' פרק 3"
