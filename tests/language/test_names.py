"""What each language calls directives and groups: all of them, none twice, understood in a session."""

from __future__ import annotations

import subprocess
import sys

import pytest

from courseware.language.catalogue import Tongue, data_of, languages
from courseware.language.names import directive_names, english_name, grouping, grouping_in
from courseware.language.twins import normal
from courseware.model.blocks import Box, Exercise
from courseware.model.session import for_learner
from courseware.products.guide.materials import group_size
from courseware.reading.dialects.other_tools import OTHERS
from courseware.reading.markdown.directives import DIRECTIVES
from tests.support import PROJECT, in_languages, read

OTHER = [language for language in languages() if language != "en"]
SYNONYMS = {"instructor", "notes", "solution", "challenge"}
"""English names of which another is the one that is translated."""


@pytest.mark.parametrize("language", OTHER)
def test_every_directive_and_grouping_has_a_name(language: str) -> None:
    rows = data_of(language)["directives"]
    assert set(rows) == set(DIRECTIVES) - SYNONYMS and all(rows.values())
    groups = data_of(language)["groupings"]
    assert list(groups) == list(data_of("en")["groupings"]) and all(groups.values())


def test_no_name_means_two_things() -> None:
    found: dict[str, set[str]] = {}
    for language in OTHER:
        for word, english in directive_names(Tongue(language)).items():
            found.setdefault(normal(word), set()).add(DIRECTIVES[english].kind)
            row = DIRECTIVES.get(word) or OTHERS.get(word)
            assert row is None or row.kind == DIRECTIVES[english].kind, word
    assert [word for word, kinds in found.items() if len(kinds) > 1] == []


@pytest.mark.parametrize("language", in_languages(OTHER))
def test_all_names_are_read_and_what_hides_is_hidden(language: str) -> None:
    for word, english in directive_names(Tongue(language)).items():
        body = "\n\nXYZZY.\n\n:::" if DIRECTIVES[english].body else ""
        reading = read(
            f"---\nlanguage: {language}\n---\n# T\n\n## A\n\nB.\n\n::: {word}{body}\n\nC.\n"
        )
        assert not [
            f for f in reading.findings if f.code in ("C111", "C112", "C114", "C123", "C142")
        ], word
        session = reading.session
        assert session is not None
        seen = " ".join(text.plain for text in for_learner(session).texts())
        as_english = read(f"# T\n\n## A\n\nB.\n\n::: {english}{body}\n\nC.\n").session
        assert as_english is not None
        assert seen.count("XYZZY") == " ".join(
            text.plain for text in for_learner(as_english).texts()
        ).count("XYZZY"), word
        assert ":::" not in seen


@pytest.mark.parametrize(
    ("opener", "nearest"),
    [("::: übugn", "übung"), ("::: exericce", "exercice"), ("::: ejercico", "ejercicio"),
     ("::: упражнене", "упражнение"), ("::: esercizo", "esercizio"), ("::: exercicioo", "exercício")],
)  # fmt: skip
def test_a_slip_is_told_with_the_nearest_name(opener: str, nearest: str) -> None:
    language = next(one for one in OTHER if nearest in directive_names(Tongue(one)))
    reading = read(f"---\nlanguage: {language}\n---\n# T\n\n## A\n\n{opener}\nX.\n:::\n")
    assert [f.code for f in reading.findings if f.severity != "note"] == ["C112"]
    assert nearest in reading.findings[0].hint


@pytest.mark.parametrize("slip", ["kursleitnug", "formatuer", "facilitadro", "преподавтель"])
def test_a_slip_of_a_name_that_hides_hides(slip: str) -> None:
    language = {"k": "de", "f": "fr", "п": "ru"}[slip[0]] if slip != "facilitadro" else "es"
    reading = read(
        f"---\nlanguage: {language}\n---\n# T\n\n## A\n\nB.\n\n::: {slip}\nXYZZY.\n:::\n"
    )
    session = reading.session
    assert session is not None and "C142" in [f.code for f in reading.findings]
    assert "XYZZY" not in " ".join(text.plain for text in for_learner(session).texts())


def test_a_nested_directive_of_another_language_is_closed() -> None:
    session = read(
        "---\nlanguage: ja\n---\n# T\n\n::::: 演習 お茶\n飲む。\n\n:::: 解答\n苦い。\n::::\n:::::\n"
    ).session
    assert session is not None and isinstance(session.exercises()[0], Exercise)
    assert [b.kind for b in session.nodes() if isinstance(b, Box)] == ["answer"]


@pytest.mark.parametrize(
    ("said", "size"),
    [("pairs", 2), ("groups of four", 4), ("trios", 3), ("zu dritt", 3), ("Vierergruppen", 4), ("en binôme", 2),
     ("grupos de cuatro", 4), ("duplas", 2), ("a coppie", 2), ("в парах", 2), ("втроём", 3), ("ペアで", 2), ("3人組", 3),
     ("两人一组", 2), ("4인 1조", 4), ("짝을 지어", 2), ("في أزواج", 2), ("مجموعات من ثلاثة", 3), ("בזוגות", 2),
     ("जोड़ों में", 2), ("alone, then in pairs", 2), ("tables", None), ("Plenum", None), ("einzeln", None), ("", None)],
)  # fmt: skip
def test_the_size_of_a_group(said: str, size: int | None) -> None:
    assert group_size(said, Tongue()) == size


def test_an_english_grouping_is_printed_in_the_language() -> None:
    assert [grouping_in("pairs", one) for one in ("en", "de-AT", "ja", "nl")] == [
        "pairs",
        "Paare",
        "2人組",
        "pairs",
    ]
    assert (
        grouping_in("groups of 4", "de") == "groups of 4"
        and grouping("Plenum", Tongue()) == "everyone"
    )
    assert english_name("übung") == "exercise" and english_name("nonsense") == "nonsense"


@pytest.mark.slow
def test_an_english_course_parses_no_other_language() -> None:
    """What is looked up in all languages is one line of each file; the files themselves are not parsed."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from courseware.language import catalogue\n"
        "parsed, load = [], catalogue.data_of.__wrapped__\n"
        "from functools import cache\n"
        "catalogue.data_of = cache(lambda language: parsed.append(language) or load(language))\n"
        "from courseware.course.loading import load as read\n"
        "from courseware.html.rendering import render\n"
        "from courseware.products.table import PRODUCTS, page\n"
        "root = Path(sys.argv[1])\n"
        "course = read(root).course\n"
        "for name in ('handout', 'worksheet', 'guide', 'answers'):\n"
        "    made = page(PRODUCTS[name], course, course.sessions[0].path)\n"
        "    assert made is not None and render(made, root)\n"
        "print(*sorted(parsed))\n"
    )
    for folder, languages_parsed in (("tests/projects/bread", "en"), ("docs/examples/de", "de en")):
        command = [sys.executable, "-c", code, str(PROJECT / folder)]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == languages_parsed
