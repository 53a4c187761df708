"""The language server: what an editor asks and is told, by the Language Server Protocol.

Texts are read in one thread of their own, so that the editor is answered meanwhile. A text that is
typed is read when nothing was typed for `QUIET` seconds.
"""

from __future__ import annotations

import asyncio
import gc
import os
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from courseware.diagnostics import Diagnostic, Edit, Severity, printable
from courseware.editor.completion import Offer, Typed, in_front, keys, offers
from courseware.editor.desk import SETTINGS, Desk, FilePlace
from courseware.editor.hover import hover
from courseware.editor.places import Range, edited, range_of
from courseware.folders import explanations
from courseware.versions import __version__

QUIET = 0.08
"""Seconds: shorter than what reading takes, longer than between two letters of one gesture."""
SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
TRIGGERS = [":", "{", "#", "(", "^", "=", " "]
"""Characters behind which something is offered without being asked for."""
Answer = TypeVar("Answer")


class EditorServer(LanguageServer):
    """The server of one editor: its desk, what was told of each text, and what is to be read."""

    def __init__(self, given: Path | None = None, output: Path | None = None) -> None:
        """Take the course and its output folder, where they were named."""
        super().__init__("courseware", __version__, types.TextDocumentSyncKind.Full)
        self.desk = Desk(None, given, output)
        self.worker = ThreadPoolExecutor(1)
        self.told: dict[str, tuple[Diagnostic, ...]] = {}
        self.due: dict[str, asyncio.Task[None]] = {}
        self.reading: asyncio.Task[None] | None = None

    async def ask(self, work: Callable[[], Answer]) -> Answer:
        """Return what work gives, done in the thread that reads."""
        return await asyncio.get_running_loop().run_in_executor(self.worker, work)

    def lines(self, uri: str) -> list[str]:
        """Return a text's lines, as findings count them; one that is not open and not there has one."""
        try:
            text = self.workspace.get_text_document(uri).source
        except (OSError, UnicodeDecodeError):
            text = ""
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def place(self, uri: str) -> FilePlace | None:
        """Return where a text's file stands, None where it is of no course."""
        file = _file(uri)
        return self.desk.place(file) if file else None

    def hold(self, uri: str, seconds: float) -> None:
        """Take a text as it is now, and read it when so much time has passed without a newer one."""
        if file := _file(uri):
            source = self.workspace.get_text_document(uri).source
            self.desk.texts[str(file)] = source.encode("utf-8", "replace")
            self.look(uri, seconds)

    def look(self, uri: str, seconds: float = 0.0) -> None:
        """Read a text when so much time has passed, in place of what was due for it."""
        if before := self.due.get(uri):
            before.cancel()
        self.due[uri] = asyncio.get_running_loop().create_task(self._look(uri, seconds))

    async def _look(self, uri: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        place, version = self.place(uri), self.workspace.get_text_document(uri).version
        if place is None:
            return
        try:
            found = await self.ask(lambda: self.desk.findings(place))
        except Exception:
            fault = types.LogMessageParams(types.MessageType.Error, traceback.format_exc())
            self.window_log_message(fault)
            return
        self.told[uri] = found
        lines = self.lines(uri)
        rows = [self._row(one, lines) for one in found]
        params = types.PublishDiagnosticsParams(uri, rows, version)
        self.text_document_publish_diagnostics(params)
        if self.reading is None or self.reading.done():
            self.reading = asyncio.get_running_loop().create_task(self._read_others())

    async def _read_others(self) -> None:
        """Read the sessions that nobody has open, then look at the open ones again."""
        read = False
        while await self.ask(self.desk.read_waiting):
            read = True
        if read:
            gc.freeze()  # what is kept of a course is not looked through again for garbage
            self.look_at_all()

    def look_at_all(self) -> None:
        """Read all open texts again."""
        for uri in self.told:
            self.look(uri)

    def _row(self, found: Diagnostic, lines: list[str]) -> types.Diagnostic:
        page = (explanations() / f"{found.code}.md").as_uri()
        hint = f" ({found.hint})" if found.hint else ""
        return types.Diagnostic(
            range=self.range(range_of(found, lines), lines),
            message=printable(f"{found.message}{hint}"),
            severity=SEVERITIES[found.severity],
            code=found.code,
            code_description=types.CodeDescription(page),
            source="courseware",
        )

    def range(self, found: Range, lines: list[str]) -> types.Range:
        """Return a range as the editor counts characters."""
        first, last = (types.Position(found.line, at) for at in found[1:])
        return self.workspace.position_codec.range_to_client_units(lines, types.Range(first, last))

    def point(self, position: types.Position, lines: list[str]) -> types.Position:
        """Return an editor's position in characters."""
        if position.line >= len(lines):
            return types.Position(len(lines) - 1, len(lines[-1]))
        found = self.workspace.position_codec.position_from_client_units(lines, position)
        return types.Position(found.line, found.character)

    def actions(self, uri: str, wanted: types.Range) -> list[types.CodeAction]:
        """Return an action for each finding in a range that carries its mend."""
        lines, found = self.lines(uri), list[types.CodeAction]()
        for one in self.told.get(uri, ()):
            shown = self._row(one, lines)
            if shown.range.end < wanted.start or wanted.end < shown.range.start:
                continue
            edits = [(edit, r) for edit in one.mend if (r := edited(edit, lines))]
            if edits and len(edits) == len(one.mend):
                texts = [types.TextEdit(self.range(r, lines), edit.now) for edit, r in edits]
                found.append(types.CodeAction(
                    title=_title(one.mend[0]), kind=types.CodeActionKind.QuickFix,
                    diagnostics=[shown], is_preferred=True,
                    edit=types.WorkspaceEdit({uri: texts}),
                ))  # fmt: skip
        return found

    async def complete(self, uri: str, position: types.Position) -> list[types.CompletionItem]:
        """Return what may be typed at a position."""
        place, lines = self.place(uri), self.lines(uri)
        if place is None:
            return []
        at = self.point(position, lines)
        typed = Typed(lines, at.line, lines[at.line][: at.character])
        known = place.course in self.desk.seen
        last = self.desk.last_session
        loaded, session = last(place) if known else await self.ask(lambda: last(place))
        if place.path == SETTINGS or in_front(lines, at.line):
            start, some = keys(typed, loaded, place.path == SETTINGS)
        else:
            start, some = offers(typed, loaded, session)
        replaced = self.range(Range(at.line, start, at.character), lines)
        return [_item(one, replaced) for one in some]

    async def point_at(self, uri: str, position: types.Position) -> types.Hover | None:
        """Return what is known of the line at a position."""
        place = self.place(uri)
        if place is None:
            return None

        def known() -> str:
            loaded, session = self.desk.session(place)
            if session is None:
                return ""
            pages = self.desk.pages_of(loaded, session)
            delivery = self.desk.delivery(loaded, place)
            return hover(session, delivery, position.line + 1, pages)

        text = await self.ask(known)
        content = types.MarkupContent(types.MarkupKind.Markdown, text)
        return types.Hover(content) if text else None


def _file(uri: str) -> Path | None:
    """Return the file of an address, None where it is of no file."""
    path = uris.to_fs_path(uri) if uri.startswith("file:") else None
    return Path(os.path.normpath(path)) if path else None


def _title(edit: Edit) -> str:
    """Return what an edit does, in words."""
    now = edit.now.strip()
    if not edit.was:
        return f"Add {now.splitlines()[0]}" if "\n" not in now else f"Add {' '.join(now.split())}"
    return f'Write "{edit.now}" in place of "{edit.was}"' if now else f'Delete "{edit.was}"'


def _item(offer: Offer, replaced: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=offer.text.strip(), detail=offer.detail or None, filter_text=offer.text,
        kind=types.CompletionItemKind.Keyword, text_edit=types.TextEdit(replaced, offer.text),
    )  # fmt: skip


def make_server(given: Path | None = None, output: Path | None = None) -> EditorServer:
    """Return a server that answers, for `start_io` or `start_tcp`."""
    server = EditorServer(given, output)
    feature = server.feature

    @feature(types.INITIALIZED)
    def begin(ls: EditorServer, params: types.InitializedParams) -> None:
        root = ls.workspace.root_path
        ls.desk.folder = Path(root) if root else None

    @feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: EditorServer, params: types.DidOpenTextDocumentParams) -> None:
        ls.told.setdefault(params.text_document.uri, ())
        ls.hold(params.text_document.uri, 0.0)

    @feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: EditorServer, params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        ls.hold(uri, QUIET)
        if uri.endswith(f"/{SETTINGS}"):
            for other in ls.told.keys() - {uri}:
                ls.look(other, QUIET)

    @feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: EditorServer, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if due := ls.due.pop(uri, None):
            due.cancel()
        ls.told.pop(uri, None)
        ls.desk.texts.pop(str(_file(uri)), None)
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: EditorServer, params: types.DidSaveTextDocumentParams) -> None:
        ls.look_at_all()

    @feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def elsewhere(ls: EditorServer, params: types.DidChangeWatchedFilesParams) -> None:
        ls.look_at_all()

    @feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=TRIGGERS))
    async def complete(
        ls: EditorServer, params: types.CompletionParams
    ) -> list[types.CompletionItem]:
        return await ls.complete(params.text_document.uri, params.position)

    @feature(types.TEXT_DOCUMENT_HOVER)
    async def point_at(ls: EditorServer, params: types.HoverParams) -> types.Hover | None:
        return await ls.point_at(params.text_document.uri, params.position)

    @feature(types.TEXT_DOCUMENT_CODE_ACTION,
             types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]))  # fmt: skip
    def mend(ls: EditorServer, params: types.CodeActionParams) -> list[types.CodeAction]:
        return ls.actions(params.text_document.uri, params.range)

    @feature(types.SHUTDOWN)
    def end(ls: EditorServer, params: None) -> None:
        ls.worker.shutdown(wait=False, cancel_futures=True)

    return server
