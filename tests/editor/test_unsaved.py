"""A text that was never saved is a session like others, and any file's name makes a link."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from courseware.editor.completion import as_target
from courseware.language.vocabulary import vocabulary_for
from courseware.reading.stages import read_session
from tests.editor.conversation import Conversation, converse

NEW = """# New

## A cup of tea (10 min)

Sweet[^taste].

[^taste]: As honey.

"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "tea"
    folder.mkdir()
    (folder / "course.yml").write_text("title: Tea\n")
    (folder / "01 hot & cold (1).md").write_text("# Hot\n\n## Hot water\n\nText.\n", "utf-8")
    return folder


async def offered(editor: Conversation, name: str, typed: str) -> list[str]:
    """Return what is offered behind a line that is typed at the end of a text."""
    editor.type(name, f"{NEW}{typed}")
    await editor.findings(name)
    found = await editor.offers(name, NEW.count("\n"), len(typed))
    return [one.text_edit.new_text for one in found if isinstance(one.text_edit, types.TextEdit)]


def test_a_new_text_has_its_headings_footnotes_and_minutes_before_it_is_saved(course: Path) -> None:
    async def talk(editor: Conversation) -> None:
        editor.open("02-new.md", NEW)
        await editor.findings("02-new.md")
        assert await offered(editor, "02-new.md", "[a](#") == ["#a-cup-of-tea"]
        assert await offered(editor, "02-new.md", "[^") == ["taste"]
        assert "10 min" in await editor.hover("02-new.md", 2)
        assert not (course / "02-new.md").exists()

    converse(course, talk)


def test_links_to_any_file_are_offered_as_they_are_read(course: Path) -> None:
    async def talk(editor: Conversation) -> None:
        editor.open("02-new.md", NEW)
        await editor.findings("02-new.md")
        target = "01%20hot%20%26%20cold%20%281%29.md"
        assert target in await offered(editor, "02-new.md", "[a](")
        while not (found := await offered(editor, "02-new.md", f"[a]({target}#")):
            pass  # the other session is read when there is time
        assert found == [f"{target}#hot-water"]

    converse(course, talk)


@given(st.text("abé日 ()<>[]\"'&*_`~$%", min_size=1, max_size=12))
def test_a_path_is_read_back_from_a_link(name: str) -> None:
    path = f"x{name}x.md"
    text = f"# A\n\n[b]({as_target(path)})\n".encode()
    session = read_session(text, "01.md", vocabulary_for("en")).session
    assert session is not None
    assert [link.target for text in session.texts() for link in text.links] == [path]


def test_what_is_asked_of_a_file_that_is_not_there_is_no_fault(course: Path) -> None:
    async def talk(editor: Conversation) -> None:
        assert await editor.actions("gone.md", types.Range(types.Position(0, 0), types.Position(9, 9))) == []  # fmt: skip
        assert await editor.hover("gone.md", 3) == ""
        assert await editor.offers("gone.md", 0, 0) == []

    converse(course, talk)
