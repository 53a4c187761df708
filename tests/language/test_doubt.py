"""Who may see what in a text of which nobody knows the language."""

from __future__ import annotations

import pytest

from courseware.language.vocabulary import vocabulary_for
from courseware.model.session import for_learner
from courseware.model.walk import texts
from courseware.reading.stages import read_session


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


def test_a_stated_language_is_read_by_its_own_words() -> None:
    shown, codes = seen("# Git\n\n## Exercise 1\n\nSay it.\n\n**Lösung:** a word\n", "en")
    assert "a word" in shown
    assert "C141" not in codes


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
