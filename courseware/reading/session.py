"""A session file read: the stages in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

import msgspec
from slugify import slugify

from courseware.diagnostics import Diagnostic, Span
from courseware.model.blocks import Exercise, Field, Heading, Row, Section, Text, Time, Topic
from courseware.model.session import Meta, Role, Session
from courseware.model.walk import rebuild, texts, walk
from courseware.reading import front_matter, times
from courseware.reading.blocks import Builder
from courseware.reading.bold import RawParagraph, field_of
from courseware.reading.exercises import with_role
from courseware.reading.front_matter import Value
from courseware.reading.front_sections import front_sections
from courseware.reading.headings import RawHeading, heading_of
from courseware.reading.inline import joined
from courseware.reading.markdown import MOST_HEADING
from courseware.reading.outline import Outline, branches
from courseware.reading.placing import TooMuchError
from courseware.reading.text import decode, without_controls
from courseware.reading.vocabulary import Vocabulary, key_of

replace = msgspec.structs.replace
MOST_COLUMNS = 40
"""Columns of a table: on A4, each would be 4 mm wide."""
_ITALIC = re.compile(r"^<em>(?:(?!</em>).)*</em>$", re.DOTALL)
_BOLD = re.compile(r"^<strong>(?:(?!</strong>).)*</strong>$", re.DOTALL)
_META_LINE = re.compile(r"^(?P<key>[A-Z][\w /-]{0,40}):\s*(?P<value>\S.*)$")


class Reading(msgspec.Struct, frozen=True):
    """What reading gives: the session, or None where there is none to read, and the findings."""

    session: Session | None
    findings: tuple[Diagnostic, ...]


def read_session(data: bytes, path: str, words: Vocabulary, details: str = "notes") -> Reading:
    """Read a session file's bytes; `path` is its path in the course. Never raises on them."""
    text, findings = decode(data, path)
    if text is None:
        return Reading(None, tuple(findings))
    front, skipped, found = front_matter.read(text, path)
    findings += found
    body = text.split("\n", skipped)[-1] if skipped else text
    builder = Builder(path, words, details)
    try:
        raw = builder.document(body, skipped + 1)
        session = _session(raw, front, builder, findings)
        _see_columns(session, builder.offset)
    except TooMuchError as error:
        place = Span(path, builder.offset + error.line)
        found_here = Diagnostic("C007", str(error), place, "split it")
        return Reading(
            None, tuple(_with_line(f, text.split("\n")) for f in (*findings, found_here))
        )
    except RecursionError:
        place = Span(path)
        message = "its lists, quotes or directives are nested too deep"
        return Reading(None, (*findings, Diagnostic("C005", message, place, "nest less deep")))
    findings += builder.findings
    lines = text.split("\n")
    shown = tuple(_with_line(f, lines) for f in findings)
    return Reading(session, shown)


def _see_columns(session: Session, offset: int) -> None:
    """Raise `TooMuchError` for a table that no page can hold."""
    for node in session.nodes():
        if isinstance(node, Row) and sum(cell.colspan for cell in node.cells) > MOST_COLUMNS:
            message = f"a table of more than {MOST_COLUMNS} columns"
            raise TooMuchError(message, node.span.line - offset)


def _with_line(found: Diagnostic, lines: list[str]) -> Diagnostic:
    at = found.span.line - 1
    line = lines[at] if 0 < found.span.line <= len(lines) and found.code[1] != "0" else ""
    column = found.span.column
    if column == 1 and line:
        column = len(line) - len(line.lstrip()) + 1
    return replace(found, line=line[:300], span=replace(found.span, column=column))


def _session(
    raw: list[Any], front: dict[str, Value], builder: Builder, findings: list[Diagnostic]
) -> Session:
    path, words = builder.path, builder.words
    facts = _facts(front, path, findings)
    title, raw = _h1(raw)
    revision, raw = _revision(raw, words)
    meta, raw = _meta(raw, words)
    before, top = branches(raw)
    outline = Outline(path, words)
    heading = heading_of(title.text, words, title.attributes, 1) if title else Heading()
    named = words.session_title.match(title.text.plain) if title else None
    if heading.label and words.exercise_start.match(heading.label) and not named:
        sections = [outline.whole_exercise(heading, before, top)]
    else:
        sections = outline.sections(before, top)
    opening, closing = front_sections(front, builder)
    sections = [*opening, *sections, *closing]
    findings += _twice(sections, path)
    numbered = _numbered(tuple(_with_roles(s, words) for s in sections))
    session = _titled(path, title, facts, words)
    length = facts.get("length") or _length(meta, numbered, words) or heading.time
    module = facts.get("module", "") or next((m.value for m in meta if m.key == "module"), "")
    value = re.sub(r"^[^:]*:\s*", "", revision.plain)
    return replace(
        session,
        module=module,
        length=length,
        meta=meta,
        sections=_identified(numbered),
        revision=value,
        revision_text=revision,
        role=_role(session, raw, numbered, words),
        **{k: v for k, v in facts.items() if k in _PLAIN_FACTS},
    )


# -- the title block ----------------------------------------------------------------

_PLAIN_FACTS = ("language", "audience", "room", "prerequisites", "materials", "tags", "minutes")


def _facts(front: dict[str, Value], path: str, findings: list[Diagnostic]) -> dict[str, Any]:
    facts: dict[str, Any] = {}

    def wrong(key: str, what: str) -> None:
        value = front[key]
        place = Span(path, value.line, value.column)
        findings.append(Diagnostic("C103", f'"{key}" must be {what}', place))

    for key, item in front.items():
        value = item.value
        if key in ("title", "module", "language", "audience", "room"):
            if isinstance(value, str | int | float) and len(str(value)) <= MOST_HEADING:
                facts[key] = str(value)
            elif value is not None:
                wrong(key, f"a text of at most {MOST_HEADING} characters")
        elif key == "number":
            number = times.whole(str(value))
            if number is not None:
                facts[key] = number
            else:
                wrong(key, "a whole number")
        elif key == "duration":
            text = f"{value} min" if isinstance(value, int) else str(value)
            text = text + " min" if text.isdecimal() else text
            time = times.duration(text, whole=True)
            if time is None:
                wrong(key, 'a length such as "90" (minutes) or "2-3 hours"')
            else:
                facts["length"] = time
        elif key in front_matter.LIST_KEYS:
            rows = value if isinstance(value, list) else [item]
            if all(
                isinstance(r.value, str | int | float) and len(str(r.value)) <= MOST_HEADING
                for r in rows
            ):
                facts[key] = tuple(str(r.value) for r in rows)
            else:
                wrong(key, "a list of texts")
        elif key in front_matter.MINUTE_KEYS:
            time = times.duration(str(value), whole=True)
            minutes = time.high if time else times.whole(str(value))
            if minutes is not None:
                facts["minutes"] = (*facts.get("minutes", ()), (key, minutes))
            else:
                wrong(key, 'minutes, such as 45 or "45 min"')
    return facts


def _h1(raw: list[Any]) -> tuple[RawHeading | None, list[Any]]:
    at = next((i for i, b in enumerate(raw) if isinstance(b, RawHeading)), None)
    if at is None or raw[at].level != 1:
        return None, raw
    return raw[at], [*raw[:at], *raw[at + 1 :]]


def _titled(
    path: str, title: RawHeading | None, facts: dict[str, Any], words: Vocabulary
) -> Session:
    file = PurePosixPath(path)
    stem = (
        file.parent.name
        if file.stem.lower() in ("readme", "index") and file.parent.name
        else file.stem
    )
    digits = re.match(r"(\d+)", stem)
    text, label, number, stated, subtitle = Text(), "", None, False, Text()
    if title is not None:
        text = heading_of(title.text, words, title.attributes).title or title.text
        named = words.session_title.match(title.text.plain)
        if named:
            number, stated = int(named["number"]), True
            label = named["label"] if named["rest"] else ""
            text = title.text
            if named["rest"]:
                from courseware.reading.inline import without_start

                text = without_start(title.text, named.start("rest"))
    given = facts.get("title")
    if given is not None:
        named = words.session_title.match(given)
        if named and named["rest"]:
            label, given = label or named["label"], named["rest"]
            number, stated = int(named["number"]), True
        if text and text.plain.lower() != given.lower():
            subtitle = text
        text = text if text and not subtitle else Text(_escaped(given), given)
    if not text:
        stem = without_controls(stem)
        name = re.sub(r"^\d+[-_. ]*", "", stem).replace("-", " ").replace("_", " ").strip() or stem
        name = name[:1].upper() + name[1:]
        text = Text(_escaped(name), name)
    if "number" in facts:
        number, stated = facts["number"], True
    if number is None and digits and len(digits[1]) < 5:
        number = int(digits[1])
    return Session(path=path, title=text, label=label, subtitle=subtitle, number=number,
                   number_stated=stated)  # fmt: skip


def _escaped(text: str) -> str:
    from html import escape

    return escape(text, quote=False)


def _revision(raw: list[Any], words: Vocabulary) -> tuple[Text, list[Any]]:
    if raw and isinstance(raw[-1], RawParagraph) and _ITALIC.match(raw[-1].text.html):
        label = raw[-1].text.plain.partition(":")[0]
        if key_of(label) in words.of("revision"):
            text = raw[-1].text
            bare = text.html.removeprefix("<em>").removesuffix("</em>")
            return replace(text, html=bare), raw[:-1]
    return Text(), raw


def _meta(raw: list[Any], words: Vocabulary) -> tuple[tuple[Meta, ...], list[Any]]:
    """Take the meta line, or the labelled lines, that come before all else."""
    found: list[Meta] = []
    at = 0
    while at < len(raw) and isinstance(raw[at], RawParagraph):
        rows = _meta_rows(raw[at], words, first=not found)
        if rows is None:
            break
        found += rows
        at += 1
    return tuple(found), raw[at:]


def _meta_rows(paragraph: RawParagraph, words: Vocabulary, first: bool) -> list[Meta] | None:
    text = paragraph.text
    line = paragraph.span.line
    if first and len(paragraph.lines) == 1 and _BOLD.match(text.html):
        inner = text.html.removeprefix("<strong>").removesuffix("</strong>")
        pieces = [p.strip() for p in inner.split("|")]
        if len(pieces) > 1 or ":" in text.plain:
            return [_meta_row(p, words, line) for p in pieces if p]
    rows: list[Meta] = []
    known = False
    for part in paragraph.lines:
        field = field_of(part, paragraph.span)
        if field is not None and field.value:
            key, value = field.key, field.value.plain
        else:
            match = _META_LINE.match(part.text.plain)
            if match is None or part.bold is not None:
                if (
                    rows
                    and rows[-1].line == part.number - 1
                    and field is None
                    and part.bold is None
                    and known
                ):
                    last = rows.pop()
                    rows.append(
                        replace(last, text=joined([last.text, part.text]), line=part.number)
                    )
                    continue
                return None
            key, value = key_of(match["key"]), match["value"]
        known = known or key in words.of("meta") or key in words.of("times")
        rows.append(Meta(_meta_key(key, words), value, part.text, part.number))
    return rows if known else None


def _meta_row(html: str, words: Vocabulary, line: int) -> Meta:
    from html import unescape

    plain = " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
    key, mark, value = plain.partition(":")
    word = key_of(key).split(" ")[0]
    if not mark:
        named = word in words.of("module") and re.search(r"\d", plain)
        return Meta("module" if named else "", plain, Text(html, plain), line)
    return Meta(_meta_key(key_of(key), words), value.strip(), Text(html, plain), line)


def _meta_key(key: str, words: Vocabulary) -> str:
    if key in words.of("times") or key.startswith("session slot"):
        return "length"
    return "module" if key in words.of("module") else key


def _length(
    meta: tuple[Meta, ...], sections: tuple[Section, ...], words: Vocabulary
) -> Time | None:
    for row in meta:
        if row.key == "length":
            bracket = re.search(r"\(([^()]*)\)", row.value)
            found = times.duration(row.value) or (times.duration(bracket[1]) if bracket else None)
            if found is not None:
                return found
    for section in sections[:1]:
        if key_of(section.heading.name) in words.of("overview"):
            for block in section.blocks:
                if isinstance(block, Field) and block.key in words.of("times"):
                    return times.duration(block.value.plain)
    return None


def _role(
    session: Session, raw: list[Any], sections: tuple[Section, ...], words: Vocabulary
) -> Role:
    if words.is_facilitator(session.title.plain):
        return "facilitator"
    if words.section_kind(session.title.plain) == "answers":
        return "answers"
    first = " ".join(t.plain for b in raw[:2] for t in _raw_texts(b)).lower()
    if any(phrase in first for phrase in words.data["instructor_file"]) and len(first) < 400:
        return "facilitator"
    return "session"


def _raw_texts(block: Any) -> list[Text]:
    return [block.text] if isinstance(block, RawParagraph | RawHeading) else list(texts([block]))


# -- after recognition ---------------------------------------------------------------


def _with_roles(section: Section, words: Vocabulary) -> Section:
    """Give the fields outside exercises their roles: a facilitator's word hides one anywhere."""

    def keep(node: Any) -> Any:
        if isinstance(node, Field) and not node.role:
            node = with_role(node, words, exercise=False)
        return rebuild(node, keep)

    result: Section = rebuild(section, keep)
    return result


def _numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    last = 0

    def keep(node: Any) -> Any:
        nonlocal last
        if isinstance(node, Exercise):
            stated = times.whole(node.number.split(".")[0])
            if stated is not None:
                last = stated
            elif not node.number:
                last += 1
                node = replace(node, number=str(last))
        return rebuild(node, keep)

    return tuple(keep(s) for s in sections)


def _twice(sections: Iterable[Section], path: str) -> list[Diagnostic]:
    """Return a warning for each identifier that the author gave twice."""
    seen: set[str] = set()
    findings: list[Diagnostic] = []
    for node in walk(sections):
        if node.id and node.id in seen:
            message = f'the identifier "{node.id}" stands twice'
            findings.append(Diagnostic("C006", message, Span(path, node.span.line)))
        seen.add(node.id)
    return findings


def _identified(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Give every block a name that no other has: the author's, a heading's slug, kind and count."""
    used: set[str] = set()
    counts: Counter[str] = Counter()

    def free(base: str) -> str:
        name = base
        while name in used:
            counts[base] += 1
            name = f"{base}-{counts[base]}"
        used.add(name)
        return name

    def keep(node: Any) -> Any:
        return rebuild(replace(node, id=free(node.id or _slug(node))), keep)

    return tuple(keep(s) for s in sections)


def _slug(node: Any) -> str:
    heading = getattr(node, "heading", None)
    if isinstance(node, Section | Topic | Exercise) and heading is not None and heading.title:
        slug = slugify(heading.title.plain, max_length=60)
        if slug:
            return str(slug)
    return f"exercise-{node.number}" if isinstance(node, Exercise) else type(node).__name__.lower()
