"""The preview in a real browser: the machine's Chromium, headless."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from courseware.serve.preview import Running, Wanted, cache_of
from tests.serve.conftest import TEXT, free_port

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MARKERS = ("zebra", "quinoa", "walrus", "marmalade")
FILLING = "\n\n".join(
    f"## Part {n}\n\n" + f"Words of part {n} go on and on. " * 40 for n in range(9)
)
NOW = """() => [document.documentElement.dataset.state, document.title, document.querySelector('#lamp').textContent,
  ...[...document.querySelectorAll('[role=tab]')].map(tab => tab.textContent)]"""
"""What the page says of itself."""
SIZES = [(1440, 900, "light"), (1440, 900, "dark"), (390, 844, "light"), (390, 844, "dark")]


@pytest.fixture(scope="module")
def browser(lacking: Callable[[str], None]) -> Iterator[Any]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        lacking("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.yml").write_text("title: Tiny\n")
    (folder / "03-plans.md").write_text(f"{TEXT}\n{FILLING}\n")
    (folder / "04-more.md").write_text("# Session 04: More\n\n## B\n\nMore words.\n")
    return folder


@pytest.fixture
def running(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = Running(Wanted(course, port=free_port()), cache_of(course))
    made.start()
    yield made
    made.stop()
    assert made.board.faults == []


class Sight:
    """A page of the browser that shows the preview; what it asked for, and what went wrong there."""

    def __init__(self, browser: Any, running: Running, size: tuple[int, int, str]) -> None:
        width, height, theme = size
        self.page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=theme
        )
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)  # fmt: skip
        self.address = running.address

    def open(self, rest: str = "") -> None:
        """Open the preview, and wait until a page is seen."""
        self.page.goto(self.address + rest)
        self.until("() => [...document.querySelectorAll('.page img')].some(i => i.complete && i.naturalWidth > 100)")  # fmt: skip
        self.until("() => document.documentElement.dataset.state === 'ok'")

    def until(self, said: str, seconds: float = 60) -> None:
        """Wait until a function of the page is true."""
        ends = time.monotonic() + seconds
        while not self.page.evaluate(said):
            assert time.monotonic() < ends, (said, self.faults, self.page.evaluate(NOW))
            self.page.wait_for_timeout(50)

    def tab(self, product: str) -> None:
        """Choose a product's tab, and wait until it is up to date."""
        self.page.click(f"#t-{product}")
        self.until(f"() => document.querySelector('#t-{product} small').textContent.includes('up to date')")  # fmt: skip
        self.until("() => [...document.querySelectorAll('.page img')].some(i => i.complete && i.naturalWidth > 100)")  # fmt: skip


@pytest.fixture
def sight(browser: Any, running: Running) -> Iterator[Sight]:
    made = Sight(browser, running, SIZES[0])
    yield made
    assert made.faults == []
    assert [url for url in made.asked if not url.startswith((made.address, "data:"))] == []
    made.page.close()


def test_a_save_is_seen_in_its_place_and_marked(sight: Sight, course: Path) -> None:
    sight.open()
    sight.page.evaluate("() => scrollTo(0, 700)")
    sight.page.wait_for_timeout(500)
    before = sight.page.evaluate("() => scrollY")
    file = course / "03-plans.md"
    file.write_text(
        file.read_text().replace("Draw a plan on paper.\n\nWhat", "Draw a plan on wood.\n\nWhat")
    )
    sight.until(
        "() => [...document.querySelectorAll('.hits .new')].some(a => a.ariaLabel.includes('on wood'))"
    )
    assert sight.page.evaluate("() => scrollY") == before
    assert sight.page.locator(".hits .new").count() == 1
    line = file.read_text()[: file.read_text().index("Draw a plan on wood")].count("\n") + 1
    sight.page.keyboard.press("c")
    assert sight.page.text_content("#at") == f"line {line}"
    sight.until("() => !document.querySelector('.hits .new')", 15)


def test_broken_text_keeps_the_page_and_says_where_to_mend(sight: Sight, course: Path) -> None:
    sight.open()
    file = course / "03-plans.md"
    good = file.read_text()
    sight.until("() => document.querySelector('#t-handout small').textContent.includes('up to date')")  # fmt: skip
    sight.until("() => document.querySelector('.page img').src.includes(document.querySelector('.page').dataset.key)")  # fmt: skip
    shown = sight.page.get_attribute(".page img", "src")
    file.write_text(f"---\nduration: 3 to\n---\n{good}")
    sight.until("() => document.documentElement.dataset.state === 'error'")
    assert sight.page.get_attribute(".page img", "src") == shown
    assert "Last good pages kept: 1 error" in sight.page.text_content("#lamp")
    found = sight.page.text_content("#findings")
    assert "03-plans.md:2" in found and "duration: 3 to" in found
    file.write_text(good)
    sight.until("() => document.documentElement.dataset.state === 'ok'")
    assert "duration" not in sight.page.text_content("#findings")


def test_a_click_leads_to_the_line(sight: Sight, course: Path) -> None:
    sight.open()
    lines = (course / "03-plans.md").read_text().split("\n")
    wanted = lines.index("A plan is a list of steps.") + 1
    link = sight.page.locator(f".hits a[aria-label^='Line {wanted}:']").last
    assert link.get_attribute("href") == f"vscode://file{course.resolve()}/03-plans.md:{wanted}:1"
    sight.page.select_option("#editor", "copy path:line")
    link = sight.page.locator(f".hits a[aria-label^='Line {wanted}:']").last
    link.click()
    place = f"{course.resolve()}/03-plans.md:{wanted}"
    sight.until(f"() => document.querySelector('#detail').textContent.includes('{place}')", 10)
    sight.page.wait_for_timeout(1000)
    assert place in sight.page.text_content("#detail")  # though other products are made meanwhile
    sight.until("() => document.querySelector('#src').textContent.includes('A plan is a list of steps.')")  # fmt: skip


def test_the_page_follows_what_is_saved_and_goes_to_a_block(sight: Sight, course: Path) -> None:
    sight.open()
    (course / "04-more.md").write_text("# Session 04: More\n\n## B\n\nMore words, saved.\n")
    sight.until("() => document.querySelector('#session').textContent.includes('More')")
    sight.until(
        "() => [...document.querySelectorAll('.hits a')].some(a => a.ariaLabel.includes('saved'))"
    )
    sight.page.uncheck("#follow")
    file = course / "03-plans.md"
    file.write_text(file.read_text() + "\nMore.\n")
    sight.page.wait_for_timeout(1500)
    assert "More" in sight.page.text_content("#session")
    sight.page.goto("about:blank")
    sight.open("?s=03-plans&p=handout#part-8")
    sight.until("() => scrollY > 1000")
    assert sight.page.evaluate("() => document.querySelector('.hits .on').dataset.id") == "part-8"


def test_a_session_that_comes_is_followed_and_a_setting_leads_nowhere(
    sight: Sight, course: Path
) -> None:
    sight.open()
    (course / "05-new.md").write_text("# Session 05: Fresh\n\n## C\n\nWords of the fresh one.\n")
    sight.until("() => document.querySelector('#session').textContent.includes('Fresh')")
    (course / "05-new.md").rename(course / "06-new.md")
    sight.until("() => location.search.includes('06-new')")
    (course / "course.yml").write_text("title: Another\n")
    sight.until("() => document.querySelector('#title').textContent === 'Another'")
    sight.page.wait_for_timeout(1000)
    assert "06-new" in sight.page.url


def test_what_has_the_focus_keeps_it_while_sessions_are_read(sight: Sight, course: Path) -> None:
    sight.open()
    sight.page.uncheck("#follow")
    sight.page.evaluate("() => document.activeElement.blur()")
    sight.page.keyboard.press("s")
    sight.until("() => document.activeElement.id === 'filter'")
    sight.page.keyboard.press("ArrowDown")
    sight.page.keyboard.press("ArrowDown")
    sight.page.evaluate("() => { window.held = document.activeElement; }")
    assert sight.page.evaluate("() => window.held.closest('#list') !== null")
    (course / "04-more.md").write_text("# Session 04: More\n\n## B (30 min)\n\n[a](gone.md)\n")
    sight.until("() => window.held.textContent.includes('1 warning')")
    assert sight.page.evaluate("() => document.activeElement === window.held")
    assert sight.page.get_attribute("#list [aria-current]", "aria-current") == "true"


def test_a_page_that_is_not_seen_has_no_stream_and_hears_all_when_it_is(
    sight: Sight, course: Path, running: Running
) -> None:
    sight.open()

    def seen(is_seen: bool) -> None:
        sight.page.evaluate("""is_seen => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => !is_seen });
          document.dispatchEvent(new Event('visibilitychange'));
        }""", is_seen)  # fmt: skip

    seen(False)
    (course / "04-more.md").write_text("# Session 04: More\n\n## B\n\nSaved unseen.\n")
    ends = time.monotonic() + 30
    while not running.board.saves:
        assert time.monotonic() < ends
        time.sleep(0.05)
    sight.page.wait_for_timeout(500)
    assert "Plans" in sight.page.text_content("#session")
    seen(True)
    sight.until("() => document.querySelector('#session').textContent.includes('More')")
    sight.until("() => [...document.querySelectorAll('.hits a')].some(a => a.ariaLabel.includes('unseen'))")  # fmt: skip


@pytest.mark.parametrize(
    "rest", ["?p=nothing", "?s=nothing", "#%E0%A4%A", "?s=04&p=slides#part-99"]
)
def test_an_address_that_leads_nowhere_leads_to_a_page(sight: Sight, rest: str) -> None:
    sight.open(rest)
    assert sight.page.locator(".page").count() > 0


def test_a_session_of_the_same_name_in_a_folder_is_another(sight: Sight, course: Path) -> None:
    (course / "a").mkdir()
    (course / "a" / "03-plans.md").write_text("# Session 01: Deep\n\n## A\n\nDeep words.\n")
    sight.open()
    sight.until("() => document.querySelector('#list').textContent.includes('Deep')")
    for name, title in (("a/03-plans", "Deep"), ("03-plans", "Plans")):
        sight.page.goto("about:blank")
        sight.open(f"?s={name}")
        sight.until(f"() => document.querySelector('#session').textContent.includes('{title}')")


def test_an_address_for_an_editor_holds_any_file_name(sight: Sight, course: Path) -> None:
    name = "05 what's #1? 100% & a=b;+é.md"
    (course / name).write_text("# Session 05: Odd\n\n## C\n\nOdd words.\n")
    sight.open()
    sight.until("() => document.querySelector('#session').textContent.includes('Odd') || document.querySelector('#list').textContent.includes('Odd')")  # fmt: skip
    sight.page.goto("about:blank")
    sight.open("?s=%C3%A9")
    sight.page.select_option("#editor", "JetBrains")
    found = urlsplit(sight.page.locator(".hits a").first.get_attribute("href"))
    assert parse_qs(found.query)["file"] == [f"{course.resolve().as_posix()}/{name}"]
    assert sight.page.locator(".hits a").first.get_attribute("href").count("&") == 2


def test_notes_lead_to_their_lines(sight: Sight, course: Path) -> None:
    sight.open()
    sight.page.select_option("#editor", "copy path:line")
    sight.tab("slides")
    note = sight.page.locator(".notes a", has_text="Draw a plan").first
    note.click()
    lines = (course / "03-plans.md").read_text().split("\n")
    wanted = lines.index("Draw a plan on paper.") + 1
    assert sight.page.text_content("#at") == f"line {wanted}"
    sight.until("() => document.querySelector('#src').textContent.includes('Draw a plan on paper.')")  # fmt: skip


def test_learners_tabs_show_no_marker_and_the_others_say_whose_they_are(sight: Sight) -> None:
    sight.open()
    for product in ("handout", "worksheet", "plain-slides"):
        sight.tab(product)
        sight.page.select_option("#editor", "copy path:line")
        for block in sight.page.locator(".hits a").all()[:30]:
            block.dispatch_event("click")
        sight.page.wait_for_timeout(300)
        said = sight.page.content().lower()
        assert not [marker for marker in MARKERS if marker in said], product
        assert not sight.page.title().startswith("[Only you]")
        assert sight.page.text_content("#ribbon strong") == "Learners get this"
    for product in ("slides", "guide", "answers"):
        sight.tab(product)
        assert sight.page.title().startswith("[Only you]")
        assert "do not hand out" in sight.page.text_content("#ribbon strong")
        assert sight.page.evaluate("() => getComputedStyle(document.querySelector('.work')).borderLeftWidth") == "14px"  # fmt: skip
    assert [marker for marker in MARKERS if marker in sight.page.content().lower()]


def test_all_can_be_done_by_keyboard(sight: Sight) -> None:
    sight.open()
    sight.until("() => document.querySelectorAll('.hits a').length > 5")
    sight.page.locator(".hits a").first.focus()
    sight.page.keyboard.press("ArrowDown")
    assert sight.page.evaluate(
        "() => document.activeElement === document.querySelectorAll('.hits a')[1]"
    )
    assert sight.page.locator(".hits >> nth=0").locator("a[tabindex='0']").count() == 1
    sight.page.focus("#t-handout")
    sight.page.keyboard.press("ArrowRight")
    assert sight.page.evaluate("() => document.activeElement.id") == "t-worksheet"
    sight.page.keyboard.press("Home")
    assert sight.page.evaluate("() => document.activeElement.id") == "t-handout"
    sight.page.keyboard.press("s")
    sight.until("() => document.activeElement.id === 'filter'")
    sight.page.keyboard.type("more")
    sight.page.keyboard.press("ArrowDown")
    sight.page.keyboard.press("Enter")
    sight.until("() => document.querySelector('#session').textContent.includes('More')")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}-{size[2]}")
def test_every_view_is_accessible_and_fits(
    browser: Any, running: Running, size: tuple[int, int, str]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    sight = Sight(browser, running, size)
    sight.open()
    for product in ("handout", "slides", "guide"):
        sight.tab(product)
        sight.page.evaluate("() => document.querySelector('#editor').value = 'copy path:line'")
        sight.page.evaluate(
            "() => document.querySelector('#editor').dispatchEvent(new Event('change'))"
        )
        sight.page.locator(".hits a").first.dispatch_event("click")
        sight.page.wait_for_timeout(300)
        assert sight.page.evaluate("() => document.documentElement.scrollWidth") <= size[0]
        found = Axe().run(sight.page).response["violations"]
        assert [
            (one["id"], one["nodes"][0]["html"][:200], one["nodes"][0]["failureSummary"])
            for one in found
        ] == []
        ground = sight.page.evaluate(
            "() => getComputedStyle(document.querySelector('.page img')).backgroundColor"
        )
        assert ground == "rgb(255, 255, 255)"
    assert sight.faults == []
    sight.page.close()


@pytest.mark.parametrize("size", [SIZES[0], SIZES[3]], ids=lambda size: f"{size[0]}-{size[2]}")
def test_errors_and_a_course_without_sessions_are_accessible(
    browser: Any, running: Running, course: Path, size: tuple[int, int, str]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    sight = Sight(browser, running, size)

    def is_accessible() -> None:
        sight.page.wait_for_timeout(300)
        found = Axe().run(sight.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
        assert sight.page.evaluate("() => document.documentElement.scrollWidth") <= size[0]

    sight.open()
    good = (course / "03-plans.md").read_text()
    (course / "03-plans.md").write_text(f"---\nduration: 3 to\n---\n{good}")
    sight.until("() => document.documentElement.dataset.state === 'error'")
    sight.page.keyboard.press("f")
    is_accessible()
    sight.page.keyboard.press("s")
    is_accessible()
    for file in course.glob("*.md"):
        file.unlink()
    sight.until("() => document.querySelector('#pages').textContent.includes('no session')")
    assert "Plans" not in sight.page.title() + sight.page.text_content("#session")
    is_accessible()
    (course / "01-new.md").write_text("# Session 01: New\n\n## A\n\nNew words.\n")
    sight.until("() => [...document.querySelectorAll('.hits a')].some(a => a.ariaLabel.includes('New words'))")  # fmt: skip
    sight.page.close()


def test_the_end_is_told(sight: Sight, running: Running) -> None:
    sight.open()
    running.stop()
    sight.until("() => document.documentElement.dataset.state === 'gone'")
    assert "stopped" in sight.page.text_content("#lamp")
    sight.faults.clear()  # the stream's end is an error of the browser's
