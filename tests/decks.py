"""What tests of decks share: a deck of a text, as HTML and as an outline one can read."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path

from courseware.html.deck_page import render_deck
from courseware.model.session import Course, Session
from courseware.products.table import PRODUCTS, page

SLIDES = PRODUCTS["slides"]
_TAG = re.compile(r"<[^>]+>")
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|br|h\d|tr|t[dh]|div|pre|aside|section|figure|table)\b[^>]*>")


def course_of(session: Session) -> Course:
    return Course(title="", sessions=(session,))


def html_of(session: Session, root: Path, course: Course | None = None) -> str:
    course = course or course_of(session)
    found = page(SLIDES, course, session.path)
    assert found is not None
    return render_deck(found, root)


def split(html: str) -> tuple[str, str]:
    """Return what is on the slides and what is in their notes, as HTML."""
    notes = re.findall(r'<aside class="notes">.*?</aside>', html, re.DOTALL)
    return re.sub(r'<aside class="notes">.*?</aside>', " ", html, flags=re.DOTALL), "\n".join(notes)


def without_agenda(html: str) -> str:
    """Return a deck's HTML less the agenda's minutes, which count the facilitator's blocks, too."""
    return re.sub(r'<section class="slide" data-layout="table" data-source="".*?</section>\s*', "",
                  html, flags=re.DOTALL)  # fmt: skip


def words(html: str) -> Counter[str]:
    """Return the words that a reader meets in HTML, alternative texts among them."""
    html = re.sub(r'<img\b[^>]*\balt="([^"]*)"[^>]*>', r" \1 ", html)
    plain = unescape(_TAG.sub("", _BLOCK.sub(" ", html.split("<body>")[-1])))
    return counted(plain)


def counted(plain: str) -> Counter[str]:
    """Return the words of a text, numbers apart."""
    return Counter(re.findall(r"\d+|[^\W\d_]+", plain.lower()))


def outline(html: str) -> str:
    """Return a deck's HTML as lines: layout and title, placeholders, notes."""
    lines: list[str] = []
    for slide in re.findall(r'<section class="slide".*?</section>', html, re.DOTALL):
        layout = re.search(r'data-layout="([^"]*)"', slide)
        assert layout is not None
        shown, noted = split(slide)
        title, *holders = re.split(r'<div data-placeholder="', shown)
        lines.append(f"[{layout[1]}] {_line(title)}")
        lines += [
            f"  {holder.split(chr(34))[0]}: {_line(holder.split('>', 1)[1])}" for holder in holders
        ]
        lines += [f"  notes: {_line(noted)}"] if _line(noted) else []
    return "".join(line + "\n" for line in lines)


def _line(html: str) -> str:
    """Return HTML as one line: blocks split by " / ", items by " • ", cells by " | "."""
    html = re.sub(r"<h2>(.*?)</h2>", r"/ (\1)", html)
    html = re.sub(r"</t[dh]>\s*<t[dh][^>]*>", " | ", re.sub(r"</(?:p|tr|pre)>", " /", html))
    html = re.sub(r"<li>", "• ", html)
    html = re.sub(r'<img\b[^>]*\balt="([^"]*)"[^>]*>', r"{\1}", html)
    plain = " ".join(unescape(_TAG.sub(" ", html)).replace("\n", " ").split())
    return re.sub(r"(?: /)+$", "", plain).replace("/ /", "/")
