"""Bytes to text: encodings, line ends, and the repair of damaged text.

A file is repaired only if all of it re-encodes in one single-byte encoding, decodes as UTF-8 then,
and the result is less suspect. A sound file is never touched but for one thing: letters and their
accents, written apart, become one character (NFC), as all words that are looked for are written.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

from courseware.diagnostics import Diagnostic, Span

WRONG_ENCODINGS = ("mac_roman", "cp1252", "latin-1")
LARGEST = 500_000
"""Bytes of a session file that are read at most: some two hundred pages; a long one has 60,000."""
LARGEST_NOTEBOOK = 4_000_000
"""Bytes of a notebook, whose pictures are in it."""
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
"""What ends a line, in word processors too."""
_FILE = re.compile(r"((?<=\]\()<[^<>\n#]+|(?<=\]\()[^()<>\s#]+|\bsrc=\"[^\"\n]*\")")
"""What a link or picture names, up to the heading in it."""
_ENDING = re.compile("[\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, those that turn the direction of writing for what follows, halves of
characters: nothing prints them, and in a title or a finding they deceive."""


def largest(path: str) -> int:
    """Return how many bytes a session's file may have."""
    return LARGEST_NOTEBOOK if path.lower().endswith(".ipynb") else LARGEST


def decode(data: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    """Return the text of a file, or None where there is none to read, and what was found."""
    place = Span(path)
    most = largest(path)
    if len(data) > most:
        return None, [Diagnostic("C004", f"it has more than {most:,} bytes", place, "split it")]
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Diagnostic("C001", "this is not a text file", place)]
    text, encoding = _decoded(data)
    findings = []
    if encoding:
        findings.append(
            Diagnostic("C002", f"not UTF-8; read as {encoding}", place, "save it as UTF-8")
        )
    if _ENDING.search(text):
        text = _LINE_END.sub("\n", text)
    repaired, wrong = repair(text)
    if wrong:
        lines = zip(text.split("\n"), repaired.split("\n"), strict=True)
        count = sum(a != b for a, b in lines)
        message = f"damaged text repaired in {count} lines (UTF-8 had been read as {wrong})"
        findings.append(Diagnostic("C002", message, place, "save the repaired text as UTF-8"))
    bare = without_controls(repaired)
    if bare != repaired:
        first = next(_CONTROLS.finditer(repaired))
        at = repaired.count("\n", 0, first.start()) + 1
        message = f"{len(repaired) - len(bare)} control characters are left out"
        findings.append(Diagnostic("C002", message, Span(path, at), "delete them"))
    return composed(bare), findings


def composed(text: str) -> str:
    """Return a text with letters and their accents as one character (NFC); names of files stay as on the disk."""
    if text.isascii() or is_normalized("NFC", text):
        return text
    kept = _FILE.split(text)  # every second one is a file's name
    return "".join(s if at % 2 else normalize("NFC", s) for at, s in enumerate(kept))


def without_controls(text: str) -> str:
    """Return a text without characters that control a terminal or the direction of writing."""
    return text if text.isascii() and text.isprintable() else _CONTROLS.sub("", text)


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "Latin-1"


def repair(text: str) -> tuple[str, str]:
    """Return `text` mended and the encoding it had wrongly been read in, or itself and ""."""
    if text.isascii():
        return text, ""
    for encoding in WRONG_ENCODINGS:
        try:
            mended = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        from ftfy.badness import badness

        if mended != text and badness(mended) < badness(text):
            return mended, {"mac_roman": "Mac Roman", "cp1252": "Windows-1252"}.get(
                encoding, "Latin-1"
            )
    return text, ""
