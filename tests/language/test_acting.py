"""Asides that tell what who leads does, labels of lesson plans, and columns of who does what, in each language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from courseware.course.loading import load
from courseware.html.rendering import render
from courseware.language.catalogue import languages
from courseware.language.frames import Frames, Place, Reader, Setting
from courseware.model.blocks import List
from courseware.model.session import for_learner
from courseware.model.walk import texts, walk
from courseware.products.table import PRODUCTS, page
from tests.support import in_languages, read, session_of, yaml_of

TABLE: dict[str, dict[str, Any]] = yaml_of(
    Path(__file__).with_name("acting.yml").read_text("utf-8")
)
FORMS = (
    "({})",
    "（{}）",
    "*{}*",
    "_{}_",
    "*({})*",
    "※ {}",
    "→ {}",
    "- ({})",
    "> *{}*",
    "(Ok. {})",
    "(Ok! {})",
    "> {}",
    "> ({})",
    "One two three four. ({})",
    "One two *{}* three.",
    "One two [{}] three.",
)
"""How an aside stands out."""


def learners(language: str, text: str) -> str:
    """Return what learners get of a text in a session."""
    head = f"---\nlanguage: {language}\n---\n# A\n\n## B\n\nOne.\n\n"
    session = for_learner(session_of(f"{head}{text}\n\nTwo.\n"))
    return " ".join(one.plain for one in texts(session.sections))


def test_every_language_has_a_row() -> None:
    assert sorted(TABLE) == sorted(languages())


@pytest.mark.parametrize("language", in_languages(TABLE))
def test_an_aside_that_tells_what_who_leads_does_is_withheld(language: str) -> None:
    acts = TABLE[language]["acts"]
    acts = [*acts, TABLE[language]["short"], TABLE[language]["behind"]]
    told = [form.format(one) for form in FORMS for one in acts]
    shown = {one: learners(language, one) for one in told}
    assert not [one for one, seen in shown.items() if any(act[:5] in seen for act in acts)]


@pytest.mark.parametrize("language", TABLE)
def test_running_text_and_asides_to_learners_are_theirs(language: str) -> None:
    row = TABLE[language]
    assert not [one for one in row["acts"] if one[:5] not in learners(language, one)]
    forms = ("({})", "> {}", "One two. ({})", "One *{}* two.")
    told = [(form.format(one), one[:5]) for form in forms for one in row["open"]]
    hidden = [said for said, begin in told if begin not in learners(language, said)]
    assert not hidden


@pytest.mark.parametrize("language", TABLE)
def test_what_stands_around_an_aside_is_printed(language: str) -> None:
    act = TABLE[language]["acts"][0]
    for text in (f"One two ({act}) three.", f"One two three. ({act})"):
        seen = learners(language, text)
        assert "two" in seen and "three." in seen and "(" not in seen
    assert "two  three" not in learners(language, f"One ({act}) two ({act}) three.")
    assert "(" not in learners(language, f"One ({act}) two ({act}) three.")
    assert "\u201cHe waits.\u201d" in learners("en", "> \u201cHe waits.\u201d said the trainer.")
    assert "waits" in learners("en", "> The trainer waits.\n>\n> — Anna")


def test_an_open_aside_beside_withheld_ones_is_told() -> None:
    text = "# A\n\n## B\n\n*The trainer waits.*\n\n*Steam on the window, then silence.*\n"
    assert "C157" in {one.code for one in read(text).findings}
    open_ = text.replace("*The trainer waits.*", "One.")
    assert "C157" not in {one.code for one in read(open_).findings}


def test_a_plan_with_columns_for_each_is_the_learners() -> None:
    rows = "| 5 min | Lines | draw | wait |\n| 10 min | Dots | paint | walk about |\n"
    head = "| Zeit | Inhalt | TN-Aktivität | Trainer-Aktivität |\n|--|--|--|--|\n"
    text = f"---\nlanguage: de\n---\n# A\n\n## Ablauf\n\n{head}{rows}\n## B\n\nOne.\n"
    seen = " ".join(t.plain for t in texts(for_learner(session_of(text)).sections))
    assert "paint" in seen and "walk about" not in seen


@pytest.mark.parametrize("language", TABLE)
def test_labels_of_lesson_plans_are_withheld(language: str) -> None:
    row = TABLE[language]
    setting = Setting(Place.LABEL, text=row["acts"][0])
    found = {one: Frames(language).decide(one, setting).reader for one in row["labels"]}
    assert not [one for one, reader in found.items() if reader is not Reader.FACILITATOR]


@pytest.mark.parametrize("language", TABLE)
def test_a_column_of_what_who_leads_does_is_withheld_beside_the_learners(language: str) -> None:
    mine, theirs = TABLE[language]["columns"]
    cells = tuple(one.lower() for one in TABLE[language]["acts"])
    near = ("1", mine, theirs)
    setting = Setting(Place.COLUMN, near=near, cells=cells)
    frames = Frames(language)
    assert frames.decide(mine, setting).reader is Reader.FACILITATOR
    assert frames.decide(theirs, setting).reader is Reader.EVERYONE


PLANS = {
    "en": ("Teacher", "Learners"), "de": ("Kursleitung", "Lernende"), "fr": ("Enseignant", "Élèves"),
    "es": ("Profesor", "Alumnos"), "pt": ("O professor", "Alunos"), "it": ("Il docente", "Corsisti"),
    "ru": ("Учитель", "Учащиеся"), "uk": ("Учитель", "Учні"), "ja": ("教師", "学習活動"), "zh": ("老师", "学生"),
    "ko": ("교사", "학습 활동"), "ar": ("المعلم", "المتعلمون"), "fa": ("معلم", "دانش‌آموزان"), "he": ("המורה", "המשתתפים"),
    "hi": ("शिक्षक", "विद्यार्थियों की गतिविधि"),
}  # fmt: skip
"""Heads of a lesson plan's columns that name people alone."""


@pytest.mark.parametrize("language", PLANS)
def test_heads_that_name_people_alone_are_a_plan_s_beside_a_third(language: str) -> None:
    mine, theirs = PLANS[language]
    cells = tuple(one.lower().rstrip(".。") for one in TABLE[language]["acts"])
    decide = Frames(language).decide
    plan = Setting(Place.COLUMN, near=("1", mine, theirs), cells=cells)
    assert decide(mine, plan).reader is Reader.FACILITATOR
    assert decide(theirs, plan).reader is Reader.EVERYONE
    figures = Setting(Place.COLUMN, near=("1", mine, theirs), cells=("30", "12.5", "7"))
    assert decide(mine, figures).reader is Reader.EVERYONE


@pytest.mark.parametrize("language", TABLE)
def test_where_leading_is_taught_asides_are_open(language: str) -> None:
    frames = Frames(language, subject=True)
    assert not [one for one in TABLE[language]["acts"] if frames.decide(one, Setting(Place.ASIDE))]


RIGHT = {
    "en": "Paris is the right answer.", "de": "Paris ist die richtige Antwort.", "fr": "Paris est la bonne réponse.",
    "es": "París es la respuesta correcta.", "pt": "Paris é a resposta certa.", "it": "Parigi è la risposta giusta.",
    "ru": "Париж — правильный ответ.", "uk": "Париж — правильна відповідь.", "ja": "パリが正解です。", "zh": "巴黎是正确答案。",
    "ko": "파리가 정답입니다.", "ar": "باريس هي الإجابة الصحيحة.", "he": "פריז היא התשובה הנכונה.", "fa": "پاریس پاسخ درست است.",
    "hi": "पेरिस सही उत्तर है।",
}  # fmt: skip


@pytest.mark.parametrize("language", RIGHT)
def test_a_sentence_behind_a_tick_that_says_what_is_right_is_an_answer(language: str) -> None:
    said = RIGHT[language]
    for form in ("Paris, Rome?\n\n✅ {}", "Paris, Rome?\n✅ {}", "Paris, Rome?\n\n✔ *{}*"):
        assert said[:4] not in learners(language, form.format(said)).replace("Paris, Rome?", "")
    assert said[:4] in learners(language, f"✅ {said}")


@pytest.mark.parametrize(
    ("text", "seen"),
    [("Teaching tip\n\nDraw it.", False), ("Teaching tip Draw it first.", False), ("💡 Teaching tip Draw it at once.", False),
     ("> Teaching tip Draw it at once.", False), ("Teaching tips help new teachers. Draw it.", True), ("Trainer notes\n\nDraw it.", False),
     ("Reading tip\n\nDraw it.", True), ("Field notes Draw it first.", True)],
)  # fmt: skip
def test_what_is_for_who_leads_needs_no_colon(text: str, seen: bool) -> None:
    found = learners("en", text)
    assert ("Draw it" in found) == seen and "Two." in found


@pytest.mark.parametrize("language", TABLE)
def test_who_leads_behind_a_dash_is_told_of_in_a_plain_line(language: str) -> None:
    label, told = TABLE[language]["labels"][-1], TABLE[language]["acts"][0]
    for form in ("{}: {}", "⏱ {}: {}", "> {}: {}"):
        assert told[:5] not in learners(language, form.format(label, told))
    assert "Two." in learners(language, f"{label}: {told}")


@pytest.mark.parametrize("product", ["handout", "worksheet"])
def test_a_list_of_nothing_but_asides_is_no_list_of_learners(product: str, tmp_path: Path) -> None:
    lines = "- *The trainer waits here.*\n- (The trainer draws a line.)\n"
    text = f"# A\n\n## B\n\nOne.\n\n{lines}\n## Exercise 1\n\nWrite why.\n\n{lines}\n"
    (tmp_path / "01-a.md").write_text(text, "utf-8")
    course = load(tmp_path).course
    made = page(PRODUCTS[product], course, course.sessions[0].path)
    assert made is not None and "trainer" not in str(render(made, tmp_path))
    assert not [n for n in walk(for_learner(course.sessions[0]).sections) if isinstance(n, List)]
