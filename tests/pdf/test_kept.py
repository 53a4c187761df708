"""What is kept in the user's cache folder: the same as made anew, and never anything else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cssselect2 import compile_selector_list

from courseware import cache as kept
from courseware.course.loading import load
from courseware.pdf import stylesheets
from courseware.pdf.pages import written
from courseware.products.table import PRODUCTS, page
from courseware.weasyprint_speed.declared import Declared, plain
from tests.pdf.test_engine import told
from tests.support import PROJECT


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "courseware"


def test_what_was_kept_is_found_again_for_the_same_only(cache: Path) -> None:
    assert kept.look("a.bin", b"one") is None
    kept.keep("a.bin", b"one", b"data")
    assert kept.look("a.bin", b"one") == b"data"
    assert kept.look("a.bin", b"two") is None
    assert os.listdir(cache) == ["a.bin"]


@pytest.mark.parametrize("cut", [0, 1, 20, 34, 35])
def test_a_damaged_file_counts_as_none(cache: Path, cut: int) -> None:
    kept.keep("a.bin", b"one", b"data")
    whole = (cache / "a.bin").read_bytes()
    (cache / "a.bin").write_bytes(whole[:cut])
    assert kept.look("a.bin", b"one") is None
    (cache / "a.bin").write_bytes(whole[:cut] + b"?" + whole[cut + 1 :])
    assert kept.look("a.bin", b"one") is None


def test_a_cache_that_cannot_be_written_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    kept.keep("a.bin", b"one", b"data")
    assert kept.look("a.bin", b"one") is None
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "courseware" / "a.bin").mkdir(parents=True)
    kept.keep("a.bin", b"one", b"data")
    assert kept.look("a.bin", b"one") is None


def test_the_oldest_of_many_go(cache: Path) -> None:
    for number in range(kept.MOST + 3):
        kept.keep(f"a-{number}.bin", b"one", b"data")
        os.utime(cache / f"a-{number}.bin", (number, number))
    kept.keep("b.bin", b"one", b"data")
    assert len(os.listdir(cache)) == kept.MOST + 1
    assert not (cache / "a-2.bin").exists()


def test_functions_without_a_name_travel_as_their_code() -> None:
    import pickle

    element = type("E", (), {"classes": ["b"], "local_name": "a", "parent": None, "ancestors": []})
    for text, expected in (("a.b", True), ("c", False), ("d > a", False)):
        (selector,) = compile_selector_list(text)
        again = pickle.loads(kept.pickled(selector))
        assert bool(again.test(element)) is bool(selector.test(element)) is expected
        assert again.specificity == selector.specificity


def test_stylesheets_of_another_process_give_the_same_bytes(cache: Path) -> None:
    loaded = load(PROJECT / "content")

    def made() -> list[bytes]:
        stylesheets._kept.clear()
        pages = [page(p, loaded.course, loaded.course.sessions[0].path) for p in PRODUCTS.values()]
        return [written(one, loaded.root, paper).data for one in pages
                if one and one.product.writer == "pdf" for paper in ("a4", "letter")]  # fmt: skip

    first = made()
    assert len(list(cache.glob("style-*.bin"))) > 4
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stylesheets, "_parse", lambda *_: pytest.fail("parsed again"))
        assert made() == first


def test_a_courses_own_values_are_not_taken_for_anothers(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n\n## Talk\n\nText.\n")
    loaded = load(tmp_path)
    found = page(PRODUCTS["handout"], loaded.course, "one.md")
    assert found is not None
    seen = set()
    for accent in ("teal", "navy", "teal"):
        own = tmp_path / "layouts" / "shared" / "course.css"
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(f":root {{ --accent: {accent} }}\n")
        stylesheets._kept.clear()
        seen.add(written(found, loaded.root, "a4").data)
    assert len(seen) == 2


def test_declarations_are_understood_as_cffi_does(cache: Path) -> None:
    text = "typedef struct { int x; } a_t;"
    text += "typedef enum { one, two = 7 } e_t; int abs(int number);"
    theirs = plain()
    theirs.cdef(text)
    for _ in range(2):  # made, then kept
        ours = Declared()
        ours.cdef(text)
        assert ours.new("a_t *", [3]).x == theirs.new("a_t *", [3]).x == 3
        libraries = [maker.dlopen(None) for maker in (ours, theirs)]
        assert [(lib.abs(-4), lib.two) for lib in libraries] == [(4, 7)] * 2
    assert (cache / "declared.bin").is_file()


DECLARED = """if True:
    import cffi
    theirs = cffi.FFI
    import courseware.pdf.engine
    from courseware.weasyprint_speed.declared import Declared
    from weasyprint.text.ffi import ffi, pango
    print(type(ffi) is Declared, cffi.FFI is theirs, pango.pango_units_from_double(1))
"""


def test_weasyprint_declares_as_expected() -> None:
    # Another release of WeasyPrint or cffi: see whether weasyprint_speed/declared.py still stands for all.
    # In a process of its own: here a test that was collected before may have imported WeasyPrint.
    assert told(DECLARED).split() == ["True", "True", "1024"]


@pytest.mark.parametrize("module", ["pdf", "boxes", "structure"])
def test_the_library_is_made_ready_whichever_module_is_loaded_first(module: str) -> None:
    program = f"""if True:
        import courseware.writing.{module}
        from weasyprint.text.ffi import ffi
        print(type(ffi).__name__)
    """
    assert told(program) == "Declared"


ORIGIN = """if True:
    import gc, pickle, sys
    {engine}
    from courseware.writing import kept
    from weasyprint import CSS, html
    assert html.CSS is CSS
    sheets = (html.UA_STYLESHEET, html.UA_FORM_STYLESHEET, html.PH_STYLESHEET)
    def shown(value):
        if isinstance(value, dict): return [(k, shown(v)) for k, v in value.items()]
        if isinstance(value, (list, tuple)): return [shown(v) for v in value]
        if hasattr(value, "serialize"): return value.serialize()
        if hasattr(value, "__code__"): return value.__code__.co_consts and str(value.__code__.co_code)
        return repr(value) if " at 0x" not in repr(value) else shown(vars(value))
    print([shown(vars(sheet)) for sheet in sheets], shown(html.UA_COUNTER_STYLE))
"""


def test_weasyprints_own_stylesheets_are_as_it_parses_them(cache: Path) -> None:
    ours = ORIGIN.format(engine="import courseware.pdf.engine")
    plain = told(ORIGIN.format(engine="import weasyprint"))
    assert len(plain) > 50_000
    assert told(ours) == plain  # parsed, and kept
    assert len(list(cache.glob("origin-*.bin"))) == 3
    assert told(ours) == plain
