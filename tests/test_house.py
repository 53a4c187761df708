"""The house keeps its own rules."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterable
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

from courseware.diagnostics import CODES
from courseware.doctor import examine, text
from tests.support import PROJECT

PARTS = (("pypi", ".org"), ("python", "hosted"), ("registry.", "npmjs"), ("deb.", "debian"),
         ("/ro", "ot/"), ("/op", "t/"))  # fmt: skip
"""Registries' hosts and machines' folders, in two halves so that this file names none itself."""
HOSTS = re.compile("|".join(re.escape("".join(halves)) for halves in PARTS))
MADE = {".git", ".venv", "__pycache__", "output", ".hypothesis", "dist"} | {
    f".{tool}_cache" for tool in ("mypy", "ruff", "pytest", "import_linter")
}


def tracked() -> list[str]:
    """Return the project's own text files: those of git, or all but what is made, without git."""
    try:
        done = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True)
        names = done.stdout.splitlines()
    except FileNotFoundError:
        names = []
    names = names or [
        path.relative_to(PROJECT).as_posix()
        for path in PROJECT.rglob("*.*")
        if path.is_file() and not MADE & set(path.relative_to(PROJECT).parts)
    ]
    names = [n for n in names if not n.endswith((".ttf", ".png", ".pptx", ".pyc"))]
    assert len(names) > 50
    return names


def test_no_file_names_a_registry_or_a_machine() -> None:
    for name in tracked():
        if not (PROJECT / name).is_file():
            continue
        found = HOSTS.search((PROJECT / name).read_text("utf-8"))
        assert found is None, f"{name}: {found}"


def test_every_code_is_documented() -> None:
    page = (PROJECT / "docs" / "diagnostics.md").read_text("utf-8")
    assert set(re.findall(r"^\| \[(C\d+)\]\(diagnostics/\1\.md\) ", page, re.MULTILINE)) == set(
        CODES
    )


def test_every_directive_is_documented() -> None:
    from courseware.reading.markdown.directives import DIRECTIVES

    page = (PROJECT / "docs" / "authors.md").read_text("utf-8")
    assert [name for name in DIRECTIVES if f"`{name}" not in page] == []


def modules() -> dict[str, Path]:
    """Return the package's files by the name that they are imported by."""
    files = (PROJECT / "courseware").rglob("*.py")
    bare = {path.relative_to(PROJECT).with_suffix(""): path for path in files}
    return {".".join(name.parts).removesuffix(".__init__"): path for name, path in bare.items()}


def imported(path: Path, known: Iterable[str]) -> set[str]:
    """Return the modules that a file imports anywhere: in functions and for types, too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: name what you import in full"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inside & set(known)) or {node.module}
    return found & set(known)


def test_every_file_that_developers_are_told_of_is_there() -> None:
    page = (PROJECT / "docs" / "developers.md").read_text("utf-8")
    there = {path.as_posix() for path in map(Path, tracked())}
    told = set(re.findall(r"`([\w/.]+\.py)`", page))
    assert len(told) > 30
    assert [n for n in sorted(told) if not any(f"/{p}".endswith(f"/{n}") for p in there)] == []


def test_developers_are_told_of_every_folder_and_of_no_name_that_is_not_there() -> None:
    page = (PROJECT / "docs" / "developers.md").read_text("utf-8")
    top = [
        p
        for p in (PROJECT / "courseware").iterdir()
        if p.suffix == ".py" or (p / "__init__.py").is_file()
    ]
    names = [f"{p.name}/" if p.is_dir() else p.name for p in top]
    assert [n for n in names if f"`courseware/{n}`" not in page and f"`{n}`" not in page] == []
    told = re.findall(r"`((?:[a-z_]+\.)+[a-z_]+|[a-z_]+)\.([A-Z][A-Z_]+)`", page)
    assert len(told) > 3
    for module, name in told:
        assert hasattr(import_module(f"courseware.{module}"), name), f"{module}.{name}"


def test_layout_makers_are_told_of_every_layout_and_of_all_that_it_gets() -> None:
    page = (PROJECT / "docs" / "layouts.md").read_text("utf-8")
    top = PROJECT / "layouts"
    files = [p.relative_to(top).as_posix() for p in top.rglob("*") if p.suffix in (".j2", ".css")]
    assert [f for f in files if f"`{f}`" not in page and not f.startswith("slides/")] == []
    given = re.search(
        r"    given = \{.*?\}", (PROJECT / "courseware/html/rendering.py").read_text(), re.S
    )
    assert given is not None
    names = {*re.findall(r'"(\w+)":', given[0]), "say", "words", "name_of_kind", "kind_of"}
    assert len(names) > 8
    assert [n for n in sorted(names) if not re.search(rf"`{n}\b", page)] == []


def test_no_folder_is_crowded() -> None:
    """Dialects are many by nature; a language is a file."""
    root = PROJECT / "courseware"
    counted = Counter(path.parent.relative_to(root).as_posix() for path in root.rglob("*.py"))
    crowded = {name: n for name, n in counted.items() if n > 16}
    assert crowded.keys() <= {"reading/dialects"}, crowded


def test_no_files_import_each_other_in_a_circle() -> None:
    files = modules()
    graph = {name: imported(path, files) - {name} for name, path in files.items()}
    assert sum(map(len, graph.values())) > len(files)
    tuple(TopologicalSorter(graph).static_order())  # raises CycleError with the files' names


def test_the_doctor_names_what_is_needed() -> None:
    facts = examine()
    assert {"Python", "Pango", "shipped fonts"} <= {f.name for f in facts}
    assert all(f.present or f.mend for f in facts)
    assert len(text(facts).splitlines()) == len(facts)


def test_the_schema_of_course_yml_is_written_from_the_code() -> None:
    import msgspec

    from courseware.course.loading import Settings

    written = (PROJECT / "docs" / "course.schema.json").read_bytes()
    assert (
        written
        == msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Settings)), indent=2) + b"\n"
    )


def test_every_command_and_option_is_documented() -> None:
    from courseware.cli.commands import main

    page = (PROJECT / "docs" / "commands.md").read_text("utf-8")
    for name, command in main.commands.items():
        assert f"| `{name}` |" in page
        below = getattr(command, "commands", {})
        assert [other for other in below if f"`{name} {other} " not in page] == []
        inside = [p for other in below.values() for p in other.params]
        for parameter in (*command.params, *inside, *main.params):
            for option in parameter.opts:
                assert not option.startswith("-") or f"`{option}`" in page, (name, option)


def test_every_front_matter_key_is_documented() -> None:
    from courseware.reading.source.front_matter import KEYS

    page = (PROJECT / "docs" / "authors.md").read_text("utf-8")
    assert [key for key in KEYS if f"`{key}`" not in page and f"`{key}:`" not in page] == []


def test_every_key_of_course_yml_is_told_with_its_choices_and_default() -> None:
    import msgspec

    from courseware.course.loading import Settings

    schema = msgspec.json.schema(Settings)["$defs"]
    tables: list[dict[str, list[str]]] = []
    for line in (PROJECT / "docs" / "course-yml.md").read_text("utf-8").splitlines():
        if line.startswith("| key |"):
            tables.append({})
        elif line.startswith("| `"):
            key, *cells = (cell.strip() for cell in line.strip("|").split(" | "))
            tables[-1][key.strip(" `")] = cells
    names = ("Settings", "Delivery", "Schedule", "Day", "Module", "Variant")
    assert len(tables) == len(names) and set(names) == schema.keys()
    for name, told in zip(names, tables, strict=True):
        assert told.keys() == schema[name]["properties"].keys()
        for key, (takes, default, _) in told.items():
            known = schema[name]["properties"][key]
            choices = {choice for choice in known.get("enum", ()) if choice}
            assert choices <= set(re.findall(r"`([^`]+)`", takes)), key
            if choices and known["default"]:
                assert default == f"`{known['default']}`", key


LOOKS = frozenset({"compile", "sub", "match", "search", "fullmatch", "findall", "finditer", "split",
                   "startswith", "endswith", "replace", "find", "count", "partition", "rpartition",
                   "removeprefix", "removesuffix"})  # fmt: skip
"""Calls that look for a pattern or for words in a string."""
MARKUP = re.compile(r"</|<(?!\?)[a-z(\[\\]|class=")
"""A tag, or a pattern for one; not a group or a look behind of a pattern."""


def looks_into_markup(source: str) -> list[int]:
    """Return the lines in which a string is searched for markup."""
    found = []
    for node in ast.walk(ast.parse(source)):
        sought: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            made = node.func.attr == "sub" and ast.unparse(node.func.value) != "re"  # it is written
            sought = node.args[:1] if node.func.attr in LOOKS and not made else []
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            sought = [node.left]
        words = (n.value for one in sought for n in ast.walk(one) if isinstance(n, ast.Constant))
        bare = (re.sub(r"\(\?(?:P?<\w+>|<[=!])", "(", w) for w in words if isinstance(w, str))
        if isinstance(node, ast.expr) and any(MARKUP.search(pattern) for pattern in bare):
            found.append(node.lineno)
    return found


def test_no_stage_after_reading_looks_into_markup() -> None:
    assert looks_into_markup("'<img' in text.html\nre.compile('</?(?:a|b)>')\nx.split('<br>')") == [
        1,
        2,
        3,
    ]
    assert (
        looks_into_markup("re.compile(r'(?P<a>x)(?<=y)')\nx.startswith('a')\nf'<b>{x}</b>'") == []
    )
    for folder in ("model", "reading/structure", "checking", "products", "html"):
        for path in (PROJECT / "courseware" / folder).rglob("*.py"):
            lines = looks_into_markup(path.read_text("utf-8"))
            assert not lines, f"{path.relative_to(PROJECT)}:{lines}: ask the text's inline values"
