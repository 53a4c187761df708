"""What changed, from two manifests alone."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from courseware.release.changes import as_text, changes, listed
from courseware.release.manifest import FORMAT, Manifest, ReleaseFile, SessionFacts
from courseware.release.pages import PageFingerprint

PAGES = st.lists(st.sampled_from("abc"), min_size=1, max_size=6)
TITLES = st.lists(st.sampled_from(["Tea", "Mate", "Cocoa", "Water"]), max_size=4)


def manifest(
    *files: ReleaseFile, sessions: tuple[SessionFacts, ...] = (), reader: str = "x"
) -> Manifest:
    return Manifest(FORMAT, "1", "Tea", "", None, False, reader, sessions, files)


def book(words: str, labels: list[str] | None = None, look: str = "") -> ReleaseFile:
    """Return a file of pages, a letter each."""
    names = labels or [""] * len(words)
    pages = tuple(PageFingerprint(w, w + look, name) for w, name in zip(words, names, strict=True))
    sha = f"{words}{labels}{look}"
    return ReleaseFile("workbook.pdf", "handout", "", "learner", 1, sha, "", "pages", pages)


def told(old: ReleaseFile, new: ReleaseFile, reader: str = "x") -> str:
    return as_text(changes(manifest(old), manifest(new, reader=reader)))


def test_pages_that_have_names_are_compared_by_them() -> None:
    old = book("abcd", ["1·1", "1·W1", "2·1", "2·2"])
    more = book("aebxcd", ["1·1", "1·2", "1·W1", "1·W2", "2·1", "2·2"])
    assert "print again pages 1·2, 1·W2 of handout, in the file 2, 4  (workbook.pdf)" in told(
        old, more
    )
    assert "take out 1·2, 1·W2 of handout" in told(more, old)


def test_a_look_is_told_apart_and_another_programs_looks_are_not_compared() -> None:
    old, new = book("abc"), book("abc", look="!")
    assert "pages 1–3 of handout look different, in the same words" in told(old, new)
    other = told(old, new, reader="y")
    assert "looks were not compared" in other and "different" not in other


def test_a_file_that_is_the_same_on_paper_is_told() -> None:
    old = book("abc")
    new = msgspec.structs.replace(old, sha256="other")
    assert "handout is the same on its pages" in told(old, new)


@given(PAGES, PAGES)
def test_every_page_that_is_another_one_is_among_those_to_print(
    old: list[str], new: list[str]
) -> None:
    found = changes(manifest(book("".join(old))), manifest(book("".join(new))))
    if old == new:
        assert not found.sessions and found.kept == 1
        return
    (file,) = found.sessions[0].files
    again = set(range(file.start, len(new) + 1)) if file.start else set(file.words)
    other = {n for n, word in enumerate(new, 1) if old[n - 1 : n] != [word]}
    assert other <= again and (file.start or other == again)


@given(TITLES, TITLES)
def test_every_session_is_told_once(old: list[str], new: list[str]) -> None:
    def facts(titles: list[str]) -> tuple[SessionFacts, ...]:
        return tuple(SessionFacts(f"{n}.md", n, t) for n, t in enumerate(titles, 1))

    found = changes(manifest(sessions=facts(old)), manifest(sessions=facts(new))).sessions
    states = [s.state for s in found]
    assert len(new) - states.count("new") == len(old) - states.count("gone")
    alone = {t for t in new if (old.count(t), new.count(t)) == (1, 1)}
    assert not alone & {s.title for s in found if s.state != "changed"}
    assert not found if old == new else True


@given(st.sets(st.integers(1, 30)))
def test_pages_are_listed_in_order_and_none_is_left_out(pages: set[int]) -> None:
    said: set[int] = set()
    for part in listed(sorted(pages)).split(", ") if pages else []:
        first, _, last = part.partition("–")
        said |= set(range(int(first), int(last or first) + 1))
    assert said == pages
