"""Products that cite one another's pages: laid out first, published only when asked for."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from courseware import writers
from courseware.build import driver as building
from courseware.build.driver import Built, Order, build
from courseware.build.plan import targets as planning
from courseware.course.loading import load
from courseware.products.table import PRODUCTS, Page, Product, table
from courseware.writers import Made, Writer

SESSION = """# Session 03: Plans

## A

Text.

## Exercise 1: Draw

Draw a plan.
"""


def toy_write(page: Page, root: Path, paper: str) -> Made:
    """Write each block's id, its place in this file, and its place in the products cited."""
    ids = [node.id for node in page.session.nodes() if node.id]
    cited = {name: {i: page.where(name, i) for i in ids} for name in page.product.cites}
    lines = [f"{i} {cited}" for i in ids]
    return Made("\n".join([*lines, "end"]).encode(), 2, (), {i: n for n, i in enumerate(ids, 1)})


BASE = Product("base", "bases", "learner", "base/page.html.j2", "bases", ".txt", writer="pptx")
TOP = Product(
    "top", "tops", "learner", "top/page.html.j2", "tops", ".txt", writer="pptx", cites=("base",)
)


def _whole(data: bytes) -> str:
    return "" if data.endswith(b"end") else "cut off"


@pytest.fixture
def products(monkeypatch: pytest.MonkeyPatch) -> dict[str, Product]:
    rows = table((*PRODUCTS.values(), TOP, BASE))
    monkeypatch.setattr(planning, "PRODUCTS", rows)
    writer = Writer(toy_write, _whole, _whole, "lines")
    monkeypatch.setitem(writers.WRITERS, "pptx", writer)
    return rows


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "03-plans.md").write_text(SESSION)
    return tmp_path / "course"


def built(course: Path, *rows: Product, paper: str = "") -> Built:
    loaded = load(course)
    order = Order(rows, loaded.course.sessions, course.parent / "out", paper)
    return build(loaded, order, lambda line: None)


def files(course: Path) -> dict[str, str]:
    out = course.parent / "out"
    return {p.relative_to(out).as_posix(): p.read_text() for p in sorted(out.glob("[!.]*/*"))}


def test_a_cited_product_is_made_for_its_map_and_not_published(
    course: Path, products: dict[str, Product]
) -> None:
    done = built(course, TOP)
    assert [(Path(li.path).name, li.state) for li in done.lines] == [("03-plans.txt", "built")]
    (name, text), *others = files(course).items()
    assert (name, others) == ("tops/03-plans.txt", [])
    assert "draw {'base': {'a': 1, 'paragraph': 2, 'section': 3, 'draw': 4" in text


def test_a_page_map_outlives_a_build_that_is_stopped_after_it(
    course: Path, products: dict[str, Product], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(building, "OFTEN", -1.0)
        patch.setattr(building, "SELDOM", 0)
        patch.setattr(building, "publish", interrupted)
        with pytest.raises(KeyboardInterrupt):
            built(course, TOP)
    loaded, ran = load(course), []
    order = Order((TOP,), loaded.course.sessions, course.parent / "out",
                  why=lambda name, reason: ran.append(name))  # fmt: skip
    build(loaded, order, lambda line: None)
    assert ran == ["tops/03-plans.txt"]


def test_what_was_made_for_its_map_is_made_again_when_it_is_asked_for(
    course: Path, products: dict[str, Product], monkeypatch: pytest.MonkeyPatch
) -> None:
    def mapped(page: Page, root: Path, paper: str) -> Made:
        return replace(toy_write(page, root, paper), data=b"")

    row = replace(writers.WRITERS["pptx"], mapped=mapped)
    monkeypatch.setitem(writers.WRITERS, "pptx", row)
    built(course, TOP, BASE)
    session = course / "03-plans.md"
    session.write_text(SESSION.replace("Text.", "Text.\n\n## B\n\nMore."))
    built(course, TOP)
    old = files(course)["bases/03-plans.txt"]
    assert [(li.state, li.count) for li in built(course, BASE).lines] == [("built", 2)]
    assert files(course)["bases/03-plans.txt"] != old
    assert [li.state for li in built(course, TOP, BASE).lines] == ["unchanged"] * 2


def test_both_are_published_when_both_are_asked_for(
    course: Path, products: dict[str, Product]
) -> None:
    lines = built(course, TOP, BASE).lines
    assert [Path(line.path).parent.name for line in lines] == ["bases", "tops"]
    assert [(line.count, line.unit) for line in lines] == [(2, "lines")] * 2
    assert list(files(course)) == ["bases/03-plans.txt", "tops/03-plans.txt"]


def test_the_maps_are_those_of_the_courses_own_paper(
    course: Path, products: dict[str, Product]
) -> None:
    built(course, TOP, BASE, paper="letter")
    assert list(files(course)) == ["bases/03-plans-letter.txt", "tops/03-plans-letter.txt"]


def test_a_session_without_the_cited_product_has_no_map(
    course: Path, products: dict[str, Product]
) -> None:
    (course / "04-notes.md").write_text("# Facilitator guide\n\nFor you.\n")
    theirs = Product(
        "g", "g", "facilitator", "g/p", "g", ".txt", writer="pptx", cites=("base", "worksheet")
    )
    assert load(course).course.sessions[1].role == "facilitator"
    built(course, theirs)
    assert "None" in files(course)["g/04-facilitator-guide.txt"]


def test_a_failed_map_fails_what_cites_it_and_is_told_once(
    course: Path, products: dict[str, Product], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(page: Page, root: Path, paper: str) -> Made:
        if page.product.name == "base":
            raise ValueError("no")
        return toy_write(page, root, paper)

    row = Writer(broken, lambda data: "", lambda data: "", "lines")
    monkeypatch.setitem(writers.WRITERS, "pptx", row)
    done = built(course, TOP)
    assert [(Path(li.path).parent.name, li.state) for li in done.lines] == [("tops", "failed")]
    assert [f.message for f in done.findings] == [
        "base: ValueError: no",
        "top: bases/03-plans.txt failed",
    ]
    assert len(done.faults) == 1


@pytest.mark.parametrize("when", ["as written", "as it came back"])
def test_an_unfinished_file_is_not_published(
    course: Path, products: dict[str, Product], monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    written, came = ("cut off", "") if when == "as written" else ("", "cut off")
    row = Writer(lambda *_: Made(b"x"), lambda _: written, lambda _: came, "lines")
    monkeypatch.setitem(writers.WRITERS, "pptx", row)
    assert [f.message for f in built(course, BASE).findings] == ["base: cut off"]
    assert files(course) == {}


def test_a_handout_maps_its_blocks(course: Path) -> None:
    from courseware.products.table import page

    loaded = load(course)
    found = page(PRODUCTS["handout"], loaded.course, "03-plans.md")
    assert found is not None
    made = writers.WRITERS["pdf"].write(found, loaded.root, "a4")
    ids = {n.id for n in found.session.nodes() if n.id}
    assert ids & made.map.keys()
    assert set(made.map.values()) == set(range(1, made.count + 1))


def test_circles_doubles_and_unknown_names_are_refused() -> None:
    again = Product("base", "b", "learner", "l", "f", cites=("top",))
    with pytest.raises(RuntimeError, match="circle"):
        table((TOP, again))
    with pytest.raises(RuntimeError, match="twice"):
        table((BASE, BASE))
    with pytest.raises(RuntimeError, match="no product"):
        table((TOP,))


def test_a_layout_asks_only_for_what_its_product_cites(course: Path) -> None:
    from courseware.products.table import page

    found = page(TOP, load(course).course, "03-plans.md")
    assert found is not None
    with pytest.raises(LookupError, match="does not cite"):
        found.where("handout", "a")


def test_what_came_back_cut_off_is_known_at_once() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a", "b" * 100)
    whole = {"pdf": b"%PDF-1.7\nx\n%%EOF\n", "pptx": archive.getvalue()}
    for name, data in whole.items():
        assert writers.WRITERS[name].cut(data) == ""
        assert writers.WRITERS[name].cut(data[:-30]).startswith("an incomplete")
        assert writers.WRITERS[name].cut(b"") and writers.WRITERS[name].cut(data[9:])
