"""Boxes and texts that are nearly marked as not the learners' are withheld, and what is a slip is told."""

from __future__ import annotations

import pytest

from courseware.model.blocks import Code
from courseware.model.session import for_learner
from courseware.model.walk import walk
from tests.support import read

BEFORE = "# Session 1: Bread\n\n## Dough\n\nMix the flour and the water.\n\n### Exercise 1\n\nName two kinds of flour.\n\n"
WITHHELD = {
    "a second class": ("::: {.callout-note .instructor}\nSecret words.\n:::\n", ""),
    "a class behind attributes": ('::: {#a .note title="Rye" .solution}\nSecret words.\n:::\n', ""),
    "a class in words": ("::: {.callout-tip .trainer-notes}\nSecret words.\n:::\n", ""),
    "an option": (":::{note}\n:class: dropdown instructor\nSecret words.\n:::\n", ""),
    "an option in a fence": ("```{tip}\n:class: instructor\nSecret words.\n```\n", ""),
    "a word behind a type": ("!!! note instructor\n    Secret words.\n", ""),
    "a class nearly named": ("Rye. [Secret words.]{.solutoin}\n", "C142"),
    "a tag nearly named": ("Rye. {% solutoin %}Secret words.{% endsolutoin %}\n", "C142"),
    "an environment nearly named": ("Rye. \\begin{solutoin}Secret words.\\end{solutoin}\n", "C142"),
    "options in lines of dashes": (
        "```{note}\n---\nclass: instructor\n---\nSecret words.\n```\n",
        "",
    ),
    "a capital": ("Secret words. {For=facilitator}\n", ""),
    "a colon": ("Secret words. {for: facilitator}\n", "C142"),
    "letters swapped": ("Secret words. {fro=facilitator}\n", "C142"),
    "a heading's capital": ("## Later {For=facilitator}\n\nSecret words.\n", ""),
    "a callout nearly named": ("> [!SOLUTON]\n> Secret words.\n", "C142"),
    "a callout of who leads": ("> [!facilitater]\n> Secret words.\n", "C142"),
    "a hyphen not seen": ("::: facili\u00adtator\nSecret words.\n:::\n", "C123"),
    "a hyphen not seen in a heading": ("## Facili\u00adtator notes\n\nSecret words.\n", "C140"),
    "spaces between colons": (": : : answer\nSecret words.\n: : :\n", "C123"),
    "a colon too few": (":: trainer\nSecret words.\n::\n", "C143"),
}
WITHHELD |= {
    "Quarto's condition": ('::: {.content-hidden when-profile="student"}\nSecret words.\n:::\n', "C140"),
    "Quarto's other condition": ('::: {.content-visible when-profile="instructor"}\nSecret words.\n:::\n', "C140"),
    "a condition with unless": ('::: {.content-hidden unless-profile="teacher"}\nSecret words.\n:::\n', "C140"),
    "a condition in German": ('::: {.content-visible when-profile="lehrer"}\nSecret words.\n:::\n', "C140"),
    "always hidden": ("::: {.content-hidden}\nSecret words.\n:::\n", "C140"),
    "a condition in a line": ('Rye. [Secret words.]{.content-visible when-profile="instructor"}\n', ""),
    "a chunk that solves": ("```{r se-solution}\nSecret\n```\n", ""),
    "a chunk labelled so": ("```{python}\n#| label: se-solution\nSecret\n```\n", ""),
    "a chunk with options": ('```{r, label="se-solution", eval=FALSE}\nSecret\n```\n', ""),
    "notes in HTML": ('<div class="notes">\n\nSecret words.\n\n</div>\n', ""),
    "a condition in HTML": ('<div class="content-hidden" when-profile="student">\n\nSecret words.\n\n</div>\n', "C140"),
    "a class cut short in HTML": ('<div class="sol">\n\nSecret words.\n\n</div>\n', "C140"),
    "a table's class": ('<table class="soln"><tr><td>Secret words.</td></tr></table>\n', "C140"),
    "a class cut short": ("::: {.sol}\nSecret words.\n:::\n", ""),
}  # fmt: skip
COMMENTS = (
    "{::comment}\nSecret\n\nSecret\n{:/comment}\n",
    "Rye {::comment}Secret{:/comment} it is.\n",
    "{::comment}\nSecret\n{:/}\n",
    "> {::comment}\n> Rye.\n\n{::comment}\nSecret\n{:/}\n",
)
OPEN = {
    "classes of looks": "::: {.callout-note .column-margin}\nOpen words.\n:::\n",
    "an option of looks": ":::{note}\n:class: dropdown\nOpen words.\n:::\n",
    "a colon too few": ":: note\nOpen words.\n::\n",
    "another key": "Open words. {fort=facilitator}\n",
    "braces of words": "Open words {for example: rye}\n",
    "a condition that hides from others": '::: {.content-hidden when-profile="instructor"}\nOpen words.\n:::\n',
    "a condition of formats": '::: {.content-hidden when-format="html"}\nOpen words.\n:::\n',
    "a condition for all others": '::: {.content-visible unless-profile="instructor"}\nOpen words.\n:::\n',
    "a chunk that asks": "```{r se}\nOpen words\n```\n",
    "a chunk on solutions": "```{r salt-solution-plot}\nOpen words\n```\n",
    "a condition in HTML that hides from others": '<div class="content-hidden" when-profile="instructor">\n\nOpen words.\n\n</div>\n',
    "a condition of formats in HTML": '<div class="content-visible" when-format="pdf">\n\nOpen words.\n\n</div>\n',
    "a list of notes": '<ul class="notes"><li>Open words.</li></ul>\n',
    "a class near none": "[Open words.]{.resolution}\n",
}


def seen(text: str) -> str:
    session = read(BEFORE + text).session
    assert session is not None
    return " ".join(t.plain for t in for_learner(session).texts())


@pytest.mark.parametrize("name", WITHHELD)
def test_what_is_nearly_marked_is_withheld(name: str) -> None:
    text, code = WITHHELD[name]
    assert "Secret" not in seen(text) and "Mix the flour" in seen(text)
    assert not code or code in [found.code for found in read(BEFORE + text).findings]


@pytest.mark.parametrize("name", OPEN)
def test_what_only_looks_so_stays(name: str) -> None:
    assert "Open words" in seen(OPEN[name])


@pytest.mark.parametrize("text", COMMENTS)
def test_a_comment_of_kramdown_is_printed_nowhere(text: str) -> None:
    session = read(BEFORE + text + "\nOpen words.\n").session
    assert session is not None
    said = " ".join(t.plain for t in session.texts())
    assert "Secret" not in said and "comment" not in said and "Open words" in said


@pytest.mark.parametrize("text", ["{::comment}\nOpen words.\n", "{::comment} Open words.\n"])
def test_a_comment_of_kramdown_that_is_never_closed_ends_at_its_line(text: str) -> None:
    """It swallows no section, and is told."""
    reading = read(BEFORE + text * 3 + "\n## Later\n\nMore.\n")
    assert reading.session is not None
    said = " ".join(t.plain for t in reading.session.texts())
    assert said.count("Open words") == 3 and "Later" in said and "More." in said
    assert "C124" in [found.code for found in reading.findings]


@pytest.mark.parametrize(
    ("slip", "code", "told"),
    [
        ("````bash\nrun me\n```\n", "run me\n", True),
        ("~~~~~\nrun me\n~~~\n", "run me\n", True),
        ("  ````bash\n  run me\n\n  ```\n", "run me\n\n", True),
        ("````md\n```bash\nrun me\n```\nand\n```\n", "```bash\nrun me\n```\nand\n", True),
        ("````md\n```bash\nrun me\n```\n````\n", "```bash\nrun me\n```\n", False),
        ("````\n```\nrun me\n```\n````\n", "```\nrun me\n```\n", False),
    ],
)
def test_a_fence_ends_at_a_shorter_one_of_its_kind(slip: str, code: str, told: bool) -> None:
    """Where no end of its own comes; so it swallows neither words nor the rule of a slide behind it, and is told."""
    reading = read(f"{BEFORE}{slip}\nOpen words.\n\n---\n\nMore.\n\n## Later\n\n```sh\nls\n```\n")
    assert reading.session is not None
    found = [n.text for n in walk(reading.session.sections) if isinstance(n, Code)]
    said = " ".join(t.plain for t in reading.session.texts())
    assert [text.rstrip("\n") for text in found] == [code.rstrip("\n"), "ls"]
    assert "Open words." in said and "More." in said
    assert ("C124" in [one.code for one in reading.findings]) == told


def test_a_box_in_a_fence_does_not_end_at_a_shorter_one() -> None:
    """It may withhold what is in it."""
    session = read(BEFORE + "````{solution}\nSecret words.\n```\nSecret words.\n").session
    assert session is not None
    assert "Secret" not in " ".join(t.plain for t in for_learner(session).texts())
