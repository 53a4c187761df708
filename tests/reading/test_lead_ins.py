"""What a lead-in asks for: its verb, its object and the items below it decide together."""

from __future__ import annotations

import pytest

from courseware.language.vocabulary import vocabulary_for
from courseware.reading.structure.lead_ins import acts, begins, leads, tells_to_write

WORDS = vocabulary_for("en")
PLAIN = ("The first one", "The second one", "The third one")


@pytest.mark.parametrize(
    "lead",
    [
        "Summarise each text:",
        "Create a reusable checklist for your firm:",
        "Write a short story about:",
        "For each idea, assess:",
        "Open your notes and list:",
        "Develop a roadmap that covers:",
        "**Estimate** the cost of:",
    ],
)
def test_a_command_to_write_asks_for_each_item(lead: str) -> None:
    """A verb of writing asks; so does one of making, where a plan or the like is made."""
    assert leads(lead, PLAIN, WORDS)


@pytest.mark.parametrize(
    "lead",
    [
        "Create a class with:",
        "Add these files to the folder:",
        "Install the following:",
        "Raw data includes:",
        "Describe it",
        "Frobnicate the parts:",
    ],
)
def test_what_is_done_elsewhere_asks_for_nothing(lead: str) -> None:
    """A program's thing, a verb of acting, no verb, no colon, an unknown verb: no space."""
    assert not leads(lead, PLAIN, WORDS)


def test_files_and_folders_in_a_list_are_made_not_written() -> None:
    made = ["a file `app.py`", "a folder `tests`", "a function `main`"]
    assert not leads("Create:", made, WORDS)
    assert leads("Create:", ["a plan for a week", "a list of risks"], WORDS)


def test_items_decide_over_the_verb() -> None:
    """Half of the items act: none. Under a verb of acting, items that command writing ask."""
    steps = ("Open the file", "`cd lamp`", "On macOS press Enter", "A word")
    assert not leads("Complete these steps:", steps, WORDS)
    assert leads("Discuss in pairs:", ("List two risks", "Describe a gain", "Others"), WORDS)


@pytest.mark.parametrize(
    "step", ["Create a new file called `plug.py`", "Add the button", "Press F5"]
)
def test_a_step_that_types_along_acts(step: str) -> None:
    """What is typed, pressed or made in a program is not written on paper."""
    assert acts(step, WORDS)
    assert begins(step, WORDS) == "act"


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "Explain each term in your own words."),
        ("en", "Write a sentence about each of them."),
        ("en", "Define these words."),
        ("de", "Erkläre jeden Begriff in eigenen Worten."),
        ("fr", "Définissez ces mots."),
        ("ja", "それぞれの言葉を説明してください。"),
        ("uk", "Поясніть ці слова."),
        ("fa", "واژه‌های زیر را تعریف کنید."),
    ],
)
def test_a_sentence_that_points_at_its_items_asks_for_each(language: str, lead: str) -> None:
    assert leads(lead, ("Backlog", "Sprint", "Velocity"), vocabulary_for(language))


@pytest.mark.parametrize(
    "lead", ["Discuss these in pairs.", "Write a short story.", "List your hypotheses."]
)
def test_a_sentence_that_does_not_asks_for_none(lead: str) -> None:
    """What is discussed is said; what does not point at its items asks once."""
    assert not leads(lead, ("Backlog", "Sprint", "Velocity"), WORDS)


@pytest.mark.parametrize(
    ("language", "said", "written"),
    [
        ("en", "Compare with your neighbour.", False),
        ("en", "Compare your answers with the person next to you.", False),
        ("en", "Compare TCP with UDP.", True),
        ("en", "Compare the two partners.", True),
        ("en", "Writes down what is said.", False),
        ("en", "Write down what is said.", True),
        ("de", "Vergleicht eure Listen mit eurem Nachbarn.", False),
        ("de", "Vergleicht Brot mit Kuchen.", True),
        ("es", "Compara tu lista con tu compañero.", False),
        ("ja", "隣の人と比較してください。", False),
        ("uk", "Порівняйте свої списки із сусідом.", False),
        ("fa", "فهرست خود را با هم‌گروهی مقایسه کنید.", False),
        ("fa", "نان و کیک را مقایسه کنید.", True),
    ],
)
def test_what_is_said_or_stated_is_not_written(language: str, said: str, written: bool) -> None:
    words = vocabulary_for(language)
    assert tells_to_write(said, words) is written
    assert (begins(said, words) == "write") is written
