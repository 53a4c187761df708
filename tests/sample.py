"""The sample course's handouts, laid out and written once for every test of the writers."""

from __future__ import annotations

import io

import msgspec
import pytest
from pypdf import PdfReader

from courseware.course.loading import load
from courseware.pdf.pages import laid_out, written
from courseware.pdf.writer import Document
from courseware.products.table import PRODUCTS, Page, page
from tests.support import PROJECT


class Sample(msgspec.Struct, frozen=True):
    """A handout: what it prints, as laid out, and as the PDF that was written."""

    page: Page
    document: Document
    reader: PdfReader
    reports: tuple[str, ...]


@pytest.fixture(scope="session", params=["07-working-with-ai-teams.md"])
def sample(request: pytest.FixtureRequest) -> Sample:
    loaded = load(PROJECT / "content")
    found = page(PRODUCTS["handout"], loaded.course, request.param)
    assert found is not None
    made = written(found, loaded.root, "a4")
    document = laid_out(found, loaded.root, "a4")
    return Sample(found, document, PdfReader(io.BytesIO(made.data)), made.reports)
