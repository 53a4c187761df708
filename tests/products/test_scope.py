"""A product of the whole course: a row of the table and a layout, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from courseware.build.run.work import Work, perform
from courseware.cli.commands import main
from courseware.course.loading import load, slugs
from courseware.model.session import named_in_course, with_course_ids
from courseware.products.table import PRODUCTS, Page, Product, table

LAYOUT = """
<html lang="{{ words.language }}"><head><title>{{ course.title }}</title></head><body>
<h1>{{ course.title }}</h1>
<p>{{ page.content }} in all</p>
{% for part in page.parts %}
{% set own = prose.of(part) %}
{% with say = own.spoken.say, words = own.spoken.words, name_of_kind = own.spoken.name_of_kind %}
{% import "shared/blocks.html.j2" as shared with context %}
<section><h2>{{ part.session.title.plain }}</h2>
{% for exercise in part.session.exercises() %}
<p id="{{ exercise.id }}">{{ exercise.heading.title.plain }}, page {{ page.where("worksheet", exercise.id) }}</p>
{% endfor %}
{% for section in part.session.sections %}{{ shared.blocks(section.blocks, own, image, 3) }}{% endfor %}
</section>
{% endwith %}
{% endfor %}
</body></html>
"""
SESSION = """# Session {n}: {title}

## Facts

{title} is hot.[^1]

[^1]: Said by {title}.

Facilitator: only the one who leads knows that {title} is cold.

## Exercise 1: Pour {title} (10 min)

1. What do you see?
"""


def exercises(parts: tuple[Page, ...]) -> str:
    return f"{sum(len(part.session.exercises()) for part in parts)} exercises"


ROW = Product("overview", "overview", "learner", "overview/page.html.j2", "",
              cites=("worksheet",), scope="course", summary=exercises)  # fmt: skip


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setitem(PRODUCTS, "overview", ROW)
    folder = tmp_path / "drinks"
    (folder / "layouts/overview").mkdir(parents=True)
    (folder / "layouts/overview/page.html.j2").write_text(LAYOUT)
    (folder / "layouts/overview/style.css").write_text("h1 { font-size: 20pt }")
    (folder / "course.yml").write_text(
        "title: Drinks\nvariants:\n  short:\n    sessions: [2]\n    length: 30\n"
    )
    for n, title in enumerate(("Tea", "Coffee"), 1):
        (folder / f"0{n}-{title.lower()}.md").write_text(SESSION.format(n=n, title=title))
    yield folder


def build(course: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--course", str(course), *words, "--jobs", "1"])


def said_in(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def files(course: Path) -> list[str]:
    return sorted(p.name for p in (course / "output").glob("*.pdf"))


def test_a_row_and_a_layout_are_a_product_of_the_course(course: Path) -> None:
    result = build(course, "overview")
    assert result.exit_code == 0, result.output
    assert files(course) == ["overview.pdf"]
    said = said_in(course / "output/overview.pdf")
    assert "Drinks 2 exercises in all Tea Pour Tea, page 1" in said
    assert "Coffee Pour Coffee, page 1" in said
    assert "Said by Tea" in said and "Said by Coffee" in said and "cold" not in said
    assert " overview " in CliRunner().invoke(main, ["--help"]).output


def test_it_is_built_again_when_a_session_changes_comes_or_goes(course: Path) -> None:
    build(course, "overview")
    assert "1 unchanged" in build(course, "overview").stdout
    tea = course / "01-tea.md"
    tea.write_text(tea.read_text().replace("is hot", "is warm"))
    assert "01-tea.md changed" in build(course, "overview", "-v").stderr
    (course / "03-milk.md").write_text(SESSION.format(n=3, title="Milk"))
    assert "overview.pdf" in build(course, "overview").stdout
    assert "3 exercises" in said_in(course / "output/overview.pdf")
    (course / "03-milk.md").unlink()
    build(course, "overview")
    assert "2 exercises" in said_in(course / "output/overview.pdf")


def test_a_variant_and_a_paper_have_files_of_their_own_that_go_with_the_variant(
    course: Path,
) -> None:
    build(course, "overview", "--variant", "short")
    build(course, "overview", "--paper", "letter")
    assert files(course) == ["overview-letter.pdf", "overview-short.pdf"]
    said = said_in(course / "output/overview-short.pdf")
    assert "1 exercises" in said and "Tea" not in said
    (course / "course.yml").write_text("title: Drinks\n")
    build(course, "handouts")
    assert files(course) == ["overview-letter.pdf", "overview-short.pdf"]
    build(course, "overview")
    assert files(course) == ["overview-letter.pdf", "overview.pdf"]


def test_it_is_of_the_whole_course(course: Path) -> None:
    assert build(course, "overview", "1").exit_code == 2
    with (course / "course.yml").open("a") as settings:
        settings.write("products: [overview, worksheet]\n")
    build(course, "all", "1")
    assert files(course) == []
    build(course, "all")
    assert files(course) == ["overview.pdf"]


def test_a_session_that_fails_leaves_the_old_file(course: Path) -> None:
    build(course, "overview")
    before = (course / "output/overview.pdf").read_bytes()
    for wrong in (b"# Two\n\n::: facilitator\n\nText.\n", b"x" * 5_000_000):
        (course / "02-coffee.md").write_bytes(wrong)
        assert build(course, "overview").exit_code == 1
        assert (course / "output/overview.pdf").read_bytes() == before


def test_a_layout_that_shows_what_is_withheld_of_any_session_is_stopped(course: Path) -> None:
    loaded = load(course)
    names = slugs(loaded.course.sessions)
    sessions = tuple(with_course_ids(s, names[s.path]) for s in loaded.course.sessions)
    whole = msgspec.structs.replace(loaded.course, sessions=sessions)
    leaking = msgspec.structs.replace(ROW, audience="learner", sees="facilitator")
    for product, found in ((ROW, set()), (leaking, {"C331"})):
        done = perform(Work(product, whole, {}, "a4", str(course)))
        assert {f.code for f in done.made.findings if f.severity == "error"} == found
        assert bool(done.made.data) is not bool(found)
    assert {f.span.path for f in done.made.findings} >= {"01-tea.md", "02-coffee.md"}


def test_each_session_speaks_its_own_language(course: Path) -> None:
    for name, language in (("01-tea.md", "en"), ("02-coffee.md", "de")):
        text = (course / name).read_text() + "\n## More\n\n::: tip\nPour slowly.\n:::\n"
        (course / name).write_text(f"---\nlanguage: {language}\n---\n{text}")
    assert build(course, "overview").exit_code == 0
    said = said_in(course / "output/overview.pdf")
    assert said.index("Tip") < said.index("Coffee Pour") < said.index("Tipp")
    assert said.count("Tipp") == 1


def test_what_the_table_does_not_take() -> None:
    rows = (*PRODUCTS.values(), ROW)
    assert table(rows)["overview"] == ROW
    citing = msgspec.structs.replace(PRODUCTS["guide"], name="other", cites=("overview",))
    with pytest.raises(RuntimeError, match="cites a product of the whole course"):
        table((*rows, citing))
    with pytest.raises(RuntimeError, match="written as PDF"):
        table((*PRODUCTS.values(), msgspec.structs.replace(ROW, writer="pptx")))


def test_ids_are_unique_in_the_course(course: Path) -> None:
    sessions = load(course).course.sessions
    bare = [n.id for s in sessions for n in s.nodes() if n.id]
    assert len(set(bare)) < len(bare)
    names = slugs(sessions)
    ids = [n.id for s in sessions for n in with_course_ids(s, names[s.path]).nodes() if n.id]
    assert len(set(ids)) == len(ids) == len(bare)


SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
IDS = st.text("ab-.1", min_size=1)


@given(SLUGS, IDS, SLUGS, IDS)
def test_no_two_ids_become_one(name: str, block: str, other: str, another: str) -> None:
    same = named_in_course(name, block) == named_in_course(other, another)
    assert same == ((name, block) == (other, another))
