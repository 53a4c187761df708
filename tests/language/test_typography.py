"""Signs of languages: what is written with straight marks is printed as each language prints it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.course.loading import load
from courseware.html.deck_page import render_deck
from courseware.inspection.leaks import letters
from courseware.language.catalogue import languages
from courseware.language.typography import KEPT, rewritten
from courseware.model.inline import Link, Mark, Run, Text, Verbatim
from courseware.products.table import PRODUCTS, page
from courseware.products.typography import signed

SAID = [
    ("en", 'She said "don\'t \'go\' now" -- it\'s late', "She said “don’t ‘go’ now” – it’s late"),
    ("en", "the dogs' tails in the '90s", "the dogs’ tails in the ’90s"),
    ("en", "tea - a drink---or so", "tea – a drink—or so"),
    ("de", "Er sagt: \"Das ist 'gut' so.\"", "Er sagt: „Das ist ‚gut‘ so.“"),
    ("de-CH", '"Grüezi"', "«Grüezi»"),
    ("fr", 'Il dit: "C\'est vrai!" Non ; pourquoi ?', "Il dit\u00a0: «\u202fC’est vrai\u202f!\u202f» Non\u202f; pourquoi\u202f?"),
    ("fr", "«mot» et « mot »", "«\u202fmot\u202f» et «\u202fmot\u202f»"),
    ("fr-CA", "Oui! Il dit:", "Oui! Il dit\u00a0:"),
    ("es", '"Hola", dijo.', "«Hola», dijo."),
    ("it", '"Ciao", dice: "l\'ora"', "«Ciao», dice: «l’ora»"),
    ("pt", '"Olá"', "“Olá”"),
    ("pt-PT", '"Olá"', "«Olá»"),
    ("ru", "\"Слово 'в слове'\" - вот", "«Слово „в слове“» – вот"),
    ("uk", '"Слово" - це об\'єкт', "«Слово» – це об’єкт"),
    ("ja", '彼は"はい"と言った', "彼は「はい」と言った"),
    ("zh", '他说"好的"。', "他说“好的”。"),
    ("zh-Hant-TW", '"好"', "「好」"),
    ("ko", '"네"', "“네”"),
    ("ar", '"مرحبا"', "«مرحبا»"),
    ("fa", '"سلام"', "«سلام»"),
    ("he", 'צה"ל אמר "שלום"', "צה״ל אמר ”שלום”"),
    ("hi", '"नमस्ते"', "“नमस्ते”"),
    ("en", "We want 'http://127.0.0.1:8000/' and \"www.x.org\".", "We want ‘http://127.0.0.1:8000/’ and “www.x.org”."),
    ("fr", 'sur "http://127.0.0.1:8000/", puis', "sur « http://127.0.0.1:8000/ », puis"),
    ("de", 'Die Adresse "https://x.de/a-b".', "Die Adresse „https://x.de/a-b“."),
    ("ja", "これでDjangoは'http://127.0.0.1:8000/'に来た", "これでDjangoは『http://127.0.0.1:8000/』に来た"),
    ("zh", "我们用 'http://127.0.0.1:8000/' 作为", "我们用 ‘http://127.0.0.1:8000/’ 作为"),
    ("en", "5-10 min, 9:00-10:30, 2020-2021, 1.5-2 h, 10%-15", "5–10 min, 9:00–10:30, 2020–2021, 1.5–2 h, 10%–15"),
]  # fmt: skip
AS_WRITTEN = [
    "call 555-1234 on 2026-11-28", "24-7", "a-b", "x - y", "5 - 3", 'a board 6" wide', "5'10\" tall",
    'one " alone', "https://a.b/c-d?e='f'", 'run it with x="1"', 'use --opt "a b"', '<a href="https://x.org">', "me@here.org's",
    "~/notes-1-2.md", "ISBN 978-3-16-148410-0", "1-2-3", "3.1-4.2.1", "pages 12-3",
]  # fmt: skip


@pytest.mark.parametrize(("language", "written", "printed"), SAID)
def test_a_text_is_printed_with_the_signs_of_its_language(
    language: str, written: str, printed: str
) -> None:
    assert rewritten([written], language) == [printed]
    assert rewritten([printed], language) == [printed]


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_what_is_no_prose_or_has_no_partner_is_as_it_was(text: str) -> None:
    kept = text.replace("'s", "’s") if "://" not in text and "@" not in text else text
    assert rewritten([text], "en") == [kept]


def test_every_language_with_a_file_has_its_marks() -> None:
    for language in languages():
        assert rewritten(['"a"'], language) != ['"a"'], language
    assert rewritten(['"a" - b\'s'], "xx") == ['"a" - b\'s']


@given(st.lists(st.text(alphabet="ab \"'-–«»;:!?019.\n" + KEPT, max_size=12), max_size=6), st.sampled_from(languages()))  # fmt: skip
def test_letters_stay_whatever_stands_between_them(pieces: list[str], language: str) -> None:
    made = rewritten(pieces, language)
    assert [letters(piece) for piece in made] == [letters(piece) for piece in pieces]
    assert rewritten(made, language) == made or "--" in "".join(pieces) or "'" in "".join(pieces)


def test_quotation_marks_reach_over_bold_words_and_leave_code_and_addresses() -> None:
    text = Text(
        (
            Run('He said "'),
            Mark("strong", (Run("don't"),)),
            Run('" and '),
            Verbatim("it's"),
            Run(", see "),
            Link("https://a.b/it's", (Run("https://a.b/it's"),)),
            Link("a.md", (Run("it's"),)),
            Mark("kbd", (Run("'"),)),
        )
    )
    assert signed(text, "en").plain == "He said “don’t” and it's, see https://a.b/it's it’s'".replace(" it’s", "it’s")  # fmt: skip


SESSION = """# Tea: "the dogs'"

Say "yes", it's 5-10 minutes. `it's "code"` and $a'$.

## Exercise 1: What's "tea"? (5-10 min)

What do you mean by "tea"?

::: facilitator
Say: It's "only" water.
:::
"""


def test_every_product_has_the_signs_unless_course_yml_says_as_written(tmp_path: Path) -> None:
    (tmp_path / "01.md").write_text(SESSION)
    course = load(tmp_path).course
    for product in (row for row in PRODUCTS.values() if row.scope == "session"):
        found = page(product, course, "01.md")
        if found is not None:
            assert found.session.title.plain == "Tea: “the dogs’”"
            rest = re.sub(r"it's \"code\"|a'", "", " ".join(t.plain for t in found.session.texts()))
            assert not re.search("[\"']", rest), rest
    (tmp_path / "course.yml").write_text("typography: as-written\n")
    kept = page(PRODUCTS["handout"], load(tmp_path).course, "01.md")
    assert kept is not None and kept.session.title.plain == 'Tea: "the dogs\'"'


def test_a_decks_agenda_has_the_signs_of_its_slides(tmp_path: Path) -> None:
    tasks = "".join(f"## Exercise {n}: What's it? (10 min)\n\nWhy?\n\n" for n in range(1, 7))
    (tmp_path / "01.md").write_text(f"# Tea\n\n{tasks}")
    shown = page(PRODUCTS["slides"], load(tmp_path).course, "01.md")
    assert shown is not None
    html = render_deck(shown, tmp_path)
    assert "<h1>Agenda</h1>" in html and "What’s" in html and "What's" not in html


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Heat to 80 °C", "Heat to 80\u00a0°C"),
        ("5 kg, 20 % or 3 mm.", "5\u00a0kg, 20\u00a0% or 3\u00a0mm."),
        ("2 million and 3 people", "2 million and 3 people"),
        ("at 10 km/h", "at 10\u00a0km/h"),
    ],
)
def test_no_line_ends_between_a_number_and_its_unit(text: str, printed: str) -> None:
    """In any language, known or not."""
    assert rewritten([text], "en") == rewritten([text], "xx") == [printed]
