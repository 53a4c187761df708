"""A session file read: the stages in order, and the table of how each kind of token becomes blocks."""

from __future__ import annotations

import re

import msgspec

from courseware.diagnostics import Diagnostic, Span
from courseware.language.frames import Place, Reader, Setting
from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import Heading, Row, Section, Text
from courseware.model.session import Role, Session
from courseware.model.walk import texts
from courseware.reading.blocks import boxes, containers, leaves
from courseware.reading.blocks.builder import Builder, Rules
from courseware.reading.blocks.html import HtmlFrames
from courseware.reading.dialects import colons, notebooks
from courseware.reading.dialects.speaker_notes import decks_of
from courseware.reading.markdown.positions import TooMuchError
from courseware.reading.readers import Readers
from courseware.reading.source import front_matter
from courseware.reading.source.decoding import decode
from courseware.reading.source.language import in_language
from courseware.reading.source.yaml_values import Value
from courseware.reading.structure.bold import Raw, RawParagraph
from courseware.reading.structure.branches import branches
from courseware.reading.structure.facts import facts_of, front_sections
from courseware.reading.structure.headings import RawHeading, heading_of, with_minutes_gone
from courseware.reading.structure.numbering import identified, named_twice, numbered, with_roles
from courseware.reading.structure.outline import Outline
from courseware.reading.structure.tasks.answer_keys import with_matched_keys
from courseware.reading.structure.tasks.bold_exercises import break_of, with_bold_exercises
from courseware.reading.structure.tasks.file_names import answers_a_task, is_task_by_name
from courseware.reading.structure.title_block import (
    length_of,
    take_meta,
    take_revision,
    take_title,
    titled,
)
from courseware.reading.structure.worded import with_wording

RULES = Rules(
    tokens={
        "paragraph_open": leaves.paragraph,
        "heading_open": leaves.heading,
        "hr": leaves.rule,
        "fence": leaves.fence,
        "code_block": leaves.fence,
        "math_block": leaves.math,
        "math_block_label": leaves.math,
        "bullet_list_open": containers.list_,
        "ordered_list_open": containers.list_,
        "blockquote_open": containers.quote,
        "table_open": containers.table,
        "grid_table": containers.grid,
        "dl_open": containers.definitions,
        "footnote_reference_open": containers.footnote,
        "directive_open": colons.directive,
        "directive_stray": colons.stray,
        "attributes": colons.attributes,
        "settings": colons.settings,
        "": leaves.other,
    },
    html=HtmlFrames,
    marked=boxes.marked,
)
replace = msgspec.structs.replace
MOST_COLUMNS = 40
"""Columns of a table: on A4, each would be 4 mm wide."""


class Reading(msgspec.Struct, frozen=True):
    """What reading gives: the session, or None where there is none to read, and the findings."""

    session: Session | None
    findings: tuple[Diagnostic, ...]


def read_session(data: bytes, path: str, words: Vocabulary, details: str = "notes") -> Reading:
    """Read a session file's bytes; `path` is its path in the course. Never raises on them."""
    if path.lower().endswith(notebooks.ENDING):
        try:
            data = notebooks.as_markdown(data)
        except notebooks.NotebookError as error:
            return Reading(None, (Diagnostic("C001", str(error), Span(path), "save it again"),))
    text, findings = decode(data, path)
    if text is None:
        return Reading(None, tuple(findings))
    front, skipped, found = front_matter.read(text, path)
    findings += found
    body = text.split("\n", skipped)[-1] if skipped else text
    found_language = in_language(words, front, body, path)
    findings += found_language.findings
    builder = Builder(path, found_language.words, RULES, details)
    builder.decks = decks_of(front, body)
    try:
        raw = builder.document(body, skipped + 1)
        session = _session(raw, front, builder, findings)
        session = replace(
            session, language=found_language.language, tongue=found_language.words.tongue
        )
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
    findings += builder.readers.findings()
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
    """Return a finding with its source line; the first column is where the line's text begins."""
    at = found.span.line - 1
    line = lines[at] if 0 < found.span.line <= len(lines) and found.code[1] != "0" else ""
    column = found.span.column
    if column == 1 and line:
        column = len(line) - len(line.lstrip()) + 1
    return replace(found, line=line[:300], span=replace(found.span, column=column))


_PLAIN_FACTS = ("language", "audience", "room", "prerequisites", "materials", "tags", "minutes")


def _session(
    raw: list[Raw], front: dict[str, Value], builder: Builder, findings: list[Diagnostic]
) -> Session:
    """Return the session that a file's blocks and its front matter are."""
    path, words = builder.path, builder.words
    facts = facts_of(front, builder, findings)
    title, raw = take_title(raw, str(facts.get("title", "")))
    revision, raw = take_revision(raw, words)
    meta, raw = take_meta(raw, words)
    heading = heading_of(title.text, words, title.attributes, 1) if title else Heading()
    opening, closing = front_sections(front, builder)
    sections = [*opening, *_sections(raw, title, heading, builder), *closing]
    findings += named_twice(sections, path)
    settled = with_matched_keys(numbered(tuple(with_roles(s, words) for s in sections)))
    settled = with_wording(settled, meta, words)
    session = titled(path, title, facts, words)
    return replace(
        session,
        module=facts.get("module", "") or next((m.value for m in meta if m.key == "module"), ""),
        length=facts.get("length") or length_of(meta, settled, words) or heading.time,
        meta=meta,
        sections=identified(settled),
        revision=re.sub(r"^[^:]*:\s*", "", revision.plain),
        revision_text=revision,
        role=_role(session, front, raw, builder),
        **{k: v for k, v in facts.items() if k in _PLAIN_FACTS},
    )


def _sections(
    raw: list[Raw], title: RawHeading | None, heading: Heading, builder: Builder
) -> list[Section]:
    """Return the sections; a file that its title, name or folder calls an exercise is one exercise."""
    raw = with_minutes_gone(raw)
    before, top = branches([break_of(block, builder.words) or block for block in raw])
    outline = Outline(builder.path, builder.words, builder.readers)
    outline.title = title.text.plain if title else ""
    named = builder.words.session_title.match(title.text.plain) if title else None
    labelled = bool(heading.label and builder.words.exercise_start.match(heading.label))
    called = outline.begins(heading) or is_task_by_name(builder.path, outline.title, builder)
    called = called and not answers_a_task(builder.path, builder.words, builder.readers)
    alone = not named and not outline.is_whole_session(top)
    if alone and (labelled or (called and not outline.has_exercises(before, top))):
        return [outline.whole_exercise(heading, before, top)]
    return outline.sections(*with_bold_exercises(before, top, builder.words))


def _role(session: Session, front: dict[str, Value], raw: list[Raw], builder: Builder) -> Role:
    """Return what a file is: a session, or not the learners' as its names or first lines say."""
    readers = builder.readers
    layout = next(
        (str(item.value or "") for key, item in front.items() if key.lower() == "layout"), ""
    )
    reader = readers.of_file(session.path, (session.title.plain, layout))
    if reader is not Reader.EVERYONE:
        return "facilitator" if reader is Reader.FACILITATOR else "answers"
    if answers_a_task(session.path, builder.words, readers):
        return "answers"
    return "facilitator" if any(map(readers.is_told_in, _first_texts(raw, readers))) else "session"


def _first_texts(raw: list[Raw], readers: Readers) -> list[str]:
    """Return what stands first below the title; a heading for who leads says it of its section alone."""
    found = []
    for block in raw[:2]:
        text = " ".join(t.plain for t in _raw_texts(block))
        if isinstance(block, RawHeading):
            if readers.is_told_in(text) or readers.frames.decide(text, Setting(Place.HEADING)):
                break
        else:
            found.append(text)
    return found


def _raw_texts(block: Raw) -> list[Text]:
    return [block.text] if isinstance(block, RawParagraph | RawHeading) else list(texts([block]))
