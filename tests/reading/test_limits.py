"""A file that is too much to read is given up with a finding, whatever makes it so; the rest of the course is read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from courseware.course import loading
from courseware.reading.stages import Reading, read_session
from tests.support import WORDS, read

BOMBS = {
    "quotes": ">" * 20_000 + " x",
    "lists": "".join("  " * i + "- x\n" for i in range(400)),
    "brackets": "[" * 100_000,
    "links": "[a](" * 50_000,
    "a grid": "+" + "-+" * 3_000 + "\n|" + " |" * 3_000 + "\n+" + "-+" * 3_000,
    "headings": "## A\n" * 90_000,
    "one paragraph": "a\n" * 100_000,
    "a table": "|" + "a|" * 3_000 + "\n|" + "-|" * 3_000 + "\n" + ("|" + "b|" * 3_000 + "\n") * 20,
    "numbers": "## Exercise " + "9" * 50_000 + " (" + "9" * 50_000 + " min)",
    "an entity": "&#" + "9" * 100_000 + ";",
    "boxes": "::: note\n" * 20_000,
    "a word": "a" * 400_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_ends_in_an_error(bomb: str) -> None:
    begun = time.process_time()
    errors = [f for f in read(f"# S\n\n{BOMBS[bomb]}\n").findings if f.severity == "error"]
    assert errors and time.process_time() - begun < loading.LONGEST


@pytest.mark.slow
def test_many_marks_in_a_paragraph_are_read_in_seconds() -> None:
    lines = "\n".join(["==xxx"] * 900 + ["x=="] * 900)
    begun = time.process_time()
    assert not [f for f in read(f"# S\n\n{lines}\n").findings if f.severity == "error"]
    assert time.process_time() - begun < loading.LONGEST / 4


@pytest.mark.parametrize("fault", ["memory", "time"])
def test_a_file_that_takes_too_much_is_given_up_and_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(loading, "LONGEST", 0.3)
    for name in ("01-good", "02-bad"):
        (tmp_path / f"{name}.md").write_text("# Tea\n\nWater.\n", "utf-8")

    def reader(data: bytes, path: str, *_: object) -> Reading:
        held = []
        while path.startswith("02"):
            held.append(bytearray(50_000_000 if fault == "memory" else 0))
            if fault == "time":
                held.clear()
        return read_session(data, path, WORDS)

    loaded = loading.load(tmp_path, read=reader)
    (finding,) = [f for f in loaded.findings if f.severity == "error"]
    assert (finding.code, finding.span.path) == ("C007", "02-bad.md")
    assert loaded.paths() == ("01-good.md",) and loaded.failed == {"02-bad.md"}
