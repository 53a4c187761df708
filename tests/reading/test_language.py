"""The language of a session: what states it, what its words tell, and each language's file."""

import pytest

from courseware.language.recognition import language_of
from courseware.language.vocabulary import has_words, vocabulary_for
from tests.support import WORDS, read
from tests.test_languages import NAMES

GERMAN = (
    "Der Tee steht auf dem Tisch, und die Tassen sind für alle da. Nehmt euch eine Tasse und kostet "
    "den Tee mit geschlossenen Augen. Wonach schmeckt er, und an was erinnert er euch? Schreibt es auf "
    "und sprecht danach mit den anderen in der Gruppe über das, was ihr gefunden habt."
)
ENGLISH = (
    "The tea is on the table, and there are cups for all of you. Take a cup and taste the tea with your "
    "eyes closed. What is it like, and what does it remind you of? Write it down, and talk about it with "
    "the others of your group."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [(GERMAN, "de"), (ENGLISH, "en"), ("Der Tee und die Tassen", ""), ("tee " * 90, "")],
)
def test_a_language_is_told_by_frequent_words_of_a_long_text(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [("問1　日本の首都はどこですか。", "ja"), ("대한민국의 수도는?", "ko"), ("中国的首都是哪里？", "zh"),
     ("מהי בירת צרפת?", "he"), ("भारत की राजधानी क्या है?", "hi"), ("ما عاصمة مصر؟", "ar"),
     ("پایتخت ایران کدام است؟ گروه‌ها چه گفتند؟", "fa"), ("Столица Франции?", "ru"),
     ("Обідня перерва. Стежте за часом.", "uk"), ("The sum Σ of α and β", "")],
)  # fmt: skip
def test_a_script_tells_a_short_text_s_language_and_own_letters_which_of_it(text: str, language: str) -> None:  # fmt: skip
    assert language_of(text) == language


def test_a_guess_is_a_note_and_the_session_s_language() -> None:
    reading = read(f"# Tee\n\n{GERMAN}\n\n## Lösung\n\nGrün.\n")
    assert reading.session and reading.session.language == "de"
    assert [f.code for f in reading.findings] == ["C107"]


@pytest.mark.parametrize("key", ["language", "lang"])
def test_a_stated_language_is_not_guessed(key: str) -> None:
    reading = read(f"---\n{key}: nl\n---\n# Tee\n\n{GERMAN}\n")
    assert reading.session and reading.session.language == "nl"
    assert [f.code for f in reading.findings] == ["C173"]


def test_a_course_s_words_hold_in_each_language() -> None:
    words = vocabulary_for("de-AT", [("objectives", ("unser weg",))])
    assert words.section_kind("Unser Weg") == words.section_kind("Lernziele") == "objectives"
    assert words.section_kind("Learning objectives") == "objectives"


@pytest.mark.parametrize("language", sorted(n for n in NAMES if has_words(n)))
def test_a_language_has_the_lists_that_there_are(language: str) -> None:
    data = vocabulary_for(language).data
    assert data.keys() == WORDS.data.keys()
    assert data["sections"].keys() == WORDS.data["sections"].keys()
    every = [*data.values(), *data["sections"].values()]
    assert all(isinstance(word, str) for words in every for word in words)


NEAR = {
    "es": "# Pasado\n\n## Ejercicio 1 (10 min)\n\nAyer yo fui a Quito. Mañana vamos a Lima.\n\n## Ejercicio 2 (10 min)\n\nPon en pasado: él va a "
    "comer en casa.\n\n## Solucionario\n\n1. fue a comer\n2. salió con los amigos\n\n## Sugerencias didácticas\n\nRepasar el verbo, el tiempo, el modo: foto 1a, 2a, 3a, 4a, 5a, 6a, 7a, 8a.\n",
    "fr": "# Les plantes\n\nLa sève monte. Que dit la feuille ? Un arbre et un champ de la vallée. En été, les racines de la plante. "
    "Elle pousse. Écrivez ce que vous voyez sur les feuilles de la plante, et notez-le sur du papier avec vos amis. Les fleurs de la vallée durent. "
    "Notez la couleur, les odeurs, les insectes, la taille, un détail. Quelle plante pousse en hiver ? Les mousses de la "
    "forêt, un lichen, la bruyère. Comparez la liste en classe, que manque-t-il ?\n",
}  # fmt: skip
"""Short sessions in which words of Hungarian and of Catalan are as frequent: "a" behind a figure, "la" and "les"."""


@pytest.mark.parametrize("language", NEAR)
def test_a_language_that_there_are_words_of_comes_before_one_that_is_near(language: str) -> None:
    assert language_of(NEAR[language]) == language
