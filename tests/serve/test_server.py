"""The preview's server answers this machine's own browser, for what is in its table, and nobody else."""

from __future__ import annotations

import http.client
import json
import os
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from courseware.build.request import RequestError
from courseware.serve.preview import Running, Wanted, cache_of
from courseware.serve.server import MOST_WAITING
from tests.serve.conftest import Visitor, free_port

ESCAPES = (
    "/../../etc/passwd", "/%2e%2e/course.yml", "/..%2f03-plans.md", "/%5c..%5c03-plans.md",
    "//etc/passwd", "/03-plans.md", "/course.yml", "/picture/../../03-plans.md.png",
    "/picture/%00-page.png", "/view/../../etc", "/view/a/b/c", "/source/x/handout",
    "/page/preview.html", "/fonts/../README.md", "/fonts/mono.ttf/", "/.git/config", "/preview.js/x",
    "/picture/" + "a" * 5000 + "-page.png", "/..\\\\..\\\\course.yml", "/%252e%252e/course.yml",
    "/picture/%2e%2e%2f%2e%2e%2f03-plans.md.png", "/view/%2e%2e/course.yml", "/fonts/%2e%2e/preview.js%00.ttf",
)  # fmt: skip


@pytest.mark.parametrize("path", ESCAPES)
def test_what_is_in_no_table_is_not_there(visitor: Visitor, path: str) -> None:
    status, body = visitor.ask(path)
    assert status in (404, 400), (path, body)
    assert b"title" not in body and b"root" not in body


def test_control_characters_in_an_address_lead_to_nothing(visitor: Visitor) -> None:
    for raw in (b"/\x00", b"/picture/\x00-page.png", b"/../\x7f", b"/\xff\xfe"):
        with socket.create_connection(("127.0.0.1", visitor.port), 10) as line:
            line.sendall(
                b"GET " + raw + f" HTTP/1.1\r\nHost: 127.0.0.1:{visitor.port}\r\n\r\n".encode()
            )
            assert line.recv(4096).split(b" ")[1] in (b"404", b"400")


def test_other_hosts_are_refused(visitor: Visitor) -> None:
    port = visitor.port
    for host in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", "127.0.0.1",
                 f"127.0.0.1:{port + 1}", f"0.0.0.0:{port}", f"[::2]:{port}", ""):  # fmt: skip
        assert visitor.ask("/course", Host=host)[0] == 421, host
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"):
        assert visitor.ask("/course", Host=host)[0] == 200, host


def test_an_address_of_another_host_in_the_request_is_not_followed(visitor: Visitor) -> None:
    port = visitor.port
    for line, host in (
        (f"GET http://evil.example:{port}/course HTTP/1.1", f"127.0.0.1:{port}"),
        ("GET /course HTTP/1.0", ""),
        ("GET /course HTTP/1.1", f"127.0.0.1:{port}\r\nHost: evil.example:{port}"),
        ("GET /course HTTP/1.1", f"127.0.0.1:{port}@evil.example:{port}"),
        ("GET /course HTTP/1.1", f"127.0.0.1.:{port}"),
        ("GET /course HTTP/1.1", f"LOCALHOST.evil.example:{port}"),
    ):
        given = f"Host: {host}\r\n" if host else ""
        with socket.create_connection(("127.0.0.1", port), 10) as stream:
            stream.sendall(f"{line}\r\n{given}\r\n".encode())
            answer = stream.recv(65536)
        assert answer.split(b" ")[1] in (b"421", b"404", b"400"), (line, host)
        assert b"sessions" not in answer


def test_other_pages_are_refused(visitor: Visitor) -> None:
    port = visitor.port
    for origin in (
        "http://evil.example",
        "null",
        f"https://127.0.0.1:{port}",
        f"http://127.0.0.1:{port + 1}",
    ):
        assert visitor.ask("/course", Origin=origin)[0] == 403, origin
        assert visitor.ask("/look", "POST", "{}", Origin=origin)[0] == 403, origin
    assert visitor.ask("/look", "POST", "{}")[0] == 403
    assert visitor.ask("/course", Sec_Fetch_Site="cross-site")[0] == 403
    assert visitor.ask("/course", Origin=f"http://127.0.0.1:{port}")[0] == 200


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"session": "x", "product": "handout"}', "[" * 3000, '{"session": 1}']
)
def test_what_cannot_be_looked_at_is_refused(visitor: Visitor, body: str) -> None:
    own = f"http://127.0.0.1:{visitor.port}"
    assert visitor.ask("/look", "POST", body, Origin=own)[0] == 400
    assert visitor.ask("/look", "POST", "x" * 5000, Origin=own)[0] == 413
    assert visitor.ask("/course", "PUT")[0] == 501


def test_a_look_at_no_page_or_product_is_refused(visitor: Visitor) -> None:
    own, key = f"http://127.0.0.1:{visitor.port}", visitor.look("03")
    said: dict[str, Any]
    for said in ({"page": float("inf")}, {"page": float("nan")}, {"product": []}, {"product": {}}):
        body = json.dumps({"session": key, "product": "handout", **said})
        assert visitor.ask("/look", "POST", body, Origin=own)[0] == 400, said


@pytest.mark.parametrize(
    "request_line, lines",
    [
        ("POST /look", ["Transfer-Encoding: chunked"]),
        ("POST /look", ["Content-Length: 2", "Transfer-Encoding: chunked"]),
        ("POST /look", ["Content-Length: 2", "Content-Length: 0"]),
        ("GET /course", ["Content-Length: 2"]),
        ("GET /course", ["Transfer-Encoding: chunked"]),
    ],
)
def test_what_follows_a_request_whose_end_is_in_doubt_is_not_answered(
    visitor: Visitor, request_line: str, lines: list[str]
) -> None:
    host = f"127.0.0.1:{visitor.port}"
    inner = f"GET /course HTTP/1.1\r\nHost: {host}\r\n\r\n"
    given = "\r\n".join((f"Host: {host}", f"Origin: http://{host}", *lines))
    with socket.create_connection(("127.0.0.1", visitor.port), 10) as stream:
        stream.sendall(f"{request_line} HTTP/1.1\r\n{given}\r\n\r\n{{}}{inner}".encode())
        stream.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: stream.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400") and answer.count(b"HTTP/1.1 ") == 1


def test_connections_that_ask_nothing_make_room_for_others(visitor: Visitor) -> None:
    server = visitor.running.server
    held = []
    for _ in range(2 * MOST_WAITING):
        held.append(socket.create_connection(("127.0.0.1", visitor.port), 10))
        held[-1].sendall(b"GET /course HTTP/1.1\r\nX")
        time.sleep(0.01)
    assert visitor.ask("/course")[0] == 200
    assert len(server.waiting) <= MOST_WAITING
    assert held[0].recv(100) == b""
    for stream in held:
        stream.close()


def test_answers_are_kept_nowhere_and_guessed_at_by_nobody(visitor: Visitor) -> None:
    for path in ("/", "/preview.js", "/course", "/nothing"):
        visitor.ask(path)
        assert visitor.headers["Cache-Control"] == "no-store"
        assert visitor.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in visitor.headers["Content-Security-Policy"]
        assert "unsafe" not in visitor.headers["Content-Security-Policy"]


def test_another_address_wants_a_token(course: Path) -> None:
    running = Running(Wanted(course, host="0.0.0.0", port=free_port()), cache_of(course))
    running.start()
    try:
        visitor = Visitor(running)
        token = running.server.token
        assert len(token) > 20 and running.address.endswith(f"/?token={token}")
        assert visitor.ask("/")[0] == visitor.ask("/course?token=guess")[0] == 401
        assert visitor.ask(f"/?token={token}")[0] == 200
        cookie = visitor.headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
        assert visitor.ask("/course", Cookie=cookie.partition(";")[0])[0] == 200
        name = cookie.partition("=")[0]
        assert name.endswith(f"-{visitor.port}")  # another preview on this host has its own
        assert visitor.ask("/course", Cookie=f"{name}=guess")[0] == 401
        other = f"{name.rpartition('-')[0]}-1=guess; {cookie.partition(';')[0]}"
        assert visitor.ask("/course", Cookie=other)[0] == 200
        assert token not in json.dumps(
            visitor.ask("/course", Cookie=cookie.partition(";")[0])[1].decode()
        )
    finally:
        running.stop()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_the_loopback_of_ipv6_is_this_machine(course: Path) -> None:
    running = Running(Wanted(course, host="::1", port=free_port()), cache_of(course))
    running.start()
    try:
        port = running.server.server_address[1]
        assert running.address == f"http://[::1]:{port}/" and not running.server.token
        for host, status in ((f"[::1]:{port}", 200), (f"[::2]:{port}", 421)):
            connection = http.client.HTTPConnection("::1", int(port), timeout=30)
            connection.request("GET", "/course", headers={"Host": host})
            assert connection.getresponse().status == status
            connection.close()
    finally:
        running.stop()


def test_a_file_alone_is_called_by_its_title(course: Path) -> None:
    running = Running(Wanted(course / "03-plans.md", port=free_port()), cache_of(course))
    running.server.server_close()
    assert running.board.title.endswith("Plans")


def test_notes_never_go_into_a_folder_of_another_user(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))  # nothing can be made in it
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    spare = tmp_path / f"courseware-{os.getuid()}"
    assert cache_of(course).is_relative_to(spare)
    spare.chmod(0o777)  # others may put an address there that the browser then opens
    with pytest.raises(RequestError, match="XDG_CACHE_HOME"):
        cache_of(course)
    spare.rename(tmp_path / "theirs")
    (tmp_path / "theirs").chmod(0o700)
    spare.symlink_to(tmp_path / "theirs")
    with pytest.raises(RequestError, match="XDG_CACHE_HOME"):
        cache_of(course)
