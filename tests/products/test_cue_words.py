"""Cues are told apart by their words in every language."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import Tongue, data_of, languages
from courseware.model.inline import plain_text
from courseware.products.deck.cues import CUES, cue, cue_kind, cue_lines, cue_of

WORDS = [(language, kind, word) for language in languages() for kind in CUES
         for word in data_of(language)["cues"][f"cue_{kind}"]]  # fmt: skip


def test_every_language_has_words_for_every_cue() -> None:
    assert {(language, kind) for language, kind, _ in WORDS} == {
        (language, kind) for language in languages() for kind in CUES
    }


def test_all_words_of_cues_are_words() -> None:
    found = [w for language in languages() for words in data_of(language)["cues"].values() for w in words]  # fmt: skip
    assert [word for word in found if not isinstance(word, str)] == [], (
        "YAML reads on and no as truth"
    )


@pytest.mark.parametrize(
    ("language", "text"), [("ja", "もし雨なら、中で待つ。"), ("zh", "如果下雨，就在里面等。")]
)
def test_what_leads_in_is_known_in_scripts_without_spaces(language: str, text: str) -> None:
    assert cue(plain_text(text * 6), Tongue(language)).plain.startswith(text)


@pytest.mark.parametrize(("language", "kind", "word"), WORDS)
def test_a_word_and_a_colon_begin_its_cue(language: str, kind: str, word: str) -> None:
    for colon in (": ", " : ", "："):
        found = cue_of(plain_text(f"{word[:1].upper()}{word[1:]}{colon}12 34"), Tongue(language))
        assert found is not None and found[1].plain == "12 34"
        assert cue_kind(found[0], Tongue(language)) == kind
    assert cue_of(plain_text(f"{word} 12"), Tongue(language)) is None


def test_no_word_is_of_two_cues() -> None:
    kinds: dict[str, set[str]] = {}
    for _, kind, word in WORDS:
        kinds.setdefault(word.casefold(), set()).add(kind)
    assert [word for word, found in kinds.items() if len(found) > 1] == []


def test_other_text_with_a_colon_is_no_cue() -> None:
    for said in ("Ansage: das", "Watches: two", "Dissent: none", "Time: 5"):
        assert cue_of(plain_text(said), Tongue("de")) is None
    assert cue_of(plain_text("Fare: 5"), Tongue("en")) is None, "an Italian word"
    assert len(cue_lines(plain_text("One: two"), Tongue("en"))) == 1


@pytest.mark.parametrize(("said", "shown"), [
    ("In 5 hires of 100 the bicycle comes back more than an hour late, and the next customer gets a voucher for all of the day and a note.",
     "In 5 hires of 100 the bicycle comes back more than an hour late…"),
    ("If the list that you have made in the last hour is longer than the wall, cut it.", "If the list that you have made in the last hour is longer than the wall, cut it."),
    ("Bei fünf von hundert Verleihen kommt das Rad mehr als eine Stunde zu spät zurück, und die nächste Kundin bekommt dafür einen Gutschein über zwanzig Euro.",
     "Bei fünf von hundert Verleihen kommt das Rad mehr als eine Stunde zu spät zurück…"),
    ("💁 If you have no board yet, you can follow with a virtual one, which is described in the next lesson and in the page of the tools that we use.",
     "💁 If you have no board yet, you can follow with a virtual one…"),
    ("Doors, like these windows, are either of one piece or of two that are held by a hinge, and which of them it is one sees from the yard, by the frame.",
     "Doors, like these windows, are either of one piece or of two that are held by a hinge…"),
    ("Do not use spaces, quotes, or stars in the names of files that a script will read, as they are signs of the shell's own and part a name in two.",
     "Do not use spaces, quotes, or stars in the names of files that a script will read…"),
    ("All of the text of a.txt, b.txt, and c.txt is put together and saved to a file that is called all.txt, which then is the one file of the folder.",
     "All of the text of a.txt, b.txt, and c.txt is put together and saved to a file that is called all.txt…"),
    ("Before couples can plan a wedding (food, guests, caterers, dress, and so on), they must know how they want it to look, which they talk about for weeks.",
     "Before couples can plan a wedding (food, guests, caterers, dress, and so on), they must know how they want it to look…"),
    ("Think of a small board (it has pins, a plug, and a lamp) that stands on the table before you, which is what we will work with for a week.",
     "Think of a small board (it has pins, a plug, and a lamp) that stands on the table before you…"),
])  # fmt: skip
def test_the_first_main_clause_is_the_cue(said: str, shown: str) -> None:
    language = "de" if said.startswith("Bei") else "en"
    assert cue(plain_text(said), Tongue(language)).plain == shown
