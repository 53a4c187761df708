"""What a joined file is looked through for: its parts once, and all that joining adds."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from courseware.build.run import joined
from courseware.build.state.ledger import Ledger
from courseware.cli.commands import main
from courseware.folders import layouts
from courseware.inspection.carried import CarriedText
from courseware.pdf.joining import bookmarks
from courseware.pdf.joining.copying import Copy
from courseware.pdf.joining.object_file import ObjectFile
from courseware.pdf.joining.substance import substance
from courseware.site.folder import Held

SECRET = "Only the one who leads knows that the kettle is cold"
SESSION = f"# Session {{n}}: Tea {{n}}\n\nA cup of tea.\n\n1. What do you see? ______\n\nFacilitator: {SECRET}.\n"
FILE = "workbook.pdf"


def build(course: Path, product: str = "workbook") -> Result:
    return CliRunner().invoke(main, ["--course", str(course), product, "--jobs", "1"])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    for n in (1, 2, 3):
        (folder / f"0{n}.md").write_text(SESSION.format(n=n))
    (folder / "course.yml").write_text("title: Drinks\n")
    result = build(folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def course(built: Path, tmp_path: Path) -> Iterator[Path]:
    """The built course, as it was; the index names a course by its place, so that is the same."""
    shutil.copytree(built, tmp_path / "saved", symlinks=True)
    yield built
    shutil.rmtree(built)
    shutil.copytree(tmp_path / "saved", built, symlinks=True)


def edit(course: Path) -> None:
    text = (course / "02.md").read_text()
    (course / "02.md").write_text(text.replace("A cup of tea", "A cup of good tea"))


def test_a_part_is_looked_through_once(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    placed = joined._placed

    def noted(held: Held, data: bytes) -> list[CarriedText]:
        seen.append(held.name)
        return placed(held, data)

    monkeypatch.setattr(joined, "_placed", noted)
    edit(course)
    assert build(course).exit_code == 0
    assert seen and all("02-tea-2" in name for name in seen)
    seen.clear()
    (course / "01.md").write_text(
        (course / "01.md").read_text() + "\nFacilitator: Now another thing to be kept by us.\n"
    )
    assert build(course).exit_code == 0  # what is withheld has changed, and not what is printed
    assert seen and all("01-tea-1" in name for name in seen)


def test_a_part_that_is_another_after_its_verdict_is_caught(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(course, "guides").exit_code == 0
    reader = Ledger.reader

    def other(self: Ledger, name: str) -> Callable[[], bytes]:
        if "worksheets/03" in name:
            return (course / "output/guides/03-tea-3.pdf").read_bytes
        return reader(self, name)

    monkeypatch.setattr(Ledger, "reader", other)
    edit(course)
    stopped(course, "page 1 of worksheets/03-tea-3.pdf")


def stopped(course: Path, where: str) -> None:
    before = (course / "output" / FILE).read_bytes()
    result = build(course)
    assert result.exit_code == 1 and "failed" in result.stdout, result.output
    assert "C331" in result.stderr and where in result.stderr
    assert (course / "output" / FILE).read_bytes() == before


def test_a_bookmark_that_joining_adds_is_caught(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_part = bookmarks.of_part
    said = pikepdf.String(SECRET).unparse()
    monkeypatch.setattr(bookmarks, "of_part", lambda file, _, *more: of_part(file, said, *more))
    edit(course)
    stopped(course, joined.BETWEEN)


def test_a_page_label_that_joining_adds_is_caught(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joined, "page_label", lambda *_: SECRET)
    edit(course)
    stopped(course, joined.BETWEEN)


@pytest.mark.parametrize("key", ["/Alt", "/ActualText", "/T", "/TU", "/Contents", "/Title"])
def test_a_text_put_into_any_object_on_the_way_is_caught(
    course: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    body = Copy.body

    def more(self: Copy, found: pikepdf.Object) -> bytes:
        said = pikepdf.String(f"Ünder {SECRET}").unparse()
        return body(self, found).replace(b"<<", b"<< %b %b " % (key.encode(), said), 1)

    monkeypatch.setattr(Copy, "body", more)
    edit(course)
    stopped(course, joined.BETWEEN)


def test_metadata_that_joining_adds_are_caught(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = ObjectFile.close

    def more(self: ObjectFile, root: int, info: bytes) -> bytes:
        number = self.reserve()
        self.add(number, b"<< /Title %b >>" % pikepdf.String(SECRET).unparse())
        return close(self, root, b"%d 0 R" % number)

    monkeypatch.setattr(ObjectFile, "close", more)
    edit(course)
    stopped(course, joined.BETWEEN)


@pytest.mark.parametrize("block", ["cover", "contents", "back", "head"])
def test_a_text_of_the_book_s_own_pages_is_caught(course: Path, block: str) -> None:
    layout = course / "layouts/workbook/page.html.j2"
    layout.parent.mkdir(parents=True)
    said = f"<title>{SECRET}</title>" if block == "head" else f"<p>{SECRET}</p>"
    ours = (layouts() / "workbook/page.html.j2").read_text()
    begin = f"{{% block {block} %}}"
    assert begin in ours
    layout.write_text(ours.replace(begin, begin + said))
    stopped(course, "C331")


def test_a_page_that_no_part_holds_is_not_published(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_stream = ObjectFile.add_stream

    def other(self: ObjectFile, number: int, head: bytes, data: bytes) -> None:
        changed = data + b" " if b"/ObjStm" not in head and b"/XRef" not in head else data
        length = b"/Length %d" % len(data)
        add_stream(self, number, head.replace(length, b"/Length %d" % len(changed)), changed)

    monkeypatch.setattr(ObjectFile, "add_stream", other)
    edit(course)
    result = build(course)
    assert result.exit_code == 1 and "none of its parts holds" in result.stderr, result.output


def test_all_that_a_file_holds_is_read(course: Path) -> None:
    data = (course / "output" / FILE).read_bytes()
    held = substance(data)
    with pikepdf.open(io.BytesIO(data)) as opened:
        streams = [o for o in opened.objects if isinstance(o, pikepdf.Stream)]
        marks = [str(item.title) for item in opened.open_outline().root]
    packed = {"/ObjStm", "/XRef"}
    assert len(held.streams) <= sum(str(o.get("/Type")) not in packed for o in streams)
    assert len(held.streams) > 10 and marks
    texts = {bytes(pikepdf.String(mark)) for mark in marks}
    assert texts <= held.strings
    for broken in (data[:-20], data[:-5] + b"1 0 obj", data.replace(b"/Length ", b"/Length 1", 1)):
        with pytest.raises(ValueError):
            substance(broken)


def test_texts_read_alike(course: Path) -> None:
    said = ["plain", "a (b) \\ c", "Ünder", "日本", "\r\n"]
    file = ObjectFile()
    number = file.reserve()
    file.add(
        number,
        b"<< %b >>"
        % b" ".join(b"/A%d %b" % (n, pikepdf.String(s).unparse()) for n, s in enumerate(said)),
    )
    held = substance(file.close(number, b"null"))
    assert held.strings == {bytes(pikepdf.String(s)) for s in said}


def test_a_whole_whose_part_fails_is_told_so(course: Path) -> None:
    """No font has the letters: the handout fails, and the workbook for its sake."""
    (course / "02.md").write_text("# Session 2: Tea 2\n\n" + "ភាសាខ្មែរ " * 40)
    result = build(course, "all")
    assert result.exit_code == 1 and not (course / "output/courseware-fault.log").exists()
    assert "workbook: handouts/02-tea-2.pdf failed" in result.output
