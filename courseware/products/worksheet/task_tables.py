"""Tasks as tables: something of each of several things, and cases sorted into classes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from courseware.language.counting import ems
from courseware.language.printed import Printed
from courseware.language.twins import twins
from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import Cell, Field, Item, List, Node, Paragraph, Row, Text
from courseware.model.cutting import part_of, without_last
from courseware.model.inline import plain_text
from courseware.model.tasks.classes import CASES, classes_of
from courseware.model.tasks.each import Each, asks_criteria, counted, criteria_of, each_of
from courseware.model.tasks.pieces import names
from courseware.model.walk import own_texts
from courseware.products.worksheet.space import Grid, Room, Tick

ROWS = 4
"""Rows where no text says how many things there are."""
MOST_ROWS = 15
CRITERIA = 2
"""Criteria in a lead-in from which the things below it are a table's rows."""
ACROSS = 6
"""Criteria that stand side by side; of more, each has a row."""
ROW, SORTED_ROW = 15.0, 12.0
"""Least heights of a row to write in, and of a case to sort, in mm."""
FIGURE, THING, CRITERION = 7.0, 37.0, 52.0
"""Widths in mm of a row's number, of a thing's name, and of a criterion that has a row."""
CASE, BOX = 58.0, 15.0
"""Widths in mm of a case to sort, and of a class's box."""
LETTER, EM = 1.8, 3.35
"""Millimetres of a letter of a table's head, of all and for certain, and of an em there."""
TABLE = 168.0
"""Millimetres of a page's measure."""
HEAD_LINES = 5
"""Lines of a criterion that stand over its column; where one has more, each has a row."""
SHORT_NAME = 80
"""Characters of a case that stands in the first column of a table."""

Criterion = tuple[Text, Text]
"""A criterion's name, and its question."""


class Past:
    """What an exercise has said before a prompt: its texts, its lists with what leads in to them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.texts: list[str] = []
        self.lists: list[tuple[str, List]] = []
        self.parts: list[Text] = []

    def cases(self, thing: str) -> tuple[Text, ...]:
        """Return the names of the things that a list, or parts, gave before; () where none did."""
        name = thing.split(" ")[-1]
        for lead, block in reversed(self.lists):
            said = tuple(_text(item) for item in block.items)
            plain = all(
                len(i.blocks) == 1 and not i.asks and i.checked is None for i in block.items
            )
            short = all(0 < len(text.plain) <= SHORT_NAME for text in said)
            if plain and short and 1 < len(said) <= MOST_ROWS and _named(lead, name):
                return said
        parts = tuple(part for part in self.parts if _named(part.plain, name))
        return parts if len(parts) > 1 else ()


class TaskTables:
    """Makes the tables of one unit of a worksheet."""

    def __init__(self, words: Vocabulary, printed: Printed, past: Past) -> None:
        """Take the words that tasks are known by, those that are printed, and what was said before."""
        self.words, self.printed, self.past = words, printed, past

    def of_list(self, lead: str, block: List) -> list[Node]:
        """Return the tables that a list with its lead-in asks for; none where it is no such task."""
        if not _is_plain(block):
            return []
        if classes := self.classes(lead, block):
            return [self.sorting(block, classes)]
        said = [_text(item).plain for item in block.items]
        each = each_of(lead, self.words)
        if each is None or classes_of(lead, self.words, said):
            return []
        if asks_criteria(each, said, self.words):
            given = self.past.cases(each.thing)
            return self._tables(block, each, [_criterion(item) for item in block.items], given)
        behind = twins(lead).rstrip(" :").endswith(each.rest)
        named = criteria_of(each, self.words) if behind else ()
        short = all(0 < len(text) <= SHORT_NAME for text in said)
        if len(named) < CRITERIA or not short or not 1 < len(said) <= MOST_ROWS:
            return []
        things = tuple(_text(item) for item in block.items)
        return self._tables(block, each, [(plain_text(name), Text()) for name in named], things)

    def classes(self, lead: str, block: List) -> tuple[str, ...]:
        """Return the classes that a list's cases are sorted into; () where it is no such task."""
        if not _is_plain(block) or len(block.items) < CASES:
            return ()
        return classes_of(lead, self.words, [_text(item).plain for item in block.items])

    def of_text(self, prompt: Node, text: str) -> list[Node]:
        """Return the tables that a prompt asks for in its own sentence."""
        each = each_of(text, self.words)
        named = criteria_of(each, self.words) if each is not None else ()
        if each is None or not named:
            return []
        each = msgspec.structs.replace(
            each,
            count=each.count
            or counted(each.thing, [text], self.words)[1]
            or counted("", [text], self.words)[1],
        )
        given = self.past.cases(each.thing)
        return self._tables(prompt, each, [(plain_text(name), Text()) for name in named], given)

    def collects(self, text: str, after: Node | None) -> bool:
        """Whether a prompt asks for the things that the next one asks something of each of."""
        each = each_of(_lead(after), self.words) if after is not None else None
        return each is not None and counted(each.thing, [text], self.words)[1] > 0

    def _tables(
        self, at: Node, each: Each, criteria: list[Criterion], given: tuple[Text, ...]
    ) -> list[Node]:
        """Return tables of criteria for each thing; `given` are the things that are named."""
        thing, before = counted(each.thing, self.past.texts, self.words)
        count = len(given) or each.count or before or ROWS
        each = msgspec.structs.replace(each, thing=each.thing or thing)
        things = [given[n] if given else Text() for n in range(count)]
        share = (TABLE - FIGURE - THING) / max(len(criteria), 1) - 3.6
        tall = any(len(n.plain) + len(q.plain) > HEAD_LINES * share / LETTER for n, q in criteria)
        if (tall or len(criteria) > ACROSS) and count <= ACROSS:
            return [self._by_rows(at, each, things, criteria)]
        runs = -(-len(criteria) // ACROSS)
        size = -(-len(criteria) // runs)
        return [self._by_columns(at, each, things, (criteria[n : n + size], n))
                for n in range(0, len(criteria), size)]  # fmt: skip

    def _by_columns(
        self, at: Node, each: Each, things: Sequence[Text], some: tuple[list[Criterion], int]
    ) -> Grid:
        """Return a table with a row for each thing; `some` are criteria, and the place of the first."""
        criteria, first = some
        table = _TableMaker(at, f"{at.id}-table-{first}")
        head = [
            table.head(),
            table.head(plain_text(self._name(each, 0))),
            *(table.head(*c) for c in criteria),
        ]
        rows = []
        for n, thing in enumerate(things):
            name = thing.plain or self._name(each, n + 1)
            own = table.cell(Paragraph(span=at.span, text=thing)) if thing else table.room(name)
            cells = [
                table.room(self.printed("titled", label=name, title=c.plain)) for c, _ in criteria
            ]
            rows.append([table.head(plain_text(str(n + 1))), own, *cells])
        return table.made(head, rows, (FIGURE, THING, *(0.0 for _ in criteria)))

    def _by_rows(
        self, at: Node, each: Each, things: Sequence[Text], criteria: list[Criterion]
    ) -> Grid:
        """Return a table with a row for each criterion."""
        table = _TableMaker(at, f"{at.id}-table")
        names_ = [thing or plain_text(self._name(each, n + 1)) for n, thing in enumerate(things)]
        given = any(things)
        head = [table.head(), *(table.head(name) for name in names_)]
        rows = [] if given else [
            [table.head(plain_text(self._name(each, 0))), *(table.room(name.plain) for name in names_)]]  # fmt: skip
        for criterion, question in criteria:
            cells = [
                table.room(self.printed("titled", label=n.plain, title=criterion.plain))
                for n in names_
            ]
            rows.append([table.head(criterion, question), *cells])
        return table.made(head, rows, (CRITERION, *(0.0 for _ in things)))

    def _name(self, each: Each, number: int) -> str:
        thing = each.thing or self.printed("case")
        return f"{thing} {number}" if number else thing

    def sorting(
        self, block: List, classes: Sequence[str], answers: Sequence[tuple[int, Node] | None] = ()
    ) -> Grid:
        """Return a table of a list's cases with a box for each class; `answers` tick and say why."""
        table = _TableMaker(block, f"{block.id}-table", SORTED_ROW)
        numbered = block.ordered
        because = self.printed("because")
        head = [*([table.head()] if numbered else []), table.head(plain_text(self.printed("case"))),
            *(table.head(plain_text(name)) for name in classes), table.head(plain_text(because))]  # fmt: skip
        rows = []
        for n, item in enumerate(block.items):
            said, answer = _text(item).plain, answers[n] if answers else None
            number = [table.head(plain_text(str(block.start + n)))] if numbered else []
            ticks = [table.tick(self.printed("titled", label=said, title=name), answer is not None and answer[0] == c)
                     for c, name in enumerate(classes)]  # fmt: skip
            why = (
                table.cell(answer[1])
                if answer
                else table.room(self.printed("titled", label=said, title=because))
            )
            rows.append([*number, table.cell(*item.blocks), *ticks, why])
        boxes = tuple(map(_box, classes))
        if sum(boxes) > TABLE - CASE:
            boxes = tuple(max(map(_box, name.split()), default=BOX) for name in classes)
        return table.made(
            head,
            rows,
            (*([FIGURE] if numbered else []), CASE if sum(boxes) < 70 else 0.0, *boxes, 0.0),
        )


def _box(name: str) -> float:
    """Return the millimetres of a column in which a class's name is whole."""
    return max(BOX, ems(name) * EM + 4)


class _TableMaker:
    """Makes the cells of one table, each with a name of its own."""

    def __init__(self, at: Node, name: str, height: float = ROW) -> None:
        self.span, self.name, self.height, self.count = at.span, name, height, 0

    def _next(self) -> str:
        self.count += 1
        return f"{self.name}-{self.count}"

    def head(self, *texts: Text) -> Cell:
        said = [Paragraph(span=self.span, text=text) for text in texts if text]
        return Cell(span=self.span, header=True, blocks=tuple(said))

    def cell(self, *blocks: Node) -> Cell:
        return Cell(span=self.span, blocks=blocks)  # type: ignore[arg-type]

    def room(self, label: str) -> Cell:
        return self.cell(
            Room(span=self.span, id=self._next(), kind="cell", height=self.height, label=label)
        )

    def tick(self, label: str, checked: bool) -> Cell:
        return self.cell(Tick(span=self.span, id=self._next(), label=label, checked=checked))

    def made(self, head: list[Cell], rows: list[list[Cell]], widths: tuple[float, ...]) -> Grid:
        cells = [Row(span=self.span, cells=tuple(row)) for row in rows]
        return Grid(span=self.span, id=self.name, head=(Row(span=self.span, cells=tuple(head)),),
                    rows=tuple(cells), widths=widths)  # fmt: skip


def _is_plain(block: List) -> bool:
    """Whether a list's items are texts alone, without boxes, and some ask."""
    plain = all(i.checked is None and _text(i) for i in block.items)
    return plain and not block.choices and any(i.asks for i in block.items)


def _named(text: str, thing: str) -> bool:
    return (
        any(names(word, thing) for word in text.split()) if thing else text.rstrip().endswith(":")
    )


def _lead(node: Node) -> str:
    """Return the words that an item begins with."""
    first = node.blocks[0] if isinstance(node, Item) and node.blocks else node
    return (
        " ".join(t.plain for t in own_texts(first)) if isinstance(first, Paragraph | Field) else ""
    )


def _text(item: Item) -> Text:
    """Return the text of an item that is nothing else; empty for another."""
    first = item.blocks[0] if len(item.blocks) == 1 else None
    if isinstance(first, Paragraph):
        return first.text
    if isinstance(first, Field) and not first.blocks:
        return plain_text(f"{first.label.plain} {first.value.plain}".strip())
    return Text()


def _criterion(item: Item) -> Criterion:
    """Return a criterion's name and its question, parted at a colon, a dash or a bracket."""
    first = item.blocks[0]
    if isinstance(first, Field):
        return without_last(first.label, " :："), first.value
    text = _text(item)
    said = text.plain
    for opening, closing in (
        (":", ""),
        ("：", ""),
        (" – ", ""),
        (" — ", ""),
        (" - ", ""),
        (" (", ")"),
        ("（", "）"),
    ):
        at = said.find(opening)
        if 0 < at <= SHORT_NAME // 2 and said[at + len(opening) :].strip():
            end = len(said) - len(closing) if closing and said.endswith(closing) else len(said)
            if not closing or said.endswith(closing):
                return part_of(text, 0, at), part_of(text, at + len(opening), end)
    return text, Text()
