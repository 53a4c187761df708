"""Files that a session includes: within the course only, some lines or what stands between anchors."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.course.includes import MOST_BYTES, with_includes
from courseware.course.loading import load
from courseware.model.blocks import Code

CODE = "// ANCHOR: a\none\n// ANCHOR: b\ntwo\n// ANCHOR_END: b\nthree\n// ANCHOR_END: a\nfour\n"


def course(root: Path, body: str) -> Path:
    (root / "code").mkdir()
    (root / "code" / "main.rs").write_text(CODE, "utf-8")
    (root / "01-a.md").write_text(f"# T\n\n## A\n\n{body}\n\n[gone](gone.md)\n", "utf-8")
    return root


def code(root: Path) -> list[str]:
    return [n.text for s in load(root).course.sessions for n in s.nodes() if isinstance(n, Code)]


@pytest.mark.parametrize(
    ("part", "lines"),
    [("", "one two three four"), (":a", "one two three"), (":b", "two"), (":2:4", "one two"), (":8", "four"),
     (":6:", "three four"), (":none", ""), (":2", "one"), (":a ", "one two three")],
)  # fmt: skip
def test_what_is_included_stands_in_the_code(tmp_path: Path, part: str, lines: str) -> None:
    course(tmp_path, f"```rust\nfirst\n{{{{#include code/main.rs{part}}}}}\nlast\n```")
    assert [text.split() for text in code(tmp_path)] == [["first", *lines.split(), "last"]]
    assert "\ue00a" not in str(load(tmp_path).course)


def test_what_follows_keeps_its_line(tmp_path: Path) -> None:
    from courseware.checking.rules import check

    course(tmp_path, "```rust\n{{#rustdoc_include code/main.rs}}\n```")
    assert [f.span.line for f in check(load(tmp_path)) if f.code == "C205"] == [9]


@pytest.mark.parametrize("target", ["gone.rs", "../secret.txt", "/etc/passwd", "../../etc/passwd", "code", "link.txt"])  # fmt: skip
def test_what_is_not_in_the_course_is_told_and_left_out(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "course").mkdir()
    root = course(tmp_path / "course", f"```rust\nx\n{{{{#include {target}}}}}\n```")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    loaded = load(root)
    assert [(f.code, f.span.line) for f in loaded.findings if f.code == "C197"] == [("C197", 7)]
    assert "secret" not in str(loaded.course.sessions) and code(root) == ["x"]


def test_text_that_is_included_is_read_as_text(tmp_path: Path) -> None:
    course(tmp_path, "{{#include part.md}}")
    (tmp_path / "part.md").write_text("Some *words*.\n\n::: instructor\nSecret.\n:::\n", "utf-8")
    (tmp_path / "course.yml").write_text("sessions: [01-a.md]\n", "utf-8")
    course_ = load(tmp_path).course.for_audience("learner")
    plain = [t.plain for s in course_.sessions for t in s.texts()]
    assert "Some words." in plain and "Secret." not in plain


def test_not_more_is_included_than_a_session_may_have(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("x" * (MOST_BYTES // 3), "utf-8")
    data, told = with_includes(
        tmp_path, "a.md", b"```\n" + b"{{#include big.txt}}\n" * 5000 + b"```\n"
    )
    assert len(data) < MOST_BYTES * 2 and len(told) == 4997
