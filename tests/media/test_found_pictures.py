"""Pictures where sites keep them, addresses that hold none, and drawings that state no size."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from courseware.checking.rules import check
from courseware.course.found_pictures import picture_file
from courseware.course.loading import load
from courseware.media.drawing_box import MARGIN, drawn_box
from courseware.media.svg import cleaned


def png(size: tuple[int, int] = (30, 20)) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, "white").save(kept, "PNG")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("file", "written"),
    [("static/img/a.png", "/img/a.png"), ("docs/img/a.png", "../img/a.png"), ("assets/a.png", "{{ site.baseurl }}/assets/a.png"),
     ("src/images/a.png", "/images/a.png"), ("content/ch/a b.png", "a b.png"), ("content/ch/a.png", "..\\ch\\a.png"),
     ("fig/a.png", "{{ page.root }}/fig/a.png"), ("static/img/a.png", "@site/static/img/a.png"), ("content/ch/fig/a.png", "fig/a.png")],
)  # fmt: skip
def test_a_picture_is_found_as_its_site_finds_it(tmp_path: Path, file: str, written: str) -> None:
    place = tmp_path / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(png())
    (tmp_path / "content/ch").mkdir(parents=True, exist_ok=True)
    (tmp_path / "content/ch/s.md").write_text(f"# T\n\n## A\n\n![It]({written})\n", "utf-8")
    loaded = load(tmp_path)
    assert not {f.code for f in check(loaded)} & {"C206", "C127"}
    [figure] = [n for n in loaded.course.sessions[0].nodes() if hasattr(n, "source")]
    assert picture_file(tmp_path, figure.source) == place


def test_a_file_beside_is_taken_before_one_elsewhere_and_none_outside(tmp_path: Path) -> None:
    for name in ("course/img/a.png", "course/static/img/a.png", "outside.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(png())
    root = tmp_path / "course"
    assert picture_file(root, "img/a.png") == root / "img/a.png"
    assert picture_file(root, "../outside.png") is None
    assert picture_file(root, "/outside.png") is None
    assert picture_file(root, "") is None


GOOD = base64.b64encode(png((200, 90))).decode()


@pytest.mark.parametrize(
    ("address", "told"),
    [(f"data:image/png;base64,{GOOD}", False), (f"data:image/png;base64,{GOOD[:28]}", True), ("data:text/html;base64,AAAA", True),
     ("data:,", True), ("data:image/png;base64,%%%", True), ("data:image/svg+xml;utf8,<svg/>", False)],
)  # fmt: skip
def test_an_address_that_holds_no_picture_is_told_and_is_no_text(
    tmp_path: Path, address: str, told: bool
) -> None:
    (tmp_path / "s.md").write_text(f"# T\n\n## A\n\n![It](<{address}>)\n\n![Or]({address})\n")
    loaded = load(tmp_path)
    codes = [f.code for f in check(loaded)]
    assert ("C194" in codes) == told
    if "<" not in address:
        assert "data:" not in " ".join(t.plain for t in loaded.course.sessions[0].texts())


@pytest.mark.parametrize(
    ("inside", "box"),
    [('<rect x="10" y="10" width="500" height="300"/>', (510, 310)), ('<circle cx="700" cy="350" r="60"/>', (760, 410)),
     ('<g transform="translate(100 50) scale(2)"><line x2="40" y2="30"/></g>', (180, 110)), ('<path d="M10 10 l 100 0 v 50 H 5"/>', (110, 60)),
     ('<polygon points="0,0 90,20 30,70"/>', (90, 70)), ('<defs><rect width="900" height="900"/></defs><rect width="9" height="9"/>', (9, 9))],
)  # fmt: skip
def test_a_drawing_without_a_size_is_as_large_as_what_it_draws(
    inside: str, box: tuple[float, float]
) -> None:
    found = drawn_box(ElementTree.fromstring(f"<svg>{inside}</svg>"))
    assert found is not None
    assert (found[0] + found[2], found[1] + found[3]) == (box[0] + MARGIN, box[1] + MARGIN)
    made = cleaned(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())
    assert b"viewBox" in made.data and made.width_mm > 0
