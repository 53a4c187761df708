"""Recognition never loses a word, and no facilitator's word reaches a learner."""

from __future__ import annotations

import itertools

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courseware.model.session import Course, Document
from courseware.model.walk import texts
from tests.searching import examples
from tests.support import session_of, tokens

LABELS = ("Problem", "Solution", "Focus", "Output", "Task", "What", "Answer", "Hint", "Time")
HEADINGS = ("Practical Exercises", "Exercise 1: Try", "Questions", "Agenda", "Deliverable",
            "Key Takeaways", "Discussion", "Solution", "Background", "Challenge", "Hints")  # fmt: skip


class Writer:
    """Writes random markdown whose content words are all different."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.count = draw, itertools.count()

    def words(self) -> str:
        some = self.draw(st.integers(1, 4))
        end = self.draw(st.sampled_from(["", ".", "?", ":", "!"]))
        return " ".join(f"word{next(self.count)}" for _ in range(some)) + end

    def block(self, depth: int) -> str:
        kinds = ["paragraph", "bold", "field", "list", "fields", "fence", "quote", "table", "rule",
                 "heading", "tasks", "nested", "time"]  # fmt: skip
        kind = self.draw(st.sampled_from(kinds + (["box", "details"] if depth < 2 else [])))
        label = self.draw(st.sampled_from(LABELS))
        match kind:
            case "paragraph":
                return self.words()
            case "bold":
                return (
                    f"**{self.draw(st.sampled_from(['1. ', 'Scenario A: ', '']))}{self.words()}**"
                )
            case "field":
                return f"**{label}:** {self.draw(st.sampled_from(['', self.words()]))}"
            case "list":
                return "\n".join(f"- {self.words()}" for _ in range(self.draw(st.integers(1, 3))))
            case "fields":
                return "\n".join(f"- **{one}:** {self.words()}" for one in LABELS[:3])
            case "fence":
                return f"```\n{self.words()}\n- {self.words()}\n```"
            case "quote":
                return f"> {self.words()}"
            case "table":
                return f"| {self.words()} | {self.words()} |\n|---|---|\n| {self.words()} | b |"
            case "rule":
                return "---"
            case "heading":
                level = "#" * self.draw(st.integers(2, 5))
                return f"{level} {self.draw(st.sampled_from(HEADINGS))} {self.words()}"
            case "tasks":
                return f"- [ ] {self.words()}\n- [x] {self.words()}"
            case "nested":
                return f"1. {self.words()}\n   - {self.words()}\n2. {self.words()}"
            case "time":
                return f"**Estimated time:** 5 min {self.words()}"
            case "details":
                return f"<details><summary>{self.words()}</summary>\n\n{self.blocks(depth + 1)}\n\n</details>"
            case _:
                names = ["callout", "hint", "example", "debrief", "stretch", "challenge", "columns"]
                name = self.draw(st.sampled_from(names))
                return f"::: {name}\n\n{self.blocks(depth + 1)}\n\n:::"

    def blocks(self, depth: int = 0) -> str:
        return "\n\n".join(self.block(depth) for _ in range(self.draw(st.integers(1, 6))))


@st.composite
def sessions(draw: st.DrawFn) -> str:
    return Writer(draw).blocks()


QUICK = settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))


def own_words(text: str) -> list[str]:
    return [w for w in tokens(text) if w.startswith("word")]


@QUICK
@given(sessions())
def test_every_word_is_in_the_model_in_order(text: str) -> None:
    session = session_of(text)
    found = [w for t in session.texts() for w in own_words(t.plain)]
    assert found == own_words(text)


@QUICK
@given(sessions(), sessions(), st.sampled_from(["facilitator", "answer", "debrief", "notes"]))
def test_no_facilitator_word_reaches_a_learner(text: str, secret: str, name: str) -> None:
    marked = "secret\n\n" + secret.replace("word", "secret")
    session = session_of(f"{text}\n\n:::::: {name}\n\n{marked}\n\n::::::\n\n{text}")
    course = Course(title="c", sessions=(session,)).for_audience("learner")
    assert b"secret" not in msgspec.json.encode(course)
    assert any("secret" in t.plain for t in texts(session.sections))


@QUICK
@given(sessions())
def test_json_round_trips(text: str) -> None:
    document = Document(1, session_of(text))
    assert msgspec.json.decode(msgspec.json.encode(document), type=Document) == document
