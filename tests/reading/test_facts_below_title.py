"""Facts of a session below its title: in lines, or in a list, first of all or behind one paragraph."""

import pytest

from courseware.model.session import for_learner
from courseware.model.walk import texts
from tests.support import session_of

FACTS = ["Duration: 90 minutes", "Audience: cooks", "Bring: a cup"]


@pytest.mark.parametrize("before", ["", "Half a day for cooks.\n\n"])
@pytest.mark.parametrize("mark", ["- {}", "* **{}", "{}"])
def test_facts_stand_in_lines_or_in_a_list_first_or_behind_a_paragraph(
    before: str, mark: str
) -> None:
    bold = "**" in mark
    lines = "\n".join(mark.format(f.replace(":", ":**") if bold else f) for f in FACTS)
    session = session_of(f"# T\n\n{before}{lines}\n\n## S\n\nWords.\n")
    assert [(m.key, m.value) for m in session.meta] == [
        ("length", "90 minutes"), ("audience", "cooks"), ("bring", "a cup")]  # fmt: skip
    assert session.length is not None and session.length.low == 90
    said = " ".join(t.plain for t in texts(session.sections[:1])) if before else ""
    assert said == before.strip()


@pytest.mark.parametrize(
    "lines",
    [
        "- Duration: 90 minutes\n- and more words",
        "- [ ] Duration: 90 minutes\n- [ ] Room: 12",
        "- Cups: five\n- Leaves: green",
        "- Duration: 90 minutes\n- Trainer notes: see page 4",
        "Duration: 90 minutes\nFor the trainer only: the code is 99",
    ],
)
def test_a_list_of_other_things_is_no_facts(lines: str) -> None:
    assert session_of(f"# T\n\n{lines}\n\n## S\n\nWords.\n").meta == ()
    learner = for_learner(session_of(f"# T\n\nIntro.\n\n{lines}\n\n## S\n\nWords.\n"))
    said = " ".join(t.plain for t in texts(learner.sections)) + str(learner.meta)
    assert "page 4" not in said and "99" not in said
