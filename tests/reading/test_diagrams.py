"""Diagrams in fences: drawn, with their words, in plain greys, the same each time; told where they cannot be."""

from __future__ import annotations

import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest

from courseware.doctor import EXTRAS
from courseware.media.svg import cleaned
from courseware.model.blocks import Code, Figure
from courseware.reading.dialects.diagrams import drawn
from tests.support import read

DOT = 'digraph { Leaf -> Cup [label="hot water"]; "Two\\nlines" }'
FLOW = 'flowchart LR\n  A[Leaf] -->|hot water| B{Cup<br>or pot?}\n  click A "http://x.example"\n  %% Secret remark'
KINDS = {
    "flowchart TD\n  A[Leaf] --> B(Cup)\n  subgraph Shelf\n  B --> C[(Tin)]\n  end": "Leaf, Cup, Shelf, Tin",
    "sequenceDiagram\n  Ann->>Bob: Tea?\n  Bob-->>Ann: Yes": "Ann, Bob, Tea?, Yes",
    "classDiagram\n  Tea <|-- Oolong\n  Tea : +int minutes": "Tea, Oolong, +int minutes",
    "stateDiagram-v2\n  [*] --> Cold\n  Cold --> Hot: heat": "Cold, Hot, heat",
    "erDiagram\n  SHOP ||--o{ TEA : sells": "SHOP, TEA, sells",
    'pie title Cups\n  "Green" : 3\n  "Black" : 1': "Cups, Green, Black, 25%, 75%",
    "mindmap\n  root((Tea))\n    Green\n    Black": "Tea, Green, Black",
    "gantt\n  dateFormat YYYY-MM-DD\n  section Day\n  Boil :a, 2026-01-01, 3d": "Day, Boil",
    "timeline\n  title Tea\n  2737 : China": "Tea, 2737, China",
}  # fmt: skip


def mermaid() -> None:
    pytest.importorskip("merman", reason="there is no Mermaid for this machine")


def svg(address: str) -> str:
    return b64decode(address.partition(",")[2]).decode()


def body(fence: str) -> str:
    return f"# T\n\n## A\n\n{fence}\n\nLast.\n"


@pytest.mark.parametrize(
    "mark", ["```dot", "~~~graphviz", "```{dot}", "``` gv", "```{.dot width=60%}"]
)
def test_a_graph_is_a_figure_with_its_words(mark: str) -> None:
    close = mark[:3]
    reading = read(body(f"{mark}\n{DOT}\n{close}"))
    assert reading.session and not reading.findings
    [figure] = [n for n in reading.session.nodes() if isinstance(n, Figure)]
    assert figure.alt == "Leaf, Cup, hot water, Two lines" and not figure.remote
    assert figure.width == ("60%" if "width" in mark else "")
    assert drawn.__wrapped__("dot", DOT) == drawn.__wrapped__("dot", DOT)


@pytest.mark.parametrize("source", ['digraph { a [label=""]; }', "digraph { }"])
def test_a_graph_without_words_is_said_by_its_source(source: str) -> None:
    assert drawn("dot", source).alt == source


@pytest.mark.parametrize("source", KINDS)
def test_each_kind_of_mermaid_is_drawn_with_its_words(source: str) -> None:
    mermaid()
    made = drawn("mermaid", source)
    for words in KINDS[source].split(", "):
        assert words in made.alt.split(", ")
    again = drawn.__wrapped__("mermaid", source)
    assert again == made


def test_what_is_drawn_is_plain() -> None:
    mermaid()
    for language, source in (("mermaid", FLOW), ("dot", f"/* Secret remark */ {DOT}")):
        shown = svg(drawn(language, source).address)
        assert "Secret" not in shown and "x.example" not in shown and " data-" not in shown
        assert not re.search("<(title|desc|a|image|use|foreignObject)\\b", shown)
        made = cleaned(shown.encode())
        assert made.removed == () and made.width_mm > 10
        colours = set(re.findall(r"(?:fill|stroke)[:=]\"?(#[0-9a-f]{6})\b", ElementTree.tostring(ElementTree.fromstring(shown)).decode()))  # fmt: skip
        assert {"#ffffff", "#eff2f6", "#555c68"} <= colours


def test_a_diagram_says_itself_what_it_shows() -> None:
    mermaid()
    made = drawn("mermaid", "flowchart LR\n  accDescr: How tea is made\n  A --> B")
    assert made.alt == "How tea is made"
    made = drawn(
        "mermaid", '%%| fig-cap: "From leaf to cup"\n%%| fig-alt: Tea\nflowchart LR\n  A --> B'
    )
    assert (made.alt, made.caption) == ("Tea", "From leaf to cup")
    assert drawn("dot", ":caption: A graph\ndigraph { a -> b }").caption == "A graph"


@pytest.mark.parametrize(
    ("language", "source"),
    [("dot", "digraph { a -> ; }"), ("mermaid", "flowchart LR\n  A[Start --> B"), ("mermaid", "tea"),
     ("dot", f"digraph {{ {'a -> b; ' * 4000} }}"), ("mermaid", "")],
)  # fmt: skip
def test_what_cannot_be_drawn_is_told_and_its_source_stays(language: str, source: str) -> None:
    mermaid()
    reading = read(body(f"```{language}\n{source}\n```"))
    assert [(f.code, f.span.line) for f in reading.findings] == [("C195", 5)]
    assert reading.session
    assert [n.text for n in reading.session.nodes() if isinstance(n, Code)] == [source.rstrip("\n")]


def test_without_the_extra_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name, path: None)
    drawn.cache_clear()
    reading = read(body("```dot\ndigraph { a -> b }\n```\n\n```dot\ndigraph { c }\n```"))
    drawn.cache_clear()
    assert [f.code for f in reading.findings] == ["C189"]
    assert "diagrams" in reading.findings[0].message and "make extras" in reading.findings[0].hint
    assert reading.session
    assert sum(isinstance(n, Code) for n in reading.session.nodes()) == 2


def test_a_course_with_a_diagram_wants_the_extra() -> None:
    [extra] = [extra for extra in EXTRAS if extra.name == "diagrams"]
    assert extra.wanted
    for text in ("```mermaid\n", "> ~~~ dot\n", "```{mermaid}\n", "  ```{.graphviz}\n"):
        assert extra.wanted.search(f"# T\n\n{text}")
    for text in ("```python\n", "A mermaid.\n", "`mermaid`\n", "```dotenv\n"):
        assert not extra.wanted.search(f"# T\n\n{text}")
