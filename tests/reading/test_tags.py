"""Pairs of tags whatever their name: their body is kept, and hidden where their name or title says so."""

from __future__ import annotations

import pytest

from courseware.model.session import Course
from courseware.model.walk import texts
from tests.support import read, session_of

HIDING = (
    '{% disclosure %}\n\n_\n\n{% enddisclosure %}', '{{< spoiler text="Click to see the solution" >}}\n_\n{{< /spoiler >}}',
    "{% collapsible Solution %}\n_\n{% endcollapsible %}", "<Solution>\n\n_\n\n</Solution>", "<Solution>_</Solution>",
    '<Accordion title="Solution">\n\n_\n\n</Accordion>', '<Accordion title="Solution">\n_\n</Accordion>', '=== "Answer"\n\n    _',
    "<InstructorNotes>\n\n_\n\n</InstructorNotes>", "{{% instructor-note %}}\n_\n{{% /instructor-note %}}", "{% answer %}\n_\n{% endanswer %}",
    '<Tabs>\n<TabItem label="Answer">\n\n_\n\n</TabItem>\n</Tabs>', '{{< tab name="Solution" >}}\n_\n{{< /tab >}}',
    "{% solution %}\n{% box %}\n_\n{% endbox %}\n{% endsolution %}", "<TeacherOnly>\n- _\n</TeacherOnly>", "{%- answer -%}\n_\n{%- endanswer -%}",
    '<Toggle summary="Show answer">\n\n_\n\n</Toggle>', "What is it?\n<Answer>\n_\n</Answer>", "<facilitator-note>\n\n_\n\n</facilitator-note>",
    '{{< details title="Facilitator notes" >}}\n_\n{{< /details >}}', "{% reveal %}\n_\n{% endreveal %}", '<Hidden class="solution">\n\n_\n\n</Hidden>',
    '<Tab\n  title="Answer">_</Tab>', '<Callout title="Answer"\n  open>\n\n_\n\n</Callout>', '<Tab\n  title="Answer"\n>\n\n_\n\n</Tab>', 'It is <Tab label="Answer">_</Tab>',
    '::: box "Trainer tips"\n_\n:::', '::: lines "Answer"\n\n_\n\n:::', '::: exercise\n\nDo it.\n\n::: box "Trainer tips"\n\n_\n\n:::\n\nDo more.\n\n:::',
    '<blockquote class="instructor">\n\n_\n\n</blockquote>', '<ul class="answers">\n<li>_</li>\n</ul>', '<ul>\n<li class="answer">_</li>\n</ul>',
    '<table><tr class="answer"><td>_</td></tr></table>', '<table><tr><td class="instructor">_</td></tr></table>', '<details class="instructor"><summary>More</summary>\n\n_\n\n</details>',
    "::: facilitator Setup :::\n_\n:::", '::: facilitator "Setup" :::\n_\n:::',
)  # fmt: skip
OPEN = (
    "{% box %}\n\n_\n\n{% endbox %}", "{{< lines >}}\n_\n{{< /lines >}}", "{% lines %}\n_\n{% endlines %}", "<Tabs>\n\n_\n\n</Tabs>",
    '<Card title="Tea">\n\n_\n\n</Card>', "<Tabs>\n<Tab>\n_\n</Tab>\n</Tabs>", "{{< columns >}}\n_\n{{< /columns >}}", "<Steps>_</Steps>",
    "{{% pagebreak %}}\n_\n{{% /pagebreak %}}", "{% break %}\n_\n{% endbreak %}", '=== "Linux"\n\n    _', "<Box>\n_", "_\n</Box>", "{{< box >}}\n_",
    "<my-box>\n\n_\n\n</my-box>", "{% raw %}\n_\n{% endraw %}", "<Grid cols={2}>\n\n_\n\n</Grid>", "<tabs>\n\n_\n\n</tabs>", "{% if x %}\n_\n{% endif %}",
    '<Note type="info">\n\n_\n\n</Note>', "<SolutionDesign>\n\n_\n\n</SolutionDesign>", "<Box>\n\n## Next\n\n_\n\n</Box>", "<A><B>_</A></B>",
)  # fmt: skip


def session(body: str) -> str:
    return f"# T\n\n## Tea\n\nHot.\n\n### Exercise 1: Add (5 min)\n\nWhat is it?\n\n{body}\n"


def shown(body: str, learner: bool) -> str:
    found = session_of(session(body.replace("_", "walrus words")))
    course = Course(title="", sessions=(found,))
    course = course.for_audience("learner") if learner else course
    return " ".join(text.plain for text in texts(course.sessions[0].sections))


@pytest.mark.parametrize("body", HIDING)
def test_a_tag_that_says_answer_hides_its_body(body: str) -> None:
    assert "walrus words" in shown(body, learner=False)
    assert "walrus" not in shown(body, learner=True) and "Hot." in shown(body, learner=True)


@pytest.mark.parametrize("body", OPEN)
def test_a_tag_that_nobody_knows_keeps_its_body(body: str) -> None:
    assert shown(body, learner=True).count("walrus words") == 1


@pytest.mark.parametrize("title", ["Tea", "Two cups"])
def test_a_tag_keeps_its_title(title: str) -> None:
    assert title in shown(f'<Card title="{title}">\n\n_\n\n</Card>', learner=True)
    assert title in shown(f'{{% card "{title}" %}}\n_\n{{% endcard %}}', learner=True)


@pytest.mark.parametrize("body", ["<Box>\n_", "_\n</Box>", "{{< box >}}\n_", "_\n\n{% endbox %}"])
def test_a_tag_without_its_other_half_is_told(body: str) -> None:
    assert {f.code for f in read(session(body)).findings} & {"C121", "C127"}


def test_notes_of_notes_are_theirs_who_come_to_them() -> None:
    notes = "[^1]: one[^2]\n\n[^2]: two[^3]\n\n[^3]: walrus words[^1]\n\n[^4]: nobody's[^5]\n\n[^5]: shown"
    hidden = f"::: facilitator\nsee[^1]\n:::\n\n{notes}"
    assert "walrus" not in shown(hidden, learner=True) and "walrus words" in shown(
        hidden, learner=False
    )
    assert "shown" in shown(hidden, learner=True)
    assert "walrus words" in shown(f"see[^2]\n\n{hidden}", learner=True)


UNCLOSED = (
    "<details><summary>Solution</summary>\n\n_", "<details><summary>Solution\n\n_", "<details>\n<summary>Solution\n_", "<details>\n\n_",
    '<div class="instructor">\n\n_', '<aside class="notes">\n_\n</div>', '<div class="instructor">_\n\n</span>', '<div class="instructor">\n\n#### Mine\n\n_',
    "<Solution>\n\n_", "<Solution>\n- _", "<Solution>_\n\n_", '<Tab title="Answer">\n\n_', '<Hidden class="solution">_\n\n- _',
)  # fmt: skip


@pytest.mark.parametrize("body", UNCLOSED)
def test_a_tag_without_an_end_hides_its_body_up_to_the_next_heading(body: str) -> None:
    more = "## Next\n\nSeen.\n\n<details><summary>More</summary>\n\nUnfolded.\n\n</details>\n\n## Last\n\nEnd."
    learned = shown(f"{body}\n\n{more}", learner=True)
    assert "walrus" not in learned
    assert "Seen." in learned and "Unfolded." in learned and "End." in learned
    told = next(f for f in read(session(f"{body}\n\n{more}")).findings if "heading" in f.message)
    assert told.code == "C124" and told.message.endswith("it ends before the next heading")


def test_a_class_hides_headings_too() -> None:
    body = '<div class="instructor">\n\n## Mine\n\n_\n\n</div>\n\n## Next\n\nSeen.'
    assert "walrus" not in shown(body, learner=True) and "Seen." in shown(body, learner=True)


def test_an_end_in_a_later_paragraph_closes_its_tag() -> None:
    for body in ("<Solution>_\n\n_</Solution>", '<div class="solution">\n\n_</div>'):
        learned = shown(f"{body}\n\nSeen.", learner=True)
        assert "walrus" not in learned and "Seen." in learned


WITHIN = (
    "Tea {% solution %}_{% endsolution %} is hot.", "Tea {{< answer >}}_{{< /answer >}} is hot.", 'Tea {{< expand "Solution" >}}_{{< /expand >}} is hot.',
    "Tea <Answer>_</Answer> is hot.", "Tea [_]{.answer} is hot.", "- Tea {% answer %}_{% endanswer %} is hot.", "| Tea |\n|---|\n| Tea {% answer %}_{% endanswer %} is hot. |",
)  # fmt: skip


@pytest.mark.parametrize("body", WITHIN)
def test_a_pair_of_tags_in_a_line_hides_what_is_between_them(body: str) -> None:
    assert "is hot." in shown(body, learner=True) and "walrus" not in shown(body, learner=True)
    assert "walrus words" in shown(body, learner=False)
    assert any(f.code == "C140" for f in read(session(body)).findings)


@pytest.mark.parametrize("body", ["Use `a<b` {% answer %}_{% endanswer %}", "**{% answer %}_{% endanswer %}**"])  # fmt: skip
def test_a_pair_of_tags_among_others_hides_its_text_and_is_told(body: str) -> None:
    assert "walrus" not in shown(body, learner=True)
    assert any(f.code == "C140" for f in read(session(body)).findings)


LINES = (
    "::: facilitator _ :::", "::: instructor note: _ :::", "::: {.instructor} _ :::", '::: facilitator "Setup" _ ::::', "::: facilitator _ {#setup} :::",
)  # fmt: skip


@pytest.mark.parametrize("body", LINES)
@pytest.mark.parametrize("stray", ["", "\n\n:::\n\nEnd."])
def test_a_directive_of_one_line_holds_its_text(body: str, stray: str) -> None:
    learned = shown(f"{body}\n\nSeen.\n\n## Next\n\nAfter.{stray}", learner=True)
    assert "walrus" not in learned and "Seen." in learned and "After." in learned
    assert ("End." in learned) == bool(stray) and "walrus words" in shown(body, learner=False)
    inside = shown(f"::: exercise\n\nDo it.\n\n{body}\n\nSeen.\n\n:::\n\nEnd.", learner=True)
    assert "walrus" not in inside and "Seen." in inside and "End." in inside


def test_a_titled_box_without_an_end_leaves_the_end_to_what_it_stands_in() -> None:
    body = '::: facilitator\n\n::: box "Drawing"\n\n_\n\n:::\n\nSeen.\n\n## Next\n\n::: note\nEnd.\n:::'
    learned = shown(body, learner=True)
    assert "walrus" not in learned and "Seen." in learned and "End." in learned
