"""Real sessions damaged at random: reading and checking end soon, raise nothing, and lose no word.

Words are compared with the source's bytes, not with the parser's tokens: each run of four letters or more outside of
comments and front matter is in the model, in an address that it keeps, or in a finding. Of what is built, each word
of the model is in a product. `MUTATIONS` is how many sessions are read (`make soak`: 20,000), `BUILT` how many are built
(500); each has a seed of its own, from 1.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from courseware.build.driver import Order, build
from courseware.course.loading import load
from courseware.diagnostics import Severity
from courseware.inspection.carried import pieces
from courseware.inspection.leaks import letters
from courseware.language.vocabulary import vocabulary_for
from courseware.model.blocks import Figure, Math
from courseware.model.inline import Formula
from courseware.model.session import Session
from courseware.products.table import PRODUCTS
from courseware.reading.markdown.directives import DIRECTIVES
from courseware.reading.stages import read_session
from tests.support import PROJECT

COUNT = int(os.environ.get("MUTATIONS", "1000"))
BUILT = int(os.environ.get("BUILT", "20"))
TOGETHER = 10
"""Sessions of one build."""
SLOW = 10.0
"""Seconds that a session may take."""
MARKS = (
    "```\n", "~~~\n", "```python\n", "<!-- ", " -->", "<script>\n", "</div>\n", "<div>\n", "<details>\n", "::: answer\n", ":::\n", "| ", "|---|\n",
    "##", "## ", "# ", "- ", "> ", "\u00a0", "\u2003", "•", "**", "`", "$", "$$\n", "[", "]", "](", "[^1]", "{{", "}}", "{%", "<Tabs>\n",
    "</Tabs>\n", "<?", "<!", "<![CDATA[", "---\n", "===\n", "\t", "    ", "\\", "&", "<b", "{", "}", "_", "~~", "![", ": ", "1. ", "\n\n", "\n",
)  # fmt: skip
SYNTAX = frozenset(
    ["details", "summary", "script", "style", "table", "tbody", "thead", "python", "bash", "text", "markdown", "span", "class", "center",
     "colspan", "rowspan", "http", "https", "cdata", "note", "warning", "title", "tabs", "width", "height", "href", "minutes", "group",
     *DIRECTIVES]
)  # fmt: skip
"""Names of tags, directives, languages and attributes."""
FAULTS = ("C301", "C303", "C304", "C331", "C332")
"""What a session cannot be blamed for: a product not made, or one that says more or less than its session."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_SYNTAX = re.compile(
    r"(?s:<!--.*?-->)|</?[A-Za-z][^<>\n]*>|\{[^{}\n]*\}|\{\{[^{}\n]*\}\}|^[ >\t]*:[\w-]+:.*$|^[ >]*:{3,}.*$|^[ >\t-]*(?:`{3,}|~{3,}).*$"
    r"|^ *(?:class|lineno-start|audience|room|questions|name|height|figclass): .*$|\[!\w+\]|(?<=\])\[[^\[\]\n]*\]|^[ >\t-]*\[[^\[\]\n]+\]:|\.\w+(?=\[)|\?[\w=&-]+|^[ >]*(?:!!!|\?\?\?\+?|===).*$|^ *\([\w-]+\)=$",
    re.MULTILINE,
)
"""Comments, tags with their attributes, and lines that open boxes or code: names by their form."""


def seeds() -> list[str]:
    files = sorted((PROJECT / "content").rglob("*.md"))
    return [file.read_text("utf-8") for file in files]


def mutated(chance: random.Random, texts: list[str]) -> str:
    """Return a session, or a part of one, with some damage."""
    lines = chance.choice(texts).split("\n")
    start = chance.randrange(len(lines))
    lines = lines[start : start + chance.randint(5, 80)]
    changes: list[Callable[[int], None]] = [
        lambda at: lines.insert(at, chance.choice(MARKS) + lines[at]),
        lambda at: lines.__setitem__(at, _put(lines[at], chance)),
        lambda at: lines.__setitem__(at, lines[at][: chance.randint(0, len(lines[at]))]),
        lambda at: lines.insert(at, chance.choice(chance.choice(texts).split("\n"))),
        lambda at: lines.__setitem__(at, " " * chance.randint(1, 5) + lines[at]),
    ]
    for _ in range(chance.randint(1, 12)):
        chance.choice(changes)(chance.randrange(len(lines)))
    return "# Session\n\n" + "\n".join(lines)


def _put(line: str, chance: random.Random) -> str:
    at = chance.randint(0, len(line))
    return line[:at] + chance.choice(MARKS) + line[at:]


def lost(text: str) -> set[str]:
    """Return the words of a session that neither its model nor a finding holds."""
    found = read_session(text.encode(), "session.md", vocabulary_for("en"))
    if any(f.severity == Severity.ERROR for f in found.findings):
        return set()  # its author is told, and nothing is made
    lines = ["", *text.split("\n")]
    said = [f"{f.message} {f.hint} {lines[f.span.line]}" for f in found.findings]
    model = msgspec.json.decode(msgspec.json.encode(found.session))
    held = "".join(_WORD.findall(f"{_strings(model)} {' '.join(said)}")) + _strings(model)
    wanted = set(_WORD.findall(_SYNTAX.sub(" ", text)))
    return {word for word in wanted if word not in held and word.lower() not in SYNTAX}


def _strings(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(map(_strings, value.values()))
    if isinstance(value, list):
        return " ".join(map(_strings, value))
    return value if isinstance(value, str) else ""


def test_damage_loses_no_word_and_ends_soon() -> None:
    texts = seeds()
    for seed in range(1, COUNT + 1):
        text = mutated(random.Random(seed), texts)  # noqa: S311 - the same damage in every run
        begun = time.monotonic()
        gone = lost(text)
        assert not gone, f"seed {seed} loses {sorted(gone)}:\n{text}"
        assert time.monotonic() - begun < SLOW, f"seed {seed}"


def unprinted(session: Session, said: str) -> set[str]:
    """Return the words of a session that its products lack; formulas and pictures are not looked for."""
    drawn = " ".join(
        n.alt if isinstance(n, Figure) else n.tex
        for n in session.nodes()
        if isinstance(n, Figure | Math)
    )
    drawn += " ".join(
        i.tex for text in session.texts() for i in text.walk() if isinstance(i, Formula)
    )
    words = {word for text in session.texts() for word in _WORD.findall(text.plain)}
    return {word for word in words if letters(word) not in said and word not in drawn}


def test_what_is_built_of_damaged_sessions_holds_their_words(tmp_path: Path) -> None:
    texts = seeds()
    for first in range(1, BUILT + 1, TOGETHER):
        folder = tmp_path / f"{first}"
        folder.mkdir()
        for seed in range(first, min(first + TOGETHER, BUILT + 1)):
            (folder / f"{seed}.md").write_text(mutated(random.Random(seed), texts), "utf-8")  # noqa: S311
        loaded = load(folder)
        rows = tuple(row for row in PRODUCTS.values() if row.scope == "session")
        begun = time.monotonic()
        built = build(
            loaded, Order(rows, loaded.course.sessions, folder / "out"), lambda line: None
        )
        assert time.monotonic() - begun < SLOW * TOGETHER, f"seeds from {first}"
        assert not (faults := [f for f in built.findings if f.code in FAULTS]), (
            f"seeds from {first}: {faults}"
        )
        files = [*(folder / "out").glob("*/*.pdf"), *(folder / "out").glob("*/*.pptx")]
        assert files
        said = " ".join(
            letters(piece.text) for file in files for piece in pieces(file.read_bytes())
        )
        for session in loaded.course.sessions:
            if session.path not in loaded.failed:
                assert not unprinted(session, said), (
                    f"{session.path} lacks {sorted(unprinted(session, said))}"
                )
