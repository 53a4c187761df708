"""What a file's name and its folders' names say of tasks: "exercises/compass.md", "assignment.md"."""

from __future__ import annotations

from pathlib import PurePosixPath

from courseware.language.frames import Reader, name_words
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.reading.blocks.builder import Builder
from courseware.reading.readers import Readers

INDEXES = frozenset({"readme", "index"})
"""Files that introduce their folder: they are not what the folder's name says."""


def is_task_by_name(path: str, title: str, builder: Builder) -> bool:
    """Whether a file is an exercise by its name, or by that of a folder of exercises.

    One that is titled like the folder introduces it; solutions and what is for who leads are none.
    """
    words, readers = builder.words, builder.readers
    *folders, name = PurePosixPath(path).with_suffix("").parts
    if name.lower() in INDEXES or title.lower() in map(str.lower, folders):
        return False
    if not any(_names_tasks(text, words) for text in (*folders, name)):
        return False
    return readers.of_file(path, (title,)) is Reader.EVERYONE


def answers_a_task(path: str, words: Vocabulary, readers: Readers) -> bool:
    """Whether a file in a folder of exercises begins or ends with an answer's word: "solutions-morning"."""
    *folders, name = PurePosixPath(path).with_suffix("").parts
    said = name_words(name).split()
    if not any(_names_tasks(folder, words) for folder in folders) or not said:
        return False
    return any(readers.of_file(f"{word}.md", ()) is Reader.ANSWER for word in (said[0], said[-1]))


def _names_tasks(name: str, words: Vocabulary) -> bool:
    key = key_of(name_words(name))
    return words.section_kind(key) == "exercises" or key in words.of("assignment")
