"""Chunks of R Markdown and Quarto: which are learnr's solutions and hints, and which show no code.

`{r mean-solution}`, `{r mean-hint-1}`, `{r mean-check}`, `#| label: mean-solution`; `include=FALSE`, `#| echo: false`.
"""

from __future__ import annotations

import re
from typing import Literal

ChunkKind = Literal["answer", "hint", "unseen", ""]
_CHUNK = re.compile(
    r"^\{\s*[A-Za-z]\w*(?:[\s,]+(?P<label>[\w.-]+)(?!\s*=)\b)?(?P<options>[^{}]*)\}$"
)
_LABEL = re.compile(r"\blabel\s*=\s*[\"']?(?P<label>[\w.-]+)")
_LABEL_BELOW = re.compile(r"(?m)\A(?:#\|[^\n]*\n)*?#\|\s*label:\s*[\"']?(?P<label>[\w.-]+)")
_SOLVES = re.compile(r"(?m)\A(?:#\|[^\n]*\n)*?#\|\s*solution:\s*true\b")
_ANSWERS = re.compile(r"[\w.-]-(?:solution|check|code-check|error-check)$")
_HINT = re.compile(r"[\w.-]-hint(?:-\d+)?$")
_KEY = re.compile(r"\banswer(?:_fn)?\([^#]*?\bcorrect\s*=\s*T(?:RUE)?\b", re.DOTALL)
"""A learnr question's choice that is marked as right."""
_ASKED = re.compile(r"\bquestion(?:_\w+)?\(\s*\"((?:[^\"\\]|\\.)+)\"")
_UNSEEN = re.compile(r"\b(?:include|echo)\s*=\s*F(?:ALSE)?\b")
_UNSEEN_BELOW = re.compile(r"(?im)^(?:#|//|%%)\|\s*(?:include|echo)\s*:\s*false\s*$")


def questions_in(text: str) -> list[str]:
    """Return the words of learnr's questions in a chunk, without their choices."""
    return [re.sub(r"\\(.)", r"\1", said) for said in _ASKED.findall(text)]


def chunk_kind(info: str, text: str) -> ChunkKind:
    """Return what a fence is by what stands behind its mark and by its text; "" for code as any other."""
    found = _CHUNK.match(info)
    if found is None:
        return ""
    named = found if found["label"] else _LABEL.search(info) or _LABEL_BELOW.search(text)
    label = named["label"] if named else ""
    if _ANSWERS.search(label) or _KEY.search(text) or _SOLVES.search(text):
        return "answer"
    if _HINT.search(label):
        return "hint"
    return "unseen" if _UNSEEN.search(info) or _UNSEEN_BELOW.search(text) else ""
