"""A break is a break in any language."""

from __future__ import annotations

import pytest

from courseware.language.durations import is_break
from courseware.model.times.delivery import Delivery
from courseware.model.times.timing import run_sheet
from tests.support import session_of


@pytest.mark.parametrize(
    "title",
    ["Break", "Coffee break", "Lunch: bring your own", "Kaffeepause", "Mittagspause", "Pause", "Pausa",
     "Pausa para el café", "Pause-café", "Déjeuner", "Almoço", "Перерыв", "Кофе-брейк", "休憩", "茶歇",
     "휴식", "استراحة", "הפסקה", "विराम"],
)  # fmt: skip
def test_words_for_breaks(title: str) -> None:
    assert is_break(title)
    found = run_sheet(
        session_of(f"# A\n\n## B (70 min)\n\nx\n\n## {title} (15 min)\n\n## C (60 min)\n\nx\n")
    )
    assert [s.kind for s in found.timed()] == ["concept", "break", "concept"]


@pytest.mark.parametrize("title", ["Make or break", "Pause and reflect", "Breakdown", "Coffee roasting",
                                   "Menopause: a talk", "Lunchtime design"])  # fmt: skip
def test_what_is_no_break(title: str) -> None:
    assert not is_break(title)


def test_an_agendas_break_in_another_language() -> None:
    text = "# A\n\n## Agenda\n\n- 9:00-10:00 B\n- 10:00-10:15 Kaffeepause\n- 10:15-11:00 C\n\n## B\n\nx\n\n## C\n\ny\n"
    assert [s.kind for s in run_sheet(session_of(text), Delivery()).timed()][1] == "break"
