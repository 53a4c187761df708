"""What a layout has drawn: code highlighted, formulas and icons as vectors."""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element

import msgspec
from markupsafe import Markup

from courseware.diagnostics import nearest
from courseware.language.catalogue import base
from courseware.media.speech import voice, words

SIZE = 16
"""Pixels of an em that formulas are drawn at; on the page they scale with the text."""


MOST_HIGHLIGHTED = 10_000
"""Characters of code that are highlighted: four pages; each word of it becomes a box."""
MOST_TEX = 2_000
"""Characters of a formula; setting one takes a time that grows with their square."""
WIDEST = 200
"""Widths of an em that a formula may have, and heights: a page has some forty."""
TOO_DEEP = "its groups are nested too deep, or repeat themselves"
_LONG_NAME = re.compile(r'<span class="(\w+)">([^\s<]{60,})</span>')
"""A name in highlighted code that is longer than its line may be: it is cut, others go whole."""
_BLACK = re.compile(r'\b(fill|stroke)="black"')
"""What is drawn in the colour of the text that a formula stands in."""
_UNKNOWN = re.compile(r"<m[io]>\\([A-Za-z]+)</m[io]>")


def data_address(svg: str) -> str:
    """Return a drawing as an address of its own."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


class TexError(Exception):
    """TeX that cannot be set: what is wrong, and how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the hint beside the message."""
        super().__init__(message)
        self.hint = hint


class DrawnFormula(msgspec.Struct, frozen=True):
    """A formula drawn: SVG, its MathML, its width and height, how far it goes below the baseline.

    Lengths are ems of the text that it stands in.
    """

    svg: str
    mathml: Element
    width: float
    height: float
    depth: float

    def inked(self, colour: str) -> str:
        """Return the drawing with its black in a colour, six hexadecimal digits; "" leaves it black."""
        return _BLACK.sub(rf'\1="#{colour}"', self.svg) if colour else self.svg


@lru_cache(maxsize=512)
def drawn(tex: str, display: bool) -> DrawnFormula:
    """Return a formula drawn; TeX that cannot be set raises `TexError`."""
    if len(tex) > MOST_TEX:
        raise TexError(f"{len(tex):,} characters are more than {MOST_TEX:,}", "split it")
    _check(tex)
    from ziamath.zmath import Latex

    try:
        with _unheard():
            found = Latex(tex, size=SIZE, inline=not display)
            svg = found.svg()
            _, top, width, height = (float(n) for n in found.svgxml().attrib["viewBox"].split())
    except RecursionError:
        raise TexError(TOO_DEEP) from None
    except Exception:  # it raises whatever its parsers meet
        raise TexError("it cannot be set", "look for < and & that are no signs of a formula") from None  # fmt: skip
    if not (0 < width <= WIDEST * SIZE and 0 < height <= WIDEST * SIZE):
        raise TexError("it has no size that a page could show")
    return DrawnFormula(svg, found.mathml, width / SIZE, height / SIZE, (height + top) / SIZE)


@lru_cache(maxsize=512)
def said(tex: str, display: bool, language: str) -> str:
    """Return what is read aloud for a formula: its words, its TeX where the language has none."""
    return words(drawn(tex, display).mathml, language) or tex


@lru_cache(maxsize=512)
def formula(tex: str, display: bool, language: str = "en") -> Markup:
    """Return a formula as a picture on the text's baseline, its alternative what is said for it.

    TeX that cannot be set raises `TexError`.
    """
    found = drawn(tex, display)
    style = (
        f"height:{found.height:.3f}em;width:{found.width:.3f}em;vertical-align:{-found.depth:.3f}em"
    )
    return Markup('<img class="math"{} alt="{}" src="{}" style="{}">').format(
        Markup(' lang="{}"').format(base(language)) if voice(language) else "",
        said(tex, display, language),
        data_address(found.svg),
        style,
    )


@lru_cache(maxsize=512)
def as_letters(tex: str) -> str:
    """Return a formula of one line as text, "A = πr²"; "" where it is more than that."""
    from latex2mathml.converter import convert_to_element

    try:
        _check(tex)
        return _SIGNED.sub(r"\1\2", "".join(_letters(convert_to_element(tex))).strip())
    except (TexError, _ManyLinesError):
        return ""


class _ManyLinesError(Exception):
    """A formula has parts above each other, or raised signs that are no letters."""


_RAISED = str.maketrans("0123456789+−-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+−-=()aeoxhklmnpstijruv", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ")
_SCRIPTS = {"msup": (_RAISED,), "msub": (_LOWERED,), "msubsup": (_LOWERED, _RAISED)}
_APART = frozenset("=≠≈<>≤≥⩽⩾+−±×·⋅÷∈→⇒")
"""Signs with room beside them."""
_SIGNED = re.compile(r"(^|[=≠≈<>≤≥(,;] ?) *([−+±]) ")
"""A number's own sign has none behind it."""


def _letters(element: Element) -> Iterator[str]:
    """Yield the pieces of text of a formula."""
    if element.tag in ("mi", "mn", "mo", "mtext"):
        sign = unescape(element.text or "")
        yield f" {sign} " if sign in _APART else sign
    elif element.tag in ("math", "mrow", "mstyle"):
        for part in element:
            yield from _letters(part)
    elif element.tag in _SCRIPTS and len(element) == 1 + len(_SCRIPTS[element.tag]):
        yield from _letters(element[0])
        for table, part in zip(_SCRIPTS[element.tag], element[1:], strict=True):
            said = "".join(_letters(part)).replace(" ", "")
            if any(ord(sign) not in table for sign in said):
                raise _ManyLinesError
            yield said.translate(table)
    elif element.tag != "mspace":
        raise _ManyLinesError


@contextmanager
def _unheard() -> Iterator[None]:
    """Keep the root logger, which the library warns by, from setting itself up on stderr."""
    silent = logging.NullHandler()
    logging.getLogger().addHandler(silent)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(silent)


def _check(tex: str) -> None:
    """Raise `TexError` for TeX that the parser refuses, or takes for a name of its own."""
    from latex2mathml.converter import convert

    try:
        markup = convert(tex)
    except RecursionError:
        raise TexError(TOO_DEEP) from None
    except Exception as error:  # it raises whatever it meets
        what = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__.removesuffix("Error"))
        raise TexError(what.lower(), "see that braces and \\begin … \\end are closed") from None
    unknown = _UNKNOWN.search(markup)
    if unknown:
        raise TexError(f"unknown command \\{unknown[1]}", _nearest_command(unknown[1]))


def _nearest_command(name: str) -> str:
    """Return the hint that names the nearest command, or else the nearest sign, or ""."""
    from latex2mathml.commands import CONVERSION_MAP
    from latex2mathml.symbols_parser import parse_symbols

    for known in (CONVERSION_MAP, parse_symbols()):
        near = nearest(name, [command[1:] for command in known if command.startswith("\\")])
        if near:
            return f'did you mean "\\{near}"?'
    return ""


@lru_cache(maxsize=512)
def highlighted(text: str, language: str) -> Markup:
    """Return code as HTML with Pygments' classes; a language it does not know, and what
    is long, stays as it is.
    """
    if not language or len(text) > MOST_HIGHLIGHTED:
        return Markup(escape(text))  # noqa: S704
    from pygments import format as formatted
    from pygments.formatters import HtmlFormatter
    from pygments.token import Text, Whitespace

    tokens = code_tokens(text, language)
    if tokens is None:
        return Markup(escape(text))  # noqa: S704
    # A space is in the text about it: beside an element, a line would break within the word that follows.
    tokens = [(Text if kind in Whitespace else kind, piece) for kind, piece in tokens]
    found = formatted(tokens, HtmlFormatter(nowrap=True)).rstrip("\n")
    return Markup(_LONG_NAME.sub(r'<span class="\1 cut">\2</span>', found))  # noqa: S704


def code_tokens(text: str, language: str) -> list[tuple[Any, str]] | None:
    """Return the tokens of code; None where the language is unknown or its lexer loses characters.

    Lexers of sessions on a terminal read whole lines alone, so that the last one has its end.
    """
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.split()[0].lower(), stripnl=False)
    except ClassNotFound:
        return None
    found = list(lexer.get_tokens(text + "\n"))
    while found and not found[-1][1].strip("\n"):
        found.pop()
    if found:
        kind, last = found[-1]
        found[-1] = (kind, last.rstrip("\n"))
    whole = text.rstrip("\n")
    return found if "".join(piece for _, piece in found) == whole else None
