"""Answers where something was asked: what should come out, why, what is usually said, letters, columns, sentences, choices."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import Tongue, data_of, languages, words_read
from courseware.language.frames import Place, Setting
from courseware.language.vocabulary import vocabulary_for
from courseware.model.blocks import Item, Row
from courseware.model.session import for_learner
from tests.language.test_doubt import EXERCISES, seen
from tests.support import in_languages, session_of

LABELS = ("answer_outcomes", "answer_reasons", "answer_usual", "answer_right")
QUESTION = {"ar": "ما هذا؟", "ja": "何ですか。", "zh": "这是什么？"}


def own(language: str, name: str) -> list[str]:
    """Return a language's own words of a list."""
    return list(data_of(language)["replies"][name])


def question(language: str) -> str:
    return QUESTION.get(language, "X?")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_words_of_each_kind(language: str) -> None:
    assert data_of(language)["replies"].keys() == data_of("en")["replies"].keys()
    assert all(data_of(language)["replies"].values())


@pytest.mark.parametrize("language", in_languages(languages()))
def test_a_label_of_an_answer_hides_below_a_question_and_not_elsewhere(language: str) -> None:
    exercise = f"# T\n\n## {EXERCISES[language]} 1\n\n{question(language)}\n\n"
    concept = f"# T\n\n## A\n\n{question(language)}\n\n"
    for label in (one for name in LABELS for one in own(language, name)):
        for written in (
            f"{label}: SECRET x.",
            f"**{label}:** SECRET x.",
            f"{label}:\n\n- SECRET x",
        ):
            assert "SECRET" not in seen(exercise + written, language)[0], written
        assert "SECRET" not in seen(f"{concept}{label}: SECRET x.", language)[0], label


@pytest.mark.parametrize("language", in_languages(languages()))
def test_the_same_words_are_teaching_text_where_nothing_is_asked(language: str) -> None:
    for label in (one for name in LABELS for one in own(language, name)):
        text = f"# T\n\n## A\n\nB.\n\n{label}: OPEN x.\n\n## {EXERCISES[language]} 1\n\nX?\n"
        shown, codes = seen(text, language)
        sure = vocabulary_for(language).frames.decide(label, Setting(Place.LABEL))
        assert sure or ("OPEN" in shown and "C141" not in codes), label


@pytest.mark.parametrize("language", languages())
def test_an_answers_label_without_a_colon_heads_its_list(language: str) -> None:
    start = f"# T\n\n## {EXERCISES[language]} 1\n\n{question(language)}\n\n"
    for label in words_read("answer_reasons", Tongue(language))[-2:]:
        assert "SECRET" not in seen(f"{start}{label}\n- SECRET a\n- SECRET b\n", language)[0]


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Model answers"), ("de", "Musterlösung"), ("zh", "参考答案"), ("ja", "模範解答"), ("ko", "모범 답안"),
     ("fr", "Corrigé"), ("ru", "Образец ответа"), ("ar", "نموذج الإجابة")],
)  # fmt: skip
def test_a_line_of_answers_words_alone_heads_its_list(language: str, label: str) -> None:
    start = f"# T\n\n## {EXERCISES[language]} 1\n\n{question(language)}\n\n"
    for below in ("- SECRET a\n- SECRET b", "\n```\nSECRET\n```", "\n> SECRET"):
        shown, _ = seen(f"{start}{label}\n{below}\n\nOPEN.\n", language)
        assert "SECRET" not in shown and "OPEN" in shown, below


@pytest.mark.parametrize(
    "line", ["They wrote the\nanswers\n- OPEN a", "Answers go here.\n- OPEN a"]
)
def test_a_line_of_a_paragraph_is_no_label(line: str) -> None:
    assert "OPEN" in seen(f"# T\n\n## Exercise 1\n\nX?\n\n{line}\n", "en")[0]


@pytest.mark.parametrize("language", languages())
def test_a_sentence_that_tells_an_answer_hides_alone(language: str) -> None:
    start = f"# T\n\n## {EXERCISES[language]} 1\n\n{question(language)}\n\n```\nf(____)\n```\n\n"
    for words in own(language, "answer_sentences"):
        shown, _ = seen(f"{start}✅ {words} `SECRET`\n\nOPEN x.\n", language)
        assert "SECRET" not in shown and "OPEN" in shown, words


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "The answer is what? OPEN"), ("ja", "答えはノートに書きましょう。OPEN"), ("es", "¿La respuesta es OPEN?")],
)  # fmt: skip
def test_a_sentence_that_asks_or_commands_tells_no_answer(language: str, text: str) -> None:
    assert "OPEN" in seen(f"# T\n\n## {EXERCISES[language]} 1\n\nX?\n\n{text}\n", language)[0]


@pytest.mark.parametrize("language", languages())
def test_an_initial_is_an_answers_beside_its_questions(language: str) -> None:
    start = f"# T\n\n## {EXERCISES[language]} 1\n\nA.\n\n"
    for asked, answered in data_of(language)["replies"]["answer_initials"].items():
        shown, _ = seen(f"{start}{asked}: Tea?\n\n{answered}: SECRET x.\n", language)
        assert "SECRET" not in shown, answered
        table = f"| {asked} | {answered} |\n|---|---|\n| Tea? | SECRET x |\n"
        assert "SECRET" not in seen(start + table, language)[0], answered


@pytest.mark.parametrize("language", in_languages(languages()))
def test_a_column_of_what_should_be_hides_beside_room_to_write(language: str) -> None:
    for head in own(language, "answer_columns"):
        table = f"| X | Y | {head} |\n|---|---|---|\n| tea | {{}} | SECRET |\n"
        start = f"# T\n\n## {EXERCISES[language]} 1\n\n{question(language)}\n\n"
        assert "SECRET" not in seen(start + table.format("____"), language)[0], head
        shown, _ = seen(f"# T\n\n## A\n\nB.\n\n{table.format('____')}", language)
        assert "SECRET" in shown, head
        boxes = f"| X | {head} | Y |\n|---|---|---|\n| OPEN tea | ☐ | ☐ |\n"
        assert shown_columns(start + boxes, language) == 3, head


def shown_columns(text: str, language: str) -> int:
    """Return how many columns learners see."""
    session = session_of(f"---\nlanguage: {language}\n---\n{text}")
    rows = [node for node in for_learner(session).nodes() if isinstance(node, Row)]
    return len(rows[0].cells)


COMMANDS = {"ja": "正しいものを{}。", "zh": "请{}正确的一项。", "ko": "알맞은 것을 {}세요."}
MARKS = ("✓", "✅", "({})", "[{}]", "（{}）", "← {}")


@pytest.mark.parametrize("language", in_languages(languages()))
def test_a_command_to_choose_makes_choices_whose_marks_learners_do_not_get(language: str) -> None:
    right = words_read("right_choice", Tongue(language))[-1]
    for verb in own(language, "choice_commands"):
        lead = COMMANDS.get(language, "{}:").format(verb)
        for text in ("- [x] ONE\n- [ ] TWO", *(f"- ONE {m.format(right)}\n- TWO" for m in MARKS)):
            session = session_of(
                f"---\nlanguage: {language}\n---\n# T\n\n## A\n\nB.\n\n{lead}\n\n{text}\n"
            )
            items = [n for n in for_learner(session).nodes() if isinstance(n, Item)]
            said = " ".join(t.plain for t in for_learner(session).texts())
            assert right not in said.partition("ONE")[2] and "✅" not in said and "✓" not in said, (
                lead,
                text,
            )
            assert not any(item.checked for item in items), (lead, text)


@pytest.mark.parametrize(
    ("language", "asked"),
    [("ja", "八の半分は？（答え：SECRET）"), ("zh", "八的一半呢？（答案：SECRET）"), ("zh", "八的一半呢（答案：SECRET）"), ("ar", "وما نصف الثمانية؟ (الحل: SECRET)"),
     ("ar", "وما نصف الثمانية؟ (الجواب: SECRET)"), ("hi", "आधा बताइए। (उत्तर: SECRET)"), ("ko", "팔의 절반은? （정답：SECRET）")],
)  # fmt: skip
def test_an_answer_in_brackets_behind_its_question_hides(language: str, asked: str) -> None:
    start = f"# T\n\n## {EXERCISES[language]} 1\n\n"
    for text in (f"1. X?\n2. {asked}\n", f"{asked}\n"):
        shown, _ = seen(start + text, language)
        assert "SECRET" not in shown and asked[:4] in shown, text


@pytest.mark.parametrize(
    ("language", "heading"),
    [("it", "Chiavi degli esercizi"), ("it", "Chiave degli esercizi"), ("hi", "अभ्यास 1 का सुझाया हल"), ("en", "Key")],
)  # fmt: skip
def test_a_key_of_the_exercises_hides(language: str, heading: str) -> None:
    text = f"# T\n\n## {EXERCISES[language]} 1\n\nX?\n\n## {heading}\n\nSECRET a.\n"
    assert "SECRET" not in seen(text, language)[0]


@pytest.mark.parametrize("title", ["Solution", "Solution to problem 2", "Answers to problems 2"])
def test_a_quotation_of_an_answer_hides_below_a_blank_outside_of_exercises(title: str) -> None:
    quote = f"> {title}\n>\n> SECRET a\n"
    shown, codes = seen(f"# T\n\n## A\n\nIt depends on ______ alone.\n\n{quote}", "en")
    assert "SECRET" not in shown and "C141" in codes
    assert "SECRET" in seen(f"# T\n\n## A\n\nIt depends on it.\n\n{quote}", "en")[0]
