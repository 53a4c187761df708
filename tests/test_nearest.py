"""The nearest known name is a whole word that is like the one said, never a part of it."""

import pytest

from courseware.diagnostics import did_you_mean, nearest


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("titel", ["tags", "title"], "title"),
        ("Titel", ["tags", "title"], "title"),
        ("uper", ["e", "upper"], "upper"),
        ("pictures/plan.png", ["images/plan.png", "plan.png"], "images/plan.png"),
        ("caution", ["solution", "callout"], ""),
        ("SI", ["S"], ""),
        ("sub", ["tags", "subtitle"], "subtitle"),
        ("su", ["tags", "subtitle"], ""),
        ("date", ["materials", "tags"], ""),
        ("x", [], ""),
    ],
)
def test_the_nearest(word: str, known: list[str], expected: str) -> None:
    assert nearest(word, known) == expected


def test_the_hint_names_it() -> None:
    assert did_you_mean("lenght", ["length", "start"]) == 'did you mean "length"?'
    assert did_you_mean("lenght", ["start"]) == ""
