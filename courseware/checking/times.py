"""Rules on a session's times and answers: what is planned or asked against what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Span
from courseware.model.blocks import AnyNode, Box, Field, Heading, Item, Paragraph, Row, Section
from courseware.model.kinds import find_kind
from courseware.model.session import Session, hidden, is_ticked
from courseware.model.times.segments import overruns
from courseware.model.times.timing import LONG_WITHOUT_BREAK, length_of, longest_sitting, run_sheet
from courseware.model.walk import own_texts, walk
from courseware.reading.structure.times.heading_times import looks_timed


def times_above_length(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Warn where what is planned is more than the session's length, note where it is less."""
    length = length_of(session)
    if length is None:
        return
    sheet = run_sheet(session)
    least = sum(s.low if s.stated else s.minutes for s in sheet.timed())
    if sheet.over:
        lower = f" ({least} at the low end of ranges)" if least < sheet.total else ""
        message = f"the run sheet takes {sheet.total} minutes{lower}, the session has {length.high}"
        hint = "shorten what states a time, or state a longer session"
        yield Diagnostic("C204", message, Span(session.path), hint)
    elif sheet.spare and sheet.timed():
        message = f"the run sheet fills {sheet.total} of {length.low} minutes"
        hint = "what states no time would fill the rest"
        yield Diagnostic("C222", message, Span(session.path), hint)


def times_inside(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Warn of a stated time that is less than what its children state together."""
    for node, time, below in overruns(session):
        heading: Heading | None = getattr(node, "heading", None)
        name = f'"{heading.name}"' if heading is not None and heading.name else "this block"
        message = f"{name} states {time.high} minutes, what is in it {below}"
        yield Diagnostic("C220", message, node.span, "the block's own time counts; mend either")


def no_break(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Suggest a break where the run sheet goes on for an hour and a half and more without one.

    Where the course has days, `checking.schedule` looks for that in them.
    """
    if loaded.settings.schedule is not None:
        return
    minutes, first = longest_sitting(run_sheet(session, loaded.course.delivery))
    if first is not None and minutes > LONG_WITHOUT_BREAK:
        spans = {node.id: node.span for node in session.nodes()}
        place = spans.get(first.id, Span(session.path))
        message = f"from here, {minutes} minutes go by without a break"
        yield Diagnostic("C221", message, place, 'a line "::: break 10 min" makes one')


def no_cue(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Say what an author could add, where a session has exercises and not a word on leading them."""
    if session.role != "session" or not session.exercises():
        return
    for node in session.nodes():
        cue = isinstance(node, Box | Field | Section) and hidden(node)
        if cue and getattr(node, "role", "") != "answer" and getattr(node, "kind", "") != "answer":
            return
    message = "nothing here tells the facilitator what to say, do, ask or watch for"
    hint = 'a block "::: facilitator" does; its lines may begin with Say:, Do:, Ask:, Listen for:, Watch:'
    yield Diagnostic("C223", message, Span(session.path), hint)


def no_answer(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Say once a session which exercises and questions have no answer."""
    if session.role != "session":
        return
    bare = [e for e in session.exercises() if not _answers([e])]
    missing = [(f"exercise {e.number}", e.span) for e in bare]
    for place, section in enumerate(session.sections):
        if section.kind == "questions":
            missing += _questions(section, session.sections[place + 1 :])
    if missing and not _answered_by_next(loaded, session):
        names = ", ".join(name for name, _ in missing)
        hint = 'a block "::: answer" where it stands is in the answer key and the guide'
        yield Diagnostic("C225", f"no answer: {names}", missing[0][1], hint)


def _answered_by_next(loaded: Loaded, session: Session) -> bool:
    """Whether the file after this one answers it: an exercise file, without a title of its own."""
    first = session.sections[0]
    if first.kind != "exercises" or first.heading.name:
        return False
    sessions = loaded.course.sessions
    at = next((n for n, one in enumerate(sessions) if one.path == session.path), len(sessions))
    return any(one.role == "answers" for one in sessions[at + 1 : at + 2])


def _questions(section: Section, after: Sequence[Section]) -> list[tuple[str, Span]]:
    """Return the questions of a section without an answer; one for all of them counts for each."""
    items = [n for n in walk(section.blocks) if isinstance(n, Item) and n.asks and not hidden(n)]
    inside = sum(_answers([item]) for item in items)
    if _answers(section.blocks) > inside or any(s.kind == "answers" for s in after[:1]):
        return []
    return [(f"question {n}", item.span) for n, item in enumerate(items, 1) if not _answers([item])]


def _answers(nodes: Iterable[AnyNode]) -> int:
    """Return how many answers there are in nodes."""
    return sum(_is_answer(node) for node in walk(nodes))


def _is_answer(node: AnyNode) -> bool:
    if isinstance(node, Box | Section):
        return find_kind(node.kind).answers
    return is_ticked(node) or (isinstance(node, Field) and node.role == "answer")


def unused_times(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Tell of a heading, or of an agenda's item or row, whose words hold a time that it does not take."""
    told = [
        (span, words) for span, words in _untimed(session) if looks_timed(words, session.tongue)
    ]
    if told:
        (span, words), *others = told
        more = f" and {len(others)} more" if others else ""
        hint = 'a time counts alone in brackets, "(30 min)", or begins an item of the agenda'
        yield Diagnostic("C180", f'the time in "{words[:50]}"{more} is not planned', span, hint)


def _untimed(session: Session) -> Iterator[tuple[Span, str]]:
    """Yield the place and the words of what could state a time and has none."""
    for node in walk(session.sections):
        heading = getattr(node, "heading", None)
        if isinstance(heading, Heading) and heading.time is None:
            yield node.span, heading.title.plain
    agendas = session.agendas()
    for block in (block for agenda in agendas for block in agenda.blocks):
        if isinstance(block, Paragraph | Field):
            lines = [line for text in own_texts(block) for line in text.lines()]
            yield from ((block.span, line) for line in lines if not line.rstrip().endswith("."))
    for agenda in walk(agendas):
        if isinstance(agenda, Item | Row) and agenda.time is None:
            yield agenda.span, _words(agenda)


def _words(node: Item | Row) -> str:
    """Return the words that an item begins with, or those of a row's cells."""
    holders = node.cells if isinstance(node, Row) else (node,)
    firsts = [holder.blocks[0] for holder in holders if holder.blocks]
    return " ".join(first.text.plain for first in firsts if isinstance(first, Paragraph))
