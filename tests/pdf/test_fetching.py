"""Nothing leaves or enters the course: by no address, link, encoding, style sheet, drawing or layout."""

from __future__ import annotations

import base64
import io
import socket
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from courseware.course.loading import load
from courseware.folders import layouts
from courseware.pdf.fetching import CourseFetcher
from courseware.pdf.pages import written
from courseware.pdf.writer import WrittenPdf
from courseware.products.table import PRODUCTS, page
from tests.media.test_pictures import png

SECRET = "SECRETWORD"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a course with a secret beside it, and links to that inside."""
    course = tmp_path / "course"
    (course / "layouts").mkdir(parents=True)
    (tmp_path / "secret.css").write_text(f"p::after {{ content: '{SECRET}' }}", "utf-8")
    Image.new("RGB", (50, 50), "red").save(tmp_path / "secret.png")
    (course / "link.css").symlink_to("../secret.css")
    (course / "link.png").symlink_to("../secret.png")
    (course / "up").symlink_to("..")
    (course / "layouts" / "up").symlink_to("../..")
    Image.new("RGB", (50, 50), "blue").save(course / "fine.png")
    return course


@pytest.mark.parametrize(
    "path",
    ["../secret.png", "%2e%2e/secret.png", ".%2E/secret.png", "link.png", "link.css", "up/secret.png",
     "up/secret.css", "layouts/up/secret.css", "layouts/../../secret.png", "fine.png/../../secret.png",
     "//secret.png", "..%2fsecret.png", "%00", "fine.png%00.css", "layouts", "", "a" * 5_000],
)  # fmt: skip
def test_no_path_leads_out(root: Path, path: str) -> None:
    with pytest.raises((ValueError, OSError)):
        CourseFetcher(root).fetch(f"{root.as_uri()}/{path}")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/a.png", "https://x.example/a.css", "ftp://x.example/a", "file://host/etc/passwd",
     "file:///etc/passwd", "FILE:///etc/passwd", "file:///proc/self/environ", "//x.example/a.png",
     "jar:file:///etc/passwd", "data:", "data:image/png;base64,!!!", "data:text/html,<b>x</b>",
     "data:image/svg+xml,<svg", "about:blank", ""],
)  # fmt: skip
def test_no_address_is_opened(root: Path, url: str) -> None:
    with pytest.raises((ValueError, OSError)):
        CourseFetcher(root).fetch(url)


@pytest.mark.parametrize(
    "data", [png(40_000, 40_000), b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 900]
)
def test_no_address_is_a_bomb(root: Path, data: bytes) -> None:
    kind = "image/png" if data.startswith(b"\x89") else "image/svg+xml"
    with pytest.raises(ValueError, match=r"pixels|well-formed|nested"):
        CourseFetcher(root).fetch(f"data:{kind};base64,{base64.b64encode(data).decode()}")


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.css", png(10, 10)), ("a.css", b"<svg/>"), ("a.ttf", b"text"), ("a.woff2", b"<svg/>"),
     ("a.html", b"<b>x</b>"), ("a.txt", b"x"), ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n"),
     ("a.css", zlib.compress(b"x"))],
)  # fmt: skip
def test_only_what_a_file_says_it_is_is_handed_over(root: Path, name: str, data: bytes) -> None:
    (root / name).write_bytes(data)
    with pytest.raises(ValueError, match=r"is no|cannot be printed"):
        CourseFetcher(root).fetch((root / name).as_uri())


def test_what_lies_inside_is_opened(root: Path) -> None:
    fetcher = CourseFetcher(root)
    assert fetcher.fetch((root / "fine.png").as_uri()).content_type == "image/png"
    assert fetcher.fetch((layouts() / "shared" / "design.css").as_uri()).content_type == "text/css"
    (root / "inside.png").symlink_to("fine.png")
    assert fetcher.fetch((root / "inside.png").as_uri()).content_type == "image/png"


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """Return a port of this machine, and what anybody has sent to it so far."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                heard.append(connection.recv(100))
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        done.set()
        thread.join()


WAYS = """
@import "{0}.css"; @import url({0}.css);
@font-face {{ font-family: "Own"; src: url({0}.ttf), url({0}.css) }}
@page {{ background: url({0}.png); @top-left {{ content: url({0}.png) }} }}
p {{ background-image: url({0}.png); list-style-image: url({0}.png); font-family: "Own" }}
p::before {{ content: url({0}.png) }}
p::after {{ content: attr(title url) }}
"""
HTML = """{{% extends "built-in/handout/page.html.j2" %}}
{{% block head %}}{{{{ super() }}}}<base href="{0}"><link rel="stylesheet" href="{0}.css">
<link rel="attachment" href="{0}.css"><style>@import "{0}.css";</style>{{% endblock %}}
{{% block end %}}<img alt="x" src="{0}.png"><object data="{0}.png">x</object><embed src="{0}.png">
<iframe src="{0}.css"></iframe><video src="{0}.png"></video><p style="background: url({0}.png)">y</p>
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>z</title><image href="{0}.png" width="9"
height="9"/><use href="{0}.svg#a"/><rect width="5" height="5" fill="url({0}.svg#a)"/></svg>{{% endblock %}}
"""
SESSION = """# T

![a]({0}.png) and <img src="{0}.png" alt="b"> and <a href="{0}.css">c</a>.

![d](own.svg)

<p style="background: url({0}.png)"><link rel="stylesheet" href="{0}.css"><style>@import "{0}.css"</style></p>
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="50" height="50"
xml:base="{0}"><style>@import "{0}.css"; rect {{ fill: url({0}.svg#a) }}</style><image x:href="{0}.png" width="9"
height="9"/><use x:href="{0}.svg#a"/><rect width="9" height="9" style="mask: url({0}.svg#b)"/></svg>"""


@pytest.mark.parametrize(
    "place",
    ["../secret", "%2e%2e/secret", "/etc/hostname", "link", "up/secret", "file://{outside}/secret",
     "http://127.0.0.1:{port}/secret", "//127.0.0.1:{port}/secret", "https://127.0.0.1:{port}/secret"],
)  # fmt: skip
def test_a_whole_course_reaches_nothing_outside(
    root: Path, listener: tuple[int, list[bytes]], place: str
) -> None:
    port, heard = listener
    made = by_every_way(root, place.format(port=port, outside=root.parent))
    reader = PdfReader(io.BytesIO(made.data))
    text = " ".join(sheet.extract_text() for sheet in reader.pages)
    assert heard == []
    assert SECRET not in text and SECRET.encode() not in made.data
    assert pictures(reader) == 0 and reader.attachments == {}
    assert made.reports != ()


def test_the_same_ways_lead_to_what_lies_inside(root: Path) -> None:
    (root / "fine.css").write_text(f"h1::after {{ content: '{SECRET}' }}", "utf-8")
    reader = PdfReader(io.BytesIO(by_every_way(root, "fine").data))
    assert pictures(reader) > 0 and SECRET in reader.pages[0].extract_text()


def pictures(reader: PdfReader) -> int:
    return sum(len(sheet.images) for sheet in reader.pages)


def by_every_way(root: Path, target: str) -> WrittenPdf:
    """Return the handout of a course that asks for files called `target` in every way there is."""
    (root / "layouts" / "shared").mkdir()
    (root / "layouts" / "handout").mkdir()
    deeper = target if target.startswith(("/", "http", "file")) else f"../../{target}"
    (root / "layouts" / "shared" / "course.css").write_text(WAYS.format(deeper), "utf-8")
    (root / "layouts" / "handout" / "page.html.j2").write_text(HTML.format(target), "utf-8")
    (root / "own.svg").write_text(SVG.format(target), "utf-8")
    (root / "s.md").write_text(SESSION.format(target), "utf-8")
    return handout(root)


def handout(root: Path) -> WrittenPdf:
    loaded = load(root)
    found = page(PRODUCTS["handout"], loaded.course, "s.md")
    assert found is not None
    return written(found, root, "a4")
