"""Whatever set-up installs, its version is pinned in constraints.txt, and no address is there."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from tests.support import PROJECT


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None, requirement
    return plain(found[0])


def pins() -> set[str]:
    lines = (PROJECT / "constraints.txt").read_text("utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert [entry for entry in entries if not re.fullmatch(r"[\w.-]+==[\w.]+", entry)] == []
    return {plain(entry.partition("==")[0]) for entry in entries}


def test_what_is_declared_is_pinned() -> None:
    table = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    extras = table["project"]["optional-dependencies"].values()
    declared = {wanted(line) for line in table["project"]["dependencies"]}
    declared |= {wanted(line) for extra in extras for line in extra}
    # An editable install makes hatchling ask for `editables`, which no file of ours names.
    declared |= {wanted(line) for line in table["build-system"]["requires"]} | {"editables"}
    assert declared - pins() == set()


def test_what_the_declared_bring_along_is_pinned() -> None:
    known, todo = set[str](), ["courseware"]
    while todo:
        name = todo.pop()
        for line in metadata.requires(name) or ():
            found = wanted(line)
            if found not in known and installed(found):
                known.add(found)
                todo.append(found)
    assert {"weasyprint", "pytest"} <= known
    # These two are the environment's own; some libraries name them in extras that we leave out.
    assert known - pins() - {"pip", "setuptools"} == set()


def installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def imported(file: Path) -> set[str]:
    """Return the libraries that a file imports, anywhere in it, by the names of their modules."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - {"courseware"}


OWNERS = {"cluster": "run/cluster.py", "editor": "editor/server.py", "preview": "serve/watching.py",
          "protect": "site/archive.py", "diagrams": "dialects/diagram_programs.py"}  # fmt: skip
"""The file that alone imports an extra."""
PROGRAMS = {"graphviz-pure"}
"""What is run, not imported."""


def test_what_the_program_imports_is_declared_and_what_is_declared_is_imported() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {wanted(line) for line in project["dependencies"]}
    extras = {name: set(map(wanted, project["optional-dependencies"][name])) for name in OWNERS}
    named = {module: {plain(name) for name in names}
             for module, names in metadata.packages_distributions().items()}  # fmt: skip
    used: set[str] = set()
    for file in (PROJECT / "courseware").rglob("*.py"):
        own = (extras[name] for name, owner in OWNERS.items() if file.match(owner))
        allowed = declared.union(*own)
        for module in imported(file):
            assert named[module] & allowed, f"{file}: {module} is not declared"
            used |= named[module] & allowed
    assert used == declared.union(*extras.values()) - PROGRAMS
