"""A course made to harm, through the command line: a finding within seconds, and no more."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import program
from tests.program import SECONDS, Ran
from tests.support import PROJECT

MOST_BYTES = 1_000_000_000
File = bytes | str | Callable[[Path], None]
TITLE = "# Title\n\n"


def run(folder: Path, files: dict[str, File], command: str = "handouts") -> Ran:
    """Run a command on a course of these files in a process of its own."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(content):
            content(path)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = () if command in ("check", "model", "times") else ("--output", "../out")
    return program.run(folder, "--course", ".", command, *said)


def harmless(ran: Ran) -> None:
    """Hold that a command ended as it should, and told what it found in printable lines."""
    assert ran.code in (0, 1), ran.err
    assert "Traceback" not in ran.err and "internal fault" not in ran.err and "C301" not in ran.err
    assert ran.peak < MOST_BYTES
    assert all(line.isprintable() for line in (ran.out + ran.err).split("\n"))


SESSIONS: list[tuple[str, str]] = [
        (TITLE + "word " * 4_000_000, "C004"),
        (TITLE + "x" * 10_000_000, "C004"),
        (TITLE + "x" * 400_000, "C007"),
        (TITLE + "> " * 1_000 + "x", "C005"),
        (TITLE + "- " * 1_000 + "x", "C005"),
        (TITLE + "\n".join("  " * i + "- x" for i in range(400)), "C005"),
        (TITLE + "::: hint\n" * 1_000, "C005"),
        (TITLE + "<div>\n\n" * 1_000 + "x", "C005"),
        (TITLE + "<div>" * 60_000 + "x", "C005"),
        (TITLE + "<b>" * 1_000 + "x", "C007"),
        (TITLE + "*a " * 2_000 + "a* " * 2_000, "C007"),
        (TITLE + "\n\n".join(["[" * 19_000] * 24), "C007"),
        (TITLE + "\n\n".join(["<" * 19_000] * 24), "C007"),
        (TITLE + "\n\n".join(["`x`{" * 4_900] * 24), "C007"),
        (TITLE + "\n\n".join(["![" * 9_900] * 24), "C007"),
        (TITLE + "x" * 19_000, "C007"),
        (TITLE + "a" + "\u0301" * 9_000, "C007"),
        ("# " + "title " * 3_000, "C007"),
        (TITLE + "|" + "a|" * 400 + "\n|" + "-|" * 400, "C007"),
        (TITLE + "<table><tr>" + "<td colspan=50>x</td>" * 9 + "</tr></table>", "C007"),
        (TITLE + "## H\n\n" * 20_000, "C007"),
        (TITLE + "```\n" + "x\n" * 20_000 + "```\n", "C007"),
        ("---\na: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n"
         "c: &c [*b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c]\ntitle: [*d, *d, *d, *d, *d]\n---\n", "C101"),
        ("---\ntitle: " + "[" * 9_000 + "\n---\n", "C101"),
        ("---\n" + "- " * 9_000 + "\n---\n", ""),
        ("---\ntitle: &a [*a]\n---\n", "C101"),
        ("---\ntitle: " + "x" * 400_000 + "\n---\n", "C101"),
        ("---\ntitle: " + "x" * 9_000 + "\n---\n", "C103"),
        ("---\nnumber: " + "9" * 9_000 + "\n---\n", "C103"),
        ("---\nduration: " + "9" * 9_000 + "\n---\n", "C103"),
        ("+++\ntitle = " + "[" * 9_000 + "\n+++\n", "C101"),
        ("+++\nnumber = " + "9" * 9_000 + "\n+++\n", "C101"),
        ("+++\n" + "a." * 9_000 + "b = 1\n+++\n", "C101"),
        (TITLE + f"## Exercise {'9' * 90} ({'9' * 340} min)\n\nx\n\n::: hint {{minutes={'9' * 5_000}}}\nx\n:::", "C115"),
        (TITLE + "::: lines 99999999999\n\n::: box 99999999999 cm", "C115"),
        (TITLE + "".join(f"x[^{i}]\n\n[^{i}]: y[^{i + 1}] z[^{i + 1}]\n\n" for i in range(300)), ""),
]  # fmt: skip
"""Sessions made to harm, and the code of what is found in each, "" where it may be read."""


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Return how `check` ends on a course of them all."""
    folder = tmp_path_factory.mktemp("sessions") / "course"
    return run(folder, {f"{n:02}.md": text for n, (text, _) in enumerate(SESSIONS)}, "check")


def test_sessions_made_to_harm_do_none(sessions: Ran) -> None:
    harmless(sessions)


@pytest.mark.parametrize("number", range(len(SESSIONS)))
def test_a_session_made_to_harm_ends_in_a_finding(sessions: Ran, number: int) -> None:
    code = SESSIONS[number][1]
    told = [line for line in sessions.err.split("\n") if line.startswith(f"{number:02}.md:")]
    assert any(f"[{code}]" in line for line in told) or not code


def huge(width: int, height: int) -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90">{}</svg>'
USES = '<g id="a0"><rect width="9" height="9"/></g>' + "".join(
    f'<g id="a{i + 1}">' + f'<use href="#a{i}"/>' * 10 + "</g>" for i in range(9)
)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.png", huge(40_000, 40_000), "C321"),
        ("a.png", huge(6_900, 6_900), "C321"),
        ("a.svg", SVG.format("<script>alert(1)</script><image href='file:///etc/passwd'/>"), "C322"),
        ("a.svg", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&a;</text>"), "C321"),
        ("a.svg", SVG.format(USES), "C321"),
        ("a.svg", SVG.format("<g>" * 9_000 + "</g>" * 9_000), "C321"),
        ("a.svg", SVG.format("<use href='http://127.0.0.1:1/x.svg#a'/>"), "C322"),
        ("a.png", os.mkfifo, "C206"),
        ("a.png", lambda path: path.symlink_to("/dev/zero"), "C208"),
        ("a.png", lambda path: path.symlink_to("a.png"), "C206"),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_picture_made_to_harm_ends_in_a_finding(
    tmp_path: Path, name: str, data: File, code: str
) -> None:
    ran = run(tmp_path / "course", {"s.md": f"{TITLE}![What it shows]({name})\n", name: data})
    harmless(ran)
    assert code in ran.err
    # An error stops the session; what is a warning is printed without the picture.
    assert (tmp_path / "out" / "handouts").is_dir() == ("error[" not in ran.err)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"b.md": os.mkfifo}, "C001"),
        ({"b.md": lambda path: path.symlink_to("/dev/zero")}, "C208"),
        ({"b.md": lambda path: path.symlink_to("b.md")}, "C208"),
        ({"d/up": lambda path: path.symlink_to("..")}, ""),
        ({"course.yml": os.mkfifo}, "C104"),
        ({"_brand.yml": os.mkfifo}, "C192"),
        ({"layouts/handout/style.css": os.mkfifo}, "C324"),
        ({"course.yml": "title: " + "x" * 400_000}, "C104"),
        ({"course.yml": "title: " + "[" * 50_000}, "C104"),
        ({"course.yml": "delivery:\n  group: " + "9" * 5_000}, "C106"),
        ({"course.yml": "modules:\n  - title: x\n    sessions: ['../../**', '/etc/*']\nsessions: ['*.md']\n"}, ""),
    ],
    ids=range(11),
)  # fmt: skip
def test_a_folder_made_to_harm_ends_in_a_finding(
    tmp_path: Path, files: dict[str, File], code: str
) -> None:
    ran = run(tmp_path / "course", {"s.md": TITLE, **files}, "check")
    harmless(ran)
    assert code in ran.err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["handouts", "slides", "model", "times"])
def test_a_pipe_beside_a_session_holds_no_command_up(tmp_path: Path, command: str) -> None:
    ran = run(tmp_path / "course", {"s.md": TITLE, "b.md": os.mkfifo}, command)
    harmless(ran)


def test_a_layout_that_the_engine_cannot_bear_ends_in_a_finding(tmp_path: Path) -> None:
    wide = (
        "<style>td { column-count: 2 }</style><table><tr><td colspan='99999999'>x</td></tr></table>"
    )
    ran = run(tmp_path / "course", {"s.md": TITLE, "layouts/handout/page.html.j2": wide})
    harmless(ran)
    assert ran.code == 1 and "layouts:1:1: error[C324]" in ran.err


NASTY = "\u202egnp\u2066\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\ufeff\u2028"


CONTROLS = {c for c in NASTY if not c.isprintable()}


@pytest.mark.slow
def test_control_and_bidi_characters_reach_no_name_no_pdf_and_no_terminal(tmp_path: Path) -> None:
    from pypdf import PdfReader

    session = (
        f"# A{NASTY}B\n\n## C{NASTY}D &#x202e;E\n\n![x{NASTY}](no{NASTY}.png)\n\n[^{NASTY}]: x\n"
    )
    front = f'---\ntitle: "F\\e[31m\\u202eG{NASTY}"\nmod\u202eule: x\n---\n'
    course = 'title: "H\\e[31m\\u202eI"\nauthor: "J\\u2066\\aK"\norg\u202ex: y\n'
    files = {f"1{NASTY}\nx.md": session, "2.md": front + session, "course.yml": course}
    ran = run(tmp_path / f"course{NASTY}", {n.replace("/", ""): c for n, c in files.items()})
    harmless(ran)
    made = sorted((tmp_path / "out" / "handouts").glob("*.pdf"))
    assert len(made) == 2
    for path in made:
        assert path.name.isascii() and path.name.isprintable()
        reader = PdfReader(path)
        marks = flat(reader.outline)
        texts = [
            *(reader.metadata or {}).values(),
            *marks,
            *(p.extract_text() for p in reader.pages),
        ]
        assert marks and all(set(str(text)).isdisjoint(CONTROLS) for text in texts)


def flat(outline: Sequence[Any]) -> list[str]:
    found: list[str] = []
    for item in outline:
        found += flat(item) if isinstance(item, list) else [item["/Title"]]
    return found


def _name_of_bytes(folder: Path) -> None:
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"n\xff.md")).write_text("# Tea\n\nWords.\n")
    except OSError:
        pytest.skip("the disk takes names in UTF-8 alone")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "handouts", "model", "times"])
def test_a_name_that_is_no_utf8_is_a_finding(tmp_path: Path, command: str) -> None:
    course: dict[str, File] = {"a.md": f"{TITLE}Words.\n", "sub": _name_of_bytes}
    for files in (course, dict[str, File]()):  # the second looks at what the first wrote down
        ran = run(tmp_path / "course", files, command)
        harmless(ran)
        assert "sub/n\ufffd.md:1:1: error[C001]: its name is not UTF-8" in ran.err
        assert ran.code == 1


@pytest.mark.parametrize(
    "command",
    ["check", "handouts --output ../out", *(pytest.param(one, marks=pytest.mark.slow) for one in ("times", "model a.md"))],
)  # fmt: skip
@pytest.mark.parametrize(("streams", "code"), [(">/dev/full", 1), (">&- 2>&-", 0), ("2>&-", 0), ("2>/dev/full", 0)])  # fmt: skip
def test_streams_that_take_nothing_end_in_a_line_at_most(
    tmp_path: Path, command: str, streams: str, code: int
) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "a.md").write_text(f"{TITLE}Words.\n")
    line = f"exec '{sys.executable}' -m courseware --course . {command} {streams}"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    ran = subprocess.run(
        ["/bin/sh", "-c", line], cwd=tmp_path / "course", env=environment,
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert ran.returncode == code, ran.stderr
    assert "Traceback" not in ran.stderr
    assert ("cannot be written" in ran.stderr) == (streams == ">/dev/full")
