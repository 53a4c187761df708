"""Front matter as authors write it: what is read all the same, and what they are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.language.vocabulary import vocabulary_for
from courseware.reading.source.entries import mend_of
from courseware.reading.stages import read_session

BODY = "\n# Session 1: Tea\n\n## A\n\nText.\n"


def read(front: str) -> tuple[object, list[str], list[str]]:
    reading = read_session((front + BODY).encode(), "01.md", vocabulary_for("en"), "notes")
    told = [
        f"{f.code} {f.severity} {f.span.line}: {f.message} ({f.hint})" for f in reading.findings
    ]
    return reading.session, [f.split()[0] for f in told], told


READ = {
    "---\ntitle: Learn: tea\n---\n": ("title", "Learn: tea", 2, "it holds a colon"),
    "---\nmodule: Week 2\ntitle: @home\n---\n": ("title", "@home", 3, "it begins with @"),
    "---\naudience: \"New managers\nmodule: 2\n---\n": ("audience", "New managers", 2, "close its quotation mark"),
    "---\nroom: `big`\n---\n": ("room", "`big`", 2, "it begins with `"),
    "---\nmodule: 50 % of it: more\n---\n": ("module", "50 % of it: more", 2, "it holds a colon"),
    "---\nmodule: 'it's here'\n---\n": ("module", "it's here", 2, "put the other quotation marks around it"),
    "---\naudience: [a, b\n---\n": ("audience", "a, b", 2, "close its bracket"),
}  # fmt: skip


@pytest.mark.parametrize("front", READ)
def test_a_value_is_read_as_it_is_meant_and_told(front: str) -> None:
    key, expected, line, mend = READ[front]
    session, codes, told = read(front)
    found = getattr(session, key)
    assert getattr(found, "plain", found) == expected
    assert "C101" not in codes
    assert any(t.startswith(f"C133 warning {line}:") and mend in t for t in told)


@pytest.mark.parametrize(
    "value",
    ["Learn: tea", "@ann", "[1, 2", '"open', "%x", "{a: b", "- x: [", "&x *y", "!!python/x y"],
)
@pytest.mark.parametrize("key", ["description", "author", "layout", "date"])
def test_a_key_that_nothing_prints_stops_no_session(key: str, value: str) -> None:
    session, codes, _ = read(f"---\n{key}: {value}\nDuration: 90 min\n---\n")
    assert session is not None and session.length.high == 90  # type: ignore[attr-defined]
    assert set(codes) <= {"C102"}


@pytest.mark.parametrize("front", [
    "---\nDuration: 90 min\n---\n", "\n\n---\nduration: 90 min\n---\n", "---\nDURATION: 1:30\n---\n",
    "<!-- licence -->\n\n---\nduration: 90\n---\n", "<!-- two\nlines -->\n---\nduration: 1.5 hours\n---\n",
])  # fmt: skip
def test_it_is_found_and_its_keys_fold(front: str) -> None:
    session, codes, _ = read(front)
    assert session.length.high == 90 and codes == []  # type: ignore[attr-defined]


def test_a_list_of_texts_is_a_text() -> None:
    session, codes, _ = read("---\naudience: [a, b]\n---\n")
    assert session.audience == "a, b" and codes == []  # type: ignore[attr-defined]


def test_what_stands_twice_is_told() -> None:
    session, codes, told = read("---\ntitle: One\ntitle: Two\n---\n")
    assert session.title.plain == "One"  # type: ignore[attr-defined]
    assert "stands twice" in "".join(told) and codes == ["C101"]


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"),
        min_size=1,
        max_size=40,
    )
)
def test_any_value_has_a_mend_and_no_unread_author_stops_a_session(value: str) -> None:
    assert mend_of(value)
    _, codes, _ = read(f"---\nauthor: {value}\n---\n")
    assert "C101" not in codes


@pytest.mark.parametrize(("layout", "role"), [
    ("layout: instructor-notes", "facilitator"), ("Layout: Facilitator guide", "facilitator"), ("layout: answers", "answers"),
    ("layout: page", "session"), ("layout: trainee", "session"), ("layout: [a, b]", "session"), ("layout:", "session"),
])  # fmt: skip
def test_a_layout_says_whom_a_file_is_for(layout: str, role: str) -> None:
    session, codes, _ = read(f"---\n{layout}\n---\n")
    assert getattr(session, "role", "") == role and "C102" not in codes


@pytest.mark.parametrize(("text", "line"), [
    ("---\ntitle: Tea\nduration: 90\n\n# S\n\nWords.\n", 3), ("---\ntitle: Tea\nduration: 90\n\n# S\n\nWords.\n\n---\n\nMore.\n", 3),
    ("---\nduration: 90\ntitle: Tea\n# S\n\nWords.\n\n---\n", 3), ("---\ntitle: Tea\nduration: 90\nmaterials:\n- cup\n\nWords.\n\n---\n", 5),
    ("---\ntitle: Tea\n\nduration: 90\n\nGoal: x\n\nWords.\n", 4), ("+++\ntitle = 'Tea'\nduration = 90\n\nWords.\n", 3),
    ("+++\ntitle = 'Tea'\nduration = 90\n\nWords.\n\n+++\n\nMore.\n", 3), ("---\ntitle: Tea\nduration: 90\nWords.\n", 3),
])  # fmt: skip
def test_front_matter_that_is_never_closed_ends_at_its_last_key(text: str, line: int) -> None:
    reading = read_session(text.encode(), "01.md", vocabulary_for("en"), "notes")
    (told,) = (f for f in reading.findings if f.code == "C124")
    mark = text[:3]
    assert (told.span.line, told.hint) == (1, f"write a line {mark} below line {line}")
    assert reading.session is not None and reading.session.title.plain == "Tea"
    assert reading.session.length is not None and "Words." in str(reading.session.sections)
    assert not [f for f in reading.findings if f.severity == "error"]


@pytest.mark.parametrize("front", [
    "---\ntitle: Learn: tea\nmaterials:\n\n- cup\n---\n", "---\ntitle: Learn: tea\n\nsubtitle: y\n---\n", "---\ntitle: a: b\n# a comment\ntags: [x]\n---\n",
    "---\n\nNote: x\n\n---\n", "---\nNote: x\n\n", "---\n",
])  # fmt: skip
def test_what_is_closed_or_no_front_matter_is_not_told_as_unclosed(front: str) -> None:
    assert "C124" not in read(front)[1]


@pytest.mark.parametrize(("line", "says"), [
    ("title = Tea", 'C133 warning 3: "title" was read as the text "Tea" (write title = "Tea")'), ('title = "Tea', '(write title = "Tea")'),
    ("title: Tea", 'C101 error 3: "title" cannot be read (write title = "Tea")'), ("tags = [a, b]", 'write tags = ["…", "…"]'), ("title =", 'write title = "…"'),
    ('tags = ["a"', "the bracket closed"), ("module = 'x'", "it stands twice; leave one out"), ("number = 07", 'write number = "07"'),
])  # fmt: skip
def test_toml_that_is_not_written_right_is_told_with_what_to_write(line: str, says: str) -> None:
    session, _, told = read(f'+++\nmodule = "M"\n{line}\nduration = 90\n+++\n')
    assert len(told) == 1 and says in told[0] and " 3: " in told[0]
    assert session.length.high == 90  # type: ignore[attr-defined]
