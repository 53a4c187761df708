"""The workbook of a small course: all that leads somewhere leads there, and nothing of its parts is lost."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from courseware.cli.commands import main
from tests.pdfs import tree
from tests.rules import broken

SESSION = """---
language: {language}
---
# Session {n}: {title}

## Facts

{title} is hot.[^1] A ==cup== of {title} has [leaves]{{.term}}, as [a page](https://example.org/{n}) says.

[^1]: Said by {title}.

::: definition "Recall of {title}"
The share of {title} that was found.
:::

## More of {title}

{lines}

::: facilitator
Only the one who leads knows that {title} is cold.
:::

## Exercise 1: Pour {title} (10 min)

1. What do you see?
2. Why is it so?

- [ ] I have poured

## Key terms

- **Steep**: to leave in water for {n} minutes.
- **Kettle {n}** – a pot that boils.
"""
BARE = "# Milk\n\n## What it is\n\nMilk is white, and nobody writes of **leaves** here.\n"
LINES = "\n\n".join(f"Line {n} goes on about the kettle and the cup." for n in range(60))


def build(course: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--course", str(course), *words, "--jobs", "1"])


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drinks")
    (folder / "course.yml").write_text("title: Drinks\nauthor: Ada\nlanguage: en\n")
    for n, title, language in ((1, "Tea", "en"), (2, "Kaffee", "de"), (3, "Maté", "en")):
        text = SESSION.format(n=n, title=title, lines=LINES, language=language)
        (folder / f"0{n}.md").write_text(text)
    (folder / "milk.md").write_text(BARE)
    result = build(folder, "workbook", "handouts", "worksheets")
    assert result.exit_code == 2  # one command at a time
    for command in ("workbook", "handouts", "worksheets"):
        result = build(folder, command)
        assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def data(course: Path) -> bytes:
    return (course / "output/workbook.pdf").read_bytes()


@pytest.fixture
def book(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as opened:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]


@pytest.fixture(scope="module")
def labels(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as opened:
        return [opened.get_page_label(n) for n in range(len(opened))]


def pages_of(book: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: n for n, page in enumerate(book.pages)}


def places(book: pikepdf.Pdf) -> dict[str, Any]:
    return dict(pikepdf.NameTree(book.Root.Names.Dests).items())


def links(book: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    for n, page in enumerate(book.pages):
        for found in page.obj.get("/Annots", ()):
            if found.Subtype == pikepdf.Name.Link:
                yield n, found


def same(words: str, text: str) -> bool:
    """Whether a page says words; a word may be cut at a line's end."""
    return "".join(words.split()) in "".join(text.replace("\ufffe", "").split())


def bookmarks(holder: Any) -> Iterator[tuple[int, Any]]:
    found = holder.get("/First")
    before = None
    while found is not None:
        assert found.get("/Prev", None) == before
        yield 0, found
        yield from ((depth + 1, item) for depth, item in bookmarks(found))
        before, found = found, found.get("/Next")
    assert holder.get("/Last", None) == before


def test_the_order_is_cover_contents_sessions_glossary_index(labels: list[str]) -> None:
    starts = [label for n, label in enumerate(labels) if label[-2:] in ("·1", "W1", "A1")]
    assert starts == ["1·1", "1·W1", "2·1", "2·A1", "3·1", "3·W1", "A·1"]
    assert labels[:2] == ["i", "ii"] and labels[-2:] == ["iii", "iv"]
    assert len(set(labels)) == len(labels)


def test_a_page_is_called_in_its_foot_as_in_its_label(labels: list[str], texts: list[str]) -> None:
    counted = 0
    for label, text in zip(labels, texts, strict=True):
        if "·" in label:
            assert same(f"{label} / ", text)
            counted += 1
    assert counted > 8


def test_every_link_leads_where_it_says(
    book: pikepdf.Pdf, labels: list[str], texts: list[str]
) -> None:
    known, numbers = places(book), pages_of(book)
    inside = outside = 0
    for n, link in links(book):
        if "/Dest" not in link:
            assert str(link.A.URI).startswith("https://example.org/")
            outside += 1
            continue
        at = numbers[known[str(link.Dest)][0].objgen]
        said = str(link.Contents)
        inside += 1
        if n in (0, 1) or labels[n] in ("iii", "iv"):  # the book's own pages say the label
            assert said.endswith(labels[at]), (said, labels[at])
            words = said.removesuffix(labels[at]).strip()
            assert (
                words == "Worksheet"
                or same(words, texts[at])
                or words.split(" ", 1)[0] in labels[at]
            ), (words, at)
        assert "courseware:" not in said
    assert inside > 30 and outside == 3


def test_every_bookmark_leads_where_it_says(
    book: pikepdf.Pdf, labels: list[str], texts: list[str]
) -> None:
    numbers = pages_of(book)
    shown = list(bookmarks(book.Root.Outlines))
    top = [str(item.Title) for depth, item in shown if not depth]
    assert top == ["Contents", "1 Tea", "2 Kaffee", "3 Maté", "A Milk", "Glossary", "Index"]
    for depth, item in shown:
        at, title = numbers[item.Dest[0].objgen], str(item.Title)
        assert title in ("Worksheet", "Arbeitsblatt") or same(title.split(" ", 1)[-1], texts[at])
        if depth == 0 and title[0] in "123A":
            assert labels[at] == f"{title[0]}·1"
    below = [str(item.Title) for depth, item in shown if depth == 1]
    assert below.count("Worksheet") == 2 and below.count("Arbeitsblatt") == 1
    assert len(shown) > 25


def test_the_pages_of_its_parts_are_as_they_are_alone(course: Path, texts: list[str]) -> None:
    at = 2
    for stem in ("01-tea", "02-kaffee", "03-maté", "milk"):
        for folder in ("handouts", "worksheets"):
            path = course / "output" / folder / f"{stem}.pdf"
            if path.exists():
                with pypdfium2.PdfDocument(path) as part:
                    for page in part:
                        alone = " ".join(page.get_textpage().get_text_range().split())
                        assert texts[at] == alone
                        at += 1
    assert at == len(texts) - 2


def test_it_is_as_accessible_as_its_parts(data: bytes, course: Path) -> None:
    told = [rule for rule in broken(PdfReader(io.BytesIO(data))) if "one H1" not in rule]
    assert told == []
    with pikepdf.open(io.BytesIO(data)) as book:
        parts = book.Root.StructTreeRoot.K[0].K
        spoken = [str(kid.Lang) for kid in parts if pikepdf.Name.Part == kid.S]
        assert spoken == ["en", "en", "de", "de", "en", "en", "en"]
        notes = pikepdf.NameTree(book.Root.StructTreeRoot.IDTree)
        assert len(notes) == 3 and all(str(note.ID) == name for name, note in notes.items())


def test_all_fields_are_kept_and_hold_what_is_typed(book: pikepdf.Pdf, course: Path) -> None:
    fields = {str(f.T): f for f in book.Root.AcroForm.Fields}
    assert len(fields) == len(book.Root.AcroForm.Fields)
    alone = 0
    for sheet in (course / "output/worksheets").glob("*.pdf"):
        with pikepdf.open(sheet) as part:
            alone += len(part.Root.AcroForm.Fields)
    assert len(fields) == alone - 3 + 1  # the name is one
    assert len(fields["name"].Kids) == 3 + 1 and "." not in "".join(fields)
    for name, field in fields.items():
        if pikepdf.Name.Tx == field.FT:
            field.V = f"said in {name}"
    made = io.BytesIO()
    book.save(made)
    read = PdfReader(made).get_form_text_fields(full_qualified_name=True)
    assert read and all(value == f"said in {name}" for name, value in read.items())
    fonts = {str(key) for key in book.Root.AcroForm.DR.Font}
    for field in fields.values():
        for widget in field.get("/Kids", [field]):
            assert str(widget.DA).split("/")[1].split()[0] in {f[1:] for f in fonts}
            assert widget.P.objgen in pages_of(book)


def test_the_glossary_says_what_sessions_define(data: bytes, texts: list[str]) -> None:
    root = tree(PdfReader(io.BytesIO(data)))
    glossary = [part.spoken() for part in root.elements][-1]
    for words in (
        "Recall of TeaThe share of Tea that was found.1·1",
        "Kettle 3a pot that boils.3·3",
        "Steepto leave in water for 1 minutes.1·3to leave in water for 2 minutes.2·3",
        "leaves 1·1, 2·1, 3·1, A·1",
    ):
        assert same(words, glossary), glossary
    assert "cold" not in " ".join(texts) and "Recall of Maté" in texts[-1]


@pytest.mark.slow
def test_one_edited_session_is_laid_out_alone(course: Path, tmp_path: Path) -> None:
    output = ("--output", str(tmp_path / "out"))
    first = build(course, "workbook", *output)
    assert first.exit_code == 0
    made = (tmp_path / "out/workbook.pdf").read_bytes()
    assert made == (course / "output/workbook.pdf").read_bytes()
    assert "1 unchanged" in build(course, "workbook", *output).stdout
    tea = course / "01.md"
    before = tea.read_text()
    try:
        tea.write_text(before.replace("is hot", "is warm"))
        told = build(course, "workbook", *output, "-v").stderr
        ran = sorted(
            Path(line.split(": ")[0]).name for line in told.splitlines() if ".pdf: " in line
        )
        assert ran == ["01-tea.pdf", "01-tea.pdf", "workbook.pdf"]
    finally:
        tea.write_text(before)
    again = build(course, "workbook", *output)
    assert again.exit_code == 0
    assert (tmp_path / "out/workbook.pdf").read_bytes() == made


@pytest.mark.slow
def test_what_is_there_already_is_not_laid_out_for_it(course: Path, tmp_path: Path) -> None:
    output = ("--output", str(tmp_path / "out"))
    for command in ("handouts", "worksheets"):
        build(course, command, *output)
    told = build(course, "workbook", *output, "-v").stderr
    assert [line for line in told.splitlines() if ".pdf: " in line] == [
        f"{tmp_path}/out/workbook.pdf: it is new"
    ]


@pytest.mark.slow
def test_a_part_that_was_lost_is_made_again(course: Path, tmp_path: Path) -> None:
    output = ("--output", str(tmp_path / "out"))
    build(course, "workbook", *output)
    before = (tmp_path / "out/workbook.pdf").read_bytes()
    for part in (tmp_path / "out/.courseware/cache").glob("part-*"):
        part.write_bytes(b"damaged")
    (tmp_path / "out/workbook.pdf").unlink()
    assert build(course, "workbook", *output).exit_code == 0
    assert (tmp_path / "out/workbook.pdf").read_bytes() == before


def test_a_layout_that_says_what_is_withheld_is_stopped(course: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "layouts/workbook").mkdir(parents=True)
    (own / "01.md").write_text((course / "01.md").read_text())
    (own / "milk.md").write_text(BARE)
    (own / "layouts/workbook/page.html.j2").write_text(
        '<html lang="en"><head><title>Book</title></head><body><h1>Book</h1>'
        "<p>Only the one who leads knows that Tea is cold.</p></body></html>"
    )
    result = build(own, "workbook")
    assert result.exit_code == 1 and "C331" in result.stderr
    assert not (own / "output/workbook.pdf").exists() and "failed" in result.stdout


def test_what_another_session_says_openly_is_no_leak(tmp_path: Path) -> None:
    words = "the share of cups that were warm when they came"
    (tmp_path / "01.md").write_text(f"# Session 1: A\n\n## Key terms\n\n- **Warmth**: {words}.\n")
    (tmp_path / "02.md").write_text(f"# Session 2: B\n\nText.\n\nFacilitator: say {words}.\n")
    result = build(tmp_path, "workbook")
    assert result.exit_code == 0, result.stderr
    assert words in " ".join(
        " ".join(page.extract_text() for page in PdfReader(tmp_path / "output/workbook.pdf").pages).split()
    )  # fmt: skip


@pytest.mark.slow
def test_guides_and_notes_cite_pages_as_they_are_called(course: Path) -> None:
    assert build(course, "guides").exit_code == 0
    said = " ".join(
        page.extract_text() for page in PdfReader(course / "output/guides/01-tea.pdf").pages
    )
    assert "worksheet p. 1·W1" in said and "handout p. 1·" in said
    handout = PdfReader(course / "output/handouts/01-tea.pdf")
    assert "Worksheet p. 1·W1" in " ".join(page.extract_text() for page in handout.pages)


def test_links_to_other_sessions_say_the_page_and_lead_there(tmp_path: Path) -> None:
    facts = (
        f"# Session 6: Pots\n\n{LINES}\n\n## Sizes of pots\n\nSmall, as in [cups](07.md#cups).\n"
    )
    links = (
        "See [sizes](06.md#sizes-of-pots), [pots](06.md), [nothing](06.md#gone) and [own](#cups)."
    )
    (tmp_path / "06.md").write_text(facts)
    (tmp_path / "07.md").write_text(f"# Session 7: Cups\n\n{links}\n\n## Cups\n\nWarm.\n")
    assert build(tmp_path, "workbook").exit_code == 0
    with pikepdf.open(tmp_path / "output/workbook.pdf") as book:
        numbers, known = pages_of(book), places(book)
        led = {
            str(link.Contents): numbers[known[str(link.Dest)][0].objgen]
            for n, link in links_after(book, 2)
        }
        assert all("/A" not in link for _, link in links_after(book, 2))
    read = PdfReader(tmp_path / "output/workbook.pdf")
    texts = [" ".join(page.extract_text().split()) for page in read.pages]
    assert "See sizes (6·2), pots (6·1), nothing (6) and own." in " ".join(texts)
    assert "Small, as in cups (7)." in " ".join(texts)
    assert "Sizes of pots" in texts[led["sizes"]] and read.page_labels[led["pots"]] == "6·1"
    assert "Warm" in texts[led["cups"]] and read.page_labels[led["nothing"]] == "6·1"
    assert build(tmp_path, "handouts").exit_code == 0
    alone: Any = PdfReader(tmp_path / "output/handouts/07-cups.pdf").pages[0]
    targets = [
        str(a.get_object()["/A"]["/URI"]) for a in alone["/Annots"] if "/A" in a.get_object()
    ]
    assert targets[:2] == ["06-pots.pdf#sizes-of-pots", "06-pots.pdf#page=1"]
    (tmp_path / "06.md").write_text(facts.replace(LINES, "Nothing."))
    told = build(tmp_path, "workbook", "-v").stderr
    assert "07-cups.pdf: the pages of the handout changed" in told
    assert "sizes (6·1)" in " ".join(
        " ".join(page.extract_text().split())
        for page in PdfReader(tmp_path / "output/workbook.pdf").pages
    )


def links_after(book: pikepdf.Pdf, pages: int) -> list[tuple[int, Any]]:
    """Return the links behind the first pages: those of the parts and the book's end."""
    return [(n, link) for n, link in links(book) if n >= pages]


ANSWERED = """# Session {n}: {title}

## Facts

{title} is hot.

## Exercise 1: Pour (5 min)

1. What do you see?

   ::: answer
   The Zwiebelfisch swims in the {title} of all who look closely.
   :::

::: facilitator
The Quastenflosser is for the one who leads, whatever {title} there is.
:::
"""


@pytest.mark.parametrize("given", ["never", "after"])
def test_answers_are_in_it_where_the_course_gives_them_to_learners(
    given: str, tmp_path: Path
) -> None:
    (tmp_path / "course.yml").write_text(f"title: Drinks\nanswers: {given}\n")
    for n, title in ((1, "Tea"), (2, "Coffee")):
        (tmp_path / f"0{n}.md").write_text(ANSWERED.format(n=n, title=title))
    (tmp_path / "03-facilitator-guide.md").write_text(
        ANSWERED.format(n=3, title="Schnaps").replace("Session 3:", "Facilitator guide:")
    )
    told = build(tmp_path, "workbook", "-v")
    assert told.exit_code == 0, told.output
    made = (tmp_path / "output/workbook.pdf").read_bytes()
    with pypdfium2.PdfDocument(made) as opened:
        said = "".join("".join(page.get_textpage().get_text_range().split()) for page in opened)
        called = [opened.get_page_label(n) for n in range(len(opened))]
    keys = [label for label in called if "·A" in label]
    after = given == "after"
    assert keys == (["1·A1", "2·A1"] if after else [])
    assert said.count("Zwiebelfisch") == (2 if after else 0)
    assert ("output/answers" in told.stderr) is after, "keys are made where the book has them"
    for secret in (b"Quastenflosser", b"Schnaps"):
        assert secret.decode() not in said and secret not in made
    if after:
        assert [r for r in broken(PdfReader(io.BytesIO(made))) if "one H1" not in r] == []
        with pikepdf.open(io.BytesIO(made)) as book:
            known, numbers = places(book), pages_of(book)
            contents = [
                called[numbers[known[str(link.Dest)][0].objgen]]
                for n, link in links(book)
                if n == 1 and str(link.Contents).startswith("Answers")
            ]
            assert contents == keys


def test_an_answer_key_in_it_is_searched_for_all_else_that_is_withheld(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text("title: Drinks\nanswers: after\n")
    for n, title in ((1, "Tea"), (2, "Coffee")):
        (tmp_path / f"0{n}.md").write_text(ANSWERED.format(n=n, title=title))
    layout = tmp_path / "layouts/workbook/page.html.j2"
    layout.parent.mkdir(parents=True)
    layout.write_text(
        '<html lang="en"><head><title>Book</title></head><body><h1>Book</h1>'
        "<p>The Zwiebelfisch swims in the Tea of all who look closely.</p></body></html>"
    )
    result = build(tmp_path, "workbook")
    assert result.exit_code == 1 and "C331" in result.stderr


def test_pages_of_a_course_without_a_title_are_called_as_they_are_cited(tmp_path: Path) -> None:
    for name in ("Tea", "Milk"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n## What it is\n\nOne drinks it.\n")
    assert build(tmp_path, "workbook").exit_code == 0
    data = (tmp_path / "output" / "workbook.pdf").read_bytes()
    feet = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert any("1·1 / 1" in said for said in feet) and any("2·1 / 1" in said for said in feet)
    assert "Test pages" in feet[0]
