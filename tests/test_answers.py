"""Answer keys for learners or not, and what has no answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from courseware.build.driver import Built, Order, build
from courseware.checking.times import no_answer
from courseware.course.loading import load
from courseware.model.blocks import List
from courseware.model.session import Course
from courseware.model.walk import walk
from courseware.pdf.pages import written
from courseware.products.answers.key import Answer, Key, answer_key
from courseware.products.table import PRODUCTS, page
from tests.support import session_of
from tools.measures import full_lines, glyphs, lines_of

SESSION = "# Session 01: Tea\n\n## Exercise 1: Try\n\nWhy?\n\n::: answer\nSo.\n:::\n"


def built(folder: Path, answers: str) -> Built:
    (folder / "course.yml").write_text(f"title: C\nanswers: {answers}\n")
    loaded = load(folder)
    order = Order((PRODUCTS["answers"],), loaded.course.sessions, folder.parent / "out")
    return build(loaded, order, lambda line: None)


def test_keys_go_where_the_course_says_and_leave_no_copy_behind(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "01.md").write_text(SESSION)
    theirs, mine = (tmp_path / "out" / f for f in ("answers-for-learners", "answers"))
    assert [line.state for line in built(tmp_path / "course", "never").lines] == ["built"]
    assert (mine / "01-tea.pdf").is_file() and not theirs.exists()
    assert [line.state for line in built(tmp_path / "course", "after").lines] == [
        "built",
        "removed",
    ]
    assert (theirs / "01-tea.pdf").is_file() and not mine.exists()
    built(tmp_path / "course", "never")
    assert (mine / "01-tea.pdf").is_file() and not theirs.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [(SESSION, []), (SESSION.replace("answer", "hint"), ["no answer: exercise 1"]),
     ("## Exercise 1: A\n\nWhy?\n\n**Answer:** So.\n\n## Exercise 2: B\n\nWho?\n", ["no answer: exercise 2"]),
     ("## Exercise 1: A\n\nWhy?\n\n### Solution\n\nSo.\n", []),
     ("## Questions\n\n1. Why?\n\n   ::: answer\n   So.\n   :::\n2. Who?\n", ["no answer: question 2"]),
     ("## Questions\n\n1. Why?\n2. Who?\n", ["no answer: question 1, question 2"]),
     ("## Questions\n\n1. Why?\n2. Who?\n\n## Answer key\n\n1. So.\n2. Me.\n", []),
     ("## A\n\nText.\n", [])],
)  # fmt: skip
def test_what_has_no_answer_is_said_once(text: str, said: list[str], tmp_path: Path) -> None:
    (tmp_path / "01.md").write_text("# T\n\nAn introduction.\n\n" + text)
    loaded = load(tmp_path)
    assert [f.message for f in no_answer(loaded, loaded.course.sessions[0])] == said


def _key(text: str) -> Key:
    session = session_of("# T\n\nAn introduction.\n\n" + text)
    made = answer_key(Course(title="C", sessions=(session,)), session)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("name", "beside"),
    [("", True), ("Sample answer", True), ("What a good sheet looks like", False)],
)
def test_names_of_answers_stand_beside_them_where_all_are_short(name: str, beside: bool) -> None:
    head = f"### {name}\n\n" if name else ""
    key = _key(f"{SESSION}\n## Exercise 2: Again\n\nWho?\n\n::: answer\n{head}Me.\n:::\n")
    assert bool(key.column) == beside


@pytest.mark.parametrize(
    ("asked", "said", "beside"),
    [("Why?", "So.", 2), ("Why?", "So. " * 200, 0), ("Why so " * 30 + "?", "So.", 0),
     ("Why?", "```sh\n   ls\n   ```", 0), ("Why?", "- so\n   - and so", 2)],
)  # fmt: skip
def test_short_questions_stand_beside_their_answers_all_of_a_list_or_none(
    asked: str, said: str, beside: int
) -> None:
    answer = "\n\n   ::: answer\n   {}\n   :::\n"
    text = f"## Questions\n\n1. Who?{answer.format('Me.')}2. {asked}{answer.format(said)}3. When?\n"
    assert len(_key(text).headed) == beside


@pytest.mark.parametrize("between", ["", "A tree of folders.\n\n"])
@pytest.mark.parametrize(
    ("listed", "answered", "pairs"),
    [("1. `cd .`\n2. `cd /`\n3. `cd`", "1. No: here.\n2. No: the root.\n3. Yes.", 3),
     ("3. `cd .`\n4. `cd /`", "3. No: here.\n4. Yes.", 2),
     ("1. `cd .`\n2. `cd /`\n3. `cd`", "1. No: here.\n2. Yes.", 0),
     ("1. `cd .`\n2. `cd /`", "3. No: here.\n4. Yes.", 0),
     ("1. `cd .`\n2. `cd /`", "- Not the first.\n- The second.", 0),
     ("- `cd .`\n- `cd /`", "1. Not the first.\n2. The second.", 0)],
)  # fmt: skip
def test_each_of_a_list_of_answers_stands_beside_the_choice_of_its_number(
    listed: str, answered: str, pairs: int, between: str
) -> None:
    key = _key(
        f"## Exercise 1: A\n\nWhich is right?\n\n{listed}\n\n{between}::: answer\n{answered}\n:::\n"
    )
    assert len(key.headed) == pairs
    assert len([n for n in walk(key.units) if isinstance(n, Answer)]) == (pairs or 1)


@pytest.mark.parametrize(("ticks", "boxes"), [(("1.", "2."), False), (("- [x]", "- [ ]"), True)])
def test_choices_of_a_key_have_the_numbers_that_its_answer_names(
    ticks: tuple[str, str], boxes: bool
) -> None:
    listed = "\n".join(
        f"{tick} {word}" for tick, word in zip(ticks, ("left", "right"), strict=True)
    )
    key = _key(f"## Exercise 1: A\n\nWhich is it?\n\n{listed}\n\n**Answer:** The second.\n")
    (found,) = (n for n in walk(key.units) if isinstance(n, List))
    assert found.choices == boxes


def test_lines_of_a_key_are_as_long_as_those_of_a_handout(tmp_path: Path) -> None:
    words = "Rain that falls on a roof is kept in a tank and led to the beds. " * 6
    text = (
        f"# Session 1: Tea\n\n## Exercise 1: Try\n\n{words}\n\nWhy?\n\n::: answer\n{words}\n:::\n\n"
    )
    text += f"1. Who?\n\n   ::: answer\n   {words}\n   :::\n"
    (tmp_path / "01.md").write_text(text)
    for paper in ("a4", "letter"):
        made = page(PRODUCTS["answers"], load(tmp_path).course, "01.md")
        assert made is not None
        pdf = PdfDocument(written(made, tmp_path, paper).data)
        counts = [n for one in pdf for n in full_lines(lines_of(list(glyphs(one))))]
        assert len(counts) > 8 and min(counts) >= 58 and max(counts) <= 78


def test_a_file_of_solutions_answers_the_one_before_it(tmp_path: Path) -> None:
    (tmp_path / "01.md").write_text("# Exercise: Tea\n\nWhy?\n")
    assert len(list(no_answer(load(tmp_path), load(tmp_path).course.sessions[0]))) == 1
    (tmp_path / "02.md").write_text("# Solution\n\nSo.\n")
    loaded = load(tmp_path)
    assert [f for s in loaded.course.sessions for f in no_answer(loaded, s)] == []


def test_answers_after_a_discussion_are_the_facilitator_s() -> None:
    text = "# A\n\n## Discussion\n\n- What did you see?\n\n## Answer key\n\n1. Violet.\n"
    assert [s.audience for s in session_of(text).sections] == ["everyone", "facilitator"]


def test_the_name_beside_answers_has_room_for_its_letters() -> None:
    """A Japanese letter at the size of a label is 3 mm wide: "解答" stood one below the other."""
    key = _key("## Exercise 1: Cut\n\nWhat do you cut?\n\n::: answer 解答\nWood.\n:::\n")
    assert key.column > 2 * 3.03
