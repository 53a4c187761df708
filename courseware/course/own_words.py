"""A course's own words: what `words` and `vocabulary` in course.yml name that there is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from courseware.diagnostics import Diagnostic, Span, did_you_mean
from courseware.language.files import base
from courseware.language.plurals import FORMS, forms
from courseware.language.printed import HOLE, english, holes_of
from courseware.language.vocabulary import list_names
from courseware.reading.source.front_matter import Value


def check_words(item: Value, language: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the sentences that a course says instead: their names, holes, forms."""
    for name, said in _entries(item):
        if name not in english():
            yield _unknown(f'words: no sentence is called "{name}"', said, name, english())
            continue
        for form, text in _entries(said):
            if form not in forms(base(language)) and form != "other":
                message = f'words: "{name}" has no form "{form}" in this language'
                yield _unknown(
                    message, text, form, [f for f in FORMS if f in forms(base(language))]
                )
        yield from _holes(name, said)


def _holes(name: str, said: Value) -> Iterator[Diagnostic]:
    known = holes_of(english()[name])
    texts = [said, *(text for _, text in _entries(said))]
    written = {h for t in texts if isinstance(t.value, str) for h in HOLE.findall(t.value)}
    for hole in sorted(written - known):
        has = ", ".join(f"{{{h}}}" for h in sorted(known)) or "none"
        message = f'words: "{name}" has no hole "{{{hole}}}"'
        yield Diagnostic(
            "C171", message, Span("course.yml", said.line, said.column), f"it has {has}"
        )


def check_vocabulary(item: Value) -> Iterator[Diagnostic]:
    """Yield the lists that a course adds words to and that there are not."""
    known = list_names()
    for name, said in _entries(item):
        if name not in known:
            yield _unknown(f'vocabulary: no list is called "{name}"', said, name, known)


def _unknown(message: str, at: Value, name: str, known: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        "C170", message, Span("course.yml", at.line, at.column), did_you_mean(name, tuple(known))
    )


def _entries(item: Value) -> list[tuple[str, Value]]:
    return list(item.value.items()) if isinstance(item.value, dict) else []
