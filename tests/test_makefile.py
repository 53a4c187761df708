"""make has a target for every command of the program."""

from __future__ import annotations

import re

from courseware.cli.commands import main
from tests.support import PROJECT


def test_every_command_is_a_target() -> None:
    text = (PROJECT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony is not None
    targets = {
        name
        for line in re.findall(r"^([a-z][a-z -]*):", text, re.MULTILINE)
        for name in line.split()
    }
    assert set(main.commands) <= set(phony[1].split()) & targets
    told = set(re.findall(r"make ([a-z-]+)", text))
    assert set(main.commands) <= told
