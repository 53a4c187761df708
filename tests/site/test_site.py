"""The site: what is in it, what is not, where its links lead, when it is made again."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import html5lib
import pikepdf
import pytest
import pyzipper

from courseware.html.design import ground
from courseware.inspection.carried import pieces
from courseware.model.colours import luminance
from courseware.model.session import Course
from courseware.products.table import SITES, page
from courseware.site.parts import write_part
from tests import markers
from tests.site.courses import SECRET, TEA, build, files_in, make_course
from tests.support import read


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("site") / "drinks")
    result = build(course, "site")
    assert result.exit_code == 0, result.output
    return course / "output"


def test_it_holds_pages_files_and_what_they_share(built: Path) -> None:
    files = files_in(built / "site")
    assert {"index.html", "pages/01-tea.html", "pages/02-coffee-milk.html", "handouts/01-tea.pdf",
            "worksheets/01-tea.pdf", "slides/01-tea.pdf", "assets/site.css", "assets/search.js",
            "assets/search/search.js"} <= files.keys()  # fmt: skip
    assert not [name for name in files if name.startswith(("answers", "guides")) or "pptx" in name]
    theirs = files_in(built / "site-facilitators")
    assert {"index.html", "guides/01-tea.pdf", "slides/01-tea.pptx", "answers/01-tea.pdf"} <= set(
        theirs
    )
    assert not [name for name in theirs if name.startswith(("pages", "assets/search"))]


def test_nothing_of_the_facilitators_is_in_it(built: Path) -> None:
    assert SECRET.encode() in (built / "site-facilitators" / "slides/01-tea.pptx").read_bytes() or (
        SECRET in said_in(built / "site-facilitators" / "guides/01-tea.pdf")
    )
    for name, data in files_in(built / "site").items():
        assert SECRET.casefold() not in name.casefold()
        assert SECRET.casefold().encode() not in data.lower(), name
        if name.endswith(".pdf"):
            assert SECRET not in said_in(built / "site" / name), name


def said_in(path: Path) -> str:
    return " ".join(piece.text for piece in pieces(path.read_bytes()))


class Page(HTMLParser):
    """A page's ids, links and resources, as a browser finds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.resources: list[str] = []
        self.attributes: set[str] = set()
        self.headings: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.attributes |= known.keys()
        self.ids += [known["id"]] if "id" in known else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        elif "href" in known or "src" in known:
            self.resources.append(known.get("href") or known["src"])


def pages(folder: Path) -> Iterator[tuple[PurePosixPath, Page]]:
    for name, data in files_in(folder).items():
        if name.endswith(".html"):
            yield PurePosixPath(name), Page(data.decode())


@pytest.mark.parametrize("folder", ["site", "site-facilitators"])
def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(
    built: Path, folder: str
) -> None:
    found = dict(pages(built / folder))
    assert found
    for name, read_page in found.items():
        assert len(read_page.ids) == len(set(read_page.ids)), name
        for link in (*read_page.links, *read_page.resources):
            parts = urlsplit(link)
            if parts.scheme:
                assert link in read_page.links and link == "https://example.org/tea"
                continue
            target = PurePosixPath(name.parent, unquote(parts.path)) if parts.path else name
            there = (built / folder / target).resolve()
            assert there.is_file() and there.is_relative_to((built / folder).resolve()), link
            if parts.fragment:
                at = there.relative_to((built / folder).resolve())
                assert unquote(parts.fragment) in found[PurePosixPath(at.as_posix())].ids, link
    style = (built / folder / "assets/site.css").read_text()
    assert set(re.findall(r"url\(\"?(\w+:|//)", style)) <= {"data:"}


def test_a_strict_content_security_policy_holds(built: Path) -> None:
    for name, read_page in pages(built / "site"):
        assert not [a for a in read_page.attributes if a == "style" or a.startswith("on")], name
        html = (built / "site" / name).read_text()
        assert "<style" not in html and not re.search(r"<script(?![^>]*\bsrc=)", html), name


def test_headings_skip_no_level_and_pictures_say_their_size(built: Path) -> None:
    for name, read_page in pages(built / "site"):
        assert read_page.headings[0] == 1
        assert all(
            b - a <= 1 for a, b in zip(read_page.headings, read_page.headings[1:], strict=False)
        ), name
    html = (built / "site/pages/01-tea.html").read_text()
    (picture,) = re.findall(r'<img alt="A drawing of a leaf"[^>]*>|<img[^>]*A drawing[^>]*>', html)
    assert 'width="151"' in picture and 'height="76"' in picture


def test_a_footnote_is_a_link_there_and_back(built: Path) -> None:
    html = (built / "site/pages/01-tea.html").read_text()
    assert 'href="#note--1"' in html and 'id="note--1"' in html and 'href="#note--1-from"' in html
    assert html.index("Said by a taster") > html.index("What do you see")


@pytest.mark.slow
def test_answers_are_there_where_the_course_gives_them(tmp_path: Path) -> None:
    course = make_course(tmp_path / "drinks", "answers: after\n")
    assert build(course, "site").exit_code == 0
    site = files_in(course / "output/site")
    assert "answers-for-learners/01-tea.pdf" in site
    assert "answers-for-learners/01-tea.pdf" in site["index.html"].decode()


@pytest.mark.slow
def test_the_same_course_gives_the_same_bytes(tmp_path: Path, built: Path) -> None:
    course = make_course(tmp_path / "drinks")
    build(course, "site")
    assert files_in(course / "output/site") == files_in(built / "site")
    assert files_in(course / "output/site-facilitators") == files_in(built / "site-facilitators")


@pytest.mark.slow
def test_it_is_made_again_where_something_in_it_changed(tmp_path: Path) -> None:
    course = make_course(tmp_path / "drinks")
    site = course / "output/site"
    build(course, "site")
    (site / "CNAME").write_text("example.org")
    assert "built" not in build(course, "site").stdout
    before = files_in(site)
    (course / "01-tea.md").write_text(TEA.replace("Not too long", "Stir for long"))
    said = build(course, "site").stdout
    assert "site/index.html" in said and "02-coffee-milk.pdf  1 page  unchanged" in said
    after = files_in(site)
    changed = {n for n in after if after[n] != before.get(n)}
    assert "pages/01-tea.html" in changed and "pages/02-coffee-milk.html" not in changed
    assert after["CNAME"] == b"example.org"
    (site / "pages/01-tea.html").unlink()
    build(course, "site")
    assert files_in(site) == after


@pytest.mark.slow
def test_what_is_gone_from_the_course_goes_from_the_folder(tmp_path: Path) -> None:
    course = make_course(tmp_path / "drinks", "variants:\n  short: {sessions: [1]}\n")
    build(course, "site")
    build(course, "site", "--variant", "short")
    out = course / "output"
    assert (out / "site-short/pages/01-tea-short.html").exists()
    (course / "02-coffee.md").unlink()
    (course / "course.yml").write_text("title: Drinks\n")
    build(course, "site")
    assert [n for n in files_in(out / "site") if "coffee" in n] == []
    assert not (out / "site-short").exists() and (out / "site-facilitators").exists()
    build(course, "clean")
    assert not (out / "site").exists() and not (out / "site-facilitators").exists()


@pytest.mark.slow
def test_a_session_that_fails_leaves_the_old_folder(tmp_path: Path) -> None:
    course = make_course(tmp_path / "drinks")
    build(course, "site")
    before = files_in(course / "output/site")
    (course / "02-coffee.md").write_text("# Two\n\n::: facilitator\n\nText.\n")
    assert build(course, "site").exit_code == 1
    assert files_in(course / "output/site") == before


@pytest.mark.slow
def test_a_layout_that_shows_what_is_withheld_is_stopped(tmp_path: Path) -> None:
    course = make_course(tmp_path / "drinks")
    build(course, "site")
    before = files_in(course / "output/site")
    own = course / "layouts/site"
    own.mkdir(parents=True)
    words = f"Only here: {SECRET} one two three four five."
    for layout, block in (("article", "end"), ("session", "content"), ("index", "content")):
        text = f'{{% extends "built-in/site/{layout}.html.j2" %}}{{% block {block} %}}<i title="{words}"></i>'
        (own / f"{layout}.html.j2").write_text(text + "{{ super() }}{% endblock %}")
        result = build(course, "site")
        assert result.exit_code == 1 and "C331" in result.stderr, layout
        assert files_in(course / "output/site") == before
        (own / f"{layout}.html.j2").unlink()


@pytest.mark.slow
def test_what_is_gone_goes_though_nothing_is_known_of_the_last_build(tmp_path: Path) -> None:
    course = make_course(tmp_path / "drinks")
    build(course, "site")
    site = course / "output/site"
    (site / "CNAME").write_text("example.org")
    shutil.rmtree(course / "output/.courseware")
    (course / "02-coffee.md").unlink()
    build(course, "site")
    assert [name for name in files_in(site) if "coffee" in name] == []
    assert (site / "CNAME").read_text() == "example.org"


def test_markers_planted_wherever_an_author_writes_are_on_no_page(tmp_path: Path) -> None:
    planted = markers.planted(1)
    session = read(planted.text).session
    assert session is not None
    found = page(
        SITES["site"].parts[0], Course(title="A course", sessions=(session,)), session.path
    )
    assert found is not None and len(planted.markers) > 50
    made = write_part(found.with_references({}, {}, {}), tmp_path, "a4")
    said = " ".join(piece.text for piece in pieces(made.data))
    assert markers.markers_in(said) == set()


TERMS = """# Session {n}: Water

## Soft water

A [kettle]{{.term}} stays clean.

## Key terms

- **Alpha**: the first. Facilitator note: SECRET-{n}-a tell a joke.
- **Beta**: the second (trainer note: SECRET-{n}-b ask).
- **Gamma**: the third.

  Facilitator note: SECRET-{n}-c in a paragraph.
- **Delta**: the fourth.

  ::: facilitator
  SECRET-{n}-d
  :::
- **Epsilon**: the fifth
  - Note for the instructor: SECRET-{n}-e
- **Zeta**: the sixth. <!-- facilitator: SECRET-{n}-f -->
- **Eta**: the seventh.
  Facilitator note: SECRET-{n}-g on a line.

Theta
: the eighth. Facilitator note: SECRET-{n}-h
"""


@pytest.mark.slow
def test_what_is_told_within_a_glossarys_entry_is_in_no_file(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text("title: Water\n")
    for n in (1, 2):
        (tmp_path / f"0{n}-water.md").write_text(TERMS.format(n=n))
    assert build(tmp_path, "site").exit_code == 0
    files = files_in(tmp_path / "output/site")
    assert "workbook.pdf" in files
    for name, data in files.items():
        said = " ".join(piece.text for piece in pieces(data)) if name.endswith(".pdf") else ""
        assert "SECRET" not in said and b"SECRET" not in data, name
    workbook = " ".join(piece.text for piece in pieces(files["workbook.pdf"]))
    for word in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh"):
        assert workbook.count(f"the {word}") >= 3, word


@pytest.mark.slow
def test_a_build_that_was_killed_between_two_names_leaves_the_folder(tmp_path: Path) -> None:
    course = make_course(tmp_path / "drinks")
    build(course, "site")
    out = course / "output"
    before = files_in(out / "site")
    (out / "site").rename(out / ".site.old.courseware-part")
    (out / ".site.7.courseware-part").mkdir()
    build(course, "handouts")
    assert files_in(out / "site") == before
    assert not list(out.glob(".*courseware-part"))


def test_pages_are_read_strictly(built: Path) -> None:
    for folder in ("site", "site-facilitators"):
        for name, _ in pages(built / folder):
            html5lib.HTMLParser(strict=True).parse((built / folder / name).read_text("utf-8"))


def test_all_files_are_in_an_archive(built: Path) -> None:
    with zipfile.ZipFile(built / "site/drinks-more.zip") as archive:
        names = set(archive.namelist())
        assert {
            "handouts/01-tea.pdf",
            "worksheets/01-tea.pdf",
            "slides/02-coffee-milk.pdf",
        } <= names
        for name in names:
            assert archive.read(name) == (built / "site" / name).read_bytes()
    with zipfile.ZipFile(built / "site-facilitators/drinks-more-facilitators.zip") as archive:
        assert "slides/01-tea.pptx" in archive.namelist()


@pytest.mark.slow
def test_with_a_password_nothing_opens_without_it(tmp_path: Path, built: Path) -> None:
    course = make_course(tmp_path / "drinks")
    (tmp_path / "password").write_text("leaf and bean, on Monday\nnot this\n")
    order = ("site", "--protect", str(tmp_path / "password"))
    assert build(course, *order).exit_code == 0
    folder = course / "output/site-facilitators"
    files = files_in(folder)
    assert files_in(course / "output/site") == files_in(built / "site")
    assert not [n for n in files if n.startswith("covers") or n.endswith(".pptx")]
    for name, data in files.items():
        assert SECRET.encode() not in data
        if name.endswith(".pdf"):
            with pytest.raises(pikepdf.PasswordError):
                pikepdf.open(folder / name)
            with pikepdf.open(folder / name, password="leaf and bean, on Monday") as document:
                assert document.encryption.R == 6 and document.encryption.bits == 256
    with pyzipper.AESZipFile(folder / "drinks-more-facilitators.zip") as archive:
        assert all(entry.wz_aes_strength == 3 for entry in archive.infolist())  # AES-256
        with pytest.raises(RuntimeError, match="password"):
            archive.read("slides/01-tea.pptx")
        archive.setpassword(b"leaf and bean, on Monday")
        assert archive.read("slides/01-tea.pptx").startswith(b"PK")
    index = (course / "output/.courseware/index.json").read_text()
    assert "Monday" not in index and "Monday" not in files["index.html"].decode()
    (tmp_path / "password").write_text("another\n")
    build(course, *order)
    pikepdf.open(folder / "guides/01-tea.pdf", password="another").close()
    build(course, "site")
    assert files_in(folder) == files_in(built / "site-facilitators")


@pytest.mark.parametrize("text", [b"", b"\n", b"   \nsecond", b"x" * 128, b"\xff\xfe"])
def test_a_file_without_a_password_is_told(tmp_path: Path, text: bytes) -> None:
    course = make_course(tmp_path / "drinks")
    (tmp_path / "password").write_bytes(text)
    result = build(course, "site", "--protect", str(tmp_path / "password"))
    assert result.exit_code == 2 and "password" in result.stderr
    assert not (course / "output/site-facilitators").exists()


@pytest.mark.slow
def test_it_bears_the_brand_s_logo_and_its_tints_are_of_the_accent(tmp_path: Path) -> None:
    brand = "logo: {path: mark.svg, alt: Mill Lane}\naccent: '#437725'\n"
    course = make_course(tmp_path / "drinks", brand)
    shape = '<rect width="9" height="3" fill="#437725"/>'
    (course / "mark.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">{shape}</svg>'
    )
    assert build(course, "site").exit_code == 0
    site = course / "output/site"
    found = re.search(
        r'<img class="logo" src="(assets/logo-[^"]+.svg)" alt="Mill Lane" [^>]*>',
        (site / "index.html").read_text(),
    )
    assert found and b"#437725" in (site / found[1]).read_bytes()
    assert 'class="logo"' in (course / "output/site-facilitators/index.html").read_text()
    css = (site / "assets/site.css").read_text()
    light, dark = css.split("--soft:")[-2][:7], css.split("--soft:")[-1][:7]
    assert light == ground("#437725") and luminance(dark) < 0.05
    (course / "mark.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text y="9">You see {SECRET}, as every cup has one.</text></svg>'
    )
    assert build(course, "site").exit_code == 1
