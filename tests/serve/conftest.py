"""What tests of the preview share: a preview of a small course that runs, and who asks it."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from courseware.serve.preview import Running, Wanted, cache_of

TEXT = """# Session 03: Plans

Zero words open.

## A plan

A plan is a list of steps.

::: facilitator
Zebra quinoa secret of the leader alone, never for others.
:::

::: facilitator
### Zebra quinoa heading

Draw a plan on paper.
:::

1. First step of all.
2. Second step of all.

## Exercise 1: Draw one (10 min)

Draw a plan on paper.

What is a plan?

::: answer
Walrus marmalade answer that only the leader holds.
:::
"""


class Visitor:
    """Asks a preview that runs."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.port = int(running.server.server_address[1])

    def ask(
        self, path: str, method: str = "GET", body: str = "", **headers: str
    ) -> tuple[int, bytes]:
        """Return the status and the body of an answer; `Host` may be another."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        given = {"Host": f"127.0.0.1:{self.port}", **headers}
        if body or method == "POST":
            given["Content-Length"] = str(len(body.encode()))
        for name, value in given.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders(body.encode() or None)
        answer = connection.getresponse()
        found = answer.status, answer.read()
        self.headers = dict(answer.getheaders())
        connection.close()
        return found

    def json(self, path: str) -> Any:
        """Return the value that an answer holds."""
        status, body = self.ask(path)
        assert status == 200, (path, status, body)
        return json.loads(body)

    def look(self, name: str, product: str = "handout", page: int = 0) -> str:
        """Look at a product of the session whose file begins with `name`; return the session's key."""
        rows = self.json("/course")["sessions"]
        key = next(row["key"] for row in rows if row["file"].startswith(name))
        said = json.dumps({"session": key, "product": product, "page": page})
        status, _ = self.ask("/look", "POST", said, Origin=f"http://127.0.0.1:{self.port}")
        assert status == 200
        return str(key)

    def view(
        self, name: str, product: str = "handout", until: Callable[[Any], bool] | None = None
    ) -> Any:
        """Return a view when it is as wanted: up to date, where nothing else is said."""
        key = self.look(name, product)
        wanted = until or (lambda view: view["state"] == "fresh")
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            view = self.json(f"/view/{key}/{product}")
            if wanted(view):
                return view
            time.sleep(0.05)
        raise AssertionError(f"{product} of {name} is still {view}")


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.yml").write_text("title: Tiny\n")
    (folder / "03-plans.md").write_text(TEXT)
    (folder / "04-more.md").write_text("# Session 04: More\n\n## B\n\nMore words.\n")
    return folder


@pytest.fixture
def visitor(course: Path) -> Iterator[Visitor]:
    running = Running(Wanted(course, port=free_port()), cache_of(course))
    running.start()
    yield Visitor(running)
    running.stop()
    running.builder.join(60)  # it ends between two things, and one may take long
    assert not running.builder.is_alive() and not running.watcher.is_alive()
    assert running.board.faults == []


def free_port() -> int:
    """Return a port that is free now."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
