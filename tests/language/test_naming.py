"""What heads a text and names who leads, and is not theirs by its words: it is told."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import languages
from tests.support import read

PLACES = {
    "heading": "### {head}\n\nCups on the left.",
    "label": "**{head}:** Cups on the left.",
    "column": "| A | B | {head} |\n|---|---|---|\n| a | b | Cups |",
    "fold": "<details><summary>{head}</summary>\n\nCups on the left.\n\n</details>",
}
OPEN = {
    "en": "Trainer watches for",
    "de": "Trainer achtet darauf",
    "fr": "Cuisine du formateur",
    "es": "Cocina del formador",
    "it": "Cucina del formatore",
    "pt": "Cozinha do formador",
    "ru": "Кухня тренера",
    "uk": "Кухня тренера",
    "ja": "講師の台所",
    "zh": "讲师的厨房",
    "ko": "강사의 부엌",
    "ar": "مطبخ المدرب",
    "he": "המטבח של המנחה",
    "hi": "प्रशिक्षक की रसोई",
    "fa": "آشپزخانهٔ مربی",
}
WITHHELD = {"C140", "C141"}


def codes(head: str, language: str, place: str, rest: str = "") -> set[str]:
    text = PLACES[place].format(head=head)
    source = f"---\nlanguage: {language}\n---\n# Tea\n\n## Water\n\n{text}\n\n{rest}"
    return {one.code for one in read(source).findings}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("place", PLACES)
def test_what_names_who_leads_is_withheld_or_told(language: str, place: str) -> None:
    assert codes(OPEN[language], language, place) & {"C158", *WITHHELD}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "name",
    [
        "trainer",
        "facilitators",
        "teacher",
        "instructor",
        "tutor",
        "lecturer",
        "workshop leader",
        "co-trainer",
    ],
)
def test_any_name_of_who_leads_is(name: str, place: str) -> None:
    assert codes(f"{name.title()} looks for steam", "en", place) & {"C158", *WITHHELD}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "head", ["What you look for", "Training looks for steam", "A train at nine", "Leadership",
             "Say thanks to your trainer. It was fun", "Ask your trainer!"],
)  # fmt: skip
def test_others_are_not(head: str, place: str) -> None:
    assert "C158" not in codes(head, "en", place)


def test_it_is_told_once_a_file_and_not_of_what_is_withheld() -> None:
    text = "# Tea\n\n## Water\n\n### Trainer watches for\n\nSteam.\n\n### Coach hears\n\nA whistle.\n\n**Trainer notes:** pour.\n"
    told = [one for one in read(text).findings if one.code == "C158"]
    assert len(told) == 1 and told[0].span.line == 5
    assert '"Coach hears"' in told[0].message and '"Trainer notes"' not in told[0].message


@pytest.mark.parametrize(("language", "label"), [("ja", "答え"), ("ja", "講師の方へ"), ("zh", "答"), ("zh", "给老师"), ("ko", "강사에게"), ("ja", "**講師用**")])  # fmt: skip
@pytest.mark.parametrize("colon", [":", "：", ": "])
@pytest.mark.parametrize("before", ["", "> "])
def test_a_colon_behind_letters_of_the_east_needs_no_space(
    language: str, label: str, colon: str, before: str
) -> None:
    source = f"---\nlanguage: {language}\n---\n# 茶\n\n## 水\n\n何ですか？\n\n{before}{label}{colon}三本目\n"
    assert WITHHELD & {one.code for one in read(source).findings}
