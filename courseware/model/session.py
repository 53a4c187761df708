"""The course and its sessions.

Course > Session > Section > Topic | Exercise > Part > Field and leaf blocks. A session's sections
come from its headings, a section's topics from those below, parts and fields from bold lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast

import msgspec

from courseware.language.catalogue import Tongue
from courseware.model.blocks import (
    AnyNode,
    Audience,
    Block,
    Box,
    Exercise,
    Footnote,
    Item,
    List,
    Node,
    Paragraph,
    Parallel,
    Part,
    Section,
    Text,
    Time,
)
from courseware.model.brand import Brand
from courseware.model.inline import plain_text
from courseware.model.kinds import find_kind
from courseware.model.times.delivery import Delivery, Issue
from courseware.model.walk import blocks_of, grouped, own_texts, rebuild, texts, ungrouped, walk

MODEL_VERSION = 2
FileNames = Literal["unicode", "ascii"]
Role = Literal["session", "facilitator", "answers"]
Given = ParamSpec("Given")
Found = TypeVar("Found")


def once(function: Callable[Concatenate[Session, Given], Found]) -> Callable[Concatenate[Session, Given], Found]:  # fmt: skip
    """Keep with a session what a function returns of it: many ask for the same."""

    @wraps(function)
    def found(session: Session, /, *given: Given.args, **named: Given.kwargs) -> Found:
        kept = session.__dict__.setdefault(function.__qualname__, {})
        key = (given, *named.items())
        if key not in kept:
            kept[key] = function(session, *given, **named)
        return cast(Found, kept[key])

    return found


class Meta(msgspec.Struct, frozen=True, omit_defaults=True):
    """A fact of the title block: `text` as written ("Duration: 2-3 hours")."""

    key: str
    value: str
    text: Text
    line: int = 1


class Session(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, dict=True):
    """One session: what its file says, in source order.

    `number_stated` tells a number that the author wrote from one guessed from the file's name.
    `role` is facilitator or answers where the whole file is not for learners. `tongue` is what its text is read by.
    """

    path: str
    title: Text
    label: str = ""
    subtitle: Text = Text()
    number: int | None = None
    number_stated: bool = False
    module: str = ""
    length: Time | None = None
    language: str = ""
    audience: str = ""
    room: str = ""
    prerequisites: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    minutes: tuple[tuple[str, int], ...] = ()
    meta: tuple[Meta, ...] = ()
    sections: tuple[Section, ...] = ()
    revision: str = ""
    revision_text: Text = Text()
    role: Role = "session"
    tongue: Tongue = Tongue()

    @once
    def nodes(self) -> tuple[AnyNode, ...]:
        """Return every node in source order."""
        return tuple(walk(self.sections))

    def exercises(self) -> tuple[Exercise, ...]:
        """Return the exercises in source order."""
        return tuple(blocks_of(self.sections, Exercise))

    def agendas(self) -> tuple[Section, ...]:
        """Return the agendas in source order, those inside of sections among them."""
        return tuple(s for s in blocks_of(self.sections, Section) if s.kind == "agenda")

    def footnotes(self) -> dict[str, Footnote]:
        """Return the footnotes by label."""
        return {note.label: note for note in blocks_of(self.sections, Footnote)}

    def stated_minutes(self) -> tuple[int, int]:
        """Return low and high sums of the exercises' stated times, in minutes."""
        times = [e.time for e in self.exercises() if e.time is not None]
        return sum(t.low for t in times), sum(t.high for t in times)

    def left_minutes(self) -> tuple[int, int] | None:
        """Return what the length leaves for the rest, low and high, or None without a length."""
        if self.length is None:
            return None
        low, high = self.stated_minutes()
        return self.length.low - low, self.length.high - high

    @once
    def texts(self) -> tuple[Text, ...]:
        """Return every text in source order: title block, sections, revision."""
        head = (plain_text(self.label), self.title, self.subtitle, *(m.text for m in self.meta))
        said = (text for node in self.nodes() for text in own_texts(node))
        return tuple(t for t in (*head, *said, self.revision_text) if t)


class Course(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A course: its facts and its sessions in order. `paper` is a4 or letter, `typography`
    says whether texts get the signs of their language: its quotation marks, dashes and spaces, `file_names` whether files' names keep
    letters of all scripts.

    `delivery` is the one that its products show the times of. `guide` says whether that of the
    facilitator holds all that learners read, too. `answers` says whether learners get the
    answer keys: after the session, or never. `template` is the file that slides are made on, a path in
    the course, "" for the built-in one, which is in the colours and faces of `brand`; `layouts` are names of its layouts by the name that decks ask
    for (`products.deck.titles.LayoutName`). `direction` is that of its text, ""
    for its language's. `words` are its own in place of what products print. `variant` is the name of the variant that is
    made, "" for the material in full, `group` the audience that it is for. `folder` is the name of
    the folder that it lies in. `issue` says of the calendar when it was given out.
    """

    title: str
    subtitle: str = ""
    author: str = ""
    organisation: str = ""
    language: str = "en"
    direction: Literal["", "ltr", "rtl"] = ""
    licence: str = ""
    version: str = ""
    paper: str = "a4"
    typography: Literal["by-language", "as-written"] = "by-language"
    file_names: FileNames = "unicode"
    delivery: Delivery = Delivery()
    issue: Issue = Issue()
    guide: Literal["brief", "full"] = "brief"
    answers: Literal["never", "after"] = "never"
    template: str = ""
    brand: Brand = Brand()
    layouts: dict[str, str] = {}
    words: dict[str, str | dict[str, str]] = {}
    variant: str = ""
    group: str = ""
    folder: str = ""
    sessions: tuple[Session, ...] = ()

    @property
    def name(self) -> str:
        """What a list of courses calls it, and a cover: its title, else its folder's name in words."""
        words = " ".join(re.split(r"[-_\s]+", self.folder.strip()))
        return self.title or words[:1].upper() + words[1:]

    def for_audience(self, audience: Literal["learner", "facilitator"]) -> Course:
        """Return the course as an audience may see it: a learner's has no facilitator's block."""
        if audience == "facilitator":
            return self
        seen = tuple(for_learner(s) for s in self.sessions if s.role == "session")
        return msgspec.structs.replace(self, sessions=seen)


class Chapter(msgspec.Struct, frozen=True):
    """How a session is called in what holds several: `name` begins its blocks' ids, `mark` is what its pages begin with, `file` its files' name.

    The mark is "" where the course has no other session and this one no number.
    """

    name: str = ""
    mark: str = ""
    file: str = ""


def named_in_course(name: str, block_id: str) -> str:
    """Return a block's id, unique in its session, as one that is unique in the course.

    `name` is the session's file name there: it holds no two hyphens in a row, so that nothing else gives the same.
    """
    return f"{name}--{block_id}" if block_id else ""


def with_course_ids(session: Session, name: str) -> Session:
    """Return a session whose blocks' ids are unique in the course, for files that hold several sessions."""

    def renamed(node: Any) -> Any:
        return msgspec.structs.replace(rebuild(node, renamed), id=named_in_course(name, node.id))

    return msgspec.structs.replace(session, sections=tuple(map(renamed, session.sections)))


class Document(msgspec.Struct, frozen=True):
    """What `model` prints: the version of this model and one session."""

    version: int
    session: Session


def hidden(node: Node) -> bool:
    """Whether a node is the facilitator's."""
    audience: Audience = node.audience
    own = find_kind(node.kind).audience if isinstance(node, Box) else "everyone"
    return "facilitator" in (audience, own)


def is_ticked(node: Node) -> bool:
    """Whether a node is the choices of a question with the right ones ticked: its own answer key."""
    return isinstance(node, List) and node.choices and any(i.checked for i in node.items)


def _kept(node: Any) -> Any | None:
    if hidden(node):
        return None
    if is_ticked(node):
        empty = tuple(msgspec.structs.replace(i, checked=False) for i in node.items)
        node = msgspec.structs.replace(node, items=empty)
    if hasattr(node, "blocks"):
        node = msgspec.structs.replace(node, blocks=ungrouped(node.blocks))
        bare = rebuild(node, _kept)
        if isinstance(node, Item) and node.blocks and not bare.blocks:
            return None
        return msgspec.structs.replace(bare, blocks=grouped(bare.blocks))
    bare = rebuild(node, _kept)
    return None if isinstance(node, List) and not bare.items else bare


@once
def for_learner(session: Session) -> Session:
    """Return `session` without the facilitator's blocks, footnotes only those refer to, and those that held nothing else."""
    sections = tuple(s for s in map(_kept, session.sections) if s is not None)
    seen = list(walk(sections))
    orphans = orphaned_notes(session, seen)
    orphans |= {node.label for node in seen if isinstance(node, Footnote) and not node.blocks}
    if orphans:
        sections = tuple(_without_notes(s, orphans) for s in sections)
    return msgspec.structs.replace(session, sections=sections)


def orphaned_notes(session: Session, seen: Iterable[Any]) -> set[str]:
    """Return the labels of the session's footnotes that readers who see `seen` do not come to.

    A footnote that nothing refers to is everyone's; one that only another refers to is that one's.
    """
    notes = session.footnotes()
    inside = {id(node) for note in notes.values() for node in walk([note])}
    seen = list(seen)
    inside |= {id(n) for f in seen if isinstance(f, Footnote) for n in walk([f])}
    referred = {label for text in session.texts() for label in text.notes}
    open_ = [label for n in seen if id(n) not in inside for t in own_texts(n) for label in t.notes]
    open_ += [label for label in notes if label not in referred]
    reached: set[str] = set()
    while open_:
        label = open_.pop()
        if label not in reached and label in notes:
            open_ += [more for text in texts([notes[label]]) for more in text.notes]
        reached.add(label)
    return referred - reached


def _without_notes(node: Any, labels: set[str]) -> Any:
    def keep(child: Any) -> Any | None:
        if isinstance(child, Footnote) and child.label in labels:
            return None
        return rebuild(child, keep)

    return rebuild(node, keep)


def prompts(exercise: Exercise) -> tuple[Item | Paragraph, ...]:
    """Return what an exercise asks, in source order; none means that it is one prompt itself."""
    return tuple(
        n
        for n in walk(exercise.blocks)
        if isinstance(n, Item | Paragraph) and n.asks and not hidden(n)
    )


def parts(exercise: Exercise) -> tuple[Part | Item, ...]:
    """Return an exercise's parts: what bold lines head, and items with a list inside."""
    found: list[Part | Item] = []
    for node in walk(exercise.blocks):
        if isinstance(node, Part) or (isinstance(node, Item) and node.part):
            found.append(node)
    return tuple(found)


def parallels(blocks: tuple[Block, ...] | tuple[Section, ...]) -> tuple[Parallel, ...]:
    """Return every group of parallel siblings in `blocks`."""
    return tuple(blocks_of(blocks, Parallel))
