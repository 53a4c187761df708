"""What is wrong with a value of `course.yml`, said in its author's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from courseware.diagnostics import CODES, Diagnostic, Span, did_you_mean, nearest, renaming
from courseware.language.catalogue import base
from courseware.language.plurals import FORMS, forms
from courseware.language.printed import HOLE, english, holes_of
from courseware.language.vocabulary import HOLES, TABLES, list_names, table_keys, takes_words
from courseware.reading.source.yaml_values import Value
from courseware.schedule.days import PATTERNS
from courseware.versions import __version__

_STEP = re.compile(r"\.([\w-]+)|\[(\d+|\.{3})\]")
MOST_FAULTS = 12
"""Faults of one value that are told."""

_KINDS = {
    "array": "a list",
    "object": "keys with values",
    "str": "a text",
    "int": "a whole number",
    "bool": "true or false",
    "null": "nothing",
}

_FIELD = re.compile(r"Object (?P<what>contains unknown|missing required) field `(?P<name>.*)`\Z")

_REGEX = re.compile(r"matching regex '?(.*?)'?\Z")


def each_fault(
    item: Value, key: str, known: Iterable[str], convert: Callable[[Value], object]
) -> Iterator[tuple[str, Value, str]]:
    """Yield what is wrong with a key's value, as `in_words` returns it: each part is left out once it is told."""
    lost = set[tuple[int, int, str]]()
    for _ in range(MOST_FAULTS):
        try:
            convert(item)
            return
        except msgspec.ValidationError as error:
            message, at, hint = in_words(str(error), item, key, known)
        missing = message.rpartition('it has no "')[2].rstrip('"')
        follows = (at.line, at.column, missing) in lost
        if not follows and not (lost and at.value in ([], {})):
            yield message, at, hint
        strange = message.rpartition(': unknown key "')[2].rstrip('"')
        left = _without(item, at, lost, nearest(strange, known))
        if left is None:
            return
        item = left


def _without(item: Value, gone: Value, lost: set[tuple[int, int, str]], meant: str) -> Value | None:
    """Return a value without a part of it, None where that is all; its key is `lost`, or the one that is `meant`."""
    if item is gone:
        return None
    if isinstance(item.value, list):
        kept = (_without(one, gone, lost, meant) for one in item.value)
        return Value([one for one in kept if one is not None], item.line, item.column)
    if not isinstance(item.value, dict):
        return item
    pairs = dict[str, Value]()
    for name, one in item.value.items():
        left = _without(one, gone, lost, meant)
        if left is not None:
            pairs[name] = left
        elif meant and meant not in item.value:
            pairs[meant] = one
        else:
            lost.add((item.line, item.column, name))
    return Value(pairs, item.line, item.column)


def in_words(said: str, item: Value, key: str, known: Iterable[str]) -> tuple[str, Value, str]:
    """Return the library's message on a key's value in plain words, the value it is about, and a hint.

    `known` are the keys that may stand in values.
    """
    problem, _, path = said.partition(" - at `$")
    at, place = item, key
    for name, index in _STEP.findall(path.rstrip("`"))[1:]:
        if name and isinstance(at.value, dict) and name in at.value:
            at, place = at.value[name], f"{place}: {name}"
        elif index == "..." and isinstance(at.value, dict) and len(at.value) == 1:
            ((name, at),) = at.value.items()
            place = f"{place}: {name}"
        elif index.isdigit() and isinstance(at.value, list) and int(index) < len(at.value):
            at = at.value[int(index)]
        else:
            break
    field = _FIELD.match(problem)
    if field and field["what"].startswith("missing"):
        return f'"{place}": it has no "{field["name"]}"', at, f'write "{field["name"]}: …"'
    if field:
        stands = at.value.get(field["name"], at) if isinstance(at.value, dict) else at
        return (
            f'"{place}": unknown key "{field["name"]}"',
            stands,
            did_you_mean(field["name"], known),
        )
    plain = _plain(problem)
    return f'"{place}": {plain}', at, _instead(plain, at, place.rpartition(": ")[2])


_MODULE = 'write "- title: First", and below it "  sessions: [a.md]", below "modules:"'


def _instead(problem: str, item: Value, key: str) -> str:
    """Return what to write in place of a value of the wrong kind, as an author would write it."""
    several = item.value if isinstance(item.value, list) else []
    words = [str(one.value) for one in several if not isinstance(one.value, dict | list)]
    for wanted, hint in (
        (
            ("it must be a list, not keys", _MODULE)
            if key == "modules"
            else (
                "it must be a list, not keys",
                f'write each on a line of its own below "{key}:", as "- …"',
            )
        ),
        ("it must be keys with values, not a text" if key == "modules" else "\n", _MODULE),
        (
            "it must be a list, not a text",
            _MODULE if key == "modules" else f'write "{key}: [{item.value}]"',
        ),
        ("it must be a list", "" if several is item.value else f'write "{key}: [{item.value}]"'),
        ("it must be a text, not a list", f'write "{key}: {", ".join(words)}"'),
        (
            "it must be a text or keys with values, not a list",
            f'write "{key}: {"".join(words[:1])}"',
        ),
        ("it must be a text, not keys", f'write one text on the line of "{key}:", in quotes'),
        ("it must be keys with values", f'write lines "name: value" below "{key}:"'),
        ("it must be a whole number", "write digits alone, as 60"),
        ("it must be true or false", f'write "{key}: true" or "{key}: false"'),
        ("it must be a text as HH:MM", f'write "{key}: 09:00"'),
    ):
        if problem.startswith(wanted):
            return hint
    return ""


def _plain(problem: str) -> str:
    """Return a message without the names of types."""
    problem = _REGEX.sub(lambda found: _said_pattern(found[1]), problem)
    for name, words in _KINDS.items():
        problem = re.sub(rf"\b{name}\b", words, problem)
    problem = problem.replace("`", "").replace(" | ", " or ").replace(", got ", ", not ")
    return problem.replace("Expected", "it must be").replace("Invalid enum value", "there is no")


def _said_pattern(pattern: str) -> str:
    """Return how to write what a pattern matches."""
    return next((said for one, said in PATTERNS.items() if pattern.startswith(one)), "as HH:MM")


def folded(word: str, known: Iterable[str]) -> str:
    """Return the known word that a word is but for its case, else the word itself."""
    return next((one for one in known if one.lower() == word.lower()), word)


def version_numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of a version of layouts, as (0, 2); none where it is no version."""
    found = re.fullmatch(r"(\d{1,4})\.(\d{1,4})(?:\.\d{1,4})?", text.strip())
    return tuple(map(int, found.groups())) if found else ()


def check_layouts(item: Value) -> Iterator[Diagnostic]:
    """Yield what is wrong with the version of layouts that a course states."""
    stated = dict(entries_of(item)).get("version", item)
    if isinstance(stated.value, dict):
        return
    text, mine = str(stated.value), ".".join(__version__.split(".")[:2])
    numbers = version_numbers(text)
    if numbers and numbers <= version_numbers(mine):
        return
    what = "is newer than this program" if numbers else "is no version"
    place = Span("course.yml", stated.line, stated.column)
    yield Diagnostic(
        "C177", f'layouts: "{text}" {what}', place, f"this program's layouts are {mine}"
    )


def check_words(item: Value, language: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the sentences that a course says instead: their names, holes, forms."""
    for name, said in entries_of(item):
        if name not in english():
            yield _unknown(f'words: no sentence is called "{name}"', said, name, english())
            continue
        for form, text in entries_of(said):
            if form not in forms(base(language)) and form != "other":
                message = f'words: "{name}" has no form "{form}" in this language'
                yield _unknown(
                    message, text, form, [f for f in FORMS if f in forms(base(language))]
                )
        yield from _holes(name, said)


def _holes(name: str, said: Value) -> Iterator[Diagnostic]:
    known = holes_of(english()[name])
    texts = [said, *(text for _, text in entries_of(said))]
    written = {h for t in texts if isinstance(t.value, str) for h in HOLE.findall(t.value)}
    for hole in sorted(written - known):
        has = ", ".join(f"{{{h}}}" for h in sorted(known)) or "none"
        message = f'words: "{name}" has no hole "{{{hole}}}"'
        yield Diagnostic(
            "C171", message, Span("course.yml", said.line, said.column), f"it has {has}"
        )


def check_vocabulary(item: Value) -> Iterator[Diagnostic]:
    """Yield the lists that a course adds words to and that there are not, and words without what they stand around."""
    for name, said in entries_of(item):
        rows, keys = entries_of(said), table_keys(name)
        if not keys and not takes_words(name):
            names = list_names().union(TABLES)
            yield _unknown(f'vocabulary: no list is called "{name}"', said, name, names)
            continue
        if keys and not rows:
            yield _unknown(f'vocabulary: "{name}" takes words by what they mean', said, name, ())
        for key, row in rows:
            if not takes_words(f"{name}.{key}"):
                yield _unknown(f'vocabulary: "{name}" has no "{key}"', row, key, keys)
        hole = HOLES.get(name, "")
        for one in texts_of(said):
            if hole not in str(one.value):
                message = f'vocabulary: "{one.value}" of "{name}" has no hole "{hole}"'
                place = Span("course.yml", one.line, one.column)
                yield Diagnostic("C171", message, place, f'as "half {hole}"')


def check_accept(codes: tuple[str, ...], item: Value) -> Iterator[Diagnostic]:
    """Yield the codes that a course accepts and that no finding has, or an error."""
    each = item.value if isinstance(item.value, list) else []
    for code, said in zip(codes, each, strict=True):
        if code not in CODES:
            yield _unknown(f'accept: no finding has the code "{code}"', said, code, CODES)
        elif CODES[code].severity == "error":
            message = f"accept: {code} is an error, which cannot be accepted"
            place = Span("course.yml", said.line, said.column)
            yield Diagnostic("C170", message, place, "leave it out, and mend what it tells")


def _unknown(message: str, at: Value, name: str, known: Iterable[str]) -> Diagnostic:
    hint, mend = renaming(name, tuple(known), Span("course.yml", at.line))
    return Diagnostic("C170", message, Span("course.yml", at.line, at.column), hint, mend=mend)


def entries_of(item: Value) -> list[tuple[str, Value]]:
    """Return the keys of a value, each with what it says; none where it has no keys."""
    return list(item.value.items()) if isinstance(item.value, dict) else []


def texts_of(item: Value) -> Iterator[Value]:
    """Yield the values in a value that are no lists and have no keys."""
    if not isinstance(item.value, list | dict):
        yield item
        return
    for one in item.value if isinstance(item.value, list) else item.value.values():
        yield from texts_of(one)
