"""Who may see what in a text of which nobody knows the language."""

from __future__ import annotations

from importlib import resources

import pytest

from courseware.language.catalogue import data_of, languages
from courseware.language.frames.foreign import answers_label
from courseware.language.twins import normal
from courseware.language.vocabulary import vocabulary_for
from courseware.model.session import for_learner
from courseware.model.walk import texts
from courseware.reading.stages import read_session
from tests.support import in_languages, read, yaml_of


def seen(text: str, language: str = "") -> tuple[str, list[str]]:
    """Return what learners see of a text, and the codes of its findings."""
    reading = read_session(text.encode(), "x.md", vocabulary_for(language))
    assert reading.session is not None
    shown = " ".join(t.plain for t in texts(for_learner(reading.session).sections))
    return shown, [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    "text",
    [
        "# Aula 9\n\n## Exercício (10 min)\n\nComplete: ____ e ____.\n\n**Respostas:** SECRET\n",
        "# Lezione 2\n\n## Esercizio 1\n\nChe ore sono?\n\n**Soluzione:** SECRET\n",
        "# Git\n\n## Übung 1\n\nBefehl?\n\n**Lösung:** SECRET\n",
        "# Séance 1\n\n## Notes pour le formateur\n\nSECRET\n",
    ],
)
def test_words_of_any_language_withhold_in_doubt_where_none_is_known(text: str) -> None:
    shown, codes = seen(text)
    assert "SECRET" not in shown
    assert "C141" in codes


LABELS = yaml_of((resources.files("courseware.language.labels") / "answers.yml").read_text("utf-8"))
EXERCISES = {name: data_of(name)["exercise_starts"][0] for name in languages()}


def in_exercise(language: str, label: str) -> tuple[str, list[str]]:
    return seen(f"# T\n\n## {EXERCISES[language]} 1\n\nX?\n\n**{label}:** SECRET\n", language)


def test_every_language_has_labels_of_answers() -> None:
    assert sorted(LABELS) == sorted(languages())


@pytest.mark.parametrize("language", in_languages(languages()))
def test_an_answers_label_of_any_language_withholds_in_a_session_of_another(language: str) -> None:
    labels = [(name, label) for name, rows in LABELS.items() for label in rows]
    shown = [label for _, label in labels if "SECRET" in in_exercise(language, label)[0]]
    assert not shown


@pytest.mark.parametrize("language", languages())
def test_what_is_withheld_for_another_language_is_told(language: str) -> None:
    own = {label for name in (language, "en") for label in LABELS[name]}
    foreign = [rows[0] for rows in LABELS.values() if rows[0] not in own]
    told = {label: in_exercise(language, label)[1] for label in foreign}
    assert not [label for label, codes in told.items() if not {"C140", "C141"} & set(codes)]


@pytest.mark.parametrize("language", languages())
def test_a_label_of_another_language_is_no_word_of_this_one_with_another_meaning(
    language: str,
) -> None:
    """Nothing that a language's own file says a word is may be an answer because another language has it so."""
    data = data_of(language)
    lists = {name: words for name, words in {**data, **data["sections"]}.items()
             if isinstance(words, list) and name not in ("right_choice",)}  # fmt: skip
    others = {
        normal(w).casefold() for name, rows in LABELS.items() if name != language for w in rows
    }
    own = {normal(w).casefold() for w in LABELS[language]}
    taken = {(name, w) for name, words in lists.items() for w in words if isinstance(w, str)
             and normal(w).casefold() in others - own}  # fmt: skip
    assert not taken


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Correction"), ("en", "Resolution"), ("en", "Solution"), ("en", "Key idea"), ("en", "Lösungsansatz der Firma"),
     ("de", "Korrektur"), ("fr", "Résultat"), ("ja", "解析"), ("uk", "Рішення суду"), ("es", "Responsable")],
)  # fmt: skip
def test_a_word_of_the_sessions_own_language_is_no_other_ones_answer(
    language: str, label: str
) -> None:
    assert answers_label((label,), language) == ""


def test_an_answers_label_of_another_language_is_open_outside_of_exercises() -> None:
    shown, codes = seen("# Git\n\n## Words\n\nTo say it:\n\n**Lösung:** a word\n", "en")
    assert "a word" in shown and "C141" not in codes


def test_a_foreign_answers_label_is_told_with_its_language_and_can_be_opened() -> None:
    reading = read(
        "---\nlanguage: en\n---\n# Git\n\n## Exercise 1\n\nSay it.\n\n**Lösung 2:** a word\n"
    )
    (told,) = [d for d in reading.findings if d.code == "C141"]
    assert 'in "de" that is a word for an answer' in told.message
    shown, _ = seen(
        "# Git\n\n## Exercise 1\n\nSay it.\n\n**Lösung:** a word {for=everyone}\n", "en"
    )
    assert "a word" in shown


def test_an_english_quotation_makes_no_text_english() -> None:
    quoted = (
        "> That is what every book about the control of versions will tell you at the start.\n\n"
    )
    shown, _ = seen(f"# Git\n\n## Übung 1\n\n{quoted}Was macht der Befehl?\n\n**Lösung:** SECRET\n")
    assert "SECRET" not in shown


def test_choices_are_the_learners_in_russian_and_ukrainian() -> None:
    for choices, language in (("Варианты ответов", "ru"), ("Варіанти відповідей", "uk")):
        shown, _ = seen(f"# A\n\n## Вопрос\n\nЧто?\n\n**{choices}:**\n\n- OPEN\n", language)
        assert "OPEN" in shown
