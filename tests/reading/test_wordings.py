"""Headings and bold lines that head what learners do not see, and such that stay open, in twelve languages."""

from __future__ import annotations

import pytest

from courseware.model.session import Session, for_learner
from tests.support import session_of

EXERCISES = {
    "de": "Übung 1: Lesen",
    "fr": "Exercice 1 : Lire",
    "es": "Ejercicio 1: Leer",
    "pt": "Exercício 1: Ler",
    "it": "Esercizio 1: Leggere",
    "ja": "演習1：読む",
    "zh": "练习1：阅读",
    "ko": "연습 1: 읽기",
    "ru": "Упражнение 1: Чтение",
    "uk": "Вправа 1: Читання",
    "ar": "التمرين 1: اقرأ",
    "fa": "تمرین ۱: بخوانید",
    "he": "תרגיל 1: קריאה",
    "hi": "अभ्यास 1: पढ़ें",
}
QUESTIONS = {
    "ja": "質問は何ですか？",
    "zh": "这是什么？",
    "ko": "무엇입니까?",
    "ar": "ما هذا؟",
    "fa": "این چیست؟",
    "he": "מה זה?",
    "hi": "यह क्या है?",
    "ru": "Что это?",
    "uk": "Що це?",
}
HIDDEN = (
    "## For instructors",
    "## Instructors only",
    "**For the trainer**",
    "**Trainer's eyes only**",
    "### Notes to the facilitator",
    "### Teacher notes",
    "## Running this session",
    "**How to run this exercise**",
    "## Tips for whoever teaches this",
    "## Advice for those who run this workshop",
    "## What trainers need to know",
    "**What facilitators should watch for**",
    "## Tutor guidance",
    "## Marking scheme",
    "## Suggested answers",
    "### Answers to exercise 1",
    "**Solutions:**",
    "## Model answer",
    "#### Sample solution for Exercise 1",
    "**Possible answer**",
    "### Worked solution",
    "**Expected output (for trainers)**",
    "## [Facilitator] Timing",
    "## Timing (instructors)",
    "**Facilitator cheat sheet**",
    "## Lesson plan for teachers",
    "## Background for the instructor",
    "### Debriefing notes",
    "## Delivery tips",
    "**Instructor will demonstrate**",
    "## Notes – trainer",
    "**Presenter notes**",
    "## Assessor's copy",
    "## Answer sheet",
    "## Key to exercise 1",
    "**Correct answers**",
    "## Solution to 1",
    "### Ex. 1 solution",
    "<!-- .x -->\n\n## Guide for co-trainers",
    "## Session leader's script",
    "## Volunteer guide",
    "## Host notes",
    "**Answer key:**",
    "**Reference solution**",
    "## Facilitation guide",
    "## Teaching notes",
    "## Teaching guide",
    "## Facilitator Notes (do not print)",
    "## For teaching assistants",
    "## TA notes",
    "## Note to instructors",
    "## Hints for the moderator",
    "## Grader notes",
    "## Rubric for graders",
    "## INSTRUCTOR NOTES",
    "## instructor notes:",
    "## 🎓 Instructor notes",
    "## 3. Instructor notes",
    "## Instructor notes (5 min)",
    "## Instructor\xa0notes",
    "## Instructor-notes",
    "**INSTRUCTOR ONLY**",
    "##Instructor notes",
    "Instructor notes\n---",
    "## *Instructor notes*",
    "## Teacher's corner",
    "## Key for trainers",
    "## Notes for the person running the room",
    "### For those delivering the course",
    "## Notes for whoever is teaching",
    "**Things for the trainer to say**",
    "## Facilitators: how to run this",
    "**Facilitator, read this aloud first**",
    "## Trainer walkthrough",
    "**What the tutor should listen for**",
    "## Exercise 1 – answers",
    "**Answer (don't peek!)**",
    "## Answers & explanations",
    "## How to grade this (instructors)",
    "**Trainer to read out**",
    "**Key (exercise 1)**",
    "## Tutors: please read",
    "## Trainers, please note",
    "### Mark scheme",
    "## Answers (spoilers!)",
    "**Suggested solution (one of many)**",
    "## Tutor: please read this",
)
"""What heads a text for who leads, or an answer."""
HIDDEN_IN = {
    "de": [
        "## Hinweise für die Lehrkraft",
        "## Für die Kursleitung",
        "**Nur für Trainer**",
        "## Lösungen",
        "## Musterlösung zu Übung 1",
        "**Hinweis an die Moderation**",
        "## Notizen für Dozierende",
        "## Was Lehrende wissen sollten",
        "## Hinweise für alle, die den Kurs leiten",
        "### Erwartete Antworten",
        "**Antwort:**",
    ],
    "fr": [
        "## Notes pour l'animateur",
        "## Guide du formateur",
        "**Réservé aux formateurs**",
        "## Corrigé",
        "## Solutions de l'exercice 1",
        "**Réponse attendue**",
        "## Conseils aux enseignants",
        "## Ce que le formateur doit savoir",
        "## Fiche animateur",
    ],
    "es": [
        "## Notas para el docente",
        "## Aviso para el tutor",
        "## Guía del facilitador",
        "**Solo para formadores**",
        "## Soluciones",
        "## Respuestas del ejercicio 1",
        "**Respuesta esperada**",
        "## Lo que el docente debe saber",
        "## Para quienes imparten este curso",
    ],
    "pt": [
        "## Notas para o facilitador",
        "## Guia do professor",
        "## Respostas",
        "**Gabarito**",
        "## Solução do exercício 1",
    ],
    "it": [
        "## Note per il docente",
        "## Guida del formatore",
        "## Soluzioni",
        "**Risposta attesa**",
    ],
    "ja": ["## 講師用メモ", "## 講師向け", "## 解答", "## 解答例"],
    "zh": ["## 教师备注", "## 讲师笔记", "## 答案", "## 参考答案"],
    "ko": ["## 강사 노트", "## 강사용", "## 정답", "## 모범 답안"],
    "uk": ["## Нотатки для викладача", "## Для ведучої", "## Відповіді", "## Розв’язання"],
    "ru": ["## Заметки для преподавателя", "## Для ведущего", "## Ответы", "## Решение"],
    "ar": ["## ملاحظات للمدرّب", "## دليل المدرب", "## الإجابات", "## الحل"],
    "fa": ["## یادداشت برای مدرس", "## راهنمای معلم", "## پاسخ‌ها", "## راه‌حل"],
    "he": ["## הערות למנחה", "## מדריך למורה", "## תשובות", "## פתרון"],
    "hi": ["## प्रशिक्षक के लिए नोट्स", "## शिक्षक मार्गदर्शिका", "## उत्तर", "## समाधान"],
}
OPEN = (
    "## Meet your instructors",
    "## Training the model",
    "## The role of the facilitator",
    "## What makes a good trainer?",
    "## Teacher training",
    "## Instructor-led courses",
    "## Solution architecture",
    "## Key ideas",
    "## The answer to everything in physics",
    "## Coaching skills",
    "## Alternative solutions",
    "## Our solution",
    "**Review the instructor notes**",
    "## Guide to Python",
    "## Notes",
    "## Tips",
    "## Problem and solution",
    "## Talking points for your pitch",
    "## Facilitating change",
    "## Presenter mode in reveal.js",
    "## Lecture notes",
    "## Study guide",
    "## Buffer solution",
    "## Trainer profile",
    "## Host configuration",
    "## Mentor programme",
    "## Answering questions",
    "## Write down your answer",
    "## Template for your solution",
    "## Coach travel",
    "## Teaching a dog",
    "## Staff only areas in shops",
    "## Key takeaways",
    "## Moderator variables",
    "## The teacher should be fair",
    "## What learners should know",
    "## What you need to know",
    "## What teachers earn",
    "## Credits",
    "## Trainees' notes",
    "## Notes for learners",
    "## How to run this program",
    "## Running the tests",
    "## What instructors are paid",
    "## Must know",
    "## Dear trainer",
    "## Model cards",
    "## Host-based firewalls",
    "## Lead scoring guide",
    "## Possible responses of a server",
    "## Interview with a mentor",
    "## The answer engine",
    "## The presenter view in PowerPoint",
    "## Train the trainer",
    "## Teacher, poet, friend",
    "## Key (legend)",
    "## Keys to the house",
    "## From teacher to engineer",
    "## Teacher to engineer in a year",
    "## Facilitated workshops",
    "## Model answers and temperature",
)
"""What heads a text for everyone."""


def seen(session: Session) -> str:
    return " ".join(text.plain for text in for_learner(session).texts())


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", w) for w in HIDDEN] + [(one, w) for one, some in HIDDEN_IN.items() for w in some],
)
def test_what_is_for_who_leads_is_withheld_and_kept(language: str, words: str) -> None:
    title = EXERCISES.get(language, "Exercise 1: Read (5 min)")
    asked = QUESTIONS.get(language, "Was ist A?" if language != "en" else "What is A?")
    front = f"---\nlanguage: {language}\n---\n"
    session = session_of(
        f"{front}# S\n\n## {title}\n\n{asked}\n\n{words}\n\nHidden one two three four.\n"
    )
    assert "Hidden" not in seen(session)
    assert "Hidden" in " ".join(text.plain for text in session.texts())


@pytest.mark.parametrize(
    "name", ["loesung", "musterloesung", "solution", "teacher-only", "lehrkraft"]
)
def test_a_class_that_names_an_answer_or_who_leads_withholds(name: str) -> None:
    body = f'<div class="{name}">\n\nHidden one two.\n\n</div>\n'
    session = session_of(f"---\nlanguage: de\n---\n# S\n\n## Übung 1: Lesen\n\nWas?\n\n{body}")
    assert "Hidden" not in seen(session)


@pytest.mark.parametrize(
    "words", ["For every option, answer:", "In pairs, discuss and answer:", "Now answer:"]
)
def test_a_command_to_answer_is_no_answer(words: str) -> None:
    text = f"# S\n\n## Exercise 1: B\n\nText.\n\n{words} Opened one two?\n\n- Opened, too?\n"
    assert seen(session_of(text)).count("Opened") == 2


TELLING = [
    ("en", "**The answer is here**"), ("en", "**Here is the answer**"), ("en", "**The answer is 42.**"),
    ("en", "### Now the solution"), ("en", "**The solution is that it rains.**"),
    ("de", "**Die Antwort lautet so**"), ("de", "**Hier ist die Lösung**"), ("fr", "**Voici la réponse**"),
    ("fr", "**La réponse est là**"), ("es", "**Aquí está la respuesta**"), ("es", "**La respuesta es esta**"),
]  # fmt: skip
"""Bold lines and headings that tell an answer in a sentence."""


@pytest.mark.parametrize(("language", "words"), TELLING)
def test_a_sentence_that_tells_an_answer_is_withheld_in_an_exercise_alone(
    language: str, words: str
) -> None:
    front = f"---\nlanguage: {language}\n---\n# S\n\n"
    title = EXERCISES.get(language, "Exercise 1: Read")
    told = f"{words}\n\nHidden one two three.\n"
    assert "Hidden" not in seen(session_of(f"{front}## {title}\n\nWhat?\n\n{told}"))
    assert "Hidden" in seen(session_of(f"{front}## Tea\n\nText.\n\n{told}"))


@pytest.mark.parametrize(
    "words", ["**The answer depends on you**", "**And the answer?**", "**Answers vary a lot**"]
)
def test_a_sentence_about_answers_is_open(words: str) -> None:
    assert "Opened" in seen(
        session_of(f"# S\n\n## Exercise 1: A\n\nWhat?\n\n{words}\n\nOpened one.\n")
    )


@pytest.mark.parametrize("words", OPEN)
def test_what_is_for_everyone_stays_open(words: str) -> None:
    text = f"# Session 1: Tea\n\n## A\n\nText of it.\n\n{words}\n\nOpened one two three four.\n\n"
    assert "Opened" in seen(session_of(f"{text}## Exercise 1: B\n\nWhat?\n"))
