"""The sample session in other languages: read as whole as the English one, and printed in its own words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import lxml.html
import pytest

from courseware.checking.rules import check
from courseware.course.loading import Loaded, load
from courseware.html.rendering import render
from courseware.language.catalogue import data_of
from courseware.language.printed import english
from courseware.model.blocks import Box, Field, Item, Part, Space
from courseware.model.session import Session, hidden
from courseware.model.walk import own_texts, walk
from courseware.products.table import PRODUCTS, Page, page
from tests.golden_html import slide_pages
from tests.support import PROJECT
from tests.test_languages import variants

FOLDER = PROJECT / "docs/examples"
LANGUAGES = sorted(folder.name for folder in FOLDER.iterdir())


@cache
def example(language: str) -> Loaded:
    return load(FOLDER / language)


@cache
def sample() -> Session:
    return next(s for s in load(PROJECT / "content").course.sessions if s.number == 7)


def shape(session: Session) -> list[object]:
    """Return what reading decides of a session: its kinds, who sees them, numbers and minutes."""
    found: list[object] = [(s.kind, s.audience) for s in session.sections]
    nodes = session.nodes()
    for exercise in session.exercises():
        time = exercise.heading.time
        found.append((exercise.heading.number, time and (time.low, time.high)))
    found += [
        Counter((n.kind, n.audience) for n in nodes if isinstance(n, Box)),
        Counter(n.kind for n in nodes if isinstance(n, Space)),
        Counter(n.audience for n in nodes if isinstance(n, Part)),
        Counter(n.role for n in nodes if isinstance(n, Field)),
        sum(n.asks for n in nodes if isinstance(n, Item)),
    ]
    return found


def words_of(text: str) -> set[str]:
    """Return the words of Latin letters in a text."""
    return {w.lower() for w in re.findall(r"[A-Za-z]{3,}", text)}


def source_of(language: str) -> str:
    files = (p for p in (FOLDER / language).rglob("*") if p.suffix in (".md", ".yml", ".svg"))
    return "".join(p.read_text("utf-8") for p in files)


def page_of(product: str, language: str) -> Page:
    course = example(language).course
    found = page(PRODUCTS[product], course, course.sessions[0].path)
    assert found is not None
    return found


def printed_words(product: str, language: str) -> str:
    """Return the text of a product's HTML as it is given to its writer."""
    made = page_of(product, language)
    root = FOLDER / language
    text = slide_pages(made, root) if product == "slides" else render(made, root)
    page_tree = lxml.html.fromstring(text)
    for style in page_tree.xpath("//style | //svg"):
        style.drop_tree()
    return " ".join(page_tree.text_content().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_has_no_findings(language: str) -> None:
    assert [f for f in check(example(language)) if f.severity != "note"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_is_read_like_the_english_one(language: str) -> None:
    theirs, ours = shape(example(language).course.sessions[0]), shape(sample())
    assert theirs == ours


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("product", ["handout", "worksheet", "answers", "guide", "slides"])
def test_no_label_of_an_example_is_in_english(language: str, product: str) -> None:
    """What a product adds to its session is of the session's language."""
    labels = words_of(" ".join(v for s in english().values() for v in variants(s)))
    own = words_of(" ".join(v for s in data_of(language)["printed"].values() for v in variants(s)))
    said = printed_words(product, language)
    assert len(said) > 2000
    assert (words_of(said) & labels) - own - words_of(source_of(language)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_hides_what_the_english_one_hides(language: str) -> None:
    session = example(language).course.sessions[0]
    hidden_texts = {t.plain for b in session.nodes() if isinstance(b, Box) and hidden(b)
                    for n in walk([b]) for t in own_texts(n) if len(t.plain) > 30}  # fmt: skip
    for product in ("handout", "worksheet"):
        said = printed_words(product, language)
        assert not [text for text in hidden_texts if " ".join(text.split()) in said]
    assert len(hidden_texts) > 40
