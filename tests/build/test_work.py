"""Work travels, and comes back with what it depends on."""

from __future__ import annotations

import pickle
import shutil
import sys
from pathlib import Path

import msgspec
import pytest

from courseware import files
from courseware.build.run.work import Titles, Work, inputs, perform
from courseware.course.loading import load
from courseware.folders import layouts
from courseware.products.table import PRODUCTS, Product, titles

SESSION = """# Session 03: Plans

## A

Text.

## Exercise 1: Draw

Draw a plan like ![a map](images/map.svg).

::: answer
A plan.
:::
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
STYLED = {".pdf": {"read course:layouts/shared/course.css"},
          ".pptx": {"read program:slides/template.pptx"}}  # fmt: skip
"""What says how a product looks, by its files' suffix."""
SINGLE = [row for row in PRODUCTS.values() if row.scope == "session"]
opened: list[str] | None = None


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    (folder / "images").mkdir(parents=True)
    (folder / "layouts" / "shared").mkdir(parents=True)
    (folder / "layouts" / "shared" / "course.css").write_text(":root { --accent: #123456 }")
    (folder / "03-plans.md").write_text(SESSION)
    (folder / "images" / "map.svg").write_text(DRAWING)
    return folder


def work_on(course: Path, product: Product) -> Work:
    loaded = load(course)
    return Work(product, loaded.course, titles(product.audience, loaded.course), "a4", str(course))


@pytest.mark.parametrize("product", SINGLE, ids=lambda row: row.name)
def test_work_gives_the_same_elsewhere_from_the_files_that_it_names(
    course: Path, tmp_path: Path, product: Product
) -> None:
    work = work_on(course, product)
    other = tmp_path / "far" / "away"
    for name in inputs(work):
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(course / name, other / name)
    moved = msgspec.structs.replace(pickle.loads(pickle.dumps(work)), root=str(other))
    here, there = perform(work), perform(moved)
    assert here.made == there.made
    assert here.trace == there.trace
    assert STYLED[product.suffix] <= here.trace.keys()


def hook(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and opened is not None and isinstance(arguments[0], str | Path):
        opened.append(str(arguments[0]))


@pytest.mark.parametrize("product", SINGLE, ids=lambda row: row.name)
def test_no_file_of_the_course_or_the_layouts_is_opened_unnoted(
    course: Path, product: Product
) -> None:
    global opened
    work = work_on(course, product)
    first = perform(work).trace  # now all is imported, and what can be kept is kept
    if opened is None:
        sys.addaudithook(hook)
    opened = []
    trace = perform(work).trace
    seen, opened = opened, []
    with files.recorded({"course": course, "program": layouts()}) as names:
        mine = {"read " + names.named(Path(path)) for path in seen}
    mine = {name for name in mine if name.startswith(("read course:", "read program:"))}
    assert {*STYLED[product.suffix], "read program:" + product.layout} <= mine
    assert mine - trace.keys() == set()
    assert trace == first
    if (
        product.suffix == ".pdf" and not product.holds
    ):  # on slides, a picture in a line is its words
        assert "read course:images/map.svg" in trace


def test_a_course_names_the_values_that_were_read(course: Path) -> None:
    trace = perform(work_on(course, PRODUCTS["handout"])).trace
    assert {"value title", "value author"} <= trace.keys()
    assert not {"value version", "value delivery"} & trace.keys()
    assert "value delivery" in perform(work_on(course, PRODUCTS["guide"])).trace


def test_titles_are_noted_one_by_one_or_all() -> None:
    given = Titles({"a": "A", "b": "B"})
    with files.recorded({}) as trace:
        assert given["a"] == "A" and given.get("c") is None and "b" in given
    assert list(trace.facts) == ["title a", "title c", "title b"]
    with files.recorded({}) as trace:
        assert list(given.values()) == ["A", "B"] and dict(given.items()) == {"a": "A", "b": "B"}
    assert list(trace.facts) == ["titles"]
