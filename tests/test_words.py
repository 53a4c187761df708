"""The words that products print: every one is from the language's file, and a course may say another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from courseware.course.loading import load
from courseware.course.numbers import chapters
from courseware.language.printed import Forms, english, holes_of, printed
from courseware.model.session import Course, with_course_ids
from courseware.products.table import COUNTS, PRODUCTS, VARIANTS, Page, Product, course_page, page
from tests.golden_html import COURSE, HTML_OF, ids

SHOWN = ("alt", "title", "content", "data-place", "data-course")
"""Attributes that a reader sees or hears."""
LETTERS = re.compile(r"[^\W\d_]+")
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
FILE = re.compile(r"\S+/\S+\.pdf")
UNITS = frozenset({"mm", "em", "pt"})


def mark(sentence: Forms) -> Forms:
    """Return a sentence of the pseudo-language: in marks around what is between its holes."""
    if isinstance(sentence, str):
        parts = re.split(r"(\{\w+\})", sentence)
        return "".join(p if p.startswith("{") or not p.strip() else f"⟦{p}⟧" for p in parts)
    return {form: str(mark(text)) for form, text in sentence.items()}


class Words(HTMLParser):
    """What of HTML is read or heard."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipped += tag == "style"
        spoken = [v or "" for k, v in attrs if k in SHOWN and dict(attrs).get("class") != "math"]
        self.said += spoken if dict(attrs).get("charset") is None else []

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.said.append(data)


def products_in(words: Mapping[str, Forms]) -> dict[str, str]:
    """Return the HTML of every product of the tiny course that prints these words."""
    course = load(COURSE).course
    spoken = tuple(msgspec.structs.replace(s, language="qps") for s in course.sessions)
    course = msgspec.structs.replace(course, words=dict(words), language="qps", sessions=spoken)
    made: dict[str, str] = {}
    for session in course.sessions:
        maps: dict[str, dict[str, int]] = {}
        for name, row in {**PRODUCTS, **VARIANTS}.items():
            if row.scope == "course":
                continue
            found = page(row, course, session.path)
            if found is None:
                continue
            cited = {c: maps[c] for c in row.cites if c in maps}
            found = msgspec.structs.replace(found, maps=cited)
            html = HTML_OF[row.writer](found, COURSE)
            maps[name] = {block: n for n, block in enumerate(ids(html), 1)}
            made[f"{session.path} {name}"] = html
    for name, row in PRODUCTS.items():
        if row.scope == "course" and row.layout and row.holds:
            made[name] = HTML_OF[row.writer](_page_of_course(row, course), COURSE)
    return made


def _page_of_course(row: Product, course: Course) -> Page:
    """Return the page of a product of the whole course, as a build makes it."""
    called = chapters(course)
    whole = tuple(with_course_ids(s, called[s.path].name) for s in course.sessions)
    found = course_page(row, msgspec.structs.replace(course, sessions=whole), {})
    assert found is not None
    counts = {f"{p} {s.path}": 3 for p in ("handout", "worksheet") for s in whole}
    return found.with_references({}, {COUNTS: counts}, called)


def pseudo() -> dict[str, str]:
    """Return the HTML of every product in the pseudo-language."""
    return products_in({name: mark(sentence) for name, sentence in english().items()})


def source_words() -> frozenset[str]:
    """Return the words of the course's own files, in lower case."""
    files = [p.read_text("utf-8") for p in COURSE.rglob("*") if p.suffix in (".md", ".yml", ".svg")]
    return frozenset(word.lower() for text in files for word in LETTERS.findall(text))


def test_every_word_is_the_sources_or_the_languages() -> None:
    known, strange, plain = source_words(), {}, []
    for name, html in pseudo().items():
        parser = Words()
        parser.feed(html)
        said = FILE.sub(" ", " ".join(parser.said))
        words = LETTERS.findall(MARKED.sub(" ", said))
        if found := [word for word in words if word.lower() not in known]:
            strange[name] = found
        if not MARKED.search(said) and "--pdf" not in name:
            plain.append(name)
    assert strange == {} and plain == []


def test_no_sentence_is_without_use() -> None:
    """Every sentence is named in a layout or in the program, or is a kind's or a product's."""
    root = Path(__file__).parent.parent
    places = [*root.glob("layouts/**/*.j2"), *root.glob("courseware/**/*.py")]
    text = "\n".join(path.read_text("utf-8") for path in places)
    joined = ("column_", "where_", "share_", "how_talk_", "cut_", "print_")
    unused = [n for n in english() if not re.search(rf"[\"']{n}[\"'_]", text)]
    assert not [
        n
        for n in unused
        if not n.startswith(joined) and not n.endswith(("_page", "_count", "_label"))
    ]


def test_a_course_says_its_own_words_in_its_products() -> None:
    words = printed("en", {"run_sheet": "Plan", "hours": {"one": "{n} Std", "other": "{n} Stdn"}})
    assert words("run_sheet") == "Plan"
    assert (words("hours", n=1), words("hours", n=2)) == ("1 Std", "2 Stdn")
    assert "⟦" not in str(printed("en")("run_sheet"))


def test_holes_are_names_alone() -> None:
    words = printed("en", {"titled": "{label.__class__} {title}"})
    assert words("titled", label="x", title="y") == "{label.__class__} y"
    assert holes_of("{label.__class__} {title}") == {"title"}


def test_html_in_a_sentence_is_escaped() -> None:
    from markupsafe import Markup

    from courseware.html.speech import said

    say = said(printed("en", {"titled": "<b>{label}</b> {title}"}))
    assert (
        say("titled", label=Markup("<i>x</i>"), title="<y>")
        == "&lt;b&gt;<i>x</i>&lt;/b&gt; &lt;y&gt;"
    )


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [("words: {run_shet: x}", "C170", 'did you mean "run_sheet"?'),
     ("words: {session_number: '{count}'}", "C171", "it has {number}"),
     ("words: {hours: {single: x}}", "C170", ""),
     ("vocabulary: {objectivs: [x]}", "C170", 'did you mean "objectives"?')],
)  # fmt: skip
def test_names_that_there_are_not_are_told(tmp_path: Path, text: str, code: str, hint: str) -> None:
    (tmp_path / "course.yml").write_text(f"title: T\n{text}\n")
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    findings = load(tmp_path).findings
    assert [f.code for f in findings] == [code]
    assert hint in findings[0].hint and findings[0].span.line == 2


def test_a_courses_vocabulary_reaches_its_worksheets(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text(
        "title: T\nvocabulary: {space_draw: [chart], writing_verbs: [chart]}\n"
    )
    (tmp_path / "a.md").write_text(
        "# A\n\n## Exercise 1: Go\n\n1. Chart the way.\n2. Write it down.\n"
    )
    course = load(tmp_path).course
    found = page(PRODUCTS["worksheet"], course, "a.md")
    assert found is not None and "room box" in HTML_OF["pdf"](found, tmp_path)


def test_a_layout_that_says_what_there_is_not_is_told() -> None:
    from jinja2 import UndefinedError

    from courseware.html.speech import said

    with pytest.raises(UndefinedError, match=r'no sentence is called "workshet".*"worksheet"'):
        said(printed("en"))("workshet")
