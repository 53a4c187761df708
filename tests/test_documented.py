"""The commands of the pages that a newcomer reads are all found, and each is run or says why not."""

from __future__ import annotations

import re

import pytest

from tests.documented import SHELLS, documented, is_command, main
from tests.support import PROJECT

PAGES = [PROJECT / "README.md", PROJECT / "docs" / "install.md"]
NAMES = re.compile(r"[\w.…/*{}<>+-]+|make|[A-Z_]+=\S*")
"""A code span that is no command: a file, a folder, a setting, a program's name; it holds no blank."""


def found(page: str) -> list[tuple[str, str]]:
    return [(command.text, command.reason) for command in documented(page)]


@pytest.mark.parametrize(
    ("page", "commands"),
    [
        ("```sh\nmake a   # why\n# nothing\n\nmake b \\\n  c\n```", ["make a", "make b c"]),
        ("~~~bash\nmake '#a'\n~~~", ["make '#a'"]),
        ("- a list\n\n  ```sh\n  make a\n  ```", ["make a"]),
        ("> ```shell\n> make a\n> ```", ["make a"]),
        ("```console\n$ make a\nmade\n$ make b \\\n> c\n```", ["make a", "make b c"]),
        ("```text\nmake a\n```\n\n    make b", []),
        ("A `make a` and\n`python3\nx.py`, not `make`.", ["make a", "python3 x.py"]),
        ("| a |\n|---|\n| `sudo make a` |", ["sudo make a"]),
        ("# `make a`\n\n1. **`PIP_WHEEL=x pip install b`**", ["make a", "PIP_WHEEL=x pip install b"]),
        ("`` make `a` `` and `.venv/bin/pip install -e .`", ["make `a`", ".venv/bin/pip install -e ."]),
    ],
)  # fmt: skip
def test_a_command_is_found_wherever_it_is_written(page: str, commands: list[str]) -> None:
    assert found(page) == [(command, "") for command in commands]


@pytest.mark.parametrize(
    ("page", "commands"),
    [
        ("<!-- not run: why -->\n\n```sh\nmake a\n```\n\n```sh\nmake b\n```", [("make a", "why"), ("make b", "")]),
        ("`make a`, `make b` <!-- not run: why -->, `make c`", [("make a", ""), ("make b", "why"), ("make c", "")]),
        ("<!-- not run: a\nb -->\n\n- `make a`\n- `make b`\n\n`make c`", [("make a", "a\nb"), ("make b", "a\nb"), ("make c", "")]),
        ("| a |\n|---|\n| `make a`<!-- not run: why --> |\n| `make b` |", [("make a", "why"), ("make b", "")]),
    ],
)  # fmt: skip
def test_a_mark_says_why_the_command_that_it_belongs_to_is_not_run(
    page: str, commands: list[tuple[str, str]]
) -> None:
    assert found(page) == commands


@pytest.mark.parametrize(
    "page",
    ["<!-- not run: why -->\n\nText.\n\n`make a`", "Text <!-- not run: why --> `make a`",
     "`make a`\n\n<!-- not run: why -->", "`make a` <!-- not run: a --> <!-- not run: b -->",
     "<!-- not run: a -->\n\n<!-- not run: b -->\n\n`make a`"],
)  # fmt: skip
def test_a_mark_without_a_command_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="not run: "):
        documented(page)


def test_what_the_pages_show_as_code_is_a_command_or_the_name_of_something() -> None:
    for path in PAGES:
        page = path.read_text("utf-8")
        fences = set(re.findall(r"^ *(?:```|~~~)(.*)\n(?:.*\n)*?^ *(?:```|~~~)$", page, re.M))
        assert fences <= {*SHELLS, "markdown"}, f"{path.name}: a fence is of no known kind"
        text = re.sub(r"^```.*?^```$", "", page, flags=re.M | re.S)
        for span in re.findall(r"`([^`]+)`", text):
            assert is_command(span) or NAMES.fullmatch(span), f"{path.name}: {span}"


def test_commands_are_printed_once_with_why_they_are_not_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main([str(page) for page in PAGES])
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert all(len(row) == 2 for row in rows) and len({text for _, text in rows}) == len(rows)
    printed = {text: reason for reason, text in rows}
    for command in ("make handouts", "make test", "make doctor", "python3 build.py handouts"):
        assert printed[command] == "run"
    assert printed["sudo dnf install -y python3 pango harfbuzz"] == "for another system"
