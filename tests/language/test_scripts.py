"""Cues outside of what is marked for who leads; keys as headings; ornaments before labels."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import Tongue, languages, line_of, words_read
from courseware.language.counting import count_words
from courseware.language.frames.script import is_script
from courseware.language.vocabulary import vocabulary_for
from courseware.model.blocks import Field
from courseware.products.deck.cues import cue_kind
from courseware.reading.stages import read_session
from tests.language.test_doubt import EXERCISES, seen

SPEECH = {
    "ja": "みなさん、ようこそ。今日はお茶を味わいます。", "zh": "大家好，欢迎来到今天的品茶课。", "ko": "여러분 모두 반갑습니다 오늘은 차를 마십니다.",
}  # fmt: skip
PLAIN = "Tea tea tea tea tea tea."


def speech(language: str) -> str:
    return SPEECH.get(language, PLAIN)


@pytest.mark.parametrize("language", languages())
def test_what_is_to_be_said_is_withheld_outside_of_exercises(language: str) -> None:
    for cue in words_read("cue_say", Tongue(language)):
        for label in (f"**{cue}:**", f"{cue}:", f"- **{cue}**:"):
            shown, codes = seen(
                f"# T\n\n## Intro\n\nA.\n\n{label} SECRET {speech(language)}\n", language
            )
            assert "SECRET" not in shown and "C141" in codes, label


@pytest.mark.parametrize("language", languages())
def test_cues_beside_one_to_say_something_are_withheld_with_it(language: str) -> None:
    say, *others = (
        words_read(f"cue_{kind}", Tongue(language))[-1] for kind in ("say", "ask", "do", "watch")
    )
    script = "".join(f"- {cue}: SECRET {speech(language)}\n" for cue in (say, *others))
    shown, _ = seen(f"# T\n\n## Intro\n\nA.\n\n{script}", language)
    assert "SECRET" not in shown
    shown, codes = seen(
        f"# T\n\n## Intro\n\nA.\n\n{others[0]}: OPEN {speech(language)}\n", language
    )
    assert "OPEN" in shown and "C141" not in codes


@pytest.mark.parametrize("language", languages())
def test_what_is_to_be_said_in_an_exercise_is_the_learners(language: str) -> None:
    cue = words_read("cue_say", Tongue(language))[0]
    shown, _ = seen(
        f"# T\n\n## {EXERCISES[language]} 1\n\nX?\n\n{cue}: OPEN {speech(language)}\n", language
    )
    assert "OPEN" in shown


@pytest.mark.parametrize(
    ("label", "beside", "text"),
    [
        ("Say", ("Don't say",), "I feel sad when you are late."),
        ("Say", ("Instead of",), "I feel sad when you are late."),
        ("Say", (), "Good morning"),
        ("Do", (), "wash your hands before you bake"),
        ("Ask", ("Note",), "what did you bake last week?"),
        ("She said", (), "welcome to all of you here"),
    ],
)
def test_what_may_be_an_example_is_open(label: str, beside: tuple[str, ...], text: str) -> None:
    assert not is_script(label, beside, text, Tongue("en"))


def test_a_course_about_leading_says_itself_what_is_a_script() -> None:
    assert is_script("Say", (), "Welcome, all of you who bake", Tongue("en"))
    assert (
        cue_kind("À dire", Tongue("fr")) == "say"
        and cue_kind("à observer", Tongue("fr")) == "watch"
    )


@pytest.mark.parametrize("language", languages())
def test_no_word_is_a_cue_of_two_kinds(language: str) -> None:
    rows = [
        {w.casefold() for w in line_of(language, f"cue_{kind}")}
        for kind in ("say", "ask", "do", "listen", "watch")
    ]
    assert sum(map(len, rows)) == len(set().union(*rows))


KEYS = {"en": "Key", "de": "Schlüssel", "es": "Clave", "pt": "Chave", "it": "Chiave", "ru": "Ключ", "uk": "Ключі", "ar": "المفتاح",
        "fa": "کلید", "he": "מפתח", "hi": "कुंजी"}  # fmt: skip


@pytest.mark.parametrize(("language", "title"), KEYS.items())
def test_a_key_is_a_heading_of_answers_where_there_are_exercises(language: str, title: str) -> None:
    work = f"## {EXERCISES[language]} 1\n\nX?\n\n"
    for level in ("##", "###"):
        shown, codes = seen(f"# T\n\n{work}{level} {title}\n\n1. SECRET\n", language)
        assert "SECRET" not in shown and {"C140", "C141"} & set(codes)
    shown, codes = seen(f"# T\n\n## {title}\n\n1. OPEN\n", language)
    assert language in ("ru", "uk") or ("OPEN" in shown and not {"C140", "C141"} & set(codes))


SIGNS = [
    "☆",
    "★",
    "◆",
    "■",
    "●",
    "※",
    "▶",
    "👉",
    "💡 ",
    "→ ",
    "» ",
    "◎",
    "＊",
    "▼ ",
    "☞",
    "✔ ",
    "✅ ",
    "🔑 ",
]


@pytest.mark.parametrize("sign", SIGNS)
def test_an_ornament_before_a_label_changes_nothing(sign: str) -> None:
    for language, answer, hint, colon in (
        ("en", "Answer", "Hint", ": "),
        ("ja", "解答", "ヒント", "："),
    ):
        head = f"---\nlanguage: {language}\n---\n# T\n\n## {EXERCISES[language]} 1\n\nX?\n\n"
        shown, _ = seen(f"{head}{sign}{answer}{colon}SECRET\n", language)
        assert "SECRET" not in shown
        session = read_session(
            f"{head}{sign}{hint}{colon}HELP\n".encode(), "x.md", vocabulary_for(language)
        ).session
        assert session is not None
        assert [n.role for n in session.nodes() if isinstance(n, Field)] == ["hint"]


def test_speech_is_as_long_as_a_sentence() -> None:
    assert all(count_words(speech(language)) >= 4 for language in languages())


def test_what_a_second_clause_begins_with_is_each_languages_own() -> None:
    said = {language: line_of(language, "goes_on") for language in languages()}
    assert all(isinstance(word, str) for words in said.values() for word in words)
    assert "y" in said["es"] and "и" in said["ru"] and "and" in words_read("goes_on", Tongue("es"))
