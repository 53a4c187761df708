"""Every PDF of every course for a reader who listens: our own rules, then two checkers' rules.

The checkers get an environment of their own under the tests' temporary folder: `outloud` brings
libraries under the AGPL, so it is no dependency of the package, not even of its tests.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pypdf import PdfReader

from courseware.course.loading import slugs
from courseware.products.table import PRODUCTS, page
from tests.e2e.conftest import Course
from tests.pdfs import tree
from tests.rules import broken, consecutive, unlabelled

SELECTOR = re.compile(r": 1 of \d+ code\(s\) shown have no Unicode mapping")
"""Said of a face with an emoji's variation selector: it is drawn as nothing and stands for nothing;
that all words can be read is in test_words.py."""
CHECKERS = ("pdfua==0.1.3", "outloud==0.2.1")
GUESSED = (
    "DOC-040",
    "FIG-012",
    "HDG-010",
    "LNK-010",
    "ORD-001",
    "PAG-001",
    "TAG-002",
    "TBL-012",
    "TBL-014",
)
"""Warnings that are no fault of the page: a title, an address as text or an alternative text that
an author wrote; list markers that WeasyPrint paints after the text, while the tree, which readers
follow, is in order; a text that looks like a running line because the session's title is in it; a
table to be filled in, which is empty; two frames below each other, taken for a grid."""


@pytest.fixture(scope="session")
def checkers(tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str], None]) -> Path:
    folder = tmp_path_factory.mktemp("checkers")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    command = [str(folder / "bin/pip"), "install", "-q", "--disable-pip-version-check", *CHECKERS]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        lacking(f"the checkers could not be installed: {done.stderr.strip().splitlines()[-1]}")
    return folder / "bin"


def findings(report: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return outloud's findings: file, rule, message."""
    return [(Path(result["path"]).name, row["rule"], row["message"])
            for result in report["results"] for row in result["findings"]
            if row["severity"] != "info"]  # fmt: skip


def pdfs(course: Course) -> list[Path]:
    return sorted(course.output.rglob("*.pdf"))


def test_nothing_is_reported(course: Course) -> None:
    """No line of WeasyPrint's log: no ignored rule, no missing glyph, no blocked file."""
    assert [f for f in course.findings if f["code"] == "C302"] == []


def test_the_tree_keeps_every_rule(course: Course, figure: Callable[[str], None]) -> None:
    found = {pdf.name: rules for pdf in pdfs(course) if (rules := broken(PdfReader(pdf)))}
    assert found == {}
    figure(f"{course.name}: {len(pdfs(course))} PDFs keep the rules of the structure tree")


def test_each_blocks_words_are_read_together_and_no_label_is_dropped(course: Course) -> None:
    names = slugs(course.loaded.course.sessions)
    apart: dict[str, list[str]] = {}
    for product in (row for row in PRODUCTS.values() if row.name == "handout"):
        for session in course.loaded.course.sessions:
            printed = page(product, course.loaded.course, session.path)
            pdf = course.output / product.folder / f"{names[session.path]}.pdf"
            if printed is None or session.path in course.loaded.failed:
                continue
            root = tree(PdfReader(pdf))
            if texts := consecutive(printed.session, root) + unlabelled(printed.session, root):
                apart[session.path] = texts
    assert apart == {}


def test_a_worksheets_and_a_keys_words_are_read_together(course: Course) -> None:
    names = slugs(course.loaded.course.sessions)
    apart: dict[str, list[str]] = {}
    for product in (PRODUCTS["worksheet"], PRODUCTS["answers"]):
        for session in course.loaded.course.sessions:
            printed = page(product, course.loaded.course, session.path)
            if printed is None or session.path in course.loaded.failed:
                continue
            pdf = course.output / product.folder / f"{names[session.path]}.pdf"
            told = msgspec.structs.replace(printed.session, sections=tuple(printed.content.units))
            if found := consecutive(told, tree(PdfReader(pdf))):
                apart[f"{product.name} {session.path}"] = found
    assert apart == {}


def test_pdfua_finds_nothing(course: Course, checkers: Path) -> None:
    command = [str(checkers / "pdfua"), "check", "--format", "json", *map(str, pdfs(course))]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_outloud_finds_nothing_but_guesses(
    course: Course, checkers: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    report = tmp_path / "outloud.json"
    command = [str(checkers / "outloud"), "-q", "--json", str(report), *map(str, pdfs(course))]
    done = subprocess.run(command, capture_output=True, text=True)
    found = findings(json.loads(report.read_text("utf-8")))
    figure(f"{course.name}: outloud's warnings: {dict(Counter(r for _, r, _ in found)) or 'none'}")
    assert done.returncode in (0, 1), done.stderr
    wrong = [row for row in found if row[1] not in GUESSED and not SELECTOR.search(row[2])]
    assert wrong == []
