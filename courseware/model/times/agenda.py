"""What an agenda's own times say of a session's segments.

An agenda whose items or rows begin with clock ranges is the plan. An item whose words name a
section, or are among its title's, times it; any other item is a segment of its own, before the next section that is named.
What the agenda does not name and states no time lies inside these and takes none of its own; what states one
in a section that is named is a part of its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from courseware.language.catalogue import Tongue
from courseware.language.durations import is_break
from courseware.model.blocks import AnyNode, Heading, Item, Part, Row, Time, Topic
from courseware.model.inline import plain_text
from courseware.model.session import Session
from courseware.model.times.segments import Piece, gathered
from courseware.model.walk import children, texts, walk

replace = msgspec.structs.replace
_WORD = re.compile(r"\w+")


class Slot(msgspec.Struct, frozen=True):
    """An agenda's timed item: its place's name, its words without the time, its minutes."""

    id: str
    words: str
    time: Time


def slots(session: Session) -> tuple[Slot, ...]:
    """Return the timed items, rows and topics of a session's agendas, in source order."""
    return tuple(slot for agenda in session.agendas() for slot in _slots(agenda))


def _slots(node: AnyNode) -> Iterator[Slot]:
    """Yield the timed items and rows in a block; of a topic or part, itself where it states more than they do.

    Headings below one that cannot hold them follow it: a level was skipped.
    """
    if isinstance(node, Item | Row) and node.time is not None:
        told = " ".join(t.plain for t in texts([node]))
        yield Slot(node.id, _rest(told, node.time.text), node.time)
    inside = [slot for child in children(node) for slot in _slots(child)]
    if isinstance(node, Topic | Part) and node.heading.time is not None:
        slot = Slot(node.id, node.heading.name, node.heading.time)
        below = any(isinstance(child, Topic | Part) for child in node.blocks)
        if slot.time.low > (total := sum(s.time.high for s in inside)):
            inside = [slot]
        elif below and (total > slot.time.high or len(inside) == 1):
            inside = [slot, *inside]
    yield from inside


def _rest(words: str, time: str) -> str:
    rest = words.replace(time, "", 1) if time else words
    return " ".join(rest.split()).strip(" :|·–—-")


def with_agenda(session: Session, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return `pieces` with the times that the session's agenda gives them."""
    left = list(slots(session))
    if not left:
        return pieces
    result: list[Piece] = []
    told = list(_gathered(session, pieces, left))
    for number, piece in enumerate(told, 1):
        if piece.kind == "break":
            at = _break_of(piece, told[number:], left, session.tongue)
        else:
            at = _named(piece, left)
        if at is not None:
            result += [_own(slot, session.tongue) for slot in left[:at]]
            time = piece.time or left[at].time
            del left[: at + 1]
            result.append(replace(piece, time=time))
        elif piece.time is None and piece.timed:
            result.append(replace(piece, timed=False, estimate=0))
        else:
            result.append(piece)
    return (*result, *(_own(slot, session.tongue) for slot in left))


def _gathered(session: Session, pieces: tuple[Piece, ...], left: list[Slot]) -> Iterator[Piece]:
    """Yield pieces; those of a section that the agenda names, and times none of apart, are one where they fit into its time."""
    whole: dict[str, Piece] = {}
    for section in session.sections:
        ids = {node.id for node in walk([section])}
        run = [piece for piece in pieces if piece.id in ids and piece.kind != "break"]
        mine = gathered(section)
        at = _named(mine, left) if section.heading.time is None else None
        others = [piece for piece in run if piece.id != section.id]
        stated = sum(piece.time.high for piece in others if piece.time is not None)
        apart = any(_named(piece, left) not in (None, at) for piece in others)
        if at is not None and not apart and 0 < stated <= left[at].time.high:
            whole |= {piece.id: mine for piece in run}
    given: set[str] = set()
    for piece in pieces:
        found = whole.get(piece.id, piece)
        if found.id not in given:
            given.add(found.id)
            yield found


def _named(piece: Piece, left: list[Slot]) -> int | None:
    called = piece.heading.name or (piece.kind if piece.kind == "break" else "")
    name = set(_WORD.findall(called.lower()))
    label = set(_WORD.findall(piece.heading.label.lower()))
    for at, slot in enumerate(left):
        words = set(_WORD.findall(slot.words.lower()))
        titled = name and words and (name <= words or words <= name)
        if piece.timed and (titled or (len(label) > 1 and label <= words)):
            return at
    return None


def _break_of(piece: Piece, after: list[Piece], left: list[Slot], tongue: Tongue) -> int | None:
    """Return the agenda's item that a break is: one of its name, or the first break where it is as long.

    Where a section of before it comes later, only one of the very name is.
    """
    at = _named(piece, left)
    if at is None:
        at = next((n for n, slot in enumerate(left) if is_break(slot.words, tongue)), None)
        if at is None or left[at].time.high != piece.minutes:
            return None
    elif left[at].words.casefold() == piece.heading.name.casefold():
        return at
    return None if any(_named(one, left[:at]) is not None for one in after) else at


def _own(slot: Slot, tongue: Tongue) -> Piece:
    kind = "break" if is_break(slot.words, tongue) else "agenda"
    heading = Heading(title=plain_text(slot.words))
    return Piece(id=slot.id, heading=heading, kind=kind, time=slot.time)
