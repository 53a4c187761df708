"""Counts, over real courses, the words that the model and the learners' handouts lack: none may.

Every word of a session file that is no comment, front matter or syntax must be in its model, and
every word of the learner's projection in the handout. Courses of ../shared are read where they are.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from courseware.course.loading import slugs
from courseware.model.blocks import Figure, Math
from courseware.model.inline import Formula, Text
from courseware.model.session import Session, parallels
from courseware.model.walk import own_texts, walk
from courseware.products.handout.forms import arrange
from courseware.products.table import PRODUCTS, page
from courseware.reading.source.decoding import decode
from courseware.reading.source.front_matter import split
from tests.e2e.conftest import Course

ARTEFACTS = {
    "carpentries-shell": {"l": 1, "ong": 1, "h": 1, "uman": 1},
    "comprehensive-rust": {"s": 2, "i32": 1},
}
"""Words that this count takes apart where the reader does not: `**l**ong`, `` `i32`s ``."""
SETTINGS = re.compile(
    r"(?m)(?:\A\s*|(?<=^---\n))(?:(?:class|count|exclude|layout|name|template):[^\n]*\n|\n)+"
)
"""What remark takes for a slide's own settings, behind the line that begins it."""
CLASS = re.compile(r"(?m)^\.[\w.-]+\[")
"""A block of a class, as remark has it: `.footnote[text]`."""
RUST = re.compile(r"^[ \t]*```rust\b.*?^[ \t]*```", re.M | re.S)
HIDDEN = re.compile(r"^[ \t]*#(?:[ \t].*)?$", re.M)
"""A line of Rust that mdBook's readers do not see."""
BLOCKS = (
    "br|hr|p|div|li|ul|ol|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td|details|summary|h[1-6]"
)
"""Elements of HTML that part words: `</th><th>`; others may stand inside one."""


def counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.lower()))


def source_words(path: Path) -> Counter[str]:
    text, _ = decode(path.read_bytes(), path.name)
    assert text is not None
    text = "\n".join(text.split("\n")[split(text)[3] :])
    text = CLASS.sub("[", SETTINGS.sub("", text))
    text = RUST.sub(lambda fence: HIDDEN.sub("", fence[0]), text)
    for pattern in (
        r"<!--.*?-->", r"\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|@@\w+@@", r"(?m)^\s*\[[^\]^]+\]:.*(?:\n\s+\S+$)?", r"(?m)^(\s*)(```+|~~~+)[^\n`]*$",
        r"\]\([^)]*\)(?:\{[^}]*\})?", r"\]\[[^\]\n]*\]", r"\{[^{}\n]*=[^{}]*\}", r"\{#[^}]*\}", r"(?m)^[ >]*:{3,}[^\n]*$",
r"<https?:[^>]*>", r"&\w+;", r"(?m)^([\s*>-]*)\d+[.)](?=\s)", r"\[\^?\w+\]", r"\[!\w+\]",
    ):  # fmt: skip
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    text = re.sub(rf"</?(?:{BLOCKS})\b[^>\n]*>", " ", text)
    return counted(re.sub(r"</?[A-Za-z][^>\n]*>", "", text))


def model_words(session: Session) -> Counter[str]:
    return counted("\n".join(t.plain for t in session.texts()))


def printed(pdf: Path) -> Counter[str]:
    """Return the words of a PDF as its reader finds them, in `pdftotext`'s raw order."""
    command = ["pdftotext", "-raw", str(pdf), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = counted(done.stdout)
    # A long word of code breaks anywhere, without a hyphen: "$dataf" at one line's end, "ile" below.
    for head, tail in re.findall(r"([^\W_]+)\n([^\W_]+)", done.stdout.lower()):
        found[head + tail] += 1
    return found


def said_once(session: Session) -> Counter[str]:
    """Return the words of labels that a table's head says once for all its rows."""
    found = Counter[str]()
    for group in parallels(session.sections):
        arranged = arrange(group)
        if arranged.kind in ("table", "comparison"):
            for number, label in enumerate(arranged.labels):
                cells = [row[number] for _, row in arranged.rows if row[number] is not None]
                for word, count in counted(label).items():
                    found[word] += count * (len(cells) - 1)
    return found


def formulas(found: Iterable[Text]) -> list[str]:
    """Return the TeX of the formulas in texts."""
    return [i.tex for text in found for i in text.walk() if isinstance(i, Formula)]


def absent(session: Session, pdf: Path) -> Counter[str]:
    """Return the words of a session that its PDF lacks.

    The texts of figures and formulas count as printed, and so does each label that a table's head
    says for all its rows.
    """
    shown = {n.alt for n in session.nodes() if isinstance(n, Figure)}
    shown |= {image.alt for t in session.texts() for image in t.images}
    shown |= {n.tex for n in session.nodes() if isinstance(n, Math)}
    shown |= set(formulas(session.texts()))
    there, wanted = printed(pdf), model_words(session) - said_once(session)
    for word in set(there) - set(wanted):
        if called := re.fullmatch(r"(\D+)([0-9]+)", word):  # a footnote's call, hard at a word
            there[called[1]] += there[word] if int(called[2]) <= len(session.footnotes()) else 0
    lost = wanted - there
    return Counter({w: n for w, n in lost.items() if w not in counted(" ".join(shown))})


def test_every_word_lands(
    course: Course, figure: Callable[[str], None], lacking: Callable[[str], None]
) -> None:
    if not shutil.which("pdftotext"):
        lacking("pdftotext (poppler-utils)")
    names = slugs(course.loaded.course.sessions)
    unread, unprinted, handouts = Counter[str](), Counter[str](), 0
    for session in course.loaded.course.sessions:
        unread += source_words(course.loaded.root / session.path) - model_words(session)
        found = page(PRODUCTS["handout"], course.loaded.course, session.path)
        if found is not None and session.path not in course.loaded.failed:
            pdf = course.output / "handouts" / f"{names[session.path]}.pdf"
            unprinted += absent(found.session, pdf)
            handouts += 1
    figure(f"{course.name}: {handouts} handouts; lost in reading: {dict(unread) or 'nothing'}; "
           f"lost in print: {dict(unprinted) or 'nothing'}")  # fmt: skip
    assert not unprinted
    assert dict(unread) == ARTEFACTS.get(course.name, {})


def test_every_word_of_a_worksheet_and_of_an_answer_key_lands(
    course: Course, figure: Callable[[str], None], lacking: Callable[[str], None]
) -> None:
    if not shutil.which("pdftotext"):
        lacking("pdftotext (poppler-utils)")
    names = slugs(course.loaded.course.sessions)
    missing, made = Counter[str](), Counter[str]()
    for product in (PRODUCTS["worksheet"], PRODUCTS["answers"]):
        for session in course.loaded.course.sessions:
            found = page(product, course.loaded.course, session.path)
            if found is None or session.path in course.loaded.failed:
                continue
            nodes = [n for hint in getattr(found.content, "hints", ()) for n in walk(hint.blocks)]
            nodes += walk(found.content.units)
            wanted = counted("\n".join(t.plain for n in nodes for t in own_texts(n)))
            pictures = [n.alt for n in nodes if isinstance(n, Figure)]
            pictures += [n.tex for n in nodes if isinstance(n, Math)]
            pictures += formulas(t for n in nodes for t in own_texts(n))
            told = msgspec.structs.replace(found.session, sections=tuple(found.content.units))
            pdf = course.output / product.folder / f"{names[session.path]}.pdf"
            lost = wanted - said_once(told) - printed(pdf)
            shown = counted(" ".join(pictures))
            missing += Counter({w: n for w, n in lost.items() if w not in shown})
            made[product.name] += 1
    figure(f"{course.name}: {dict(made) or 'no worksheet'}; lost: {dict(missing) or 'nothing'}")
    assert not missing
