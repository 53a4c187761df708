"""The table of kinds decides for reading, times, layouts and slides."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

from courseware.model.kinds import KINDS, BoxKind
from courseware.products.table import PRODUCTS
from courseware.reading.blocks.boxes import DETAILS
from courseware.reading.dialects.other_tools import OTHERS
from courseware.reading.markdown.directives import DIRECTIVES, UNKNOWN
from tests.support import PROJECT

ADDED = """
import importlib.util, sys, types
spec = importlib.util.find_spec("courseware.model.kinds")
row = 'Kind(name="experiment", directives=("experiment", "trial"), icon="flask-conical", timing="work", own=True),'
text = spec.loader.get_source(spec.name).replace("_ROWS = (", "_ROWS = (" + row, 1)
module = sys.modules[spec.name] = types.ModuleType(spec.name)
exec(compile(text, spec.origin, "exec"), module.__dict__)

from pathlib import Path
from courseware.course.loading import load
from courseware.html.deck_page import render_deck
from courseware.html.rendering import render
from courseware.model.times.timing import run_sheet
from courseware.products.table import PRODUCTS, page

root = Path(sys.argv[1])
(root / "1.md").write_text("# One\\n\\nText.\\n\\n::: trial\\nBurn it, then weigh it.\\n:::\\n\\nMore.\\n", "utf-8")
loaded = load(root / "1.md")
assert not loaded.findings, loaded.findings
session = loaded.course.sessions[0]
(box,) = [n for n in session.nodes() if getattr(n, "kind", "") == "experiment"]
handout = render(page(PRODUCTS["handout"], loaded.course, session.path), root)
assert 'class="box experiment' in handout and '<span class="icon"' in handout
deck = render_deck(page(PRODUCTS["slides"], loaded.course, session.path), root)
assert f'data-source="{box.id}"' in deck or box.id in deck
assert "experiment" in {s.kind for s in run_sheet(session).segments}, run_sheet(session)
"""


def test_a_kind_is_added_by_its_row_alone(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", ADDED, str(tmp_path)], cwd=PROJECT, text=True, capture_output=True)  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_icon_is_there_and_every_product() -> None:
    icons = PROJECT / "layouts" / "icons"
    named = {kind.icon for kind in KINDS.values()} - {""}
    assert [icon for icon in named if not (icons / f"{icon}.svg").is_file()] == []
    printed = {name for kind in KINDS.values() for name in (*kind.products, *kind.except_products)}
    assert printed <= PRODUCTS.keys()


def test_what_makes_a_box_has_a_kind_that_a_box_may_have() -> None:
    rows = [*DIRECTIVES.values(), *OTHERS.values(), UNKNOWN, DETAILS]
    made = {row.kind for row in rows if row.role == "box" and row.kind not in ("group", "")}
    assert len(made) > 20
    assert made <= set(get_args(BoxKind))
