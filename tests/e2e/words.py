"""Counts, over real courses, the words that the model and the learners' handouts lack.

Every word of a session file that is no comment, front matter or syntax must be in its model, and
every word of the learner's projection in the handout. Reads ../shared; skipped where that is absent.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from courseware.course import load, slugs
from courseware.model.blocks import Figure
from courseware.model.session import Session
from courseware.products.table import PRODUCTS, page
from courseware.reading.front_matter import split
from courseware.reading.text import decode

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
ARTEFACTS = 7
"""Words that this count takes apart where the page does not: marks inside a word, `&'s str`."""


def counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.lower()))


def source_words(path: Path) -> Counter[str]:
    text, _ = decode(path.read_bytes(), path.name)
    assert text is not None
    text = "\n".join(text.split("\n")[split(text)[2] :])
    for pattern in (
        r"<!--.*?-->", r"(?m)^\s*\[[^\]^]+\]:.*(?:\n\s+\S+$)?", r"(?m)^(\s*)(```+|~~~+)[^\n`]*$",
        r"\]\([^)]*\)(?:\{[^}]*\})?", r"\]\[[^\]\n]*\]", r"\{[^{}\n]*=[^{}]*\}", r"\{#[^}]*\}", r"(?m)^[ >]*:{3,}[^\n]*$",
r"<https?:[^>]*>", r"&\w+;", r"(?m)^([\s*>-]*)\d+[.)](?=\s)", r"\[\^?\w+\]", r"\[!\w+\]",
    ):  # fmt: skip
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    return counted(re.sub(r"</?[A-Za-z][^>\n]*>", "", text))


def model_words(session: Session) -> Counter[str]:
    return counted("\n".join(t.plain for t in session.texts()))


def missing(course: Path, output: Path) -> int:
    loaded = load(course)
    names = slugs(loaded.course.sessions)
    lost = 0
    for session in loaded.course.sessions:
        lacking = source_words(loaded.root / session.path) - model_words(session)
        if lacking:
            print(f"  model of {session.path} lacks {dict(lacking.most_common(8))}")
        found = page(PRODUCTS["handout"], loaded.course, session.path)
        pdf = output / "handouts" / f"{names[session.path]}.pdf"
        if found is not None and session.path not in loaded.failed:
            raw = subprocess.run(
                ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True
            )
            printed = raw.stdout
            shown = {n.alt for n in found.session.nodes() if isinstance(n, Figure)}
            shown |= {k.alt for t in found.session.texts() for k in t.links if k.image}
            alts = set(counted(" ".join(shown)))
            absent = model_words(found.session) - counted(printed)
            absent = Counter({w: n for w, n in absent.items() if w not in alts})
            if absent:
                print(f"  handout of {session.path} lacks {dict(absent.most_common(8))}")
                lost += sum(absent.values())
        lost += sum(lacking.values())
    return lost


def main() -> None:
    if not SHARED.is_dir():
        print("words: skipped: shared/ is not there")
        return
    lost = 0
    for course in (SHARED / "seeds/session-07.md", *sorted((SHARED / "courses").glob("*/"))):
        with tempfile.TemporaryDirectory() as folder:
            words = [sys.executable, str(PROJECT / "build.py"), "--course", str(course), "handouts",
                     "--output", folder, "-q"]  # fmt: skip
            done = subprocess.run(words, capture_output=True, text=True)
            print(course.name, done.stdout.strip().split("\n")[-1], done.stderr.strip()[-300:])
            lost += missing(course, Path(folder))
    print(f"{lost} words lost")
    if lost > ARTEFACTS:
        sys.exit(1)


if __name__ == "__main__":
    main()
