from courseware.model.blocks import Box
from tests.support import session_of


def boxes(text: str) -> list[Box]:
    return [n for n in session_of(f"# T\n\n{text}\n").nodes() if isinstance(n, Box)]


def test_a_hint_in_details_is_printed_where_a_hint_between_colons_is() -> None:
    between = boxes("::: hint\nlook\n:::")[0]
    inside = boxes("<details>\n<summary>Hint</summary>\n\nlook\n\n</details>")[0]
    assert inside.kind == between.kind == "hint"
    assert inside.products == between.products != ()


def test_details_of_other_words_are_printed_everywhere() -> None:
    found = boxes("<details>\n<summary>More</summary>\n\nlook\n\n</details>")[0]
    assert (found.kind, found.products) == ("details", ())
