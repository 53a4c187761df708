"""What learners do not see by its words, wherever these stand in a file; what is told of that."""

from __future__ import annotations

import pytest

from courseware.model.blocks import Item
from courseware.model.session import Course, Session, for_learner
from courseware.model.walk import texts, walk
from courseware.reading.stages import Reading, read_session
from tests.support import WORDS, session_of

LEAD = "# Session 1: Lamps\n\n## Oil\n\nOil is old.\n\n"
EXERCISE = "# Session 1: Lamps\n\n## Exercise 1: Oil (5 min)\n\nWhat is it for?\n\n"


def read(text: str, path: str = "01-lamps.md") -> Reading:
    return read_session(text.encode(), path, WORDS)


def learners(session: Session) -> str:
    (seen,) = Course(title="T", sessions=(session,)).for_audience("learner").sessions
    return " ".join(t.plain for t in texts(seen.sections))


def sees(text: str) -> str:
    session = read(text).session
    assert session is not None
    everything = " ".join(t.plain for t in session.texts())
    assert "SECRET" not in text or "SECRET" in everything, "lost"
    return learners(session)


def codes(text: str) -> set[str]:
    return {found.code for found in read(text).findings}


HIDDEN = {
    "a bold line, up to the next": "**Trainer notes**\n\nSECRET one.\n\n- SECRET two\n\n**Wicks**\n\nOPEN.",
    "a label without a colon": "**Teacher tip** SECRET one two three.\n\nOPEN.",
    "a label in italics": "*Note for tutors:* SECRET one two three.\n\nOPEN.",
    "a bare label": "Instructor note: SECRET one two three.\n\nOPEN.",
    "a label in the second line": "OPEN words.\nTrainer note: SECRET one two three.",
    "a label and its list": "**Mentor hints:**\n\n- SECRET one\n- SECRET two\n\nOPEN.",
    "a label that leads in": "**Coach note:** SECRET, say these:\n\n- SECRET\n\nOPEN.",
    "a bracket": "[Presenter note: SECRET one two.]\n\nOPEN.",
    "a bracket at the end": "OPEN words stand here. (Trainer note: SECRET one two.)",
    "a quotation": "> **Note for instructors:** SECRET one two.\n>\n> SECRET three.\n\nOPEN.",
    "a column": "| What | Teacher notes |\n|---|---|\n| OPEN | SECRET |",
    "a summary": "<details><summary>For your mentors only</summary>\n\nSECRET\n\n</details>\n\nOPEN.",
    "a tab": '=== "Instructor"\n\n    SECRET one\n\n=== "Learner"\n\n    OPEN two',
    "a class": '<div class="teacher-notes">\n\nSECRET\n\n</div>\n\nOPEN.',
    "an unknown directive's name": "::: tutor-notes\nSECRET\n:::\n\nOPEN.",
    "an item": "- OPEN\n- **Trainer note:** SECRET one two",
    "a definition": "Lamp\n: OPEN\n\nTrainer note\n: SECRET",
    "a heading in a box": "::: example\nOPEN.\n\n#### Trainer notes\n\nSECRET\n:::",
    "an attribute of a paragraph": "SECRET words. {for=facilitator}\n\nOPEN.",
    "an attribute of an item": "- OPEN\n- SECRET {for=facilitator}",
    "an attribute of a label": "**Wick:** SECRET {for=facilitator}\n\nOPEN.",
    "an attribute of a directive": "::: callout {for=facilitator}\nSECRET\n:::\n\nOPEN.",
    "an attribute that names nobody": "SECRET words. {for=novices}\n\nOPEN.",
    "a lone label with a command": "**Trainer:** SECRET walk around and look at each lamp.\n\nOPEN.",
    "a qualified answer": "Sample answer: SECRET one two.\n\nOPEN.",
    "an answer after a question": "OPEN: what burns?\n\n**Answer:** SECRET",
    "two colons": ":: facilitator\nSECRET\n::\n\nOPEN.",
    "a marked solution": "OPEN.\n\n```python\na = 1\n# BEGIN SOLUTION\nb = 'SECRET'\n# END SOLUTION\n```",
}
HIDDEN |= {
    "a dash behind a label": "Facilitator note — SECRET one two.\n\nOPEN",
    "a heading of a leader alone": "### Facilitator\n\nAsk the groups to show SECRET their lamps.\n\n## OPEN",
    "a bold line that is a label": "**Trainer note: SECRET one two three.**\n\nOPEN",
    "a label above its line": "Trainer note:\nSECRET one.\n\nOPEN",
    "bold and italic": "***Trainer note:*** SECRET one.\n\nOPEN",
    "a callout's title": "> [!NOTE] Facilitator note\n> SECRET\n\nOPEN",
    "a label in a callout": "> [!TIP]\n> **For trainers:** SECRET\n\nOPEN",
    "a column of commands": "| Time | Trainer |\n|--|--|\n| OPEN | Ask the room SECRET what it thinks of it. |",
    "a label in a cell, behind other words": "| What |\n|--|\n| OPEN in pairs **Trainer:** say SECRET one two three. |",
    "a bare label in a cell": "| What |\n|--|\n| OPEN in pairs.<br>Work. Trainer: say SECRET one two three. |",
    "a bare label behind a sentence": "OPEN words. Facilitator: walk round and say SECRET.",
    "a tab that names who leads": '=== "Instructor view"\n\n    SECRET one\n\n=== "Learner"\n\n    OPEN two',
    "a warning to who leads": "**Heads-up for instructors**\n\nSECRET one two.\n\n## OPEN",
    "how to prepare it": "## Facilitator: how to set up the room\n\nSECRET one two.\n\n## OPEN",
    "a line above a list": "**For trainers only**\n- SECRET\n- SECRET\n\n**OPEN**\n\ntext",
}
IN_EXERCISE = {
    "a label": "**Suggested answers:** SECRET\n\nOPEN?",
    "a label in the line": "OPEN, what is B? **Answer:** SECRET one.",
    "a label in a step": "OPEN\n\n- Wait **Answer:** SECRET one.\n- Go on",
    "a bracket in the line": "OPEN, what is B? (Answer: SECRET)",
    "a dash": "Answer – SECRET one.\n\nOPEN?",
    "a dash in the line": "1. OPEN What? — Answer: SECRET",
    "bare in the line": "OPEN What is it? Answer: SECRET",
    "a numbered label": "OPEN\n\n**Answer 1.** SECRET\n\n**Answer 2.** SECRET",
    "a heading with a title": "OPEN\n\n## Solution: use oil\n\nSECRET",
    "a bold line": "**Solution**\n\nSECRET\n\n```\nSECRET\n```\n\n**Wicks**\n\nOPEN",
    "a heading below": "OPEN\n\n### Possible answers\n\nSECRET",
    "a heading behind": "OPEN\n\n## Solution to exercise 1\n\nSECRET",
    "a fold without a title": "OPEN\n\n::: toggle\nSECRET\n:::",
    "a box": '::: callout "Answers below"\nSECRET\n:::\n\nOPEN',
}
SEEN = {
    "a name": "**Trainer:** Ann Lee, University of Lamps",
    "a few words": "**Host:** lamp.example.org OPEN",
    "a role": "**Facilitator** Leads the whole meeting from start to end.",
    "a dialogue": "**Client:** What is a lamp for?\n\n**Coach:** It gives us light in the night.",
    "a dialogue in a line": "Client: What for? Coach: It gives us light in the night. Client: Oh, I see that.",
    "a person in bold in a sentence": "Ask the **trainer:** she knows all that there is to know.",
    "a sentence in bold": "**Ask your instructor when the lamp smokes.**\n\nOPEN",
    "a column of names": "| Day | Teacher |\n|---|---|\n| Monday | Ann Lee |",
    "a problem and its solution": "- **Problem:** smoke\n- **Solution:** trim the wick",
    "an attribute": "## Trainer notes {for=everyone}\n\nOPEN words.",
    "a learner's attribute": "**Trainer note:** OPEN words here. {for=learners}",
    "a summary that asks to write": "<details><summary>Write down your answer</summary>\n\nOPEN\n\n</details>",
    "a callout of others": "::: todo\nOPEN\n:::",
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_withheld(name: str) -> None:
    seen = sees(LEAD + HIDDEN[name] + "\n")
    assert "SECRET" not in seen and "OPEN" in seen, seen


@pytest.mark.parametrize("name", IN_EXERCISE)
def test_what_is_an_answer(name: str) -> None:
    seen = sees(EXERCISE + IN_EXERCISE[name] + "\n")
    assert "SECRET" not in seen and "OPEN" in seen, seen


@pytest.mark.parametrize("name", SEEN)
def test_what_stays_open(name: str) -> None:
    text = LEAD + SEEN[name] + "\n"
    session = read(text).session
    assert session is not None
    assert learners(session) == " ".join(t.plain for t in texts(session.sections))


def test_what_is_withheld_is_told() -> None:
    assert codes(LEAD + "## Trainer notes\n\nBurn it.\n") == {"C140"}
    assert codes(LEAD + "**Trainer:** Walk around and look at each lamp.\n") == {"C141"}
    assert codes(LEAD + "::: facilitater\nBurn it.\n:::\n") == {"C142"}
    assert codes(LEAD + "::: facilitator\nBurn it.\n:::\n") == set()


@pytest.mark.parametrize(
    "name", ["facilitatr", "instrctor", "anwser", "awnser", "solutoin", "notse"]
)
def test_a_directive_near_one_that_hides_is_that_one(name: str) -> None:
    text = f"{LEAD}::: {name}\nSECRET\n:::\n"
    assert "SECRET" not in sees(text) and "C142" in codes(text)


@pytest.mark.parametrize("name", ["note", "tip", "todo", "instructions", "section", "dialogue"])
def test_a_word_of_its_own_is_no_slip(name: str) -> None:
    text = f"{LEAD}::: {name}\nOPEN\n:::\n"
    assert "OPEN" in sees(text) and "C142" not in codes(text)


def products(text: str) -> tuple[str, ...]:
    session = read(text).session
    assert session is not None
    return next(n.products for n in walk(session.sections) if getattr(n, "kind", "") == "only")


def test_only_of_what_is_near_or_not_there() -> None:
    assert products(LEAD + "::: only giude\nSECRET\n:::\n") == ("guide",)
    for people in ("trainers", "leitung", "hosts", "formateur", "ponente", "講師"):
        assert products(LEAD + f"::: only {people}\nSECRET\n:::\n") == ("guide",)
    assert "handout" in products(LEAD + "::: only wrokbok\nOPEN\n:::\n")
    assert products(LEAD + "::: only workbook\nOPEN\n:::\n") == ("handout",)
    assert products(LEAD + "::: only run-book\nSECRET\n:::\n") == ("guide",)
    assert "C144" in codes(LEAD + "::: only\nOPEN\n:::\n")


@pytest.mark.parametrize(
    "path", ["instructors/02.md", "teacher-notes/02.md", "notes-for-tutors.md"]
)
def test_a_folder_or_file_is_the_facilitators(path: str) -> None:
    session = read(LEAD, path).session
    assert session is not None and session.role == "facilitator"


@pytest.mark.parametrize(
    "path", ["training/02.md", "tutorials/02.md", "lectures/notes.md", "hosts/01.md"]
)
def test_other_folders_are_not(path: str) -> None:
    session = read(LEAD, path).session
    assert session is not None and session.role == "session"


def test_a_key_at_the_end_goes_to_its_exercises() -> None:
    session = read(
        EXERCISE
        + "## Exercise 2: Wick\n\nWhy?\n\n## Water\n\nNo.\n\n## Answers\n\n### Wick\n\nBB\n\n"
        "### Exercise 1\n\nAA\n\n### Others\n\nCC\n"
    ).session
    assert session is not None
    first, second = session.exercises()
    assert "AA" in " ".join(t.plain for t in texts([first])) and "BB" not in str(first)
    assert "BB" in " ".join(t.plain for t in texts([second]))
    assert "CC" in " ".join(t.plain for t in texts(session.sections[-1:]))
    assert not {"AA", "BB", "CC"} & set(learners(session).split())


def test_ticked_choices_are_the_key() -> None:
    text = EXERCISE + "Which burns?\n\n- [ ] Stone\n- [x] Oil\n"
    session = read(text).session
    assert session is not None
    (seen,) = Course(title="T", sessions=(session,)).for_audience("learner").sessions

    def ticks(one: Session) -> list[bool]:
        return [
            bool(node.checked)
            for node in walk(one.sections)
            if isinstance(node, Item) and node.checked is not None
        ]

    assert ticks(session) == [False, True] and ticks(seen) == [False, False]


def test_a_list_of_done_tasks_is_no_key() -> None:
    session = read(LEAD + "These are done:\n\n- [x] Oil\n- [ ] Wick\n").session
    assert session is not None
    assert "True" in str([getattr(n, "checked", None) for n in walk(session.sections)])


@pytest.mark.parametrize(
    ("name", "product"),
    [("notes", "guide"), ("Speaker notes", "guide"), ("debriefs", "guide"), ("instructr", "guide"),
     ("solutions", "answers"), ("Sample solution", "answers"), ("handot", "handout"), ("tutors, guide", "guide")],
)  # fmt: skip
def test_a_name_near_a_product_or_its_readers_is_read_as_meant(name: str, product: str) -> None:
    assert products(f"{LEAD}::: only {name}\nSECRET\n:::\n") == (product,)
    assert "C144" in codes(f"{LEAD}::: not {name}\nOPEN\n:::\n")


@pytest.mark.parametrize(
    "name",
    ["exercise", "questions", "objectives", "keypoints", "callout", "definition", "activity"],
)
@pytest.mark.parametrize("value", ["facilitator", "nobody"])
def test_every_directive_takes_for(name: str, value: str) -> None:
    text = f'# Session 1: Tea\n\n## A\n\nOPEN words.\n\n::: {name} "Mine" {{for={value}}}\nSECRET words.\n:::\n'
    reading = read_session(text.encode(), "01.md", WORDS, "notes")
    assert reading.session is not None
    (seen,) = Course(title="T", sessions=(reading.session,)).for_audience("learner").sessions
    told = " ".join(t.plain for t in texts(seen.sections))
    assert "OPEN" in told and "SECRET" not in told
    assert ("C145" in {f.code for f in reading.findings}) == (value == "nobody")


@pytest.mark.parametrize(
    "name",
    ["lösung", "Antwort", "lehrer", "corrigé", "formateur", "respuesta", "docente",
     "Hinweise für Lehrende"],
)  # fmt: skip
def test_a_directive_that_hides_in_another_language_hides_and_is_told(name: str) -> None:
    text = LEAD + f"::: {name}\nSECRET of the cook.\n:::\n"
    assert "SECRET" not in sees(text) and "C142" in codes(text)


@pytest.mark.parametrize("name", ["spalten", "colonnes", "Hinweis", "aviso", "panel", "info"])
def test_a_directive_of_another_language_that_hides_nothing_stays_open(name: str) -> None:
    assert "OPEN" in sees(LEAD + f"::: {name}\nOPEN to all.\n:::\n")


@pytest.mark.parametrize("title", ["Windows", "MacOS", "Linux"])
def test_an_answer_titled_as_a_system_is_open_where_nothing_is_asked(title: str) -> None:
    box = f"::: solution\n\n### {title}\n\nSECRET one two.\n\n:::\n"
    assert "SECRET" in sees(LEAD + box)
    assert "SECRET" not in sees(EXERCISE + box)
    assert "SECRET" not in sees(LEAD + box.replace(title, "Oil"))


def test_a_footnote_of_an_answer_alone_is_none_for_learners() -> None:
    session = read(
        EXERCISE + "Oil?[^1] Wick?[^2]\n\n[^1]: Answer: SECRET one.\n[^2]: OPEN words.\n"
    ).session
    assert session is not None and set(session.footnotes()) == {"1", "2"}
    (seen,) = Course(title="T", sessions=(session,)).for_audience("learner").sessions
    assert set(seen.footnotes()) == {"2"} and "OPEN" in learners(session)


@pytest.mark.parametrize(
    "title", ["Write down your solution", "Solution design template", "Post your solution here"]
)
def test_a_title_that_asks_for_a_solution_stays_open_in_a_text_too_short_to_tell_its_language(
    title: str,
) -> None:
    session = session_of(f"# Session 1: Tea\n\n## Water\n\n<details>\n<summary>{title}</summary>\n\nHOT one.\n\n</details>\n")  # fmt: skip
    learner = for_learner(session)
    assert "HOT" in " ".join(t.plain for t in texts(learner.sections))


@pytest.mark.parametrize(
    ("line", "hides"),
    [
        ("**Model answer.** HOT since fire.", True), ("**Model answer** HOT", True), ("- **Model answer!** HOT", True),
        ("> **Sample solution.** HOT", True), ("**Musterlösung.** HOT {de}", True), ("**模範解答。** HOT {ja}", True), ("**Corrigé.** HOT {fr}", True),
        ("**Solutions** are HOT", False), ("**Answers** come HOT", False), ("**Hot water.** HOT", False),
    ],
)  # fmt: skip
def test_an_answer_in_bold_is_hidden_or_not_named_as_such(line: str, hides: bool) -> None:
    line, _, language = line.removesuffix("}").partition(" {")
    found = read(f"---\nlanguage: {language or 'en'}\n---\n\n# Session 1: Tea\n\n## Water\n\nWater boils in a pot of steel.\n\n{line}\n\n## More\n\nWords on bread.\n")  # fmt: skip
    session = found.session
    assert session is not None
    said = " ".join(t.plain for t in texts(for_learner(session).sections))
    assert ("HOT" not in said) == hides
    assert bool({d.code for d in found.findings} & {"C140", "C141"}) == hides


COMMENTS = [
    "// if we run behind, SECRET",
    "%% SECRET if they ask",
    "- Oil.\n- // SECRET",
    "> // SECRET",
    "Oil is good.\n// SECRET then",
]


@pytest.mark.parametrize("text", COMMENTS)
def test_what_begins_as_comments_do_elsewhere_is_withheld_in_doubt(text: str) -> None:
    assert "SECRET" not in sees(f"{LEAD}{text}\n\nOPEN.\n")
    assert "C141" in codes(f"{LEAD}{text}\n\nOPEN.\n")


@pytest.mark.parametrize(
    "text",
    [
        "`// SECRET` is a comment.",
        "See // SECRET",
        "//example.com/SECRET is a host",
        "100 %% SECRET",
        "- `%% SECRET` begins one",
    ],
)
def test_what_tells_of_comments_is_not(text: str) -> None:
    assert "SECRET" in sees(f"{LEAD}{text}\n\nOPEN.\n")
