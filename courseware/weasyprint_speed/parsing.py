"""A page's HTML read as XML: the built-in layouts write what is the same tree in both.

A parser of XML in C takes a tenth of the time of one of HTML in Python. What is not well-formed, and what a
course's own layouts write, is read as browsers read it.
"""

from __future__ import annotations

import os
import re
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import HTML

from courseware.weasyprint_speed.trades import SWITCH

_DOCTYPE = re.compile(r"\s*<!doctype html>\s*", re.IGNORECASE)
_ALONE = re.compile(r"<((?:br|col|hr|img|input|link|meta|wbr)\b(?:[^<>\"]|\"[^\"]*\")*?)\s*/?>")
"""An element of HTML that has no end."""


class ParsedHtml(HTML):  # type: ignore[misc]  # the library has no types
    """HTML whose tree is there already."""

    def __init__(self, tree: ElementTree.Element, base: str, fetcher: Any) -> None:
        """Take the tree, the address that its relative ones start at, and what fetches files."""
        self.base_url, self.url_fetcher, self.media_type = base, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def tree_of(html: str) -> ElementTree.Element | None:
    """Return the tree of a whole page that is well-formed; None of any other."""
    begun = _DOCTYPE.match(html)
    if begun is None:
        return None
    try:
        return ElementTree.fromstring(_ALONE.sub(r"<\1/>", html[begun.end() :]))  # noqa: S314 no entities: no DTD
    except ElementTree.ParseError:
        return None


def read(html: str, base: str, fetcher: Any, built_in: bool) -> HTML:
    """Return a document as `HTML(string=html)` reads it; `built_in` says that our own layouts wrote it."""
    tree = tree_of(html) if built_in and not os.environ.get(SWITCH) else None
    if tree is None:
        return HTML(string=html, base_url=base, url_fetcher=fetcher)
    return ParsedHtml(tree, base, fetcher)
