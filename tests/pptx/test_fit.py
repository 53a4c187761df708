"""Widths and lines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.pptx.text.faces import face
from courseware.pptx.text.fit import Style, chunks, font, lines, natural, widest
from courseware.pptx.values import Run

CALIBRI = Style(face("Calibri"), face("Consolas"))


def wrapped(text: str, width: float) -> list[str]:
    """Return a text's lines, as they are wrapped in `width` ems."""
    found = chunks((Run(text),), CALIBRI)
    starts = [*lines(found, width), len(found)]
    words = ["".join(part.text for part in chunk.parts) for chunk in found]
    return ["|".join(words[a:b]) for a, b in pairwise(starts)]


def test_a_word_is_as_wide_as_its_glyphs() -> None:
    # Carlito has Calibri's widths: H 1276, e 1019, l 470, o 1080 of 2048 units to the em.
    assert font(CALIBRI.face.regular).advance("Hello") == pytest.approx((1276 + 1019 + 940 + 1080) / 2048, abs=0.02)  # fmt: skip


def test_bold_and_code_have_faces_of_their_own() -> None:
    plain, bold, code = (
        natural(chunks((run,), CALIBRI))
        for run in (Run("wiring"), Run("wiring", bold=True), Run("wiring", code=True))
    )
    assert plain < bold < code
    assert code == pytest.approx(6 * 0.602, abs=0.01)


def test_raised_text_is_smaller() -> None:
    assert natural(chunks((Run("n", raised="sup"),), CALIBRI)) < 0.7 * natural(
        chunks((Run("n"),), CALIBRI)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two three", ["one|two", "three"]),
        ("and/or either/or", ["and/or", "either/or"]),
        ("well-known facts", ["well-", "known", "facts"]),
        ("in data-a/b-c own", ["in", "data-a/b-c", "own"]),
        ("in 2020-21 only", ["in|2020-21", "only"]),
        ("a --flag onto", ["a|--flag", "onto"]),
        ("one twos ... three", ["one", "twos ...", "three"]),
        ("one twos .5", ["one|twos", ".5"]),
        ("non\u00a0break ing", ["non\u00a0break", "ing"]),
        ("東京は大きい、です", ["東|京|は|大", "き|い、|で", "す"]),
        ("배포를 다시 봐", ["배포를", "다시|봐"]),
    ],
)
def test_where_lines_end(text: str, expected: list[str]) -> None:
    assert wrapped(text, 4.5) == expected


def test_a_line_break_is_one() -> None:
    found = chunks((Run("one"), Run("\n"), Run("two")), CALIBRI)
    assert lines(found, 100) == [0, 1]


def test_a_word_wider_than_a_line_takes_several() -> None:
    found = chunks((Run("x" * 100),), CALIBRI)
    assert len(lines(found, 5)) == pytest.approx(widest(found) / 5, abs=1.5)


def test_a_word_over_two_runs_stays_whole() -> None:
    found = chunks((Run("un", bold=True), Run("done deal")), CALIBRI)
    assert [[p.text for p in c.parts] for c in found] == [["un", "done"], ["deal"]]


@pytest.mark.parametrize("character", ["漢", "😀", "Ω", "\u2713", "\U0001fae8"])
def test_what_a_face_lacks_has_a_width(character: str) -> None:
    assert 0.3 < font(CALIBRI.face.regular).advance(character) <= 1.5


@given(st.text(alphabet="ab -/\u00a0漢、「\n.", max_size=60), st.floats(0.5, 20))
def test_nothing_is_lost_between_lines(text: str, width: float) -> None:
    found = chunks((Run(text),), CALIBRI)
    shown = "".join(p.text for c in found for p in c.parts)
    assert shown.replace(" ", "") == text.replace(" ", "").replace("\n", "")
    starts = lines(found, width)
    assert starts[0] == 0 and sorted(starts) == starts
    assert set(range(len(found))) >= set(starts if found else ())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("on day-to-day/data", 3),
        ("on data/aa-bb-cc-dd", 3),
        ("on data/aabbccddee", 3),
        ("a day/b", 1),
    ],
)
def test_a_path_wider_than_a_line_begins_one_and_is_broken_at_its_hyphens_first(
    text: str, count: int
) -> None:
    assert len(lines(chunks((Run(text),), CALIBRI), 5.0)) == count
