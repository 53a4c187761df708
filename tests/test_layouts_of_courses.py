"""A course's own layouts that were written for an earlier version are told the names that have changed."""

from __future__ import annotations

import inspect
import json
import pkgutil
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from courseware.checking.layouts import CHANGES
from courseware.checking.rules import check
from courseware.course.loading import load
from courseware.course.setting_checks import version_numbers
from courseware.folders import layouts
from courseware.html.rendering import environment
from courseware.model.kinds import KINDS
from courseware.versions import __version__
from tests.support import PROJECT


def told(tmp_path: Path, files: dict[str, str], settings: str = "") -> list[str]:
    for name, text in files.items():
        path = tmp_path / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "01-tea.md").write_text("# Tea\n\nText.\n")
    if settings:
        (tmp_path / "course.yml").write_text(settings)
    found = [f for f in check(load(tmp_path)) if f.code in ("C176", "C177")]
    return [f"{f.span.path}:{f.span.line}:{f.span.column} {f.message} ({f.hint})" for f in found]


@pytest.mark.parametrize(
    ("text", "name", "now"),
    [
        ("{{ b.text.html }}", "html", "prose(text)"),
        ('{{ b.text["html"] }}', "html", "prose(text)"),
        ("{% for i in items | map(attribute='html') %}{{ i }}{% endfor %}", "html", "prose(text)"),
        ("{% if s.if_time | default(false) %}x{% endif %}", "if_time", "out"),
        ('{{ sheet.segments | selectattr("if_time") | list }}', "if_time", "out"),
        ("{% for p, tall in (group | arranged).pairs %}{{ p }}{% endfor %}", "pairs", "cards"),
        ("{{ names[b.kind] }}", "names", "name_of_kind"),
        ("{{ page.content.sheet.short }}", "short", "fallbacks.short"),
        (
            "{% import 'shared/icons.html.j2' as drawn %}{{ drawn.kinds.get(s.kind) }}",
            "kinds",
            "kind_of",
        ),
    ],
)
def test_an_old_name_is_told_with_what_stands_in_its_place(
    tmp_path: Path, text: str, name: str, now: str
) -> None:
    (line,) = told(tmp_path, {"handout/page.html.j2": f"<p>\n{text}"})
    column = text.index(name) + 1
    assert line.startswith(f'layouts/handout/page.html.j2:2:{column} "{name}" is a name of layouts')
    assert now in line and "older than version 0.2" in line


@pytest.mark.parametrize(
    "text",
    [
        "{% set names = {} %}{{ names[b.kind] }}", "{% for names in x %}{{ names }}{% endfor %}",
        "{% macro m(names) %}{{ names }}{% endmacro %}", "{{ step.short }}", "{{ fallbacks.late }}",
        "{# b.text.html #}", "text.html", "{% raw %}{{ b.text.html }}{% endraw %}", "{{ x.html_class }}",
        "{{ x | unknown_filter }}", "{% if %}", "{{ '.html' }}", "{{ image(path) }}",
        "{% from 'own/page.html.j2' import cut %}", "{{" * 5_000,
        "{{ " + "+".join("1" * 40_000) + " }}", "{{ " + "(" * 40_000, "{% if a %}" * 9_000, "{{ a" + ".b" * 40_000 + " }}",
        "{{ 'a' ~ " * 9_000,
    ],
)  # fmt: skip
def test_names_that_are_the_layouts_own_are_not_told(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, {"handout/page.html.j2": text}) == []


def test_a_name_is_told_once_a_file_with_all_its_lines(tmp_path: Path) -> None:
    style = ".is-if-time { color: red }\np { margin: 0 }\n.row .is-if-time td { color: red }\n"
    found = told(
        tmp_path, {"guide/style.css": style, "shared/course.css": ".is-if-time-x { top: 0 }"}
    )
    assert [line.partition(" (")[0] for line in found] == [
        'layouts/guide/style.css:1:2 "is-if-time" is a name of layouts older than version 0.2; '
        "also in line 3"
    ]


def test_a_file_that_is_gone_is_told_where_the_course_has_none_of_its_own(tmp_path: Path) -> None:
    style = {
        "guide/style.css": "p { background: url(icons/say.svg) }\nb { background: url(../icons/say.svg) }"
    }
    (line,) = told(tmp_path, style)
    assert line.startswith('layouts/guide/style.css:1:27 "guide/icons/say.svg" is a name')
    assert told(tmp_path, style | {"guide/icons/say.svg": "<svg/>"}) == []


def test_the_built_in_layouts_have_no_old_name(tmp_path: Path) -> None:
    own = {p.relative_to(layouts()).as_posix(): p.read_text("utf-8")
           for p in layouts().rglob("*") if p.suffix in (".j2", ".css")}  # fmt: skip
    assert told(tmp_path, own) == []


@pytest.mark.parametrize(
    ("settings", "count"),
    [("layouts: 0.1\n", 1), ("layouts: '0.1.3'\n", 1), ("layouts: {version: 0.1}\n", 1), ("title: A\n", 1),
     ("layouts: 0.2\n", 0), ("layouts: {version: '0.2', exercise: Work}\n", 0)],
)  # fmt: skip
def test_the_version_that_is_stated_says_what_is_told(
    tmp_path: Path, settings: str, count: int
) -> None:
    found = told(tmp_path, {"handout/page.html.j2": "{{ b.text.html }}"}, settings)
    assert len(found) == count
    assert "version" not in load(tmp_path).course.layouts


@pytest.mark.parametrize(
    ("settings", "said"),
    [("layouts: 7.5\n", '"7.5" is newer than this program'), ("layouts: new\n", '"new" is no version'),
     ("layouts: {version: exercise}\n", '"exercise" is no version')],
)  # fmt: skip
def test_a_version_that_there_is_not_is_told(tmp_path: Path, settings: str, said: str) -> None:
    (line,) = told(tmp_path, {}, settings)
    assert said in line and "this program's layouts are 0.2" in line


def test_a_layout_that_is_a_link_out_of_the_course_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.j2").write_text("{{ b.text.html }}")
    course = tmp_path / "course"
    (course / "layouts/handout").mkdir(parents=True)
    (course / "layouts/handout/page.html.j2").symlink_to(tmp_path / "secret.j2")
    assert told(course, {}) == []
    (course / "layouts/again").symlink_to(course / "layouts")
    (course / "layouts/v1.0/x").mkdir(parents=True)
    (line,) = told(course, {"v1.0/x/own.j2": "{{ b.text.html }}"})[:1]
    assert line.startswith("layouts/again/")


def test_the_table_is_in_the_docs_and_of_versions_up_to_this_one() -> None:
    page = (PROJECT / "docs" / "from-0.1.md").read_text("utf-8")
    rows = re.findall(r"^\| (\S+) \| `(.*?)` \| (.*) \|$", page, re.M)
    marks = {"attribute": ".", "class": "."}
    names = [f"{c.behind[0] if c.behind and c.kind == 'attribute' else ''}{marks.get(c.kind, '')}{c.old}"
             for c in CHANGES]  # fmt: skip
    assert rows == [(c.since, name, c.now) for c, name in zip(CHANGES, names, strict=True)]
    assert all(version_numbers(c.since) <= version_numbers(__version__) for c in CHANGES)


NAMES: dict[str, Any] = json.loads((PROJECT / "tests/names-of-0.1.json").read_text("utf-8"))
"""What layouts of version 0.1 could name: files, filters, variables, blocks, macros, values, types' attributes."""


def public() -> dict[str, set[str]]:
    """Return the public attributes of all types that may reach a layout, by the types' names."""
    found: dict[str, set[str]] = {}
    for part in ("model", "products", "html"):
        top = import_module(f"courseware.{part}")
        for info in pkgutil.walk_packages(top.__path__, f"courseware.{part}."):
            for name, kind in inspect.getmembers(import_module(info.name), inspect.isclass):
                found.setdefault(name, set()).update(a for a in dir(kind) if a[0] != "_")
    return found


def test_every_name_of_version_0_1_is_there_or_told() -> None:
    told = {(c.kind, c.old) for c in CHANGES}
    now = public()
    lost = [f"{kind}.{name}" for kind, names in NAMES["types"].items() for name in names
            if name not in now.get(kind, ()) and ("attribute", name) not in told]  # fmt: skip
    texts = {p.relative_to(layouts()).as_posix(): p.read_text("utf-8")
             for p in layouts().rglob("*") if p.suffix in (".j2", ".css")}  # fmt: skip
    whole = "\n".join([*texts.values(), *KINDS])
    lost += [n for n in NAMES["files"] if not (layouts() / n).is_file() and ("file", n) not in told]
    for kind, mark in (("block", "block"), ("macro", "macro")):
        lost += [f"{kind} {row}" for row in NAMES[f"{kind}s"] for file, name in [row.split()]
                 if not re.search(rf"{{%-? *{mark} {name}\b", texts.get(file, ""))
                 and (kind, name) not in told]  # fmt: skip
    lost += [n for n in NAMES["values"] if f"{n}:" not in whole]
    lost += [f".{n}" for n in NAMES["classes"]
             if not re.search(rf"(?<![\w-]){n}(?![\w-])", whole) and ("class", n) not in told]  # fmt: skip
    engine = environment(PROJECT / "content")
    lost += [f"| {n}" for n in NAMES["filters"] if n not in engine.filters]
    assert lost == []
