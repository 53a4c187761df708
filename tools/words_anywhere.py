"""The words by which times are read in any language, out of the languages' files into one that is read at once.

A sheet may state its times in another language than its text, and a text in a language without a file
states them in words of its neighbours. So these words are those of all languages, and reading them must
open no other language's file. `tools/words_anywhere.py` writes `courseware/language/anywhere.json`.
"""

from __future__ import annotations

import json

from courseware.language.catalogue import ANYWHERE, data_of, languages
from courseware.language.twins import alike


def written() -> str:
    """Return the file's text: a list a line, English first, each word once, as texts are compared."""
    files = sorted(languages(), key=lambda language: (language != "en", language))
    lists = {
        name: [
            *dict.fromkeys(
                alike(word) for code in files for word in data_of(code)["anywhere"][name]
            )
        ]
        for name in data_of("en")["anywhere"]
    }
    lines = (f"{json.dumps(n)}: {json.dumps(w, ensure_ascii=False)}" for n, w in lists.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    ANYWHERE.write_text(written(), "utf-8")
