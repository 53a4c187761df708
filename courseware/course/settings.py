"""What `course.yml` says, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Literal, get_args, get_type_hints

import msgspec

from courseware import files
from courseware.course.setting_checks import (
    check_accept,
    check_layouts,
    check_vocabulary,
    check_words,
    each_fault,
    entries_of,
    folded,
    texts_of,
)
from courseware.diagnostics import Diagnostic, Edit, Span, did_you_mean, nearest, renaming
from courseware.language.catalogue import Added
from courseware.model.session import FileNames
from courseware.model.times.delivery import Delivery
from courseware.model.variants import NAME, TAKEN, Variant
from courseware.reading.source.entries import read_entries
from courseware.reading.source.front_matter import slip_finding
from courseware.reading.source.language import stated_tag, without_words
from courseware.reading.source.yaml_values import Value, YamlError
from courseware.schedule.days import Day, Schedule, schedule_faults

MOST_SETTINGS = 200_000
"""Bytes of course.yml that are read: a course of a thousand sessions names them in 50,000."""


class Module(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A module of the course: its title and its sessions' files or patterns, in order."""

    title: str
    sessions: tuple[str, ...] = ()


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What course.yml may say; `details` without a summary are notes or content.

    `guide` is brief, or full with all that learners read. `answers` says whether learners get the answer keys, after the session. `leaders` are a subject in
    a course about teaching; `layouts` are names of the slide template's, and the version of the course's own (`layouts_version`); `products` names what `all` makes, where that is not the usual; `open` names headings that learners see whatever their words say; `accept`
    names codes of warnings and notes that are not told. Where `language` is "", the sessions' own decides.
    """

    title: str = ""
    subtitle: str = ""
    author: str = ""
    organisation: str = ""
    language: str = ""
    direction: Literal["", "ltr", "rtl"] = ""
    licence: str = ""
    version: str = ""
    paper: Literal["a4", "letter"] = "a4"
    typography: Literal["by-language", "as-written"] = "by-language"
    file_names: FileNames = "unicode"
    details: Literal["notes", "content"] = "notes"
    guide: Literal["brief", "full"] = "brief"
    answers: Literal["never", "after"] = "never"
    delivery: Delivery = Delivery()
    schedule: Schedule | None = None
    brand: str | dict[str, Any] = ""
    logo: str | dict[str, Any] = ""
    accent: str = ""
    fonts: dict[str, str | tuple[str, ...]] = {}
    template: str = ""
    layouts: str | dict[str, str] = {}
    modules: tuple[Module, ...] = ()
    sessions: tuple[str, ...] = ()
    words: dict[str, str | dict[str, str]] = {}
    vocabulary: dict[str, tuple[str, ...] | dict[str, tuple[str, ...]]] = {}
    variants: dict[str, Variant] = {}
    products: tuple[str, ...] = ()
    leaders: Literal["people", "subject"] = "people"
    open: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()

    def added(self) -> Added:
        """Return what the course adds to lists of words, and to tables of them by their keys."""
        found: list[tuple[str, tuple[str, ...]]] = []
        for name, said in self.vocabulary.items():
            if isinstance(said, dict):
                found += ((f"{name}.{key}", words) for key, words in said.items())
            else:
                found.append((name, said))
        return tuple(found)

    def layout_names(self) -> dict[str, str]:
        """Return the names of the slide template's layouts, by the names that decks ask for."""
        named = {} if isinstance(self.layouts, str) else self.layouts
        return {asked: name for asked, name in named.items() if asked != "version"}

    @property
    def layouts_version(self) -> str:
        """The version that the course's own layouts were written for, "" where it is not stated."""
        own = self.layouts
        return own if isinstance(own, str) else own.get("version", "")

    def patterns(self) -> tuple[str, ...]:
        """Return the sessions' files or patterns in order, those of the modules first."""
        return (*(p for m in self.modules for p in m.sessions), *self.sessions)

    def module_of(self, path: str) -> str:
        """Return the title of the module that names a session's file, or ""."""
        named = (m.title for m in self.modules if path in m.sessions)
        fits = (
            m.title for m in self.modules if any(PurePosixPath(path).match(p) for p in m.sessions)
        )
        return next(named, next(fits, ""))


SETTINGS_INSIDE = {key: kind.__struct_fields__ for key, kind in (
    ("modules", Module), ("delivery", Delivery), ("variants", Variant),
    ("schedule", Schedule), ("days", Day))}  # fmt: skip
"""Keys that stand in values of others."""
_INNER = tuple(name for names in SETTINGS_INSIDE.values() for name in names)


def read_settings(root: Path) -> tuple[Settings, list[Diagnostic]]:
    """Return what course.yml says, or the defaults, and what is wrong with it."""
    file = root / "course.yml"
    if not files.is_file(file):
        other = files.exists(file) or file.is_symlink()
        return Settings(), [Diagnostic("C104", "it is no file", Span("course.yml"))] * other
    try:
        values, slips = read_entries(_settings_text(file))
    except (YamlError, UnicodeDecodeError, OSError) as error:
        line = error.line if isinstance(error, YamlError) else 1
        return Settings(), [Diagnostic("C104", str(error), Span("course.yml", line))]
    if values is None:
        return Settings(), [_no_keys()]
    known: dict[str, Any] = {}
    findings = [slip_finding(slip, "course.yml", "C104") for slip in slips]
    values = {folded(key, Settings.__struct_fields__): item for key, item in values.items()}
    for key, item in values.items():
        if item.value in (None, "") and key in Settings.__struct_fields__:
            continue  # "paper:" with nothing behind it
        findings += _take(key, item, known)
    if "language" in known:
        known["language"], told = _language(values["language"])
        findings += told
    if "layouts" in known:
        findings += check_layouts(values["layouts"])
    language = str(known.get("language", "en"))
    if "schedule" in known and known.get("delivery", Delivery()).start:
        place = Span("course.yml", values["delivery"].line, values["delivery"].column)
        message = '"delivery" has a "start", and there is a "schedule": it says when sessions start'
        findings.append(Diagnostic("C106", message, place, "leave out the start"))
    if "accept" in known:
        known["accept"] = tuple(code.upper() for code in known["accept"])
        findings += check_accept(known["accept"], values["accept"])
    findings += check_words(values["words"], language) if "words" in known else []
    findings += check_vocabulary(values["vocabulary"]) if "vocabulary" in known else []
    if "products" in known:
        known["products"], told = _products(values["products"])
        findings += told
    return Settings(**known), findings


def place_of(root: Path, word: str, key: str) -> Span:
    """Return where course.yml names a file, a pattern or a number in a key's value; its first line where it does not."""
    try:
        values, _ = read_entries(_settings_text(root / "course.yml"))
    except (YamlError, UnicodeDecodeError, OSError):
        values = None
    found = (said for name, item in (values or {}).items() if name.lower() == key
             for said in texts_of(item) if str(said.value) == word)  # fmt: skip
    said = next(found, Value(word, 1))
    return Span("course.yml", said.line, said.column)


def _no_keys() -> Diagnostic:
    hint = 'write each setting on a line of its own, as "title: …", without a dash'
    return Diagnostic("C104", "it is not `key: value`", Span("course.yml"), hint)


_BY_NAME = frozenset({"variants", "words", "vocabulary", "fonts"})
"""Keys whose values have names of the course's own, each of which is read by itself."""


def _take(key: str, item: Value, known: dict[str, Any]) -> list[Diagnostic]:
    """Put a key's value among those that are known, or return what is wrong with it."""
    place = Span("course.yml", item.line, item.column)
    if key not in Settings.__struct_fields__:
        hint, mend = (
            _nearest_key(key),
            renaming(key, Settings.__struct_fields__, Span("", item.line))[1],
        )
        mend = mend if "it stands in" not in hint else ()
        return [Diagnostic("C105", f'unknown key "{key}"', place, hint, mend=mend)]
    parts = [item]
    if key in _BY_NAME and entries_of(item):
        parts = [Value({name: said}, said.line, said.column) for name, said in entries_of(item)]
    findings = [found for part in parts for found in _faults(key, part)]
    if not findings:
        known[key] = getattr(_converted(key, item), key)
    return findings


def _faults(key: str, item: Value) -> Iterator[Diagnostic]:
    """Yield all that is wrong with a key's value."""
    place = Span("course.yml", item.line, item.column)
    words = [choice for choice in _choices(key) if choice]
    told = list(each_fault(item, key, _INNER, lambda value: _converted(key, value)))
    for message, at, hint in told:
        hint = f"one of {', '.join(words)}" if words else hint
        there = Span("course.yml", at.line, at.column)
        yield Diagnostic("C106", message, there, hint, mend=_choice(at, words))
    if told:
        return
    one = _converted(key, item)
    if key == "variants" and (wrong := _wrong_variant(one.variants)):
        yield Diagnostic("C106", f'"variants": {wrong}', place)
    if one.schedule is not None:
        for number, fault in schedule_faults(one.schedule):
            yield Diagnostic("C106", f'"schedule": {fault}', _place_of_day(item, number))


def _choices(key: str) -> list[str]:
    """Return the words of which a key takes one, none where it takes others."""
    return [c for c in get_args(_types()[key]) if isinstance(c, str)]


@cache
def _types() -> dict[str, Any]:
    return get_type_hints(Settings)


def _converted(key: str, item: Value) -> Settings:
    """Return settings of one key; raise `msgspec.ValidationError` where its value is wrong."""
    bare = _bare(item, key)
    bare = folded(bare, _choices(key)) if isinstance(bare, str) else bare
    return msgspec.convert({key: bare}, Settings, strict=False)


def _choice(item: Value, words: list[str]) -> tuple[Edit, ...]:
    """Return the edit that writes the nearest of the values that a key takes."""
    said = str(item.value)
    near = nearest(said, words)
    return (Edit(item.line, item.column, said, near),) if near else ()


def _place_of_day(item: Value, number: int | None) -> Span:
    """Return the place of one of the schedule's days; of the whole schedule where that is none."""
    days = dict(entries_of(item)).get("days")
    if number is not None and days is not None:
        item = days.value[number]
    return Span("course.yml", item.line, item.column)


def _nearest_key(key: str) -> str:
    """Return the nearest key as a hint, with where it stands if that is inside another."""
    inside = dict.fromkeys(Delivery.__struct_fields__, "delivery")
    names = (*Settings.__struct_fields__, *inside)
    near = next((name for name in names if name == key), None) or nearest(key, names)
    if near in inside:
        return f'did you mean "{near}"? it stands in {inside[near]}: {{{near}: …}}'
    return f'did you mean "{near}"?' if near else ""


def _wrong_variant(variants: dict[str, Variant]) -> str:
    """Return what is wrong with variants, or ""."""
    for name, variant in variants.items():
        if not NAME.fullmatch(name) or TAKEN.fullmatch(name):
            return f'"{name}" cannot be a name: it takes a-z, 0-9 and -, and no paper or length'
        if variant.length is not None and variant.total is not None:
            return f'"{name}" has a length and a total; say one of them'
        if variant == Variant():
            return f'"{name}" says nothing: length, total, audience or sessions'
    return ""


def _language(item: Value) -> tuple[str, list[Diagnostic]]:
    """Return the tag of the course's language, English where it is none, and what is wrong with it."""
    tag, findings = stated_tag(item, "course.yml")
    return tag or "en", findings + without_words(tag or "en", Span("course.yml", item.line))


def _settings_text(file: Path) -> str:
    text = files.text(file, most=MOST_SETTINGS + 1)
    if len(text) > MOST_SETTINGS:
        raise YamlError(f"it has more than {MOST_SETTINGS:,} characters", 1, 1)
    return text


def _bare(item: Value, key: str) -> Any:
    value = item.value
    if isinstance(value, list):
        return [_bare(v, key) for v in value]
    if isinstance(value, dict):
        return {k: _bare(v, k) for k, v in value.items()}
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _products(item: Value) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """Return the names of the products that `all` makes, each once, and what names none."""
    from courseware.products.table import FORMS, product_called

    named: dict[str, None] = {}
    findings = []
    for entry in item.value:
        word = str(entry.value)
        if name := product_called(word):
            named[name] = None
            continue
        known = dict.fromkeys(n for name, row in FORMS.items() for n in (row.command, name))
        hint = did_you_mean(word, known) or f"there are {', '.join(FORMS)}"
        place = Span("course.yml", entry.line, entry.column)
        findings.append(
            Diagnostic("C106", f'"products": no product is called "{word}"', place, hint)
        )
    return tuple(named), findings
