"""What `all` makes: what course.yml names, else the usual products."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from courseware.build.steps import usual
from courseware.cli.commands import main
from courseware.course.loading import load
from courseware.products.table import PRODUCTS, Product

FIVE = ("handout", "worksheet", "slides", "guide", "answers")
SESSION = "# Session {n}: Tea {n}\n\n## Exercise 1: Pour (5 min)\n\n1. What do you see?\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("workbook", "run-book", "poster"):
        row = Product(name, name, "learner", f"{name}/page.html.j2", "", scope="course")
        monkeypatch.setitem(PRODUCTS, name, row)
    (tmp_path / "1.md").write_text(SESSION.format(n=1))
    return tmp_path


def test_books_are_usual_where_there_is_more_than_one_session(course: Path) -> None:
    assert usual(load(course)) == FIVE
    (course / "2.md").write_text(SESSION.format(n=2))
    assert sorted(usual(load(course))) == sorted((*FIVE, "workbook", "run-book"))


def test_course_yml_says_what_all_makes(course: Path) -> None:
    (course / "course.yml").write_text("products: [worksheets, slides --no-notes]\n")
    words = ["--course", str(course), "all"]
    first, second = (CliRunner().invoke(main, words) for _ in range(2))
    files = {p.name for p in (course / "output").glob("*/*") if p.parent.name != ".courseware"}
    assert files == {"01-tea-1.pdf", "01-tea-1.no-notes.pptx"}
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert second.stdout.count(" unchanged\n") == 2


def test_a_change_of_products_is_noticed(course: Path) -> None:
    words = ["--course", str(course), "all"]
    for product in ("worksheets", "handouts"):
        (course / "course.yml").write_text(f"products: [{product}]\n")
        assert f"/{product}/01-tea-1.pdf" in CliRunner().invoke(main, words).stdout
    assert (course / "output/worksheets/01-tea-1.pdf").is_file()
    assert "no guide" not in CliRunner().invoke(main, ["--course", str(course), "guides"]).output
