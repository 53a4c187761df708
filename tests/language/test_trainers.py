"""What trainers write in their own words: times that run short, labels, titles, lengths and groups."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import Tongue, data_of, languages
from courseware.language.frames.room import led_from
from courseware.model.blocks import Exercise
from courseware.model.inline import Blank
from courseware.model.session import Session, for_learner
from courseware.model.walk import texts
from courseware.products.guide.materials import group_size
from courseware.reading.structure.times.time_phrases import duration
from tests.support import session_of


def session_in(language: str, body: str) -> Session:
    """Return the session of a text in a language."""
    return session_of(f"---\nlanguage: {language}\n---\n# T\n\n{body}\n")


def seen(language: str, body: str) -> str:
    """Return what learners see of a text."""
    found = for_learner(session_in(language, body))
    return " ".join(t.plain for section in found.sections for t in texts(section.blocks))


@pytest.mark.parametrize("language", languages())
def test_objectives_are_open_whatever_they_are_called(language: str) -> None:
    for title in data_of(language)["sections"]["objectives"]:
        assert "Zibbel" in seen(language, f"## {title}\n\n- Zibbel"), title


LATE = [
    ("en", "If time is short, skip the second branch."), ("en", "If they're running behind, skip the photo."),
    ("de", "Wenn die Zeit knapp wird, die zweite Wabe weglassen."), ("fr", "S'il manque du temps, sauter la deuxième branche."),
    ("es", "Si falta tiempo, saltarse la segunda rama."), ("pt", "Se faltar tempo, pular o segundo ramo."),
    ("it", "Se manca il tempo, saltare il secondo ramo."), ("ru", "Если не хватает времени, вторую ветку пропустить."),
    ("uk", "Якщо часу мало, пропустіть другу частину."), ("ja", "時間が足りない場合は、二本目の枝を省く。"),
    ("zh", "如果时间不够，省略第二根枝条。"), ("ko", "시간이 부족하면 두 번째 가지는 생략한다."), ("ar", "إذا ضاق الوقت، احذف الغصن الثاني."),
    ("he", "אם אין מספיק זמן, לדלג על הענף השני."), ("hi", "समय कम हो तो दूसरी टहनी छोड़ दें।"), ("fa", "اگر وقت کم است، شاخه دوم را حذف کنید."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "said"), LATE)
def test_what_to_leave_out_where_time_is_short_is_told_to_who_leads(
    language: str, said: str
) -> None:
    assert led_from(said, language) == 0
    assert not seen(language, f"## A\n\n{said}")


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Wenn Sie fertig sind, vergleichen Sie mit Ihrer Nachbarin."), ("de", "Falls Sie früher fertig sind, lesen Sie Seite 4."),
     ("en", "If you run out of time, skip the last step.")],
)  # fmt: skip
def test_a_case_that_speaks_to_learners_is_theirs(language: str, said: str) -> None:
    assert said in seen(language, f"## A\n\n{said}")


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Do not hand out"), ("de", "Nicht austeilen"), ("fr", "À ne pas distribuer"), ("ja", "配布しないこと"), ("ru", "Не раздавать"),
     ("fr", "Pense-bête personnel"), ("pt", "Lembrar (só eu)"), ("hi", "मेरे लिए याददाश्त"), ("zh", "自己备忘"),
     ("en", "What you'll hear from the group"), ("de", "Was die Teilnehmenden meist sagen"), ("zh", "学员通常会说")],
)  # fmt: skip
def test_labels_and_titles_of_who_leads(language: str, label: str) -> None:
    assert "Zibbel" not in seen(language, f"## A\n\nText.\n\n**{label}:** Zibbel is it.")
    assert "Zibbel" not in seen(language, f"## A\n\nText.\n\n## {label}\n\nZibbel is it.")


@pytest.mark.parametrize(
    ("language", "said", "minutes"),
    [("ar", "ساعتان وربع", 135), ("he", "שעתיים ורבע", 135), ("hi", "सवा दो घंटे", 135), ("de", "zweieinviertel Stunden", 135),
     ("fr", "une heure trente", 90), ("ar", "ساعة إلا ربعًا", 45), ("en", "two and a quarter hours", 135)],
)  # fmt: skip
def test_lengths_in_words(language: str, said: str, minutes: int) -> None:
    found = duration(said, Tongue(language), whole=True)
    assert found is not None and found.low == found.high == minutes


@pytest.mark.parametrize(("language", "title"), [("en", "Exercise II: Loop"), ("de", "Aufgabe III: Schleife"), ("it", "Esercizio IV. Il ciclo")])  # fmt: skip
def test_an_exercise_may_have_a_roman_number(language: str, title: str) -> None:
    (found,) = session_in(language, f"## {title}\n\nText.").exercises()
    assert isinstance(found, Exercise) and found.heading.number == title.split()[1].rstrip(":.")


def test_a_blank_may_be_of_full_width() -> None:
    section = session_in("ja", "## A\n\n私の部署は＿＿＿＿です。").sections[0]
    assert any(text.has(Blank) for text in texts(section.blocks))


@pytest.mark.parametrize(
    ("language", "field", "size"),
    [("en", "**Group:** pairs", 2), ("fr", "**Groupe :** trinômes", 3), ("it", "**Gruppo:** gruppi da quattro", 4),
     ("en", "**Format:** A4 sheet", None)],
)  # fmt: skip
def test_a_field_says_how_learners_sit_together(
    language: str, field: str, size: int | None
) -> None:
    (found,) = session_in(
        language, f"## {data_of(language)['printed']['exercise']} 1 (20 min)\n\n{field}\n\nText."
    ).exercises()
    assert group_size(found.heading.group, Tongue(language)) == size
