"""The language of a session: what its front matter states, else what its text tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from courseware.diagnostics import Diagnostic, Edit, Span
from courseware.language.recognition import language_of
from courseware.language.tags import tag_of
from courseware.language.vocabulary import Vocabulary, has_words, in_doubt, vocabulary_for
from courseware.reading.source.yaml_values import Value

_QUOTED = re.compile(r"(?m)^ {0,3}>.*$")
MOST_LOOKED = 20_000
"""Characters that a guess looks at."""
ALONE = "only directives (::: instructor) and English words hide text from learners here"


class SessionLanguage(NamedTuple):
    """The words that a session is read by, its language where it is not the course's, and findings."""

    words: Vocabulary
    language: str
    findings: list[Diagnostic]


def in_language(
    words: Vocabulary, front: Mapping[str, Value], body: str, path: str
) -> SessionLanguage:
    """Return the words of a session's language, `words` being the course's."""
    stated = next((front[key] for key in ("language", "lang") if key in front), None)
    tag, findings = stated_tag(stated, path) if stated and str(stated.value) else ("", [])
    if tag:
        findings += without_words(tag, Span(path, stated.line if stated else 1))
        return SessionLanguage(vocabulary_for(tag, words.tongue.added), tag, findings)
    found = _told_by(body[:MOST_LOOKED]) if words.language == "en" else ""
    if found in ("", words.language):
        unknown = not found and not words.stated
        return SessionLanguage(in_doubt(words) if unknown else words, "", findings)
    hint = f'say "language: {found}" in the front matter or in course.yml'
    told = f'read as "{found}", by its words'
    findings.append(Diagnostic("C107", told, Span(path), hint, mend=_stating(found, front)))
    findings += without_words(found, Span(path))
    return SessionLanguage(vocabulary_for(found, words.tongue.added), found, findings)


def _told_by(text: str) -> str:
    """Return the language that a text tells, "" where it is none: an English quotation alone makes none English."""
    found = language_of(text)
    own = _QUOTED.sub("", text) if found == "en" else text
    return found if own == text else language_of(own)


def _stating(language: str, front: Mapping[str, Value]) -> tuple[Edit, ...]:
    """Return the edit that states a language in the front matter; none where that is no YAML."""
    if not front:
        return (Edit(1, 1, "", f"---\nlanguage: {language}\n---\n\n"),)
    first = min(front.values(), key=lambda value: value.line)
    return (Edit(first.line, 1, "", f"language: {language}\n"),) if first.column > 1 else ()


def stated_tag(stated: Value, path: str) -> tuple[str, list[Diagnostic]]:
    """Return the tag that an author means, "" where that is not known, and what is wrong with it."""
    said = str(stated.value).strip()
    tag = tag_of(said)
    if tag == said:
        return tag, []
    message = f'language: "{said}" is no tag of a language'
    message += f': read as "{tag}"' if tag else ""
    hint = (
        f'write "language: {tag}"' if tag else 'write it as BCP 47 has it: "en", "pt-BR", "zh-Hant"'
    )
    mend = (Edit(stated.line, stated.column, said, tag),) if tag else ()
    place = Span(path, stated.line, stated.column)
    return tag, [Diagnostic("C172", message, place, hint, mend=mend)]


def without_words(tag: str, place: Span) -> list[Diagnostic]:
    """Return the finding on a language that there are no words of; none where there are."""
    if has_words(tag):
        return []
    message = f'there are no words of the language "{tag}": {ALONE}'
    return [Diagnostic("C173", message, place, "name its words under `vocabulary` in course.yml")]
