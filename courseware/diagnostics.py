"""What an author is told: a place, a code, what is wrong and how to mend it.

Reading and checking never raise on what an author wrote; they return `Diagnostic` values.
`CODES` is the table of everything that can be said, with its severity.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a finding matters: an error stops its session's products."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(msgspec.Struct, frozen=True, array_like=True):
    """A place in a source file: path as the course names it, line and column from 1, in characters (NFC).

    Line 0 means no place in it: what is wrong is no text of an author's.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    """Last line of what is meant; 0 where it is the same line."""


class Edit(msgspec.Struct, frozen=True):
    """A replacement in a line of a finding's file: `was` becomes `now`.

    What is meant is the first `was` at or behind `column`, whatever its capitals. Where `was` is "",
    `now` is put in there; at column 0, at the line's end.
    """

    line: int
    column: int
    was: str
    now: str


class CodeRow(msgspec.Struct, frozen=True):
    """A row of `CODES`: the severity and the title of one kind of finding."""

    severity: Severity
    title: str


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding: `code` is a key of `CODES`, `hint` says how to mend it, `line` is the source.

    `mend` are the edits that do it together, where that is a replacement of text; else none.
    """

    code: str
    message: str
    span: Span
    hint: str = ""
    line: str = ""
    mend: tuple[Edit, ...] = ()

    @property
    def severity(self) -> Severity:
        """Severity as the table says."""
        return CODES[self.code].severity


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
_ROWS: tuple[tuple[str, Severity, str], ...] = (
    ("C001", E, "a file cannot be read"),
    ("C002", W, "damaged text was repaired"),
    ("C003", N, "a file is left out"),
    ("C004", E, "a file is larger than the program reads"),
    ("C005", E, "blocks are nested too deep"),
    ("C006", W, "an identifier stands twice"),
    ("C007", E, "a text is more than the program reads"),
    ("C101", E, "the front matter cannot be read"),
    ("C102", W, "an unknown key in the front matter"),
    ("C103", E, "a wrong value in the front matter"),
    ("C104", E, "course.yml cannot be read"),
    ("C105", W, "an unknown key in course.yml"),
    ("C106", E, "a wrong value in course.yml"),
    ("C107", N, "a language was guessed"),
    ("C111", E, "a directive is not closed"),
    ("C112", W, "an unknown directive"),
    ("C113", W, "an unknown attribute"),
    ("C114", W, "a closing line without an open directive"),
    ("C115", W, "a wrong value of an attribute"),
    ("C121", W, "HTML that is not kept"),
    ("C122", W, "a footnote that nothing refers to"),
    ("C123", N, "a mark of a block is read as the usual one"),
    ("C124", W, "a fence, a comment or a tag is never closed"),
    ("C125", W, "a row of a table has too many cells"),
    ("C126", W, "a reference leads to nothing"),
    ("C127", W, "a template's language is left out"),
    ("C128", N, "a link's or picture's title is not printed"),
    ("C131", N, "a file is for the facilitator as a whole"),
    ("C132", N, "a number guessed from a name is taken already"),
    ("C133", W, "a value that is not written right"),
    ("C140", N, "texts are withheld by their words"),
    ("C141", W, "texts are withheld in doubt"),
    ("C142", W, "a directive's name is near one that hides"),
    ("C143", W, "two colons open no directive"),
    ("C144", W, "a block for products that there are not"),
    ("C145", W, "for= names nobody"),
    ("C150", W, "a length that no plan fits"),
    ("C151", N, "a plan leaves out every exercise of an objective"),
    ("C152", N, "more than 45 minutes of talk in a row"),
    ("C153", N, "practice is less than a third of the time"),
    ("C154", N, "an objective that nobody can observe"),
    ("C155", N, "an objective that no exercise practises"),
    ("C156", N, "an exercise without a debrief"),
    ("C157", N, "an aside beside what is withheld is the learners'"),
    ("C158", N, "what names who leads is the learners'"),
    ("C170", W, "a name that no sentence or list of words has"),
    ("C171", W, "a hole that a sentence does not have"),
    ("C172", W, "a language that is no tag"),
    ("C173", W, "a language without words"),
    ("C174", W, "a course that does not fit its days"),
    ("C175", W, "a segment crosses a break, or leaves minutes empty before it"),
    ("C176", W, "a layout uses a name that has changed"),
    ("C177", W, "a version of layouts that there is not"),
    ("C178", W, "a day that goes on beyond its end, or is nearly empty"),
    ("C179", W, "days changed without a new revision"),
    ("C180", N, "what looks like a time is not planned"),
    ("C182", N, "a link's definition is not used"),
    ("C185", N, "an exercise in which nothing asks for words"),
    ("C186", N, "writing space without a task"),
    ("C187", E, "a release's manifest cannot be read"),
    ("C188", E, "a version is released already"),
    ("C189", W, "a diagram is not drawn"),
    ("C190", N, "lines of a program in a page are left out"),
    ("C191", N, "the order of the sessions comes from another tool's files"),
    ("C192", W, "a brand says what cannot be used"),
    ("C194", W, "a picture's address holds no picture"),
    ("C195", W, "a diagram cannot be drawn"),
    ("C196", N, "a part of a session has more slides than minutes"),
    ("C197", W, "a file that is included cannot be had"),
    ("C198", N, "what says to write has no space"),
    ("C199", W, "a colour contrasts too little with its ground"),
    ("C201", E, "two sessions state one number"),
    ("C202", W, "a heading level is skipped"),
    ("C203", W, "exercises state no time"),
    ("C204", W, "stated times exceed the session's length"),
    ("C205", W, "a link leads to no file"),
    ("C206", W, "an image is missing"),
    ("C207", W, "an image has no alternative text"),
    ("C208", E, "a path leaves the course"),
    ("C209", W, "a remote image is not fetched"),
    ("C210", E, "a page lacks letters"),
    ("C220", W, "times inside a block add up to more than the block's own"),
    ("C221", N, "an hour and a half without a break"),
    ("C222", N, "the run sheet is shorter than the session"),
    ("C223", N, "a session says nothing to its facilitator"),
    ("C225", N, "exercises or questions without an answer"),
    ("C301", E, "a product could not be made"),
    ("C302", W, "the layout engine reports"),
    ("C303", E, "a product's process died"),
    ("C304", E, "a product took too long"),
    ("C305", E, "the output cannot be written"),
    ("C306", E, "a library is of another version"),
    ("C307", E, "a file is another course's"),
    ("C308", W, "a short text that is withheld stands in a file"),
    ("C309", W, "a slide template leads out of its file"),
    ("C311", E, "a slide template cannot be read"),
    ("C312", W, "a slide template lacks layouts"),
    ("C313", W, "a font of a slide template is not known"),
    ("C314", W, "a wrong entry under layouts"),
    ("C315", W, "the layout of slides writes what no slide can hold"),
    ("C321", W, "a picture cannot be printed"),
    ("C322", W, "parts of a drawing are left out"),
    ("C323", W, "a formula cannot be set"),
    ("C324", E, "a layout cannot be used"),
    ("C331", E, "a file holds what is withheld from its readers"),
    ("C332", W, "a file does not say what its session says"),
)
CODES: dict[str, CodeRow] = {code: CodeRow(severity, title) for code, severity, title in _ROWS}
if len(CODES) != len(_ROWS):
    raise RuntimeError("a diagnostic code stands twice in the table")


NEAR = 70
"""Of 100, how alike two names must be for one to be a slip of the other: `titel` and `title` are 80."""
BEGUN = 3
"""Characters of a word that may be a name's beginning: `sub` of `subtitle`."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known name nearest to `word` as a whole, or that it begins; "" where none is near.

    Capitals count for nothing; a name that only is a part of the word is not near.
    """
    from rapidfuzz import fuzz, process

    names = list(known)
    found = process.extractOne(
        word, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=NEAR
    )
    if found:
        return str(found[0])
    begun = word.casefold() if len(word) >= BEGUN else "\n"
    return next((name for name in names if name.casefold().startswith(begun)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the hint that names the nearest known name, or ""."""
    name = nearest(word, known)
    return f'did you mean "{name}"?' if name else ""


def renaming(word: str, known: Iterable[str], at: Span) -> tuple[str, tuple[Edit, ...]]:
    """Return the hint that names the nearest known name, and the edit that writes it; "" and none."""
    name = nearest(word, known)
    mend = (Edit(at.line, at.column, word, name),) if name else ()
    return (f'did you mean "{name}"?' if name else ""), mend


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort findings by place and drop what is said twice."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda d: (d.span.path, d.span.line, d.span.column, d.code)))


def printable(text: str) -> str:
    """Replace control and bidirectional characters, which could forge a terminal's lines."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


SHOWN = 200
"""Characters of a source line that are shown; a place behind them is told by its column alone."""


def as_text(finding: Diagnostic) -> str:
    """Return a finding as a compiler prints it: one line, the source line and a caret."""
    span = finding.span
    hint = f" ({finding.hint})" if finding.hint else ""
    place = f"{span.path}:{span.line}:{span.column}" if span.line else span.path
    head = printable(f"{place}: {finding.severity}[{finding.code}]: {finding.message}{hint}")
    if not finding.line.strip() or span.column > SHOWN:
        return head
    shown = printable(finding.line.rstrip().replace("\t", " "))[:SHOWN]
    return f"{head}\n  {shown}\n  {' ' * (span.column - 1)}^"


def as_json(findings: Iterable[Diagnostic]) -> bytes:
    """Return findings as a JSON array, severity included."""
    rows = [{"severity": d.severity, **msgspec.structs.asdict(d)} for d in findings]
    for row in rows:
        row["span"] = dict(
            zip(Span.__struct_fields__, msgspec.structs.astuple(row["span"]), strict=False)
        )
    return msgspec.json.format(msgspec.json.encode(rows), indent=2)
