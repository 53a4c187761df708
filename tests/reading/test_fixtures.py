"""Each rule of reading, by example: title, input, expected model as text."""

from pathlib import Path

import pytest

from tests.support import session_of, shown

FOLDER = Path(__file__).parent / "fixtures"


def cases() -> list[tuple[str, str, str]]:
    found = []
    for file in sorted(FOLDER.glob("*.md")):
        pieces = file.read_text("utf-8").split("\n.\n")
        rows = zip(pieces[0::3], pieces[1::3], pieces[2::3], strict=False)
        found += [(f"{file.stem}: {t.strip()}", i + "\n", e + "\n") for t, i, e in rows]
    return found


@pytest.mark.parametrize(("title", "given", "expected"), cases(), ids=[c[0] for c in cases()])
def test_fixture(title: str, given: str, expected: str) -> None:
    assert shown(session_of(given)) == expected
