"""Terms in the order of their language's alphabet."""

from __future__ import annotations

import pytest

from courseware.language.sorting import sort_key
from courseware.products.workbook.back import IndexTerm, by_letter


@pytest.mark.parametrize(
    ("language", "words", "letters"),
    [("sv", "apa zebra ål ärta öl", "A Z Å Ä Ö"), ("es", "niño nube ñandú oso", "N Ñ O"),
     ("de", "Apfel Ärger Öl Oma Zebra", "A O Z"), ("da", "zebra æble øl ål", "Z Æ Ø Å"),
     ("ja", "アイス かき ガラス さくら", "あ か さ"), ("ar", "ألف باب تمرين", "ا ب ت"), ("he", "אור בית גן", "א ב ג"),
     ("ko", "가설 교사 깨달음 나무 학습", "ㄱ ㄴ ㅎ"), ("zh", "API 八卦 变量 模型 算法", "A B M S"),
     ("ar", "الأداة التزام بيانات التعلم المعلم", "ا ب ت م"), ("en", "apple Åse zebra", "A Z"),
     ("uk", "гра ґрунт екран єдність зошит идол іній їжа йод кіт", "Г Ґ Е Є З И І Ї Й К"),
     ("fa", "آب باد پدر تاب چای زمان ژاله کتاب گل لب ورق هدف یاد", "ا ب پ ت چ ز ژ ک گ ل و ه ی")],
)  # fmt: skip
def test_terms_are_in_the_order_of_their_language(language: str, words: str, letters: str) -> None:
    terms = [IndexTerm(word, (), ()) for word in words.split()]
    mixed = sorted(terms, key=lambda term: term.words[::-1])
    found = tuple(sorted(mixed, key=lambda term: (sort_key(term.words, language), term.words)))
    assert [term.words for term in found] == words.split()
    assert [group.letter for group in by_letter(found, language)] == letters.split()
