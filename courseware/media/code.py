"""Code taken apart by Pygments, every character of it."""

from __future__ import annotations

from typing import Any


def code_tokens(text: str, language: str) -> list[tuple[Any, str]] | None:
    """Return the tokens of code; None where the language is unknown or its lexer loses characters.

    Lexers of sessions on a terminal read whole lines alone, so that the last one has its end.
    """
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.split()[0].lower(), stripnl=False)
    except ClassNotFound:
        return None
    found = list(lexer.get_tokens(text + "\n"))
    while found and not found[-1][1].strip("\n"):
        found.pop()
    if found:
        kind, last = found[-1]
        found[-1] = (kind, last.rstrip("\n"))
    whole = text.rstrip("\n")
    return found if "".join(piece for _, piece in found) == whole else None
