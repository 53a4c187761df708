"""Words for an answer that mean others, too: open where nothing is asked, as "Solution: …" is in English; points are no minutes."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import Tongue, data_of, languages
from courseware.model.session import for_learner
from courseware.reading.structure.times.heading_times import split_time
from tests.support import session_of

BARE = [
    (language, word)
    for language in languages()
    for word in (data_of(language).get("withheld") or {}).get("bare_answers", ())
]


def is_open(language: str, body: str) -> bool:
    """Whether learners get "xyzzy"."""
    session = session_of(f"---\nlanguage: {language}\n---\n# T\n\n{body}\n")
    return "xyzzy" in " ".join(t.plain for t in for_learner(session).texts())


@pytest.mark.parametrize(("language", "word"), BARE)
def test_a_word_that_means_others_hides_where_something_is_asked_alone(
    language: str, word: str
) -> None:
    start = data_of(language)["exercise_starts"][0]
    assert is_open(language, f"## A\n\nB.\n\n{word}: xyzzy 10 %.")
    assert is_open(language, f"## A\n\nB.\n\n**{word}:** xyzzy 10 %.")
    assert not is_open(language, f"## {start} 1\n\nX?\n\n{word}: xyzzy 10 %.")
    assert not is_open(language, f"## A\n\nX?\n\n**{word}:** xyzzy 10 %.")


def test_a_legend_is_open_and_a_key_of_exercises_is_not() -> None:
    assert is_open("ru", "## Карта\n\n**Ключ:** xyzzy = дорога.")
    assert not is_open("ru", "## Упражнение 1\n\nX?\n\n**Ключ:** 1Б xyzzy.")


@pytest.mark.parametrize("word", data_of("zh")["scores"])
def test_points_are_no_minutes(word: str) -> None:
    assert split_time(f"{word}：100分", Tongue("zh"))[2] is None
    assert split_time(f"测验 {word}: 60分", Tongue("zh"))[2] is None
    assert split_time("测验：60分", Tongue("zh"))[2] is not None
