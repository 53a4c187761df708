"""The words of a language in layouts: `say("run_sheet")`, `say("worksheet_page", pages=4)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from courseware.diagnostics import did_you_mean
from courseware.language.printed import Printed, english, printed


def said(words: Printed) -> Callable[..., str | Markup]:
    """Return what a layout calls as `say`: a sentence, as HTML where a hole's value is HTML."""

    def say(name: str, /, **holes: Any) -> str | Markup:
        if name not in words:
            hint = did_you_mean(name, tuple(english()))
            raise UndefinedError(f'no sentence is called "{name}"{"; " + hint if hint else ""}')
        if any(hasattr(value, "__html__") for value in holes.values()):
            return Markup(words.filled(name, holes, lambda part: str(escape(part))))  # noqa: S704
        return words(name, **holes)

    return say


def given(words: Printed) -> dict[str, Any]:
    """Return what layouts get to speak a language: `say`, `words`, signs between things, and kinds by `name_of_kind`."""
    return {
        "say": said(words), "words": words, "name_of_kind": words.title,
        "comma": words.comma, "semicolon": words.semicolon,
    }  # fmt: skip


@pass_context
def minutes_range(context: Context, low: int, high: int | None = None) -> str:
    """Return minutes as a reader says them: "30 min", "2–3 hours"."""
    words = context.get("words") or printed("en")
    return str(words.minutes(low, high))
