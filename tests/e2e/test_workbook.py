"""All that leads somewhere in a workbook is followed, in the sample course and in a course of forty sessions."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader

from tests.support import PROJECT
from tests.test_workbook import bookmarks, build, links, pages_of, places, same

FORTY = 40
LABEL = re.compile(r"(\w+·\w?\d+)\)?$")
"""How words end that say a page of a session."""


def session(number: int) -> str:
    before = max(1, number - 7)
    return f"""# Session {number}: Topic {number}

## What {number} is about

The [kettle {number}]{{.term}} is hot; see [what was said](s{before:02}.md#what-{before}-is-about) and
[the session]({f"s{before:02}.md"}).

{" ".join(f"Sentence {n} of {number} goes on about cups." for n in range(150))}

## Exercise 1: Pour {number} (10 min)

1. What do you see in cup {number}?

## Key terms

- **Steep {number}**: to leave in water for {number} minutes.
"""


class Book:
    """A workbook as three readers read it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.places, self.numbers = places(self.pdf), pages_of(self.pdf)
        with pypdfium2.PdfDocument(data) as opened:
            self.labels = [opened.get_page_label(n) for n in range(len(opened))]
            self.texts = [" ".join(p.get_textpage().get_text_range().split()) for p in opened]

    def page(self, place: Any) -> int:
        return self.numbers[place[0].objgen]


@pytest.fixture(scope="module", params=["sample", "forty"])
def book(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("book")
    course = PROJECT / "content"
    if request.param == "forty":
        course = folder / "course"
        course.mkdir()
        (course / "course.yml").write_text("title: Forty\nlanguage: en\n")
        for number in range(1, FORTY + 1):
            (course / f"s{number:02}.md").write_text(session(number))
    result = build(course, "workbook", "--output", str(folder / "out"))
    assert result.exit_code == 0, result.output
    return Book((folder / "out/workbook.pdf").read_bytes())


def test_every_link_contents_entry_and_reference_leads_where_it_says(book: Book) -> None:
    said = 0
    for _, link in links(book.pdf):
        if "/Dest" not in link:
            assert not str(link.A.URI).startswith(("courseware:", "sibling:"))
            continue
        at = book.page(book.places[str(link.Dest)])
        words = str(link.Contents)
        found = LABEL.search(words)
        if found:
            assert found[1] == book.labels[at], words
            said += 1
    assert said >= 20


def test_every_bookmark_leads_to_its_words(book: Book) -> None:
    seen = 0
    for depth, item in bookmarks(book.pdf.Root.Outlines):
        title, at = str(item.Title), book.page(item.Dest)
        mark, _, rest = title.partition(" ")
        of_session = not depth and f"{mark}·1" in book.labels
        assert title == "Worksheet" or same(rest if of_session else title, book.texts[at]), title
        if of_session:
            assert book.labels[at] == f"{mark}·1"
        seen += 1
    assert seen > 20


def test_labels_are_those_of_the_feet_and_the_same_to_all_readers(book: Book) -> None:
    assert len(set(book.labels)) == len(book.labels)
    for label, text in zip(book.labels, book.texts, strict=True):
        if "·" in label:
            assert same(f"{label} / ", text), label
    reader = PdfReader(io.BytesIO(book.data))
    assert reader.page_labels == book.labels
    theirs = reader.named_destinations
    assert theirs.keys() == book.places.keys()
    for name in list(theirs)[:: max(1, len(theirs) // 200)]:
        assert reader.get_destination_page_number(theirs[name]) == book.page(book.places[name])


def test_what_is_typed_into_its_fields_stays(book: Book) -> None:
    fields = list(book.pdf.Root.AcroForm.Fields)
    names = [str(field.T) for field in fields]
    assert len(names) == len(set(names)) and "name" in names
    for field in fields:
        if field.get("/FT") == pikepdf.Name.Tx:
            field.V = pikepdf.String(f"typed into {field.T}")
    written = io.BytesIO()
    book.pdf.save(written)
    for name, field in (PdfReader(written).get_fields() or {}).items():
        if field.field_type == "/Tx":
            assert field.value == f"typed into {name}"
