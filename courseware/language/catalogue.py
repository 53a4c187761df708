"""The files of the languages: which there are, and what each holds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

import msgspec
import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ANYWHERE = Path(__file__).parent / "anywhere.json"
"""What the files say under `anywhere`, of all languages: tools/words_anywhere.py writes it."""


Added = tuple[tuple[str, tuple[str, ...]], ...]
"""What a course adds to lists of words: their names, each with words; of a table "lengths.45"."""


class Tongue(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a text is read by: the words of its language, English ones, and those that its course adds to lists."""

    language: str = ""
    added: Added = ()

    def more(self, name: str) -> tuple[str, ...]:
        """Return what the course adds to a list."""
        return dict(self.added).get(name, ())

    def rows(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return what the course adds to a table, by its keys."""
        parts = ((name.partition("."), words) for name, words in self.added)
        return {key: words for (name, _, key), words in parts if name == table}


ANY = Tongue()
"""What a text is read by of which nobody says whose it is: what holds in all languages."""


def base(language: str) -> str:
    """Return a language without its region or script: "pt" of "pt-BR"; English where it is empty."""
    return language.replace("_", "-").split("-")[0].lower() or "en"


@cache
def data_of(language: str) -> dict[str, Any]:
    """Return what a language's file holds; empty where there is none."""
    found = resources.files("courseware.language") / f"{language}.yml"
    if not language.isalpha() or not found.is_file():
        return {}
    return cast(dict[str, Any], yaml.load(_parts(language)[0], Loader=_LOADER))  # noqa: S506


@cache
def spoken_of(language: str) -> dict[str, Any]:
    """Return the words in which a language says formulas, its region's where it has them; empty where there are none."""
    if not data_of(base(language)):
        return {}
    data: dict[str, Any] = yaml.load(_parts(base(language))[1], Loader=_LOADER)  # noqa: S506
    return {**data, **variants_of(data, language)}


def variants_of(data: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return what a file says otherwise for a language's region or script, "zh-TW"."""
    tags = {tag.lower() for tag in language.replace("_", "-").split("-")[1:]}
    said: dict[str, Any] = {}
    for variant in data.get("variants", ()):
        if tags.intersection(map(str.lower, variant["tags"])):
            said |= variant.get("printed", variant)
    return said


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a file, by their names of two letters."""
    files = (file.name for file in resources.files("courseware.language").iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in files if name.endswith(".yml")))


@cache
def _parts(language: str) -> tuple[str, ...]:
    """Return the two parts of a language's file: its words, and those of formulas, which few files want."""
    file = resources.files("courseware.language") / f"{language}.yml"
    return tuple(file.read_text("utf-8").split("\n---\n"))


@cache
def line_of(language: str, name: str) -> Any:
    """Return what one line of a language's file says, `name: [...]` or `name: {...}`; the rest is not parsed."""
    found = re.search(rf"^ *{name}: ([\[{{].*[\]}}])$", _parts(language)[0], re.MULTILINE)
    return yaml.load(found[1], Loader=_LOADER) if found else ()  # noqa: S506


def read_by(language: str) -> tuple[str, ...]:
    """Return whose words a text in a language is read by: courses mix English ones with their own."""
    own = base(language)
    return ("en", own) if own != "en" and own in languages() else ("en",)


@cache
def words_read(name: str, tongue: Tongue) -> tuple[str, ...]:
    """Return the words of a list that a text is read by, a course's last; that list alone is parsed."""
    own = (word for code in read_by(tongue.language) for word in line_of(code, name))
    return (*own, *tongue.more(name))


@cache
def table_read(name: str, tongue: Tongue) -> dict[str, tuple[str, ...]]:
    """Return the words of a table that a text is read by, by their keys: English ones, the language's, then a course's."""
    found: dict[str, tuple[str, ...]] = {}
    for row in (
        *(dict(line_of(code, name)) for code in read_by(tongue.language)),
        tongue.rows(name),
    ):
        for key, words in row.items():
            found[str(key)] = (*found.get(str(key), ()), *words)
    return found


@cache
def words_anywhere(name: str) -> tuple[str, ...]:
    """Return the words of a list under `anywhere`, of all languages, those first that others begin."""
    return tuple(sorted(_anywhere()[name], key=len, reverse=True))


def any_of(*names: str) -> str:
    """Return the pattern of the words of such lists."""
    return "|".join(word for name in names for word in words_anywhere(name))


@cache
def _anywhere() -> dict[str, list[str]]:
    return cast(dict[str, list[str]], json.loads(ANYWHERE.read_text("utf-8")))
