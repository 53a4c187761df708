"""In which direction a language is written.

Source: the scripts that Unicode writes from the right, and the languages that CLDR's likely subtags
give such a script.
"""

from __future__ import annotations

from typing import Literal

from courseware.language.files import base

Direction = Literal["ltr", "rtl"]
_LANGUAGES = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_SCRIPTS = frozenset(
    ["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"]
)


def direction_of(language: str) -> Direction:
    """Return the direction of a language: its script decides where it is named ("pa-Arab")."""
    parts = language.lower().replace("_", "-").split("-")[1:]
    script = next((part for part in parts if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in _SCRIPTS else "ltr"
    return "rtl" if base(language) in _LANGUAGES else "ltr"
