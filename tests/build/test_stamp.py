"""What made a file is known without loading it."""

from __future__ import annotations

import re
from importlib import metadata

from courseware.build.state import stamp


def needed(name: str, found: set[str]) -> set[str]:
    """Return a distribution and all that it needs without an extra, as far as it is installed."""
    plain = re.sub(r"[-_.]+", "_", name).lower()
    if plain in found:
        return found
    try:
        rows = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return found
    found.add(plain)
    for row in rows:
        if "extra ==" not in row:
            needed(re.split(r"[^\w.-]", row, maxsplit=1)[0], found)
    return found


def test_the_list_of_libraries_names_all_that_the_program_needs() -> None:
    assert needed("courseware", set()) - {"courseware"} <= stamp.LIBRARIES


def test_versions_are_those_that_are_installed() -> None:
    said = dict(part.rsplit(" ", 1) for part in stamp.libraries().split(", "))
    assert said["weasyprint"] == metadata.version("weasyprint")
    assert said["jinja2"] == metadata.version("jinja2")


def test_the_programs_files_are_named() -> None:
    assert {"package:cli/commands.py", "package:language/en.yml"} <= set(stamp.program())
