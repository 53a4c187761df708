"""A language's file is loaded only when it is used: reading an English course loads no other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_READ = """
import sys
from pathlib import Path
opened = []
def hook(event, args):
    if event == "open" and str(args[0]).endswith(".yml") and "/language/" in str(args[0]):
        opened.append(str(args[0]).rpartition("/language/")[2])
sys.addaudithook(hook)
from courseware.language.vocabulary import vocabulary_for
from courseware.reading.stages import read_session
for path in map(Path, sys.argv[2:]):
    read_session(path.read_bytes(), path.name, vocabulary_for(sys.argv[1]))
print(*sorted(set(opened)))
"""
CONTENT = sorted(Path("content").glob("0*.md"))
OF_ALL = {"labels/answers.yml", "labels/frequent.yml"}
"""What each language calls an answer, and by which words it is known, a line each."""


def opened(stated: str, *paths: Path) -> set[str]:
    """Return the files of languages that reading sessions of a stated language opens."""
    call = [sys.executable, "-c", _READ, stated, *map(str, paths)]
    return set(subprocess.run(call, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("stated", ["en", ""])
def test_an_english_course_loads_no_other_language(stated: str) -> None:
    assert opened(stated, *CONTENT) <= {"en.yml", "frames/en.yml"} | OF_ALL


def test_a_session_loads_its_own_language_and_english(tmp_path: Path) -> None:
    session = tmp_path / "01.md"
    session.write_text("# Tee\n\n## Übung 1\n\nWas ist das?\n\n**Lösung:** Tee.\n")
    own = {"de.yml", "frames/de.yml"}
    assert own <= opened("de", session) <= {*own, "en.yml", "frames/en.yml"} | OF_ALL
