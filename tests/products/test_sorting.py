"""Terms in the order of their language's alphabet."""

from __future__ import annotations

import pytest

from courseware.products.workbook.back import Word, by_letter, sort_key


@pytest.mark.parametrize(
    ("language", "words", "letters"),
    [("sv", "apa zebra ål ärta öl", "A Z Å Ä Ö"), ("es", "niño nube ñandú oso", "N Ñ O"),
     ("de", "Apfel Ärger Öl Oma Zebra", "A O Z"), ("da", "zebra æble øl ål", "Z Æ Ø Å"),
     ("ja", "アイス かき ガラス さくら", "あ か さ"), ("ar", "ألف باب تمرين", "ا ب ت"), ("he", "אור בית גן", "א ב ג"),
     ("en", "apple Åse zebra", "A Z")],
)  # fmt: skip
def test_terms_are_in_the_order_of_their_language(language: str, words: str, letters: str) -> None:
    terms = [Word(word, (), ()) for word in words.split()]
    mixed = sorted(terms, key=lambda term: term.words[::-1])
    found = tuple(sorted(mixed, key=lambda term: (sort_key(term.words, language), term.words)))
    assert [term.words for term in found] == words.split()
    assert [group.letter for group in by_letter(found, language)] == letters.split()
