"""A client of the language server: a real process, asked over its standard streams."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient


class Conversation:
    """An editor at a folder: what it holds, and what it was told."""

    def __init__(self, folder: Path, client: LanguageClient) -> None:
        self.folder, self.client = folder, client
        self.told: dict[str, list[types.Diagnostic]] = {}
        self.faults: list[str] = []
        self.news = asyncio.Event()
        self.versions: dict[str, int] = {}

        def told(params: types.PublishDiagnosticsParams) -> None:
            if params.version is None or params.version >= self.versions.get(params.uri, 0):
                self.told[params.uri] = list(params.diagnostics)
                self.news.set()

        def fault(params: types.LogMessageParams | types.ShowMessageParams) -> None:
            self.faults.append(params.message)

        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(told)
        client.feature(types.WINDOW_LOG_MESSAGE)(fault)
        client.feature(types.WINDOW_SHOW_MESSAGE)(fault)

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str | None = None) -> None:
        if text is None:
            text = (self.folder / name).read_text("utf-8")
        item = types.TextDocumentItem(self.uri(name), "markdown", 0, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def close(self, name: str) -> None:
        closed = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(closed))

    def type(self, name: str, text: str) -> None:
        version = self.versions.get(self.uri(name), 0) + 1
        self.versions[self.uri(name)] = version
        place = types.VersionedTextDocumentIdentifier(version, self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(place, [change]))

    async def findings(self, name: str, seconds: float = 20.0) -> list[types.Diagnostic]:
        """Return what is told next of a file as it was typed last."""
        self.told.pop(self.uri(name), None)
        ends = time.monotonic() + seconds
        while self.uri(name) not in self.told:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), max(ends - time.monotonic(), 0.01))
        return self.told[self.uri(name)]

    async def offers(self, name: str, line: int, character: int) -> list[types.CompletionItem]:
        place, at = types.TextDocumentIdentifier(self.uri(name)), types.Position(line, character)
        found = await self.client.text_document_completion_async(types.CompletionParams(place, at))
        assert isinstance(found, list)
        return found

    async def hover(self, name: str, line: int) -> str:
        place, at = types.TextDocumentIdentifier(self.uri(name)), types.Position(line, 0)
        found = await self.client.text_document_hover_async(types.HoverParams(place, at))
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def actions(self, name: str, shown: types.Range) -> list[types.CodeAction]:
        place, context = types.TextDocumentIdentifier(self.uri(name)), types.CodeActionContext([])
        params = types.CodeActionParams(place, shown, context)
        found = await self.client.text_document_code_action_async(params)
        return [one for one in found or [] if isinstance(one, types.CodeAction)]


def converse(folder: Path, talk: Callable[[Conversation], Awaitable[None]], *options: str) -> None:
    """Start the server at a folder, let a test talk, and see that it neither failed nor complained."""

    async def talked() -> None:
        client = LanguageClient("tests", "1")
        program = ("-m", "courseware", *options[:2], "lsp", *options[2:])
        await client.start_io(sys.executable, *program, cwd=folder)
        editor = Conversation(folder, client)
        await client.initialize_async(
            types.InitializeParams(types.ClientCapabilities(), root_uri=folder.as_uri())
        )
        client.initialized(types.InitializedParams())
        try:
            await talk(editor)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await asyncio.wait_for(client.stop(), 20)
        assert editor.faults == []

    asyncio.run(asyncio.wait_for(talked(), 120))


def applied(text: str, action: types.CodeAction, uri: str) -> str:
    """Return a text as an editor has it after an action."""
    assert action.edit is not None and action.edit.changes is not None
    lines = text.split("\n")
    for edit in sorted(action.edit.changes[uri], key=lambda e: e.range.start, reverse=True):
        first, last = edit.range.start, edit.range.end
        assert first.line == last.line
        line = lines[first.line].encode("utf-16-le")
        before, behind = line[: 2 * first.character], line[2 * last.character :]
        lines[first.line] = (before + edit.new_text.encode("utf-16-le") + behind).decode(
            "utf-16-le"
        )
    return "\n".join(lines)
