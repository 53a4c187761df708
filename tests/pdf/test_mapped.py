"""A product that is wanted for its map alone: the same map as its file has, and no file."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from weasyprint import HTML

from courseware.course.loading import load
from courseware.pdf import writer as pdf
from courseware.pdf.pages import mapped
from courseware.products.table import PRODUCTS, page
from courseware.writers import WRITERS
from tests.support import PROJECT

CITED = sorted({name for product in PRODUCTS.values() for name in product.cites})


@pytest.mark.slow
@pytest.mark.parametrize("name", CITED)
def test_a_map_is_the_files(name: str) -> None:
    loaded = load(PROJECT / "content")
    for session in loaded.course.sessions:
        found = page(PRODUCTS[name], loaded.course, session.path)
        if found is None:
            continue
        cited = {node.id: 1 for node in session.nodes() if node.id}
        maps = dict.fromkeys(found.product.cites, cited)
        found = msgspec.structs.replace(found, maps=maps)
        writer = WRITERS[found.product.writer]
        assert writer.mapped is not None
        made = writer.write(found, loaded.root, "a4")
        assert made.map
        assert writer.mapped(found, loaded.root, "a4") == msgspec.structs.replace(made, data=b"")


def test_a_map_takes_one_layout_and_nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(PROJECT / "content")
    found = page(PRODUCTS["worksheet"], loaded.course, loaded.course.sessions[0].path)
    assert found is not None
    calls: list[str] = []
    rendered = HTML.render

    def noted(*given: Any, **named: Any) -> object:
        calls.append("")
        return rendered(*given, **named)

    monkeypatch.setattr(HTML, "render", noted)
    monkeypatch.setattr(pdf.Document, "write_pdf", lambda *a, **k: calls.append("drawn"))
    mapped(found, loaded.root, "a4")
    assert calls == [""]
