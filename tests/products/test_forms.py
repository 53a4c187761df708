"""The forms of siblings and lists in print, by what they hold."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.course.loading import load
from courseware.html.rendering import render
from courseware.language.printed import printed as printed_in
from courseware.model.blocks import (
    AnyNode,
    Box,
    Code,
    Drawing,
    Exercise,
    Form,
    List,
    Paragraph,
    Quote,
    Text,
)
from courseware.model.inline import Run
from courseware.model.pairs import pairs_of
from courseware.model.session import parallels
from courseware.model.walk import blocks_of, texts
from courseware.products.handout.canvas import canvas
from courseware.products.handout.contents import brief, label_column, repeats
from courseware.products.handout.forms import SHORT, Siblings, arrange, sets
from courseware.products.handout.leads import is_paired, leads, led_runs, minded
from courseware.products.handout.redrawing import Redrawn, redrawn
from courseware.products.handout.rows import HIGHEST, NAME, Pair, Rows, in_pairs, is_side_headed
from courseware.products.table import PRODUCTS, page
from tests.support import session_of

LONG = "a thing that takes more than a column's width to say"


def shape(source: str) -> str:
    (group,) = parallels(session_of(source).sections)
    return arrange(group).kind


NAMES = tuple(f"### {name}" for name in ("Hammer", "Saw", "Plane", "Level", "File"))


def topics(value: str, names: tuple[str, ...] = NAMES) -> str:
    one = "{}\n**What:** {}\n\n**Use:**{}\n\n"
    return "# T\n\n## Tools\n\n" + "".join(one.format(n, "a tool", value) for n in names)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (" to hit", "table"),
        (" " + "x" * (SHORT + 1), "cards"),
        ("\n- one\n- two", "cards"),
        ("\n\n```python\nprint()\n```", "cards"),
    ],
)
def test_the_shape_follows_the_length_of_values(value: str, kind: str) -> None:
    assert shape(topics(value)) == kind


def test_names_that_only_count_make_ladders() -> None:
    counted = tuple(f"**Example {n}:**\n" for n in range(1, 6))
    assert shape(topics(" to hit", counted)) == "ladder"
    named = tuple(f"**{n}. {name[4:]}**\n" for n, name in enumerate(NAMES, 1))
    assert shape(topics(" to hit", named)) == "table"


def test_a_field_that_one_lacks_is_an_empty_cell() -> None:
    field = "**{0}:** {0} of {1}\n"
    source = "# T\n\n## Tools\n\n"
    for name in "ABCDE":
        labels = ("What", "Why", "Care") if name != "B" else ("What", "Why")
        source += f"### {name}\n" + "".join(field.format(n, name) for n in labels) + "\n"
    (group,) = parallels(session_of(source).sections)
    found = arrange(group)
    assert (found.kind, found.labels) == ("table", ("What", "Why", "Care"))
    said = [[None if c is None else c.value.plain for c in row] for _, row in found.rows]
    assert said[1] == ["What of B", "Why of B", None]
    assert said[2] == ["What of C", "Why of C", "Care of C"]


def test_what_stands_beside_the_shared_fields_keeps_siblings_on_cards() -> None:
    source = topics(" to hit", ("### A", "### B", "### C"))
    assert shape(source.replace("### B\n", "### B\nA word before.\n\n", 1)) == "cards"
    assert shape(source.replace("### B\n", "### B\n**Care:** oil\n\n", 1)) == "cards"


def test_two_cards_stand_side_by_side_and_tall_rows_may_break() -> None:
    many = "\n" + "\n".join(f"- item {n}" for n in range(30))
    (group,) = parallels(session_of(topics(f"\n- {LONG}", ("### A", "### B", "### C"))).sections)
    assert [(len(p), tall) for p, tall in arrange(group).cards] == [(2, False), (1, False)]
    (group,) = parallels(session_of(topics(many, NAMES[:2])).sections)
    assert [tall for _, tall in arrange(group).cards] == [True]


def test_a_box_after_the_last_sibling_is_below_them_all() -> None:
    box = '::: activity "Compare" 5 min\nWhich would you take?\n:::\n'
    (group,) = parallels(session_of(topics(f"\n- {LONG}") + box).sections)
    found = arrange(group)
    assert [type(b).__name__ for b in found.after] == ["Box"]
    assert not any(b in s.blocks for pair, _ in found.cards for s in pair for b in found.after)


def printed(source: str) -> list[object]:
    """Return what the first section's blocks are printed as."""
    return list(sets(session_of(f"# T\n\n## Tools\n\n{source}").sections[0].blocks))


def in_rows(source: str) -> list[object]:
    (section,) = session_of("# T\n\n## S\n\n" + source).sections
    return list(sets(section.blocks, rows=True))


def only_list(source: str) -> List:
    found: List = next(blocks_of(session_of(f"# T\n\n## Tools\n\n{source}").sections, List))
    return found


def test_names_stand_across_where_their_values_are_short() -> None:
    assert shape(topics(" to hit", NAMES[:3])) == "comparison"
    assert shape(topics("\n- one\n- two", NAMES[:3])) == "comparison"
    assert shape(topics(f" {LONG}", NAMES[:4])) == "table"


def test_four_names_stand_down_where_a_line_holds_each_value() -> None:
    assert shape(topics(" to hit", NAMES[:4])) == "table"
    assert shape(topics("\n- one\n- two", NAMES[:4])) == "comparison"


def test_siblings_without_labels_stand_on_cards_if_all_are_short() -> None:
    card = "### {}\n\n- check the edge\n- oil it\n\n"
    (found,) = printed("".join(card.format(n) for n in "ABCD"))
    assert isinstance(found, Siblings) and (found.kind, found.across) == ("cards", 2)
    long = "### E\n\n" + " ".join(["A word and another."] * 20) + "\n"
    assert not any(isinstance(b, Siblings) for b in printed("".join(map(card.format, "AB")) + long))


def test_headings_of_a_little_prose_stand_beside_it_if_all_do() -> None:
    words = " ".join(["A word and another."] * 20)
    two = f"### A\n\n{words}\n\n### B\n\n{words}\n\n"
    (found,) = in_rows(two)
    assert isinstance(found, Rows) and [s.heading.name for s in found.siblings] == ["A", "B"]
    assert not isinstance(printed(two)[0], Rows)
    for long in (f"### {'x' * (NAME + 1)}\n\n{words}\n", "### C\n\n" + "A line.\n\n" * (HIGHEST + 1),
                 "### C\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"):  # fmt: skip
        assert not any(isinstance(b, Rows) for b in in_rows(two + long)), long[:20]


def test_a_heading_does_not_stand_beside_what_stands_on_cards() -> None:
    steps = "1. Open\n   - the box\n   - the bag\n2. Close\n   - both\n\n"
    for below in (steps, f"**Agenda:**\n\n{steps}", "**A. Saw**\n- it\n\n**B. Sand**\n- it\n\n"):
        found = in_rows(f"### Monday\n\n{below}### Tuesday\n\n{below}")
        assert not any(isinstance(b, Rows) for b in found), below


def test_a_box_of_little_prose_has_its_title_beside_it() -> None:
    def beside(title: str, text: str, kind: str = "note") -> bool:
        (section,) = session_of(f"# T\n\n## S\n\n::: {kind} {title}\n{text}\n:::\n").sections
        (box,) = section.blocks
        assert isinstance(box, Box), box
        return is_side_headed(box)

    words = " ".join(["A word and another."] * 8)
    assert beside("Names", words) and beside("Names", f"- {words}\n- more\n")
    assert (
        beside("", words)
        and not beside("", words, "unknown")
        and not beside("x" * (NAME + 1), words)
    )
    assert not beside("Names", "One line.") and not beside("Names", words * 4)
    assert not beside("Names", f"{words}\n\n```sh\nls\n```") and not beside(
        "Names", words, "stretch"
    )


def test_a_section_of_one_line_stands_beside_its_heading() -> None:
    def stands(source: str) -> bool:
        (section,) = session_of(f"# T\n\n{source}\n").sections
        return brief(section)

    assert stands("## Quiz\n\nTake the quiz.") and stands("## Next session\n\n" + "word " * 50)
    assert not stands("## Quiz\n\n" + "word " * 50) and not stands("## Quiz (5 min)\n\nTake it.")
    assert not stands("## Quiz\n\n- Take it.") and not stands(
        "## A name that has no room here\n\nTake it."
    )


def test_short_sections_stand_beside_their_headings() -> None:
    blocks = session_of("# T\n\n## Before\n\nBring it.\n\n## Room\n\nTables.\n").sections
    (found,) = sets(blocks, rows=True)
    assert isinstance(found, Rows) and len(found.siblings) == 2


def test_short_exercises_stand_beside_their_headings() -> None:
    def forms(task: str) -> list[object]:
        source = f"# T\n\n## Tasks\n\n### Exercise 1: Saw\n\n{task}\n\n### Exercise 2: Sand\n\nSand it.\n"
        return list(sets(session_of(source).sections[0].blocks, rows=True))

    (found,) = forms("Saw it.")
    assert isinstance(found, Rows) and all(isinstance(s, Exercise) for s in found.siblings)
    assert not any(isinstance(b, Rows) for b in forms("```sh\nls\n```"))


def test_code_stands_beside_what_it_prints_if_both_are_narrow() -> None:
    def pair(code: str, output: str, kind: str = "output") -> bool:
        source = f"# T\n\n## S\n\n```bash\n{code}\n```\n\n```{kind}\n{output}\n```\n"
        (section,) = session_of(source).sections
        return any(isinstance(b, Pair) for b in in_pairs(section.blocks))

    assert pair("ls", "a b c") and pair("x" * 38, "y" * 38)
    assert not pair("x" * 54, "y") and not pair("ls", "y" * 54) and not pair("ls", "cd", "bash")


def test_a_text_stands_beside_the_code_that_it_tells_of_if_neither_is_much_higher() -> None:
    def forms(text: str, code: str, more: str = "") -> list[str]:
        source = f"# T\n\n## S\n\n{text}\n\n```bash\n{code}\n```\n{more}"
        (section,) = session_of(source).sections
        return [b.kind + b.widths if isinstance(b, Pair) else "" for b in in_pairs(section.blocks)]

    assert forms("List it:", "x" * 32) == ["toldeven"]
    assert forms("List it:", "x" * 40) == ["toldwide"]
    assert forms("List it:", "x" * 46) == ["toldnarrow"]
    assert forms("List it:", "x" * 47) == ["", ""]
    assert forms("List it:", "x\n" * 24) == ["toldeven"]
    assert (
        forms("List it:", "x\n" * 25) == forms("List it:", ("x" * 43 + "\n") * 40) == ["toldtall"]
    )
    assert forms("List it:", ("x" * 44 + "\n") * 25) == ["", ""]
    assert forms("word " * 41, "ls") == ["toldeven"] and forms("word " * 43, "ls") == ["", ""]
    output = "\n```output\n{}\n```\n"
    assert forms("List it:", "ls", output.format("a b")) == ["", "printednarrow"]
    assert forms("List it:", "ls", output.format("y" * 54)) == ["toldeven", ""]
    assert list(in_pairs(())) == []


@pytest.mark.parametrize(
    ("label", "narrow"), [("一緒にすること", False), ("主な仕事内容", True), ("Together", True)]
)
def test_labels_have_a_column_of_their_own_where_their_letters_fill_no_more(
    label: str, narrow: bool
) -> None:
    one = f"{{}}\n**中心:** a tool\n\n**{label}:** {LONG * 3}\n\n"
    source = "# T\n\n## Tools\n\n" + "".join(one.format(name) for name in NAMES)
    (group,) = parallels(session_of(source).sections)
    found = arrange(group)
    assert isinstance(found, Siblings)
    assert (found.kind, found.narrow) == ("cards", narrow)


def test_three_short_parts_stand_three_across_and_never_one_alone() -> None:
    part = "**{}. Try**\n- look\n- say\n\n"
    counts = {n: printed("".join(part.format(i + 1) for i in range(n))) for n in (3, 4, 5, 6)}
    across = {n: found[0].across for n, found in counts.items() if isinstance(found[0], Siblings)}
    assert across == {3: 3, 4: 2, 5: 3, 6: 3}


def test_steps_with_lists_below_stand_on_cards() -> None:
    (found,) = printed("1. Open\n   - the box\n   - the bag\n2. Close\n   - both\n")
    assert isinstance(found, Siblings) and found.list is not None
    assert [s.heading.label for row, _ in found.cards for s in row] == ["1", "2"]
    assert isinstance(printed("1. Open\n2. Close\n")[0], List)


def test_many_short_items_stand_two_in_a_row() -> None:
    assert is_paired(only_list("- saw\n" * 4)) and not is_paired(only_list("- saw\n" * 3))
    assert is_paired(only_list("1. saw\n" * 6)) and not is_paired(only_list("1. saw\n" * 5))
    assert not is_paired(only_list(f"1. {'saw ' * 13}\n" * 6))
    assert is_paired(msgspec.structs.replace(only_list("1. saw\n" * 6), choices=True))
    assert not is_paired(only_list(f"- {LONG}\n" * 6))


@pytest.mark.parametrize(
    ("item", "lead"),
    [
        ("**Measure twice:** cut once", "Measure twice"),
        ("**Measure twice**: cut once", "Measure twice"),
        ("**Measure twice** – cut once", "Measure twice"),
        ("**Measure twice.** Cut once", "Measure twice."),
    ],
)
def test_what_items_begin_with_in_bold_stands_beside_the_rest(item: str, lead: str) -> None:
    found = leads(only_list(f"- {item}\n" * 3))
    assert [(f.words.plain, f.rest.plain.lower()) for f in found] == [(lead, "cut once")] * 3
    assert leads(only_list(f"- {item}\n- no lead\n")) == ()
    assert leads(only_list("- a **bold** word: here\n" * 3)) == ()


RUN = (
    "**Guide**{} Leads the walk.",
    "**Scribe**{} Takes notes.",
    "**Keeper**{} Watches the clock.",
)


@pytest.mark.parametrize("mark", ["", ":", " –"])
def test_paragraphs_that_begin_with_a_name_each_are_set_as_a_list(mark: str) -> None:
    source = "\n\n".join(words.format(mark) for words in RUN)
    blocks = session_of(f"# T\n\n## S\n\nBegin.\n\n{source}\n\nEnd.\n").sections[0].blocks
    (found,) = (b for b in led_runs(blocks) if isinstance(b, List))
    names = [lead.words.plain for lead in leads(found)]
    assert names == ["Guide", "Scribe", "Keeper"]
    assert list(led_runs(blocks[:3])) == list(blocks[:3])


@pytest.mark.parametrize("rest", [" is one who leads.", " Leads the walk", ", who leads."])
def test_paragraphs_with_a_bold_word_in_a_sentence_stay_as_they_are(rest: str) -> None:
    source = "\n\n".join(f"**{name}**{rest}" for name in ("Guide", "Scribe", "Keeper"))
    blocks = session_of(f"# T\n\n## S\n\n{source}\n").sections[0].blocks
    assert list(led_runs(blocks)) == list(blocks)


@pytest.mark.parametrize(
    ("words", "title", "heading"),
    [("Card", True, True), ("CARD:", True, True), ("Walk", False, True), ("Cards", False, False)],
)
def test_what_a_title_has_said_is_known(words: str, title: bool, heading: bool) -> None:
    session = session_of("# Card\n\n## Walk\n\nText.\n")
    said = Text((Run(words),))
    assert (repeats(said, session), repeats(said, session, True)) == (title, heading)


def test_a_column_of_labels_holds_their_longest_word() -> None:
    widths = [label_column(["on " + "m" * n]) for n in (1, 12, 16, 40)]
    assert widths == sorted(widths) and widths[0] == 27.0 and widths[2] > 16 * 2.2
    assert label_column(["一緒にすること"], 8) > 7 * 3.03


def test_a_form_of_names_is_a_grid_without_its_underscores() -> None:
    source = "```\nTOOL CARD\nName: what is it? ____\nUse: ____\nCare: ____\nPlace: ____\n```\n"
    (form,) = blocks_of(session_of(f"# T\n\n## Exercise 1: Fill\n\n{source}").sections, Form)
    found = canvas(form)
    assert found is not None and found.title.plain == "TOOL CARD"
    assert [(n.plain, h.plain) for n, h in found.cells][:2] == [
        ("Name", "what is it?"),
        ("Use", ""),
    ]
    (form,) = blocks_of(
        session_of(
            "# T\n\n## Exercise 1: Fill\n\n```\nI take ____ and ____ it.\nI go ____ then.\n```\n"
        ).sections,
        Form,
    )
    assert canvas(form) is None


@given(st.lists(st.sampled_from(["### A {}\n\n- one\n- two\n", "### B {}\n\nText {}.\n", "Words {}.\n",
    "**Part {}**\n- a\n\n", "1. Step {}\n   - x\n2. Then\n   - y\n", "- [ ] tick {}\n" ]), max_size=8),
    st.booleans())  # fmt: skip
def test_no_word_is_lost_and_none_is_moved(pieces: list[str], rows: bool) -> None:
    source = "\n".join(p.format(n, n) for n, p in enumerate(pieces))
    blocks = session_of(f"# T\n\n## S\n\nBegin.\n\n{source}").sections[0].blocks
    out: list[str] = []
    for found in sets(blocks, rows=rows):
        inside: tuple[AnyNode, ...]
        if isinstance(found, Rows):
            inside = found.siblings
        elif isinstance(found, Siblings):
            inside = tuple(s for row, _ in found.cards for s in row)
        else:
            assert not isinstance(found, Pair)
            inside = (found,)
        out += [text.plain for text in texts(inside)]
        out += [t.plain for t in texts(found.after)] if isinstance(found, Siblings) else []
    assert [w for w in out if w and not w.isdigit()] == [t.plain for t in texts(blocks) if t.plain]


def test_chains_and_matrices_in_characters_are_drawn_anew() -> None:
    def drawing(text: str, language: str = "") -> object:
        (section,) = session_of(f"# T\n\n## S\n\n```{language}\n{text}\n```\n").sections
        (block,) = section.blocks
        assert isinstance(block, Drawing | Code)
        return redrawn(block)

    chain = drawing("Idea → Site → People → Plan")
    assert isinstance(chain, Redrawn) and [t.plain for t in chain.steps] == [
        "Idea",
        "Site",
        "People",
        "Plan",
    ]
    cross = """
             Soon
              |
    Do it     |    Plan it
    today     |    for May
  Cheap ------+------ Dear
    Leave     |    Ask
    it        |    first
              |
            Later
"""
    found = drawing(cross)
    assert isinstance(found, Redrawn) and [f[0].plain for f in found.fields] == [
        "Do it today",
        "Plan it for May",
        "Leave it",
        "Ask first",
    ]
    assert (found.top, found.bottom, found.left, found.right) == ("Soon", "Later", "Cheap", "Dear")
    assert drawing("a = b → c → d", "python") is None and drawing("+---+\n| a |\n+---+") is None


CHAIN = "```\nIdea → Site → People → Plan\n```\n"
PAIRS = "```\nArea: 9\nLease: ten years\nShare: 4\n```\n"
CROSS = "```\n     Do it | Plan it\nCheap -----+----- Dear\n     Leave | Ask\n```\n"


def test_a_matrix_stands_beside_its_neighbour() -> None:
    blocks = (
        session_of(f"# T\n\n## S\n\n### First\n\n{CROSS}\n### Card\n\n{PAIRS}").sections[0].blocks
    )
    (cards,) = sets(blocks)
    assert isinstance(cards, Siblings) and len(cards.cards[0][0]) == 2


@pytest.mark.parametrize("product", ["handout", "worksheet", "answers"])
@pytest.mark.parametrize(
    ("drawn", "kind"), [(CHAIN, "stepper"), (CROSS, "plot shown"), (PAIRS, "keyed")]
)
@pytest.mark.parametrize("place", ["{}", "1. Look at this:\n\n{indented}", "**A. Part**\n\n{}"])
def test_figures_of_exercises_are_drawn_in_every_product(
    tmp_path: Path, product: str, drawn: str, kind: str, place: str
) -> None:
    indented = "".join(f"   {line}" for line in drawn.splitlines(keepends=True))
    shown = place.format(drawn, indented=indented)
    answer = "::: answer\nThe first.\n:::\n"
    (tmp_path / "a.md").write_text(
        f"# Session 1: T\n\n## Exercises\n\n### Exercise 1: One\n\n{shown}\n\nWhich is first?\n\n{answer}"
    )
    made = page(PRODUCTS[product], load(tmp_path).course, "a.md")
    assert made is not None
    html = render(made, tmp_path)
    assert f'class="{kind}' in html and "<pre" not in html


@pytest.mark.parametrize("word", ["Tip", "Note", "Warning", "Important", "Caution"])
@pytest.mark.parametrize("end", [":", ""])
def test_a_quote_that_begins_with_a_boxs_name_is_that_box(word: str, end: str) -> None:
    def made(text: str) -> Box | None:
        (quote,) = session_of(f"# T\n\n## S\n\nBegin.\n\n{text}\n").sections[0].blocks[1:]
        assert isinstance(quote, Quote)
        return minded(quote, printed_in("en"))

    box = made(f"> **{word}{end}**{'' if end else ':'} Look first.\n>\n> Then go.")
    assert box is not None and box.kind == word.lower()
    assert [t.plain for t in texts(box.blocks)] == ["Look first.", "Then go."]
    assert made(f"> **{word} for all:** Look first.") is None
    assert made(f"> {word} and see.") is None


@pytest.mark.parametrize("end", ["\\\n", "\n"])
def test_lines_of_keys_and_values_are_pairs(end: str) -> None:
    def pairs(*lines: str) -> list[str]:
        (section,) = session_of("# T\n\n## S\n\n" + end.join(lines) + "\n").sections
        (block,) = section.blocks
        assert isinstance(block, Paragraph)
        return [f"{key.plain}={value.plain}" for key, value in pairs_of(block.text)]

    assert pairs("Area: 600 m²", "Plots: 24", "First day: 14 March") == [
        "Area=600 m²",
        "Plots=24",
        "First day=14 March",
    ]
    assert (
        pairs("Area: 600 m²", "Plots: 24")
        == []
        == pairs("Area: 600 m²", "Plots: 24", "and no more")
    )
    assert pairs("Area: 600 m²", "Plots: 24", "Write to https://example.org") == []
    assert pairs("Area: 600 m²", "Plots: 24", "A key of far too many words: 3") == []
    assert pairs("Anna: Hello!", "Ben: Hi!", "Anna: How are you?") == []


@pytest.mark.parametrize(("lines", "across"), [((4, 2), ["12"]), ((3, 3, 2), ["12", "3"]), ((2, 2), ["1", "2"]),
                                               ((4, 2, 1, 1), ["12", "34"])])  # fmt: skip
def test_code_of_one_language_is_compared_two_across_and_none_beside_its_text(
    lines: tuple[int, ...], across: list[str]
) -> None:
    codes = "".join(
        f"```bash\n{(f'echo {n}' + chr(10)) * many}```\n\n" for n, many in enumerate(lines, 1)
    )
    blocks = session_of(f"# T\n\n## A\n\nWhich is it?\n\n{codes}").sections[0].blocks

    def numbers(*shown: object) -> str:
        return "".join(code.text.split()[1] for code in shown if isinstance(code, Code))

    found = list(in_pairs(blocks))
    said = [numbers(b.left, b.right) if isinstance(b, Pair) else numbers(b) for b in found]
    assert [one for one in said if one] == across and isinstance(found[0], Paragraph)
