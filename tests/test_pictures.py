"""The README's pictures: drawn from real pages, small, all used."""

from __future__ import annotations

import importlib.util
import io
import re
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from courseware.products.table import PRODUCTS
from tests.support import PROJECT

README = (PROJECT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def pictures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pictures", PROJECT / "tools" / "pictures.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_page_is_drawn_small_and_the_same_each_time(pictures: ModuleType, tmp_path: Path) -> None:
    from weasyprint import HTML

    file = tmp_path / "handouts" / "07-a.pdf"
    file.parent.mkdir()
    HTML(
        string='<style>@page{size:a4}</style><p style="page-break-after:always">One<p>Two'
    ).write_pdf(file)
    found = pictures.drawn(tmp_path)
    assert list(found) == ["handout-1", "handout-2"] and found["handout-1"] != found["handout-2"]
    picture = Image.open(io.BytesIO(found["handout-1"]))
    assert (picture.width, picture.format) == (pictures.WIDTH, "PNG")
    assert abs(picture.height / picture.width - 297 / 210) < 0.01
    assert len(set(picture.convert("L").tobytes())) > 2
    assert pictures.drawn(tmp_path) == found
    with pytest.raises(IndexError, match="no page 3"):
        pictures.draw(file, 3)
    (sheet,) = pictures.sheets(tmp_path).values()
    assert Image.open(io.BytesIO(sheet)).width == pictures.SHEET_WIDTH


def test_pictures_are_small_and_used(pictures: ModuleType) -> None:
    files = sorted((PROJECT / "docs" / "pictures").glob("*.png"))
    assert files and sum(f.stat().st_size for f in files) < pictures.MOST_BYTES
    used = re.findall(r"!\[([^\]]+)\]\(docs/pictures/([\w-]+\.png)\)", README)
    for page in (PROJECT / "docs").glob("*.md"):
        used += re.findall(r"!\[([^\]]+)\]\(pictures/([\w-]+\.png)\)", page.read_text("utf-8"))
    assert {name for _, name in used} == {f.name for f in files}
    names = {row[0] for row in pictures.PICTURES} | {
        f"handout-{name}" for name in pictures.EXAMPLES
    }
    names |= {row[0] for row in pictures.SHEETS}
    assert {f.stem for f in files} <= names


def test_the_readme_names_every_product() -> None:
    rows = re.findall(r"^\| ([\w -]+) \| [^|]+ \| `make (\w[\w-]*)` \|$", README, re.MULTILINE)
    assert rows == [(product.name, product.command) for product in PRODUCTS.values()]
