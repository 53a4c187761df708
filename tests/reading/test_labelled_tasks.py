"""A bold label that names an exercise, or counts a question, has room to write, in every language."""

from __future__ import annotations

import pytest

from courseware.model.blocks import Field, Space
from courseware.model.walk import walk
from tests.support import session_of

TASKS = {
    "en": ("Talk", "Exercise|Your turn|Task", "Question {}", "Ask your partner and write three sentences."),
    "de": ("Vortrag", "Aufgabe|Jetzt du|Übung", "Frage {}", "Schreib drei Sätze über deinen Nachbarn."),
    "fr": ("Exposé", "Exercice|À vous|À votre tour", "Question {}", "Écrivez trois phrases sur votre voisin."),
    "es": ("Charla", "Ejercicio|Tu turno|Consigna", "Pregunta {}", "Escribe tres frases sobre tu vecino."),
    "pt": ("Conversa", "Exercício|Sua vez|Tarefa", "Pergunta {}", "Escreva três frases sobre o seu vizinho."),
    "it": ("Discorso", "Esercizio|Tocca a voi", "Domanda {}", "Scrivi tre frasi sul tuo vicino."),
    "ru": ("Беседа", "Упражнение|Ваша очередь|Задание", "Вопрос {}", "Спросите соседа и напишите три предложения."),
    "uk": ("Бесіда", "Вправа|Ваша черга", "Питання {}", "Запитайте сусіда і напишіть три речення."),
    "ja": ("お話", "ワーク|やってみよう", "問{}", "二文で書いてください。"),
    "zh": ("讲解", "任务|轮到你了", "问题{}", "写两句话。"),
    "ko": ("설명", "과제|해 봅시다", "문제 {}", "세 문장으로 쓰세요."),
    "ar": ("شرح", "تمرين|دورك الآن", "السؤال {}", "اسأل زميلك واكتب ثلاث جمل عنه."),
    "he": ("הסבר", "תרגיל|תורכם", "שאלה {}", "ראיינו את החבר וכתבו שלושה משפטים."),
    "fa": ("توضیح", "تمرین|نوبت شما", "پرسش {}", "از همکارتان بپرسید و سه جمله بنویسید."),
    "hi": ("व्याख्या", "अभ्यास|अब आपकी बारी", "प्रश्न {}", "साथी से पूछिए और तीन वाक्य लिखिए।"),
}  # fmt: skip
"""A section's title, labels of exercises, a counted question's, and what is told."""


def spaces(text: str, language: str) -> int:
    session = session_of(f"---\nlanguage: {language}\n---\n\n{text}")
    return sum(isinstance(node, Space) for node in walk(session.sections))


@pytest.mark.parametrize("form", ["**{}:** {}", "**{}**: {}", "**{}.** {}"])
@pytest.mark.parametrize("language", TASKS)
def test_a_labelled_task_has_room_to_write(language: str, form: str) -> None:
    title, exercises, question, told = TASKS[language]
    for label in (*exercises.split("|"), question.format(1), question.format(12)):
        asked = form.format(label, told)
        assert spaces(f"# A\n\n## {title}\n\n{asked}\n", language) == 1, asked
        served = f"{asked}\n\n| {title} | |\n|---|---|\n| 1 | |\n"
        assert spaces(f"# A\n\n## {title}\n\n{served}", language) == 0, asked


@pytest.mark.parametrize("title", ["Talk", "Exercise 3: Pairs"])
@pytest.mark.parametrize(
    ("said", "kind"), [("Draw your street.", "box"), ("Name your street. Why?", "lines")]
)
def test_the_room_is_what_is_told(title: str, said: str, kind: str) -> None:
    session = session_of(f"# A\n\n## {title}\n\n**Your turn:** {said}\n")
    assert [n.kind for n in walk(session.sections) if isinstance(n, Space)] == [kind]


@pytest.mark.parametrize("said", [
    "**Note:** Write three sentences.", "**Practice:** Open the terminal.", "**Activity:** role play, in pairs",
    "**Question:** who was it?", "**Task:** The team wrote a plan.", "**Example 1:** Write three sentences.",
    "**Task:** Create:\n\nWhat is read is not written.",
])  # fmt: skip
def test_what_is_no_task_has_none(said: str) -> None:
    assert spaces(f"# A\n\n## Talk\n\n{said}\n", "en") == 0


@pytest.mark.parametrize("label", ["Answer", "Solution", "Answers", "Sample answer"])
def test_an_answer_behind_a_labelled_task_is_withheld(label: str) -> None:
    text = f"# A\n\n## Talk\n\n**Your turn:** Write one sentence.\n\n**{label}:** It is so.\n\n**Colour:** red\n"
    fields = [n for n in walk(session_of(text).sections) if isinstance(n, Field)]
    assert {f.label.plain: f.role for f in fields} == {
        "Your turn:": "", f"{label}:": "answer", "Colour:": "",
    }  # fmt: skip
