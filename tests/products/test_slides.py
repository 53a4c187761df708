"""A session's deck: nothing lost, nothing leaked, titles apart, layouts that a course can change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest

from courseware.course.loading import load
from courseware.diagnostics import Span
from courseware.html.texts import InlineHtml
from courseware.language.catalogue import ANY, Tongue
from courseware.model.blocks import Block, Item, List, Paragraph, Parallel, Table, Text
from courseware.model.inline import plain_text
from courseware.model.session import Course, Session, for_learner
from courseware.model.times.delivery import Delivery
from courseware.model.walk import texts
from courseware.products.deck import siblings, unit_slides
from courseware.products.deck.content import LEAD
from courseware.products.deck.cues import cue, cut, lines, sentences, words_in
from courseware.products.deck.deck import deck
from courseware.products.deck.notes import stands
from courseware.products.deck.practice import entitled
from courseware.products.deck.titles import Deck, LayoutName, Placeholder, Slide
from courseware.products.projection import for_product
from courseware.reading.blocks.inline_tokens import Inlines
from courseware.reading.markdown.parser import parser
from tests.decks import html_of, outline, split, without_agenda, words
from tests.support import PROJECT, session_of

HTML = InlineHtml()


def inline(markdown: str) -> Text:
    token = parser().parseInline(markdown)[0]
    return Inlines("x.md").text(token.children or [], 1)


# -- cues ------------------------------------------------------------------------------


def test_a_cut_closes_what_it_opened() -> None:
    text = inline("A **bold and `code`** word. More *text* here.")
    assert HTML(cut(text, 11)) == "A <strong>bold and</strong>"
    assert cut(text, 11).plain == "A bold and"


@pytest.mark.parametrize(
    ("plain", "shown"),
    [("Was „gut genug“ heißt. Mehr", "Was „gut genug“ heißt."), ("Was „gut. Mehr", "Was „gut.“"), ("What “good. More", "What “good.”"),
     ("使う「題。次", "使う「題。」")],
)  # fmt: skip
def test_a_cut_closes_the_quotation_marks_of_its_language(plain: str, shown: str) -> None:
    text = inline(plain)
    assert cut(text, len(shown.rstrip("“”」"))).plain == shown


def test_an_entity_is_one_character() -> None:
    assert HTML(cut(inline("a < b and c"), 5)) == "a &lt; b"


@pytest.mark.parametrize(
    ("plain", "count"),
    [
        ("One. Two! Three?", 3),
        ("Use e.g. Git. Then stop.", 2),
        ("Version 1.5 is out. So what?", 2),
        ("本、St. Martin’s Press、2021年。次", 2),
        ("مع \u200fSt. Martin و", 1),
        ("Das gilt bzw. Das nicht, usw. Oder?", 1),
        ("No full stop", 1),
        ("He said “Go.” She went.", 2),
        ("Fix vs. Rollback is the question.", 1),
        ("Wait… and see. (Then go.) “Well?” ¿Y bien? Ándale.", 5),
        ("Сначала проверим файл. Затем отправим. Живёт в г. Москва, т. е. далеко.", 3),
        ("다시 시작하세요. 그다음 멈춥니다. 끝입니다.", 3),
        ("افتح الملف. ثم احفظه. هل انتهيت؟ نعم", 4),
        ("פתחו את הקובץ. שמרו אותו. סגרו.", 3),
        ("फ़ाइल खोलें। फिर सहेजें। बंद करें।", 3),
        ("ファイルを開く。「保存する。」閉じる？はい", 4),
        ("打开文件。然后保存！结束", 3),
    ],
)
def test_sentences(plain: str, count: int) -> None:
    assert len(sentences(plain, ANY)) == count


def test_an_enumeration_is_not_cut_at_its_commas() -> None:
    text = inline(
        "looks for patterns, gaps and traps in the data that somebody has given to us today"
    )
    assert cue(text, Tongue("en"), 12).plain == text.plain


def test_lines_hold_every_word() -> None:
    text = inline("One *two three. Four* five six seven. " * 12)
    pieces = lines(text, ANY)
    assert len(pieces) > 3
    assert " ".join(p.plain for p in pieces).split() == text.plain.split()
    assert all(HTML(p).count("<em>") == HTML(p).count("</em>") for p in pieces)


# -- whole decks ------------------------------------------------------------------------


CONTENT = sorted(path.name for path in (PROJECT / "content").glob("[0-9]*.md"))


@pytest.fixture(scope="module")
def root() -> Path:
    return PROJECT / "content"


@pytest.fixture(scope="module")
def loaded(root: Path) -> dict[str, Session]:
    return {s.path: s for s in load(root).course.sessions if s.role == "session"}


@pytest.fixture(params=CONTENT)
def session(request: pytest.FixtureRequest, loaded: dict[str, Session]) -> Session:
    assert list(loaded) == CONTENT
    return loaded[request.param]


def repeated(session: Session) -> Counter[str]:
    """Return the labels of parallel siblings as often as a table says them once for several."""
    groups = [n for n in session.nodes() if isinstance(n, Parallel)]
    return words(
        "".join(f"<p>{label}</p>" * (len(g.siblings) - 1) for g in groups for label in g.labels)
    )


def test_every_word_is_on_a_slide_or_in_its_notes(root: Path, session: Session) -> None:
    html = html_of(session, root)
    mine = for_product(session, "slides")
    given = words("\n".join(f"<p>{HTML(t)}</p>" for t in mine.texts()))
    assert not given - words(html) - repeated(mine)


def test_words_behind_the_code_of_a_step_in_steps_are_in_the_notes(tmp_path: Path) -> None:
    inside = "> It may be locked.\n\n```sh\nopen\n```\n\nSay yes. Then wait.\n\nClose it later."
    step = "```sh\nturn\n```\n\n" + inside
    nested = "\n".join(f"        {line}" if line else "" for line in step.split("\n"))
    items = f"1. Unlock it:\n\n    * At night:\n\n{nested}\n\n    * By day:\n\n        ```sh\n        go\n        ```\n1. Done"
    session = session_of(f"# T\n\n## Task: The kiln\n\nTurn it on.\n\n{items}\n")
    test_every_word_is_on_a_slide_or_in_its_notes(tmp_path, session)


def test_slides_are_those_of_a_session_without_the_facilitators_blocks(
    root: Path, session: Session
) -> None:
    shown, _ = split(html_of(session, root))
    learners, _ = split(html_of(for_learner(session), root))
    assert without_agenda(shown) == without_agenda(learners)


def test_titles_of_two_sections_are_apart(session: Session) -> None:
    found: dict[str, str] = {}
    for slide in deck_of_session(session).slides[
        1:
    ]:  # what stands below no heading is called as the first one
        assert slide.title.plain
        assert found.setdefault(slide.title.plain, slide.section) == slide.section


def deck_of_session(session: Session) -> Deck:
    return deck(Course(title="", sessions=(session,)), for_product(session, "slides"))


# -- nothing leaks ------------------------------------------------------------------------

MARKED = """# T

::: facilitator
XSECRET1
:::

## Dough

Flour. XSEEN1

- one
- two

  ::: instructor
  XSECRET2
  :::

**Facilitator notes:** XSECRET3

### Exercise 1: Mix (10 min)

1. How much? XSEEN2

   ::: answer
   XSECRET4
   :::

Answer: XSECRET5

::: debrief
XSECRET6
:::

### Talking Points

XSECRET7

| Step | Instructor notes |
|---|---|
| XSEEN3 | XSECRET8 |

::: slide "Look"
XSEEN4

::: facilitator
XSECRET9
:::
:::

## Facilitator Notes

XSECRET10
"""


def test_marked_words_are_in_the_notes_only(tmp_path: Path) -> None:
    shown, noted = split(html_of(session_of(MARKED), tmp_path))
    assert "XSECRET" not in shown
    assert all(f"XSEEN{n}" in shown for n in range(1, 3))
    every = re.findall(r"XSECRET\d+", MARKED)
    assert sorted(set(re.findall(r"XSECRET\d+", noted))) == sorted(every)


# -- what a course can change ----------------------------------------------------------------


def test_the_example_in_the_documentation(tmp_path: Path) -> None:
    page = (PROJECT / "docs" / "slides.md").read_text("utf-8")
    found = re.search(r"<!-- example: (\S+) -->\n```jinja\n(.*?)```", page, re.DOTALL)
    assert found is not None
    file = tmp_path / found[1]
    file.parent.mkdir(parents=True)
    file.write_text(found[2])
    session = session_of("# T\n\n## Questions for you\n\nRead.\n\n## Questions\n\n- Why?\n- Who?\n")
    lines = outline(html_of(session, tmp_path)).splitlines()
    asked = [lines.index(line) for line in lines if re.match(r"\[content\] Questions \d", line)]
    assert [lines[at : at + 2] for at in asked] == [
        ["[content] Questions 4", "  body: Why?"],
        ["[content] Questions 5", "  body: Who?"],
    ]


def test_a_layout_has_what_the_documentation_says(tmp_path: Path) -> None:
    page = (PROJECT / "docs" / "slides.md").read_text("utf-8")
    listed = page.split("`data-layout` is one of", 1)[1].split(".\n", 1)[0]
    assert tuple(re.findall(r"`([\w-]+)`", listed)) == get_args(LayoutName)
    held = page.split("`data-placeholder` is", 1)[1].split(".\n", 1)[0]
    known = set(re.findall(r"`([\w-]+)`", held))
    rules = (PROJECT / "tests" / "products" / "decks.md").read_text("utf-8")
    used = set(re.findall(r"^  ([\w-]+): ", rules, re.MULTILINE)) - {"notes"}
    assert used <= known


COLUMNS = ("comparison", "three-columns", "cards")


def test_a_slide_outside_tables_has_some_forty_words() -> None:
    session = session_of((PROJECT / "content" / "07-working-with-ai-teams.md").read_text("utf-8"))
    for slide in deck_of_session(session).slides:
        if slide.layout not in ("table", "code") and slide.kind != "slide":
            held = [h for h in slide.placeholders if h.name != "sections"]
            texts = [b for h in held for b in h.blocks if not isinstance(b, Table)]
            count = words_in(texts)
            wide = slide.kind == "objectives" or slide.layout in COLUMNS
            led = LEAD * (bool(texts) and isinstance(texts[-1], List))
            assert count <= (90 if wide else 60 + led), slide.title.plain


def test_cues_of_one_paragraph_are_lines_of_their_own_in_the_notes(tmp_path: Path) -> None:
    cues = "Say: Smell *it.*\nDo: Pass\nthe cups.\n**Ask:** What?\nListen for: leaf.\nWatch: the clock."
    said = "\n\n".join((cues, "- " + cues.replace("\n", "\n  "), "**Say:** Hear.\nDo: Pass it."))
    session = session_of(f"# Tea\n\n## Leaf\n\nOne plant.\n\n::: facilitator\n{said}\n:::\n")
    notes = re.sub("</?(?:strong|em)>", "", split(html_of(session, tmp_path))[1])
    lines = [line.strip() for line in re.split(r"<[^>]+>", notes)]
    own = [
        "Say: Smell it.",
        "Do: Pass the cups.",
        "Ask: What?",
        "Listen for: leaf.",
        "Watch: the clock.",
    ]
    assert [line for line in lines if re.match("[A-Z][a-z ]+:", line)] == [
        *own,
        *own,
        "Say: Hear.",
        "Do: Pass it.",
    ]


def test_a_deck_of_nothing(tmp_path: Path) -> None:
    assert outline(html_of(session_of("# T\n"), tmp_path)) == "[title] T\n"
    assert outline(html_of(session_of("Text.\n"), tmp_path)).startswith("[title] Session\n")


# -- times -------------------------------------------------------------------------------------

TIMED = "# T\n\n## A (20 min)\n\n- a\n\n## B (1 h)\n\n- b\n\n## Exercises\n\n### Exercise 1: C (10 min)\n\nc\n"


def timed(delivery: Delivery, tmp_path: Path) -> list[str]:
    session = session_of(TIMED)
    course = Course(title="", sessions=(session,), delivery=delivery)
    return outline(html_of(session, tmp_path, course)).splitlines()


def test_times_count_from_the_start_of_the_delivery(tmp_path: Path) -> None:
    lines = timed(Delivery(start="09:00"), tmp_path)
    assert (
        "Time | What | Minutes / 09:00 | A | 20 / 09:20 | B | 60 / 10:20 | Exercise 1: C | 10"
        in lines[2]
    )
    assert lines[-1] == "  notes: 10:20–10:30 · 10 min / Exercises"


def test_what_a_short_delivery_leaves_out_stays_in_its_place_hidden(tmp_path: Path) -> None:
    whole = timed(Delivery(), tmp_path)
    short = timed(Delivery(length=30), tmp_path)
    assert [x for x in short if x.startswith("[")] == [x for x in whole if x.startswith("[")]
    agenda = "Time | What | Minutes / 0:00 | A | 20 / 0:20 | Exercise 1: C | 10"
    assert any(agenda in line for line in short)
    session = session_of(TIMED)
    course = Course(title="", sessions=(session,), delivery=Delivery(length=30))
    html = html_of(session, tmp_path, course)
    assert re.findall(r'data-source="([^"]*)"[^>]*data-hidden', html) == [session.sections[1].id]


def test_a_time_as_written_is_in_the_notes_where_minutes_do_not_say_it(tmp_path: Path) -> None:
    assert "  notes: 0:20–1:20 · 60 min · (1 h)" in timed(Delivery(), tmp_path)


def test_objectives_stay_on_one_slide_where_they_have_room() -> None:
    listed = "".join(f"- {'knot ' * 15}{n}\n" for n in range(4))
    text = f"# S\n\n## Objectives\n\nWhen you leave, you can:\n\n{listed}"
    (slide,) = (s for s in deck_of_session(session_of(text)).slides if s.kind != "opening")
    assert slide.layout == "content"


def test_all_slides_of_an_exercise_are_a_set() -> None:
    parts = "".join(
        f"#### Scenario {n}\n\n{'A net that holds and holds. ' * 12}\n\n" for n in "ABC"
    )
    session = session_of(
        f"# S\n\n## Practice\n\n### Exercise 1: Nets (20 minutes)\n\nTie one.\n\n{parts}"
    )
    made = [s for s in deck_of_session(session).slides if s.kind != "opening"]
    assert len(made) > 3 and len({s.set for s in made if s.layout == "exercise"}) == 1
    assert all(s.set for s in made if s.layout == "exercise")


def test_steps_in_a_step_stand_with_their_code() -> None:
    """A list in an item: no slide has code alone, and the item's words stand above those of its own."""
    nested = "    - On Windows:\n\n        ```\n        go.bat\n        ```\n\n    - Elsewhere:\n\n        ```\n        ./go\n        ```\n"
    text = f"# T\n\n## Exercise 1: Set up\n\nSet it up.\n\n1. Make it:\n\n    ```\n    make\n    ```\n\n1. Start it:\n\n{nested}"
    slides = [s for s in deck_of_session(session_of(text)).slides if s.layout != "title"]
    for slide in slides:
        kinds = [type(b).__name__ for place in slide.placeholders for b in place.blocks]
        assert kinds and kinds[0] != "Code"
    said = " ".join(t.plain for s in slides for p in s.placeholders for t in texts(p.blocks))
    assert said.index("Start it") < said.index("On Windows") < said.index("go.bat")


AROUND_CODE = """# Clocks

## One clock

We run a small clock.

It shows the time each second.

```bash
$ clock
12:00
```

- It runs for ever.
- To stop it, press a key.
"""


def test_words_around_code_stand_on_its_slide_in_their_order() -> None:
    made = deck_of_session(session_of(AROUND_CODE))
    (slide,) = [s for s in made.slides if s.title.plain == "One clock"]
    (body,) = slide.placeholders
    assert [type(b).__name__ for b in body.blocks] == ["Paragraph", "Paragraph", "Code", "List"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It shows the time each second.\n\n", ""),
        ("12:00", "12:00\n" * 20),
        ("$ clock", f"$ clock {'--very-long-option ' * 5}"),
        ("We run a small clock.", "We run a small clock that shows hours and minutes. " * 8),
    ],
)
def test_code_that_has_no_room_beside_its_words_has_its_own_slide(old: str, new: str) -> None:
    """Nor has code below one line alone, which is its caption."""
    text = (
        AROUND_CODE.replace("- It runs for ever.\n- To stop it, press a key.\n", "")
        if not new
        else AROUND_CODE
    )
    made = deck_of_session(session_of(text.replace(old, new)))
    assert "code" in [s.layout for s in made.slides]


def test_an_item_that_ends_with_a_colon_keeps_its_list() -> None:
    items = "".join(
        f"  - {word} have names of their own, and we mend each of them when it falls ill\n"
        for word in ("Cats", "Dogs", "Cows")
    )
    text = f"# Farm\n\n## Pets\n\n- There are two kinds of servers in this picture of ours.\n- Pets:\n{items}- Others:\n{items}"
    made = deck_of_session(session_of(text))
    said = [[n.plain for n in texts(h.blocks)] for s in made.slides for h in s.placeholders]
    assert all(not lines[-1].endswith(":") for lines in said if lines)
    assert sum("Dogs" in line for lines in said for line in lines) == 2


def test_a_scale_and_a_cells_boxes_are_a_line_each() -> None:
    session = session_of(
        "# T\n\n## Ovens\n\nHow hot?\n\n1 2 3\n\n| Tool | Clean |\n|---|---|\n| Pan | [ ] yes [ ] no |\n"
    )
    slides = deck(Course(title="C", sessions=(session,)), session).slides
    said = [
        text.plain
        for slide in slides
        for holder in slide.placeholders
        for text in texts(holder.blocks)
    ]
    assert {"☐ 1 ☐ 2 ☐ 3", "☐ yes ☐ no"} <= set(said)


def test_columns_of_siblings_are_counted_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    one = "### Tool {}\n\n**What:**\n\n- a tool to hit\n- a tool to saw\n\n**Use:**\n\n- to mend a thing\n- to make one\n\n"
    source = "# T\n\n## Tools\n\n" + "".join(one.format(n) for n in range(1, 13))
    asked = []

    def counted(given: Sequence[Block], language: str) -> int:
        asked.append(given)
        return siblings.widest(given, Tongue(language))

    monkeypatch.setattr(unit_slides, "widest", counted)
    made = deck(Course(title="C", sessions=(session_of(source),)), session_of(source))
    assert len(made.slides) > 12
    assert sum(len(given) > 1 for given in asked) == 1


@pytest.mark.parametrize(
    ("title", "own", "count"), [("Flours", "", 2), ("Doughs", "", 3), ("Flours", "paragraph", 3)]
)
def test_an_exercise_that_is_all_of_a_session_is_announced_by_its_title(
    title: str, own: str, count: int
) -> None:
    parts = [Item(span=Span(""), blocks=(Paragraph(span=Span(""), id=own, text=plain_text(n)),)) for n in "ab"]  # fmt: skip
    held = (Placeholder("body", (List(span=Span(""), items=tuple(parts)),)),)
    made = [Slide("title", "opening", plain_text("Flours"), ""),
            Slide("content", "exercise", plain_text(title), "exercise-1", held, covers=("exercise-1",)),
            Slide("content", "part", plain_text("a"), "")]  # fmt: skip
    slides = entitled(made)
    assert len(slides) == count and ("exercise-1" in slides[0].covers) is (count == 2)


@pytest.mark.parametrize(
    ("on", "found"),
    [("Cards", True), ("Sorting: Cards", True), ("Cards · 2 / 2", True), ("Cards (2)", True),
     ("Cards – closed", False), ("Cards - closed", False), ("Cardsharps", False), ("Postcards", False)],
)  # fmt: skip
def test_a_heading_that_only_begins_another_is_named_in_the_notes(on: str, found: bool) -> None:
    assert stands("Cards", on) is found
