"""The files of the languages: which there are, and what each holds."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any, cast

import yaml


def base(language: str) -> str:
    """Return a language without its region or script: "pt" of "pt-BR"; English where it is empty."""
    return language.replace("_", "-").split("-")[0].lower() or "en"


@cache
def data_of(language: str) -> dict[str, Any]:
    """Return what a language's file holds; empty where there is none."""
    found = resources.files("courseware.language") / f"{language}.yml"
    if not language.isalpha() or not found.is_file():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return cast(dict[str, Any], yaml.load(found.read_text("utf-8"), Loader=loader))  # noqa: S506


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a file, by their names of two letters."""
    files = (file.name for file in resources.files("courseware.language").iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in files if name.endswith(".yml")))


@cache
def words_of_all(name: str) -> tuple[str, ...]:
    """Return the words of a list in every language; of each file, that list alone is parsed."""
    found: list[str] = []
    for file in sorted(resources.files("courseware.language").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yml"):
            line = re.search(rf"^ *{name}: \[.*\]$", file.read_text("utf-8"), re.MULTILINE)
            found += yaml.safe_load(line[0].strip())[name] if line else ()
    return tuple(found)
