"""The preview's server: the standard library's, for this machine alone.

It answers for names in a table: the page's own files, views, pictures on show, sources of sessions.
No address is ever made a path. A request under another host's name (as one that a web page turns to
this machine by its own name server), or from another page, is refused.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import queue
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from courseware.folders import layouts
from courseware.serve.board import Board, Look
from courseware.serve.views import SHOWN

PAGE = Path(__file__).parent / "page"
FONTS = {"regular": "Next_400Regular", "italic": "Next_400Regular_Italic", "bold": "Next_700Bold",
         "mono": "Mono_400Regular"}  # fmt: skip
ASSETS: dict[str, tuple[Path, str]] = {
    "/": (PAGE / "preview.html", "text/html; charset=utf-8"),
    "/preview.css": (PAGE / "preview.css", "text/css; charset=utf-8"),
    "/preview.js": (PAGE / "preview.js", "text/javascript; charset=utf-8"),
    **{f"/fonts/{name}.ttf": (layouts() / "fonts" / f"AtkinsonHyperlegible{file}.ttf", "font/ttf")
       for name, file in FONTS.items()},
}  # fmt: skip
"""The files that are served, by address."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
COOKIE = "courseware-preview-"
"""What the name of the token's cookie begins with; the port follows, as browsers tell no ports of a host apart."""
LARGEST = 4_096
"""Bytes of what a page may send."""
BEAT = 15.0
"""Seconds after which a stream without events says that it is there."""
MOST_STREAMS = 32
"""Pages that may listen at once."""
MOST_WAITING = 64
"""Connections that may be without a stream at once; one more ends the oldest."""


class PreviewServer(ThreadingHTTPServer):
    """Serves a board; `token` is wanted of every visitor where it is not ""."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(
        self, address: tuple[str, int], board: Board, builder: Any, facts: dict[str, Any]
    ) -> None:
        """Take the address, the board, whom to tell what is looked at, and what the page is told besides.

        `facts` are the course's folder, the editor, and the token.
        """
        self.board, self.builder, self.facts = board, builder, facts
        self.token: str = facts["token"]
        self.ended = threading.Event()
        self.streams = threading.BoundedSemaphore(MOST_STREAMS)
        self.waiting: dict[socket.socket, None] = {}
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a new connection; where there are too many, the oldest makes room."""
        self.waiting[request] = None
        for oldest in list(self.waiting)[:-MOST_WAITING]:
            self.waiting.pop(oldest, None)
            with suppress(OSError):
                oldest.shutdown(socket.SHUT_RDWR)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """End a connection."""
        self.waiting.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a visitor who left in the middle."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request after another of one connection."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "courseware", ""
    timeout = 60

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of requests."""

    def do_GET(self) -> None:  # noqa: N802
        """Answer with what an address stands for."""
        if not self._is_allowed():
            return
        path = self.path.partition("?")[0]
        first, _, rest = path.strip("/").partition("/")
        if path in ASSETS:
            file, kind = ASSETS[path]
            self._send(file.read_bytes(), kind)
        elif path == "/course":
            public = {k: v for k, v in self.server.facts.items() if k != "token"}
            self._json({**self.server.board.course(), **public})
        elif path == "/events":
            self._stream()
        elif first == "view" and rest.count("/") == 1:
            self._of_session(self.server.board.view, *rest.split("/"))
        elif first == "picture" and rest.endswith(".png"):
            self._picture(rest.removesuffix(".png"))
        elif first == "source" and rest.count("/") == 1:
            self._of_session(self.server.board.source, *rest.split("/"))
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_HEAD(self) -> None:  # noqa: N802
        """Refuse: nobody needs it."""
        self._refuse(HTTPStatus.METHOD_NOT_ALLOWED)

    def do_POST(self) -> None:  # noqa: N802
        """Take what the page looks at; nothing else can be sent."""
        if not self._is_allowed(sends=True):
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and int(length) <= LARGEST):
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        body = self.rfile.read(int(length))
        look = self._look(body) if self.path == "/look" else None
        if look is None:
            self._refuse(HTTPStatus.BAD_REQUEST if self.path == "/look" else HTTPStatus.NOT_FOUND)
            return
        self.server.builder.look_at(look)
        self._send(b"{}", "application/json")

    def _look(self, body: bytes) -> Look | None:
        try:
            said = json.loads(body)
            path = self.server.board.paths[said["session"]]
            product, sheet = said["product"], int(said.get("page", 0))
            return Look(path, product, max(sheet, 0)) if product in SHOWN else None
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None

    # -- who may ask ----------------------------------------------------------------------

    def _is_allowed(self, sends: bool = False) -> bool:
        """Whether a request may be answered; where not, that is said."""
        host = self.headers.get("Host", "")
        if not self._is_own(host) or len(self.headers.get_all("Host", [])) != 1:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return False
        bodies = len(self.headers.get_all("Content-Length", []))
        if bodies > sends or "Transfer-Encoding" in self.headers:  # where it ends is not in doubt
            self._refuse(HTTPStatus.BAD_REQUEST)
            return False
        origin = self.headers.get("Origin")
        site = self.headers.get("Sec-Fetch-Site", "none")
        foreign = site not in ("none", "same-origin") and self.path.partition("?")[0] != "/"
        if (
            (origin is not None and origin != f"http://{host}")
            or (sends and origin is None)
            or foreign
        ):
            self._refuse(HTTPStatus.FORBIDDEN)
            return False
        if self.server.token and not self._knows_token():
            self._refuse(HTTPStatus.UNAUTHORIZED)
            return False
        return True

    def _is_own(self, host: str) -> bool:
        """Whether a request names this server: loopback's names, or the address that it was given."""
        name, _, port = host.rpartition(":")
        if not name or port != str(self.server.server_address[1]):
            return False
        name, given = name.strip("[]"), str(self.server.facts["host"])
        if given in LOOPBACK or name in LOOPBACK:
            return name in LOOPBACK
        if given not in ("0.0.0.0", "::"):
            return name == given
        try:
            return bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    @property
    def _cookie(self) -> str:
        return f"{COOKIE}{self.server.server_address[1]}"

    def _knows_token(self) -> bool:
        said = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
        try:
            kept = SimpleCookie(self.headers.get("Cookie", "")).get(self._cookie)
        except CookieError:
            kept = None
        return any(
            hmac.compare_digest(one.encode(), self.server.token.encode())
            for one in (said, kept.value if kept else "")
        )

    # -- answers --------------------------------------------------------------------------

    def _picture(self, name: str) -> None:
        """Send a picture, or nothing in place of one that was on show when its page was told of it."""
        key, _, size = name.partition("-")
        data = self.server.board.pictures.png(key, size)
        if data is None and self.server.board.pictures.was_shown(key):
            self._nothing("image/png")
        elif data is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        else:
            self._send(data, "image/png")

    def _of_session(self, found: Callable[[str, str], Any], key: str, product: str) -> None:
        """Send what is found of a product of a session, or nothing where the session has just gone."""
        value = found(key, product)
        if value is not None:
            self._json(value)
        elif product in SHOWN and self.server.board.was_there(key):
            self._nothing("application/json")
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _json(self, value: Any) -> None:
        self._send(json.dumps(value, ensure_ascii=False).encode(), "application/json")

    def _nothing(self, kind: str) -> None:
        self.send_response(HTTPStatus.NO_CONTENT)
        self._head(kind)
        self.end_headers()

    def _send(self, data: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self._head(kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer with a status and its name alone."""
        data = status.phrase.encode()
        self.close_connection = True
        self.send_response(status)
        self._head("text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, kind: str) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Frame-Options", "DENY")
        if self.server.token and self._knows_token():
            cookie = f"{self._cookie}={self.server.token}; HttpOnly; SameSite=Strict; Path=/"
            self.send_header("Set-Cookie", cookie)

    def _stream(self) -> None:
        """Send events until the page leaves or the preview ends."""
        if not self.server.streams.acquire(blocking=False):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        self.server.waiting.pop(self.connection, None)
        listener = self.server.board.listen()
        try:
            self.close_connection = True
            self.send_response(HTTPStatus.OK)
            self._head("text/event-stream; charset=utf-8")
            self.send_header("Connection", "close")
            self.end_headers()
            self._say("retry: 500\n\n")
            while not self.server.ended.is_set():
                try:
                    name, data = listener.get(timeout=BEAT)
                    self._say(f"event: {name}\ndata: {data}\n\n")
                except queue.Empty:
                    self._say(": still here\n\n")
        except OSError:
            return
        finally:
            self.server.board.leave(listener)
            self.server.streams.release()

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()
