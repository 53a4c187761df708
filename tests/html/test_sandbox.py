"""A course's own layouts: what is wrong in one is told at its line; none runs for ever."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from jinja2 import DictLoader
from jinja2.exceptions import SecurityError

from courseware.course.loading import load
from courseware.html import sandbox
from courseware.html.design import constants
from courseware.html.rendering import environment
from courseware.html.sandbox import Sandbox, Unboxed
from courseware.process import Overdue, limited
from tests.program import Ran, run

LAYOUT = '<html lang="en"><head><title>x</title></head><body>\n  {}\n</body></html>\n'


def build(folder: Path, layout: str) -> Ran:
    """Build a handout by a layout in a process of its own."""
    (folder / "layouts" / "handout").mkdir(parents=True, exist_ok=True)
    (folder / "layouts" / "handout" / "page.html.j2").write_text(LAYOUT.format(layout), "utf-8")
    (folder / "s.md").write_text("# A session\n\nText.\n", "utf-8")
    return run(folder, "--course", ".", "handouts")


@pytest.mark.parametrize(
    ("layout", "column", "message"),
    [
        ("{{ sesion.title }}", 6, '"sesion" is undefined (did you mean "session"?)'),
        ("{{ session.titel }}", 14, '"Session" has no attribute "titel" (did you mean "title"?)'),
        ("{{ course | uper }}", 15, 'no filter named "uper". (did you mean "upper"?)'),
        ("{% if 1 is evn %}{% endif %}", 14, 'no test named "evn" found. (did you mean "even"?)'),
        ("{% include 'shared/block.html.j2' %}", 15,
         'there is no layout "shared/block.html.j2" (did you mean "shared/blocks.html.j2"?)'),
        ("{% include '../../../../etc/passwd' %}", 15, "there is no layout"),
        ("{% for s in session.sections %}", 0, "unexpected end of template"),
        ("{{ 1 + 'a' }}", 3, "unsupported operand type"),
        ("{% for i in range(10**9) %}{% endfor %}", 3, "range too big"),
        ("{% for i in range(9**99**99) %}{% endfor %}", 3, "a power of more than 1,000"),
        ("{{ 'x' * 10**10 }}", 3, "`*` makes"),
        ("{{ 'x' * 9999999999 }}", 3, "`*` makes more than 1,000,000"),
        ("{{ '%9999999999d' | format(1) }}", 3, "memory"),
        ("{{ 'x'.center(9999999999) }}", 3, "memory"),
        ("{% set a = namespace(x='ab') %}{% for i in range(99) %}"
         "{% set a.x = a.x ~ a.x %}{% endfor %}", 3, "memory"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 3, "calls itself without an end"),
        ("{{ session.__class__.__mro__ }}", 14, "access to attribute"),
        ("{{ prose.root.unlink() }}", 0, ""),
        ("{{ session.title.replace() }}", 20, 'has no attribute "replace"'),
    ],
)  # fmt: skip
def test_an_error_is_told_at_its_line(
    tmp_path: Path, layout: str, column: int, message: str
) -> None:
    done = build(tmp_path, layout)
    assert "Traceback" not in done.err and "internal fault" not in done.err, done.err
    assert done.code == 1
    place = f"layouts/handout/page.html.j2:2:{column}: error[C324]: " if column else "C324"
    assert place in done.err and message in done.err, done.err
    assert list(tmp_path.glob("output/handouts/*.pdf")) == []


TOO_MUCH = [
    ("a * b", {"a": sandbox.LARGEST, "b": 2}, {"a": sandbox.LARGEST + 1, "b": 2}),
    ("a * b", {"a": 2, "b": -sandbox.LARGEST}, {"a": 2, "b": -sandbox.LARGEST - 1}),
    ("a * b", {"a": "x", "b": sandbox.MOST_REPEATED}, {"a": "x", "b": sandbox.MOST_REPEATED + 1}),
    ("a * b", {"a": 2, "b": [1] * (sandbox.MOST_REPEATED // 2)},
     {"a": 2, "b": [1] * (sandbox.MOST_REPEATED // 2 + 1)}),
    ("a ** b", {"a": 2, "b": sandbox.MOST_POWER}, {"a": 2, "b": sandbox.MOST_POWER + 1}),
    ("a ** b", {"a": sandbox.MOST_POWER, "b": 2}, {"a": sandbox.MOST_POWER + 1, "b": 2}),
    ("a ** b", {"a": -sandbox.MOST_POWER, "b": 2}, {"a": -sandbox.MOST_POWER - 1, "b": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("sum_", "most", "more"), TOO_MUCH)
def test_what_numbers_may_grow_to(sum_: str, most: dict[str, int], more: dict[str, int]) -> None:
    made = Sandbox().from_string(f"{{% if {sum_} %}}reckoned{{% endif %}}")
    assert made.render(most) == "reckoned"
    with pytest.raises(SecurityError):
        made.render(more)


def test_a_number_that_multiplies_itself_is_stopped() -> None:
    text = (
        "{% set n = namespace(v=10) %}{% for i in range(99) %}{% set n.v = n.v * n.v %}{% endfor %}"
    )
    with pytest.raises(SecurityError, match="too large"):
        Sandbox().from_string(text).render()


ENDLESS = [
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{% for i in range(99999) recursive %}{{ loop(range(99999)) }}{% endfor %}",
    "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
    "{% set n = namespace(v=[1]) %}{% for i in range(40) %}{% set n.v = [n.v, n.v] %}{% endfor %}{{ n.v }}",
]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("layout", ENDLESS)
def test_what_never_ends_is_ended(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LONGEST", 0.5)
    made = Sandbox(loader=DictLoader({"a": layout}))
    started = time.thread_time()
    with pytest.raises((sandbox.TooLongError, RecursionError)):
        sandbox.rendered(made, "a", Path(), {})
    assert time.thread_time() - started < 3


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_a_finaliser_kept_is_raised_again() -> None:
    class Slow:
        def __del__(self) -> None:
            while time.thread_time() < kept:
                pass

    started = time.thread_time()
    kept = started + 0.3
    with pytest.raises(Overdue), limited(0.1, processor=True):
        Slow()
        while time.thread_time() < started + 5:
            pass
    assert started + 0.3 <= time.thread_time() < started + 3


def test_loops_know_what_they_knew() -> None:
    text = "{% for i in 'abc' %}{{ loop.index }}{{ loop.length }}{{ loop.last }} {% else %}-{% endfor %}"
    made = Sandbox(loader=DictLoader({"a": text, "b": text.replace("'abc'", "[]")}))
    assert made.get_template("a").render() == "13False 23False 33True "
    assert made.get_template("b").render() == "-"


def test_an_error_of_the_programs_own_layouts_is_no_finding() -> None:
    made = Sandbox(loader=DictLoader({"a": "{{ 1 / 0 }}"}))
    with pytest.raises(ZeroDivisionError):
        sandbox.rendered(made, "a", Path(), {})


def test_built_in_layouts_alone_are_not_boxed(tmp_path: Path) -> None:
    assert type(environment(tmp_path)) is Unboxed
    (tmp_path / "layouts" / "handout").mkdir(parents=True)
    (tmp_path / "layouts" / "handout" / "style.css").write_text("p { color: red }", "utf-8")
    boxed = environment(tmp_path)
    assert type(boxed) is Sandbox
    shutil.rmtree(tmp_path / "layouts")
    unboxed = environment(tmp_path)
    assert type(unboxed) is Unboxed
    names = ["handout/page.html.j2", "shared/blocks.html.j2"]
    for name in names:
        assert boxed.loader is not None
        source, *_ = boxed.loader.get_source(boxed, name)
        assert "environment.call(" in boxed.compile(source, raw=True)
        boxed.get_template(name), unboxed.get_template(name)


@pytest.mark.parametrize("linked", ["layouts", "layouts/handout"])
def test_layouts_behind_a_link_are_boxed_too(tmp_path: Path, linked: str) -> None:
    real = tmp_path / "real" / ("handout" if linked == "layouts" else "")
    build(tmp_path, "{{ ''.__class__.__mro__ }}")
    real.parent.mkdir(exist_ok=True)
    (tmp_path / "layouts" / "handout").rename(real)
    shutil.rmtree(tmp_path / "layouts")
    link = tmp_path / linked
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(tmp_path / "real")
    assert type(environment(tmp_path)) is Sandbox


def test_outside_of_the_sandbox_no_layout_of_a_course_is_read(tmp_path: Path) -> None:
    unboxed = environment(tmp_path)  # and then one is put there
    (tmp_path / "layouts" / "handout").mkdir(parents=True)
    (tmp_path / "layouts" / "handout" / "page.html.j2").write_text("mine", "utf-8")
    assert unboxed.loader.get_source(unboxed, "handout/page.html.j2")[0] != "mine"  # type: ignore[union-attr]


def test_a_loop_of_the_built_in_layouts_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LONGEST", 0.05)
    made = Unboxed(loader=DictLoader({"a": "{% for i in range(10**9) %}{% endfor %}"}))
    with pytest.raises(sandbox.TooLongError):
        sandbox.rendered(made, "a", Path("none"), {})


@pytest.mark.parametrize(
    "how", ["{% include 'x.txt' %}", "{% include 'handout/../x.txt' %}", "{% extends 'x.txt' %}"]
)
@pytest.mark.parametrize("linked", ["layouts/x.txt", "layouts"])
def test_layouts_read_nothing_outside_of_the_course(tmp_path: Path, how: str, linked: str) -> None:
    course, outside = tmp_path / "course", tmp_path / "outside"
    outside.mkdir()
    (outside / "x.txt").write_text("SECRET", "utf-8")
    (outside / "page.j2").write_text(how, "utf-8")
    course.mkdir()
    if linked == "layouts":
        (course / "layouts").symlink_to(outside)
    else:
        (course / "layouts").mkdir()
        (course / "layouts" / "page.j2").write_text(how, "utf-8")
        (course / linked).symlink_to(outside / "x.txt")
    with pytest.raises(Exception) as told:
        environment(course).get_template("page.j2").render()
    assert "SECRET" not in str(told.value)
    assert [f.code for f in load(course).findings].count("C208") >= 1


@pytest.mark.parametrize("layout", [
    "{{ [1]|slice(200000000)|list }}", "{{ [1]|batch(200000000, 'x')|list }}", "{{ [1]|batch(linecount=10**9) }}",
    "{% for x in [1]|slice(slices=99999999) %}{% endfor %}",
])  # fmt: skip
def test_filters_make_few_parts(layout: str) -> None:
    with pytest.raises(SecurityError, match="parts"):
        Sandbox().from_string(layout).render()
    assert Sandbox().from_string("{{ [1, 2, 3]|batch(2)|list }}").render() == "[[1, 2], [3]]"


@pytest.mark.parametrize("layout", ["{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "{% if 1 %}" * 3000 + "{% endif %}" * 3000])  # fmt: skip
def test_a_layout_that_is_nested_too_deep_is_told(tmp_path: Path, layout: str) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "a.j2").write_text(layout, "utf-8")
    with pytest.raises(sandbox.LayoutError, match="nested too deep"):
        sandbox.rendered(environment(tmp_path), "a.j2", tmp_path, {})


def _growing(name: str, use: str) -> str:
    inner = "".join(f"{name}{n + 1}: {f'{use.format(n)} ' * 10};" for n in range(9))
    return f":root {{ {name}0: 1px; {inner} }} p {{ margin: {use.format(9)} }}"


@pytest.mark.parametrize("css", [
    _growing("--v", "var(--v{})"), _growing("--v", "VAR( /* */ --v{}, 1px)"), _growing(r"\2d\2d v", r"v\61 r(--\76 {})"),
    ":root { --v0: 1px; " + "".join(f"--v{n + 1}: var(--v{n});" for n in range(3000)) + " } p { margin: var(--v3000) }",
])  # fmt: skip
def test_values_that_multiply_are_told(css: str) -> None:
    for sheets, html in (([css], ""), ([], f"<style>{css}</style>")):
        with pytest.raises(sandbox.LayoutError, match="too much of it"):
            constants(sheets, html)
    assert constants([":root { --a: var(--b); --b: var(--a); --c: 1px }"], "")["c"] == "1px"
