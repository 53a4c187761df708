"""A file is read again as written, before anything is done with it: no leak, and what it says agrees."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import msgspec

from courseware.inspection.agreement import disagreements
from courseware.inspection.leaks import Written, judged, notes_shown
from courseware.inspection.proofs import Made
from courseware.model.session import Course
from courseware.products.table import Page


def inspected(made: Made, page: Page, course: Course, titles: Mapping[str, str]) -> Made:
    """Return what was made of a page with the findings on it; with no data where it leaks.

    `course` holds the session as the facilitator may see it; `titles` are the sessions' titles.
    """
    if not made.data:
        return made
    written = Written(made.data, notes_shown(page.product))
    made = judged(made, page.product, course, titles, written)
    if not made.data or page.product.writer != "pdf":
        return made
    found = disagreements(made, page.product.name, page.session, written)
    return msgspec.structs.replace(made, findings=(*made.findings, *found)) if found else made


def is_whole_pdf(data: bytes) -> bool:
    """Whether bytes are a PDF with its beginning and end."""
    return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")


def is_whole_archive(data: bytes) -> bool:
    """Whether bytes are a zip archive with its beginning and its list of contents at the end."""
    return data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data))
