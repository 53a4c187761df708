"""Editors that a click on a block opens: by an address that they have the system open."""

from __future__ import annotations

import re

from courseware.build.request import RequestError
from courseware.diagnostics import did_you_mean

COPY = "copy path:line"
EDITORS = {
    "VS Code": "vscode://file{path}:{line}:{column}",
    "VSCodium": "vscodium://file{path}:{line}:{column}",
    "Cursor": "cursor://file{path}:{line}:{column}",
    "Windsurf": "windsurf://file{path}:{line}:{column}",
    "Zed": "zed://file{path}:{line}:{column}",
    "JetBrains": "idea://open?file={path}&line={line}&column={column}",
    "Sublime Text": "subl://open?url=file://{path}&line={line}&column={column}",
    "TextMate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "Emacs": "org-protocol://open-file?url=file://{path}&line={line}",
    COPY: "",
}
"""Addresses by editor: {path} is the file's, from the root of its disk."""
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*):(?=.*\{path\})", re.IGNORECASE)
REFUSED = frozenset({"javascript", "data", "vbscript", "blob", "http", "https", "about"})
"""Schemes that lead to no editor."""


def editor_of(wanted: str) -> tuple[str, dict[str, str]]:
    """Return the editor to begin with and all editors, of a name or an address with {path} in it.

    What is neither is a `RequestError`.
    """
    if not wanted:
        return next(iter(EDITORS)), EDITORS
    plain = {re.sub(r"[^a-z]", "", name.lower()): name for name in EDITORS} | {
        "copy": COPY,
        "code": "VS Code",
    }
    name = plain.get(re.sub(r"[^a-z]", "", wanted.lower()))
    if name and "{" not in wanted:
        return name, EDITORS
    found = _ADDRESS.match(wanted)
    if found is None or found[1].lower() in REFUSED:
        hint = did_you_mean(wanted, EDITORS) or f"there are {', '.join(EDITORS)}"
        raise RequestError(
            f'no editor is called "{wanted}" ({hint}; or an address with {{path}} and {{line}})'
        )
    return "of --editor", {"of --editor": wanted, **EDITORS}
