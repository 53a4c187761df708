"""A session as it comes, damaged by a program that took UTF-8 for something else, gives the same model."""

from courseware.reading.stages import read_session
from tests.support import PROJECT, WORDS

SAMPLE = PROJECT / "content" / "07-working-with-ai-teams.md"


def test_a_damaged_copy_gives_the_same_model() -> None:
    whole = SAMPLE.read_bytes()
    damaged = whole.decode("mac_roman").encode()
    reading, expected = (read_session(data, SAMPLE.name, WORDS) for data in (damaged, whole))
    assert damaged != whole and reading.session == expected.session
    assert [f.code for f in reading.findings] == ["C002", *(f.code for f in expected.findings)]
