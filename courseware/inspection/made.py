"""A product as it was made: what travels back from where the work was done."""

from __future__ import annotations

import msgspec

from courseware.diagnostics import Diagnostic


class Made(msgspec.Struct, frozen=True):
    """A file as written: its bytes, its pages or slides, findings on it.

    `map` says for the id of each block on which page or slide, from 1, it begins; `ids` are all
    in the HTML that readers are to see. A file that could not be made, or must not be published,
    has no data, and a finding that says why.
    """

    data: bytes = b""
    count: int = 0
    findings: tuple[Diagnostic, ...] = ()
    map: dict[str, int] = {}
    ids: frozenset[str] = frozenset()
