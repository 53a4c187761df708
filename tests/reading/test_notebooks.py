"""Notebooks: text, code and what it gave, with lines where the file has them; what is tagged as hidden hides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.course.loading import load
from courseware.language.vocabulary import vocabulary_for
from courseware.model.blocks import Code, Figure, Paragraph
from courseware.model.session import Course
from courseware.model.walk import texts
from courseware.reading.dialects.notebooks import as_markdown
from courseware.reading.stages import Reading, read_session

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCBvpTWugAAAABJRU5ErkJggg=="
STREAM = {"output_type": "stream", "name": "stdout", "text": ["one\n", "two\n"]}
SHOWN = {"output_type": "display_data", "metadata": {}, "data": {"image/png": PNG + "\n", "text/plain": ["<Figure size 1x1>"]}}  # fmt: skip


def cell(kind: str, source: str, *outputs: Any, **metadata: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "id": "a", "metadata": metadata}
    if kind == "code":
        made |= {"execution_count": 1, "outputs": list(outputs)}
    return made | {"source": source.splitlines(keepends=True)}


def notebook(*cells: dict[str, Any], language: str = "python", indent: int | None = 1) -> bytes:
    whole = {"cells": list(cells), "metadata": {"language_info": {"name": language}}, "nbformat": 4, "nbformat_minor": 5}  # fmt: skip
    return json.dumps(whole, indent=indent).encode()


def read(data: bytes) -> Reading:
    return read_session(data, "04-numbers.ipynb", vocabulary_for("en"))


def words(reading: Reading) -> str:
    """Return what learners read."""
    assert reading.session
    course = Course(title="T", sessions=(reading.session,)).for_audience("learner")
    plain = [t.plain for t in texts(course.sessions[0].sections)]
    return "\n".join([*plain, *(n.text for n in course.sessions[0].nodes() if isinstance(n, Code))])


TITLE = cell("markdown", "# Session 4: Numbers\n\n## Means\n")


@pytest.mark.parametrize("indent", [1, 2, None])
def test_text_code_and_what_it_gave_stand_in_order(indent: int | None) -> None:
    data = notebook(TITLE, cell("code", "mean(x)\n", STREAM, SHOWN), cell("markdown", "Last."), language="R", indent=indent)  # fmt: skip
    session = read(data).session
    assert session and session.number == 4 and session.title.plain == "Numbers"
    found = [n for n in session.nodes() if isinstance(n, Code | Figure | Paragraph)]
    assert [type(n).__name__ for n in found] == ["Code", "Code", "Figure", "Paragraph"]
    first, second, figure, _ = found
    assert isinstance(first, Code) and (first.text, first.language) == ("mean(x)", "R")
    assert isinstance(second, Code) and (second.text, second.language) == ("one\ntwo", "output")
    assert isinstance(figure, Figure) and not figure.remote and figure.source.endswith(PNG)


@pytest.mark.parametrize("tag", ["solution", "Solution", "answers", "hide_solution", "instructor", "facilitator-notes", "exercise:solution"])  # fmt: skip
@pytest.mark.parametrize("kind", ["markdown", "code", "raw"])
def test_a_cell_whose_tag_hides_is_hidden(tag: str, kind: str) -> None:
    data = notebook(TITLE, cell("markdown", "### Exercise 1: Add"), cell(kind, "secret = 42", STREAM, tags=[tag]))  # fmt: skip
    said = words(read(data))
    assert "secret" not in said and "two" not in said


def test_notes_and_solutions_of_other_programs_are_hidden() -> None:
    data = notebook(
        TITLE,
        cell("markdown", "secret say this", slideshow={"slide_type": "notes"}),
        cell("markdown", "### Exercise 1: Add"),
        cell("markdown", "secret answer", nbgrader={"solution": True}),
        cell("code", "secret()", nbgrader={"solution": True}),
        cell("code", "### BEGIN SOLUTION\nsecret()\n### END SOLUTION", nbgrader={"solution": True}),
        cell("code", "secret()", STREAM, tags=["remove-cell"]),
        cell("code", "secret()", STREAM, tags=["remove-input"]),
        cell("code", "shown()", tags=["hide-input", "teaching"]),
    )
    said = words(read(data))
    assert "secret" not in said and "one\ntwo" in said and "shown()" in said and "your code" in said


def test_a_finding_is_at_the_line_of_the_file(tmp_path: Path) -> None:
    cells = [TITLE, cell("code", "a\nb\nc", STREAM, SHOWN), cell("code", "d", *[STREAM] * 3), cell("markdown", "See.\n\n[that](nowhere.md)")]  # fmt: skip
    data = notebook(*cells)
    (tmp_path / "a.ipynb").write_bytes(data)
    from courseware.checking.rules import check

    [found] = [f for f in check(load(tmp_path)) if f.code == "C205"]
    rows = data.decode().split("\n")
    assert "nowhere" in rows[found.span.line - 1]


def test_a_picture_in_a_cell_is_shown() -> None:
    made = cell("markdown", "![Dot](attachment:a.png) and ![gone](attachment:b.png)")
    made["attachments"] = {"a.png": {"image/png": PNG}}
    session = read(notebook(TITLE, made)).session
    assert session
    sources = [image.source for text in session.texts() for image in text.images]
    assert sources[0] == f"data:image/png;base64,{PNG}" and "attachment" in sources[1]


@pytest.mark.parametrize("data", [b"", b"# T\n", b"[]", b"{}", b'{"cells": 3}', b'{"cells": [3]}', b"[" * 9999, b'{"cells": [{"metadata": 3}]}'])  # fmt: skip
def test_what_is_no_notebook_is_told(data: bytes) -> None:
    reading = read(data)
    assert reading.session is None and [f.code for f in reading.findings] == ["C001"]


@given(st.lists(st.tuples(st.sampled_from(["markdown", "code", "raw"]), st.text(max_size=60)), max_size=6))  # fmt: skip
def test_nothing_that_stands_in_a_cell_is_lost(cells: list[tuple[str, str]]) -> None:
    data = as_markdown(notebook(*(cell(kind, source) for kind, source in cells))).decode()
    for _, source in cells:
        for line in source.split("\n"):
            assert line.strip("\r\n") in data or not line.strip()


def test_a_course_has_its_notebooks(tmp_path: Path) -> None:
    (tmp_path / "02-b.ipynb").write_bytes(notebook(TITLE, cell("markdown", "Text.")))
    (tmp_path / "01-a.md").write_text("# A\n\nText.\n", "utf-8")
    assert load(tmp_path).paths() == ("01-a.md", "02-b.ipynb")
