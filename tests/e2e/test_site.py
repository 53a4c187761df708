"""The site in a real browser: Chromium without a window, from a folder, no network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.site.courses import COURSES, DAYS, build, files_in, make_course, many

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="there is no chromium: apt-get install chromium"
)

WIDTHS = (390, 768, 1280, 1600)
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("site") / "drinks", DAYS)
    result = build(course, "site")
    assert result.exit_code == 0, result.output
    return course / "output"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Open a file; what the console says, and what leaves the folder, fails the test."""
    wrong: list[str] = []
    contexts: list[Any] = []

    def opened(path: Path, **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        folder = next(p for p in path.parents if p.name.startswith("site"))
        page.on("console", lambda said: wrong.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", lambda asked: wrong.extend(_outside(asked.url, folder)))
        page.on("requestfailed", lambda asked: wrong.append(f"not there: {asked.url}"))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _outside(url: str, folder: Path) -> list[str]:
    parts = urlsplit(url)
    inside = parts.scheme == "file" and Path(unquote(parts.path)).is_relative_to(folder)
    return [] if inside or parts.scheme == "data" else [f"asked for {url}"]


def pages(output: Path) -> list[Path]:
    return [output / name for name in files_in(output) if name.endswith(".html")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    site: Path, open_page: Open, scheme: str
) -> None:
    for path in pages(site):
        page = open_page(path, color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (path.name, width)
            found = axe.Axe().run(page, options={"preload": False, "runOnly": [
                "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})  # fmt: skip
            assert found.violations_count == 0, (path.name, width, found.generate_report())


def test_text_twice_as_large_scrolls_no_page_sideways(site: Path, open_page: Open) -> None:
    for path in pages(site):
        page = open_page(path, viewport={"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path.name


def test_the_dark_is_dark_and_the_light_light(site: Path, open_page: Open) -> None:
    def ground(scheme: str) -> int:
        page = open_page(site / "site/index.html", color_scheme=scheme)
        said = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        return sum(map(int, said.strip("rgb()").split(",")))

    assert ground("dark") < 150 < 600 < ground("light")


def test_every_link_leads_to_what_can_be_read(site: Path, open_page: Open) -> None:
    for path in pages(site):
        page = open_page(path)
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        for link in links:
            parts = urlsplit(link)
            assert parts.scheme != "file" or Path(unquote(parts.path)).is_file(), link
            if parts.scheme == "file" and parts.fragment:
                page.goto(link)
                assert page.evaluate("document.querySelector(':target') !== null"), link
    page = open_page(site / "site/index.html")
    page.click("text=Read on screen >> nth=0")
    page.click("text=the next session")
    assert page.url.endswith("pages/02-coffee-milk.html")
    page.click("a[rel=prev]")
    assert page.url.endswith("pages/01-tea.html")


def test_the_days_stand_side_by_side_on_one_clock(site: Path, open_page: Open) -> None:
    page = open_page(site / "site/index.html", viewport={"width": 1280, "height": 900}, java_script_enabled=False)  # fmt: skip
    page.click("text=Schedule >> nth=0")
    boxes = [section.bounding_box() for section in page.query_selector_all(".day")]
    assert len(boxes) == 2 and boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    at: dict[str, set[int]] = {}
    for row in page.query_selector_all(".day li:not(.is-session)"):
        box = row.bounding_box()
        at.setdefault(row.inner_text()[:5], set()).add(round(box["y"]))
        assert row.evaluate("row => row.scrollHeight <= row.clientHeight + 1"), row.inner_text()
    tops = [min(at[time]) for time in sorted(at)]
    assert tops == sorted(tops) and all(len(same) == 1 for same in at.values()), at
    page.set_viewport_size({"width": 390, "height": 900})
    boxes = [section.bounding_box() for section in page.query_selector_all(".day")]
    assert boxes[0]["x"] == boxes[1]["x"] and boxes[0]["y"] < boxes[1]["y"]
    page.click("text=Exercise 1: Pour")
    assert "pages/01-tea.html#" in page.url


def test_everything_but_the_search_works_without_scripts(site: Path, open_page: Open) -> None:
    page = open_page(site / "site/index.html", java_script_enabled=False)
    assert not page.is_visible("#search")
    assert page.is_visible("noscript p")
    page.click("h3 a >> nth=0")
    assert page.is_visible("h1") and page.inner_text("h1") == "Tea"
    page.click("nav.contents .wide a >> nth=0")
    assert "#" in page.url


def test_the_keyboard_is_enough(site: Path, open_page: Open) -> None:
    page = open_page(site / "site/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto((site / "site/index.html").as_uri())
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "search":
            break
    page.keyboard.type("taster")
    page.wait_for_selector(".results li")
    seen = []
    for _ in range(3):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.closest('.results') !== null"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        if seen[-1]:
            break
    assert seen[-1]
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/01-tea.html#*")


def results(page: Any, words: str) -> list[str]:
    page.fill("#search", words)
    page.wait_for_function("document.querySelector('.results p') !== null")
    page.wait_for_timeout(150)
    found: list[str] = page.eval_on_selector_all(
        ".results li a", "all => all.map(a => a.textContent)"
    )
    return found


@pytest.mark.parametrize("language", sorted(COURSES))
def test_words_are_found_in_any_language(language: str, tmp_path: Path, open_page: Open) -> None:
    course, searched = COURSES[language], COURSES[language].searched
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.yml").write_text(f"title: {course.title}\nlanguage: {language}\n")
    for number, text in enumerate(course.sessions, 1):
        (folder / f"0{number}-session.md").write_text(text)
    assert build(folder, "site").exit_code == 0
    page = open_page(folder / "output/site/index.html")
    for words, heading in searched.items():
        found = results(page, words)
        assert any(heading in title for title in found) if heading else not found, (words, found)
    marked = page.eval_on_selector_all("mark", "all => all.length")
    assert marked or not list(searched.values())[-1]


def test_many_sessions_are_searched_letter_by_letter(tmp_path: Path, open_page: Open) -> None:
    folder = many(tmp_path / "course", 33)
    assert build(folder, "site").exit_code == 0
    search = folder / "output/site/assets/search"
    names = {path.name for path in search.iterdir()}
    assert {"words-t.js", "words-3bb.js", "text-32.js"} <= names
    page = open_page(folder / "output/site/index.html")
    assert results(page, "topic 17") == [
        "Session 17: Topic 17", "Session 17: Topic 17 · Words 17"]  # fmt: skip
    assert results(page, "λόγος") and results(page, "ΛΟΓΟΣ ogre") == []
    assert results(page, "茶葉") and results(page, "茶碗") == []
    page.click(".results li a") if page.is_visible(".results li a") else None


def test_nothing_withheld_is_found(site: Path, open_page: Open) -> None:
    from tests.site.courses import SECRET

    page = open_page(site / "site/index.html")
    assert results(page, SECRET) == [] and results(page, "taster")
    assert page.inner_text(".results p")
